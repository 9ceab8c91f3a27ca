"""How an advisor's score went over the weeks before a report, and how many customers were served (DOMAIN §3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from reportkit.assess import Assessment, Grade, assess_week, combine, grade, score
from reportkit.calendars import Span, week_name, week_span
from reportkit.facts import effective_contact
from reportkit.settings import Settings
from reportkit.summary import Work

WEEKS: Final = 12


@dataclass(frozen=True)
class WeekScore:
    """The score of one week; None where nothing could be assessed, or nothing had been logged yet."""

    week: str
    score: float | None
    grade: Grade | None


def weeks_until(week: str, weeks: int = WEEKS) -> tuple[str, ...]:
    """Return the names of so many weeks, the given one last."""
    monday = week_span(week).start
    return tuple(week_name(monday - dt.timedelta(weeks=back)) for back in range(weeks - 1, -1, -1))


def score_trend(work: Work, settings: Settings, week: str, today: dt.date) -> tuple[WeekScore, ...]:
    """Return an advisor's score of the last weeks, the report's own last."""
    first = _first_day([work])
    return tuple(
        _scored(name, assess_week(settings, work.duty, work.days, name, today) if _begun(first, name) else ())
        for name in weeks_until(week)
    )


def team_trend(works: Sequence[Work], settings: Settings, week: str, today: dt.date) -> tuple[WeekScore, ...]:
    """Return the score of several advisors together, of the last weeks."""
    trend: list[WeekScore] = []
    for name in weeks_until(week):
        begun = [work for work in works if _begun(_first_day([work]), name)]
        members = [assess_week(settings, work.duty, work.days, name, today) for work in begun]
        trend.append(_scored(name, [combine(of_one) for of_one in zip(*members, strict=True)]))
    return tuple(trend)


def customers_served(work: Work, span: Span) -> int:
    """Return how many different customers had an effective contact in a span."""
    activities = work.facts.frame("activities")
    days = activities["date"].to_numpy().astype("datetime64[D]")
    inside = (days >= np.datetime64(span.start)) & (days <= np.datetime64(span.end))
    return int(activities["customer_id"][inside & effective_contact(activities)].nunique())


def _scored(week: str, assessments: Iterable[Assessment]) -> WeekScore:
    points = score(assessments)
    return WeekScore(week, points, grade(points))


def _first_day(works: Iterable[Work]) -> np.datetime64 | None:
    """Return the first day on which anything was counted."""
    firsts = [days.days[0] for work in works for days in work.days.values() if len(days.days)]
    return min(firsts) if firsts else None


def _begun(first: np.datetime64 | None, week: str) -> bool:
    return first is not None and bool(first <= np.datetime64(week_span(week).end))
