"""The steps of a refresh: what is known, what is stale, and from one to the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from reportkit.branch.annotated import annotated_in, made_anew, taken_away
from reportkit.branch.answers import counted_anew
from reportkit.branch.atomic import TEMPORARY
from reportkit.branch.copies import conflict, counting_of, stand_ins
from reportkit.branch.digests import Digests
from reportkit.branch.edition import Edition, as_published, correction_of
from reportkit.branch.folder import TEAM_FILE, Branch, advisor_named
from reportkit.branch.history import HISTORY, Entry, History, Manifest, WeekEntry, fingerprint
from reportkit.branch.known import known_logs
from reportkit.branch.late import LateOf
from reportkit.branch.late_search import late_rows, lost_weeks
from reportkit.branch.lock import began
from reportkit.branch.logwork import Task, collecting_once, make_report
from reportkit.branch.period import closed_period, open_period
from reportkit.branch.plain import plain
from reportkit.branch.published import closed_weeks, edition_in_force, names_in_use, reopened_edition
from reportkit.branch.workers import Workers
from reportkit.branch.worklist import Step, work_on_all
from reportkit.definitions.findings import Finding, Place, finding
from reportkit.facts.review import review_settings, without_logs
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import week_span
from reportkit.settings.nearby import SETTINGS_FILE
from reportkit.summary.changes import Late
from reportkit.summary.summaries import AdvisorSummary, TeamSummary, team_of
from reportkit.summary.trend import weeks_until


class Run:
    """One refresh: what is known, what is stale, and the steps from one to the other.

    Of a closed week the logs are read, so that late rows show, but its reports stay as they were published.
    """

    def __init__(self, branch: Branch, week: str, today: dt.date, password: str | None, progress: Step) -> None:
        self.branch, self.week, self.today, self.password, self.progress = branch, week, today, password, progress
        self.history = History(branch.root)
        self.edition = edition_in_force(branch, week)
        self.period = (
            open_period(branch, week, today)
            if self.edition is None
            else closed_period(self.history, week, self.edition)
        )
        self.settings: Settings = self.period.whole_settings()
        self.findings = (*self.settings.findings, *review_settings(self.settings, week_span(week), SETTINGS_FILE))
        self.manifest: Manifest = self.history.manifest()
        self.reopened = reopened_edition(branch, week)
        found = self.history.late()
        self.late = self._late_of(found) if self.edition is None else self.edition.late
        self.lost = lost_weeks(found) if self.edition is None else self.edition.lost
        self.files = [path.name for path in branch.logs()]
        self.misnamed = branch.misnamed()
        self.known = known_logs(branch, self.history, self.manifest, self.files, password)
        self.entries: dict[str, Entry] = dict(self.known)
        self.read = 0
        self.written: list[Path] = []
        self.kept: list[Path] = []  # reports people wrote into, under their new names
        self._digests = Digests(self.period)
        self._team: tuple[str, TeamSummary] | None = None  # by the name of all that goes into it

    # --- What is stale ---

    @property
    def stale(self) -> bool:
        """Whether anything has to be read, made or taken away."""
        return (
            len(self.known) < len(self.files)
            or set(self.manifest.logs) != set(self.files)
            or any(not self._is_made(entry) for entry in self.counting.values())
            or (self.edition is None and self._of_week.team != self._team_name())
            or (bool(self.counting) and not self._team_path.is_file())
            or bool(set(self._of_week.members) - set(self.counting))
        )

    @property
    def _of_week(self) -> WeekEntry:
        return self.manifest.weeks.get(self.week, WeekEntry())

    @property
    def _team_path(self) -> Path:
        return self.branch.reports(self.week) / TEAM_FILE

    @property
    def counting(self) -> dict[str, Entry]:
        """Advisor → the log that counts in the week's reports, in the order of the files."""
        return self.current if self.edition is None else self.edition.log_of

    @property
    def current(self) -> dict[str, Entry]:
        """Advisor → the log that counts now."""
        owners = ((file, self.entries[file].advisor_id) for file in self.files if file in self.entries)
        return {advisor: self.entries[file] for advisor, file in counting_of(owners, self.settings).items()}

    @property
    def failed(self) -> tuple[Finding, ...]:
        """Why logs do not take part: they could not be used, or their advisor has another one."""
        counting = self.current
        found = [*self.misnamed]
        for entry in (self.entries[file] for file in self.files if file in self.entries):
            found += entry.failed
            other = counting.get(entry.advisor_id, entry)
            if other.file != entry.file:
                found.append(conflict(entry.file, other.file, entry.advisor_id, self.settings))
        return tuple(found)

    @property
    def _failed_in_reports(self) -> tuple[Finding, ...]:
        return self.failed if self.edition is None else self.edition.failed

    @property
    def lacking(self) -> tuple[Finding, ...]:
        """Who should keep a log in the week and has none, and which logs are not the ones they would be."""
        failed, counting = self._failed_in_reports, {advisor: one.file for advisor, one in self.counting.items()}
        known = {*counting, *(advisor_named(one.place.file) for one in failed)}
        nobody = without_logs(self.settings, known, week_span(self.week), SETTINGS_FILE)
        return (*nobody, *stand_ins(failed, counting))

    def _is_made(self, entry: Entry) -> bool:
        """Return whether an advisor's report and digest are there and made of what counts now."""
        name = self.period.name(entry)
        return (
            (self.edition is not None or self._of_week.members.get(entry.advisor_id) == name)
            and self.branch.report(self.week, entry.advisor_id).is_file()
            and self.history.digest_path(name).is_file()
        )

    def _team_name(self) -> str:
        """Return the name of all that goes into the team workbook; blank where there is nobody."""
        counting = self.counting
        if not counting:
            return ""
        members = {advisor: self.period.name(entry) for advisor, entry in counting.items()}
        said = [plain(one) for one in (self._found, self.late, self.reopened)]
        return fingerprint(self.period.program, self.period.asked_of_team.name, members, said, self.week)

    @property
    def _found(self) -> tuple[Finding, ...]:
        """What the team workbook says is wrong beside the logs themselves."""
        return (*self.findings, *self.forgotten, *self.lacking, *self._failed_in_reports)

    @property
    def forgotten(self) -> tuple[Finding, ...]:
        """Which published weeks history has lost rows of: it cannot tell what came late there."""
        return tuple(finding("history.lost", Place(HISTORY), week=week) for week in self.lost)

    # --- What is done about it ---

    def bring_up_to_date(self, workers: Workers | None) -> None:
        """Read what changed, make the reports that depend on it, then note what is current."""
        tasks = list(self._tasks())
        reported: set[str] = set()
        annotated = annotated_in(self.branch.reports(self.week))
        published = self._published_reports()
        for at, done in enumerate(work_on_all(tasks, workers, self.progress)):
            self.entries[done.entry.file] = done.entry
            self.read += done.was_read
            if done.reported:
                reported.add(done.entry.file)
            self.progress(at + 1, len(tasks), done.entry.file)
        # Two logs of one advisor show only now: the one that counts has the last word.
        for entry in self.counting.values():
            rivals = [one for one in self.entries.values() if one.advisor_id == entry.advisor_id]
            contested = len(rivals) > 1 and self.edition is None
            if entry.file not in reported and (contested or not self._is_made(entry)):
                make_report(self.branch.root, entry, self.period)
                reported.add(entry.file)
        self.written += [
            self.branch.report(self.week, entry.advisor_id)
            for entry in self.counting.values()
            if entry.file in reported and entry.file not in published
        ]
        late = late_rows(self._closed, self.history, self.current, self.entries, self.settings, self.today)
        if self.edition is None:
            self.late, self.lost = self._late_of(late), lost_weeks(late)
        self._write_team()
        self._note()
        self.kept = sorted(annotated_in(self.branch.reports(self.week)) - annotated)
        self.history.write_late(late)

    def _published_reports(self) -> frozenset[str]:
        """Return the logs whose report of a closed week is there: it stays."""
        logs = self.edition.logs if self.edition is not None else ()
        return frozenset(one.file for one in logs if self.branch.report(self.week, one.advisor_id).is_file())

    def _tasks(self) -> Iterator[Task]:
        """Yield the logs to work on: those that changed, and those whose report is not made of what counts now."""
        claims = self._claims() if self.edition is None else {}
        counting = {entry.file for entry in self.counting.values()} if self.edition is None else set()
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

    @collecting_once()
    def _write_team(self) -> None:
        from reportkit.workbooks.team import write_team

        name = self._team_name()
        unchanged = self.edition is not None or name == self._of_week.team
        if not name or (unchanged and self._team_path.is_file()):
            return
        read = [self._digests.whole(counted_anew(self.history, entry, self.period)) for entry in self.counting.values()]
        self._digests.all_read()
        team = self._put_together([summary for summary, _ in read])
        self._team = name, team
        behind = (read.pop()[1] for _ in team.members)  # held here no longer: a large branch's workbook needs the room
        with made_anew(self._team_path) as beside:
            write_team(beside, team, behind, self.period.asked_of_team.settings, self.settings.language)
        self.written.insert(0, self._team_path)

    def _note(self) -> None:
        """Take away the reports of advisors without a log, and replace the list of what is current."""
        counting = self.counting
        for advisor in set(self._of_week.members) - set(counting):
            taken_away(self.branch.report(self.week, advisor))
        if not counting:
            taken_away(self._team_path)
        for left_over in self.branch.reports(self.week).glob(f".*{TEMPORARY}"):
            left_over.unlink(missing_ok=True)
        members = {advisor: self.period.name(entry) for advisor, entry in counting.items()}
        weeks: Mapping[str, WeekEntry] = {
            **self.manifest.weeks,
            self.week: WeekEntry(self._team_name(), members, self.period.program),
        }
        logs = {file: self.entries[file] for file in self.files}
        self.manifest = Manifest(logs, dict(sorted(weeks.items())), began(self.branch.root))
        self.history.write_manifest(self.manifest)
        self.history.forget_unused(self.manifest, names_in_use(self._closed))

    @cached_property
    def _closed(self) -> dict[str, Edition]:
        """The closed weeks: nobody closes one while the folder is held for writing."""
        return closed_weeks(self.branch)

    # --- What it shows ---

    def _late_of(self, found: Sequence[LateOf]) -> tuple[Late, ...]:
        """Return the late rows that the week's team workbook lists: of the weeks its trend shows."""
        earliest = weeks_until(self.week)[0]
        return tuple(row for one in found if one.week >= earliest for row in one.rows)

    def team(self) -> TeamSummary | None:
        """Return the branch's summary, of its advisors' digests."""
        name = self._team_name()
        if not name:
            return None
        if self._team is None or self._team[0] != name:
            made = [self.period.name(entry) for entry in self.counting.values()]
            members = [self._digests.summary(self.history.digest(one)) for one in made]
            self._team = name, self._put_together(members)
        return self._team[1]

    def _put_together(self, members: Sequence[AdvisorSummary]) -> TeamSummary:
        team = team_of(self.settings.branch.name, members, self._found)
        correction = correction_of(team, self.reopened) if self.reopened else None
        return self._published(replace(team, late=self.late, correction=correction))

    def team_as_left(self) -> TeamSummary | None:
        """Return the summary of the digests the last refresh noted, None where they are not all there, or another's."""
        week = self._of_week
        noted = week.members.values() if week.program == self.period.program else ()
        if not noted or not all(self.history.digest_path(name).is_file() for name in noted):
            return None
        members = [self._digests.summary(self.history.digest(name)) for name in noted]
        return self._published(team_of(self.settings.branch.name, members, self.findings))

    def _published(self, team: TeamSummary) -> TeamSummary:
        """Return a closed week's summary with the figures that were published, an open one's as it is."""
        return team if self.edition is None else as_published(team, self.edition)
