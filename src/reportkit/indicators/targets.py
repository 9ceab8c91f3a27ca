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
from reportkit.settings.branch_settings import Indicator, Settings
from reportkit.settings.calendars import DAY, FIRST_DAY, LAST_DAY, Days, Fractions, Span, at_days, bucket, period_span

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
class Worked:
    """A span's days and the share of each that is worked: `total` of all, and the `last` with any, None for none."""

    days: Days
    shares: Fractions
    total: float
    last: dt.date | None


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
            days = span.days
            shares = self.working(days)
            at_work = np.flatnonzero(shares)
            last = span.start + dt.timedelta(days=int(at_work[-1])) if len(at_work) else None
            self._spans[span] = Worked(days, shares, float(shares.sum()), last)
        return self._spans[span]

    def working(self, days: Days) -> Fractions:
        """Return for each day the share of it worked: 0, 0.5 or 1."""
        return at_days(self._worked, days)

    @cached_property
    def _worked(self) -> Fractions:
        """Return the share worked of each day from `FIRST_DAY` on."""
        every = np.arange(FIRST_DAY, LAST_DAY + DAY)
        worked: Fractions = self.settings.calendar.trading(every) * self._on_roster(every).astype("f8")
        for day, off in self.leave.items():
            worked[every == np.datetime64(day, "D")] *= 1 - off
        return worked

    def working_days(self, span: Span) -> float:
        """Return the working days of a span; half days of leave count half."""
        return self.worked(span).total

    def goal(self, indicator: Indicator, span: Span) -> Goal:
        """Return what an indicator asks for over whole days of a span."""
        last = self.worked(span).last
        if last is None:
            return Goal(None, None, 1.0)
        row = self.row(indicator.code, last)
        weight = 1.0 if row is None or row.weight is None else row.weight
        if not indicator.scaled:
            return Goal(row.target if row else None, row.stretch if row else None, weight)
        target, stretch = (self._scaled(indicator, span, kind) for kind in ("target", "stretch"))
        return Goal(target, stretch, weight)

    def day_targets(self, indicator: Indicator, span: Span) -> Targets:
        """Return the target of each day of a span for a day indicator: scaled by the share worked, NaN for none."""
        shares = self.worked(span).shares
        targets = self._in_force(indicator.code, span, "target")
        asked: Targets = np.where(shares > 0, targets * shares if indicator.scaled else targets, np.nan)
        return asked

    def row(self, indicator: str, day: dt.date) -> TargetRow | None:
        """Return the target row in force: advisor beats level beats all; of several, the latest `from`."""
        changes, rows = self._line(indicator)
        return rows[bisect_right(changes, day) - 1]

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

    def _in_force(self, indicator: str, span: Span, kind: str) -> Targets:
        """Return the target or stretch in force on each day of a span, NaN for none."""
        changes, rows, days = *self._line(indicator), self.worked(span).days
        first, last = self._rows_around(indicator, span)
        if first == last:
            return np.full(len(days), _asked(rows[first], kind))
        known = np.array([_asked(row, kind) for row in rows])
        return known[np.searchsorted(np.array(changes, dtype="datetime64[D]"), days, side="right") - 1]

    def _rows_around(self, indicator: str, span: Span) -> tuple[int, int]:
        """Return the positions of the rows in force on the first and on the last day of a span: mostly one row."""
        changes = self._line(indicator)[0]
        return bisect_right(changes, span.start) - 1, bisect_right(changes, span.end) - 1

    def _line(self, indicator: str) -> tuple[list[dt.date], list[TargetRow | None]]:
        """Return the days on which another row may come into force, and the row in force from each."""
        if indicator not in self._lines:
            changes = self._changes(indicator)
            self._lines[indicator] = changes, [self._row_from(indicator, change) for change in changes]
        return self._lines[indicator]

    @cached_property
    def _spans(self) -> dict[Span, Worked]:
        return {}

    @cached_property
    def _sums(self) -> dict[tuple[str, Span, float], float | None]:
        return {}

    @cached_property
    def _lines(self) -> dict[str, tuple[list[dt.date], list[TargetRow | None]]]:
        return {}

    def _changes(self, indicator: str) -> list[dt.date]:
        """Return the days on which another row may come into force, earliest first."""
        begins = {dt.date.min}
        for row in self._rows(indicator):
            begins.add(row.from_)
            if row.to is not None and row.to < dt.date.max:
                begins.add(row.to + dt.timedelta(days=1))
        return sorted(begins | {post.from_ for post in self._posts if post.from_ is not None})

    def _scaled(self, indicator: Indicator, span: Span, kind: str) -> float | None:
        """Return the sum over working days of the day's part of the target, None where none is in force."""
        first, last = self._rows_around(indicator.code, span)
        if first == last:
            return self._of_one(indicator.period, span, _asked(self._line(indicator.code)[1][first], kind))
        return self._summed(indicator.period, self.worked(span), self._in_force(indicator.code, span, kind))

    def _of_one(self, period: str, span: Span, target: float) -> float | None:
        """Return what one target in force all along comes to; many indicators ask for as much of the same weeks."""
        if np.isnan(target):
            return None
        key = period, span, target
        if key not in self._sums:
            worked = self.worked(span)
            self._sums[key] = self._summed(period, worked, np.full(len(worked.days), target))
        return self._sums[key]

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

    def _on_roster(self, days: Days) -> npt.NDArray[np.bool_]:
        """Return which days lie inside the roster's from and to; a stranger to the roster is always in."""
        if not self._posts:
            return np.ones(len(days), dtype=bool)
        inside: npt.NDArray[np.bool_] = np.zeros(len(days), dtype=bool)
        for post in self._posts:
            first, last = np.datetime64(post.from_ or dt.date.min, "D"), np.datetime64(post.to or dt.date.max, "D")
            inside |= (days >= first) & (days <= last)
        return inside

    @cached_property
    def _posts(self) -> tuple[RosterRow, ...]:
        return self.settings.roster_of(self.advisor_id)


def _asked(row: TargetRow | None, kind: str) -> float:
    """Return the target or stretch of a row, NaN for none."""
    number: float | None = getattr(row, kind, None)
    return np.nan if number is None else number


def duty_of(settings: Settings, advisor_id: str, worktime: Table | None = None) -> Duty:
    """Return when an advisor works; leave comes from the worktime form of the log."""
    return Duty(settings, advisor_id, leave_of(worktime) if worktime is not None else {})


def leave_of(worktime: Table) -> dict[dt.date, float]:
    """Return day → the share of it taken off; two half days make a whole one."""
    taken: dict[dt.date, float] = {}
    for _, row in worktime.records():
        off = _LEAVE.get(row["leave"] or "", 0.0)
        if off:
            taken[row["date"]] = min(1.0, taken.get(row["date"], 0.0) + off)
    return taken
