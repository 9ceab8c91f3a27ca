"""The flow, once: read → validate → facts → review → the days of every indicator."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Final

from reportkit.definitions.findings import Finding
from reportkit.definitions.forms import FORMS
from reportkit.facts.review import review
from reportkit.facts.rows import facts_of
from reportkit.read.archives import ARCHIVE, read_whole
from reportkit.read.archives import LOGS as LOGS  # where the flow begins
from reportkit.read.book import Book, RawBook
from reportkit.settings.branch_settings import Settings, default_settings, opened_settings
from reportkit.summary.summaries import Work, work_of
from reportkit.validate.workbook import validate

SETTINGS_FILE: Final = "settings.xlsx"


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


def settings_near(path: Path) -> Settings:
    """Return the settings of the branch a log lies in, or the defaults for a log on its own.

    Raise MendInput where the branch's cannot be opened: figures without its targets would be wrong.
    """
    settings = settings_path(path)
    return opened_settings(settings) if settings else default_settings()


def settings_path(path: Path) -> Path | None:
    """Return the settings workbook of the branch a log or folder belongs to, if there is one."""
    own = path.parent.parent
    for folder in (path, path.parent, own.parent if own.name == ARCHIVE else own):
        if (folder / SETTINGS_FILE).is_file():
            return folder / SETTINGS_FILE
    return None
