"""The target in force on a day, and the target of a window (DOMAIN §3 Arithmetic)."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from reportkit.definitions.settings_forms import RosterRow, TargetRow
from reportkit.read.book import Table
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import Days, Fractions, Span, Worked, at_days, bucket, days_within, period_span
from reportkit.settings.indicator_rows import Indicator

DAYS_OF_A_WEEK: Final = 5
_PRECEDENCE: Final = {"all": 0, "level": 1, "advisor": 2}
_LEAVE: Final = {"half": 0.5, "full": 1.0}
Targets = npt.NDArray[np.float64]  # NaN where no target is in force


@dataclass(frozen=True)
class Goal:
    """What a window asks for: the target, the stretch target and the weight; None where not assessed."""

    target: float | None
    stretch: float | None
    weight: float


@dataclass(frozen=True)
class Line:
    """The target rows of one indicator in order of time: `changes` are the days from which another may be in force."""

    changes: list[dt.date]
    rows: list[TargetRow | None]

    def at(self, day: dt.date) -> int:
        """Return the position of the row in force on a day."""
        return bisect_right(self.changes, day) - 1

    def changes_within(self, span: Span) -> bool:
        """Return whether another row may come into force inside a span."""
        return self.at(span.start) != self.at(span.end)

    def asking(self, worked: Worked) -> TargetRow | None:
        """Return the row in force on the last working day of a span on which one asks for anything."""
        rows = (self.rows[self.at(day)] for day, share in reversed(worked.by_day) if share > 0)
        return next((row for row in rows if row is not None and row.target is not None), None)

    def targets(self, days: Days) -> Targets:
        """Return the target in force on each day."""
        return self._on(days, self._asked[0])

    def stretches(self, days: Days) -> Targets:
        """Return the stretch target in force on each day."""
        return self._on(days, self._asked[1])

    def _on(self, days: Days, asked: Targets) -> Targets:
        if len(asked) == 1:
            return np.full(len(days), asked[0])
        return asked[np.searchsorted(np.array(self.changes, dtype="datetime64[D]"), days, side="right") - 1]

    @cached_property
    def _asked(self) -> tuple[Targets, Targets]:
        """What each row asks for and, as a stretch, would like."""
        asked = [(None, None) if row is None else (row.target, row.stretch) for row in self.rows]
        targets, stretches = np.array(asked, dtype="f8").T
        return targets, stretches


@dataclass(frozen=True)
class Duty:
    """When one advisor works and what is asked of them: roster, leave, calendar and targets together.

    `leave` maps a day to the share of it taken off, 0 to 1.
    """

    settings: Settings
    advisor_id: str
    leave: dict[dt.date, float]

    def worked(self, span: Span) -> Worked:
        """Return how much of a span is worked; the same few spans are asked for again."""
        if span not in self._spans:
            self._spans[span] = self.settings.calendar.worked(span, self.working(span.days))
        return self._spans[span]

    def working(self, days: Days) -> Fractions:
        """Return for each day the share of it worked: 0, 0.5 or 1."""
        return at_days(self._by_day, days)

    @cached_property
    def _by_day(self) -> Fractions:
        """Return the share worked of each day from `FIRST_DAY` on."""
        trading = self.settings.calendar.by_day
        worked = trading.astype("f8") if not self._posts else np.zeros(len(trading))
        for post in self._posts:  # a stranger to the roster has none, and is always in
            if self.settings.logs_at(post.level):
                inside = days_within(post.from_, post.to)
                worked[inside] = trading[inside]
        for day, off in self.leave.items():
            worked[days_within(day, day)] *= 1 - off
        return worked

    def working_days(self, span: Span) -> float:
        """Return the working days of a span; half days of leave count half."""
        return self.worked(span).total

    def goal(self, indicator: Indicator, worked: Worked) -> Goal:
        """Return what an indicator asks for over whole days of a span."""
        if worked.last is None:
            return Goal(None, None, 1.0)
        line, period = self._line(indicator.code), indicator.period
        row = line.rows[line.at(worked.last)]
        target, stretch = (None, None) if row is None else (row.target, row.stretch)
        if not indicator.scaled:
            return Goal(target, stretch, _weight(row))
        if line.changes_within(worked.span):
            target = self._summed(period, worked, line.targets(worked.days))
            return Goal(target, self._summed(period, worked, line.stretches(worked.days)), _weight(line.asking(worked)))
        return Goal(self._of_one(period, worked, target), self._of_one(period, worked, stretch), _weight(row))

    def day_targets(self, indicator: Indicator, worked: Worked) -> list[float | None]:
        """Return the target of each day of a span for a day indicator: scaled by the share worked, None for none."""
        line = self._line(indicator.code)
        asked: list[float | None] = []
        for day, share in worked.by_day:
            row = line.rows[line.at(day)] if share > 0 else None
            target = row.target if row is not None else None
            asked.append(target * share if target is not None and indicator.scaled else target)
        return asked

    def row(self, indicator: str, day: dt.date) -> TargetRow | None:
        """Return the target row in force: advisor beats level beats all; of several, the latest `from`."""
        line = self._line(indicator)
        return line.rows[line.at(day)]

    def _row_from(self, indicator: str, day: dt.date) -> TargetRow | None:
        """Return the target row that comes into force on a day, or is in force still."""
        post = self.settings.post(self.advisor_id, day)
        level = post.level if post else None
        best: TargetRow | None = None
        for row in self._rows(indicator):
            if row.from_ > day or (row.to is not None and row.to < day):
                continue
            if row.scope == "level" and row.who != level:
                continue
            if best is None or (_PRECEDENCE[row.scope], row.from_) >= (_PRECEDENCE[best.scope], best.from_):
                best = row
        return best

    def _rows(self, indicator: str) -> tuple[TargetRow, ...]:
        rows = self.settings.targets_of.get(indicator, ())
        return tuple(row for row in rows if row.scope != "advisor" or row.who == self.advisor_id)

    def _line(self, indicator: str) -> Line:
        """Return the target rows of an indicator in order of time."""
        if indicator not in self._lines:
            changes = self._changes(indicator)
            self._lines[indicator] = Line(changes, [self._row_from(indicator, change) for change in changes])
        return self._lines[indicator]

    @cached_property
    def _spans(self) -> dict[Span, Worked]:
        return {}

    @cached_property
    def _lines(self) -> dict[str, Line]:
        return {}

    def _changes(self, indicator: str) -> list[dt.date]:
        """Return the days on which another row may come into force, earliest first."""
        begins = {dt.date.min}
        for row in self._rows(indicator):
            begins.add(row.from_)
            if row.to is not None:
                begins.add(row.to + dt.timedelta(days=1))
        return sorted(begins | {post.from_ for post in self._posts if post.from_ is not None})

    def _of_one(self, period: str, worked: Worked, target: float | None) -> float | None:
        """Return what one target in force all along comes to, None for none."""
        if target is None:
            return None
        if (period, target) not in worked.asked:
            worked.asked[period, target] = self._summed(period, worked, np.full(len(worked.days), target))
        return worked.asked[period, target]

    def _summed(self, period: str, worked: Worked, targets: Targets) -> float | None:
        """Return the sum over working days of each day's part of its target, None where none is in force."""
        days, shares = worked.days, worked.shares
        asked = (shares > 0) & ~np.isnan(targets)
        if not asked.any():
            return None
        if period == "day":
            return float((shares * targets)[asked].sum())
        periods = bucket(period, days)
        total = 0.0
        for one in sorted(set(periods[asked].tolist())):
            inside = asked & (periods == one)
            if period == "week":
                whole = float((shares * targets)[inside].sum()) / DAYS_OF_A_WEEK
                total += min(whole, float(targets[inside].max()))
            else:
                first: dt.date = days[inside][0].astype(object)
                trading = self.settings.calendar.trading_days(period_span(period, first))
                total += float((shares * targets)[inside].sum()) / trading
        return total

    @cached_property
    def _posts(self) -> tuple[RosterRow, ...]:
        return self.settings.roster_of(self.advisor_id)


def _weight(row: TargetRow | None) -> float:
    """Return what a target weighs: 1 unless set, and where a row asks for nothing."""
    return 1.0 if row is None or row.target is None or row.weight is None else row.weight


def duty_of(settings: Settings, advisor_id: str, worktime: Table | None = None) -> Duty:
    """Return when an advisor works; leave comes from the worktime form of the log."""
    return Duty(settings, advisor_id, leave_of(worktime) if worktime is not None else {})


def leave_of(worktime: Table) -> dict[dt.date, float]:
    """Return day → the share of it taken off; two half days make a whole one."""
    taken: dict[dt.date, float] = {}
    days, leave = (worktime.columns[code].plain() for code in ("date", "leave"))
    for day, off in zip(days, leave, strict=True):
        if off in _LEAVE:
            taken[day] = min(1.0, taken.get(day, 0.0) + _LEAVE[off])
    return taken
