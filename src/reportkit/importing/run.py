"""An import from end to end: read the file, map it, compare it with the logs, write what is new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from reportkit.branch.copies import counting_of
from reportkit.branch.folder import Branch
from reportkit.definitions.columns import Form
from reportkit.definitions.errors import MendInput, StopRun
from reportkit.definitions.findings import Finding, Place, did_you_mean, finding, worst
from reportkit.definitions.text import LANGUAGES, Language, Text
from reportkit.importing.compare import LogPlan, changes_of, compare
from reportkit.importing.ledger import read_ledger, write_ledger
from reportkit.importing.lookup import looked_up
from reportkit.importing.mapping import Mapped, map_sheets
from reportkit.importing.maps import Map
from reportkit.logs.rewrite import OpenLog, open_log, replace_logs, rewritten, writing
from reportkit.read.archives import root_of
from reportkit.read.foreign import read_sheets
from reportkit.read.owner import advisor_of
from reportkit.settings.branch_settings import Settings
from reportkit.summary.flow import LOGS, settings_near

UNREADABLE: Final = Text("{file}：{why}", "{file}：{why}", "{file}: {why}")
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
    sheets = read_sheets(file, wanted.sheet, wanted.text)
    if isinstance(sheets, Finding):
        why = Text(*(sheets.message(language) for language in LANGUAGES))
        raise MendInput(UNREADABLE, file=file.name, why=why)
    return map_sheets(sheets, form, wanted)


def plan(mapped: Mapped, into: Path, wanted: Map, today: dt.date, *, overwrite: bool = False) -> Imported:
    """Return what importing mapped rows would do. Raise StopRun where not every row is accounted for."""
    whose, elsewhere = _whose(mapped, into, wanted)
    logs = tuple(
        compare(
            log,
            looked_up(mapped, log, rows, wanted),
            rows,
            wanted.key,
            read_ledger(log.path, mapped.form.code),
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


def _whose(mapped: Mapped, into: Path, wanted: Map) -> tuple[list[tuple[OpenLog, list[int]]], int]:
    """Return each log with the rows meant for it, and how many rows are meant for other logs."""
    every = range(len(mapped.rows))
    if not into.is_dir():
        log = open_log(into)
        if wanted.split is None:
            return [(log, list(every))], 0
        own = [row for row in every if mapped.to[row] == log.raw.identity.advisor_id]
        others = sum(1 for row in every if mapped.to[row] is not None) - len(own)
        return [(log, own)], others
    if wanted.split is None:
        raise MendInput(NEEDS_SPLIT)
    rows: dict[str, list[int]] = {}
    for row in every:
        if (advisor := mapped.to[row]) is not None:
            rows.setdefault(advisor, []).append(row)
    logs = logs_of(into, set(rows))
    return [(logs[advisor], rows[advisor]) for advisor in sorted(rows)], 0


def logs_of(folder: Path, advisors: set[str]) -> dict[str, OpenLog]:
    """Return advisor id → their log in a branch folder, of several the one that counts.

    Raise MendInput where one has none.
    """
    branch = Branch(folder)
    settings = settings_near(folder)
    counting = counting_of(((path.name, advisor_of(path)) for path in branch.logs()), settings)
    for advisor in sorted(advisors - counting.keys()):
        raise MendInput(NO_LOG, advisor=advisor, folder=folder, suggestion=_meant(advisor, counting, settings))
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
        write_ledger(one.log.path, planned.form.code, one.ledger)
    return replace(planned, backups=backups)
