"""Headquarters: the week of several branches side by side and together, without any customer's data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from reportkit.definitions.text import Language, Text
from reportkit.indicators.assess import Assessment, Grade, score_of
from reportkit.indicators.together import combined
from reportkit.summary.summaries import TeamSummary, figures_json

MISSING: Final = Text(
    "合计不含 {number} 个没有数字的机构：{names}",
    "合計不含 {number} 個沒有數字的機構：{names}",
    "The total is without {number:branch|branches} that gave no figures: {names}",
)

UNLIKE: Final = Text(
    "各机构对同一代码的计法、周期、方向或单位不同，不合计：{names}",
    "各機構對同一代碼的計法、週期、方向或單位不同，不合計：{names}",
    "Not totalled, for branches measure, time, direct or state them differently under one code: {names}",
)


@dataclass(frozen=True)
class BranchWeek:
    """A branch's week as headquarters see it: figures, no advisor and no customer.

    `members` are its advisors' figures: branches together are all of their advisors, not a mean of branches.
    """

    name: str
    week: str
    as_of: dt.date
    advisors: int
    score: float | None
    grade: Grade | None
    assessments: tuple[Assessment, ...]
    members: tuple[Assessment, ...]


@dataclass(frozen=True)
class Rollup:
    """The week of several branches; `assessments` are of all together, from the same function as a team's.

    `missing` names the folders that gave no figures: nothing is a sum of all without saying who is not in it. What
    branches count `unlike` one another under one code is not assessed there.
    """

    week: str
    branches: tuple[BranchWeek, ...]
    assessments: tuple[Assessment, ...]
    score: float | None
    missing: tuple[str, ...] = ()

    def said(self, language: Language) -> str:
        """Return in words which branches are missing and what adds up to nothing; blank where all is well."""
        unlike = ", ".join(
            one.indicator.label.to(language) for one in self.assessments if one.indicator.code in self.unlike
        )
        missing = ", ".join(self.missing)
        parts = [MISSING.fill(language, number=len(self.missing), names=missing)] if missing else []
        return " · ".join([*parts, UNLIKE.fill(language, names=unlike)] if unlike else parts)

    @property
    def unlike(self) -> frozenset[str]:
        """The codes of indicators that branches measure, time, direct or state in other ways: they do not add up."""
        kinds: dict[str, set[tuple[object, ...]]] = {}
        for one in (one.indicator for branch in self.branches for one in branch.assessments):
            kind = one.adds_up, one.counts_stock, one.period, one.direction, one.unit
            kinds.setdefault(one.code, set()).add(kind)
        return frozenset(code for code, found in kinds.items() if len(found) > 1)

    def as_json(self, language: Language) -> dict[str, Any]:
        """Return what `rollup --json` prints: figures of branches, no advisor's and no customer's."""
        return {
            "week": self.week,
            "score": self.score,
            "missing": list(self.missing),
            "unlike": sorted(self.unlike),
            "total": figures_json(self.assessments, language),
            "branches": [
                {
                    "name": one.name,
                    "as_of": one.as_of.isoformat(),
                    "advisors": one.advisors,
                    "score": one.score,
                    "grade": one.grade,
                    "team": figures_json(one.assessments, language),
                }
                for one in self.branches
            ],
        }


def branch_week(team: TeamSummary) -> BranchWeek:
    """Return what headquarters see of a branch's week."""
    advisors = sum(one.in_service for one in team.members)
    members = tuple(one for member in team.members for one in member.assessments)
    return BranchWeek(team.name, team.week, team.as_of, advisors, team.score, team.grade, team.assessments, members)


def roll_up(week: str, branches: Sequence[BranchWeek], missing: Sequence[str] = ()) -> Rollup:
    """Return branches together: Σ values ÷ Σ targets, indicator by indicator, over those that count it."""
    assessments = combined(one for branch in branches for one in branch.members)
    together = Rollup(week, tuple(branches), assessments, None, tuple(missing))
    together = replace(together, assessments=tuple(_total(one, together.unlike) for one in assessments))
    return replace(together, score=score_of(week, together.assessments))


def _total(one: Assessment, unlike: Collection[str]) -> Assessment:
    """Return a total, empty where branches count unlike one another."""
    if one.indicator.code not in unlike:
        return one
    nothing = dict.fromkeys(("value", "denominator", "target", "target_so_far", "stretch", "attainment", "days_met"))
    return replace(one, numerator=0.0, daily=(), **nothing)  # type: ignore[arg-type] # each of them may be None
