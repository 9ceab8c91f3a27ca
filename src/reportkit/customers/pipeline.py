"""The pipeline of opportunities as of a day: what is open by stage, what the month has won and lost (DOMAIN §5)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

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
    day, first = pd.Timestamp(on), pd.Timestamp(month_span(on).start)
    known = chances[chances["opened_on"] <= day]
    ended_later = ~known["stage"].isin(OPEN_STAGES) & (known["closed_on"] > day)
    stage = known["stage"].mask(ended_later, OPEN_STAGES[-1])
    is_open = stage.isin(OPEN_STAGES)
    closed = ~is_open & (known["closed_on"] >= first)
    won = known[closed & (stage == "won")]
    return Pipeline(
        stages={code: _amount(known[(stage == code) & (is_open | closed)]) for code in STAGE},
        overdue=_amount(known[is_open & (known["expected_on"] < day)]),
        won={str(product): _amount(rows) for product, rows in won.groupby("product")},
    )


def _amount(rows: pd.DataFrame) -> Amount:
    return Amount(len(rows), float(rows["amount"].sum()), int(rows["amount"].isna().sum()))
