"""Refreshing a branch: read what changed, make what depends on it, leave the rest as it is."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from reportkit.branch.annotated import saved_since
from reportkit.branch.folder import Branch
from reportkit.branch.lock import WAIT, plainly_said, was_cut_short, writing
from reportkit.branch.mending import mended
from reportkit.branch.published import must_have_begun
from reportkit.branch.run import Run
from reportkit.branch.seal import Damaged
from reportkit.branch.workers import Workers
from reportkit.branch.worklist import Step
from reportkit.definitions.errors import MendInput
from reportkit.definitions.findings import Finding, worst
from reportkit.definitions.text import Language, Text
from reportkit.summary.changes import Late
from reportkit.summary.summaries import TeamSummary, team_json

Result = TypeVar("Result")


@dataclass(frozen=True)
class Refreshed:
    """What a refresh did: the branch's summary, how many logs were read, which failed, what was written.

    `kept` are reports people had written into, under the names they were kept by.
    """

    team: TeamSummary | None
    read: int
    cached: int
    failed: tuple[Finding, ...]
    written: tuple[Path, ...]
    findings: tuple[Finding, ...] = ()
    seconds: float = 0.0
    late: tuple[Late, ...] = ()
    kept: tuple[Path, ...] = ()

    @property
    def errors(self) -> bool:
        """Whether any log, or the settings, has an error."""
        found = [*self.findings, *self.failed]
        found += [one for member in (self.team.members if self.team else ()) for one in member.findings]
        return worst(found) == "error"

    @property
    def nothing(self) -> bool:
        """Whether there was no log at all, and no published week: nothing was done."""
        return self.team is None and not self.failed

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
            "late": [row.as_json() for row in self.late],
            "kept": [str(path) for path in self.kept],
            "seconds": round(self.seconds, 3),
        }


def refresh(
    branch: Branch,
    week: str,
    today: dt.date,
    *,
    progress: Step = lambda at, of, name: None,
    password: str | None = None,
    workers: Workers | None = None,
    wait: float = WAIT,
) -> Refreshed:
    """Bring a week's reports up to date; where nothing changed, nothing is computed or written.

    With workers the logs are worked on where they run; results are written there. Raise MendInput for a week to come,
    TryLater where somebody else is writing for longer than `wait` seconds, or the folder cannot be written to.
    """
    started = time.perf_counter()
    must_have_begun(week, today)

    def up_to_date() -> tuple[Run, TeamSummary | None]:
        run = Run(branch, week, today, password, progress)
        if run.stale or was_cut_short(branch.root):
            with writing(branch.root, wait=wait):
                run = Run(branch, week, today, password, progress)  # somebody may have done it meanwhile
                run.bring_up_to_date(workers)
        return run, run.team()

    def as_it_stands() -> tuple[Run, TeamSummary | None]:
        with plainly_said(branch.root):
            return _once_more(up_to_date)

    run, team = mended(branch, as_it_stands)
    return Refreshed(
        team=team,
        read=run.read,
        cached=len(run.files) - run.read,
        failed=run.failed,
        written=tuple(run.written),
        kept=tuple(run.kept),
        findings=(*run.findings, *run.forgotten, *run.lacking, *saved_since(branch, week, run.edition)),
        late=tuple(row for of_one in run.history.late() for row in of_one.rows),
        seconds=time.perf_counter() - started,
    )


def _once_more(read: Callable[[], Result]) -> Result:
    """Read what history keeps, once more where another run has just replaced what this one was about to read."""
    try:
        return read()
    except FileNotFoundError:
        return read()


NOT_REFRESHED: Final = Text(
    "{folder} 的 {week} 还没有由这个版本更新过。先运行 reportkit refresh {folder} --week {week}",
    "{folder} 的 {week} 還沒有由這個版本更新過。先執行 reportkit refresh {folder} --week {week}",
    "{week} of {folder} was not refreshed by this version yet. Run reportkit refresh {folder} --week {week} first",
)


def as_left(branch: Branch, week: str, today: dt.date) -> TeamSummary:
    """Return a week's summary as the last refresh left it, reading no log. Raise MendInput where it made none.

    What was made by another version of the program, or taken away since, is not used either.
    """
    try:
        team = _once_more(lambda: Run(branch, week, today, None, lambda at, of, name: None).team_as_left())
    except (FileNotFoundError, Damaged):  # taken away, or to be made again
        team = None
    if team is None:
        raise MendInput(NOT_REFRESHED, folder=branch.root, week=week)
    return team
