"""What messages are made of: a week's reports as the last refresh, or the closing, left them."""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from reportkit.branch.digests import Digests
from reportkit.branch.folder import TEAM_FILE, Branch
from reportkit.branch.history import History
from reportkit.branch.run import Run
from reportkit.definitions.errors import MendInput
from reportkit.definitions.privacy import PERSONAL
from reportkit.mail.masking import Mask
from reportkit.mail.own_words import labels
from reportkit.mail.recipients import Delivery
from reportkit.mail.words import CHANGED_SINCE, NO_REPORTS, NOT_CLOSED
from reportkit.settings.branch_settings import Settings
from reportkit.summary.backing import Backing
from reportkit.summary.changes import Late
from reportkit.summary.summaries import AdvisorSummary, TeamSummary, team_of


@dataclass(frozen=True)
class Material:
    """A week of a branch: every advisor's summary and what stands behind it, and the workbooks made of them.

    `settings` are those the figures were made with, `addresses` today's: people and their addresses change. `facts`
    names what history keeps of the logs, `today` is the day the messages are made.
    """

    branch: Branch
    week: str
    settings: Settings
    addresses: Settings
    members: Mapping[str, AdvisorSummary]
    backings: Mapping[str, Backing]
    facts: tuple[str, ...]
    today: dt.date
    late: tuple[Late, ...] = ()

    def team(self, delivery: Delivery) -> TeamSummary:
        """Return the summary of the advisors a report is about."""
        team = team_of(delivery.title, [self.members[advisor] for advisor in delivery.members])
        return replace(team, late=tuple(row for row in self.late if row.advisor_id in delivery.members))

    def version(self, delivery: Delivery) -> str:
        """Return a fingerprint of the published workbooks a report stands on: it changes only when they do."""
        digest = hashlib.sha256()
        for advisor in delivery.members:
            digest.update(self.branch.report(self.week, advisor).read_bytes())
        return digest.hexdigest()

    def workbook(self, delivery: Delivery) -> bytes:
        """Return the workbook for a recipient: only their rows, and masked unless the customers are their own."""
        if delivery.report == "advisor":
            content = self.branch.report(self.week, delivery.who).read_bytes()
        elif set(delivery.members) == set(self.members):
            content = (self.branch.reports(self.week) / TEAM_FILE).read_bytes()
        else:
            content = self._team_workbook(delivery)
        return content if delivery.own else self.mask.workbook(content)

    def _team_workbook(self, delivery: Delivery) -> bytes:
        from reportkit.workbooks.team import write_team

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / TEAM_FILE
            write_team(path, self.team(delivery), self.backings.values(), self.settings, self.settings.language)
            return path.read_bytes()

    @cached_property
    def mask(self) -> Mask:
        """What hides the branch's customers: their ids and numbers as they stand in the logs, right or wrong."""
        return Mask(self._personal(), labels(self.settings))

    def _personal(self) -> Iterable[str]:
        history = History(self.branch.root)
        for name in self.facts:
            for table in history.book(name).tables.values():
                for code in PERSONAL & set(table.form.column):
                    yield from table.columns[code].entries
        for member in self.members.values():
            for found in member.findings:
                if found.value and found.place.column and found.place.column.code in PERSONAL:
                    yield found.value


def must_be_closed(branch: Branch, week: str, today: dt.date) -> None:
    """Raise MendInput where a week is not published: it cannot be sent, whatever server there is."""
    if Run(branch, week, today, None, lambda at, of, name: None).edition is None:
        raise MendInput(NOT_CLOSED, week=week, folder=branch.root)


def material_of(branch: Branch, week: str, today: dt.date, *, draft: bool = False) -> Material:
    """Return what a week's messages are made of.

    Raise MendInput where the week is not closed (but for a draft), or not made, or made before something changed.
    """
    history, run = History(branch.root), Run(branch, week, today, None, lambda at, of, name: None)
    if run.edition is None and not draft:
        raise MendInput(NOT_CLOSED, week=week, folder=branch.root)
    names = {advisor: run.period.name(entry) for advisor, entry in run.counting.items()}
    needed = [branch.reports(week) / TEAM_FILE]
    needed += [branch.report(week, advisor) for advisor in names]
    needed += [history.digest_path(name) for name in names.values()]
    if not names or not all(path.is_file() for path in needed):
        raise MendInput(NO_REPORTS, week=week, folder=branch.root)
    if run.edition is None and run.stale:
        raise MendInput(CHANGED_SINCE, week=week, folder=branch.root)
    digests = Digests(run.period)
    read = {advisor: digests.whole(history.digest(name)) for advisor, name in names.items()}
    return Material(
        branch=branch,
        week=week,
        today=today,
        settings=run.settings,
        addresses=branch.settings() if run.edition else run.settings,
        members={advisor: summary for advisor, (summary, _) in read.items()},
        backings={advisor: backing for advisor, (_, backing) in read.items()},
        late=run.late,
        facts=tuple(sorted({entry.facts for entry in (*run.counting.values(), *run.current.values())})),
    )
