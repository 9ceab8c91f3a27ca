"""The search for late rows: in the logs of today, of every closed week, where anything changed (DOMAIN §3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reportkit.branch.edition import Edition
from reportkit.branch.history import Entry, History
from reportkit.branch.late import Differ, LateOf, dated_by, marks
from reportkit.branch.seal import Damaged
from reportkit.definitions.forms import FORMS
from reportkit.read.book import Book
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import week_span
from reportkit.summary.changes import Late


def late_rows(
    closed: Mapping[str, Edition],
    history: History,
    current: Mapping[str, Entry],
    entries: Mapping[str, Entry],
    settings: Settings,
    today: dt.date,
) -> tuple[LateOf, ...]:
    """Return the late rows of every closed week; what was first seen earlier keeps its day.

    Of a log that cannot be read just now, what was known stays.
    """
    known = {(one.week, one.advisor_id): one for one in history.late()}
    first_seen = {row.same: row.first_seen for one in known.values() for row in one.rows}
    found: list[LateOf] = []
    advisors = {advisor for edition in closed.values() for advisor in edition.log_of} | {*current}
    for advisor in sorted(advisors):
        search = _Search(history, advisor, dated_by(settings.indicators, FORMS), today)
        now = current.get(advisor)
        changed: list[LateOf] = []
        for week, edition in closed.items():
            then = edition.log_of.get(advisor)
            names = then.facts if then else "", now.facts if now else ""
            before = known.get((week, advisor))
            unreadable = now is None and then is not None and then.file in entries
            if before is not None and (unreadable or ((before.published, before.current) == names and not before.lost)):
                found.append(before)
            elif names[0] != names[1] and not unreadable:
                known_before = before is not None and before.published == names[0]
                mark, rows = (before.mark, before.rows) if before is not None and known_before else ("", ())
                changed.append(LateOf(week, advisor, *names, rows, mark))
        found += search.late(changed)
    dated = [replace(one, rows=tuple(_first_seen(row, first_seen) for row in one.rows)) for one in found]
    return tuple(sorted(dated, key=lambda one: (one.week, one.advisor_id)))


def lost_weeks(found: Iterable[LateOf]) -> tuple[str, ...]:
    """Return the closed weeks of which history has lost rows as they were published, in order."""
    return tuple(sorted({one.week for one in found if one.lost}))


def _first_seen(row: Late, first_seen: Mapping[tuple[object, ...], dt.date]) -> Late:
    return replace(row, first_seen=first_seen.get(row.same, row.first_seen))


@dataclass(frozen=True)
class _Search:
    """The search for an advisor's late rows: the log is read once, what was published only where rows may differ.

    A log changes every day and weeks stay closed for years; nearly all of their rows are as they were.
    """

    history: History
    advisor_id: str
    dated: Mapping[str, tuple[str, ...]]
    today: dt.date

    def late(self, changed: Sequence[LateOf]) -> Iterator[LateOf]:
        """Yield for each closed week whose log is another one now which rows are late."""
        if not changed:
            return
        now = self._book(changed[0].current)
        spans = [week_span(one.week) for one in changed]
        for one, span, mark in zip(changed, spans, marks(now, self.dated, spans), strict=True):
            if one.mark and one.mark == mark:
                yield replace(one, rows=())
                continue
            try:
                published = self._book(one.published)
            except (FileNotFoundError, Damaged):  # what differs cannot be told: it is said, and what was known stays
                yield replace(one, lost=True)
                continue
            differ = Differ(one.week, span, self.dated, self.today)
            rows = tuple(differ.late(self.advisor_id, published, now))
            yield replace(one, rows=rows, lost=False, mark=marks(published, self.dated, [span])[0])

    def _book(self, name: str) -> Book | None:
        return self.history.book(name) if name else None
