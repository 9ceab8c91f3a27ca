"""The manager's mail buttons: see the messages of a week as drafts, and send them after a yes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

import xlwings as xw

from reportkit.definitions.choices import REPORT
from reportkit.definitions.text import Language
from reportkit.mail.send import Result, send, write_drafts
from reportkit.mail.server import server_from
from reportkit.mail.words import STATE
from reportkit.workbooks.style import TEXT
from reportkit_addin import sentences as say
from reportkit_addin.lists import open_list
from reportkit_addin.team import InStatusBar, branch_of, week_of

Ask = Callable[[str], bool]  # a question → whether the answer is yes
WIDTHS: Final = (22, 22, 30, 16, 60)


def preview_mail(book: xw.Book, today: dt.date) -> str:
    """Write a week's messages as drafts and list them in a new workbook; nothing is sent."""
    branch, week = branch_of(book), week_of(book, today)
    language = branch.settings().language
    results, written = write_drafts(branch, week, today)
    line = say.DRAFTS.fill(language, week=week, count=len(written), folder=written[0].parent if written else "—")
    return _listed(book.app, line, results, language)


def send_mail(book: xw.Book, today: dt.date, ask: Ask) -> str:
    """Send a closed week's messages after a yes; what was sent before is not sent again."""
    branch, week = branch_of(book), week_of(book, today)
    language = branch.settings().language
    server = server_from()
    if not ask(say.REALLY_SEND.fill(language, week=week)):
        return say.NOT_SENT.fill(language, week=week)
    results = send(branch, week, today, server, progress=InStatusBar(book.app, language, say.AT_LETTER))
    counts = Counter(STATE[one.state].to(language) for one in results)
    line = say.SENT.fill(language, week=week, states="，".join(f"{state} {count}" for state, count in counts.items()))
    return _listed(book.app, line, results, language)


def _listed(app: xw.App, line: str, results: Sequence[Result], language: Language) -> str:
    headings = [heading.to(language) for heading in say.MAIL_HEADINGS]
    rows = [
        [REPORT.labels[one.report].to(language), one.title, one.to, STATE[one.state].to(language), one.said]
        for one in results
    ]
    open_list(app, line, headings, rows, [TEXT] * len(WIDTHS), WIDTHS)
    return line
