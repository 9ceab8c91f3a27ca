"""A week refreshed in an open log against the same week from the closed one: the same figures, written to a file."""

from __future__ import annotations

from pathlib import Path

import psutil
import xlwings as xw

from benchmarks.branches import TODAY, WEEK, branch_of
from benchmarks.measures import seconds
from reportkit.settings.nearby import settings_near
from reportkit.summary.flow import work_from_file
from reportkit.summary.summaries import summarise
from reportkit.workbooks.report import write_advisor_report
from reportkit_addin.libreoffice_button import speak_libreoffice
from reportkit_addin.scripts import run

TIMES = 8  # the least of so many: other work on the machine only ever adds


def in_the_terminal(log: Path, report: Path) -> None:
    """Read a closed log and write its week's report."""
    settings = settings_near(log)
    work = work_from_file(log, settings, TODAY)
    write_advisor_report(report, summarise(work, settings, WEEK, TODAY), work, settings, settings.language)


def live_and_closed(folder: Path) -> tuple[float, float]:
    """Return the processor time of *Refresh my week* in LibreOffice, the office's included, and of the terminal's."""
    branch = branch_of(1, folder / "live")
    (log,) = branch.logs()
    live: list[float] = []
    closed: list[float] = []
    speak_libreoffice()
    app = xw.App(visible=False)
    try:
        book = app.books.open(str(log))
        for _ in range(TIMES):  # by turns, for the machine is faster at one time than at another
            live.append(_of_both(app.pid, book))
            closed.append(seconds(in_the_terminal, log, folder / "report.xlsx"))
    finally:
        app.quit()
    return min(live), min(closed)


def _of_both(office: int, book: xw.Book) -> float:
    """Return the processor time of a refresh in this process and in the office."""
    before = psutil.Process(office).cpu_times()
    ours = seconds(run, "week", book, TODAY)
    after = psutil.Process(office).cpu_times()
    return ours + after.user + after.system - before.user - before.system
