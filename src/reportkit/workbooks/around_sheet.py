"""The sheet 服务与客户 of an advisor's report: cases, satisfaction, visits, improvements, training, customers."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from reportkit.definitions import insight_words as say
from reportkit.summary.backing import Backing
from reportkit.summary.summaries import AdvisorSummary
from reportkit.workbooks.blocks import Block, Readers, add_blocks, without
from reportkit.workbooks.case_sheet import late_cases
from reportkit.workbooks.cells import Page
from reportkit.workbooks.effects_sheet import effect_block
from reportkit.workbooks.knowledge_sheet import training_block
from reportkit.workbooks.moves_sheet import departures, risk_cases, unsuitable
from reportkit.workbooks.paging import pages_of
from reportkit.workbooks.satisfaction_sheet import sources, unanswered
from reportkit.workbooks.service_sheet import behind
from reportkit.workbooks.style import ROW_HEIGHT, set_up_print
from reportkit.workbooks.visits_sheet import first_visits, overdue, proposed, rates, turns

WIDTHS: Final = (18, 11, 14, 13, 12, 14, 19, 19, 12, 14, 14, 11, 11, 11)
EFFECT_AT: Final = (0, 1, 3, 5, 6, 7, 8, 9, 10, 11, 12, 14)
FIRST: Final = 3


def add_around(page: Page, summary: AdvisorSummary, backing: Backing) -> None:
    """Fill the sheet; customers stand in it by their full ids, as it is for their own advisor."""
    sheet, language = page.sheet, page.language
    page.columns(WIDTHS)
    sheet.set_default_row(ROW_HEIGHT)
    visits = backing.insight.visits
    line = say.AROUND_LINE.fill(language, start=visits.span.start, end=visits.span.end, as_of=summary.as_of)
    page.title(say.AROUND.to(language), line)
    pages = pages_of(page, WIDTHS)
    blocks = [without(block, say.ADVISOR) for block in _blocks(page, summary, backing)]  # whose report it is
    add_blocks(page, FIRST, blocks, WIDTHS, pages)
    pages.set_breaks(page)
    sheet.freeze_panes(2, 0)
    sheet.hide_gridlines(2)
    set_up_print(sheet, language)


def _blocks(page: Page, summary: AdvisorSummary, backing: Backing) -> tuple[Block, ...]:
    """Return what cannot wait first, each block with what it has to show."""
    readers = Readers.of([summary], open_=True)
    insight, customers = backing.insight, backing.customers
    segments = {one.band.code: one.band.name for one in customers.segments}
    name = summary.name or summary.advisor_id
    return (
        late_cases(backing.desk, readers),
        replace(behind(backing.desk), at=(0, 2, 3, 4)),
        replace(sources(insight.satisfaction), title=say.SATISFACTION),
        unanswered(insight.satisfaction, readers),
        replace(rates([(name, insight.visits)]), title=say.VISITS),
        first_visits([(name, insight.visits)]),
        *overdue(insight.visits, readers),
        proposed(page, insight.proposals, readers),
        *turns(insight.turns, readers),
        replace(effect_block(insight.effects, readers), at=EFFECT_AT),
        training_block([(summary, insight.training)]),
        risk_cases(customers, readers),
        departures(customers, segments, readers),
        unsuitable(customers, readers),
    )
