"""One sheet of a workbook."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from . import filters
from .addresses import Area, area_of, corners, parse_area, split_sheet
from .attribute import ATTRIBUTE
from .charts import Charts
from .errors import STRUCTURE, CalcError, OfficeGone
from .link import Object
from .names import SheetNames, find_name
from .notes import Note
from .office import properties
from .pages import FreezePanes, PageSetup
from .pictures import Pictures
from .ranges import Range
from .shapes import Shapes
from .tablereferences import find_table_area
from .tables import Tables

if TYPE_CHECKING:
    from .books import Book

MAX_NAME = 31


class Sheet(base_classes.Sheet):
    """One sheet."""

    book: Book = ATTRIBUTE

    def __init__(self, book: Book, sheet: Object) -> None:
        self.book = book
        self.uno: Any = sheet

    @property
    def api(self) -> Object:
        """UNO's spreadsheet."""
        return self.uno  # type: ignore[no-any-return] # a UNO object

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.uno.getName())

    @name.setter
    def name(self, value: str) -> None:
        self.book.sheets.check_name(value, renamed=self.name)
        self.uno.setName(value)
        if self.name != value:
            raise CalcError(STRUCTURE)

    @property
    def names(self) -> SheetNames:
        """Names that hold on this sheet alone."""
        return SheetNames(self)

    @property
    def index(self) -> int:
        """Position from 1."""
        return int(self.uno.getRangeAddress().Sheet) + 1

    @cached_property
    def size(self) -> tuple[int, int]:
        """Rows and columns of the grid."""
        address = self.uno.getRangeAddress()
        return address.EndRow + 1, address.EndColumn + 1

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        """Range between two corners, each an address, a name, a pair counted from 1 or a Range."""
        if isinstance(arg1, tuple) and len(arg1) == 4:
            return Range(self, Area(*arg1))
        if isinstance(arg1, int) and isinstance(arg2, int):
            arg1, arg2 = (arg1, arg2), None
        first = self._area(arg1)
        if arg2 is None:
            owner = self if not isinstance(first, Range) else first.sheet
            area = first if isinstance(first, Area) else first.area
            return Range(owner, area, arg1 if isinstance(arg1, str) else None)
        one, other = (found.area if isinstance(found, Range) else found for found in (first, self._area(arg2)))
        return Range(
            self,
            corners(
                min(one.row, other.row),
                min(one.column, other.column),
                max(one.last_row, other.last_row),
                max(one.last_column, other.last_column),
            ),
        )

    def _area(self, arg: Any) -> Area | Range:
        if isinstance(arg, Range):
            return arg.area
        if isinstance(arg, tuple):
            if 0 in arg:
                raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
            return Area(arg[0], arg[1], 1, 1)
        sheet_name, rest = split_sheet(arg)
        area = parse_area(rest, *self.size)
        if area is not None:
            if sheet_name is None or sheet_name.lower() == self.name.lower():
                return area
            if sheet_name not in self.book.sheets:
                raise CalcError(f"There is no sheet {sheet_name!r} in {self.book.name}.")
            return Range(self.book.sheets(sheet_name), area)
        found = find_name(self.book, self, arg) or find_table_area(self.book, arg)
        if found is None:
            raise CalcError(f"{arg!r} is neither an address nor a name of this workbook.")
        return found

    @property
    def cells(self) -> Range:
        """The whole grid."""
        return Range(self, Area(1, 1, *self.size))

    def activate(self) -> None:
        """Bring it to the front."""
        self.book.controller.setActiveSheet(self.uno)

    select = activate

    def clear_contents(self) -> None:
        """Delete values and formulas."""
        self.cells.clear_contents()

    def clear_formats(self) -> None:
        """Delete formats."""
        self.cells.clear_formats()

    def clear(self) -> None:
        """Delete values, formulas, formats and notes."""
        self.cells.clear()

    def autofit(self, axis: str | None = None) -> None:
        """Make columns, rows or both as wide and high as their contents."""
        self.used_range.autofit(axis)

    def delete(self) -> None:
        """Delete the sheet; the last one cannot be."""
        sheets = self.book.document.getSheets()
        if sheets.getCount() == 1:
            raise CalcError("A workbook needs a sheet: its last one cannot be deleted.")
        sheets.removeByName(self.name)

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        """Copy it, also into another workbook of the same App; the copy becomes active."""
        target = (before or after or self).book
        sheets = target.sheets
        position = sheets.position(before, after)
        taken = {name.lower() for name in sheets.api.getElementNames()}
        name, number = self.name, 2
        while name.lower() in taken:
            ending = f" ({number})"
            name, number = self.name[: MAX_NAME - len(ending)] + ending, number + 1
        if target == self.book:
            sheets.api.copyByName(self.name, name, position)
        else:
            sheets.api.importSheet(self.book.document, self.name, position)
            sheets(position + 1).uno.setName(name)
        sheets(name).activate()

    def move(self, before: Sheet | None, after: Sheet | None) -> None:
        """Move it within its workbook."""
        sheets = self.book.sheets
        sheets.api.moveByName(self.name, sheets.position(before, after))

    @property
    def charts(self) -> Charts:
        """Its charts."""
        return Charts(self)

    @property
    def shapes(self) -> Shapes:
        """All that is drawn on it, charts and pictures included."""
        return Shapes(self)

    @property
    def pictures(self) -> Pictures:
        """Its pictures."""
        return Pictures(self)

    @property
    def tables(self) -> Tables:
        """Its tables: LibreOffice's database ranges with a name."""
        return Tables(self)

    @property
    def pivot_tables(self) -> Any:
        """Not offered by this engine."""
        raise NotImplementedError("Pivot tables are not offered by this engine.")

    @property
    def notes(self) -> list[Note]:
        """Notes of its cells."""
        annotations = self.uno.getAnnotations()
        positions = [annotations.getByIndex(index).getPosition() for index in range(annotations.getCount())]
        return [Note(self.range((position.Row + 1, position.Column + 1))) for position in positions]

    @property
    def comments(self) -> Any:
        """LibreOffice has notes, no threaded comments."""
        raise NotImplementedError("LibreOffice has no threaded comments, only notes.")

    @property
    def used_range(self) -> Range:
        """From the first to the last cell with a value or format."""
        cursor = self.uno.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        return Range(self, area_of(cursor.getRangeAddress()), uno=cursor)

    @property
    def visible(self) -> bool:
        """Whether its tab is shown; LibreOffice does not know very hidden ones."""
        return bool(self.uno.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.uno.IsVisible = bool(value)
        if bool(self.uno.IsVisible) != bool(value):
            kept = self.book.document.isProtected()
            raise CalcError(STRUCTURE if kept else "The last visible sheet of a workbook cannot be hidden.")

    @property
    def show_gridlines(self) -> bool:
        """Whether its window draws the grid."""
        return bool(self._with_view(lambda view: view.ShowGrid))

    @show_gridlines.setter
    def show_gridlines(self, value: bool) -> None:
        self._with_view(lambda view: setattr(view, "ShowGrid", bool(value)))

    def _with_view(self, action: Any) -> Any:
        """What a function of the view gives while this sheet is the active one: such settings are the view's."""
        controller = self.book.controller
        previous = controller.getActiveSheet()
        if not self.uno.IsVisible:
            raise CalcError("The settings of a hidden sheet's view cannot be reached. Make it visible first.")
        controller.setActiveSheet(self.uno)
        try:
            return action(controller)
        finally:
            controller.setActiveSheet(previous)

    @property
    def freeze_panes(self) -> FreezePanes:
        """Rows and columns that stay while the others scroll."""
        return FreezePanes(self)

    @property
    def page_setup(self) -> PageSetup:
        """How it is printed."""
        return PageSetup(self)

    @property
    def protected(self) -> bool:
        """Whether its cells are protected from changes."""
        return bool(self.uno.isProtected())

    def protect(self, password: str = "") -> None:
        """Protect its locked cells from changes, by people and programs alike."""
        self.uno.protect(password)

    def unprotect(self, password: str = "") -> None:
        """Allow changes again; `CalcError` with the wrong password."""
        try:
            self.uno.unprotect(password)
        except OfficeGone:
            raise
        except CalcError as failure:
            raise CalcError("The sheet is still protected: the password is another one.", failure.kind) from None

    def to_html(self, path: str) -> None:
        """Write this sheet alone as a web page."""
        # a workbook without any view: LibreOffice 7.4 can crash while it draws one that a sheet was brought into
        document = self.book.app.office.service("com.sun.star.sheet.SpreadsheetDocument")
        document.initNew()
        try:
            sheets = document.getSheets()
            sheets.importSheet(self.book.document, self.name, 0)
            sheets.removeByName(sheets.getByIndex(1).getName())
            document.storeToURL(
                Path(path).absolute().as_uri(), properties(FilterName=filters.WRITERS[".html"], Overwrite=True)
            )
        finally:
            document.close(True)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sheet) and self.book == other.book and self.name == other.name

    def __hash__(self) -> int:
        return hash((self.book, self.name))
