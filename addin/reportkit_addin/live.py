"""A workbook that is open in Excel or LibreOffice, through xlwings: what differs between the two."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import xlwings as xw

from reportkit.definitions import words
from reportkit.definitions.errors import TryLater
from reportkit.definitions.identity import PROPERTIES
from reportkit.definitions.text import LANGUAGES, Language, Text, language_of
from reportkit.read.book import Identity
from reportkit_addin import sentences as say

LIBREOFFICE: Final = "libreoffice"
LAST_COLUMN: Final = 16_384
EXCEL_IS_BUSY: Final = (-2147418111, -2146777998)  # a call refused while a cell is being edited or a box is open


def identity_of(book: xw.Book) -> Identity:
    """Return whose log an open workbook is: by its properties, or by its start page where they cannot be read."""
    written = properties_of(book) or _start_page(book)
    return Identity.written({field: str(written.get(name) or "").strip() for field, name in PROPERTIES.items()})


def calculate_waiting(book: xw.Book) -> None:
    """Have formulas that wait for the user be calculated, as they are when the workbook is saved.

    Excel calculates what is entered at once, LibreOffice what a person enters alone.
    """
    if book.app.engine.name == LIBREOFFICE:
        if not book.api.isAutomaticCalculationEnabled():
            book.api.calculate()
    elif book.app.calculation == "manual":
        book.app.calculate()


def properties_of(book: xw.Book) -> dict[str, Any]:
    """Return the custom document properties that are ours; none where they are not handed out (Excel on macOS)."""
    if book.app.engine.name == LIBREOFFICE:
        own = book.api.getDocumentProperties().UserDefinedProperties.PropertyValues
        return {one.Name: one.Value for one in own if one.Name in PROPERTIES.values()}
    if sys.platform == "win32":
        return {one.Name: one.Value for one in book.api.CustomDocumentProperties if one.Name in PROPERTIES.values()}
    return {}


def _start_page(book: xw.Book) -> dict[str, str]:
    """Return what the start page says of the log: labels in its second column, what they say in the third."""
    page = sheet_named(book, words.START)
    if page is None:
        return {}
    rows = page.range("B1:C20").options(ndim=2).value
    known = {str(label): str(value) for label, value in rows if label and value}
    blank = words.NOT_FILLED.all()
    labels = {"advisor_id": words.ADVISOR_ID, "advisor_name": words.ADVISOR, "branch": words.BRANCH}
    found: dict[str, str] = {PROPERTIES["language"]: next(one for one in LANGUAGES if words.START.to(one) == page.name)}
    for field, label in labels.items():
        value = next((known[one] for one in label.all() if one in known), "")
        found[PROPERTIES[field]] = "" if value in blank else value
    return found


def sheet_named(book: xw.Book, name: Text) -> xw.Sheet | None:
    """Return the sheet of a name in any of its languages."""
    there = sheet_names(book)
    return next((book.sheets[one] for one in name.all() if one in there), None)


def sheet_names(book: xw.Book) -> list[str]:
    """Return the names of the sheets in their order: of LibreOffice in one call, for each costs about a millisecond."""
    if book.app.engine.name == LIBREOFFICE:
        return list(book.api.getSheets().getElementNames())
    return list(book.sheet_names)


def freeze_rows(sheet: xw.Sheet, rows: int) -> None:
    """Have the first rows of the sheet in front stay while the others scroll: xlwings cannot in Excel."""
    app = sheet.book.app
    if app.engine.name == LIBREOFFICE:
        sheet.book.api.getCurrentController().freezeAtPosition(0, rows)
    elif sys.platform == "win32":
        window = app.api.ActiveWindow
        window.SplitColumn, window.SplitRow, window.FreezePanes = 0, rows, True
    else:
        app.api.active_window.split_column.set(0)
        app.api.active_window.split_row.set(rows)
        app.api.active_window.freeze_panes.set(True)


def finish_typing(book: xw.Book) -> None:
    """Have LibreOffice put what is being typed into its cell: shown another sheet, it would put it there.

    Commands of cells do so first; this one does nothing else but in an array formula, which it selects. To calculate
    would take half a second. Excel refuses calls meanwhile.
    """
    if book.app.engine.name == LIBREOFFICE:
        book.app.impl.dispatch(book.impl.frame, "SelectArrayFormula")


@contextmanager
def at_work(book: xw.Book) -> Iterator[None]:
    """Hold the screen and other programs' events still while a script works; both are as before afterwards.

    Raise TryLater where the application is busy with the user, and where it ended meanwhile.
    """
    app = book.app
    try:
        before = app.screen_updating, app.enable_events
        app.screen_updating, app.enable_events = False, False
        try:
            yield
        finally:
            app.status_bar = False
            app.screen_updating, app.enable_events = before
    except Exception as error:  # what refuses a call differs by platform: only the two known kinds are translated
        text = refusal(error)
        if text is None:
            raise
        raise TryLater(text) from error


def refusal(error: Exception) -> Text | None:
    """Return what to tell the user of an error of the application, None where it is none of the known ones."""
    if type(error).__name__ == "OfficeGone":
        return say.OFFICE_GONE
    return say.FINISH_TYPING if getattr(error, "hresult", None) in EXCEL_IS_BUSY else None


@contextmanager
def one_step(book: xw.Book, name: str) -> Iterator[None]:
    """Have LibreOffice undo what is written meanwhile in one step of that name: a press would be some fifty of them.

    Excel forgets all its steps whenever a program writes.
    """
    if book.app.engine.name != LIBREOFFICE:
        yield
        return
    steps = book.api.getUndoManager()
    steps.enterUndoContext(name)
    try:
        yield
    finally:
        steps.leaveUndoContext()


def empty(cells: xw.Range) -> None:
    """Take content, formats and notes off cells. LibreOffice undoes that wholly where cells in no use are put there.

    What is written into blank cells by a program stays when LibreOffice undoes it; what was put there goes.
    """
    sheet, wide = cells.sheet, cells.columns.count
    last = max(sheet.used_range.last_cell.column, cells.last_cell.column) if in_libreoffice(sheet) else LAST_COLUMN
    if last + wide > LAST_COLUMN:  # somebody wrote at the end of the grid
        cells.clear()
        return
    sheet.range((cells.row, last + 1), (cells.last_cell.row, last + wide)).copy(cells)


def show_all_rows(sheet: xw.Sheet) -> None:
    """Show the rows of a sheet that a filter or the user hides."""
    if in_libreoffice(sheet):
        sheet.used_range.api.getRows().IsVisible = True
    elif sys.platform == "win32":
        if sheet.api.FilterMode:
            sheet.api.ShowAllData()
        sheet.used_range.api.EntireRow.Hidden = False
    else:
        if sheet.api.filter_mode.get():
            sheet.api.show_all_data()
        sheet.used_range.api.entire_row.hidden.set(False)


def in_libreoffice(sheet: xw.Sheet) -> bool:
    """Return whether a sheet is open in LibreOffice."""
    return bool(sheet.book.app.engine.name == LIBREOFFICE)


def own_language(book: xw.Book) -> Language | None:
    """Return the language a workbook says it speaks, as logs do; None where it says nothing."""
    written = properties_of(book).get(PROPERTIES["language"]) or _start_page(book).get(PROPERTIES["language"])
    return language_of(written) if written else None
