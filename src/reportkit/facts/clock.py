"""Working time between two moments, and when a limit of working time is used up (DOMAIN §2 limits).

Moments are the branch's own local time, as people write it in a log: no time zone, whole seconds.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import DAY, LAST_DAY, TradingCalendar

Moments = npt.NDArray[np.datetime64]  # datetime64[s], NaT where unknown
Seconds = npt.NDArray[np.float64]  # NaN where unknown
OPENS_AT: Final = dt.time(9)
CLOSES_AT: Final = dt.time(17)
LONGEST: Final = 300 * 366 * 86_400  # seconds: a limit that nobody lives to see used up, as far as the calendar reaches
_SECOND: Final = np.timedelta64(1, "s")


@dataclass(frozen=True)
class OpeningHours:
    """The hours a branch is open on its trading days: from `opens_at` up to, not including, `closes_at`."""

    calendar: TradingCalendar
    opens_at: dt.time = OPENS_AT
    closes_at: dt.time = CLOSES_AT

    def __post_init__(self) -> None:
        if self.closes_at <= self.opens_at:
            raise ValueError(f"closes at {self.closes_at}, not after it opens at {self.opens_at}")

    def between(self, start: Moments, end: Moments) -> Seconds:
        """Return the open seconds from each start to its end; negative where the end is earlier."""
        known = ~(np.isnat(start) | np.isnat(end))
        seconds: Seconds = np.full(len(start), np.nan)
        if known.any():
            begun, ended = _whole(start[known]), _whole(end[known])
            first = min(begun.min(), ended.min()).astype("datetime64[D]")
            last = max(begun.max(), ended.max()).astype("datetime64[D]")
            trading = self.calendar.trading(np.arange(first, last + DAY))
            seconds[known] = self._open_since(first, trading, ended) - self._open_since(first, trading, begun)
        return seconds

    def used_up(self, start: Moments, limit: Seconds) -> Moments:
        """Return the moment at which a limit of open seconds, ≥ 0, is used up: the earliest, and never before start.

        NaT where that is later than the calendar reaches.
        """
        known = ~(np.isnat(start) | np.isnan(limit))
        moments: Moments = np.full(len(start), np.datetime64("NaT", "s"))
        if not known.any():
            return moments
        begun, allowed = _whole(start[known]), np.minimum(np.rint(limit[known]), LONGEST)
        days = np.arange(begun.min().astype("datetime64[D]"), LAST_DAY + DAY)
        trading = self.calendar.trading(days)
        used = self._open_since(days[0], trading, begun) + allowed
        # the last second used falls into this trading day, counted from the first
        ordinal = np.maximum(np.ceil(used / self._day), 1).astype(np.int64) - 1
        opened = np.append(days[trading], np.datetime64("NaT", "D")).astype("datetime64[s]")
        opened = opened[np.minimum(ordinal, len(opened) - 1)]
        reached = opened + (_seconds(self.opens_at) + used - ordinal * self._day).astype(np.int64) * _SECOND
        moments[known] = np.where(limit[known] > 0, np.maximum(reached, begun), begun)
        return moments

    @property
    def _day(self) -> int:
        """The open seconds of a trading day."""
        return _seconds(self.closes_at) - _seconds(self.opens_at)

    def _open_since(self, first: np.datetime64, trading: npt.NDArray[np.bool_], moments: Moments) -> Seconds:
        """Return the open seconds from the start of day `first` to each moment; `trading` has each day from it."""
        days = moments.astype("datetime64[D]")
        at = (days - first).astype(np.int64)
        opened = np.clip((moments - days).astype(np.int64) - _seconds(self.opens_at), 0, self._day)
        whole_days: npt.NDArray[np.int64] = np.cumsum(trading) - trading
        seconds: Seconds = (whole_days[at] * self._day + trading[at] * opened).astype(np.float64)
        return seconds


def opening_hours(settings: Settings) -> OpeningHours:
    """Return when a branch is open: 09:00 to 17:00 unless its settings name both ends of another day."""
    opens_at, closes_at = settings.branch.opens_at or OPENS_AT, settings.branch.closes_at or CLOSES_AT
    if closes_at <= opens_at:
        return OpeningHours(settings.calendar)
    return OpeningHours(settings.calendar, opens_at, closes_at)


def _whole(moments: Moments) -> Moments:
    return moments.astype("datetime64[s]")


def _seconds(time: dt.time) -> int:
    return time.hour * 3600 + time.minute * 60 + time.second
