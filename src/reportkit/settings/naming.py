"""What the settings name of one another: indicators, levels, advisors. A stranger is a finding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from reportkit.definitions.catalogue import LEVEL_ROWS
from reportkit.definitions.columns import Row, fold
from reportkit.definitions.finding_kinds import Severity
from reportkit.definitions.findings import Finding, Place, did_you_mean, finding
from reportkit.definitions.settings_forms import ROSTER, TARGETS, IndicatorRow, LevelRow, RosterRow, TargetRow
from reportkit.definitions.text import Text

A_SHARE: Final = Text("0 到 100%（写作 90% 或 0.9）", "0 到 100%（寫作 90% 或 0.9）", "0 to 100 % (written 90% or 0.9)")
Placed = Sequence[tuple[Row, Place]]


def roster(rows: Placed, levels: Sequence[LevelRow], found: list[Finding]) -> tuple[RosterRow, ...]:
    """Return the roster with the codes of levels in place of their names; unknown levels and managers are findings.

    So are two rows of one advisor from the same day, of which the lower is in force.
    """
    names = _levels(levels)
    people = {row.advisor_id for row, _ in rows if isinstance(row, RosterRow)}
    known: list[RosterRow] = []
    begun: dict[tuple[str, dt.date | None], tuple[Row, Place]] = {}
    for row, place in rows:
        assert isinstance(row, RosterRow)  # noqa: S101 # the sheet's form says so
        same, first = begun.setdefault((row.advisor_id, row.from_), (row, place))
        if same != row:  # rows alike in every cell are a finding already, and do no harm
            at = replace(place, column=ROSTER.column["from_"])
            found.append(finding("settings.same_day", at, advisor=row.advisor_id, first=str(first.row)))
        level = names.get(fold(row.level))
        if level is None and levels:
            found.append(stranger(row.level, names, replace(place, column=ROSTER.column["level"]), "warning"))
        if row.manager is not None and row.manager not in people:
            at = replace(place, column=ROSTER.column["manager"])
            found.append(stranger(row.manager, {fold(one): one for one in people}, at, "warning"))
        known.append(row if level is None else row.model_copy(update={"level": level}))
    return tuple(known)


def targets(
    rows: Placed,
    indicators: Sequence[IndicatorRow],
    levels: Sequence[LevelRow],
    people: Iterable[RosterRow],
    found: list[Finding],
) -> tuple[TargetRow, ...]:
    """Return the target rows that can be used, codes in place of names; whom nobody knows is a finding."""
    codes = {
        fold(text): row.code for row in indicators for text in (row.code, row.label, row.label_tw, row.label_en) if text
    }
    shares = {row.code for row in indicators if row.measure == "ratio" and row.unit == "percent" and row.per is None}
    whom = {"level": _levels(levels), "advisor": {fold(row.advisor_id): row.advisor_id for row in people}}
    usable: list[TargetRow] = []
    for row, place in rows:
        assert isinstance(row, TargetRow)  # noqa: S101 # the sheet's form says so
        code = codes.get(fold(row.indicator))
        of_whom = replace(place, column=TARGETS.column["who"])
        if code is None:
            found.append(stranger(row.indicator, codes, replace(place, column=TARGETS.column["indicator"])))
            continue
        who = row.who
        if row.scope != "all":
            if who is None:
                found.append(finding("value.required", of_whom))
                continue
            known = whom[row.scope].get(fold(who))
            if known is None and whom[row.scope]:
                found.append(stranger(who, whom[row.scope], of_whom, "warning"))
            who = known or who
        beyond = _beyond_all(row, place, found) if code in shares else {}
        usable.append(row.model_copy(update={"indicator": code, "who": who, **beyond}))
    return tuple(usable)


def _beyond_all(row: TargetRow, place: Place, found: list[Finding]) -> dict[str, None]:
    """Name the targets of a share above 100 %, as 90 typed for 90 % is; they count as blank."""
    beyond = [name for name in ("target", "stretch") if (getattr(row, name) or 0) > 1]
    for name in beyond:
        at = replace(place, column=TARGETS.column[name])
        found.append(finding("value.range", at, value=getattr(row, name), severity="warning", expected=A_SHARE))
    return dict.fromkeys(beyond)


def stranger(written: str, names: Mapping[str, str], place: Place, severity: Severity = "error") -> Finding:
    """Return the finding of a name nobody knows, with the nearest of the known ones (folded name → code).

    It is an error where the row is of no use without it, a warning where the row counts all the same.
    """
    near = get_close_matches(fold(written), names, n=1)
    offered = did_you_mean(names[near[0]] if near else None)
    return finding("settings.reference", place, value=written, severity=severity, suggestion=offered)


def _levels(levels: Sequence[LevelRow]) -> dict[str, str]:
    """Return folded code or name → code; the levels of a new branch have names in every language."""
    codes = {row.code for row in levels}
    known = {fold(text): code for code, name in LEVEL_ROWS if code in codes for text in name.all()}
    return known | {fold(text): row.code for row in levels for text in (row.code, row.name)}
