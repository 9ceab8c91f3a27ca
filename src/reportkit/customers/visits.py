"""The visit plan rolled up: what was planned, what came of it, what follows (DOMAIN §5).

Everything is kept as counts and lists, so that `merge` of advisors is their branch: no mean of percentages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from reportkit.facts.contacts import NOT_DUE, Mask, Standing, day_number, day_of, standing_of
from reportkit.facts.counts import Counts
from reportkit.facts.rows import Facts
from reportkit.indicators.satisfaction import SATISFIED
from reportkit.indicators.shares import Share
from reportkit.settings.calendars import Span


@dataclass(frozen=True, slots=True)
class Said:
    """What a customer needs or an opportunity a visit found, as it was typed."""

    advisor_id: str
    customer_id: str
    on: dt.date
    text: str


class Overdue(NamedTuple):
    """A visit not made or a follow-up not done by its day, as of the roll-up's day."""

    advisor_id: str
    customer_id: str
    sheet: str
    row: int
    due: dt.date
    days: int
    text: str
    archive: str = ""  # the file it stands in, blank for the log itself


@dataclass(frozen=True, slots=True)
class Progress(Counts):
    """Of things with a day to be done by: done by it, done late, not done though the day has passed, still ahead."""

    on_time: int = 0
    late: int = 0
    overdue: int = 0
    ahead: int = 0

    @property
    def planned(self) -> int:
        """All of them."""
        return self.on_time + self.late + self.overdue + self.ahead

    @property
    def done(self) -> Share:
        """Done, on time or late, of those done or whose day has passed: what is still ahead is no failure."""
        made = self.on_time + self.late
        return Share(made, made + self.overdue)

    @property
    def kept(self) -> Share:
        """Done on time, of those done or whose day has passed."""
        return Share(self.on_time, self.on_time + self.late + self.overdue)

    @property
    def lateness(self) -> Share:
        """Late of those done."""
        return Share(self.late, self.on_time + self.late)


@dataclass(frozen=True)
class VisitSummary:
    """The visits planned in a span, as of a day, of one advisor or, merged, of a branch.

    `first` are the first visits of customers whose tenth day falls in the span or still lies ahead. `satisfaction` is
    the share of 4 and 5 among those rated, `scores` their sum. `actions` are what follows these visits;
    `overdue_visits` and `overdue_actions` list what is overdue whenever it was planned, the longest first.
    """

    span: Span
    as_of: dt.date
    visits: Progress
    first: Progress
    satisfaction: Share
    scores: float
    needs: tuple[Said, ...]
    opportunities: tuple[Said, ...]
    actions: Progress
    overdue_visits: tuple[Overdue, ...]
    overdue_actions: tuple[Overdue, ...]

    @property
    def mean_score(self) -> float | None:
        """The mean satisfaction of the visits rated."""
        return self.scores / self.satisfaction.whole if self.satisfaction.whole else None


def visit_summary(facts: Facts, span: Span, as_of: dt.date) -> VisitSummary:
    """Return one advisor's visits planned in a span, as of the end of a day; what was done later is not done yet."""
    standing = standing_of(facts, as_of)
    planned, done, due, followed = (
        facts.day_numbers("visits", name, NOT_DUE)
        for name in ("planned_on", "done_on", "follow_up_due", "follow_up_done_on")
    )
    today = standing.today
    inside: Mask = (planned >= day_number(span.start)) & (planned <= day_number(span.end))
    made = inside & (done <= today)
    scores = facts.values("visits", "satisfaction")[made]
    scores = scores[~np.isnan(scores)]
    here = np.isin(standing.positions("visits"), np.flatnonzero(standing.here))
    return VisitSummary(
        span=span,
        as_of=as_of,
        visits=_progress(planned, done, today, inside),
        first=_first_visits(standing, span),
        satisfaction=Share(int((scores >= SATISFIED).sum()), len(scores)),
        scores=float(scores.sum()),
        needs=_said(facts, "needs", made),
        opportunities=_said(facts, "opportunity", made),
        actions=_progress(due, followed, today, inside & (due != NOT_DUE)),
        overdue_visits=_overdue(facts, planned, today, here & (done > today), "purpose"),
        overdue_actions=_overdue(facts, due, today, here & (followed > today), "follow_up"),
    )


def merge(members: Sequence[VisitSummary]) -> VisitSummary:
    """Return the visits of advisors together. Raise ValueError where there are none."""
    if not members:
        raise ValueError("a visit summary has at least one member")
    return VisitSummary(
        span=members[0].span,
        as_of=members[0].as_of,
        visits=sum((one.visits for one in members), Progress()),
        first=sum((one.first for one in members), Progress()),
        satisfaction=sum((one.satisfaction for one in members), Share()),
        scores=sum(one.scores for one in members),
        needs=tuple(said for one in members for said in one.needs),
        opportunities=tuple(said for one in members for said in one.opportunities),
        actions=sum((one.actions for one in members), Progress()),
        overdue_visits=_longest_first(late for one in members for late in one.overdue_visits),
        overdue_actions=_longest_first(late for one in members for late in one.overdue_actions),
    )


def _first_visits(standing: Standing, span: Span) -> Progress:
    """Return on time, late, missed and not yet due (DOMAIN §3); whoever is gone and was not visited is not ahead."""
    due = standing.facts.day_numbers("customers", "first_visit_due", NOT_DUE)
    after = standing.facts.values("customers", "first_visit_days")
    visited = np.where(np.isnan(after), NOT_DUE, standing.assigned_on + np.nan_to_num(after).astype(np.int64))
    asked = standing.assigned & (due >= day_number(span.start)) & (due != NOT_DUE)
    asked &= standing.here | (visited <= standing.today) | (due < standing.today)
    return _progress(due, visited, standing.today, asked)


def _progress(due: Any, done: Any, today: int, among: Mask) -> Progress:
    """Return how far the chosen things have come; today is not over, so what is due today is still ahead."""
    made = among & (done <= today)
    return Progress(
        on_time=int((made & (done <= due)).sum()),
        late=int((made & (done > due)).sum()),
        overdue=int((among & ~made & (due < today)).sum()),
        ahead=int((among & ~made & (due >= today)).sum()),
    )


def _said(facts: Facts, column: str, chosen: Mask) -> tuple[Said, ...]:
    who, texts = (facts.values("visits", name) for name in ("customer_id", column))
    days = facts.day_numbers("visits", "done_on", NOT_DUE)
    at = [one for one in np.flatnonzero(chosen).tolist() if isinstance(texts[one], str)]
    return tuple(
        Said(facts.advisor_id, who[one], day_of(days[one]), texts[one]) for one in sorted(at, key=days.__getitem__)
    )


def _overdue(facts: Facts, due: Any, today: int, open_: Mask, column: str) -> tuple[Overdue, ...]:
    ids, texts = (facts.values("visits", name) for name in ("customer_id", column))
    late = np.flatnonzero(open_ & (due < today))
    places = (facts.tables["visits"].place("", row) for row in facts.row_numbers("visits")[late].tolist())
    return _longest_first(
        Overdue(
            advisor_id=facts.advisor_id,
            customer_id=ids[at],
            sheet=place.sheet or "",
            row=place.row or 0,
            due=day_of(due[at]),
            days=int(today - due[at]),
            text=texts[at] if isinstance(texts[at], str) else "",
            archive=place.file,
        )
        for at, place in zip(late.tolist(), places, strict=True)
    )


def _longest_first(entries: Iterable[Overdue]) -> tuple[Overdue, ...]:
    return tuple(sorted(entries, key=lambda one: (one.due, one.advisor_id, one.row)))
