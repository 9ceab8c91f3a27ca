"""Indicators: which row counts how much on which day. Every figure and every drill-down comes from here (DOMAIN §3)."""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from reportkit.definitions.choices import GONE
from reportkit.definitions.figures import DECIMALS
from reportkit.facts.rows import Facts, once
from reportkit.settings.calendars import Days, Span, bucket
from reportkit.settings.conditions import Condition
from reportkit.settings.indicator_rows import Indicator

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Counted:
    """The rows of one form that an indicator counts: where they stand in its frame, and what each adds to the figure.

    A row of a ratio or mean adds to both; a row of a plain sum has no denominator (0).
    """

    form: str
    at: npt.NDArray[np.int64]
    days: Days
    numerators: Numbers
    denominators: Numbers

    def among(self, chosen: npt.NDArray[np.bool_]) -> Counted:
        """Return the chosen ones of the rows."""
        return Counted(
            self.form, self.at[chosen], self.days[chosen], self.numerators[chosen], self.denominators[chosen]
        )


@dataclass(frozen=True)
class Series:
    """An indicator's days: sorted, each once, with the sums of what its rows add."""

    days: Days
    numerators: Numbers
    denominators: Numbers

    def sums(self, span: Span) -> tuple[float, float]:
        """Return numerator and denominator over a span of days."""
        inside = self._inside(span)
        return _total(self._sums[0][inside]), _total(self._sums[1][inside])

    def numerator(self, span: Span) -> float:
        """Return the numerator over a span of days."""
        return _total(self._sums[0][self._inside(span)])

    def stock(self, start: dt.date) -> float:
        """Return what the denominators add up to before a day."""
        return _total(self._sums[1][: bisect_left(self._dates, start)])

    def of_days(self, days: Sequence[dt.date]) -> list[tuple[float, float]]:
        """Return numerator and denominator of each of some days, in their order."""
        if not days:
            return []
        inside = self._inside(Span(days[0], days[-1]))
        sums = zip(*(numbers[inside] for numbers in self._sums), strict=True)
        of_day = dict(zip(self._dates[inside], sums, strict=True))
        return [of_day.get(day, (0.0, 0.0)) for day in days]

    def _inside(self, span: Span) -> slice:
        return slice(bisect_left(self._dates, span.start), bisect_right(self._dates, span.end))

    @cached_property
    def _dates(self) -> list[dt.date]:
        dates: list[dt.date] = self.days.astype(object).tolist()
        return dates

    @cached_property
    def _sums(self) -> tuple[list[float], list[float]]:
        return self.numerators.tolist(), self.denominators.tolist()


NOTHING: Final = Series(np.array([], dtype="datetime64[D]"), np.array([]), np.array([]))


def _total(numbers: list[float]) -> float:
    return round(math.fsum(numbers), DECIMALS)


@once
def counted(facts: Facts, indicator: Indicator) -> tuple[Counted, ...]:
    """Return the rows an indicator counts, of one advisor, on all days."""
    form = indicator.form.code
    numerators = _of_rows(facts, form, indicator)
    if indicator.per is None:
        return (numerators,)
    if indicator.counts_stock:
        return numerators, _stock(facts)
    return numerators, _divisor(facts, *indicator.per)


def series(facts: Facts, indicator: Indicator) -> Series:
    """Return an indicator's days for one advisor: the sums of the rows it counts."""
    return _by_day(counted(facts, indicator))


def series_within(facts: Facts, indicator: Indicator, span: Span) -> Series:
    """Return the days of a span that is no period of the indicator's: what is told apart counts once in all of it."""
    return _by_day([_of_rows(facts, indicator.form.code, indicator, span)])


def _by_day(parts: Sequence[Counted]) -> Series:
    """Return the days of rows, each once, with the sums of what they add."""
    _, days, over, under = _columns(parts)
    if not len(days):
        return NOTHING
    first = days.min()
    at = (days - first).astype(np.int64)
    every = np.flatnonzero(np.bincount(at))
    sums = (np.bincount(at, numbers)[every].astype(np.float64).round(DECIMALS) for numbers in (over, under))
    return Series(first + every.astype("timedelta64[D]"), *sums)


def _columns(parts: Sequence[Counted]) -> tuple[npt.NDArray[np.int64], Days, Numbers, Numbers]:
    """Return where rows stand, their days, numerators and denominators, of all parts one after another."""
    columns = zip(*((part.at, part.days, part.numerators, part.denominators) for part in parts), strict=True)
    at, days, over, under = map(np.concatenate, columns)
    return at, days, over, under


def all_series(facts: Facts, indicators: Iterable[Indicator]) -> dict[str, Series]:
    """Return indicator code → its days, for one advisor."""
    return {indicator.code: series(facts, indicator) for indicator in indicators}


def value_of(indicator: Indicator, days: Series, span: Span) -> tuple[float | None, float, float | None]:
    """Return value, numerator and denominator over a span; None where nothing lies under a ratio or a mean."""
    if indicator.adds_up:
        numerator = days.numerator(span)
        return numerator, numerator, None
    numerator, denominator = days.sums(span)
    if indicator.counts_stock:
        denominator = days.stock(span.start)
    return value_over(numerator, denominator), numerator, denominator


def value_over(numerator: float, denominator: float | None) -> float | None:
    """Return a sum, which has no denominator, or a ratio or mean: None where nothing lies under it."""
    if denominator is None:
        return numerator
    return numerator / denominator if denominator else None


def _of_rows(facts: Facts, form: str, indicator: Indicator, span: Span | None = None) -> Counted:
    """Return what the indicator's own rows add; of a span taken for a period, those in it."""
    dates = facts.days(form, indicator.on)
    chosen = facts.meeting(form, indicator.where) & (~np.isnat(dates) if span is None else span.covers(dates))
    if indicator.measure in ("sum", "mean"):
        added = facts.values(form, str(indicator.column))
        chosen &= ~np.isnan(added)
    if indicator.measure == "distinct":
        chosen = _first_of_period(facts, form, indicator, chosen, span)
    at = np.flatnonzero(chosen)
    days, ones, none = dates[at], np.ones(len(at)), np.zeros(len(at))
    if indicator.measure == "sum":
        return Counted(form, at, days, added[at], none)
    if indicator.measure == "mean":
        return Counted(form, at, days, added[at], ones)
    if indicator.measure == "ratio":
        part = facts.meeting(form, indicator.part)[at].astype("f8")
        return Counted(form, at, days, part, ones if indicator.per is None else none)
    return Counted(form, at, days, ones, none)


def _first_of_period(
    facts: Facts, form: str, indicator: Indicator, chosen: npt.NDArray[np.bool_], span: Span | None
) -> npt.NDArray[np.bool_]:
    """Keep of each customer (or other thing told apart) the first row of each period or the span: days add up."""
    numbers = facts.numbers(form, str(indicator.column))
    at = np.flatnonzero(chosen & (numbers >= 0))
    days = facts.days(form, indicator.on)[at]
    by_day = np.argsort(days, kind="stable")
    of_period = bucket(indicator.period, days[by_day]) if span is None else np.zeros(len(at), dtype=np.int64)
    each = numbers.max(initial=0) + 1  # of customers there may be more than rows
    _, first = np.unique(of_period * each + numbers[at[by_day]], return_index=True)
    kept: npt.NDArray[np.bool_] = np.zeros(len(numbers), dtype=bool)
    kept[at[by_day[first]]] = True
    return kept


def _divisor(facts: Facts, form: str, column: str) -> Counted:
    """Return what another form's column adds to the denominator."""
    numbers, dates = facts.values(form, column), facts.days(form, facts.tables[form].form.day_column or "")
    at = np.flatnonzero(~(np.isnan(numbers) | np.isnat(dates)))
    return Counted(form, at, dates[at], np.zeros(len(at)), numbers[at])


def _stock(facts: Facts) -> Counted:
    """Return how the number of customers changes: one more on the day of assignment, one less on leaving."""
    assigned, left = facts.days("customers", "assigned_on"), facts.days("customers", "status_on")
    gone = np.flatnonzero(facts.meeting("customers", (Condition("status", "is", GONE),)) & ~np.isnat(left))
    at = np.concatenate([np.arange(len(assigned)), gone])
    days = np.concatenate([assigned, np.maximum(left[gone], assigned[gone])])
    change = np.concatenate([np.ones(len(assigned)), -np.ones(len(gone))])
    return Counted("customers", at, days, np.zeros(len(at)), change)


def rows_behind(facts: Facts, indicator: Indicator, span: Span) -> tuple[Counted, ...]:
    """Return the rows a figure counts, form by form, each once: the drill-down of DOMAIN §3.

    For customers at the window's start, the rows of those customers.
    """
    forms: dict[str, list[Counted]] = {}
    for part in counted(facts, indicator):
        if indicator.counts_stock and part.denominators.any():
            there = _each_once([part.among(part.days < np.datetime64(span.start, "D"))])
            inside = there.among(there.denominators > 0)
        else:
            inside = part.among(span.covers(part.days))
        forms.setdefault(part.form, []).append(inside)
    return tuple(parts[0] if len(parts) == 1 else _each_once(parts) for parts in forms.values())


def _each_once(parts: Sequence[Counted]) -> Counted:
    """Return rows of one form with what each adds in all of the parts."""
    at, days, over, under = _columns(parts)
    every, first, which = np.unique(at, return_index=True, return_inverse=True)
    sums = (np.bincount(which, numbers, len(every)).astype(np.float64) for numbers in (over, under))
    return Counted(parts[0].form, every, days[first], *sums)
