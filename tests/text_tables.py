"""Workbooks written as small text tables: a header of column codes or labels, then a row a line, cells apart by `|`.

A cell is a Python literal (`46349`, `True`) where it looks like a number, a date where it looks like `2026-11-23`,
a date with time, a time of day, else text; `"…"` keeps anything text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

from reportkit.definitions.columns import Form
from reportkit.definitions.forms import FORMS
from reportkit.read.book import Book, Identity, RawBook
from reportkit.read.workbook import book_from_cells
from reportkit.validate.workbook import validate

FILE = "A001.xlsx"
TODAY = dt.date(2026, 11, 27)
Cells = list[list[object]]
# Placing these first, every table about activities or cases has customers to speak of.
CUSTOMERS = """
客户编号 | 客户姓名 | 建档日期
C1 | 王芳 | 2026-01-05
C2 | 李强 | 2026-03-02
"""


def cells(table: str) -> Cells:
    """Return the cells of a text table."""
    return [[cell(text) for text in line.split("|")] for line in table.strip("\n").splitlines() if line.strip()]


def cell(text: str) -> object:
    """Return what a cell of a text table holds; blank is ''."""
    written = text.strip()
    if len(written) > 1 and written[0] == written[-1] == '"':
        return written[1:-1]
    if written in ("True", "False"):
        return written == "True"
    if re.fullmatch(r"-?\d+(\.\d+)?", written):
        return float(written)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", written):
        return dt.date.fromisoformat(written)
    if re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?", written):
        return dt.datetime.fromisoformat(written)
    if re.fullmatch(r"\d\d:\d\d", written):
        return dt.time.fromisoformat(written)
    return written


def raw(tables: Mapping[str, str], forms: Mapping[str, Form] = FORMS) -> RawBook:
    """Return the raw book of sheet name → text table, as the reader gives it; other forms are left out of mind."""
    book = book_from_cells(FILE, Identity("A001"), {name: cells(table) for name, table in tables.items()}, forms)
    return RawBook(book.file, book.identity, book.sheets, tuple(f for f in book.findings if f.code != "sheet.missing"))


def validated(today: dt.date = TODAY, **tables: str) -> Book:
    """Return the validated book of form code → text table."""
    return validate(raw(tables), today)


def found(book: Book) -> list[tuple[str | None, int | None, str | None, str, str]]:
    """Return the findings of a book as (sheet, row, column code, code, severity)."""
    return [
        (one.place.sheet, one.place.row, one.place.column.code if one.place.column else None, one.code, one.severity)
        for one in book.findings
    ]


def write(path: Path, tables: Mapping[str, Cells], properties: Mapping[str, str] | None = None) -> Path:
    """Write a real workbook: sheet name → cells from A1 on."""
    with xlsxwriter.Workbook(path) as book:
        formats = {
            kind: book.add_format({"num_format": shown})
            for kind, shown in ((dt.date, "yyyy-mm-dd"), (dt.datetime, "yyyy-mm-dd hh:mm:ss"), (dt.time, "hh:mm:ss"))
        }
        for name, value in (properties or {}).items():
            book.set_custom_property(name, value, "text")
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            for row, line in enumerate(rows):
                for column, value in enumerate(line):
                    _put(sheet, row, column, value, formats)
    return path


def _put(sheet: Any, row: int, column: int, value: object, formats: Mapping[type, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, dt.date | dt.time):
        sheet.write_datetime(row, column, value, formats[type(value)])
    else:
        sheet.write_string(row, column, str(value))
