"""Each indicator at its edge, as small text tables (DOMAIN §3). 2026-11-16 is a Monday."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from exchange_calendars import exchange_calendar

from reportkit.definitions.derived import DERIVED
from reportkit.facts.review import review_settings
from reportkit.facts.rows import Facts
from reportkit.indicators.assess import Assessment, assess_report, attainment, grade, score
from reportkit.indicators.counting import rows_behind, series, value_of
from reportkit.indicators.targets import duty_of
from reportkit.indicators.together import combine
from reportkit.settings import calendars
from reportkit.settings.branch_settings import Settings, default_settings, settings_from_rows
from reportkit.settings.calendars import Span, TradingCalendar, period_span, week_name, week_span
from reportkit.summary.summaries import work_of
from tests.books import ADVISOR, book_of, settings_with
from tests.log_rows import facts, rows

MONDAY = dt.date(2026, 11, 16)
WEEK = Span(MONDAY, MONDAY + dt.timedelta(days=6))
SETTINGS = default_settings()
CUSTOMERS = """
customer_id | name | assigned_on | assets    | public_fund    | status | status_on
C1          | A    | 2026-01-05  | 500000    | holds          |        |
C2          | B    | 2026-01-05  | 499999.99 | interested     |        |
C3          | C    | 2026-01-05  |           | not_interested |        |
C4          | D    | 2026-01-05  |           |                |        |
"""


def value(log: Facts, code: str, span: Span = WEEK, settings: Settings = SETTINGS) -> float | None:
    indicator = settings.indicator[code]
    return value_of(indicator, series(log, indicator), span)[0]


def behind(log: Facts, code: str, span: Span) -> list[tuple[str, int, float, float]]:
    """Return the rows behind a figure: form, Excel row, what it adds to numerator and denominator."""
    parts = rows_behind(log, SETTINGS.indicator[code], span)
    return [
        (part.form, *entry)
        for part in parts
        for entry in zip(log.row_numbers(part.form)[part.at], part.numerators, part.denominators, strict=True)
    ]


def activities(text: str) -> Facts:
    return facts(customers=CUSTOMERS, activities="date | kind | customer_id | effective\n" + text)


def week(
    code: str, log: Facts, today: dt.date = dt.date(2026, 12, 31), settings: Settings = SETTINGS, name: str = "2026-W47"
) -> Assessment:
    duty = duty_of(settings, ADVISOR, log.tables["worktime"])
    days = {one.code: series(log, one) for one in settings.indicators}
    return next(one for one in assess_report(settings, duty, days, name, today) if one.indicator.code == code)


def target(indicator: str, amount: float, since: str = "2020-01-01", **more: Any) -> dict[str, Any]:
    return {
        "indicator": indicator, "scope": "all", "target": amount, "from_": dt.date.fromisoformat(since), **more
    }  # fmt: skip


def test_every_derived_column_has_an_entry_a_row_of_its_kind() -> None:
    log = facts(
        customers=CUSTOMERS,
        activities="date | kind | customer_id | effective\n2026-11-16 | fund_talk | C1 | yes\n2026-11-17 | other | |",
        cases="case_id | opened_at | category | status\n1 | 2026-11-16T10:00:00 | fees | open",
    )
    kinds = {"date": "M", "number": "f", "choice": "O"}
    for form, columns in DERIVED.items():
        for code, column in columns.items():
            values = log.values(form, code)
            assert (len(values), values.dtype.kind) == (len(log.frame(form)), kinds[column.kind]), code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-16 | new_contact | C1 | yes", 1),
        ("2026-11-16 | new_contact | C1 | yes\n2026-11-16 | new_contact | C1 | yes", 1),
        ("2026-11-16 | new_contact | C1 | yes\n2026-11-17 | new_contact | C1 | yes", 2),
        ("2026-11-16 | new_contact | C1 | no\n2026-11-16 | new_contact | C2 |", 0),
        ("2026-11-15 | new_contact | C1 | yes\n2026-11-23 | new_contact | C2 | yes", 0),
    ],
)
def test_new_contacts_are_distinct_customers_a_day(text: str, expected: float) -> None:
    assert value(activities(text), "new_contacts") == expected


@pytest.mark.parametrize(("customer", "expected"), [("C1", 1), ("C2", 1), ("C3", 0), ("C4", 0)])
def test_fund_talks_need_a_holder_or_someone_interested(customer: str, expected: float) -> None:
    assert value(activities(f"2026-11-16 | fund_talk | {customer} | yes"), "fund_talks") == expected


@pytest.mark.parametrize(("customer", "expected"), [("C1", 1), ("C2", 0), ("C3", 0)])
def test_margin_talks_begin_at_500_000(customer: str, expected: float) -> None:
    assert value(activities(f"2026-11-16 | margin_talk | {customer} | yes"), "margin_talks") == expected


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        ("2026-11-02 | fund_talk | C1 | yes", 1),  # 14 days
        ("2026-11-03 | fund_talk | C1 | yes", 0),  # 13 days
        ("2026-11-02 | fund_talk | C1 | yes\n2026-11-15 | home_visit | C1 | yes", 0),  # the latest counts
        ("2026-11-02 | fund_talk | C1 | no", 0),  # never spoken to with effect
        ("2026-11-02 | fund_talk | C2 | yes", 0),  # somebody else
        ("2026-11-02 | salon | | yes", 0),  # attending an event is no contact
        ("2026-11-02 | fund_talk | C1 | yes\n2026-11-16 | fund_talk | C1 | yes", 1),  # the same day is not earlier
    ],
)
def test_revisits_come_fourteen_days_after_the_latest_contact(earlier: str, expected: float) -> None:
    assert value(activities(f"{earlier}\n2026-11-16 | return_visit | C1 | yes"), "revisits") == expected


def test_two_weeks_over_a_leap_day() -> None:
    log = activities("2024-02-16 | fund_talk | C1 | yes\n2024-03-01 | return_visit | C1 | yes")
    assert value(log, "revisits", Span(dt.date(2024, 3, 1), dt.date(2024, 3, 1))) == 1


@pytest.mark.parametrize("code", ["market_views", "stock_views", "intraday_alerts"])
def test_messages_count_by_row(code: str) -> None:
    kind = code.removesuffix("s")
    assert value(activities(f"2026-11-16 | {kind} | |\n2026-11-16 | {kind} | |"), code) == 2


@pytest.mark.parametrize(
    ("code", "kind"),
    [("novice_classes", "novice_class"), ("veteran_classes", "veteran_class"), ("report_meetings", "report_meeting"), ("salons", "salon")],
)  # fmt: skip
def test_events_count_by_row(code: str, kind: str) -> None:
    assert value(activities(f"2026-11-22 | {kind} | |"), code) == 1


def test_home_visits_count_rows_not_customers() -> None:
    log = activities(
        "2026-11-16 | home_visit | C1 | yes\n2026-11-16 | home_visit | C1 | yes\n2026-11-17 | home_visit | C1 |"
    )
    assert value(log, "home_visits") == 2


@pytest.mark.parametrize(
    ("visited", "expected"), [("2026-11-06", 1.0), ("2026-11-16", 1.0), ("2026-11-17", 0.0), ("2026-11-05", 0.0)]
)
def test_a_first_visit_is_on_time_until_the_tenth_day(visited: str, expected: float) -> None:
    log = facts(
        customers="customer_id | name | assigned_on\nC1 | A | 2026-11-06",  # the tenth day is Monday the 16th
        activities=f"date | kind | customer_id | effective\n{visited} | return_visit | C1 | yes",
    )
    assert value(log, "first_visits_on_time") == expected
    assert value(log, "first_visits_on_time", Span(dt.date(2026, 11, 9), dt.date(2026, 11, 15))) is None


CASES = """
case_id | customer_id | opened_at           | category  | responded_at        | resolved_at         | status   | satisfaction | repeat_of
K1      | C1          | 2026-11-16 09:00:00 | account   | 2026-11-16 09:00:30 | 2026-11-16 10:00:00 | resolved | 4            |
K2      | C1          | 2026-11-23 09:00:00 | account   |                     |                     | open     | 3            |
K3      | C1          | 2026-11-30 09:00:01 | account   | 2026-11-30 09:00:02 |                     | waiting  |              |
K4      |             | 2026-11-30 10:00:00 | account   | 2026-11-30 10:01:00 | 2026-11-30 11:00:00 | closed   | 5            | K3
"""


def test_cases() -> None:
    log = facts(customers=CUSTOMERS, cases=CASES, worktime="date | service_hours\n2026-11-30 | 0.5")
    third = Span(dt.date(2026, 11, 30), dt.date(2026, 12, 6))
    second = Span(dt.date(2026, 11, 23), dt.date(2026, 11, 29))
    assert value(log, "csat") == 1.0
    assert value(log, "csat", second) == 0.0
    assert value(log, "first_response") == 30
    assert value(log, "first_response", second) is None
    assert value(log, "first_response", third) == pytest.approx(30.5)
    assert value(log, "resolution_rate", third) == 0.5
    assert value(log, "repeat_rate") == 0.0
    assert value(log, "repeat_rate", second) == 1.0  # seven days to the second
    assert value(log, "repeat_rate", third) == 0.5  # one second later, but K4 names K3
    assert value(log, "cases_per_hour", third) == 2.0
    assert value(log, "cases_per_hour") is None  # resolved, but nobody logged hours


def test_churn_divides_by_those_there_at_the_start() -> None:
    log = facts(
        customers="""
        customer_id | name | assigned_on | status          | status_on
        C1          | A    | 2026-10-31  | transferred_out | 2026-11-01
        C2          | B    | 2026-10-31  | active          |
        C3          | C    | 2026-11-01  | active          |
        C4          | D    | 2026-10-01  | transferred_out | 2026-10-31
        C5          | E    | 2026-10-01  | transferred_out |
        """
    )
    november = period_span("month", MONDAY)
    assert value(log, "churn_rate", november) == pytest.approx(1 / 3)
    assert behind(log, "churn_rate", november) == [
        ("customers", 2, 1.0, 1.0),
        ("customers", 3, 0.0, 1.0),
        ("customers", 6, 0.0, 1.0),
    ]


def test_contracts_and_training() -> None:
    log = facts(
        customers=CUSTOMERS,
        opportunities="""
        opened_on  | customer_id | product           | stage | closed_on
        2026-10-01 | C1          | advisory_contract | won   | 2026-11-16
        2026-11-16 | C1          | advisory_contract | won   |
        2026-11-16 | C1          | futures           | won   | 2026-11-16
        """,
        training="date | topic | hours\n2026-11-16 | x | 0.1\n2026-11-17 | y | 0.2",
    )
    assert value(log, "advisory_contracts") == 1
    assert value(log, "training_hours") == 0.3


def test_every_figure_leads_to_its_rows() -> None:
    log = activities(
        "2026-11-16 | new_contact | C1 | yes\n2026-11-16 | new_contact | C1 | yes\n2026-11-17 | fund_talk | C3 | yes"
    )
    assert behind(log, "new_contacts", WEEK) == [("activities", 2, 1.0, 0.0)]
    assert behind(log, "fund_talks", WEEK) == []


def test_a_target_that_changes_on_a_wednesday() -> None:
    settings = settings_with(targets=[target("new_contacts", 5), target("new_contacts", 10, "2026-11-18")])
    assert week("new_contacts", activities(""), settings=settings).target == 5 * 2 + 10 * 3


def test_days_without_a_target_in_force_ask_for_nothing() -> None:
    since, until = dt.date(2026, 11, 18), dt.date(2026, 11, 19)
    settings = settings_with(
        targets=[target("new_contacts", 5, str(since), to=until), target("home_visits", 2, str(since), to=until)]
    )
    daily, weekly = (week(code, facts(), settings=settings) for code in ("new_contacts", "home_visits"))
    assert (daily.target, weekly.target) == (10, pytest.approx(0.8))
    assert [day for day, asked in daily.target_by_day.items() if asked] == [since, until]


def test_an_advisors_target_beats_the_levels_beats_all() -> None:
    roster = [
        {"advisor_id": ADVISOR, "name": "N", "level": "junior", "from_": dt.date(2026, 1, 1)},
        {"advisor_id": ADVISOR, "name": "N", "level": "senior", "from_": dt.date(2026, 11, 19)},
    ]
    by_level = [target("new_contacts", 5), target("new_contacts", 7, scope="level", who="senior")]
    assert (
        week("new_contacts", activities(""), settings=settings_with(targets=by_level, roster=roster)).target
        == 5 * 3 + 7 * 2
    )
    own = [*by_level, target("new_contacts", 1, scope="advisor", who=ADVISOR)]
    assert week("new_contacts", activities(""), settings=settings_with(targets=own, roster=roster)).target == 5


def test_a_week_without_working_days_is_not_assessed() -> None:
    log = activities("2026-10-05 | new_contact | C1 | yes")  # the holiday week, 1–7 October off
    off = [{"date": dt.date(2026, 10, day), "kind": "off"} for day in (8, 9)]
    one = week("new_contacts", log, settings=settings_with(calendar=off), name="2026-W41")
    assert (one.value, one.target, one.attainment, one.working_days) == (1, None, None, 0)


def test_leave_and_joining_shrink_the_target() -> None:
    log = facts(worktime="date | leave\n2026-11-16 | full\n2026-11-17 | half")
    assert week("new_contacts", log).target == 17.5
    assert week("home_visits", log).target == pytest.approx(2 * 3.5 / 5)
    roster = [{"advisor_id": ADVISOR, "name": "N", "level": "junior", "from_": dt.date(2026, 11, 19)}]
    assert week("new_contacts", activities(""), settings=settings_with(roster=roster)).target == 10


def test_days_at_a_level_that_keeps_no_log_ask_for_nothing() -> None:
    levels = [{"code": "junior", "name": "初级"}, {"code": "manager", "name": "经理", "log": "no"}]
    posts = [
        {"advisor_id": ADVISOR, "name": "N", "level": "junior"},
        {"advisor_id": ADVISOR, "name": "N", "level": "manager", "from_": dt.date(2026, 11, 18)},
    ]
    promoted = settings_with(levels=levels, roster=posts)
    assert week("new_contacts", activities(""), settings=promoted).target == 10  # Monday and Tuesday
    assert week("new_contacts", activities(""), settings=promoted, name="2026-W48").target is None
    assert promoted.logs_within(ADVISOR, week_span("2026-W47"))
    assert not promoted.logs_within(ADVISOR, week_span("2026-W48"))
    assert promoted.in_service(ADVISOR, week_span("2026-W48"))
    always = settings_with(levels=levels, roster=[{**posts[0], "level": "manager"}])
    assert week("new_contacts", activities(""), settings=always).target is None


def test_six_working_days_ask_no_more_of_a_week() -> None:
    settings = settings_with(calendar=[{"date": dt.date(2026, 11, 21), "kind": "work"}])
    assert week("home_visits", activities(""), settings=settings).target == 2
    assert week("new_contacts", activities(""), settings=settings).target == 30


def test_days_met_and_pace_inside_a_week() -> None:
    text = "\n".join(f"2026-11-16 | new_contact | {one} | yes" for one in ("C1", "C2", "C3", "C4"))
    settings = settings_with(targets=[target("new_contacts", 4)])
    one = week("new_contacts", activities(text), today=dt.date(2026, 11, 17), settings=settings)
    assert (one.value, one.target, one.target_so_far, one.days_met) == (4, 20, 8, 1)
    assert (one.attainment, one.pace, one.left) == (0.2, 0.5, 16)


def test_new_years_week_and_its_month() -> None:
    assert week_name(dt.date(2027, 1, 3)) == "2026-W53"
    span = week_span("2026-W53")
    assert (span.start, span.end) == (dt.date(2026, 12, 28), dt.date(2027, 1, 3))
    log = activities("2026-12-31 | report_meeting | |\n2027-01-02 | report_meeting | |")
    one = week("report_meetings", log, today=dt.date(2027, 1, 10), name="2026-W53")
    assert (one.window.start, one.until, one.value) == (dt.date(2027, 1, 1), dt.date(2027, 1, 3), 1)


def test_years_the_exchange_has_not_published_are_monday_to_friday() -> None:
    calendar = TradingCalendar()
    assert calendar.trading_days(week_span("2027-W02")) == 5
    assert calendar.unpublished(Span(dt.date(2026, 12, 1), dt.date(2028, 1, 1))) == (2027, 2028)


@pytest.mark.parametrize(
    ("direction", "value", "target", "expected"),
    [
        ("at_least", 3.0, 4.0, 0.75),
        ("at_least", 0.0, 0.0, None),
        ("at_least", None, 4.0, None),
        ("at_most", 20.0, 30.0, 1.0),
        ("at_most", 60.0, 30.0, 0.5),
        ("at_most", 0.0, 0.0, 1.0),
        ("at_most", 1.0, 0.0, 0.0),
        ("at_most", 1.0, None, None),
    ],
)
def test_attainment(direction: Any, value: float | None, target: float | None, expected: float | None) -> None:
    assert attainment(direction, value, target) == expected


@pytest.mark.parametrize(
    ("points", "letter"), [(90.0, "A"), (89.99, "B"), (75.0, "B"), (74.9, "C"), (60.0, "C"), (59.9, "D"), (None, None)]
)
def test_grades(points: float | None, letter: str | None) -> None:
    assert grade(points) == letter


def test_the_score_caps_each_indicator_before_it_weighs_them() -> None:
    settings = settings_with(targets=[target("market_views", 0.2, weight=3.0), target("home_visits", 2)])
    log = activities("\n".join(["2026-11-16 | market_view | |"] * 50))
    work = work_of(book_of({}), log, settings)
    assessments = assess_report(settings, work.duty, work.days, "2026-W47", dt.date(2026, 12, 31))
    assert score(assessments) == pytest.approx(100 * (3 * 1.2 + 1 * 0) / 4)


def test_a_team_adds_values_and_targets_never_percentages() -> None:
    many = week("csat", facts(cases=CASES.replace("| 4  ", "| 5  ")))
    few = week(
        "csat",
        facts(
            cases="case_id | opened_at | category | status | satisfaction\nK | 2026-11-16 09:00:00 | account | open | 1"
        ),
    )
    both = combine([many, few])
    assert (both.numerator, both.denominator, both.value) == (1, 2, 0.5)


def test_whoever_is_on_leave_has_no_say_in_a_teams_weights() -> None:
    settings = settings_with(targets=[target("home_visits", 2, weight=3.0)])
    away = "\n".join(f"2026-11-{day} | full" for day in range(16, 21))
    at_work, on_leave = (
        week("home_visits", facts(worktime=f"date | leave\n{leave}"), settings=settings) for leave in ("", away)
    )
    assert (at_work.weight, on_leave.target) == (3, None)
    assert combine([at_work, on_leave]).weight == 3
    assert combine([on_leave]).weight == 1


def test_a_branchs_own_indicator_needs_no_code() -> None:
    own = {
        "code": "phone_minutes", "label": "电话时长", "form": "activities", "measure": "sum", "column": "时长（分钟）",
        "where": "沟通方式 是 电话 且 是否有效 是 是", "period": "day", "direction": "at_least", "unit": "times",
    }  # fmt: skip
    settings = settings_from_rows({"indicators": [own], "targets": [target("电话时长", 30)]}, "zh-CN")
    log = facts(
        customers=CUSTOMERS,
        activities="date | kind | customer_id | channel | effective | minutes\n2026-11-16 | fund_talk | C1 | phone | yes | 12\n2026-11-16 | fund_talk | C1 | wechat | yes | 30",
    )
    one = week("phone_minutes", log, settings=settings)
    assert (one.value, one.target) == (12, 150)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"where": "kind resembles fund_talk"}, "settings.condition"),
        ({"where": "colour is red"}, "settings.condition"),
        ({"where": "kind is fund_tlk"}, "settings.condition"),
        ({"where": "minutes at least many"}, "settings.condition"),
        ({"on": "someday"}, "settings.reference"),
        ({"per": "worktime.hours_served"}, "settings.reference"),
        ({"measure": "mean", "column": None}, "value.required"),
        ({"measure": "ratio"}, "value.required"),
        ({"measure": "distinct", "form": "training"}, "value.required"),
        ({"on": "kind"}, "value.type"),
        ({"on": "minutes"}, "value.type"),
        ({"on": "customer.assigned_on"}, "settings.reference"),
        ({"measure": "sum", "column": "summary"}, "value.type"),
        ({"measure": "mean", "column": "time"}, "value.type"),
        ({"measure": "ratio", "per": "worktime.leave"}, "value.type"),
        ({"where": "kind at least fund_talk"}, "settings.condition"),
        ({"where": "date at least minutes"}, "settings.condition"),
        ({"where": "minutes at least summary"}, "settings.condition"),
        ({"where": "customer.assigned_on below customer.assets"}, "settings.condition"),
        ({"where": "time above minutes"}, "settings.condition"),
        ({"where": "time at least noon"}, "settings.condition"),
        ({"where": 'summary is ""'}, "settings.condition"),
    ],
)
def test_a_bad_indicator_row_is_a_finding_and_the_others_count(change: dict[str, Any], code: str) -> None:
    good = {
        "code": "good", "label": "G", "form": "activities", "measure": "count", "period": "day",
        "direction": "at_least", "unit": "times",
    }  # fmt: skip
    settings = settings_from_rows({"indicators": [{**good, "code": "bad", **change}, good]}, "zh-CN")
    assert [found.code for found in settings.findings] == [code]
    assert [one.code for one in settings.indicators] == ["good"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({}, True),
        ({"measure": "sum", "column": "minutes"}, True),
        ({"measure": "mean", "column": "minutes"}, False),
        ({"period": "week"}, False),
        ({"direction": "at_least"}, False),
        ({"active": "no"}, False),
    ],
)
def test_a_limit_by_day_that_a_weeks_total_is_compared_with_is_named(change: dict[str, str], named: bool) -> None:
    own = {
        "code": "own", "label": "O", "form": "activities", "measure": "count", "period": "day",
        "direction": "at_most", "unit": "times",
    }  # fmt: skip
    settings = settings_from_rows({"indicators": [{**own, **change}]}, "zh-CN")
    where = [(one.code, one.place.column and one.place.column.code) for one in settings.findings]
    assert where == [("settings.daily_limit", "period")] * named


@pytest.mark.parametrize(
    ("measure", "column", "named"),
    [
        ("count", {"part": "effective is yes"}, True),
        ("count", {"per": "worktime.service_hours"}, True),
        ("count", {"column": "minutes"}, True),
        ("sum", {"column": "minutes", "part": "effective is yes"}, True),
        ("ratio", {"part": "effective is yes", "column": "minutes"}, True),
        ("ratio", {"part": "effective is yes"}, False),
        ("mean", {"column": "minutes"}, False),
    ],
)
def test_what_a_measure_has_no_use_for_is_named_and_counts_as_blank(
    measure: str, column: dict[str, str], named: bool
) -> None:
    own = {
        "code": "own", "label": "O", "form": "activities", "measure": measure, "period": "week",
        "direction": "at_least", "unit": "percent" if measure == "ratio" else "times",
    }  # fmt: skip
    settings = settings_from_rows({"indicators": [{**own, **column}]}, "zh-CN")
    assert [(one.code, one.severity) for one in settings.findings] == [("settings.unused", "warning")] * named
    log = facts(
        customers=CUSTOMERS, activities="date | kind | effective\n2026-11-16 | other | no\n2026-11-16 | other | yes"
    )
    if measure == "count":
        assert week("own", log, settings=settings).value == 2


def test_what_a_condition_cannot_compare_is_said_in_the_reader_s_language() -> None:
    own = {
        "code": "bad", "label": "B", "form": "activities", "measure": "count", "period": "day",
        "direction": "at_least", "unit": "times", "where": "minutes at least summary",
    }  # fmt: skip
    (found,) = settings_from_rows({"indicators": [own]}, "zh-CN").findings
    assert "“summary” cannot be compared with “Minutes”" in found.message("en")
    assert "“summary”不能与“时长（分钟）”比较" in found.message("zh-CN")


@pytest.mark.parametrize(
    "where", ["topic is a or topic is b", "培训主题 是 合规、考核成绩 不低于 60", "topic is not a or b or 学时 > 1"]
)
def test_or_joins_values_of_a_column_and_no_comparisons(where: str) -> None:
    own = {
        "code": "bad", "label": "B", "form": "training", "measure": "count", "period": "week", "direction": "at_least",
        "unit": "times", "where": where.replace("学时", "时长（小时）"),
    }  # fmt: skip
    (found,) = settings_from_rows({"indicators": [own]}, "zh-CN").findings
    assert (found.code, "joins values of one column" in found.message("en")) == ("settings.condition", True)
    settings = settings_from_rows({"indicators": [{**own, "where": "topic is a or what is b or c"}]}, "zh-CN")
    assert settings.indicators[0].where[0].values == ("a", "what is b", "c")


@pytest.mark.parametrize(
    ("form", "where", "expected"),
    [
        ("activities", "time at least 09:30", 2),
        ("activities", "time above 9:30", 1),
        ("activities", "time is 09:30", 1),
        ("activities", "time is not 09:30", 2),
        ("activities", "minutes at most 30", 1),
        ("cases", "opened_at is 2026-11-16", 2),
        ("cases", "opened_at at most 2026-11-16", 2),
        ("cases", "opened_at above 2026-11-16", 1),
        ("cases", "opened_at is not 2026-11-16", 1),
        ("cases", "opened_at at least 2026-11-16 18:00", 2),
        ("cases", "responded_at above opened_at", 1),
    ],
)
def test_times_and_days_are_compared_as_people_mean_them(form: str, where: str, expected: float) -> None:
    own = {
        "code": "own", "label": "O", "form": form, "measure": "count", "where": where, "period": "day",
        "direction": "at_least", "unit": "times",
    }  # fmt: skip
    log = facts(
        customers=CUSTOMERS,
        activities="""
        date       | time  | kind      | customer_id | minutes
        2026-11-16 | 09:30 | fund_talk | C1          | 30
        2026-11-16 | 18:00 | fund_talk | C1          | 31
        2026-11-17 |       | fund_talk | C1          |
        """,
        cases="""
        case_id | opened_at           | responded_at        | category | status
        K1      | 2026-11-16 00:00:00 | 2026-11-16 00:00:00 | account  | open
        K2      | 2026-11-16 18:00:00 | 2026-11-16 18:00:01 | account  | open
        K3      | 2026-11-17 00:00:00 |                     | account  | open
        """,
    )
    assert value(log, "own", settings=settings_from_rows({"indicators": [own]}, "zh-CN")) == expected


def test_only_a_ratio_is_divided() -> None:
    own = {
        "code": "own", "label": "O", "form": "activities", "measure": "mean", "column": "minutes",
        "per": "worktime.service_hours", "period": "day", "direction": "at_least", "unit": "hours",
    }  # fmt: skip
    log = facts(
        customers=CUSTOMERS,
        activities="date | kind | customer_id | minutes\n2026-11-16 | fund_talk | C1 | 30",
        worktime="date | service_hours\n2026-11-16 | 9",
    )
    assert value(log, "own", settings=settings_from_rows({"indicators": [own]}, "zh-CN")) == 30


def test_what_a_customer_has_can_be_added_up() -> None:
    own = {
        "code": "own", "label": "O", "form": "activities", "measure": "sum", "column": "customer.assets",
        "period": "day", "direction": "at_least", "unit": "yuan",
    }  # fmt: skip
    log = activities("2026-11-16 | fund_talk | C1 | yes\n2026-11-16 | fund_talk | C3 | yes")
    assert value(log, "own", settings=settings_from_rows({"indicators": [own]}, "zh-CN")) == 500_000


@pytest.mark.parametrize(("typed", "kept"), [(90.0, None), (1.01, None), (1.0, 1.0), (0.9, 0.9), (None, None)])
def test_a_share_above_one_is_no_target(typed: float | None, kept: float | None) -> None:
    settings = settings_with(
        targets=[target("csat", 0.9, stretch=typed), {**target("repeat_rate", 0.0), "target": typed}]
    )
    beyond = [(one.code, one.severity, one.place.column.code) for one in settings.findings if one.place.column]
    assert beyond == [("value.range", "warning", name) for name in ("stretch", "target") if typed and typed > 1]
    assert [(row.target, row.stretch) for row in settings.targets] == [(0.9, kept), (kept, None)]


@pytest.mark.parametrize(
    ("row", "fitting"),
    [
        ({"measure": "count", "unit": "percent"}, "times, customers or another number"),
        ({"measure": "sum", "column": "minutes", "unit": "percent"}, "times, customers or another number"),
        ({"measure": "ratio", "part": "effective is yes", "unit": "times"}, "%"),
        ({"measure": "ratio", "part": "effective is yes", "unit": "percent"}, None),
        ({"measure": "ratio", "per": "worktime.service_hours", "unit": "per_hour"}, None),
        ({"measure": "mean", "column": "minutes", "unit": "hours"}, None),
        ({"measure": "distinct", "unit": "customers"}, None),
    ],
)
def test_a_count_in_percent_and_a_share_in_anything_else_are_named(row: dict[str, str], fitting: str | None) -> None:
    own = {"code": "own", "label": "O", "form": "activities", "period": "week", "direction": "at_least"}
    found = settings_from_rows({"indicators": [{**own, **row}]}, "zh-CN").findings
    assert [(one.code, one.place.column and one.place.column.code) for one in found] == [
        ("settings.unit", "unit")
    ] * bool(fitting)
    assert all(str(fitting) in one.message("en") for one in found)


def test_targets_that_are_no_shares_may_be_above_one() -> None:
    amounts = [target("first_response", 30.0), target("cases_per_hour", 10.0), target("new_contacts", 5.0)]
    assert not settings_with(targets=amounts).findings


@pytest.mark.parametrize(
    ("since", "until", "missing"),
    [("2020-01-01", None, False), ("2026-11-22", None, False), ("2026-11-23", None, True),
     ("2020-01-01", dt.date(2026, 11, 16), False), ("2020-01-01", dt.date(2026, 11, 15), True)],
)  # fmt: skip
def test_a_target_that_is_not_in_force_is_missing(since: str, until: dt.date | None, missing: bool) -> None:
    settings = settings_with(targets=[target("csat", 0.9, since, to=until)])
    named = {one.words["indicator"] for one in review_settings(settings, WEEK) if one.code == "target.missing"}
    assert (settings.indicator["csat"].label in named) is missing
    assert settings.indicator["new_contacts"].label in named


def test_a_branch_s_own_day_off_is_no_calendar_of_the_year() -> None:
    def unpublished(kind: str, days: int) -> list[str]:
        own = [{"date": dt.date(2027, 2, 1) + dt.timedelta(days=at), "kind": kind} for at in range(days)]
        found = review_settings(settings_with(calendar=own), Span(dt.date(2027, 3, 1), dt.date(2027, 3, 7)))
        return [str(one.words["year"]) for one in found if one.code == "calendar.unpublished"]

    assert unpublished("off", 0) == unpublished("off", 11) == unpublished("work", 14) == ["2027"]  # nine weekdays of 11
    assert unpublished("off", 12) == []


def test_a_target_of_nobodys_indicator_is_a_finding() -> None:
    settings = settings_with(targets=[target("new_contact", 5)])
    assert [(found.code, found.place.column.code if found.place.column else "") for found in settings.findings] == [
        ("settings.reference", "indicator")
    ]


def test_text_tables_are_read_as_written() -> None:
    assert rows("a | b\n1 | \n | 2") == [{"a": "1"}, {"b": "2"}]


@pytest.mark.parametrize(
    ("given_on", "visited", "expected"),
    [
        ("2026-11-10", "", None),  # the ten days start again with the colleague
        ("2026-11-16", "", None),
        ("2026-11-17", "", (0, 1)),
        ("2026-11-10", "2026-11-09 | return_visit | C1 | yes", (1, 1)),
    ],
)
def test_the_ten_days_of_a_customer_handed_over_before_they_end_are_the_colleagues(
    given_on: str, visited: str, expected: tuple[int, int] | None
) -> None:
    log = facts(
        customers=f"customer_id | name | assigned_on | status | status_on\n"
        f"C1 | A | 2026-11-06 | handed_over | {given_on}",
        activities=f"date | kind | customer_id | effective\n{visited}",
    )
    indicator = SETTINGS.indicator["first_visits_on_time"]
    found = value_of(indicator, series(log, indicator), WEEK)[1:]
    assert found == (expected or (0, 0))


def indicator_row(code: str, **more: Any) -> dict[str, Any]:
    return {
        "code": code, "label": code, "form": "activities", "measure": "count", "period": "week",
        "direction": "at_least", "unit": "times", **more,
    }  # fmt: skip


def test_a_teams_limit_of_a_count_is_the_sum_of_its_members() -> None:
    settings = settings_with(
        indicators=[indicator_row("complaints", where="kind is complaint_followup", direction="at_most")],
        targets=[target("complaints", 1)],
    )
    kept = week("complaints", activities("2026-11-16 | complaint_followup | C1 | no"), settings=settings)
    broken = week(
        "complaints", activities("\n".join(["2026-11-16 | complaint_followup | C1 | no"] * 3)), settings=settings
    )
    assert (kept.attainment, broken.attainment) == (1, pytest.approx(1 / 3))
    assert (combine([kept] * 3).target, combine([kept] * 3).attainment) == (3, 1)
    assert (combine([kept, broken]).value, combine([kept, broken]).attainment) == (4, 0.5)


def test_more_different_customers_than_rows_are_told_apart_by_day() -> None:
    settings = settings_with(
        indicators=[indicator_row("trades", measure="distinct", column="customer.occupation", period="day")]
    )
    people = "\n".join(f"C{n} | N | 2026-01-05 | trade {n}" for n in range(1, 8))
    log = facts(
        customers=f"customer_id | name | assigned_on | occupation\n{people}",
        activities="date | kind | customer_id\n2026-11-16 | fund_talk | C5\n2026-11-17 | fund_talk | C3",
    )
    assert value(log, "trades", settings=settings) == 2


def test_a_target_that_ends_inside_the_week_keeps_its_weight() -> None:
    settings = settings_with(targets=[target("home_visits", 5, weight=3.0, to=dt.date(2026, 11, 18))])
    found = week("home_visits", activities(""), settings=settings)
    assert (found.target, found.weight) == (3, 3)


@pytest.mark.parametrize("other", [[], [{"scope": "level", "who": "senior"}]])
def test_what_is_not_asked_for_weighs_one_whatever_others_are_asked(other: list[dict[str, Any]]) -> None:
    settings = settings_with(
        targets=[
            target("home_visits", 2, weight=3.0) | {"target": None},
            *(target("home_visits", 2, "2026-11-18", **more) for more in other),
        ]
    )
    found = week("home_visits", activities(""), settings=settings)
    assert (found.target, found.weight) == (None, 1)


def test_a_machine_whose_clock_is_years_behind_knows_the_same_trading_days(monkeypatch: pytest.MonkeyPatch) -> None:
    right = TradingCalendar().trading_days(Span(dt.date(2026, 1, 1), dt.date(2026, 12, 31)))
    behind = pd.Timestamp(2024, 6, 1)
    monkeypatch.setattr(exchange_calendar, "GLOBAL_DEFAULT_END", behind)
    monkeypatch.setattr(calendars, "_published", calendars._published.__wrapped__)
    monkeypatch.setattr(calendars, "_exchange_days", calendars._exchange_days.__wrapped__)
    assert TradingCalendar().trading_days(Span(dt.date(2026, 1, 1), dt.date(2026, 12, 31))) == right > 200
    holiday = dt.date(2005, 10, 3)  # before the last twenty years
    assert TradingCalendar().trading_days(Span(holiday, holiday)) == 0
