"""Reading a report back as a person's office would see it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from reportkit.definitions.figures import BLANK


def opened(path: Path) -> Workbook:
    return load_workbook(path)


def named(book: Workbook, name: str) -> Cell:
    """Return the cell a name of the workbook leads to."""
    (sheet, cell), *_ = book.defined_names[name].destinations
    found = book[sheet][cell.replace("$", "")]
    assert isinstance(found, Cell)
    return found


def number(cell: Cell) -> Any:
    """Return a cell's value, None where it is the dash of what is not assessed."""
    return None if cell.value == BLANK else cell.value


def every_cell(book: Workbook) -> Iterator[Cell]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            yield from (cell for cell in row if isinstance(cell, Cell) and cell.value is not None)


def target(cell: Cell) -> str:
    """Return where a cell's link leads, like `logs/A.xlsx#'sheet'!A1` or `#'sheet'!A1`."""
    assert cell.hyperlink is not None, cell.coordinate
    file = str(cell.hyperlink.target or "").replace("\\", "/")
    return f"{file}#{cell.hyperlink.location or ''}"


def page_texts(pdf: Path) -> list[str]:
    """Return the text of each page of a PDF."""
    command = [str(shutil.which("pdftotext")), "-layout", str(pdf), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\f")
