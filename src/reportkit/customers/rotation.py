"""Turns: of the customers eligible for a talk, who comes next, and how far the round has come (DOMAIN §4)."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from reportkit.definitions.derived import OF_CUSTOMER
from reportkit.definitions.forms import ACTIVITIES
from reportkit.facts.contacts import Mask, Standing, standing_of
from reportkit.facts.rows import Facts
from reportkit.indicators.shares import Share
from reportkit.settings.branch_settings import Settings
from reportkit.settings.conditions import Condition
from reportkit.settings.indicator_rows import Indicator

TURNS_A_DAY: Final = 2
TURN_OF: Final = {"fund_turn": "fund_talks", "margin_turn": "margin_talks"}  # reason → indicator


@dataclass(frozen=True)
class Turns:
    """The round of one kind of talk, customers by id.

    A round ends when every customer eligible has had a turn; the next talk begins another. `out_of_turn` were talked
    to again in this round while others still waited. `next` are those who wait, in turn: everybody once a round is
    complete.
    """

    reason: str
    indicator: Indicator
    eligible: tuple[str, ...]
    talked: tuple[str, ...]
    out_of_turn: tuple[str, ...]
    next: tuple[str, ...]

    @property
    def coverage(self) -> Share:
        """The share of the eligible that had their turn."""
        return Share(len(self.talked), len(self.eligible))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far an advisor's round of one kind of talk has come: `share` of the eligible had their turn."""

    advisor_id: str
    indicator: Indicator
    share: Share
    out_of_turn: tuple[str, ...]


def coverage(facts: Facts, settings: Settings, on: dt.date) -> tuple[Coverage, ...]:
    """Return how far the round of each kind of talk has come, where anybody is eligible (DOMAIN §4)."""
    return tuple(
        Coverage(facts.advisor_id, one.indicator, one.coverage, one.out_of_turn)
        for one in turns(facts, settings, on)
        if one.eligible
    )


def turns(facts: Facts, settings: Settings, on: dt.date) -> tuple[Turns, ...]:
    """Return the round of each kind of talk that rotates, as of the end of a day."""
    standing = standing_of(facts, on)
    named = ((reason, talk_indicator(settings, code)) for reason, code in TURN_OF.items())
    return tuple(_round(standing, reason, indicator) for reason, indicator in named if indicator is not None)


def talk_indicator(settings: Settings, code: str) -> Indicator | None:
    """Return the indicator of a code if it counts activities: of another form it says nobody's turn."""
    indicator = settings.indicator.get(code)
    return indicator if indicator is not None and indicator.form.code == ACTIVITIES.code else None


def eligible(standing: Standing, indicator: Indicator) -> Mask:
    """Return which customers an indicator's conditions on its customer let count, of those still here."""
    asked = tuple(_of_customer(condition) for condition in indicator.where if _is_of_customer(condition))
    return standing.here & standing.facts.meeting("customers", asked)


def _is_of_customer(condition: Condition) -> bool:
    """Return whether a condition on a row asks for its customer alone, comparing it with nothing of the row."""
    return condition.column.startswith(OF_CUSTOMER) and (condition.other or OF_CUSTOMER).startswith(OF_CUSTOMER)


def _of_customer(condition: Condition) -> Condition:
    """Return a condition on a row's customer as one on the customer."""
    other = condition.other.removeprefix(OF_CUSTOMER) if condition.other else condition.other
    return replace(condition, column=condition.column.removeprefix(OF_CUSTOMER), other=other)


def in_turn(standing: Standing, indicator: Indicator) -> npt.NDArray[np.int64]:
    """Return the positions of the eligible: never or longest ago talked to first, larger assets on ties."""
    chosen = np.flatnonzero(eligible(standing, indicator))
    last = standing.latest(_talks(standing, indicator))
    return chosen[np.lexsort((standing.tie_break[chosen], last[chosen]))]


def _talks(standing: Standing, indicator: Indicator) -> Mask:
    """Return which activities are such talks, whoever the customer is."""
    asked: tuple[Condition, ...] = tuple(one for one in indicator.where if not _is_of_customer(one))
    return standing.facts.meeting("activities", asked)


def _round(standing: Standing, reason: str, indicator: Indicator) -> Turns:
    """Return how far the round has come: talks day by day, a customer once a day."""
    order = in_turn(standing, indicator)
    had, again = _walk(standing, _talks(standing, indicator), order)
    names = standing.facts.values("customers", "customer_id").tolist()
    waiting = [at for at in order.tolist() if at not in had]
    return Turns(
        reason=reason,
        indicator=indicator,
        eligible=tuple(names[at] for at in sorted(order.tolist())),
        talked=tuple(names[at] for at in had),
        out_of_turn=tuple(names[at] for at in again),
        next=tuple(names[at] for at in waiting or order.tolist()),
    )


def _walk(standing: Standing, talks: Mask, order: npt.NDArray[np.int64]) -> tuple[list[int], list[int]]:
    """Return who had a turn in the round under way, and who was talked to again while others waited."""
    whose, days, assigned = standing.positions("activities"), standing.activity_days, standing.assigned_on
    at = np.flatnonzero(talks & (days <= standing.today) & np.isin(whose, order))
    at = at[np.lexsort((at, days[at]))]
    begun = sorted(assigned[order].tolist())
    had: dict[int, int] = {}  # customer → the day of the latest talk of this round
    early: list[int] = []  # the days of assignment of those who had it before they were assigned
    again: dict[int, None] = {}
    for customer, day, since in zip(whose[at].tolist(), days[at].tolist(), assigned[whose[at]].tolist(), strict=True):
        if had.get(customer) == day:
            continue
        waiting = bisect_right(begun, day) - len(had) + sum(one > day for one in early)
        if not waiting:
            had, early, again = {}, [], {}
        elif customer in had:
            again[customer] = None
        if since > day and customer not in had:
            early.append(since)
        had[customer] = day
    return list(had), list(again)
