"""Trading days of the Shanghai exchange with a branch's own days off and extra working days (DOMAIN §3)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.datetime64]  # datetime64[D]
Fractions = npt.NDArray[np.float64]
DAY: Final = np.timedelta64(1, "D")
FIRST_DAY: Final = np.datetime64("1900-01-01", "D")
LAST_DAY: Final = np.datetime64("2199-12-31", "D")
_FIRST: Final = FIRST_DAY.astype(object).toordinal()
SATURDAY: Final = 5  # of days counted from Monday, 0
HOLIDAYS: Final = 10  # weekdays off: the exchange's years have more, a branch's own days off alone are fewer
Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `start` to `end`, both inclusive; empty when `end` is before `start`."""

    start: dt.date
    end: dt.date

    @property
    def days(self) -> Days:
        """The days, one after another."""
        return np.arange(np.datetime64(self.start, "D"), np.datetime64(self.end, "D") + DAY)

    def until(self, last: dt.date) -> Span:
        """Return the span cut off after a day."""
        return self if self.end <= last else Span(self.start, min(self.end, last))

    def covers(self, days: Days) -> npt.NDArray[np.bool_]:
        """Return which days are in the span; NaT is in none."""
        return (days >= np.datetime64(self.start, "D")) & (days <= np.datetime64(self.end, "D"))

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day <= self.end


def zone_of(name: str | None) -> dt.tzinfo | None:
    """Return the time zone of a name such as `Asia/Shanghai`, None where there is none of that name."""
    try:
        return ZoneInfo(name.strip()) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):  # no such zone, no name of one, the name of a folder
        return None


def zones_are_known() -> bool:
    """Return whether this machine has a list of time zones at all."""
    return zone_of("Asia/Shanghai") is not None


@lru_cache(maxsize=1)
def _published() -> tuple[Days, dt.date, dt.date]:
    """Return the exchange's trading days, and the first and last day its calendar covers.

    All of them: by itself the calendar ends a year after the machine's today, which may be wrong.
    """
    from exchange_calendars.exchange_calendar_xshg import XSHGExchangeCalendar

    first, last = XSHGExchangeCalendar.bound_min(), XSHGExchangeCalendar.bound_max()
    sessions = XSHGExchangeCalendar(start=first, end=last).sessions.to_numpy().astype("datetime64[D]")
    return sessions, first.date(), last.date()


@lru_cache(maxsize=1)
def _exchange_days() -> npt.NDArray[np.bool_]:
    """Return whether each day from `FIRST_DAY` to `LAST_DAY` is a trading day; Monday to Friday where unpublished."""
    every = np.arange(FIRST_DAY, LAST_DAY + DAY)
    sessions, first, last = _published()
    worked: npt.NDArray[np.bool_] = np.is_busday(every)
    published = (every >= np.datetime64(first, "D")) & (every <= np.datetime64(last, "D"))
    worked[published] = np.isin(every[published], sessions)
    return worked


def at_days(by_day: npt.NDArray[Scalar], days: Days) -> npt.NDArray[Scalar]:
    """Return the entries of an array with one entry a day from `FIRST_DAY` on; 0 for days outside."""
    at = (days - FIRST_DAY).astype(np.int64)
    inside = (at >= 0) & (at < len(by_day))
    if inside.all():
        chosen: npt.NDArray[Scalar] = by_day[at]
        return chosen
    found: npt.NDArray[Scalar] = np.zeros(len(days), dtype=by_day.dtype)
    found[inside] = by_day[at[inside]]
    return found


def days_within(first: dt.date | None, last: dt.date | None) -> slice:
    """Return where the days from first to last, both in, stand in an array with one entry a day from `FIRST_DAY` on."""
    start = 0 if first is None else max(0, first.toordinal() - _FIRST)
    return slice(start, None if last is None else max(0, last.toordinal() - _FIRST + 1))


def published_until() -> dt.date:
    """Return the last day the exchange's calendar covers."""
    return _published()[2]


def week_span(week: str) -> Span:
    """Return Monday to Sunday of an ISO week named like `2026-W47`. Raise ValueError for another form."""
    year, _, number = week.upper().partition("-W")
    if not (len(year) == 4 and number.isdigit()):
        raise ValueError(week)
    monday = dt.date.fromisocalendar(int(year), int(number), 1)
    return Span(monday, monday + dt.timedelta(days=6))


def week_name(day: dt.date) -> str:
    """Return the name of the ISO week that holds a day, like `2026-W47`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def is_week(name: str) -> bool:
    """Return whether a name is an ISO week's, written as `week_name` writes it."""
    try:
        return week_name(week_span(name).start) == name
    except (ValueError, OverflowError):
        return False


def named_span(name: str) -> Span:
    """Return the days of an ISO week like `2026-W47` or a month like `2026-11`. Raise ValueError for another form."""
    if is_month(name):
        return month_span(dt.date.fromisoformat(f"{name}-01"))
    return week_span(name)


def is_month(name: str) -> bool:
    """Return whether a report's name is a month's, not a week's."""
    return "W" not in name.upper()


def month_span(day: dt.date, months: int = 1) -> Span:
    """Return the month, or the block of `months` months counted from January, that holds a day."""
    first = (day.month - 1) // months * months + 1
    following = dt.date(day.year + (first + months > 12), (first + months - 1) % 12 + 1, 1)
    return Span(dt.date(day.year, first, 1), following - dt.timedelta(days=1))


def period_span(period: str, day: dt.date) -> Span:
    """Return the day, week, month or two months that holds a day."""
    if period == "day":
        return Span(day, day)
    if period == "week":
        monday = day - dt.timedelta(days=day.weekday())
        return Span(monday, monday + dt.timedelta(days=6))
    return month_span(day, 2 if period == "two_months" else 1)


def bucket(period: str, days: Days) -> npt.NDArray[np.int64]:
    """Return a number for each day that is the same for all days of one period."""
    if period == "day":
        return days.astype("datetime64[D]").astype(np.int64)
    if period == "week":  # 1970-01-05 was a Monday
        return np.floor_divide(days.astype("datetime64[D]").astype(np.int64) - 4, 7)
    months = days.astype("datetime64[M]").astype(np.int64)
    return np.floor_divide(months, 2) if period == "two_months" else months


@dataclass(frozen=True)
class Worked:
    """A span's days and the share of each that is worked: `total` of all, and the `last` with any, None for none.

    `asked` keeps what one target in force all along comes to: many indicators ask for as much of the same weeks.
    """

    span: Span
    days: Days
    shares: Fractions
    total: float
    last: dt.date | None
    asked: dict[tuple[str, float], float | None] = field(default_factory=dict)

    @cached_property
    def dates(self) -> list[dt.date]:
        """The days as Python's."""
        dates: list[dt.date] = self.days.astype(object).tolist()
        return dates

    @cached_property
    def by_day(self) -> list[tuple[dt.date, float]]:
        """Each day with the share of it that is worked."""
        return [*zip(self.dates, self.shares.tolist(), strict=True)]


@dataclass(frozen=True)
class TradingCalendar:
    """The exchange's trading days, changed by the branch's calendar sheet.

    `overrides` maps a day to whether it is worked. Years the exchange has not published are Monday to Friday.
    """

    overrides: Mapping[dt.date, bool] = field(default_factory=dict)

    def trading(self, days: Days) -> npt.NDArray[np.bool_]:
        """Return for each day whether it is a trading day of the branch. Days outside 1900–2199 are none."""
        return at_days(self.by_day, days)

    @cached_property
    def by_day(self) -> npt.NDArray[np.bool_]:
        """Whether each day from `FIRST_DAY` on is a trading day."""
        worked = _exchange_days().copy()
        for day, works in self.overrides.items():
            worked[(np.datetime64(day, "D") - FIRST_DAY).astype(np.int64)] = works
        return worked

    def worked(self, span: Span, shares: Fractions) -> Worked:
        """Return a span of which these shares are worked: the same for all who work alike, as most do most weeks."""
        alike = span, shares.tobytes()
        if alike not in self._worked:
            at_work = np.flatnonzero(shares)
            last = span.start + dt.timedelta(days=int(at_work[-1])) if len(at_work) else None
            self._worked[alike] = Worked(span, span.days, shares, float(shares.sum()), last)
        return self._worked[alike]

    @cached_property
    def _worked(self) -> dict[tuple[Span, bytes], Worked]:
        return {}

    @cached_property
    def trading_moments(self) -> npt.NDArray[np.datetime64]:
        """The beginning of every trading day from `FIRST_DAY` on, to the second; at last NaT, for there are no more."""
        days = FIRST_DAY + np.flatnonzero(self.by_day).astype("timedelta64[D]")
        return np.append(days, np.datetime64("NaT", "D")).astype("datetime64[s]")

    def trading_before(self, days: Days) -> npt.NDArray[np.int64]:
        """Return for each day how many trading days from `FIRST_DAY` on come before it."""
        at = (days - FIRST_DAY).astype(np.int64)
        before: npt.NDArray[np.int64] = self._before[np.clip(at, 0, len(self._before) - 1)]
        return before

    @cached_property
    def _before(self) -> npt.NDArray[np.int64]:
        return np.append(0, np.cumsum(self.by_day, dtype=np.int64))

    def trading_days(self, span: Span) -> int:
        """Return how many trading days a span has."""
        return int(self.by_day[days_within(span.start, span.end)].sum())

    def unpublished(self, span: Span) -> tuple[int, ...]:
        """Return the years of a span the exchange has not published, unless the calendar sheet has their holidays."""
        _, _, last = _published()
        off = Counter(day.year for day, works in self.overrides.items() if not works and day.weekday() < SATURDAY)
        return tuple(
            year for year in range(span.start.year, span.end.year + 1) if year > last.year and off[year] < HOLIDAYS
        )
