"""The sheet 周报 of an advisor's report: the week on one page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from reportkit.definitions import report_words as say
from reportkit.definitions import words
from reportkit.definitions.findings import how_many
from reportkit.definitions.text import Text
from reportkit.facts.review import unpublished
from reportkit.indicators.assess import FEW, Assessment, attainment, points
from reportkit.summary.highlights import DailyContacts, Highlights
from reportkit.summary.summaries import AdvisorSummary
from reportkit.summary.trend import PastWeek
from reportkit.workbooks.cells import (
    Page,
    number_format,
    pale_bars,
    period_and_unit,
    points_format,
    verdict,
    width_for,
    width_for_names,
)
from reportkit.workbooks.charts import bar_chart, cells, column_chart, trend_chart
from reportkit.workbooks.links import internal
from reportkit.workbooks.sentences import told
from reportkit.workbooks.style import MIST, MUTED, ROW_HEIGHT, WRONG, set_up_print
from reportkit.workbooks.tiles import Tile, add_tiles

INDICATOR, PER, MONDAY, TOTAL, TARGET, ATTAINED, PACE, MET, STRETCH, LEFT = 1, 2, 3, 10, 11, 12, 13, 14, 15, 16
WIDTHS: Final = (1.2, 21, 9, *[6.6] * 7, 8.5, 8, 12, 8, 10, 8.5, 7)
CAPTIONS, HEADER = 3, 6
FIRST: Final = HEADER + 1
CHART_ROWS, CHART_HEIGHT = 21, 500
BAR_HEIGHT: Final = 17  # pixels that the name of a bar takes
ROW_PIXELS: Final = ROW_HEIGHT * 4 / 3
NUMBERS: Final = tuple(range(MONDAY - 1, LEFT))


@dataclass(frozen=True)
class Week:
    """What the page shows.

    `off` are the days nobody has to work, `unpublished` the years whose calendar is not known yet, `links` lead from
    figures to their rows.
    """

    summary: AdvisorSummary
    branch: str
    level: str
    working_days: float
    leave: float
    off: frozenset[dt.date]
    unpublished: Sequence[int]
    highlights: Highlights
    contacts: DailyContacts
    trend: Sequence[PastWeek]
    links: Mapping[str, str]

    @cached_property
    def days(self) -> list[dt.date]:
        """The days of the week."""
        days: list[dt.date] = self.summary.span.days.astype(object).tolist()
        return days


def add_weekly(page: Page, week: Week) -> None:
    """Fill the sheet."""
    sheet, count = page.sheet, len(week.summary.assessments)
    page.columns(WIDTHS)
    names = width_for_names(
        (one.indicator.label.to(page.language) for one in week.summary.assessments), WIDTHS[INDICATOR]
    )
    sheet.set_column(INDICATOR, INDICATOR, names)
    units = [period_and_unit(one.indicator, page.language) for one in week.summary.assessments]
    sheet.set_column(PER, PER, width_for(units, WIDTHS[PER]))
    sheet.set_default_row(ROW_HEIGHT)
    _add_title(page, week)
    _add_tiles(page, week)
    _add_headings(page, week)
    for at, one in enumerate(week.summary.assessments, FIRST):
        page.named(at, INDICATOR, one.indicator.label.to(page.language), names)
        _add_indicator(page, at, one, week)
    end = FIRST + count
    pale_bars(sheet, FIRST, end - 1, ATTAINED)
    _add_contacts(page, end, week)
    _add_note(page, end + 2, week)
    end = _add_sentences(page, end + 4, week)
    _add_trend(page, end + 1, week)
    _add_charts(page, end + 5, end + 2, week)
    sheet.freeze_panes(FIRST, PER)
    sheet.hide_gridlines(2)
    set_up_print(sheet, page.language, portrait=True)
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, end + 5 + max(CHART_ROWS, ceil(_height(count) / ROW_PIXELS)), LEFT)


def name_figures(page: Page, assessments: Sequence[Assessment]) -> None:
    """Name the key figures, so that other workbooks and formulas find them."""
    page.name_cell("score", CAPTIONS + 1, 1)
    page.name_cell("grade", CAPTIONS + 1, 2)
    for at, one in enumerate(assessments, FIRST):
        for prefix, column in (("value", TOTAL), ("target", TARGET), ("attainment", ATTAINED)):
            page.name_cell(f"{prefix}_{one.indicator.code}", at, column)


def link_to_figure(sheet: str, position: int) -> str:
    """Return the link to the figure of the indicator at a position."""
    return internal(sheet, xl_rowcol_to_cell(FIRST + position, TOTAL))


def _add_title(page: Page, week: Week) -> None:
    summary = week.summary
    page.title(say.ADVISOR_TITLE.fill(page.language, name=summary.name or summary.advisor_id), "", INDICATOR)
    span = summary.span
    line = say.WEEK_LINE.fill(page.language, week=summary.week, start=span.start, end=span.end, as_of=summary.as_of)
    who = " · ".join(part for part in (line, summary.advisor_id, week.level, summary.team, week.branch) if part)
    page.merged(1, INDICATOR, LEFT, who, page.styles.of("subtitle", shrink=True))


def _add_tiles(page: Page, week: Week) -> None:
    summary = week.summary
    assessed = [one for one in summary.assessments if one.assessed]
    met = sum(one.met for one in assessed)
    errors = how_many(summary.findings, "error")
    tiles = (
        Tile(1, 1, say.SCORE, points(summary.score), summary.score, points_format(summary.score)),
        Tile(2, 4, say.GRADE, summary.grade or ""),
        Tile(5, 7, say.INDICATORS_MET, say.OF.fill(page.language, some=met, all=len(assessed))),
        Tile(
            8,
            10,
            say.WORKING_DAYS,
            f"{week.working_days:g}",
            week.working_days,
            number_format(week.working_days, "days"),
        ),
        Tile(11, 12, say.LEAVE, f"{week.leave:g}", week.leave, number_format(week.leave, "days")),
        Tile(13, 14, say.DUE_CUSTOMERS, "", float(len(summary.due)), "0"),
        Tile(15, 16, say.ERRORS, "", float(errors), "0", WRONG if errors else None),
    )
    add_tiles(page, CAPTIONS, tiles)


def _add_headings(page: Page, week: Week) -> None:
    page.sheet.set_row(HEADER, 32)
    page.headings(HEADER, INDICATOR, (words.INDICATOR, say.PERIOD_UNIT))
    for at, day in enumerate(week.days):
        style = page.styles.of("heading", align="right", **({"font_color": MUTED} if day in week.off else {}))
        text = f"{words.SHORT_WEEKDAYS[at].to(page.language)}\n{day:%m-%d}"
        page.sheet.write_string(HEADER, MONDAY + at, text, style)
    rest: tuple[Text, ...] = (
        words.TOTAL, words.TARGET, words.ATTAINMENT, say.PACE, words.DAYS_MET, say.STRETCH_TARGET, words.LEFT,
    )  # fmt: skip
    page.headings(HEADER, TOTAL, rest, numbers=tuple(range(len(rest))))


def _add_indicator(page: Page, row: int, one: Assessment, week: Week) -> None:
    """Write one indicator: its days, its figures, greyed where they stand on too little."""
    unit, grey = one.indicator.unit, {"font_color": MUTED} if one.few else {}
    page.typed(row, PER, period_and_unit(one.indicator, page.language), "caption", "ruled", align="left", indent=1)
    _add_days(page, row, one, week)
    page.linked(row, TOTAL, week.links.get(one.indicator.code))
    page.beside(row, TOTAL, TARGET, one, **grey)
    page.share(row, ATTAINED, one.attainment, "body", "ruled", **(grey or verdict(one.attainment)))
    page.share(row, PACE, one.pace, "body", "ruled", **(grey or verdict(one.pace)))
    days_met = None if one.days_met is None else f"{one.days_met} / {one.working_days:g}"
    if days_met:
        page.typed(row, MET, days_met, "body", "ruled", align="right")
    else:
        page.blank(row, MET, "body", "ruled")
    page.figure(row, STRETCH, one.stretch, unit, "body", "ruled")
    page.figure(row, LEFT, None if one.left is None else float(one.left), unit, "body", "ruled")


def _add_days(page: Page, row: int, one: Assessment, week: Week) -> None:
    """Write the days' values: shaded on days off, green where a target is reached, empty where they are to come."""
    values, targets = one.by_day, one.target_by_day
    for column, day in enumerate(week.days, MONDAY):
        shade = {"bg_color": MIST} if day in week.off else {}
        if day not in values:
            page.typed(row, column, None, "body", "ruled", **shade)
            continue
        value = values[day]
        quiet = not value and (one.indicator.period != "day" or day in week.off)
        if value is None or quiet:
            page.typed(row, column, "·", "body", "ruled", **{"font_color": MUTED, "align": "right", **shade})
            continue
        reached = attainment(one.indicator.direction, value, targets.get(day))
        page.figure(row, column, value, one.indicator.unit, "body", "ruled", **{**verdict(reached), **shade})


def _add_contacts(page: Page, row: int, week: Week) -> None:
    """Write the sums the column chart shows."""
    for at, (label, by_day) in enumerate(
        ((say.DAILY_CONTACTS, week.contacts.value), (say.DAILY_TARGET, week.contacts.target)), row
    ):
        page.say(at, INDICATOR, label, "caption", "ruled", align="left", indent=1)
        page.typed(at, PER, None, "caption", "ruled")
        for column, day in enumerate(week.days, MONDAY):
            if day in by_day:
                page.figure(at, column, by_day[day], "customers", "caption", "ruled")
            else:
                page.typed(at, column, None, "caption", "ruled")


def _add_note(page: Page, row: int, week: Week) -> None:
    notes = [say.NOTE_PERIODS.fill(page.language, as_of=week.summary.as_of, few=FEW)]
    notes += [unpublished(year).message(page.language) for year in week.unpublished]
    page.merged(row, INDICATOR, LEFT, "\n".join(notes), page.styles.of("caption", text_wrap=True, valign="top"))
    page.sheet.set_row(row, 14 * (1 + len(notes)))


def _add_sentences(page: Page, row: int, week: Week) -> int:
    """Write what went well and what is short side by side; return the row after them."""
    well, short = told(week.highlights, week.summary.assessments, page.language)
    section, body = page.styles.of("section"), page.styles.of("body", shrink=True)
    page.merged(row, INDICATOR, MONDAY + 5, say.WENT_WELL.to(page.language), section)
    if short:
        page.merged(row, MONDAY + 7, LEFT, say.IS_SHORT.to(page.language), section)
    for at, sentence in enumerate(well, row + 1):
        page.merged(at, INDICATOR, MONDAY + 5, sentence, body)
    for at, sentence in enumerate(short, row + 1):
        page.merged(at, MONDAY + 7, LEFT, sentence, body)
    return row + 1 + max(len(well), len(short))


def _add_trend(page: Page, row: int, week: Week) -> None:
    """Write the scores the trend chart shows, a column a week."""
    if not week.trend:
        return
    if not _scored(week):
        page.typed(row + 1, INDICATOR, say.NO_SCORES.fill(page.language, weeks=len(week.trend)), "caption", indent=1)
        return
    title = say.CHART_TREND.fill(page.language, weeks=len(week.trend))
    page.typed(row + 1, INDICATOR, say.WEEK.to(page.language), "caption", "ruled")
    page.typed(row + 2, INDICATOR, title, "caption", "ruled")
    for at, one in enumerate(week.trend, PER):
        page.typed(row + 1, at, one.label(week.summary.as_of), "caption", "ruled", align="right")
        if one.score is None:
            page.typed(row + 2, at, None, "caption", "ruled")
        else:
            page.points(row + 2, at, one.score, "caption", "ruled")


def _scored(week: Week) -> bool:
    """Return whether any of the weeks has a score to draw."""
    return any(one.score is not None for one in week.trend)


def _height(bars: int) -> int:
    """Return how high the chart of attainments is: so high that every bar bears its name."""
    return max(CHART_HEIGHT, BAR_HEIGHT * bars + 80)


def _add_charts(page: Page, row: int, trend: int, week: Week) -> None:
    """Place the three charts: attainment on the left, contacts and trend on the right."""
    book, language, name = page.styles.book, page.language, page.name
    assessments, end = week.summary.assessments, FIRST + len(week.summary.assessments)
    if not assessments:
        return
    if any(one.assessed for one in assessments):
        bars = bar_chart(
            book, language, say.CHART_ATTAINMENT.to(language),
            cells(name, FIRST, INDICATOR, end - 1, INDICATOR), cells(name, FIRST, ATTAINED, end - 1, ATTAINED),
            [one.attainment for one in assessments], (470, _height(len(assessments))),
        )  # fmt: skip
        met = sum(one.met for one in assessments)
        alt = say.ALT_ATTAINMENT.fill(language, count=sum(one.assessed for one in assessments), met=met)
        page.sheet.insert_chart(row, INDICATOR, bars, {"description": alt, "object_position": 1})
    columns = column_chart(
        book, language, say.CHART_CONTACTS.to(language), cells(name, HEADER, MONDAY, HEADER, MONDAY + 6),
        (say.DAILY_CONTACTS.to(language), cells(name, end, MONDAY, end, MONDAY + 6)),
        (say.DAILY_TARGET.to(language), cells(name, end + 1, MONDAY, end + 1, MONDAY + 6)), (548, 244),
        highest=max([0.0, *week.contacts.value.values(), *week.contacts.target.values()]),
    )  # fmt: skip
    options: dict[str, Any] = {"description": say.ALT_CONTACTS.to(language), "object_position": 1}
    page.sheet.insert_chart(row, MONDAY + 5, columns, options)
    if not _scored(week):
        return
    last = PER + len(week.trend) - 1
    line = trend_chart(
        book, language, say.CHART_TREND.fill(language, weeks=len(week.trend)),
        cells(name, trend, PER, trend, last), cells(name, trend + 1, PER, trend + 1, last), (548, 246),
    )  # fmt: skip
    alt = say.ALT_TREND.fill(language, weeks=len(week.trend), score=points(week.summary.score))
    page.sheet.insert_chart(row + 10, MONDAY + 5, line, {"description": alt, "object_position": 1, "y_offset": 14})
