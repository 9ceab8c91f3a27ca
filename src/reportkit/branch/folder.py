"""The branch folder: settings, logs, reports (the folder is the database)."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportkit.branch.atomic import TEMPORARY
from reportkit.definitions.findings import Finding, Place, finding
from reportkit.definitions.text import Text
from reportkit.facts.review import review_settings, without_logs
from reportkit.read.archives import LOGS
from reportkit.settings.branch_settings import Settings, opened_settings
from reportkit.settings.calendars import Span
from reportkit.settings.nearby import SETTINGS_FILE

OTHER_ENCODING: Final = Text(
    "文件名不是 UTF-8 编码（多半来自旧的压缩包）。请先改名",
    "檔案名稱不是 UTF-8 編碼（多半來自舊的壓縮檔）。請先改名",
    "its name is not in UTF-8, as in old archives; rename it first",
)
REPORTS: Final = "reports"
TEAM_FILE: Final = "team.xlsx"
UNFIT: Final = '\\/:*?"<>|'
LONGEST_NAME: Final = 60  # characters: 180 bytes in Chinese, where file systems take 255
PASSING: Final = (  # files on their way
    TEMPORARY, ".tmp", ".temp", ".crdownload", ".partial", ".download", ".downloading", ".nstmp", ".xltd", ".!sync",
)  # fmt: skip
OF_THE_SYSTEM: Final = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})  # what Windows and macOS put into folders
SAVED_BY_EXCEL: Final = re.compile(r"[0-9A-F]{8}")  # a workbook on a share while Excel saves it: 5F3C1A00, no suffix


@dataclass(frozen=True)
class Branch:
    """A branch's folder."""

    root: Path

    @property
    def settings_path(self) -> Path:
        """The settings workbook."""
        return self.root / SETTINGS_FILE

    def reports(self, week: str) -> Path:
        """The folder of a week's reports."""
        return self.root / REPORTS / week

    def report(self, week: str, advisor_id: str) -> Path:
        """The file of an advisor's report of a week."""
        return self.reports(week) / f"{advisor_id}.xlsx"

    def log(self, file: str) -> Path:
        """The path of a file of the logs folder."""
        return self.root / LOGS / file

    def logs(self) -> list[Path]:
        """The files of the logs folder, sorted by name, without Office's own lock files and half-written ones."""
        folder = self.root / LOGS
        if not folder.is_dir():
            return []
        return sorted(
            path
            for path in folder.iterdir()
            if path.is_file() and not is_passing(path.name) and _can_be_said(path.name)
        )

    def misnamed(self) -> tuple[Finding, ...]:
        """Return the files of the logs folder whose names nothing can hold: they are in GBK where UTF-8 is spoken."""
        folder = self.root / LOGS
        found = [path.name for path in folder.iterdir() if not _can_be_said(path.name)] if folder.is_dir() else []
        names = (os.fsencode(name).decode("gb18030", "replace") for name in sorted(found))
        return tuple(finding("file.unreadable", Place(name), reason=OTHER_ENCODING) for name in names)

    def settings(self) -> Settings:
        """Read the settings."""
        return opened_settings(self.settings_path)

    def findings(self, settings: Settings, today: dt.date) -> tuple[Finding, ...]:
        """Return what the settings leave open in the year around a day, and which logs cannot be named."""
        return (*review_settings(settings, Span(today, today), SETTINGS_FILE), *self.misnamed())

    def without_logs(self, settings: Settings, read: Iterable[str], span: Span) -> tuple[Finding, ...]:
        """Return who should keep a log and has none: neither among the advisors `read` nor by the name of a file."""
        known = {*read, *(advisor_named(path.name) for path in self.logs())}
        return without_logs(settings, known, span, SETTINGS_FILE)


def is_branch(path: Path) -> bool:
    """Return whether a folder is a branch's."""
    return (path / SETTINGS_FILE).is_file()


def is_passing(name: str) -> bool:
    """Return whether a file is no log but there for a while: Office's owner files, hidden and half-written ones."""
    lower = name.lower()
    if name.startswith(("~", ".")) or lower.endswith(PASSING) or lower in OF_THE_SYSTEM:
        return True
    return SAVED_BY_EXCEL.fullmatch(name) is not None


def _can_be_said(name: str) -> bool:
    """Return whether a file's name is text; bytes of another encoding than the system's are not."""
    return name.isascii() or not any("\ud800" <= one <= "\udfff" for one in name)


def log_name(advisor: str, name: str) -> str:
    """Return the file name of a log; characters no file system takes are left out."""
    fitting = "".join(c for c in f"{advisor} {name}" if c not in UNFIT and c.isprintable())
    return fitting[:LONGEST_NAME].strip(" .") + ".xlsx"


def advisor_named(file: str) -> str:
    """Return the advisor a log's name speaks of: its first word."""
    return file.rpartition(".")[0].split(" ")[0]
