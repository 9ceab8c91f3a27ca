"""Which of several rows holds: of one advisor's, each until the next begins; of two from the same day, the lower."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final, TypeVar

from reportkit.definitions.columns import Form
from reportkit.definitions.findings import Finding, Place, finding
from reportkit.definitions.settings_forms import ROSTER, LimitRow, RosterRow, TargetRow
from reportkit.definitions.text import Text

DAY: Final = dt.timedelta(days=1)
PlacedRow = tuple[RosterRow, Place]
Dated = TypeVar("Dated", RosterRow, TargetRow, LimitRow)


def one_after_another(rows: Iterable[RosterRow]) -> tuple[RosterRow, ...]:
    """Return the rows of one advisor, earliest first, each ended before the next begins (DOMAIN §2)."""
    ordered = sorted(rows, key=_begins)
    held = [
        _ended(row, _begins(following) - DAY)
        for row, following in pairwise(ordered)
        if _begins(following) > _begins(row)
    ]
    return (*held, ordered[-1])


def _begins(row: RosterRow) -> dt.date:
    return row.from_ or dt.date.min


def _ends(row: RosterRow) -> dt.date:
    return row.to or dt.date.max


def _ended(row: RosterRow, last: dt.date) -> RosterRow:
    return row if _ends(row) <= last else row.model_copy(update={"to": last})


def outlasting(rows: Iterable[PlacedRow]) -> Iterator[Finding]:
    """Name the rows of advisors that end before an earlier one does, and which no other follows at once."""
    for advisor, own in _in_order(rows).items():
        longest, first = own[0]
        for (row, place), following in zip(own, [*own[1:], None], strict=True):
            if _ends(row) < _ends(longest) and not (following and _begins(following[0]) <= _ends(row) + DAY):
                cell = replace(place, column=ROSTER.column["to"])
                yield finding("settings.outlasted", cell, value=row.to, advisor=advisor, first=str(first.row))
            longest, first = (row, place) if _ends(row) > _ends(longest) else (longest, first)


def left_behind(rows: Iterable[PlacedRow]) -> Iterator[Finding]:
    """Name the advisors whose manager leaves before them: nobody is mailed their team's report then."""
    last = {advisor: own[-1] for advisor, own in _in_order(rows).items()}
    for advisor, (row, place) in last.items():
        manager = last.get(row.manager or "")
        if manager is not None and _ends(manager[0]) < _ends(row):
            cell = replace(place, column=ROSTER.column["manager"])
            yield finding("settings.manager_gone", cell, value=row.manager, advisor=advisor, day=str(manager[0].to))


def _in_order(rows: Iterable[PlacedRow]) -> dict[str, list[PlacedRow]]:
    """Return advisor → their rows with their places, earliest first."""
    ordered: dict[str, list[PlacedRow]] = {}
    for row, place in sorted(rows, key=lambda one: _begins(one[0])):
        ordered.setdefault(row.advisor_id, []).append((row, place))
    return ordered


def same_day(
    rows: Iterable[tuple[Dated, Place]],
    form: Form,
    about: Callable[[Dated], Hashable],
    named: Callable[[Dated], str | Text],
) -> Iterator[Finding]:
    """Name the rows that are about the same from the same day: the lower is in force.

    Rows alike in every cell are a finding already, and do no harm.
    """
    begun: dict[Hashable, tuple[Dated, Place]] = {}
    for row, place in rows:
        same, first = begun.setdefault((about(row), row.from_), (row, place))
        if same != row:
            cell = replace(place, column=form.column["from_"])
            yield finding("settings.same_day", cell, what=named(row), first=str(first.row))
