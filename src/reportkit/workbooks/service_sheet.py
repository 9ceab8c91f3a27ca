"""The sheet 服务标准 of the team workbook: the five standards against their lines, and what stands behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from reportkit.definitions import insight_words as extra
from reportkit.definitions import report_words as say
from reportkit.definitions import words
from reportkit.definitions.text import Text
from reportkit.indicators.assess import Assessment
from reportkit.indicators.shares import Share
from reportkit.summary.improvement import VERDICT_LABEL, Effect
from reportkit.summary.service import ServiceStandards
from reportkit.summary.trend import PastWeek
from reportkit.workbooks.blocks import Block, Figure, Readers, Value, add_block
from reportkit.workbooks.cells import Page, pale_bars, verdict, with_unit
from reportkit.workbooks.charts import bar_chart, cells, lines_chart
from reportkit.workbooks.effects_sheet import in_order, shown_value
from reportkit.workbooks.style import MUTED, PERCENT, ROW_HEIGHT, set_up_print, shortened

HEADINGS: Final[tuple[Text, ...]] = (words.INDICATOR, say.VALUE, words.TARGET, words.ATTAINMENT, say.OBSERVATIONS)
WIDTHS: Final = (28, *[10.5] * 12)  # the weeks stand evenly
FIRST: Final = 3
CHART_ROWS: Final = 9  # of the bars beside the standards
NAMED: Final = 22  # Latin characters of a name in the list beside the measures: rows keep their height
SHOWN: Final = 8  # improvements; all of them are on their own sheet
MINUTES_OF_AN_HOUR: Final = 60


def add_service(
    page: Page,
    desk: ServiceStandards,
    weeks: Sequence[PastWeek],
    effects: Sequence[Effect],
    readers: Readers,
    as_of: dt.date,
) -> None:
    """Fill the sheet; `weeks` are the team's, the last of them up to `as_of`, `effects` of its improvements."""
    sheet, language = page.sheet, page.language
    page.columns(WIDTHS)
    sheet.set_default_row(ROW_HEIGHT)
    line = say.SERVICE_LINE.fill(
        language, cases=desk.total.cases, customers=len(desk.customers), closures=desk.closures
    )
    page.title(say.SERVICE.to(language), line if desk.total.cases else say.NO_CASES.to(language))
    end = max(_add_standards(page, FIRST, desk.standards), FIRST + CHART_ROWS)
    add_block(page, end + 1, _before_after(effects, readers), WIDTHS)
    end = add_block(page, end + 1, behind(desk), WIDTHS)
    _add_weeks(page, end + 1, desk.standards, weeks, as_of)
    sheet.freeze_panes(2, 1)
    sheet.hide_gridlines(2)
    set_up_print(sheet, language)
    sheet.fit_to_pages(1, 1)


def _add_standards(page: Page, row: int, standards: Sequence[Assessment]) -> int:
    page.section(row, 0, 4, say.STANDARDS)
    page.headings(row + 1, 0, HEADINGS, numbers=(1, 2, 3, 4))
    first = row + 2
    for at, one in enumerate(standards, first):
        grey = {"font_color": MUTED} if one.few else {}
        page.text(at, 0, with_unit(one.indicator, page.language))
        page.beside(at, 1, 2, one, **grey)
        page.share(at, 3, one.attainment, "body", "ruled", **(grey or verdict(one.attainment)))
        page.figure(at, 4, one.denominator, "times", "body", "ruled")
    end = first + len(standards)
    if any(one.attainment is not None for one in standards):
        pale_bars(page.sheet, first, end - 1, 3)
        bars = bar_chart(
            page.styles.book, page.language, say.CHART_STANDARDS.to(page.language),
            cells(page.name, first, 0, end - 1, 0), cells(page.name, first, 3, end - 1, 3),
            [one.attainment for one in standards], (610, 210),
        )  # fmt: skip
        options: dict[str, Any] = {"description": say.ALT_STANDARDS.to(page.language), "object_position": 1}
        page.sheet.insert_chart(row, 5, bars, {**options, "x_offset": 10})
    return end


def behind(desk: ServiceStandards) -> Block:
    """Return the times and shares behind the standards, each with how many it stands on."""
    total = desk.total
    hours = None if total.mean_resolution is None else total.mean_resolution / MINUTES_OF_AN_HOUR
    times: tuple[tuple[Text, float | None, str, int], ...] = (
        (say.MEDIAN_RESPONSE, desk.response_percentile(50), "seconds", total.responded),
        (say.P90_RESPONSE, desk.response_percentile(90), "seconds", total.responded),
        (say.MEAN_RESOLUTION, hours, "hours", total.resolution_timed),
    )
    shares: tuple[tuple[Text, Share], ...] = (
        (say.SERVICE_LEVEL, total.service_level),
        (say.COVERAGE, total.coverage),
        (say.WITHIN_LIMIT, total.within_limit),
        (say.REOPEN_RATE, total.reopen_rate),
        (say.REPEAT_RATE, total.repeat_rate),
    )
    lines: list[tuple[Value, ...]] = [
        (label, Figure(value, unit), Figure(float(of))) for label, value, unit, of in times
    ]
    lines += [(label, share, Figure(float(share.whole))) for label, share in shares]
    headings = (say.MEASURE, say.VALUE, say.OBSERVATIONS)
    return Block(say.BEHIND_STANDARDS, headings, (0, 1, 2, 3), lines, (1, 2))


def _before_after(effects: Sequence[Effect], readers: Readers) -> Block:
    """Return the improvements that can be judged best, as many as stand beside the measures."""
    lines: list[tuple[Value, ...]] = [
        (
            shortened(readers.advisor(one.advisor_id), NAMED),
            one.indicator.label if one.indicator else shortened(one.measure, NAMED),
            shown_value(one.indicator, one.before),
            shown_value(one.indicator, one.after),
            VERDICT_LABEL[one.verdict],
        )
        for one in in_order(effects)[:SHOWN]
    ]
    headings = (extra.ADVISOR, words.INDICATOR, extra.BEFORE, extra.AFTER, extra.VERDICT)
    title = extra.BEFORE_AFTER
    return Block(title, headings, (5, 7, 9, 10, 11, 13), lines, (2, 3), extra.NO_EFFECTS, len(effects))


def _add_weeks(
    page: Page, row: int, standards: Sequence[Assessment], weeks: Sequence[PastWeek], as_of: dt.date
) -> None:
    """Write the attainment of each standard over the last weeks, and draw it."""
    language, last = page.language, len(weeks)
    title = say.CHART_STANDARDS_TREND.fill(language, weeks=len(weeks))
    style = page.styles.of("section")
    page.merged(row, 0, 12, title, style)
    page.say(row + 1, 0, words.INDICATOR, "heading", indent=1)
    for at, week in enumerate(weeks, 1):
        page.typed(row + 1, at, week.label(as_of), "heading", align="right")
    for at, one in enumerate(standards, row + 2):
        page.text(at, 0, one.indicator.label.to(language))
        for column, week in enumerate(weeks, 1):
            past = week.of(one.indicator.code)
            page.of_week(at, column, past.attainment if past else None, PERCENT)
    drawn = [week.of(one.indicator.code) for week in weeks for one in standards]
    shares = [past.attainment for past in drawn if past is not None and past.attainment is not None]
    if not shares:
        return
    named = [
        (one.indicator.label.to(language), cells(page.name, at, 1, at, last))
        for at, one in enumerate(standards, row + 2)
    ]
    lines = lines_chart(
        page.styles.book,
        language,
        title,
        cells(page.name, row + 1, 1, row + 1, last),
        named,
        (1140, 260),
        between=(min(shares), max(shares)),
    )
    alt = say.ALT_STANDARDS_TREND.fill(language, weeks=len(weeks))
    page.sheet.insert_chart(
        row + 3 + len(standards), 0, lines, {"description": alt, "object_position": 1, "x_offset": 4}
    )
