"""What LibreOffice would leave undone without a word is an error that says what is in the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

import xlwings_libreoffice as lo

Change = Callable[[xw.Sheet], Any]

CHANGES: dict[str, Change] = {
    "value": lambda sheet: setattr(sheet["A1"], "value", 9),
    "a block of values": lambda sheet: setattr(sheet["A1"], "value", [[9, 9]]),
    "formula": lambda sheet: setattr(sheet["A1"], "formula", "=1"),
    "filled formula": lambda sheet: setattr(sheet["A1:A2"], "formula", "=B1"),
    "array formula": lambda sheet: setattr(sheet["A1:A2"], "formula_array", "=B1:B2"),
    "clear": lambda sheet: sheet["A1"].clear(),
    "clear contents": lambda sheet: sheet["A1"].clear_contents(),
    "clear formats": lambda sheet: sheet["A1"].clear_formats(),
    "clear the sheet": lambda sheet: sheet.clear(),
    "number format": lambda sheet: setattr(sheet["A1"], "number_format", "0.00"),
    "colour": lambda sheet: setattr(sheet["A1"], "color", (1, 2, 3)),
    "font": lambda sheet: setattr(sheet["A1"].font, "bold", True),
    "font colour": lambda sheet: setattr(sheet["A1"].font, "color", (1, 2, 3)),
    "letters": lambda sheet: setattr(sheet["B2"].characters[0:1].font, "bold", True),
    "wrap": lambda sheet: setattr(sheet["A1"], "wrap_text", True),
    "alignment": lambda sheet: setattr(sheet["A1"], "horizontal_alignment", "right"),
    "borders": lambda sheet: sheet["A1"].borders.set("all", line_style="continuous"),
    "insert": lambda sheet: sheet["A1"].insert("down"),
    "insert a row": lambda sheet: sheet["1:1"].insert("down"),
    "delete": lambda sheet: sheet["A1"].delete("up"),
    "merge": lambda sheet: sheet["A1:B1"].merge(),
    "copy": lambda sheet: sheet["A1"].copy(sheet["B2"]),
    "move": lambda sheet: sheet["A1"].move(sheet["B2"]),
    "paste": lambda sheet: (sheet["A1"].copy(), sheet["B2"].paste()),
    "fill": lambda sheet: sheet["A1"].autofill(sheet["A1:A2"]),
    "sort": lambda sheet: sheet["A1:B2"].sort(1, False),
    "replace": lambda sheet: sheet["A1:B2"].replace_all("1", "9"),
    "duplicates": lambda sheet: sheet["A1:A3"].remove_duplicates(1),
    "note": lambda sheet: sheet["A1"].add_note("said"),
    "link": lambda sheet: sheet["A1"].add_hyperlink("http://example.org"),
    "validation": lambda sheet: sheet["A1"].data_validation.set_list(["a"]),
    "filter": lambda sheet: sheet["A1:B3"].autofilter.apply_values(1, [1]),
    "table": lambda sheet: sheet.tables.add(sheet["A1:B3"]),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_protected_cell_is_not_changed_and_says_so(sheet: xw.Sheet, change: Change) -> None:
    before = [[1, 2], [3, "text"], [1, None]]
    sheet["A1"].value = before
    sheet.impl.protect()
    with pytest.raises(lo.CalcError, match="'Sheet1' is protected"):
        change(sheet)
    sheet.impl.unprotect()
    assert sheet["A1:B3"].value == before
    assert (sheet["A1"].color, sheet["A1"].number_format, sheet["A1"].note) == (None, "General", None)


def test_an_unlocked_cell_of_a_protected_sheet_can_be_changed(sheet: xw.Sheet) -> None:
    sheet["B2"].api.CellProtection = lo.Struct("com.sun.star.util.CellProtection", IsLocked=False)
    sheet.impl.protect()
    sheet["B2"].value, sheet["B2"].color = 5, (255, 0, 0)
    assert (sheet["B2"].value, sheet["B2"].color) == (5, (255, 0, 0))
    with pytest.raises(lo.CalcError, match="protected"):
        sheet["B2:B3"].color = None


@pytest.mark.parametrize(
    "change",
    [
        lambda cell: setattr(cell, "value", 9),
        lambda cell: setattr(cell, "formula", "=9"),
        lambda cell: setattr(cell, "formula_array", "=9"),
        lambda cell: cell.clear_contents(),
        lambda cell: cell.clear(),
        lambda cell: cell.delete("up"),
    ],
)
def test_a_part_of_an_array_formula_cannot_be_changed(sheet: xw.Sheet, change: Callable[[xw.Range], Any]) -> None:
    sheet["A1:A3"].formula_array = "=ROW(1:3)"
    with pytest.raises(lo.CalcError, match="array formula"):
        change(sheet["A2"])
    assert sheet["A1:A3"].value == [1, 2, 3]


def test_cells_that_cannot_move_say_so(sheet: xw.Sheet) -> None:
    sheet["A1:C3"].value = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    sheet["A2:B2"].merge()
    for change in (lambda: sheet["A1"].insert("down"), lambda: sheet["A1"].delete("up")):
        with pytest.raises(lo.CalcError, match="merged cells"):
            change()
    assert sheet["A1:C3"].value == [[1, 2, 3], [4, None, 6], [7, 8, 9]]
    sheet["E1048576"].value = 5
    with pytest.raises(lo.CalcError, match="the sheet ends"):
        sheet["1:1"].insert("down")
    assert (sheet["A1"].value, sheet["E1048576"].value) == (1, 5)
    sheet["E1048576"].delete("up")  # nothing follows it
    assert sheet.book.sheets[0]["E1048576"].value is None


@pytest.mark.parametrize("name", ["a/b", "[x]", "'quoted'", "x" * 32, "", "sheet1"])
def test_a_sheet_gets_no_name_that_excel_would_not_open(sheet: xw.Sheet, name: str) -> None:
    sheets = sheet.book.impl.sheets
    with pytest.raises(lo.CalcError, match="named"):
        sheets.add(name=name)
    other = sheets.add(name="Other")
    with pytest.raises(lo.CalcError, match="named"):
        other.name = name
    assert sheet.book.sheet_names == ["Other", "Sheet1"]


def test_odd_names_of_sheets_in_addresses(sheet: xw.Sheet) -> None:
    sheet.name = "it's 5!"
    sheet["B2"].value = 7
    assert sheet["B2"].get_address(external=True) == "'[Book1]it''s 5!'!$B$2"
    assert sheet.range("'it''s 5!'!B2").value == 7
    other = sheet.book.sheets.add("Other")
    other["A1"].formula = "='it''s 5!'!B2*2"
    assert (other["A1"].value, other["A1"].formula) == (14, "='it''s 5!'!B2*2")
    with pytest.raises(lo.CalcError, match="no sheet 'Nobody'"):
        sheet.range("Nobody!A1")


def test_the_name_of_a_book_is_quoted_where_excel_would(app: xw.App, tmp_path: Path) -> None:
    book = app.books.add()
    book.save(tmp_path / "my-book.xlsx")
    assert book.sheets[0]["A1"].get_address(external=True) == "'[my-book.xlsx]Sheet1'!$A$1"
    book.close()


def test_a_name_that_cannot_be_given_leaves_the_old_one(sheet: xw.Sheet) -> None:
    names = sheet.book.names
    names.add("first", "=Sheet1!$A$1")
    second = names.add("second", "=Sheet1!$B$2")
    sheet["B2"].value = 9
    sheet["D1"].formula = '=second&"second"'
    for wrong in ("first", "a b", "A1"):
        with pytest.raises(lo.CalcError):
            second.name = wrong
        assert [(name.name, name.refers_to) for name in names] == [
            ("first", "=Sheet1!$A$1"),
            ("second", "=Sheet1!$B$2"),
        ]
    second.name = "third"
    assert (sheet["D1"].value, names["third"].refers_to) == ("9second", "=Sheet1!$B$2")
    assert sheet["D1"].formula == '=third&"second"'


def test_what_libreoffice_says_is_handed_on_without_lines_of_its_source(sheet: xw.Sheet) -> None:
    with pytest.raises(lo.CalcError) as failure:
        sheet.book.names.add("no name", "=Sheet1!$A$1")
    assert ".cxx" not in str(failure.value)
    with pytest.raises(lo.CalcError, match="LibreOffice refused getCellByPosition"):
        sheet.api.getCellByPosition(-1, -1)


def test_what_is_no_picture_leaves_nothing_behind(sheet: xw.Sheet, tmp_path: Path) -> None:
    (tmp_path / "no.png").write_text("no picture")
    with pytest.raises(lo.CalcError, match="is no picture"):
        sheet.pictures.add(tmp_path / "no.png")
    assert len(sheet.shapes) == 0
