import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

from reportkit.definitions.text import LANGUAGES, Language
from reportkit.facts.review import unpublished
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import published_until
from reportkit.summary.drilldown import rows_of
from reportkit.summary.summaries import summarise
from reportkit.workbooks.report import write_advisor_report
from tests.office import SOFFICE, convert
from tests.reports.conftest import MONDAY, PHONE, TRAP, Member
from tests.reports.workbook import every_cell, named, number, opened, page_texts, target

FIRST_DAY = 4  # column D


def write(path: Path, member: Member, settings: Settings, language: Language = "zh-CN") -> None:
    write_advisor_report(path, member.summary, member.work, settings, language, backing=member.backing)


def test_every_figure_is_the_summarys(path: Path, busy: Member, settings: Settings) -> None:
    write(path, busy, settings)
    book = opened(path)
    assert named(book, "score").value == pytest.approx(busy.summary.score)
    assert named(book, "grade").value == busy.summary.grade
    for one in busy.summary.assessments:
        code = one.indicator.code
        shown = [number(named(book, f"{what}_{code}")) for what in ("value", "target", "attainment")]
        assert shown == [None if x is None else pytest.approx(x) for x in (one.value, one.target, one.attainment)], code


def test_a_target_is_as_fine_as_its_attainment_asks_for(path: Path, busy: Member, settings: Settings) -> None:
    fine = {"report_meetings": (1.0, 0.9318), "salons": (1.0, 0.9)}
    assessments = tuple(
        replace(one, value=value, target=target, attainment=value / target)
        for one in busy.summary.assessments
        for value, target in [fine.get(one.indicator.code, (one.value or 1.0, one.target or 1.0))]
    )
    write(path, replace(busy, summary=replace(busy.summary, assessments=assessments)), settings)
    book = opened(path)
    formats = {code: named(book, f"target_{code}").number_format for code in fine}
    assert formats == {"report_meetings": "#,##0.00", "salons": "#,##0.0"}
    assert named(book, "value_report_meetings").number_format == "#,##0"


def test_days_stand_from_monday_to_sunday(path: Path, busy: Member, settings: Settings) -> None:
    write(path, busy, settings)
    book = opened(path)
    row = named(book, "value_new_contacts").row
    sheet = book.worksheets[0]
    shown = [sheet.cell(row, FIRST_DAY + at).value for at in range(7)]
    assert shown == [2, 0, 0, 0, 0, 1, "·"]
    assert [str(sheet.cell(7, FIRST_DAY + at).value)[-5:] for at in (0, 6)] == [f"{MONDAY:%m-%d}", "11-22"]


def test_the_rows_behind_a_figure_add_up_to_it_and_lead_into_the_log(
    path: Path, busy: Member, settings: Settings
) -> None:
    write(path, busy, settings)
    book = opened(path)
    rows = rows_of(busy.work, busy.summary)
    for one in busy.summary.assessments:
        code = one.indicator.code
        figure, block = named(book, f"value_{code}"), named(book, f"detail_{code}")
        sheet = block.parent
        assert target(figure) == f"#'{sheet.title}'!{block.coordinate}"
        assert target(block) == f"#'{figure.parent.title}'!{figure.coordinate}"
        stock = one.indicator.counts_stock
        expected = [f"#'{row.sheet}'!{row.cell}" for row in rows[code] if row.numerator or not stock]
        base = [row for row in rows[code] if stock and not row.numerator]
        if base:  # those who only stand in the base of a stock are told in one line
            expected.append(f"#'{base[0].sheet}'!A{min(row.row for row in base)}")
        listed = [sheet[block.row + 1 + at] for at in range(len(expected))]
        assert sum(row[5].value for row in listed) == pytest.approx(one.numerator), code
        if one.denominator is not None:
            assert sum(row[6].value for row in listed) == pytest.approx(one.denominator), code
        assert [target(row[0]) for row in listed] == [f"../../logs/A1.xlsx{place}" for place in expected], code
        assert all(re.fullmatch(rf"[A-Z]+{row.row}", row.cell) for row in rows[code])


def test_nothing_typed_becomes_a_formula_or_a_link(path: Path, busy: Member, settings: Settings) -> None:
    write(path, busy, settings)
    book = opened(path)
    cells = list(every_cell(book))
    assert TRAP in {cell.value for cell in cells}
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    links = {target(cell) for cell in cells if cell.hyperlink}
    assert all(link.startswith(("#'", "../../logs/A1.xlsx#")) for link in links)


def test_the_advisors_own_report_shows_phones(path: Path, busy: Member, settings: Settings) -> None:
    write(path, busy, settings)
    assert PHONE in {cell.value for cell in every_cell(opened(path))}


def test_findings_stand_with_their_places_worst_first(path: Path, busy: Member, settings: Settings) -> None:
    write(path, busy, settings, "en")
    sheet = opened(path)["Data quality"]
    rows = busy.summary.rows
    numbers = [int(word) for word in re.findall(r"\d+", sheet["A2"].value)]
    assert numbers == [rows.read, rows.counted, rows.excluded, 1, 1] and rows.read == rows.counted + rows.excluded
    assert [sheet.cell(row, 6).value for row in (5, 6)] == ["id.unknown", "row.duplicate"]
    assert target(sheet["B5"]) == "../../logs/A1.xlsx#'每日记录'!D3"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_week_gives_the_same_bytes(
    tmp_path: Path, busy: Member, settings: Settings, language: Language
) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write(first, busy, settings, language)
    write(
        second, replace(busy, work=replace(busy.work, days=dict(reversed(busy.work.days.items())))), settings, language
    )
    assert first.read_bytes() == second.read_bytes()


def test_a_week_without_rows_shows_what_was_asked(path: Path, members: dict[str, Member], settings: Settings) -> None:
    write(path, members["A2"], settings)
    book = opened(path)
    assert named(book, "value_new_contacts").value == 0
    assert number(named(book, "value_csat")) is None
    assert [cell.value for cell in every_cell(book) if cell.data_type == "e"] == []


def test_a_year_whose_calendar_is_not_known_is_named_where_targets_stand(
    path: Path, busy: Member, settings: Settings
) -> None:
    def said(name: str, today: dt.date) -> bool:
        summary = summarise(busy.work, settings, name, today)
        write(path, replace(busy, summary=summary), settings)
        return any(unpublished(2027).message("zh-CN") in str(cell.value) for cell in every_cell(opened(path)))

    assert published_until() == dt.date(2026, 12, 31)
    assert [said("2026-W52", dt.date(2026, 12, 27)), said("2026-W53", dt.date(2027, 1, 3))] == [False, True]


def test_an_advisor_nobody_assessed(path: Path, members: dict[str, Member], settings: Settings) -> None:
    bare = replace(members["A2"].summary, assessments=(), score=None, grade=None)
    write(path, replace(members["A2"], summary=bare), settings)
    assert number(named(opened(path), "score")) is None


def test_charts_say_in_words_what_they_show(path: Path, busy: Member, settings: Settings) -> None:
    import zipfile

    write(path, busy, settings)
    with zipfile.ZipFile(path) as parts:
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    assert len(re.findall(r'<xdr:cNvPr [^>]*descr="[^"]{8,}"', drawing)) == 3


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice")
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_week_fits_one_page(tmp_path: Path, busy: Member, settings: Settings, language: Language) -> None:
    write(tmp_path / "week.xlsx", busy, settings, language)
    pdf = convert(tmp_path / "week.xlsx", "pdf", tmp_path / "out")
    pages = page_texts(pdf)
    first, second, *_ = pages
    last = busy.summary.assessments[-1].indicator.label.to(language)
    assert last.split()[0] in first and "W47" in first
    assert "C2" in second  # the due list begins its own page
