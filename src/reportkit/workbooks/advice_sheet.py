"""The sheet 目标建议 of the team workbook: which targets could change, to what, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from reportkit.definitions import report_words as say
from reportkit.definitions import words
from reportkit.definitions.text import Text
from reportkit.summary.advice import Advice
from reportkit.workbooks.cells import BUTTON, Page
from reportkit.workbooks.style import set_up_print

HEADINGS: Final[tuple[Text, ...]] = (
    words.ADVISOR, words.INDICATOR, words.TARGET, say.MEDIAN, say.GOOD, say.NEED, say.SUGGESTED, say.WHY,
)  # fmt: skip
WIDTHS: Final = (18, 22, 11, 11, 13, 14, 14, 86)
HEADER: Final = 3


def add_advice(page: Page, advice: Sequence[Advice], names: Mapping[str, str]) -> None:
    """Fill the sheet with the advice that changes a target; `names` maps advisor id → name."""
    sheet, language = page.sheet, page.language
    page.columns(WIDTHS)
    changes = [one for one in advice if one.changes]
    page.title(say.ADVICE.to(language), say.ADVICE_LINE.fill(language, changes=len(changes), all=len(advice)))
    page.headings(HEADER, 0, HEADINGS, numbers=(2, 3, 4, 5, 6), filtered=True)
    page.tall(HEADER, ((text.to(language), width - BUTTON) for text, width in zip(HEADINGS, WIDTHS, strict=True)), 24)
    if not changes:
        page.say(HEADER + 1, 0, say.NO_ADVICE, "caption")
    for row, one in enumerate(changes, HEADER + 1):
        _add_one(page, row, one, names.get(one.advisor_id) or one.advisor_id)
    sheet.autofilter(HEADER, 0, HEADER + max(1, len(changes)), len(HEADINGS) - 1)
    sheet.freeze_panes(HEADER + 1, 2)
    sheet.hide_gridlines(2)
    set_up_print(sheet, language)
    sheet.repeat_rows(HEADER)


def _add_one(page: Page, row: int, one: Advice, name: str) -> None:
    unit, why = one.indicator.unit, one.message(page.language)
    page.text(row, 0, name, text_wrap=True)
    page.text(row, 1, one.indicator.label.to(page.language))
    for column, value in enumerate((one.target, one.median, one.good, one.need), 2):
        page.figure(row, column, value, unit, "body", "ruled")
    page.figure(row, 6, one.suggested, unit, "body", "ruled", bold=True)
    page.text(row, 7, why, text_wrap=True)
    page.tall(row, [(why, WIDTHS[7]), (name, WIDTHS[0])])
