"""An open log: what its sheets hold, with what is not saved yet, read as a closed file is read."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

import xlwings as xw

from reportkit.definitions.columns import Form, fold
from reportkit.read.book import RawBook
from reportkit.read.contents import REACHES, Rows
from reportkit.read.owner import refuse_newer, told_by_name
from reportkit.read.preflight import LIMITS, Unsound
from reportkit.read.values import CellError
from reportkit.read.workbook import OWN_SHEETS, book_from_cells, sheet_codes, since_1900, unread_sheets
from reportkit_addin.live import LIBREOFFICE, calculate_waiting, identity_of, in_libreoffice, sheet_names
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
MOST_SHOWN: Final = 500_000  # cells whose texts are asked for at once on macOS: an answer has its limit


def read_open(book: xw.Book, forms: Mapping[str, Form]) -> RawBook:
    """Return what an open workbook holds of the forms, with what is not saved yet; nothing is raised.

    Each sheet is read from A1 to the end of its used range in one call.
    """
    calculate_waiting(book)
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
            "file.too_large", sheet.name, reason=REACHES.filled(sheet=sheet.name, cell=last.get_address(False, False))
        )
    whole = used if (used.row, used.column) == (1, 1) else sheet.range((1, 1), (last.row, last.column))
    rows = _values(whole)
    if not in_libreoffice(sheet):
        tell_times(sheet, rows)
    for at, column in enumerate(zip(*rows, strict=True)):
        if not UNLIKE_FILES.isdisjoint(map(type, column)):
            for row, cell in zip(rows, map(as_in_a_file, column), strict=True):
                row[at] = cell
    return rows


def _values(cells: xw.Range) -> Rows:
    """Return what cells hold, blank ones as '', failed formulas told from texts that read like one.

    On macOS xlwings fails where it is asked for those (0.37.8): what cells show tells them.
    """
    if cells.sheet.book.app.engine.name != LIBREOFFICE and sys.platform == "darwin":
        high, wide = cells.shape
        step = max(1, MOST_SHOWN // wide)
        return [row for at in range(0, high, step) for row in _told_by_what_shows(cells[at : at + step, :])]
    rows: Rows = cells.options(ndim=2, empty="", err_to_str=True, times=True).value  # LibreOffice tells times
    for at, column in enumerate(zip(*rows, strict=True)):
        if not FAILED_FORMULAS.isdisjoint(column):
            raw = cells[:, at].raw_value  # there a text alone is one
            for row, (one,) in zip(rows, raw if isinstance(raw, list | tuple) else [[raw]], strict=True):
                if type(one) is not str and row[at] in FAILED_FORMULAS:
                    row[at] = CellError(str(row[at]))
    return rows


def _told_by_what_shows(cells: xw.Range) -> Rows:
    """Return what cells hold on macOS: where they show an error and hold no such text, a formula failed."""
    shown = cells.api.string_value.get()
    shown = shown if isinstance(shown, list) else [shown]
    texts = shown if isinstance(shown[0], list) else [shown]
    return [
        [
            CellError(text) if text in FAILED_FORMULAS and text != cell else cell
            for text, cell in zip(showing, row, strict=True)
        ]
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
        young = FAILED.get(cell - ERROR_ZERO)
        return CellError(young) if young else cell
    return cell


def _counts_from_1904(book: xw.Book) -> bool:
    """Tell whether a workbook counts its days from 1904."""
    if book.app.engine.name == LIBREOFFICE:
        return bool(book.api.NullDate.Year == 1904)
    return bool(book.api.Date1904 if sys.platform == "win32" else book.api.date_1904.get())
