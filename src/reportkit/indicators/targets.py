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
class Duty:
    """When one advisor works and what is asked of them: roster, leave, calendar and targets together.

    `leave` maps a day to the share of it taken off, 0 to 1.
    """

    settings: Settings
    advisor_id: str
    leave: dict[dt.date, float]

    def worked(self, span: Span) -> tuple[Days, Fractions]:
        """Return the days of a span and the share of each that is worked; the same few spans are asked for again."""
        if span not in self._spans:
            days = span.days
            self._spans[span] = days, self.working(days)
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
        return float(self.worked(span)[1].sum())

    def goal(self, indicator: Indicator, span: Span) -> Goal:
        """Return what an indicator asks for over whole days of a span."""
        days, worked = self.worked(span)
        at_work = np.flatnonzero(worked)
        if not len(at_work):
            return Goal(None, None, 1.0)
        row = self.row(indicator.code, span.start + dt.timedelta(days=int(at_work[-1])))
        weight = 1.0 if row is None or row.weight is None else row.weight
        if not indicator.scaled:
            return Goal(row.target if row else None, row.stretch if row else None, weight)
        target, stretch = (self._scaled(indicator, days, worked, kind) for kind in ("target", "stretch"))
        return Goal(target, stretch, weight)

    def day_targets(self, indicator: Indicator, span: Span) -> Targets:
        """Return the target of each day of a span for a day indicator: scaled by the share worked, NaN for none."""
        days, worked = self.worked(span)
        targets = self._in_force(indicator.code, days, "target")
        asked: Targets = np.where(worked > 0, targets * worked if indicator.scaled else targets, np.nan)
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

    def _in_force(self, indicator: str, days: Days, kind: str) -> Targets:
        """Return the target or stretch in force on each day, NaN for none."""
        changes, rows = self._line(indicator)
        known = np.array([_asked(row, kind) for row in rows])
        if len(changes) == 1:
            return np.full(len(days), known[0])
        return known[np.searchsorted(np.array(changes, dtype="datetime64[D]"), days, side="right") - 1]

    def _line(self, indicator: str) -> tuple[list[dt.date], list[TargetRow | None]]:
        """Return the days on which another row may come into force, and the row in force from each."""
        if indicator not in self._lines:
            changes = self._changes(indicator)
            self._lines[indicator] = changes, [self._row_from(indicator, change) for change in changes]
        return self._lines[indicator]

    @cached_property
    def _spans(self) -> dict[Span, tuple[Days, Fractions]]:
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

    def _scaled(self, indicator: Indicator, days: Days, worked: Fractions, kind: str) -> float | None:
        """Return the sum over working days of the day's part of the target, None where none is in force."""
        if all(row is None or getattr(row, kind) is None for row in self._line(indicator.code)[1]):
            return None
        targets = self._in_force(indicator.code, days, kind)
        asked = (worked > 0) & ~np.isnan(targets)
        if not asked.any():
            return None
        if indicator.period == "day":
            return float((worked * targets)[asked].sum())
        periods = bucket(indicator.period, days)
        total = 0.0
        for period in sorted(set(periods[asked].tolist())):
            inside = asked & (periods == period)
            if indicator.period == "week":
                whole = float((worked * targets)[inside].sum()) / DAYS_OF_A_WEEK
                total += min(whole, float(targets[inside].max()))
            else:
                first: dt.date = days[inside][0].astype(object)
                trading = self.settings.calendar.trading_days(period_span(indicator.period, first))
                total += float((worked * targets)[inside].sum()) / trading
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
