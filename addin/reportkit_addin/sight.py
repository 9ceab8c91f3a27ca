"""Where a workbook is looked at: going to a cell, and showing one that was made anew as it was."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import xlwings as xw

from reportkit.definitions.errors import MendInput
from reportkit_addin import sentences as say
from reportkit_addin.live import LIBREOFFICE, finish_typing, sheet_names
from reportkit_addin.protection import structure_is_protected


def go_to(sheet: xw.Sheet, cell: str) -> None:
    """Bring a cell to the front, its sheet hidden or not.

    Raise MendInput where the protection of the workbook keeps the sheet hidden, and, there, where the row is hidden.
    """
    if not sheet.visible:
        if structure_is_protected(sheet.book):
            raise MendInput(say.STAYS_HIDDEN, sheet=sheet.name)
        sheet.visible = True
    finish_typing(sheet.book)
    sheet.book.activate()  # somebody may look at another one meanwhile, and Excel selects in the one in front alone
    sheet.activate()
    sheet.range(cell).select()
    if sheet.range(cell).rows.hidden:
        raise MendInput(say.ROW_HIDDEN, sheet=sheet.name, cell=cell)


@dataclass(frozen=True)
class Sight:
    """What is seen of a workbook: its sheet in front, what is selected there, and the first cell in sight."""

    sheet: str
    selected: str | None
    top_left: tuple[int, int]


def sight_of(book: xw.Book) -> Sight:
    """Return what is seen of a workbook."""
    sheet, selected = book.sheets.active, book.selection
    address = selected.address if selected is not None and selected.sheet == sheet else None  # of the book in front
    return Sight(sheet.name, address, _scrolled(book))


def show_again(book: xw.Book, sight: Sight) -> None:
    """Show of a workbook what was seen of it before, as far as it is still there."""
    if sight.sheet not in sheet_names(book):
        return
    sheet = book.sheets[sight.sheet]
    sheet.activate()
    if sight.selected is not None:
        sheet.range(sight.selected).select()
    _scroll_to(book, sight.top_left)


def _scrolled(book: xw.Book) -> tuple[int, int]:
    """Return the first row and column in sight, counted as the application does."""
    if book.app.engine.name == LIBREOFFICE:
        view = book.api.getCurrentController()
        return view.getFirstVisibleRow(), view.getFirstVisibleColumn()
    if sys.platform == "win32":
        window = book.api.Windows(1)
        return window.ScrollRow, window.ScrollColumn
    window = book.api.windows[1]
    return window.scroll_row.get(), window.scroll_column.get()


def _scroll_to(book: xw.Book, at: tuple[int, int]) -> None:
    if book.app.engine.name == LIBREOFFICE:
        view = book.api.getCurrentController()
        view.setFirstVisibleRow(at[0])
        view.setFirstVisibleColumn(at[1])
    elif sys.platform == "win32":
        window = book.api.Windows(1)
        window.ScrollRow, window.ScrollColumn = at
    else:
        window = book.api.windows[1]
        window.scroll_row.set(at[0])
        window.scroll_column.set(at[1])
