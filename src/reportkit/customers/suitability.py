"""Suitability: talks and opportunities about a product that is marked unsuitable for the customer (DOMAIN §1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from reportkit.definitions.choices import PRODUCT, PRODUCTS
from reportkit.definitions.findings import Place, Severity
from reportkit.definitions.text import Language, Text
from reportkit.facts.contacts import NEVER, Mask, Standing, day_number, day_numbers, day_of, of_rows
from reportkit.settings.calendars import Span

UNSUITABLE: Final = "unsuitable"
PRODUCT_OF: Final = {  # kind of talk → the product it is about
    "fund_talk": "public_fund",
    "margin_talk": "margin_trading",
    "advisory_talk": "advisory_contract",
}
OPEN_STAGES: Final = ("found", "contacted", "proposed")
WARNING: Final = Text(
    "“{product}”对客户 {customer} 标为不适当，这里却有{what}。请停止推介，或按最新测评更正客户档案",
    "「{product}」對客戶 {customer} 標為不適當，這裡卻有{what}。請停止推介，或按最新測評更正客戶檔案",
    "{product} is marked unsuitable for {customer}, yet here is {what}. Stop it, or correct the customer's row",
)
TALK: Final = Text("沟通", "溝通", "a talk about it")
OPPORTUNITY: Final = Text("业务机会", "業務機會", "an opportunity")


@dataclass(frozen=True, slots=True)
class Unsuitable:
    """A talk or opportunity about a product marked unsuitable, at its place in the log."""

    advisor_id: str
    place: Place
    customer_id: str
    product: str
    on: dt.date
    what: Text
    severity: Severity = "warning"

    def message(self, language: Language) -> str:
        """Return the sentence that says what to do."""
        product = PRODUCT.labels[self.product].to(language)
        return WARNING.fill(language, product=product, customer=self.customer_id, what=self.what.to(language))


def unsuitable(standing: Standing, span: Span) -> tuple[Unsuitable, ...]:
    """Return the talks of a span, and the opportunities found in it or still open, that should not be."""
    first, last = day_number(span.start), min(day_number(span.end), standing.today)
    facts = standing.facts
    talks = facts.frame("activities")
    about = talks["kind"].map(PRODUCT_OF)
    days = standing.activity_days
    chosen = _marked(standing, "activities", about) & (days >= first) & (days <= last)
    found = list(_warnings(standing, "activities", "kind", about, days, chosen, TALK))
    chances = facts.frame("opportunities")
    opened, closed = (day_numbers(chances["opened_on"], NEVER), day_numbers(chances["closed_on"], NEVER))
    is_open = chances["stage"].isin(OPEN_STAGES).to_numpy(dtype=bool) | (closed > last)
    chosen = _marked(standing, "opportunities", chances["product"]) & (opened <= last) & (is_open | (opened >= first))
    found += _warnings(standing, "opportunities", "product", chances["product"], opened, chosen, OPPORTUNITY)
    return tuple(found)


def _marked(standing: Standing, form: str, products: pd.Series[Any]) -> Mask:
    """Return which rows are about a product their customer's row calls unsuitable."""
    whose = standing.positions(form)
    marked: Mask = np.zeros(len(products), dtype=bool)
    for product in PRODUCTS:
        stance = (standing.customers[product] == UNSUITABLE).to_numpy(dtype=bool)
        marked |= (products == product).to_numpy(dtype=bool) & of_rows(stance, whose, False)
    return marked


def _warnings(
    standing: Standing, form: str, column: str, products: pd.Series[Any], days: Any, chosen: Mask, what: Text
) -> Iterator[Unsuitable]:
    facts = standing.facts
    table = facts.tables[form]
    for at in np.flatnonzero(chosen).tolist():
        yield Unsuitable(
            advisor_id=facts.advisor_id,
            place=table.place(facts.file, int(table.frame.index[at]), column),
            customer_id=str(table.frame["customer_id"].iat[at]),
            product=str(products.iat[at]),
            on=day_of(days[at]),
            what=what,
        )
