"""The pipeline of opportunities as of a day: what is open by stage, what the month has won and lost (DOMAIN §5)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from reportkit.definitions.choices import STAGE
from reportkit.facts.counts import Counts
from reportkit.facts.rows import Facts
from reportkit.settings.calendars import month_span

OPEN_STAGES: Final = ("found", "contacted", "proposed")


@dataclass(frozen=True, slots=True)
class Amount(Counts):
    """How many, and the sum of the amounts that are known."""

    count: int = 0
    total: float = 0.0
    unknown: int = 0


@dataclass(frozen=True)
class Pipeline:
    """Stage → what is open on the day, of `won` and `lost` what was closed in the month so far.

    `overdue` is open past its expected day; `won` maps the month's won by product.
    """

    stages: dict[str, Amount]
    overdue: Amount
    won: dict[str, Amount]


def stages_on(facts: Facts, on: dt.date) -> npt.NDArray[np.object_]:
    """Return the stage of every opportunity at the end of a day. What was won or lost after it was proposed on it."""
    stages = facts.values("opportunities", "stage").copy()
    later = facts.days("opportunities", "closed_on") > np.datetime64(on, "D")
    stages[~np.isin(stages, OPEN_STAGES) & later] = OPEN_STAGES[-1]
    return stages


def pipeline(facts: Facts, on: dt.date) -> Pipeline:
    """Return the pipeline as of the end of a day."""
    opened, closed_on, expected = (
        facts.days("opportunities", name) for name in ("opened_on", "closed_on", "expected_on")
    )
    stage, product = stages_on(facts, on), facts.values("opportunities", "product")
    amounts = facts.values("opportunities", "amount")
    day, first = np.datetime64(on, "D"), np.datetime64(month_span(on).start, "D")
    known = opened <= day
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
