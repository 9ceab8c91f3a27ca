"""Formulas that lead somewhere; what they hold is quoted, nothing in it is read as a formula."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import xlwings as xw

from reportkit.workbooks.cells import quoted
from reportkit_addin.live import LIBREOFFICE

LONGEST_TEXT: Final = 255  # characters of a text in a formula of Excel's


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
