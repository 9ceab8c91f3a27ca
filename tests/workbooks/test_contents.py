"""What the workbooks people fill in hold: every label, checks over every row, whose log it is, the same bytes."""

import datetime as dt
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from reportkit.definitions.catalogue import settings_rows
from reportkit.definitions.choices import KIND
from reportkit.definitions.forms import CUSTOMERS, FORMS
from reportkit.definitions.settings_forms import BRANCH, FAQ, SETTINGS_FORMS
from reportkit.definitions.text import LANGUAGES, Language
from reportkit.definitions.words import HINT, REQUIRED, START
from reportkit.read.book import Identity
from reportkit.read.workbook import read_book
from reportkit.settings.branch_settings import default_settings, load_settings
from reportkit.workbooks import write_log, write_settings, write_templates
from reportkit.workbooks.lists import ROWS, header_row
from reportkit.workbooks.sheets import add_form_sheet
from reportkit.workbooks.style import LINE, NUMBER_FORMATS, new_workbook
from tests.office import convert
from tests.workbooks.conftest import WEDNESDAY, ZHANG, opened

TEMPLATES = Path(__file__).parents[2] / "workbook_templates"
PDFTOTEXT = shutil.which("pdftotext") or ""
Log = Callable[..., Path]


def strings(book: Any) -> set[str]:
    return {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell}


def headings(sheet: Worksheet, row: int) -> list[object]:
    return [cell.value for cell in sheet[row + 1]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_is_a_sheet_with_a_table_of_its_labels(tmp_path: Path, language: Language) -> None:
    path = tmp_path / "log.xlsx"
    write_log(path, ZHANG, language=language)
    book = openpyxl.load_workbook(path)
    for form in FORMS.values():
        sheet = book[form.label.to(language)]
        assert headings(sheet, header_row(form)) == [column.label.to(language) for column in form.columns]
        assert form.code in sheet.tables
    labels = strings(book)
    used = [column.choices for form in FORMS.values() for column in form.columns if column.choices]
    assert {label.to(language) for choices in used for label in choices.labels.values()} <= labels
    assert {group.label.to(language) for group in CUSTOMERS.groups} <= labels


def test_how_often_an_answer_was_used_shows_before_anything_calculates(log: Log) -> None:
    settings = default_settings("zh-CN")
    asked, answered, unused = settings.faq[:3]
    said = (asked.question, f"按问答答复：{asked.question.rstrip('？')}", answered.answer, None, "已转给营业部")
    opened = dt.datetime(2026, 11, 2, 9)
    cases: list[dict[str, object]] = [
        {"case_id": f"K{at}", "opened_at": opened, "category": "fees", "status": "open", "resolution": one}
        for at, one in enumerate(said)
    ]
    for archived, times in ((), [2, 1, 0]), ((answered.answer, asked.answer, "别的"), [3, 2, 0]):
        path = log({"cases": cases}, settings=settings, archived={"resolution": archived})
        rows = openpyxl.load_workbook(path, data_only=True)[FAQ.label.zh_cn].iter_rows(min_row=4, values_only=True)
        used = {row[1]: row[3] for row in rows}
        assert [used[one.question] for one in (asked, answered, unused)] == times


@pytest.mark.parametrize("language", LANGUAGES)
def test_settings_come_back_as_they_were_written(tmp_path: Path, language: Language) -> None:
    path = tmp_path / "settings.xlsx"
    defaults = settings_rows(language)
    hours = {"opens_at": dt.time(9), "closes_at": dt.time(17)}
    branch = {"name": "示例营业部", "code": "001", "language": language, "time_zone": "Asia/Shanghai", **hours}
    write_settings(path, {**defaults, "branch": [branch]}, language=language)
    settings = load_settings(path)
    assert settings.findings == ()
    assert [i.code for i in settings.indicators] == [row["code"] for row in defaults["indicators"]]
    assert [row.indicator for row in settings.targets] == [row["indicator"] for row in defaults["targets"]]
    assert settings.branch.opens_at == dt.time(9)
    book = openpyxl.load_workbook(path)
    for form in SETTINGS_FORMS.values():
        assert headings(book[form.label.to(language)], 0) == [column.label.to(language) for column in form.columns]


def test_the_catalogue_of_indicators_is_on_the_board_in_words(blank: openpyxl.Workbook) -> None:
    shown = strings(blank)
    days = [row["label"] for row in settings_rows("zh-CN")["indicators"] if row["period"] == "day"]
    assert set(days) <= shown


def test_checks_reach_every_row_there_is_room_for(blank: openpyxl.Workbook) -> None:
    for form in FORMS.values():
        sheet = blank[form.label.zh_cn]
        first = header_row(form) + 2
        reach = [str(rule.sqref) for rule in sheet.data_validations.dataValidation]
        assert reach
        assert {area.split(":")[1].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for area in reach} == {str(first + ROWS - 1)}
        checked = {area.split(":")[0] for area in reach}
        typed = [c for c in form.columns if c.kind not in ("text",)]
        letters = {openpyxl.utils.get_column_letter(list(form.column).index(c.code) + 1) for c in typed}
        assert {f"{letter}{first}" for letter in letters} <= checked


def rules(sheet: Worksheet) -> Iterator[tuple[str, Any]]:
    for rule in sheet.data_validations.dataValidation:
        yield str(rule.sqref).split(":")[0], rule


def test_a_wrong_entry_is_warned_of_but_never_refused(blank: openpyxl.Workbook) -> None:
    for form in FORMS.values():
        for place, rule in rules(blank[form.label.zh_cn]):
            assert rule.errorStyle == "warning", (form.code, place)
            assert rule.prompt
            assert len(rule.prompt) <= 255
            assert len(rule.error) <= 255


def test_a_warning_says_what_kind_of_entry_belongs_there(blank: openpyxl.Workbook) -> None:
    for form in FORMS.values():
        said = {rule.promptTitle: rule for _, rule in rules(blank[form.label.zh_cn])}
        for column in form.columns:
            if column.choices is None:
                continue
            rule = said[column.label.zh_cn]
            assert HINT["choice"].zh_cn in rule.error, column.code
            assert column.hint is None or column.hint.zh_cn in rule.error
            assert REQUIRED.zh_cn not in rule.error  # it is filled in, but with something else
            assert (REQUIRED.zh_cn in rule.prompt) == column.required


def test_dropdowns_come_from_the_lists_and_the_customers(blank: openpyxl.Workbook) -> None:
    by_place = dict(rules(blank["每日记录"]))
    assert (by_place["C2"].type, by_place["C2"].formula1) == ("list", "choices_kind")
    assert by_place["D2"].formula1 == "customers_ids"
    cells = blank.defined_names["choices_kind"].attr_text
    sheet, _, area = cells.partition("!")
    listed = [cell.value for (cell,) in blank[sheet.strip("'")][area.replace("$", "")]]
    assert listed == [label.zh_cn for label in KIND.labels.values()]
    assert "COUNTA" in blank.defined_names["customers_ids"].attr_text


def test_ids_and_phones_are_text_and_dates_are_dates(log: Log) -> None:
    customer = {"customer_id": "000123", "name": "=1+1", "assigned_on": WEDNESDAY, "mobile": "13800138000"}
    sheet = openpyxl.load_workbook(log({"customers": [customer]}))["客户档案"]
    assert [(cell.value, cell.data_type, cell.number_format) for cell in sheet[3][:4]] == [
        ("000123", "s", "@"),
        ("=1+1", "s", "@"),
        (dt.datetime(2026, 11, 25), "d", "yyyy-mm-dd"),
        ("13800138000", "s", "@"),
    ]
    assert sheet.column_dimensions["D"].width > 12


def test_headings_stand_where_their_cells_do(log: Log) -> None:
    book = openpyxl.load_workbook(log({"training": [{"date": WEDNESDAY, "topic": "新规", "hours": 1.5}]}))
    sheet = book["培训记录"]
    sides = [[(cell.alignment.horizontal, cell.alignment.indent) for cell in row[:3]] for row in sheet["A1:C2"]]
    assert sides[0] == sides[1] == [("center", 0), (None, 0), ("right", 2)]  # a day, a text, a figure
    assert {cell.alignment.horizontal for cell in book["周报"][4][1:12]} == {"right"}


@pytest.mark.office
def test_numbers_are_shown_as_they_are(tmp_path: Path) -> None:
    shown = {5: "5", 5.25: "5.25", -5: "-5", 1234.5: "1,234.50", 1e7: "10,000,000.00", -2500: "-2500", 0: "0"}
    path = tmp_path / "numbers.xlsx"
    with xlsxwriter.Workbook(path) as book:
        style = book.add_format({"num_format": NUMBER_FORMATS["number"]})
        book.add_worksheet().write_column(0, 0, list(shown), style)
    as_shown = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true"
    assert convert(path, as_shown, tmp_path / "out").read_text(encoding="utf-8").split() == list(shown.values())


@pytest.mark.office
@pytest.mark.skipif(not PDFTOTEXT, reason="pdftotext is not installed")
def test_a_whole_amount_is_shown_whole(tmp_path: Path) -> None:
    assets = {2_000_000: "2,000,000", 1_573: "1,573", 1_573.5: "1,573.50", 999: "999", 12.5: "12.5"}
    path, form = tmp_path / "customers.xlsx", FORMS["customers"]
    book, styles = new_workbook(path, "zh-CN", "客户档案")
    add_form_sheet(styles, form, [{"customer_id": f"C{at}", "assets": one} for at, one in enumerate(assets)])
    book.close()
    pdf = convert(path, "pdf", tmp_path / "pdf")
    shown = subprocess.run([PDFTOTEXT, pdf, "-"], check=True, capture_output=True, encoding="utf-8").stdout.split()
    assert [one for one in assets.values() if one not in shown] == []


def test_what_is_no_date_stays_as_typed(log: Log) -> None:
    rows = [{"date": "2026年11月23日", "kind": "聊天", "minutes": "50万"}, {"date": 46000, "kind": "fund_talk"}]
    sheet = openpyxl.load_workbook(log({"activities": rows}))["每日记录"]
    assert [sheet["A2"].value, sheet["C2"].value, sheet["G2"].value] == ["2026年11月23日", "聊天", "50万"]
    assert sheet["C3"].value == "基金客户沟通"


def test_the_log_says_whose_it_is(tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    identity = Identity("A&1", "张<伟>", "示例营业部", "1", "en")
    write_log(path, identity, language="en")
    assert read_book(path, FORMS).identity == identity


def test_forms_stay_open_and_what_is_no_input_is_protected(blank: openpyxl.Workbook) -> None:
    assert not any(blank[form.label.zh_cn].protection.sheet for form in FORMS.values())
    for name in ("首页", "今日", "话术与问答", "选项", "计算"):
        assert blank[name].protection.sheet
        assert not blank[name].protection.password
    unlocked = [cell.coordinate for row in blank["今日"].iter_rows() for cell in row if not cell.protection.locked]
    assert unlocked == ["C3"]
    assert [sheet.title for sheet in blank if sheet.sheet_state != "visible"] == ["选项", "计算"]


def test_every_page_fits_the_width_of_its_paper_and_repeats_its_headings(blank: openpyxl.Workbook) -> None:
    for sheet in blank:
        if sheet.sheet_state == "visible":
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.page_setup.fitToHeight == 0
    for form in FORMS.values():
        sheet = blank[form.label.zh_cn]
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == f"$1:${header_row(form) + 1}"
        assert sheet.freeze_panes.endswith(str(header_row(form) + 2))


def selected(sheet: Worksheet) -> str:
    """Return the cell a person is in when they open a sheet."""
    (found,) = (one for one in sheet.sheet_view.selection if one.pane == sheet.sheet_view.pane.activePane)
    return str(found.activeCell)


def test_a_log_opens_where_the_next_row_is_typed(log: Log) -> None:
    rows: list[dict[str, object]] = [{"date": WEDNESDAY, "kind": "market_view"}] * 40
    book = openpyxl.load_workbook(log({"activities": rows, "training": [{"date": WEDNESDAY}]}))
    daily, training, customers = (book[FORMS[code].label.zh_cn] for code in ("activities", "training", "customers"))

    assert [selected(sheet) for sheet in (daily, training, customers)] == ["A42", "A3", "A3"]
    assert (daily.sheet_view.pane.ySplit, daily.sheet_view.pane.topLeftCell) == (1, "A27"), "the last rows are in sight"
    assert [sheet.sheet_view.pane.topLeftCell for sheet in (training, customers)] == ["A2", "C3"]
    assert selected(book["今日"]) == "C3", "the day to type"
    assert selected(book[FAQ.label.zh_cn]) == "B1", "the word to search"


def test_settings_open_at_their_first_rows(tmp_path: Path) -> None:
    write_settings(tmp_path / "settings.xlsx", settings_rows("zh-CN"), language="zh-CN")
    book = openpyxl.load_workbook(tmp_path / "settings.xlsx")
    assert {selected(book[form.label.zh_cn]) for form in SETTINGS_FORMS.values()} == {"A2"}


@pytest.mark.office
def test_the_start_of_the_settings_names_the_branch_as_it_is_called_now(tmp_path: Path) -> None:
    path = tmp_path / "settings.xlsx"
    write_settings(path, {**settings_rows("zh-CN"), "branch": [{"name": "示例营业部"}]}, language="zh-CN")
    book = openpyxl.load_workbook(path)
    book[BRANCH.label.zh_cn]["A2"] = "滨江营业部"
    book.save(path)
    shown = openpyxl.load_workbook(convert(path, "xlsx", tmp_path / "saved"), data_only=True)
    assert "滨江营业部" in strings([shown[START.zh_cn]])


def test_figures_side_by_side_stand_under_their_headings_on_paper(log: Log, tmp_path: Path) -> None:
    surveys: list[dict[str, object]] = [{"date": WEDNESDAY, "score": 4, "recommend": 9}]
    right = right_edges(convert(log({"surveys": surveys}, "en"), "pdf", tmp_path / "pdf"))

    assert right["9"] == pytest.approx(right["recommend"], abs=2)
    assert right["4"] == pytest.approx(right["Score"], abs=2)


def right_edges(pdf: Path) -> dict[str, float]:
    """Return where each word of the sheet of surveys ends, in points from the left."""
    shown = subprocess.run([PDFTOTEXT, "-bbox", pdf, "-"], check=True, capture_output=True, encoding="utf-8").stdout
    (page,) = (page for page in shown.split("<page ") if ">recommend<" in page)
    return {word: float(x) for x, word in re.findall(r'xMax="([\d.]+)"[^>]*>([^<]+)</word>', page)}


def test_targets_of_shares_are_read_and_typed_as_percent(tmp_path: Path) -> None:
    since = dt.date(2026, 1, 1)
    asked: list[dict[str, object]] = [
        {"indicator": "csat", "scope": "all", "target": 0.9, "from_": since},
        {"indicator": "repeat_rate", "scope": "all", "target": 0.025, "from_": since},
        {"indicator": "new_contacts", "scope": "all", "target": 5.0, "from_": since},
    ]
    write_settings(tmp_path / "settings.xlsx", {**settings_rows("en"), "targets": asked}, language="en")
    sheet = openpyxl.load_workbook(tmp_path / "settings.xlsx")["Targets"]
    assert [(cell.value, cell.number_format) for cell in sheet["D"][1:3]] == [(0.9, "0%"), (0.025, "0.0%")]
    assert "%" not in sheet["D4"].number_format
    assert sheet["E2"].number_format == "0%"  # a stretch typed there as 95 is 95 %
    assert [row.target for row in load_settings(tmp_path / "settings.xlsx").targets] == [0.9, 0.025, 5]


def test_no_conditional_format_draws_a_line(workbooks: tuple[Language, list[Path]]) -> None:
    """LibreOffice saves one without its colour: black lines ran through every log it had saved."""
    drawn = [
        (path.name, sheet.title, area.sqref)
        for path in workbooks[1]
        for sheet in opened(path).worksheets
        for area in sheet.conditional_formatting
        for rule in area.rules
        if rule.dxf and rule.dxf.border and any(side and side.style for side in sides_of(rule.dxf.border))
    ]
    assert drawn == []


def sides_of(border: openpyxl.styles.Border) -> tuple[openpyxl.styles.Side | None, ...]:
    return border.left, border.right, border.top, border.bottom


def test_rows_keep_their_lines_when_libreoffice_saves_them(log: Log, tmp_path: Path) -> None:
    saved = convert(log({"surveys": [{"date": WEDNESDAY, "score": 4}]}, "en"), "xlsx", tmp_path / "saved")
    under = [cell.border.bottom for cell in openpyxl.load_workbook(saved)["Surveys"][2] if cell.value]
    assert {(one.style, one.color.rgb) for one in under} == {("thin", f"FF{LINE[1:]}")}


def test_the_templates_in_the_repository_are_these(tmp_path: Path) -> None:
    for path in write_templates(tmp_path):
        assert parts(path) == parts(TEMPLATES / path.name), f"{path.name}: run make templates"
        assert path.stat().st_size < 100_000


def parts(path: Path) -> dict[str, bytes]:
    """Return the unpacked parts: how tightly they are packed depends on the machine's zlib, what they say must not."""
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}
