"""The flow, once: read → validate → facts → review → the days of every indicator."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from reportkit.definitions.findings import Finding
from reportkit.definitions.forms import FORMS
from reportkit.facts.review import review
from reportkit.facts.rows import facts_of
from reportkit.read.archives import read_whole
from reportkit.read.book import Book, RawBook
from reportkit.settings.branch_settings import Settings
from reportkit.summary.summaries import Work, work_of
from reportkit.validate.workbook import validate


def work_from_file(path: Path, settings: Settings, today: dt.date, password: str | None = None) -> Work:
    """Return what every view of a log stands on, from a closed file."""
    return work_from_raw(read_whole(path, FORMS, password=password), settings, today)


def work_from_raw(raw: RawBook, settings: Settings, today: dt.date) -> Work:
    """Return what every view of a log stands on, from what was read: a closed file or an open workbook."""
    return work_from_book(validate(raw, today), settings)


def work_from_book(book: Book, settings: Settings) -> Work:
    """Return what every view of a log stands on, from its rows that count."""
    facts = facts_of(book)
    odd = review(facts, settings) if usable(book) else ()
    return work_of(replace(book, findings=in_order((*book.findings, *odd))), facts, settings)


def usable(book: Book) -> bool:
    """Return whether a workbook could be read at all."""
    return bool(book.tables)


def in_order(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return findings by sheet and row, the workbook's own first."""
    return tuple(sorted(findings, key=lambda one: (one.place.sheet or "", one.place.row or 0, one.place.cell or "")))
