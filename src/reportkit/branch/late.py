"""Late entries: rows of a closed week that appear, change or vanish after it was published (DOMAIN §3)."""

from __future__ import annotations

import datetime as dt
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from reportkit.definitions.findings import Place
from reportkit.read.book import Book, Table
from reportkit.read.numbered import Numbered
from reportkit.read.values import shown
from reportkit.settings.calendars import Span, bucket
from reportkit.settings.indicator_rows import Indicator
from reportkit.summary.changes import Cells, Change, Late

ALIKE: Final = 0.5  # two rows are one that changed when at least this share of their cells is the same


@dataclass(frozen=True)
class LateOf:
    """The late rows of one advisor and closed week, found between two contents of the log.

    `mark` stands for the rows of the week as published: while a log's rows of the week bear it, none is late. Where
    those rows are `lost`, missing in history or damaged, the rows are the late ones that were known before.
    """

    week: str
    advisor_id: str
    published: str
    current: str
    rows: tuple[Late, ...]
    mark: str = ""
    lost: bool = False


@dataclass(frozen=True)
class _Row:
    number: int
    cells: Cells


@dataclass(frozen=True)
class Differ:
    """What tells the late rows of a closed week: its days, and the columns that date a row, by form."""

    week: str
    span: Span
    dated: Mapping[str, tuple[str, ...]]
    today: dt.date

    def late(self, advisor_id: str, published: Book | None, current: Book | None) -> Iterator[Late]:
        """Yield the rows that are not as they were published; None is a log that was, or is, not there."""
        there = current or published
        for form in self.dated if there is not None else ():
            old, new = (self._rows(book, form) for book in (published, current))
            for change, before, after in _differences(old, new, _id_of(form, there)):
                table = _table(current if after is not None else published, form)
                row = after or before
                assert row is not None  # noqa: S101 # one side of a difference is there
                place = table.place(there.file, row.number) if table is not None and there is not None else Place()
                yield Late(
                    week=self.week,
                    advisor_id=advisor_id,
                    file=place.file,
                    form=form,
                    sheet=place.sheet or "",
                    row=place.row or 0,
                    change=change,
                    old=_only(before, after),
                    new=_only(after, before),
                    first_seen=self.today,
                )

    def _rows(self, book: Book | None, form: str) -> list[_Row]:
        """Return the rows of a form that are dated in the week."""
        table = _table(book, form)
        if table is None:
            return []
        first, after = np.datetime64(self.span.start), np.datetime64(self.span.end + dt.timedelta(days=1))
        inside = np.zeros(len(table.rows), dtype=bool)
        for code in self.dated[form]:
            days = table.columns[code].values()
            inside |= (days >= first) & (days < after)
        columns = {code: _written(column.taken(inside)) for code, column in table.columns.items()}
        return [
            _Row(number, {code: cells[at] for code, cells in columns.items() if cells[at] is not None})
            for at, number in enumerate(table.rows[inside].tolist())
        ]


def marks(book: Book | None, dated: Mapping[str, tuple[str, ...]], spans: Sequence[Span]) -> list[str]:
    """Return for each week what stands for its rows, whatever their order; blank for none.

    Each row is hashed once, however many weeks were ever closed; a week's mark is the sums of two hashes and the count.
    """
    if book is None or not spans:
        return [""] * len(spans)
    numbers = bucket("week", np.array([span.start for span in spans], dtype="datetime64[D]"))
    sums = np.zeros((len(spans), 3), dtype=np.uint64)
    for form in dated:
        table = _table(book, form)
        if table is None or not len(table.rows):
            continue
        weeks = [bucket("week", table.columns[column].values()) for column in dated[form]]  # a blank is in none
        hashed = pd.util.hash_pandas_object(table.frame[[*table.form.column]], index=False)
        hashes = hashed.to_numpy() ^ np.uint64(zlib.crc32(form.encode()))  # a row of another form is another row
        twice = (hashes ^ (hashes >> np.uint64(29))) * np.uint64(0x9E3779B97F4A7C15)
        of_rows = np.column_stack([hashes, twice, np.ones(len(hashes), dtype=np.uint64)])
        for at, number in enumerate(numbers):
            inside = np.logical_or.reduce([one == number for one in weeks])
            sums[at] += of_rows[inside].sum(axis=0, dtype=np.uint64)
    return ["".join(f"{int(part):016x}" for part in one) if one[2] else "" for one in sums]


def dated_by(indicators: Iterable[Indicator], forms: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return form → the columns that put a row into a week: its own day, and those its indicators count by."""
    dated = {code: {form.day_column: None} for code, form in forms.items() if form.day_column is not None}
    for indicator in indicators:
        if indicator.on in indicator.form.column:
            dated.setdefault(indicator.form.code, {})[indicator.on] = None
    return {form: tuple(columns) for form, columns in dated.items()}


def _table(book: Book | None, form: str) -> Table | None:
    return book.tables.get(form) if book is not None else None


def _id_of(form: str, book: Book | None) -> str | None:
    table = _table(book, form)
    return table.form.id_column if table is not None else None


def _written(column: Numbered) -> list[Any]:
    """Return cells as they are written, None for blank."""
    return column.changed(_entry_written).plain()


def _entry_written(entry: object) -> str:
    if not isinstance(entry, dt.datetime):
        return shown(entry)
    return entry.date().isoformat() if entry.time() == dt.time() else entry.isoformat(sep=" ")


def _only(row: _Row | None, other: _Row | None) -> Cells:
    """Return a row's cells, of a changed one only those that differ."""
    if row is None:
        return {}
    if other is None:
        return row.cells
    return {code: cell for code, cell in row.cells.items() if other.cells.get(code) != cell}


def _differences(
    old: list[_Row], new: list[_Row], id_column: str | None
) -> Iterator[tuple[Change, _Row | None, _Row | None]]:
    """Yield what differs between two states of the same rows; equal rows are the same wherever they stand."""
    olds, news = _without(old, new), _without(new, old)
    for before in olds:
        after = _partner(before, news, id_column)
        if after is not None:
            news.remove(after)
            yield "changed", before, after
        else:
            yield "vanished", before, None
    for after in news:
        yield "appeared", None, after


def _without(rows: list[_Row], others: list[_Row]) -> list[_Row]:
    """Return the rows that have no equal among the others; each equal one is used up."""
    there = Counter(tuple(sorted(row.cells.items())) for row in others)
    left: list[_Row] = []
    for row in rows:
        key = tuple(sorted(row.cells.items()))
        if there[key]:
            there[key] -= 1
        else:
            left.append(row)
    return left


def _partner(row: _Row, others: list[_Row], id_column: str | None) -> _Row | None:
    """Return the row another became: the one of the same id, else the most alike, the nearest of those."""
    if id_column is not None:
        return next((one for one in others if one.cells.get(id_column) == row.cells.get(id_column)), None)
    alike = [(_likeness(row, one), -abs(one.number - row.number), at) for at, one in enumerate(others)]
    best = max(alike, default=(0.0, 0, 0))
    return others[best[2]] if best[0] >= ALIKE else None


def _likeness(one: _Row, other: _Row) -> float:
    """Return the share of the filled cells of two rows that are the same."""
    same = len(one.cells.items() & other.cells.items())
    return same / max(len(one.cells), len(other.cells), 1)
