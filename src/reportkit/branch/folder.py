"""The branch folder: settings, logs, reports (DESIGN: the folder is the database)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportkit.branch.atomic import TEMPORARY
from reportkit.definitions.findings import Finding
from reportkit.facts.review import review_settings
from reportkit.settings.branch_settings import Settings, opened_settings
from reportkit.settings.calendars import Span
from reportkit.summary.flow import LOGS, SETTINGS_FILE

REPORTS: Final = "reports"
TEAM_FILE: Final = "team.xlsx"
# What sync programs, browsers and people add to the name of a second copy.
COPY_MARKS: Final = re.compile(
    r"""\(\d+\)\s*$ | [-_ ]\d{8,}\s*$ | conflict | 冲突 | 衝突 | 副本 | 複本 | 备份 | 備份 | \bcopy\b | \bbackup\b""",
    re.IGNORECASE | re.VERBOSE,
)
PASSING: Final = (TEMPORARY, ".tmp", ".temp", ".crdownload", ".partial", ".download")  # files on their way


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
        return sorted(path for path in folder.iterdir() if path.is_file() and not is_passing(path.name))

    def settings(self) -> Settings:
        """Read the settings."""
        return opened_settings(self.settings_path)

    def findings(self, settings: Settings, today: dt.date) -> tuple[Finding, ...]:
        """Return what the settings leave open in the year around a day."""
        return review_settings(settings, Span(today, today), SETTINGS_FILE)


def is_branch(path: Path) -> bool:
    """Return whether a folder is a branch's."""
    return (path / SETTINGS_FILE).is_file()


def is_passing(name: str) -> bool:
    """Return whether a file is no log but there for a while: Office's owner files, hidden and half-written ones."""
    return name.startswith(("~", ".")) or name.lower().endswith(PASSING)


def is_copy(name: str) -> bool:
    """Return whether a file's name says that it is a second copy of another."""
    return COPY_MARKS.search(name.rpartition(".")[0] or name) is not None


def the_one_that_counts(files: Iterable[str], advisor_id: str) -> str:
    """Return which of an advisor's logs counts: by the names alone, so that it is the same one every time.

    One that is not called a copy, then one that is named for the advisor, then the shortest name.
    """
    return min(files, key=lambda file: (is_copy(file), advisor_named(file) != advisor_id, len(file), file))


def advisor_named(file: str) -> str:
    """Return the advisor a log's name speaks of: its first word."""
    return file.rpartition(".")[0].split(" ")[0]
