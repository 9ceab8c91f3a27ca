"""Headquarters: the week of several branches side by side and together, without any customer's data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportkit.definitions.text import Language, Text
from reportkit.indicators.assess import Assessment, Grade, score_of
from reportkit.indicators.together import combined
from reportkit.summary.summaries import TeamSummary, figures_json

MISSING: Final = Text(
    "合计不含 {number} 个没有数字的机构：{names}",
    "合計不含 {number} 個沒有數字的機構：{names}",
    "The total is without {number} branches that gave no figures: {names}",
)


@dataclass(frozen=True)
class BranchWeek:
    """A branch's week as headquarters see it: figures, no advisor and no customer."""

    name: str
    week: str
    as_of: dt.date
    advisors: int
    score: float | None
    grade: Grade | None
    assessments: tuple[Assessment, ...]


@dataclass(frozen=True)
class Rollup:
    """The week of several branches; `assessments` are of all together, from the same function as a team's.

    `missing` names the folders that gave no figures: nothing is a sum of all without saying who is not in it.
    """

    week: str
    branches: tuple[BranchWeek, ...]
    assessments: tuple[Assessment, ...]
    score: float | None
    missing: tuple[str, ...] = ()

    def said(self, language: Language) -> str:
        """Return which branches are missing in words; blank where none is."""
        if not self.missing:
            return ""
        return MISSING.fill(language, number=len(self.missing), names=", ".join(self.missing))

    def as_json(self, language: Language) -> dict[str, Any]:
        """Return what `rollup --json` prints: figures of branches, no advisor's and no customer's."""
        return {
            "week": self.week,
            "score": self.score,
            "missing": list(self.missing),
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
    return BranchWeek(team.name, team.week, team.as_of, len(team.members), team.score, team.grade, team.assessments)


def roll_up(week: str, branches: Sequence[BranchWeek], missing: Sequence[str] = ()) -> Rollup:
    """Return branches together: Σ values ÷ Σ targets, indicator by indicator, over those that count it."""
    assessments = combined(one for branch in branches for one in branch.assessments)
    return Rollup(week, tuple(branches), assessments, score_of(week, assessments), tuple(missing))
