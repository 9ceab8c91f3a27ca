"""What reading and validating a workbook give: sheets with places, then typed rows with places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from reportkit.definitions.columns import Form, Kind
from reportkit.definitions.findings import Finding, Place
from reportkit.definitions.text import DEFAULT_LANGUAGE, Language


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose log a workbook is: its custom document properties."""

    advisor_id: str = ""
    advisor_name: str = ""
    branch: str = ""
    template_version: str = ""
    language: Language = DEFAULT_LANGUAGE


@dataclass(frozen=True)
class RawSheet:
    """A form's sheet as it was found: column code → cells, one a row; blank rows are left out.

    `rows` are Excel's own row numbers, `letters` the Excel column letter of each column that was found.
    Every column of the form is there; one that was not found is all None and has no letter.
    """

    form: Form
    name: str
    columns: Mapping[str, list[object]]
    rows: list[int]
    letters: Mapping[str, str]


@dataclass(frozen=True)
class RawBook:
    """A workbook as it was found: its identity, the sheets that are forms, what was wrong so far."""

    file: str
    identity: Identity
    sheets: Mapping[str, RawSheet]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Table:
    """The rows of a form that count.

    `frame` has one column a column of the form, index = Excel row number, dtypes: text, ids and choices `str`,
    dates and times of day with date `datetime64[s]`, times `object` (datetime.time), numbers `float64`;
    blank is NaN/NaT/None. `excluded` are the rows left out because of an error.
    """

    form: Form
    name: str
    frame: pd.DataFrame
    letters: Mapping[str, str]
    excluded: tuple[int, ...] = ()

    @property
    def read(self) -> int:
        """How many rows were read: counted and excluded."""
        return len(self.frame) + len(self.excluded)

    def records(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield each row's number and its values by column code, as the row model takes them; blank is None."""
        columns = [_plain(self.frame[column.code], column.kind) for column in self.form.columns]
        codes = [column.code for column in self.form.columns]
        for number, values in zip(self.frame.index.tolist(), zip(*columns, strict=True), strict=True):
            yield number, dict(zip(codes, values, strict=True))

    def place(self, file: str, row: int, column: str | None = None) -> Place:
        """Return the place of a row, or of a cell of it."""
        letter = self.letters.get(column) if column else None
        return Place(
            file,
            self.name,
            row,
            self.form.column.get(column) if column else None,
            f"{letter}{row}" if letter else None,
        )


@dataclass(frozen=True)
class Book:
    """A validated workbook: a table of each form (empty where its sheet was missing) and all findings."""

    file: str
    identity: Identity
    tables: Mapping[str, Table]
    findings: tuple[Finding, ...] = field(default=())


def _plain(column: pd.Series, kind: Kind) -> list[Any]:
    """Return a column as plain Python values, None where it is blank."""
    if kind == "date":
        return [None if value is pd.NaT else value.date() for value in column]
    if kind == "datetime":
        return [None if value is pd.NaT else value.to_pydatetime() for value in column]
    if kind == "whole":
        return [None if value != value else int(value) for value in column]
    return [None if missing else value for value, missing in zip(column, column.isna(), strict=True)]
