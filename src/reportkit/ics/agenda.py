"""An advisor's agenda as a calendar file: visits planned and follow-ups agreed, from a day on."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

import numpy as np

from reportkit.definitions.forms import VISITS
from reportkit.definitions.text import Language, Text
from reportkit.facts.contacts import NOT_DUE, Mask, Standing, standing_of
from reportkit.facts.rows import Facts
from reportkit.ics.icalendar import Event, calendar_file

VISIT: Final = Text("走访 {name}：{purpose}", "走訪 {name}：{purpose}", "Visit {name}: {purpose}")
FOLLOW_UP: Final = Text("跟进 {name}：{what}", "跟進 {name}：{what}", "Follow up with {name}: {what}")
NAME: Final = Text("走访与跟进", "走訪與跟進", "Visits and follow-ups")
VISIT_MINUTES: Final = 60
DOMAIN: Final = "reportkit"
_DETAILS: Final = ("topics", "participants")


def calendar_ics(facts: Facts, on: dt.date, language: Language) -> bytes:
    """Return the agenda from a day on, as a calendar file (RFC 5545). The same log gives the same bytes."""
    return calendar_file(NAME.to(language), agenda(facts, on, language))


def agenda(facts: Facts, on: dt.date, language: Language) -> tuple[Event, ...]:
    """Return visits not made yet and follow-ups not done yet that fall on a day or later, of customers still here.

    No phone numbers: calendars are shared and synchronised.
    """
    standing = standing_of(facts, on)
    return tuple(
        _distinct([*_visits(standing, language), *_actions(standing, language), *_next_steps(standing, language)])
    )


def _visits(standing: Standing, language: Language) -> Iterator[Event]:
    """Visits planned: an hour where the time is known, else the whole day."""
    planned, done = (standing.facts.day_numbers("visits", name, NOT_DUE) for name in ("planned_on", "done_on"))
    for row, name in _rows(standing, "visits", (planned >= standing.today) & (done > standing.today)):
        day, time = row["planned_on"], row["planned_time"]
        details = [f"{VISITS.column[code].label.to(language)}: {row[code]}" for code in _DETAILS if row[code]]
        yield Event(
            uid=_uid(standing, "visit", row, day),
            start=dt.datetime.combine(day, time) if time else day,
            summary=VISIT.fill(language, name=name, purpose=row["purpose"]),
            minutes=VISIT_MINUTES,
            place=row["place"] or "",
            description="\n".join(details),
        )


def _actions(standing: Standing, language: Language) -> Iterator[Event]:
    """What follows a visit, on the day it is due."""
    due, done = (standing.facts.day_numbers("visits", name, NOT_DUE) for name in ("follow_up_due", "follow_up_done_on"))
    open_ = (due >= standing.today) & (due != NOT_DUE) & (done > standing.today)
    for row, name in _rows(standing, "visits", open_):
        yield _follow_up(standing, "action", row, name, row["follow_up_due"], row["follow_up"], language)


def _next_steps(standing: Standing, language: Language) -> Iterator[Event]:
    """Next steps agreed in a talk, on the day agreed."""
    open_ = standing.open_next_steps & (standing.facts.day_numbers("activities", "next_on", NOT_DUE) >= standing.today)
    for row, name in _rows(standing, "activities", open_):
        yield _follow_up(standing, "next", row, name, row["next_on"], row["next_step"], language)


def _follow_up(
    standing: Standing, kind: str, row: dict[str, Any], name: str, day: dt.date, what: str | None, language: Language
) -> Event:
    summary = FOLLOW_UP.fill(language, name=name, what=what or "").rstrip("：: ")
    return Event(uid=_uid(standing, kind, row, day), start=day, summary=summary, busy=False)


def _rows(standing: Standing, form: str, chosen: Mask) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the chosen rows of customers still here, blank cells as None, each with the customer's name."""
    whose = standing.positions(form)
    at = np.flatnonzero(chosen & np.isin(whose, np.flatnonzero(standing.here)))
    rows = [row for _, row in standing.facts.tables[form].records()]
    names = standing.facts.values("customers", "name")
    yield from ((rows[one], str(names[whose[one]])) for one in at.tolist())


def _uid(standing: Standing, kind: str, row: dict[str, Any], day: dt.date) -> str:
    """Return what names an event: its advisor, kind, customer and day, whatever else is said of it."""
    named = "\n".join((standing.facts.advisor_id, kind, str(row["customer_id"]), day.isoformat()))
    return hashlib.sha256(named.encode()).hexdigest()[:32]


def _distinct(events: Iterable[Event]) -> Iterator[Event]:
    """Yield the events, their ids told apart where a customer has several of a kind on one day."""
    seen: Counter[str] = Counter()
    for event in events:
        seen[event.uid] += 1
        yield replace(event, uid=f"{event.uid}-{seen[event.uid]}@{DOMAIN}")
