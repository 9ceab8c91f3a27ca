"""The sheet 待办 of an advisor's report: whom to contact next, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from reportkit.customers.due import REASONS, DueCustomer
from reportkit.definitions import report_words as say
from reportkit.definitions import words
from reportkit.definitions.choices import CHANNEL
from reportkit.definitions.text import Text
from reportkit.workbooks.cells import Page
from reportkit.workbooks.style import WRONG, set_up_print, shortened

HEADINGS: Final[tuple[Text, ...]] = (
    words.CUSTOMER, say.NAME, words.REASONS, words.DUE_ON, words.DAYS_OVERDUE, words.PHONE,
    words.LAST_CONTACT, words.LAST_CHANNEL, words.LAST_SUMMARY,
)  # fmt: skip
WIDTHS: Final = (14, 14, 34, 12, 10, 16, 12, 11, 40)
HEADER: Final = 3
SUMMARY_LINES: Final = 4  # of what was last noted; the log has all of it


def add_due(page: Page, due: Sequence[DueCustomer], as_of: dt.date) -> None:
    """Fill the sheet: a customer a row, most urgent first."""
    sheet, language = page.sheet, page.language
    page.columns(WIDTHS)
    page.title(say.DUE_TITLE.to(language), say.DUE_LINE.fill(language, as_of=as_of, count=len(due)))
    page.headings(HEADER, 0, HEADINGS, numbers=(4,))
    page.tall(HEADER, zip((text.to(language) for text in HEADINGS), WIDTHS, strict=True), 24)
    if not due:
        page.say(HEADER + 1, 0, say.NO_DUE, "caption")
    for at, one in enumerate(due, HEADER + 1):
        _add_customer(page, at, one)
    sheet.freeze_panes(HEADER + 1, 2)
    sheet.hide_gridlines(2)
    set_up_print(sheet, language)
    sheet.repeat_rows(HEADER)


def _add_customer(page: Page, row: int, one: DueCustomer) -> None:
    language = page.language
    late = {"font_color": WRONG, "bold": True} if one.days_overdue else {}
    page.text(row, 0, one.customer_id)
    page.text(row, 1, one.name, text_wrap=True)
    reasons = " · ".join(REASONS[why].to(language) for why in one.reasons)
    summary = shortened(one.last_summary or "", int(WIDTHS[-1] * SUMMARY_LINES))
    page.tall(row, ((one.name or "", WIDTHS[1]), (reasons, WIDTHS[2]), (summary, WIDTHS[-1])))
    page.text(row, 2, reasons, text_wrap=True)
    page.date(row, 3, one.due)
    page.figure(row, 4, float(one.days_overdue), "times", "body", "ruled", **late)
    page.text(row, 5, one.phone)
    page.date(row, 6, one.last_contact)
    channel = CHANNEL.labels.get(one.last_channel or "")
    page.text(row, 7, channel.to(language) if channel else one.last_channel)
    page.text(row, 8, summary, text_wrap=True)
