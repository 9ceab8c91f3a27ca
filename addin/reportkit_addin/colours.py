"""Where on a sheet a colour is, in few questions to the application."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import xlwings as xw

from reportkit_addin.live import LIBREOFFICE

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]  # first row and column, last row and column, counted from 1, both in
MIXED: Final = (0, 0, 0)  # what Excel says of a range of several colours


def coloured(sheet: xw.Sheet, colour: Colour) -> list[xw.Range]:
    """Return the parts of a sheet whose cells have a colour as their own format."""
    used = sheet.used_range
    if sheet.book.app.engine.name == LIBREOFFICE:
        wanted = int.from_bytes(bytes(colour))
        groups = [group for group in used.api.getUniqueCellFormatRanges() if group.CellBackColor == wanted]
        boxes = [
            (one.StartRow + 1, one.StartColumn + 1, one.EndRow + 1, one.EndColumn + 1)
            for group in groups
            for one in group.getRangeAddresses()
        ]
    else:
        last = used.last_cell
        boxes = list(parts_of((used.row, used.column, last.row, last.column), colour, lambda box: _colour(sheet, box)))
    return [sheet.range(box[:2], box[2:]) for box in boxes]


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
