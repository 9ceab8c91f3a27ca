"""The sheet 客户动向 of the team workbook: moves between segments, referrals, departures, risk, unsuitable products."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from reportkit.customers.churn import SIGNS
from reportkit.customers.portfolio import RISK_STATES, Portfolio
from reportkit.customers.referrals import Referrer
from reportkit.definitions import insight_words as say
from reportkit.definitions.choices import PRODUCT
from reportkit.definitions.text import Text, joined
from reportkit.read.archives import archive_of
from reportkit.workbooks.blocks import MOST, Block, Figure, Readers, Value, add_block, add_blocks
from reportkit.workbooks.cells import Page
from reportkit.workbooks.paging import pages_of, table
from reportkit.workbooks.style import ROW_HEIGHT, set_up_print

WIDTHS: Final = (22, 16, 14, 14, 16, 16, 26, 18)
FIRST: Final = 3
INDENT: Final = "　└ "  # of who was brought, a step a generation


def add_moves(page: Page, customers: Portfolio, segments: Mapping[str, Text], readers: Readers) -> None:
    """Fill the sheet; `segments` maps a code to its name."""
    sheet, language = page.sheet, page.language
    page.columns(WIDTHS)
    sheet.set_default_row(ROW_HEIGHT)
    page.title(say.MOVES.to(language), say.MOVES_LINE.fill(language, on=customers.on))
    moved, signs = flows(customers, segments), _sign_counts(customers)
    end = max(add_block(page, FIRST, moved, WIDTHS), add_block(page, FIRST, signs, WIDTHS))
    lists = (
        departures(customers, segments, readers), risk_cases(customers, readers), unsuitable(customers, readers),
        referrals(customers, readers),
    )  # fmt: skip
    pages = pages_of(page, WIDTHS)
    pages.place(table(FIRST, end))
    add_blocks(page, end + 1, lists, WIDTHS, pages)
    pages.set_breaks(page)
    sheet.freeze_panes(2, 0)
    sheet.hide_gridlines(2)
    set_up_print(sheet, language)


def flows(customers: Portfolio, segments: Mapping[str, Text]) -> Block:
    """Return how many came from which segment into which since the end of last month."""
    lines: list[tuple[Value, ...]] = [
        (_segment(before, segments), _segment(after, segments), Figure(float(moved)))
        for (before, after), moved in customers.flows.items()
    ]
    return Block(say.FLOWS, (say.FROM_SEGMENT, say.TO_SEGMENT, say.TIMES), (0, 1, 2, 3), lines, (2,))


def _segment(code: str | None, segments: Mapping[str, Text]) -> Text:
    if code is None:
        return say.NEW_CUSTOMER
    return segments.get(code, say.NOT_KNOWN)


def _sign_counts(customers: Portfolio) -> Block:
    """Return how many of those who left had shown each sign, most first."""
    shown = Counter(sign for one in customers.departures for sign in one.signs)
    lines: list[tuple[Value, ...]] = [(SIGNS[sign], Figure(float(number))) for sign, number in shown.most_common()]
    return Block(say.SIGN_COUNTS, (say.SIGNS, say.TIMES), (4, 6, 7), lines, (1,))


def referrals(customers: Portfolio, readers: Readers) -> Block:
    """Return the trees of referrals with what each brought, what brought most assets first."""
    every = (line for tree in customers.referrals for line in _tree(tree, 0, readers))
    brought = customers.referred
    title = say.REFERRALS.filled(customers=brought.count, assets=f"{brought.total:,.0f}")
    headings = (say.REFERRER, say.NAME, say.ADVISOR, say.BROUGHT, say.BROUGHT_ASSETS)
    shown, all_ = list(islice(every, 2 * MOST)), sum(1 + tree.customers for tree in customers.referrals)
    return Block(title, headings, (0, 1, 2, 3, 4, 5), shown, (3, 4), all=all_)


def _tree(tree: Referrer, depth: int, readers: Readers) -> Iterator[tuple[Value, ...]]:
    """Yield a referrer and those brought, each a line."""
    yield (
        ("　" * (depth - 1) + INDENT if depth else "") + readers.customer(tree.customer_id),
        tree.name,
        readers.advisor(tree.advisor_id),
        Figure(float(tree.customers)) if tree.customers else None,
        Figure(tree.assets, "yuan") if tree.customers else None,
    )
    for child in tree.brought:
        yield from _tree(child, depth + 1, readers)


def departures(customers: Portfolio, segments: Mapping[str, Text], readers: Readers) -> Block:
    """Return who left lately, the latest first, with the signs that went before."""
    lines: list[tuple[Value, ...]] = [
        (
            readers.customer(one.customer_id),
            one.name,
            readers.advisor(one.advisor_id),
            one.on,
            _segment(one.segment, segments),
            Figure(one.assets, "yuan"),
            joined((SIGNS[sign] for sign in one.signs), " · ") if one.signs else say.NO_SIGNS,
        )
        for one in customers.departures[:MOST]
    ]
    headings = (say.CUSTOMER, say.NAME, say.ADVISOR, say.LEFT_ON, say.SEGMENT_BEFORE, say.ASSETS, say.SIGNS)
    return Block(say.DEPARTURES, headings, (0, 1, 2, 3, 4, 5, 6, 8), lines, (5,), all=len(customers.departures))


def risk_cases(customers: Portfolio, readers: Readers) -> Block:
    """Return whose risk assessment has expired or soon will, the soonest first."""
    lines: list[tuple[Value, ...]] = [
        (
            readers.customer(one.customer_id),
            one.name,
            readers.advisor(one.advisor_id),
            one.expires_on,
            RISK_STATES[one.state],
        )
        for one in customers.risk_cases[:MOST]
    ]
    headings = (say.CUSTOMER, say.NAME, say.ADVISOR, say.EXPIRES_ON, say.STATE)
    return Block(say.RISK_DUE, headings, (0, 1, 2, 3, 4, 6), lines, all=len(customers.risk_cases))


def unsuitable(customers: Portfolio, readers: Readers) -> Block:
    """Return the talks and opportunities about products marked unsuitable, each with its row."""
    shown = [(one, one.finding.place) for one in customers.unsuitable[:MOST]]
    lines: list[tuple[Value, ...]] = [
        (
            readers.customer(one.customer_id),
            PRODUCT.labels[one.product],
            readers.advisor(one.advisor_id),
            one.on,
            readers.row(one.advisor_id, place.sheet or "", place.row or 1, archive_of(place.file)),
        )
        for one, place in shown
    ]
    headings = (say.CUSTOMER, say.PRODUCT, say.ADVISOR, say.DATE, say.PLACE)
    return Block(say.UNSUITABLE, headings, (0, 1, 2, 3, 4, 6), lines, all=len(customers.unsuitable))
