"""The sheet 补录与更正 of the team workbook: rows of published weeks that came late, and figures corrected since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reportkit.definitions import insight_words as say
from reportkit.definitions import report_words, words
from reportkit.definitions.columns import Column
from reportkit.definitions.figures import figure
from reportkit.definitions.forms import FORMS
from reportkit.definitions.privacy import PERSONAL, masked
from reportkit.definitions.text import Language
from reportkit.indicators.assess import points
from reportkit.read.archives import archive_of
from reportkit.settings.indicator_rows import Indicator
from reportkit.summary.changes import Cells, Correction, Late, Restated
from reportkit.summary.summaries import TeamSummary
from reportkit.workbooks.blocks import Block, Readers, Value, add_blocks
from reportkit.workbooks.cells import Page
from reportkit.workbooks.paging import pages_of
from reportkit.workbooks.style import ROW_HEIGHT, set_up_print

WIDTHS: Final = (11, 13, 14, 18, 9, 42, 42)
AT: Final = (0, 1, 2, 3, 4, 5, 6, 7)
FIRST: Final = 3
MOST: Final = 200  # lines; of a branch that logs in time there are few
BETWEEN: Final = " · "


def add_changes(page: Page, team: TeamSummary, readers: Readers) -> None:
    """Fill the sheet: what differs from an earlier publication of this week, then the late rows, the newest first."""
    sheet, language = page.sheet, page.language
    page.columns(WIDTHS)
    sheet.set_default_row(ROW_HEIGHT)
    page.title(say.CHANGES.to(language), say.CHANGES_LINE.to(language))
    corrected = [_corrected(page, team, team.correction, readers)] if team.correction is not None else []
    pages = pages_of(page, WIDTHS)
    add_blocks(page, FIRST, [*corrected, _late(page, team, readers)], WIDTHS, pages)
    pages.set_breaks(page)
    sheet.freeze_panes(FIRST, 0)
    sheet.hide_gridlines(2)
    set_up_print(sheet, language)


def _corrected(page: Page, team: TeamSummary, correction: Correction, readers: Readers) -> Block:
    """Return the figures that differ from what was published before, those of the team first."""
    indicators = {one.indicator.code: one.indicator for one in team.assessments}
    lines: list[tuple[Value, ...]] = [
        (readers.advisor(one.advisor_id) if one.advisor_id else say.OF_TEAM, *_restated(page, one, indicators))
        for one in correction.figures
        if one.of == "score" or one.indicator in indicators
    ]
    about = {"published": correction.published_on, "reopened": correction.reopened_on, "why": correction.why}
    title = say.CORRECTED.filled(**about)
    headings = (say.ADVISOR, words.INDICATOR, say.OLD, say.NEW)
    return Block(title, headings, (0, 3, 5, 6, 7), lines[:MOST], none=say.NO_CORRECTION, all=len(lines))


def _restated(page: Page, one: Restated, indicators: Mapping[str, Indicator]) -> tuple[Value, ...]:
    """Return what was restated, with the old and the new figure in words."""
    if one.of == "score":
        return report_words.SCORE, points(one.old), points(one.new)
    indicator = indicators[one.indicator]
    label = indicator.label.to(page.language)
    said = f"{label}{BETWEEN}{words.TARGET.to(page.language)}" if one.of == "target" else label
    return said, *(figure(number, indicator.unit, page.language) for number in (one.old, one.new))


def _late(page: Page, team: TeamSummary, readers: Readers) -> Block:
    newest = sorted(team.late, key=lambda one: (one.first_seen, one.week), reverse=True)
    lines = [_line(page, one, readers) for one in newest[:MOST]]
    headings = (say.WEEK, say.FIRST_SEEN, say.ADVISOR, say.PLACE, say.WHAT_CHANGED, say.OLD, say.NEW)
    return Block(say.LATE_ROWS, headings, AT, lines, none=say.NO_LATE, all=len(newest), wrapped=(5, 6))


def _line(page: Page, one: Late, readers: Readers) -> tuple[Value, ...]:
    there = one.change != "vanished" and one.advisor_id in readers.files
    place = readers.row(one.advisor_id, one.sheet, one.row, archive_of(one.file)) if there else f"{one.sheet} {one.row}"
    old, new = (in_words(cells, one.form, page.language) for cells in (one.old, one.new))
    return one.week, one.first_seen, readers.advisor(one.advisor_id), place, say.CHANGED[one.change], old, new


def in_words(cells: Cells, form: str, language: Language) -> str:
    """Return the cells of a late row as a person reads them: labels for codes, ids and numbers masked."""
    columns = FORMS[form].column
    return BETWEEN.join(
        f"{columns[code].label.to(language)} {_shown(columns[code], cell, language)}"
        for code, cell in cells.items()
        if code in columns
    )


def _shown(column: Column, cell: str, language: Language) -> str:
    if column.code in PERSONAL:
        return masked(cell)
    if column.choices is not None and cell in column.choices.labels:
        return column.choices.labels[cell].to(language)
    return cell
