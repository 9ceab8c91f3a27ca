"""A workbook that is open in Excel or LibreOffice, through xlwings: what it holds, read as a closed file is read."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

import xlwings as xw

from reportkit.definitions import words
from reportkit.definitions.columns import Form, fold
from reportkit.definitions.errors import TryLater
from reportkit.definitions.identity import PROPERTIES
from reportkit.definitions.text import LANGUAGES, Language, Text, language_of
from reportkit.read.book import Identity, RawBook
from reportkit.read.contents import REACHES, Rows
from reportkit.read.owner import refuse_newer, told_by_name
from reportkit.read.preflight import LIMITS, Unsound, filled
from reportkit.read.values import CellError
from reportkit.read.workbook import OWN_SHEETS, book_from_cells, sheet_codes, since_1900, unread_sheets
from reportkit_addin import sentences as say
from reportkit_addin.oddly import oddities_of
from reportkit_addin.times import tell_times

ERROR_ZERO: Final = -2146828288  # what Excel on Windows hands over for a failed formula: this and the error's number
FAILED: Final = {
    2000: "#NULL!", 2007: "#DIV/0!", 2015: "#VALUE!", 2023: "#REF!", 2029: "#NAME?", 2036: "#NUM!", 2042: "#N/A",
    2043: "#GETTING_DATA", 2045: "#SPILL!", 2046: "#CONNECT!", 2047: "#BLOCKED!", 2048: "#UNKNOWN!", 2049: "#FIELD!",
    2050: "#CALC!",
}  # fmt: skip
FAILED_FORMULAS: Final = frozenset(FAILED.values())
UNLIKE_FILES: Final = frozenset({dt.datetime, Decimal, int})  # what files hold otherwise: see as_in_a_file
DAY_ZERO: Final = dt.date(1899, 12, 30)
SHIFTED: Final = dt.date(1900, 2, 28)  # files count a 29 February of 1900, the days before are one later there
LIBREOFFICE: Final = "libreoffice"
LAST_COLUMN: Final = 16_384
EXCEL_IS_BUSY: Final = (-2147418111, -2146777998)  # a call refused while a cell is being edited or a box is open


def read_open(book: xw.Book, forms: Mapping[str, Form]) -> RawBook:
    """Return what an open workbook holds of the forms, with what is not saved yet; nothing is raised.

    Each sheet is read from A1 to the end of its used range in one call.
    """
    _calculate(book)
    file, wanted, sheets = book.name, sheet_codes(forms), book.sheets
    owner, unnamed = told_by_name(file, identity_of(book))
    cells: dict[str, Rows] = {}
    try:
        refuse_newer(owner)
        for name in sheet_names(book):
            cells[name] = cells_of(sheets[name]) if fold(name) in wanted else []
    except Unsound as verdict:
        return RawBook(file, owner, {}, (verdict.at(file),))
    raw = book_from_cells(file, owner, cells, forms)
    if not raw.sheets:
        return raw
    strangers = (sheets[name] for name in cells if fold(name) not in wanted.keys() | OWN_SHEETS)
    odd = oddities_of(book, raw.sheets.values(), file)
    raw = replace(raw, findings=(*unnamed, *unread_sheets(file, _readable(strangers), forms), *odd, *raw.findings))
    return since_1900(raw) if _counts_from_1904(book) else raw


def _readable(sheets: Iterable[xw.Sheet]) -> Iterator[tuple[str, Rows]]:
    """Yield sheets by name with their cells; what reaches too far is no table of ours."""
    for sheet in sheets:
        try:
            yield sheet.name, cells_of(sheet)
        except Unsound:
            continue


def cells_of(sheet: xw.Sheet) -> Rows:
    """Return the cells of a sheet from A1 on. Raise Unsound where it reaches too far to be read."""
    used = sheet.used_range
    last = used.last_cell
    if last.row * last.column > LIMITS.cells:
        raise Unsound(
            "file.too_large", sheet.name, reason=filled(REACHES, sheet=sheet.name, cell=last.get_address(False, False))
        )
    whole = used if (used.row, used.column) == (1, 1) else sheet.range((1, 1), (last.row, last.column))
    rows = _values(whole)
    if not in_libreoffice(sheet):
        tell_times(sheet, rows)
    for at, column in enumerate(zip(*rows, strict=True)):
        if not UNLIKE_FILES.isdisjoint(map(type, column)) or not FAILED_FORMULAS.isdisjoint(column):
            for row, cell in zip(rows, map(as_in_a_file, column), strict=True):
                row[at] = cell
    return rows


def _values(cells: xw.Range) -> Rows:
    """Return what cells hold, blank ones as '', failed formulas as their text.

    On macOS xlwings fails where it is asked for those (0.37.8): what cells show tells them.
    """
    if cells.sheet.book.app.engine.name == LIBREOFFICE or sys.platform != "darwin":
        rows: Rows = cells.options(ndim=2, empty="", err_to_str=True, times=True).value  # LibreOffice tells times
        return rows
    shown = cells.api.string_value.get()
    shown = shown if isinstance(shown, list) else [shown]
    texts = shown if isinstance(shown[0], list) else [shown]
    return [
        [text if text in FAILED_FORMULAS else cell for text, cell in zip(showing, row, strict=True)]
        for showing, row in zip(texts, cells.options(ndim=2, empty="").value, strict=True)
    ]


def as_in_a_file(cell: object) -> object:
    """Return what a closed file holds where xlwings gives a cell.

    Days have no time there, times no day, failed formulas are such; Excel on Windows hands over amounts of money as
    decimals, and the younger errors as whole numbers, which no other cell is.
    """
    if isinstance(cell, dt.datetime):
        if cell.date() == DAY_ZERO:
            return cell.time()
        if cell.date() < SHIFTED:
            cell += dt.timedelta(days=1)
        return cell.date() if cell.time() == dt.time.min else cell
    if isinstance(cell, Decimal):
        return float(cell)
    if type(cell) is int:
        cell = FAILED.get(cell - ERROR_ZERO, cell)
    return CellError(cell) if isinstance(cell, str) and cell in FAILED_FORMULAS else cell


def identity_of(book: xw.Book) -> Identity:
    """Return whose log an open workbook is: by its properties, or by its start page where they cannot be read."""
    written = properties_of(book) or _start_page(book)
    return Identity.written({field: str(written.get(name) or "").strip() for field, name in PROPERTIES.items()})


def _calculate(book: xw.Book) -> None:
    """Have formulas that wait for the user be calculated, as they are when the workbook is saved."""
    if book.app.engine.name == LIBREOFFICE:
        if not book.api.isAutomaticCalculationEnabled():
            book.api.calculate()
    elif book.app.calculation == "manual":
        book.app.calculate()


def _counts_from_1904(book: xw.Book) -> bool:
    """Tell whether a workbook counts its days from 1904."""
    if book.app.engine.name == LIBREOFFICE:
        return bool(book.api.NullDate.Year == 1904)
    return bool(book.api.Date1904 if sys.platform == "win32" else book.api.date_1904.get())


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
