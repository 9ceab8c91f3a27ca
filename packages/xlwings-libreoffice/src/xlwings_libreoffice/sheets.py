"""The sheets of a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .addresses import sheet_name_fault
from .attribute import ATTRIBUTE
from .errors import CalcError
from .link import Object
from .sheet import Sheet

if TYPE_CHECKING:
    from .books import Book


class Sheets(base_classes.Sheets):
    """The sheets of a workbook in their order."""

    book: Book = ATTRIBUTE

    def __init__(self, book: Book) -> None:
        self.book = book

    @cached_property
    def _sheets(self) -> Any:
        sheets = self.book.document.getSheets()
        if sheets is None:
            raise CalcError("This workbook is closed.")
        return sheets

    @property
    def api(self) -> Object:
        """UNO's collection of sheets."""
        return self._sheets  # type: ignore[no-any-return] # a UNO object

    @property
    def active(self) -> Sheet:
        """The sheet in front."""
        return Sheet(self.book, self.book.controller.getActiveSheet())

    def __call__(self, name_or_index: str | int) -> Sheet:
        """Sheet of a name or of a number from 1, else KeyError."""
        if isinstance(name_or_index, int):
            if 1 <= name_or_index <= len(self):
                return Sheet(self.book, self._sheets.getByIndex(name_or_index - 1))
            raise KeyError(name_or_index)
        known = self.book.known_sheets.get(name_or_index)
        if known is None or known.name != name_or_index:  # to ask one for its name costs less than to take one over
            known = self.book.known_sheets[name_or_index] = Sheet(self.book, self._by_name(name_or_index))
        return known

    def _by_name(self, name: str) -> Object:
        try:
            return self._sheets.getByName(name)  # type: ignore[no-any-return] # a UNO object
        except CalcError as failure:
            if failure.kind != "NoSuchElementException":
                raise
            raise KeyError(name) from None

    def __len__(self) -> int:
        return int(self._sheets.getCount())

    def __iter__(self) -> Iterator[Sheet]:
        for index in range(len(self)):
            yield Sheet(self.book, self._sheets.getByIndex(index))

    def __contains__(self, name: str) -> bool:
        return bool(self._sheets.hasByName(name))

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """A new sheet, before the active one unless told otherwise; it becomes active."""
        if name is None:
            number = len(self) + 1
            while f"Sheet{number}" in self:
                number += 1
            name = f"Sheet{number}"
        self.check_name(name)
        self._sheets.insertNewByName(name, self.position(before, after))
        sheet = self(name)
        sheet.activate()
        return sheet

    def check_name(self, name: str, renamed: str = "") -> None:
        """Raise `CalcError` if no sheet, other than one to be renamed, can get a name."""
        fault = sheet_name_fault(name)
        if fault:
            raise CalcError(f"A sheet cannot be named {name!r}: {fault}.")
        if any(name.lower() == other.lower() for other in self._sheets.getElementNames() if other != renamed):
            raise CalcError(f"Another sheet is named {name!r}.")

    def position(self, before: Sheet | None, after: Sheet | None) -> int:
        """Index from 0 that a sheet put before or after another one gets."""
        if after is not None:
            return after.index
        return (before or self.active).index - 1
