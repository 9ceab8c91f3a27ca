"""What the rich sheets show of an advisor beside figures and targets, as small frozen values.

Satisfaction and visits look back over four weeks: a single week of surveys or visits says too little.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final

from reportkit.customers.rotation import Coverage, coverage
from reportkit.customers.screening import Candidate, screen
from reportkit.customers.segments import sorting_of
from reportkit.customers.visits import VisitSummary, visit_summary
from reportkit.customers.visits import merge as merge_visits
from reportkit.facts.answers import answers_used
from reportkit.indicators.assess import Assessment, assess, window_of
from reportkit.indicators.counting import NOTHING
from reportkit.indicators.satisfaction import Satisfaction, satisfaction
from reportkit.indicators.satisfaction import merge as merge_satisfaction
from reportkit.indicators.training import Training, training
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import Span, week_name
from reportkit.summary.improvement import Effect, effects
from reportkit.summary.summaries import Work
from reportkit.summary.trend import served_by_week

WEEKS: Final = 4
TRAINING_HOURS: Final = "training_hours"
PROPOSALS: Final = 5  # of an advisor


@dataclass(frozen=True)
class Insight:
    """An advisor's, or several advisors', service seen wider than a week.

    `satisfaction` and `visits` are of the weeks of `look_back`, `training` of `training_span`; `proposals` whom to
    visit next; `turns` how far each round of talks has come; `effects` what became of improvements; `answers` maps a
    question of the FAQ to how many cases opened in these weeks were resolved with it; `served` the customers of each
    of the last weeks, this one last.
    """

    satisfaction: Satisfaction
    visits: VisitSummary
    proposals: tuple[Candidate, ...]
    turns: tuple[Coverage, ...]
    effects: tuple[Effect, ...]
    training: Training
    answers: Mapping[str, int]
    served: tuple[int, ...]


def look_back(span: Span) -> Span:
    """Return the four weeks a week ends; a month is long enough as it is."""
    week = (span.end - span.start).days < 7
    return Span(span.start - dt.timedelta(weeks=WEEKS - 1), span.end) if week else span


def training_span(settings: Settings, span: Span, as_of: dt.date) -> Span:
    """Return the days a report counts training over: those of the indicator of its hours, without one the month."""
    hours = settings.indicator.get(TRAINING_HOURS)
    return window_of(hours.period if hours else "month", span, as_of)


def insight_of(work: Work, settings: Settings, span: Span, as_of: dt.date, today: dt.date) -> Insight:
    """Return an advisor's service around a report's span, as of a day; improvements as they stand today."""
    facts, weeks = work.facts, look_back(span)
    sorting = sorting_of(facts, settings, as_of)
    segments = dict(zip(facts.values("customers", "customer_id").tolist(), sorting.segments.tolist(), strict=True))
    return Insight(
        satisfaction=satisfaction(facts, settings, weeks.until(as_of), segments),
        visits=visit_summary(facts, weeks, as_of),
        proposals=screen(facts, settings, as_of, PROPOSALS),
        turns=coverage(facts, settings, as_of),
        effects=effects(work, settings, today),
        training=training(facts, training_span(settings, span, as_of).until(as_of)),
        answers=answers_used(facts, settings, weeks.until(as_of)),
        served=served_by_week(work, week_name(span.end)),
    )


@dataclass(frozen=True)
class Trained:
    """The training of an advisor so far, and its hours against their target where the branch counts them."""

    advisor_id: str
    training: Training
    hours: Assessment | None


def knowledge_of(
    works: Sequence[Work], settings: Settings, span: Span, as_of: dt.date
) -> tuple[tuple[Trained, ...], dict[str, int]]:
    """Return the training a log, and question → how many cases opened in four weeks it resolved, as a report does."""
    weeks, window, hours = look_back(span), training_span(settings, span, as_of), settings.indicator.get(TRAINING_HOURS)
    used: Counter[str] = Counter()
    trained: list[Trained] = []
    for work in works:
        used.update(answers_used(work.facts, settings, weeks.until(as_of)))
        against = assess(hours, work.days.get(hours.code, NOTHING), work.duty, window, as_of) if hours else None
        trained.append(Trained(work.facts.advisor_id, training(work.facts, window.until(as_of)), against))
    return tuple(trained), dict(used)


def merge(members: Sequence[Insight]) -> Insight:
    """Return the service of advisors together. Raise ValueError where there are none."""
    proposals = [one for member in members for one in member.proposals]
    answers: Counter[str] = Counter()
    for member in members:
        answers.update(member.answers)
    return Insight(
        satisfaction=merge_satisfaction([one.satisfaction for one in members]),
        visits=merge_visits([one.visits for one in members]),
        proposals=tuple(sorted(proposals, key=lambda one: (-one.score, -(one.assets or 0.0), one.customer_id))),
        turns=tuple(turn for one in members for turn in one.turns),
        effects=tuple(effect for one in members for effect in one.effects),
        training=reduce(Training.__add__, (one.training for one in members)),
        answers=dict(answers),
        served=tuple(map(sum, zip(*(one.served for one in members), strict=True))),
    )
