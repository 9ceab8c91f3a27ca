"""The sheet 走访 of the team workbook: what was planned and done, what is late, what was found, whom to visit next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Final

from reportkit.customers.rotation import Coverage
from reportkit.customers.screening import Candidate
from reportkit.customers.visits import Overdue, VisitSummary
from reportkit.definitions import insight_words as say
from reportkit.definitions.text import Text
from reportkit.indicators.shares import Share
from reportkit.summary.insight import PROPOSALS
from reportkit.workbooks.blocks import MOST, Block, Figure, Readers, Value, add_blocks
from reportkit.workbooks.cells import Page
from reportkit.workbooks.paging import pages_of
from reportkit.workbooks.style import ROW_HEIGHT, WRONG, set_up_print

WIDTHS: Final = (18, *[10.5] * 13)
FIRST: Final = 3
RATES: Final[tuple[Text, ...]] = (
    say.ADVISOR, say.PLANNED, say.ON_TIME, say.DONE_LATE, say.OVERDUE, say.AHEAD, say.DONE_RATE, say.LATE_RATE,
    say.SATISFIED, say.MEAN_SCORE, say.ACTIONS, say.ACTIONS_DONE, say.ACTIONS_OVERDUE,
)  # fmt: skip
FIRST_VISITS: Final[tuple[Text, ...]] = (
    say.ADVISOR, say.ON_TIME, say.LATE_VISIT, say.MISSED, say.NOT_YET_DUE, say.ON_TIME_RATE,
)  # fmt: skip
LATE: Final[tuple[Text, ...]] = (say.DUE, say.DAYS, say.ADVISOR, say.CUSTOMER, say.WHAT, say.PLACE)
PROPOSED: Final[tuple[Text, ...]] = (say.CUSTOMER, say.NAME, say.ADVISOR, say.POINTS, say.LAST_VISIT, say.WHY)


def add_visits(
    page: Page,
    total: VisitSummary,
    members: Mapping[str, VisitSummary],
    proposals: Sequence[Candidate],
    rounds: Sequence[Coverage],
    readers: Readers,
) -> None:
    """Fill the sheet; `members` are the visits of each advisor, `rounds` how far their turns have come."""
    sheet, language = page.sheet, page.language
    page.columns(WIDTHS)
    sheet.set_default_row(ROW_HEIGHT)
    span = total.span
    page.title(
        say.VISITS.to(language),
        say.VISITS_LINE.fill(language, start=span.start, end=span.end, as_of=total.as_of),
    )
    of_each = [(readers.advisor(code), one) for code, one in members.items()]
    of_all = rates([*of_each, (say.OF_TEAM.to(language), total)])
    first = first_visits([*of_each, (say.OF_TEAM.to(language), total)])
    lists = *overdue(total, readers), found(total, readers), proposed(page, proposals, readers)
    pages = pages_of(page, WIDTHS)
    add_blocks(page, FIRST, [of_all, first, *lists, *turns(rounds, readers)], WIDTHS, pages)
    pages.set_breaks(page)
    sheet.freeze_panes(2, 1)
    sheet.hide_gridlines(2)
    set_up_print(sheet, language)


def rates(by_name: Sequence[tuple[str, VisitSummary]]) -> Block:
    """Return the rates of done, late and satisfied, a line an advisor."""
    lines: list[tuple[Value, ...]] = [
        (
            name,
            *(Figure(float(number)) for number in (one.visits.planned, one.visits.on_time, one.visits.late)),
            Figure(float(one.visits.overdue), "times", _late(one.visits.overdue)),
            Figure(float(one.visits.ahead)),
            one.visits.done,
            one.visits.lateness,
            one.satisfaction,
            Figure(one.mean_score, "times", (("num_format", "0.0"),)),
            Figure(float(one.actions.planned)),
            one.actions.done,
            Figure(float(one.actions.overdue), "times", _late(one.actions.overdue)),
        )
        for name, one in by_name
    ]
    return Block(say.RATES, RATES, tuple(range(len(RATES) + 1)), lines, tuple(range(1, len(RATES))))


def first_visits(by_name: Sequence[tuple[str, VisitSummary]]) -> Block:
    """Return the four states of first visits, a line an advisor; the rate is of those visited or missed."""
    lines: list[tuple[Value, ...]] = [
        (
            name,
            Figure(float(one.first.on_time)),
            Figure(float(one.first.late)),
            Figure(float(one.first.overdue), "times", _late(one.first.overdue)),
            Figure(float(one.first.ahead)),
            one.first.kept,
        )
        for name, one in by_name
    ]
    return Block(
        say.FIRST_VISITS, FIRST_VISITS, tuple(range(len(FIRST_VISITS) + 1)), lines, tuple(range(1, len(FIRST_VISITS)))
    )


def turns(rounds: Sequence[Coverage], readers: Readers) -> tuple[Block, Block]:
    """Return how far each round of talks has come, a line an advisor, and who was talked to while others waited."""
    talks = {one.indicator.code: one.indicator.label for one in rounds}
    shares = {(one.advisor_id, one.indicator.code): one.share for one in rounds}
    lines: list[tuple[Value, ...]] = [
        (readers.advisor(who), *(value for talk in talks for value in _round(shares.get((who, talk)))))
        for who in dict.fromkeys(one.advisor_id for one in rounds)
    ]
    headings = [(_eligible(label), say.HAD_TURN) for label in talks.values()]
    columns = (0, *(at for talk in range(len(talks)) for at in (1 + 3 * talk, 3 + 3 * talk)), 1 + 3 * len(talks))
    numbers = tuple(range(1, 1 + 2 * len(talks)))
    again: list[tuple[Value, ...]] = [
        (readers.advisor(one.advisor_id), one.indicator.label, readers.customer(customer))
        for one in rounds
        for customer in one.out_of_turn
    ]
    return (
        Block(say.TURNS, (say.ADVISOR, *chain(*headings)), columns, lines, numbers),
        Block(say.OUT_OF_TURN, (say.ADVISOR, say.TALK, say.CUSTOMER), (0, 1, 3, 5), again[:MOST], all=len(again)),
    )


def _eligible(talk: Text) -> Text:
    return say.ELIGIBLE.filled(talk=talk)


def _round(share: Share | None) -> tuple[Value, Value]:
    """Return how many are eligible for a talk, and how many of them had their turn."""
    return (None, None) if share is None else (Figure(float(share.whole)), share)


def _late(number: int) -> tuple[tuple[str, object], ...]:
    return (("font_color", WRONG), ("bold", True)) if number else ()


def overdue(total: VisitSummary, readers: Readers) -> tuple[Block, Block]:
    """Return the visits and the follow-ups not done by their day, the longest first."""
    visits, actions = total.overdue_visits, total.overdue_actions
    return (
        Block(say.OVERDUE_VISITS, LATE, (0, 1, 2, 4, 6, 10, 12), _overdue(visits, readers), (1,), all=len(visits)),
        Block(say.OVERDUE_ACTIONS, LATE, (0, 1, 2, 4, 6, 10, 12), _overdue(actions, readers), (1,), all=len(actions)),
    )


def _overdue(entries: Sequence[Overdue], readers: Readers) -> list[tuple[Value, ...]]:
    return [
        (
            one.due,
            Figure(float(one.days), "times", _late(one.days)),
            readers.advisor(one.advisor_id),
            readers.customer(one.customer_id),
            one.text,
            readers.row(one.advisor_id, one.sheet, one.row, one.archive),
        )
        for one in entries[:MOST]
    ]


def found(total: VisitSummary, readers: Readers) -> Block:
    """Return the needs and opportunities that visits found, the latest first."""
    every = [(one, say.NEED) for one in total.needs] + [(one, say.OPPORTUNITY) for one in total.opportunities]
    latest = sorted(every, key=lambda pair: (-pair[0].on.toordinal(), pair[0].advisor_id, pair[0].customer_id))
    lines: list[tuple[Value, ...]] = [
        (one.on, kind, readers.advisor(one.advisor_id), readers.customer(one.customer_id), one.text)
        for one, kind in latest[:MOST]
    ]
    headings = (say.DATE, say.KIND, say.ADVISOR, say.CUSTOMER, say.WHAT)
    return Block(say.NEEDS, headings, (0, 1, 3, 5, 7, 13), lines, all=len(latest))


def proposed(page: Page, proposals: Sequence[Candidate], readers: Readers) -> Block:
    """Return whom to visit next, the highest score first, with every reason."""
    lines: list[tuple[Value, ...]] = [
        (
            readers.customer(one.customer_id),
            one.name,
            readers.advisor(one.advisor_id),
            Figure(one.score, "times", (("num_format", "0"),)),
            one.last_visit,
            " · ".join(why.message(page.language) for why in one.why),
        )
        for one in proposals[: 2 * MOST]
    ]
    title = say.PROPOSALS.filled(most=PROPOSALS)
    return Block(title, PROPOSED, (0, 1, 3, 5, 6, 8, 14), lines, (3,), all=len(proposals))
