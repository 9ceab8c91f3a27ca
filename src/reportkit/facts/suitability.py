"""Talks and opportunities about a product that is marked unsuitable for their customer (DOMAIN §1, §8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from reportkit.definitions.choices import PRODUCT, PRODUCTS
from reportkit.definitions.findings import Finding, finding
from reportkit.definitions.text import Text
from reportkit.facts.rows import Facts, once
from reportkit.settings.conditions import Condition

UNSUITABLE: Final = "unsuitable"
CODE: Final = "product.unsuitable"
PRODUCT_OF: Final = {  # kind of talk → the product it is about
    "fund_talk": "public_fund",
    "margin_talk": "margin_trading",
    "advisory_talk": "advisory_contract",
}
ABOUT: Final = {  # form → the column that says what it is about, and its values by product
    "activities": ("kind", {product: kind for kind, product in PRODUCT_OF.items()}),
    "opportunities": ("product", {product: product for product in PRODUCTS}),
}
WHAT: Final = {
    "activities": Text("沟通", "溝通", "a talk"),
    "opportunities": Text("业务机会", "業務機會", "an opportunity"),
}
Marked = npt.NDArray[np.bool_]  # one a row


@once
def unsuitable_rows(facts: Facts, form: str) -> Marked:
    """Return which activities or opportunities are about a product their customer's row calls unsuitable."""
    column, value_of = ABOUT[form]
    marked: Marked = np.zeros(len(facts.row_numbers(form)), dtype=bool)
    for product, value in value_of.items():
        unfit = facts.meeting("customers", (Condition(product, "is", (UNSUITABLE,)),))
        if unfit.any():
            about = facts.meeting(form, (Condition(column, "is", (value,)),))
            marked |= about & np.append(unfit, False)[facts.customer_positions(form)]  # −1 is nobody of the log
    return marked


def product_at(facts: Facts, form: str, row: int) -> str:
    """Return the product a row of activities or opportunities is about; `row` is Excel's."""
    written = str(facts.tables[form].entry(row, ABOUT[form][0]))
    return PRODUCT_OF.get(written, written)


def unsuitable_at(facts: Facts, form: str, row: int) -> Finding:
    """Return the finding about such a row."""
    table = facts.tables[form]
    customer = str(table.entry(row, "customer_id"))
    product = PRODUCT.labels[product_at(facts, form, row)]
    place = table.place(facts.file, row, "customer_id")
    return finding(CODE, place, value=customer, product=product, customer=customer, what=WHAT[form])


def unsuitable_talks(facts: Facts) -> Iterator[Finding]:
    """Yield a finding for every talk and opportunity about a product marked unsuitable."""
    for form in ABOUT:
        for row in facts.row_numbers(form)[unsuitable_rows(facts, form)].tolist():
            yield unsuitable_at(facts, form, row)
