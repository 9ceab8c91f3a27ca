"""The pipeline of opportunities as of a day: what is open by stage, what the month has won and lost (DOMAIN §5)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reportkit.customers.suitability import OPEN_STAGES
from reportkit.definitions.choices import STAGE
from reportkit.facts.rows import Facts
from reportkit.settings.calendars import month_span


@dataclass(frozen=True, slots=True)
class Amount:
    """How many, and the sum of the amounts that are known."""

    count: int = 0
    total: float = 0.0
    unknown: int = 0

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.count + other.count, self.total + other.total, self.unknown + other.unknown)


@dataclass(frozen=True)
class Pipeline:
    """Stage → what is open on the day, of `won` and `lost` what was closed in the month so far.

    `overdue` is open past its expected day; `won` maps the month's won by product.
    """

    stages: dict[str, Amount]
    overdue: Amount
    won: dict[str, Amount]


def pipeline(facts: Facts, on: dt.date) -> Pipeline:
    """Return the pipeline as of the end of a day. What was won or lost after it was still proposed on it."""
    chances = facts.frame("opportunities")
    opened, closed_on, expected = (
        facts.days("opportunities", name) for name in ("opened_on", "closed_on", "expected_on")
    )
    stage, product = facts.objects("opportunities", "stage").copy(), facts.objects("opportunities", "product")
    amounts = chances["amount"].to_numpy(dtype="f8")
    day, first = np.datetime64(on, "D"), np.datetime64(month_span(on).start, "D")
    known = opened <= day
    stage[~np.isin(stage, OPEN_STAGES) & (closed_on > day)] = OPEN_STAGES[-1]
    is_open = np.isin(stage, OPEN_STAGES)
    closed = ~is_open & (closed_on >= first)
    counted, won = known & (is_open | closed), known & closed & (stage == "won")
    return Pipeline(
        stages={code: _amount(amounts[counted & (stage == code)]) for code in STAGE},
        overdue=_amount(amounts[known & is_open & (expected < day)]),
        won={one: _amount(amounts[won & (product == one)]) for one in sorted(set(product[won].tolist()))},
    )


def _amount(amounts: npt.NDArray[np.float64]) -> Amount:
    return Amount(len(amounts), float(np.nansum(amounts)), int(np.isnan(amounts).sum()))
