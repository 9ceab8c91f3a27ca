"""Refreshing a branch: read what changed, make what depends on it, leave the rest as it is."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from reportkit.atomic import TEMPORARY, replacing
from reportkit.branch import TEAM_FILE, Branch, advisor_named, the_one_that_counts
from reportkit.calendars import week_span
from reportkit.findings import Finding, Place, finding, worst
from reportkit.flow import SETTINGS_FILE
from reportkit.history import Entry, History, Manifest, WeekEntry, fingerprint, program
from reportkit.lock import WAIT, plainly_said, writing
from reportkit.logwork import (
    Done,
    Period,
    Task,
    backing_from,
    make_report,
    settings_of,
    summary_of,
    work_on,
)
from reportkit.plain import Reader, plain
from reportkit.review import review_settings
from reportkit.settings import Settings
from reportkit.summary import TeamSummary, team_json, team_of
from reportkit.text import Language

Step = Callable[[int, int, str], None]  # how many are done, of how many, the name at hand
CLOSE_IN_TIME: Final = 3_000_000_000  # nanoseconds: a log changed so shortly before it was noted may have changed again


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
    executor: Executor | None = None,
    wait: float = WAIT,
) -> Refreshed:
    """Bring a week's reports up to date; where nothing changed, nothing is computed or written.

    With an executor the logs are worked on where it runs; results are written there. Raise TryLater where somebody
    else is writing for longer than `wait` seconds, or the folder cannot be written to.
    """
    started = time.perf_counter()
    run = _Run(branch, week, today, password, progress)
    if run.stale:
        with writing(branch.root, wait=wait):
            run = _Run(branch, week, today, password, progress)  # somebody may have done it meanwhile
            run.bring_up_to_date(executor)
    with plainly_said(branch.root):
        team = run.team()
    return Refreshed(
        team=team,
        read=run.read,
        cached=len(run.files) - run.read,
        failed=run.failed,
        written=tuple(run.written),
        findings=run.findings,
        seconds=time.perf_counter() - started,
    )


class _Run:
    """One refresh: what is known, what is stale, and the steps from one to the other."""

    def __init__(self, branch: Branch, week: str, today: dt.date, password: str | None, progress: Step) -> None:
        self.branch, self.week, self.password, self.progress = branch, week, password, progress
        self.history = History(branch.root)
        self.period = Period(
            week, min(today, week_span(week).end), today, fingerprint(branch.settings_path.read_bytes()), program()
        )
        self.settings: Settings = settings_of(branch.settings_path, self.period.settings)
        self.findings = (*self.settings.findings, *review_settings(self.settings, week_span(week), SETTINGS_FILE))
        self.manifest: Manifest = self.history.manifest()
        self.files = [path.name for path in branch.logs()]
        self.known = self._known()
        self.entries: dict[str, Entry] = dict(self.known)
        self.read = 0
        self.written: list[Path] = []
        self._reader = Reader(self.settings.indicator)

    # --- What is stale ---

    @property
    def stale(self) -> bool:
        """Whether anything has to be read, made or taken away."""
        return (
            len(self.known) < len(self.files)
            or set(self.manifest.logs) != set(self.files)
            or any(not self._is_made(entry) for entry in self.counting.values())
            or self._of_week.team != self._team_name()
            or (bool(self.counting) and not self._team_path.is_file())
            or bool(set(self._of_week.members) - set(self.counting))
        )

    def _known(self) -> dict[str, Entry]:
        """Return what is known of the logs that did not change since."""
        noted = self._noted_at()
        known: dict[str, Entry] = {}
        for file in self.files:
            entry = self.manifest.logs.get(file)
            if entry is not None and self._still_holds(entry, noted):
                known[file] = entry
        return known

    def _noted_at(self) -> int:
        try:
            return self.history.manifest_path.stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def _still_holds(self, entry: Entry, noted: int) -> bool:
        """Return whether a log is as it was: by size and time, and by its content where the time could deceive."""
        path = self.branch.log(entry.file)
        try:
            about = path.stat()
            if about.st_size != entry.size:
                return False
            if self.password is not None and any(found.code == "file.encrypted" for found in entry.failed):
                return False
            if about.st_mtime_ns == entry.modified and noted - entry.modified > CLOSE_IN_TIME:
                return True
            return bool(entry.facts) and fingerprint(entry.file, path.read_bytes()) == entry.facts
        except OSError:  # what is wrong is found, and named, where the log is read
            return False

    @property
    def _of_week(self) -> WeekEntry:
        return self.manifest.weeks.get(self.week, WeekEntry())

    @property
    def _team_path(self) -> Path:
        return self.branch.reports(self.week) / TEAM_FILE

    @property
    def counting(self) -> dict[str, Entry]:
        """Advisor → the log that counts, in the order of the files."""
        files: dict[str, list[str]] = {}
        for file in self.files:
            if file in self.entries and self.entries[file].advisor_id:
                files.setdefault(self.entries[file].advisor_id, []).append(file)
        return {advisor: self.entries[the_one_that_counts(of_one, advisor)] for advisor, of_one in files.items()}

    @property
    def failed(self) -> tuple[Finding, ...]:
        """Why logs do not take part: they could not be used, or their advisor has another one."""
        counting = self.counting
        found: list[Finding] = []
        for entry in (self.entries[file] for file in self.files if file in self.entries):
            found += entry.failed
            other = counting.get(entry.advisor_id, entry)
            if other.file != entry.file:
                conflict = finding("file.conflict", Place(entry.file), advisor=entry.advisor_id, other=other.file)
                found.append(conflict)
        return tuple(found)

    def _is_made(self, entry: Entry) -> bool:
        """Return whether an advisor's report and digest are there and made of what counts now."""
        name = self.period.name(entry)
        return (
            self._of_week.members.get(entry.advisor_id) == name
            and self.branch.report(self.week, entry.advisor_id).is_file()
            and self.history.digest_path(name).is_file()
        )

    def _team_name(self) -> str:
        """Return the name of all that goes into the team workbook; blank where there is nobody."""
        counting = self.counting
        if not counting:
            return ""
        members = {advisor: self.period.name(entry) for advisor, entry in counting.items()}
        return fingerprint(self.period.program, self.period.settings, members, plain(self.failed), self.week)

    # --- What is done about it ---

    def bring_up_to_date(self, executor: Executor | None) -> None:
        """Read what changed, make the reports that depend on it, then note what is current."""
        tasks = list(self._tasks())
        reported: set[str] = set()
        for at, done in enumerate(self._results(tasks, executor)):
            self.entries[done.entry.file] = done.entry
            self.read += done.was_read
            if done.reported:
                reported.add(done.entry.file)
            self.progress(at + 1, len(tasks), done.entry.file)
        # Two logs of one advisor show only now: the one that counts has the last word.
        for entry in self.counting.values():
            rivals = [one for one in self.entries.values() if one.advisor_id == entry.advisor_id]
            if entry.file not in reported and (len(rivals) > 1 or not self._is_made(entry)):
                make_report(self.branch.root, entry, self.period)
                reported.add(entry.file)
        self.written += [
            self.branch.report(self.week, entry.advisor_id)
            for entry in self.counting.values()
            if entry.file in reported
        ]
        self._write_team()
        self._note()

    def _tasks(self) -> Iterator[Task]:
        """Yield the logs to work on: those that changed, and those whose report is not made of what counts now."""
        claims = self._claims()
        counting = {entry.file for entry in self.counting.values()}
        for file in self.files:
            entry = self.known.get(file)
            if entry is not None and (file not in counting or self._is_made(entry)):
                continue
            advisor = entry.advisor_id if entry is not None else advisor_named(file)
            alone = advisor if claims.get(advisor) == 1 else ""
            yield Task(self.branch.root, file, self.period, entry, alone, self.password)

    def _claims(self) -> dict[str, int]:
        """Return advisor → how many logs are theirs, as far as is known or their names say."""
        claims: dict[str, int] = {}
        for file in self.files:
            entry = self.known.get(file) or self.manifest.logs.get(file)
            for advisor in {advisor_named(file), entry.advisor_id if entry else ""} - {""}:
                claims[advisor] = claims.get(advisor, 0) + 1
        return claims

    def _results(self, tasks: Sequence[Task], executor: Executor | None) -> Iterator[Done]:
        """Yield what became of each log, here one after another, or elsewhere as they come."""
        if executor is None:
            for at, task in enumerate(tasks):
                self.progress(at, len(tasks), task.file)
                yield work_on(task)
            return
        for future in as_completed([executor.submit(work_on, task) for task in tasks]):
            yield future.result()

    def _write_team(self) -> None:
        from reportkit.workbooks.team import write_team

        name, team = self._team_name(), self.team()
        if team is None or (name == self._of_week.team and self._team_path.is_file()):
            return
        names = {advisor: self.period.name(entry) for advisor, entry in self.counting.items()}
        backings = {advisor: backing_from(self.history, made, self._reader) for advisor, made in names.items()}
        with replacing(self._team_path) as beside:
            write_team(beside, team, backings, self.settings, self.settings.language)
        self.written.insert(0, self._team_path)

    def _note(self) -> None:
        """Take away the reports of advisors without a log, and replace the list of what is current."""
        counting = self.counting
        for advisor in set(self._of_week.members) - set(counting):
            self.branch.report(self.week, advisor).unlink(missing_ok=True)
        if not counting:
            self._team_path.unlink(missing_ok=True)
        for left_over in self.branch.reports(self.week).glob(f".*{TEMPORARY}"):
            left_over.unlink(missing_ok=True)
        members = {advisor: self.period.name(entry) for advisor, entry in counting.items()}
        weeks: Mapping[str, WeekEntry] = {**self.manifest.weeks, self.week: WeekEntry(self._team_name(), members)}
        logs = {file: self.entries[file] for file in self.files}
        self.manifest = replace(self.manifest, logs=logs, weeks=dict(sorted(weeks.items())))
        self.history.write_manifest(self.manifest)
        self.history.forget_unused(self.manifest)

    # --- What it shows ---

    def team(self) -> TeamSummary | None:
        """Return the branch's summary, of its advisors' digests."""
        names = [self.period.name(entry) for entry in self.counting.values()]
        if not names:
            return None
        members = [summary_of(self.history, name, self._reader) for name in names]
        return team_of(self.settings.branch.name, members, (*self.findings, *self.failed))
