"""What people typed into an open report: cells and notes that its file does not hold."""

from __future__ import annotations

import datetime as dt
import math
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

import xlwings as xw

from reportkit.definitions.findings import Finding
from reportkit.read.contents import Rows, sheet_parts
from reportkit.read.contents import cells_of as cells_in_file
from reportkit.read.preflight import Unsound, preflight
from reportkit.read.survey import column_letters
from reportkit_addin.files import file_of
from reportkit_addin.live import LIBREOFFICE, sheet_names
from reportkit_addin.reading import cells_of

UNKNOWN: Final = (-2147352570, -2147352573)  # a name that Excel does not know
PRECISION: Final = 1e-9  # of numbers, relative: applications keep fifteen digits
Typed = dict[str, list[str]]  # sheet → cells, row by row


def typed_into(book: xw.Book) -> Typed:
    """Return the cells of an open workbook whose content or note is not in its file; what was emptied is left out.

    Where the file cannot be read any more, every cell that holds something is.
    """
    saved = _saved(file_of(book))
    found: Typed = {}
    for name in sheet_names(book):
        sheet = book.sheets[name]
        cells = [*_differing(cells_of(sheet), saved.get(name, [])), *_noted(sheet)]
        if cells:
            found[name] = list(dict.fromkeys(cells))
    return found


def _saved(path: Path) -> dict[str, Rows]:
    """Return the cells of each sheet of a file; none where it is gone or damaged."""
    package = preflight(path)
    if isinstance(package, Finding):
        return {}
    try:
        return cells_in_file(package, sheet_parts(package)[0])[0]
    except Unsound:
        return {}


def _differing(shown: Rows, saved: Rows) -> Iterator[str]:
    """Yield the addresses of cells that hold something else than was saved there."""
    nothing: list[object] = []
    for row, (now, before) in enumerate(zip_longest(shown, saved, fillvalue=nothing), 1):
        for column, (cell, old) in enumerate(zip_longest(now, before, fillvalue=""), 1):
            if cell not in ("", None) and not _alike(cell, old):
                yield f"{column_letters(column)}{row}"


def _alike(one: object, other: object) -> bool:
    """Return whether two cells hold the same: numbers to fifteen digits, moments to the second."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=PRECISION, abs_tol=PRECISION)
    if isinstance(one, dt.datetime) and isinstance(other, dt.datetime):
        return abs(one - other) < dt.timedelta(seconds=1)
    return one == other or str(one).split() == str(other).split()


def _noted(sheet: xw.Sheet) -> Iterator[str]:
    """Yield the cells that bear a note or a comment: a report is made without any."""
    if sheet.book.app.engine.name == LIBREOFFICE:
        notes = sheet.api.getAnnotations()
        for at in range(notes.getCount()):
            cell = notes.getByIndex(at).getPosition()
            yield f"{column_letters(cell.Column + 1)}{cell.Row + 1}"
    elif sys.platform == "win32":
        for kind in ("Comments", "CommentsThreaded"):
            for comment in _comments(sheet, kind):
                yield str(comment.Parent.Address).replace("$", "")


def _comments(sheet: xw.Sheet, kind: str) -> list[Any]:
    """Return the comments of a kind in Excel on Windows; none where that Excel does not know the kind."""
    try:
        return list(getattr(sheet.api, kind))
    except Exception as error:  # of xlwings' no base of its own: Excel 2019 has no threaded ones
        if getattr(error, "hresult", None) not in UNKNOWN:
            raise
        return []
