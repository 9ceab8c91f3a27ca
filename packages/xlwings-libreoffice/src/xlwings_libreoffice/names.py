"""Defined names of a workbook and of its sheets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .addresses import quote_sheet, split_sheet
from .errors import CalcError
from .formulas import renamed, to_calc, to_excel
from .link import Object, Struct

if TYPE_CHECKING:
    from .books import Book
    from .ranges import Range
    from .sheet import Sheet


ANY_RESULT = 7  # FormulaResult: values, texts, errors


class Name(base_classes.Name):
    """One name; `sheet` is where it holds if not in the whole workbook."""

    def __init__(self, book: Book, container: Any, uno: Any, sheet: Sheet | None) -> None:
        self.book = book
        self.sheet = sheet
        self._container = container
        self._uno = uno

    @property
    def api(self) -> Object:
        """UNO's named range."""
        return self._uno  # type: ignore[no-any-return] # a UNO object

    def delete(self) -> None:
        """Delete it."""
        self._container.removeByName(self._uno.getName())

    @property
    def name(self) -> str:
        """Its name, a sheet's own with the sheet before it."""
        own = str(self._uno.getName())
        return f"{quote_sheet(self.sheet.name)}!{own}" if self.sheet else own

    @name.setter
    def name(self, value: str) -> None:
        new, old = split_sheet(value)[1], self._uno.getName()
        if new.lower() != old.lower():
            if self._container.hasByName(new):
                raise CalcError(f"The name {new!r} is taken.")
            # LibreOffice drops a name that it cannot give: whether it can is told by adding another one
            self._container.addNewByName(new, self._uno.getContent(), self._uno.getReferencePosition(), 0)
            self._container.removeByName(new)
        self._uno.setName(new)
        for sheet in [self.sheet] if self.sheet else self.book.sheets:
            _rename_in_formulas(sheet, old, new)

    @property
    def refers_to(self) -> str:
        """What it stands for, as a formula."""
        return to_excel("=" + self._uno.getContent())

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self._uno.setContent(_content(value))

    @property
    def refers_to_range(self) -> Range:
        """The cells it stands for."""
        found = self.range_or_none()
        if found is None:
            raise CalcError(f"The name {self.name} stands for {self.refers_to}, which is no range.")
        return found

    def range_or_none(self) -> Range | None:
        """The cells it stands for, if it does for cells."""
        cells = self._uno.getReferredCells()
        return self.book.range_of(cells.getRangeAddress()) if cells is not None else None


class Names(base_classes.Names):
    """Names in the order LibreOffice keeps them, which is the alphabet's."""

    def __init__(self, book: Book, sheets: list[Sheet] | None, own: bool) -> None:
        self.book = book
        self._sheets = sheets
        self._own = own  # whether names of the whole workbook belong to it

    @property
    def api(self) -> Object:
        """UNO's named ranges."""
        return self._containers()[0][0]  # type: ignore[no-any-return] # a UNO object

    def _containers(self) -> list[tuple[Any, Sheet | None]]:
        sheets = list(self.book.sheets) if self._sheets is None else self._sheets
        own: list[tuple[Any, Sheet | None]] = [(self.book.document.NamedRanges, None)] if self._own else []
        return own + [(sheet.uno.NamedRanges, sheet) for sheet in sheets]

    def __iter__(self) -> Iterator[Name]:
        for container, sheet in self._containers():
            for index in range(container.getCount()):
                yield Name(self.book, container, container.getByIndex(index), sheet)

    def __len__(self) -> int:
        return sum(container.getCount() for container, _ in self._containers())

    def snapshot(self) -> list[tuple[str, Name]]:
        """All names with their texts."""
        return [(name.name, name) for name in self]

    def __call__(self, name_or_index: str | int) -> Name:
        """Name of a text or of a number from 1, else KeyError."""
        if isinstance(name_or_index, int):
            return list(self)[name_or_index - 1]
        wanted = name_or_index.lower()
        for name in self:
            if wanted in (name.name.lower(), split_sheet(name.name)[1].lower() if not self._own else None):
                return name
        raise KeyError(name_or_index)

    def contains(self, name_or_index: str | int) -> bool:
        """Whether there is a name, with its sheet before it if it is a sheet's."""
        try:
            self(name_or_index)
        except (KeyError, IndexError):
            return False
        return True

    def add(self, name: str, refers_to: str) -> Name:
        """Define a name; ``Sheet1!name`` holds on that sheet alone."""
        sheet_name, own = split_sheet(name)
        sheet = self.book.sheets(sheet_name) if sheet_name else self._default_sheet()
        container = (sheet.uno if sheet else self.book.document).NamedRanges
        if container.hasByName(own):
            container.removeByName(own)
        origin = Struct("com.sun.star.table.CellAddress", Sheet=sheet.index - 1 if sheet else 0, Column=0, Row=0)
        container.addNewByName(own, _content(refers_to), origin, 0)
        return Name(self.book, container, container.getByName(own), sheet)

    def _default_sheet(self) -> Sheet | None:
        return None


class BookNames(Names):
    """All names of a workbook, those of its sheets included."""

    def __init__(self, book: Book) -> None:
        super().__init__(book, None, True)


class SheetNames(Names):
    """The names that hold on one sheet alone."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet.book, [sheet], False)
        self._sheet = sheet

    def _default_sheet(self) -> Sheet | None:
        return self._sheet


def add_range_name(target: Range, name: str) -> None:
    """Name a range."""
    BookNames(target.sheet.book).add(name, f"={quote_sheet(target.sheet.name)}!{target.address}")


def find_name(book: Book, sheet: Sheet, text: str) -> Range | None:
    """Range of a name as it is understood on a sheet."""
    sheet_name, own = split_sheet(text)
    if sheet_name is not None and sheet_name not in book.sheets:
        return None
    holder = sheet if sheet_name is None else book.sheets(sheet_name)
    for container, scope in ((holder.uno.NamedRanges, holder), (book.document.NamedRanges, None)):
        for found in container.getElementNames():
            if found.lower() == own.lower():
                return Name(book, container, container.getByName(found), scope).range_or_none()
    return None


def _rename_in_formulas(sheet: Sheet, old: str, new: str) -> None:
    """Let a sheet's formulas follow a name: LibreOffice leaves them with the one that is gone."""
    for address in sheet.uno.queryFormulaCells(ANY_RESULT).getRangeAddresses():
        cells = sheet.book.range_of(address)
        changed = {
            (y, x): after
            for y, row in enumerate(cells.uno.getFormulaArray())
            for x, text in enumerate(row)
            if text.startswith("=") and (after := renamed(text, old, new)) != text
        }
        cells.put_back(changed)


def _content(refers_to: str) -> str:
    return to_calc("=" + refers_to.removeprefix("="))[1:]
