"""The commands that are disturbed, and the small branch each starts from."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from warnings import catch_warnings, simplefilter

from openpyxl import load_workbook

from soak.child import Outcome, command, run

TODAY = "2026-11-25"
WEEK = "2026-W47"
CALLS = "id,opened,what,state,who\n" + "".join(
    f"N{number},2026-11-{17 + number % 4} 09:{number:02}:00,trading,resolved,A00{1 + number % 2}\n"
    for number in range(20)
)
CALLS_MAP = """
[columns]
case_id = { from = "id" }
opened_at = { from = "opened" }
category = { from = "what" }
status = { from = "state" }
[split]
column = "who"
[split.logs]
A001 = "A001"
A002 = "A002"
"""


@dataclass(frozen=True)
class Job:
    """A command, and what its branch needs beforehand.

    In `arguments` `{branch}` and `{beside}` stand for the branch's folder and one beside it. `ended` are the exit codes
    of the command on a branch where it is done already.
    """

    name: str
    arguments: tuple[str, ...]
    prepare: Callable[[Path], None]
    ended: frozenset[int] = frozenset({0, 1})

    def work(self, folder: Path) -> Callable[[], int]:
        """Return the command on a folder."""
        return command(*(one.format(branch=folder / "branch", beside=folder / "beside") for one in self.arguments))


def made(folder: Path) -> None:
    """Make a branch of two advisors in a folder, not refreshed yet."""
    for name in ("tmp", "beside"):
        (folder / name).mkdir(parents=True)
    _done(run(lambda: _demo(folder / "branch"), folder))


def _demo(branch: Path) -> int:
    from reportkit.demo import write_demo

    write_demo(branch, advisors=2, weeks=1, today=dt.date.fromisoformat(TODAY), language="en")
    return 0


def _done(outcome: Outcome) -> None:
    """Raise where a step of the preparation failed."""
    if outcome.code not in (0, 1):
        raise RuntimeError(outcome.said)


def _nothing(folder: Path) -> None:
    """Leave the branch as it was made."""


def _refreshed(folder: Path) -> None:
    _done(run(command("refresh", str(folder / "branch"), "--week", WEEK, "--as-of", TODAY), folder))


def _one_log_changed(folder: Path) -> None:
    """Refresh, then let one advisor's log be another's of the same name."""
    _refreshed(folder)
    _export(folder)
    _done(run(IMPORT.work(folder), folder))


def _export(folder: Path) -> None:
    (folder / "beside" / "calls.csv").write_text(CALLS, "utf-8")
    (folder / "beside" / "calls.toml").write_text(CALLS_MAP, "utf-8")


def _published(folder: Path) -> None:
    """Let the branch keep all a branch may keep of a customer: history, reports, backups, archives, a published week.

    Somebody else is erased before: the key of the register is drawn at random when the first one is.
    """
    _one_log_changed(folder)
    _done(run(RENEW.work(folder), folder))
    _done(run(CLOSE.work(folder), folder))
    _done(run(command("erase", str(folder / "branch"), "C01048", "--as-of", TODAY), folder))


def _older(folder: Path) -> None:
    """Let the logs be of an older template."""
    for log in sorted((folder / "branch" / "logs").iterdir()):
        with catch_warnings():
            simplefilter("ignore")  # openpyxl keeps no extensions of conditional formats; here it need not
            book = load_workbook(log)
        properties = book.custom_doc_props
        properties["ReportkitTemplateVersion"].value = "0.9"
        if "ReportkitMadeOf" in properties.names:
            del properties["ReportkitMadeOf"]
        book.save(log)


def _late(folder: Path) -> None:
    """Publish a week, then let rows of it come late."""
    _refreshed(folder)
    _done(run(CLOSE.work(folder), folder))
    _export(folder)
    _done(run(IMPORT.work(folder), folder))
    _refreshed(folder)


def _reopened(folder: Path) -> None:
    _late(folder)
    _done(run(REOPEN.work(folder), folder))


def _exported(folder: Path) -> None:
    _refreshed(folder)
    _export(folder)


IMPORT = Job(
    "import",
    ("import", "cases", "{beside}/calls.csv", "--into", "{branch}", "--map", "{beside}/calls.toml", "--as-of", TODAY),
    _exported,
)
CLOSE = Job("close", ("close", "{branch}", "--week", WEEK, "--as-of", TODAY), _one_log_changed, frozenset({0, 2}))
REOPEN = Job(
    "reopen",
    ("reopen", "{branch}", "--week", WEEK, "--why", "calls were missing", "--as-of", TODAY),
    _late,
    frozenset({0, 2}),
)
RENEW = Job("renew", ("renew", "{branch}", "--before", TODAY, "--as-of", TODAY), _refreshed)
JOBS: tuple[Job, ...] = (
    Job("refresh", ("refresh", "{branch}", "--week", WEEK, "--as-of", TODAY), _nothing),
    Job("refresh of changed logs", ("refresh", "{branch}", "--week", WEEK, "--as-of", TODAY), _one_log_changed),
    CLOSE,
    REOPEN,
    Job("close anew", ("close", "{branch}", "--week", WEEK, "--as-of", TODAY), _reopened, frozenset({0, 2})),
    Job(
        "rollup",
        ("rollup", "{branch}", "--week", WEEK, "--out", "{beside}/all.xlsx", "--as-of", TODAY),
        _one_log_changed,
    ),
    IMPORT,
    Job("handover", ("handover", "{branch}", "--from", "A001", "--to", "A002", "--as-of", TODAY), _refreshed),
    Job("upgrade", ("upgrade", "{branch}"), _older),
    RENEW,
    Job("erase", ("erase", "{branch}", "C01026", "--logs", "--as-of", TODAY), _published),
)


def copied(start: Path, folder: Path) -> Path:
    """Return a copy of a folder, its files as old as they were."""
    return shutil.copytree(start, folder)
