"""The advisor's log: the workbook an advisor fills in every day (DOMAIN §1)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Final
from zipfile import ZipFile

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reportkit.definitions import report_words, words
from reportkit.definitions.forms import CUSTOMER_ID, FORMS
from reportkit.definitions.identity import BETWEEN, MADE_OF, PROPERTIES, TEMPLATE_VERSION
from reportkit.definitions.settings_forms import FAQ
from reportkit.definitions.text import Language, Text
from reportkit.read.book import Identity
from reportkit.settings.branch_settings import Settings, default_settings
from reportkit.workbooks.board import add_board
from reportkit.workbooks.faq_sheet import add_faq
from reportkit.workbooks.lists import add_archived_cases, add_lists, define_columns
from reportkit.workbooks.pages import Sheet, StartPage, add_output, add_start_page
from reportkit.workbooks.sheets import Rows, add_form_sheet
from reportkit.workbooks.style import ACCENT, AMBER, NAVY, Styles, new_workbook
from reportkit.workbooks.workings import add_workings

DUE_HEADINGS: Final[tuple[tuple[Text, int], ...]] = (
    (CUSTOMER_ID, 12),
    (words.CUSTOMER, 14),
    (words.REASONS, 40),
    (words.DUE_ON, 12),
    (words.DAYS_OVERDUE, 10),
    (words.PHONE, 16),
    (words.LAST_CONTACT, 12),
    (words.LAST_CHANNEL, 12),
    (words.LAST_SUMMARY, 36),
)
WEEKLY_HEADINGS: Final[tuple[tuple[Text, int], ...]] = (
    (words.INDICATOR, 24),
    *((day, 9) for day in words.SHORT_WEEKDAYS),
    (words.TOTAL, 10),
    (words.TARGET, 10),
    (words.ATTAINMENT, 14),
    (words.DAYS_MET, 12),
    (report_words.PERIOD_UNIT, 16),
)
FINDINGS_HEADINGS: Final[tuple[tuple[Text, int], ...]] = (
    (words.SEVERITY, 10),
    (words.SHEET, 14),
    (words.ROW, 8),
    (words.COLUMN, 16),
    (words.CELL, 10),
    (words.VALUE, 22),
    (words.WHAT_TO_DO, 64),
    (words.CODE, 20),
)
_STAMP_LENGTH: Final = 32
_FIGURES: Final = frozenset(heading for heading, _ in WEEKLY_HEADINGS[1:])  # on the other sheets all stands left
_FROZEN: Final = {"customers": 2, "cases": 1, "visits": 3}
_PAGES_WIDE: Final = {"customers": 2, "cases": 2, "visits": 2}


def write_log(
    path: Path | BytesIO,
    identity: Identity,
    *,
    language: Language,
    settings: Settings | None = None,
    rows: Mapping[str, Rows] | None = None,
    today: dt.date | None = None,
    own: Mapping[str, Sequence[str]] | None = None,
    also: Callable[[Workbook], None] | None = None,
    archived: Mapping[str, Sequence[object]] = MappingProxyType({}),
    stamped: bool = True,
) -> None:
    """Write an advisor's log, or an archive of one where the identity has a seal.

    `rows` maps form code → rows of column code → value as typed.
    `today` is the day the board shows before Excel first calculates; the board itself follows the clock.
    `own` maps form code → headings of columns the advisor added; `also` writes into the workbook last.
    `archived` maps column code → what the cases in its archives hold there.
    One that is not `stamped` does not say what it was made of; neither does an archive, which nobody upgrades.
    """
    settings = settings or default_settings(language)
    filled = rows or {}
    book, styles = new_workbook(path, language, words.LOG_TITLE.to(language))
    stamped = stamped and bool(identity.advisor_id) and not identity.seal
    _identify(book, identity, language, stamp_of(settings, identity, language) if stamped else "")
    start = add_start_page(styles, _start_page(identity, language))
    start.set_tab_color(NAVY)
    board = book.add_worksheet(words.TODAY.to(language))
    due = _output(styles, words.DUE, words.ABOUT_DUE, DUE_HEADINGS, words.TODAY_BUTTON)
    for form in FORMS.values():
        sheet = add_form_sheet(
            styles,
            form,
            filled.get(form.code, ()),
            frozen=_FROZEN.get(form.code, 0),
            pages_wide=_PAGES_WIDE.get(form.code, 1),
            own=(own or {}).get(form.code, ()),
            at_end=True,
        )
        sheet.set_tab_color(AMBER)
        define_columns(styles, form)
    weekly = _output(styles, words.WEEKLY, words.ABOUT_WEEKLY, WEEKLY_HEADINGS, words.WEEK_BUTTON)
    found = _output(styles, words.FINDINGS, words.ABOUT_FINDINGS, FINDINGS_HEADINGS, words.CHECK_BUTTON)
    for sheet in (board, due, weekly, found):
        sheet.set_tab_color(ACCENT)
    add_faq(styles, settings, filled.get("cases", ()), archived.get("resolution", ()))
    lists = add_lists(styles, FORMS.values())
    add_archived_cases(styles, lists, archived.get("case_id", ()))
    add_board(styles, board, add_workings(styles, lists, settings, identity.advisor_id), identity, today)
    if also is not None:
        also(book)
    if identity.seal:
        for one in book.worksheets():
            one.protect("", {"autofilter": True, "format_columns": True})  # against a slip: there is no password
    book.close()


def stamp_of(settings: Settings, identity: Identity, language: Language) -> str:
    """Return a digest of all that a log without a row is written as: while it is the same, `upgrade` renews nothing."""
    written, digest = BytesIO(), hashlib.sha256()
    write_log(written, identity, language=language, settings=settings, stamped=False)
    with ZipFile(written) as parts:
        for name in parts.namelist():
            digest.update(name.encode() + parts.read(name))
    return digest.hexdigest()[:_STAMP_LENGTH]


def _output(styles: Styles, name: Text, about: Text, headings: Sequence[tuple[Text, int]], button: Text) -> Worksheet:
    """Add an area that a button fills, and say which where it is empty."""
    language = styles.language
    empty = words.NOT_REFRESHED.fill(language, tab=words.RIBBON_TAB.to(language), button=button.to(language))
    return add_output(styles, name, about, headings, figures=_FIGURES, note=empty)


def _identify(book: Workbook, identity: Identity, language: Language, stamp: str) -> None:
    """Write whose log it is, and what it was made of, into the custom document properties."""
    known = asdict(identity) | {"language": language, "template_version": identity.template_version or TEMPLATE_VERSION}
    known["archives"] = BETWEEN.join(identity.archives)
    for field, name in PROPERTIES.items():
        if known[field]:
            book.set_custom_property(name, known[field], "text")
    if stamp:
        book.set_custom_property(MADE_OF, stamp, "text")


def _start_page(identity: Identity, language: Language) -> StartPage:
    blank = words.NOT_FILLED.to(language)
    return StartPage(
        words.ARCHIVE_TITLE if identity.seal else words.LOG_TITLE,
        (
            (words.ADVISOR, identity.advisor_name or blank),
            (words.ADVISOR_ID, identity.advisor_id or blank),
            (words.BRANCH, identity.branch or blank),
            (words.LANGUAGE, words.LANGUAGE_NAME.to(language)),
        ),
        words.ARCHIVE_STEPS if identity.seal else words.LOG_STEPS,
        (
            Sheet(words.TODAY, words.ABOUT_TODAY),
            Sheet(words.DUE, words.ABOUT_DUE),
            *(Sheet(form.label, form.about) for form in FORMS.values()),
            Sheet(words.WEEKLY, words.ABOUT_WEEKLY),
            Sheet(words.FINDINGS, words.ABOUT_FINDINGS),
            Sheet(FAQ.label, words.ABOUT_FAQ),
        ),
    )
