"""One column of a form from a file's cells: its origin, then the steps of the map, in order (docs/import.en.md)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reportkit.definitions.columns import Column, Kind, fold
from reportkit.importing.headings import Labelled, text_of
from reportkit.importing.maps import PLACE, UNKNOWN, Choice, Condition, Map, Source, Split
from reportkit.importing.moments import DATE, TIME, Clocks, moment
from reportkit.importing.written import Unit, amount, duration, ids, in_units
from reportkit.read.values import LAST_SERIAL, normalise, value_of
from reportkit.read.workbook import DAYS_TO_1904

MOMENTS: Final[frozenset[Kind]] = frozenset({"date", "datetime", "time"})
NUMBERS: Final[frozenset[Kind]] = frozenset({"number", "whole"})
IDS: Final[frozenset[Kind]] = frozenset({"id", "phone"})


@dataclass(frozen=True)
class Steps:
    """The steps of a map over one sheet; `done` holds the columns of the form computed so far."""

    sheet: Labelled
    wanted: Map
    done: Mapping[str, list[object]]

    def column(self, column: Column, source: Source) -> list[object]:
        """Return a column's values."""
        if source.start is not None and source.at is not None:
            cells = self._at_clock(source, source.start, source.at)
        elif source.start is not None:
            cells = self._summed(source, source.start)
        elif source.since is not None:
            cells = self._passed(source)
        else:
            cells = self._read(column, source)
        if source.multiply is not None:
            factor = source.multiply
            cells = [cell * factor if isinstance(cell, float) else cell for cell in map(amount, cells)]
        if source.when:
            cells = [cell if met else None for cell, met in zip(cells, meeting(self.sheet, source.when), strict=True)]
        return [str(cell) if isinstance(cell, dt.timedelta) else cell for cell in normalise(column, cells)]

    def cells(self, label: str, source: Source) -> list[object]:
        """Return a column of the file, without what is to be removed and what stands for a blank."""
        blank = {fold(one) for one in self.wanted.blank}
        return [None if fold(text_of(cell)) in blank else trimmed(cell, source) for cell in self.sheet.cells(label)]

    def _read(self, column: Column, source: Source) -> list[object]:
        """Return what a column says, read as what the form's column takes."""
        cells = self._origin(column, source)
        blank = [cell is None for cell in cells]
        if source.values or source.rules or source.otherwise is not None:
            values = {fold(text): value for text, value in source.values.items() if value != UNKNOWN}
            told = self._told(source.rules)
            cells = [chosen(cell, values, source, [one[row] for one in told]) for row, cell in enumerate(cells)]
        if source.default is not None:
            instead = self._default(source)
            cells = [instead if was and cell is None else cell for was, cell in zip(blank, cells, strict=True)]
        if column.kind in MOMENTS:
            return [self._moment(cell, source) for cell in cells]
        if column.kind in NUMBERS:
            if source.into is not None:
                return [
                    in_units(
                        duration(cell, source.unit or source.into, self._decimal(source), source.clock), source.into
                    )
                    for cell in cells
                ]
            return [amount(cell, self._decimal(source)) for cell in cells]
        return ids(cells) if column.kind in IDS else cells

    @staticmethod
    def _default(source: Source) -> object:
        """Return what a blank means; no rule and no `otherwise` makes something else of it."""
        by_value = {fold(text): value for text, value in source.values.items()}
        return by_value.get(fold(text_of(source.default)), source.default)

    def _told(self, rules: Sequence[Choice]) -> list[list[str | None]]:
        """Return each rule's texts of the column it names, a row each; None where it looks at the cell itself."""
        return [
            [text_of(cell) for cell in self.sheet.cells(rule.column)] if rule.column else [None] * len(self.sheet.body)
            for rule in rules
        ]

    def _origin(self, column: Column, source: Source) -> list[object]:
        """Return what a column starts with: a constant, a text with cells in it, or one or several columns."""
        rows = len(self.sheet.body)
        if source.constant is not None:
            return [source.constant] * rows
        if source.text is not None:
            labels = PLACE.findall(source.text)
            within = [self.cells(label, source) for label in labels]
            return [_filled(source.text, labels, row) for row in zip(*within, strict=True)] if labels else (
                [source.text] * rows
            )  # fmt: skip
        cells = self._joined(column, source)
        for label in source.or_:
            cells = [
                other if cell is None else cell for cell, other in zip(cells, self.cells(label, source), strict=True)
            ]
        return cells

    def _joined(self, column: Column, source: Source) -> list[object]:
        """Return the cells of one column, or of several joined; of a day and a clock their moment."""
        parts = [self.cells(label, source) for label in source.from_ or ()]
        if len(parts) == 1:
            return parts[0]
        if column.kind == "datetime" and len(parts) == 2 and source.join is None:
            return [
                together(self._moment(day, source), self._moment(time, source))
                for day, time in zip(*parts, strict=True)
            ]
        between = " " if source.join is None else source.join
        joined = (between.join(text_of(cell) for cell in row if cell is not None) for row in zip(*parts, strict=True))
        return [text or None for text in joined]

    def _decimal(self, source: Source) -> str:
        return source.decimal or self.wanted.decimal

    def _moment(self, cell: object, source: Source) -> object:
        if self.sheet.in_1904 and isinstance(cell, float) and 1 <= cell < LAST_SERIAL:
            cell += DAYS_TO_1904
        return moment(cell, source.dates or self.wanted.dates, Clocks(self.wanted.zone, self.wanted.local))

    def _summed(self, source: Source, start: str) -> list[object]:
        """Return a moment of the form plus and minus durations of the file; blank where one of them is."""
        unit: Unit = source.unit or "seconds"
        signed = [(1, label) for label in source.plus] + [(-1, label) for label in source.minus]
        passed = [
            (sign, [duration(cell, unit, self._decimal(source), source.clock) for cell in self.cells(label, source)])
            for sign, label in signed
        ]
        begun = normalise(DATE, list(self.done[start]))
        return [
            _moved(begun[row], [(sign, cells[row]) for sign, cells in passed]) for row in range(len(self.sheet.body))
        ]

    def _at_clock(self, source: Source, start: str, label: str) -> list[object]:
        """Return when a clock of the file shows next from a moment of the form on: past midnight it is the next day."""
        clocks = [self._moment(cell, source) for cell in self.cells(label, source)]
        return [
            _next(begun, clock, cell)
            for begun, clock, cell in zip(
                normalise(DATE, list(self.done[start])), normalise(TIME, clocks), clocks, strict=True
            )
        ]

    def _passed(self, source: Source) -> list[object]:
        """Return how long lies between two columns of the file; a clock that ends first ran past midnight."""
        unit: Unit = source.into or "minutes"
        ends = [self._moment(cell, source) for cell in self.cells((source.from_ or ("",))[0], source)]
        begins = [self._moment(cell, source) for cell in self.cells(source.since or "", source)]
        return [in_units(_between(begin, end), unit) for begin, end in zip(begins, ends, strict=True)]


def meeting(sheet: Labelled, conditions: Sequence[Condition]) -> list[bool]:
    """Return which rows meet every condition."""
    meets = [True] * len(sheet.body)
    for one in conditions:
        cells = sheet.cells(one.column)
        meets = [so_far and one.holds(text_of(cell)) for so_far, cell in zip(meets, cells, strict=True)]
    return meets


def trimmed(cell: object, source: Source | Split) -> object:
    """Return a cell without the texts to remove, and of it only what `extract` finds: its first group, else all."""
    if cell is None or not (source.remove or source.extract):
        return cell
    text = text_of(cell)
    for one in source.remove:
        text = re.sub(re.escape(one), "", text, flags=re.IGNORECASE)
    if source.extract is not None and (found := re.search(source.extract, text)):
        text = next((group for group in found.groups() if group is not None), found[0])
    return text.strip() or None


def chosen(cell: object, values: Mapping[str, str], source: Source, told: Sequence[str | None]) -> object:
    """Return what a value or a rule of the map makes of a cell; what none knows stays as it is.

    `told` holds the text each rule looks at where that is another column's.
    """
    text = text_of(cell)
    if fold(text) in values:
        return values[fold(text)]
    for rule, other in zip(source.rules, told, strict=True):
        looked = text if other is None else other
        if (looked or rule.blank) and rule.holds(looked):
            return rule.to
    return source.otherwise if source.otherwise is not None and cell is not None else cell


def together(date: object, time: object) -> object:
    """Return the moment of a date and a time; a date alone is its midnight, what is no date stays to be reported."""
    day, clock = value_of(DATE, date), value_of(TIME, time)
    if not isinstance(day, dt.datetime):
        return date
    if clock is None:
        return day
    return dt.datetime.combine(day.date(), clock) if isinstance(clock, dt.time) else f"{text_of(date)} {text_of(time)}"


def _filled(text: str, labels: Sequence[str], row: Sequence[object]) -> object:
    """Return a text with a row's cells in its places; blank where all of them are."""
    if all(cell is None for cell in row):
        return None
    for label, cell in zip(labels, row, strict=True):
        text = text.replace(f"{{{label}}}", text_of(cell))
    return text.strip()


def _moved(begun: object, passed: Sequence[tuple[int, object]]) -> object:
    """Return a moment moved by durations; blank where something is, else the first thing that cannot be counted."""
    if begun is None or any(cell is None for _, cell in passed):
        return None
    for sign, cell in passed:
        if not isinstance(cell, dt.timedelta):
            return cell
        if not isinstance(begun, dt.datetime):
            return begun
        begun += sign * cell
    return begun


def _next(begun: object, clock: object, cell: object) -> object:
    """Return the next moment a clock shows; blank where either is, else what is no moment or no time of day."""
    if begun is None or clock is None:
        return None
    if isinstance(cell, dt.datetime) and cell.date() >= dt.date(1990, 1, 1):
        return cell  # it says its day itself
    if not isinstance(begun, dt.datetime) or not isinstance(clock, dt.time):
        return clock if isinstance(begun, dt.datetime) else begun
    shown_at = dt.datetime.combine(begun.date(), clock)
    if not clock.second and shown_at == begun.replace(second=0):
        return begun  # the same minute, on a clock without seconds
    return shown_at if shown_at >= begun else shown_at + dt.timedelta(days=1)


def _between(begin: object, end: object) -> object:
    """Return the time between two moments or two times of day, None where one is blank; else what is no time."""
    if begin is None or end is None:
        return None
    clocks = all(isinstance(one, dt.time) or (isinstance(one, float) and one < 1) for one in (begin, end))
    first, last = normalise(TIME if clocks else DATE, [begin, end])
    if isinstance(first, dt.time) and isinstance(last, dt.time):
        first, last = (dt.datetime.combine(dt.date.min, one) for one in (first, last))
        return last - first + dt.timedelta(days=1 if last < first else 0)
    if isinstance(first, dt.datetime) and isinstance(last, dt.datetime):
        return last - first
    return end if isinstance(first, dt.datetime | dt.time) else begin
