"""Headquarters: the week of several branches side by side and together, without any customer's data."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from reportkit.definitions.settings_forms import INDICATORS
from reportkit.definitions.text import Language, Text
from reportkit.indicators.assess import Assessment, Grade, score_of
from reportkit.indicators.together import combined
from reportkit.settings.conditions import Condition
from reportkit.settings.indicator_rows import Indicator
from reportkit.summary.summaries import TeamSummary, figures_json

MISSING: Final = Text(
    "合计不含 {number} 个没有数字的机构：{names}",
    "合計不含 {number} 個沒有數字的機構：{names}",
    "The total is without {number:branch|branches} that gave no figures: {names}",
)

UNLIKE: Final = Text(
    "各机构对同一代码的设置不同，不合计，也不算进合计的得分：{what}",
    "各機構對同一代碼的設定不同，不合計，也不算進合計的得分：{what}",
    "Neither totalled nor in the score of all, for the branches' settings of one code differ: {what}",
)
DIFFERS: Final = Text(
    "{indicator}（{columns}：{others} 与 {first} 不同）",
    "{indicator}（{columns}：{others} 與 {first} 不同）",
    "{indicator} ({columns}: {others} unlike {first})",
)
WAY: Final = ("form", "on", "where", "measure", "column", "part", "per", "period", "direction", "unit")
CONDITIONS: Final = ("where", "part")
Way = tuple[object, ...]


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
        """Return in words which branches are missing, what is not totalled and why; blank where all is well."""
        indicators = (one.indicator for one in self.assessments)
        unlike = "; ".join(self._differs(one, language) for one in indicators if one.code in self.unlike)
        missing = ", ".join(self.missing)
        parts = [MISSING.fill(language, number=len(self.missing), names=missing)] if missing else []
        return " · ".join([*parts, UNLIKE.fill(language, what=unlike)] if unlike else parts)

    @cached_property
    def unlike(self) -> tuple[str, ...]:
        """The codes under which branches count other rows, or in another way: they do not add up."""
        return tuple(code for code, ways in self._ways.items() if len({way for _, way in ways}) > 1)

    @cached_property
    def _ways(self) -> dict[str, list[tuple[str, Way]]]:
        """Code → each branch with the way it counts."""
        ways: dict[str, list[tuple[str, Way]]] = {}
        for branch in self.branches:
            for one in branch.assessments:
                ways.setdefault(one.indicator.code, []).append((branch.name, _way(one.indicator)))
        return ways

    def _differs(self, one: Indicator, language: Language) -> str:
        """Return in words which branches count otherwise than most, by which columns of the settings."""
        ways = self._ways[one.code]
        ((usual, _),) = Counter(way for _, way in ways).most_common(1)
        others = [(branch, way) for branch, way in ways if way != usual]
        columns = [column for at, column in enumerate(WAY) if any(way[at] != usual[at] for _, way in others)]
        return DIFFERS.fill(
            language,
            indicator=one.label.to(language),
            columns=", ".join(INDICATORS.column[column].label.to(language) for column in columns),
            others=", ".join(branch for branch, _ in others),
            first=next(branch for branch, way in ways if way == usual),
        )

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


def _way(one: Indicator) -> Way:
    """Return what an indicator counts and how, in the order of WAY: all but what it is called."""
    said = {column: getattr(one, column) for column in WAY}
    return tuple((said | {column: _whatever_order(said[column]) for column in CONDITIONS}).values())


def _whatever_order(conditions: tuple[Condition, ...]) -> frozenset[object]:
    return frozenset((one.column, one.operator, frozenset(one.values), one.other) for one in conditions)


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
