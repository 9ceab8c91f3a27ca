"""Which rows go into an archive when a log is renewed on 1 January 2027: the week from 28 December on stays."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit.facts.rows import facts_of
from reportkit.logs.splitting import cut_of, over
from reportkit.read.book import archived
from tests.books import facts_from
from tests.log_rows import facts
from tests.oracle.randomlogs import Scenario, scenarios
from tests.text_tables import validated

CUT = dt.date(2026, 12, 28)
CUSTOMERS = """
customer_id | name | assigned_on
C1          | 王   | 2026-01-05
C2          | 李   | 2026-01-05
"""


def gone(form: str, table: str) -> list[int]:
    """Return which rows of a form go, counted from 1 below the headings."""
    return sorted(row - 1 for row in over(facts(customers=CUSTOMERS, **{form: table}), CUT)[form])


@pytest.mark.parametrize(
    ("before", "today", "cut"),
    [
        (dt.date(2027, 1, 1), dt.date(2027, 1, 8), CUT),
        (dt.date(2027, 1, 1), dt.date(2026, 12, 22), dt.date(2026, 12, 21)),  # the week under way stays
        (dt.date(2024, 1, 1), dt.date(2024, 1, 1), dt.date(2024, 1, 1)),
    ],
)
def test_the_week_of_the_day_stays_whole(before: dt.date, today: dt.date, cut: dt.date) -> None:
    assert cut_of(before, today) == cut


def test_of_the_daily_log_the_last_contacts_and_what_is_agreed_stay() -> None:
    rows = """
    date       | kind         | customer_id | effective | next_on
    2026-11-02 | return_visit | C1          | yes       |
    2026-12-01 | fund_talk    | C1          | yes       |
    2026-12-10 | fund_talk    | C1          | no        |
    2026-12-01 | return_visit | C2          | yes       | 2026-12-08
    2026-12-09 | return_visit | C2          | yes       | 2027-01-04
    2026-12-12 | return_visit | C2          | no        | 2026-12-20
    2026-12-14 | salon        |             |           |
    2026-12-27 | market_view  |             |           |
    2026-12-28 | market_view  |             |           |
    """
    # C1's fund talk is the last that succeeded, C2's too, and due in January; nobody has called on 20 December.
    assert gone("activities", rows) == [1, 3, 4, 7, 8]


def test_cases_that_are_open_or_named_by_one_stay() -> None:
    rows = """
    case_id | opened_at        | category | status     | resolved_at      | repeat_of
    N1      | 2026-11-02 09:00 | trading  | resolved   | 2026-11-02 10:00 |
    N2      | 2026-11-03 09:00 | trading  | closed     | 2026-11-03 10:00 | N1
    N3      | 2026-11-04 09:00 | trading  | unresolved |                  | N2
    N4      | 2026-12-23 09:00 | trading  | resolved   | 2026-12-29 10:00 |
    N5      | 2026-11-05 09:00 | trading  | resolved   |                  |
    N6      | 2026-11-06 09:00 | trading  | open       |                  | N6
    """
    assert gone("cases", rows) == [5]


def test_visits_with_something_left_to_do_stay() -> None:
    rows = """
    planned_on | customer_id | purpose | done_on    | follow_up | follow_up_due | follow_up_done_on
    2026-11-02 | C1          | 走访    | 2026-11-02 |           |               |
    2026-11-03 | C1          | 走访    |            |           |               |
    2026-11-04 | C1          | 走访    | 2026-11-04 | 送资料    |               |
    2026-11-05 | C1          | 走访    | 2026-11-05 | 送资料    | 2026-11-09    | 2026-11-09
    2026-11-06 | C1          | 走访    | 2026-11-06 |           | 2026-11-09    |
    2026-11-07 | C1          | 走访    | 2026-11-07 | 送资料    | 2027-02-01    | 2026-11-09
    """
    assert gone("visits", rows) == [1, 4]


def test_a_row_with_a_day_nobody_understands_stays_until_it_is_mended() -> None:
    book = validated(
        customers="客户编号 | 客户姓名 | 建档日期 | 客户状态\nC1 | 王 | 2026-01-05 | 正常",
        visits="""
        计划日期 | 客户编号 | 走访目的 | 完成日期 | 行动期限 | 客户满意度
        2026-11-02 | C1 | 走访 | 2026-11-02 | 下周 |
        2026-11-03 | C1 | 走访 | 2026-11-03 | #N/A |
        2026-11-04 | C1 | 走访 | 2026-11-04 | | 很好
        """,
    )
    wrong = [one for one in book.findings if one.code.startswith("value.")]
    assert {(one.place.row, one.severity) for one in wrong} == {(2, "warning"), (3, "warning"), (4, "warning")}
    assert over(facts_of(book), CUT, book.findings)["visits"] == {4}


def test_what_is_archived_does_not_go_again() -> None:
    log = facts(customers=CUSTOMERS, worktime="date | service_hours\n2026-12-01 | 8\n2026-12-02 | 8")
    table = replace(log.tables["worktime"], rows=np.array([archived(2, 1), 2]))
    assert over(replace(log, tables={**log.tables, "worktime": table}), CUT)["worktime"] == {2}


def test_what_is_over_elsewhere_goes_and_improvements_stay() -> None:
    assert gone("opportunities", """
    opened_on  | customer_id | product     | stage | closed_on
    2026-11-02 | C1          | public_fund | won   | 2026-11-09
    2026-11-02 | C1          | public_fund | lost  |
    2026-11-02 | C1          | public_fund | won   | 2026-12-30
    2026-11-02 | C1          | public_fund | found |
    """) == [1, 2]  # fmt: skip
    assert gone("worktime", "date | service_hours\n2026-12-27 | 8\n2026-12-28 | 8") == [1]
    assert gone("surveys", "date | customer_id | score\n2026-12-27 | C1 | 5\n2026-12-28 | C1 | 5") == [1]
    found = over(facts(customers=CUSTOMERS, improvements="opened_on | problem | measure\n2026-01-05 | 慢 | 快"), CUT)
    assert found.keys().isdisjoint({"customers", "improvements"})


@settings(max_examples=20, deadline=None)
@given(scenarios(), st.integers(0, 40))
def test_of_any_log_nothing_open_or_recent_goes(scene: Scenario, days: int) -> None:
    cut = scene.first + dt.timedelta(days=days)
    every = facts_from(scene.log)
    for form, rows in over(every, cut).items():
        for row in rows:
            values = dict(every.tables[form].records())[row]
            moments = [one for one in values.values() if isinstance(one, dt.date)]
            assert all((one.date() if isinstance(one, dt.datetime) else one) < cut for one in moments)
            assert values.get("status") in (None, "resolved", "closed")
            assert values.get("stage") in (None, "won", "lost")
    assert over(every, scene.first - dt.timedelta(days=1000)) == {form: frozenset() for form in over(every, cut)}
