"""Which rows of a log are over, so that an archive may take them, and which its advisor still works with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

from reportkit.definitions.findings import Finding
from reportkit.definitions.forms import CUSTOMERS, FORMS
from reportkit.facts.cases import IS_RESOLVED
from reportkit.facts.contacts import NEVER, NOT_DUE, day_number, of_rows, standing_of
from reportkit.facts.rows import Facts
from reportkit.read.book import RawBook, unarchived
from reportkit.read.values import normalise
from reportkit.settings.calendars import period_span
from reportkit.settings.conditions import Condition

STAY: Final = frozenset({CUSTOMERS.code, "improvements"})  # all of them: customers, and the few plans to look back on
ENDED: Final = (Condition("stage", "is", ("won", "lost")),)
NOT_A_DAY: Final = frozenset({"value.type", "value.range", "value.formula_error"})
Mask = npt.NDArray[np.bool_]


def cut_of(before: dt.date, today: dt.date) -> dt.date:
    """Return the first day whose rows stay: the Monday of its week, so that the board has the whole week."""
    return period_span("week", min(before, today)).start


def over(facts: Facts, cut: dt.date, findings: Iterable[Finding] = ()) -> dict[str, frozenset[int]]:
    """Return form code → the numbers of the log's own rows that are over: all their days before `cut`, nothing open.

    Of the daily log each customer's latest effective contact before the cut stays as well: on the board it says whether
    a return visit counts. A row stays until it is mended where it does not count, or a day of it is not understood.
    """
    unclear = {(one.place.sheet, one.place.row) for one in findings if _not_a_day(one) and one.place.file == facts.file}
    found: dict[str, frozenset[int]] = {}
    for form in FORMS.keys() - STAY:
        numbers = facts.row_numbers(form)
        gone = _past(facts, form, cut) & _closed(facts, form, cut)
        name = facts.tables[form].name
        found[form] = frozenset(
            number for number in numbers[gone].tolist() if unarchived(number)[1] == 0 and (name, number) not in unclear
        )
    return found


def archived_until(whole: RawBook) -> str:
    """Return the Monday after every day that archived rows of a log speak of, blank where there are none."""
    days = [
        day.date() if isinstance(day, dt.datetime) else day
        for code, sheet in whole.sheets.items()
        for column in sheet.form.columns
        if whole.archives and code not in STAY and column.dated
        for row, day in zip(sheet.rows, normalise(column, [*sheet.columns[column.code]]), strict=True)
        if isinstance(day, dt.date) and unarchived(row)[1] > 0
    ]
    return (period_span("week", max(days)).end + dt.timedelta(days=1)).isoformat() if days else ""


def _not_a_day(found: Finding) -> bool:
    """Return whether something else stands where a day is meant."""
    column = found.place.column
    return column is not None and column.dated and found.code in NOT_A_DAY


def _past(facts: Facts, form: str, cut: dt.date) -> Mask:
    """Return which rows speak of no day from the cut on, a follow-up or deadline included."""
    past: Mask = np.ones(len(facts.row_numbers(form)), dtype=bool)
    for column in FORMS[form].columns:
        if column.dated:
            past &= facts.day_numbers(form, column.code, NEVER) < day_number(cut)
    return past


def _closed(facts: Facts, form: str, cut: dt.date) -> Mask:
    """Return which rows nothing is left to do about."""
    if form == "cases":
        return facts.meeting(form, IS_RESOLVED) & ~_named_by_open(facts, cut)
    if form == "opportunities":
        return facts.meeting(form, ENDED)
    if form == "visits":
        done, due, followed = (
            facts.day_numbers(form, one, NEVER) != NEVER for one in ("done_on", "follow_up_due", "follow_up_done_on")
        )
        asked = due | (facts.numbers(form, "follow_up") >= 0)
        closed: Mask = done & (followed | ~asked)
        return closed
    if form == "activities":
        return ~_in_hand(facts, cut)
    return np.ones(len(facts.row_numbers(form)), dtype=bool)


def _named_by_open(facts: Facts, cut: dt.date) -> Mask:
    """Return which cases one that stays says it repeats, and those they repeat in turn: the log knows their ids."""
    repeats = dict(
        zip(facts.values("cases", "case_id").tolist(), facts.values("cases", "repeat_of").tolist(), strict=True)
    )
    stays = ~(_past(facts, "cases", cut) & facts.meeting("cases", IS_RESOLVED))
    named: set[object] = set()
    for one in facts.values("cases", "case_id")[stays].tolist():
        while (one := repeats.get(one)) in repeats and one not in named:
            named.add(one)
    return np.array([one in named for one in repeats], dtype=bool)


def _in_hand(facts: Facts, cut: dt.date) -> Mask:
    """Return which activities are a customer's latest effective contact before the cut, or agreed on and not done."""
    before, whose = standing_of(facts, cut - dt.timedelta(days=1)), facts.customer_positions("activities")
    written = facts.day_numbers("activities", "date", NOT_DUE)
    latest = before.contacts & (written == of_rows(before.last_contact, whose, NEVER))
    in_hand: Mask = latest | standing_of(facts, dt.date.max).open_next_steps
    return in_hand
