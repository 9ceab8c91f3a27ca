"""The sheet 趋势 of the team workbook: the team's score, its indicators and its advisors over the last weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from xlsxwriter.utility import xl_rowcol_to_cell

from reportkit import report_words as say
from reportkit import words
from reportkit.backing import Backing
from reportkit.figures import points
from reportkit.settings import Indicator
from reportkit.summary import AdvisorSummary
from reportkit.text import Text
from reportkit.trend import PastWeek
from reportkit.workbooks.cells import Page, add_spark, quoted
from reportkit.workbooks.charts import Range, cells, trend_chart
from reportkit.workbooks.style import LOW_MIDDLE_HIGH, ROW_HEIGHT, set_up_print

NAME, SPARK, FIRST_WEEK = 0, 1, 2
NAME_WIDTH, SPARK_WIDTH, WEEK_WIDTH = 24, 18, 8.2
CHART_AT: Final = 3
SCORES_AT: Final = CHART_AT + 13  # below the chart
SCORES: Final = (60, 90)  # the lines of grades C and A


def add_trend(
    page: Page, weeks: Sequence[PastWeek], members: Sequence[AdvisorSummary], backings: Mapping[str, Backing]
) -> None:
    """Fill the sheet; `weeks` are the team's, `members` come best first."""
    sheet, language, last = page.sheet, page.language, FIRST_WEEK + len(weeks) - 1
    sheet.set_column(NAME, NAME, NAME_WIDTH)
    sheet.set_column(SPARK, SPARK, SPARK_WIDTH)
    sheet.set_column(FIRST_WEEK, last, WEEK_WIDTH)
    sheet.set_default_row(ROW_HEIGHT)
    page.title(say.TREND.to(language), say.TREND_LINE.fill(language, weeks=len(weeks)))
    row = _add_scores(page, SCORES_AT, weeks, members, backings)
    _add_attainment(page, row + 1, weeks)
    _add_chart(page, weeks)
    sheet.freeze_panes(2, 1)
    sheet.hide_gridlines(2)
    set_up_print(sheet, language)
    sheet.repeat_columns(NAME)


def _add_heading(page: Page, row: int, title: Text, first: Text, weeks: Sequence[PastWeek]) -> None:
    page.section(row, NAME, FIRST_WEEK + len(weeks) - 1, title)
    page.headings(row + 1, NAME, (first, say.SPARK))
    for at, week in enumerate(weeks, FIRST_WEEK):
        page.typed(row + 1, at, week.week[-3:], "heading", align="right")


def _add_scores(
    page: Page,
    row: int,
    weeks: Sequence[PastWeek],
    members: Sequence[AdvisorSummary],
    backings: Mapping[str, Backing],
) -> int:
    """Write the team's scores, then each advisor's; return the row after them."""
    _add_heading(page, row, say.SCORES_OF_ADVISORS, words.ADVISOR, weeks)
    lines = [(say.TEAM_ROW.to(page.language), weeks)]
    lines += [(member.name or member.advisor_id, backings[member.advisor_id].weeks) for member in members]
    for at, (name, of_one) in enumerate(lines, row + 2):
        page.text(at, NAME, name, bold=at == row + 2)
        add_spark(page, at, SPARK, _weeks(page.name, at, len(weeks)))
        for column, week in enumerate(of_one, FIRST_WEEK):
            page.points(at, column, week.score, "body", "ruled")
    low, middle, high = LOW_MIDDLE_HIGH
    scale = {
        "type": "3_color_scale", "min_type": "num", "min_value": SCORES[0] - 20, "mid_type": "num",
        "mid_value": sum(SCORES) / 2, "max_type": "num", "max_value": SCORES[1] + 10,
        "min_color": low, "mid_color": middle, "max_color": high,
    }  # fmt: skip
    end = row + 2 + len(lines)
    page.sheet.conditional_format(row + 2, FIRST_WEEK, end - 1, FIRST_WEEK + len(weeks) - 1, scale)
    return end


def _add_attainment(page: Page, row: int, weeks: Sequence[PastWeek]) -> None:
    """Write the team's attainment of every indicator of a day or week."""
    _add_heading(page, row, say.ATTAINMENT_OF_TEAM, words.INDICATOR, weeks)
    for at, indicator in enumerate(_listed(weeks), row + 2):
        page.text(at, NAME, indicator.label.to(page.language))
        add_spark(page, at, SPARK, _weeks(page.name, at, len(weeks)))
        for column, week in enumerate(weeks, FIRST_WEEK):
            one = week.of(indicator.code)
            page.share(at, column, one.attainment if one else None, "body", "ruled")


def _weeks(name: str, row: int, weeks: int) -> str:
    """Return the range of a row's weeks."""
    first, last = xl_rowcol_to_cell(row, FIRST_WEEK), xl_rowcol_to_cell(row, FIRST_WEEK + weeks - 1)
    return f"{quoted(name)}!{first}:{last}"


def spark_ranges(name: str, weeks: Sequence[PastWeek], members: int) -> dict[str, str]:
    """Return indicator → the range of the team's attainment over the weeks, for those the sheet lists."""
    first = SCORES_AT + members + 6
    return {one.code: _weeks(name, at, len(weeks)) for at, one in enumerate(_listed(weeks), first)}


def score_ranges(name: str, weeks: Sequence[PastWeek]) -> tuple[Range, Range]:
    """Return the labels and the values of the team's scores, for charts."""
    last = FIRST_WEEK + len(weeks) - 1
    return cells(name, SCORES_AT + 1, FIRST_WEEK, SCORES_AT + 1, last), cells(
        name, SCORES_AT + 2, FIRST_WEEK, SCORES_AT + 2, last
    )


def _listed(weeks: Sequence[PastWeek]) -> list[Indicator]:
    """Return the indicators of a day or week: those of longer periods do not differ from week to week."""
    return [one.indicator for one in weeks[-1].assessments if one.indicator.period in ("day", "week")]


def _add_chart(page: Page, weeks: Sequence[PastWeek]) -> None:
    title = say.CHART_TREND.fill(page.language, weeks=len(weeks))
    line = trend_chart(page.styles.book, page.language, title, *score_ranges(page.name, weeks), (1020, 280))
    alt = say.ALT_TREND.fill(page.language, weeks=len(weeks), score=points(weeks[-1].score))
    page.sheet.insert_chart(CHART_AT, NAME, line, {"description": alt, "object_position": 1, "x_offset": 4})
