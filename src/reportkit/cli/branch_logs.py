"""A branch's logs, read for a command that answers from their rows."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from reportkit.cli.branch_commands import branch_of, no_logs, progress_bar
from reportkit.cli.language import say, spoken
from reportkit.cli.options import UNLOCKS

if TYPE_CHECKING:
    from reportkit.definitions.findings import Finding
    from reportkit.settings.branch_settings import Settings
    from reportkit.summary.summaries import Work


def works_of(folder: Path, today: dt.date, *, quiet: bool, needed: bool = True) -> tuple[Settings, list[Work]]:
    """Return a branch's settings and what its readable logs give, one log an advisor.

    Protected ones are opened with the password the environment gives. Logs that do not count are named on standard
    error. Raise BadParameter where logs are needed and none counts.
    """
    from reportkit.cli.output import tell
    from reportkit.definitions.findings import Place, finding
    from reportkit.read.parsing import read_many
    from reportkit.summary.flow import usable, work_from_raw

    branch = branch_of(folder)
    settings = branch.settings()
    works: list[Work] = []
    told: list[Finding] = []
    logs = branch.logs()
    with progress_bar(say("读取日志", "讀取日誌", "Reading logs"), quiet=quiet) as step:
        # Apart: others' files, which may end what reads them
        for at, raw in enumerate(read_many(logs, password=os.environ.get(UNLOCKS), workers=1)):
            step(at, len(logs), raw.file)
            work = work_from_raw(raw, settings, today)
            works.append(work)
            if not usable(work.book):
                told += work.book.findings
            elif not work.facts.advisor_id:
                told.append(finding("advisor.unknown", Place(raw.file), advisor="?"))
    counting, conflicts = one_an_advisor(works, settings)
    for found in sorted((*told, *conflicts), key=lambda one: one.place.file):
        tell(f"{found.place.file}: {found.message(spoken())}")
    if needed and not counting:
        raise typer.BadParameter(no_logs(branch))
    return settings, counting


def one_an_advisor(works: Sequence[Work], settings: Settings) -> tuple[list[Work], list[Finding]]:
    """Return the logs that count, as in a refresh, and a finding for each other log of an advisor.

    What is nobody's is neither.
    """
    from reportkit.branch.copies import conflict, counting_of, stand_ins
    from reportkit.summary.flow import usable

    named = [work for work in works if work.facts.advisor_id and usable(work.book)]
    counts = counting_of(((work.book.file, work.facts.advisor_id) for work in named), settings)
    counting: list[Work] = []
    conflicts: list[Finding] = []
    for work in named:
        advisor, file = work.facts.advisor_id, work.book.file
        if file == counts[advisor]:
            counting.append(work)
        else:
            conflicts.append(conflict(file, counts[advisor], advisor, settings))
    unread = [found for work in works if not usable(work.book) for found in work.book.findings]
    return counting, [*conflicts, *stand_ins(unread, counts)]
