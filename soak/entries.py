"""What people type into logs, well and badly, and where it stands afterwards: each row bears a mark of its own."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

from openpyxl import Workbook, load_workbook
from python_calamine import load_workbook as read_workbook

from reportkit.definitions.columns import Column, Form
from reportkit.definitions.forms import FORMS
from reportkit.workbooks.lists import header_row

# The column of each form that bears the mark of a row; customers are told by their ids.
MARKED = {
    "activities": "summary", "cases": "cause", "visits": "topics", "surveys": "comment", "opportunities": "note",
    "worktime": "note", "training": "topic", "improvements": "problem",
}  # fmt: skip
MARK = re.compile(r"\[\d+\.\d+\]")
TEXTS = ("called back", "=1+1", "+86 138 0013 8000", "谈了基金", 'a, b; "c"', "@home", " spaces ", "😀")
ODD: tuple[Any, ...] = (
    "2026年11月23日", "20261123", "２０２６．１１．２３", "tomorrow", "#REF!", "=1/0", "=TODAY()", 1e20, -5, 0.1, True,
    "√", "50万", " ",
    "1,000", dt.datetime(2031, 1, 1), dt.datetime(1905, 7, 1), 46000, "13800138000", "x" * 400, None,
)  # fmt: skip
SHEETS = {text: form for form in FORMS.values() for text in form.label.all()}


@dataclass(frozen=True)
class Entry:
    """A row somebody typed: its mark, its form, which customer it names, and its cells by column.

    Without a form it was struck out of its log and stands in an archive.
    """

    mark: str
    form: str
    customer: str
    cells: dict[str, Any]


def entry(dice: random.Random, form: str, mark: str, ids: Sequence[str], today: dt.date) -> Entry:
    """Return a row of a form, most of them sound, with an odd cell now and then."""
    day = today - dt.timedelta(days=dice.randrange(36))
    at = dt.datetime.combine(day, dt.time(dice.randrange(8, 18), dice.randrange(60), dice.randrange(60)))
    cells = {column.code: _cell(dice, column, at, ids) for column in FORMS[form].columns}
    if "case_id" in cells:
        cells["case_id"] = f"K{mark.strip('[]')}" if dice.random() < 0.9 else f"K{dice.randrange(9)}"
    if form == "activities" and cells["kind"] in ("market_view", "novice_class", "other"):
        cells["customer_id"] = None
    if dice.random() < 0.2:
        code = dice.choice([code for code in cells if code not in (MARKED[form], "customer_id")])
        cells[code] = dice.choice(ODD)
    cells[MARKED[form]] = mark
    return Entry(mark, form, str(cells.get("customer_id") or ""), cells)


def _cell(dice: random.Random, column: Column, at: dt.datetime, ids: Sequence[str]) -> Any:
    """Return what a column may hold; what is not required is mostly blank."""
    if not column.required and dice.random() < 0.5:
        return None
    if column.code in ("customer_id", "referred_by"):
        return dice.choice(ids) if ids and dice.random() < 0.95 else "nobody"
    later = at + dt.timedelta(seconds=dice.choice((5, 40, 4000)))
    if column.choices is not None:
        code = dice.choice(column.choices.codes)
        return dice.choice((code, *column.choices.labels[code].all()))
    made: dict[str, Any] = {
        "date": later.date(), "datetime": later if column.not_before else at, "time": at.time(),
        "number": dice.choice((0, 1, 2.5, 8)), "whole": dice.randrange(1, 6), "id": f"K{dice.randrange(9)}",
    }  # fmt: skip
    return made.get(column.kind, dice.choice(TEXTS))


def customer(dice: random.Random, customer_id: Any, name: str, today: dt.date) -> dict[str, Any]:
    """Return a customer's row."""
    since = dt.datetime.combine(today - dt.timedelta(days=dice.randrange(60)), dt.time())
    drawn = {column.code: _cell(dice, column, since, ()) for column in FORMS["customers"].columns}
    return {
        **drawn,
        "customer_id": customer_id,
        "name": name,
        "status": dice.choice((None, "active")),
        "referred_by": None,
    }


def opened(log: Path) -> Workbook:
    """Open a log as many a program does: what it does not know it drops."""
    with catch_warnings():
        simplefilter("ignore")  # of what it drops
        return load_workbook(log)


def typed(log: Path, rows: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """Type rows into a log below those that stand there: (form, column code → cell)."""
    book = opened(log)
    for code, cells in rows:
        form = FORMS[code]
        sheet = next(sheet for sheet in book if SHEETS.get(sheet.title) is form)
        columns = {str(cell.value): at for at, cell in enumerate(sheet[header_row(form) + 1], 1)}
        last = max((cell.row for row in sheet.iter_rows() for cell in row if cell.value is not None), default=1)
        for column in form.columns:
            if cells.get(column.code) is not None:
                at = next(columns[text] for text in column.label.all() if text in columns)
                sheet.cell(last + 1, at, cells[column.code])
    book.save(log)


def struck_out(log: Path, mark: str) -> None:
    """Clear the row that bears a mark."""
    book = opened(log)
    for sheet in book:
        for row in sheet.iter_rows():
            if any(cell.value == mark for cell in row):
                for cell in row:
                    cell.value = None
    book.save(log)


def forms_of(log: Path) -> Iterator[tuple[Form, list[list[Any]]]]:
    """Yield the forms of a log with the filled rows below their headings."""
    book = read_workbook(str(log))
    for name in book.sheet_names:
        if form := SHEETS.get(name):
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)[header_row(form) + 1 :]
            yield form, [row for row in rows if any(cell not in ("", None) for cell in row)]


def marks(logs: Iterable[Path]) -> Counter[str]:
    """Return how often each mark stands as a cell of its own in the forms of logs."""
    rows = (row for log in logs for _, of_form in forms_of(log) for row in of_form)
    return Counter(cell for row in rows for cell in row if isinstance(cell, str) and MARK.fullmatch(cell))


def customers(logs: Iterable[Path]) -> set[str]:
    """Return the names of the customers that stand in logs."""
    found = ((form, rows) for log in logs for form, rows in forms_of(log) if form.code == "customers")
    return {str(row[1]) for _, rows in found for row in rows}
