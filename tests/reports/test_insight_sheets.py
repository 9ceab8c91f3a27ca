"""The sheets of service, satisfaction, customers and visits say what the summaries hold, and lead to the rows."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reportkit.definitions import insight_words as words
from reportkit.definitions import report_words
from reportkit.definitions.text import Language, Text
from reportkit.settings.branch_settings import Settings
from reportkit.summary.backing import Backing
from reportkit.summary.summaries import TeamSummary, team_of
from reportkit.workbooks.blocks import Block, Figure, Readers, without
from reportkit.workbooks.report import write_advisor_report
from reportkit.workbooks.team import write_team
from tests.office import SOFFICE, convert
from tests.reports.conftest import CUSTOMERS, MONDAY, PHONE, TRAP, Member, case, day, member_of
from tests.reports.workbook import every_cell, number, opened, page_texts, target

STARTED = MONDAY - dt.timedelta(weeks=6)
Rows = list[dict[str, Any]]


def weekly_cases(rated: dict[int, int]) -> Rows:
    """Return ten cases in each of so many weeks before, of which so many are rated 5, the others 1."""
    return [
        case(-7 * back, f"W{back}-{at}", satisfaction=5 if at < good else 1)
        for back, good in rated.items()
        for at in range(10)
    ]


LOG: dict[str, Any] = {
    "customers": [
        {**CUSTOMERS[0], "margin_trading": "unsuitable", "risk_assessed_on": day(-800), "outside_assets": 100000.0},
        {**CUSTOMERS[1], "referred_by": "C1"},
        {"customer_id": "C5", "name": "新来", "assigned_on": day(1)},
        {"customer_id": "C9", "name": "走了", "assigned_on": day(-200), "status": "transferred_out", "status_on": day(-20)},
    ],
    "activities": [{"date": day(1), "kind": "margin_talk", "customer_id": "C1", "effective": "yes", "summary": TRAP}],
    "cases": [
        *weekly_cases({**dict.fromkeys(range(7, 11), 4), **dict.fromkeys(range(2, 6), 9)}),
        case(0, "K1", priority="urgent", resolved_at=dt.datetime.combine(day(2), dt.time(10)), channel="wechat"),
        case(0, "K2", status="open", resolved_at=None, cause="=cause"),
    ],
    "surveys": [{"date": day(2), "customer_id": "C2", "score": 1, "recommend": 9}],
    "visits": [
        {"planned_on": day(-3), "customer_id": "C1", "purpose": "=purpose"},
        {"planned_on": day(0), "customer_id": "C2", "purpose": "x", "done_on": day(0), "satisfaction": 4, "needs": "+n"},
    ],
    "training": [{"date": day(1), "topic": "t", "hours": 2.5, "score": 80}],
    "improvements": [
        {"opened_on": STARTED, "problem": "=1+1", "measure": "-2", "started_on": STARTED, "indicator": "csat"}
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def full(settings: Settings) -> Member:
    return member_of(settings, "A1", LOG)


@pytest.fixture(scope="module")
def team_path(full: Member, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("team") / "team.xlsx"
    write_team(path, team_of("部", [full.summary]), [full.backing], settings, "zh-CN")
    return path


def row_of(sheet: Worksheet, text: str | Text, nth: int = 1) -> int:
    """Return the row of the nth cell that holds a text."""
    wanted = text.zh_cn if isinstance(text, Text) else text
    found = [cell.row for row in sheet.iter_rows() for cell in row if cell.value == wanted]
    return int(found[nth - 1] or 0)


def values(sheet: Worksheet, row: int) -> list[Any]:
    return [cell.value for cell in sheet[row] if cell.value is not None]


def test_an_improvement_stands_before_and_after_with_its_test(team_path: Path) -> None:
    book = opened(team_path)
    sheet = book[words.EFFECTS.zh_cn]
    line = [cell.value for cell in sheet[row_of(sheet, words.BEFORE_AFTER) + 2]]
    assert line[1:3] == ["=1+1", "-2"] and line[4] == dt.datetime.combine(STARTED, dt.time())
    assert line[5:8] == pytest.approx([0.4, 0.9, 0.5])  # 4 of 10, then 9 of 10
    assert line[8] == "40 / 40" and line[9] < 0.05 and line[10] == "变好"
    assert [cell.value for cell in sheet[row_of(sheet, words.WORKED) + 2]] == line
    shown = values(book["服务标准"], row_of(book["服务标准"], words.BEFORE_AFTER) + 2)
    assert shown[-3:] == [pytest.approx(0.4), pytest.approx(0.9), "变好"]


def test_the_charts_of_improvements_mark_the_week_of_the_start(team_path: Path) -> None:
    sheet = opened(team_path)[words.EFFECTS.zh_cn]
    row = row_of(sheet, words.WEEKLY_VALUES)
    weeks, values_, begun = ([cell.value for cell in sheet[row + at]][1:11] for at in (1, 2, 3))
    assert begun == [0] * 4 + [1] + [0] * 5, "the two weeks before the first value are not drawn"
    assert weeks[4] == f"W{STARTED.isocalendar().week}"
    assert values_[:4] == pytest.approx([0.4] * 4) and values_[5:9] == pytest.approx([0.9] * 4)
    with zipfile.ZipFile(team_path) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
    assert (
        sum("<c:barChart>" in chart and "<c:lineChart>" in chart and words.EFFECTS.zh_cn in chart for chart in charts)
        == 1
    )


def test_an_improvement_of_what_nobody_logged_has_no_chart(settings: Settings, path: Path) -> None:
    member = member_of(settings, "A1", {**LOG, "cases": []})
    write_team(path, team_of("部", [member.summary]), [member.backing], settings, "zh-CN")
    sheet = opened(path)[words.EFFECTS.zh_cn]
    assert "-2" in [cell.value for row in sheet.iter_rows() for cell in row]
    assert sheet._charts == []


def test_late_cases_keep_their_miss_and_lead_to_their_rows(team_path: Path) -> None:
    sheet = opened(team_path)["工单分析"]
    for case_id, state in (("K1", words.RESOLVED_LATE), ("K2", words.PAST)):
        row = row_of(sheet, case_id)
        assert sheet.cell(row, 10).value == state.zh_cn
        assert re.fullmatch(r"\.\./\.\./logs/A1\.xlsx#'问题工单'!A\d+", target(sheet.cell(row, 1)))
        assert sheet.cell(row, 9).value > 1
    wechat = [cell.value for cell in sheet[row_of(sheet, "微信")]]
    assert wechat[1:4] == [1, 1, 0]
    person = [cell.value for cell in sheet[row_of(sheet, words.BY_PERSON, 2) + 1]]
    assert person[0] == "张伟" and person[1] == 12  # ten of two weeks before are of this month


def test_satisfaction_counts_answers_with_their_intervals(team_path: Path, full: Member) -> None:
    sheet = opened(team_path)[words.SATISFACTION.zh_cn]
    cases = [cell.value for cell in sheet[row_of(sheet, words.CASE_RATINGS)]]
    rated = [row for row in LOG["cases"] if row["opened_at"].date() >= MONDAY - dt.timedelta(weeks=3)]
    good = sum(row["satisfaction"] >= 4 for row in rated)
    assert cases[1:3] == [len(rated), len(rated)]
    assert cases[4] == pytest.approx(good / len(rated))
    surveys = [cell.value for cell in sheet[row_of(sheet, words.SURVEYS)]]
    assert (surveys[7], surveys[8], surveys[10]) == (1, 100, 1)
    low = row_of(sheet, words.UNANSWERED) + 2
    assert len(full.backing.insight.satisfaction.unanswered) > 0
    assert str(target(sheet.cell(low, 9))).startswith("../../logs/A1.xlsx#'")


def test_customers_show_their_rules_and_what_became_of_them(team_path: Path) -> None:
    book = opened(team_path)
    segments = book["客户结构"]
    rules = [cell.value for row in segments.iter_rows(min_col=12, max_col=12) for cell in row if cell.value]
    assert rules[1:4] == ["客户状态 是 已转托管", "持有产品数 不低于 2 且 距上次有效沟通天数 不高于 90", rules[3]]
    assert words.OTHERWISE.zh_cn in rules
    moves = book[words.MOVES.zh_cn]
    assert [cell.value for cell in moves[row_of(moves, "C****9")]][1:4:2] == [
        "走了",
        dt.datetime.combine(day(-20), dt.time()),
    ]
    brought = row_of(moves, words.REFERRER) + 1
    assert [number(moves.cell(brought, at)) for at in (4, 5)] == [1, 1000]
    assert moves.cell(brought + 1, 1).value == "　└ C****2"
    unfit = row_of(moves, words.UNSUITABLE) + 2
    assert moves.cell(unfit, 2).value == "融资融券"
    assert target(moves.cell(unfit, 5)) == "../../logs/A1.xlsx#'每日记录'!A2"


def test_visits_and_training_are_rates_of_what_is_due(team_path: Path) -> None:
    book = opened(team_path)
    visits = book[words.VISITS.zh_cn]
    line = [number(cell) for cell in visits[row_of(visits, words.RATES) + 2]]
    assert line[:10] == ["张伟", 2, 1, 0, 1, 0, 0.5, 0, 1, 4]
    first = [number(cell) for cell in visits[row_of(visits, words.FIRST_VISITS) + 2]]
    assert first[:6] == ["张伟", 0, 0, 1, 1, 0]
    late = [cell.value for cell in visits[row_of(visits, words.OVERDUE_VISITS) + 2] if cell.value]
    assert late[:2] == [dt.datetime.combine(day(-3), dt.time()), 9] and "=purpose" in late
    turns = row_of(visits, words.TURNS)
    assert visits.cell(turns + 1, 2).value == "基金客户沟通：适合客户"
    assert [number(cell) for cell in visits[turns + 2]][:4] == ["张伟", None, 1, 0]
    training = book[words.KNOWLEDGE.zh_cn]
    line = [number(cell) for cell in training[row_of(training, words.TRAINING) + 2]]
    assert (line[1], line[2], line[5], line[6], line[7]) == (1, 2.5, 1, 80, 1)


def test_advisors_of_one_name_have_a_line_each(path: Path, full: Member, settings: Settings) -> None:
    other = member_of(settings, "A2", LOG)
    pair = [full.summary, replace(other.summary, name=full.summary.name)]
    write_team(path, team_of("部", pair), [full.backing, other.backing], settings, "zh-CN")
    book = opened(path)
    visits, satisfaction = book[words.VISITS.zh_cn], book[words.SATISFACTION.zh_cn]
    first = row_of(visits, words.RATES) + 2
    lines = [values(visits, row)[:2] for row in range(first, first + 3)]
    assert lines == [["张伟 A1", 2], ["张伟 A2", 2], [words.OF_TEAM.zh_cn, 4]]
    drawn = [cell.value for cell in satisfaction["N"] if cell.value]
    assert drawn == [words.BY_ADVISOR.zh_cn, "张伟 A1", "张伟 A2"]


def test_the_own_report_names_customers_in_full_and_runs_nothing(path: Path, full: Member, settings: Settings) -> None:
    write_advisor_report(path, full.summary, full.work, settings, "zh-CN", backing=full.backing)
    book = opened(path)
    cells = list(every_cell(book))
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    sheet = book[words.AROUND.zh_cn]
    assert row_of(sheet, "C9") and row_of(sheet, "K1")
    assert all(
        target(cell).startswith("../../logs/A1.xlsx#")
        for cell in every_cell(book)
        if cell.hyperlink and cell.parent is sheet
    )


def test_the_teams_sheets_mask_ids_and_run_nothing(team_path: Path) -> None:
    cells = list(every_cell(opened(team_path)))
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert {"=1+1", "=purpose", "+n", "=cause"} <= {cell.value for cell in cells}
    assert not any(cell.value in ("C1", "C2", "C9") or PHONE in str(cell.value) for cell in cells)


def test_a_log_without_anything_has_every_sheet(path: Path, members: dict[str, Member], settings: Settings) -> None:
    write_team(path, team_of("空", [members["A2"].summary]), [members["A2"].backing], settings, "en")
    book = opened(path)
    for name in (words.EFFECTS, words.SATISFACTION, words.MOVES, words.VISITS, words.KNOWLEDGE):
        assert book[name.en].max_row >= 4
    assert [cell.value for cell in every_cell(book) if cell.data_type == "e"] == []


def test_readers_of_the_branch_see_no_whole_id(full: Member) -> None:
    shut, open_ = Readers.of([full.summary]), Readers.of([full.summary], open_=True)
    assert (shut.customer("C09025"), open_.customer("C09025")) == ("C****25", "C09025")
    assert (shut.advisor("A1"), shut.advisor("Somebody")) == ("张伟", "Somebody")


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice")
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_nothing_is_cut_off_in_print(
    tmp_path: Path,
    full: Member,
    settings: Settings,
    language: Language,
    team: TeamSummary,
    backings: dict[str, Backing],
) -> None:
    others = [one for one in team.members if one.advisor_id != "A1"]
    every = team_of("部", [full.summary, *others])
    write_team(tmp_path / "team.xlsx", every, {**backings, "A1": replace(full.backing)}.values(), settings, language)
    pages = page_texts(convert(tmp_path / "team.xlsx", "pdf", tmp_path / "out"))
    together = "\n".join(pages)
    for heading in (words.CHANCE, words.UNANSWERED, words.RISK_DUE, words.PROPOSALS, words.FAQ_NOTE, words.BY_PERSON):
        assert heading.to(language).split("（")[0].split(" (")[0].split()[0] in together


@pytest.mark.slow
@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice")
def test_a_long_table_shows_its_headings_on_every_page_of_it_and_above_no_other(
    tmp_path: Path, settings: Settings
) -> None:
    many = []
    for at in range(60):
        cases = [{**one, "owner": f"B{at:02}"} for one in LOG["cases"]]
        many.append(member_of(settings, f"B{at:02}", {**LOG, "cases": cases}))
    backings = {one.summary.advisor_id: one.backing for one in many}
    write_team(
        tmp_path / "team.xlsx", team_of("部", [one.summary for one in many]), backings.values(), settings, "zh-CN"
    )
    assert row_of(opened(tmp_path / "team.xlsx")["工单分析"], "=cause"), "the limits beside them leave the causes alone"
    texts = page_texts(convert(tmp_path / "team.xlsx", "pdf", tmp_path / "out"))
    pages = [[line for line in text.split("\n") if line.strip()] for text in texts if text.strip()]
    for sheet, title in (
        (report_words.TREND, report_words.SCORES_BY_WEEK),
        (words.EFFECTS, words.BEFORE_AFTER),
        (report_words.CASES, words.BY_PERSON),
        (words.SATISFACTION, words.BY_ADVISOR),
        (words.VISITS, words.RATES),
        (words.VISITS, words.FIRST_VISITS),
        (words.KNOWLEDGE, words.TRAINING),
    ):
        shown = [lines for lines in pages if lines[-1].strip().startswith(sheet.zh_cn)]
        headings = next(
            lines[at + 1].split()[:3]
            for lines in shown
            for at, line in enumerate(lines)
            if line.split()[:1] == title.zh_cn.split()[:1]
        )
        assert any(lines[0].split()[:3] == headings for lines in shown), f"{title.zh_cn}: sixty lines fit no page"
        torn = [lines[0] for lines in shown if re.search(r"B\d\d\b(?!\s*：)", lines[0])]
        assert not torn, f"{title.zh_cn}: a page begins with a line"


def test_a_table_without_a_field_keeps_its_place() -> None:
    headings = (words.DUE, words.DAYS, words.ADVISOR, words.CUSTOMER)
    block = Block(words.OVERDUE_VISITS, headings, (0, 1, 2, 4, 6), [("d", Figure(3), "张伟", "C1")], (1,), wrapped=(3,))
    left = without(block, words.ADVISOR)
    assert (left.headings, left.at) == ((words.DUE, words.DAYS, words.CUSTOMER), (0, 1, 4, 6))
    assert (left.lines, left.numbers, left.wrapped) == ([["d", Figure(3), "C1"]], (1,), (2,))
    first = without(block, words.DUE)
    assert (first.at, first.numbers, first.wrapped) == ((0, 2, 4, 6), (0,), (2,))
    assert without(block, words.PLACE) is block
