"""The service desk of a span: the five standards, the times behind them, and where they are missed (DOMAIN §3).

Everything is kept as counts, sums and sets, so that `merge` of advisors is their branch: no mean of percentages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from reportkit.facts.cases import IS_RESOLVED, CaseClock, Mask, case_clock, moments, owners
from reportkit.facts.clock import Moments
from reportkit.facts.counts import Counts, added_by_key
from reportkit.facts.rows import Facts
from reportkit.indicators.assess import Assessment, assess
from reportkit.indicators.counting import NOTHING
from reportkit.indicators.shares import Share
from reportkit.indicators.together import combined
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import Span, month_span
from reportkit.settings.conditions import Condition
from reportkit.summary.summaries import Work

STANDARDS: Final = ("csat", "first_response", "resolution_rate", "repeat_rate", "cases_per_hour")
DIMENSIONS: Final = ("category", "priority", "channel", "cause", "owner")
IS_REPEAT: Final = (Condition("repeat", "is", ("yes",)),)
FIRST_HOUR: Final = 3 * 24  # hours from Monday at 0:00 to the first of 1970, a Thursday
Matrix = npt.NDArray[np.int64]  # 7 weekdays from Monday × 24 hours


@dataclass(frozen=True, slots=True)
class Tally(Counts):
    """What a group of cases adds up to; adding two adds their counts."""

    cases: int = 0
    resolved: int = 0
    reopened: int = 0
    repeats: int = 0
    responded: int = 0
    response_seconds: float = 0.0
    response_known: int = 0
    response_within: int = 0
    resolution_timed: int = 0
    resolution_minutes: float = 0.0
    resolution_known: int = 0
    resolution_within: int = 0

    @property
    def mean_response(self) -> float | None:
        """The mean first response in seconds, of the cases that have one."""
        return self.response_seconds / self.responded if self.responded else None

    @property
    def service_level(self) -> Share:
        """First responses within the limit, of those that are known; a case without a response time is not."""
        return Share(self.response_within, self.response_known)

    @property
    def coverage(self) -> Share:
        """Cases whose first response time is written down."""
        return Share(self.responded, self.cases)

    @property
    def mean_resolution(self) -> float | None:
        """The mean resolution time in minutes, waiting for the customer taken off."""
        return self.resolution_minutes / self.resolution_timed if self.resolution_timed else None

    @property
    def within_limit(self) -> Share:
        """Cases resolved within the limit, of those resolved or already past it."""
        return Share(self.resolution_within, self.resolution_known)

    @property
    def resolution_rate(self) -> Share:
        """Cases now resolved or closed."""
        return Share(self.resolved, self.cases)

    @property
    def reopen_rate(self) -> Share:
        """Cases reopened at least once."""
        return Share(self.reopened, self.cases)

    @property
    def repeat_rate(self) -> Share:
        """Cases that ask again what was asked before."""
        return Share(self.repeats, self.cases)


@dataclass(frozen=True, slots=True)
class CaseAlert:
    """A case that is about to pass its limit or has, with whom to tell; `row` is its Excel row on `sheet`.

    `archive` is the file it stands in, blank for the log itself.
    """

    advisor_id: str
    sheet: str
    row: int
    case_id: str
    customer_id: str | None
    category: str
    priority: str
    owner: str
    opened_at: dt.datetime
    due_at: dt.datetime
    used_minutes: float
    limit_minutes: float
    resolved: bool
    escalate_to: str | None
    escalated_to: str | None
    archive: str = ""


@dataclass(frozen=True)
class ParetoBar:
    """A group, its cases, and the share of all cases that it and the larger ones before it make up."""

    key: str
    tally: Tally
    cumulative: float


@dataclass(frozen=True, eq=False)
class ServiceStandards:
    """The desk over a span, of one advisor or, merged, of a branch.

    `standards` are the assessments of the five indicators a branch counts. `total`, `by` (dimension → key → tally;
    blank is ""), `response_seconds` (ascending), `customers` and `opened` (weekday × hour) are of the cases opened in
    the span; `closures` those resolved in it. `people` is owner → the month so far that holds the span's last day.
    `at_risk` and `past_limit` are all open cases as of now; `missed` the cases opened in the span and resolved late.
    """

    span: Span
    standards: tuple[Assessment, ...]
    total: Tally
    by: Mapping[str, Mapping[str, Tally]]
    people: Mapping[str, Tally]
    response_seconds: npt.NDArray[np.float64]
    customers: frozenset[str]
    closures: int
    opened: Matrix
    at_risk: tuple[CaseAlert, ...]
    past_limit: tuple[CaseAlert, ...]
    missed: tuple[CaseAlert, ...]

    def of(self, indicator: str) -> Assessment | None:
        """Return the assessment of a standard by its code."""
        return next((one for one in self.standards if one.indicator.code == indicator), None)

    def response_percentile(self, percent: float) -> float | None:
        """Return a percentile of the first responses in seconds, interpolated; None of none."""
        return float(np.percentile(self.response_seconds, percent)) if len(self.response_seconds) else None

    def pareto(self, dimension: str) -> tuple[ParetoBar, ...]:
        """Return the groups of a dimension, most cases first, with their cumulative share."""
        groups = sorted(self.by[dimension].items(), key=lambda group: (-group[1].cases, group[0]))
        reached = np.cumsum([tally.cases for _, tally in groups])
        return tuple(
            ParetoBar(key, tally, float(so_far) / self.total.cases)
            for (key, tally), so_far in zip(groups, reached, strict=True)
        )


def service_standards(work: Work, settings: Settings, span: Span, now: dt.datetime) -> ServiceStandards:
    """Return the desk of one advisor over a span, as it stands at `now` (branch time)."""
    as_of, facts = min(span.end, now.date()), work.facts
    clock, owner = case_clock(facts, settings, now), owners(facts, settings)
    opened_on, resolved_on = (facts.days("cases", name) for name in ("opened_at", "resolved_at"))
    counted = Span(span.start, as_of)
    opened, this_month = counted.covers(opened_on), Span(month_span(as_of).start, as_of).covers(opened_on)
    resolved = facts.meeting("cases", IS_RESOLVED)
    counts = _counts(facts, clock, resolved)
    keys = {"owner": owner} | {name: facts.values("cases", name) for name in DIMENSIONS if name != "owner"}
    seconds = clock.response_seconds[opened]
    return ServiceStandards(
        span=span,
        standards=tuple(
            assess(settings.indicator[code], work.days.get(code, NOTHING), work.duty, span, as_of)
            for code in STANDARDS
            if code in settings.indicator
        ),
        total=Tally.summed(counts[opened]),
        by={dimension: Tally.grouped(counts[opened], keys[dimension][opened]) for dimension in DIMENSIONS},
        people=Tally.grouped(counts[this_month], owner[this_month]),
        response_seconds=np.sort(seconds[~np.isnan(seconds)]),
        customers=frozenset(one for one in facts.values("cases", "customer_id")[opened] if isinstance(one, str)),
        closures=int((resolved & counted.covers(resolved_on)).sum()),
        opened=_weekday_by_hour(moments(facts, "opened_at")[opened]),
        at_risk=_alerts(facts, clock, owner, clock.at_risk),
        past_limit=_alerts(facts, clock, owner, clock.past_limit),
        missed=_alerts(facts, clock, owner, opened & clock.breached & ~clock.past_limit),
    )


def merge(members: Sequence[ServiceStandards]) -> ServiceStandards:
    """Return the desk of advisors together. Raise ValueError where there are none."""
    if not members:
        raise ValueError("a desk has at least one member")
    return ServiceStandards(
        span=members[0].span,
        standards=combined(one for member in members for one in member.standards),
        total=reduce(Tally.__add__, (member.total for member in members)),
        by={dimension: added_by_key(member.by[dimension] for member in members) for dimension in DIMENSIONS},
        people=added_by_key(member.people for member in members),
        response_seconds=np.sort(np.concatenate([member.response_seconds for member in members])),
        customers=frozenset().union(*(member.customers for member in members)),
        closures=sum(member.closures for member in members),
        opened=np.sum([member.opened for member in members], axis=0),
        at_risk=_urgent_first(alert for member in members for alert in member.at_risk),
        past_limit=_urgent_first(alert for member in members for alert in member.past_limit),
        missed=_urgent_first(alert for member in members for alert in member.missed),
    )


def _counts(facts: Facts, clock: CaseClock, resolved: Mask) -> npt.NDArray[np.float64]:
    """Return what each case adds to a tally."""
    seconds, minutes = clock.response_seconds, facts.values("cases", "resolution_minutes")
    responded, timed = ~np.isnan(seconds), resolved & ~np.isnan(minutes)
    return Tally.of_rows(
        {
            "cases": np.ones(len(seconds)),
            "resolved": resolved,
            "reopened": facts.values("cases", "reopened") > 0,
            "repeats": facts.meeting("cases", IS_REPEAT),
            "responded": responded,
            "response_seconds": np.where(responded, seconds, 0.0),
            "response_known": ~np.isnan(clock.within_response),
            "response_within": clock.within_response == 1,
            "resolution_timed": timed,
            "resolution_minutes": np.where(timed, minutes, 0.0),
            "resolution_known": ~np.isnan(clock.within_resolution),
            "resolution_within": clock.within_resolution == 1,
        }
    )


def _weekday_by_hour(opened_at: Moments) -> Matrix:
    hours = opened_at.astype("datetime64[h]").astype(np.int64) + FIRST_HOUR
    return np.bincount(hours % (7 * 24), minlength=7 * 24).reshape(7, 24)


def _alerts(facts: Facts, clock: CaseClock, owner: npt.NDArray[np.object_], which: Mask) -> tuple[CaseAlert, ...]:
    """Return the alerts of the chosen cases: a few of many, so they are looked up one by one."""
    as_written = ("case_id", "customer_id", "category", "priority", "escalated_to")
    texts = {name: facts.values("cases", name) for name in as_written}
    texts |= {"owner": owner, "escalate_to": clock.escalate_to}
    resolved, chosen = facts.meeting("cases", IS_RESOLVED), np.flatnonzero(which)
    places = (facts.tables["cases"].place("", row) for row in facts.row_numbers("cases")[chosen].tolist())
    return _urgent_first(
        CaseAlert(
            advisor_id=facts.advisor_id,
            sheet=place.sheet or "",
            row=place.row or 0,
            archive=place.file,
            **{name: _known(cells[at]) for name, cells in texts.items()},
            opened_at=moments(facts, "opened_at")[at].astype(object),
            due_at=clock.terms.due_at[at].astype(object),
            used_minutes=float(clock.used_minutes[at]),
            limit_minutes=float(clock.terms.resolution_limit_h[at] * 60),
            resolved=bool(resolved[at]),
        )
        for at, place in zip(chosen.tolist(), places, strict=True)
    )


def _known(written: Any) -> Any:
    """Return what a cell holds, None for a blank one."""
    return written if isinstance(written, str) else None


def _urgent_first(alerts: Iterable[CaseAlert]) -> tuple[CaseAlert, ...]:
    return tuple(sorted(alerts, key=lambda alert: (alert.due_at, alert.advisor_id, alert.row)))
