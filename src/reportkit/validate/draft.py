"""A sheet on its way from cells to the rows that count: typed columns, rows left out so far, what was found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np

from reportkit.definitions.columns import Column, Form
from reportkit.definitions.errors import StopRun
from reportkit.definitions.findings import Finding, Place, finding
from reportkit.definitions.severity import Severity
from reportkit.definitions.text import Text
from reportkit.read.book import RawSheet, Table
from reportkit.read.numbered import Chosen, Numbered, numbered
from reportkit.read.values import shown

Problem = tuple[str, dict[str, str | Text]]  # a finding's code and words


class Draft:
    """A sheet being validated; rows are named by their index among the rows found.

    `columns` holds values, blank where a cell is or counts as blank. `near` keeps the suggestions made so far, by
    column and what was written.
    StopRun is raised where the columns and the rows do not add up.
    """

    def __init__(self, file: str, raw: RawSheet) -> None:
        self.file = file
        self.raw = raw
        self.form: Form = raw.form
        self.columns: dict[str, Numbered] = {
            column.code: numbered(column, raw.columns[column.code]) for column in raw.form.columns
        }
        self.findings: list[Finding] = []
        self.excluded: set[int] = set()
        self.near: dict[tuple[str, str], str | Text] = {}
        if any(len(cells) != len(raw.rows) for cells in raw.columns.values()):
            raise self._mismatch(min(map(len, raw.columns.values())), 0)

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

    def refuse(self, column: Column, problems: Mapping[int, Problem]) -> None:
        """Record wrong cells, by the number of their entry, −1 being the blank ones; they count as blank."""
        numbers = self.columns[column.code].numbers
        rows = np.flatnonzero(np.isin(numbers, list(problems)))
        for row in rows.tolist():
            code, words = problems[int(numbers[row])]
            self.report(code, row, column.code, severity=severity_of(column), **words)
        self.blank(column.code, rows)

    def blank(self, column: str, rows: Chosen) -> None:
        """Let cells count as blank."""
        self.columns[column] = self.columns[column].with_entry(rows, None)

    def place(self, row: int, column: str | None) -> Place:
        """Return the place of a row, or of a cell of it."""
        return self.raw.place(self.file, self.raw.rows[row], column)

    def said(self, row: int, beside: int) -> str:
        """Return a row as another row's finding names it: by its number, with the file where that is another one."""
        place, file = self.place(row, None), self.place(beside, None).file
        return str(place.row) if place.file == file else f"{place.row} ({place.file})"

    def table(self) -> Table:
        """Return the rows that count. Raise StopRun where rows counted and excluded are not the rows found."""
        rows = np.array(self.raw.rows, dtype=np.int64)
        table = Table(self.form, self.raw.name, self.columns, rows, self.raw.letters, archives=self.raw.archives)
        excluded = np.full(len(rows), not self.usable)
        excluded[list(self.excluded)] = True
        if excluded.any():
            table = table.without(excluded)
        if table.read != len(rows):
            raise self._mismatch(len(table.rows), len(table.excluded))
        return table

    def _mismatch(self, counted: int, excluded: int) -> StopRun:
        place = Place(self.file, self.raw.name)
        words = [str(count) for count in (len(self.raw.rows), counted, excluded)]
        return StopRun(finding("rows.mismatch", place, read=words[0], counted=words[1], excluded=words[2]))


def severity_of(column: Column) -> Severity:
    """Return how grave a wrong cell is: without one that is required its row is left out."""
    return "error" if column.required else "warning"


def iso(value: object) -> str:
    """Return a date, with its time if it has one, as it is shown in findings."""
    return value.isoformat(sep=" ") if isinstance(value, dt.datetime) else str(value)
