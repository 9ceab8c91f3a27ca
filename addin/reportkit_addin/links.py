"""Links: formulas that lead somewhere, and going where one leads.

What a formula holds is quoted: nothing in it is read as a formula.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import xlwings as xw

from reportkit.definitions.errors import MendInput
from reportkit.workbooks.links import quoted
from reportkit_addin import sentences as say
from reportkit_addin.files import file_of, is_same, open_book, open_books
from reportkit_addin.live import LIBREOFFICE, sheet_names
from reportkit_addin.sight import go_to

LONGEST_TEXT: Final = 255  # characters of a text in a formula of Excel's
_FORMULA: Final = re.compile(r'=HYPERLINK\("((?:[^"]|"")*)"', re.IGNORECASE)
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")  # a single letter is a drive of Windows
_PLACE: Final = re.compile(
    r"\$?(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!.]+))[!.]\$?(?P<column>[A-Z]+)\$?(?P<row>\d+)"
)


def cell_link(sheet: str, cell: str) -> str:
    """Return the formula that leads to a cell of the same workbook."""
    return _link(f"#{place(sheet, cell)}", cell)


def place(sheet: str, cell: str) -> str:
    """Return a cell of a sheet as links name it."""
    return f"{quoted(sheet)}!{cell}"


def file_link(app: xw.App, path: Path, shown: str, at: str = "") -> str:
    """Return the formula that opens a file, at a place in it as `'sheet'!A1`.

    Where the path is too long for a formula of Excel's, return what would be shown.
    """
    target = path.as_uri() if app.engine.name == LIBREOFFICE else str(path)
    if at:
        target = f"{target}#{at}"
    return _link(target, shown) if len(target) <= LONGEST_TEXT or app.engine.name == LIBREOFFICE else shown


def _link(target: str, shown: str) -> str:
    quotes = str.maketrans({'"': '""'})
    return f'=HYPERLINK("{target.translate(quotes)}","{shown.translate(quotes)}")'


def follow(book: xw.Book) -> str | None:
    """Go where the selected cell leads and return where that is; None where it leads to no cell.

    LibreOffice opens the file of such a link and forgets the place, or starts another office: here the file comes to
    the front at the place, open already or not. Raise MendInput where file or sheet have gone or the row is hidden.
    """
    file, _, at = _target(book).partition("#")
    found = _PLACE.match(unquote(at))
    if found is None or (_SCHEME.match(file) and not file.startswith("file:")):
        return None
    there = _opened(book, file)
    name = (found["quoted"] or "").replace("''", "'") or found["plain"]
    if name not in sheet_names(there):
        raise MendInput(say.NO_SHEET, sheet=name)
    cell = f"{found['column']}{found['row']}"
    there.app.activate(steal_focus=True)  # another window of the application is in front as yet
    go_to(there.sheets[name], cell)
    return f"{there.name} · {name} {cell}"


def _target(book: xw.Book) -> str:
    """Return what the selected cell's link names, blank without one. Links in cells are followed by Excel itself."""
    selected = book.selection
    if selected is None or selected.count != 1:
        return ""
    formula = _FORMULA.match(str(selected.formula))
    if formula is not None:
        return formula[1].replace('""', '"')
    if book.app.engine.name != LIBREOFFICE:
        return ""
    cell = selected.api.getCellByPosition(0, 0)
    return str(selected.hyperlink) if cell.getTextFields().getCount() or cell.Hyperlink else ""


def _opened(book: xw.Book, file: str) -> xw.Book:
    """Return the workbook a link names, opened unless it is. Raise MendInput where the file has gone."""
    if not file:
        return book
    path = Path(url2pathname(urlsplit(file).path) if file.startswith("file:") else file)
    known = next((one for one in open_books(book.app) if is_same(file_of(one), path)), None)
    if known is None and not path.is_file():
        raise MendInput(say.NO_FILE, path=path)
    return known or open_book(book.app, path)
