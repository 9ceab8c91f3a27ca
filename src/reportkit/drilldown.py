"""The rows behind each figure, as a report lists them: where they stand and what they say (DOMAIN §3 Drill-down)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from reportkit.assess import Assessment
from reportkit.facts import Facts
from reportkit.forms import FORMS
from reportkit.indicators import rows_behind
from reportkit.settings import Indicator
from reportkit.summary import Work
from reportkit.text import Language

# The column that says most about a row of a form, shown beside its place.
TELLING: Final = {
    "customers": "name",
    "activities": "kind",
    "cases": "category",
    "visits": "purpose",
    "surveys": "score",
    "opportunities": "product",
    "training": "topic",
    "worktime": "service_hours",
}


@dataclass(frozen=True, slots=True)
class Behind:
    """One row behind a figure: its form, sheet and Excel row, the cell to jump to, its day, and what it adds.

    `what` is the form's telling column: a code, or text as typed.
    """

    form: str
    sheet: str
    row: int
    cell: str
    on: dt.date | None
    customer_id: str | None
    what: str | None
    numerator: float
    denominator: float

    def said(self, language: Language) -> str:
        """Return what the row is about, with a label for a code."""
        choices = FORMS[self.form].column[TELLING[self.form]].choices if self.form in TELLING else None
        what = self.what or ""
        return choices.labels[what].to(language) if choices is not None and what in choices.labels else what


def behind(work: Work, one: Assessment) -> tuple[Behind, ...]:
    """Return the rows a figure counts, form by form, by day."""
    by_form: dict[str, list[tuple[int, float, float]]] = {}
    for form, row, over, under in rows_behind(work.facts, one.indicator, one.window.until(one.until)):
        by_form.setdefault(form, []).append((row, over, under))
    found = [row for form, entries in by_form.items() for row in _of_form(work.facts, one.indicator, form, entries)]
    return tuple(sorted(found, key=lambda row: (row.form, row.on or dt.date.min, row.row)))


def _of_form(
    facts: Facts, indicator: Indicator, form: str, entries: Sequence[tuple[int, float, float]]
) -> Iterable[Behind]:
    """Return the rows of one form, read from its frame at once."""
    table = facts.tables[form]
    dated = indicator.on if form == indicator.form.code else table.form.day_column
    letter = table.letters.get(dated or "", "A")
    rows = table.frame.loc[[row for row, _, _ in entries]]
    days = _days(rows[dated]) if dated else [None] * len(rows)
    customers = _texts(rows["customer_id"]) if "customer_id" in rows else [None] * len(rows)
    whats = _texts(rows[TELLING[form]]) if form in TELLING else [None] * len(rows)
    for (row, over, under), day, customer, what in zip(entries, days, customers, whats, strict=True):
        yield Behind(form, table.name, row, f"{letter}{row}", day, customer, what, over, under)


def _days(column: pd.Series[Any]) -> list[dt.date | None]:
    days: list[dt.date | None] = column.to_numpy().astype("datetime64[D]").astype(object).tolist()
    return days


def _texts(column: pd.Series[Any]) -> list[str | None]:
    if column.dtype == np.float64:
        return [None if value != value else f"{value:g}" for value in column.tolist()]
    return [None if value is None or value != value else str(value) for value in column.tolist()]


def rows_in_words(rows: Iterable[int]) -> str:
    """Return row numbers in short: `17–23, 31`."""
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


@dataclass(frozen=True, slots=True)
class Where:
    """The rows of one sheet behind a figure, in short: how many, which, the cell of the first."""

    sheet: str
    count: int
    rows: str
    cell: str


def places_of(work: Work, one: Assessment) -> tuple[Where, ...]:
    """Return where the rows behind a figure stand, sheet by sheet."""
    by_form: dict[str, list[int]] = {}
    for form, row, _, _ in rows_behind(work.facts, one.indicator, one.window.until(one.until)):
        by_form.setdefault(form, []).append(row)
    return tuple(
        Where(work.facts.tables[form].name, len(rows), rows_in_words(rows), f"A{min(rows)}")
        for form, rows in by_form.items()
    )
