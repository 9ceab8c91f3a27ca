"""The sheets 排名 and 达成热力图 of the team workbook: who stands where, and on which indicator."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil
from typing import Final

from reportkit.definitions import report_words as say
from reportkit.definitions import words
from reportkit.definitions.findings import how_many
from reportkit.definitions.text import Text
from reportkit.indicators.assess import CAP, Assessment
from reportkit.settings.indicator_rows import PERIODS_OF_A_WEEK
from reportkit.summary.backing import Backing
from reportkit.summary.summaries import AdvisorSummary
from reportkit.summary.trend import score_change
from reportkit.workbooks.cells import BUTTON, SLANTED, Page
from reportkit.workbooks.charts import Range, cells, stand_on_axis
from reportkit.workbooks.style import (
    LOW_MIDDLE_HIGH,
    ROW_HEIGHT,
    WRONG,
    set_up_print,
    text_width,
    width_of_words,
)

RANKING: Final[tuple[Text, ...]] = (
    say.RANK, words.ADVISOR_ID, say.NAME, say.TEAM, say.LEVEL, say.SCORE, say.GRADE, say.SINCE_LAST_WEEK,
    say.INDICATORS_MET, say.WORKING_DAYS, say.CUSTOMERS_SERVED, say.DUE_CUSTOMERS, say.ERRORS,
)  # fmt: skip
RANKING_WIDTHS: Final = (9, 12, 18, 15, 15, 20, 8, 14, 15, 14, 14, 15, 11)
NUMBERS: Final = (0, 5, *range(7, 13))
HEADER: Final = 3
ID, NAME, SCORE = 1, 2, 5
CHANGE: Final = "▲ 0.0;▼ 0.0;0.0"
HEATMAP_NAME, HEATMAP_CELL = 18, 7.5  # narrow, so that the page is not shrunk; headings take several lines
ACROSS: Final = 28  # indicators that are read on one page
MARKED: Final = '[<0.6]"▼ "0%;[>=1.2]"▲ "0%;0%'
FULL_SCORE: Final = 120
Link = Callable[[str, str], str]  # advisor, indicator → link


def add_ranking(
    page: Page, members: Sequence[AdvisorSummary], backings: Mapping[str, Backing], levels: Mapping[str, str]
) -> None:
    """Fill the ranking; `members` come best first."""
    sheet = page.sheet
    page.columns(RANKING_WIDTHS)
    sheet.set_column(ID, ID, max([RANKING_WIDTHS[ID], *(text_width(one.advisor_id) + 3 for one in members)]))
    sheet.set_default_row(ROW_HEIGHT)
    page.title(say.RANKING.to(page.language), say.RANKING_LINE.to(page.language))
    page.headings(HEADER, 0, RANKING, numbers=NUMBERS, filtered=True)
    room = ((text.to(page.language), width - BUTTON) for text, width in zip(RANKING, RANKING_WIDTHS, strict=True))
    page.tall(HEADER, room, 24)
    for at, member in enumerate(members):
        _add_member(page, HEADER + 1 + at, at + 1, member, backings[member.advisor_id], levels)
    bars = {
        "type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": LOW_MIDDLE_HIGH[2],
        "min_type": "num", "min_value": 0, "max_type": "num", "max_value": FULL_SCORE, "bar_no_border": True,
    }  # fmt: skip
    sheet.conditional_format(HEADER + 1, SCORE, HEADER + len(members), SCORE, bars)
    sheet.autofilter(HEADER, 0, HEADER + len(members), len(RANKING) - 1)
    sheet.freeze_panes(HEADER + 1, 3)
    sheet.hide_gridlines(2)
    set_up_print(sheet, page.language)
    sheet.repeat_rows(HEADER)


def _add_member(
    page: Page, row: int, rank: int, member: AdvisorSummary, backing: Backing, levels: Mapping[str, str]
) -> None:
    assessed = [one for one in member.assessments if one.assessed]
    met = sum(one.met for one in assessed)
    week = next((one.working_days for one in member.assessments if one.indicator.period in PERIODS_OF_A_WEEK), None)
    errors = how_many(member.findings, "error")
    page.figure(row, 0, None if member.score is None else float(rank), "times", "body", "ruled")
    page.text(row, ID, member.advisor_id)
    page.named(row, NAME, member.name, RANKING_WIDTHS[NAME], bold=True)
    page.named(row, 3, member.team or "", RANKING_WIDTHS[3])
    page.named(row, 4, levels.get(member.level, member.level), RANKING_WIDTHS[4])
    page.points(row, SCORE, member.score, "body", "ruled", bold=True)
    page.text(row, 6, member.grade, bold=True)
    page.figure(row, 7, score_change(backing.weeks, member.as_of), "times", "body", "ruled", num_format=CHANGE)
    page.typed(row, 8, say.OF.fill(page.language, some=met, all=len(assessed)), "body", "ruled", align="right")
    page.figure(row, 9, week, "times", "body", "ruled")
    page.figure(row, 10, float(backing.served), "customers", "body", "ruled")
    page.figure(row, 11, float(len(member.due)), "customers", "body", "ruled")
    late = {"font_color": WRONG, "bold": True} if errors else {}
    page.figure(row, 12, float(errors), "times", "body", "ruled", **late)


def ranked_ranges(name: str, members: Sequence[AdvisorSummary]) -> tuple[Range, Range] | None:
    """Return the names and the scores of the ranking, for charts; ids where names would not stand on an axis.

    Who has no score stands last, and not in the chart. None where there are no two to compare, or all have 0.
    """
    scored = [member for member in members if member.score is not None]
    if len(scored) <= 1 or not any(member.score for member in scored):
        return None
    first, last = HEADER + 1, HEADER + len(scored)
    who = NAME if stand_on_axis([member.name for member in scored]) else ID
    return cells(name, first, who, last, who), cells(name, first, SCORE, last, SCORE)


def add_heatmap(page: Page, members: Sequence[AdvisorSummary], team: Sequence[Assessment], link: Link) -> None:
    """Fill the heatmap: advisors down, indicators across, the team last; every cell leads to its rows."""
    sheet, language = page.sheet, page.language
    indicators = [one.indicator for one in team]
    sheet.set_column(0, 0, HEATMAP_NAME)
    score = max(7.5, text_width(say.SCORE.to(language)) + 1)
    sheet.set_column(1, 1, score)
    width = width_of_words((one.label.to(language) for one in indicators), HEATMAP_CELL)
    sheet.set_column(2, 1 + len(indicators), width)
    sheet.set_default_row(ROW_HEIGHT)
    page.title(say.HEATMAP.to(language), say.HEATMAP_LINE.to(language))
    page.say(HEADER, 0, words.ADVISOR, "heading")
    page.say(HEADER, 1, say.SCORE, "heading", align="right")
    page.tall(HEADER, ((one.label.to(language), width) for one in indicators), 2 * ROW_HEIGHT)
    for at, indicator in enumerate(indicators, 2):
        page.typed(HEADER, at, indicator.label.to(language), "heading", align="center", font_size=9)
    for row, member in enumerate(members, HEADER + 1):
        page.named(row, 0, member.name or member.advisor_id, HEATMAP_NAME, bold=True, indent=0)
        page.points(row, 1, member.score, "body", "ruled")
        by_code = {one.indicator.code: one for one in member.assessments}
        for at, indicator in enumerate(indicators, 2):
            _add_cell(page, row, at, by_code.get(indicator.code), link(member.advisor_id, indicator.code))
    last = HEADER + len(members) + 1
    page.say(last, 0, say.TEAM_ROW, "heading")
    page.typed(last, 1, None, "heading")
    for at, one in enumerate(team, 2):
        _add_cell(page, last, at, one, link("", one.indicator.code), bold=True)
    if indicators:
        sheet.conditional_format(HEADER + 1, 2, last, 1 + len(indicators), attainment_scale())
    sheet.freeze_panes(HEADER + 1, 2)
    sheet.hide_gridlines(2)
    set_up_print(sheet, language, pages_wide=pages_across(len(indicators)))
    sheet.repeat_rows(HEADER)
    sheet.repeat_columns(0, 1)


def _add_cell(page: Page, row: int, column: int, one: Assessment | None, link: str, *, bold: bool = False) -> None:
    """Write an attainment, slanted where it stands on too little: grey would not be read on every shade."""
    few = SLANTED if one is not None and one.few else {}
    page.linked(row, column, link)
    share = None if one is None else one.attainment
    page.share(row, column, share, "body", "boxed", num_format=MARKED, align="center", bold=bold, font_size=9, **few)


def pages_across(indicators: int) -> int:
    """Return over how many pages side by side so many indicators are printed."""
    return max(1, ceil(indicators / ACROSS))


def attainment_scale() -> dict[str, object]:
    """Return the diverging scale: the target is the middle, the cap of a score the top."""
    low, middle, high = LOW_MIDDLE_HIGH
    return {
        "type": "3_color_scale", "min_type": "num", "min_value": 0.4, "mid_type": "num", "mid_value": 1,
        "max_type": "num", "max_value": CAP, "min_color": low, "mid_color": middle, "max_color": high,
    }  # fmt: skip
