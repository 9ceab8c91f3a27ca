"""A sheet on its way from cells to the rows that count: typed columns, rows left out so far, what was found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from reportkit.definitions.columns import Column, Form, Kind
from reportkit.definitions.errors import StopRun
from reportkit.definitions.findings import Finding, Place, Severity, finding
from reportkit.definitions.text import Text
from reportkit.read.book import RawSheet, Table
from reportkit.read.values import normalise, shown


class Draft:
    """A sheet being validated; rows are named by their index among the rows found.

    `columns` holds typed values, one list a column: None where a cell is blank or counts as blank. `near` keeps the
    suggestions made so far, by column and what was written.
    StopRun is raised where the columns and the rows do not add up.
    """

    def __init__(self, file: str, raw: RawSheet) -> None:
        self.file = file
        self.raw = raw
        self.form: Form = raw.form
        self.columns: dict[str, list[Any]] = {
            column.code: normalise(column, raw.columns[column.code]) for column in raw.form.columns
        }
        self.findings: list[Finding] = []
        self.excluded: set[int] = set()
        self.near: dict[tuple[str, str], str | Text] = {}
        if any(len(cells) != len(raw.rows) for cells in self.columns.values()):
            raise self._mismatch(min(map(len, self.columns.values())), 0)

    @property
    def usable(self) -> bool:
        """Whether every required column is there; without one no row counts."""
        return all(column.code in self.raw.letters for column in self.form.columns if column.required)

    def report(
        self, code: str, row: int, column: str | None = None, *, severity: Severity | None = None, **words: str | Text
    ) -> None:
        """Record a finding at a row or one of its cells; an error leaves the row out."""
        cell = None if column is None else self.raw.columns[column][row]
        value = None if cell is None else shown(cell)
        found = finding(code, self.place(row, column), value=value, severity=severity, **words)
        self.findings.append(found)
        if found.severity == "error":
            self.excluded.add(row)

    def wrong(self, code: str, row: int, column: Column, **words: str | Text) -> None:
        """Record a wrong cell: an error where the column is required, else a warning and the cell counts as blank."""
        self.report(code, row, column.code, severity="error" if column.required else "warning", **words)
        self.blank(row, column.code)

    def blank(self, row: int, column: str) -> None:
        """Let a cell count as blank."""
        self.columns[column][row] = None

    def place(self, row: int, column: str | None) -> Place:
        """Return the place of a row, or of a cell of it."""
        number = self.raw.rows[row]
        letter = self.raw.letters.get(column) if column else None
        described = self.form.column[column] if column else None
        return Place(self.file, self.raw.name, number, described, f"{letter}{number}" if letter else None)

    def table(self) -> Table:
        """Return the rows that count. Raise StopRun where rows counted and excluded are not the rows found."""
        rows = self.raw.rows
        excluded = range(len(rows)) if not self.usable else sorted(self.excluded)
        frame = frame_of(self.form, self.columns, rows, set(excluded))
        table = Table(self.form, self.raw.name, frame, self.raw.letters, tuple(rows[row] for row in excluded))
        if table.read != len(rows):
            raise self._mismatch(len(frame), len(table.excluded))
        return table

    def _mismatch(self, counted: int, excluded: int) -> StopRun:
        place = Place(self.file, self.raw.name)
        words = [str(count) for count in (len(self.raw.rows), counted, excluded)]
        return StopRun(finding("rows.mismatch", place, read=words[0], counted=words[1], excluded=words[2]))


STR: Final = pd.StringDtype(storage="pyarrow", na_value=np.nan)
ARROW: Final[dict[Kind, pa.DataType]] = {
    "date": pa.date32(),
    "datetime": pa.timestamp("s"),
    "number": pa.float64(),
    "whole": pa.float64(),
}


def frame_of(
    form: Form, columns: dict[str, list[Any]], rows: list[int], excluded: Collection[int] = ()
) -> pd.DataFrame:
    """Return a form's frame of typed columns, less the excluded rows: see `Table` for its dtypes and index."""
    if not rows:
        return _empty_frame(form).copy(deep=False)
    if excluded:
        kept = [row for row in range(len(rows)) if row not in excluded]
        rows = [rows[row] for row in kept]
        columns = {code: [cells[row] for row in kept] for code, cells in columns.items()}
    return _frame(form, columns, rows)


def _frame(form: Form, columns: dict[str, list[Any]], rows: list[int]) -> pd.DataFrame:
    arrays = {column.code: _array(columns[column.code], column.kind) for column in form.columns}
    return pd.DataFrame(arrays, index=pd.Index(np.array(rows, dtype="int64")), copy=False)


@lru_cache
def _empty_frame(form: Form) -> pd.DataFrame:
    return _frame(form, {column.code: [] for column in form.columns}, [])


def _array(cells: list[Any], kind: Kind) -> Any:
    """Return a column as an array. Arrow takes Python objects in many times faster than numpy."""
    if kind == "time":
        return np.fromiter(cells, dtype="object", count=len(cells))
    if kind in ARROW:
        values = pa.array(cells, ARROW[kind]).to_numpy(zero_copy_only=False)
        return values if kind in ("number", "whole") else values.astype("datetime64[s]", copy=False)
    return pd.arrays.ArrowStringArray(pa.array(cells, pa.large_string()), dtype=STR)  # type: ignore[call-arg] # the stubs are behind pandas 3


def iso(value: object) -> str:
    """Return a date, with its time if it has one, as it is shown in findings."""
    return value.isoformat(sep=" ") if isinstance(value, dt.datetime) else str(value)
