"""A refresh from history gives the bytes of a cold one, and touches only what changed."""

import datetime as dt
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportkit.branch import digests
from reportkit.branch.folder import Branch
from reportkit.branch.history import History
from reportkit.branch.plain import Reader
from reportkit.branch.refresh import Refreshed, refresh
from reportkit.branch.workers import Processes, workers_of
from reportkit.definitions.errors import MendInput
from reportkit.settings.calendars import week_name
from reportkit.summary.backing import Backing
from reportkit.summary.summaries import AdvisorSummary
from tests.branches import (
    ADVISORS,
    LAST_WEEK,
    TODAY,
    WEEK,
    ask_for,
    branch_in,
    cold_copy,
    double_targets,
    everything,
    reports,
    rewrite,
    rows_of_advisor,
    settings_of_demo,
)

SECOND, HOUR = 10**9, 3600 * 10**9  # as files are timed


@pytest.fixture
def branch(tmp_path: Path) -> Branch:
    return branch_in(tmp_path / "branch")


def counts(done: Refreshed) -> tuple[int, int, list[str]]:
    """Return how many logs were read and not, and which files were written."""
    return done.read, done.cached, [path.name for path in done.written]


def assert_as_cold(branch: Branch, week: str, today: dt.date, folder: Path) -> None:
    warm = refresh(branch, week, today)
    cold = cold_copy(branch, folder)
    done = refresh(cold, week, today)
    assert reports(branch, week) == reports(cold, week)
    assert (warm.team, warm.failed) == (done.team, done.failed)


def test_nothing_changed_nothing_is_read_or_written(branch: Branch) -> None:
    first = refresh(branch, WEEK, TODAY)
    assert counts(first) == (ADVISORS, 0, ["team.xlsx", "A001.xlsx", "A002.xlsx"])
    before = everything(branch)
    again = refresh(branch, WEEK, TODAY)
    assert counts(again) == (0, ADVISORS, [])
    assert everything(branch) == before
    assert again.team == first.team


def one_log_changes(branch: Branch) -> None:
    identity, rows = rows_of_advisor(2)
    rows["activities"].pop()
    rewrite(branch, identity, rows)


def test_one_changed_log_is_read_and_reported_with_the_team(branch: Branch, tmp_path: Path) -> None:
    refresh(branch, WEEK, TODAY)
    before = everything(branch)
    one_log_changes(branch)
    assert counts(refresh(branch, WEEK, TODAY)) == (1, ADVISORS - 1, ["team.xlsx", "A002.xlsx"])
    after = everything(branch)
    untouched = f"reports/{WEEK}/A001.xlsx"
    assert after[untouched] == before[untouched]
    assert len(list((branch.root / "history/facts").iterdir())) == ADVISORS
    assert_as_cold(branch, WEEK, TODAY, tmp_path / "cold")


def test_the_next_refresh_of_a_process_reads_of_the_digests_what_changed(
    branch: Branch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh(branch, WEEK, TODAY)
    read: list[type] = []
    read_json = Reader.read_json

    def noted(reader: Reader, kind: type, written: bytes) -> Any:
        read.append(kind)
        return read_json(reader, kind, written)

    monkeypatch.setattr(Reader, "read_json", noted)
    one_log_changes(branch)
    refresh(branch, WEEK, TODAY)
    assert (read.count(AdvisorSummary), read.count(Backing)) == (1, 1)
    assert_as_cold(branch, WEEK, TODAY, tmp_path / "cold")


def test_of_a_large_branch_nothing_is_kept_for_the_next_refresh(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "KEPT", ADVISORS - 1)
    refresh(branch, WEEK, TODAY)
    assert digests._last == {}


@pytest.mark.parametrize(
    ("week", "today"),
    [
        (WEEK, dt.date(2026, 11, 27)),
        (WEEK, dt.date(2026, 11, 24)),
        (LAST_WEEK, dt.date(2026, 11, 19)),
    ],
)
def test_another_week_or_day_needs_no_log_and_is_right(
    branch: Branch, tmp_path: Path, week: str, today: dt.date
) -> None:
    refresh(branch, WEEK, TODAY)
    done = refresh(branch, week, today)
    assert done.read == 0
    assert_as_cold(branch, week, today, tmp_path / "cold")


def test_a_week_to_come_gets_no_reports(branch: Branch) -> None:
    week = week_name(TODAY + dt.timedelta(weeks=1))
    with pytest.raises(MendInput):
        refresh(branch, week, TODAY)
    assert not branch.reports(week).exists()


def test_a_row_of_tomorrow_counts_tomorrow_though_the_log_did_not_change(branch: Branch) -> None:
    identity, rows = rows_of_advisor(2)
    tomorrow = TODAY + dt.timedelta(days=1)
    rows["activities"].append({"date": tomorrow, "kind": "market_view", "summary": "x"})
    rewrite(branch, identity, rows)

    def views(today: dt.date) -> tuple[float | None, int]:
        done = refresh(branch, WEEK, today)
        assert done.team is not None
        member = done.team.members[1]
        assessment = member.of("market_views")
        assert assessment is not None
        return assessment.value, sum(found.code == "date.future" for found in member.findings)

    value, found = views(TODAY)
    assert value is not None
    assert views(tomorrow) == (value + 1, found - 1)
    assert views(TODAY) == (value, found)


def test_changed_settings_make_reports_again_without_reading_a_log(branch: Branch, tmp_path: Path) -> None:
    refresh(branch, WEEK, TODAY)
    double_targets(branch)
    done = refresh(branch, WEEK, TODAY)
    assert (done.read, len(done.written)) == (0, ADVISORS + 1)
    assert_as_cold(branch, WEEK, TODAY, tmp_path / "cold")


Sheets = dict[str, list[dict[str, Any]]]


def new_recipient(sheets: Sheets) -> None:
    sheets["mail"].append({"report": "team", "email": "new@example.com"})
    sheets["roster"][0]["email"] = "moved@example.com"


def other_answer(sheets: Sheets) -> None:
    sheets["faq"][0]["answer"] += "。"


def own_target(sheets: Sheets) -> None:
    own = {"indicator": "market_views", "scope": "advisor", "who": "A002", "target": 3, "from_": dt.date(2026, 1, 1)}
    sheets["targets"].append(own)


def level_that_nobody_has(sheets: Sheets) -> None:
    sheets["levels"].append({"code": "trainee", "name": "见习"})
    row = {"indicator": "market_views", "scope": "level", "who": "trainee", "target": 9, "from_": dt.date(2026, 1, 1)}
    sheets["targets"].append(row)


def day_off(sheets: Sheets) -> None:
    sheets["calendar"].append({"date": dt.date(2026, 11, 24), "kind": "off"})


def tier(sheets: Sheets) -> None:
    sheets["tiers"][0]["where"] = "assets at least 2000000"


@pytest.mark.parametrize(
    ("change", "written"),
    [
        (new_recipient, []),
        (other_answer, ["team.xlsx"]),
        (own_target, ["team.xlsx", "A002.xlsx"]),
        (level_that_nobody_has, ["team.xlsx"]),
        (day_off, ["team.xlsx", "A001.xlsx", "A002.xlsx"]),
        (tier, ["team.xlsx", "A001.xlsx", "A002.xlsx"]),
    ],
)
def test_changed_settings_make_anew_what_they_concern_and_nothing_else(
    branch: Branch, tmp_path: Path, change: Callable[[Sheets], None], written: list[str]
) -> None:
    refresh(branch, WEEK, TODAY)
    sheets = settings_of_demo()
    change(sheets)
    ask_for(branch, sheets)
    assert counts(refresh(branch, WEEK, TODAY)) == (0, ADVISORS, written)
    assert_as_cold(branch, WEEK, TODAY, tmp_path / "cold")


def test_an_answer_written_otherwise_is_counted_anew(branch: Branch) -> None:
    identity, rows = rows_of_advisor(1)
    case = next(row for row in rows["cases"] if row["opened_at"].date() <= TODAY)
    case["resolution"] = "按新话术答复：三个工作日到账。"
    rewrite(branch, identity, rows)
    refresh(branch, WEEK, TODAY)
    sheets = settings_of_demo()
    sheets["faq"].append({"category": "账户", "question": "多久到账？", "answer": "三个工作日到账"})
    ask_for(branch, sheets)
    refresh(branch, WEEK, TODAY)
    sheet = openpyxl.load_workbook(branch.reports(WEEK) / "team.xlsx")["培训与问答"]
    (row,) = (row for row in sheet.iter_rows(values_only=True) if "多久到账？" in row)
    assert 1 in row


def test_an_older_programs_history_is_not_used(branch: Branch) -> None:
    refresh(branch, WEEK, TODAY)
    manifest = History(branch.root).manifest_path
    manifest.write_text(manifest.read_text("utf-8").replace('"reader":"', '"reader":"older'), "utf-8")
    assert refresh(branch, WEEK, TODAY).read == ADVISORS


def test_a_version_that_only_makes_reports_otherwise_reads_no_log(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh(branch, WEEK, TODAY)
    monkeypatch.setattr("reportkit.branch.period.program", lambda: "newer")
    assert counts(refresh(branch, WEEK, TODAY)) == (0, ADVISORS, ["team.xlsx", "A001.xlsx", "A002.xlsx"])


def test_a_change_within_the_clocks_grain_is_seen(branch: Branch) -> None:
    refresh(branch, WEEK, TODAY)
    identity, rows = rows_of_advisor(1)
    log = branch.log(branch.logs()[0].name)
    rewrite(branch, identity, rows)
    saved_at = (
        time.time_ns() + HOUR
    )  # however long the refresh takes to begin, the log was saved shortly before, or later
    os.utime(log, ns=(saved_at, saved_at))
    refresh(branch, WEEK, TODAY)
    break_as_long_as_before(log)
    assert refresh(branch, WEEK, TODAY).read == 1


def test_a_change_within_the_clocks_grain_is_seen_after_a_long_refresh(branch: Branch) -> None:
    log = branch.log(branch.logs()[0].name)
    saved_at = time.time_ns() + HOUR
    os.utime(log, ns=(saved_at, saved_at))
    refresh(branch, WEEK, TODAY, progress=lambda at, of, name: break_as_long_as_before(log) if at == of else None)
    noted_at = saved_at + 60 * SECOND  # it ended a minute after it read the log
    os.utime(branch.root / "history" / "manifest.json", ns=(noted_at, noted_at))
    assert [one.place.file for one in refresh(branch, WEEK, TODAY).failed] == [log.name]


def break_as_long_as_before(log: Path) -> None:
    """Change a log so that neither its size nor its time says so."""
    content, about = bytearray(log.read_bytes()), log.stat()
    content[-1] ^= 1  # in the length of the archive's comment
    log.write_bytes(content)
    os.utime(log, ns=(about.st_atime_ns, about.st_mtime_ns))


def test_a_deleted_report_or_digest_is_made_again(branch: Branch) -> None:
    refresh(branch, WEEK, TODAY)
    before = reports(branch)
    branch.report(WEEK, "A002").unlink()
    assert counts(refresh(branch, WEEK, TODAY)) == (0, ADVISORS, ["A002.xlsx"])
    for digest in (branch.root / "history/digests").iterdir():
        digest.unlink()
    refresh(branch, WEEK, TODAY)
    assert reports(branch) == before


def test_a_log_that_is_gone_takes_its_report_along(branch: Branch, tmp_path: Path) -> None:
    refresh(branch, WEEK, TODAY)
    branch.logs()[0].unlink()
    done = refresh(branch, WEEK, TODAY)
    assert set(reports(branch)) == {"A002.xlsx", "team.xlsx"}
    assert done.team is not None
    assert [member.advisor_id for member in done.team.members] == ["A002"]
    assert_as_cold(branch, WEEK, TODAY, tmp_path / "cold")


def test_the_work_done_by_other_processes_gives_the_same_bytes(branch: Branch, tmp_path: Path) -> None:
    cold = cold_copy(branch, tmp_path / "cold")
    refresh(cold, WEEK, TODAY)
    with workers_of(2) as workers:
        done = refresh(branch, WEEK, TODAY, workers=workers)
    assert done.read == ADVISORS
    assert reports(branch) == reports(cold)
    kept, alike = ({path.name for path in (one.root / "history").rglob("*.*")} for one in (branch, cold))
    assert kept == alike


def test_as_many_processes_as_pay_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    assert [Processes().for_logs(logs) for logs in (0, 1, 11, 12, 50)] == [1, 1, 1, 2, 4]
    assert Processes(3).for_logs(1) == 3


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half of it is there", b"no workbook"])
def test_settings_that_cannot_be_used_leave_every_report_as_it_is(branch: Branch, content: bytes) -> None:
    refresh(branch, WEEK, TODAY)
    before = reports(branch)
    branch.settings_path.write_bytes(content)
    with pytest.raises(MendInput):
        refresh(branch, WEEK, TODAY)
    assert reports(branch) == before
