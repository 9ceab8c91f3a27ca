"""Visits, business opportunities, training and improvements of the demo."""

from __future__ import annotations

import datetime as dt
from typing import Final

from reportkit.definitions.catalogue import INDICATOR_ROWS
from reportkit.definitions.choices import PRODUCTS
from reportkit.definitions.text import Text
from reportkit.demo.desk import Desk
from reportkit.demo.notes import (
    DEAL_NOTES,
    FOLLOW_UPS,
    IMPROVEMENTS,
    NEEDS,
    PLACES,
    PURPOSES,
    TOPICS,
    TRAININGS,
)
from reportkit.demo.people import RowDict
from reportkit.demo.staff import manager_name

_QUOTA: Final = 2.3  # visits planned a week by one who meets the quota of two
_STAGES: Final = ("found", "contacted", "proposed", "won")
INDICATOR_LABEL: Final = {row["code"]: Text(row["label"], row["label_tw"], row["label_en"]) for row in INDICATOR_ROWS}


def visits(desk: Desk) -> list[RowDict]:
    """Return planned visits: done, done late, missed, and those of the days ahead; done ones enter the diary."""
    rows = []
    for days in desk.weeks.values():
        for day in _plan_days(desk, days):
            rows.append(_visit(desk, day))
    ahead = [day for day in desk.period.trading if day > desk.period.today and desk.advisor.employed(day)]
    for day in (desk.period.today, *ahead[:7]):
        if day in desk.period.trading and desk.advisor.employed(day) and desk.dice.chance(0.3 * desk.habit.visits):
            rows.append(_planned(desk, day))
    return sorted((row for row in rows if row), key=lambda row: (row["planned_on"], row["planned_time"]))


def _plan_days(desk: Desk, days: list[dt.date]) -> list[dt.date]:
    count = desk.dice.around(_QUOTA * desk.habit.visits * len(days) / 5)
    return [desk.dice.one(days) for _ in range(count)]


def _planned(desk: Desk, day: dt.date) -> RowDict:
    """Return a visit that is only planned; an empty row when there is nobody to visit."""
    dice = desk.dice
    known = desk.served_on(day)
    if not known:
        return {}
    wealthy = sorted(known, key=lambda row: -row["assets"])[: max(8, len(known) // 2)]
    return {
        "planned_on": day,
        "planned_time": dt.time(dice.one((9, 10, 14, 15, 16)), dice.one((0, 30))),
        "customer_id": dice.one(wealthy)["customer_id"],
        "place": desk.say(PLACES),
        "participants": manager_name(desk.advisor.team, desk.language) if dice.chance(0.15) else None,
        "purpose": desk.say(PURPOSES),
        "topics": None,
        "done_on": None,
        "satisfaction": None,
        "needs": None,
        "opportunity": None,
        "follow_up": None,
        "follow_up_due": None,
        "follow_up_done_on": None,
    }


def _visit(desk: Desk, day: dt.date) -> RowDict:
    """Return a visit of a past day and what came of it."""
    dice, today = desk.dice, desk.period.today
    row = _planned(desk, day)
    if not row or not dice.chance(0.9):
        return row
    done = day if dice.chance(0.82) else desk.worked_from(day + dt.timedelta(days=1), 5)
    if done is None or done > today:
        return row
    desk.enter(done, "home_visit", row["customer_id"])
    row["done_on"], row["topics"] = done, desk.note(TOPICS)
    row["satisfaction"] = dice.one((3, 4, 4, 5, 5, 5)) if dice.chance(0.6) else None
    row["needs"] = desk.note(NEEDS, 0.5)
    if dice.chance(0.5):
        due = done + dt.timedelta(days=dice.randint(3, 14))
        row["follow_up"], row["follow_up_due"] = desk.say(FOLLOW_UPS), due
        finished = due + dt.timedelta(days=dice.randint(-3, 2)) if dice.chance(0.75) else None
        row["follow_up_done_on"] = finished if finished and done <= finished <= today else None
    return row


def opportunities(desk: Desk) -> list[RowDict]:
    """Return business opportunities through their stages; who won one holds the product from then on."""
    rows = []
    for customer in desk.customers:
        wanted = [product for product in PRODUCTS if customer[product] == "interested"]
        if not wanted or not desk.dice.chance(0.45):
            continue
        product = "advisory_contract" if "advisory_contract" in wanted else desk.dice.one(wanted)
        first = max(customer["assigned_on"], desk.period.start)
        opened = desk.worked_from(first, 70)
        if opened is not None and customer["status"] != "transferred_out":
            rows.append(_opportunity(desk, customer, product, opened))
    return sorted(rows, key=lambda row: row["opened_on"])


def _opportunity(desk: Desk, customer: RowDict, product: str, opened: dt.date) -> RowDict:
    dice = desk.dice
    amount = None if product == "advisory_contract" else round(customer["assets"] * dice.uniform(0.05, 0.4), -3)
    closed = desk.worked_from(opened + dt.timedelta(days=4), 30)
    stage = dice.one(_STAGES[:3])
    if closed is not None and dice.chance(0.6):
        stage = "won" if dice.chance(0.35 + 0.35 * desk.habit.effective) else "lost"
    over = stage in ("won", "lost")
    if stage == "won":
        customer[product] = "holds"
    return {
        "opened_on": opened,
        "customer_id": customer["customer_id"],
        "product": product,
        "amount": amount,
        "stage": stage,
        "expected_on": opened + dt.timedelta(days=dice.randrange(14, 60)),
        "closed_on": closed if over else None,
        "note": desk.note(DEAL_NOTES, 0.4),
    }


def training(desk: Desk) -> list[RowDict]:
    """Return trainings attended, about one every ten days."""
    rows = []
    for day, _ in desk.days:
        if desk.dice.chance(0.14 * min(1.2, desk.habit.writes + 0.2)):
            rows.append(
                {
                    "date": day,
                    "topic": desk.say(TRAININGS),
                    "hours": desk.dice.one((1.0, 1.5, 2.0, 2.0, 3.0)),
                    "score": float(desk.dice.randint(68, 99)) if desk.dice.chance(0.7) else None,
                }
            )
    return rows


def improvements(desk: Desk) -> list[RowDict]:
    """Return the improvement whose effect the data show, and now and then one that is only planned."""
    rows = []
    if desk.habit.improves:
        rows.append(_improvement(desk, desk.habit.improves, desk.period.turn))
    elif desk.dice.chance(0.4):
        rows.append(_improvement(desk, "resolution_rate", desk.period.turn))
    if desk.dice.chance(0.3):
        rows.append(_improvement(desk, desk.dice.one(("csat", "first_response")), None))
    return [row for row in rows if desk.advisor.employed(row["opened_on"])]


def _improvement(desk: Desk, indicator: str, started: dt.date | None) -> RowDict:
    problem, cause, measure = IMPROVEMENTS[indicator]
    opened = (started or desk.period.today) - dt.timedelta(days=desk.dice.randint(4, 6))
    done = started + dt.timedelta(days=14) if started else None
    return {
        "opened_on": opened,
        "problem": problem.to(desk.language),
        "cause": cause.to(desk.language),
        "measure": measure.to(desk.language),
        "owner": desk.advisor.name,
        "due": opened + dt.timedelta(days=30),
        "started_on": started,
        "done_on": done if done and done <= desk.period.today else None,
        "indicator": INDICATOR_LABEL[indicator].to(desk.language),
        "note": None,
    }
