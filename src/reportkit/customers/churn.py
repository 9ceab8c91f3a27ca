"""Customers who left: how many of how many, month by month, and what went before (DOMAIN §3 churn_rate, §5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from reportkit.customers.segments import sort_customers
from reportkit.definitions.choices import ACTIVE, LEFT
from reportkit.definitions.text import Text
from reportkit.facts.cases import COMPLAINT
from reportkit.facts.contacts import (
    NEVER,
    NOT_DUE,
    DayNumbers,
    Mask,
    Positions,
    Standing,
    day_number,
    day_of,
    of_rows,
)
from reportkit.facts.rows import RETURN_VISIT
from reportkit.indicators.counting import series, value_of
from reportkit.indicators.satisfaction import LOW, ratings
from reportkit.indicators.shares import Share
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import Span, month_span
from reportkit.settings.conditions import Condition

CHURN: Final = "churn_rate"
HAS_LEFT: Final = (Condition("status", "is", (LEFT,)),)
MONTHS: Final = 6
LOOK_BACK: Final = 90  # days before leaving in which a sign counts
SIGNS: Final[dict[str, Text]] = {
    "never_visited": Text("从未回访", "從未回訪", "Never paid a return visit"),
    "silent": Text("90 天没有有效沟通", "90 天沒有有效溝通", "No effective contact in 90 days"),
    "low_score": Text("打过低分", "打過低分", "Gave a low score"),
    "complaint": Text("有过投诉", "有過投訴", "Complained"),
    "assets_elsewhere": Text("他处资产更多", "他處資產更多", "Has more elsewhere"),
}


@dataclass(frozen=True, slots=True)
class Departure:
    """A customer who left: when, with what assets, from which segment, and the signs that went before.

    A log does not say why customers leave; `signs` are codes of `SIGNS` that held on the day before.
    """

    advisor_id: str
    customer_id: str
    name: str
    on: dt.date
    assets: float | None
    segment: str
    signs: tuple[str, ...]


def churn_by_month(standing: Standing, settings: Settings) -> dict[str, Share]:
    """Return month like `2026-11` → who left of the customers at its start; the last months, up to the day.

    Computed as the churn indicator of the settings is; empty where the branch has none that counts so.
    """
    indicator = settings.indicator.get(CHURN)
    if indicator is None or not indicator.counts_stock:
        return {}
    days = series(standing.facts, indicator)
    months: dict[str, Share] = {}
    for span in _months(standing.on):
        _, left, before = value_of(indicator, days, span)
        months[f"{span.start:%Y-%m}"] = Share(round(left), round(before or 0))
    return months


def _months(on: dt.date) -> list[Span]:
    """Return the last months, oldest first, the running one cut off after the day."""
    spans = [month_span(on).until(on)]
    while len(spans) < MONTHS:
        spans.append(month_span(spans[-1].start - dt.timedelta(days=1)))
    return spans[::-1]


def departures(standing: Standing, settings: Settings) -> tuple[Departure, ...]:
    """Return who left in the last months, up to the day, the latest first."""
    facts = standing.facts
    left_on = facts.day_numbers("customers", "status_on", NEVER)
    gone = facts.meeting("customers", HAS_LEFT) & standing.assigned & (left_on <= standing.today)
    gone &= left_on >= day_number(_months(standing.on)[0].start)
    if not gone.any():
        return ()
    left = np.where(gone, left_on, NEVER)
    contact = _latest_before(standing, standing.contacts, left)
    silence = np.where(contact == NEVER, np.nan, left - 1.0 - contact)
    active = np.full(len(gone), ACTIVE, dtype=object)
    _, segments = sort_customers(facts, active, silence, settings)
    signs = _signs(standing, left, silence)
    ids, names, assets = (facts.values("customers", name) for name in ("customer_id", "name", "assets"))
    return latest_first(
        Departure(
            advisor_id=facts.advisor_id,
            customer_id=str(ids[at]),
            name=str(names[at]),
            on=day_of(left[at]),
            assets=None if np.isnan(assets[at]) else float(assets[at]),
            segment=str(segments[at]),
            signs=tuple(code for code in SIGNS if signs[code][at]),
        )
        for at in np.flatnonzero(gone).tolist()
    )


def latest_first(found: Iterable[Departure]) -> tuple[Departure, ...]:
    """Return departures in order: the latest first, then larger assets, then by customer id."""
    return tuple(sorted(found, key=lambda one: (-one.on.toordinal(), -(one.assets or 0.0), one.customer_id)))


def _signs(standing: Standing, left: DayNumbers, silence: npt.NDArray[np.float64]) -> dict[str, Mask]:
    """Return sign → whose it held on the day before they left; `left` is `NEVER` for those who did not."""
    facts = standing.facts
    visits = standing.contacts & facts.meeting("activities", RETURN_VISIT)
    complaints = standing.positions("cases"), facts.day_numbers("cases", "opened_at", NOT_DUE)
    scores = ratings(facts)
    outside, assets = (facts.values("customers", name) for name in ("outside_assets", "assets"))
    return {
        "never_visited": _latest_before(standing, visits, left) == NEVER,
        "silent": ~(silence < LOOK_BACK),  # never is silent too
        "low_score": _shortly_before(scores.whose, scores.day_numbers, scores.scores <= LOW, left),
        "complaint": _shortly_before(*complaints, facts.meeting("cases", COMPLAINT), left),
        "assets_elsewhere": outside >= assets,
    }


def _latest_before(standing: Standing, among: Mask, left: DayNumbers) -> DayNumbers:
    """Return each customer's latest day among some activities before they left, `NEVER` for none."""
    whose = standing.positions("activities")
    return standing.latest(among & (standing.activity_days < of_rows(left, whose, NEVER)))


def _shortly_before(whose: Positions, days: DayNumbers, among: Mask, left: DayNumbers) -> Mask:
    """Return who has one of the chosen rows in the days before they left."""
    until = of_rows(left, whose, NEVER)
    used = among & (until != NEVER) & (days < until) & (days >= until - LOOK_BACK)
    held: Mask = np.zeros(len(left), dtype=bool)
    held[whose[used]] = True
    return held
