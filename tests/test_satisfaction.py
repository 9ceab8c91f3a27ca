import datetime as dt

import pytest

from reportkit.indicators.counting import series, value_of
from reportkit.indicators.satisfaction import (
    Answers,
    LowScore,
    Satisfaction,
    merge,
    ratings,
    satisfaction,
    unanswered_low_scores,
)
from reportkit.indicators.shares import Share
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import Span
from tests.books import settings_with
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
    ids = ["" if one != one else one for one in every.ids]
    days = [day.day for day in every.days.astype(object)]
    assert [*zip(every.forms, every.rows, ids, days, every.scores, strict=True)] == [
        ("activities", 2, "C1", 20, 4.0),
        ("cases", 2, "C2", 19, 5.0),
        ("cases", 3, "", 18, 1.0),
        ("surveys", 2, "C2", 24, 2.0),
        ("visits", 2, "C1", 12, 3.0),
        ("visits", 3, "C1", 10, 2.0),
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
    assert [one.customer_id for one in found] == (["C1"] if open_ else [])


def test_a_low_score_is_answered_by_a_follow_up_done() -> None:
    low = "date | customer_id | score\n2026-11-20 | C1 | 1"
    visit = "planned_on | customer_id | purpose | follow_up_done_on\n2026-11-10 | C1 | p | {}"
    done = facts(customers=CUSTOMERS, surveys=low, visits=visit.format("2026-11-24"))
    assert unanswered_low_scores(done, ON) == ()
    log = facts(customers=CUSTOMERS, surveys=low, visits=visit.format("2026-11-19"))
    (late,) = unanswered_low_scores(log, ON)
    assert late == LowScore("A1", "surveys", log.tables["surveys"].name, 2, "C1", dt.date(2026, 11, 20), 1)


def test_an_unknown_caller_cannot_be_answered() -> None:
    cases = "case_id | opened_at | category | status | satisfaction\n1 | 2026-11-18T10:00:00 | fees | closed | 1"
    assert unanswered_low_scores(facts(cases=cases), ON) == ()
    assert unanswered_low_scores(facts(), ON) == ()


WEEK = Span(dt.date(2026, 11, 16), dt.date(2026, 11, 22))
CASES = """
case_id | opened_at           | category | status   | customer_id | channel | satisfaction | owner
1       | 2026-11-15T23:59:59 | fees     | closed   | C1          | phone   | 1            |
2       | 2026-11-16T00:00:00 | fees     | closed   | C1          | phone   | 5            |
3       | 2026-11-17T10:00:00 | fees     | resolved | C1          | wechat  | 4            | 李娜
4       | 2026-11-18T10:00:00 | fees     | closed   | C2          | phone   |              |
5       | 2026-11-19T10:00:00 | fees     | open     |             |         | 2            |
6       | 2026-11-20T10:00:00 | fees     | open     | C2          | phone   |              |
"""
SURVEYS = """
date       | customer_id | channel | score | recommend
2026-11-16 | C1          | phone   | 5     | 10
2026-11-17 | C2          | phone   | 4     | 9
2026-11-18 | C2          | email   | 3     | 7
2026-11-22 | C1          | email   | 1     | 0
2026-11-22 | C1          |         | 4     |
"""


@pytest.fixture(scope="module")
def settings() -> Settings:
    roster = [{"advisor_id": "A2", "name": "李娜", "level": "junior"}]
    return settings_with(roster=roster)


def week(settings: Settings, cases: str = CASES, surveys: str = SURVEYS) -> Satisfaction:
    log = facts(customers=CUSTOMERS, cases=cases, surveys=surveys)
    return satisfaction(log, settings, WEEK, {"C1": "loyal"})


def test_cases_asked_and_answered(settings: Settings) -> None:
    cases = week(settings).cases
    assert cases.total == Answers(asked=4, rated=3, satisfied=2, low=1, total=11.0)
    assert (cases.total.response_rate, cases.total.csat) == (Share(3, 4), Share(2, 3))
    assert cases.total.mean == pytest.approx(11 / 3)
    assert (cases.total.nps, cases.total.nps_interval) == (None, None)
    assert {key: one.csat for key, one in cases.by["channel"].items()} == {
        "": Share(0, 1),
        "phone": Share(1, 1),
        "wechat": Share(1, 1),
    }
    assert {key: one.csat for key, one in cases.by["segment"].items()} == {"": Share(0, 1), "loyal": Share(2, 2)}
    assert {key: one.csat for key, one in cases.by["advisor"].items()} == {"A1": Share(1, 2), "A2": Share(1, 1)}


def test_csat_of_cases_is_the_indicator(settings: Settings) -> None:
    value, satisfied, rated = value_of(
        settings.indicator["csat"],
        series(facts(customers=CUSTOMERS, cases=CASES), settings.indicator["csat"]),
        WEEK,
    )
    assert week(settings).cases.total.csat == Share(int(satisfied), int(rated or 0))
    assert value == pytest.approx(2 / 3)


def test_the_net_promoter_score_and_its_interval(settings: Settings) -> None:
    total = week(settings).surveys.total
    assert total == Answers(5, 5, satisfied=3, low=1, total=17.0, promoters=2, passives=1, detractors=1)
    assert total.nps == 25
    # variance 0.75 − 0.25² = 0.6875; 1.96 × √(0.6875 ÷ 4) = 0.8126
    assert total.nps_interval == pytest.approx((-56.26, 100.0), abs=0.01)
    assert Answers(promoters=30, detractors=10, passives=60).nps_interval == pytest.approx((8.24, 31.76), abs=0.01)


def test_the_low_scores_of_a_week_that_wait(settings: Settings) -> None:
    assert [(one.form, one.row, one.customer_id, one.on) for one in week(settings).unanswered] == [
        ("cases", 2, "C1", dt.date(2026, 11, 15)),
        ("surveys", 5, "C1", dt.date(2026, 11, 22)),
    ]


def test_a_branch_is_the_sum_of_its_advisors(settings: Settings) -> None:
    head, *lines = SURVEYS.strip().splitlines()
    one = week(settings, surveys="\n".join([head, *lines[:2]]))
    other = week(settings, "case_id | opened_at", "\n".join([head, *lines[2:]]))
    branch, whole = merge([one, other]), week(settings)
    assert branch.cases == whole.cases
    assert branch.surveys == whole.surveys
    assert [(one.form, one.on) for one in branch.unanswered] == [(one.form, one.on) for one in whole.unanswered]
    with pytest.raises(ValueError, match="at least one"):
        merge([])
