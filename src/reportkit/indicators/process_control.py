"""Is a figure's last week out of the ordinary? XmR charts of weekly values: natural limits from their own swings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from reportkit.definitions.figures import DECIMALS
from reportkit.settings.indicator_rows import Direction

FEWEST: Final = 8  # weeks with a value before limits mean anything
SPREAD: Final = 2.66  # 3 ÷ 1.128: three standard deviations, taken from the mean moving range
Side = Literal["above", "below"]


@dataclass(frozen=True, slots=True)
class Limits:
    """The natural limits of a process and the positions of the values outside them."""

    mean: float
    upper: float
    lower: float
    out: tuple[int, ...] = ()

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


def xmr(values: Sequence[float | None]) -> Limits | None:
    """Return mean ± 2.66 × the mean moving range of weekly values, oldest first; None of fewer than 8.

    A week without a value (None) is a gap: no moving range spans it. None too where no two weeks follow each other.
    The lower limit may be below zero; a count or share cannot, so it then never signals.
    """
    numbers = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    known = numbers[~np.isnan(numbers)]
    ranges = np.abs(np.diff(numbers))
    ranges = ranges[~np.isnan(ranges)]
    if len(known) < FEWEST or not len(ranges):
        return None
    mean, reach = float(known.mean()), SPREAD * float(ranges.mean())
    limits = Limits(mean, mean + reach, mean - reach)
    out = tuple(at for at, value in enumerate(values) if value is not None and limits.side(value) is not None)
    return Limits(limits.mean, limits.upper, limits.lower, out)


def alert_of(values: Sequence[float | None], direction: Direction) -> Alert | None:
    """Return an alert when the last week lies outside the limits of the weeks before it; None otherwise."""
    if not values or values[-1] is None:
        return None
    limits = xmr(values[:-1])
    side = limits.side(values[-1]) if limits is not None else None
    if limits is None or side is None:
        return None
    return Alert(values[-1], limits, side, good=side == ("above" if direction == "at_least" else "below"))
