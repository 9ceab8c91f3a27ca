"""Talks and opportunities about a product that is marked unsuitable."""

from dataclasses import replace
from datetime import date

from reportkit.customers.portfolio import portfolio
from reportkit.customers.suitability import Unsuitable, unsuitable
from reportkit.definitions.findings import Place, finding
from reportkit.definitions.text import LANGUAGES
from reportkit.facts.contacts import Standing
from reportkit.facts.review import review
from reportkit.settings.branch_settings import default_settings
from reportkit.settings.calendars import month_span
from reportkit.workbooks.blocks import Link, Readers
from reportkit.workbooks.moves_sheet import unsuitable as block_of
from tests.log_rows import facts

ON = date(2026, 11, 25)
LOG = facts(
    customers="""
    customer_id | name | assigned_on | public_fund | margin_trading | advisory_contract | futures
    a           | A    | 2026-01-05  | unsuitable  | holds          |                   | unsuitable
    b           | B    | 2026-01-05  | holds       | unsuitable     | unsuitable        |
    """,
    activities="""
    date       | kind          | customer_id | effective
    2026-11-01 | fund_talk     | a           | no
    2026-10-31 | fund_talk     | a           | yes
    2026-11-26 | fund_talk     | a           | yes
    2026-11-02 | margin_talk   | a           | yes
    2026-11-02 | return_visit  | a           | yes
    2026-11-02 | margin_talk   | b           | yes
    2026-11-25 | advisory_talk | b           | yes
    2026-11-25 | market_view   |             |
    """,
    opportunities="""
    opened_on  | customer_id | product           | stage | closed_on
    2026-01-10 | a           | futures           | found |
    2026-01-10 | a           | public_fund       | lost  | 2026-02-01
    2026-11-10 | a           | public_fund       | lost  | 2026-11-11
    2026-01-10 | b           | futures           | found |
    2026-01-10 | b           | advisory_contract | won   | 2026-11-26
    2026-11-26 | a           | futures           | found |
    2026-11-10 | a           | other             | found |
    """,
)


def test_what_should_not_be_has_its_place() -> None:
    found = unsuitable(Standing(LOG, ON), month_span(ON))
    assert [
        (one.finding.place.sheet, one.finding.place.row, one.customer_id, one.product, one.on) for one in found
    ] == [
        ("每日记录", 2, "a", "public_fund", date(2026, 11, 1)),
        ("每日记录", 7, "b", "margin_trading", date(2026, 11, 2)),
        ("每日记录", 8, "b", "advisory_contract", date(2026, 11, 25)),
        ("业务机会", 2, "a", "futures", date(2026, 1, 10)),
        ("业务机会", 4, "a", "public_fund", date(2026, 11, 10)),
        ("业务机会", 6, "b", "advisory_contract", date(2026, 1, 10)),
    ]
    assert {(one.finding.code, one.finding.severity) for one in found} == {("product.unsuitable", "warning")}
    assert [one.finding.value for one in found] == [one.customer_id for one in found]
    assert all("{" not in one.finding.message(language) for one in found for language in LANGUAGES)


def test_a_row_in_an_archive_is_linked_to_there() -> None:
    found = finding("product.unsuitable", Place("archive/2026/A1 Li.xlsx", "每日记录", 17))
    one = Unsuitable("A1", found, "a", "margin_trading", ON)
    customers = replace(portfolio(LOG, default_settings(), ON), unsuitable=(one,))
    (line,) = block_of(customers, Readers({}, {"A1": "../../logs/A1 Li.xlsx"})).lines
    assert line[-1] == Link("2026 每日记录 17", "external:../../archive/2026/A1 Li.xlsx#'每日记录'!A17")


def test_a_check_names_every_row_whenever_it_was() -> None:
    found = [one for one in review(LOG, default_settings()) if one.code == "product.unsuitable"]
    assert [(one.place.sheet, one.place.row) for one in found] == [
        *(("每日记录", row) for row in (2, 3, 4, 7, 8)),
        *(("业务机会", row) for row in (2, 3, 4, 6, 7)),
    ]
