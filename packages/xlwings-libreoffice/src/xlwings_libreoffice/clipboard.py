"""Selecting, copying, moving and pasting cells."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .addresses import Area
from .errors import CalcError
from .part import RangePart, changes

if TYPE_CHECKING:
    from .ranges import Range

# Excel's kinds of paste → LibreOffice's flags: S texts, V numbers, D dates, F formulas, N notes, T formats
PASTES = {
    None: "A",
    "all": "A",
    "all_except_borders": "A",
    "all_merging_conditional_formats": "A",
    "all_using_source_theme": "A",
    "comments": "N",
    "formats": "T",
    "formulas": "SVDF",
    "formulas_and_number_formats": "SVDFT",
    "values": "SVD",
    "values_and_number_formats": "SVDT",
}
OPERATIONS = {None: 0, "add": 1, "subtract": 2, "multiply": 3, "divide": 4}
NO_MOVE = 4


class Copying(RangePart):
    """What a range does with selection and clipboard."""

    def select(self) -> None:
        """Select it in its window. A single cell gets the cursor alone: in a marked one Tab and Enter stay there."""
        controller = self.sheet.book.controller
        controller.setActiveSheet(self.sheet.uno)
        self._select(controller, self.uno, alone=len(self) == 1)

    def _select(self, controller: Any, selection: Any, alone: bool) -> None:
        controller.select(selection)
        if alone:
            controller.select(self.sheet.book.document.createInstance("com.sun.star.sheet.SheetCellRanges"))

    @contextmanager
    def selected(self) -> Iterator[None]:
        """Select it for a moment and put selection and active sheet back."""
        controller = self.sheet.book.controller
        active, before = controller.getActiveSheet(), self.sheet.book.document.getCurrentSelection()
        self.select()
        try:
            yield
        finally:
            controller.setActiveSheet(active)
            self._select(controller, before, alone=before is not None and before.offers("getCellAddress"))

    def copy(self, destination: Any = None) -> None:
        """Copy to a place, else remember it for `paste`."""
        if destination is None:
            self._to_clipboard()
            self.sheet.book.app.clipboard = self.sub(self.area)
            return
        target: Range = destination.impl
        target.sub(self.area._replace(row=target.area.row, column=target.area.column)).refuse_protected()
        if target.sheet.book == self.sheet.book:
            self.sheet.uno.copyRange(target.cell.getCellAddress(), self.uno.getRangeAddress())
        else:
            self._copy_across(target)

    def _copy_across(self, target: Range) -> None:
        """Copy into another workbook by way of a sheet imported for a moment.

        The clipboard would do too, but LibreOffice 7.4 crashes far more often after a paste from another workbook.
        """
        sheets = target.sheet.book.document.getSheets()
        position = sheets.getCount()
        sheets.importSheet(self.sheet.book.document, self.sheet.name, position)
        try:
            source = self.uno.getRangeAddress()
            source.Sheet = position
            target.sheet.uno.copyRange(target.cell.getCellAddress(), source)
        finally:
            sheets.removeByName(sheets.getByIndex(position).getName())

    def copy_from(
        self, source_range: Any, copy_type: str = "all", skip_blanks: bool = False, transpose: bool = False
    ) -> None:
        """Copy another range here."""
        source_range.impl._to_clipboard()
        kinds = {"all": "A", "formats": "T", "formulas": "SVDF", "values": "SVD"}
        self.paste_special(kinds[copy_type], 0, skip_blanks, transpose)

    @changes
    def move(self, destination: Any) -> None:
        """Move the cells; formulas that refer to them follow."""
        destination.impl.refuse_protected()
        self.sheet.uno.moveRange(destination.impl.cell.getCellAddress(), self.uno.getRangeAddress())

    def paste(
        self,
        paste: str | None = None,
        operation: str | None = None,
        skip_blanks: bool = False,
        transpose: bool = False,
    ) -> None:
        """Paste what was copied."""
        source = self.sheet.book.app.clipboard
        if source is None:
            raise CalcError("Nothing was copied. Call copy() first.")
        if paste == "column_widths":
            for index in range(source.area.columns):
                widths = source.uno.getColumns().getByIndex(index).Width
                self.sheet.uno.getColumns().getByIndex(self.area.column - 1 + index).Width = widths
            return
        if paste not in PASTES:
            raise NotImplementedError(f"LibreOffice cannot paste {paste!r} alone.")
        self.paste_special(PASTES[paste], OPERATIONS[operation], skip_blanks, transpose)

    def _to_clipboard(self) -> None:
        self._with_selection("Copy")

    @changes
    def paste_special(self, flags: str, operation: int = 0, skip_blanks: bool = False, transpose: bool = False) -> None:
        """Paste the clipboard, of LibreOffice's kinds those in `flags`."""
        first = self.sub(Area(self.area.row, self.area.column, 1, 1))
        first._with_selection(
            "InsertContents",
            Flags=flags,
            FormulaCommand=operation,
            SkipEmptyCells=bool(skip_blanks),
            Transpose=bool(transpose),
            AsLink=False,
            MoveMode=NO_MOVE,
        )

    def _with_selection(self, command: str, **arguments: Any) -> None:
        """Carry out a menu command on these cells."""
        book = self.sheet.book
        with self.selected():
            book.app.dispatch(book.frame, command, **arguments)
