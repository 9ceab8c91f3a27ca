"""The sheet 趋势 of the team workbook: the team's score, its indicators and its advisors over the last weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from xlsxwriter.utility import xl_rowcol_to_cell

from reportkit.definitions import insight_words as extra
from reportkit.definitions import report_words as say
from reportkit.definitions import words
from reportkit.definitions.text import Text
from reportkit.indicators.assess import GRADES, points
from reportkit.indicators.process_control import FEWEST
from reportkit.settings.indicator_rows import PERIODS_OF_A_WEEK, Indicator
from reportkit.summary.backing import Backing
from reportkit.summary.summaries import AdvisorSummary
from reportkit.summary.trend import WEEKS, PastWeek, Process
from reportkit.workbooks.blocks import Block, Figure, Value, add_block
from reportkit.workbooks.cells import POINTS, Page
from reportkit.workbooks.charts import Range, cells, trend_chart
from reportkit.workbooks.links import quoted
from reportkit.workbooks.paging import break_pages, last_table, table, whole
from reportkit.workbooks.style import GOOD, LOW_MIDDLE_HIGH, PERCENT, ROW_HEIGHT, WHOLE, WRONG, set_up_print
from reportkit.workbooks.tiles import Spark, add_sparks

NAME, SPARK, FIRST_WEEK = 0, 1, 2
NAME_WIDTH, SPARK_WIDTH, WEEK_WIDTH = 26, 20, 11  # so wide that chart and table share a page
WIDTHS: Final = (NAME_WIDTH, SPARK_WIDTH, *[WEEK_WIDTH] * WEEKS)  # however many weeks there are yet
CHART_AT: Final = 3
CHART_ROWS, CHART_SIZE = 8, (1308, 182)
TEAM_AT: Final = CHART_AT + CHART_ROWS
SCORE_AT: Final = TEAM_AT + 2
BEST, WORST = GRADES[0][0], GRADES[-2][0]  # grade A from the one, D under the other
GRADED: Final = f'[<{WORST:g}]"▼ "0.0;[>={BEST:g}]"▲ "0.0;0.0'  # told apart in grey, too
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
    sheet, language = page.sheet, page.language
    page.columns(WIDTHS)
    sheet.set_default_row(ROW_HEIGHT)
    as_of = members[0].as_of
    line = say.TREND_LINE.fill(language, weeks=len(weeks))
    under_way = "" if weeks[-1].is_over(as_of) else say.UNDER_WAY.fill(language, as_of=as_of)
    page.title(say.TREND.to(language), line + under_way)
    labels = [week.label(as_of) for week in weeks]
    end = _add_team(page, weeks, labels, served)
    below = _add_process(page, end + 1, control)
    scores = below + 1 if control else below
    _add_scores(page, scores, labels, members, backings)
    _add_chart(page, weeks)
    parts = (
        whole(CHART_AT, TEAM_AT), table(TEAM_AT, end), table(end + 1, below),
        last_table(page, scores, scores + 2 + len(members)),
    )  # fmt: skip
    break_pages(page, parts, WIDTHS)
    sheet.freeze_panes(2, 1)
    sheet.hide_gridlines(2)
    set_up_print(sheet, language)
    sheet.repeat_columns(NAME)


def _add_heading(page: Page, row: int, title: Text, first: Text, labels: Sequence[str]) -> None:
    page.section(row, NAME, FIRST_WEEK + len(labels) - 1, title)
    page.headings(row + 1, NAME, (first, say.SPARK))
    for at, label in enumerate(labels, FIRST_WEEK):
        page.typed(row + 1, at, label, "heading", align="right")


def _add_team(page: Page, weeks: Sequence[PastWeek], labels: Sequence[str], served: Sequence[int]) -> int:
    """Write the team's score, its attainment of every indicator, and what the tiles draw; return the row after them."""
    _add_heading(page, TEAM_AT, say.ATTAINMENT_OF_TEAM, words.INDICATOR, labels)
    _add_line(page, SCORE_AT, say.SCORE.to(page.language), [week.score for week in weeks], POINTS, bold=True)
    known = _listed(weeks)
    for at, indicator in enumerate(known, SCORE_AT + 1):
        _add_line(page, at, indicator.label.to(page.language), _shares(weeks, indicator), PERCENT)
    end = SCORE_AT + 1 + len(known)
    _add_line(page, end, say.INDICATORS_MET.to(page.language), _met(weeks), WHOLE)
    _add_line(page, end + 1, say.CUSTOMERS_SERVED.to(page.language), _customers(weeks, served), WHOLE)
    return end + 2


def _add_scores(
    page: Page,
    row: int,
    labels: Sequence[str],
    members: Sequence[AdvisorSummary],
    backings: Mapping[str, Backing],
) -> None:
    """Write each advisor's scores, drawn on one scale."""
    _add_heading(page, row, say.SCORES_BY_WEEK, words.ADVISOR, labels)
    drawn: dict[int, Spark] = {}
    for at, member in enumerate(members, row + 2):
        scores = [week.score for week in backings[member.advisor_id].weeks[-len(labels) :]]
        drawn[at] = _add_weeks(page, at, member.name or member.advisor_id, scores, GRADED)
    add_sparks(page, SPARK, drawn)
    low, middle, high = LOW_MIDDLE_HIGH
    scale = {
        "type": "3_color_scale", "min_type": "num", "min_value": LOW, "mid_type": "num", "mid_value": MIDDLE,
        "max_type": "num", "max_value": HIGH, "min_color": low, "mid_color": middle, "max_color": high,
    }  # fmt: skip
    last = row + 1 + len(members)
    page.sheet.conditional_format(row + 2, FIRST_WEEK, last, FIRST_WEEK + len(labels) - 1, scale)


def _add_process(page: Page, row: int, control: Sequence[Process]) -> int:
    """Write each indicator's last whole week against its own limits, signals first; return the row after them."""
    if not control:
        return row
    judged = control if any(one.limits for one in control) else ()
    lines: list[tuple[Value, ...]] = []
    for one in sorted(judged, key=lambda one: one.alert is None):
        unit, limits = one.indicator.unit, one.limits
        signal, mark = _signal(one)
        lines.append(
            (
                one.label,
                Figure(one.value, unit, mark),
                *(
                    Figure(value, unit)
                    for value in ((limits.mean, limits.lower, limits.upper) if limits else (None, None, None))
                ),
                signal,
            )
        )
    headings = (words.INDICATOR, extra.LAST_WEEK, extra.MEAN, extra.LOWER, extra.UPPER, extra.SIGNAL)
    block = Block(extra.PROCESS, headings, (0, 1, 2, 4, 6, 8, len(WIDTHS)), lines, (1, 2, 3, 4), _too_young())
    end = add_block(page, row, block, WIDTHS)
    if not judged:
        return end
    notes = [extra.PROCESS_LINE, *([extra.SETTLES_LINE] if any(one.indicator.settles for one in judged) else [])]
    for at, note in enumerate(notes, end):
        page.say(at, 0, note, "caption")
    return end + len(notes)


def _too_young() -> Text:
    """Return what stands in place of limits that no indicator has yet: the last week is compared with those before."""
    return extra.PROCESS_TOO_YOUNG.filled(weeks=FEWEST + 1)


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
    page.sheet.add_sparkline(row, SPARK, _add_weeks(page, row, name, values, num_format, bold=bold).options())


def _add_weeks(
    page: Page, row: int, name: str, values: Sequence[float | None], num_format: str, *, bold: bool = False
) -> Spark:
    """Write a line of weeks and return the small columns that belong into it."""
    page.named(row, NAME, name, NAME_WIDTH, bold=bold)
    page.typed(row, SPARK, None, "body", "ruled")
    for column, value in enumerate(values, FIRST_WEEK):
        page.of_week(row, column, value, num_format)
    return Spark.of(_weeks(page.name, row, len(values)), values)


def _weeks(name: str, row: int, weeks: int) -> str:
    """Return the range of a row's weeks."""
    first, last = xl_rowcol_to_cell(row, FIRST_WEEK), xl_rowcol_to_cell(row, FIRST_WEEK + weeks - 1)
    return f"{quoted(name)}!{first}:{last}"


def sparks(name: str, weeks: Sequence[PastWeek]) -> dict[str, Spark]:
    """Return indicator → the team's attainment over the weeks, for those the sheet lists."""
    return {
        one.code: Spark.of(_weeks(name, at, len(weeks)), _shares(weeks, one))
        for at, one in enumerate(_listed(weeks), SCORE_AT + 1)
    }


def _shares(weeks: Sequence[PastWeek], indicator: Indicator) -> list[float | None]:
    """Return the team's attainment of an indicator week by week."""
    assessed = [week.of(indicator.code) for week in weeks]
    return [one.attainment if one else None for one in assessed]


def _met(weeks: Sequence[PastWeek]) -> list[float | None]:
    """Return how many indicators the team met week by week."""
    return [float(week.met) if week.figures else None for week in weeks]


def _customers(weeks: Sequence[PastWeek], served: Sequence[int]) -> list[float | None]:
    """Return how many customers the team served week by week."""
    return [float(one) if week.figures else None for week, one in zip(weeks, served, strict=True)]


@dataclass(frozen=True)
class TileSparks:
    """The weeks behind the overview's tiles."""

    score: Spark
    met: Spark
    served: Spark


def tile_sparks(name: str, weeks: Sequence[PastWeek], served: Sequence[int]) -> TileSparks:
    """Return the weeks of the score, of indicators met and of customers served."""
    after = SCORE_AT + 1 + len(_listed(weeks))
    drawn = (SCORE_AT, [week.score for week in weeks]), (after, _met(weeks)), (after + 1, _customers(weeks, served))
    return TileSparks(*(Spark.of(_weeks(name, at, len(weeks)), values) for at, values in drawn))


def score_ranges(name: str, weeks: Sequence[PastWeek]) -> tuple[Range, Range] | None:
    """Return the labels and the values of the team's scores, for charts; None where there is none to draw."""
    if all(week.score is None for week in weeks):
        return None
    last = FIRST_WEEK + len(weeks) - 1
    return cells(name, TEAM_AT + 1, FIRST_WEEK, TEAM_AT + 1, last), cells(name, SCORE_AT, FIRST_WEEK, SCORE_AT, last)


def _listed(weeks: Sequence[PastWeek]) -> list[Indicator]:
    """Return the indicators of a day or week: those of longer periods do not differ from week to week."""
    return [one.indicator for one in weeks[-1].figures if one.indicator.period in PERIODS_OF_A_WEEK]


def _add_chart(page: Page, weeks: Sequence[PastWeek]) -> None:
    drawn = score_ranges(page.name, weeks)
    if drawn is None:
        page.typed(CHART_AT, NAME, say.NO_SCORES.fill(page.language, weeks=len(weeks)), "caption", indent=1)
        return
    title = say.CHART_TREND.fill(page.language, weeks=len(weeks))
    line = trend_chart(page.styles.book, page.language, title, *drawn, CHART_SIZE)
    alt = say.ALT_TREND.fill(page.language, weeks=len(weeks), score=points(weeks[-1].score))
    page.sheet.insert_chart(CHART_AT, NAME, line, {"description": alt, "object_position": 1, "x_offset": 4})
