"""An import from end to end: read the file, map it, compare it with the logs, write what is new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import asdict, dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from reportkit.branch.copies import counting_of
from reportkit.branch.folder import Branch
from reportkit.definitions.columns import Form
from reportkit.definitions.errors import MendInput, StopRun
from reportkit.definitions.findings import Finding, Place, did_you_mean, finding, worst
from reportkit.definitions.forms import FORMS
from reportkit.definitions.text import Language, Text
from reportkit.importing.compare import LogPlan, changes_of, compare, imported_last
from reportkit.importing.ledger import read_ledger, write_ledger
from reportkit.importing.lookup import looked_up
from reportkit.importing.mapping import Mapped, map_sheets
from reportkit.importing.maps import Map
from reportkit.importing.moved import moved
from reportkit.logs.rewrite import OpenLog, open_log, replace_logs, rewritten, writing
from reportkit.read.archives import LOGS, read_whole, root_of
from reportkit.read.book import RawBook
from reportkit.read.foreign import opened_sheets
from reportkit.read.owner import advisor_of
from reportkit.settings.branch_settings import Settings
from reportkit.settings.nearby import settings_near

NEEDS_SPLIT: Final = Text(
    "要导入到机构文件夹，对照表里要有 [split]：按哪一列分给哪位客户经理。只给一位的，--into 写那位的日志",
    "要匯入到機構資料夾，對照表裡要有 [split]：按哪一欄分給哪位客戶經理。只給一位的，--into 寫那位的日誌",
    "To import into a branch folder the map needs [split]: which column says whose log a row goes to. "
    "If all rows are one advisor's, name that log with --into",
)
NO_LOG: Final = Text(
    "{folder} 里没有工号 {advisor} 的日志。{suggestion}新来的请先在人员表里加上，再运行 reportkit init",
    "{folder} 裡沒有工號 {advisor} 的日誌。{suggestion}新來的請先在人員表裡加上，再執行 reportkit init",
    "{folder} has no log of advisor ID {advisor}. {suggestion}Add who is new to the roster, then run reportkit init",
)
FATES: Final = ("new", "same", "changed", "conflicts", "wrong")


@dataclass(frozen=True)
class Imported:
    """What an import does, or did where `backups` holds a backup of each log written."""

    form: Form
    file: str
    read: int
    skipped: int
    unassigned: int
    logs: tuple[LogPlan, ...]
    findings: tuple[Finding, ...]
    backups: Mapping[Path, Path] = field(default_factory=dict)

    @property
    def rows(self) -> dict[str, int]:
        """What became of the rows: those read are the sum of the others."""
        fates = {fate: sum(getattr(one, fate) for one in self.logs) for fate in FATES}
        return {"read": self.read, **fates, "skipped": self.skipped, "unassigned": self.unassigned}

    @property
    def clean(self) -> bool:
        """Whether every row of the file is in the logs now, or would be: none wrong, in conflict or nobody's."""
        return worst(self.findings) != "error" and not any(one.conflicts for one in self.logs)

    def as_json(self, language: Language) -> dict[str, Any]:
        """Return what `import --json` prints."""
        return {
            "form": self.form.code,
            "file": self.file,
            "rows": self.rows,
            "written": bool(self.backups),
            "logs": [
                {
                    "file": str(one.log.path), "advisor": one.log.raw.identity.advisor_id, "new": one.new,
                    "changed": one.changed, "same": one.same, "conflicts": one.conflicts, "wrong": one.wrong,
                    "changes": [asdict(change) for change in changes_of(one, self.form)],
                    "backup": str(self.backups[one.log.path]) if one.log.path in self.backups else None,
                }
                for one in self.logs
            ],
            "findings": [one.as_json(language) for one in self.findings],
        }  # fmt: skip


def run_import(
    form: Form, file: Path, into: Path, wanted: Map, *, today: dt.date, dry_run: bool = False, overwrite: bool = False
) -> Imported:
    """Import a file's rows into a log, or into the logs of a branch folder where the map splits them.

    Every log is replaced beside a backup, all or none; running it again adds nothing twice. Raise MendInput where file,
    map or log cannot be used.
    """
    mapped = mapped_file(form, file, wanted)
    into = into.parent if into.is_dir() and into.name == LOGS else into
    if dry_run:
        return plan(mapped, into, wanted, today, overwrite=overwrite)
    root = into if into.is_dir() else root_of(into)
    with writing(root):
        return _write(plan(mapped, into, wanted, today, overwrite=overwrite), root)


def mapped_file(form: Form, file: Path, wanted: Map) -> Mapped:
    """Read a file and map its rows. Raise MendInput where it cannot be read or lacks what the map names."""
    sheets = opened_sheets(file, wanted.sheet, wanted.text)
    return map_sheets(sheets, form, wanted)


def plan(mapped: Mapped, into: Path, wanted: Map, today: dt.date, *, overwrite: bool = False) -> Imported:
    """Return what importing mapped rows would do. Raise StopRun where not every row is accounted for."""
    named = _logs_named(mapped, into, wanted)
    if wanted.split is None:
        mapped = replace(mapped, to=[*named] * len(mapped.rows))
    mapped, before = _where_they_stand(mapped, named, into, wanted)
    whose, elsewhere = _whose(mapped, named, into)
    logs = tuple(
        compare(
            log,
            looked_up(mapped, log, rows, wanted),
            rows,
            wanted.key,
            read_ledger(log, mapped.form.code),
            before,
            overwrite=overwrite,
            today=today,
        )
        for log, rows in whose
    )
    unassigned = [row for row, advisor in enumerate(mapped.to) if wanted.split and advisor is None]
    nobody = [
        finding("import.nobody", mapped.place(row), value=mapped.who[row], heading=wanted.split.column)
        for row in unassigned
        if wanted.split
    ]
    done = Imported(
        mapped.form,
        mapped.file,
        mapped.read,
        mapped.skipped + elsewhere,
        len(unassigned),
        logs,
        (*mapped.findings, *nobody, *(found for one in logs for found in one.findings)),
    )
    taken, without = sum(one.rows for one in logs), done.skipped + len(unassigned)
    if taken + without != mapped.read:
        place = Place(mapped.file)
        read, counted, excluded = (str(number) for number in (mapped.read, taken, without))
        raise StopRun(finding("rows.mismatch", place, read=read, counted=counted, excluded=excluded))
    return done


def _logs_named(mapped: Mapped, into: Path, wanted: Map) -> dict[str, OpenLog]:
    """Return advisor → log: of those a branch's rows are split to, or the one log there is."""
    if into.is_dir():
        if wanted.split is None:
            raise MendInput(NEEDS_SPLIT)
        return logs_of(into, {one for one in mapped.to if one is not None})
    log = open_log(into)
    return {log.raw.identity.advisor_id: log}


def _where_they_stand(
    mapped: Mapped, logs: Mapping[str, OpenLog], into: Path, wanted: Map
) -> tuple[Mapped, dict[int, dict[str, str]]]:
    """Return the rows with whose log each is meant for: of those that moved with their customer the one they stand in.

    They are named as they are there. With them comes what was imported of them into the log they stood in before.
    """
    folder = into if into.is_dir() else root_of(into)
    to, ids = [*mapped.to], mapped.form.id_column
    names, before = [*mapped.columns.get(ids or "", [])], dict[int, dict[str, str]]()
    for advisor, log in logs.items():
        own = [row for row, one in enumerate(mapped.to) if one == advisor]
        there = moved(looked_up(mapped, log, own, wanted), log.whole, own, _others(folder, log.path))
        if there:
            last = imported_last(mapped, own, wanted.key, read_ledger(log, mapped.form.code))
            before |= {row: last[row] for row in there}
        for row, elsewhere in there.items():
            to[row] = elsewhere.advisor_id
            names[row : row + 1] = [elsewhere.id] if names else []
    return replace(mapped, to=to, columns={**mapped.columns, **({ids: names} if ids and names else {})}), before


def _whose(mapped: Mapped, logs: Mapping[str, OpenLog], into: Path) -> tuple[list[tuple[OpenLog, list[int]]], int]:
    """Return each log with the rows meant for it, and how many rows are meant for other logs."""
    rows: dict[str, list[int]] = {advisor: [] for advisor in logs}
    for row, advisor in enumerate(mapped.to):
        if advisor is not None:
            rows.setdefault(advisor, []).append(row)
    if into.is_dir():
        every = {**logs, **logs_of(into, rows.keys() - logs.keys())}
        return [(every[advisor], rows[advisor]) for advisor in sorted(rows)], 0
    own = [(log, rows.pop(advisor)) for advisor, log in logs.items()]
    return own, sum(map(len, rows.values()))


def _others(folder: Path, log: Path) -> Iterator[RawBook]:
    """Yield what the other logs of a branch that count hold, those that can be read."""
    branch = Branch(folder)
    for file in _counting(branch).values():
        if branch.log(file) != log and (raw := read_whole(branch.log(file), FORMS)).sheets:
            yield raw


def _counting(branch: Branch) -> dict[str, str]:
    """Return advisor → the log that counts."""
    owners = ((path.name, advisor_of(path)) for path in branch.logs())
    return counting_of(owners, settings_near(branch.root))


def logs_of(folder: Path, advisors: Set[str]) -> dict[str, OpenLog]:
    """Return advisor id → their log in a branch folder, of several the one that counts.

    Raise MendInput where one has none.
    """
    branch = Branch(folder)
    counting = _counting(branch)
    for advisor in sorted(advisors - counting.keys()):
        offer = _meant(advisor, counting, settings_near(folder))
        raise MendInput(NO_LOG, advisor=advisor, folder=folder, suggestion=offer)
    return {one: open_log(branch.log(counting[one])) for one in sorted(advisors)}


def _meant(written: str, known: Collection[str], settings: Settings) -> str | Text:
    """Return the half sentence that offers the ID of the person of a name, or one written much alike."""
    called = {row.advisor_id for row in settings.roster if row.name == written and row.advisor_id in known}
    near = sorted(called) if len(called) == 1 else get_close_matches(written, known, n=1)
    return did_you_mean(near[0] if near else None)


def _write(planned: Imported, root: Path) -> Imported:
    """Write the logs a plan changes, then what is known now of the import."""
    changed = [one for one in planned.logs if one.new or one.changed]
    backups = replace_logs(root, [rewritten(one.log, {planned.form.code: one.edit}) for one in changed])
    for one in planned.logs:
        write_ledger(one.log, planned.form.code, one.ledger)
    return replace(planned, backups=backups)
