"""The service desk of the demo: cases, service hours and leave, surveys."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Final

from reportkit.demo.desk import Desk
from reportkit.demo.notes import CAUSES, CRITICISM, LEAVE_NOTES, MEASURES, PRAISE, RESOLUTIONS
from reportkit.demo.people import RowDict
from reportkit.demo.staff import manager_name

_CATEGORIES: Final = {
    "account": 0.24, "trading": 0.24, "product": 0.17, "system": 0.13, "fees": 0.1, "complaint": 0.05,
    "suggestion": 0.04, "other": 0.03,
}  # fmt: skip
_PRIORITIES: Final = {"normal": 0.6, "": 0.1, "high": 0.14, "low": 0.12, "urgent": 0.04}
_CHANNELS: Final = {"phone": 0.62, "wechat": 0.25, "qq": 0.05, "in_person": 0.08}
_SOLVING: Final = {"urgent": 0.4, "high": 0.7, "low": 1.6}
_FOUND_WITHIN: Final = 9  # days after which a forgotten case is closed at last
_FOUND: Final = 0.95
_REPEAT_WITHIN: Final = dt.timedelta(days=7)


def cases(desk: Desk) -> list[RowDict]:
    """Return the rows of the case form, in the order they were opened."""
    rows: list[RowDict] = []
    for day, _ in desk.days:
        count = desk.dice.around(desk.habit.cases * min(1.3, desk.mood[day]))
        seconds = sorted(desk.dice.sample(range(9 * 3600, 16 * 3600 + 2700), count))
        if day == desk.period.today:
            seconds = [second for second in seconds if second < 15 * 3600]
        for second in seconds:
            opened = dt.datetime.combine(day, dt.time()) + dt.timedelta(seconds=second)
            rows.append(_case(desk, rows, opened))
    return rows


def worktime(desk: Desk, case_rows: list[RowDict]) -> list[RowDict]:
    """Return one row a working day: leave, and the hours the cases of the day took."""
    opened = Counter(row["opened_at"].date() for row in case_rows)
    worked = {day for day, _ in desk.days}
    rows = []
    for day in desk.period.trading:
        leave = desk.advisor.leave.get(day)
        if day not in worked and not (leave == "full" and day <= desk.period.today):
            continue
        hours = max(0.3, opened[day] / desk.habit.pace * desk.dice.uniform(0.85, 1.15))
        rows.append(
            {
                "date": day,
                "leave": leave or ("none" if desk.dice.chance(0.5) else None),
                "service_hours": None if leave == "full" else round(hours, 1),
                "note": desk.say(LEAVE_NOTES) if leave else None,
            }
        )
    return rows


def surveys(desk: Desk) -> list[RowDict]:
    """Return answers to surveys, a few a week; most low scores get a call into the diary."""
    rows = []
    for days in desk.weeks.values():
        for day in sorted(desk.dice.one(days) for _ in range(desk.dice.around(2.2))):
            known = desk.served_on(day)
            if not known:
                continue
            customer_id = desk.dice.one(known)["customer_id"]
            score = _score(desk, day)
            rows.append(
                {
                    "date": day,
                    "customer_id": customer_id,
                    "channel": desk.dice.weighted({"phone": 0.5, "wechat": 0.4, "email": 0.1}),
                    "score": score,
                    "recommend": min(10, max(0, score * 2 - desk.dice.randint(0, 2)))
                    if desk.dice.chance(0.8)
                    else None,
                    "comment": desk.note(PRAISE if score >= 4 else CRITICISM, 0.5),
                }
            )
            if score <= 2:
                _follow_up(desk, day, customer_id, 0.6)
    return rows


def _case(desk: Desk, earlier: list[RowDict], opened: dt.datetime) -> RowDict:
    dice = desk.dice
    row: RowDict = {
        "case_id": f"W{desk.advisor.number:02d}{len(earlier) + 1:04d}",
        "customer_id": None,
        "opened_at": opened,
        "channel": dice.weighted(_CHANNELS),
        "category": dice.weighted(_CATEGORIES),
        "priority": dice.weighted(_PRIORITIES) or None,
        "responded_at": None,
        "resolved_at": None,
        "waiting_minutes": None,
        "status": "open",
        "owner": desk.advisor.name,
        "resolution": None,
        "repeat_of": None,
        "satisfaction": None,
        "reopened": None,
        "escalated_to": None,
        "cause": None,
        "measure": None,
    }
    _who(desk, row, earlier)
    _answer(desk, row)
    return row


def _who(desk: Desk, row: RowDict, earlier: list[RowDict]) -> None:
    """Say who asks: about a customer's own last case, a new matter, or a caller who is no customer."""
    dice, day = desk.dice, row["opened_at"].date()
    served = {customer["customer_id"] for customer in desk.served_on(day)}
    recent = [case for case in earlier[-60:] if case["opened_at"] > row["opened_at"] - _REPEAT_WITHIN]
    own = [case for case in recent if case["customer_id"] in served and case["status"] != "open"]
    if own and dice.chance(desk.habit.repeats * desk.improved("repeat_rate", day)):
        before = dice.one(own)
        row["customer_id"], row["category"] = before["customer_id"], before["category"]
        row["repeat_of"] = before["case_id"] if dice.chance(0.8) else None
        return
    asked = {case["customer_id"] for case in recent if case["category"] == row["category"]}
    free = [customer for customer in sorted(served) if customer not in asked]
    if free and dice.chance(0.9):
        row["customer_id"] = dice.one(free)


def _answer(desk: Desk, row: RowDict) -> None:
    """Answer and solve a case, or leave it open."""
    dice, habit, opened = desk.dice, desk.habit, row["opened_at"]
    if dice.chance(0.97):
        median = habit.response * desk.improved("first_response", opened.date()) * 0.93
        row["responded_at"] = opened + dt.timedelta(seconds=max(3, round(dice.skewed(median, 0.38))))
    took = dice.skewed(habit.solving * _SOLVING.get(row["priority"], 1.0), 0.7)
    resolved = _in_hours(desk, opened + dt.timedelta(minutes=max(2.0, took)))
    if row["category"] in ("complaint", "system") and dice.chance(0.25):
        row["escalated_to"] = manager_name(desk.advisor.team, desk.language)
    now = dt.datetime.combine(desk.period.today, dt.time(15, 30))
    if not dice.chance(habit.resolved):  # forgotten at first; most of what was forgotten is found again
        found = opened + dt.timedelta(days=dice.randint(3, _FOUND_WITHIN))
        resolved = _in_hours(desk, found) if dice.chance(_FOUND) else None
    if resolved is None or resolved > now:
        row["status"] = dice.weighted({"open": 0.2, "in_progress": 0.45, "waiting": 0.2, "unresolved": 0.15})
        return
    row["resolved_at"] = resolved
    row["status"] = "closed" if dice.chance(0.6) else "resolved"
    row["resolution"] = desk.note(RESOLUTIONS[row["category"]])
    if dice.chance(0.15):
        row["waiting_minutes"] = float(round((resolved - opened).total_seconds() / 60 * dice.uniform(0.1, 0.5)))
    if dice.chance(0.55):
        row["satisfaction"] = _score(desk, opened.date())
    if dice.chance(0.04):
        row["reopened"] = 1 if dice.chance(0.8) else 2
    if row["category"] == "complaint":
        row["cause"], row["measure"] = desk.say(CAUSES), desk.note(MEASURES, 0.7)
        if row["customer_id"]:
            _follow_up(desk, opened.date(), row["customer_id"], 0.7)


def _in_hours(desk: Desk, moment: dt.datetime) -> dt.datetime | None:
    """Return the moment, or, when the branch is shut then, the next morning it is open and the advisor there."""
    moment = moment.replace(microsecond=0)
    if moment.time() < dt.time(17, 30) and moment.date() in desk.mood:
        return moment
    following = next((day for day, _ in desk.days if day > moment.date()), None)
    if following is None:
        return None
    return dt.datetime.combine(following, dt.time(9)) + dt.timedelta(seconds=desk.dice.randrange(5400))


def _score(desk: Desk, day: dt.date) -> int:
    """Return a satisfaction: four or five in as many cases as the habit says."""
    if desk.dice.chance(min(0.99, desk.habit.happy * desk.improved("csat", day))):
        return 5 if desk.dice.chance(0.65) else 4
    return desk.dice.one((3, 3, 2, 1))


def _follow_up(desk: Desk, day: dt.date, customer_id: str, share: float) -> None:
    following = desk.worked_from(day + dt.timedelta(days=1), 3)
    if following and desk.dice.chance(share):
        desk.enter(following, "complaint_followup", customer_id)
