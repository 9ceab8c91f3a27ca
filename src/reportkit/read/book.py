"""What reading and validating a workbook give: sheets with places, then typed rows with places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from reportkit.definitions.columns import Form
from reportkit.definitions.findings import Finding, Place
from reportkit.definitions.identity import BETWEEN
from reportkit.definitions.text import DEFAULT_LANGUAGE, Language, language_of
from reportkit.read.numbered import Numbered

ROWS: Final = 1 << 20  # of a sheet in Excel


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose log a workbook is: its custom document properties.

    `archives` names the archives whose rows belong to the log, the oldest first: rows of before the day `since`. An
    archive has a `seal`: what stands for its rows.
    """

    advisor_id: str = ""
    advisor_name: str = ""
    branch: str = ""
    template_version: str = ""
    language: Language = DEFAULT_LANGUAGE
    archives: tuple[str, ...] = ()
    seal: str = ""
    since: str = ""

    @classmethod
    def written(cls, properties: Mapping[str, str]) -> Identity:
        """Return what a workbook's properties say, by the names of the fields."""
        known: dict[str, Any] = dict(properties)
        known["language"] = language_of(known["language"])
        known["archives"] = tuple(filter(None, known["archives"].split(BETWEEN)))
        return cls(**known)


@dataclass(frozen=True)
class Archived:
    """A form's sheet in an archive of a log: the archive, the sheet's name and the letters of its columns there."""

    file: str
    name: str
    letters: Mapping[str, str]


@dataclass(frozen=True)
class RawSheet:
    """A form's sheet as it was found: column code → cells, one a row; blank rows are left out.

    `rows` are Excel's own row numbers, `letters` the Excel column letter of each column that was found.
    Every column of the form is there; one that was not found is all None and has no letter.
    Rows of the log's archives, the newest of which is the first, have numbers of their own: see `archived`.
    """

    form: Form
    name: str
    columns: Mapping[str, list[object]]
    rows: list[int]
    letters: Mapping[str, str]
    archives: tuple[Archived, ...] = ()

    def place(self, file: str, row: int, column: str | None = None) -> Place:
        """Return the place of a row of the log `file` or of its archives, or of a cell of it."""
        return _place(self, file, row, column)


@dataclass(frozen=True)
class RawBook:
    """A workbook as it was found: its identity, the sheets that are forms, what was wrong so far.

    `archives` are the files, as seen from the branch's folder, whose rows stand among those of the log.
    """

    file: str
    identity: Identity
    sheets: Mapping[str, RawSheet]
    findings: tuple[Finding, ...] = ()
    archives: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """The rows of a form that count: a column each of its columns has, and the number of each row, as in `RawSheet`.

    `excluded` are the rows left out because of an error.
    """

    form: Form
    name: str
    columns: Mapping[str, Numbered]
    rows: npt.NDArray[np.int64]
    letters: Mapping[str, str]
    excluded: tuple[int, ...] = ()
    archives: tuple[Archived, ...] = ()

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The rows as a frame, for whoever asks more than columns answer.

        It has one column a column of the form, index = number of the row, dtypes: text, ids and choices `str`,
        dates and times of day with date `datetime64[s]`, times `object` (datetime.time), numbers `float64`;
        blank is NaN/NaT/None.
        """
        arrays = {code: column.frame_array() for code, column in self.columns.items()}
        return pd.DataFrame(arrays, index=pd.Index(self.rows), copy=False)

    @property
    def read(self) -> int:
        """How many rows were read: counted and excluded."""
        return len(self.rows) + len(self.excluded)

    def records(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield each row's number and its values by column code, as the row model takes them; blank is None."""
        columns = [column.plain() for column in self.columns.values()]
        for number, values in zip(self.rows.tolist(), zip(*columns, strict=True), strict=True):
            yield number, dict(zip(self.columns, values, strict=True))

    def entry(self, row: int, column: str) -> Any:
        """Return what a row, by its number, holds in a column; None for a blank."""
        return self.columns[column].at(int(np.flatnonzero(self.rows == row)[0]))

    def without(self, rows: npt.NDArray[np.bool_]) -> Table:
        """Return the table with some of its rows left out."""
        columns = {code: column.taken(~rows) for code, column in self.columns.items()}
        excluded = tuple(sorted((*self.excluded, *self.rows[rows].tolist())))
        return replace(self, columns=columns, rows=self.rows[~rows], excluded=excluded)

    def place(self, file: str, row: int, column: str | None = None) -> Place:
        """Return the place of a row of the log `file` or of its archives, or of a cell of it."""
        return _place(self, file, row, column)


@dataclass(frozen=True)
class Book:
    """A validated workbook: a table of each form (empty where its sheet was missing) and all findings."""

    file: str
    identity: Identity
    tables: Mapping[str, Table]
    findings: tuple[Finding, ...] = field(default=())


def archived(row: int, back: int) -> int:
    """Return the number of a row of an archive, 1 back being the newest; the log's own rows are 0 back.

    One number names one row of one file: Excel's own number in the log, below 1 in archives, older rows lower.
    """
    return row - back * ROWS


def unarchived(number: int) -> tuple[int, int]:
    """Return Excel's own number of a row, and how many archives back it stands."""
    back = max(0, -((number - 1) // ROWS))
    return number + back * ROWS, back


def _place(sheet: RawSheet | Table, file: str, number: int, column: str | None) -> Place:
    row, back = unarchived(number)
    there = sheet.archives[back - 1] if back else Archived(file, sheet.name, sheet.letters)
    letter = there.letters.get(column) if column else None
    described = sheet.form.column.get(column) if column else None
    return Place(there.file, there.name, row, described, f"{letter}{row}" if letter else None)
