"""Ranges: where they are; what they hold and can do is in the classes they are put together from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .addresses import Area, quote_sheet, quoted
from .attribute import ATTRIBUTE
from .cells import CellFeatures
from .clipboard import Copying
from .contents import Contents
from .formatting import Formatting
from .link import Object
from .lookup import Lookup

if TYPE_CHECKING:
    from .sheet import Sheet

_PLAIN_BOOK = re.compile(r"[\w.]+")


class Range(Contents, Formatting, Copying, Lookup, CellFeatures, base_classes.Range):
    """A rectangle of cells of one sheet; without rows or columns it is nowhere and does nothing."""

    sheet: Sheet = ATTRIBUTE

    def __init__(self, sheet: Sheet, area: Area, text: str | None = None, uno: Object | None = None) -> None:
        self.sheet = sheet
        self.area = area
        self.arg1_input = text or ""  # xlwings tells A:C from 1:3 by what the user wrote
        self.options: dict[str, Any] = {}
        self._uno: Any = uno

    @property
    def uno(self) -> Any:
        """UNO's cell range; None of an empty one."""
        if self._uno is None and self.area.rows > 0 and self.area.columns > 0:
            row, column, rows, columns = self.area
            by_position = self.sheet.uno.getCellRangeByPosition
            self._uno = by_position(column - 1, row - 1, column + columns - 2, row + rows - 2)
        return self._uno

    @property
    def cell(self) -> Any:
        """UNO's cell at the top left."""
        return self.sheet.uno.getCellByPosition(self.area.column - 1, self.area.row - 1)

    @property
    def api(self) -> Object | None:
        """UNO's cell range."""
        return self.uno  # type: ignore[no-any-return] # a UNO object

    @property
    def coords(self) -> tuple[Any, int, int, int, int]:
        """Sheet, row, column, rows and columns."""
        return (self.sheet.uno, *self.area)

    @property
    def row(self) -> int:
        """First row."""
        return self.area.row

    @property
    def column(self) -> int:
        """First column."""
        return self.area.column

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.area.rows, self.area.columns

    def __len__(self) -> int:
        return self.area.rows * self.area.columns

    def __call__(self, arg1: int, arg2: int | None = None) -> Range:
        """Cell of a row and column counted from 1, or of a number that counts row by row; also past the end."""
        row, column, _, columns = self.area
        if arg2 is None:
            return Range(self.sheet, Area(row + (arg1 - 1) // columns, column + (arg1 - 1) % columns, 1, 1))
        return Range(self.sheet, Area(row + arg1 - 1, column + arg2 - 1, 1, 1))

    def sub(self, area: Area) -> Range:
        """Another range of the same sheet."""
        return Range(self.sheet, area)

    @property
    def rows(self) -> Range:
        """The range itself."""
        return self

    @property
    def columns(self) -> Range:
        """The range itself."""
        return self

    @property
    def address(self) -> str:
        """Such as ``$A$1:$B$2``."""
        if len(self) == 0:
            return f"{Area(self.row, self.column, 1, 1).address()}{{{self.area.rows}x{self.area.columns}}}"
        return self.area.address()

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        """Address, with workbook and sheet where external."""
        address = self.area.address(row_absolute, col_absolute)
        if not external:
            return address
        name = f"[{self.sheet.book.name}]{self.sheet.name}"
        plain = quote_sheet(self.sheet.name) == self.sheet.name and _PLAIN_BOOK.fullmatch(self.sheet.book.name)
        return f"{name if plain else quoted(name)}!{address}"

    @property
    def used(self) -> Range | None:
        """The part of it that can hold anything, so that A:D is not a million rows."""
        if len(self) <= 10_000:
            return self
        used: Range = self.sheet.used_range
        common = self.area.intersection(used.area)
        if common == self.area:
            return self
        return used if common == used.area else self.sub(common) if common else None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Range) and self.area == other.area and self.sheet == other.sheet

    def __hash__(self) -> int:
        return hash(self.area)
