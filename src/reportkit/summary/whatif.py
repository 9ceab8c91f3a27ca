"""What if: other targets, weights or levels, and whom they would have helped or hurt in a week that was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportkit.indicators.assess import Assessment, Grade, assess_report, grade, score
from reportkit.indicators.counting import Series, series
from reportkit.indicators.targets import Duty
from reportkit.indicators.together import combined
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import week_span
from reportkit.summary.summaries import Work


@dataclass(frozen=True)
class Outcome:
    """What a week comes to under some settings."""

    score: float | None
    grade: Grade | None
    assessments: tuple[Assessment, ...]

    def of(self, indicator: str) -> Assessment | None:
        """Return the assessment of an indicator by its code, None where these settings do not count it."""
        return next((one for one in self.assessments if one.indicator.code == indicator), None)


@dataclass(frozen=True)
class Change:
    """One advisor's, or the team's, week under the settings as they are and as they might be."""

    advisor_id: str
    name: str
    before: Outcome
    after: Outcome

    @property
    def points(self) -> float:
        """How many points the score gains; none where either is not assessed."""
        if self.before.score is None or self.after.score is None:
            return 0.0
        return self.after.score - self.before.score

    @property
    def affected(self) -> bool:
        """Whether the score, or anything it is made of, changes."""
        return bool(self.indicators) or self.before.score != self.after.score

    @property
    def indicators(self) -> tuple[str, ...]:
        """The codes of the indicators whose target, weight or attainment changes, or that come or go."""
        codes = dict.fromkeys(one.indicator.code for one in (*self.before.assessments, *self.after.assessments))
        return tuple(code for code in codes if _figures(self.before.of(code)) != _figures(self.after.of(code)))


@dataclass(frozen=True)
class WhatIf:
    """A week under two settings: each advisor, and all together."""

    week: str
    as_of: dt.date
    advisors: tuple[Change, ...]
    team: Change

    @property
    def affected(self) -> tuple[Change, ...]:
        """The advisors for whom anything changes, those who lose most first."""
        return tuple(
            sorted((one for one in self.advisors if one.affected), key=lambda one: (one.points, one.advisor_id))
        )


def whatif(works: Sequence[Work], settings: Settings, changed: Settings, week: str, today: dt.date) -> WhatIf:
    """Return a week under the settings and under a changed copy of them. Raise ValueError where there are no logs."""
    if not works:
        raise ValueError("a comparison has at least one log")
    advisors = tuple(_change(work, settings, changed, week, today) for work in works)
    team = Change("", "", _together([one.before for one in advisors]), _together([one.after for one in advisors]))
    return WhatIf(week, min(week_span(week).end, today), advisors, team)


def _change(work: Work, settings: Settings, changed: Settings, week: str, today: dt.date) -> Change:
    advisor = work.facts.advisor_id
    after = Duty(changed, advisor, work.duty.leave)
    post = settings.post(advisor, min(week_span(week).end, today))
    return Change(
        advisor_id=advisor,
        name=post.name if post else work.book.identity.advisor_name,
        before=_outcome(assess_report(settings, work.duty, work.days, week, today)),
        after=_outcome(assess_report(changed, after, _days(work, settings, changed), week, today)),
    )


def _days(work: Work, settings: Settings, changed: Settings) -> Mapping[str, Series]:
    """Return the days of every indicator of the changed settings; only one that counts otherwise is computed anew."""
    return {
        one.code: work.days[one.code] if settings.indicator.get(one.code) == one else series(work.facts, one)
        for one in changed.indicators
    }


def _together(outcomes: Sequence[Outcome]) -> Outcome:
    """Return all advisors' outcome, by the function every team figure comes from."""
    return _outcome(combined(one for outcome in outcomes for one in outcome.assessments))


def _outcome(assessments: tuple[Assessment, ...]) -> Outcome:
    points = score(assessments)
    return Outcome(points, grade(points), assessments)


def _figures(one: Assessment | None) -> tuple[float | None, ...] | None:
    return None if one is None else (one.target, one.weight, one.value, one.attainment)
