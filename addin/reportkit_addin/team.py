"""The manager's buttons: the branch a workbook lies in, its reports brought up to date, the week closed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import xlwings as xw

from reportkit.branch.annotated import annotated_in, is_kept
from reportkit.branch.closing import close
from reportkit.branch.folder import REPORTS, TEAM_FILE, Branch, is_branch
from reportkit.branch.published import edition_in_force, may_close
from reportkit.branch.refresh import Refreshed, refresh
from reportkit.branch.workers import Processes
from reportkit.definitions.errors import MendInput, ReportkitError, TryLater
from reportkit.definitions.spoken import spoken
from reportkit.definitions.text import Language, Text
from reportkit.read.archives import LOGS
from reportkit.settings.calendars import week_name, week_span
from reportkit_addin import sentences as say
from reportkit_addin.files import file_of, has_something_to_save, is_same, open_book, open_books
from reportkit_addin.live import own_language
from reportkit_addin.sight import show_again, sight_of
from reportkit_addin.typed import Typed, typed_into

Ask = Callable[[str], bool]  # a question → whether the answer is yes
LEVELS: Final = 3  # folders between a workbook of a branch and the branch: reports/2026-W48/team.xlsx
MOST_CELLS: Final = 12  # of a sheet named in a question
WEEK: Final = re.compile(r"\d{4}-W\d{2}")


def place_of(book: xw.Book, today: dt.date) -> tuple[Branch, str]:
    """Return the branch whose folder a workbook lies in, and the week it reports on, else the one that holds the day.

    A new workbook, such as a list of ours, lies nowhere: it stands for the others if all that are open agree. Raise
    MendInput where there is no branch, or no telling which, TryLater where the workbook's own file is out of reach.
    """
    path = file_of(book)
    found = _place(path, today)
    if found is None and not path.is_file():
        others = {_place(file_of(one), today) for one in open_books(book.app)} - {None}
        found = others.pop() if len(others) == 1 else None
    if found is None:
        if path.is_absolute() and not path.is_file():
            raise TryLater(say.FILE_AWAY, path=path)
        raise MendInput(say.NOT_IN_A_BRANCH, book=book.name)
    return found


def spoken_in(book: xw.Book, today: dt.date) -> Language:
    """Return the language to speak in a workbook: its own, else its branch's, else that of the machine."""
    own = own_language(book)
    if own is not None:
        return own
    try:
        return place_of(book, today)[0].settings().language
    except ReportkitError:
        return spoken()


def _place(path: Path, today: dt.date) -> tuple[Branch, str] | None:
    """Return the branch and week a path stands for; None where it lies in no branch."""
    root = next((folder for folder in list(path.parents)[:LEVELS] if path.is_file() and is_branch(folder)), None)
    if root is None:
        return None
    folder = path.parent
    reports = WEEK.fullmatch(folder.name) and folder.parent.name == REPORTS
    return Branch(root), folder.name if reports else week_name(today)


def refresh_team(book: xw.Book, today: dt.date, ask: Ask) -> str:
    """Bring a week's reports up to date and open the team workbook; return what was done."""
    (branch, week), app = place_of(book, today), book.app
    language = branch.settings().language
    refuse_without_logs(branch)
    if not may_be_made_anew(app, branch, week, ask):
        return say.NOT_TOUCHED.fill(language, week=week)
    done = bring_up_to_date(app, branch, week, today)
    report = branch.reports(week) / TEAM_FILE
    said = say.TEAM_DONE.fill(language, week=week, read=done.read, cached=done.cached, failed=len(done.failed))
    if edition_in_force(branch, week) is not None:
        said += say.AS_PUBLISHED.fill(language, week=week)
    said += not_saved(app, branch, language) + kept_in(done.kept, language)
    if report.is_file():
        try:
            open_book(app, report).activate()
        except MendInput as reason:  # another week's is open
            said += f"\n{reason.message(language)}"
    return said


def refuse_without_logs(branch: Branch) -> None:
    """Raise MendInput where a branch has no log: reports would say that nobody did anything."""
    if not branch.logs():
        raise MendInput(say.NO_LOGS, folder=branch.root / LOGS)


def not_saved(app: xw.App, branch: Branch, language: Language) -> str:
    """Return a line that names the branch's logs which are open with something to save; blank where there are none."""
    logs, changed = branch.logs(), [one for one in open_books(app) if has_something_to_save(one)]
    names = [one.name for one in changed if any(is_same(file_of(one), log) for log in logs)]
    return say.NOT_SAVED.fill(language, names=say.AND.to(language).join(names)) if names else ""


def may_be_made_anew(app: xw.App, branch: Branch, week: str, ask: Ask) -> bool:
    """Return whether a week's open reports may be closed and made anew: what was typed into them is saved after a yes.

    A report somebody saved something into is kept under another name; without a yes nothing is touched.
    """
    language = branch.settings().language
    typed = {book: typed_into(book) for book in _open_reports(app, branch.reports(week)) if has_something_to_save(book)}
    for book, cells in typed.items():
        if cells and not ask(say.KEEP_TYPED.fill(language, name=book.name, cells=_listed(cells, language))):
            return False
    for book in (book for book, cells in typed.items() if cells):
        book.save()
    return True


def _listed(typed: Typed, language: Language) -> str:
    """Return the cells of each sheet in a line, the first of many."""
    lines = []
    for sheet, cells in typed.items():
        more = say.AND_MORE.fill(language, count=len(cells)) if len(cells) > MOST_CELLS else ""
        lines.append(f"{sheet} {' '.join(cells[:MOST_CELLS])}{more}")
    return "\n".join(lines)


def kept_in(kept: Iterable[Path], language: Language) -> str:
    """Return a line that names the reports that were kept; blank where there are none."""
    files = say.AND.to(language).join(path.name for path in kept)
    return say.KEPT.fill(language, files=files) if files else ""


def bring_up_to_date(app: xw.App, branch: Branch, week: str, today: dt.date) -> Refreshed:
    """Read what changed in a branch and make its week's reports anew, those that are open too."""
    with _closed_meanwhile(app, branch.reports(week)):
        progress = InStatusBar(app, branch.settings().language)
        return refresh(branch, week, today, progress=progress, workers=Processes())


def close_week(book: xw.Book, today: dt.date, ask: Ask) -> str:
    """Publish the week a workbook reports on after a yes; return what was done."""
    (branch, week), app = place_of(book, today), book.app
    language = branch.settings().language
    may_close(branch, week, today)
    refuse_without_logs(branch)
    span = week_span(week)
    early = (say.NOT_OVER.to(language) if today < span.end else "") + not_saved(app, branch, language)
    if not ask(say.REALLY_CLOSE.fill(language, week=week, start=span.start, end=span.end, early=early)):
        return say.NOT_CLOSED.fill(language, week=week)
    if not may_be_made_anew(app, branch, week, ask):
        return say.NOT_CLOSED.fill(language, week=week)
    annotated = annotated_in(branch.reports(week))
    with _closed_meanwhile(app, branch.reports(week)):
        close(branch, week, today, progress=InStatusBar(app, language), workers=Processes())
    kept = sorted(annotated_in(branch.reports(week)) - annotated)
    return say.CLOSED.fill(language, week=week) + kept_in(kept, language)


@dataclass(frozen=True)
class InStatusBar:
    """Tells in the status bar how far work over many things has come."""

    app: xw.App
    language: Language
    text: Text = say.AT_LOG

    def __call__(self, at: int, of: int, name: str) -> None:
        """Say which one is at hand."""
        self.app.status_bar = self.text.fill(self.language, at=at, of=of, name=name)


def _open_reports(app: xw.App, folder: Path) -> list[xw.Book]:
    """Return the open workbooks of a week that the program makes: not those kept for what people wrote into them."""
    there = ((book, file_of(book)) for book in open_books(app))
    return [book for book, path in there if is_same(path.parent, folder) and not is_kept(path)]


@contextmanager
def _closed_meanwhile(app: xw.App, folder: Path) -> Iterator[None]:
    """Close the reports of a folder while they are made anew, for an open file cannot be replaced on Windows.

    They are opened again where they were looked at. An empty workbook keeps the application from ending.
    """
    reports = _open_reports(app, folder)
    sights = {file_of(book): sight_of(book) for book in reports}
    keeper = app.books.add() if len(reports) == len(app.books) else None
    for book in reports:
        book.close()
    try:
        yield
    finally:
        for path, sight in sights.items():
            if path.is_file():
                show_again(open_book(app, path), sight)
        if keeper is not None and len(app.books) > 1:
            keeper.close()
