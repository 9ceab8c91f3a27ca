"""Is a figure's last week out of the ordinary? Charts of weekly values: natural limits from their own swings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, inf
from typing import Final, Literal

import numpy as np

from reportkit.definitions.figures import DECIMALS
from reportkit.settings.indicator_rows import Direction

FEWEST: Final = 8  # weeks with a value before limits mean anything
SPREAD: Final = 2.66  # 3 ÷ 1.128: three standard deviations, taken from the mean moving range
Side = Literal["above", "below"]


@dataclass(frozen=True, slots=True)
class Limits:
    """The natural limits of a process for its last week."""

    mean: float
    upper: float
    lower: float

    def side(self, value: float) -> Side | None:
        """Return on which side of the limits a value lies, None inside or on them."""
        if round(value, DECIMALS) > round(self.upper, DECIMALS):
            return "above"
        return "below" if round(value, DECIMALS) < round(self.lower, DECIMALS) else None


@dataclass(frozen=True, slots=True)
class Alert:
    """A last week outside the limits of the weeks before it; `good` is whether that is the side wished for."""

    value: float
    limits: Limits
    side: Side
    good: bool


def xmr(
    values: Sequence[float | None],
    days: Sequence[float] = (),
    last: float = 1.0,
    most: float = inf,
    *,
    in_parts: bool = False,
) -> Limits | None:
    """Return mean ± 2.66 × the mean moving range of weekly values, oldest first; None of fewer than 8.

    A week without a value (None) is a gap: no moving range spans it. None too where no two weeks follow each other.
    Limits end where figures do: at 0 and, of a share, at the `most` it can be.

    A count comes of the `days` worked in each week, the limits of the `last` days of the week to be judged: the mean
    grows with the days, the swings with their root (a u′ chart; of weeks alike it is the XmR chart). As no count is a
    part of one, limits that come of parts of weeks are rounded outwards; those of a rate, which is `in_parts`, are not.
    """
    numbers = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    worked = np.array(days or [1.0] * len(numbers), dtype=np.float64)
    known = ~np.isnan(numbers)
    if known.sum() < FEWEST:
        return None
    rate = numbers[known].sum() / worked[known].sum()
    apart = np.full(len(numbers), np.nan)
    apart[known] = (numbers[known] - rate * worked[known]) / np.sqrt(worked[known])
    ranges = np.abs(np.diff(apart))
    ranges = ranges[~np.isnan(ranges)]
    if not len(ranges):
        return None
    mean, reach = float(rate * last), float(SPREAD * ranges.mean() * np.sqrt(last))
    lower, upper = mean - reach, mean + reach
    if not in_parts and (worked[known] != last).any():
        lower, upper = floor(round(lower, DECIMALS)), ceil(round(upper, DECIMALS))
    return Limits(mean, min(upper, most), max(lower, 0.0))


def alert_of(value: float, limits: Limits | None, direction: Direction) -> Alert | None:
    """Return an alert when the last week's value lies outside the limits of the weeks before it; None otherwise."""
    side = limits.side(value) if limits is not None else None
    if limits is None or side is None:
        return None
    return Alert(value, limits, side, good=side == ("above" if direction == "at_least" else "below"))
