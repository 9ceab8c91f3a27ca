"""Customers who left: how many of how many, and what went before."""

from datetime import date

import pytest

from reportkit.customers.churn import churn_by_month, departures
from reportkit.facts.contacts import Standing
from reportkit.facts.rows import Facts
from reportkit.indicators.shares import Share
from tests.books import settings_with
from tests.log_rows import facts

ON = date(2026, 11, 25)
CUSTOMERS = """
customer_id | name | assigned_on | status          | status_on  | assets | outside_assets
a           | A    | 2026-01-05  |                 |            |        |
b           | B    | 2026-01-05  | transferred_out | 2026-09-30 | 100    | 100
c           | C    | 2026-01-05  | transferred_out | 2026-11-01 | 100    | 99
d           | D    | 2026-10-01  | transferred_out | 2026-11-25 |        |
e           | E    | 2026-01-05  | transferred_out | 2026-11-26 |        |
f           | F    | 2026-01-05  | transferred_out |            |        |
g           | G    | 2026-01-05  | transferred_out | 2026-05-31 |        |
h           | H    | 2026-01-05  | dormant         | 2026-11-02 |        |
"""


def log(**forms: str) -> Facts:
    return facts(customers=CUSTOMERS, **forms)


def test_who_left_of_who_was_there_month_by_month() -> None:
    assert churn_by_month(Standing(log(), ON), settings_with()) == {
        "2026-06": Share(0, 6),
        "2026-07": Share(0, 6),
        "2026-08": Share(0, 6),
        "2026-09": Share(1, 6),
        "2026-10": Share(0, 5),
        "2026-11": Share(2, 6),
    }


def test_without_the_indicator_there_is_no_churn() -> None:
    assert churn_by_month(Standing(log(), ON), settings_with(indicators=[], targets=[])) == {}


def test_who_left_in_the_last_months_the_latest_first() -> None:
    found = departures(Standing(log(), ON), settings_with())
    assert [(one.customer_id, one.on, one.assets) for one in found] == [
        ("d", date(2026, 11, 25), None),
        ("c", date(2026, 11, 1), 100),
        ("b", date(2026, 9, 30), 100),
    ]
    assert [one.segment for one in found] == ["low_value", "low_value", "potential"]


@pytest.mark.parametrize(
    ("forms", "signs"),
    [
        ({}, ("never_visited", "silent")),
        ({"activities": "2026-08-03 | return_visit | c | yes |"}, ()),  # 89 days before the day before leaving
        ({"activities": "2026-08-02 | return_visit | c | yes |"}, ("silent",)),
        ({"activities": "2026-11-01 | return_visit | c | yes |"}, ("never_visited", "silent")),  # on the day itself
        ({"activities": "2026-10-30 | fund_talk | c | yes |"}, ("never_visited",)),
        ({"activities": "2026-10-30 | return_visit | c | no | 2"}, ("never_visited", "silent", "low_score")),
        ({"activities": "2026-10-30 | return_visit | c | yes | 3"}, ()),
        ({"surveys": "2026-08-03 | c | 1"}, ("never_visited", "silent", "low_score")),
        ({"surveys": "2026-08-02 | c | 1"}, ("never_visited", "silent")),
        ({"surveys": "2026-11-02 | c | 1"}, ("never_visited", "silent")),
        ({"cases": "2026-10-31T23:00:00 | c | complaint | open | 1"}, ("never_visited", "silent", "complaint")),
        ({"cases": "2026-10-31T23:00:00 | c | fees | open | 1"}, ("never_visited", "silent")),
    ],
)
def test_what_went_before(forms: dict[str, str], signs: tuple[str, ...]) -> None:
    headers = {
        "activities": "date | kind | customer_id | effective | satisfaction",
        "surveys": "date | customer_id | score",
        "cases": "opened_at | customer_id | category | status | case_id",
    }
    standing = Standing(log(**{form: f"{headers[form]}\n{row}" for form, row in forms.items()}), ON)
    (found,) = [one for one in departures(standing, settings_with()) if one.customer_id == "c"]
    assert found.signs == signs


def test_more_elsewhere_is_a_sign() -> None:
    (found,) = [one for one in departures(Standing(log(), ON), settings_with()) if one.customer_id == "b"]
    assert found.signs == ("never_visited", "silent", "assets_elsewhere")


def test_a_log_of_broadcasts_alone_has_nobody_leaving() -> None:
    standing = Standing(facts(activities="date | kind\n2026-11-02 | market_view"), ON)
    assert departures(standing, settings_with()) == ()
