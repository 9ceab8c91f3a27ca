"""The customers of one advisor of the demo."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from reportkit.definitions.choices import PRODUCTS
from reportkit.definitions.text import Language
from reportkit.demo.dice import Dice
from reportkit.demo.names import INTERESTS, OCCUPATIONS
from reportkit.demo.staff import Advisor, Period, full_name

RowDict = dict[str, Any]
_SKILLS: Final = {"novice": 0.35, "intermediate": 0.4, "experienced": 0.2, "professional": 0.05}
_RISKS: Final = {"conservative": 0.3, "balanced": 0.45, "aggressive": 0.25}
_STANCES: Final[dict[str, dict[str, float]]] = {
    "public_fund": {"holds": 0.4, "interested": 0.25, "not_interested": 0.2, "unsuitable": 0.0, "": 0.15},
    "private_fund": {"holds": 0.03, "interested": 0.07, "not_interested": 0.2, "unsuitable": 0.5, "": 0.2},
    "managed_account": {"holds": 0.02, "interested": 0.05, "not_interested": 0.2, "unsuitable": 0.5, "": 0.23},
    "margin_trading": {"holds": 0.1, "interested": 0.12, "not_interested": 0.3, "unsuitable": 0.35, "": 0.13},
    "futures": {"holds": 0.02, "interested": 0.05, "not_interested": 0.4, "unsuitable": 0.4, "": 0.13},
    "collective_plan": {"holds": 0.12, "interested": 0.15, "not_interested": 0.3, "unsuitable": 0.1, "": 0.33},
    "advisory_contract": {"holds": 0.08, "interested": 0.2, "not_interested": 0.3, "unsuitable": 0.02, "": 0.4},
}


def customers(
    advisor: Advisor, period: Period, dice: Dice, language: Language, count: int | None = None
) -> list[RowDict]:
    """Return the rows of the customer form: about a sixth assigned within the period, the rest before.

    `count` fixes how many there are; else the advisor's habit says.
    """
    total = dice.randint(*advisor.habit.customers) if count is None else count
    assigned = sorted(_assigned_on(advisor, period, dice) for _ in range(total))
    rows = [_customer(advisor, period, dice, language, number, day) for number, day in enumerate(assigned, 1)]
    for number, row in enumerate(rows):
        earlier = rows[:number]
        if earlier and dice.chance(0.15):
            row["referred_by"] = dice.one(earlier)["customer_id"]
    return rows


def served(row: RowDict, day: dt.date) -> bool:
    """Return whether a customer is the advisor's on a day: assigned, and not yet transferred out."""
    gone = row["status"] == "transferred_out" and row["status_on"] <= day
    return bool(row["assigned_on"] <= day and not gone)


def _assigned_on(advisor: Advisor, period: Period, dice: Dice) -> dt.date:
    last = min(advisor.left or period.today, period.today)
    if advisor.joined is not None:
        when = advisor.joined + dt.timedelta(days=int(dice.betavariate(1, 3) * (last - advisor.joined).days))
    elif dice.chance(0.17):
        when = period.start + dt.timedelta(days=dice.randint(0, max(1, (last - period.start).days)))
    elif dice.chance(0.18):
        when = period.start - dt.timedelta(days=dice.randint(14, 120))
    else:
        when = period.start - dt.timedelta(days=dice.randint(121, 2600))
    when = min(when, last)
    friday = when - dt.timedelta(days=max(0, when.weekday() - 4))
    return max(advisor.joined or friday, friday)


def _customer(
    advisor: Advisor, period: Period, dice: Dice, language: Language, number: int, assigned: dt.date
) -> RowDict:
    """Return one customer; what nobody has asked yet is blank."""
    customer_id = f"C{advisor.number:02d}{number:03d}"
    assets = round(dice.skewed(advisor.habit.median_assets, 1.25), -2)
    known = dice.chance(0.8)
    risk = dice.weighted(_RISKS)
    row: RowDict = {
        "customer_id": customer_id,
        "name": full_name(dice, language),
        "assigned_on": assigned,
        "mobile": f"1380013{dice.randrange(10_000):04d}",
        "phone": f"010-0000{dice.randrange(10_000):04d}" if dice.chance(0.1) else None,
        "wechat": f"demo_{customer_id.lower()}" if dice.chance(0.6) else None,
        "qq": f"90000{dice.randrange(100_000):05d}" if dice.chance(0.12) else None,
        "email": f"{customer_id.lower()}@example.com" if dice.chance(0.35) else None,
        "occupation": dice.one(OCCUPATIONS).to(language) if known else None,
        "work_years": float(dice.randint(1, 42)) if known else None,
        "skill": dice.weighted(_SKILLS) if known else None,
        "interests": dice.one(INTERESTS).to(language) if dice.chance(0.55) else None,
        "assets": assets,
        "outside_assets": round(assets * dice.skewed(0.4, 0.9), -3) if dice.chance(0.4) else None,
        "referred_by": None,
        "status": "dormant" if dice.chance(0.05) else "active" if dice.chance(0.8) else None,
        "status_on": None,
        "risk": risk,
        "risk_assessed_on": _assessed_on(period, dice),
        **{product: dice.weighted(_STANCES[product]) or None for product in PRODUCTS},
    }
    if assets >= 500_000 and row["margin_trading"] == "unsuitable":
        row["margin_trading"] = "interested"
    if assigned < period.start and dice.chance(0.045):
        row["status"] = "transferred_out"
    if row["status"] in ("dormant", "transferred_out"):
        row["status_on"] = _status_on(advisor, period, dice, assigned)
    return row


def _status_on(advisor: Advisor, period: Period, dice: Dice, assigned: dt.date) -> dt.date:
    first = max(assigned, period.start)
    last = min(advisor.left or period.today, period.today)
    return first + dt.timedelta(days=dice.randint(0, max(0, (last - first).days)))


def _assessed_on(period: Period, dice: Dice) -> dt.date | None:
    """Return the day of the risk assessment: mostly valid, some expired or expiring soon."""
    if dice.chance(0.06):
        return None
    days = dice.randint(700, 760) if dice.chance(0.12) else dice.randint(5, 690)
    return period.today - dt.timedelta(days=days)
