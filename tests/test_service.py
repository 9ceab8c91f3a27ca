import datetime as dt

import numpy as np
import pytest

from reportkit.indicators.shares import Share
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import Span
from reportkit.summary.service import ServiceStandards, Tally, merge, service_standards
from reportkit.summary.summaries import work_of
from tests.books import book_of, facts_from, settings_with
from tests.log_rows import rows

WEEK = Span(dt.date(2026, 11, 16), dt.date(2026, 11, 22))  # Monday to Sunday
NOW = dt.datetime(2026, 11, 23, 9)
LIMIT = {"first_response_seconds": 30.0, "resolution_hours": 4.0, "clock": "calendar", "from_": dt.date(2020, 1, 1)}
CASES = """
case_id | opened_at           | responded_at        | resolved_at         | waiting_minutes | category | status   | customer_id | channel | cause | reopened | satisfaction
1       | 2026-11-02T10:00:00 | 2026-11-02T10:00:10 | 2026-11-16T10:00:00 |                 | trading  | closed   | C1          | phone   |       |          |
2       | 2026-11-16T10:00:00 | 2026-11-16T10:00:10 | 2026-11-16T11:00:00 | 30              | fees     | resolved | C1          | phone   | 系统  |          | 5
3       | 2026-11-16T10:30:00 | 2026-11-16T10:30:40 | 2026-11-16T15:00:00 |                 | fees     | closed   | C1          | wechat  | 系统  | 2        | 3
4       | 2026-11-18T09:00:00 |                     | 2026-11-18T10:00:00 |                 | account  | open     | C2          |         |       |          |
5       | 2026-11-22T23:59:59 | 2026-11-23T00:00:29 |                     |                 | trading  | waiting  |             | phone   |       |          |
6       | 2026-11-23T05:30:00 | 2026-11-23T05:31:00 |                     |                 | system   | waiting  | C2          | phone   |       |          |
"""  # a table reads best a row a line; 4 was resolved and is open again


@pytest.fixture(scope="module")
def settings() -> Settings:
    return settings_with(
        limits=[{"priority": "normal", **LIMIT}],
        roster=[{"advisor_id": "A1", "name": "张伟", "level": "junior", "manager": "M9"}],
    )


def desk(settings: Settings, cases: str, advisor: str = "A1", span: Span = WEEK) -> ServiceStandards:
    customers = "customer_id | name | assigned_on\nC1 | A | 2026-01-05\nC2 | B | 2026-01-05"
    worktime = "date | service_hours\n2026-11-16 | 0.5\n2026-11-18 | 1.5"
    log = {"cases": rows(cases), "customers": rows(customers), "worktime": rows(worktime)}
    return service_standards(work_of(book_of(log, advisor), facts_from(log, advisor), settings), settings, span, NOW)


def test_the_week_of_a_desk(settings: Settings) -> None:
    week = desk(settings, CASES)
    assert week.total == Tally(
        cases=4, resolved=2, reopened=1, repeats=1,
        responded=3, response_seconds=80.0, response_known=3, response_within=2,
        resolution_timed=2, resolution_minutes=300.0, resolution_known=4, resolution_within=1,
    )  # fmt: skip
    assert (week.total.service_level, week.total.coverage) == (Share(2, 3), Share(3, 4))
    assert week.total.mean_resolution == 150
    assert week.total.within_limit == Share(1, 4)
    assert week.total.repeat_rate == week.total.reopen_rate == Share(1, 4)
    assert (week.customers, week.closures) == ({"C1", "C2"}, 3)
    assert week.response_seconds.tolist() == [10, 30, 40]
    assert week.response_percentile(50) == 30
    assert week.response_percentile(90) == pytest.approx(38)


def test_the_standards_are_the_assessed_indicators(settings: Settings) -> None:
    week = desk(settings, CASES)
    figures = {one.indicator.code: (one.value, one.target) for one in week.standards}
    assert figures == {
        "csat": (0.5, 0.9),
        "first_response": (pytest.approx(80 / 3), 30),
        "resolution_rate": (0.5, 0.95),
        "repeat_rate": (0.25, 0.05),
        "cases_per_hour": (1.5, 10),
    }
    first_response = week.of("first_response")
    assert first_response is not None
    assert week.total.mean_response == first_response.value
    resolved = week.of("resolution_rate")
    assert resolved is not None
    assert week.total.resolution_rate == Share(int(resolved.numerator), int(resolved.denominator or 0))


def test_groups_and_hours_count_every_case(settings: Settings) -> None:
    week = desk(settings, CASES)
    assert [(bar.key, bar.tally.cases, bar.cumulative) for bar in week.pareto("category")] == [
        ("fees", 2, 0.5),
        ("account", 1, 0.75),
        ("trading", 1, 1.0),
    ]
    assert {key: tally.cases for key, tally in week.by["channel"].items()} == {"": 1, "phone": 2, "wechat": 1}
    assert {key: tally.cases for key, tally in week.by["cause"].items()} == {"": 2, "系统": 2}
    assert list(zip(*(at.tolist() for at in np.nonzero(week.opened)), strict=True)) == [(0, 10), (2, 9), (6, 23)]
    assert week.opened.sum() == 4
    # the month so far: case 1 as well, resolved two weeks late
    assert week.people["A1"].within_limit == Share(1, 5)


def test_who_is_told_of_which_case(settings: Settings) -> None:
    week = desk(settings, CASES)
    assert [(one.row, one.escalate_to) for one in week.past_limit] == [(5, "M9"), (6, "M9")]
    assert [(one.row, one.due_at) for one in week.at_risk] == [(7, dt.datetime(2026, 11, 23, 9, 30))]
    (late,) = week.missed
    assert (late.row, late.case_id, late.used_minutes, late.limit_minutes, late.resolved) == (4, "3", 270, 240, True)


def test_a_branch_is_the_sum_of_its_advisors(settings: Settings) -> None:
    header, *lines = CASES.strip().splitlines()
    one = desk(settings, "\n".join([header, *lines[:3]]), "A1")
    other = desk(settings, "\n".join([header, *lines[3:]]), "A2")
    branch, whole = merge([one, other]), desk(settings, CASES)
    assert branch.total == whole.total
    assert branch.by["category"] == whole.by["category"]
    assert branch.customers == whole.customers
    assert branch.response_percentile(90) == whole.response_percentile(90)
    np.testing.assert_array_equal(branch.opened, whole.opened)
    shares = ("csat", "first_response", "resolution_rate", "repeat_rate")
    assert [branch.of(code).value for code in shares] == [whole.of(code).value for code in shares]
    assert set(branch.people) == {"A1", "A2"}
    assert [alert.advisor_id for alert in branch.past_limit] == ["A2", "A2"]
    with pytest.raises(ValueError, match="at least one"):
        merge([])


def test_an_empty_desk_has_no_figures(settings: Settings) -> None:
    empty = desk(settings, "case_id | opened_at")
    assert empty.total == Tally()
    assert empty.total.service_level.value is empty.total.mean_response is empty.total.mean_resolution is None
    assert empty.response_percentile(50) is None
    assert empty.pareto("category") == ()
    assert empty.at_risk == empty.past_limit == empty.missed == ()
    assert merge([empty, empty]).total == Tally()
