"""The sheet 明细 of the team workbook: who adds what to each team figure, in which rows of which log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Final

from reportkit.definitions import report_words as say
from reportkit.definitions import words
from reportkit.definitions.text import Text
from reportkit.indicators.assess import Assessment
from reportkit.read.archives import year_of
from reportkit.summary.drilldown import Where
from reportkit.summary.summaries import AdvisorSummary
from reportkit.workbooks.cells import Page
from reportkit.workbooks.detail import add_block_title, block_name
from reportkit.workbooks.links import external, external_name, from_reports
from reportkit.workbooks.paging import block, break_pages
from reportkit.workbooks.style import ASIDE, LINE_ROW, fits, set_up_print, shortened

HEADINGS: Final[tuple[Text, ...]] = (
    words.ADVISOR, say.VALUE, say.COUNTS, say.BASE, words.TARGET, words.ATTAINMENT, say.ROWS, say.LOG, say.WHERE,
)  # fmt: skip
WIDTHS: Final = (24, 11, 9, 9, 10, 12, 8, 26, 70)
LONGEST: Final = 32_000  # Excel holds 32,767 characters a cell; the advisor's report lists every row
FIRST_BLOCK: Final = 4
_AROUND: Final = 2  # the block's title and the blank row after it
Places = Mapping[str, Mapping[str, Sequence[Where]]]  # advisor → indicator → where its rows are


def line_of(members: Sequence[AdvisorSummary], indicators: Sequence[str]) -> dict[tuple[str, str], int]:
    """Return (advisor, indicator) → the row it stands at, counted from 0; the block's title has advisor ''."""
    lines: dict[tuple[str, str], int] = {}
    for at, code in enumerate(indicators):
        start = FIRST_BLOCK + at * (len(members) + _AROUND)
        lines["", code] = start
        lines |= {(member.advisor_id, code): start + 1 + down for down, member in enumerate(members)}
    return lines


def add_team_detail(
    page: Page, members: Sequence[AdvisorSummary], team: Sequence[Assessment], places: Places, back: Mapping[str, str]
) -> None:
    """Fill the sheet: a block an indicator, a line an advisor."""
    sheet = page.sheet
    page.columns(WIDTHS)
    sheet.set_default_row(LINE_ROW)
    page.title(say.DETAIL_TITLE.to(page.language), say.TEAM_DETAIL_LINE.to(page.language))
    page.headings(FIRST_BLOCK - 1, 0, HEADINGS, numbers=(1, 2, 3, 4, 5, 6))
    lines, parts = line_of(members, [one.indicator.code for one in team]), []
    assessed = {(member.advisor_id, one.indicator.code): one for member in members for one in member.assessments}
    for one in team:
        code = one.indicator.code
        rows = sum(where.count for member in members for where in places[member.advisor_id][code])
        add_block_title(page, lines["", code], one, rows, back[code], len(WIDTHS))
        for member in members:
            who = member.advisor_id
            if (who, code) in assessed:
                _add_line(page, lines[who, code], member, assessed[who, code], places[who][code])
        parts.append(block(lines["", code], lines["", code] + 1 + len(members)))
    break_pages(page, parts, WIDTHS, row_height=LINE_ROW, repeated=LINE_ROW)
    sheet.freeze_panes(FIRST_BLOCK, 1)
    sheet.hide_gridlines(2)
    set_up_print(sheet, page.language)
    sheet.repeat_rows(FIRST_BLOCK - 1)


def _add_line(page: Page, row: int, member: AdvisorSummary, one: Assessment, places: Sequence[Where]) -> None:
    log = PurePath(member.file).name
    report = external_name(f"{member.advisor_id}.xlsx", block_name(one.indicator.code))
    link = page.styles.of("link", "ruled", indent=1)
    page.sheet.write_url(row, 0, report, link, shortened(f"{member.advisor_id} {member.name}", WIDTHS[0] - ASIDE))
    page.beside(row, 1, 4, one)
    page.figure(row, 2, one.numerator, "times", "body", "ruled")
    page.figure(row, 3, one.denominator, "times", "body", "ruled")
    page.share(row, 5, one.attainment, "body", "ruled")
    page.figure(row, 6, float(sum(where.count for where in places)), "times", "body", "ruled")
    if not places:
        page.text(row, 7, shortened(log, WIDTHS[7] - ASIDE))
        page.say(row, 8, say.NO_ROWS, "caption", "ruled", indent=1)
        return
    # The link stands beside the rows, not in them: offices do not wrap text that is a link.
    first = external(from_reports(places[0].archive or member.file), places[0].sheet, places[0].cell)
    page.sheet.write_url(row, 7, first, link, shortened(log, WIDTHS[7] - ASIDE))
    text = "; ".join(" ".join(filter(None, (year_of(where.archive), where.sheet, where.rows))) for where in places)[
        :LONGEST
    ]
    page.text(row, 8, text, text_wrap=True)
    if not fits(text, WIDTHS[8]):
        page.tall(row, [(text, WIDTHS[8])])
