"""What became of a week's messages as a workbook beside them: people look there, not into folders."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from reportkit.branch.annotated import made_anew
from reportkit.branch.folder import Branch
from reportkit.branch.lock import plainly_said
from reportkit.definitions.choices import REPORT
from reportkit.definitions.text import Language
from reportkit.definitions.words import MAIL_RESULTS
from reportkit.mail import words
from reportkit.mail.outbox import OUTBOX
from reportkit.mail.send import Result, results_of
from reportkit.workbooks.cells import Page
from reportkit.workbooks.style import AMBER, GOOD, MUTED, WRONG, new_workbook, set_up_print

HEADER: Final = 3
WIDTHS: Final = (12, 22, 30, 12, 46, 46, 8, 24)
COLOURS: Final = {
    "sent": GOOD,
    "failed": WRONG,
    "no_address": WRONG,
    "unknown": AMBER,
    "new": AMBER,
    "sending": AMBER,
    "given_up": MUTED,
    "nothing": MUTED,
}


def write_results(branch: Branch, week: str, today: dt.date) -> Path:
    """Write what became of every message of a closed week to outbox/WEEK.xlsx and return its path.

    Where that file is open in Excel, which lets nobody replace it, another name is taken.
    """
    results, language = results_of(branch, week, today), branch.settings().language
    folder = branch.root / OUTBOX
    with plainly_said(folder):
        try:
            return _written(folder / f"{week}.xlsx", week, results, language)
        except PermissionError:
            return _written(folder / f"{week} {dt.datetime.now():%H%M%S}.xlsx", week, results, language)


def _written(path: Path, week: str, results: Sequence[Result], language: Language) -> Path:
    with made_anew(path) as beside:
        book, styles = new_workbook(beside, language, words.RESULTS.fill(language, week=week))
        name = MAIL_RESULTS.to(language)
        _fill(Page(book.add_worksheet(name), styles, name), week, results)
        book.close()
    return path


def counted(results: Sequence[Result], language: Language) -> str:
    """Return how many messages came to which end: `sent 11 · failed 1`."""
    counts = Counter(one.state for one in results)
    return " · ".join(f"{words.STATE[state].to(language)} {counts[state]}" for state in words.STATE if counts[state])


def _fill(page: Page, week: str, results: Sequence[Result]) -> None:
    """Fill the sheet: a message a line, those a person has to see to first."""
    sheet, language = page.sheet, page.language
    page.columns(WIDTHS)
    page.title(words.RESULTS.fill(language, week=week), counted(results, language))
    page.headings(HEADER, 0, words.RESULT_HEADINGS, numbers=(6,))
    for row, one in enumerate(sorted(results, key=lambda one: not one.failed), HEADER + 1):
        to_do = words.TO_DO[one.state].to(language)
        texts = (REPORT.labels[one.report].to(language), one.title, one.to, words.STATE[one.state].to(language))
        for at, text in enumerate((*texts, to_do, one.said)):
            look = {"font_color": COLOURS[one.state], "bold": one.failed} if at == len(texts) - 1 else {}
            page.text(row, at, text, text_wrap=True, **look)
        page.figure(row, 6, float(one.attempts), "times", "body", "ruled")
        page.text(row, 7, one.id)
        page.tall(
            row, zip((one.title, one.to or "", to_do, one.said), (WIDTHS[1], WIDTHS[2], *WIDTHS[4:6]), strict=True)
        )
    sheet.autofilter(HEADER, 0, HEADER + max(len(results), 1), len(WIDTHS) - 1)
    sheet.freeze_panes(HEADER + 1, 2)
    sheet.hide_gridlines(2)
    set_up_print(sheet, language)
    sheet.repeat_rows(HEADER)
