"""What of the settings a report is made of: with these alone it is made, so nothing else can change it.

A report is named by what it is made of. Were that the whole settings workbook, a new recipient of mail or another
advisor's target would make every report anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from reportkit.definitions.columns import Form
from reportkit.definitions.settings_forms import RosterRow, TargetRow
from reportkit.settings.branch_settings import Settings


@dataclass(frozen=True)
class Parts:
    """A branch's settings, taken apart by whom they concern."""

    settings: Settings

    def of_advisor(self, advisor_id: str) -> Settings:
        """Return what an advisor's report is made of: the branch's rules and what concerns the advisor.

        Colleagues keep their id and name, by which cases name their owners. Answers of the FAQ are counted apart.
        """
        own = tuple(row.model_copy(update={"email": None}) for row in self.settings.roster_of(advisor_id))
        levels = {row.level for row in own}
        scopes = ("all", None), *(("level", level) for level in levels), ("advisor", advisor_id)
        targets = sorted((one for scope in scopes for one in self._targets.get(scope, ())), key=_place)
        return replace(
            self.of_everybody,
            roster=(*own, *(row for row in self.of_everybody.roster if row.advisor_id != advisor_id)),
            levels=tuple(level for level in self.settings.levels if level.code in levels),
            targets=tuple(row for _, row in targets),
        )

    @cached_property
    def of_everybody(self) -> Settings:
        """What goes into every advisor's report."""
        return replace(self.of_team, levels=(), faq=())

    @cached_property
    def of_team(self) -> Settings:
        """What a team workbook is made of besides its members' figures and the findings; people by id and name."""
        branch = self.settings.branch.model_copy(update={"code": "", "time_zone": None})
        names = dict.fromkeys((row.advisor_id, row.name) for row in self.settings.roster)
        roster = tuple(RosterRow(advisor_id=who, name=name, level="") for who, name in names)
        return replace(self.settings, branch=branch, roster=roster, targets=(), mail=(), findings=())

    @cached_property
    def _targets(self) -> dict[tuple[str, str | None], list[tuple[int, TargetRow]]]:
        """Scope and whom it is for → the targets, with their place in the sheet."""
        found: dict[tuple[str, str | None], list[tuple[int, TargetRow]]] = {}
        for at, row in enumerate(self.settings.targets):
            found.setdefault((row.scope, None if row.scope == "all" else row.who), []).append((at, row))
        return found


def _place(found: tuple[int, TargetRow]) -> int:
    return found[0]


def written(value: Any) -> Any:
    """Return settings, or a part of them, as JSON takes it: alike where they ask for the same."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Form):
        return value.code
    if is_dataclass(value) and not isinstance(value, type):
        return [written(getattr(value, one.name)) for one in fields(value)]
    if isinstance(value, Mapping):
        return sorted([written(key), written(one)] for key, one in value.items())
    if isinstance(value, tuple):
        return [written(one) for one in value]
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return value
