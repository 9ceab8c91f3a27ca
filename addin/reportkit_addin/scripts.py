"""What the buttons do: `run(tag)` in the open workbook, in Excel and in LibreOffice alike."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import xlwings as xw

import reportkit
from reportkit.branch.logwork import collecting_once
from reportkit.customers.due import due_list
from reportkit.definitions import words
from reportkit.definitions.errors import MendInput, ReportkitError, TryLater
from reportkit.definitions.figures import BLANK
from reportkit.definitions.forms import FORMS
from reportkit.definitions.text import Language, Text
from reportkit.read.archives import with_archives
from reportkit.read.workbook import fold, sheet_codes
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import week_name
from reportkit.settings.nearby import settings_near
from reportkit.summary.flow import usable, work_from_raw
from reportkit.summary.summaries import AdvisorSummary, Work, count_rows, summarise
from reportkit_addin import sentences as say
from reportkit_addin.buttons import TAB, TAGS
from reportkit_addin.drill import follow_in_report, open_rows, selected_figure
from reportkit_addin.files import file_of, log_of, refuse_protected_view, refuse_read_only
from reportkit_addin.links import follow
from reportkit_addin.live import at_work, calculate_waiting, finish_typing, one_step, sheet_names
from reportkit_addin.outputs import Area, due_area, findings_area, weekly_area
from reportkit_addin.reading import read_open
from reportkit_addin.team import Ask, close_week, place_of, refresh_team, spoken_in
from reportkit_addin.writing import fill, mark, output_sheet, show, to_mark

TOLD: Final = frozenset({"about", "team", "close", "send"})  # buttons whose outcome is shown in a box


@dataclass(frozen=True)
class Press:
    """A button pressed in a workbook on a day, and what is read of that workbook when it is first asked for."""

    book: xw.Book
    today: dt.date
    ask: Ask

    @cached_property
    def language(self) -> Language:
        """The language to speak in the workbook."""
        return spoken_in(self.book, self.today)

    @cached_property
    def settings(self) -> Settings:
        """The settings of the branch the log lies in, else the defaults."""
        return settings_near(log_of(self.book))

    @cached_property
    def work(self) -> Work:
        """The log as it is on the screen. Raise MendInput where the workbook is no log, or not to be written to."""
        is_new = not file_of(self.book).is_absolute()
        if is_new and not any(fold(name) in sheet_codes(FORMS) for name in sheet_names(self.book)):
            raise MendInput(say.NO_FORMS, book=self.book.name)
        path = log_of(self.book)
        refuse_read_only(self.book)
        self.book.app.status_bar = say.READING.to(self.language)
        raw = with_archives(read_open(self.book, FORMS), path)
        work = work_from_raw(raw, self.settings, self.today)
        if not usable(work.book):
            reason = Text.each(work.book.findings[0].message)
            raise MendInput(say.NOT_A_LOG, book=self.book.name, reason=reason)
        return work

    @cached_property
    def week(self) -> AdvisorSummary:
        """The advisor's week that holds the day."""
        return summarise(self.work, self.settings, week_name(self.today), self.today)


def run(tag: str, book: xw.Book | None = None, today: dt.date | None = None, ask: Ask | None = None) -> str:
    """Run the script behind a button in a workbook and return its outcome as a sentence.

    Without a workbook the button was pressed in Excel: the active one is taken, and failures are told in a box.
    Otherwise raise ReportkitError where it cannot be done. `ask` puts a question to the user, in a box unless given.
    """
    if tag not in TAGS:
        raise MendInput(say.NO_BUTTON, tag=tag)
    if book is not None:
        return _run(tag, book, today, ask)
    active = xw.Book.caller()
    app, language = active.app, spoken_in(active, today or dt.date.today())  # a report may be closed by its button
    try:
        said = _run(tag, active, today, ask)
    except ReportkitError as error:
        said = error.message(language)
        app.alert(said, TAB.to(language))
        return said
    if tag in TOLD:
        app.alert(said, TAB.to(language))
    return said


def _run(tag: str, book: xw.Book, today: dt.date | None, ask: Ask | None) -> str:
    finish_typing(book)
    with at_work(book), collecting_once():
        refuse_protected_view(book)
        press = Press(book, today or dt.date.today(), ask or _in_a_box(book, today or dt.date.today()))
        return SCRIPTS[tag](press)


def _in_a_box(book: xw.Book, today: dt.date) -> Ask:
    return lambda question: bool(book.app.alert(question, TAB.to(spoken_in(book, today)), "yes_no") == "yes")


def check(press: Press) -> str:
    """List what is wrong in the log, and colour the cells to mend."""
    area = findings_area(press.work.book.findings, count_rows(press.work.book), press.language)
    return _written(press, words.CHECK_BUTTON, area, coloured=True)


def refresh_today(press: Press) -> str:
    """Bring the due list and the board up to date."""
    due = due_list(press.work.facts, press.settings, press.work.duty, press.today)
    line = _written(press, words.TODAY_BUTTON, due_area(due, press.today, press.language))
    press.book.app.calculate()
    return line


def refresh_week(press: Press) -> str:
    """Bring the weekly sheet and the findings up to date."""
    findings = findings_area(press.work.book.findings, press.week.rows, press.language)
    return _written(press, words.WEEK_BUTTON, findings, weekly_area(press.week, press.language), coloured=True)


def _written(press: Press, button: Text, *areas: Area, coloured: bool = False) -> str:
    """Write areas in one step to undo, colour the cells to mend if asked to, show the last one and return its sentence.

    Raise MendInput at the end where a password kept the cells of sheets from being coloured.
    """
    book, language = press.book, press.language
    sheets = [output_sheet(book, area, language) for area in areas]
    with one_step(book, button.to(language)):
        for area in areas:
            fill(book, area, language)
        locked = mark(book, to_mark(press.work.book.findings), language) if coloured else []
    calculate_waiting(book)  # the links just written among others
    show(sheets[-1])
    if locked:
        raise MendInput(say.NOT_COLOURED, sheets=say.AND.to(language).join(locked))
    return areas[-1].line


def show_rows(press: Press) -> str:
    """Show the rows behind the selected figure, of a report or of a log; of a link, the cell it leads to."""
    followed = follow(press.book) or follow_in_report(press.book)
    if followed is not None:
        return followed
    figure = selected_figure(press.book, lambda: press.week, press.language)
    return open_rows(press.book, press.work, figure, press.language)


def team(press: Press) -> str:
    """Read what changed in the branch and open the team workbook."""
    return refresh_team(press.book, press.today, press.ask)


def close(press: Press) -> str:
    """Publish the week."""
    return close_week(press.book, press.today, press.ask)


def preview(press: Press) -> str:
    """List the week's messages, as drafts."""
    from reportkit_addin.mailing import preview_mail  # only where it is asked for: the other buttons start without

    return preview_mail(press.book, press.today, press.ask)


def send(press: Press) -> str:
    """Send the week's messages."""
    from reportkit_addin.mailing import send_mail

    return send_mail(press.book, press.today, press.ask)


def about(press: Press) -> str:
    """Say which version this is, with which Python, in which branch."""
    try:
        branch = place_of(press.book, press.today)[0]
        folder, settings = str(branch.root), str(branch.settings_path)
    except MendInput:
        folder = settings = say.NO_BRANCH.to(press.language)
    except TryLater as away:
        folder, settings = away.message(press.language), BLANK
    return say.ABOUT.fill(
        press.language,
        version=reportkit.__version__,
        python=sys.executable,
        book=file_of(press.book),
        branch=folder,
        settings=settings,
    )


SCRIPTS: Final[dict[str, Callable[[Press], str]]] = {
    "check": check,
    "today": refresh_today,
    "week": refresh_week,
    "team": team,
    "close": close,
    "preview": preview,
    "send": send,
    "rows": show_rows,
    "about": about,
}
