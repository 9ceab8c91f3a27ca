"""One publication of a week: its figures, how another week differs from them, and what it was made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from reportkit.branch.history import Entry
from reportkit.definitions.figures import in_json
from reportkit.definitions.findings import Finding
from reportkit.indicators.assess import Assessment, grade
from reportkit.summary.changes import Correction, Late, Restated, Restates
from reportkit.summary.summaries import AdvisorSummary, TeamSummary

BRANCH: Final = ""  # stands for the branch as a whole, where figures are listed by advisor
Summary = TypeVar("Summary", AdvisorSummary, TeamSummary)


@dataclass(frozen=True)
class Figure:
    """One published figure: of an advisor, or of the branch where the advisor is blank."""

    advisor_id: str
    indicator: str
    value: float | None
    numerator: float
    denominator: float | None
    target: float | None
    weight: float
    attainment: float | None


@dataclass(frozen=True)
class Edition:
    """One publication of a week.

    `logs` are those that counted, `failed` says why others did not; `reopened_on` and `why` end it.
    """

    closed_on: dt.date
    as_of: dt.date
    program: str
    settings: str
    logs: tuple[Entry, ...]
    failed: tuple[Finding, ...]
    scores: Mapping[str, float | None]
    figures: tuple[Figure, ...]
    restated: tuple[Restated, ...] = ()
    reopened_on: dt.date | None = None
    why: str | None = None
    late: tuple[Late, ...] = ()  # rows of published weeks, as the team workbook lists them
    lost: tuple[str, ...] = ()  # weeks whose rows as published history had lost

    @property
    def log_of(self) -> dict[str, Entry]:
        """Advisor → the log that counted."""
        return {entry.advisor_id: entry for entry in self.logs}

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was counted: perhaps another week was meant."""
        return not any(one.numerator for one in self.figures)


def figures_of(team: TeamSummary) -> tuple[Figure, ...]:
    """Return every figure of a week: of the branch, then of each advisor."""
    of_branch = [_figure(BRANCH, one) for one in team.assessments]
    return (*of_branch, *(_figure(member.advisor_id, one) for member in team.members for one in member.assessments))


def scores_of(team: TeamSummary) -> dict[str, float | None]:
    """Return the scores of a week: of the branch, then of each advisor."""
    return {BRANCH: team.score, **{member.advisor_id: member.score for member in team.members}}


def as_published(summary: Summary, edition: Edition) -> Summary:
    """Return the week of an advisor or of the branch with the figures that were published.

    The program that published them may have counted otherwise than this one.
    """
    who = summary.advisor_id if isinstance(summary, AdvisorSummary) else BRANCH
    figures = {one.indicator: one for one in edition.figures if one.advisor_id == who}
    points = edition.scores.get(who)
    assessments = tuple(_published(one, figures.get(one.indicator.code)) for one in summary.assessments)
    return replace(summary, score=points, grade=grade(points), assessments=assessments)


def _published(one: Assessment, figure: Figure | None) -> Assessment:
    if figure is None:
        return one
    return replace(
        one,
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        target=figure.target,
        weight=figure.weight,
        attainment=figure.attainment,
    )


def _figure(advisor_id: str, one: Assessment) -> Figure:
    return Figure(
        advisor_id,
        one.indicator.code,
        one.value,
        one.numerator,
        one.denominator,
        one.target,
        one.weight,
        one.attainment,
    )


Measures = dict[tuple[str, str, Restates], float | None]  # advisor, indicator, of what


def _measures(edition: Edition) -> Measures:
    """Return every score, value and target of an edition."""
    found: Measures = {(who, "", "score"): points for who, points in edition.scores.items()}
    for one in edition.figures:
        found[one.advisor_id, one.indicator, "value"] = one.value
        found[one.advisor_id, one.indicator, "target"] = one.target
    return found


def restated(before: Edition, now: Edition) -> tuple[Restated, ...]:
    """Return what differs between two editions, with both values, the branch first.

    Last bits are no difference: a team's target that is no sum changes in them with the weights. What was not there
    before, or is no more, has None. Nothing counted of somebody who joined or left between the two is no difference.
    """
    earlier, later = _measures(before), _measures(now)
    found = []
    in_both = {who for who, *_ in earlier} & {who for who, *_ in later}
    for who, indicator, of in dict.fromkeys([*earlier, *later]):
        old, new = earlier.get((who, indicator, of)), later.get((who, indicator, of))
        if in_json(old) != in_json(new) and (who in in_both or old or new):
            found.append(Restated(who, indicator, old, new, of))
    return tuple(sorted(found, key=lambda one: one.advisor_id))


def correction_of(team: TeamSummary, before: Edition) -> Correction:
    """Return how a week differs from the edition that was reopened."""
    assert before.reopened_on is not None  # noqa: S101 # it was reopened
    now = replace(before, figures=figures_of(team), scores=scores_of(team))
    figures = restated(before, now)
    return Correction(before.closed_on, before.reopened_on, before.why or "", figures)


def restated_json(one: Restated) -> dict[str, Any]:
    """Return a restated figure as commands print it."""
    return {
        "advisor": one.advisor_id or None,
        "indicator": one.indicator or None,
        "of": one.of,
        "old": one.old,
        "new": one.new,
    }
