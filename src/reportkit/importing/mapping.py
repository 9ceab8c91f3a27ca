"""The cells of another system's file → a form's values, by a map; every row keeps its place in the file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Final

from reportkit.definitions.columns import Column, Form, Kind, fold
from reportkit.definitions.errors import MendInput
from reportkit.definitions.findings import Place, did_you_mean
from reportkit.definitions.text import LANGUAGES, Text
from reportkit.importing.maps import Condition, Map, Source
from reportkit.importing.source import Cells
from reportkit.read.contents import Rows
from reportkit.read.survey import column_letters
from reportkit.read.values import normalise, shown

HEADER_WITHIN: Final = 30  # the first rows, among which the headings are looked for
NO_LABELS: Final = Text(
    "{file} 里没有这些列：{labels}。请核对对照表，或用 header_row 指明标题在第几行",
    "{file} 裡沒有這些欄：{labels}。請核對對照表，或用 header_row 指明標題在第幾列",
    "{file} has no columns {labels}. Check the map, or name the row of the headings with header_row",
)
UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # no workbook holds these
CLOCK: Final = re.compile(r"(\d+):(\d\d)(?::(\d\d))?")
NUMBER, DATE, TIME = (Column(Text("", "", ""), kind=kind) for kind in ("number", "datetime", "time"))
MOMENTS: Final[frozenset[Kind]] = frozenset({"date", "datetime", "time"})


@dataclass(frozen=True)
class Mapped:
    """A form's values from a file: code → values, one a row kept; `rows` are the file's row numbers.

    `to` is the advisor each row goes to where the map splits the file (None: nobody is named for its value in
    `who`); `read` counts the rows with anything in them, `skipped` those the map leaves out.
    """

    form: Form
    file: str
    sheet: str
    columns: dict[str, list[object]]
    rows: list[int]
    letters: dict[str, str]
    read: int
    skipped: int
    to: list[str | None]
    who: list[str]

    def place(self, row: int, column: str | None = None) -> Place:
        """Return the place in the file of a kept row, or of what one of its cells was made of."""
        letter = self.letters.get(column) if column else None
        described = self.form.column[column] if column else None
        number = self.rows[row]
        return Place(self.file, self.sheet or None, number, described, f"{letter}{number}" if letter else None)


@dataclass(frozen=True)
class Labelled:
    """Rows under headings; `rows` are the file's row numbers of `body`."""

    file: str
    sheet: str
    labels: Sequence[str]
    body: Rows
    rows: list[int]

    @cached_property
    def at(self) -> dict[str, int]:
        """Folded heading → its column: whole, and the lowest line of several rows where it is the only one."""
        last = [fold(label.rpartition(" / ")[2]) for label in self.labels]
        known = {label: at for at, label in enumerate(last) if last.count(label) == 1}
        for at in range(len(self.labels) - 1, -1, -1):  # of two alike the first
            known[fold(self.labels[at])] = at
        return {label: at for label, at in known.items() if label}

    def cells(self, label: str) -> list[object]:
        """Return the cells under a heading, None for blank."""
        at = self.at[fold(label)]
        return [_clean(row[at]) if at < len(row) else None for row in self.body]

    def letter(self, label: str) -> str:
        """Return the letter of a heading's column."""
        return column_letters(self.at[fold(label)] + 1)


def map_rows(cells: Cells, form: Form, wanted: Map) -> Mapped:
    """Return what a file's rows mean by a map. Raise MendInput where columns the map names are not there."""
    sheet = labelled(cells, wanted)
    missing = [label for label in wanted.labels if fold(label) not in sheet.at]
    if missing:
        named = [Text(*(_missing(label, sheet.labels, at) for at in range(3))) for label in missing]
        every = Text(*("; ".join(one.to(language) for one in named) for language in LANGUAGES))
        raise MendInput(NO_LABELS, file=cells.file, labels=every)
    read = len(sheet.body)
    keep = _meeting(sheet, wanted.keep)
    skip = _meeting(sheet, wanted.skip) if wanted.skip else [False] * read
    chosen = [at for at in range(read) if keep[at] and not skip[at] and sheet.rows[at] not in wanted.skip_rows]
    sheet = Labelled(
        sheet.file, sheet.sheet, sheet.labels, [sheet.body[at] for at in chosen], [sheet.rows[at] for at in chosen]
    )
    columns: dict[str, list[object]] = {}
    for code, source in wanted.columns.items():
        columns[code] = _column(sheet, form.column[code], source, columns)
    letters = {code: sheet.letter(one.labels[0]) for code, one in wanted.columns.items() if one.labels}
    who = [_text(cell) for cell in sheet.cells(wanted.split.column)] if wanted.split else [""] * len(chosen)
    advisors = {fold(name): advisor for name, advisor in wanted.split.logs.items()} if wanted.split else {}
    to = [advisors.get(fold(one)) for one in who]
    return Mapped(form, cells.file, cells.sheet, columns, sheet.rows, letters, read, read - len(chosen), to, who)


def _missing(label: str, labels: Sequence[str], language: int) -> str:
    """Return a missing heading with the one that comes close, in a language."""
    by_fold = {fold(one): one for one in labels if one}
    near = get_close_matches(fold(label), by_fold, n=1)
    offer = did_you_mean(by_fold[near[0]]) if near else ""
    return f"“{label}” {offer.all()[language] if isinstance(offer, Text) else offer}".strip()


def labelled(cells: Cells, wanted: Map) -> Labelled:
    """Return a file's rows under its headings, blank rows left out."""
    header = _header(cells.rows, wanted)
    first = header + wanted.header_rows + wanted.skip_after_header
    labels = _labels(cells.rows[header : header + wanted.header_rows])
    filled = [at for at in range(first, len(cells.rows)) if any(_clean(cell) is not None for cell in cells.rows[at])]
    return Labelled(cells.file, cells.sheet, labels, [cells.rows[at] for at in filled], [at + 1 for at in filled])


def _header(rows: Rows, wanted: Map) -> int:
    """Return the index of the first row of headings: as told, else where most of the map's are."""
    if wanted.header_row is not None:
        return wanted.header_row - 1
    asked = {fold(label) for label in wanted.labels} | {fold(one.rpartition(" / ")[2]) for one in wanted.labels}
    best, most = 0, 0
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        found = len({fold(cell) for cell in row if isinstance(cell, str)} & asked)
        if found > most:
            best, most = at, found
    return max(0, best - (wanted.header_rows - 1))


def _labels(rows: Rows) -> list[str]:
    """Return each column's heading; of several rows joined by ` / `, an upper one reaching over blanks to its right."""
    width = max((len(row) for row in rows), default=0)
    lines = [[_text(_clean(row[at])) if at < len(row) else "" for at in range(width)] for row in rows]
    for line in lines[:-1]:
        for at in range(1, width):
            line[at] = line[at] or line[at - 1]
    return [" / ".join(dict.fromkeys(line[at] for line in lines if line[at])) for at in range(width)]


def _clean(cell: object) -> object:
    """Return a cell as it can be kept; blank is None."""
    if isinstance(cell, str):
        cell = UNPRINTABLE.sub("", cell)
        return cell if cell.strip() else None
    return cell


def _text(cell: object) -> str:
    return "" if cell is None else shown(cell).strip()


def _meeting(sheet: Labelled, conditions: Sequence[Condition]) -> list[bool]:
    """Return which rows meet every condition."""
    meets = [True] * len(sheet.body)
    for one in conditions:
        meets = [so_far and one.holds(_text(cell)) for so_far, cell in zip(meets, sheet.cells(one.column), strict=True)]
    return meets


def _column(sheet: Labelled, column: Column, source: Source, done: dict[str, list[object]]) -> list[object]:
    """Return one column's values, step by step: see `Source`."""
    cells = _origin(sheet, column, source, done)
    if source.default is not None:
        cells = [source.default if cell is None else cell for cell in cells]
    if source.values or source.rules or source.otherwise is not None:
        chosen = {fold(written): value for written, value in source.values.items()}
        cells = [_chosen(cell, chosen, source) for cell in cells]
    if source.multiply is not None:
        numbers = normalise(NUMBER, cells)
        cells = [cell * source.multiply if isinstance(cell, float) else cell for cell in numbers]
    if source.when:
        cells = [cell if met else None for cell, met in zip(cells, _meeting(sheet, source.when), strict=True)]
    return [_kept(cell) for cell in normalise(column, cells)]


def _kept(value: object) -> object:
    """Return a value as a log can hold it."""
    return str(value) if isinstance(value, dt.timedelta) else value


def _origin(sheet: Labelled, column: Column, source: Source, done: dict[str, list[object]]) -> list[object]:
    """Return what a column starts with: a constant, cells of the file, or a moment plus a time that passed."""
    if source.constant is not None:
        return [source.constant] * len(sheet.body)
    if source.start is not None and source.plus is not None:
        passed = [_duration(cell, source.unit) for cell in sheet.cells(source.plus)]
        begun = normalise(DATE, list(done[source.start]))
        return [
            start + more if isinstance(start, dt.datetime) and isinstance(more, dt.timedelta) else more
            for start, more in zip(begun, passed, strict=True)
        ]
    parts = [sheet.cells(label) for label in source.from_ or ()]
    if column.kind in MOMENTS:
        parts = [[_moment(cell, source.dates) for cell in part] for part in parts]
    if len(parts) == 1:
        return parts[0]
    if column.kind == "datetime":
        return [_together(date, time) for date, time in zip(parts[0], parts[1], strict=True)]
    joined = (source.join.join(_text(cell) for cell in row if cell is not None) for row in zip(*parts, strict=True))
    return [text or None for text in joined]


def _chosen(cell: object, values: dict[str, str], source: Source) -> object:
    """Return what a value or a rule of the map makes of a cell; what none knows stays as it is."""
    text = _text(cell)
    if fold(text) in values:
        return values[fold(text)]
    for rule in source.rules:
        if (cell is not None or rule.blank) and rule.holds(text):
            return rule.to
    return source.otherwise if source.otherwise is not None and cell is not None else cell


def _moment(cell: object, formats: Sequence[str]) -> object:
    """Return the date or time a text gives in one of the formats, else the cell as it is."""
    if not isinstance(cell, str):
        return cell
    for one in formats:
        try:
            moment = dt.datetime.strptime(cell.strip(), one)  # a log has no time zones
        except ValueError:
            continue
        return moment.time() if not any(mark in one for mark in ("%d", "%x", "%c", "%j")) else moment
    return cell


def _together(date: object, time: object) -> object:
    """Return the moment of a date and a time; a date alone is its midnight, what is no date stays to be reported."""
    day, clock = normalise(DATE, [date])[0], normalise(TIME, [time])[0]
    if not isinstance(day, dt.datetime):
        return date
    if clock is None:
        return day
    return dt.datetime.combine(day.date(), clock) if isinstance(clock, dt.time) else f"{_text(date)} {_text(time)}"


def _duration(cell: object, unit: str) -> object:
    """Return how long a cell says something took: a number of units, or a time like 0:02:23; else the cell."""
    if isinstance(cell, dt.time):
        return dt.timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second)
    if isinstance(cell, str) and (clock := CLOCK.fullmatch(cell.strip())):
        return dt.timedelta(hours=int(clock[1]), minutes=int(clock[2]), seconds=int(clock[3] or 0))
    number = normalise(NUMBER, [cell])[0]
    try:
        return dt.timedelta(**{unit: number}) if isinstance(number, float) else cell
    except OverflowError:
        return cell
