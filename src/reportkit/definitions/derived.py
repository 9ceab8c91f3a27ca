"""Columns nobody types: what facts add to the forms, so that conditions and indicators can name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from reportkit.definitions.choices import YES_NO
from reportkit.definitions.columns import Choices, Column, Kind
from reportkit.definitions.forms import CUSTOMERS, FORMS
from reportkit.definitions.text import Text, joined


def _derived(code: str, kind: Kind, label: Text) -> Column:
    return replace(Column(label, choices=YES_NO if kind == "choice" else None), code=code, kind=kind)


TIER: Final = "tier"
OF_CUSTOMER: Final = "customer."  # before the name of a column of the customer a row is about
AT_START: Final = ("customers", "at_start")  # as a divisor: the customers at the start of a window, a column of none
_CUSTOMERS_AT_START: Final = Text("期初客户数", "期初客戶數", "Customers at the start")
DAYS_SINCE_CONTACT: Final = _derived(
    "days_since_contact",
    "number",
    Text("距上次有效沟通天数", "距上次有效溝通天數", "Days since contact"),
)
_COLUMNS: Final = {
    "customers": (
        _derived("first_visit_due", "date", Text("首访期限", "首訪期限", "First visit due")),
        _derived("first_visit_days", "number", Text("首访用时（天）", "首訪用時（天）", "Days to first visit")),
        _derived("products_held", "number", Text("持有产品数", "持有產品數", "Products held")),
        _derived("products_interested", "number", Text("意向产品数", "意向產品數", "Products wanted")),
    ),
    "activities": (DAYS_SINCE_CONTACT,),
    "cases": (
        _derived("response_seconds", "number", Text("响应用时（秒）", "回應用時（秒）", "Response time (s)")),
        _derived(
            "resolution_minutes",
            "number",
            Text("解决用时（分钟）", "解決用時（分鐘）", "Resolution time (min)"),
        ),
        _derived("repeat", "choice", Text("是否重复咨询", "是否重複諮詢", "Repeat inquiry")),
    ),
}
DERIVED: Final[Mapping[str, Mapping[str, Column]]] = {
    form: {column.code: column for column in _COLUMNS.get(form, ())} for form in FORMS
}
OTHERS_ROWS: Final = dict.fromkeys(("first_visit_due", "first_visit_days"), "activities")  # what customers' are made of
# A segment's rules may also ask how long ago the customer was spoken to, and the tier (DOMAIN §5).
PORTFOLIO: Final[Mapping[str, Column]] = {
    DAYS_SINCE_CONTACT.code: DAYS_SINCE_CONTACT,
    TIER: _derived(TIER, "text", Text("客户评级", "客戶評級", "Tier")),
}


def countable(form: str) -> dict[str, Column]:
    """Return every column a condition on a form may name: its own, derived ones, and its customer's."""
    own = {**FORMS[form].column, **DERIVED[form]}
    if form == CUSTOMERS.code or "customer_id" not in own:
        return own
    customers = {**CUSTOMERS.column, **DERIVED[CUSTOMERS.code]}
    return {**own, **{f"{OF_CUSTOMER}{code}": column for code, column in customers.items()}}


def divisors() -> dict[tuple[str, str], Text]:
    """Return (form, column) → how people write what a ratio is divided by: `Worktime.Service hours`."""
    names: dict[tuple[str, str], Text] = {AT_START: _CUSTOMERS_AT_START}
    for form in FORMS:
        for code, column in {**FORMS[form].column, **DERIVED[form]}.items():
            names[form, code] = joined((FORMS[form].label, column.label), ".")
    return names


def in_portfolio(tiers: Mapping[str, Text] | None = None) -> dict[str, Column]:
    """Return every column a tier's or segment's rule may name; a segment's may ask for `tiers`, code → name."""
    columns = {**CUSTOMERS.column, **DERIVED[CUSTOMERS.code], **PORTFOLIO}
    if tiers:
        columns[TIER] = replace(columns[TIER], choices=Choices(TIER, tiers))
    return columns
