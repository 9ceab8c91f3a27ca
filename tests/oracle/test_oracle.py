"""The oracle against figures worked out by hand: each indicator, and each edge the rules turn on."""

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

import pytest

from . import (
    CATALOGUE,
    by_day,
    due,
    first_visits,
    grade,
    report,
    score,
    service,
    target,
    target_in_force,
    team,
    two_month_bounds,
    values,
    week_bounds,
    working_day,
    working_days,
)

MONDAY = date(2026, 11, 16)  # 2026-W47
SUNDAY = date(2026, 11, 22)


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def at(offset: int, hour: int = 9, minute: int = 0, second: int = 0) -> datetime:
    return datetime.combine(day(offset), time(hour, minute, second))


def act(on: date, kind: str, customer: str | None = None, effective: str | None = "yes", **more: Any) -> dict[str, Any]:
    return {"date": on, "kind": kind, "customer_id": customer, "effective": effective, **more}


def customer(code: str, assigned: date = date(2026, 1, 5), status: str = "active", **more: Any) -> dict[str, Any]:
    return {"customer_id": code, "assigned_on": assigned, "status": status, **more}


def case(code: str, opened: datetime, status: str = "open", **more: Any) -> dict[str, Any]:
    row = {"case_id": code, "opened_at": opened, "category": "account", "status": status, "customer_id": None}
    return {**row, **more}


def weekdays(first: date, last: date) -> set[date]:
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return {one for one in span if one.weekday() < 5}


def aim(indicator: str, wanted: float, **more: Any) -> dict[str, Any]:
    row = {"indicator": indicator, "scope": "all", "who": None, "target": wanted, "from": date(2020, 1, 1), "to": None}
    return {**row, **more}


def branch(*targets: dict[str, Any], **more: Any) -> dict[str, Any]:
    place = {"advisor_id": "A1", "level": "junior", "team": "T", "from": date(2020, 1, 1), "to": None}
    settings = {
        "roster": [place],
        "targets": list(targets),
        "exchange_days": weekdays(date(2023, 12, 1), date(2028, 12, 31)),
        "calendar": {},
    }
    return {**settings, **more}


def counted(log: dict[str, Any], code: str, start: date = MONDAY, end: date = SUNDAY) -> Any:
    return values(log, start, end)[code]


# --- counts ---------------------------------------------------------------------------------------------------------


def test_a_customer_counts_once_a_day_and_again_the_next_day() -> None:
    rows = [
        act(day(0), "new_contact", "C1"),
        act(day(0), "new_contact", "C1"),
        act(day(0), "new_contact", "C2"),
        act(day(0), "new_contact", "C3", "no"),
        act(day(0), "new_contact", "C3", None),
        act(day(1), "new_contact", "C1"),
        act(day(7), "new_contact", "C1"),
    ]
    assert counted({"activities": rows}, "new_contacts") == (3, 3, None)
    assert list(by_day({"activities": rows}, "new_contacts", MONDAY, SUNDAY).values()) == [2, 1, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("market_view", "market_views"),
        ("stock_view", "stock_views"),
        ("intraday_alert", "intraday_alerts"),
        ("novice_class", "novice_classes"),
        ("veteran_class", "veteran_classes"),
        ("report_meeting", "report_meetings"),
        ("salon", "salons"),
    ],
)
def test_broadcasts_and_events_count_by_row_on_both_ends_of_the_window(kind: str, code: str) -> None:
    rows = [act(one, kind, None, None) for one in (day(-1), MONDAY, MONDAY, SUNDAY, day(7))]
    assert counted({"activities": [*rows, act(MONDAY, "other")]}, code) == (3, 3, None)


def test_home_visits_count_effective_rows_even_twice_a_day() -> None:
    rows = [act(MONDAY, "home_visit", "C1"), act(MONDAY, "home_visit", "C1"), act(MONDAY, "home_visit", "C2", "no")]
    assert counted({"activities": rows}, "home_visits") == (2, 2, None)


@pytest.mark.parametrize(
    ("holding", "expected"),
    [("holds", 1), ("interested", 1), ("not_interested", 0), ("unsuitable", 0), (None, 0)],
)
def test_fund_talks_need_a_customer_who_holds_or_wants_funds(holding: str | None, expected: int) -> None:
    log = {"activities": [act(MONDAY, "fund_talk", "C1")], "customers": [customer("C1", public_fund=holding)]}
    assert counted(log, "fund_talks") == (expected, expected, None)


@pytest.mark.parametrize(("assets", "expected"), [(499_999.99, 0), (500_000, 1), (500_000.01, 1), (None, 0)])
def test_margin_talks_begin_at_half_a_million(assets: float | None, expected: int) -> None:
    log = {"activities": [act(MONDAY, "margin_talk", "C1")], "customers": [customer("C1", assets=assets)]}
    assert counted(log, "margin_talks") == (expected, expected, None)


@pytest.mark.parametrize(("gap", "expected"), [(13, 0), (14, 1), (15, 1)])
def test_a_revisit_follows_two_weeks_of_silence(gap: int, expected: int) -> None:
    rows = [act(day(3 - gap), "advisory_talk", "C1"), act(day(3), "return_visit", "C1")]
    assert counted({"activities": rows}, "revisits") == (expected, expected, None)


def test_a_revisit_looks_at_the_latest_earlier_effective_contact_only() -> None:
    base = [act(day(-20), "fund_talk", "C1"), act(day(0), "return_visit", "C1")]
    assert counted({"activities": base}, "revisits")[0] == 1
    assert counted({"activities": [*base, act(day(-2), "fund_talk", "C1", "no")]}, "revisits")[0] == 1
    assert counted({"activities": [*base, act(day(-2), "salon", "C1")]}, "revisits")[0] == 1
    assert counted({"activities": [*base, act(day(0), "fund_talk", "C1")]}, "revisits")[0] == 1
    assert counted({"activities": [*base, act(day(-2), "fund_talk", "C2")]}, "revisits")[0] == 1
    assert counted({"activities": [*base, act(day(-2), "fund_talk", "C1")]}, "revisits")[0] == 0


def test_a_first_ever_contact_is_no_revisit() -> None:
    assert counted({"activities": [act(MONDAY, "return_visit", "C1")]}, "revisits")[0] == 0


def test_two_weeks_across_a_leap_day() -> None:
    visit = act(date(2024, 3, 1), "return_visit", "C1")
    window = (date(2024, 2, 26), date(2024, 3, 3))
    assert counted({"activities": [act(date(2024, 2, 16), "fund_talk", "C1"), visit]}, "revisits", *window)[0] == 1
    assert counted({"activities": [act(date(2024, 2, 17), "fund_talk", "C1"), visit]}, "revisits", *window)[0] == 0


def test_contracts_count_by_the_day_they_were_won() -> None:
    def row(closed: date | None, stage: str = "won", product: str = "advisory_contract") -> dict[str, Any]:
        return {"opened_on": day(-9), "customer_id": "C1", "product": product, "stage": stage, "closed_on": closed}

    rows = [row(SUNDAY), row(MONDAY), row(day(-1)), row(None), row(MONDAY, "lost"), row(MONDAY, "won", "futures")]
    assert counted({"opportunities": rows}, "advisory_contracts") == (2, 2, None)


def test_training_hours_add_up_as_typed() -> None:
    rows = [{"date": one, "topic": "t", "hours": hours} for one, hours in ((MONDAY, 0.1), (SUNDAY, 0.2), (day(7), 9))]
    assert counted({"training": rows}, "training_hours") == (Fraction(3, 10), Fraction(3, 10), None)


# --- shares, means and rates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "expected"),
    [(-1, 0), (0, 1), (10, 1), (11, 0)],
)
def test_a_first_visit_is_on_time_from_the_first_day_to_the_tenth(after: int, expected: int) -> None:
    assigned = day(-8)  # the tenth day is Wednesday of the week
    log = {
        "customers": [customer("C1", assigned)],
        "activities": [act(assigned + timedelta(days=after), "return_visit", "C1")],
    }
    assert counted(log, "first_visits_on_time") == (expected, expected, 1)


@pytest.mark.parametrize(("assigned", "due_in_week"), [(day(-11), 0), (day(-10), 1), (day(-4), 1), (day(-3), 0)])
def test_first_visits_fall_into_the_week_of_their_tenth_day(assigned: date, due_in_week: int) -> None:
    log = {"customers": [customer("C1", assigned)], "activities": [act(assigned, "fund_talk", "C1")]}
    assert counted(log, "first_visits_on_time") == (0 if due_in_week else None, 0, due_in_week)


def test_nothing_under_a_ratio_is_no_value() -> None:
    none = values({}, MONDAY, SUNDAY)
    for code, indicator in CATALOGUE.items():
        assert none[code] == ((None, 0, 0) if indicator.is_quotient else (0, 0, None)), code


def test_csat_is_the_share_of_fours_and_fives_among_the_rated() -> None:
    rows = [case(str(n), at(n), satisfaction=rating) for n, rating in enumerate([5, 4, 3, None, 1, 5])]
    assert counted({"cases": rows}, "csat") == (Fraction(3, 5), 3, 5)


def test_first_response_is_a_mean_over_the_answered() -> None:
    rows = [
        case("1", at(0), responded_at=at(0, 9, 0, 20)),
        case("2", at(6, 23, 59, 59), responded_at=at(7, 0, 0, 44)),
        case("3", at(1)),
        case("4", at(7), responded_at=at(7)),
        case("5", at(2, 0), responded_at=at(2, 0)),
    ]
    assert counted({"cases": rows}, "first_response") == (Fraction(65, 2), 65, 2)


def test_resolution_rate_looks_at_the_status_now() -> None:
    stati = ["resolved", "closed", "open", "in_progress", "waiting", "unresolved"]
    rows = [case(str(n), at(0), status) for n, status in enumerate(stati)]
    assert counted({"cases": rows}, "resolution_rate") == (Fraction(1, 3), 2, 6)


@pytest.mark.parametrize(
    ("before", "more", "expected"),
    [
        (timedelta(days=7), {}, 1),
        (timedelta(days=7, seconds=1), {}, 0),
        (timedelta(0), {}, 1),
        (timedelta(days=1), {"category": "fees"}, 0),
        (timedelta(days=1), {"customer_id": "C2"}, 0),
        (timedelta(days=1), {"customer_id": None}, 0),
    ],
)
def test_a_repeat_follows_within_seven_days_to_the_second(
    before: timedelta, more: dict[str, Any], expected: int
) -> None:
    earlier = {**case("1", at(0) - before, customer_id="C1"), **more}
    later = case("2", at(0), customer_id="C1")
    opened = 2 if before == timedelta(0) else 1
    assert counted({"cases": [earlier, later]}, "repeat_rate") == (Fraction(expected, opened), expected, opened)


def test_two_strangers_are_no_repeat_but_a_named_case_is() -> None:
    rows = [case("1", at(0)), case("2", at(1)), case("3", at(2), repeat_of="1")]
    assert counted({"cases": rows}, "repeat_rate") == (Fraction(1, 3), 1, 3)


def test_cases_per_hour_divides_resolutions_by_hours_at_the_desk() -> None:
    rows = [
        case("1", at(-9), "resolved", resolved_at=at(0)),
        case("2", at(0), "closed", resolved_at=at(6)),
        case("3", at(0), "closed", resolved_at=at(7)),
        case("4", at(0), "in_progress", resolved_at=at(1)),
        case("5", at(0), "closed"),
    ]
    hours = [{"date": day(0), "leave": "none", "service_hours": 3.5}, {"date": day(1), "leave": "half"}]
    assert counted({"cases": rows, "worktime": hours}, "cases_per_hour") == (Fraction(4, 7), 2, Fraction(7, 2))
    assert counted({"cases": rows}, "cases_per_hour") == (None, 2, 0)


def test_churn_divides_those_who_left_by_those_who_were_there() -> None:
    start, end = date(2026, 11, 1), date(2026, 11, 30)
    log = {
        "customers": [
            customer("stays"),
            customer("leaves", status="transferred_out", status_on=date(2026, 11, 1)),
            customer("left before", status="transferred_out", status_on=date(2026, 10, 31)),
            customer("leaves later", status="transferred_out", status_on=date(2026, 12, 1)),
            customer("no day", status="transferred_out", status_on=None),
            customer("new that day", assigned=date(2026, 11, 1)),
            customer("sleeps", status="dormant", status_on=date(2026, 11, 5)),
        ]
    }
    assert counted(log, "churn_rate", start, end) == (Fraction(1, 5), 1, 5)


# --- working days and targets ---------------------------------------------------------------------------------------


def leave(on: date, kind: str) -> dict[str, Any]:
    return {"date": on, "leave": kind}


def test_working_days_lose_leave_and_days_off_and_gain_extra_days() -> None:
    settings = branch(calendar={day(1): "off", day(5): "work"})
    log = {"worktime": [leave(day(2), "half"), leave(day(3), "full"), leave(day(4), "none")]}
    shares = [working_day(settings, log, "A1", day(n)) for n in range(7)]
    assert shares == [1, 0, Fraction(1, 2), 0, 1, 1, 0]
    assert working_days(settings, log, "A1", MONDAY, SUNDAY) == Fraction(7, 2)
    assert working_day(settings, log, "A2", MONDAY) == 0


def test_working_days_begin_and_end_with_the_roster() -> None:
    place = {"advisor_id": "A1", "level": "junior", "team": "T", "from": day(1), "to": day(3)}
    settings = branch(roster=[place])
    assert [working_day(settings, {}, "A1", day(n)) for n in range(5)] == [0, 1, 1, 1, 0]


def test_a_day_target_is_summed_over_working_days() -> None:
    settings = branch(aim("new_contacts", 5))
    log = {"worktime": [leave(day(2), "half")]}
    assert target(settings, log, "A1", "new_contacts", MONDAY, SUNDAY) == Fraction(45, 2)


def test_a_target_that_changes_on_a_wednesday() -> None:
    settings = branch(
        aim("new_contacts", 5),
        aim("new_contacts", 8, **{"from": day(2)}),
        aim("home_visits", 2),
        aim("home_visits", 4, **{"from": day(2)}),
        aim("csat", 0.9),
        aim("csat", 0.95, **{"from": day(2)}),
    )
    assert target(settings, {}, "A1", "new_contacts", MONDAY, SUNDAY) == 5 + 5 + 8 + 8 + 8
    assert target(settings, {}, "A1", "home_visits", MONDAY, SUNDAY) == Fraction(2 + 2 + 4 + 4 + 4, 5)
    assert target(settings, {}, "A1", "csat", MONDAY, SUNDAY) == Fraction(95, 100)


def test_a_week_of_six_working_days_asks_no_more_of_a_week_indicator() -> None:
    settings = branch(aim("home_visits", 2), aim("new_contacts", 5), calendar={day(5): "work"})
    assert target(settings, {}, "A1", "home_visits", MONDAY, SUNDAY) == 2
    assert target(settings, {}, "A1", "new_contacts", MONDAY, SUNDAY) == 30
    assert target(settings, {}, "A1", "home_visits", MONDAY, day(13)) == 4


def test_a_month_target_shrinks_by_leave_but_not_by_days_off() -> None:
    settings = branch(aim("training_hours", 8), calendar={date(2026, 11, 30): "off"})
    log = {"worktime": [leave(day(0), "full"), leave(day(1), "half")]}
    found = target(settings, log, "A1", "training_hours", date(2026, 11, 1), date(2026, 11, 30))
    assert found == 8 * Fraction(37, 2) / 20  # 21 weekdays less one day off; a day and a half on leave


def test_two_months_hold_the_leap_day() -> None:
    start, end = two_month_bounds(date(2024, 2, 29))
    assert (start, end) == (date(2024, 1, 1), date(2024, 2, 29))
    settings = branch(aim("salons", 1), exchange_days=weekdays(start, end))
    assert target(settings, {"worktime": [leave(date(2024, 2, 29), "full")]}, "A1", "salons", start, end) == Fraction(
        43, 44
    )


def test_an_advisor_row_beats_a_level_row_beats_all() -> None:
    rows = [
        aim("revisits", 5, **{"from": day(-1)}),
        aim("revisits", 4, scope="level", who="junior", to=day(2)),
        aim("revisits", 6, scope="level", who="senior"),
        aim("revisits", 3, scope="advisor", who="A1", **{"from": day(1), "to": day(1)}),
    ]
    roster = [
        {"advisor_id": "A1", "level": "junior", "team": "T", "from": date(2020, 1, 1), "to": day(3)},
        {"advisor_id": "A1", "level": "senior", "team": "T", "from": day(4), "to": None},
    ]
    settings = branch(*rows, roster=roster)
    assert [target_in_force(settings, "A1", "revisits", day(n)) for n in range(5)] == [4, 3, 4, 5, 6]
    assert target_in_force(settings, "A1", "csat", MONDAY) is None


def test_a_week_without_working_days_is_not_assessed() -> None:
    settings = branch(*[aim(code, 1) for code in CATALOGUE])
    log = {
        "worktime": [leave(day(n), "full") for n in range(5)],
        "activities": [act(MONDAY, "home_visit", "C1")],
        "cases": [case("1", at(0), "closed")],
    }
    lines = report(settings, log, "A1", "2026-W47", SUNDAY)
    for code in ("new_contacts", "home_visits", "resolution_rate"):
        assert lines[code]["target"] is None
        assert not lines[code]["assessed"]
        assert lines[code]["days_met"] is None
        assert lines[code]["working_days"] == 0
    assert lines["home_visits"]["value"] == 1
    assert lines["salons"]["assessed"]
    assert score(lines, "2026-W47") is None
    assert grade(None) is None


# --- reports --------------------------------------------------------------------------------------------------------


def test_a_finished_week() -> None:
    settings = branch(
        aim("new_contacts", 1, weight=2), aim("home_visits", 2), aim("csat", 0.9), aim("repeat_rate", 0.05)
    )
    rows = [act(day(n), "new_contact", c) for n, c in ((0, "C1"), (0, "C2"), (1, "C1"), (5, "C1"))]
    log = {
        "activities": [*rows, act(day(7), "new_contact", "C9"), act(day(6), "home_visit", "C1")],
        "cases": [case("1", at(0), repeat_of="0"), *[case(str(n), at(1)) for n in range(2, 6)]],
    }
    lines = report(settings, log, "A1", "2026-W47", day(20))
    contacts = lines["new_contacts"]
    assert contacts["window"] == (MONDAY, SUNDAY)
    assert (contacts["value"], contacts["target"], contacts["attainment"]) == (4, 5, Fraction(4, 5))
    assert (contacts["pace"], contacts["days_met"], contacts["working_days"]) == (Fraction(4, 5), 2, 5)
    assert lines["home_visits"]["attainment"] == Fraction(1, 2)
    assert lines["home_visits"]["days_met"] is None
    assert not lines["csat"]["assessed"]
    assert lines["repeat_rate"]["attainment"] == Fraction(5, 100) / Fraction(1, 5)
    assert score(lines, "2026-W47") == 100 * (2 * Fraction(4, 5) + Fraction(1, 2) + Fraction(1, 4)) / 4
    assert grade(score(lines, "2026-W47")) == "D"


def test_week_to_date_and_a_half_day_of_leave() -> None:
    settings = branch(aim("new_contacts", 4), aim("training_hours", 21))
    rows = [act(day(0), "new_contact", f"C{n}") for n in range(4)]
    rows += [act(day(1), "new_contact", f"C{n}") for n in range(2)]
    rows += [act(day(3), "new_contact", f"C{n}") for n in range(4)]
    log = {
        "activities": rows,
        "worktime": [leave(day(1), "half")],
        "training": [{"date": date(2026, 11, 2), "topic": "t", "hours": 6}],
    }
    lines = report(settings, log, "A1", "2026-W47", day(2))
    contacts = lines["new_contacts"]
    assert contacts["window"] == (MONDAY, day(2))
    assert (contacts["value"], contacts["target"], contacts["attainment"]) == (6, 18, Fraction(1, 3))
    assert contacts["pace"] == Fraction(6, 10)
    assert contacts["days_met"] == 2
    hours = lines["training_hours"]
    assert hours["window"] == (date(2026, 11, 1), day(2))
    assert hours["target"] == Fraction(41, 2)  # of 21 trading days half a day was leave
    assert hours["pace"] == Fraction(6) / Fraction(25, 2)  # 13 trading days so far, less the half


def test_the_iso_week_of_new_year_belongs_to_january_by_its_sunday() -> None:
    assert week_bounds("2026-W53") == (date(2026, 12, 28), date(2027, 1, 3))
    settings = branch(aim("report_meetings", 1), aim("novice_classes", 1), aim("salons", 1))
    log = {
        "activities": [
            act(date(2026, 12, 29), "novice_class"),
            act(date(2026, 12, 30), "report_meeting"),
            act(date(2027, 1, 2), "salon"),
        ]
    }
    done = report(settings, log, "A1", "2026-W53", date(2027, 1, 3))
    assert done["novice_classes"]["value"] == 1
    assert done["report_meetings"]["window"] == (date(2027, 1, 1), date(2027, 1, 3))
    assert done["report_meetings"]["value"] == 0
    assert done["salons"]["window"] == (date(2027, 1, 1), date(2027, 1, 3))
    assert done["salons"]["value"] == 1
    earlier = report(settings, log, "A1", "2026-W53", date(2026, 12, 31))
    assert earlier["report_meetings"]["window"] == (date(2026, 12, 1), date(2026, 12, 31))
    assert earlier["report_meetings"]["value"] == 1
    assert earlier["salons"]["window"] == (date(2026, 11, 1), date(2026, 12, 31))


def test_a_month_scores_every_indicator_and_caps_each_week() -> None:
    settings = branch(aim("novice_classes", 1), aim("salons", 1), aim("training_hours", 4))
    log = {
        "activities": [act(day(0), "novice_class"), act(day(0), "novice_class"), act(date(2026, 12, 5), "salon")],
        "training": [{"date": day(0), "topic": "t", "hours": 40}],
    }
    lines = report(settings, log, "A1", "2026-11", date(2026, 12, 31))
    assert lines["novice_classes"]["target"] == Fraction(21, 5)
    assert lines["salons"]["window"] == (date(2026, 11, 1), date(2026, 11, 30))
    assert lines["salons"]["attainment"] == 0
    expected = 100 * (2 / Fraction(21, 5) + 0 + Fraction(12, 10)) / 3
    assert score(lines, "2026-11") == expected


def test_a_report_cannot_begin_in_the_future() -> None:
    with pytest.raises(ValueError, match="2026-W47"):
        report(branch(), {}, "A1", "2026-W47", day(-1))


@pytest.mark.parametrize(
    ("points", "letter"),
    [(Fraction(90), "A"), (Fraction(8999, 100), "B"), (Fraction(75), "B"), (Fraction(60), "C"), (Fraction(59), "D")],
)
def test_grades(points: Fraction, letter: str) -> None:
    assert grade(points) == letter


def test_at_most_zero_reached_by_nothing_and_missed_by_anything() -> None:
    settings = branch(aim("repeat_rate", 0), aim("new_contacts", 0))
    good = report(settings, {"cases": [case("1", at(0))]}, "A1", "2026-W47", SUNDAY)
    bad = report(settings, {"cases": [case("1", at(0), repeat_of="x")]}, "A1", "2026-W47", SUNDAY)
    assert (good["repeat_rate"]["attainment"], bad["repeat_rate"]["attainment"]) == (1, 0)
    assert not good["new_contacts"]["assessed"]


def test_a_team_adds_up_and_never_means_percentages() -> None:
    settings = branch(
        aim("new_contacts", 1), aim("csat", 0.9), aim("csat", 0.5, scope="advisor", who="A2"), aim("home_visits", 2)
    )
    second = {"advisor_id": "A2", "level": "junior", "team": "T", "from": day(3), "to": None}
    settings["roster"].append(second)
    one = {"cases": [case("1", at(0), satisfaction=5)], "activities": [act(MONDAY, "new_contact", "C1")]}
    two = {"cases": [case(str(n), at(4), satisfaction=1) for n in range(3)], "activities": []}
    lines = team([report(settings, log, who, "2026-W47", SUNDAY) for log, who in ((one, "A1"), (two, "A2"))])
    assert (lines["new_contacts"]["value"], lines["new_contacts"]["target"]) == (1, 7)
    assert lines["csat"]["value"] == Fraction(1, 4)
    assert lines["csat"]["target"] == (Fraction(9, 10) + 3 * Fraction(1, 2)) / 4
    assert lines["home_visits"]["target"] == 2 + Fraction(4, 5)
    assert not lines["repeat_rate"]["assessed"]


# --- the due list ---------------------------------------------------------------------------------------------------


def test_first_visits_have_four_states() -> None:
    assigned = day(-10)
    log = {
        "customers": [customer(code, assigned) for code in ("on time", "late", "none", "before")],
        "activities": [
            act(day(0), "return_visit", "on time"),
            act(day(1), "return_visit", "late"),
            act(day(-11), "return_visit", "before"),
        ],
    }
    assert first_visits(log, day(0)) == {
        "on time": "on_time", "late": "not_due", "none": "not_due", "before": "not_due"
    }  # fmt: skip
    assert first_visits(log, day(1)) == {"on time": "on_time", "late": "late", "none": "missed", "before": "missed"}
    assert first_visits(log, day(-11)) == {}


def people(*codes: str, **more: Any) -> list[dict[str, Any]]:
    return [customer(code, **more) for code in codes]


def visited(codes: list[str], on: date = date(2026, 1, 6)) -> list[dict[str, Any]]:
    return [act(on, "return_visit", code) for code in codes]


def test_the_due_list_keeps_the_order_of_its_reasons() -> None:
    codes = ["risk", "fund", "margin", "silent", "planned", "low", "follow", "case"]
    log = {
        "customers": [
            customer("risk", risk_assessed_on=day(30).replace(year=2024)),
            customer("fund", public_fund="interested"),
            customer("margin", assets=500_000),
            *people("silent", "planned", "low", "follow", "case"),
            customer("first", assigned=day(-7)),
            customer("gone", assigned=day(-7), status="transferred_out"),
        ],
        "activities": [
            *visited([code for code in codes if code != "silent"], day(-3)),
            act(day(-14), "return_visit", "silent"),
            act(day(-3), "other", "follow", next_on=day(0)),
        ],
        "surveys": [{"date": day(-1), "customer_id": "low", "score": 2}],
        "visits": [{"planned_on": day(0), "customer_id": "planned", "purpose": "x"}],
        "cases": [case("1", at(-1), customer_id="case")],
    }
    limits = [{"priority": "normal", "resolution_hours": 24, "clock": "calendar", "from": date(2020, 1, 1)}]
    settings = branch(aim("revisits", 1), aim("fund_talks", 1), limits=limits)
    found = due(log, settings, "A1", day(0))
    assert [(entry["customer_id"], entry["reasons"]) for entry in found] == [
        ("first", ["first_visit"]),
        ("case", ["case_limit"]),
        ("follow", ["follow_up"]),
        ("low", ["low_score"]),
        ("planned", ["planned_visit"]),
        ("silent", ["revisit"]),
        ("fund", ["fund_turn"]),
        ("margin", ["margin_turn"]),
        ("risk", ["risk_expiry"]),
    ]
    assert [entry["due"] for entry in found[:2]] == [day(3), day(0)]
    assert found[3]["days_overdue"] == 1
    assert found[5]["last_contact"] == day(-14)


@pytest.mark.parametrize(("assigned", "listed"), [(day(-6), False), (day(-7), True), (day(-30), True)])
def test_a_first_visit_is_due_three_days_ahead(assigned: date, listed: bool) -> None:
    found = due({"customers": [customer("C1", assigned)]}, branch(), "A1", day(0))
    assert [entry["reasons"] for entry in found] == ([["first_visit"]] if listed else [])


def test_revisits_go_longest_first_then_by_assets_up_to_the_days_target() -> None:
    log = {
        "customers": [customer("a", assets=1), customer("b", assets=2), customer("c"), customer("d")],
        "activities": [*visited(["a", "b"], day(-20)), *visited(["c"], day(-21)), *visited(["d"], day(-13))],
        "worktime": [leave(day(1), "half"), leave(day(2), "full")],
    }
    settings = branch(aim("revisits", 3))
    assert [entry["customer_id"] for entry in due(log, settings, "A1", day(0))] == ["c", "b", "a"]
    assert [entry["customer_id"] for entry in due(log, settings, "A1", day(1))] == ["c", "b"]
    assert due(log, settings, "A1", day(2)) == []


def test_turns_rotate() -> None:
    log = {
        "customers": people("a", "b", "c", public_fund="holds") + people("d", public_fund="holds", assets=9),
        "activities": [
            *visited(["a", "b", "c", "d"], day(-1)),
            act(day(-3), "fund_talk", "a"),
            act(day(-2), "fund_talk", "b"),
            act(day(-2), "fund_talk", "c", "no"),
        ],
    }
    assert [entry["customer_id"] for entry in due(log, branch(), "A1", day(0))] == ["d", "c"]
    log["activities"] += [act(day(0), "fund_talk", code) for code in ("c", "d")]
    assert [entry["customer_id"] for entry in due(log, branch(), "A1", day(1))] == ["a", "b"]


@pytest.mark.parametrize(
    ("assessed", "on", "listed"),
    [
        (date(2024, 2, 29), date(2026, 1, 28), False),
        (date(2024, 2, 29), date(2026, 1, 29), True),
        (date(2024, 2, 28), date(2026, 1, 29), True),
        (date(2024, 3, 1), date(2026, 1, 29), False),
    ],
)
def test_a_risk_assessment_of_a_leap_day(assessed: date, on: date, listed: bool) -> None:
    log = {"customers": [customer("C1", date(2024, 1, 1), risk_assessed_on=assessed)]}
    log["activities"] = visited(["C1"], date(2024, 1, 2))
    assert [entry["reasons"] for entry in due(log, branch(), "A1", on)] == ([["risk_expiry"]] if listed else [])


# --- the service sheet ----------------------------------------------------------------------------------------------


def test_the_service_figures() -> None:
    rows = [
        case("1", at(0), "closed", responded_at=at(0, 9, 0, 10), resolved_at=at(0, 12), waiting_minutes=60),
        case("2", at(0), "resolved", responded_at=at(0, 9, 0, 40), resolved_at=at(2, 9), reopened=1),
        case("3", at(1), "open", responded_at=at(1, 9, 0, 30), customer_id="C1"),
        case("4", at(4), "open", customer_id="C1"),
        case("5", at(-9), "closed", resolved_at=at(0)),
    ]
    limits = [
        {
            "priority": "normal",
            "response_seconds": 30,
            "resolution_hours": 24,
            "clock": "calendar",
            "from": date(2020, 1, 1),
        }
    ]
    found = service({"cases": rows}, branch(limits=limits), MONDAY, SUNDAY, at(4, 10))
    assert (found["response_p50"], found["response_p90"]) == (30, 38)
    assert found["response_within_limit"] == (Fraction(2, 3), 2, 3)
    assert found["response_coverage"] == (Fraction(3, 4), 3, 4)
    assert found["mean_resolution"] == (Fraction(50, 2) * 3600, 50 * 3600, 2)
    assert found["resolution_within_limit"] == (Fraction(1, 3), 1, 3)
    assert found["reopen_rate"] == (Fraction(1, 4), 1, 4)
    assert (found["cases"], found["customers"], found["closures"]) == (4, 1, 3)


def test_the_working_clock_stands_still_when_the_branch_is_closed() -> None:
    hours = [(time(9, 0), time(11, 30)), (time(13, 0), time(15, 0))]
    row = {"priority": "normal", "resolution_hours": 4.5, "clock": "working", "from": date(2020, 1, 1)}
    settings = branch(limits=[row], hours=hours)
    friday = case("1", at(4, 13), "closed", responded_at=None, resolved_at=at(7, 11, 30))
    late = case("2", at(4, 13), "closed", responded_at=None, resolved_at=at(7, 13, 0, 1))
    found = service({"cases": [friday, late]}, settings, MONDAY, SUNDAY, at(8))
    assert found["resolution_within_limit"] == (Fraction(1, 2), 1, 2)
