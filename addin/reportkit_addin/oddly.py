"""What cells of an open workbook hold and their values do not tell: merged cells, days that change overnight."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Final

import xlwings as xw

from reportkit.definitions.findings import Finding, Place
from reportkit.read.book import RawSheet
from reportkit.read.oddities import TIMED, TODAYS, Box, merged, volatile
from reportkit.read.survey import column_number
from reportkit_addin.live import LIBREOFFICE

FORMULAS: Final = 16  # of LibreOffice's kinds of content


def oddities_of(book: xw.Book, sheets: Iterable[RawSheet], file: str) -> Iterator[Finding]:
    """Yield what is odd about the rows of forms, as a file's is told: LibreOffice is asked twice of most sheets."""
    for raw in sheets:
        if raw.rows and raw.letters:
            last = max(map(column_number, raw.letters.values()))
            cells, place = book.sheets[raw.name].range((raw.rows[0], 1), (raw.rows[-1], last)), Place(file, raw.name)
            yield from merged(sorted(_merged_in(cells)), raw, place)
            yield from volatile(sorted(_todays_in(cells, raw)), raw, place)


def _merged_in(cells: xw.Range) -> Iterator[Box]:
    """Yield the merged cells of a range."""
    if cells.sheet.book.app.engine.name != LIBREOFFICE:
        yield from dict.fromkeys(merged_halves(cells))
    elif cells.api.getIsMerged():
        for area in cells.impl.merged_areas():
            yield area.row, area.column, area.row + area.rows - 1, area.column + area.columns - 1


def merged_halves(cells: xw.Range) -> Iterator[Box]:
    """Yield the merged cells of a range of Excel's, halving what says it has some; each maybe several times."""
    if cells.merge_cells is False:
        return
    area, last = cells[0, 0].merge_area, cells.last_cell
    end = area.last_cell
    if end.row >= last.row and end.column >= last.column:
        yield area.row, area.column, end.row, end.column
        return
    rows, columns = cells.shape
    if rows >= columns:
        halves = cells[: rows // 2, :], cells[rows // 2 :, :]
    else:
        halves = cells[:, : columns // 2], cells[:, columns // 2 :]
    for half in halves:
        yield from merged_halves(half)


def _todays_in(cells: xw.Range, raw: RawSheet) -> Iterator[tuple[int, int]]:
    """Yield row and column of the days and times whose formulas ask for today's date."""
    if not _has_formulas(cells):
        return
    for code, letter in raw.letters.items():
        if raw.form.column[code].kind in TIMED:
            column = cells.sheet.range(f"{letter}{cells.row}:{letter}{cells.last_cell.row}")
            formulas = column.formula if column.count > 1 else [[column.formula]]
            for row, (formula,) in enumerate(formulas, cells.row):
                if str(formula).startswith("=") and TODAYS.search(str(formula)):
                    yield row, column.column


def _has_formulas(cells: xw.Range) -> bool:
    """Tell whether a cell of a range holds a formula."""
    if cells.sheet.book.app.engine.name == LIBREOFFICE:
        return bool(cells.api.queryContentCells(FORMULAS).getCount())
    found = cells.api.HasFormula if sys.platform == "win32" else cells.api.has_formula.get()
    return found is not False  # neither yes nor no where some do
