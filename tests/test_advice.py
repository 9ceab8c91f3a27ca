"""Target advice, every figure worked out by hand."""

from datetime import date, timedelta
from typing import Any

import pytest

from reportkit.definitions.catalogue import settings_rows
from reportkit.definitions.text import LANGUAGES
from reportkit.settings.branch_settings import Settings
from reportkit.summary.advice import Advice, advise
from reportkit.summary.summaries import work_of
from tests.books import book_of, facts_from, settings_with

TODAY = date(2026, 11, 25)  # a Wednesday; the eight whole weeks begin on 28 September
MONDAYS = [date(2026, 9, 28) + timedelta(weeks=week) for week in range(8)]
# 1–8 October 2026 are days off in these tests, whatever the exchange says
HOLIDAYS = [{"date": date(2026, 10, day), "kind": "off"} for day in range(1, 9)]
WORKED = [3, 1, 5, 5, 5, 5, 5, 5]  # working days of the eight weeks


def settings_for(targets: dict[str, float], **more: Any) -> Settings:
    rows = [
        {"indicator": code, "scope": "all", "target": target, "from_": date(2020, 1, 1)}
        for code, target in targets.items()
    ]
    return settings_with(targets=rows, calendar=HOLIDAYS, **more)


def people(number: int, **more: Any) -> list[dict[str, Any]]:
    return [
        {"customer_id": f"C{at}", "name": "N", "assigned_on": date(2026, 1, 5), **more} for at in range(1, number + 1)
    ]


def contacts(numbers: list[int], kind: str = "new_contact") -> list[dict[str, Any]]:
    """Return so many customers talked to, on the Monday of each week."""
    return [
        {"date": monday, "kind": kind, "customer_id": f"C{at}", "effective": "yes"}
        for monday, number in zip(MONDAYS, numbers, strict=False)
        for at in range(1, number + 1)
    ]


def advice(log: dict[str, Any], settings: Settings, indicator: str, today: date = TODAY) -> Advice:
    work = work_of(book_of(log), facts_from(log), settings)
    return next(one for one in advise([work], settings, today) if one.indicator.code == indicator)


BEFORE = {"date": date(2026, 9, 1), "kind": "other"}  # the log began before the eight weeks
VIEW = {"date": date(2026, 9, 1), "kind": "market_view"}


def test_whoever_left_gets_no_advice() -> None:
    log = {"customers": people(20), "activities": [VIEW, *contacts([5] * 8)]}
    post = {"advisor_id": "A1", "name": "N", "level": "junior", "from_": date(2026, 1, 1)}

    def advised(to: date) -> bool:
        settings = settings_for({"new_contacts": 5}, roster=[{**post, "to": to}])
        return bool(advise([work_of(book_of(log), facts_from(log), settings)], settings, TODAY))

    assert [advised(TODAY), advised(TODAY - timedelta(days=1))] == [True, False]


def test_what_was_reached_is_a_day_as_worked() -> None:
    log = {"customers": people(20), "activities": [VIEW, *contacts([6, 1, 5, 10, 10, 15, 20, 20])]}
    found = advice(log, settings_for({"new_contacts": 5}), "new_contacts")
    # a day: 6/3 = 2, week of one working day left out, then 1 2 2 3 4 4
    assert found.periods == 7
    assert (found.median, found.good) == (2, 3.5)
    assert (found.target, found.suggested, found.verdict) == (5, 4, "lower")  # 3.5 rounded half up
    assert found.need is None


@pytest.mark.parametrize(
    ("target", "suggested", "verdict"),
    [
        (1, 2, "raise"),
        (2, 2, "keep"),
        (3, 3, "keep"),
        (4, 4, "keep"),
        (9, 4, "lower"),
        (1.6, 1.6, "keep"),
        (1.4, 2, "raise"),
        (3.9, 3.9, "keep"),  # one that nearly fits is left alone
    ],
)
def test_a_target_lies_between_an_ordinary_week_and_a_good_one(target: float, suggested: float, verdict: str) -> None:
    log = {"customers": people(20), "activities": [VIEW, *contacts([6, 1, 5, 10, 10, 15, 20, 20])]}
    found = advice(log, settings_for({"new_contacts": target}), "new_contacts")
    assert (found.suggested, found.verdict) == (suggested, verdict)  # between 2 and 3.5


def test_without_a_target_the_median_is_suggested() -> None:
    log = {"customers": people(20), "activities": [VIEW, *contacts([6, 1, 5, 10, 10, 15, 20, 20])]}
    found = advice(log, settings_for({"market_views": 1}), "new_contacts")
    assert (found.target, found.suggested, found.verdict) == (None, 2, "set")


def test_too_few_weeks_say_nothing() -> None:
    log = {"customers": people(20), "activities": contacts([0, 0, 0, 0, 0, 15, 20, 20])}
    found = advice(log, settings_for({"new_contacts": 5}), "new_contacts")
    assert (found.periods, found.suggested, found.verdict) == (3, 5, "few")


def test_days_of_leave_do_not_count_as_days_nothing_was_done() -> None:
    leave = [{"date": MONDAYS[7] + timedelta(days=day), "leave": "full"} for day in (1, 2)]
    log = {"customers": people(20), "activities": [VIEW, *contacts([0, 0, 5, 5, 5, 5, 5, 9])], "worktime": leave}
    assert advice(log, settings_for({"new_contacts": 5}), "new_contacts").good == 1  # 0 1 1 1 1 1 3
    log["worktime"] += [{"date": MONDAYS[7] + timedelta(days=3), "leave": "full"}]
    assert advice(log, settings_for({"new_contacts": 5}), "new_contacts").periods == 6


def segmented() -> list[dict[str, Any]]:
    """Return 30 loyal customers, 28 of potential, 12 of low value and one lost."""
    rows = people(71)
    for row in rows[:30]:
        row |= {"public_fund": "holds", "futures": "holds"}
    for row in rows[30:58]:
        row |= {"assets": 600_000.0}
    rows[70]["status"] = "transferred_out"
    return rows


def test_what_the_customers_need_is_theirs_by_their_cadence() -> None:
    talks = [
        {"date": date(2026, 9, 1), "kind": "advisory_talk", "customer_id": f"C{at}", "effective": "yes"}
        for at in range(1, 31)
    ]
    log = {"customers": segmented(), "activities": talks}
    settings = settings_for({"revisits": 5, "fund_talks": 1, "margin_talks": 1, "home_visits": 2, "new_contacts": 5})
    found = advice(log, settings, "revisits")
    assert [(one.segment, one.customers, one.cadence_days) for one in found.needs] == [
        ("loyal", 30, 30),
        ("potential", 28, 14),
        ("low_value", 12, 60),
    ]
    assert found.need == pytest.approx(1 + 2 + 0.2)
    assert advice(log, settings, "fund_talks").need == pytest.approx(1)  # only those who hold or want a fund
    assert advice(log, settings, "margin_talks").need == pytest.approx(2)
    assert advice(log, settings, "new_contacts").need is None
    assert advice(log, settings, "home_visits").need is None


@pytest.mark.parametrize(
    ("changed", "need"),
    [
        ({"period": "week"}, 5),  # five working days of one a day
        ({"period": "month"}, None),
        ({"where": "effective is yes and customer.public_fund is holds"}, None),  # of any kind: no talk with a cadence
    ],
)
def test_need_is_of_the_indicators_period_and_of_its_talks(changed: dict[str, str], need: float | None) -> None:
    rows = [row | (changed if row["code"] == "fund_talks" else {}) for row in settings_rows("zh-CN")["indicators"]]
    talks = [{**BEFORE, "kind": "advisory_talk", "customer_id": f"C{at}", "effective": "yes"} for at in range(1, 31)]
    log = {"customers": segmented(), "activities": talks}
    assert advice(log, settings_for({"fund_talks": 5}, indicators=rows), "fund_talks").need == need


def test_need_is_suggested_as_far_as_a_good_week_goes() -> None:
    talks = contacts([5] * 8, "fund_talk")
    first = {"date": date(2026, 9, 1), "kind": "advisory_talk", "effective": "yes"}
    log = {"customers": segmented(), "activities": [{**first, "customer_id": f"C{at}"} for at in range(1, 31)] + talks}
    found = advice(log, settings_for({"fund_talks": 2}), "fund_talks")
    # 5 talks in weeks of 3 5 5 5 5 5 5 days
    assert (found.median, found.good) == (1, 1)
    assert (found.need, found.suggested, found.verdict) == (pytest.approx(1), 1, "lower")


def rated(scores: list[int], monday: date) -> list[dict[str, Any]]:
    return [
        {
            "case_id": f"{monday}-{at}",
            "opened_at": f"{monday}T10:00:00",
            "category": "fees",
            "status": "closed",
            "satisfaction": score,
        }
        for at, score in enumerate(scores)
    ]


WEEKLY = [[5] * 4 + [1], [5] * 3 + [1] * 2, [5] * 5, [5] * 4 + [1], [5] * 3 + [1] * 2, [1] * 4]


@pytest.mark.parametrize(
    ("target", "suggested", "verdict"),
    [(0.9, 0.9, "standard"), (0.6, 0.6, "standard"), (0.5, 0.6, "tighten"), (None, 0.6, "set")],
)
def test_a_standard_of_service_is_never_loosened(target: float | None, suggested: float, verdict: str) -> None:
    cases = [case for scores, monday in zip(WEEKLY, MONDAYS[2:], strict=True) for case in rated(scores, monday)]
    found = advice(
        {"activities": [VIEW], "cases": cases}, settings_for({} if target is None else {"csat": target}), "csat"
    )
    assert found.periods == 5  # 80 60 100 80 60 %; four answers are too few
    assert (found.sure, found.median, found.good) == (0.6, 0.8, 0.8)
    assert (found.suggested, found.verdict) == (suggested, verdict)


@pytest.mark.parametrize(
    ("target", "suggested", "verdict"), [(45, 40, "tighten"), (40, 40, "standard"), (30, 30, "standard")]
)
def test_of_an_at_most_indicator_the_lower_quartile_is_the_good_one(
    target: float, suggested: float, verdict: str
) -> None:
    cases = [
        {
            "case_id": f"{monday}-{at}",
            "category": "fees",
            "status": "closed",
            "opened_at": f"{monday}T10:00:00",
            "responded_at": f"{monday}T10:00:{seconds}",
        }
        for monday, seconds in zip(MONDAYS[3:], (10, 20, 30, 40, 50), strict=True)
        for at in range(5)
    ]
    found = advice({"activities": [VIEW], "cases": cases}, settings_for({"first_response": target}), "first_response")
    assert (found.good, found.median, found.sure) == (20, 30, 40)
    assert (found.suggested, found.verdict) == (suggested, verdict)


def test_at_most_nothing_is_no_standard() -> None:
    cases = [case for monday in MONDAYS for case in rated([5] * 5, monday)]
    for at, case in enumerate(cases):
        case["customer_id"] = f"C{at}"  # nobody asks again
    log = {"customers": people(40), "activities": [VIEW], "cases": cases}
    found = advice(log, settings_for({"repeat_rate": 0.05}), "repeat_rate")
    assert (found.sure, found.suggested, found.verdict) == (0, 0.05, "standard")
    for case in cases[::5]:
        case["repeat_of"] = "x"
    found = advice(log, settings_for({"repeat_rate": 0.5}), "repeat_rate")
    assert (found.suggested, found.verdict) == (0.2, "tighten")


def test_a_rate_by_the_hour_needs_no_number_of_hours() -> None:
    cases = [{**case, "resolved_at": f"{monday}T11:00:00"} for monday in MONDAYS for case in rated([5] * 6, monday)]
    hours = [{"date": monday, "service_hours": 2.0} for monday in MONDAYS]
    log = {"activities": [VIEW], "cases": cases, "worktime": hours}
    found = advice(log, settings_for({"cases_per_hour": 2}), "cases_per_hour")
    assert (found.periods, found.median, found.suggested, found.verdict) == (7, 3, 3, "tighten")


def test_monthly_indicators_look_at_whole_months() -> None:
    meetings = [{"date": date(2026, month, 9), "kind": "report_meeting"} for month in (4, 5, 5, 6, 7, 8, 9, 9, 11)]
    log = {"activities": [*meetings, {**meetings[0], "date": date(2026, 3, 9)}]}
    found = advice(log, settings_for({"report_meetings": 1}), "report_meetings")
    assert found.periods == 6  # May to October: 2 1 1 1 2 0
    assert (found.median, found.good) == (1, 1.75)
    assert (found.suggested, found.verdict) == (1, "keep")


def test_an_indicator_without_target_and_figures_gets_no_advice() -> None:
    log: dict[str, Any] = {"activities": [BEFORE]}
    settings = settings_for({"market_views": 1})
    found = advise([work_of(book_of(log), facts_from(log), settings)], settings, TODAY)
    assert [(one.indicator.code, one.verdict) for one in found] == [("market_views", "few")]
    log["activities"] += [VIEW, *contacts([3] * 8)]  # whole weeks in which nothing else was done
    found = advise([work_of(book_of(log), facts_from(log), settings)], settings, TODAY)
    assert [(one.indicator.code, one.verdict) for one in found] == [("new_contacts", "set"), ("market_views", "keep")]


def test_nothing_reached_is_no_target() -> None:
    found = advice({"customers": segmented(), "activities": [VIEW]}, settings_for({"revisits": 5}), "revisits")
    assert (found.median, found.good, found.suggested, found.verdict) == (0, 0, 1, "lower")


def test_the_sentence_says_how_it_comes_to_its_figures() -> None:
    found = advice({"customers": segmented(), "activities": [VIEW]}, settings_for({"margin_talks": 5}), "margin_talks")
    assert found.message("en") == (
        "Last 7 whole weeks: median 0, the best quarter reached 0. "
        "Customers need 2 a day (Potential: 28, every 14 working days). "
        "The target of 5 is high: 1 suggested"
    )
    assert found.message("zh-CN") == (
        "最近 7 个整周：中位数 0，较好的四分之一达到 0。"
        "客户每日需要 2（潜力 28 人，14 个工作日一次）。"
        "目标 5 偏高，建议 1"
    )


@pytest.mark.parametrize("target", [1, 5, None])
def test_every_sentence_is_whole_in_every_language(target: float | None) -> None:
    log = {"customers": people(20), "activities": [VIEW, *contacts([6, 1, 5, 10, 10, 15, 20, 20])]}
    log["cases"] = [case for monday in MONDAYS for case in rated([5, 5, 5, 5, 1], monday)]
    targets = {} if target is None else dict.fromkeys(("new_contacts", "report_meetings", "csat"), target)
    found = advise([work_of(book_of(log), facts_from(log), settings_for(targets))], settings_for(targets), TODAY)
    assert not any("{" in one.message(language) for one in found for language in LANGUAGES)
