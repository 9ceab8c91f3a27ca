"""The daily log of one advisor of the demo: talks, messages to all, events."""

from __future__ import annotations

import datetime as dt
from typing import Final

from reportkit.definitions.choices import BROADCAST_KINDS, EVENT_KINDS
from reportkit.demo.desk import Desk
from reportkit.demo.notes import NEXT_STEPS, NOTES, UNANSWERED
from reportkit.demo.people import RowDict
from reportkit.demo.staff import BEFORE

_CHANNELS: Final = {"phone": 0.55, "wechat": 0.27, "sms": 0.05, "in_person": 0.08, "video": 0.03, "email": 0.02}
_BROADCAST_CHANNELS: Final = {"wechat": 0.7, "sms": 0.22, "qq": 0.08}
_BROADCAST_FROM: Final = {"market_view": 8 * 60 + 35, "stock_view": 10 * 60, "intraday_alert": 13 * 60 + 5}
_QUOTA: Final = {"new_contact": 5, "return_visit": 5, "fund_talk": 1, "margin_talk": 1}
_GAP: Final = dt.timedelta(days=14)
_CLOSE: Final = 12  # customers an advisor talks to all the time: the newest and the wealthiest


class Talks:
    """Who was talked to when, and so who comes next."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.last: dict[str, dt.date] = {}
        self.turns: dict[tuple[str, str], dt.date] = {}
        self.today: set[str] = set()

    def start(self, day: dt.date) -> None:
        """Begin a day: look up who is served."""
        self.day, self.today = day, set()
        self.served = self.desk.served_on(day)
        wealthy = sorted(self.served, key=lambda row: -row["assets"])[:_CLOSE]
        self.newest = self.served[-_CLOSE:]
        self.close = {row["customer_id"]: row for row in (*self.newest, *wealthy[: _CLOSE // 2])}

    def next(self, kind: str, count: int) -> list[str]:
        """Return up to `count` customers to talk to, none of them twice a day."""
        found = []
        for _ in range(count):
            candidates = [row["customer_id"] for row in self._eligible(kind)]
            free = [customer for customer in candidates if customer not in self.today]
            if not free:
                break
            chosen = self._turn(kind, free)
            self.today.add(chosen)
            found.append(chosen)
        return found

    def talked(self, kind: str, customer_id: str) -> None:
        """Remember an effective talk."""
        self.today.add(customer_id)
        self.last[customer_id] = self.day
        self.turns[kind, customer_id] = self.day

    def _eligible(self, kind: str) -> list[RowDict]:
        if kind == "new_contact":
            return self.newest
        if kind == "return_visit":
            known = [row for row in self.served if row["customer_id"] not in self.close]
            return [row for row in known if self._since(row) >= _GAP]
        rows = list(self.close.values()) if self.desk.dice.chance(0.6) else self.served
        if kind == "fund_talk":
            return [row for row in rows if row["public_fund"] in ("holds", "interested")]
        if kind == "margin_talk":
            return [row for row in rows if row["assets"] >= 500_000]
        if kind == "advisory_talk":
            return [row for row in rows if row["advisory_contract"] in (None, "interested")]
        return rows

    def _since(self, row: RowDict) -> dt.timedelta:
        last = self.last.get(row["customer_id"])
        return self.day - last if last else dt.timedelta(0)

    def _turn(self, kind: str, free: list[str]) -> str:
        """Return whose turn it is: longest ago first where turns rotate, else anybody."""
        if kind == "return_visit":
            return min(free, key=lambda customer: self.last[customer])
        if kind in ("fund_talk", "margin_talk"):
            return min(free, key=lambda customer: self.turns.get((kind, customer), dt.date.min))
        return self.desk.dice.one(free)


def activities(desk: Desk) -> list[RowDict]:
    """Return the rows of the daily log, in the order of days and times."""
    _plan_first_visits(desk)
    _plan_events(desk)
    talks = Talks(desk)
    rows = _carried_over(desk, talks)
    for day, share in desk.days:
        rows += _day(desk, talks, day, share)
    return rows


def _carried_over(desk: Desk, talks: Talks) -> list[RowDict]:
    """Return each older customer's last talk before the period, taken over from the log before."""
    period, dice = desk.period, desk.dice
    rows = []
    for customer in desk.customers:
        first = max(customer["assigned_on"], period.start - dt.timedelta(days=BEFORE))
        days = [day for day in period.trading if first <= day <= period.start - _GAP]
        if days and desk.advisor.employed(days[0]):
            talks.day = dice.one(days)
            talks.talked("return_visit", customer["customer_id"])
            rows.append(_talk(desk, talks.day, "return_visit", customer["customer_id"], effective=True))
    for row in rows:
        row["time"] = dt.time(dice.randint(9, 16), dice.randrange(60))
    return sorted(rows, key=lambda row: (row["date"], row["time"]))


def _plan_first_visits(desk: Desk) -> None:
    """Put first visits of new customers into the diary: on time, late, or forgotten."""
    for customer in desk.customers:
        assigned = customer["assigned_on"]
        if assigned < desk.period.start - dt.timedelta(days=9):
            continue
        share = min(1.0, desk.habit.first_visits * desk.improved("first_visits_on_time", assigned))
        if desk.dice.chance(share):
            day = desk.worked_from(assigned + dt.timedelta(days=1), 8)
        elif desk.dice.chance(0.6):
            day = desk.worked_from(assigned + dt.timedelta(days=11), 9)
        else:
            day = None
        if day:
            desk.enter(day, "return_visit", customer["customer_id"])


def _plan_events(desk: Desk) -> None:
    """Put classes of the week, meetings of the month and salons into the diary."""
    dice, share = desk.dice, desk.habit.classes
    months: dict[tuple[int, int], list[dt.date]] = {}
    for days in desk.weeks.values():
        for kind in ("novice_class", "veteran_class"):
            if dice.chance(share * min(1.0, len(days) / 3)):
                desk.enter(dice.one(days), kind)
        for day in days:
            months.setdefault((day.year, day.month), []).append(day)
    for (_, month), days in months.items():
        if dice.chance(share):
            desk.enter(dice.one(days), "report_meeting")
        if month % 2 and dice.chance(share):
            desk.enter(dice.one(days), "salon")
        if dice.chance(0.15):
            desk.enter(dice.one(days), "company_visit")


def _day(desk: Desk, talks: Talks, day: dt.date, share: float) -> list[RowDict]:
    """Return the rows of one day, at different minutes."""
    dice, habit, mood = desk.dice, desk.habit, desk.mood[day]
    talks.start(day)
    rows = _from_diary(desk, talks, day)
    rates = {
        "new_contact": habit.new_contacts,
        "return_visit": habit.revisits,
        "fund_talk": habit.funds,
        "margin_talk": habit.margins,
    }
    for kind, rate in rates.items():
        rows += _talks(desk, talks, kind, dice.around(rate * _QUOTA[kind] * mood))
    for kind, often in (("advisory_talk", 0.3), ("referral_request", 0.15)):
        rows += _talks(desk, talks, kind, dice.around(often * mood))
    if dice.chance(0.08):
        rows.append(_other(desk, day))
    closes = 15 * 60 if day == desk.period.today else 17 * 60 + 30
    for row, minute in zip(rows, dice.sample(range(9 * 60 + 5, closes), len(rows)), strict=True):
        row["time"] = dt.time(minute // 60, minute % 60)
    for kind in BROADCAST_KINDS:
        for again in range(dice.around(habit.broadcasts * min(1.1, 0.55 + mood / 2) * min(1.0, share * 2))):
            rows.append(_broadcast(desk, day, kind, again))
    return sorted(rows, key=lambda row: row["time"])


def _from_diary(desk: Desk, talks: Talks, day: dt.date) -> list[RowDict]:
    rows = []
    served = {row["customer_id"] for row in talks.served}
    for kind, customer_id in desk.diary.get(day, ()):
        if kind in EVENT_KINDS:
            rows.append(_event(desk, day, kind))
        elif customer_id is not None and customer_id in served - talks.today:
            talks.talked(kind, customer_id)
            rows.append(_talk(desk, day, kind, customer_id, effective=True))
    return rows


def _talks(desk: Desk, talks: Talks, kind: str, count: int) -> list[RowDict]:
    """Return the effective talks of a kind, and the tries it took to have them."""
    rows = []
    for customer_id in talks.next(kind, count):
        talks.talked(kind, customer_id)
        rows.append(_talk(desk, talks.day, kind, customer_id, effective=True))
    tries = desk.dice.around(len(rows) * (1 / desk.habit.effective - 1))
    for customer_id in talks.next(kind, tries):
        rows.append(_talk(desk, talks.day, kind, customer_id, effective=False))
    return rows


def _blank(day: dt.date, kind: str) -> RowDict:
    return {
        "date": day, "time": None, "kind": kind, "customer_id": None, "channel": None, "effective": None,
        "minutes": None, "attendees": None, "summary": None, "satisfaction": None, "next_step": None,
        "next_on": None,
    }  # fmt: skip


def _talk(desk: Desk, day: dt.date, kind: str, customer_id: str, *, effective: bool) -> RowDict:
    dice = desk.dice
    row = _blank(day, kind)
    row["customer_id"] = customer_id
    row["channel"] = "in_person" if kind == "home_visit" else dice.weighted(_CHANNELS)
    if not effective:
        row["effective"] = "no" if dice.chance(0.8) else None
        row["channel"] = "phone" if dice.chance(0.75) else "wechat"
        row["summary"] = desk.note(UNANSWERED[row["channel"]])
        return row
    row["effective"] = "yes"
    longer = 5 if kind == "home_visit" else 1
    row["minutes"] = float(max(1, round(dice.skewed(desk.habit.minutes * longer, 0.5))))
    row["summary"] = desk.note(NOTES[kind])
    if dice.chance(0.12):
        row["satisfaction"] = 5 if dice.chance(desk.habit.happy - 0.2) else dice.randint(3, 5)
    if dice.chance(0.1):
        row["next_step"] = desk.say(NEXT_STEPS)
        row["next_on"] = day + dt.timedelta(days=dice.randint(2, 14))
    return row


def _broadcast(desk: Desk, day: dt.date, kind: str, again: int) -> RowDict:
    row = _blank(day, kind)
    minute = _BROADCAST_FROM[kind] + 40 * again + desk.dice.randrange(35)
    row["time"] = dt.time(minute // 60, minute % 60)
    row["channel"] = desk.dice.weighted(_BROADCAST_CHANNELS)
    row["summary"] = desk.note(NOTES[kind], 0.95)
    return row


def _event(desk: Desk, day: dt.date, kind: str) -> RowDict:
    row = _blank(day, kind)
    row["channel"] = "webinar" if kind.endswith("class") and desk.dice.chance(0.5) else "in_person"
    row["minutes"] = float(desk.dice.randrange(45, 125, 15))
    row["attendees"] = round(desk.dice.skewed(18, 0.45))
    row["summary"] = desk.say(NOTES[kind])
    return row


def _other(desk: Desk, day: dt.date) -> RowDict:
    row = _blank(day, "other")
    row["minutes"] = float(desk.dice.randrange(20, 95, 5))
    row["summary"] = desk.say(NOTES["other"])
    return row
