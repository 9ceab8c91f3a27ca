"""The due list: whom to contact on a day, and why (DOMAIN §4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from math import ceil
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from reportkit.customers.rotation import TURN_OF, TURNS_A_DAY, eligible, in_turn, talk_indicator
from reportkit.definitions.derived import DAYS_SINCE_CONTACT
from reportkit.definitions.text import Text
from reportkit.facts.cases import case_clock
from reportkit.facts.contacts import (
    NEVER,
    NOT_DUE,
    DayNumbers,
    Mask,
    Positions,
    Standing,
    day_number,
    day_of,
    standing_of,
)
from reportkit.facts.rows import FIRST_VISIT_DAYS, Facts, day_numbers, once
from reportkit.indicators.satisfaction import unanswered_low_scores
from reportkit.indicators.targets import Duty
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import DAY, Span
from reportkit.settings.conditions import meets
from reportkit.settings.indicator_rows import Indicator

# In the order of urgency: a customer is placed by the first of the reasons.
REASONS: Final[dict[str, Text]] = {
    "first_visit": Text("十日内首访", "十日內首訪", "First visit within ten days"),
    "case_limit": Text("工单超时", "工單逾時", "Case past its limit"),
    "follow_up": Text("约定跟进", "約定跟進", "Follow-up agreed"),
    "low_score": Text("低分待回访", "低分待回訪", "Low score, not followed up"),
    "planned_visit": Text("今日走访", "今日走訪", "Visit planned today"),
    "revisit": Text("两周回访", "兩週回訪", "Two-week revisit"),
    "fund_turn": Text("轮到基金沟通", "輪到基金溝通", "Next fund talk"),
    "margin_turn": Text("轮到融资融券沟通", "輪到融資融券溝通", "Next margin talk"),
    "risk_expiry": Text("风险测评到期", "風險測評到期", "Risk assessment expiring"),
}
FIRST_VISIT_AHEAD: Final = 3
RISK_AHEAD: Final = 30
RISK_MONTHS: Final = np.timedelta64(24, "M")
REVISITS: Final = "revisits"
_ROUNDING: Final = 1e-9
Called = tuple[npt.NDArray[np.int64], DayNumbers]  # positions of customers in the reason's own order, their due days


class DueCustomer(NamedTuple):
    """A customer to contact. `due` is the earliest of the reasons' days, the last contact the latest effective one.

    `overdue` are the reasons whose own day has passed.
    """

    customer_id: str
    name: str
    reasons: tuple[str, ...]
    due: dt.date | None
    days_overdue: int
    phone: str | None
    last_contact: dt.date | None
    last_channel: str | None
    last_summary: str | None
    overdue: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the customer as `due --json` prints them."""
        return {
            "customer_id": self.customer_id,
            "name": self.name,
            "reasons": list(self.reasons),
            "due": self.due.isoformat() if self.due else None,
            "days_overdue": self.days_overdue,
            "phone": self.phone,
            "last_contact": self.last_contact.isoformat() if self.last_contact else None,
            "last_channel": self.last_channel,
            "last_summary": self.last_summary,
        }


def due_list(facts: Facts, settings: Settings, duty: Duty, on: dt.date) -> tuple[DueCustomer, ...]:
    """Return whom to contact on a day, each customer once with all reasons, most urgent first.

    As of the end of the day: rows dated later do not count. Whoever has transferred out is never due. Return visits
    and turns are planned work: a day the advisor does not work lists none.
    """
    standing = standing_of(facts, on)
    works = duty.working_days(Span(on, on)) > 0
    found = {
        "first_visit": _longest_due_first(standing, _first_visits(standing)),
        "case_limit": _longest_due_first(standing, _cases(standing, settings)),
        "follow_up": _longest_due_first(standing, _follow_ups(standing)),
        "low_score": _longest_due_first(standing, _low_scores(standing)),
        "planned_visit": _longest_due_first(standing, _planned_visits(standing)),
        "risk_expiry": _longest_due_first(standing, _risk(standing)),
    }
    if works:
        revisits = talk_indicator(settings, REVISITS)
        if revisits is not None:
            found["revisit"] = _revisits(standing, revisits, duty)
        for reason, code in TURN_OF.items():
            indicator = talk_indicator(settings, code)
            if indicator is not None:
                chosen = in_turn(standing, indicator)[:TURNS_A_DAY]
                found[reason] = chosen, np.full(len(chosen), standing.today)
    return _customers(standing, found)


def _customers(standing: Standing, found: dict[str, Called]) -> tuple[DueCustomer, ...]:
    """Return the customers called for, each once, placed by the first reason."""
    reasons: dict[int, dict[str, int]] = {}
    for reason in REASONS:
        if reason in found:
            for at, day in zip(*(part.tolist() for part in found[reason]), strict=True):
                reasons.setdefault(at, {})[reason] = day
    facts, chosen = standing.facts, np.array(list(reasons), dtype=np.int64)
    rows = standing.last_row[chosen]
    spoken = zip(*(_said(facts, "activities", name, rows) for name in ("channel", "summary")), strict=True)
    about = zip(
        *(_said(facts, "customers", name, chosen) for name in ("customer_id", "name", "mobile", "phone")), strict=True
    )
    listed: list[DueCustomer] = []
    for (at, why), (customer, name, mobile, phone), told in zip(reasons.items(), about, spoken, strict=True):
        due, last = min(why.values()), int(standing.last_contact[at])
        channel, summary = (None, None) if last == NEVER else told
        listed.append(
            DueCustomer(
                customer_id=str(customer),
                name=str(name),
                reasons=tuple(why),
                due=day_of(due),
                days_overdue=max(0, standing.today - due),
                phone=mobile or phone,
                last_contact=None if last == NEVER else day_of(last),
                last_channel=channel,
                last_summary=summary,
                overdue=tuple(reason for reason, day in why.items() if day < standing.today),
            )
        )
    return tuple(listed)


def _said(facts: Facts, form: str, column: str, at: Positions) -> list[str | None]:
    """Return what a column says at some positions, None where it is blank or the position is −1."""
    entries = np.append(facts.values(form, column), np.nan)[at]
    return [entry if isinstance(entry, str) else None for entry in entries.tolist()]


def _longest_due_first(standing: Standing, days: DayNumbers) -> Called:
    """Return those due, of customers still here: longest due first, larger assets on ties, then by customer id."""
    at = np.flatnonzero((days != NOT_DUE) & standing.here)
    at = at[np.lexsort((standing.tie_break[at], days[at]))]
    return at, days[at]


def _earliest(standing: Standing, whose: Positions, chosen: Mask, days: DayNumbers) -> DayNumbers:
    """Return each customer's earliest day among chosen rows, `NOT_DUE` for none; `whose` is each row's customer."""
    used = chosen & (whose >= 0)
    earliest: DayNumbers = np.full(standing.count, NOT_DUE)
    np.minimum.at(earliest, whose[used], days[used])
    return earliest


def _first_visits(standing: Standing) -> DayNumbers:
    """First visit overdue or due within 3 days."""
    facts, assigned = standing.facts, standing.assigned_on
    due = assigned + FIRST_VISIT_DAYS.astype(np.int64)  # whoever is handed over later is still here today
    visited = assigned + facts.values("customers", "first_visit_days") <= standing.today
    return np.where(~visited & (due <= standing.today + FIRST_VISIT_AHEAD), due, NOT_DUE)


def _cases(standing: Standing, settings: Settings) -> DayNumbers:
    """Open cases past their limit by the end of the day: the day they came to be."""
    end = dt.datetime.combine(standing.on + dt.timedelta(days=1), dt.time())
    facts, table = standing.facts, standing.facts.tables["cases"]
    later = facts.values("cases", "resolved_at") >= np.datetime64(end)
    if later.any():  # resolved since, but open as of the day
        was = {"status": "in_progress", "resolved_at": None}
        columns = {code: table.columns[code].with_entry(later, entry) for code, entry in was.items()}
        facts = replace(facts, tables={**facts.tables, "cases": replace(table, columns={**table.columns, **columns})})
    clock = case_clock(facts, settings, end)
    past = clock.past_limit & (facts.values("cases", "opened_at") < np.datetime64(end))
    due = day_numbers(clock.terms.past_from.astype("datetime64[D]"), NOT_DUE)
    return _earliest(standing, standing.positions("cases"), past, due)


def _follow_ups(standing: Standing) -> DayNumbers:
    """Follow-ups due or overdue: next steps agreed, and what follows a visit, which is done by its own date."""
    today = standing.today
    agreed = standing.facts.day_numbers("activities", "next_on", NOT_DUE)
    open_ = standing.open_next_steps & (agreed <= today)
    due, done = (standing.facts.day_numbers("visits", name, NOT_DUE) for name in ("follow_up_due", "follow_up_done_on"))
    return np.minimum(
        _earliest(standing, standing.positions("activities"), open_, agreed),
        _earliest(standing, standing.positions("visits"), (due <= today) & (done > today), due),
    )


def _low_scores(standing: Standing) -> DayNumbers:
    """Low scores nobody answered, by the day of the score."""
    scores = unanswered_low_scores(standing.facts, standing.on)
    whose = standing.facts.positions_of(one.customer_id for one in scores)
    days = np.array([day_number(one.on) for one in scores], dtype=np.int64)
    return _earliest(standing, whose, whose >= 0, days)


def _planned_visits(standing: Standing) -> DayNumbers:
    """Visits planned today and not made yet."""
    planned, done = (standing.facts.day_numbers("visits", name, NOT_DUE) for name in ("planned_on", "done_on"))
    return _earliest(
        standing, standing.positions("visits"), (planned == standing.today) & (done > standing.today), planned
    )


def _risk(standing: Standing) -> DayNumbers:
    """Risk assessments expired or expiring in 30 days."""
    expiry = risk_expiry(standing.facts)
    return np.where(expiry <= standing.today + RISK_AHEAD, expiry, NOT_DUE)


@once
def risk_expiry(facts: Facts) -> DayNumbers:
    """Return when customers' risk assessments expire: two years on, of 29 February on the 28th; `NOT_DUE` for none."""
    assessed = facts.days("customers", "risk_assessed_on")
    months = assessed.astype("datetime64[M]")
    later, after = (months + RISK_MONTHS).astype("datetime64[D]"), (months + RISK_MONTHS + 1).astype("datetime64[D]")
    expiry = np.minimum(later + (assessed - months), after - DAY)
    return day_numbers(expiry, NOT_DUE)


def _revisits(standing: Standing, indicator: Indicator, duty: Duty) -> Called:
    """Customers whose latest effective contact is long enough ago, longest first: the day's target of them."""
    silent = tuple(one for one in indicator.where if one.column == DAYS_SINCE_CONTACT.code and one.other is None)
    since = standing.days_since_contact
    waiting = eligible(standing, indicator) & meets(silent, lambda _: since, len(since)) & ~np.isnan(since)
    least = max((int(value) for one in silent for value in one.values if isinstance(value, float)), default=0)
    days = np.where(waiting, standing.last_contact + least * waiting, NOT_DUE)
    (target,) = duty.day_targets(indicator, duty.worked(Span(standing.on, standing.on)))
    asked = 0 if target is None else ceil(target - _ROUNDING)
    at, due = _longest_due_first(standing, days)
    return at[:asked], due[:asked]
