"""Measure each bar and write docs/benchmarks.md: `python -m benchmarks [--logs 50] [--many 500] [--most 1000]`."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.branches import DIFFERENT, branch_of, for_advisor, forget
from benchmarks.live import live_and_closed
from benchmarks.measures import agree, apart, competently, merely_read, refreshed, seconds, wall_seconds
from benchmarks.plain import report_and_plain

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"


@dataclass(frozen=True)
class Figure:
    """One bar: what is measured, what it must reach, what it did."""

    name: str
    bar: str
    measured: float
    met: bool
    said: str


def at_most(name: str, bar: float, measured: float, said: str) -> Figure:
    return Figure(name, f"≤ {bar:g}", measured, measured <= bar, said)


def at_least(name: str, bar: float, measured: float, said: str) -> Figure:
    return Figure(name, f"≥ {bar:g}", measured, measured >= bar, said)


def of_a_branch(folder: Path, logs: int) -> Iterator[Figure]:
    """Yield the bars of one branch: cold, warm, two workers."""
    branch = branch_of(logs, folder / "branch")
    refreshed(branch)  # what is loaded once is loaded
    floor = min(seconds(merely_read, branch.logs()) for _ in range(2))
    colds: list[float] = []
    walls: list[float] = []
    for _ in range(2):
        forget(branch)
        walls.append(wall_seconds(lambda: colds.append(seconds(refreshed, branch))))
    cold, wall = min(colds), min(walls)
    yield at_most(
        "Cold refresh ÷ calamine merely reading", 2.0, cold / floor, f"{cold:.2f} s ÷ {floor:.2f} s, {logs} logs"
    )
    nothing = min(seconds(refreshed, branch) for _ in range(3))
    yield at_most("Nothing changed ÷ cold", 0.03, nothing / cold, f"{nothing:.3f} s ÷ {cold:.2f} s")
    one: list[float] = []
    for number in range(2, 14, 2):
        changed, donor = branch.logs()[number % logs], branch.logs()[(number + 1) % logs]
        for_advisor(donor, changed.stem, changed, donor.stem)
        one.append(seconds(refreshed, branch))
    yield at_most(f"1 of {logs} logs changed ÷ cold", 0.06, min(one) / cold, f"{min(one):.3f} s ÷ {cold:.2f} s")
    forget(branch)
    two = wall_seconds(refreshed, branch, 2)
    yield at_most("2 workers ÷ 1", 0.65, two / wall, f"{two:.2f} s ÷ {wall:.2f} s of wall time, {os.cpu_count()} cores")


def against_a_script(folder: Path, few: int) -> Iterator[Figure]:
    """Yield how many times longer a competent user's script takes."""
    for office, bar, said in ((False, 4.0, "logs as written"), (True, 8.0, "logs saved by LibreOffice")):
        branch = branch_of(few, folder / said, office=office)
        refreshed(branch)
        colds: list[float] = []
        scripts: list[float] = []
        for _ in range(2):  # by turns, for the machine is faster at one time than at another
            forget(branch)
            colds.append(seconds(refreshed, branch))
            scripts.append(seconds(competently, branch.logs()))
        cold, script = min(colds), min(scripts)
        agree(branch.logs()[:DIFFERENT])
        yield at_least(
            f"A competent script ÷ cold refresh, {said}",
            bar,
            script / cold,
            f"{script:.2f} s ÷ {cold:.2f} s, {few} logs",
        )


def of_a_report(folder: Path) -> Iterator[Figure]:
    """Yield the bar of one advisor's report."""
    ours, plain, cells = report_and_plain(branch_of(1, folder / "report"), folder)
    yield at_most(
        "One report, from figures to file ÷ XlsxWriter plainly writing as much",
        1.5,
        ours / plain,
        f"{ours * 1000:.0f} ms ÷ {plain * 1000:.0f} ms, {cells} cells",
    )


def of_live(folder: Path) -> Iterator[Figure]:
    """Yield how many times longer a week takes in an open log."""
    live, closed = live_and_closed(folder)
    yield at_most(
        "*Refresh my week* in live LibreOffice ÷ in the terminal", 3.0, live / closed, f"{live:.2f} s ÷ {closed:.2f} s"
    )


def of_many(folder: Path, logs: int, many: int, most: int) -> Iterator[Figure]:
    """Yield the bars of many logs: memory, and the cost of each log.

    A thousand logs take minutes, in which the machine gets slower or faster: the few are measured before and after.
    """
    measured = {count: apart(branch_of(count, folder / f"{count} logs")) for count in sorted({logs, many, most})}
    peak, again = apart(branch_of(logs, folder / f"{logs} logs again"))
    measured[logs] = max(peak, measured[logs][0]), (again + measured[logs][1]) / 2
    peaks = {count: peak / 1e6 for count, (peak, _) in measured.items()}
    costs = {count: used / count for count, (_, used) in measured.items()}
    said = f"{peaks[many]:.0f} MB ÷ {peaks[logs]:.0f} MB"
    yield at_most(f"Peak memory at {many} ÷ at {logs} logs", 1.2, peaks[many] / peaks[logs], said)
    said = f"{costs[most]:.3f} s ÷ {costs[logs]:.3f} s"
    yield at_most(f"Cost of a log at {most:,} ÷ at {logs} logs", 1.1, costs[most] / costs[logs], said)


def page(figures: list[Figure]) -> str:
    """Return docs/benchmarks.md."""
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    busy = f"{os.getloadavg()[0] / (os.cpu_count() or 1):.1f} processes a core were running"
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench` (`python -m benchmarks`). A log has 7,500 activities × 12 columns, 300 customers and",
        "500 cases. Refreshes follow one another in one process, as those of `watch` do; memory and cost",
        "are of processes of their own.",
        f"Ratios of processor time in one run (of wall time for two workers), on {machine}; {busy}.",
        "",
        "| figure | bar | measured | | seconds or memory |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.name} | {one.bar} | {one.measured:.3g} | {'✓' if one.met else '✗'} | {one.said} |" for one in figures
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("--logs", type=int, default=50, help="logs of a branch")
    options.add_argument("--many", type=int, default=500, help="logs of a branch for its memory; 0 to leave it out")
    options.add_argument("--most", type=int, default=1000, help="logs of a branch for its cost")
    options.add_argument("--few", type=int, default=50, help="logs for the script; 0 to leave it out")
    options.add_argument("--no-page", action="store_true", help="print only")
    given = options.parse_args()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="reportkit-bench-") as made:
        folder = Path(made)
        parts = [of_a_branch(folder, given.logs)]
        parts += [of_a_report(folder)]
        parts += [against_a_script(folder, given.few)] if given.few else []
        parts += [of_live(folder)]
        parts += [of_many(folder, given.logs, given.many, given.most)] if given.many else []
        for part in parts:
            for one in part:
                figures.append(one)
                print(
                    f"{'✓' if one.met else '✗'} {one.name}: {one.measured:.3g} (bar {one.bar}; {one.said})", flush=True
                )
    if not given.no_page:
        PAGE.write_text(page(figures), "utf-8")


if __name__ == "__main__":
    main()
