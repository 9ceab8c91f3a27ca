"""Where on a sheet a colour is, in few questions to the application."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import xlwings as xw

from reportkit_addin.live import LIBREOFFICE

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]  # first row and column, last row and column, counted from 1, both in
BELOW: Final = 2  # the row under the headings
MIXED: Final = (0, 0, 0)  # what Excel says of a range of several colours


def coloured(sheet: xw.Sheet, colour: Colour) -> list[xw.Range]:
    """Return the parts of a sheet, below its first row, whose cells have a colour as their own format."""
    if sheet.book.app.engine.name == LIBREOFFICE:
        boxes = list(_in_libreoffice(sheet, colour))
    else:
        last = sheet.used_range.last_cell
        whole = (BELOW, 1, max(last.row, BELOW), last.column)
        boxes = list(parts_of(whole, colour, lambda box: _colour(sheet, box)))
    return [sheet.range(box[:2], box[2:]) for box in boxes]


def _in_libreoffice(sheet: xw.Sheet, colour: Colour) -> Iterator[Box]:
    """Yield the parts of a colour: one question tells of a sheet without any, three of one with a second heading."""
    end, wide = sheet.cells.shape
    if _plain(sheet.range((BELOW, 1), (end, wide))):
        return
    wanted = int.from_bytes(bytes(colour))
    for cells in (sheet.range((BELOW, 1), (BELOW, wide)), sheet.range((BELOW + 1, 1), (end, wide))):
        if not _plain(cells):
            for group in cells.api.getUniqueCellFormatRanges():
                if group.CellBackColor == wanted:
                    for one in group.getRangeAddresses():
                        yield one.StartRow + 1, one.StartColumn + 1, one.EndRow + 1, one.EndColumn + 1


def _plain(cells: xw.Range) -> bool:
    """Tell whether LibreOffice's cells have the colour of their style everywhere."""
    return bool(cells.api.getPropertyState("CellBackColor").value == "DEFAULT_VALUE")


def _colour(sheet: xw.Sheet, box: Box) -> Colour | None:
    try:
        colour: Colour | None = sheet.range(box[:2], box[2:]).color
    except TypeError:  # xlwings on what Excel says instead of a colour
        return MIXED
    return colour


def parts_of(box: Box, wanted: Colour, colour_of: Callable[[Box], Colour | None]) -> Iterator[Box]:
    """Yield the parts of a box that have a colour, halving what has several."""
    colour = colour_of(box)
    top, left, bottom, right = box
    if colour == wanted:
        yield box
    elif colour == MIXED and (top, left) != (bottom, right):
        if bottom - top >= right - left:
            middle = (top + bottom) // 2
            halves = (top, left, middle, right), (middle + 1, left, bottom, right)
        else:
            middle = (left + right) // 2
            halves = (top, left, bottom, middle), (top, middle + 1, bottom, right)
        for half in halves:
            yield from parts_of(half, wanted, colour_of)
