"""A branch's logs, read for a command that answers from their rows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from reportkit.cli.branch_commands import branch_of, no_logs, progress_bar
from reportkit.cli.language import say, spoken

if TYPE_CHECKING:
    from reportkit.definitions.findings import Finding
    from reportkit.settings.branch_settings import Settings
    from reportkit.summary.summaries import Work


def works_of(folder: Path, today: dt.date, *, quiet: bool, needed: bool = True) -> tuple[Settings, list[Work]]:
    """Return a branch's settings and what its readable logs give, one log an advisor.

    Logs that do not count are named on standard error. Raise BadParameter where logs are needed and none counts.
    """
    from reportkit.cli.output import tell
    from reportkit.definitions.findings import Place, finding
    from reportkit.read.parsing import read_many
    from reportkit.summary.flow import usable, work_from_raw

    branch = branch_of(folder)
    settings = branch.settings()
    works: dict[str, Work] = {}
    told: list[Finding] = []
    logs = branch.logs()
    with progress_bar(say("读取日志", "讀取日誌", "Reading logs"), quiet=quiet) as step:
        for at, raw in enumerate(read_many(logs, workers=1)):  # apart: others' files, which may end what reads them
            step(at, len(logs), raw.file)
            work = work_from_raw(raw, settings, today)
            advisor = work.facts.advisor_id
            if not usable(work.book):
                told += work.book.findings
            elif advisor in works:
                other = works[advisor].book.file
                told.append(finding("file.conflict", Place(raw.file), advisor=advisor, other=other))
            else:
                works[advisor] = work
    for found in told:
        tell(f"{found.place.file}: {found.message(spoken())}")
    if needed and not works:
        raise typer.BadParameter(no_logs(branch))
    return settings, list(works.values())
