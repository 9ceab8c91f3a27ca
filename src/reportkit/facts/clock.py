"""Working time between two moments, and when a limit of working time is used up (DOMAIN §2 limits).

Moments are the branch's own local time, as people write it in a log: no time zone, whole seconds.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from reportkit.settings.branch_settings import CLOSES_AT, OPENS_AT, Settings, open_from_to
from reportkit.settings.calendars import TradingCalendar

Moments = npt.NDArray[np.datetime64]  # datetime64[s], NaT where unknown
Seconds = npt.NDArray[np.float64]  # NaN where unknown
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
        seconds[known] = self._open_until(_whole(end[known])) - self._open_until(_whole(start[known]))
        return seconds

    def used_up(self, start: Moments, limit: Seconds) -> Moments:
        """Return the moment at which a limit of open seconds, ≥ 0, is used up: the earliest, and never before start.

        NaT where that is later than the calendar reaches.
        """
        known = ~(np.isnat(start) | np.isnan(limit))
        moments: Moments = np.full(len(start), np.datetime64("NaT", "s"))
        begun, allowed = _whole(start[known]), np.minimum(np.rint(limit[known]), LONGEST)
        used = self._open_until(begun) + allowed
        # the last second used falls into this trading day, counted from the first of all
        ordinal = np.ceil(used / self._day).astype(np.int64) - 1
        days = self.calendar.trading_moments
        opened = days[np.minimum(ordinal, len(days) - 1)]
        reached = opened + (_seconds(self.opens_at) + used - ordinal * self._day).astype(np.int64) * _SECOND
        moments[known] = np.where(limit[known] > 0, np.maximum(reached, begun), begun)
        return moments

    @property
    def _day(self) -> int:
        """The open seconds of a trading day."""
        return _seconds(self.closes_at) - _seconds(self.opens_at)

    def _open_until(self, moments: Moments) -> Seconds:
        """Return the open seconds up to each moment, from the first day of the calendar on."""
        days = moments.astype("datetime64[D]")
        opened = np.clip((moments - days).astype(np.int64) - _seconds(self.opens_at), 0, self._day)
        whole_days = self.calendar.trading_before(days) * self._day
        seconds: Seconds = (whole_days + self.calendar.trading(days) * opened).astype(np.float64)
        return seconds


def opening_hours(settings: Settings) -> OpeningHours:
    """Return when a branch is open: 09:00 to 17:00 unless its settings name another day."""
    return OpeningHours(settings.calendar, *(open_from_to(settings.branch) or (OPENS_AT, CLOSES_AT)))


def _whole(moments: Moments) -> Moments:
    return moments.astype("datetime64[s]")


def _seconds(time: dt.time) -> int:
    return time.hour * 3600 + time.minute * 60 + time.second
