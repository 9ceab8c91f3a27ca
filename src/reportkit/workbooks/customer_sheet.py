"""The sheet 客户结构 of the team workbook: segments, products, wallet, pipeline, churn, risk assessments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from reportkit.customers.portfolio import RISK_STATES, BandOf, Group, Portfolio
from reportkit.definitions import insight_words as extra
from reportkit.definitions import report_words as say
from reportkit.definitions.choices import PRODUCT, PRODUCTS, STAGE
from reportkit.definitions.text import Text
from reportkit.workbooks.cells import Page, pale_bars
from reportkit.workbooks.charts import amount_chart, cells
from reportkit.workbooks.style import PAPER, ROW_HEIGHT, SKY, set_up_print

GROUPS: Final[tuple[Text, ...]] = (say.CUSTOMER_COUNT, say.ASSETS, say.WALLET)
FIRST_PRODUCT: Final = len(GROUPS) + 1
RULES: Final = FIRST_PRODUCT + len(PRODUCTS)
RULE_WIDTH: Final = 46
WIDTHS: Final = (18, 11, 18, 12, *[11.5] * len(PRODUCTS), RULE_WIDTH)
FIRST: Final = 3


def add_customers(page: Page, customers: Portfolio) -> None:
    """Fill the sheet."""
    sheet, language = page.sheet, page.language
    page.columns(WIDTHS)
    sheet.set_default_row(ROW_HEIGHT)
    line = say.CUSTOMERS_LINE.fill(
        language, on=customers.on, customers=customers.total.customers, assets=f"{customers.total.assets:,.0f}"
    )
    page.title(say.CUSTOMERS.to(language), line)
    end = _add_bands(page, FIRST, say.SEGMENT, customers.segments)
    _add_totals(page, end, customers)
    end = _add_bands(page, end + 4, extra.TIER, customers.tiers)
    below = _add_pipeline(page, end + 1, customers)
    below = max(below, _add_churn(page, end + 1, customers))
    below = max(below, _add_risk(page, end + 1, customers))
    _add_charts(page, below + 1, FIRST + 1, end + 3, customers)
    sheet.freeze_panes(2, 1)
    sheet.hide_gridlines(2)
    set_up_print(sheet, language)
    sheet.fit_to_pages(1, 1)


def _add_bands(page: Page, row: int, title: Text, known: Sequence[BandOf]) -> int:
    """Write segments or tiers, the products their customers hold, and their rules; return the row after them."""
    page.headings(row, 0, (title, *GROUPS), numbers=(1, 2, 3))
    page.headings(row, FIRST_PRODUCT, tuple(PRODUCT.labels[code] for code in PRODUCTS), tuple(range(len(PRODUCTS))))
    page.headings(row, RULES, (extra.RULES,))
    named = (
        *(text.to(page.language) for text in GROUPS),
        *(PRODUCT.labels[code].to(page.language) for code in PRODUCTS),
    )
    page.tall(row, zip(named, WIDTHS[1:RULES], strict=True), 34)
    for at, one in enumerate(known, row + 1):
        _add_group(page, at, one.band.name.to(page.language), one.group)
        rules = "\n".join(rule.to(page.language) or extra.OTHERWISE.to(page.language) for rule in one.band.rules)
        page.text(at, RULES, rules, text_wrap=True)
        page.tall(at, [(rules, RULE_WIDTH)], ROW_HEIGHT)
    end = row + 1 + len(known)
    scale = {"type": "2_color_scale", "min_color": PAPER, "max_color": SKY, "min_type": "num", "min_value": 0}
    if known:
        page.sheet.conditional_format(row + 1, FIRST_PRODUCT, end - 1, RULES - 1, scale)
    return end


def _add_totals(page: Page, row: int, customers: Portfolio) -> None:
    """Write all customers here, then by product who is interested and what the month has won."""
    _add_group(page, row, say.IN_CARE.to(page.language), customers.total, bold=True)
    wanted = {product: customers.total.wants.get(product, 0) for product in PRODUCTS}
    won = {product: customers.won[product].count if product in customers.won else 0 for product in PRODUCTS}
    for at, (label, by_product) in enumerate(((extra.INTERESTED, wanted), (extra.WON_BY_PRODUCT, won)), row + 1):
        page.text(at, 0, label.to(page.language))
        for column in range(1, FIRST_PRODUCT):
            page.typed(at, column, None, "body", "ruled")
        for column, product in enumerate(PRODUCTS, FIRST_PRODUCT):
            page.figure(at, column, float(by_product[product]), "customers", "body", "ruled")


def _add_group(page: Page, row: int, name: str, group: Group, *, bold: bool = False) -> None:
    page.named(row, 0, name, WIDTHS[0], bold=bold)
    page.figure(row, 1, float(group.customers), "customers", "body", "ruled", bold=True)
    page.figure(row, 2, group.assets, "yuan", "body", "ruled", bold=bold)
    page.share(row, 3, group.share_of_wallet, "body", "ruled", bold=bold)
    for at, product in enumerate(PRODUCTS, FIRST_PRODUCT):
        page.share_of(row, at, group.penetration(product), "body", "ruled", counts=False, shaded=True, bold=bold)


def _add_pipeline(page: Page, row: int, customers: Portfolio) -> int:
    """Write the pipeline by stage; return the row after it."""
    page.section(row, 0, 2, say.PIPELINE)
    page.headings(row + 1, 0, (say.STAGE, say.COUNT, say.AMOUNT), numbers=(1, 2))
    for at, stage in enumerate(STAGE, row + 2):
        amount = customers.pipeline[stage]
        page.text(at, 0, STAGE.labels[stage].to(page.language))
        page.figure(at, 1, float(amount.count), "times", "body", "ruled")
        page.figure(at, 2, amount.total, "yuan", "body", "ruled")
    end = row + 2 + len(STAGE.codes)
    page.named(end, 0, extra.OVERDUE_CHANCES.to(page.language), WIDTHS[0])
    page.figure(end, 1, float(customers.overdue.count), "times", "body", "ruled")
    page.figure(end, 2, customers.overdue.total, "yuan", "body", "ruled")
    return end + 1


def _add_churn(page: Page, row: int, customers: Portfolio) -> int:
    """Write who left month by month; return the row after it."""
    first = FIRST_PRODUCT
    page.section(row, first, first + 3, say.CHURN)
    page.headings(row + 1, first, (say.MONTH, say.LEFT_CUSTOMERS, say.AT_START, say.RATE), numbers=(1, 2, 3))
    for at, (month, share) in enumerate(customers.churn.items(), row + 2):
        page.text(at, first, month)
        page.figure(at, first + 1, float(share.part), "customers", "body", "ruled")
        page.figure(at, first + 2, float(share.whole), "customers", "body", "ruled")
        page.share_of(at, first + 3, share, "body", "ruled", counts=False, num_format="0.0%")
    return row + 2 + len(customers.churn)


def _add_risk(page: Page, row: int, customers: Portfolio) -> int:
    """Write how many risk assessments are valid; return the row after it."""
    first = RULES - 2
    label_style = page.styles.of("body", "ruled", indent=1)
    page.section(row, first, RULES, say.RISK_STATE)
    page.merged(row + 1, first, RULES - 1, say.STATE.to(page.language), page.styles.of("heading", indent=1))
    page.headings(row + 1, RULES, (say.CUSTOMER_COUNT,), numbers=(0,))
    for at, (state, label) in enumerate(RISK_STATES.items(), row + 2):
        page.merged(at, first, RULES - 1, label.to(page.language), label_style)
        page.figure(at, RULES, float(customers.risk.get(state, 0)), "customers", "body", "ruled")
    end = row + 2 + len(RISK_STATES)
    pale_bars(page.sheet, row + 2, end - 1, RULES, max(1, customers.total.customers))
    return end


def _add_charts(page: Page, row: int, segments: int, stages: int, customers: Portfolio) -> None:
    """Draw the customers by segment and the pipeline by stage, from the cells above."""
    book, language, name = page.styles.book, page.language, page.name
    charts: list[tuple[Text, Text, Any, Any, int, float]] = []
    count = len(customers.segments)
    if customers.total.customers:
        labels, values = (
            cells(name, segments, 0, segments + count - 1, 0),
            cells(name, segments, 1, segments + count - 1, 1),
        )
        largest = max(one.group.customers for one in customers.segments)
        charts.append((say.CHART_SEGMENTS, say.ALT_SEGMENTS, labels, values, 0, largest))
    last = stages + len(STAGE.codes) - 1
    if most := max(amount.total for amount in customers.pipeline.values()):
        labels, values = cells(name, stages, 0, last, 0), cells(name, stages, 2, last, 2)
        charts.append((say.CHART_PIPELINE, say.ALT_PIPELINE, labels, values, 4, most))
    for title, alt, labels, values, column, highest in charts:
        size = (416 if not column else 560, 260)
        chart = amount_chart(book, language, title.to(language), labels, values, size, highest)
        options = {"description": alt.to(language), "object_position": 1, "x_offset": 4}
        page.sheet.insert_chart(row, column, chart, options)
