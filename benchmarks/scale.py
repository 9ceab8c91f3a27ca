"""What a log costs at 50, 200 and 1,000 of them, and what that makes of 300 branches over years.

`python -m benchmarks.scale [--logs 50,200,1000]` measures, and writes the section of docs/scale.md between its marks.
Every figure of the plan is computed from the measured ones.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.branches import TODAY, WEEK, branch_of, fill, for_advisor
from benchmarks.measures import apart, refreshed, seconds
from reportkit.branch.closing import close
from reportkit.branch.folder import TEAM_FILE, Branch
from reportkit.branch.refresh import as_left
from reportkit.settings.calendars import week_name
from reportkit.summary.rollup import branch_week, roll_up

PAGE: Final = Path(__file__).parent.parent / "docs" / "scale.md"
BEGIN, END = "<!-- measured: make bench-scale -->", "<!-- end of what was measured -->"
BRANCHES, ADVISORS, YEARS = 300, 50, 5
WEEKS_A_YEAR, DAYS_A_WEEK = 52, 5
ROWS: Final = 7500  # activities of a measured log; an advisor who meets the daily targets writes about 4,000 a year
ROWS_A_YEAR: Final = 4000
CLOSED: Final = 12  # weeks closed in the branch whose next day is measured
MEGA, GIGA, TERA = 1e6, 1e9, 1e12


@dataclass(frozen=True)
class Cost:
    """What a branch of so many logs costs: processor seconds, peak bytes of memory, bytes on disk."""

    logs: int
    cold: float
    nothing: float
    one_changed: float
    roll_up: float
    peak: float
    log_bytes: float
    facts: float
    digests: float
    reports: float
    team: float

    def of_one(self, whole: float) -> float:
        """Return a log's part of a whole."""
        return whole / self.logs


def size(files: Iterable[Path]) -> float:
    """Return how many bytes files hold together."""
    return float(sum(path.stat().st_size for path in files))


def measured(folder: Path, logs: int) -> Cost:
    """Measure a branch of so many large logs, the cold refresh in a process of its own."""
    branch = branch_of(logs, folder / str(logs))
    peak, cold = apart(branch)
    refreshed(branch)
    nothing = min(seconds(refreshed, branch) for _ in range(3))
    changed, donor = branch.logs()[:2]
    for_advisor(donor, changed.stem, changed, donor.stem)
    one = seconds(refreshed, branch)
    team = branch.reports(WEEK) / TEAM_FILE
    history = branch.root / "history"
    return Cost(
        logs, cold, nothing, one, seconds(_rolled_up, branch), peak,
        size(branch.logs()), size((history / "facts").iterdir()), size((history / "digests").iterdir()),
        size(branch.reports(WEEK).glob("A*.xlsx")), size([team]),
    )  # fmt: skip


def _rolled_up(branch: Branch) -> None:
    roll_up(WEEK, [branch_week(as_left(branch, WEEK, TODAY))])


def after_closing(folder: Path, logs: int, weeks: int) -> tuple[float, float]:
    """Return the seconds of a day's refresh, a row added to all logs, before and after so many weeks were closed."""
    branch = branch_of(logs, folder / "closing", missing=4)
    refreshed(branch)
    before = _a_day(branch, missing=3)
    for back in range(weeks, 0, -1):
        close(branch, week_name(TODAY - dt.timedelta(weeks=back)), TODAY)
    _a_day(branch, missing=2)  # the first day after closing reads once what was published
    return before, _a_day(branch, missing=1)


def _a_day(branch: Branch, missing: int) -> float:
    """Let every log grow, until so many rows are missing, and return the seconds of the refresh."""
    fill(branch, missing=missing)
    return seconds(refreshed, branch)


def table(costs: Sequence[Cost]) -> list[str]:
    """Return what was measured as a Markdown table."""
    rows: list[tuple[str, list[str]]] = [
        ("cold refresh, processor seconds a log", [f"{one.of_one(one.cold):.2f}" for one in costs]),
        ("one changed log, processor seconds", [f"{one.one_changed:.2f}" for one in costs]),
        ("nothing changed, processor seconds", [f"{one.nothing:.2f}" for one in costs]),
        ("roll-up as left, milliseconds a log", [f"{one.of_one(one.roll_up) * 1000:.1f}" for one in costs]),
        ("peak memory, MB", [f"{one.peak / MEGA:.0f}" for one in costs]),
        ("a log, kB", [f"{one.of_one(one.log_bytes) / 1000:.0f}" for one in costs]),
        ("its rows in history, kB", [f"{one.of_one(one.facts) / 1000:.0f}" for one in costs]),
        ("its digest of a week, kB", [f"{one.of_one(one.digests) / 1000:.0f}" for one in costs]),
        ("its report of a week, kB", [f"{one.of_one(one.reports) / 1000:.0f}" for one in costs]),
        ("team.xlsx, MB", [f"{one.team / MEGA:.1f}" for one in costs]),
    ]
    head = "| logs in the branch | " + " | ".join(f"{one.logs:,}" for one in costs) + " |"
    return [head, "|---|" + "---|" * len(costs), *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows)]


def plan(cost: Cost) -> list[str]:
    """Return what 300 branches need, as a Markdown table: computed from the cost of a log of `ROWS` rows."""
    logs = BRANCHES * ADVISORS
    growth = YEARS * ROWS_A_YEAR / ROWS
    seconds_a_log, kept = cost.of_one(cost.cold), cost.of_one(cost.facts)
    digest, report, log = (cost.of_one(one) for one in (cost.digests, cost.reports, cost.log_bytes))
    weeks = YEARS * WEEKS_A_YEAR
    halfway = growth / 2  # what is kept of a week is as long as the logs were then
    daily_read, daily_written = logs * log, logs * (kept + digest + report)
    facts_kept = logs * weeks * kept * halfway
    rows = [
        ("logs", f"{logs:,}"),
        ("a night's refresh, all logs changed", f"{logs * seconds_a_log / 3600:.1f} processor hours"),
        ("the same when logs hold five years", f"{logs * seconds_a_log * growth / 3600:.1f} processor hours"),
        ("cores to be done in an hour, then", f"{logs * seconds_a_log * growth / 3600:.0f}"),
        ("memory a core", f"{cost.peak / MEGA:.0f} MB, {cost.peak * growth / MEGA:.0f} MB with five years"),
        (
            "read from shares a night",
            f"{daily_read / GIGA:.0f} GB, {daily_read * growth / GIGA:.0f} GB with five years",
        ),
        ("written to shares a night", f"{daily_written / GIGA:.0f} GB"),
        ("bandwidth for an hour's night, five years", f"{daily_read * growth / 3600 / MEGA * 8:.0f} Mbit/s read"),
        ("rows of closed weeks, kept for five years", f"{facts_kept / TERA:.1f} TB"),
        ("digests of those weeks", f"{logs * weeks * digest / TERA:.1f} TB"),
        ("reports of those weeks", f"{(logs * report + BRANCHES * cost.team) * weeks / TERA:.1f} TB"),
        ("the same, a branch", f"{(facts_kept + logs * weeks * (digest + report)) / BRANCHES / GIGA:.0f} GB"),
        ("roll-up of all branches as left", f"{logs * cost.of_one(cost.roll_up) / 60:.1f} minutes on one core"),
        ("weekly mail", f"{logs:,} messages, {logs * report * 4 / 3 / GIGA:.1f} GB"),
    ]
    head = f"| {BRANCHES} branches × {ADVISORS} advisors × {YEARS} years | |"
    return [head, "|---|---|", *(f"| {name} | {value} |" for name, value in rows)]


def section(costs: Sequence[Cost], days: tuple[float, float], logs: int) -> str:
    """Return the section of docs/scale.md."""
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    before, after = days
    lines = [
        f"A log of {ROWS:,} activities, 300 customers and 500 cases; {machine}. Times are of the processor:",
        "a busy machine hardly shows in them.",
        "",
        *table(costs),
        "",
        f"A day on which all of {logs} logs gained a row: {before:.1f} s before any week is closed, {after:.1f} s with",
        f"{CLOSED} closed weeks to look through for late rows.",
        "",
        *plan(costs[-1]),
    ]
    return "\n".join(lines)


def write(written: str) -> None:
    """Put what was measured into docs/scale.md."""
    before, rest = PAGE.read_text("utf-8").split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n\n{written}\n\n{END}{rest.split(END)[1]}", "utf-8")


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    options.add_argument("--logs", default="50,200,1000", help="how many logs, one branch each")
    options.add_argument("--closing", type=int, default=10, help="logs of the branch whose weeks are closed")
    options.add_argument("--no-page", action="store_true", help="print only")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="reportkit-scale-") as made:
        days = after_closing(Path(made), given.closing, CLOSED)
        costs: list[Cost] = []
        for logs in map(int, given.logs.split(",")):
            costs.append(measured(Path(made), logs))
            written = section(costs, days, given.closing)
            print(written, flush=True)
            if not given.no_page:  # after each: the largest takes long
                write(written)


if __name__ == "__main__":
    main()
