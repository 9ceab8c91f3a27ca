"""The sheet 明细 of an advisor's report: the rows behind each figure, with links into the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from reportkit.definitions import report_words as say
from reportkit.definitions.figures import figure
from reportkit.definitions.text import Text
from reportkit.definitions.words import CUSTOMER
from reportkit.indicators.assess import Assessment
from reportkit.summary.drilldown import Behind, Rows
from reportkit.workbooks.cells import Page, external, internal
from reportkit.workbooks.style import set_up_print

HEADINGS: Final[tuple[Text, ...]] = (say.PLACE, say.DAY, CUSTOMER, say.NAME, say.CONTENT, say.COUNTS, say.BASE)
WIDTHS: Final = (24, 12, 16, 14, 26, 9, 9)
FIRST_BLOCK: Final = 4
_AROUND: Final = 2  # the block's title and the blank row after it


def block_rows(assessments: Sequence[Assessment], rows: Rows) -> dict[str, int]:
    """Return indicator code → the row its block starts at, counted from 0."""
    starts: dict[str, int] = {}
    at = FIRST_BLOCK
    for one in assessments:
        starts[one.indicator.code] = at
        at += len(rows[one.indicator.code]) + _AROUND
    return starts


def add_detail(
    page: Page,
    assessments: Sequence[Assessment],
    rows: Rows,
    *,
    log: str,
    names: Mapping[str, str],
    back: Mapping[str, str],
) -> None:
    """Fill the sheet: a block an indicator, a line a row.

    `log` is the path of the log from this workbook, `names` maps customer id → name, `back` indicator code → the
    link to its figure.
    """
    sheet = page.sheet
    for at, width in enumerate(WIDTHS):
        sheet.set_column(at, at, width)
    page.title(say.DETAIL_TITLE.to(page.language), say.DETAIL_LINE.to(page.language))
    page.headings(FIRST_BLOCK - 1, 0, HEADINGS, numbers=(5, 6))
    starts = block_rows(assessments, rows)
    for one in assessments:
        code = one.indicator.code
        _add_title(page, starts[code], one, len(rows[code]), back[code])
        page.name_cell(block_name(code), starts[code], 0)
        for at, row in enumerate(rows[code], starts[code] + 1):
            _add_row(page, at, row, one, log, names)
    sheet.freeze_panes(FIRST_BLOCK, 0)
    sheet.hide_gridlines(2)
    set_up_print(sheet, page.language)
    sheet.repeat_rows(FIRST_BLOCK - 1)


def _add_title(page: Page, at: int, one: Assessment, count: int, back: str) -> None:
    value = figure(one.value, one.indicator.unit, page.language)
    text = say.DETAIL_BLOCK.fill(
        page.language, indicator=one.indicator.label.to(page.language), value=value, rows=count
    )
    style = page.styles.of("section")
    for column in range(len(WIDTHS)):
        page.sheet.write_blank(at, column, None, style)
    page.sheet.write_url(at, 0, back, style, text)


def _add_row(page: Page, at: int, row: Behind, one: Assessment, log: str, names: Mapping[str, str]) -> None:
    page.sheet.write_url(
        at, 0, external(log, row.sheet, row.cell), page.styles.of("link", "ruled"), f"{row.sheet} {row.cell}"
    )
    page.date(at, 1, row.on, "body", "ruled")
    page.text(at, 2, row.customer_id)
    page.text(at, 3, names.get(row.customer_id or "", ""))
    page.text(at, 4, row.said(page.language))
    unit = one.indicator.unit if one.indicator.unit != "percent" else "times"
    page.figure(at, 5, row.numerator, unit, "body", "ruled")
    if one.denominator is not None:
        page.figure(at, 6, row.denominator, "times", "body", "ruled")


def block_name(code: str) -> str:
    """Return the name of an indicator's block, by which other workbooks link to it."""
    return f"detail_{code}"


def link_to_block(sheet: str, start: int) -> str:
    """Return the link from a figure to its block."""
    return internal(sheet, f"A{start + 1}")
