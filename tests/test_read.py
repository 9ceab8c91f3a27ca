"""From a file to cells with their places: sheets, headings, rows, identity."""

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportkit.definitions.columns import Column
from reportkit.definitions.forms import ACTIVITIES, CASES, FORMS, TRAINING
from reportkit.definitions.identity import PROPERTIES
from reportkit.read.book import RawBook
from reportkit.read.survey import column_letters, quick_survey, survey_exactly
from reportkit.read.values import CellError, normalise
from reportkit.read.workbook import read_book
from tests.text_tables import cells, write

ACTIVITY = "日期 | 服务类型 | 内容摘要\n2026-11-23 | 其他 | 好"
DAY = dt.date(2026, 11, 23)


def read(path: Path, **tables: str) -> RawBook:
    return read_book(write(path / "A001.xlsx", {name: cells(table) for name, table in tables.items()}), FORMS)


def codes(book: RawBook) -> set[tuple[str, str, str | None]]:
    """Return what was found, but for sheets and optional columns nobody asked for."""
    return {
        (one.code, one.severity, one.place.cell or one.place.sheet)
        for one in book.findings
        if one.code != "sheet.missing" and not (one.code == "column.missing" and one.severity == "warning")
    }


@pytest.mark.parametrize("name", ["activities", "每日记录", "每日記錄", "Daily log", "daily  LOG", "每日 记录"])
def test_a_sheet_is_found_by_its_label_or_code(tmp_path: Path, name: str) -> None:
    sheet = read(tmp_path, **{name: ACTIVITY}).sheets["activities"]
    assert (sheet.name, sheet.rows) == (name, [2])


def test_other_sheets_are_ignored(tmp_path: Path) -> None:
    book = read(tmp_path, 首页="说明 | 1", 每日记录=ACTIVITY, Sheet9="日期 | 服务类型")
    assert book.sheets["activities"].columns["date"] == [DAY]
    assert codes(book) == set()


def test_a_missing_sheet_is_an_error_and_has_no_rows(tmp_path: Path) -> None:
    book = read(tmp_path, 每日记录=ACTIVITY, 客户档桉="客户编号 | 客户姓名 | 建档日期\nC1 | 王 | 2026-01-05")
    missing = {one.place.sheet: one for one in book.findings if one.code == "sheet.missing"}
    assert len(missing) == 8
    assert "客户档桉" in missing["客户档案"].message("zh-CN")
    assert (book.sheets["customers"].rows, book.sheets["customers"].columns["name"]) == ([], [])


def test_two_sheets_of_one_form(tmp_path: Path) -> None:
    book = read(tmp_path, 每日记录=ACTIVITY, activities=ACTIVITY)
    assert codes(book) == {("file.unreadable", "error", "activities")}
    assert book.sheets["activities"].name == "每日记录"


def test_a_workbook_without_forms_is_no_log(tmp_path: Path) -> None:
    book = read(tmp_path, Sheet1=ACTIVITY)
    assert (codes(book), book.sheets) == ({("file.not_a_log", "error", None)}, {})


def test_titles_and_bands_stand_above_the_header(tmp_path: Path) -> None:
    table = "客户服务工作日志 | |\n\n附表1 基本资料 | | 附表2\n" + ACTIVITY
    book = read(tmp_path, 每日记录=table.replace("\n\n", '\n"" | |\n'))
    sheet = book.sheets["activities"]
    assert (sheet.rows, sheet.columns["summary"]) == ([5], ["好"])


def test_columns_are_found_by_label_in_any_order(tmp_path: Path) -> None:
    sheet = read(tmp_path, 每日记录="序号 | SUMMARY | kind* | 日 期\n1 | 好 | 其他 | 2026-11-23").sheets["activities"]
    assert dict(sheet.letters) == {"summary": "B", "kind": "C", "date": "D"}
    assert sheet.columns["kind"] == ["其他"]


def test_an_optional_column_that_is_missing_is_a_warning(tmp_path: Path) -> None:
    book = read(tmp_path, 每日记录=ACTIVITY.replace("内容摘要", "内容摘药"))
    (one,) = [one for one in book.findings if one.place.column == ACTIVITIES.column["summary"]]
    assert (one.code, one.severity, one.place.row) == ("column.missing", "warning", 1)
    assert "内容摘药" in one.message("zh-CN")
    assert book.sheets["activities"].columns["summary"] == [None]


def test_a_required_column_that_is_missing_is_an_error(tmp_path: Path) -> None:
    book = read(tmp_path, 每日记录=ACTIVITY.replace("服务类型", "类型"))
    assert codes(book) == {("column.missing", "error", "每日记录")}
    assert "kind" not in book.sheets["activities"].letters


@pytest.mark.parametrize(("label", "severity"), [("日期", "error"), ("内容摘要", "warning")])
def test_a_column_that_is_there_twice_cannot_be_used(tmp_path: Path, label: str, severity: str) -> None:
    book = read(tmp_path, 每日记录=f"日期 | 服务类型 | 内容摘要 | {label}\n2026-11-23 | 其他 | 好 | 2026-11-24")
    assert codes(book) == {("column.duplicate", severity, "每日记录")}
    code = ACTIVITIES.by_label[label]
    assert (book.sheets["activities"].columns[code], code in book.sheets["activities"].letters) == ([None], False)


def test_rows_keep_excels_numbers_and_blank_ones_are_dropped(tmp_path: Path) -> None:
    path = write(tmp_path / "A001.xlsx", {"培训记录": [
        [], ["", "", "日期", "培训主题", "时长（小时）", "别的"], [], ["", "", DAY, "合规", 0.0], ["", "", "", "  ", None, "不算"],
        [], ["", "", "", "", 0.0], ["", "", "", "", "", "不算"], ["", "", DAY],
    ]})  # fmt: skip
    sheet = read_book(path, FORMS).sheets["training"]
    assert sheet.rows == [4, 7, 9]
    assert sheet.letters == {"date": "C", "topic": "D", "hours": "E"}
    assert sheet.columns["hours"] == [0.0, 0.0, ""]


def test_a_sheet_with_nothing_on_it(tmp_path: Path) -> None:
    book = read_book(write(tmp_path / "A001.xlsx", {"培训记录": []}), FORMS)
    assert ("column.missing", "error", "培训记录") in codes(book)
    assert book.sheets["training"].rows == []


def test_failed_formulas_keep_their_place(tmp_path: Path) -> None:
    path = tmp_path / "A001.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("培训记录")
        for column, label in enumerate(("日期", "培训主题", "时长（小时）")):
            sheet.write_string(0, column, label)
        sheet.write_formula("A2", "=NA()", None, "#N/A")
        sheet.write_formula("C4", "=1/0", None, "#DIV/0!")
        sheet.write_string("B4", "#合规")
    read_sheet = read_book(path, FORMS).sheets["training"]
    assert read_sheet.rows == [2, 4]
    assert read_sheet.columns["date"] == [CellError("#N/A"), ""]
    assert read_sheet.columns["hours"] == ["", CellError("#DIV/0!")]
    assert read_sheet.columns["topic"] == ["", "#合规"]


def test_formulas_without_results_are_named(tmp_path: Path) -> None:
    path = tmp_path / "A001.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "培训记录"
    sheet.append(["日期", "培训主题", "时长（小时）"])
    sheet.append([DAY, "合规", "=1+1"])
    book.save(path)
    assert codes(read_book(path, FORMS)) == {("file.not_calculated", "warning", "培训记录")}


def test_a_formula_whose_result_is_an_empty_text_is_calculated(tmp_path: Path) -> None:
    path = tmp_path / "A001.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("培训记录")
        sheet.write_row(0, 0, ["日期", "培训主题", "时长（小时）", "我的"])
        sheet.write_row(1, 0, [46350, "合规", 1.5])
        sheet.write_formula("D2", '=IF(C2>2,"长","")', None, "短")
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name_of_sheet = "xl/worksheets/sheet1.xml"
    xml = parts[name_of_sheet].replace("<v>短</v>".encode(), b"<v></v>")  # as Excel and LibreOffice write it
    with zipfile.ZipFile(path, "w") as package:
        for name, part in (parts | {name_of_sheet: xml}).items():
            package.writestr(name, part)
    assert codes(read_book(path, FORMS)) == set()
    quick = quick_survey(xml)
    assert quick is not None
    assert (quick.uncalculated, survey_exactly(xml).uncalculated) == (0, 0)


def test_identity(tmp_path: Path) -> None:
    written = ("A001", "张伟 & 李", "上海营业部", "1.4", "zh-TW", "2025|2026", "abc", "2026-12-28")
    said = dict(zip(PROPERTIES.values(), written, strict=True))
    path = write(tmp_path / "x.xlsx", {"每日记录": cells(ACTIVITY)}, said)
    who = read_book(path, FORMS).identity
    assert (who.advisor_id, who.advisor_name, who.branch) == ("A001", "张伟 & 李", "上海营业部")
    assert (who.template_version, who.language) == ("1.4", "zh-TW")
    assert (who.archives, who.seal, who.since) == (("2025", "2026"), "abc", "2026-12-28")


def test_a_workbook_that_does_not_say_whose_it_is(tmp_path: Path) -> None:
    who = read(tmp_path, 每日记录=ACTIVITY).identity
    assert (who.advisor_id, who.template_version, who.language) == ("", "", "zh-CN")


def test_a_newer_template_is_not_guessed_at(tmp_path: Path) -> None:
    path = write(tmp_path / "x.xlsx", {"每日记录": cells(ACTIVITY)}, {PROPERTIES["template_version"]: "2.0"})
    book = read_book(path, FORMS)
    assert (codes(book), book.sheets) == ({("file.newer_version", "error", None)}, {})


def test_days_counted_from_1904(tmp_path: Path) -> None:
    path = tmp_path / "A001.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        sheet = book.add_worksheet("培训记录")
        sheet.write_row(0, 0, ("日期", "培训主题", "时长（小时）"))
        sheet.write_datetime(1, 0, dt.datetime(2026, 11, 23), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_row(1, 1, ("合规", 46349 - 1462))
        sheet.write_row(2, 0, (46349 - 1462, "合规", 2))
    columns = read_book(path, FORMS).sheets["training"].columns
    assert columns["date"] == [DAY, 46349.0]
    assert columns["hours"] == [44887.0, 2.0]


def test_macros_and_links_are_named(tmp_path: Path) -> None:
    path = write(tmp_path / "A001.xlsx", {"每日记录": cells(ACTIVITY)})
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
        package.writestr("xl/externalLinks/externalLink1.xml", b"<x/>")
    book = read_book(path, FORMS)
    assert codes(book) == {("file.macros", "warning", None), ("file.links", "warning", None)}
    assert book.sheets["activities"].rows == [2]


def test_openpyxl_writes_what_we_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "问题工单"
    sheet.append([column.label.zh_cn for column in CASES.columns])
    sheet.append(["K1", "C1", dt.datetime(2026, 11, 23, 9, 30, 15), "电话", "交易"])
    book.save(tmp_path / "A001.xlsx")
    columns = read_book(tmp_path / "A001.xlsx", FORMS).sheets["cases"].columns
    assert columns["opened_at"] == [dt.datetime(2026, 11, 23, 9, 30, 15)]
    assert columns["category"] == ["交易"]


# --- What is written is what is read ---

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(
    lambda text: bool(text.strip()) and text == text.strip()
)
MOMENTS = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2100, 12, 31)).map(lambda one: one.replace(microsecond=0))
BY_KIND: dict[str, st.SearchStrategy[object]] = {
    "date": MOMENTS.map(dt.datetime.date),
    "datetime": MOMENTS,
    "time": MOMENTS.map(dt.datetime.time),
    "number": st.floats(0, 1e12).map(lambda number: round(number, 4)),
    "whole": st.integers(0, 10**9),
}


def values(column: Column) -> st.SearchStrategy[object]:
    if column.choices is not None:
        return st.sampled_from([text for label in column.choices.labels.values() for text in label.all()])
    return BY_KIND.get(column.kind, TEXTS)


ROWS = st.lists(st.tuples(*(values(column) for column in TRAINING.columns)), min_size=1, max_size=8)
CASE_ROWS = st.lists(st.tuples(*(st.none() | values(column) for column in CASES.columns)), min_size=1, max_size=8)
often = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def roundtrip(path: Path, form: str, rows: list[tuple[object, ...]]) -> None:
    header: list[object] = [column.label.zh_cn for column in FORMS[form].columns]
    path = write(path / "A001.xlsx", {FORMS[form].label.zh_cn: [header, *map(list, rows)]})
    book = read_book(path, FORMS)
    sheet = book.sheets[form]
    written = {index + 2: row for index, row in enumerate(rows) if any(cell is not None for cell in row)}
    assert sheet.rows == list(written)
    for at, column in enumerate(FORMS[form].columns):
        assert normalise(column, sheet.columns[column.code]) == normalise(column, [row[at] for row in written.values()])


@often
@given(rows=ROWS)
def test_written_rows_are_read(tmp_path: Path, rows: list[tuple[object, ...]]) -> None:
    roundtrip(tmp_path, "training", rows)


@often
@given(rows=CASE_ROWS)
def test_written_rows_with_blanks_are_read(tmp_path: Path, rows: list[tuple[object, ...]]) -> None:
    roundtrip(tmp_path, "cases", rows)


# --- The survey of a sheet's XML ---

HEAD, TAIL = (
    b'<?xml version="1.0"?><worksheet xmlns="http://x"><sheetData>',
    b"</sheetData><pageMargins left='1'/></worksheet>",
)
SHEETS = [
    b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="AB1"/></row><row r="9" spans="1:2"><c r="B9"><v>5</v></c></row>',
    b'<row r="2"><c r="A2" t="e"><f>NA()</f><v>#N/A</v></c><c r="B2" t="str"><f>A1</f><v>#x</v></c></row>',
    b'<row r="3"><c r="C3"><f>1+1</f></c><c r="D3"><f>1+1</f><v></v></c><c r="E3"><f t="shared" si="0"/><v>7</v></c></row>',
    b'<row r="4"><c r="A4" t="inlineStr"><is><t xml:space="preserve"> a</t></is></c></row><row r="5"/>',
    b'<row r="6"><c r="A6"><f>1+1</f><v /></c><c r="B6" s="3" /></row>',
    b'<row r="12345"><c r="Z12345"><v>1</v></c></row>',
    b"",
]


@pytest.mark.parametrize("rows", SHEETS)
def test_the_quick_survey_sees_what_a_parser_sees(rows: bytes) -> None:
    xml = HEAD + rows + TAIL
    assert quick_survey(xml) == survey_exactly(xml)


CONTENTS = st.one_of(
    st.just(b"/>"),
    st.integers(0, 9_999_999).map(lambda number: b' t="s"><v>%d</v></c>' % number),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda number: b' s="3"><v>%r</v></c>' % number),
    st.sampled_from((b"#N/A", b"#REF!", b"#DIV/0!")).map(lambda text: b' t="e"><v>%s</v></c>' % text),
    st.sampled_from((b"", b"7", b"1 &amp; 2")).map(lambda text: b' t="str"><f>A1</f><v>%s</v></c>' % text),
    st.sampled_from((b"", b"a", b"&lt;c")).map(lambda text: b' t="inlineStr"><is><t>%s</t></is></c>' % text),
)
WRITTEN_CELLS = st.tuples(st.integers(1, 9_999), st.integers(1, 26 * 27), CONTENTS)


@given(rows=st.lists(st.lists(WRITTEN_CELLS, max_size=6), max_size=6))
@settings(max_examples=400, deadline=None)
def test_the_quick_survey_of_any_usual_sheet_is_the_parsers(rows: list[list[tuple[int, int, bytes]]]) -> None:
    xml = b"".join(
        b"<row>%s</row>"
        % b"".join(b'<c r="%s%d"%s' % (column_letters(column).encode(), row, content) for row, column, content in cells)
        for cells in rows
    )
    assert quick_survey(HEAD + xml + TAIL) == survey_exactly(HEAD + xml + TAIL)


@given(number=st.integers(0, 10**9), odd=st.sampled_from((b"", b"-", b"x", b".5", b"\x80", b" ")), at=st.integers(0, 9))
def test_a_shared_text_is_named_by_a_number_of_up_to_seven_digits(number: int, odd: bytes, at: int) -> None:
    written = b"%d" % number
    written = written[:at] + odd + written[at:]
    xml = HEAD + b'<row r="1"><c r="A1" t="s"><v>%s</v></c></row>' % written + TAIL
    assert (quick_survey(xml) is not None) == (written.isdigit() and len(written) <= 7)


@pytest.mark.parametrize(
    "rows",
    [
        b'<row><c><v>1</v></c></row>',
        b"<row r='1'><c r='XFD1048576'><v>1</v></c></row>",
        b'<row r="1"><c  r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1"><c s="1" r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1"><c r="A1048576"><v>1</v></c></row>',
        b'<row r="1"><!-- <c r="A1"> --><c r="B1"><v>1</v></c></row>',
        b'<row r="1"><c r="A1" t="s"><v><![CDATA[0]]></v></c></row>',
    ],
)  # fmt: skip
def test_unusual_markup_is_left_to_a_parser(rows: bytes) -> None:
    xml = HEAD + rows + TAIL
    assert quick_survey(xml) is None
    seen = survey_exactly(xml)
    assert seen.filled == 1
    assert (seen.rows, seen.columns) in {(1, 1), (1, 2), (1048576, 16384), (1048576, 1)}


def test_prefixed_markup_is_left_to_a_parser() -> None:
    xml = b'<x:worksheet xmlns:x="u"><x:sheetData><x:row r="1"><x:c r="C1"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    assert quick_survey(xml) is None
    assert survey_exactly(xml).columns == 3
