"""Failed formulas in other systems' workbooks are seen in every format, or it is said that they cannot be."""

import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest

from reportkit.definitions.forms import FORMS
from reportkit.importing.load import read_map
from reportkit.importing.run import mapped_file
from reportkit.read.foreign import Cells, read_cells
from reportkit.read.values import CellError
from tests.office import SOFFICE, convert

FAILING = {"#N/A": "=NA()", "#DIV/0!": "=1/0", "#NAME?": "=nobody_knows", "#REF!": "=#REF!"}
BEGIN_BOOK, END_BOOK, BEGIN_BUNDLE, END_BUNDLE, BUNDLE = 131, 132, 143, 144, 156
BEGIN_SHEET, END_SHEET, DIMENSION, BEGIN_DATA, END_DATA = 129, 130, 148, 145, 146
ROW, ERROR, REAL, TEXT, FAILED_FORMULA = 0, 3, 5, 6, 11
NOT_AVAILABLE, DIVIDED = 0x2A, 0x07


def cells(path: Path, sheet: str = "") -> Cells:
    found = read_cells(path, sheet or None)
    assert isinstance(found, Cells)
    return found


def failed(found: Cells) -> dict[tuple[int, int], str]:
    return {
        (row, at): cell.text
        for row, line in enumerate(found.rows)
        for at, cell in enumerate(line)
        if isinstance(cell, CellError)
    }


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice")
@pytest.mark.parametrize("kind", ["xls", "ods", "xlsx"])
def test_a_failed_formula_is_no_blank(tmp_path: Path, kind: str) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["of another sheet", "=NA()"])
    sheet = book.create_sheet("来电")
    sheet["B3"] = "编号"
    for at, formula in enumerate(FAILING.values()):
        sheet.cell(5, 2 + 2 * at, formula)
        sheet.cell(6, 2 + 2 * at, "=2+3")
    sheet["C9"] = "text of #N/A"
    made = tmp_path / "made.xlsx"
    book.save(made)
    found = cells(convert(made, kind, tmp_path / "out"), "来电")
    assert failed(found) == {(4, 1 + 2 * at): text for at, text in enumerate(FAILING)}
    assert [found.rows[5][1 + 2 * at] for at in range(len(FAILING))] == [5] * len(FAILING)
    assert found.rows[8][2] == "text of #N/A"
    assert found.findings == ()


def record(kind: int, content: bytes = b"") -> bytes:
    """Return a record of an .xlsb ([MS-XLSB] 2.1.4)."""
    number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return number + bytes([len(content) & 0x7F | 0x80, len(content) >> 7]) + content


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(path: Path, after: bytes = b"") -> Path:
    """Write a workbook of one sheet: headings, a row with a failed cell and a failed formula; LibreOffice writes none."""
    bundle = struct.pack("<II", 0, 1) + wide("rId1") + wide("Calls")
    book = record(BEGIN_BOOK) + record(BEGIN_BUNDLE) + record(BUNDLE, bundle) + record(END_BUNDLE) + record(END_BOOK)

    def row(number: int) -> bytes:
        return record(ROW, struct.pack("<II", number, 0) + b"\x2c\x01\0\0\0" + struct.pack("<I", 0))

    def cell(kind: int, column: int, content: bytes) -> bytes:
        return record(kind, struct.pack("<II", column, 0) + content)

    formula = b"\0\0" + struct.pack("<I", 3) + b"\x1e\x01\0" + struct.pack("<I", 0)
    sheet = (
        record(BEGIN_SHEET) + record(DIMENSION, struct.pack("<IIII", 1, 2, 0, 2)) + record(BEGIN_DATA)
        + row(1) + cell(TEXT, 0, wide("id")) + cell(TEXT, 1, wide("minutes")) + cell(TEXT, 2, wide("what"))
        + row(2) + cell(REAL, 0, struct.pack("<d", 7)) + cell(ERROR, 1, bytes([NOT_AVAILABLE]))
        + cell(FAILED_FORMULA, 2, bytes([DIVIDED]) + formula)
        + record(END_DATA) + record(END_SHEET) + after
    )  # fmt: skip
    office = "http://schemas.openxmlformats.org"
    relation = (
        f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{office}/package/2006/content-types"/>')
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", relation)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return path


def test_a_binary_workbook_shows_its_failed_cells(tmp_path: Path) -> None:
    found = cells(xlsb(tmp_path / "calls.xlsb"))
    assert found.rows[1:] == [["id", "minutes", "what"], [7, CellError("#N/A"), CellError("#DIV/0!")]]
    assert found.findings == ()


def test_where_failed_cells_cannot_be_told_the_import_says_so(tmp_path: Path) -> None:
    file = xlsb(tmp_path / "calls.xlsb", after=b"\x80")  # a record that does not end
    assert [(one.code, one.place.sheet) for one in cells(file).findings] == [("import.errors_unseen", "Calls")]
    wanted = read_map('header_row = 2\n[columns]\ncase_id.from = "id"', FORMS["cases"], "map.toml")
    assert "import.errors_unseen" in {one.code for one in mapped_file(FORMS["cases"], file, wanted).findings}
