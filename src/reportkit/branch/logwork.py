"""The work on one log, wherever it is done: its rows into history, its week into a report and a digest."""

from __future__ import annotations

import datetime as dt
import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa

from reportkit.branch.annotated import made_anew
from reportkit.branch.answers import used
from reportkit.branch.edition import as_published
from reportkit.branch.erased import register_of
from reportkit.branch.folder import TEAM_FILE, Branch
from reportkit.branch.history import Entry, History, Seen, fingerprint
from reportkit.branch.kept_book import latest_day, renamed
from reportkit.branch.period import Period
from reportkit.branch.published import edition_in_force
from reportkit.definitions.findings import Finding, Place, finding
from reportkit.definitions.forms import FORMS
from reportkit.definitions.text import Text
from reportkit.read.archives import archived_files, read_whole
from reportkit.read.book import Book
from reportkit.read.parsing import Lost, reading_is_over
from reportkit.summary.backing import backing_of
from reportkit.summary.drilldown import rows_of
from reportkit.summary.flow import usable, work_from_book
from reportkit.summary.summaries import summarise
from reportkit.validate.rules import without_future
from reportkit.validate.workbook import validate

PASSING_TROUBLE: Final = frozenset(
    {"file.locked", "file.unreadable", "archive.missing", "archive.unusable", "archive.changed"}
)  # gone at the next look, though the file is alike
STILL_CHANGING: Final = Text(
    "正在同步或保存，大小还在变", "正在同步或儲存，大小還在變", "it is still being saved or synced"
)
SAFE_ID: Final = re.compile(r"[^\\/:*?\"<>|.\s][^\\/:*?\"<>|]{0,63}")  # it becomes a file name
TAKEN: Final = frozenset(
    {Path(TEAM_FILE).stem, "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)  # names of the team workbook, and of devices on Windows
CHANGED: Final = -1  # a size no file has: read it again next time


@dataclass(frozen=True)
class Task:
    """One log to work on. `known` is what is kept of it if that still holds.

    `alone` is its advisor if no other log can be theirs: then its report is made at once.
    """

    root: Path
    file: str
    period: Period
    known: Entry | None = None
    alone: str = ""
    password: str | None = None


@dataclass(frozen=True)
class Done:
    """What became of a log: what is known of it now, whether it was read, and whether its report was made."""

    entry: Entry
    was_read: bool
    reported: bool


@contextmanager
def collecting_once() -> Iterator[None]:
    """Let the garbage collector look once at what a piece of work leaves, not all along at the cells it is made of."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.collect(0)  # all that came since is of the youngest generation
            gc.enable()


def make_ready() -> None:
    """Load and build what the work on any log needs: processes begin as copies of this one and find it done."""
    import reportkit.workbooks.report  # noqa: F401 # it is loaded

    pa.set_memory_pool(pa.system_memory_pool())  # Arrow's own maps its memory anew in every process
    for form in FORMS.values():
        _ = form.sheet_adapter


@collecting_once()
def work_on(task: Task) -> Done:
    """Read a log unless that is done already, and make its report where it is its advisor's only log."""
    branch, history = Branch(task.root), History(task.root)
    entry, book = task.known, None
    if entry is None:
        entry, book = read_log(branch, history, task.file, task.password)
    if not entry.advisor_id or entry.advisor_id != task.alone:
        return Done(entry, task.known is None, False)
    _report(branch, history, entry, book or history.book(entry.facts), task.period)
    return Done(entry, task.known is None, True)


def read_log(branch: Branch, history: History, file: str, password: str | None) -> tuple[Entry, Book | None]:
    """Read a log and keep its rows; a log that cannot be used has no book, and its entry says why."""
    path = branch.log(file)
    size, modified, content = _looked_at(path)
    raw = read_whole(path, FORMS, password=password)
    reading_is_over()
    book = validate(raw, dt.date.max)
    found = book.findings if not usable(book) else _nobody(book)
    if (size, modified) != _looked_at(path)[:2]:
        found = (finding("file.unreadable", Place(file), reason=STILL_CHANGING),)
    if found:
        again = any(one.code in PASSING_TROUBLE for one in found)
        return Entry(file, CHANGED if again else size, modified, "", failed=found), None
    archives = {path: _looked_at(path) for path in archived_files(branch.root, book.identity.advisor_id)}
    name = fingerprint(file, content, *(archive for *_, archive in archives.values()))
    seen = tuple(Seen(path.relative_to(branch.root).as_posix(), *about) for path, (*about, _) in archives.items())
    book = register_of(branch.root).applied(book)
    history.write_book(name, book)
    return Entry(file, size, modified, name, book.identity.advisor_id, latest_day(book), archives=seen), book


def lost_log(task: Task, lost: Lost) -> Done:
    """Return what is left of a log whose process died: a finding, and another look at it next time."""
    return Done(Entry(task.file, CHANGED, 0, "", failed=(lost.at(task.file),)), True, False)


def _looked_at(path: Path) -> tuple[int, int, bytes]:
    """Return a file's size, when it was changed, and its content; nothing where it cannot be read."""
    try:
        about = path.stat()
        return about.st_size, about.st_mtime_ns, path.read_bytes()
    except OSError:  # what is wrong is found, and named, where the log is read
        return CHANGED, 0, b""


def _nobody(book: Book) -> tuple[Finding, ...]:
    """Return why a log is nobody's: its advisor id is blank, or could not be the name of a file."""
    advisor = book.identity.advisor_id
    if SAFE_ID.fullmatch(advisor) and advisor.lower() not in TAKEN:
        return ()
    return (finding("advisor.unknown", Place(book.file), value=advisor, advisor=advisor or "?"),)


def make_report(root: Path, entry: Entry, period: Period) -> None:
    """Make an advisor's report and digest from the rows kept in history."""
    history = History(root)
    _report(Branch(root), history, entry, history.book(entry.facts), period)


def _report(branch: Branch, history: History, entry: Entry, book: Book, period: Period) -> None:
    from reportkit.workbooks.report import write_advisor_report

    settings = period.asked_of(entry.advisor_id).settings
    work = work_from_book(without_future(renamed(book, entry.file), period.today), settings)
    summary = summarise(work, settings, period.week, period.as_of)
    edition = edition_in_force(branch, period.week) if period.closed else None
    if edition is not None:
        summary = as_published(summary, edition)
    rows = rows_of(work, summary)
    backing = backing_of(work, summary, rows, settings, period.as_of)
    report = branch.report(period.week, entry.advisor_id)
    if not (period.closed and report.is_file()):
        with made_anew(report) as beside:
            write_advisor_report(beside, summary, work, settings, settings.language, rows=rows, backing=backing)
    history.write_digest(period.name(entry), (summary, backing, used(work.facts, period)))
