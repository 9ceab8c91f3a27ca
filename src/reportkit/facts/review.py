"""Findings that need the settings or more than a sheet: days off, ends without a day, who is eligible (DOMAIN §8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from textwrap import shorten
from typing import Final

import numpy as np
import numpy.typing as npt

from reportkit.definitions.choices import GONE
from reportkit.definitions.columns import Form
from reportkit.definitions.derived import OF_CUSTOMER, countable
from reportkit.definitions.findings import Finding, Place, finding
from reportkit.definitions.forms import CASES, CUSTOMERS, OPPORTUNITIES
from reportkit.definitions.settings_forms import ROSTER
from reportkit.definitions.text import Text
from reportkit.facts.cases import named_by, owner_names
from reportkit.facts.rows import Facts
from reportkit.facts.suitability import unsuitable_talks
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import Span
from reportkit.settings.conditions import Condition, describe_all
from reportkit.settings.indicator_rows import Indicator
from reportkit.settings.left_out import left_out

MOST_NAMED: Final = 60  # characters of advisors' IDs in a sentence
OVER: Final = (  # what says that a row of a form is over, and the day since when
    (CUSTOMERS.code, "status", GONE, "status_on"),
    (CASES.code, "status", ("resolved", "closed"), "resolved_at"),
    (OPPORTUNITIES.code, "stage", ("won", "lost"), "closed_on"),
)


def review(facts: Facts, settings: Settings) -> tuple[Finding, ...]:
    """Return what is odd in a log, given the branch's settings."""
    return (
        *_unknown_advisor(facts, settings),
        *_days_off(facts, settings),
        *_outside(facts, settings),
        *_undated(facts),
        *_timeless(facts),
        *_shared_owners(facts, settings),
        *unsuitable_talks(facts),
        *(found for indicator in settings.indicators for found in _not_eligible(facts, indicator)),
    )


def review_settings(settings: Settings, span: Span, file: str = "") -> tuple[Finding, ...]:
    """Return what the settings leave open for a span of days: sheets, limits, targets, years without a calendar."""
    missing = (one for indicator in settings.indicators for one in _without_target(indicator, settings, span, file))
    years = (unpublished(year, file) for year in settings.calendar.unpublished(span))
    return (*left_out(settings, span, file), *missing, *years)


def _without_target(indicator: Indicator, settings: Settings, span: Span, file: str) -> Iterator[Finding]:
    """Name an indicator that asks nothing of anybody, or of some: a row with a blank target says that this is meant."""
    rows = [row for row in settings.targets_of[indicator.code] if row.covers(span.start, span.end)]
    if not any(row.target is not None for row in rows):
        yield finding("target.missing", Place(file), indicator=indicator.label)
        return
    asked = {(row.scope, None if row.scope == "all" else row.who) for row in rows}
    if ("all", None) in asked:
        return
    people = {
        post.advisor_id
        for post in settings.roster
        if post.covers(span.start, span.end)
        and settings.logs_at(post.level)
        and not asked & {("level", post.level), ("advisor", post.advisor_id)}
    }
    if people:
        who = shorten(", ".join(one for one in settings.advisors if one in people), MOST_NAMED, placeholder=" …")
        yield finding("target.partial", Place(file), indicator=indicator.label, who=who)


def unpublished(year: int, file: str = "") -> Finding:
    """Return the finding about a year whose trading days are Monday to Friday until they are known."""
    return finding("calendar.unpublished", Place(file), year=str(year))


def without_logs(settings: Settings, known: Collection[str], span: Span, file: str = "") -> tuple[Finding, ...]:
    """Return who stands in the roster in a span of days at a level that keeps a log, and whose log is not known."""
    place = Place(file, ROSTER.label.to(settings.language))
    return tuple(
        finding("advisor.no_log", place, advisor=advisor, name=settings.roster_of(advisor)[-1].name)
        for advisor in settings.advisors
        if advisor not in known and settings.logs_within(advisor, span)
    )


def _unknown_advisor(facts: Facts, settings: Settings) -> Iterator[Finding]:
    if settings.roster and facts.advisor_id not in settings.advisors:
        yield finding("advisor.unknown", Place(facts.file), value=facts.advisor_id, advisor=facts.advisor_id or "?")


def _days_off(facts: Facts, settings: Settings) -> Iterator[Finding]:
    """Name the activities dated on a day that is not worked; they count."""
    table = facts.tables["activities"]
    days = facts.days("activities", "date")
    off = ~settings.calendar.trading(days)
    for row, day in zip(facts.row_numbers("activities")[off].tolist(), days[off].astype(object).tolist(), strict=True):
        yield finding("day.off", table.place(facts.file, row, "date"), value=day)


def _outside(facts: Facts, settings: Settings) -> Iterator[Finding]:
    """Name activities on days their advisor has no place in the roster, once a log."""
    days, posts = facts.days("activities", "date"), settings.roster_of(facts.advisor_id)
    outside: npt.NDArray[np.bool_] = np.full(len(days), bool(posts))
    for post in posts:
        since, until = post.from_ or dt.date.min, post.to or dt.date.max
        outside &= (days < np.datetime64(since, "D")) | (days > np.datetime64(until, "D"))
    if outside.any():
        at = int(np.flatnonzero(outside)[np.argmin(days[outside])])
        place = facts.tables["activities"].place(facts.file, int(facts.row_numbers("activities")[at]), "date")
        yield finding(
            "day.outside", place, value=days[at].astype(object), rows=str(outside.sum()), advisor=facts.advisor_id
        )


def _undated(facts: Facts) -> Iterator[Finding]:
    """Name the rows that are over without a day since when; where its column is missing, that is a finding already."""
    for form, state, over, since in OVER:
        table = facts.tables[form]
        if since not in table.letters:
            continue
        without = facts.meeting(form, (Condition(state, "is", over),)) & np.isnat(facts.days(form, since))
        labels = _labels(table.form, state)
        said = facts.values(form, state)[without].tolist()
        for row, one in zip(facts.row_numbers(form)[without].tolist(), said, strict=True):
            yield finding("value.undated", table.place(facts.file, row, since), state=labels[one])


def _timeless(facts: Facts) -> Iterator[Finding]:
    """Name the moments of cases that are days only; they count from midnight."""
    table = facts.tables[CASES.code]
    for column in table.form.columns:
        if column.kind == "datetime":
            days = facts.days(CASES.code, column.code)
            timeless = facts.values(CASES.code, column.code) == days
            rows = facts.row_numbers(CASES.code)[timeless].tolist()
            for row, day in zip(rows, days[timeless].astype(object), strict=True):
                yield finding("value.no_time", table.place(facts.file, row, column.code), value=day)


def _shared_owners(facts: Facts, settings: Settings) -> Iterator[Finding]:
    """Name the cases whose owner may be any of several advisors: they are nobody's."""
    shared = {name: ids for name, ids in named_by(facts, settings).items() if len(ids) > 1}
    if not shared:
        return
    table = facts.tables[CASES.code]
    for row, name in zip(facts.row_numbers(CASES.code).tolist(), owner_names(facts), strict=True):
        if name in shared:
            place = table.place(facts.file, row, "owner")
            yield finding("owner.ambiguous", place, value=name, advisors=", ".join(shared[name]))


def _labels(form: Form, column: str) -> Mapping[str, Text]:
    """Return the labels of a column's choices."""
    choices = form.column[column].choices
    return choices.labels if choices else {}


def _not_eligible(facts: Facts, indicator: Indicator) -> Iterator[Finding]:
    """Name the rows that would count but for what their customer is."""
    asked = tuple(one for one in indicator.where if one.column.startswith(OF_CUSTOMER))
    if not asked or indicator.form.code != "activities":
        return
    table = facts.tables["activities"]
    others = tuple(one for one in indicator.where if one not in asked)
    about_one = facts.numbers("activities", "customer_id") >= 0
    failing = about_one & facts.meeting("activities", others) & ~facts.meeting("activities", asked)
    wanted = describe_all(asked, countable(indicator.form.code))
    kinds = _labels(table.form, "kind")
    entries = (facts.values("activities", name)[failing].tolist() for name in ("customer_id", "kind"))
    for row, customer, kind in zip(facts.row_numbers("activities")[failing].tolist(), *entries, strict=True):
        yield finding(
            "kind.not_eligible",
            table.place(facts.file, row, "customer_id"),
            value=customer,
            kind=kinds[kind],
            indicator=indicator.label,
            conditions=wanted,
        )
