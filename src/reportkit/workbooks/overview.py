"""The sheet 总览 of the team workbook: tiles, figures against target, what went well, what is short, what to see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from xlsxwriter.utility import xl_rowcol_to_cell

from reportkit.definitions import report_words as say
from reportkit.definitions import words
from reportkit.definitions.text import Language, Text
from reportkit.indicators.assess import FEW, Assessment, points
from reportkit.summary.attention import Concern
from reportkit.summary.highlights import Highlights
from reportkit.summary.summaries import AdvisorSummary, TeamSummary
from reportkit.workbooks.cells import (
    Page,
    pale_bars,
    period_and_unit,
    points_format,
    verdict,
    width_for,
    width_for_names,
)
from reportkit.workbooks.charts import Range, score_chart, trend_chart
from reportkit.workbooks.links import internal
from reportkit.workbooks.sentences import by_kind_told, told
from reportkit.workbooks.style import MUTED, ROW_HEIGHT, WRONG, set_up_print
from reportkit.workbooks.tiles import Spark, Tile, add_spark, add_tiles
from reportkit.workbooks.trend_sheet import TileSparks

HEADINGS: Final[tuple[Text, ...]] = (
    words.INDICATOR, say.PERIOD_UNIT, say.VALUE, words.TARGET, words.ATTAINMENT, say.PACE, words.DAYS_MET, words.LEFT,
)  # fmt: skip
WIDTHS: Final = (1.2, 24, 11, 11, 10, 13, 8, 12, 9, 1.2, 14, 1.5, *[12.5] * 5)
INDICATOR, PER, VALUE, TARGET, ATTAINED, PACE, MET, LEFT, GAP, SPARK = range(1, 11)  # small columns fill their cells
SIDE, SIDE_END = 12, 16
CHART_ROWS, CHART_HEIGHT = 10, 232
WIDE, NARROW = 815, 462
CAPTIONS, HEADER = 3, 7
SIDE_WIDTH: Final = sum(WIDTHS[SIDE : SIDE_END + 1])
FIRST: Final = HEADER + 1


@dataclass(frozen=True)
class Overview:
    """What the page shows.

    `links` lead from figures to their rows; `sparks` are the weeks before, by indicator, `tiles` those of the
    tiles; `scores` are the labels and values of the weeks' scores, `ranked` those of the advisors', both on sheets of
    their own, None where there is nothing to draw.
    """

    team: TeamSummary
    highlights: Highlights
    attention: Sequence[Concern]
    served: int
    weeks: int
    links: Mapping[str, str]
    sparks: Mapping[str, Spark]
    tiles: TileSparks
    scores: tuple[Range, Range] | None
    ranked: tuple[Range, Range] | None
    alerts: str


def add_overview(page: Page, shown: Overview) -> None:
    """Fill the sheet."""
    sheet, team = page.sheet, shown.team
    page.columns(WIDTHS)
    names = width_for_names((one.indicator.label.to(page.language) for one in team.assessments), WIDTHS[INDICATOR])
    sheet.set_column(INDICATOR, INDICATOR, names)
    units = [period_and_unit(one.indicator, page.language) for one in team.assessments]
    sheet.set_column(PER, PER, width_for(units, WIDTHS[PER]))
    sheet.set_default_row(ROW_HEIGHT)
    _add_title(page, team)
    _add_tiles(page, shown)
    page.headings(HEADER, INDICATOR, HEADINGS, numbers=tuple(range(2, len(HEADINGS))))
    page.typed(HEADER, GAP, None, "heading")
    page.say(HEADER, SPARK, say.SPARK, "heading")
    sheet.set_row(HEADER, 24)
    for at, one in enumerate(team.assessments, FIRST):
        page.named(at, INDICATOR, one.indicator.label.to(page.language), names)
        _add_figure(page, at, one, shown.links.get(one.indicator.code))
        add_spark(page, at, SPARK, shown.sparks.get(one.indicator.code))
    end = FIRST + len(team.assessments)
    pale_bars(sheet, FIRST, end - 1, ATTAINED)
    note = say.NOTE_PERIODS.fill(page.language, as_of=team.as_of, few=FEW)
    page.merged(end, INDICATOR, SPARK, note, page.styles.of("caption", text_wrap=True, valign="top"))
    sheet.set_row(end, 30)
    row = _add_side(page, shown)
    _add_charts(page, max(end + 1, row) + 1, shown)
    sheet.freeze_panes(FIRST, 0)
    sheet.hide_gridlines(2)
    set_up_print(sheet, page.language)
    sheet.fit_to_pages(1, 1)


def name_figures(page: Page, assessments: Sequence[Assessment]) -> None:
    """Name the key figures, so that other workbooks and formulas find them."""
    page.name_cell("score", CAPTIONS + 1, 1)
    for at, one in enumerate(assessments, FIRST):
        for prefix, column in (("value", VALUE), ("target", TARGET), ("attainment", ATTAINED)):
            page.name_cell(f"{prefix}_{one.indicator.code}", at, column)


def link_to_figure(sheet: str, position: int) -> str:
    """Return the link to the figure of the indicator at a position."""
    return internal(sheet, xl_rowcol_to_cell(FIRST + position, VALUE))


def scored(members: Sequence[AdvisorSummary], language: Language) -> str:
    """Return how many of the advisors in service the week's score is of."""
    some = sum(member.score is not None for member in members)
    return say.OF.fill(language, some=some, all=sum(member.in_service for member in members))


def _add_title(page: Page, team: TeamSummary) -> None:
    span = team.members[0].span
    line = say.WEEK_LINE.fill(page.language, week=team.week, start=span.start, end=span.end, as_of=team.as_of)
    page.title(say.TEAM_TITLE.fill(page.language, name=team.name), line, INDICATOR)


def _add_tiles(page: Page, shown: Overview) -> None:
    team = shown.team
    assessed = [one for one in team.assessments if one.assessed]
    met = sum(one.met for one in assessed)
    reached = say.OF.fill(page.language, some=met, all=len(assessed))
    excluded = sum(member.rows.excluded for member in team.members)
    add_tiles(
        page,
        CAPTIONS,
        (
            Tile(1, 1, say.SCORE, points(team.score), team.score, points_format(team.score), spark=shown.tiles.score),
            Tile(2, 3, say.GRADE, team.grade or ""),
            Tile(4, 5, say.INDICATORS_MET, reached, spark=shown.tiles.met),
            Tile(6, 7, say.CUSTOMERS_SERVED, "", float(shown.served), "#,##0", spark=shown.tiles.served),
            Tile(LEFT, SPARK, say.ADVISORS, scored(team.members, page.language)),
            Tile(
                SIDE, SIDE + 1, say.DUE_CUSTOMERS, "", float(sum(len(member.due) for member in team.members)), "#,##0"
            ),
            Tile(
                SIDE + 2,
                SIDE + 3,
                say.ALERTS,
                "",
                float(len(shown.attention)),
                "#,##0",
                WRONG if shown.attention else None,
            ),
            Tile(SIDE_END, SIDE_END, say.ERROR_ROWS, "", float(excluded), "#,##0", WRONG if excluded else None),
        ),
    )


def _add_figure(page: Page, row: int, one: Assessment, link: str | None) -> None:
    grey = {"font_color": MUTED} if one.few else {}
    page.typed(row, PER, period_and_unit(one.indicator, page.language), "caption", "ruled", align="left", indent=1)
    page.linked(row, VALUE, link)
    page.beside(row, VALUE, TARGET, one, **grey)
    page.share(row, ATTAINED, one.attainment, "body", "ruled", **(grey or verdict(one.attainment)))
    page.share(row, PACE, one.pace, "body", "ruled", **(grey or verdict(one.pace)))
    if one.days_met is None:
        page.blank(row, MET, "body", "ruled")
    else:
        page.typed(row, MET, f"{one.days_met} / {one.working_days:g}", "body", "ruled", align="right")
    page.figure(row, LEFT, None if one.left is None else float(one.left), "times", "body", "ruled")
    page.typed(row, GAP, None, "body", "ruled")


def _add_side(page: Page, shown: Overview) -> int:
    """Write what went well, what is short and what to look at beside the figures; return the row after them."""
    language = page.language
    well, short = told(shown.highlights, shown.team.assessments, language)
    look = [f"! {sentence}" for sentence in by_kind_told(shown.attention, language, SIDE_WIDTH)]
    row = HEADER
    for title, sentences in (
        (say.WENT_WELL, well), (say.IS_SHORT, short), (say.ALERTS, look or [say.NO_ALERTS.to(language)])
    ):  # fmt: skip
        if not sentences:
            continue
        page.merged(row, SIDE, SIDE_END, title.to(language), page.styles.of("section"))
        for at, sentence in enumerate(sentences, row + 1):
            page.merged(at, SIDE, SIDE_END, sentence, page.styles.of("body", shrink=True))
        row += len(sentences) + 2
    if shown.attention:
        link, text = internal(shown.alerts, "A1"), say.MORE_ALERTS.fill(language, count=len(shown.attention))
        page.sheet.write_url(row - 1, SIDE, link, page.styles.of("link"), text)
    return row


def _add_charts(page: Page, row: int, shown: Overview) -> None:
    """Place the score of the weeks on the left, the scores of the advisors on the right."""
    book, language, sheet = page.styles.book, page.language, page.sheet
    if shown.scores:
        title = say.CHART_TREND.fill(language, weeks=shown.weeks)
        line = trend_chart(book, language, title, *shown.scores, (WIDE, CHART_HEIGHT))
        alt = say.ALT_TREND.fill(language, weeks=shown.weeks, score=points(shown.team.score))
        sheet.insert_chart(row, INDICATOR, line, {"description": alt, "object_position": 1})
    else:
        page.typed(row, INDICATOR, say.NO_SCORES.fill(language, weeks=shown.weeks), "caption", indent=1)
    if shown.ranked:
        title = say.SCORES_OF_ADVISORS.to(language)
        columns = score_chart(book, language, title, *shown.ranked, (NARROW, CHART_HEIGHT))
        sheet.insert_chart(row, SIDE, columns, {"description": say.ALT_SCORES.to(language), "object_position": 1})
    sheet.print_area(0, 0, row + CHART_ROWS, SIDE_END)
