"""The branch folder: settings, logs, reports (DESIGN: the folder is the database)."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from reportkit.atomic import TEMPORARY, replacing
from reportkit.backing import Backing, backing_of
from reportkit.calendars import Span, week_span
from reportkit.drilldown import rows_of
from reportkit.findings import Finding, Place, finding, worst
from reportkit.flow import LOGS, SETTINGS_FILE, usable, work_from_file
from reportkit.review import review_settings
from reportkit.settings import Settings, load_settings
from reportkit.summary import TeamSummary, Work, summarise, team_json, team_of
from reportkit.text import Language

REPORTS: Final = "reports"
TEAM_FILE: Final = "team.xlsx"
Step = Callable[[int, int, str], None]  # how many are done, of how many, the name at hand


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

    def logs(self) -> list[Path]:
        """The files of the logs folder, sorted by name, without Office's own lock files and half-written ones."""
        folder = self.root / LOGS
        if not folder.is_dir():
            return []
        return sorted(
            path
            for path in folder.iterdir()
            if path.is_file() and not path.name.startswith(("~$", ".")) and path.suffix not in (TEMPORARY, ".tmp")
        )

    def settings(self) -> Settings:
        """Read the settings."""
        return load_settings(self.settings_path)

    def findings(self, settings: Settings, today: dt.date) -> tuple[Finding, ...]:
        """Return what the settings leave open in the year around a day."""
        return review_settings(settings, Span(today, today), SETTINGS_FILE)


def is_branch(path: Path) -> bool:
    """Return whether a folder is a branch's."""
    return (path / SETTINGS_FILE).is_file()


@dataclass(frozen=True)
class Refreshed:
    """What a refresh did: the branch's summary, how many logs were read, which failed, what was written."""

    team: TeamSummary | None
    read: int
    cached: int
    failed: tuple[Finding, ...]
    written: tuple[Path, ...]
    findings: tuple[Finding, ...] = ()
    seconds: float = 0.0
    late: tuple[Any, ...] = field(default=())

    @property
    def errors(self) -> bool:
        """Whether any log, or the settings, has an error."""
        found = [*self.findings, *self.failed]
        found += [one for member in (self.team.members if self.team else ()) for one in member.findings]
        return worst(found) == "error"

    def as_json(self, week: str, language: Language) -> dict[str, Any]:
        """Return what `refresh --json` prints."""
        shown = (
            team_json(self.team, language) if self.team else {"week": week, "advisors": [], "team": [], "findings": {}}
        )
        return {
            **shown,
            "read": self.read,
            "cached": self.cached,
            "failed": [found.as_json(language) for found in self.failed],
            "late": list(self.late),
            "seconds": round(self.seconds, 3),
        }


def refresh(
    branch: Branch,
    week: str,
    today: dt.date,
    *,
    progress: Step = lambda at, of, name: None,
    password: str | None = None,
) -> Refreshed:
    """Read every log, compute the week, write its reports."""
    from reportkit.workbooks.report import write_advisor_report
    from reportkit.workbooks.team import write_team

    started = time.perf_counter()
    settings = branch.settings()
    works: dict[str, Work] = {}
    failed: list[Finding] = []
    logs = branch.logs()
    for at, path in enumerate(logs):
        progress(at, len(logs), path.name)
        work = work_from_file(path, settings, today, password)
        unusable = _unusable(work, works)
        if unusable:
            failed += unusable
        else:
            works[work.facts.advisor_id] = work
    members = [summarise(work, settings, week, today) for work in works.values()]
    findings = (*settings.findings, *review_settings(settings, week_span(week), SETTINGS_FILE))
    if not members:
        return Refreshed(None, len(branch.logs()), 0, tuple(failed), (), findings, time.perf_counter() - started)
    team = team_of(settings.branch.name, members, (*findings, *failed))
    written: list[Path] = []
    backings: dict[str, Backing] = {}
    for member in members:
        with replacing(branch.reports(week) / f"{member.advisor_id}.xlsx") as beside:
            work = works[member.advisor_id]
            rows = rows_of(work, member)
            backing = backings[member.advisor_id] = backing_of(work, member, rows, settings, today)
            write_advisor_report(beside, member, work, settings, settings.language, rows=rows, trend=backing.weeks)
        written.append(branch.reports(week) / f"{member.advisor_id}.xlsx")
    with replacing(branch.reports(week) / TEAM_FILE) as beside:
        write_team(beside, team, backings, settings, settings.language)
    written.insert(0, branch.reports(week) / TEAM_FILE)
    return Refreshed(team, len(works), 0, tuple(failed), tuple(written), findings, time.perf_counter() - started)


def _unusable(work: Work, works: dict[str, Work]) -> Sequence[Finding]:
    """Return why a log cannot take part: it could not be read, or its advisor has another log already."""
    if not usable(work.book):
        return work.book.findings
    other = works.get(work.facts.advisor_id)
    if other is None:
        return ()
    return (finding("file.conflict", Place(work.book.file), advisor=work.facts.advisor_id, other=other.book.file),)
