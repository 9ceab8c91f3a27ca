"""What the settings name of one another: indicators, levels, advisors. A stranger is a finding."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from reportkit.definitions.catalogue import LEVEL_ROWS
from reportkit.definitions.columns import fold
from reportkit.definitions.findings import Finding, Place, did_you_mean, finding, there_are
from reportkit.definitions.settings_forms import (
    INDICATORS,
    LEVELS,
    MAIL,
    ROSTER,
    TARGETS,
    IndicatorRow,
    LevelRow,
    MailRow,
    RosterRow,
    TargetRow,
)
from reportkit.definitions.severity import Severity
from reportkit.definitions.text import Text
from reportkit.settings.precedence import left_behind, outlasting, same_day

A_SHARE: Final = Text("0 到 100%（写作 90% 或 0.9）", "0 到 100%（寫作 90% 或 0.9）", "0 to 100 % (written 90% or 0.9)")


def roster(
    rows: Sequence[tuple[RosterRow, Place]], levels: Sequence[LevelRow], found: list[Finding]
) -> tuple[RosterRow, ...]:
    """Return the roster with the codes of levels in place of their names.

    Unknown levels, managers unknown or gone, and rows of one advisor of which two may be in force are findings.
    """
    found.extend(same_day(rows, ROSTER, lambda row: row.advisor_id, lambda row: row.advisor_id))
    found.extend([*outlasting(rows), *left_behind(rows)])
    names, called = _levels(levels), {row.code: row.name for row in levels}
    people = {row.advisor_id for row, _ in rows}
    known: list[RosterRow] = []
    for row, place in rows:
        level = names.get(fold(row.level))
        if level is None and levels:
            at = replace(place, column=ROSTER.column["level"])
            found.append(stranger(row.level, as_called(names, called), at, "warning"))
        if row.manager is not None and row.manager not in people:
            at = replace(place, column=ROSTER.column["manager"])
            found.append(stranger(row.manager, _people(row for row, _ in rows), at, "warning"))
        known.append(row if level is None else row.model_copy(update={"level": level}))
    return tuple(known)


def targets(
    rows: Iterable[tuple[TargetRow, Place]],
    codes: Mapping[str, str],
    offered: Mapping[str, str | Text],
    shares: Collection[str],
    levels: Sequence[LevelRow],
    people: Sequence[RosterRow],
    found: list[Finding],
) -> tuple[TargetRow, ...]:
    """Return the target rows that can be used, codes in place of names; whom nobody knows is a finding.

    `codes` maps folded names of indicators to their codes, `offered` to what may be meant; `shares` are those of which
    no more than all can be reached.
    """
    whom = {"level": _levels(levels), "advisor": {fold(row.advisor_id): row.advisor_id for row in people}}
    offers = {"level": as_called(_levels(levels), {row.code: row.name for row in levels}), "advisor": _people(people)}
    usable: list[tuple[TargetRow, Place]] = []
    written: dict[str, str] = {}
    for row, place in rows:
        code = codes.get(fold(row.indicator))
        of_whom = replace(place, column=TARGETS.column["who"])
        if code is None:
            at = replace(place, column=TARGETS.column["indicator"])
            found.append(stranger(row.indicator, offered, at))
            continue
        who = row.who
        if row.scope != "all":
            if who is None:
                found.append(finding("value.required", of_whom))
                continue
            known = whom[row.scope].get(fold(who))
            if known is None and whom[row.scope]:
                found.append(stranger(who, offers[row.scope], of_whom, "warning"))
            who = known or who
        elif who is not None:
            found.append(finding("settings.for_all", of_whom, value=who))
        beyond = _beyond_all(row, place, found) if code in shares else {}
        written[code] = row.indicator
        usable.append((row.model_copy(update={"indicator": code, "who": who, **beyond}), place))
    found.extend(same_day(usable, TARGETS, _whose, lambda row: written[row.indicator]))
    return tuple(row for row, _ in usable)


def mail(
    rows: Iterable[tuple[MailRow, Place]], people: Sequence[RosterRow], found: list[Finding]
) -> tuple[MailRow, ...]:
    """Return who gets reports, of advisors and teams as the roster calls them; whom nobody knows is a finding."""
    ids = {fold(row.advisor_id): row.advisor_id for row in people}
    teams = {fold(row.team): row.team for row in people if row.team} | {
        fold(row.manager): row.manager for row in people if row.manager
    }
    known: list[MailRow] = []
    for row, place in rows:
        names = {"advisor": ids, "team": teams}.get(row.report)
        who = row.who
        if who is not None and names:
            who = names.get(fold(who))
            if who is None:
                offers = _people(people) if row.report == "advisor" else names
                found.append(stranger(str(row.who), offers, replace(place, column=MAIL.column["who"]), "warning"))
        known.append(row.model_copy(update={"who": who or row.who}))
    return tuple(known)


def indicator_codes(
    rows: Iterable[tuple[IndicatorRow, Place]], in_use: Collection[str], found: list[Finding]
) -> dict[str, str]:
    """Return folded code or label → code of the indicator it names; one of two that bear a name is a finding.

    A code comes before a label, an indicator in use before one that is not, the first row before later ones. One not in
    use is known, so that its targets are no mistake.
    """
    known: dict[str, IndicatorRow] = {}
    in_use_first = sorted(rows, key=lambda one: one[0].code not in in_use)
    for columns in (("code",), ("label", "label_tw", "label_en")):
        for row, place in in_use_first:
            for column in columns:
                written = getattr(row, column)
                holder = known.setdefault(fold(written), row) if written else row
                if holder is not row and row.code in in_use:
                    at = replace(place, column=INDICATORS.column[column])
                    found.append(finding("settings.same_name", at, value=written, other=holder.code))
    return {text: row.code for text, row in known.items()}


def same_names(rows: Iterable[tuple[LevelRow, Place]]) -> Iterator[Finding]:
    """Name the levels that are called as one above them: who stands at that name stands at the first."""
    known: dict[str, LevelRow] = {}
    for row, place in rows:
        holder = known.setdefault(fold(row.name), row)
        if holder is not row:
            at = replace(place, column=LEVELS.column["name"])
            yield finding("settings.same_name", at, value=row.name, other=holder.code)


def _whose(row: TargetRow) -> tuple[str, str, str | None]:
    """Return what a target is about: an indicator, and for whom."""
    return row.indicator, row.scope, None if row.scope == "all" else row.who


def _beyond_all(row: TargetRow, place: Place, found: list[Finding]) -> dict[str, None]:
    """Name the targets of a share above 100 %, as 90 typed for 90 % is; they count as blank."""
    beyond = [name for name in ("target", "stretch") if (getattr(row, name) or 0) > 1]
    for name in beyond:
        at = replace(place, column=TARGETS.column[name])
        found.append(finding("value.range", at, value=getattr(row, name), severity="warning", expected=A_SHARE))
    return dict.fromkeys(beyond)


def stranger(written: str, names: Mapping[str, str | Text], place: Place, severity: Severity = "error") -> Finding:
    """Return the finding of a name nobody knows, with the nearest of the known ones, or all where there are few.

    `names` are folded name → what to write. It is an error where the row is of no use without it, a warning where the
    row counts all the same.
    """
    near = get_close_matches(fold(written), names, n=1)
    offered = did_you_mean(names[near[0]]) if near else there_are(names.values())
    return finding("settings.reference", place, value=written, severity=severity, suggestion=offered)


def as_called(names: Mapping[str, str], called: Mapping[str, str | Text]) -> dict[str, str | Text]:
    """Return folded name → what to write: what the code is called, for that is what the settings show."""
    return {name: called.get(code, code) for name, code in names.items()}


def _people(rows: Iterable[RosterRow]) -> dict[str, str | Text]:
    """Return folded ID or name → the ID to write; a name that several bear offers none."""
    named: dict[str, dict[str, None]] = {}
    for row in rows:
        named.setdefault(fold(row.name), {})[row.advisor_id] = None
        named[fold(row.advisor_id)] = {row.advisor_id: None}
    return {name: next(iter(ids)) for name, ids in named.items() if len(ids) == 1}


def _levels(levels: Sequence[LevelRow]) -> dict[str, str]:
    """Return folded code or name → code; the levels of a new branch have names in every language.

    A code is that level's; a name that several levels bear is the first one's.
    """
    codes = {row.code for row in levels}
    known = {fold(text): code for code, name in LEVEL_ROWS if code in codes for text in name.all()}
    named = {fold(row.name): row.code for row in reversed(levels)}
    return known | named | {fold(row.code): row.code for row in levels}
