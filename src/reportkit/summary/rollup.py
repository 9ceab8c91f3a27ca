"""Headquarters: the week of several branches side by side and together, without any customer's data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportkit.definitions.text import Language
from reportkit.indicators.assess import Assessment, combine, score
from reportkit.summary.summaries import TeamSummary, team_json


@dataclass(frozen=True)
class Rollup:
    """The week of several branches; `assessments` are of all together, from the same function as a team's."""

    week: str
    branches: tuple[TeamSummary, ...]
    assessments: tuple[Assessment, ...]
    score: float | None

    def as_json(self, language: Language) -> dict[str, Any]:
        """Return what `rollup --json` prints: figures of branches, no advisor's and no customer's."""
        shown = ("score", "grade", "team")
        branches = [(one, team_json(one, language)) for one in self.branches]
        return {
            "week": self.week,
            "score": self.score,
            "total": [_plain(one) for one in self.assessments],
            "branches": [
                {"name": one.name, "advisors": len(one.members), **{key: data[key] for key in shown}}
                for one, data in branches
            ],
        }


def roll_up(week: str, branches: Sequence[TeamSummary]) -> Rollup:
    """Return branches together: Σ values ÷ Σ targets, indicator by indicator, over those that count it."""
    by_code: dict[str, list[Assessment]] = {}
    for branch in branches:
        for one in branch.assessments:
            by_code.setdefault(one.indicator.code, []).append(one)
    assessments = tuple(combine(of_code) for of_code in by_code.values())
    return Rollup(week, tuple(branches), assessments, score(assessments))


def _plain(one: Assessment) -> dict[str, Any]:
    return {"code": one.indicator.code, "value": one.value, "target": one.target, "attainment": one.attainment}
