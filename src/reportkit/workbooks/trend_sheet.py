"""The sheet 趋势 of the team workbook: the team's score, its indicators and its advisors over the last weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from xlsxwriter.utility import xl_rowcol_to_cell

from reportkit.definitions import insight_words as extra
from reportkit.definitions import report_words as say
from reportkit.definitions import words
from reportkit.definitions.figures import points
from reportkit.definitions.text import Text
from reportkit.settings.branch_settings import Indicator
from reportkit.summary.backing import Backing
from reportkit.summary.summaries import AdvisorSummary
from reportkit.summary.trend import PastWeek, Process
from reportkit.workbooks.blocks import Block, Figure, Value, add_block
from reportkit.workbooks.cells import POINTS, Page, add_spark, quoted
from reportkit.workbooks.charts import Range, cells, trend_chart
from reportkit.workbooks.style import GOOD, LOW_MIDDLE_HIGH, PERCENT, ROW_HEIGHT, WHOLE, WRONG, set_up_print

NAME, SPARK, FIRST_WEEK = 0, 1, 2
NAME_WIDTH, SPARK_WIDTH, WEEK_WIDTH = 24, 18, 8.2
CHART_AT: Final = 3
TEAM_AT: Final = CHART_AT + 10  # below the chart
SCORE_AT: Final = TEAM_AT + 2
LOW, MIDDLE, HIGH = 40, 75, 100  # of the colours: around the line of grade B


def add_trend(
    page: Page,
    weeks: Sequence[PastWeek],
    members: Sequence[AdvisorSummary],
    backings: Mapping[str, Backing],
    control: Sequence[Process],
    served: Sequence[int],
) -> None:
    """Fill the sheet; `weeks`, `control` and `served` (customers a week) are the team's, `members` come best first."""
    sheet, language, last = page.sheet, page.language, FIRST_WEEK + len(weeks) - 1
    sheet.set_column(NAME, NAME, NAME_WIDTH)
    sheet.set_column(SPARK, SPARK, SPARK_WIDTH)
    sheet.set_column(FIRST_WEEK, last, WEEK_WIDTH)
    sheet.set_default_row(ROW_HEIGHT)
    page.title(say.TREND.to(language), say.TREND_LINE.fill(language, weeks=len(weeks)))
    end = _add_team(page, weeks, served)
    _add_scores(page, end + 1, weeks, members, backings)
    _add_process(page, end + 4 + len(members), control, last)
    sheet.set_h_pagebreaks([end + 1])
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


def _add_team(page: Page, weeks: Sequence[PastWeek], served: Sequence[int]) -> int:
    """Write the team's score, its attainment of every indicator, and what the tiles draw; return the row after them."""
    _add_heading(page, TEAM_AT, say.ATTAINMENT_OF_TEAM, words.INDICATOR, weeks)
    _add_line(page, SCORE_AT, say.SCORE.to(page.language), [week.score for week in weeks], POINTS, bold=True)
    known = _listed(weeks)
    for at, indicator in enumerate(known, SCORE_AT + 1):
        assessed = [week.of(indicator.code) for week in weeks]
        shares = [one.attainment if one else None for one in assessed]
        _add_line(page, at, indicator.label.to(page.language), shares, PERCENT)
    end = SCORE_AT + 1 + len(known)
    met = [float(week.met) if week.assessments else None for week in weeks]
    _add_line(page, end, say.INDICATORS_MET.to(page.language), met, WHOLE)
    customers = [float(one) if week.assessments else None for week, one in zip(weeks, served, strict=True)]
    _add_line(page, end + 1, say.CUSTOMERS_SERVED.to(page.language), customers, WHOLE)
    return end + 2


def _add_scores(
    page: Page,
    row: int,
    weeks: Sequence[PastWeek],
    members: Sequence[AdvisorSummary],
    backings: Mapping[str, Backing],
) -> None:
    """Write each advisor's scores."""
    _add_heading(page, row, say.SCORES_OF_ADVISORS, words.ADVISOR, weeks)
    for at, member in enumerate(members, row + 2):
        scores = [week.score for week in backings[member.advisor_id].weeks]
        _add_line(page, at, member.name or member.advisor_id, scores, POINTS)
    low, middle, high = LOW_MIDDLE_HIGH
    scale = {
        "type": "3_color_scale", "min_type": "num", "min_value": LOW, "mid_type": "num", "mid_value": MIDDLE,
        "max_type": "num", "max_value": HIGH, "min_color": low, "mid_color": middle, "max_color": high,
    }  # fmt: skip
    last = row + 1 + len(members)
    page.sheet.conditional_format(row + 2, FIRST_WEEK, last, FIRST_WEEK + len(weeks) - 1, scale)


def _add_process(page: Page, row: int, control: Sequence[Process], last: int) -> None:
    """Write each indicator's last whole week against its own limits, signals first."""
    if not control:
        return
    lines: list[tuple[Value, ...]] = []
    for one in sorted(control, key=lambda one: one.alert is None):
        unit, limits = one.indicator.unit, one.limits
        signal, mark = _signal(one)
        lines.append(
            (
                one.indicator.label,
                Figure(one.value, unit, mark),
                *(
                    Figure(value, unit)
                    for value in ((limits.mean, max(0.0, limits.lower), limits.upper) if limits else (None, None, None))
                ),
                signal,
            )
        )
    headings = (words.INDICATOR, extra.LAST_WEEK, extra.MEAN, extra.LOWER, extra.UPPER, extra.SIGNAL)
    block = Block(extra.PROCESS, headings, (0, 1, 2, 4, 6, 8, last + 1), lines, (1, 2, 3, 4))
    end = add_block(page, row, block, (NAME_WIDTH, SPARK_WIDTH, *[WEEK_WIDTH] * (last - FIRST_WEEK + 1)))
    page.say(end, 0, extra.PROCESS_LINE, "caption")


def _signal(one: Process) -> tuple[Text | None, tuple[tuple[str, object], ...]]:
    """Return what a process shows in words, and how it is marked."""
    if one.alert is None:
        return (extra.SIGNAL_NONE if one.limits else None), ()
    better = one.alert.good
    colour = ("font_color", GOOD if better else WRONG)
    return (extra.SIGNAL_BETTER if better else extra.SIGNAL_WORSE), (colour, ("bold", True))


def _add_line(
    page: Page, row: int, name: str, values: Sequence[float | None], num_format: str, *, bold: bool = False
) -> None:
    """Write a line of weeks with its small columns."""
    page.named(row, NAME, name, NAME_WIDTH, bold=bold)
    add_spark(page, row, SPARK, _weeks(page.name, row, len(values)))
    for column, value in enumerate(values, FIRST_WEEK):
        page.of_week(row, column, value, num_format)


def _weeks(name: str, row: int, weeks: int) -> str:
    """Return the range of a row's weeks."""
    first, last = xl_rowcol_to_cell(row, FIRST_WEEK), xl_rowcol_to_cell(row, FIRST_WEEK + weeks - 1)
    return f"{quoted(name)}!{first}:{last}"


def spark_ranges(name: str, weeks: Sequence[PastWeek]) -> dict[str, str]:
    """Return indicator → the range of the team's attainment over the weeks, for those the sheet lists."""
    return {one.code: _weeks(name, at, len(weeks)) for at, one in enumerate(_listed(weeks), SCORE_AT + 1)}


@dataclass(frozen=True)
class TileSparks:
    """The ranges of weeks behind the overview's tiles."""

    score: str
    met: str
    served: str


def tile_sparks(name: str, weeks: Sequence[PastWeek]) -> TileSparks:
    """Return where the weeks of the score, of indicators met and of customers served stand."""
    after = SCORE_AT + 1 + len(_listed(weeks))
    return TileSparks(*(_weeks(name, at, len(weeks)) for at in (SCORE_AT, after, after + 1)))


def score_ranges(name: str, weeks: Sequence[PastWeek]) -> tuple[Range, Range]:
    """Return the labels and the values of the team's scores, for charts."""
    last = FIRST_WEEK + len(weeks) - 1
    return cells(name, TEAM_AT + 1, FIRST_WEEK, TEAM_AT + 1, last), cells(name, SCORE_AT, FIRST_WEEK, SCORE_AT, last)


def _listed(weeks: Sequence[PastWeek]) -> list[Indicator]:
    """Return the indicators of a day or week: those of longer periods do not differ from week to week."""
    return [one.indicator for one in weeks[-1].assessments if one.indicator.period in ("day", "week")]


def _add_chart(page: Page, weeks: Sequence[PastWeek]) -> None:
    title = say.CHART_TREND.fill(page.language, weeks=len(weeks))
    line = trend_chart(page.styles.book, page.language, title, *score_ranges(page.name, weeks), (1020, 228))
    alt = say.ALT_TREND.fill(page.language, weeks=len(weeks), score=points(weeks[-1].score))
    page.sheet.insert_chart(CHART_AT, NAME, line, {"description": alt, "object_position": 1, "x_offset": 4})
