"""`renew`: a fresh log, what is over in an archive of its own; read together they are the log they were made of.

Rows move, none is copied but the customers. The archive and the fresh log are written anew as by `upgrade`, read again
and found to hold the rows of the old log between them. The log takes its place last: it names the archive, which counts
from that moment on and not before, so that a renewal cut short anywhere changes no figure.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal

from reportkit.branch.copies import counting_of
from reportkit.branch.folder import Branch, log_name
from reportkit.definitions.columns import fold
from reportkit.definitions.errors import MendInput, OurBug, ReportkitError
from reportkit.definitions.findings import Place, finding
from reportkit.definitions.forms import CUSTOMERS, FORMS
from reportkit.definitions.text import Language, Text, joined
from reportkit.facts.rows import facts_of
from reportkit.logs.carrying import Filling, taken_apart
from reportkit.logs.losing import lost
from reportkit.logs.rewrite import (
    NOT_THE_SAME,
    OpenLog,
    Rewrite,
    digest_of,
    open_log,
    replace_logs,
    resealed,
    writing,
)
from reportkit.logs.splitting import cut_of, over
from reportkit.logs.upgrade import has_own_sheets, logs_of, of_today, opened, settings_for, written
from reportkit.read.archives import ARCHIVE, archives_of, root_of, rows_in_words
from reportkit.read.book import RawBook
from reportkit.read.contents import cells_of, sheet_parts
from reportkit.read.owner import advisor_of
from reportkit.read.preflight import Package
from reportkit.read.workbook import read_book, sheet_codes
from reportkit.settings.branch_settings import Settings
from reportkit.validate.workbook import validate
from reportkit.workbooks.lists import header_row

State = Literal["renewed", "nothing", "accepted", "refused"]
Step = Callable[[int, int, str], None]  # how many are done, of how many, the name at hand
UNSEALED: Final = "0"  # stands for the seal until there are rows to seal
LOSES: Final = Text(
    "换年会丢掉：{what}。仍要继续请加 --force（旧日志留作备份）",
    "換年會丟掉：{what}。仍要繼續請加 --force（舊日誌留作備份）",
    "A fresh log would lose: {what}. Add --force to go on nevertheless; the old log is kept as a backup",
)
CUT_OFF: Final = Text(
    "引用了归档行的公式（改为它们的值）：{cells}",
    "引用了歸檔列的公式（改為它們的值）：{cells}",
    "formulas that name archived rows, which become their values: {cells}",
)
ANOTHER: Final = Text(
    "{file} 不是计入的那本：{advisor} 的日志是 {other}。请先把记录并到一本里",
    "{file} 不是計入的那本：{advisor} 的日誌是 {other}。請先把記錄併到一本裡",
    "{file} is not the one that counts: the log of {advisor} is {other}. Put the rows into one first",
)
NOBODY: Final = Text(
    "{file} 没有写明是谁的日志，不能归档",
    "{file} 沒有寫明是誰的日誌，不能歸檔",
    "{file} does not say whose log it is; its rows would be nobody's",
)


@dataclass(frozen=True)
class Renewed:
    """What became of one log, or would: form code → how many rows go to the archive, and how many stay."""

    file: Path
    state: State
    rows: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    archive: Path | None = None
    lost: tuple[Text, ...] = ()
    why: Text | None = None
    backup: Path | None = None

    @property
    def archived(self) -> int:
        """How many rows go to the archive."""
        return sum(gone for gone, _ in self.rows.values())

    @property
    def staying(self) -> int:
        """How many rows stay, customers included."""
        return sum(left for _, left in self.rows.values())

    def as_json(self, language: Language) -> dict[str, Any]:
        """Return the log as `renew --json` prints it."""
        return {
            "file": str(self.file),
            "state": self.state,
            "archive": str(self.archive) if self.archive else None,
            "rows": {form: {"archived": gone, "staying": left} for form, (gone, left) in self.rows.items()},
            "lost": [one.to(language) for one in self.lost],
            "why": self.why.to(language) if self.why else None,
            "backup": str(self.backup) if self.backup else None,
        }


def renew(
    paths: Iterable[Path], before: dt.date, *, today: dt.date, dry_run: bool = False, force: bool = False,
    progress: Step = lambda at, of, name: None,
) -> list[Renewed]:  # fmt: skip
    """Renew logs, or all logs of branch folders, each on its own: one that cannot be is refused and named.

    Rows before the week of `before`, or of today where that is earlier, go to the archive of the year that ended.
    """
    known: dict[Path, tuple[Settings, Mapping[str, str]]] = {}

    def one(path: Path) -> Renewed:
        root = root_of(path)
        if root not in known:
            settings, owners = settings_for(path), ((log.name, advisor_of(log)) for log in Branch(root).logs())
            known[root] = settings, counting_of(owners, settings)
        if dry_run:
            return _made(path, *known[root], cut_of(before, today), force=force)[0]
        with writing(root):
            done, new = _made(path, *known[root], cut_of(before, today), force=force)
            return replace(done, backup=replace_logs(root, new)[path]) if new else done

    return _each(paths, one, progress)


def accept(paths: Iterable[Path], *, dry_run: bool = False) -> list[Renewed]:
    """Take the archives of logs as they are now: their rows were changed on purpose."""

    def one(path: Path) -> Renewed:
        root = root_of(path)
        if dry_run:
            return Renewed(path, "accepted" if list(_changed(path, root)) else "nothing")
        with writing(root):
            backups = replace_logs(root, list(_changed(path, root)))
        return Renewed(path, "accepted" if backups else "nothing", backup=next(iter(backups.values()), None))

    return _each(paths, one, lambda at, of, name: None)


def _each(paths: Iterable[Path], one: Callable[[Path], Renewed], progress: Step) -> list[Renewed]:
    logs = [log for path in paths for log in logs_of(path)]
    done: list[Renewed] = []
    for at, log in enumerate(logs):
        progress(at, len(logs), log.name)
        try:
            done.append(one(log))
        except ReportkitError as error:
            done.append(Renewed(log, "refused", why=Text.each(error.message)))
    return done


def _changed(path: Path, root: Path) -> Iterator[Rewrite]:
    """Yield the archives of a log whose seal does not fit, with one that does.

    Raise MendInput where one is gone, or the log cannot be read.
    """
    raw = read_book(path, FORMS)
    identity = raw.identity if raw.sheets else open_log(path).raw.identity
    there = archives_of(root, identity.advisor_id)
    for label in identity.archives:
        if label not in there:
            gone = finding("archive.missing", Place(path.name), archive=f"{ARCHIVE}/{label}/{identity.advisor_id}")
            raise MendInput(Text.each(gone.message))
    for archive in there.values():
        content = open_log(archive).package.content
        sealed = resealed(archive.name, content)
        if sealed != content:
            yield Rewrite(archive, digest_of(content), sealed)


def _made(
    path: Path, settings: Settings, counting: Mapping[str, str], cut: dt.date, *, force: bool
) -> tuple[Renewed, list[Rewrite]]:
    """Return what a renewal does, and the archive and the log to write, in this order, unless it is refused."""
    log = opened(path)
    _must_count(log, counting)
    book = validate(log.whole, dt.date.max)
    gone = over(facts_of(book), cut, book.findings)
    rows = {code: (len(gone.get(code, ())), len(sheet.rows)) for code, sheet in log.raw.sheets.items() if sheet.rows}
    done = Renewed(path, "renewed", {code: (archived, all_ - archived) for code, (archived, all_) in rows.items()})
    if not done.archived:
        return replace(done, state="nothing"), []
    whole = taken_apart(log, log.raw.identity.language)
    old, fresh = _parts(whole, gone)
    identity, (label, archive) = of_today(log, settings), _free(log, cut)
    closed = written(archive, replace(identity, archives=(), since="", seal=UNSEALED), settings, old)
    names, since = (*identity.archives, label), max(identity.since, cut.isoformat())
    named = written(path, replace(identity, archives=names, since=since), settings, fresh)
    left = lost(whole, named)
    if cut_off := fresh.cut_off():
        left.append(CUT_OFF.filled(cells=", ".join(cut_off[:5])))
    done = replace(done, archive=archive, lost=tuple(left))
    if left and not force:
        return replace(done, state="refused", why=LOSES.filled(what=joined(left))), []
    _must_hold_all(whole, closed, named)
    if not has_own_sheets(named, fresh):
        raise OurBug(NOT_THE_SAME, file=path.name)
    sealed = resealed(archive.name, closed.content)
    return done, [Rewrite(archive, "", sealed), Rewrite(path, log.digest, named.content)]


def _must_count(log: OpenLog, counting: Mapping[str, str]) -> None:
    """Raise MendInput where a log is nobody's, or another one of its advisor's counts."""
    advisor, file = log.raw.identity.advisor_id, log.path.name
    if not advisor:
        raise MendInput(NOBODY, file=file)
    if counting.get(advisor, file) != file:
        raise MendInput(ANOTHER, file=file, advisor=advisor, other=counting[advisor])


def _parts(whole: Filling, gone: Mapping[str, frozenset[int]]) -> tuple[Filling, Filling]:
    """Return what goes into the archive, which has all customers, and what stays: the advisor's own sheets too."""
    customers = {CUSTOMERS.code: {*whole.forms[CUSTOMERS.code].rows}} if CUSTOMERS.code in whole.forms else {}
    archived = {code: gone.get(code, frozenset()) for code in whole.forms} | customers
    staying = {code: moved.rows.keys() - gone.get(code, ()) for code, moved in whole.forms.items()}
    old = replace(whole.of_rows(archived), own_sheets=(), values=True)
    return old, whole.of_rows(staying)


def _free(log: OpenLog, cut: dt.date) -> tuple[str, Path]:
    """Return what the new archive is called, and where it is to lie: the year of its last week, or a second of it."""
    root, identity = root_of(log.path), log.raw.identity
    year, there = str((cut - dt.timedelta(days=1)).isocalendar().year), archives_of(root, identity.advisor_id)
    label, number = year, 2
    while label in there:
        label, number = f"{year}-{number}", number + 1
    return label, root / ARCHIVE / label / log_name(identity.advisor_id, identity.advisor_name)


def _must_hold_all(filling: Filling, archive: Package, fresh: Package) -> None:
    """Raise OurBug where the rows of a log are not those of its archive and of the fresh log, each once.

    Customers stand in both. Columns of the advisor's own have as many cells between the two as they had.
    """
    old, new = (_read(one) for one in (archive, fresh))
    cells = [_cells_beside(one) for one in (archive, fresh)]
    for code, sheet in filling.log.raw.sheets.items():
        before, archived, left = (rows_in_words(one) for one in (sheet, old.sheets[code], new.sheets[code]))
        own = sum(1 for _ in filling.own_cells(code)) if code in filling.forms else 0
        twice = code == CUSTOMERS.code
        same = (before, before) == (archived, left) if twice else before == sorted(archived + left)
        if not same or (1 + twice) * own != sum(one[code] for one in cells):
            raise OurBug(NOT_THE_SAME, file=filling.log.path.name)


def _cells_beside(package: Package) -> dict[str, int]:
    """Return form code → how many cells of a new log are filled below the headings, right of the form's columns."""
    cells, _ = cells_of(package, sheet_parts(package)[0])
    count: dict[str, int] = {}
    for name, rows in cells.items():
        form = FORMS.get(sheet_codes(FORMS).get(fold(name), ""))
        if form is not None:
            own = (cell for row in rows[header_row(form) + 1 :] for cell in row[len(form.columns) :])
            count[form.code] = sum(cell not in ("", None) for cell in own)
    return count


def _read(package: Package) -> RawBook:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, package.file)
        path.write_bytes(package.content)
        return read_book(path, FORMS)
