"""The manager's mail buttons: see the messages of a week as drafts, and send them after a yes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from email import message_from_bytes, policy
from pathlib import Path
from typing import Final

import xlwings as xw

from reportkit.branch.folder import Branch
from reportkit.branch.published import edition_in_force
from reportkit.definitions.choices import REPORT
from reportkit.definitions.text import Language
from reportkit.mail import words
from reportkit.mail.outbox import Outbox
from reportkit.mail.results import write_results
from reportkit.mail.send import Result, again, call_off_unaddressed, called_off, results_of, send, write_drafts
from reportkit.mail.server import Server, server_from
from reportkit_addin import sentences as say
from reportkit_addin.links import file_link
from reportkit_addin.lists import Column, open_list
from reportkit_addin.outputs import GENERAL
from reportkit_addin.team import (
    Ask,
    InStatusBar,
    bring_up_to_date,
    kept_in,
    may_be_made_anew,
    not_saved,
    place_of,
    refuse_without_logs,
)

WHOSE: Final = (Column(words.REPORT, 12), Column(words.OF, 20), Column(words.TO, 28))
DRAFTED: Final = (
    *WHOSE,
    Column(say.SUBJECT, 44),
    Column(say.ATTACHED, 34),
    Column(words.RESULT, 12),
    Column(say.DRAFT, 10, GENERAL, is_link=True),
)
SENT: Final = (*WHOSE, Column(words.RESULT, 16), Column(words.SAID, 60))


def preview_mail(book: xw.Book, today: dt.date, ask: Ask) -> str:
    """Write a week's messages as drafts and list them in a new workbook; nothing is sent.

    Until the week is closed its reports are brought up to date before.
    """
    branch, week = place_of(book, today)
    language = branch.settings().language
    kept = ""
    if edition_in_force(branch, week) is None:
        refuse_without_logs(branch)
        if not may_be_made_anew(book.app, branch, week, ask):
            return say.NOT_TOUCHED.fill(language, week=week)
        done = bring_up_to_date(book.app, branch, week, today)
        kept = not_saved(book.app, branch, language) + kept_in(done.kept, language)
    results, written = write_drafts(branch, week, today)
    line = say.DRAFTS.fill(language, week=week, count=len(written), folder=written[0].parent if written else "—")
    open_it = say.OPEN.to(language)
    rows = [
        [*_whose(one, language), *_inside(draft, language), _state(one, language), file_link(book.app, draft, open_it)]
        for one, draft in zip(results, written, strict=False)
    ]
    rows += [[*_whose(one, language), "", "", _state(one, language), ""] for one in results[len(written) :]]
    line = f"{line} {kept.strip()}".strip()
    open_list(book.app, line, DRAFTED, rows, language)
    return line


def send_mail(book: xw.Book, today: dt.date, ask: Ask) -> str:
    """Send a closed week's messages after a yes, and list what became of each; a sheet of it stays in the outbox.

    What was sent before is not sent again; what was refused, or may have arrived, only after a yes of its own.
    """
    branch, week = place_of(book, today)
    language = branch.settings().language
    server = server_from()
    waiting = sum(one.state == "new" for one in results_of(branch, week, today))
    through = f"{server.host}:{server.port}"
    if not ask(say.REALLY_SEND.fill(language, week=week, count=waiting, server=through, sender=server.sender)):
        return say.NOT_SENT.fill(language, week=week)
    call_off_unaddressed(branch, week, today)
    _see_to_the_rest(branch, week, server, ask, language)
    send(branch, week, today, server, progress=InStatusBar(book.app, language, say.AT_LETTER))
    write_results(branch, week, today)
    results = results_of(branch, week, today)
    counts = Counter(_state(one, language) for one in results)
    line = say.SENT.fill(
        language, week=week, states=say.AND.to(language).join(f"{state} {count}" for state, count in counts.items())
    )
    rows = [[*_whose(one, language), _state(one, language), one.said] for one in results]
    open_list(book.app, line, SENT, rows, language)
    return line


def _see_to_the_rest(branch: Branch, week: str, server: Server, ask: Ask, language: Language) -> None:
    """Send once more, or give up, what did not go out and what may have arrived, as a person says of each kind."""
    outbox = Outbox(branch.root)
    for state, question in (("failed", say.SEND_AGAIN), ("unknown", say.SEND_DOUBTFUL)):
        left = [one for one in outbox.letters() if one.week == week and one.state == state]
        names = "\n".join(f"{one.recipient}：{one.said}" for one in left)
        if not left:
            continue
        if ask(question.fill(language, count=len(left), names=names)):
            for one in left:
                again(outbox, one.id, server)
        elif ask(say.GIVE_UP.fill(language, count=len(left), names=names)):
            for one in left:
                called_off(outbox, one.id)


def _whose(one: Result, language: Language) -> Sequence[object]:
    return REPORT.labels[one.report].to(language), one.title, one.to


def _state(one: Result, language: Language) -> str:
    return words.STATE[one.state].to(language)


def _inside(draft: Path, language: Language) -> tuple[str, str]:
    """Return the subject of a draft and the names of what is attached to it."""
    message = message_from_bytes(draft.read_bytes(), policy=policy.default)
    return str(message["Subject"]), say.AND.to(language).join(
        part.get_filename() or "" for part in message.iter_attachments()
    )
