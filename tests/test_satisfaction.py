import datetime as dt

import pytest

from reportkit.satisfaction import ratings, unanswered_low_scores
from tests.log_rows import facts

CUSTOMERS = """
customer_id | name | assigned_on
C1          | A    | 2026-01-05
C2          | B    | 2026-01-05
"""
ON = dt.date(2026, 11, 25)


def test_every_score_has_its_customer_and_day() -> None:
    every = ratings(
        facts(
            customers=CUSTOMERS,
            activities="date | kind | customer_id | satisfaction\n2026-11-20 | fund_talk | C1 | 4\n"
            "2026-11-21 | fund_talk | C1 |",
            cases="case_id | opened_at | resolved_at | category | status | customer_id | satisfaction\n"
            "1 | 2026-11-18T10:00:00 | 2026-11-19T11:00:00 | fees | closed | C2 | 5\n"
            "2 | 2026-11-18T10:00:00 |                     | fees | open   |    | 1",
            visits="planned_on | customer_id | purpose | done_on | satisfaction\n"
            "2026-11-10 | C1 | p | 2026-11-12 | 3\n2026-11-10 | C1 | p | | 2",
            surveys="date | customer_id | score\n2026-11-24 | C2 | 2",
        )
    )
    assert [tuple(row) for row in every.assign(on=every["on"].dt.day).fillna("").to_numpy()] == [
        ("activities", 2, "C1", 20, 4.0),
        ("cases", 2, "C2", 19, 5.0),
        ("cases", 3, "", 18, 1.0),
        ("visits", 2, "C1", 12, 3.0),
        ("visits", 3, "C1", 10, 2.0),
        ("surveys", 2, "C2", 24, 2.0),
    ]


@pytest.mark.parametrize(
    ("answer", "open_"),
    [
        ("", True),
        ("2026-11-20 | complaint_followup | C1 | yes", True),  # the same day is no later day
        ("2026-11-23 | complaint_followup | C1 | yes", False),
        ("2026-11-23 | fund_talk          | C1 | yes", False),
        ("2026-11-23 | complaint_followup | C1 | no", True),
        ("2026-11-23 | complaint_followup | C2 | yes", True),
        ("2026-11-26 | complaint_followup | C1 | yes", True),  # not yet, on the 25th
        ("2026-11-23 | novice_class       | C1 | yes", True),
    ],
)
def test_a_low_score_is_answered_by_a_later_effective_contact(answer: str, open_: bool) -> None:
    log = facts(
        customers=CUSTOMERS,
        surveys="date | customer_id | score\n2026-11-20 | C1 | 2\n2026-11-20 | C2 | 3\n2026-11-26 | C2 | 1",
        activities=f"date | kind | customer_id | effective\n{answer}".strip(),
    )
    found = unanswered_low_scores(log, ON)
    assert found["customer_id"].tolist() == (["C1"] if open_ else [])


def test_a_low_score_is_answered_by_a_follow_up_done() -> None:
    low = "date | customer_id | score\n2026-11-20 | C1 | 1"
    visit = "planned_on | customer_id | purpose | follow_up_done_on\n2026-11-10 | C1 | p | {}"
    assert unanswered_low_scores(facts(customers=CUSTOMERS, surveys=low, visits=visit.format("2026-11-24")), ON).empty
    late = unanswered_low_scores(facts(customers=CUSTOMERS, surveys=low, visits=visit.format("2026-11-19")), ON)
    assert [*late.iloc[0]] == ["C1", dt.datetime(2026, 11, 20), 1.0, "surveys", 2]


def test_an_unknown_caller_cannot_be_answered() -> None:
    cases = "case_id | opened_at | category | status | satisfaction\n1 | 2026-11-18T10:00:00 | fees | closed | 1"
    assert unanswered_low_scores(facts(cases=cases), ON).empty
    assert unanswered_low_scores(facts(), ON).empty
