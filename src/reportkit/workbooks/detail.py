"""The sheet 明细 of an advisor's report: the rows behind each figure, with links into the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Final

from reportkit.definitions import report_words as say
from reportkit.definitions.figures import figure
from reportkit.definitions.text import Text
from reportkit.definitions.words import CUSTOMER
from reportkit.indicators.assess import Assessment
from reportkit.read.archives import year_of
from reportkit.summary.drilldown import Behind, Rows, Where, places_of
from reportkit.workbooks.cells import Page
from reportkit.workbooks.links import external, from_reports, internal
from reportkit.workbooks.paging import block, break_pages
from reportkit.workbooks.style import LINE_ROW, set_up_print, shortened

HEADINGS: Final[tuple[Text, ...]] = (say.PLACE, say.DAY, CUSTOMER, say.NAME, say.CONTENT, say.COUNTS, say.BASE)
WIDTHS: Final = (24, 12, 16, 14, 26, 9, 9)
NAMED: Final = 12  # Latin characters of a customer's name: a line each, the log has all of it
FIRST_BLOCK: Final = 4
LONGEST_ROWS: Final = 40  # characters that fit beside each other
_AROUND: Final = 2  # the block's title and the blank row after it


def block_rows(assessments: Sequence[Assessment], rows: Rows) -> dict[str, int]:
    """Return indicator code → the row its block starts at, counted from 0."""
    starts: dict[str, int] = {}
    at = FIRST_BLOCK
    for one in assessments:
        starts[one.indicator.code] = at
        at += sum(len(lines) for lines in _lines(one, rows)) + _AROUND
    return starts


def _lines(one: Assessment, rows: Rows) -> tuple[Sequence[Behind], Sequence[Where]]:
    """Return the rows that get a line each, and those that are told together.

    A stock counts almost everybody there is: whoever only stands in its base is told in a line a sheet.
    """
    counted = rows[one.indicator.code]
    if not one.indicator.counts_stock:
        return counted, ()
    return [row for row in counted if row.numerator], places_of([row for row in counted if not row.numerator])


def add_detail(
    page: Page,
    assessments: Sequence[Assessment],
    rows: Rows,
    *,
    log: str,
    names: Mapping[str, str],
    back: Mapping[str, str],
) -> None:
    """Fill the sheet: a block an indicator, a line a row; of a stock's base a line in all.

    `log` is the path of the log from this workbook, `names` maps customer id → name, `back` indicator code → the
    link to its figure.
    """
    sheet = page.sheet
    page.columns(WIDTHS)
    sheet.set_default_row(LINE_ROW)
    page.title(say.DETAIL_TITLE.to(page.language), say.DETAIL_LINE.to(page.language))
    page.headings(FIRST_BLOCK - 1, 0, HEADINGS, numbers=(5, 6))
    starts, parts = block_rows(assessments, rows), []
    for one in assessments:
        code = one.indicator.code
        add_block_title(page, starts[code], one, len(rows[code]), back[code], len(WIDTHS))
        page.name_cell(block_name(code), starts[code], 0)
        single, together = _lines(one, rows)
        for at, row in enumerate(single, starts[code] + 1):
            _add_row(page, at, row, one, log, names)
        for at, where in enumerate(together, starts[code] + 1 + len(single)):
            _add_base(page, at, where, log)
        parts.append(block(starts[code], starts[code] + 1 + len(single) + len(together)))
    break_pages(page, parts, WIDTHS, row_height=LINE_ROW, repeated=LINE_ROW)
    sheet.freeze_panes(FIRST_BLOCK, 0)
    sheet.hide_gridlines(2)
    set_up_print(sheet, page.language)
    sheet.repeat_rows(FIRST_BLOCK - 1)


def add_block_title(page: Page, at: int, one: Assessment, count: int, back: str, columns: int) -> None:
    """Write the title of an indicator's block over so many columns: its figure, its rows, the link `back`."""
    value = figure(one.value, one.indicator.unit, page.language)
    text = say.DETAIL_BLOCK.fill(
        page.language, indicator=one.indicator.label.to(page.language), value=value, rows=count
    )
    style = page.styles.of("section")
    for column in range(columns):
        page.sheet.write_blank(at, column, None, style)
    page.sheet.write_url(at, 0, back, style, text)


def _add_row(page: Page, at: int, row: Behind, one: Assessment, log: str, names: Mapping[str, str]) -> None:
    _add_place(page, at, row, log)
    page.date(at, 1, row.on)
    page.text(at, 2, row.customer_id)
    page.text(at, 3, shortened(names.get(row.customer_id or "", ""), NAMED))
    page.text(at, 4, row.said(page.language))
    unit = one.indicator.unit if one.indicator.unit != "percent" else "times"
    page.figure(at, 5, row.numerator, unit, "body", "ruled")
    if one.denominator is None:
        page.typed(at, 6, None, "body", "ruled")
    else:
        page.figure(at, 6, row.denominator, "times", "body", "ruled")


def _add_base(page: Page, at: int, where: Where, log: str) -> None:
    """Write the line of the rows that stand in a stock's base alone."""
    _add_place(page, at, where, log)
    page.date(at, 1, None)
    page.text(at, 2, say.BASE_ROWS.fill(page.language, rows=shorten(where.rows, LONGEST_ROWS, placeholder=" …")))
    page.text(at, 3, None)
    page.text(at, 4, None)
    page.figure(at, 5, 0.0, "times", "body", "ruled")
    page.figure(at, 6, float(where.count), "times", "body", "ruled")


def _add_place(page: Page, at: int, place: Behind | Where, log: str) -> None:
    """Write the link to where a row stands, in an archive with what that is called."""
    file = from_reports(place.archive) if place.archive else log
    style = page.styles.of("link", "ruled", align="left", indent=1)
    said = f"{year_of(place.archive)} {place.sheet} {place.cell}".strip()
    page.sheet.write_url(at, 0, external(file, place.sheet, place.cell), style, said)


def block_name(code: str) -> str:
    """Return the name of an indicator's block, by which other workbooks link to it."""
    return f"detail_{code}"


def link_to_line(sheet: str, row: int) -> str:
    """Return the link from a figure to its block, or its line."""
    return internal(sheet, f"A{row + 1}")
