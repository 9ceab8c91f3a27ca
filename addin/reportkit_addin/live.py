"""A workbook that is open in Excel or LibreOffice, through xlwings: what it holds, read as a closed file is read."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import xlwings as xw

from reportkit.definitions import words
from reportkit.definitions.columns import Form, fold
from reportkit.definitions.errors import MendInput, TryLater
from reportkit.definitions.identity import PROPERTIES
from reportkit.definitions.text import LANGUAGES, Language, Text, language_of
from reportkit.read.book import Identity, RawBook
from reportkit.read.contents import REACHES, Rows
from reportkit.read.preflight import LIMITS, Unsound, filled
from reportkit.read.values import CellError
from reportkit.read.workbook import book_from_cells, sheet_codes
from reportkit_addin import sentences as say

FAILED_FORMULAS: Final = frozenset(
    {"#N/A", "#DIV/0!", "#REF!", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!", "#CALC!"}
)
LIBREOFFICE: Final = "libreoffice"
EXCEL_IS_BUSY: Final = (-2147418111, -2146777998)  # a call refused while a cell is being edited or a box is open


def read_open(book: xw.Book, forms: Mapping[str, Form]) -> RawBook:
    """Return what an open workbook holds of the forms, with what is not saved yet; nothing is raised.

    Each sheet is read from A1 to the end of its used range in one call.
    """
    wanted = sheet_codes(forms)
    cells: dict[str, Rows] = {}
    try:
        sheets = book.sheets
        for name in sheet_names(book):
            cells[name] = cells_of(sheets[name]) if fold(name) in wanted else []
    except Unsound as verdict:
        return RawBook(book.name, Identity(), {}, (verdict.at(book.name),))
    return book_from_cells(book.name, identity_of(book), cells, forms)


def cells_of(sheet: xw.Sheet) -> Rows:
    """Return the cells of a sheet from A1 on. Raise Unsound where it reaches too far to be read."""
    used = sheet.used_range
    last = used.last_cell
    if last.row * last.column > LIMITS.cells:
        raise Unsound(
            "file.too_large", sheet.name, reason=filled(REACHES, sheet=sheet.name, cell=last.get_address(False, False))
        )
    whole = used if (used.row, used.column) == (1, 1) else sheet.range((1, 1), (last.row, last.column))
    rows: Rows = whole.options(ndim=2, empty="", err_to_str=True).value
    for at, column in enumerate(zip(*rows, strict=True)):
        if dt.datetime in map(type, column) or not FAILED_FORMULAS.isdisjoint(column):
            for row, cell in zip(rows, map(as_in_a_file, column), strict=True):
                row[at] = cell
    return rows


def as_in_a_file(cell: object) -> object:
    """Return what a closed file holds where xlwings gives a cell: failed formulas as such, days without a time."""
    if isinstance(cell, dt.datetime):
        return cell.date() if cell.time() == dt.time.min else cell
    return CellError(cell) if isinstance(cell, str) and cell in FAILED_FORMULAS else cell


def identity_of(book: xw.Book) -> Identity:
    """Return whose log an open workbook is: by its properties, or by its start page where they cannot be read."""
    ours = {name: value for name, value in properties_of(book).items() if name in PROPERTIES.values()}
    written = ours or _start_page(book)
    known: dict[str, Any] = {field: str(written.get(name) or "").strip() for field, name in PROPERTIES.items()}
    return Identity(**{**known, "language": language_of(known["language"])})


def properties_of(book: xw.Book) -> dict[str, Any]:
    """Return the custom document properties; none where the application does not hand them out (Excel on macOS)."""
    if book.app.engine.name == LIBREOFFICE:
        own = book.api.getDocumentProperties().UserDefinedProperties.PropertyValues
        return {one.Name: one.Value for one in own}
    if sys.platform == "win32":
        return {one.Name: one.Value for one in book.api.CustomDocumentProperties}
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


def path_of(book: xw.Book) -> Path:
    """Return the file of an open workbook. Raise MendInput where it has none yet, or none on this machine."""
    path = Path(book.fullname)
    if not path.is_absolute() or not path.is_file():
        raise MendInput(say.SAVE_FIRST, book=book.name)
    return path


def nothing_to_save(book: xw.Book) -> None:
    """Have a workbook be closed without a question: what it holds can be made again."""
    if book.app.engine.name == LIBREOFFICE:
        book.api.setModified(False)
    elif sys.platform == "win32":
        book.api.Saved = True
    else:
        book.api.saved.set(True)


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


def has_something_to_save(book: xw.Book) -> bool:
    """Tell whether a workbook holds what its file does not."""
    if book.app.engine.name == LIBREOFFICE:
        return bool(book.api.isModified())
    return not (book.api.Saved if sys.platform == "win32" else book.api.saved.get())


def refuse_read_only(book: xw.Book) -> None:
    """Raise MendInput where nothing may be written into an open workbook."""
    if book.app.engine.name == LIBREOFFICE and book.api.isReadonly():
        raise MendInput(say.READ_ONLY, book=book.name)


def refuse_protected_view(book: xw.Book) -> None:
    """Raise MendInput where Excel shows a file in protected view: the active workbook is another then, behind it."""
    if book.app.engine.name != LIBREOFFICE and sys.platform == "win32":
        shown = book.app.api.ActiveProtectedViewWindow
        if shown is not None:
            raise MendInput(say.READ_ONLY, book=shown.Caption)


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
        text = _refusal(error)
        if text is None:
            raise
        raise TryLater(text) from error


def _refusal(error: Exception) -> Text | None:
    """Return what to tell the user of an error of the application, None where it is none of the known ones."""
    if type(error).__name__ == "OfficeGone":
        return say.OFFICE_GONE
    return say.FINISH_TYPING if getattr(error, "hresult", None) in EXCEL_IS_BUSY else None


@contextmanager
def unprotected(sheet: xw.Sheet) -> Iterator[None]:
    """Lift a sheet's protection while it is written to. Raise MendInput where a password keeps it."""
    if not _is_protected(sheet):
        yield
        return
    _unprotect(sheet)
    try:
        yield
    finally:
        sheet.api.protect("") if _libreoffice(sheet) else sheet.api.Protect()


def _is_protected(sheet: xw.Sheet) -> bool:
    if _libreoffice(sheet):
        return bool(sheet.api.isProtected())
    return bool(sheet.api.ProtectContents) if sys.platform == "win32" else bool(sheet.api.protect_contents.get())


def _unprotect(sheet: xw.Sheet) -> None:
    try:
        if _libreoffice(sheet):
            sheet.api.unprotect("")
        elif sys.platform == "win32":
            sheet.api.Unprotect("")
        else:
            sheet.api.unprotect()
    except Exception as error:  # a password: what is raised has no base common to the platforms
        if _refusal(error) is not None:
            raise
        raise MendInput(say.PROTECTED, sheet=sheet.name) from error
    if _is_protected(sheet):
        raise MendInput(say.PROTECTED, sheet=sheet.name)


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
    sheet = cells.sheet
    if not _libreoffice(sheet):
        cells.clear()
        return
    beside = max(sheet.used_range.last_cell.column, cells.last_cell.column) + 1
    sheet.range((cells.row, beside), (cells.last_cell.row, beside + cells.columns.count - 1)).copy(cells)


def show_all_rows(sheet: xw.Sheet) -> None:
    """Show the rows of a sheet that a filter or the user hides."""
    if _libreoffice(sheet):
        sheet.used_range.api.getRows().IsVisible = True
    elif sys.platform == "win32":
        if sheet.api.FilterMode:
            sheet.api.ShowAllData()
        sheet.used_range.api.EntireRow.Hidden = False
    else:
        if sheet.api.filter_mode.get():
            sheet.api.show_all_data()
        sheet.used_range.api.entire_row.hidden.set(False)


def _libreoffice(sheet: xw.Sheet) -> bool:
    return bool(sheet.book.app.engine.name == LIBREOFFICE)


def own_language(book: xw.Book) -> Language | None:
    """Return the language a workbook says it speaks, as logs do; None where it says nothing."""
    written = properties_of(book).get(PROPERTIES["language"]) or _start_page(book).get(PROPERTIES["language"])
    return language_of(written) if written else None
