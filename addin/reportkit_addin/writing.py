"""Writing into an open log: output areas in one block each, and the colour of cells to mend."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

import xlwings as xw

from reportkit.definitions.errors import MendInput
from reportkit.definitions.findings import Finding
from reportkit.definitions.forms import FORMS
from reportkit.definitions.text import Language
from reportkit.read.archives import year_of
from reportkit.read.workbook import fold, sheet_codes
from reportkit.workbooks.style import ACCENT, ROW_HEIGHT, TEXT, WRONG_FILL
from reportkit_addin import sentences as say
from reportkit_addin.colours import coloured
from reportkit_addin.live import empty, sheet_named, sheet_names, show_all_rows
from reportkit_addin.looks import rule
from reportkit_addin.outputs import FIRST, HEADINGS, LINE, Area, Look
from reportkit_addin.protection import unprotected
from reportkit_addin.sight import go_to

_SHADE: Final = 1  # by which our colour differs from that of red cells elsewhere, so that nobody's own is taken off
MARK: Final = (int(WRONG_FILL[1:3], 16), int(WRONG_FILL[3:5], 16), int(WRONG_FILL[5:7], 16) - _SHADE)
Marked = tuple[str, str]  # sheet, cell


def fill(book: xw.Book, area: Area, language: Language) -> xw.Sheet:
    """Write an output area: what it held before goes, the new rows come in one block. Nothing beside it is touched.

    Raise MendInput where its sheet is gone or protected by a password.
    """
    sheet = output_sheet(book, area, language)
    book.app.status_bar = say.WRITING.fill(language, sheet=sheet.name)
    width = len(HEADINGS[area.sheet])
    with unprotected(sheet):
        show_all_rows(sheet)
        last = max(sheet.used_range.last_cell.row, FIRST + len(area.rows) - 1)
        if last >= FIRST:
            empty(sheet.range((FIRST, 1), (last, width)))
        line = sheet.range((LINE, 1))
        if line.value is None:
            empty(line)
        line.number_format, line.value = TEXT, area.line
        if area.rows:
            _write(sheet, area, width)
    return sheet


def show(sheet: xw.Sheet) -> None:
    """Bring an output area to the front at its first row, wherever it was scrolled to before."""
    go_to(sheet, f"A{FIRST}")


def output_sheet(book: xw.Book, area: Area, language: Language) -> xw.Sheet:
    """Return the sheet of an output area. Raise MendInput where there is none."""
    sheet = sheet_named(book, area.sheet)
    if sheet is None:
        raise MendInput(say.NO_SHEET, sheet=area.sheet.to(language))
    return sheet


def _write(sheet: xw.Sheet, area: Area, width: int) -> None:
    """Format the columns, text as text, write all cells at once, then give single ones their look.

    LibreOffice is asked about each format among the cells that are written to: before the others there are few.
    """
    end = FIRST + len(area.rows) - 1
    at = 0
    for number_format, same in groupby(area.formats):
        wide = len(list(same))
        sheet.range((FIRST, at + 1), (end, at + wide)).number_format = number_format
        at += wide
    for first, last in _side_by_side(area.wrapped):
        sheet.range((FIRST, first + 1), (end, last + 1)).wrap_text = True
    block = sheet.range((FIRST, 1), (end, width))
    block.value = [list(row) for row in area.rows]
    rule(block)
    _look(sheet, area, end)
    if not area.wrapped:
        block.row_height = ROW_HEIGHT  # nothing else makes room for Chinese signs


def _look(sheet: xw.Sheet, area: Area, end: int) -> None:
    """Align columns, colour links, and give single cells the formats and colours that are theirs alone."""
    for first, last in _side_by_side(area.left):
        sheet.range((FIRST, first + 1), (end, last + 1)).horizontal_alignment = "left"
    for first, last in _side_by_side(area.right):
        sheet.range((FIRST, first + 1), (end, last + 1)).horizontal_alignment = "right"
    for column in area.links:
        sheet.range((FIRST, column + 1), (end, column + 1)).font.color = ACCENT
    for (first, last, number_format), rows in _together(area.looks):
        sheet.range((FIRST + rows[0], first + 1), (FIRST + rows[-1], last + 1)).number_format = number_format
    for (first, last, colour), rows in _together(area.tints):
        font = sheet.range((FIRST + rows[0], first + 1), (FIRST + rows[-1], last + 1)).font
        font.color, font.bold = colour, True


def _side_by_side(columns: Iterable[int]) -> list[tuple[int, int]]:
    """Return columns that follow one another as (first, last): each is one call."""
    found: list[tuple[int, int]] = []
    for column in columns:
        if found and found[-1][1] == column - 1:
            found[-1] = found[-1][0], column
        else:
            found.append((column, column))
    return found


def _together(looks: Iterable[Look]) -> list[tuple[tuple[int, int, str], list[int]]]:
    """Return looks of columns with the rows that follow one another: each is one call."""
    found: list[tuple[tuple[int, int, str], list[int]]] = []
    for row, first, last, how in sorted(looks, key=lambda look: (look[1:], look[0])):
        columns = (first, last, how)
        if found and found[-1][0] == columns and found[-1][1][-1] == row - 1:
            found[-1][1].append(row)
        else:
            found.append((columns, [row]))
    return found


def to_mark(findings: Iterable[Finding]) -> set[Marked]:
    """Return the log's cells that hold what their column does not take, or keep their row from counting."""
    in_log = (found for found in findings if not year_of(found.place.file))
    return {
        (found.place.sheet, found.place.cell)
        for found in in_log
        if found.place.sheet and found.place.cell and (found.severity == "error" or found.code.startswith("value."))
    }


def mark(book: xw.Book, wrong: set[Marked], language: Language) -> list[str]:
    """Colour the cells to mend and no others, wherever people sorted or copied what was coloured before.

    A cell that somebody coloured keeps that colour: only what is blank is coloured, only our colour is taken off.
    Return the sheets whose cells a password kept from it.
    """
    book.app.status_bar = say.MARKING.to(language)
    codes, every = sheet_codes(FORMS), book.sheets
    locked = []
    for name in (name for name in sheet_names(book) if fold(name) in codes):
        sheet = every[name]
        cells, before = sorted(cell for on, cell in wrong if on == name), coloured(sheet, MARK)
        if cells or before:
            try:
                with unprotected(sheet):
                    _recolour(sheet, before, cells)
            except MendInput:
                locked.append(name)
    return locked


def _recolour(sheet: xw.Sheet, before: Iterable[xw.Range], cells: Iterable[str]) -> None:
    """Take our colour off what bore it and put it onto cells that bear none."""
    for part in before:
        part.color = None
    for cell in cells:
        one = sheet.range(cell)
        if one.color is None:
            one.color = MARK
