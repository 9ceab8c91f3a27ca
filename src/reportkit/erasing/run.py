"""`erase`: one person out of everything a branch keeps, and an account of what was done and what remains.

Figures stay: the person's rows stand under a pseudonym, `erased-1`, that the branch gives out once. Before anything is
written a journal says whom it is about, so that a run cut short is finished by the next, whatever it had done; it is
deleted last. A log belongs to its advisor: unless asked to rewrite it, the rows that hold the person are named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal

from reportkit.branch.atomic import TEMPORARY, write_bytes
from reportkit.branch.erased import REGISTER, Erased, register_of, write_register
from reportkit.branch.folder import OF_THE_SYSTEM, REPORTS, Branch
from reportkit.branch.forgetting import forgotten
from reportkit.branch.history import HISTORY, History
from reportkit.branch.lock import HOLDER, LOCK
from reportkit.branch.person import Person
from reportkit.definitions.errors import CloseWorkbook, MendInput
from reportkit.definitions.text import Language, Text
from reportkit.erasing.files import (
    NOT_SURE,
    WORKBOOKS,
    NotSearchable,
    content_without,
    ledger_without,
    log_without,
    may_name,
    places_in,
)
from reportkit.erasing.journal import JOURNAL, Journal
from reportkit.erasing.letters import Outgoing
from reportkit.erasing.person import told_from
from reportkit.importing.ledger import ledgers_of
from reportkit.logs.rewrite import BACKUP, OpenLog, open_log, resealed, writing
from reportkit.mail.outbox import OUTBOX, Letter
from reportkit.read.archives import ARCHIVE, LOGS, seal_of
from reportkit.settings.nearby import SETTINGS_FILE

Area = Literal["log", "backup", "history", "report", "outbox", "other"]
AREAS: Final[dict[str, Area]] = {
    LOGS: "log", ARCHIVE: "log", BACKUP: "backup", HISTORY: "history", REPORTS: "report", OUTBOX: "outbox"
}  # fmt: skip
OURS: Final = frozenset({LOCK, HOLDER, REGISTER, JOURNAL})  # hold nothing of a customer, or go themselves
PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".ico"})
UNKNOWN: Final = Text(
    "{folder} 里没有客户 {customer}，没有要删除的",
    "{folder} 裡沒有客戶 {customer}，沒有要刪除的",
    "Nothing in {folder} knows customer {customer}; there is nothing to erase",
)
OF_STAFF: Final = Text(
    "{customer} 也是人员表里的工号：删除它会把这位客户经理也改掉。请联系技术支持",
    "{customer} 也是人員表裡的工號：刪除它會把這位客戶經理也改掉。請聯絡技術支援",
    "{customer} is the ID of somebody in the roster, too: erasing it would rewrite them as well. Ask support",
)
NOT_SEARCHED: Final = Text(
    "打不开，或不是能查找的格式；请自己看过后删除",
    "打不開，或不是能尋找的格式；請自己看過後刪除",
    "it is encrypted, damaged or of a kind that cannot be searched: look at it yourself, and delete it",
)
OWNERS: Final = Text(
    "日志归客户经理所有：请其删改这一行，或用 --logs 改写",
    "日誌歸客戶經理所有：請其刪改這一列，或用 --logs 改寫",
    "a log is its advisor's: have them clear the row, or let --logs rewrite it",
)


@dataclass(frozen=True)
class Changed:
    """A file that held the person and does no more, or would not."""

    area: Area
    file: str


@dataclass(frozen=True)
class Remaining:
    """Where the person still stands, and why: a row of a log, a file, or a message somebody has."""

    file: str
    why: Text
    sheet: str | None = None
    row: int | None = None


@dataclass(frozen=True)
class Erasure:
    """What was erased, or would be. `sent` are messages at people who got a report the person stood in."""

    customer_id: str
    alias: str
    written: bool
    changed: tuple[Changed, ...]
    remaining: tuple[Remaining, ...]
    sent: tuple[Letter, ...]

    def as_json(self, language: Language) -> dict[str, Any]:
        """Return what `erase --json` prints."""
        return {
            "customer": self.customer_id,
            "alias": self.alias,
            "written": self.written,
            "changed": [{"area": one.area, "file": one.file} for one in self.changed],
            "remaining": [
                {"file": one.file, "sheet": one.sheet, "row": one.row, "why": one.why.to(language)}
                for one in self.remaining
            ],
            "sent": [
                {"id": one.id, "week": one.week, "report": one.report, "who": one.who, "to": one.recipient}
                for one in self.sent
            ],
        }


def erase(folder: Path, customer_id: str, *, today: dt.date, logs: bool = False, dry_run: bool = False) -> Erasure:
    """Erase a customer from what a branch keeps, with `logs` from its logs as well.

    Raise MendInput where nobody knows the id, TryLater where somebody else is writing.
    """
    branch = Branch(folder)
    if dry_run:
        return _Run(branch, _person(branch, customer_id, register_of(folder).with_one(customer_id)), logs).done(False)
    with _held(branch):
        journal = Journal.read(folder)
        if journal is not None and journal.person.customer_id != customer_id:
            _finish(branch, journal, today)  # somebody else's, cut short
            journal = None
        register = register_of(folder).with_one(customer_id)
        person = _person(branch, customer_id, register, journal.person if journal else None)
        if customer_id in person.vague:
            register = replace(register, words=register.words | {person.alias})
        write_register(folder, register)
        ids = journal.ids if journal else Outgoing(branch).ids(today)
        return _finish(branch, Journal(person, logs or (journal is not None and journal.logs), ids), today)


@contextmanager
def _held(branch: Branch) -> Iterator[None]:
    """Hold the folder and its outbox, and clear away what runs that died left half-written."""
    with ExitStack() as held:
        held.enter_context(writing(branch.root))
        held.enter_context(Outgoing(branch).held())
        for area in (HISTORY, REPORTS, BACKUP, OUTBOX, LOGS, ARCHIVE):
            for left_over in (branch.root / area).rglob(f".*{TEMPORARY}"):
                if left_over.is_file():
                    left_over.unlink()
        yield


def _person(branch: Branch, customer_id: str, register: Erased, before: Person | None = None) -> Person:
    alias = register.alias_of(customer_id)
    assert alias is not None  # noqa: S101 # it was given one
    settings = branch.settings()
    if customer_id in settings.advisors:
        raise MendInput(OF_STAFF, customer=customer_id)
    person, known = told_from(branch, customer_id, alias, settings)
    if before is not None:
        return person.with_more(before)
    if not known and register_of(branch.root).alias_of(customer_id) is None:
        raise MendInput(UNKNOWN, folder=branch.root, customer=customer_id)
    return person


def _finish(branch: Branch, journal: Journal, today: dt.date) -> Erasure:
    """Do what a journal says, all of it or what is left of it."""
    journal.write(branch.root)
    done = _Run(branch, journal.person, journal.logs).done(True)
    Outgoing(branch).rename(journal.ids, today)
    journal.delete(branch.root)
    return done


@dataclass
class _Run:
    """One pass over a branch's files."""

    branch: Branch
    person: Person
    logs: bool
    writes: bool = False
    changed: list[Changed] = field(default_factory=list)
    remaining: list[Remaining] = field(default_factory=list)

    def done(self, writes: bool) -> Erasure:
        """Go over every file, the outbox last; without `writes` only say what would be done."""
        self.writes = writes
        root = self.branch.root
        # What reports and messages show comes first; the logs that say who it is, last, and what is archived of them.
        for area in (REPORTS, HISTORY, "", BACKUP, LOGS, ARCHIVE):
            for path in self._files(root / area, deep=bool(area)):
                self._file(path)
        outgoing = Outgoing(self.branch)
        for file in outgoing.without(self.person, writes=writes):
            self.changed.append(Changed("outbox", self._named(file)))
        weeks = {Path(one.file).parent.name for one in self.changed if one.area == "report"}
        return Erasure(
            self.person.customer_id, self.person.alias, writes, tuple(self.changed), tuple(self.remaining),
            tuple(outgoing.gone_out(weeks)),
        )  # fmt: skip

    def _files(self, folder: Path, *, deep: bool) -> list[Path]:
        every = folder.rglob("*") if deep else folder.glob("*")
        files = (path for path in every if path.is_file() and path.name.lower() not in OF_THE_SYSTEM)
        return sorted(path for path in files if path.name not in OURS)

    def _named(self, path: Path) -> str:
        return path.relative_to(self.branch.root).as_posix()

    def _file(self, path: Path) -> None:
        """Take the person out of one file; a row or file where that cannot be is named."""
        area = AREAS.get(path.relative_to(self.branch.root).parts[0], "other")
        if path.suffix.lower() in PICTURES or path.name.startswith(("~$", ".lock")) or self._is_of_settings(path):
            return
        try:
            if area == "log" and path.suffix.lower() in WORKBOOKS:
                self._log(path)
            elif area == "history" and path.suffix == ".parquet":
                self._facts(path)
            elif area == "backup" and path.parent.name == BACKUP and path.suffix.lower() in WORKBOOKS:
                self._rewritten(path, area)
            else:
                self._other(path, area)
        except NotSearchable:
            self.remaining.append(Remaining(self._named(path), NOT_SEARCHED))
        except (MendInput, CloseWorkbook) as error:
            self.remaining.append(Remaining(self._named(path), Text.each(error.message)))

    def _other(self, path: Path, area: Area) -> None:
        """Take the person out of a file that holds no rows of ours; one among the logs is its advisor's."""
        content = path.read_bytes()
        new = content_without(path, content, self.person)
        if area == "log" and not self.logs and new != content:
            self.remaining.append(Remaining(self._named(path), OWNERS))
        else:
            self._replace(path, area, content, new)
        if may_name(path, new, self.person):
            self.remaining.append(Remaining(self._named(path), NOT_SURE))

    def _is_of_settings(self, path: Path) -> bool:
        """Return whether a file is the settings, or those a week was closed with, which are known by their content."""
        return path.name == SETTINGS_FILE or path == History(self.branch.root).settings_path(path.stem)

    def _replace(self, path: Path, area: Area, old: bytes, new: bytes) -> None:
        if new == old:
            return
        self.changed.append(Changed(area, self._named(path)))
        if self.writes:
            write_bytes(path, new)

    def _facts(self, path: Path) -> None:
        """Replace the kept rows of a log, under the name they have: closed weeks are made of them."""
        history = History(self.branch.root)
        book = history.book(path.stem)
        without = forgotten(book, self.person)
        if without.findings == book.findings and all(
            table.frame.equals(without.tables[form].frame) for form, table in book.tables.items()
        ):
            return
        self.changed.append(Changed("history", self._named(path)))
        if self.writes:
            history.write_book(path.stem, without)

    def _log(self, path: Path) -> None:
        log = open_log(path)
        if self.logs:
            self._rewritten(path, "log", log)
            return
        for sheet, row in places_in(log, self.person):
            self.remaining.append(Remaining(self._named(path), OWNERS, sheet, row))

    def _rewritten(self, path: Path, area: Area, log: OpenLog | None = None) -> None:
        """Replace a log, or a backup of one, and leave no copy that holds the person."""
        log = log or open_log(path)
        if area == "log":
            for form in log.raw.sheets:
                for ledger in ledgers_of(log, form):
                    old = ledger_without(ledger.read_bytes(), self.person)  # as it is by then, or would be
                    self._replace(ledger, "backup", old, ledger_without(old, self.person, form, log))
        content = log_without(log, self.person)
        if log.raw.identity.seal == seal_of(log.raw) and content != log.package.content:
            content = resealed(path.name, content)
        self._replace(path, area, log.package.content, content)
