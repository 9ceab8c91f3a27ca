"""Small random logs and settings as plain dicts, all rows valid on the day `today`, around the calendar's corners."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from .catalogue import CATALOGUE, CUSTOMER_KINDS

ADVISOR = "A1"
SPAN = 35
FIRST_DAYS = (  # Mondays, five weeks on from which something in the calendar is odd
    date(2026, 10, 26),  # plain weeks
    date(2026, 12, 7),  # New Year inside 2026-W53
    date(2024, 2, 5),  # a leap day, and a week over the month's end
    date(2024, 12, 9),  # New Year inside 2025-W01
    date(2020, 12, 14),  # New Year inside 2020-W53
    date(2025, 9, 29),  # two months end inside a week
)
BROADCASTS = ("market_view", "stock_view", "intraday_alert")
EVENTS = ("novice_class", "veteran_class", "report_meeting", "salon", "company_visit")
TARGETS: dict[str, list[float]] = {
    "first_visits_on_time": [1.0, 0.8],
    "csat": [0.9, 0.75],
    "first_response": [30, 60],
    "resolution_rate": [0.95, 0.5],
    "repeat_rate": [0.05, 0.5, 0],
    "cases_per_hour": [10, 0.5],
    "churn_rate": [0.02, 0.5],
    "training_hours": [2, 7.5],
}
Rows = list[dict[str, Any]]
TradingDays = Callable[[date, date], set[date]]


@dataclass(frozen=True)
class Scenario:
    """One advisor's log with the branch's settings: only planned leave and next steps lie after `today`."""

    log: dict[str, Rows]
    settings: dict[str, Any]
    first: date
    today: date

    @property
    def weeks(self) -> list[str]:
        """The ISO weeks from `first` to `today`, the last one often unfinished."""
        mondays = range(0, (self.today - self.first).days + 1, 7)
        weeks = [(self.first + timedelta(days=n)).isocalendar() for n in mondays]
        return [f"{week.year}-W{week.week:02d}" for week in weeks]


def weekdays(first: date, last: date) -> set[date]:
    """Monday to Friday: the trading days of an exchange that knows no holidays."""
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return {day for day in span if day.weekday() < 5}


def days_between(first: date, last: date) -> st.SearchStrategy[date]:
    """A day of the window, both ends in."""
    return st.integers(0, (last - first).days).map(lambda n: first + timedelta(days=n))


def optional(*choices: Any) -> st.SearchStrategy[Any]:
    """One of the choices, or a blank."""
    return st.sampled_from((None, *choices))


@st.composite
def customers(draw: st.DrawFn, first: date, today: date) -> Rows:
    """One to five customers, some assigned long before, some of whom left."""
    rows: Rows = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        assigned = draw(days_between(first - timedelta(days=30), today))
        status = draw(st.sampled_from(("active", "active", "dormant", "transferred_out", "handed_over")))
        rows.append(
            {
                "customer_id": f"C{number}",
                "name": f"N{number}",
                "assigned_on": assigned,
                "status": status,
                "status_on": draw(st.none() | days_between(assigned - timedelta(days=9), today)),
                "assets": draw(optional(0, 499_999.99, 500_000, 1_200_000)),
                "public_fund": draw(optional("holds", "interested", "not_interested", "unsuitable")),
                "risk_assessed_on": draw(optional(assigned - timedelta(days=720), date(2024, 2, 29))),
            }
        )
        if rows[-1]["risk_assessed_on"] is not None and rows[-1]["risk_assessed_on"] > today:
            rows[-1]["risk_assessed_on"] = None
    return rows


@st.composite
def activity(draw: st.DrawFn, first: date, today: date, ids: list[str]) -> dict[str, Any]:
    """One line of the daily log."""
    common = ("new_contact", "return_visit", "fund_talk", "margin_talk", "home_visit")
    kind = draw(st.sampled_from((*common, *common, *CUSTOMER_KINDS, *BROADCASTS, *EVENTS, "other")))
    day = draw(days_between(first - timedelta(days=16), today))
    about_one = kind in CUSTOMER_KINDS
    return {
        "date": day,
        "kind": kind,
        "customer_id": draw(st.sampled_from(ids)) if about_one else None,
        "effective": draw(st.sampled_from(("yes", "yes", "yes", "no", None))) if about_one else None,
        "satisfaction": draw(optional(1, 2, 3, 5)) if about_one else None,
        "next_on": draw(st.none() | days_between(day, today + timedelta(days=9))) if about_one else None,
    }


@st.composite
def cases(draw: st.DrawFn, first: date, today: date, ids: list[str]) -> Rows:
    """Up to eight cases; answered and resolved in order, by the end of `today`."""
    rows: Rows = []
    close = datetime.combine(today, time(23, 59, 59))
    for number in range(draw(st.integers(0, 8))):
        day = draw(days_between(first - timedelta(days=8), today))
        moment = st.sampled_from((time(0), time(9), time(9, 0, 1), time(16, 30), time(23, 59, 59)))
        opened = datetime.combine(day, draw(moment))
        wait = draw(optional(0, 30, 31, 3600, 90_000))
        responded = None if wait is None else min(close, opened + timedelta(seconds=wait))
        status = draw(st.sampled_from(("open", "in_progress", "waiting", "resolved", "closed", "unresolved")))
        resolved = waiting = None
        if responded is not None and status in ("resolved", "closed"):
            resolved = min(close, responded + timedelta(hours=draw(st.integers(0, 100))))
            spare = int((resolved - opened).total_seconds() // 60)
            waiting = draw(st.none() | st.integers(0, spare))
        rows.append(
            {
                "case_id": f"K{number}",
                "customer_id": draw(st.sampled_from((None, *ids))),
                "opened_at": opened,
                "category": draw(st.sampled_from(("account", "complaint"))),
                "priority": draw(optional("urgent", "normal")),
                "responded_at": responded,
                "resolved_at": resolved,
                "waiting_minutes": waiting,
                "status": status,
                "satisfaction": draw(optional(1, 3, 4, 5)),
                "reopened": draw(optional(0, 1)),
                "repeat_of": draw(st.sampled_from((None, None, None, "K0"))) if number > 0 else None,
            }
        )
    return rows


@st.composite
def worktime(draw: st.DrawFn, first: date, today: date) -> Rows:
    """Leave, at most once a day and some of it planned ahead, and hours at the desk."""
    leave_days = draw(st.lists(days_between(first, today + timedelta(days=10)), max_size=8, unique=True))
    rows: Rows = [{"date": day, "leave": draw(st.sampled_from(("half", "full")))} for day in leave_days]
    for day in draw(st.lists(days_between(first, today), max_size=4)):
        hours = draw(st.sampled_from((0, 0.5, 3.5, 8)))
        rows.append({"date": day, "leave": "none", "service_hours": hours})
    return rows


@st.composite
def smaller_forms(draw: st.DrawFn, first: date, today: date, ids: list[str]) -> dict[str, Rows]:
    """Opportunities and training."""
    opportunities: Rows = []
    for _ in range(draw(st.integers(0, 4))):
        opened = draw(days_between(first, today))
        opportunities.append(
            {
                "opened_on": opened,
                "customer_id": draw(st.sampled_from(ids)),
                "product": draw(st.sampled_from(("advisory_contract", "advisory_contract", "futures"))),
                "stage": draw(st.sampled_from(("won", "won", "lost", "proposed"))),
                "closed_on": draw(st.none() | days_between(opened, today)),
            }
        )
    training: Rows = [
        {"date": day, "topic": "T", "hours": draw(st.sampled_from((0.1, 0.2, 1.5, 4)))}
        for day in draw(st.lists(days_between(first, today), max_size=3))
    ]
    return {"opportunities": opportunities, "training": training}


@st.composite
def rosters(draw: st.DrawFn, first: date, today: date) -> Rows:
    """The advisor from before or in the middle, perhaps with a new level, perhaps leaving; and a colleague."""
    joined = draw(st.sampled_from((first - timedelta(days=400), first + timedelta(days=9))))
    left = draw(st.none() | days_between(today - timedelta(days=8), today + timedelta(days=3)))
    changed = draw(st.none() | days_between(first + timedelta(days=10), first + timedelta(days=20)))
    places: list[tuple[str, date, date | None]] = [("junior", joined, left)]
    if changed is not None and (left is None or changed < left):
        places = [("junior", joined, changed - timedelta(days=1)), ("senior", changed, left)]
    rows: Rows = [
        {"advisor_id": ADVISOR, "name": "N", "level": level, "team": "T", "from": start, "to": end}
        for level, start, end in places
    ]
    colleague = {"advisor_id": "A2", "name": "M", "level": "senior", "team": "T"}
    return [*rows, {**colleague, "from": first - timedelta(days=400), "to": None}]


@st.composite
def target_rows(draw: st.DrawFn, first: date, today: date) -> Rows:
    """Up to four rows an indicator, in force for everyone, a level or one advisor; no two alike in scope and start."""
    scopes = (
        ("all", None),
        ("all", None),
        ("level", "junior"),
        ("level", "senior"),
        ("advisor", ADVISOR),
        ("advisor", "A2"),
    )
    rows: Rows = []
    for code in CATALOGUE:
        taken = set()
        for _ in range(draw(st.integers(0, 4))):
            scope, who = draw(st.sampled_from(scopes))
            begin = draw(st.just(first - timedelta(days=400)) | days_between(first, today))
            if (scope, who, begin) in taken:
                continue
            taken.add((scope, who, begin))
            rows.append(
                {
                    "indicator": code,
                    "scope": scope,
                    "who": who,
                    "target": draw(st.sampled_from(TARGETS.get(code, [1, 2, 5]))),
                    "stretch": draw(optional(*TARGETS.get(code, [3, 7]))),
                    "weight": draw(optional(0.5, 2)),
                    "from": begin,
                    "to": draw(st.none() | days_between(begin, today + timedelta(days=20))),
                }
            )
    return rows


@st.composite
def settings_of(draw: st.DrawFn, first: date, today: date, trading_days: TradingDays) -> dict[str, Any]:
    """A branch's settings; `trading_days` gives the exchange's days of a window."""
    changed = draw(st.lists(days_between(first, today + timedelta(days=20)), max_size=5, unique=True))
    early = date(2020, 1, 1)
    limits = [
        {"priority": "urgent", "channel": None, "response_seconds": 30, "resolution_hours": 4},
        {"priority": "normal", "channel": None, "response_seconds": 60, "resolution_hours": 48},
    ]
    return {
        "roster": draw(rosters(first, today)),
        "targets": draw(target_rows(first, today)),
        "exchange_days": trading_days(first - timedelta(days=80), today + timedelta(days=80)),
        "calendar": {day: draw(st.sampled_from(("off", "work"))) for day in changed},
        "limits": [{**row, "clock": "calendar", "from": early, "to": None} for row in limits],
    }


@st.composite
def scenarios(draw: st.DrawFn, trading_days: TradingDays = weekdays) -> Scenario:
    """A log of up to 40 activities over five weeks, its settings and the day it is looked at."""
    first = draw(st.sampled_from(FIRST_DAYS))
    today = first + timedelta(days=draw(st.integers(SPAN - 8, SPAN - 1)))
    people = draw(customers(first, today))
    ids = [row["customer_id"] for row in people]
    log = {
        "customers": people,
        "activities": draw(st.lists(activity(first, today, ids), max_size=40)),
        "cases": draw(cases(first, today, ids)),
        "worktime": draw(worktime(first, today)),
        **draw(smaller_forms(first, today, ids)),
    }
    return Scenario(log, draw(settings_of(first, today, trading_days)), first, today)
