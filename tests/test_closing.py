"""What is published stays to the byte; what comes late is listed with old and new; reopening restates."""

import datetime as dt
import json
import re
import shutil
import warnings
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportkit.branch.closing import close, reopen
from reportkit.branch.folder import Branch
from reportkit.branch.history import History
from reportkit.branch.published import edition_in_force, editions
from reportkit.branch.refresh import as_left, refresh
from reportkit.cli import run
from reportkit.cli.refreshing import print_closed
from reportkit.definitions.errors import MendInput, TryLater
from reportkit.definitions.insight_words import CHANGES
from reportkit.indicators.assess import Assessment
from reportkit.summary.changes import Restated
from reportkit.summary.summaries import AdvisorSummary, TeamSummary
from tests.branches import (
    LAST_WEEK,
    TODAY,
    WEEK,
    ask_for,
    branch_in,
    double_targets,
    reports,
    rewrite,
    rows_of_advisor,
    settings_of_demo,
)

LATER = TODAY + dt.timedelta(days=1)
MONDAY = dt.date(2026, 11, 16)  # of LAST_WEEK
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A branch whose last week is closed."""
    branch = branch_in(tmp_path_factory.mktemp("closed") / "branch")
    close(branch, LAST_WEEK, TODAY)
    return branch.root


@pytest.fixture
def branch(closed: Path, tmp_path: Path) -> Branch:
    return Branch(shutil.copytree(closed, tmp_path / "branch"))


def change(branch: Branch, rows: Rows) -> None:
    identity, _ = rows_of_advisor(1)
    rewrite(branch, identity, rows)


def in_last_week(rows: Rows) -> list[dict[str, Any]]:
    """Return the sound messages to all of the closed week: nothing else depends on them."""
    days = {MONDAY + dt.timedelta(days=n) for n in range(7)}
    return [row for row in rows["activities"] if row["date"] in days and row["kind"] == "market_view"]


def test_published_reports_stay_when_logs_change(branch: Branch) -> None:
    before = reports(branch, LAST_WEEK)
    _, rows = rows_of_advisor(1)
    rows["activities"].remove(in_last_week(rows)[0])
    change(branch, rows)
    done = refresh(branch, LAST_WEEK, LATER)
    assert (done.read, done.written) == (1, ())
    assert reports(branch, LAST_WEEK) == before


def test_a_copy_of_a_published_week_beside_it_is_no_week(branch: Branch) -> None:
    week = branch.reports(LAST_WEEK)
    shutil.copytree(week, week.with_name(f"{LAST_WEEK} - 副本"))
    _, rows = rows_of_advisor(1)
    rows["activities"].remove(in_last_week(rows)[0])
    change(branch, rows)
    done = refresh(branch, WEEK, LATER)
    assert done.read == 1
    assert {one.week for one in done.late} == {LAST_WEEK}


def test_who_joined_after_a_reopened_week_is_not_missing_in_it(branch: Branch) -> None:
    reopen(branch, LAST_WEEK, TODAY, "A002 is new")
    sheets = settings_of_demo()
    joined = [
        {**row, "from_": MONDAY + dt.timedelta(days=7)} if row["advisor_id"] == "A002" else row
        for row in sheets["roster"]
    ]
    ask_for(branch, {**sheets, "roster": joined})
    done = refresh(branch, LAST_WEEK, TODAY)
    assert done.team is not None
    assert [(one.advisor_id, one.score is None, one.in_service) for one in done.team.members] == [
        ("A001", False, True),
        ("A002", True, False),
    ]
    assert "advisor.no_log" not in {one.code for one in done.findings}
    overview = openpyxl.load_workbook(branch.reports(LAST_WEEK) / "team.xlsx").worksheets[0]
    assert "1 / 1" in {cell.value for row in overview.iter_rows() for cell in row}


def test_published_bytes_come_back_from_history(branch: Branch) -> None:
    before = reports(branch, LAST_WEEK)
    _, rows = rows_of_advisor(1)
    rows["activities"].remove(in_last_week(rows)[0])
    change(branch, rows)
    for path in branch.reports(LAST_WEEK).glob("*.xlsx"):
        path.unlink()
    shutil.rmtree(branch.root / "history/digests")
    double_targets(branch)
    refresh(branch, LAST_WEEK, LATER)
    assert reports(branch, LAST_WEEK) == before


def test_what_the_settings_left_open_is_said_of_the_settings_when_a_week_comes_back(tmp_path: Path) -> None:
    branch, sheets = branch_in(tmp_path / "branch"), settings_of_demo()
    sheets["roster"][0]["level"] = "nobody_knows"
    ask_for(branch, sheets)
    close(branch, LAST_WEEK, TODAY)
    first = reports(branch, LAST_WEEK)
    for path in [*branch.root.glob("history/digests/*"), *branch.root.glob("reports/*/*.xlsx")]:
        path.unlink()
    found = refresh(branch, LAST_WEEK, TODAY).findings
    assert {one.place.file for one in found if one.code == "settings.reference"} == {"settings.xlsx"}
    assert reports(branch, LAST_WEEK) == first


def test_rows_that_appear_change_and_vanish_are_late_with_old_and_new(branch: Branch) -> None:
    _, rows = rows_of_advisor(1)
    vanishing, changing = in_last_week(rows)[:2]
    rows["activities"].remove(vanishing)
    changing["summary"] = "说法改了"
    added = {"date": MONDAY, "kind": "market_view", "summary": "补录"}
    rows["activities"].append(added)
    change(branch, rows)
    late = refresh(branch, LAST_WEEK, LATER).late
    found = {row.change: row for row in late}
    assert len(late) == 3
    assert {row.week for row in late} == {LAST_WEEK}
    assert {(row.advisor_id, row.form) for row in late} == {("A001", "activities")}
    assert found["appeared"].new == {"date": MONDAY.isoformat(), "kind": "market_view", "summary": "补录"}
    assert found["appeared"].old == {}
    assert found["vanished"].old["summary"] == vanishing["summary"]
    assert found["vanished"].new == {}
    assert found["changed"].new == {"summary": "说法改了"}
    assert set(found["changed"].old) == {"summary"}


def test_a_late_row_keeps_the_day_it_was_first_seen(branch: Branch) -> None:
    _, rows = rows_of_advisor(1)
    rows["activities"].remove(in_last_week(rows)[0])
    change(branch, rows)
    assert [row.first_seen for row in refresh(branch, LAST_WEEK, LATER).late] == [LATER]
    next_day = LATER + dt.timedelta(days=1)
    rows["activities"].append({"date": MONDAY, "kind": "stock_view", "summary": "补录"})
    change(branch, rows)
    late = refresh(branch, LAST_WEEK, next_day).late
    assert [(row.change, row.first_seen) for row in late] == [("vanished", LATER), ("appeared", next_day)]
    assert refresh(branch, LAST_WEEK, next_day).late == late


def test_sorting_a_log_and_entries_of_open_weeks_are_not_late(branch: Branch) -> None:
    _, rows = rows_of_advisor(1)
    rows["activities"].append({"date": TODAY, "kind": "market_view", "summary": "今天"})
    rows["activities"].insert(0, rows["activities"].pop())
    change(branch, rows)
    assert refresh(branch, LAST_WEEK, LATER).late == ()


def test_an_entry_put_back_is_late_no_more(branch: Branch) -> None:
    _, rows = rows_of_advisor(1)
    gone = in_last_week(rows)[0]
    at = rows["activities"].index(gone)
    rows["activities"].remove(gone)
    change(branch, rows)
    assert len(refresh(branch, LAST_WEEK, LATER).late) == 1
    rows["activities"].insert(at, gone)
    change(branch, rows)
    assert refresh(branch, LAST_WEEK, LATER).late == ()


def test_reopening_needs_a_reason_and_publishing_anew_lists_what_it_restates(
    branch: Branch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, rows = rows_of_advisor(1)
    rows["activities"].remove(in_last_week(rows)[0])
    change(branch, rows)
    with pytest.raises(MendInput):
        reopen(branch, LAST_WEEK, LATER, "  ")
    with pytest.raises(MendInput):
        close(branch, LAST_WEEK, LATER)
    reopen(branch, LAST_WEEK, LATER, "漏记一行")
    assert edition_in_force(branch, LAST_WEEK) is None
    assert refresh(branch, LAST_WEEK, LATER).late == ()
    again = close(branch, LAST_WEEK, LATER)
    first, second = editions(branch, LAST_WEEK)
    assert (first.reopened_on, first.why) == (LATER, "漏记一行")
    assert second == again
    restated = {(one.advisor_id, one.indicator): (one.old, one.new) for one in again.restated}
    old, new = restated["A001", "market_views"]
    assert old is not None
    assert new == old - 1
    assert ("", "market_views") in restated
    assert not any(who == "A002" for who, _ in restated)
    print_closed(LAST_WEEK, again)
    said = [line for line in capsys.readouterr().out.splitlines() if CHANGES.zh_cn in line]
    assert [re.findall(r"\d+", line)[0] for line in said] == [str(len(again.restated))]


def test_targets_changed_before_publishing_anew_are_restated_with_the_scores(branch: Branch) -> None:
    double_targets(branch)
    reopen(branch, LAST_WEEK, LATER, "改了目标")
    again = close(branch, LAST_WEEK, LATER)
    assert {one.of for one in again.restated} == {"target", "score"}
    views = {one.advisor_id: (one.old, one.new) for one in again.restated if one.indicator == "market_views"}
    assert views == {"": (5, 10), "A001": (2, 4), "A002": (3, 6)}
    scores = {one.advisor_id for one in again.restated if one.of == "score" and one.indicator == ""}
    assert scores == {"", "A001", "A002"}
    shown = [line[1] for line in sheet_of_changes(branch, LAST_WEEK) if len(line) > 3]
    assert "盘面观点 · 目标" in shown and "绩效得分" in shown


def test_an_edition_of_an_earlier_version_is_read(branch: Branch) -> None:
    path = branch.reports(LAST_WEEK) / "published.json"
    content = json.loads(path.read_bytes())
    del content["seal"]  # it wrote none
    content["editions"][0]["restated"] = [["A001", "market_views", 5.0, 4.0]]
    path.write_text(json.dumps(content), "utf-8")
    (edition,) = editions(branch, LAST_WEEK)
    assert edition.restated == (Restated("A001", "market_views", 5.0, 4.0, "value"),)


def test_settings_saved_while_a_week_is_published_stop_it(branch: Branch) -> None:
    with pytest.raises(TryLater):
        close(branch, WEEK, TODAY, progress=lambda *_: double_targets(branch))
    assert edition_in_force(branch, WEEK) is None
    close(branch, WEEK, TODAY)


def test_what_is_published_says_figures_targets_and_logs(branch: Branch) -> None:
    written = json.loads((branch.reports(LAST_WEEK) / "published.json").read_text("utf-8"))
    columns = written["columns"]["figures"]
    (edition,) = written["editions"]
    figures = [dict(zip(columns, one, strict=True)) for one in edition["figures"]]
    team = refresh(branch, LAST_WEEK, LATER).team
    assert team is not None
    for member in team.members:
        mine = {one["indicator"]: one for one in figures if one["advisor_id"] == member.advisor_id}
        for one in member.assessments:
            kept = mine[one.indicator.code]
            assert (kept["value"], kept["target"]) == (one.value, one.target)
    assert [History(branch.root).facts_path(log[3]).is_file() for log in edition["logs"]] == [True, True]


def test_a_week_to_come_or_without_logs_cannot_be_closed(branch: Branch) -> None:
    with pytest.raises(MendInput):
        close(branch, "2026-W52", TODAY)
    for log in branch.logs():
        log.unlink()
    with pytest.raises(MendInput):
        close(branch, "2026-W48", TODAY)


def test_publishing_names_the_logs_that_are_not_in_it(branch: Branch, capsys: pytest.CaptureFixture[str]) -> None:
    log, _ = branch.logs()
    log.write_bytes(log.read_bytes()[:2000])
    assert run(["close", str(branch.root), "--week", WEEK, "--as-of", TODAY.isoformat()]) == 0
    said = capsys.readouterr().out
    assert log.name in said
    assert "file.damaged" in said


def test_a_newer_version_shows_what_was_published(branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    refresh(branch, LAST_WEEK, LATER)
    before = reports(branch, LAST_WEEK)
    path = branch.reports(LAST_WEEK) / "published.json"
    content = json.loads(path.read_bytes())
    del content["seal"]
    edition = content["editions"][0]
    for figure in edition["figures"]:
        if figure[1] == "market_views":  # as if the version that published had counted otherwise
            figure[2] = figure[3] = 321.0
    edition["scores"] = [[who, 50.0] for who, _ in edition["scores"]]
    path.write_text(json.dumps(content), "utf-8")
    for digest in (branch.root / "history/digests").iterdir():
        digest.write_text("[]", "utf-8")  # as that version kept them
    monkeypatch.setattr("reportkit.branch.period.program", lambda: "newer")
    with pytest.raises(MendInput):
        as_left(branch, LAST_WEEK, LATER)
    done = refresh(branch, LAST_WEEK, LATER)
    assert (done.read, done.written, reports(branch, LAST_WEEK)) == (0, (), before)
    for team in (done.team, as_left(branch, LAST_WEEK, LATER)):
        assert team is not None
        assert {one.score for one in (team, *team.members)} == {50.0}
        views = [of(one, "market_views") for one in (team, *team.members)]
        assert [one.value for one in views] == [321.0] * 3


def of(summary: AdvisorSummary | TeamSummary, code: str) -> Assessment:
    return next(one for one in summary.assessments if one.indicator.code == code)


def test_without_what_it_was_made_of_a_closed_week_says_so(branch: Branch) -> None:
    shutil.rmtree(branch.root / "history")
    with pytest.raises(MendInput):
        refresh(branch, LAST_WEEK, LATER)


def sheet_of_changes(branch: Branch, week: str) -> list[tuple[str, ...]]:
    """Return the filled cells of each line of the sheet 补录与更正."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl knows no sparklines
        sheet = openpyxl.load_workbook(branch.reports(week) / "team.xlsx")["补录与更正"]
    return [tuple(str(cell) for cell in row if cell is not None) for row in sheet.iter_rows(values_only=True)]


def test_the_team_workbook_of_the_open_week_lists_late_rows_in_words(branch: Branch) -> None:
    _, rows = rows_of_advisor(1)
    changing = in_last_week(rows)[0]
    changing["summary"] = "说法改了"
    rows["activities"].append({"date": MONDAY, "kind": "stock_view", "summary": "补录"})
    change(branch, rows)
    refresh(branch, WEEK, LATER)
    lines = [line for line in sheet_of_changes(branch, WEEK) if line and line[0] == LAST_WEEK]
    assert {line[4] for line in lines} == {"新增", "修改"}
    said = " ".join(" ".join(line) for line in lines)
    assert "服务类型 个股观点" in said
    assert "内容摘要 说法改了" in said
    assert f"{LATER}" in said


def test_a_week_published_while_rows_were_late_comes_back_with_them(branch: Branch) -> None:
    _, rows = rows_of_advisor(1)
    rows["activities"].append({"date": MONDAY, "kind": "stock_view", "summary": "补录"})
    change(branch, rows)
    close(branch, WEEK, LATER)
    before = reports(branch, WEEK)
    rows["activities"].pop()
    change(branch, rows)
    next_day = LATER + dt.timedelta(days=1)
    assert refresh(branch, WEEK, next_day).late == ()
    for path in branch.reports(WEEK).glob("*.xlsx"):
        path.unlink()
    refresh(branch, WEEK, next_day)
    assert reports(branch, WEEK) == before
    assert any("补录" in line[-1] for line in sheet_of_changes(branch, WEEK) if line and line[0] == LAST_WEEK)


def test_a_reopened_week_says_why_and_what_differs(branch: Branch) -> None:
    reopen(branch, LAST_WEEK, TODAY, "看一看")
    close(branch, LAST_WEEK, TODAY)
    assert any("看一看" in line[0] for line in sheet_of_changes(branch, LAST_WEEK) if line)
    _, rows = rows_of_advisor(1)
    rows["activities"].remove(in_last_week(rows)[0])
    change(branch, rows)
    reopen(branch, LAST_WEEK, LATER, "漏记一行")
    refresh(branch, LAST_WEEK, LATER)
    lines = sheet_of_changes(branch, LAST_WEEK)
    assert any("漏记一行" in line[0] for line in lines if line)
    (views,) = (line for line in lines if line[:2] == ("张伟", "盘面观点"))
    assert int(views[2]) == int(views[3]) + 1
    close(branch, LAST_WEEK, LATER)
    published = reports(branch, LAST_WEEK)
    (branch.reports(LAST_WEEK) / "team.xlsx").unlink()
    refresh(branch, LAST_WEEK, LATER)
    assert reports(branch, LAST_WEEK) == published


def test_a_removed_log_vanishes_from_the_open_week_and_not_from_the_published(branch: Branch) -> None:
    before = reports(branch, LAST_WEEK)
    branch.logs()[0].unlink()
    done = refresh(branch, WEEK, LATER)
    assert done.team is not None
    assert [member.advisor_id for member in done.team.members] == ["A002"]
    assert {(row.advisor_id, row.change) for row in done.late} == {("A001", "vanished")}
    for path in branch.reports(LAST_WEEK).glob("*.xlsx"):
        path.unlink()
    refresh(branch, LAST_WEEK, LATER)
    assert reports(branch, LAST_WEEK) == before


def test_what_was_published_is_read_again_only_where_rows_of_its_week_differ(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, rows = rows_of_advisor(1)

    def facts_read() -> tuple[int, list[str]]:
        read: list[str] = []
        whole = History.book
        monkeypatch.setattr(History, "book", lambda self, name: read.append(name) or whole(self, name))
        late = refresh(branch, WEEK, LATER).late
        monkeypatch.undo()
        return len(read), [row.change for row in late]

    refresh(branch, WEEK, LATER)
    rows["activities"].append({"date": TODAY, "kind": "market_view", "summary": "今天"})
    change(branch, rows)
    assert facts_read() == (2, [])  # the log and, for the first time, what was published
    rows["activities"].append({"date": TODAY, "kind": "stock_view", "summary": "今天"})
    rows["activities"].insert(0, rows["activities"].pop())
    change(branch, rows)
    assert facts_read() == (1, [])
    rows["activities"].append({"date": MONDAY, "kind": "stock_view", "summary": "补录"})
    change(branch, rows)
    assert facts_read() == (2, ["appeared"])
    rows["activities"].append({"date": TODAY, "kind": "stock_view", "summary": "又一条"})
    change(branch, rows)
    assert facts_read() == (2, ["appeared"])
