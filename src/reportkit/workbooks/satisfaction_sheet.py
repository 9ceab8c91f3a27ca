"""The sheet 满意度 of the team workbook: case ratings and surveys, how sure they are, and who was not answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from xlsxwriter.utility import xl_range_abs

from reportkit.definitions import insight_words as say
from reportkit.definitions.choices import CHANNEL
from reportkit.definitions.forms import FORMS
from reportkit.definitions.text import Text
from reportkit.indicators.satisfaction import Answers, Satisfaction
from reportkit.settings.calendars import Span
from reportkit.workbooks.blocks import (
    MOST,
    Block,
    Figure,
    Readers,
    Value,
    add_block,
    add_blocks,
    greyed,
    interval,
)
from reportkit.workbooks.cells import Page
from reportkit.workbooks.charts import LABEL, Range, cells, interval_chart, stand_on_axis
from reportkit.workbooks.links import quoted
from reportkit.workbooks.paging import pages_of, whole
from reportkit.workbooks.style import ROW_HEIGHT, set_up_print, shortened

WIDTHS: Final = (20, *[11.5] * 11)
FIRST: Final = 3
SOURCES: Final[tuple[Text, ...]] = (
    say.SOURCE, say.ASKED, say.ANSWERED, say.RESPONSE_RATE, say.CSAT, say.CSAT_INTERVAL, say.MEAN_SCORE,
    say.LOW_SCORES, say.NPS, say.NPS_INTERVAL, say.RECOMMENDING,
)  # fmt: skip
GROUPS: Final[tuple[Text, ...]] = (
    say.CASES_RATED, say.CASES_CSAT, say.CSAT_INTERVAL, say.SURVEYED, say.SURVEY_CSAT, say.CSAT_INTERVAL,
    say.NPS, say.NPS_INTERVAL,
)  # fmt: skip
LOW: Final[tuple[Text, ...]] = (say.DATE, say.ADVISOR, say.CUSTOMER, say.FROM, say.SCORE, say.PLACE)
CHART_ROWS: Final = 11
DATA: Final = 13  # first column of what the chart draws; it is not printed
DRAWN: Final = 24  # advisors a chart can name: those with most ratings


def add_satisfaction(
    page: Page, found: Satisfaction, span: Span, segments: Mapping[str, Text], readers: Readers
) -> None:
    """Fill the sheet; `segments` maps a code to its name."""
    sheet, language = page.sheet, page.language
    page.columns(WIDTHS)
    sheet.set_default_row(ROW_HEIGHT)
    page.title(say.SATISFACTION.to(language), say.SATISFACTION_LINE.fill(language, start=span.start, end=span.end))
    channels = dict(CHANNEL.labels)
    advisors = {
        code: Text.same(readers.advisor(code)) for code in {*found.cases.by["advisor"], *found.surveys.by["advisor"]}
    }
    pages = pages_of(page, WIDTHS)
    blocks = (
        sources(found), unanswered(found, readers),
        groups(say.BY_SEGMENT, found, "segment", segments),
        groups(say.BY_CHANNEL, found, "channel", channels),
    )  # fmt: skip
    row = add_blocks(page, FIRST, blocks, WIDTHS, pages) + 1
    if len(found.cases.by["advisor"]) > 1:
        _add_chart(page, row, found.cases.by["advisor"], readers)
        pages.place(whole(row, row + CHART_ROWS))
        row += CHART_ROWS + 1
    end = add_block(page, row, groups(say.BY_ADVISOR, found, "advisor", advisors), WIDTHS, pages)
    pages.set_breaks(page)
    sheet.print_area(0, 0, end - 1, len(WIDTHS) - 1)
    sheet.freeze_panes(2, 1)
    sheet.hide_gridlines(2)
    set_up_print(sheet, language)


def sources(found: Satisfaction) -> Block:
    """Return the answers of case ratings and of surveys, a line each."""
    lines: list[tuple[Value, ...]] = []
    for name, answers in ((say.CASE_RATINGS, found.cases.total), (say.SURVEYS, found.surveys.total)):
        few = greyed(answers.csat.few)
        lines.append(
            (
                name,
                Figure(float(answers.asked)),
                Figure(float(answers.rated)),
                answers.response_rate,
                answers.csat,
                interval(answers.csat.interval),
                Figure(answers.mean, "times", (("num_format", "0.0"), *few)),
                Figure(float(answers.low)),
                Figure(answers.nps, "times", (("num_format", "+0;-0;0"),)),
                interval(answers.nps_interval, percent=False),
                Figure(float(answers.recommending)),
            )
        )
    numbers = (1, 2, 3, 4, 6, 7, 8, 10)
    return Block(say.ALL_ANSWERS, SOURCES, tuple(range(len(SOURCES) + 1)), lines, numbers)


def _keys(found: Satisfaction, dimension: str) -> list[str]:
    return sorted({*found.cases.by[dimension], *found.surveys.by[dimension]}, key=lambda key: (key == "", key))


def groups(title: Text, found: Satisfaction, dimension: str, names: Mapping[str, Text]) -> Block:
    """Return the answers of both sources by channel, segment or advisor."""
    lines: list[tuple[Value, ...]] = []
    for key in _keys(found, dimension):
        rated = found.cases.by[dimension].get(key, Answers())
        surveyed = found.surveys.by[dimension].get(key, Answers())
        lines.append(
            (
                names.get(key, say.NOT_KNOWN if not key else Text.same(key)),
                Figure(float(rated.rated)),
                rated.csat,
                interval(rated.csat.interval),
                Figure(float(surveyed.rated)),
                surveyed.csat,
                interval(surveyed.csat.interval),
                Figure(surveyed.nps, "times", (("num_format", "+0;-0;0"), *greyed(surveyed.csat.few))),
                interval(surveyed.nps_interval, percent=False),
            )
        )
    headings = (title, *GROUPS)
    return Block(title, headings, tuple(range(len(headings) + 1)), lines, (1, 2, 4, 5, 7))


def unanswered(found: Satisfaction, readers: Readers) -> Block:
    """Return the low scores nobody answered, the earliest first, each with its row."""
    lines: list[tuple[Value, ...]] = [
        (
            one.on,
            readers.advisor(one.advisor_id),
            readers.customer(one.customer_id),
            FORMS[one.form].label,
            Figure(float(one.score)),
            readers.row(one.advisor_id, one.sheet, one.row, one.archive),
        )
        for one in found.unanswered[:MOST]
    ]
    return Block(say.UNANSWERED, LOW, (0, 1, 3, 5, 7, 8, 10), lines, (4,), all=len(found.unanswered))


def _add_chart(page: Page, row: int, rated: Mapping[str, Answers], readers: Readers) -> None:
    """Draw the CSAT of each advisor's cases with its interval; of many advisors, those with most ratings."""
    book, language = page.styles.book, page.language
    most = sorted(rated, key=lambda who: -rated[who].rated)[:DRAWN]
    drawn = {who: answers for who, answers in rated.items() if who in most}
    names = {who: readers.advisor(who) for who in drawn}
    named = stand_on_axis([*names.values()])
    for at, heading in enumerate((say.BY_ADVISOR, say.CSAT, say.ABOVE, say.BELOW), DATA):
        page.say(row, at, heading, "caption")
    for line, (who, answers) in enumerate(drawn.items(), row + 1):
        value, ends = answers.csat.value or 0.0, answers.csat.interval or (0.0, 0.0)
        page.typed(line, DATA, names[who] if named else shortened(who, LABEL), "caption")
        for at, share in enumerate((value, ends[1] - value, value - ends[0]), DATA + 1):
            page.share(line, at, share, "caption")
    labels, values, above, below = (cells(page.name, row + 1, at, row + len(drawn), at) for at in range(DATA, DATA + 4))
    title = say.CHART_CSAT.to(language)
    if len(drawn) < len(rated):
        title = say.FIRST_OF.fill(language, title=title, shown=len(drawn), all=len(rated))
    chart = interval_chart(book, language, title, labels, values, (_reference(above), _reference(below)), (940, 246))
    options = {"description": say.ALT_CSAT.to(language), "object_position": 1, "x_offset": 4}
    page.sheet.insert_chart(row, 0, chart, options)


def _reference(area: Range) -> str:
    """Return a range as a formula: XlsxWriter takes those of error bars in no other form."""
    sheet, *corners = area
    return f"={quoted(str(sheet))}!{xl_range_abs(*map(int, corners))}"
