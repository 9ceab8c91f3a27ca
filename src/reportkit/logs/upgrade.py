"""`upgrade`: a log in the template's current form, with today's targets, roster, days off and answers.

A new workbook is made of the template, and everything typed is written into it: the rows of every form in the places
they had, the advisor's own columns, sheets and notes. It takes the log's place beside a backup, read again before and
found to hold the same rows. What no library can carry over is named, and nothing is done without being told so.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any, Final, Literal

from reportkit.branch.folder import Branch, is_branch
from reportkit.definitions.errors import MendInput, OurBug, ReportkitError
from reportkit.definitions.forms import FORMS
from reportkit.definitions.identity import MADE_OF, TEMPLATE_VERSION
from reportkit.definitions.text import Language, Text, joined
from reportkit.logs.carrying import Filling, taken_apart
from reportkit.logs.losing import lost
from reportkit.logs.rewrite import NOT_THE_SAME, OpenLog, Rewrite, open_log, replace_logs, writing
from reportkit.logs.splitting import archived_until
from reportkit.read.archives import named_in, root_of, rows_in_words
from reportkit.read.book import Identity
from reportkit.read.contents import CUSTOM_PROPERTIES, cells_of, sheet_parts
from reportkit.read.preflight import Package, preflight
from reportkit.read.workbook import read_book
from reportkit.settings.branch_settings import Settings
from reportkit.settings.nearby import SETTINGS_FILE
from reportkit.workbooks.log import stamp_of, write_log

State = Literal["upgraded", "current", "refused"]
NO_SETTINGS: Final = Text(
    "{file} 旁边没有机构的 settings.xlsx，不知道该用哪些目标。请把日志放回机构的 logs 文件夹再运行",
    "{file} 旁邊沒有機構的 settings.xlsx，不知道該用哪些目標。請把日誌放回機構的 logs 資料夾再執行",
    "{file} has no branch's settings.xlsx beside it to take targets from. Put it into the logs folder of its branch",
)
MACROS: Final = Text(
    "{file} 是带宏的工作簿。请另存为 .xlsx，移走这一本，再试",
    "{file} 是帶巨集的活頁簿。請另存為 .xlsx，移走這一本，再試",
    "{file} is a workbook with macros. Save it as .xlsx, put this one away and try again",
)
TWICE: Final = Text(
    "{file} 有重复的列：{cells}。请先改掉其中一个标题",
    "{file} 有重複的欄：{cells}。請先改掉其中一個標題",
    "{file} has a column twice: {cells}. Rename one of them first",
)
LOSES: Final = Text(
    "升级会丢掉：{what}。仍要升级请加 --force（旧日志留作备份）",
    "升級會丟掉：{what}。仍要升級請加 --force（舊日誌留作備份）",
    "An upgrade would lose: {what}. Add --force to upgrade nevertheless; the old log is kept as a backup",
)


@dataclass(frozen=True)
class Upgraded:
    """What became of one log, or would: the columns it gains, what it loses, and why it was refused."""

    file: Path
    state: State
    version: str = ""
    gains: tuple[Text, ...] = ()
    lost: tuple[Text, ...] = ()
    why: Text | None = None
    backup: Path | None = None

    def as_json(self, language: Language) -> dict[str, Any]:
        """Return the log as `upgrade --json` prints it."""
        return {
            "file": str(self.file),
            "state": self.state,
            "from": self.version or None,
            "to": TEMPLATE_VERSION,
            "gains": [one.to(language) for one in self.gains],
            "lost": [one.to(language) for one in self.lost],
            "why": self.why.to(language) if self.why else None,
            "backup": str(self.backup) if self.backup else None,
        }


def upgrade(paths: Iterable[Path], *, dry_run: bool = False, force: bool = False) -> list[Upgraded]:
    """Upgrade logs, or all logs of branch folders, each on its own: one that cannot be is refused and named."""
    return [_one(log, dry_run=dry_run, force=force) for path in paths for log in logs_of(path)]


def logs_of(path: Path) -> list[Path]:
    """Return the logs a path stands for: of a branch, of its logs folder, or one."""
    if is_branch(path):
        return Branch(path).logs()
    return Branch(path.parent).logs() if path.is_dir() else [path]


def _one(path: Path, *, dry_run: bool, force: bool) -> Upgraded:
    try:
        settings = settings_for(path)
        if dry_run:
            return _made(path, settings, force=force)[0]
        root = root_of(path)
        with writing(root):
            done, new = _made(path, settings, force=force)
            return done if new is None else replace(done, backup=replace_logs(root, [new])[path])
    except ReportkitError as error:
        return Upgraded(path, "refused", why=Text.each(error.message))


def settings_for(path: Path) -> Settings:
    """Return the settings of the branch a log lies in. Raise MendInput where it lies in none."""
    branch = Branch(root_of(path))
    if not (branch.root / SETTINGS_FILE).is_file():
        raise MendInput(NO_SETTINGS, file=path.name)
    return branch.settings()


def _made(path: Path, settings: Settings, *, force: bool) -> tuple[Upgraded, Rewrite | None]:
    """Return what an upgrade does, and the log's new content unless there is nothing to do or it is refused."""
    log = opened(path)
    old, identity = log.raw.identity, of_today(log, settings)
    gains = tuple(
        found.place.column.label if found.place.column else Text.same(str(found.place.sheet))
        for found in log.raw.findings
        if found.code in ("column.missing", "sheet.missing")
    )
    stamp = stamp_of(settings, identity, old.language)
    if not gains and _stamp(log.package) == stamp and old.template_version == TEMPLATE_VERSION:
        return Upgraded(path, "current", old.template_version), None
    filling = taken_apart(log, old.language)
    new = written(path, identity, settings, filling)
    left = tuple(lost(filling, new))
    done = Upgraded(path, "upgraded", old.template_version, gains, left)
    if left and not force:
        return replace(done, state="refused", why=LOSES.filled(what=joined(left))), None
    _must_hold_the_same(log, new, filling)
    return done, Rewrite(path, log.digest, new.content)


def opened(path: Path) -> OpenLog:
    """Read a log whose rows go into a new workbook. Raise MendInput where they would not all find their place."""
    if path.suffix.lower() == ".xlsm":
        raise MendInput(MACROS, file=path.name)
    log = open_log(path)
    twice = [one for one in log.raw.findings if one.code == "column.duplicate"]
    if twice:
        raise MendInput(TWICE, file=path.name, cells=str(twice[0].words["cells"]))
    return log


def of_today(log: OpenLog, settings: Settings) -> Identity:
    """Return whose log it is, by what the settings say now.

    Programs that drop the properties drop its archives; logs renewed at first did not say from which day on they count.
    """
    identity = log.raw.identity
    rows = settings.roster_of(identity.advisor_id)
    name = rows[-1].name if rows else identity.advisor_name
    return replace(
        identity,
        advisor_name=name,
        branch=settings.branch.name or identity.branch,
        template_version=TEMPLATE_VERSION,
        archives=named_in(log.whole),
        since=identity.since or archived_until(log.whole),
    )


def _stamp(package: Package) -> str:
    """Return what a log says it was made of."""
    written = package.parts.get(CUSTOM_PROPERTIES, b"").decode()
    found = re.search(rf'name="{MADE_OF}"[^>]*>\s*<[^>]*>([^<]*)<', written)
    return unescape(found[1]).strip() if found else ""


def written(path: Path, identity: Identity, settings: Settings, filling: Filling) -> Package:
    """Return a log of the current template with what was typed."""
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder, path.name)
        write_log(
            own,
            identity,
            language=identity.language,
            settings=settings,
            rows=filling.rows(),
            own=filling.own_headings(),
            also=filling.write_into,
            archived=filling.archived("cases"),
        )
        package = preflight(own)
    if not isinstance(package, Package):
        raise OurBug(NOT_THE_SAME, file=path.name)
    return package


def _must_hold_the_same(log: OpenLog, new: Package, filling: Filling) -> None:
    """Raise OurBug where a row of a form, a cell of an own column or a sheet did not come over as it was."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, log.path.name)
        path.write_bytes(new.content)
        raw = read_book(path, FORMS)
    for code, old in log.raw.sheets.items():
        if rows_in_words(old) != rows_in_words(raw.sheets[code]):
            raise OurBug(NOT_THE_SAME, file=log.path.name)
    if not has_own_sheets(new, filling):
        raise OurBug(NOT_THE_SAME, file=log.path.name)


def has_own_sheets(new: Package, filling: Filling) -> bool:
    """Return whether a new log has as many cells on the advisor's own sheets."""
    parts, _ = sheet_parts(new)
    cells, _ = cells_of(new, parts)
    return all(_filled(cells.get(name, [])) == _filled(filling.shown[name]) for name in filling.own_sheets)


def _filled(rows: Iterable[Iterable[object]]) -> int:
    return sum(1 for row in rows for cell in row if cell not in ("", None))
