"""The sheet 预警 of the team workbook: what to look at first, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportkit.definitions import insight_words as extra
from reportkit.definitions import report_words as say
from reportkit.definitions import words
from reportkit.definitions.text import Text
from reportkit.summary.attention import KINDS, Concern
from reportkit.workbooks.cells import Page
from reportkit.workbooks.links import reports_link
from reportkit.workbooks.style import set_up_print

HEADINGS: Final[tuple[Text, ...]] = (say.KIND, words.ADVISOR_ID, say.NAME, say.WHAT_TO_LOOK_AT)
WIDTHS: Final = (24, 14, 16, 66)
HEADER: Final = 3


def add_alerts(page: Page, attention: Sequence[Concern]) -> None:
    """Fill the sheet: a line a concern, most urgent first."""
    sheet, language = page.sheet, page.language
    page.columns(WIDTHS)
    page.title(say.ALERTS.to(language), say.ALERTS_LINE.fill(language, count=len(attention)))
    page.headings(HEADER, 0, HEADINGS)
    if not attention:
        page.say(HEADER + 1, 0, say.NO_ALERTS, "caption")
    for row, one in enumerate(attention, HEADER + 1):
        page.text(row, 0, KINDS[one.kind].name.to(language))
        if one.advisor_id:
            style = page.styles.of("link", "ruled", indent=1)
            sheet.write_url(row, 1, reports_link(one.advisor_id), style, one.advisor_id)
        else:
            page.typed(row, 1, None, "body", "ruled")
        page.named(row, 2, one.name if one.advisor_id else extra.OF_TEAM.to(language), WIDTHS[2])
        page.text(row, 3, one.sentence(language), text_wrap=True)
    sheet.autofilter(HEADER, 0, HEADER + max(1, len(attention)), len(HEADINGS) - 1)
    sheet.freeze_panes(HEADER + 1, 0)
    sheet.hide_gridlines(2)
    set_up_print(sheet, language, portrait=True)
    sheet.repeat_rows(HEADER)
