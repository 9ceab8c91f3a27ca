"""Whom to propose for a visit, and why, with every point worked out by hand."""

from datetime import date

import pytest

from reportkit.customers.screening import Candidate, screen
from reportkit.definitions.text import LANGUAGES
from tests.books import settings_with
from tests.log_rows import facts

ON = date(2026, 11, 25)
ONE = "customer_id | name | assigned_on | assets\nC1 | A | 2026-01-05 | 10"
HEADERS = {
    "activities": "date | kind | customer_id | effective | satisfaction",
    "cases": "opened_at | category | case_id | customer_id | status",
    "visits": "planned_on | done_on | customer_id | purpose",
    "surveys": "date | customer_id | score",
    "opportunities": "opened_on | stage | customer_id | product | closed_on",
}


def screened(customers: str = ONE, most: int = 10, **forms: str) -> tuple[Candidate, ...]:
    log = facts(customers=customers, **{form: f"{HEADERS[form]}\n{lines}" for form, lines in forms.items()})
    return screen(log, settings_with(), ON, most)


def points(**forms: str) -> dict[str, float]:
    found = screened(**forms)
    return {one.code: one.points for candidate in found for one in candidate.why}


VISITED = "2026-10-26 | 2026-10-26 | C1 | p"  # 30 days ago
NEW = {"never_visited": 15.0}


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ({}, NEW),
        ({"visits": VISITED}, {}),
        ({"visits": "2026-08-27 | 2026-08-27 | C1 | p"}, {"last_visit": 8}),  # 90 days
        ({"visits": "2026-08-28 | 2026-08-28 | C1 | p"}, {}),
        ({"visits": "2026-05-29 | 2026-05-29 | C1 | p"}, {"last_visit": 15}),  # 180 days
        ({"activities": "2026-08-27 | home_visit | C1 | yes |"}, {"last_visit": 8}),
        ({"activities": "2026-08-27 | home_visit | C1 | no |"}, NEW),
        ({"visits": "2026-11-20 | 2026-11-26 | C1 | p"}, NEW),  # made tomorrow, so not yet
        ({"visits": "2026-11-25 |            | C1 | p"}, {}),  # planned
        ({"visits": "2026-11-24 |            | C1 | p"}, NEW),  # missed
        ({"surveys": "2026-11-01 | C1 | 2"}, NEW | {"rating": 25}),
        ({"surveys": "2026-11-01 | C1 | 3"}, NEW | {"rating": 10}),
        ({"surveys": "2026-11-01 | C1 | 4"}, NEW),
        ({"surveys": "2026-11-01 | C1 | 1\n2026-11-02 | C1 | 5"}, NEW),  # the latest says it
        ({"surveys": "2026-08-27 | C1 | 2"}, NEW),  # too long ago
        ({"surveys": "2026-08-28 | C1 | 2"}, NEW | {"rating": 25}),
        ({"surveys": "2026-11-25 | C1 | 2"}, NEW | {"rating": 25}),
        ({"surveys": "2026-11-26 | C1 | 2"}, NEW),
        ({"surveys": "2026-11-01 | C1 | 2", "visits": "2026-11-02 | 2026-11-02 | C1 | p"}, {}),  # its business
        ({"surveys": "2026-11-03 | C1 | 2", "visits": "2026-11-02 | 2026-11-02 | C1 | p"}, {"rating": 25}),
        ({"cases": "2026-11-24T23:00:00 | complaint | 1 | C1 | closed"}, NEW | {"complaints": 12}),
        ({"cases": "2026-11-24T23:00:00 | fees | 1 | C1 | closed"}, NEW),
        (
            {"cases": "\n".join(f"2026-11-24T23:00:00 | complaint | {at} | C1 | closed" for at in range(3))},
            NEW | {"complaints": 20},
        ),
        ({"opportunities": "2026-11-01 | found | C1 | futures |"}, NEW | {"opportunities": 8}),
        ({"opportunities": "2026-11-01 | proposed | C1 | futures |"}, NEW | {"opportunities": 15}),
        ({"opportunities": "2026-11-01 | won | C1 | futures |"}, NEW),
        ({"opportunities": "2026-11-01 | won | C1 | futures | 2026-11-25"}, NEW),
        ({"opportunities": "2026-11-01 | won | C1 | futures | 2026-11-26"}, NEW | {"opportunities": 15}),
        ({"opportunities": "2026-11-25 | found | C1 | futures |"}, NEW | {"opportunities": 8}),
        ({"opportunities": "2026-11-26 | found | C1 | futures |"}, NEW),
    ],
)
def test_what_gives_points(forms: dict[str, str], expected: dict[str, float]) -> None:
    assert points(**forms) == expected


def test_the_last_visit_is_told() -> None:
    (found,) = screened(visits="2026-08-27 | 2026-08-28 | C1 | p", surveys="2026-11-01 | C1 | 2")
    assert found.last_visit == date(2026, 8, 28)
    (found,) = screened()
    assert found.last_visit is None


def test_the_highest_score_comes_first_then_larger_assets() -> None:
    found = screened(
        """
        customer_id | name | assigned_on | assets  | status
        basic       | B    | 2026-01-05  | 99999   |
        mid         | M    | 2026-01-05  | 100000  |
        larger      | L    | 2026-01-05  | 200000  |
        high        | H    | 2026-01-05  | 1000000 |
        gone        | G    | 2026-01-05  | 9000000 | transferred_out
        angry       | A    | 2026-01-05  |         |
        """,
        surveys="2026-11-20 | angry | 1",
        cases="2026-11-20T09:00:00 | complaint | 1 | angry | open",
        activities="2026-11-20 | market_view | | |",
    )
    assert [(one.customer_id, one.score, one.tier) for one in found] == [
        ("angry", 52, "basic"),  # 25 score, 12 complaint, 15 never visited
        ("high", 40, "high"),  # 25 tier, 15 never visited
        ("larger", 27.5, "mid"),
        ("mid", 27.5, "mid"),
        ("basic", 15, "basic"),
    ]
    assert found[0].assets is None
    assert all(one.score == sum(why.points for why in one.why) for one in found)
    assert found[1].why[0].message("zh-CN") == "客户评级：高"
    assert not any("{" in why.message(language) for one in found for why in one.why for language in LANGUAGES)


def test_only_so_many_are_proposed() -> None:
    lines = "\n".join(f"C{at} | N | 2026-01-05 | {at}" for at in range(5))
    found = screened("customer_id | name | assigned_on | assets\n" + lines, most=2)
    assert [one.customer_id for one in found] == ["C4", "C3"]
