"""The figures of several advisors together: a team's, a branch's, headquarters' (DOMAIN §3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import TypeVar

from reportkit.indicators.assess import Assessment, PastFigure

Counted = TypeVar("Counted", Assessment, PastFigure)


def combined(assessments: Iterable[Assessment]) -> tuple[Assessment, ...]:
    """Return a team's figures, each indicator of all those who count it."""
    return tuple(map(combine, _by_indicator(assessments)))


def together(figures: Iterable[PastFigure]) -> tuple[PastFigure, ...]:
    """Return a team's figures of a past week, each indicator of all those who count it."""
    return tuple(map(_sum, _by_indicator(figures)))


def _by_indicator(figures: Iterable[Counted]) -> Iterable[list[Counted]]:
    by_code: defaultdict[str, list[Counted]] = defaultdict(list)
    for one in figures:
        by_code[one.indicator.code].append(one)
    return by_code.values()


def combine(members: Sequence[Assessment]) -> Assessment:
    """Return a team's figure of one indicator: what `_sum` returns, and the rest of an assessment."""
    first, whole = members[0], _sum(members)
    met = [one.days_met for one in members if one.days_met is not None]
    return Assessment(
        indicator=whole.indicator,
        window=first.window,
        until=first.until,
        value=whole.value,
        numerator=whole.numerator,
        denominator=whole.denominator,
        target=whole.target,
        stretch=_team_target(members, [one.stretch for one in members]),
        weight=whole.weight,
        target_so_far=_team_target(members, [one.target_so_far for one in members]),
        attainment=whole.attainment,
        working_days=sum(one.working_days for one in members),
        days_met=sum(met) if met else None,
        daily=_team_days(members) if whole.indicator.adds_up else (),
    )


def _sum(members: Sequence[Assessment | PastFigure]) -> PastFigure:
    """Return a team's figure of one indicator: Σ values ÷ Σ targets, of a share Σ numerators ÷ Σ denominators.

    The target of a share, a mean or a rate is the members' mean, weighted by their denominators. The weight is the mean
    of those who have a target: whoever was on leave has no say in what counts for how much.
    """
    indicator = members[0].indicator
    numerator = sum(one.numerator for one in members)
    denominator = None if indicator.adds_up else sum(one.denominator or 0.0 for one in members)
    target = _team_target(members, [one.target for one in members])
    weights = [one.weight for one in members if one.target is not None] or [1.0]
    return PastFigure(indicator, numerator, denominator, target, sum(weights) / len(weights))


def _team_target(members: Sequence[Assessment | PastFigure], targets: Sequence[float | None]) -> float | None:
    """Return the sum of the members' targets, or of what does not add up their weighted mean."""
    asked = [
        (target, one.denominator or 0.0) for target, one in zip(targets, members, strict=True) if target is not None
    ]
    if not asked:
        return None
    if members[0].indicator.adds_up:
        return sum(target for target, _ in asked)
    under = sum(weight for _, weight in asked)
    if not under:
        return sum(target for target, _ in asked) / len(asked)
    return sum(target * weight for target, weight in asked) / under


def _team_days(members: Sequence[Assessment]) -> tuple[float, ...]:
    """Return what members did each day together."""
    by_day = zip_longest(*(one.daily for one in members))
    return tuple(sum((value or 0.0 for value in of_day), 0.0) for of_day in by_day)
