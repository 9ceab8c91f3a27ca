import datetime as dt
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from reportkit.definitions.text import Language, Text
from reportkit.settings.branch_settings import Settings
from reportkit.summary.backing import Backing
from reportkit.summary.summaries import TeamSummary, by_score, team_of
from reportkit.summary.trend import FEWEST, since_begun
from reportkit.workbooks.report import write_advisor_report
from reportkit.workbooks.style import text_width, wrapped_height
from reportkit.workbooks.team import write_team
from tests.office import SOFFICE, convert
from tests.reports.conftest import BUSY, PHONE, Member, member_of
from tests.reports.workbook import every_cell, named, number, opened, page_texts, target

Backings = dict[str, Backing]


def test_every_figure_is_the_teams(path: Path, team: TeamSummary, backings: Backings, settings: Settings) -> None:
    write_team(path, team, backings.values(), settings, "zh-CN")
    book = opened(path)
    assert named(book, "score").value == pytest.approx(team.score)
    for one in team.assessments:
        code = one.indicator.code
        shown = [number(named(book, f"{what}_{code}")) for what in ("value", "target", "attainment")]
        assert shown == [None if x is None else pytest.approx(x) for x in (one.value, one.target, one.attainment)], code


def test_the_heatmap_holds_every_attainment_best_advisor_first(
    path: Path, team: TeamSummary, backings: Backings, settings: Settings
) -> None:
    write_team(path, team, backings.values(), settings, "en")
    sheet = opened(path)["Heatmap"]
    labels = [cell.value for cell in sheet[4]][2:]
    assert labels == [one.indicator.label.en for one in team.assessments]
    for row, member in enumerate(by_score(team.members), 5):
        assert sheet.cell(row, 1).value == member.name
        for column, one in enumerate(member.assessments, 3):
            shown = number(sheet.cell(row, column))
            assert shown == (None if one.attainment is None else pytest.approx(one.attainment))


def test_a_score_just_under_a_grade_is_not_said_to_reach_it(
    path: Path, members: dict[str, Member], settings: Settings
) -> None:
    busy, score = members["A1"], 89.96
    team = replace(team_of("部", [replace(busy.summary, score=score, grade="B")]), score=score, grade="B")
    *earlier, now = busy.backing.weeks
    backing = replace(busy.backing, weeks=(*earlier, replace(now, score=score)))
    write_team(path, team, [backing], settings, "en")
    shown = [cell for cell in every_cell(opened(path)) if cell.value == score]
    assert {cell.parent.title for cell in shown} == {"Overview", "Heatmap", "Ranking", "Trend"}
    assert {cell.number_format.rpartition(";")[2] for cell in shown} == {"0.00"}
    write_advisor_report(path, replace(busy.summary, score=score), busy.work, settings, "en", backing=backing)
    assert named(opened(path), "score").number_format == "0.00"


def test_a_week_under_way_is_told_from_whole_ones_and_not_compared_with_them(
    path: Path, members: dict[str, Member], settings: Settings
) -> None:
    busy = members["A1"].backing
    *earlier, before, now = busy.weeks
    scored = (replace(before, score=80.0), replace(now, score=77.5))
    backing = replace(busy, weeks=(*earlier, *scored))
    for as_of, shown, week in ((dt.date(2026, 11, 22), -2.5, "W47"), (dt.date(2026, 11, 20), None, "W47…")):
        summary = replace(members["A1"].summary, as_of=as_of)
        write_team(path, team_of("部", [summary]), [backing], settings, "en")
        book = opened(path)
        for name in ("Trend", "Service standards"):
            assert week in [cell.value for row in book[name] for cell in row], name
        sheet = book["Ranking"]
        column = [cell.value for cell in sheet[4]].index("Since last week") + 1
        assert number(sheet.cell(5, column)) == shown


def test_a_figure_leads_to_its_line_and_the_line_to_the_rows(
    path: Path, team: TeamSummary, members: dict[str, Member], backings: Backings, settings: Settings
) -> None:
    write_team(path, team, backings.values(), settings, "en")
    book = opened(path)
    heat, detail = book["Heatmap"], book["Detail"]
    at = by_score(team.members).index(members["A1"].summary) + 5
    location = target(heat.cell(at, 3))
    line = detail[location.rpartition("!")[2]].row
    assert detail.cell(line, 1).value == "A1 张伟"
    assert target(detail.cell(line, 1)) == "A1.xlsx#detail_new_contacts"
    assert detail.cell(line, 9).value == "每日记录 8–9, 14"
    assert target(detail.cell(line, 8)) == "../../logs/A1.xlsx#'每日记录'!A8"
    block = named(book, "value_new_contacts")
    assert (
        detail[target(block).rpartition("!")[2]].row
        == line - [m.advisor_id for m in by_score(team.members)].index("A1") - 1
    )


def test_lines_add_up_to_the_teams_figure(
    path: Path, team: TeamSummary, backings: Backings, settings: Settings
) -> None:
    write_team(path, team, backings.values(), settings, "en")
    book = opened(path)
    for one in team.assessments:
        start = book["Detail"][target(named(book, f"value_{one.indicator.code}")).rpartition("!")[2]].row
        lines = [book["Detail"][start + 1 + at] for at in range(len(team.members))]
        assert sum(line[2].value for line in lines) == pytest.approx(one.numerator)


def test_phones_stay_with_the_advisor_and_nothing_typed_runs(
    path: Path, team: TeamSummary, backings: Backings, settings: Settings
) -> None:
    write_team(path, team, backings.values(), settings, "zh-CN")
    cells = list(every_cell(opened(path)))
    assert "=李静" in {cell.value for cell in cells}
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert not any(PHONE in str(cell.value) for cell in cells)
    allowed = r"#'.*|\.\./\.\./logs/A\d\.xlsx#.*|A\d\.xlsx#.*"
    assert all(re.fullmatch(allowed, target(cell)) for cell in cells if cell.hyperlink)


def test_rows_and_findings_of_every_log(path: Path, team: TeamSummary, backings: Backings, settings: Settings) -> None:
    write_team(path, team, backings.values(), settings, "en")
    book = opened(path)
    logs = [[cell.value for cell in row] for row in book["Data quality"].iter_rows(min_row=5)]
    assert [(row[1].split()[0], row[2], row[3], row[4]) for row in logs] == [
        (one.advisor_id, one.rows.read, one.rows.counted, one.rows.excluded) for one in team.members
    ]
    found = [(row[0].value, row[6].value) for row in book["Findings"].iter_rows(min_row=5)]
    assert found == [
        ("=cmd.xlsx", "file.damaged"),
        *(("A1.xlsx", "id.unknown"), ("A1.xlsx", "row.duplicate")),
        *(("A3.xlsx", "id.unknown"), ("A3.xlsx", "row.duplicate")),
    ]


def test_the_same_week_gives_the_same_bytes(
    tmp_path: Path, team: TeamSummary, backings: Backings, settings: Settings
) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_team(first, team, backings.values(), settings, "zh-TW")
    write_team(second, team, reversed(backings.values()), settings, "zh-TW")
    assert first.read_bytes() == second.read_bytes()


def test_two_hundred_advisors(path: Path, members: dict[str, Member], settings: Settings) -> None:
    busy = members["A3"]
    many = [replace(busy.summary, advisor_id=f"B{at:03d}", name=f"{at} 号") for at in range(200)]
    backings = {one.advisor_id: replace(busy.backing, advisor_id=one.advisor_id) for one in many}
    write_team(path, team_of("大部", many), backings.values(), settings, "zh-CN")
    book = opened(path)
    assert book["排名"].max_row == 4 + 200
    assert book["达成热力图"].max_row == 4 + 201


def test_long_ids_and_names_are_read_whole_or_end_in_dots(path: Path, settings: Settings) -> None:
    long, name = "ADVISOR00001", "欧阳阿依古丽·买买提艾力·阿卜杜热合曼"
    one = member_of(settings, long, BUSY)
    found = tuple(replace(each, place=replace(each.place, file=f"{long} {name}.xlsx")) for each in one.summary.findings)
    summary = replace(one.summary, name=name, file=f"logs/{long} {name}.xlsx", findings=found)
    write_team(path, team_of("部", [summary]), [one.backing], settings, "zh-CN")
    book = opened(path)
    ranking, logs, findings = book["排名"], book["数据质量"], book["校验结果"]
    assert ranking["B5"].value == long
    assert ranking.column_dimensions["B"].width > len(long) + 2
    detail = book["明细"]
    for cell, width in ((logs["A5"], logs), (detail["A6"], detail), (detail["H6"], detail)):
        shown = str(cell.value)
        assert shown.startswith(long)
        assert shown.endswith("…")
        assert text_width(shown) < width.column_dimensions[cell.column_letter].width
    assert findings["A5"].value == f"{long} {name}.xlsx"
    assert findings["A5"].alignment.wrap_text
    height = findings.row_dimensions[5].height
    assert height is not None
    assert height >= wrapped_height([(str(findings["A5"].value), findings.column_dimensions["A"].width)])


def test_no_chart_is_drawn_of_nothing(path: Path, members: dict[str, Member], settings: Settings) -> None:
    nobody = members["A2"]
    summary = replace(nobody.summary, score=None, grade=None)
    weeks = tuple(replace(week, score=None, figures=()) for week in nobody.backing.weeks)
    backing = replace(nobody.backing, weeks=weeks)
    write_team(path, replace(team_of("部", [summary]), score=None), [backing], settings, "zh-CN")
    book = opened(path)
    for name in ("总览", "趋势"):
        assert not book[name]._charts, name
        assert f"近 {FEWEST} 周还没有可画的得分。" in [cell.value for row in book[name] for cell in row], name


@pytest.mark.parametrize(("empty", "shown"), [(0, 6), (1, 5), (2, 4), (3, 4), (6, 4)])
def test_of_a_young_log_the_weeks_it_has_are_shown_and_a_month_at_least(
    members: dict[str, Member], empty: int, shown: int
) -> None:
    begun = next(week for week in members["A1"].backing.weeks if week.figures)
    weeks = [replace(begun, week=f"2026-W{at}", figures=begun.figures if at > empty else ()) for at in range(1, 7)]
    assert since_begun(weeks) == weeks[-shown:]
    assert since_begun(weeks[-2:]) == weeks[-2:]


def test_a_young_team_shows_no_empty_weeks(path: Path, members: dict[str, Member], settings: Settings) -> None:
    busy = members["A1"]
    begun = sum(bool(week.figures) for week in busy.backing.weeks)
    assert begun < FEWEST < len(busy.backing.weeks)
    write_team(path, team_of("部", [busy.summary]), [busy.backing], settings, "zh-CN")
    book = opened(path)
    for name, first in (("趋势", 3), ("服务标准", 2)):
        headings = [[cell.value for cell in row[first - 1 :]] for row in book[name] if row[0].value == "指标"]
        weeks = [[text for text in line if re.fullmatch(r"W\d\d", str(text))] for line in headings]
        assert max(weeks, key=len) == ["W44", "W45", "W46", "W47"], name
    for sheet in ("总览", "趋势"):
        with zipfile.ZipFile(path) as parts:
            written = parts.read(f"xl/worksheets/sheet{book.sheetnames.index(sheet) + 1}.xml").decode()
        drawn = re.findall(r"<xm:f>'?趋势'?!([A-Z]+)\d+:([A-Z]+)\d+</xm:f>", written)
        assert set(drawn) == {("C", "F")}, sheet


def test_a_long_name_of_an_indicator_is_read_whole(path: Path, members: dict[str, Member], settings: Settings) -> None:
    busy, long = members["A1"], "高净值客户融资融券与私募产品联合推介有效沟通人数（第一组）"
    first, *rest = busy.summary.assessments
    named = replace(first, indicator=replace(first.indicator, label=Text(long, long, long)))
    write_team(
        path, team_of("部", [replace(busy.summary, assessments=(named, *rest))]), [busy.backing], settings, "zh-CN"
    )
    sheet = opened(path)["总览"]
    (cell,) = (cell for row in sheet for cell in row if cell.value == long)
    assert cell.alignment.wrap_text
    height = sheet.row_dimensions[cell.row].height or 0
    assert height >= wrapped_height([(long, sheet.column_dimensions["B"].width)])


def test_no_bar_stands_alone_in_a_chart(path: Path, members: dict[str, Member], settings: Settings) -> None:
    busy = members["A1"]
    write_team(path, team_of("部", [busy.summary]), [busy.backing], settings, "zh-CN")
    book = opened(path)
    kinds = [type(chart).__name__ for chart in book["总览"]._charts]
    assert kinds == ["LineChart"]
    assert not book["满意度"]._charts


def test_a_team_nobody_assessed(path: Path, members: dict[str, Member], settings: Settings) -> None:
    bare = replace(members["A2"].summary, assessments=(), score=None, grade=None)
    backing = replace(
        members["A2"].backing,
        places={},
        weeks=tuple(replace(w, figures=(), score=None, grade=None) for w in members["A2"].backing.weeks),
    )
    write_team(path, team_of("空", [bare]), [backing], settings, "zh-CN")
    assert number(named(opened(path), "score")) is None


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice")
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_overview_fits_one_page(
    tmp_path: Path, team: TeamSummary, backings: Backings, settings: Settings, language: Language
) -> None:
    write_team(tmp_path / "team.xlsx", team, backings.values(), settings, language)
    pdf = convert(tmp_path / "team.xlsx", "pdf", tmp_path / "out")
    pages = page_texts(pdf)
    first, second, third, *_ = pages
    assert team.assessments[-1].indicator.label.to(language).split()[0] in first
    assert "A1" in second and "A3" in second
    assert {"zh-CN": "热力图", "en": "Heatmap"}[language] in third
