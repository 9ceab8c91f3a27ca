"""The manager's buttons: the branch a workbook lies in, its reports brought up to date, the week closed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import xlwings as xw

from reportkit.branch.closing import close
from reportkit.branch.folder import REPORTS, TEAM_FILE, Branch, is_branch
from reportkit.branch.refresh import refresh
from reportkit.branch.workers import Processes
from reportkit.definitions.errors import MendInput
from reportkit.definitions.text import Language, Text
from reportkit.settings.calendars import week_name
from reportkit_addin import sentences as say
from reportkit_addin.live import path_of

LEVELS: Final = 3  # folders between a workbook of a branch and the branch: reports/2026-W48/team.xlsx
WEEK: Final = re.compile(r"\d{4}-W\d{2}")


def branch_of(book: xw.Book) -> Branch:
    """Return the branch whose folder a workbook lies in. Raise MendInput where it lies in none."""
    for folder in list(path_of(book).parents)[:LEVELS]:
        if is_branch(folder):
            return Branch(folder)
    raise MendInput(say.NOT_IN_A_BRANCH, book=book.name)


def week_of(book: xw.Book, today: dt.date) -> str:
    """Return the week a workbook reports on, else the one that holds the day."""
    folder = path_of(book).parent
    return folder.name if WEEK.fullmatch(folder.name) and folder.parent.name == REPORTS else week_name(today)


def refresh_team(book: xw.Book, today: dt.date) -> str:
    """Bring a week's reports up to date and open the team workbook; return what was done."""
    branch, week, app = branch_of(book), week_of(book, today), book.app
    language = branch.settings().language
    with _closed_meanwhile(app, branch.reports(week)):
        done = refresh(branch, week, today, progress=InStatusBar(app, language), workers=Processes())
    if (branch.reports(week) / TEAM_FILE).is_file():
        app.books.open(branch.reports(week) / TEAM_FILE).activate()
    return say.TEAM_DONE.fill(language, week=week, read=done.read, cached=done.cached, failed=len(done.failed))


def close_week(book: xw.Book, today: dt.date) -> str:
    """Publish the week a workbook reports on; return what was done."""
    branch, week, app = branch_of(book), week_of(book, today), book.app
    language = branch.settings().language
    with _closed_meanwhile(app, branch.reports(week)):
        close(branch, week, today, progress=InStatusBar(app, language), workers=Processes())
    return say.CLOSED.fill(language, week=week)


@dataclass(frozen=True)
class InStatusBar:
    """Tells in the status bar how far work over many things has come."""

    app: xw.App
    language: Language
    text: Text = say.AT_LOG

    def __call__(self, at: int, of: int, name: str) -> None:
        """Say which one is at hand."""
        self.app.status_bar = self.text.fill(self.language, at=at, of=of, name=name)


@contextmanager
def _closed_meanwhile(app: xw.App, folder: Path) -> Iterator[None]:
    """Close the reports of a folder while they are made anew, for an open file cannot be replaced on Windows.

    They are opened again at the sheet that was in front. An empty workbook keeps the application from ending.
    """
    reports = [book for book in app.books if Path(book.fullname).parent == folder]
    fronts = {Path(book.fullname): book.sheets.active.name for book in reports}
    keeper = app.books.add() if len(reports) == len(app.books) else None
    for book in reports:
        book.close()
    try:
        yield
    finally:
        for path, front in fronts.items():
            if path.is_file():
                opened = app.books.open(path)
                if front in opened.sheet_names:
                    opened.sheets[front].activate()
        if keeper is not None and len(app.books) > 1:
            keeper.close()
