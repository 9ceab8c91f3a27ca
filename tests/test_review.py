"""What is odd in a log that is right cell by cell: it counts, and is named (DOMAIN §8)."""

import datetime as dt
from typing import Any

import pytest

from reportkit.facts.review import review
from reportkit.facts.rows import facts_of
from reportkit.settings.branch_settings import Settings, default_settings
from tests.books import settings_with
from tests.text_tables import CUSTOMERS, validated

Found = list[tuple[str | None, str | None, str, str]]
CUSTOMER = "customer_id | name | assigned_on | status | status_on\nC1 | 王 | 2026-01-05 | {} |"
CASE = "case_id | opened_at | category | status | resolved_at\n1 | 2026-11-23 09:00:00 | 账户 | {} |"
OPPORTUNITY = "opened_on | customer_id | product | stage | closed_on\n2026-11-23 | C1 | 期货 | {} |"


def odd(settings: Settings | None = None, **tables: str) -> Found:
    """Return what the review of a log's tables names, by cell."""
    book = validated(**{"customers": CUSTOMERS, **tables})
    assert not [one for one in book.findings if one.place.row and one.place.row > 1]
    found = review(facts_of(book), settings or default_settings())
    return [(one.place.sheet, one.place.cell, one.code, one.severity) for one in found]


@pytest.mark.parametrize(
    ("form", "table", "over", "cell"),
    [
        ("customers", CUSTOMER, ("transferred_out", "handed_over"), "E2"),
        ("cases", CASE, ("resolved", "closed"), "E2"),
        ("opportunities", OPPORTUNITY, ("won", "lost"), "E2"),
    ],
)
def test_what_is_over_says_since_when(form: str, table: str, over: tuple[str, ...], cell: str) -> None:
    for state in over:
        assert odd(**{form: table.format(state)}) == [(form, cell, "value.undated", "warning")]
        dated = f"{table.format(state)} 2026-11-23{' 10:00' if form == 'cases' else ''}"
        assert odd(**{form: dated}) == []


@pytest.mark.parametrize(
    ("form", "table", "going_on"),
    [
        ("customers", CUSTOMER, ("active", "dormant", "")),
        ("cases", CASE, ("open", "in_progress", "waiting", "unresolved")),
        ("opportunities", OPPORTUNITY, ("found", "contacted", "proposed")),
    ],
)
def test_what_goes_on_needs_no_day(form: str, table: str, going_on: tuple[str, ...]) -> None:
    assert [odd(**{form: table.format(state)}) for state in going_on] == [[]] * len(going_on)


def test_a_missing_column_of_days_is_not_named_row_by_row() -> None:
    assert odd(cases="case_id | opened_at | category | status\n1 | 2026-11-23 09:00:00 | 账户 | closed") == []


def test_a_moment_needs_its_time() -> None:
    table = """
    case_id | opened_at           | category | status | responded_at        | resolved_at
    1       | 2026-11-23          | 账户     | closed | 2026-11-23          | 2026-11-24
    2       | 2026-11-23 00:00:01 | 账户     | open   | 2026-11-23 00:01:00 |
    """
    assert odd(cases=table) == [("cases", cell, "value.no_time", "warning") for cell in ("B2", "E2", "F2")]


def test_work_on_a_day_off_counts_and_is_named() -> None:
    worked = "date | kind\n2026-11-20 | other\n2026-11-21 | other\n2026-10-01 | other"
    assert odd(activities=worked) == [("activities", cell, "day.off", "warning") for cell in ("A3", "A4")]
    extra: list[dict[str, Any]] = [
        {"date": dt.date(2026, 11, 21), "kind": "work"}, {"date": dt.date(2026, 11, 20), "kind": "off"},
    ]  # fmt: skip
    assert odd(settings_with(calendar=extra), activities=worked) == [
        ("activities", cell, "day.off", "warning") for cell in ("A2", "A4")
    ]


def test_a_talk_that_does_not_count_for_whom_it_was_with_is_named() -> None:
    customers = "customer_id | name | assigned_on | assets | public_fund\nC1 | 王 | 2026-01-05 | 499999 | holds"
    talks = """
    date       | kind        | customer_id | effective
    2026-11-20 | fund_talk   | C1          | yes
    2026-11-20 | margin_talk | C1          | yes
    2026-11-20 | margin_talk | C1          | no
    """
    assert odd(customers=customers, activities=talks) == [("activities", "C3", "kind.not_eligible", "warning")]


def test_an_advisor_nobody_knows_is_an_error() -> None:
    roster = [{"advisor_id": "A002", "name": "李", "level": "junior"}]
    assert odd(settings_with(roster=roster)) == [(None, None, "advisor.unknown", "error")]
    assert odd(settings_with(roster=[{**roster[0], "advisor_id": "A001"}])) == []


def test_rows_outside_the_roster_are_named_once_by_the_first() -> None:
    def held(*posts: tuple[dt.date | None, dt.date | None]) -> Found:
        roster = [
            {"advisor_id": "A001", "name": "张", "level": "junior", "from_": since, "to": until}
            for since, until in posts
        ]
        days = ("2026-11-19", "2026-11-16", "2026-11-18", "2026-11-20")
        log = "date | kind\n" + "\n".join(f"{day} | market_view" for day in days)
        return odd(settings_with(roster=roster), activities=log)

    monday, wednesday, friday = (dt.date(2026, 11, day) for day in (16, 18, 20))
    assert held((None, None)) == held((monday, friday)) == held((None, wednesday), (dt.date(2026, 11, 19), None)) == []
    assert held((None, wednesday)) == [("activities", "A2", "day.outside", "warning")]
    assert held((dt.date(2026, 11, 17), wednesday)) == [("activities", "A3", "day.outside", "warning")]
    assert held((None, monday), (dt.date(2026, 11, 19), None)) == [("activities", "A4", "day.outside", "warning")]
