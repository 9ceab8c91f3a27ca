"""What the flow makes of a log: its rows, its figures, its findings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from reportkit.read.book import Book, Identity
from reportkit.settings.branch_settings import Settings, default_settings
from reportkit.settings.calendars import week_name
from reportkit.summary.flow import work_from_file
from reportkit.summary.summaries import RowCount, summarise
from tests.habits.person import FRIDAY

SETTINGS: Settings = default_settings("zh-CN")


@dataclass(frozen=True)
class Reading:
    """A log as read on Friday: rows that count (form and values, in no order), figures, findings by code and place."""

    identity: Identity
    rows: Counter[str]
    count: RowCount
    figures: dict[str, tuple[float | None, float | None]]
    findings: Counter[tuple[str, str]]


def read(path: Path, password: str | None = None) -> Reading:
    """Read a log as every command does."""
    work = work_from_file(path, SETTINGS, FRIDAY, password)
    week = summarise(work, SETTINGS, week_name(FRIDAY), FRIDAY)
    return Reading(
        work.book.identity,
        _rows(work.book),
        week.rows,
        {one.indicator.code: (one.value, one.target) for one in week.assessments},
        Counter((one.code, one.place.cell or str(one.place.row or one.place.sheet or "")) for one in week.findings),
    )


def _rows(book: Book) -> Counter[str]:
    return Counter(f"{code} {values}" for code, table in book.tables.items() for _, values in table.records())
