"""Cells, sheets and what hangs on them, the way a user of xlwings handles them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw

import xlwings_libreoffice as lo


def test_active_book_sheet_and_selection(app: xw.App) -> None:
    first, second = app.books.add(), app.books.add()
    assert app.books.active == second
    first.activate()
    assert app.books.active == first
    new = first.sheets.add("Other", after=first.sheets[0])
    assert first.sheets.active == new
    first.sheets["Sheet1"].activate()
    first.sheets["Sheet1"]["B2:C3"].select()
    assert (app.selection.address, app.selection.sheet.name) == ("$B$2:$C$3", "Sheet1")
    second.close()
    first.close()


def test_switches(app: xw.App, sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[2, "=A1*2"]]
    with app.properties(screen_updating=False, status_bar="working", calculation="manual"):
        assert (app.screen_updating, app.status_bar, app.calculation) == (False, "working", "manual")
        sheet["A1"].value = 5
        assert sheet["B1"].value == 4
        app.calculate()
        assert sheet["B1"].value == 10
    assert (app.screen_updating, app.status_bar, app.calculation) == (True, False, "automatic")


def test_end_region_and_expand(sheet: xw.Sheet) -> None:
    sheet["B2"].value = [[1, 2, 3], [4, None, 6], [7, 8, 9]]
    ends = [sheet["B2"].end(way).address for way in ("down", "right", "up", "left")]
    assert ends == ["$B$4", "$D$2", "$B$1", "$A$2"]
    assert [sheet["C2"].end("down").address, sheet["C4"].end("up").address] == ["$C$4", "$C$2"]
    assert sheet["B4"].end("down").row == sheet.cells.shape[0]
    assert sheet["C3"].current_region.address == "$B$2:$D$4"
    assert sheet["B2"].expand().address == "$B$2:$D$4"
    assert sheet.used_range.address == "$B$2:$D$4"


def test_cells_right_of_all_others_are_empty(sheet: xw.Sheet) -> None:
    # LibreOffice 7.4 itself takes what the last column holds for theirs
    sheet["A1"].value = [[1, 2], [3, 4]]
    sheet["M1:N2"].clear()
    sheet["M1:N2"].clear_contents()
    sheet["M1:N2"].merge()
    assert sheet["M1"].value is None
    assert sheet["P1"].end("down").row == sheet.cells.shape[0]
    assert sheet["P2"].end("up").row == 1
    sheet["P1"].value = [["head"], [5]]
    table = sheet.tables.add(sheet["R1:S2"], has_headers=True)
    assert table.insert_row_range is not None
    table.show_totals = True
    assert sheet["P1:P2"].value == ["head", 5]
    assert table.range.address == "$R$1:$S$3"


def test_cells_of_the_first_row_are_deleted_and_no_others(sheet: xw.Sheet) -> None:
    # LibreOffice 7.4 itself would take A1:B2
    sheet["A1"].value = [[1, 2, 9], [3, 4, 9], [5, 6, 9], [7, 8, 9]]
    sheet["E1"].value = [["=SUM(A1:A4)", "=A3", "=SUM(A:A)", "=C1"]]
    sheet["A1:B1"].delete("up")
    assert sheet["A1:C4"].value == [[3, 4, 9], [5, 6, 9], [7, 8, 9], [None, None, 9]]
    assert sheet["E1:H1"].formula == (("=SUM(A1:A3)", "=A2", "=SUM(A:A)", "=C1"),)
    sheet["A1:A2"].delete("up")
    assert sheet["A1:B3"].value == [[7, 4], [None, 6], [None, 8]]


def test_insert_delete_copy_move(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, 2], [3, 4], [5, 6]]
    sheet["A2:B2"].insert("down")
    assert sheet["A1:A4"].value == [1, None, 3, 5]
    sheet["2:2"].delete()
    sheet["A:A"].insert("right")
    assert sheet["B1:C3"].value == [[1, 2], [3, 4], [5, 6]]
    sheet["B1:C1"].copy(sheet["E5"])
    sheet["E5:F5"].move(sheet["E7"])
    assert (sheet["E5"].value, sheet["E7:F7"].value) == (None, [1, 2])


Outliving = Callable[[Callable[[xw.App], None]], None]


def test_copy_to_another_workbook_of_the_app(outliving: Outliving) -> None:
    def copied(app: xw.App) -> None:
        sheet, other = app.books.add().sheets[0], app.books.add()
        sheet["A1"].value = [[1, "=A1*2"]]
        sheet["A1:B1"].copy(other.sheets[0]["C3"])
        assert other.sheets[0]["C3:D3"].value == [1, 2]
        assert other.sheets[0]["D3"].formula == "=C3*2"
        assert other.sheet_names == ["Sheet1"]

    outliving(copied)


def test_copy_a_sheet_to_another_workbook_of_the_app(outliving: Outliving) -> None:
    def copied(app: xw.App) -> None:
        sheet, other = app.books.add().sheets[0], app.books.add()
        sheet["A1"].value = [[1, "=A1*2"]]
        sheet.copy(before=other.sheets[0], name="copied")
        assert (other.sheet_names, other.sheets[0]["A1:B1"].value) == (["copied", "Sheet1"], [1, 2])

    outliving(copied)


def test_paste_kinds(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, "=A1*2"], [3, 4]]
    sheet["A1"].color = "#FF0000"
    sheet["A1:B2"].copy()
    sheet["D1"].paste("values", transpose=True)
    sheet["D5"].paste("formats")
    assert (sheet["D1:E2"].value, sheet["E1"].formula) == ([[1, 3], [2, 4]], "3")
    assert (sheet["D1"].color, sheet["D5"].color, sheet["D5"].value) == (None, (255, 0, 0), None)
    sheet["A1:B2"].paste("values", operation="add")
    assert sheet["A2:B2"].value == [6, 8]


def test_merge(sheet: xw.Sheet) -> None:
    sheet["A1:B2"].merge()
    assert (sheet["B2"].merge_area.address, sheet["A1"].merge_cells) == ("$A$1:$B$2", True)
    sheet["A1"].unmerge()
    assert sheet["A1"].merge_cells is False
    sheet["A1:B2"].merge(across=True)
    assert sheet["A2"].merge_area.address == "$A$2:$B$2"


def test_order(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["n", "t"], [3, "c"], [1, "a"], [2, "b"], [1, "A"]]
    sheet["A1:B5"].sort(1, has_headers=True)
    assert sheet["A2:A5"].value == [1, 1, 2, 3]
    sheet["A1:B5"].sort([1, 2], [False, True], has_headers=True)
    assert sheet["A2:A5"].value == [3, 2, 1, 1]
    sheet["A1:B5"].remove_duplicates(2, has_headers=True)
    assert sheet["A1:B5"].value == [["n", "t"], [3, "c"], [2, "b"], [1, sheet["B4"].value], [None, None]]


def test_find_and_replace(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["apple", "pear"], ["Apple pie", 1]]
    assert sheet["A1:B2"].find("apple").address == "$A$1"
    assert sheet["A1:B2"].find("apple", direction="backward").address == "$A$2"
    assert sheet["A1:B2"].find("Apple", match_case=True).address == "$A$2"
    assert sheet["A1:B2"].find("app", whole=True) is None
    sheet["A1:B2"].replace_all("apple", "plum")
    assert sheet["A1:B2"].value == [["plum", "pear"], ["plum pie", 1]]


def test_special_cells_and_fill(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, "x", None], [True, "=A1", "=1/0"]]
    area = sheet["A1:C2"]
    found = {
        kind: [cell.address for cell in area.get_special_cells(*kind.split())]
        for kind in ("blanks", "constants text", "constants logical", "formulas", "formulas errors")
    }
    assert found == {
        "blanks": ["$C$1"],
        "constants text": ["$B$1"],
        "constants logical": ["$A$2"],
        "formulas": ["$B$2:$C$2"],
        "formulas errors": ["$C$2"],
    }
    sheet["E1"].value = [[1], [2]]
    sheet["E1:E2"].autofill(sheet["E1:E4"])
    assert sheet["E1:E4"].value == [1, 2, 3, 4]


def test_look(sheet: xw.Sheet) -> None:
    cell = sheet["B2"]
    cell.value = "text"
    cell.font.bold, cell.font.italic, cell.font.size, cell.font.name = True, True, 14, "Liberation Sans"
    cell.font.color = "#0000FF"
    cell.horizontal_alignment, cell.vertical_alignment, cell.wrap_text = "center", "top", True
    assert (cell.font.bold, cell.font.italic, cell.font.size, cell.font.color) == (True, True, 14, (0, 0, 255))
    assert (cell.horizontal_alignment, cell.vertical_alignment, cell.wrap_text) == ("center", "top", True)
    cell.characters[1:3].font.color = (255, 0, 0)
    assert (cell.characters[1:3].text, cell.characters[1].font.color) == ("ex", (255, 0, 0))
    assert cell.characters[0].font.color == (0, 0, 255)
    sheet["A1:B2"].borders.set("edge_top", line_style="continuous", weight="thick", color="#00FF00")
    top = sheet["A1:B1"].borders["edge_top"]
    assert (top.line_style, top.weight, top.color) == ("continuous", "thick", (0, 255, 0))
    assert sheet["A1:B2"].borders["edge_bottom"].line_style is None
    sheet["A1:B2"].borders.clear()
    assert top.line_style is None


def test_sides_named_together_get_one_look_and_keep_what_is_not_stated(sheet: xw.Sheet) -> None:
    borders = sheet["A1:B3"].borders
    sides = ["inside_horizontal", "edge_bottom", "diagonal_up"]
    borders.set(sides, line_style="continuous", weight="thin", color="#102030")
    borders.set(sides, weight="thick")
    assert [(borders[side].line_style, borders[side].weight, borders[side].color) for side in sides] == [
        ("continuous", "thick", (16, 32, 48))
    ] * 3
    assert borders["edge_top"].line_style is None and borders["inside_vertical"].line_style is None


def test_a_sheet_is_found_by_the_name_it_has_now(sheet: xw.Sheet) -> None:
    sheets = sheet.book.sheets
    for name in ("One", "Two"):
        sheets.add(name)
        sheets[name]["A1"].value = name
    sheets["One"].name = "Three"
    sheets["Two"].name = "One"
    assert (sheets["Three"]["A1"].value, sheets["One"]["A1"].value) == ("One", "Two")
    sheets["One"].delete()
    for gone in ("One", "Two"):
        with pytest.raises(KeyError):
            sheets[gone]
    sheets.add("One")
    assert sheets["One"]["A1"].value is None


def test_the_screen_moves_again_though_a_workbook_was_closed_meanwhile(app: xw.App) -> None:
    first, second = app.books.add(), app.books.add()
    app.screen_updating = False
    third = app.books.add()
    first.close()
    app.screen_updating = True
    assert not any(book.api.hasControllersLocked() for book in (second, third))
    second.close()
    third.close()


def test_sizes_and_hidden_lines(sheet: xw.Sheet) -> None:
    sheet["B:B"].column_width, sheet["2:2"].row_height = 30, 45
    assert (sheet["B5"].column_width, sheet["D2"].row_height) == (30, 45)
    assert sheet["A1:C1"].column_width is None
    sheet["3:4"].rows.hidden = True
    assert (sheet["A3:A4"].rows.hidden, sheet["A1:A4"].rows.hidden, sheet["A1"].rows.hidden) == (True, None, False)


@pytest.mark.parametrize(
    "code", ["General", "0.00%", "#,##0.00", "yyyy-mm-dd", "d mmm yy h:mm AM/PM", "[h]:mm", "@", '0"年"']
)
def test_number_formats_come_back(sheet: xw.Sheet, code: str) -> None:
    sheet["A1"].number_format = code
    assert sheet["A1"].number_format == code


def test_names(sheet: xw.Sheet) -> None:
    book = sheet.book
    sheet["A1:B2"].name = "block"
    book.names.add("rate", "=0.25")
    sheet.names.add("mine", "=Sheet1!$C$3")
    assert sheet["block"].address == "$A$1:$B$2"
    assert [name.name for name in book.names] == ["block", "rate", "Sheet1!mine"]
    assert (book.names["rate"].refers_to, book.names["block"].refers_to) == ("=0.25", "=Sheet1!$A$1:$B$2")
    sheet["D1"].formula = "=rate*4"
    assert sheet["D1"].value == 1
    del book.names["block"]
    with pytest.raises(lo.CalcError):
        sheet["block"]


def test_what_is_written_leaves_notes_as_they_are(sheet: xw.Sheet) -> None:
    for cell in ("A1", "B2", "B3"):
        sheet[cell].add_note(f"of {cell}")
    sheet["B2"].note.api.setIsVisible(True)
    sheet["A1"].value = 5
    sheet["A1:B3"].value = [[1, "x"], [2, "=A1"], [None, dt.date(2026, 11, 25)]]
    sheet["B3"].formula = "=1+1"
    sheet["A1:A3"].formula = [["=1"], ["=2"], ["=3"]]
    assert {note.location.address: note.text for note in sheet.notes} == {
        "$A$1": "of A1", "$B$2": "of B2", "$B$3": "of B3"
    }  # fmt: skip
    assert [bool(sheet[cell].note.api.getIsVisible()) for cell in ("A1", "B2")] == [False, True]


def test_notes_and_links(sheet: xw.Sheet) -> None:
    sheet["A1"].add_note("first")
    sheet["A1"].note.text = "second"
    assert [(note.text, note.location.address) for note in sheet.notes] == [("second", "$A$1")]
    sheet["A1"].note.delete()
    assert sheet["A1"].note is None
    sheet["B1"].add_hyperlink("https://example.org/", "there")
    assert (sheet["B1"].value, sheet["B1"].hyperlink) == ("there", "https://example.org/")


def test_data_validation(sheet: xw.Sheet) -> None:
    sheet["A1:A9"].data_validation.set_list(["call", "visit"])
    sheet["B1:B9"].data_validation.set_date("between", dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    sheet["D1"].value = [["x"], ["y"]]
    sheet["C1"].data_validation.set_list(sheet["D1:D2"])
    sheet["C2"].data_validation.set_custom("=LEN(C2)>3")
    assert (sheet["A5"].data_validation.source, sheet["A5"].data_validation.in_cell_dropdown) == ("call,visit", True)
    assert sheet["B5"].data_validation.formula1 == "=DATE(2024,1,1)"
    assert sheet["C1"].data_validation.source == "=Sheet1!$D$1:$D$2"
    assert (sheet["C2"].data_validation.type, sheet["C2"].data_validation.formula) == ("custom", "=LEN(C2)>3")
    types = [sheet[cells].data_validation.type for cells in ("A1:A9", "A1:B9", "A9:A10")]
    assert types == ["list", "inconsistent", "mixed_criteria"]
    sheet["A1:A9"].data_validation.delete()
    assert sheet["A5"].data_validation.type == "none"


def test_autofilter(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["n", "t"], [1, "a"], [2, "b"], [3, "a"], [4, "c"]]
    area = sheet["A1:B5"]
    area.autofilter.apply_values(2, ["a", "c"])
    area.autofilter.apply_comparison(1, "greater_than", 1)
    assert [cell.rows.hidden for cell in sheet["A2:A5"]] == [True, True, False, False]
    assert [(item.field, item.type) for item in area.autofilter.criteria] == [(1, "comparison"), (2, "values")]
    area.autofilter.clear(2)
    assert [cell.rows.hidden for cell in sheet["A2:A5"]] == [True, False, False, False]
    area.autofilter.clear()
    assert not any(cell.rows.hidden for cell in sheet["A2:A5"])


def test_tables(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["a", "b"], [1, 2], [3, 4]]
    table = sheet.tables.add(sheet["A1:B3"])
    assert (table.name, table.range.address, table.data_body_range.address) == ("Table1", "$A$1:$B$3", "$A$2:$B$3")
    table.rows.add([5, 6])
    table.columns.add("c")
    assert (table.range.address, [column.name for column in table.columns]) == ("$A$1:$C$4", ["a", "b", "c"])
    table.show_totals = True
    assert (table.totals_row_range.address, sheet["A5"].value) == ("$A$5:$C$5", "Total")
    table.show_totals = False
    table.rows[0].delete()
    table.sort(1, False)
    assert sheet["A2:A4"].value == [5, 3, None]
    assert sheet["A3"].table == table
    assert sheet["E1"].table is None


def test_a_protected_structure_is_named(sheet: xw.Sheet) -> None:
    hidden = sheet.book.sheets.add("hidden", after=sheet)
    hidden.visible = False
    sheet.book.api.protect("")
    with pytest.raises(lo.CalcError, match="structure of the workbook is protected"):
        hidden.visible = True
    with pytest.raises(lo.CalcError, match="structure of the workbook is protected"):
        hidden.name = "other"


def test_protection(sheet: xw.Sheet) -> None:
    sheet.impl.protect("secret")
    with pytest.raises(lo.CalcError):
        sheet["A1"].value = 1
    with pytest.raises(lo.CalcError, match="password"):
        sheet.impl.unprotect("wrong")
    sheet.impl.unprotect("secret")
    sheet["A1"].value = 1
    assert (sheet.impl.protected, sheet["A1"].value) == (False, 1)


def test_sheets(sheet: xw.Sheet) -> None:
    book = sheet.book
    other = book.sheets.add("Other")
    assert book.sheet_names == ["Other", "Sheet1"]
    other.move(after=sheet)
    other.visible = False
    assert (book.sheet_names, other.visible, other.index) == (["Sheet1", "Other"], False, 2)
    with pytest.raises(lo.CalcError):
        sheet.visible = False
    sheet.show_gridlines = False
    assert sheet.show_gridlines is False
    sheet.freeze_panes.freeze_at("A1:A2")
    assert sheet.impl.book.controller.hasFrozenPanes()
    sheet.freeze_panes.unfreeze()
    sheet.page_setup.print_area = "A1:B2"
    assert sheet.page_setup.print_area == "$A$1:$B$2"
    other.visible = True
    sheet.delete()
    with pytest.raises(lo.CalcError):
        other.delete()


def test_charts(sheet: xw.Sheet, tmp_path: Path) -> None:
    sheet["A1"].value = [["", "x", "y"], ["a", 1, 2], ["b", 3, 4]]
    chart = sheet.charts.add(left=10, top=20, width=300, height=200, source=sheet["A1:C3"], chart_type="bar_stacked")
    chart.title = "Title"
    chart.legend.position = "bottom"
    chart.value_axis.title, chart.value_axis.maximum_scale = "count", 10
    assert (chart.left, chart.top, chart.width, chart.height) == (10, 20, 300, 200)
    assert (chart.chart_type, chart.title, chart.legend.position) == ("bar_stacked", "Title", "bottom")
    assert (chart.value_axis.title, chart.value_axis.maximum_scale, chart.value_axis.minimum_scale) == (
        "count",
        10,
        None,
    )
    chart.to_png(tmp_path / "chart.png")
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
    assert [shape.type for shape in sheet.shapes] == ["chart"]
    chart.delete()
    assert len(sheet.charts) == 0


def test_other_sheets_are_addressed_by_name(sheet: xw.Sheet) -> None:
    other = sheet.book.sheets.add("My Sheet", after=sheet)
    other["B2"].value = 7
    assert sheet["'My Sheet'!B2"].value == 7
    assert sheet["'My Sheet'!B2"].sheet == other
    with pytest.raises(lo.CalcError):
        sheet["no such name"]


def test_the_interface_underneath_is_at_hand(sheet: xw.Sheet) -> None:
    styles = sheet.book.api.getStyleFamilies().getByName("PageStyles")
    style = styles.getByName(sheet.api.PageStyle)
    style.IsLandscape = True
    assert sheet.page_setup.api.IsLandscape is True
    sheet["A2"].value = "moves"
    sheet.api.insertCells(sheet["2:2"].api.getRangeAddress(), lo.Enum("com.sun.star.sheet.CellInsertMode", "ROWS"))
    assert sheet["A3"].value == "moves"
    point = lo.Struct("com.sun.star.awt.Point", X=1, Y=2)
    assert (point == lo.Struct("com.sun.star.awt.Point", X=1, Y=2), point == lo.Struct("x", X=1)) == (True, False)
    with pytest.raises(lo.CalcError):
        sheet.api.getCellRangeByName("no such cell")


def test_pictures(sheet: xw.Sheet, tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image", reason="Pillow is not installed here")
    image.new("RGB", (96, 48), "red").save(tmp_path / "red.png")
    picture = sheet.pictures.add(tmp_path / "red.png", name="logo", anchor=sheet["B2"])
    assert (picture.left, picture.top) == (sheet["B2"].left, sheet["B2"].top)
    assert (picture.width, picture.height) == (72, 36)
    picture.width = 144
    assert (picture.width, picture.height) == (144, 72)
    assert [(shape.name, shape.type) for shape in sheet.shapes] == [("logo", "picture")]
    with pytest.raises(xw.ShapeAlreadyExists):
        sheet.pictures.add(tmp_path / "red.png", name="logo")
    sheet.pictures["logo"].delete()
    assert len(sheet.pictures) == 0


def marked(book: xw.Book, cell: xw.Range) -> bool:
    """Tell whether a cell is drawn as marked, as assistive programs are told."""
    wanted = "com.sun.star.accessibility.XAccessibleTable"
    found = [book.api.getCurrentController().getFrame().getComponentWindow().getAccessibleContext()]
    while wanted not in map(str, found[0].getTypes()):
        whole = found.pop(0)
        children = [whole.getAccessibleChild(at) for at in range(min(whole.getAccessibleChildCount(), 8))]
        found += [child.getAccessibleContext() for child in children if child is not None]
    return bool(found[0].isAccessibleSelected(cell.row - 1, cell.column - 1))


def test_a_selected_cell_has_the_cursor_and_is_not_marked(app: xw.App) -> None:
    book = app.books.add()
    sheet = book.sheets[0]
    sheet["B2:C3"].select()
    assert marked(book, sheet["B2"])
    sheet["B4"].select()
    assert app.selection.address == "$B$4"
    assert not marked(book, sheet["B4"])  # else Tab and Enter would stay in it


def test_a_property_on_which_cells_differ_is_none(sheet: xw.Sheet) -> None:
    one, both = sheet["A1"], sheet["A1:B1"]
    one.number_format, one.color, one.wrap_text = "0.00", (255, 0, 0), True
    one.horizontal_alignment, one.vertical_alignment = "right", "top"
    one.font.bold, one.font.italic, one.font.size, one.font.name = True, True, 20, "Arial"
    one.font.color = (0, 0, 255)
    assert (both.number_format, both.color, both.wrap_text) == (None, None, None)
    assert (both.horizontal_alignment, both.vertical_alignment) == (None, None)
    font = both.font
    assert (font.bold, font.italic, font.size, font.name, font.color) == (None, None, None, None, None)
    assert (one.number_format, one.font.bold, one.font.size) == ("0.00", True, 20)


def test_letters_are_counted_as_python_counts_them(sheet: xw.Sheet) -> None:
    sheet["A1"].value = "😀ab\ncd"
    letters = sheet["A1"].characters[1:2]
    letters.font.bold = True
    assert (letters.text, letters.font.bold, letters.api.getString()) == ("a", True, "a")
    assert (sheet["A1"].characters[0].font.bold, sheet["A1"].characters[4:].text) == (False, "cd")
    assert (sheet["A1"].value, sheet["A1"].characters[3:1].text) == ("😀ab\ncd", "")


@pytest.mark.parametrize("content", [12345.0, "=1+1"])
def test_letters_of_a_number_have_no_fonts_of_their_own(sheet: xw.Sheet, content: float | str) -> None:
    sheet["A1"].value = content
    before = sheet["A1"].formula, sheet["A1"].value
    with pytest.raises(lo.CalcError, match="number or formula"):
        sheet["A1"].characters[0:1].font.bold = True
    sheet["A1"].characters.font.bold = True
    assert ((sheet["A1"].formula, sheet["A1"].value), sheet["A1"].font.bold) == (before, True)


def test_removed_duplicates_leave_what_is_below_in_its_place(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["h", "n"], ["x", 1], ["X", 2], ["y", 3], ["x", 4], ["below", "=B4*2"]]
    sheet["C1"].value = [[row] for row in range(1, 7)]
    sheet["A1:B5"].remove_duplicates(1, has_headers=True)
    assert sheet["A1:C6"].value == [
        ["h", "n", 1],
        ["x", 1, 2],
        ["y", 3, 3],
        [None, None, 4],
        [None, None, 5],
        ["below", 6, 6],
    ]


def test_what_is_replaced_in_texts_stays_a_text(sheet: xw.Sheet) -> None:
    sheet["A1:A2"].number_format = "@"
    sheet["A1"].value = [["=1+1 x", "007"], ["x1", "=LEN(A1)+1"]]
    sheet["A1:B2"].replace_all("1", "2")
    assert sheet["A1:B2"].value == [["=2+2 x", "007"], ["x2", 4]]
    assert sheet["B2"].formula == "=LEN(A2)+2"
    sheet["A1:B2"].replace_all("x2", "=5", whole=True)
    assert sheet["A2"].value == "=5"


def test_sorting_by_more_columns_than_three(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, 1, 1, 1, number] for number in (3, 1, 2)]
    sheet["A1:E3"].sort([1, 2, 3, 4, 5], True)
    assert sheet["E1:E3"].value == [1, 2, 3]


def test_copying_marks_no_cell(sheet: xw.Sheet) -> None:
    sheet["B2"].select()
    sheet["A1:B2"].copy()
    sheet["D4"].paste()
    sheet["A1:B2"].impl._shown()
    assert sheet.book.app.selection.address == "$B$2"
    marked = sheet.book.api.getCurrentSelection()
    assert marked.supportsService("com.sun.star.sheet.SheetCell")


def test_blanks_end_where_the_sheet_does(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, None], [True, 2]]
    assert [area.address for area in sheet.cells.get_special_cells("blanks")] == ["$B$1"]
    assert sheet["D1:E5"].get_special_cells("blanks") == []
    assert [area.address for area in sheet.cells.get_special_cells("constants", "logical")] == ["$A$2"]


def test_colours_of_many_cells(sheet: xw.Sheet) -> None:
    red, blue = (255, 0, 0), (0, 0, 255)
    sheet["A1:C2"].impl.set_colors([[red, None, blue], [red, ..., red]])
    assert [[cell.color for cell in sheet[row, :3]] for row in (0, 1)] == [[red, None, blue], [red, None, red]]


def test_an_indent_shows(sheet: xw.Sheet) -> None:
    sheet["A1"].adjust_indent(2)
    assert (sheet["A1"].horizontal_alignment, sheet["A1"].api.ParaIndent) == ("left", 706)


def test_a_book_that_is_open_already_is_itself_and_redraws_again(app: xw.App, tmp_path: Path) -> None:
    book = app.books.add()
    book.save(tmp_path / "open.xlsx")
    book.close()
    app.screen_updating = False
    book = app.books.open(tmp_path / "open.xlsx")
    assert book.impl == app.books.impl.open(str(tmp_path / "open.xlsx"))
    app.screen_updating = True
    assert not book.api.hasControllersLocked()
    book.close()


def test_two_books_of_one_name(app: xw.App, tmp_path: Path) -> None:
    paths = [tmp_path / folder / "same.xlsx" for folder in ("a", "b")]
    for number, path in enumerate(paths):
        path.parent.mkdir()
        book = app.books.add()
        book.sheets[0]["A1"].value = number
        book.save(path)
        book.close()
    first = app.books.open(paths[0])
    with pytest.raises(ValueError, match="Cannot open two workbooks"):
        app.books.open(paths[1])
    second = xw.Book(impl=app.books.impl.open(str(paths[1])))
    assert (first.sheets[0]["A1"].value, second.sheets[0]["A1"].value, first.impl == second.impl) == (0, 1, False)
    first.close()
    with pytest.raises(lo.CalcError, match="closed"):
        first.sheets[0]["A1"].value = 5
    assert second.sheets[0]["A1"].value == 1
    second.close()
