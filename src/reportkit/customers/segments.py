"""Which tier and which segment a customer is in as of a day, by the branch's ordered rules (DOMAIN §5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from reportkit.definitions.derived import DAYS_SINCE_CONTACT, TIER, in_portfolio
from reportkit.definitions.text import Text
from reportkit.facts.contacts import Standing, standing_of
from reportkit.facts.rows import Facts, once
from reportkit.settings.branch_settings import Settings
from reportkit.settings.conditions import Entries, describe_all, meets
from reportkit.settings.indicator_rows import Rule

NO_RULE: Final = ""  # the code of customers no rule takes
Codes = npt.NDArray[np.object_]  # one a customer


@dataclass(frozen=True)
class Band:
    """The rules of one code: its name and its rules in words, in their order; blank takes everybody left."""

    code: str
    name: Text
    rules: tuple[Text, ...]
    cadence_days: float | None


@lru_cache(maxsize=16)
def bands(rules: tuple[Rule, ...], tiers: tuple[Rule, ...] = ()) -> tuple[Band, ...]:
    """Return the codes of ordered rules, each once; the first rule of a code names it and sets its cadence.

    `tiers` are the rules that name the tiers these rules may ask for.
    """
    columns = in_portfolio({rule.code: rule.name for rule in reversed(tiers)})
    by_code: dict[str, list[Rule]] = {}
    for rule in rules:
        by_code.setdefault(rule.code, []).append(rule)
    return tuple(
        Band(
            code,
            of_code[0].name,
            tuple(describe_all(rule.where, columns) for rule in of_code),
            of_code[0].cadence_days,
        )
        for code, of_code in by_code.items()
    )


@dataclass(frozen=True)
class Sorting:
    """The customers of one log sorted into tiers and segments as of a day; arrays are one a customer, in its order.

    Contacts, assignment and transfer are taken as of the day. Assets and products have no dates in a log: they are
    taken as they stand in it.
    """

    standing: Standing
    settings: Settings

    @property
    def tiers(self) -> Codes:
        """The code of each customer's tier."""
        return self._sorted[0]

    @property
    def segments(self) -> Codes:
        """The code of each customer's segment."""
        return self._sorted[1]

    @cached_property
    def _sorted(self) -> tuple[Codes, Codes]:
        return sort_customers(
            self.standing.facts, self.standing.status, self.standing.days_since_contact, self.settings
        )


@once
def sorting_of(facts: Facts, settings: Settings, on: dt.date) -> Sorting:
    """Return the customers of a log sorted into tiers and segments as of a day."""
    return Sorting(standing_of(facts, on), settings)


def sort_customers(
    facts: Facts, status: npt.NDArray[np.object_], days_since_contact: npt.NDArray[np.float64], settings: Settings
) -> tuple[Codes, Codes]:
    """Return the tier and the segment of each customer by their status; the days since contact are NaN for never."""
    own = {
        "status": status,
        DAYS_SINCE_CONTACT.code: days_since_contact,
        TIER: np.full(len(status), None, dtype=object),
    }
    tiers = _first_met(settings.tiers, facts, own)
    return tiers, _first_met(settings.segments, facts, {**own, TIER: tiers})


def _first_met(rules: Sequence[Rule], facts: Facts, own: Mapping[str, Entries]) -> Codes:
    """Return the code of the first rule each customer meets; `own` are the columns that are of the day asked for."""

    def column(name: str) -> Entries:
        return own[name] if name in own else facts.values("customers", name)

    codes: Codes = np.full(len(own[TIER]), NO_RULE, dtype=object)
    for rule in reversed(rules):
        of_day = tuple(one for one in rule.where if not own.keys().isdisjoint({one.column, one.other}))
        lasting = tuple(one for one in rule.where if one not in of_day)
        codes[facts.meeting("customers", lasting) & meets(of_day, column, len(codes))] = rule.code
    return codes
