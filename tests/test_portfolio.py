"""The customers of a log as a portfolio, worked out by hand; and two logs together."""

from datetime import date

import pytest

from reportkit.customers.pipeline import Amount
from reportkit.customers.portfolio import Portfolio, merge, portfolio
from reportkit.facts.rows import Facts
from reportkit.indicators.shares import Share
from tests.books import facts_from, settings_with
from tests.log_rows import facts, rows

ON = date(2026, 11, 25)
CUSTOMERS = """
customer_id|name|assigned_on|assets |outside_assets|status         |status_on |public_fund|futures|risk_assessed_on
rich       |R   |2024-01-05 |1000000|3000000       |               |          |holds      |holds  |2025-01-10
mid        |M   |2024-01-05 |100000 |              |               |          |           |       |2024-12-25
small      |S   |2024-01-05 |1000   |999           |               |          |           |       |2024-11-24
elsewhere  |E   |2024-01-05 |10     |10            |dormant        |          |           |       |
wants      |W   |2026-11-10 |       |              |               |          |interested |       |2026-11-10
gone       |G   |2024-01-05 |5000000|1             |transferred_out|2026-11-20|holds      |       |2024-01-05
later      |L   |2026-11-26 |9000000|1             |               |          |holds      |       |
"""
ACTIVITIES = """
date       | kind         | customer_id | effective
2026-08-27 | return_visit | rich        | yes
2026-11-26 | return_visit | rich        | yes
"""


def of(found: Portfolio) -> dict[str, int]:
    return {one.band.code: one.group.customers for one in found.segments}


@pytest.fixture(scope="module")
def log() -> Facts:
    return facts(customers=CUSTOMERS, activities=ACTIVITIES)


def test_each_customer_is_in_the_first_tier_and_segment_whose_rule_they_meet(log: Facts) -> None:
    found = portfolio(log, settings_with(), ON)
    assert {one.band.code: one.group.customers for one in found.tiers} == {"high": 1, "mid": 1, "basic": 3}
    assert of(found) == {"lost": 1, "loyal": 1, "potential": 3, "low_value": 1}
    assert found.total.customers == 5
    (potential,) = [one.band for one in found.segments if one.band.code == "potential"]
    assert tuple(rule.en for rule in potential.rules) == (
        "Tier is High or Mid",
        "Assets elsewhere (CNY) at least Assets (CNY)",
        "Products wanted at least 1",
    )
    assert potential.cadence_days == 14


def test_a_day_without_contact_too_many_ends_loyalty(log: Facts) -> None:
    on_the_90th, on_the_91st = date(2026, 11, 25), date(2026, 11, 26)
    assert of(portfolio(log, settings_with(), on_the_90th))["loyal"] == 1
    without = facts(customers=CUSTOMERS, activities=ACTIVITIES.replace("2026-11-26", "2026-11-27"))
    assert of(portfolio(without, settings_with(), on_the_91st))["loyal"] == 0


def test_whoever_leaves_later_is_not_lost_yet(log: Facts) -> None:
    assert of(portfolio(log, settings_with(), date(2026, 11, 19)))["lost"] == 0
    assert of(portfolio(log, settings_with(), date(2026, 11, 20)))["lost"] == 1


def test_customers_no_rule_takes_are_counted_too(log: Facts) -> None:
    only = [{"code": "high", "name": "高", "where": "assets at least 1000000"}]
    found = portfolio(log, settings_with(tiers=only), ON)
    assert [(one.band.code, one.group.customers) for one in found.tiers] == [("high", 1), ("", 4)]


def test_products_and_penetration(log: Facts) -> None:
    found = portfolio(log, settings_with(), ON)
    assert (found.total.holds["public_fund"], found.total.wants["public_fund"]) == (1, 1)
    assert found.total.penetration("public_fund") == Share(1, 5)
    by_code = {one.band.code: one.group for one in found.segments}
    assert by_code["loyal"].penetration("futures") == Share(1, 1)
    assert by_code["low_value"].penetration("futures") == Share(0, 1)


def test_the_share_of_the_wallet_is_of_wallets_known(log: Facts) -> None:
    total = portfolio(log, settings_with(), ON).total
    assert (total.wallet_known, total.wallet_assets, total.wallet_outside) == (3, 1_001_010, 3_001_009)
    assert total.share_of_wallet == pytest.approx(1_001_010 / 4_002_019)
    assert total.assets == 1_101_010


def test_moves_since_the_end_of_last_month(log: Facts) -> None:
    found = portfolio(log, settings_with(), ON)
    assert {(move.customer_id, move.before, move.after) for move in found.moves} == {
        ("wants", None, "potential"),
        ("gone", "potential", "lost"),
    }
    assert found.flows == {(None, "potential"): 1, ("potential", "lost"): 1}
    cooled = portfolio(facts(customers=CUSTOMERS, activities=ACTIVITIES), settings_with(), date(2026, 12, 1))
    assert [(move.customer_id, move.before, move.after) for move in cooled.moves] == []
    silent = facts(customers=CUSTOMERS, activities=ACTIVITIES.replace("2026-11-26", "2026-08-26"))
    moved = portfolio(silent, settings_with(), date(2026, 11, 26)).moves
    assert ("rich", "loyal", "potential") in {(move.customer_id, move.before, move.after) for move in moved}


def test_who_came_on_the_last_day_of_last_month_is_not_new() -> None:
    customers = "customer_id | name | assigned_on\nold | O | 2026-10-31\nnew | N | 2026-11-01"
    moves = portfolio(facts(customers=customers), settings_with(), ON).moves
    assert [(move.customer_id, move.before) for move in moves] == [("new", None)]


def test_risk_assessments_expired_and_expiring(log: Facts) -> None:
    found = portfolio(log, settings_with(), ON)
    assert found.risk == {"expired": 1, "expiring": 1, "valid": 2, "unassessed": 1}
    assert [(one.customer_id, one.state, one.expires_on) for one in found.risk_cases] == [
        ("small", "expired", date(2026, 11, 24)),
        ("mid", "expiring", date(2026, 12, 25)),
    ]


OPPORTUNITIES = """
opened_on  | customer_id | product     | amount | stage     | expected_on | closed_on
2026-10-01 | rich        | futures     | 100    | proposed  | 2026-11-24  |
2026-10-01 | rich        | futures     |        | proposed  | 2026-11-25  |
2026-11-25 | mid         | other       | 7      | found     |             |
2026-11-26 | mid         | other       | 1000   | found     |             |
2026-09-01 | mid         | public_fund | 30     | won       |             | 2026-11-01
2026-09-01 | mid         | public_fund |        | won       |             | 2026-11-25
2026-09-01 | mid         | public_fund | 500    | won       |             | 2026-10-31
2026-09-01 | mid         | public_fund | 11     | won       |             | 2026-11-26
2026-09-01 | small       | other       | 5      | lost      |             | 2026-11-02
"""


def test_the_pipeline_holds_what_is_open_and_what_the_month_closed() -> None:
    found = portfolio(facts(customers=CUSTOMERS, opportunities=OPPORTUNITIES), settings_with(), ON)
    assert found.pipeline == {
        "found": Amount(1, 7, 0),
        "contacted": Amount(),
        "proposed": Amount(3, 111, 1),  # one of them was won the day after
        "won": Amount(2, 30, 1),
        "lost": Amount(1, 5, 0),
    }
    assert found.overdue == Amount(1, 100, 0)
    assert found.won == {"public_fund": Amount(2, 30, 1)}


OTHERS = """
customer_id | name | assigned_on | assets | outside_assets | public_fund | risk_assessed_on
x           | X    | 2026-11-02  | 100    | 300            | holds       | 2024-11-30
"""


def test_two_advisors_together_add_their_counts(log: Facts) -> None:
    settings = settings_with()
    more = OPPORTUNITIES.replace("rich", "x").replace("mid", "x").replace("small", "x")
    other = facts_from({"customers": rows(OTHERS), "opportunities": rows(more)}, "B2")
    one, two = portfolio(log, settings, ON), portfolio(other, settings, ON)
    both = merge([one, two])
    assert both.total.customers == 6
    assert both.total.penetration("public_fund") == Share(2, 6)
    assert both.total.share_of_wallet == pytest.approx(1_001_110 / (1_001_110 + 3_001_309))
    assert of(both) == {"lost": 1, "loyal": 1, "potential": 4, "low_value": 1}
    assert both.pipeline["proposed"] == Amount(3, 111, 1)
    assert both.churn["2026-11"] == Share(1, 5)
    assert [(move.advisor_id, move.customer_id) for move in both.moves] == [
        ("A1", "wants"),
        ("A1", "gone"),
        ("B2", "x"),
    ]
    assert [one.expires_on for one in both.risk_cases] == [date(2026, 11, 24), date(2026, 11, 30), date(2026, 12, 25)]
    assert merge([one]) == one


def test_nobody_has_no_portfolio() -> None:
    with pytest.raises(ValueError, match="at least one"):
        merge([])


def test_an_empty_log_is_an_empty_portfolio() -> None:
    found = portfolio(facts(), settings_with(), ON)
    assert found.total.customers == 0
    assert found.total.share_of_wallet is None
    assert found.total.penetration("futures").value is None
    assert found.referrals == found.departures == found.unsuitable == found.moves == ()
