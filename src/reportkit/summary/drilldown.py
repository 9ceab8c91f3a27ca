"""The rows behind each figure, as a report lists them: where they stand and what they say (DOMAIN §3 Drill-down)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from reportkit.definitions.forms import FORMS
from reportkit.definitions.text import Language
from reportkit.facts.contacts import NEVER
from reportkit.facts.rows import Facts
from reportkit.indicators.assess import Assessment
from reportkit.indicators.counting import Counted, rows_behind
from reportkit.read.book import Table, unarchived
from reportkit.settings.indicator_rows import Indicator
from reportkit.summary.summaries import AdvisorSummary, Work

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


Rows = Mapping[str, "tuple[Behind, ...]"]  # indicator → the rows behind its figure


class Behind(NamedTuple):
    """One row behind a figure: its form, sheet and Excel row, the cell to jump to, its day, and what it adds.

    `archive` is the file it stands in, blank for the log itself.
    `what` is the form's telling column: a code, or text as typed. A log has hundreds of them; tuples are made fastest.
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
    archive: str = ""

    def said(self, language: Language) -> str:
        """Return what the row is about, with a label for a code."""
        choices = FORMS[self.form].column[TELLING[self.form]].choices if self.form in TELLING else None
        what = self.what or ""
        return choices.labels[what].to(language) if choices is not None and what in choices.labels else what


def rows_of(work: Work, summary: AdvisorSummary) -> Rows:
    """Return indicator → the rows behind its figure, for every indicator of a summary."""
    return {one.indicator.code: behind(work, one) for one in summary.assessments}


def behind(work: Work, one: Assessment) -> tuple[Behind, ...]:
    """Return the rows a figure counts, form by form, by day."""
    parts = rows_behind(work.facts, one.indicator, one.window.until(one.until))
    by_form = sorted(parts, key=lambda part: part.form)
    return tuple(row for part in by_form for row in _of_form(work.facts, one.indicator, part))


def _of_form(facts: Facts, indicator: Indicator, part: Counted) -> Iterator[Behind]:
    """Yield the rows of one form by day, those without one first."""
    form, table = part.form, facts.tables[part.form]
    own = form == indicator.form.code and not indicator.counts_stock
    dated = indicator.on if own else table.form.day_column
    numbers = facts.day_numbers(form, dated, NEVER)[part.at] if dated else np.zeros(len(part.at))
    order = np.lexsort((facts.row_numbers(form)[part.at], numbers))
    at = part.at[order]
    columns = (
        _spots(table, facts.row_numbers(form)[at].tolist(), dated),
        facts.days(form, dated)[at].astype(object).tolist() if dated else [None] * len(at),
        _texts(facts, form, "customer_id", at),
        _texts(facts, form, TELLING.get(form, ""), at),
        part.numerators[order].tolist(),
        part.denominators[order].tolist(),
    )
    for (archive, sheet, row, cell), day, customer, what, over, under in zip(*columns, strict=True):
        yield Behind(form, sheet, row, cell, day, customer, what, over, under, archive)


def _spots(table: Table, numbers: Iterable[int], column: str | None) -> list[tuple[str, str, int, str]]:
    """Return of each row the archive, blank for the log, the sheet, Excel's row, and the cell of a column."""
    sheets = [("", table.name, table.letters), *((one.file, one.name, one.letters) for one in table.archives)]
    found = (unarchived(number) for number in numbers)
    return [
        (sheets[back][0], sheets[back][1], row, f"{sheets[back][2].get(column or '', 'A')}{row}") for row, back in found
    ]


def _texts(facts: Facts, form: str, column: str, at: npt.NDArray[np.int64]) -> list[str | None]:
    """Return what a column says at some positions, None where it is blank or the form has no such column."""
    if column not in facts.tables[form].form.column:
        return [None] * len(at)
    said = facts.values(form, column)[at].tolist()
    return [None if one is None or one != one else f"{one:g}" if isinstance(one, float) else str(one) for one in said]


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
    """The rows of one sheet behind a figure, in short: how many, which, the cell of the first.

    `archive` is the file the sheet stands in, blank for the log itself.
    """

    sheet: str
    count: int
    rows: str
    cell: str
    archive: str = ""


def places(rows: Rows) -> dict[str, tuple[Where, ...]]:
    """Return indicator → where its rows stand, sheet by sheet."""
    return {code: places_of(of_one) for code, of_one in rows.items()}


def places_of(rows: Iterable[Behind]) -> tuple[Where, ...]:
    """Return where rows stand, sheet by sheet."""
    by_sheet: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        by_sheet.setdefault((row.archive, row.sheet), []).append(row.row)
    return tuple(
        Where(sheet, len(numbers), rows_in_words(numbers), f"A{min(numbers)}", archive)
        for (archive, sheet), numbers in by_sheet.items()
    )
