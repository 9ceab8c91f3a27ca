"""Whom to contact on a day, and why (DOMAIN §4), and the four states of a first visit (§3)."""

from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import Any

from .catalogue import Log, Row, Settings, exact, is_contact, rows_of
from .counting import may_margin, wants_funds
from .limits import day_past_limit
from .targets import target_in_force, working_day

REASONS = (  # in the order of §4
    "first_visit",
    "case_limit",
    "follow_up",
    "low_score",
    "planned_visit",
    "revisit",
    "fund_turn",
    "margin_turn",
    "risk_expiry",
)
TURNS_A_DAY = 2


def contacts(log: Log, customer: Row, on: date, kind: str | None = None) -> list[Row]:
    """The customer's effective contacts dated up to a day, of one kind or of any."""
    found = []
    for row in rows_of(log, "activities"):
        mine = row.get("customer_id") == customer["customer_id"] and row["date"] <= on
        if mine and is_contact(row) and kind in (None, row["kind"]):
            found.append(row)
    return found


def contacted_from(log: Log, customer: Row, first: date, on: date) -> bool:
    """Whether there is an effective contact from one day to another, both in."""
    return any(row["date"] >= first for row in contacts(log, customer, on))


def last_talk(log: Log, customer: Row, on: date, kind: str | None = None) -> date | None:
    """The day of the latest effective contact up to a day, of one kind or of any."""
    return max((row["date"] for row in contacts(log, customer, on, kind)), default=None)


def assets(customer: Row) -> Fraction:
    """The customer's assets for ordering; unknown ones count as none."""
    return exact(customer.get("assets") or 0)


def first_visit(log: Log, customer: Row, as_of: date) -> str:
    """§3: "First visits show all four states: on time, late, missed, not yet due"."""
    tenth_day = customer["assigned_on"] + timedelta(days=10)
    visited = [row["date"] for row in contacts(log, customer, as_of, "return_visit")]
    since = [day for day in visited if day >= customer["assigned_on"]]
    if since:
        return "on_time" if min(since) <= tenth_day else "late"
    return "missed" if as_of > tenth_day else "not_due"


def first_visits(log: Log, as_of: date) -> dict[str, str]:
    """The state of the first visit of every customer assigned by a day."""
    return {
        customer["customer_id"]: first_visit(log, customer, as_of)
        for customer in rows_of(log, "customers")
        if customer["assigned_on"] <= as_of
    }


def first_visit_due(log: Log, customer: Row, on: date) -> date | None:
    """§4: "first visit overdue or due within 3 days"."""
    tenth_day: date = customer["assigned_on"] + timedelta(days=10)
    waiting = customer["assigned_on"] <= on and first_visit(log, customer, on) in ("missed", "not_due")
    return tenth_day if waiting and tenth_day <= on + timedelta(days=3) else None


def case_due(log: Log, settings: Settings, customer: Row, on: date) -> date | None:
    """§4: "case past its limit", by the end of the day."""
    found = []
    for case in rows_of(log, "cases"):
        if case.get("customer_id") == customer["customer_id"]:
            day = day_past_limit(settings, case, on)
            if day is not None:
                found.append(day)
    return min(found, default=None)


def follow_up_due(log: Log, customer: Row, on: date) -> date | None:
    """§4: "next_on or follow_up_due due or overdue".

    A next step is done by an effective contact on a later day than its own row, on or after the day agreed.
    """
    found = []
    for row in rows_of(log, "activities"):
        day = row.get("next_on")
        if row.get("customer_id") != customer["customer_id"] or day is None or day > on or row["date"] > on:
            continue
        if not contacted_from(log, customer, max(day, row["date"] + timedelta(days=1)), on):
            found.append(day)
    for row in rows_of(log, "visits"):
        day = row.get("follow_up_due")
        if row["customer_id"] != customer["customer_id"] or day is None or day > on:
            continue
        if row.get("follow_up_done_on") is None:
            found.append(day)
    return min(found, default=None)


def ratings(log: Log, customer: Row) -> list[tuple[date, int]]:
    """Every rating the customer gave, with its day."""
    found = []
    for form, column in (("surveys", "score"), ("activities", "satisfaction"), ("cases", "satisfaction")):
        for row in rows_of(log, form):
            if row.get("customer_id") == customer["customer_id"] and row.get(column) is not None:
                day = row["date"] if form != "cases" else (row.get("resolved_at") or row["opened_at"]).date()
                found.append((day, row[column]))
    for row in rows_of(log, "visits"):
        if row["customer_id"] == customer["customer_id"] and row.get("satisfaction") is not None:
            found.append((row.get("done_on") or row["planned_on"], row["satisfaction"]))
    return found


def low_score_due(log: Log, customer: Row, on: date) -> date | None:
    """§4: "a score of 2 or less not followed up" by an effective contact on a later day."""
    found = []
    for day, rating in ratings(log, customer):
        if rating <= 2 and day <= on and not contacted_from(log, customer, day + timedelta(days=1), on):
            found.append(day)
    return min(found, default=None)


def planned_visit_due(log: Log, customer: Row, on: date) -> date | None:
    """§4: "planned visit today", not made yet."""
    for row in rows_of(log, "visits"):
        if row["customer_id"] == customer["customer_id"] and row["planned_on"] == on and row.get("done_on") is None:
            return on
    return None


def risk_due(customer: Row, on: date) -> date | None:
    """§4: "risk assessment expired or expiring in 30 days"; §1: "expires after 2 years", 29 February on the 28th."""
    assessed: date | None = customer.get("risk_assessed_on")
    if assessed is None:
        return None
    leap_day = assessed.month == 2 and assessed.day == 29
    expiry = date(assessed.year + 2, assessed.month, 28 if leap_day else assessed.day)
    return expiry if expiry <= on + timedelta(days=30) else None


def due_revisits(log: Log, settings: Settings, advisor: str, on: date, customers: list[Row]) -> list[tuple[Row, date]]:
    """§4: "latest effective contact ≥ 14 days ago; longest first, then larger assets; the day's target of them"."""
    waiting = []
    for customer in customers:
        latest = last_talk(log, customer, on)
        if latest is not None and (on - latest).days >= 14:
            waiting.append((latest, -assets(customer), customer["customer_id"], customer))
    waiting.sort(key=lambda item: item[:3])
    wanted = target_in_force(settings, advisor, "revisits", on) or Fraction(0)
    asked = ceil(wanted * working_day(settings, log, advisor, on))
    return [(customer, latest + timedelta(days=14)) for latest, _, _, customer in waiting[:asked]]


def turn(log: Log, kind: str, on: date, customers: list[Row]) -> list[Row]:
    """§4: "the one never or longest ago talked to comes next, larger assets first on ties"."""
    eligible = [customer for customer in customers if (wants_funds if kind == "fund_talk" else may_margin)(customer)]
    return sorted(
        eligible,
        key=lambda customer: (
            last_talk(log, customer, on, kind) or date.min,
            -assets(customer),
            customer["customer_id"],
        ),
    )


def is_active(customer: Row, on: date) -> bool:
    """Whether the customer has by that day neither taken the custody elsewhere nor gone to a colleague."""
    later = customer.get("status_on") is not None and customer["status_on"] > on
    return later or customer["status"] not in ("transferred_out", "handed_over")


def places(log: Log, settings: Settings, advisor: str, on: date) -> dict[str, list[tuple[Row, date]]]:
    """The customers of each reason with the day it fell due, in the reason's own order.

    What was promised stays due whoever the customer is with; only active customers are called for anything else.
    """
    everyone = rows_of(log, "customers")
    active = [customer for customer in everyone if is_active(customer, on)]
    days: dict[str, list[tuple[Row, date | None]]] = {
        "first_visit": [(customer, first_visit_due(log, customer, on)) for customer in active],
        "case_limit": [(customer, case_due(log, settings, customer, on)) for customer in everyone],
        "follow_up": [(customer, follow_up_due(log, customer, on)) for customer in everyone],
        "low_score": [(customer, low_score_due(log, customer, on)) for customer in everyone],
        "planned_visit": [(customer, planned_visit_due(log, customer, on)) for customer in everyone],
        "risk_expiry": [(customer, risk_due(customer, on)) for customer in active],
    }
    found = {reason: by_due_day(pairs) for reason, pairs in days.items()}
    found["revisit"] = due_revisits(log, settings, advisor, on, active)
    found["fund_turn"] = [(customer, on) for customer in turn(log, "fund_talk", on, active)[:TURNS_A_DAY]]
    found["margin_turn"] = [(customer, on) for customer in turn(log, "margin_talk", on, active)[:TURNS_A_DAY]]
    return found


def by_due_day(pairs: list[tuple[Row, date | None]]) -> list[tuple[Row, date]]:
    """Those who are due: the longest due first, then larger assets, then the customer id."""
    given = [(customer, day) for customer, day in pairs if day is not None]
    return sorted(given, key=lambda pair: (pair[1], -assets(pair[0]), pair[0]["customer_id"]))


def due(log: Log, settings: Settings, advisor: str, on: date) -> list[dict[str, Any]]:
    """§4: "In this order, each customer once with all reasons": placed by the first of them."""
    found = places(log, settings, advisor, on)
    entries: dict[str, dict[str, Any]] = {}
    for reason in REASONS:
        for customer, day in found[reason]:
            entry = entries.setdefault(customer["customer_id"], {"reasons": {}, "customer": customer})
            entry["reasons"][reason] = day
    return [columns(log, entry["customer"], entry["reasons"], on) for entry in entries.values()]


def columns(log: Log, customer: Row, reasons: dict[str, date], on: date) -> dict[str, Any]:
    """§4: "customer, reasons, due date, days overdue"; the due date is the earliest of the reasons'."""
    earliest = min(reasons.values())
    return {
        "customer_id": customer["customer_id"],
        "reasons": list(reasons),
        "due": earliest,
        "days_overdue": max(0, (on - earliest).days),
        "last_contact": last_talk(log, customer, on),
    }
