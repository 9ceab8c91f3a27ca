"""The measurements: each returns seconds or bytes; ratios are made of those of one run."""

from __future__ import annotations

import math
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import psutil
from python_calamine import CalamineWorkbook

from benchmarks.branches import TODAY, WEEK
from benchmarks.competent import figures
from reportkit.branch.folder import Branch
from reportkit.branch.refresh import refresh
from reportkit.branch.workers import workers_of
from reportkit.definitions.forms import FORMS
from reportkit.settings.branch_settings import default_settings
from reportkit.settings.calendars import week_span
from reportkit.summary.flow import work_from_file
from reportkit.summary.summaries import summarise

MOMENT = 0.05  # seconds between two looks at the memory


def seconds(work: Callable[..., object], *given: object) -> float:
    """Return the processor time of a piece of work, its children's included: a busy machine does not show in it."""
    started = _used()
    work(*given)
    return _used() - started


def _used() -> float:
    """Return the processor time used so far; the system's other clock counts hundredths of a second only."""
    counts = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in counts)


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


def agree(logs: Sequence[Path]) -> None:
    """Raise ValueError unless the script's figures are reportkit's: only then do they do the same work."""
    settings = default_settings("zh-CN")
    for log in logs:
        summary = summarise(work_from_file(log, settings, TODAY), settings, WEEK, TODAY)
        for code, figure in figures(log, week_span(WEEK).start, TODAY).items():
            one = summary.of(code)
            value = math.nan if one is None or one.value is None else one.value
            if not math.isclose(value, figure, abs_tol=1e-9) and not (math.isnan(value) and math.isnan(figure)):
                raise ValueError(f"{log.name}: {code} is {value}, the script says {figure}")


def refreshed(branch: Branch, workers: int = 1) -> None:
    """Refresh a branch."""
    with workers_of(workers) as there:
        refresh(branch, WEEK, TODAY, workers=there)


def apart(branch: Branch) -> tuple[int, float]:
    """Return the peak memory in bytes and the processor time of a refresh in a process of its own.

    The memory is what the process and those it starts hold together at one moment, shared pages once.
    """
    command = [sys.executable, "-m", "benchmarks.measures", str(branch.root)]
    peak = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        while run.poll() is None:
            peak = max(peak, _held(psutil.Process(run.pid)))
            time.sleep(MOMENT)
        assert run.stdout is not None
        used = run.stdout.read()
    if run.returncode:
        raise subprocess.CalledProcessError(run.returncode, command)
    return peak, float(used)


def _held(process: psutil.Process) -> int:
    """Return what a process and its children hold; nothing of one that is just ending."""
    held = 0
    try:
        for one in (process, *process.children(recursive=True)):
            held += one.memory_full_info().pss
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0
    return held


def main() -> None:
    """Refresh the branch named on the command line; print the processor time."""
    print(seconds(refreshed, Branch(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
