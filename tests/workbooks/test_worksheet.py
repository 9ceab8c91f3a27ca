"""The sheets of reports are the files XlsxWriter itself would write."""

import datetime as dt
import zipfile
from pathlib import Path

from defusedxml.ElementTree import fromstring
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reportkit.read.spelling import as_read
from reportkit.workbooks.style import MADE_ON
from reportkit.workbooks.worksheet import Sheet


def parts_written(path: Path, kind: type[Worksheet]) -> dict[str, bytes]:
    """Return the parts of a workbook with a cell of every kind, with a format and without."""
    with Workbook(path, {"in_memory": True}) as book:
        book.worksheet_class = kind
        book.set_properties({"created": MADE_ON})
        bold, blue = book.add_format({"bold": True}), book.add_format({"font_color": "#0000FF", "num_format": "0%"})
        sheet = book.add_worksheet('表 "<&>"')
        sheet.set_column(2, 2, 20, blue)
        sheet.set_row(3, 30, bold)
        for column, style in enumerate((bold, None, None, blue)):
            fill(sheet, 10 * column, style)
        sheet.write_number(3, 0, 7)
        sheet.write_comment(1, 30, "only a comment")
        sheet.merge_range(60, 0, 61, 3, "merged", bold)
        sheet.write_rich_string(62, 0, "plain ", bold, "bold", blue)
        sheet.write_blank(63, 0, None)  # without a format there is nothing to write
        other = book.add_worksheet("no comment")
        fill(other, 5, bold)
        for row, column in ((0, 9), (15, 2), (16, 300), (47, 1), (200, 0), (201, 4)):
            other.write_number(row, column, row, bold)
        other.set_row(90, 30)
    with zipfile.ZipFile(path) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def fill(sheet: Worksheet, column: int, style: object) -> None:
    """Write values of every kind down two columns."""
    numbers = (0, -0.0, 1 / 3, 1e21, -1234567.875, 5e-324, 0.125, 46024)
    texts = ("", " spaced ", "<b>&\"'\x01\n", "=1+1", "https://example.org", "日志 5–7", "x" * 40_000)
    for row, number in enumerate(numbers):
        sheet.write_number(row, column, number, style)
    for row, text in enumerate(texts):
        sheet.write_string(row, column + 1, text, style)
    sheet.write_blank(20, column, None, style)
    sheet.write_datetime(21, column, dt.datetime(2026, 11, 29, 7, 40, 5), style)
    sheet.write_boolean(22, column, True, style)
    sheet.write_formula(23, column, '=A1&"<"', style, "0<")
    sheet.write_array_formula(24, column, 24, column, "{=SUM(A1:A3)}", style, 4)
    for row, formula in enumerate(
        ("=SUM(A1)", "XLOOKUP(1,A:A,B:B)", '="_xlfn."&FILTER(A1:A2,B1:B2)', "=FILTER(A1:A2,B1:B2)"), 28
    ):
        sheet.write_formula(row, column, formula, style)
        sheet.write_formula(row, column + 1, formula, style)
    sheet.write_url(25, column, "internal:'表'!A5", style, "down")
    sheet.write_url(26, column, "external:../logs/a b.xlsx#'表'!A5", style, "out")
    sheet.write(27, column, 12, style)


def test_every_kind_of_cell_is_written_as_xlsxwriter_writes_it(tmp_path: Path) -> None:
    plain, ours = (parts_written(tmp_path / f"{kind.__name__}.xlsx", kind) for kind in (Worksheet, Sheet))
    assert list(plain) == list(ours)
    assert {name for name in plain if plain[name] != ours[name]} == set()
    assert plain["xl/worksheets/sheet1.xml"].count(b"<c ") > 80


def test_what_a_formula_came_to_may_be_any_text(tmp_path: Path) -> None:
    path, texts = tmp_path / "book.xlsx", ["a\x07b", "_x0041_", "<&>"]
    with Workbook(path) as book:
        book.worksheet_class = Sheet
        sheet = book.add_worksheet()
        for row, text in enumerate(texts):
            sheet.write_formula(row, 0, '=""', None, text)
    with zipfile.ZipFile(path) as parts:
        cells = fromstring(parts.read("xl/worksheets/sheet1.xml")).iterfind(".//{*}v")
        assert [as_read(cell.text or "") for cell in cells] == texts


def test_a_workbook_that_keeps_no_row_is_written_as_xlsxwriter_writes_it(tmp_path: Path) -> None:
    written = []
    for kind in (Worksheet, Sheet):
        path = tmp_path / f"{kind.__name__}.xlsx"
        with Workbook(path, {"constant_memory": True}) as book:
            book.worksheet_class = kind
            sheet, bold = book.add_worksheet("a"), book.add_format({"bold": True})
            for row in range(3):
                sheet.write_string(row, 0, f"<{row}>", bold)
                sheet.write_number(row, 1, row / 3, bold)
        with zipfile.ZipFile(path) as parts:
            written.append(parts.read("xl/worksheets/sheet1.xml"))
    assert written[0] == written[1]
