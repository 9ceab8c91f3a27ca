"""The headquarters workbook: branches × indicators, values and attainment."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from reportkit.definitions import report_words as say
from reportkit.definitions import words
from reportkit.definitions.text import Language, Text
from reportkit.settings.calendars import named_span
from reportkit.summary.rollup import BranchWeek, Rollup
from reportkit.workbooks.cells import Page
from reportkit.workbooks.ranking import MARKED, attainment_scale, pages_across
from reportkit.workbooks.style import ROW_HEIGHT, WRONG, new_workbook, set_up_print, width_of_words

TITLE: Final = Text("机构汇总", "機構彙總", "Branches")
TITLE_OF: Final = Text("机构汇总：{what}", "機構彙總：{what}", "Branches: {what}")
WEEK: Final = Text("{week}（{start} 至 {end}）", "{week}（{start} 至 {end}）", "{week} ({start} to {end})")
ATTAINED: Final = words.ATTAINMENT
ALL: Final = say.TOTAL_OF_BRANCHES
ADVISORS: Final = Text("人数", "人數", "Advisors")
HEADER: Final = 3
FIRST: Final = 3  # columns before the indicators: branch, advisors, score
WIDTHS: Final = (26, 9, 10)
INDICATOR_WIDTH: Final = 9.0  # at least; headings wrap, so that a page takes all of them


def write_rollup(path: Path, rollup: Rollup, language: Language) -> None:
    """Write the week of several branches as a new workbook."""
    book, styles = new_workbook(path, language, f"{TITLE.to(language)} {rollup.week}")
    for text, attained in ((ATTAINED, True), (say.VALUES, False)):
        name = text.to(language)
        page, span = Page(book.add_worksheet(name), styles, name), named_span(rollup.week)
        line = WEEK.fill(language, week=rollup.week, start=span.start, end=span.end)
        page.title(TITLE_OF.fill(language, what=name), line)
        _fill(page, rollup, attained=attained)
    book.close()


def _fill(page: Page, rollup: Rollup, *, attained: bool) -> None:
    """Fill a sheet: a line a branch, then all together."""
    sheet, last = page.sheet, HEADER + len(rollup.branches) + 1
    page.columns(WIDTHS)
    columns, pages = FIRST + len(rollup.assessments), pages_across(len(rollup.assessments))
    named = [one.indicator.label.to(page.language) for one in rollup.assessments]
    wide = width_of_words(named, INDICATOR_WIDTH) + 1  # headings are in the body's size
    sheet.set_column(FIRST, columns - 1, wide)
    sheet.set_default_row(ROW_HEIGHT)
    if said := rollup.said(page.language):
        across = len(rollup.assessments) // pages
        page.merged(2, 0, FIRST + across - 1, said, page.styles.of("caption", font_color=WRONG, text_wrap=True))
        page.tall(2, [(said, sum(WIDTHS) + across * wide)])
    labels = [one.indicator.label for one in rollup.assessments]
    page.headings(HEADER, 0, (words.BRANCH, ADVISORS, say.SCORE, *labels), numbers=tuple(range(1, columns)))
    page.tall(HEADER, ((label, wide) for label in named))
    for at, branch in enumerate(rollup.branches):
        _add_branch(page, HEADER + 1 + at, branch, rollup, attained=attained)
    page.say(last, 0, ALL, "body", "ruled", bold=True, align="left", indent=1)
    page.figure(last, 1, float(sum(one.advisors for one in rollup.branches)), "times", "body", "ruled")
    page.points(last, 2, rollup.score, "body", "ruled")
    for at, one in enumerate(rollup.assessments):
        _add_figure(page, last, FIRST + at, one.attainment if attained else one.value, one.indicator.unit, attained)
    if attained:
        sheet.conditional_format(HEADER + 1, FIRST, last, columns - 1, attainment_scale())
    sheet.freeze_panes(HEADER + 1, FIRST)
    sheet.hide_gridlines(2)
    set_up_print(sheet, page.language, pages_wide=pages)
    sheet.repeat_rows(HEADER)
    sheet.repeat_columns(0, FIRST - 1)


def _add_branch(page: Page, row: int, branch: BranchWeek, rollup: Rollup, *, attained: bool) -> None:
    own = {one.indicator.code: one for one in branch.assessments}
    page.named(row, 0, branch.name, WIDTHS[0])
    page.figure(row, 1, float(branch.advisors), "times", "body", "ruled")
    page.points(row, 2, branch.score, "body", "ruled")
    for at, total in enumerate(rollup.assessments):
        one = own.get(total.indicator.code)
        shown = None if one is None else one.attainment if attained else one.value
        unit = (one or total).indicator.unit
        _add_figure(page, row, FIRST + at, shown, unit, attained)


def _add_figure(page: Page, row: int, column: int, value: float | None, unit: str, attained: bool) -> None:
    if attained:
        page.share(row, column, value, "body", "ruled", num_format=MARKED)
    else:
        page.figure(row, column, value, unit, "body", "ruled")
