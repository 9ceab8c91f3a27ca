"""The measurements: each returns seconds or bytes; ratios are made of those of one run."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from python_calamine import CalamineWorkbook

from benchmarks.branches import TODAY, WEEK
from benchmarks.competent import figures
from reportkit.branch.folder import Branch
from reportkit.branch.refresh import refresh
from reportkit.branch.workers import workers_of
from reportkit.definitions.forms import FORMS
from reportkit.settings.calendars import week_span

KILO = 1024


def seconds(work: Callable[..., object], *given: object) -> float:
    """Return the processor time of a piece of work, its children's included: a busy machine does not show in it."""
    started = sum(os.times()[:4])
    work(*given)
    return sum(os.times()[:4]) - started


def wall_seconds(work: Callable[..., object], *given: object) -> float:
    """Return how long a piece of work takes, whoever does it."""
    started = time.perf_counter()
    work(*given)
    return time.perf_counter() - started


def merely_read(logs: Iterable[Path]) -> None:
    """Read the sheets of the forms to Python lists with calamine, and nothing else."""
    labels = {form.label.zh_cn for form in FORMS.values()}
    for log in logs:
        book = CalamineWorkbook.from_path(str(log))
        for name in book.sheet_names:
            if name in labels:
                book.get_sheet_by_name(name).to_python()


def competently(logs: Iterable[Path]) -> None:
    """Do what a competent user would write, for the same week."""
    for log in logs:
        figures(log, week_span(WEEK).start, TODAY)


def refreshed(branch: Branch, workers: int = 1) -> None:
    """Refresh a branch."""
    with workers_of(workers) as there:
        refresh(branch, WEEK, TODAY, workers=there)


def apart(branch: Branch) -> tuple[int, float]:
    """Return the peak memory in bytes and the processor time of a refresh in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.measures", str(branch.root)]
    peak, used = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return int(peak), float(used)


def main() -> None:
    """Refresh the branch named on the command line; print the peak memory and the processor time.

    The memory is that of this process and of the one that reads, though much of it they share.
    """
    used = seconds(refreshed, Branch(Path(sys.argv[1])))
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(sum(peaks) * KILO, used)


if __name__ == "__main__":
    main()
