"""A hidden sheet of columns: the lists behind dropdowns, the workings behind the board."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from reportkit.workbooks.links import quoted
from reportkit.workbooks.style import DATE, Styles

FIRST_ROW = 1  # zero-based: row 0 holds the headings
Cell = str | float | dt.date


def span(sheet: str, column: int, first: int, last: int) -> str:
    """Return the absolute reference of part of a column; rows are zero-based, both inclusive."""
    letter = xl_col_to_name(column)
    return f"{quoted(sheet)}!${letter}${first + 1}:${letter}${last + 1}"


@dataclass(frozen=True)
class Range:
    """Part of a column of a sheet; `first` and `last` are zero-based rows, both inclusive."""

    sheet: str
    column: int
    first: int
    last: int

    def __str__(self) -> str:
        return span(self.sheet, self.column, self.first, self.last)

    def at(self, index: int) -> str:
        """Return the cell at a place of the range, for formulas on the same sheet."""
        return str(xl_rowcol_to_cell(self.first + index, self.column, col_abs=True))

    def cell(self, index: int) -> str:
        """Return the cell at a place of the range, for formulas on any sheet."""
        return f"{quoted(self.sheet)}!{xl_rowcol_to_cell(self.first + index, self.column, True, True)}"

    def above(self, index: int) -> str:
        """Return the cells of the range before a place, for formulas on the same sheet."""
        return f"{xl_rowcol_to_cell(self.first, self.column, True, True)}:{self.at(index - 1)}"

    def part(self, first: int, last: int) -> Range:
        """Return a part of the range; places both inclusive."""
        return Range(self.sheet, self.column, self.first + first, self.first + last)


@dataclass
class HiddenSheet:
    """A hidden sheet that is filled column by column."""

    sheet: Worksheet
    styles: Styles
    used: int = field(default=0)

    def add(self, heading: str, cells: Sequence[Cell]) -> Range:
        """Write a column of values; an empty one keeps one blank cell."""
        column = self._start(heading)
        for row, cell in enumerate(cells, FIRST_ROW):
            if isinstance(cell, dt.date):
                self.sheet.write_datetime(row, column, cell, self.styles.of("body", num_format=DATE))
            elif isinstance(cell, str):
                self.sheet.write_string(row, column, cell)
            else:
                self.sheet.write_number(row, column, cell)
        return self._range(column, max(len(cells), 1))

    def formulas(
        self, heading: str, length: int, formula: Callable[[int, Range], str], *, array: bool = False
    ) -> Range:
        """Write a column of formulas; `formula` makes each from its place and the column itself."""
        column = self._start(heading)
        whole = self._range(column, length)
        for index in range(length):
            row = FIRST_ROW + index
            if array:
                self.sheet.write_array_formula(row, column, row, column, "{=" + formula(index, whole) + "}")
            else:
                self.sheet.write_formula(row, column, "=" + formula(index, whole))
        return whole

    def _start(self, heading: str) -> int:
        column, self.used = self.used, self.used + 1
        self.sheet.write_string(0, column, heading, self.styles.of("heading"))
        return column

    def _range(self, column: int, length: int) -> Range:
        return Range(self.sheet.get_name(), column, FIRST_ROW, FIRST_ROW + length - 1)


def add_hidden_sheet(styles: Styles, name: str) -> HiddenSheet:
    """Add a hidden, protected sheet to the workbook."""
    sheet = styles.book.add_worksheet(name)
    sheet.hide()
    sheet.protect()
    return HiddenSheet(sheet, styles)
