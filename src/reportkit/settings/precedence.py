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


def outlasting(rows: Iterable[tuple[RosterRow, Place]]) -> Iterator[Finding]:
    """Name the rows of advisors that end before an earlier one does, and which no other follows at once."""
    of: dict[str, list[tuple[RosterRow, Place]]] = {}
    for row, place in rows:
        of.setdefault(row.advisor_id, []).append((row, place))
    for advisor, own in of.items():
        ordered = sorted(own, key=lambda one: _begins(one[0]))
        longest, first = ordered[0]
        for (row, place), following in zip(ordered, [*ordered[1:], None], strict=True):
            if _ends(row) < _ends(longest) and not (following and _begins(following[0]) <= _ends(row) + DAY):
                cell = replace(place, column=ROSTER.column["to"])
                yield finding("settings.outlasted", cell, value=row.to, advisor=advisor, first=str(first.row))
            longest, first = (row, place) if _ends(row) > _ends(longest) else (longest, first)


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
