"""What number formats and errors make of cells: LibreOffice hands over dates and truth values as numbers.

A UNO object costs about a millisecond to take over and a block of cells not much more, so formats are asked for
as few and as large ranges as can be, and only where numbers are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from . import values
from .addresses import Area, area_of
from .formats import KEYS_PER_LOCALE, NumberFormats
from .formulas import meets_nowhere

if TYPE_CHECKING:
    from .part import RangePart
    from .ranges import Range

NUMBER_RESULTS, ERROR_RESULTS = 1, 4
TRUTHS = {"=TRUE()": True, "=FALSE()": False}  # what LibreOffice makes of the truth values in files
MOST_BLOCKS = 6  # of more of them one range around all is asked for its formats
NO_SUCH_CELLS = 524  # LibreOffice's error of a reference that leads nowhere

Rows = list[list[Any]]


def kinds(cells: RangePart, also: int = 0) -> list[tuple[int, Area]]:
    """Kinds of number formats with the areas that have them: dates, truth values, texts, and what is asked for also."""
    formats = cells.sheet.book.formats
    key = cells.uno.NumberFormat
    if len(cells) == 1 or key % KEYS_PER_LOCALE:  # different formats in one range are told as General
        kind = formats.type(key)
        return [(kind, cells.area)] if _matters(kind, also) else []
    found: list[tuple[int, Area]] = []
    for group in cells.uno.getUniqueCellFormatRanges():
        kind = formats.type(group.NumberFormat)
        if _matters(kind, also):
            found += [(kind, area_of(address)) for address in group.getRangeAddresses()]
    return found


def _matters(kind: int, also: int) -> bool:
    return bool(kind & (NumberFormats.DATE | NumberFormats.LOGICAL | also)) or kind == NumberFormats.TEXT


def restore(cells: Range, rows: Rows) -> None:
    """Make dates, truth values and, where asked for, times of the numbers that a range's formats say are some."""
    null_date = cells.sheet.book.null_date
    times = NumberFormats.TIME if cells.options.get("times") else 0

    @cache  # a column of days holds each of them many times
    def to_date(serial: float) -> dt.datetime | float:
        return values.from_serial(serial, null_date)

    def to_time(serial: float) -> dt.time | dt.datetime | float:
        return values.to_time(serial, null_date)

    for block in _with_numbers(rows):
        area = Area(cells.row + block.row, cells.column + block.column, block.rows, block.columns)
        for kind, part in kinds(cells.sub(area), times):
            if kind & NumberFormats.DATE:
                _convert(rows, cells.area, part, to_date)
            elif kind & NumberFormats.LOGICAL:
                _convert(rows, cells.area, part, bool)
            elif kind & times:
                _convert(rows, cells.area, part, values.to_duration if kind & NumberFormats.DURATION else to_time)


def _with_numbers(rows: Rows) -> Iterator[Area]:
    """Blocks of neighbouring columns that hold numbers, from their first row with one to their last, from 0."""
    numeric = [float in map(type, column) for column in zip(*rows, strict=True)]
    runs = [list(run) for found, run in groupby(range(len(numeric)), numeric.__getitem__) if found]
    if len(runs) > MOST_BLOCKS:
        runs = [list(range(runs[0][0], runs[-1][-1] + 1))]
    for run in runs:
        columns = slice(run[0], run[-1] + 1)
        first = next(y for y, row in enumerate(rows) if float in map(type, row[columns]))
        last = next(y for y in range(len(rows) - 1, -1, -1) if float in map(type, rows[y][columns]))
        yield Area(first, run[0], last - first + 1, len(run))


def _convert(rows: Rows, whole: Area, part: Area, convert: Callable[[float], Any]) -> None:
    columns = range(part.column - whole.column, part.last_column - whole.column + 1)
    for cells in rows[part.row - whole.row : part.last_row - whole.row + 1]:
        for column in columns:
            if type(cells[column]) is float:
                cells[column] = convert(cells[column])


def name_truths(cells: RangePart, rows: Rows) -> None:
    """Put truth values where files hold some: whatever the format of their cells, they are formulas of numbers."""
    for address in cells.uno.queryFormulaCells(NUMBER_RESULTS).getRangeAddresses():
        area = area_of(address)
        row, column = area.row - cells.area.row, area.column - cells.area.column
        part = [one[column : column + area.columns] for one in rows[row : row + area.rows]]
        if any(cell in (0.0, 1.0) for one in part for cell in one):
            for y, formulas in enumerate(cells.sub(area).uno.getFormulaArray()):
                for x, formula in enumerate(formulas):
                    if formula in TRUTHS:
                        rows[row + y][column + x] = TRUTHS[formula]


def name_errors(cells: Range, rows: Rows) -> None:
    """Put errors where formulas failed, of which LibreOffice hands over nothing."""
    for address in cells.uno.queryFormulaCells(ERROR_RESULTS).getRangeAddresses():
        area = area_of(address)
        for row, column in area.cells():
            text = _error_text(cells, row, column) if cells.options.get("err_to_str") else values.OTHER_ERROR
            rows[row - cells.row][column - cells.column] = values.CellError(text)


def _error_text(cells: Range, row: int, column: int) -> str:
    cell = cells.sheet.uno.getCellByPosition(column - 1, row - 1)
    code = cell.getError()
    if code == NO_SUCH_CELLS and meets_nowhere(cell.getFormula()):
        return "#NULL!"
    return values.ERRORS.get(code, values.OTHER_ERROR)
