import datetime as dt
from collections.abc import Sequence

import numpy as np
import pytest

from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import Span
from reportkit.summary.improvement import Effect, Sample, effects, permutation_p, what_worked, windows
from reportkit.summary.summaries import work_of
from tests.books import book_of, facts_from, settings_with

STARTED = dt.date(2026, 9, 9)  # a Wednesday; four weeks before: 10 Aug to 6 Sep, after: 14 Sep to 11 Oct
TODAY = dt.date(2026, 11, 25)
BEFORE, AFTER = dt.date(2026, 8, 12), dt.date(2026, 9, 16)
Rows = Sequence[dict[str, object]]


@pytest.fixture(scope="module")
def settings() -> Settings:
    return settings_with()


def improvement(indicator: str | None, started_on: dt.date | None = STARTED) -> dict[str, object]:
    return {
        "opened_on": dt.date(2026, 8, 3), "problem": "p", "measure": "m", "indicator": indicator,
        "started_on": started_on,
    }  # fmt: skip


def cases(day: dt.date, *, resolved: int, of: int, seconds: Sequence[int] = ()) -> Rows:
    opened = dt.datetime.combine(day, dt.time(10))
    return [
        {
            "case_id": f"{day}-{n}", "opened_at": opened, "category": "fees",
            "status": "resolved" if n < resolved else "unresolved",
            "responded_at": opened + dt.timedelta(seconds=seconds[n]) if n < len(seconds) else None,
        }
        for n in range(of)
    ]  # fmt: skip


def judged(
    settings: Settings, *improvements: dict[str, object], today: dt.date = TODAY, **log: Rows
) -> Sequence[Effect]:
    forms = {**log, "improvements": improvements}
    return effects(work_of(book_of(forms), facts_from(forms), settings), settings, today)


def test_the_windows_are_the_full_weeks_on_each_side() -> None:
    expected = (Span(dt.date(2026, 8, 10), dt.date(2026, 9, 6)), Span(dt.date(2026, 9, 14), dt.date(2026, 10, 11)))
    assert windows(STARTED) == expected
    assert windows(dt.date(2026, 9, 7)) == windows(dt.date(2026, 9, 13)) == expected


def test_a_share_is_tested_by_its_two_proportions(settings: Settings) -> None:
    log = [*cases(BEFORE, resolved=60, of=100), *cases(AFTER, resolved=80, of=100), *cases(STARTED, resolved=0, of=50)]
    (effect,) = judged(settings, improvement("resolution_rate"), cases=log)
    assert (effect.before, effect.after, effect.n_before, effect.n_after) == (0.6, 0.8, 100, 100)
    assert effect.change == pytest.approx(0.2)
    assert effect.p_value == pytest.approx(0.002028, abs=1e-6)
    assert effect.verdict == "better"
    assert what_worked([effect]) == (effect,)


@pytest.mark.parametrize(
    ("after", "p", "verdict"), [(73, 0.0515, "no_difference"), (74, 0.0353, "better"), (45, 0.0337, "worse")]
)
def test_five_in_a_hundred_is_where_chance_ends(settings: Settings, after: int, p: float, verdict: str) -> None:
    log = [*cases(BEFORE, resolved=60, of=100), *cases(AFTER, resolved=after, of=100)]
    (effect,) = judged(settings, improvement("resolution_rate"), cases=log)
    assert (effect.p_value, effect.verdict) == (pytest.approx(p, abs=1e-4), verdict)


def test_an_at_most_share_that_grows_is_worse(settings: Settings) -> None:
    fresh = cases(BEFORE, resolved=20, of=20)
    again = [{**case, "repeat_of": "x"} for case in cases(AFTER, resolved=20, of=20)]
    (effect,) = judged(settings, improvement("repeat_rate"), cases=[*fresh, *again])
    assert (effect.before, effect.after, effect.verdict) == (0, 1, "worse")
    assert what_worked([effect]) == ()


def test_a_mean_is_tested_over_its_rows(settings: Settings) -> None:
    log = [
        *cases(BEFORE, resolved=9, of=9, seconds=[40, 42, 44, 46, 48, 50]),
        *cases(AFTER, resolved=9, of=9, seconds=[20, 22, 24, 26, 28]),
    ]
    (effect,) = judged(settings, improvement("服务响应时间"), cases=log)
    assert (effect.before, effect.after, effect.n_before, effect.n_after) == (45, 24, 6, 5)
    # exactly 1 of the 462 ways to split 11 rows is as far apart
    assert effect.p_value == pytest.approx(1 / 462, abs=0.004)
    assert effect.verdict == "better"
    (same,) = judged(settings, improvement("first_response"), cases=log[::-1])
    assert same.p_value == effect.p_value


def views(days: Sequence[dt.date], each: int) -> Rows:
    return [{"date": day, "kind": "market_view"} for day in days for _ in range(each)]


def weekdays(span: Span) -> list[dt.date]:
    return [day for day in span.days.astype(object).tolist() if day.weekday() < 5]


def test_a_count_is_tested_over_working_days(settings: Settings) -> None:
    before, after = (weekdays(span) for span in windows(STARTED))
    (effect,) = judged(settings, improvement("market_views"), activities=[*views(before, 1), *views(after[:12], 3)])
    assert (effect.before, effect.after) == (20, 36)
    # 20 days before; of the four weeks after, 25 September and the first week of October are the exchange's holidays
    assert (effect.n_before, effect.n_after) == (20, 15)
    assert effect.verdict == "better"


def test_days_before_the_log_began_are_no_days_without_work(settings: Settings) -> None:
    before, after = (weekdays(span) for span in windows(STARTED))
    begun = {"date": before[9], "kind": "stock_view"}  # a day with work, though none of what is counted
    log = [begun, *views(before[10:], 2), *views(after, 2)]
    (effect,) = judged(settings, improvement("market_views"), activities=log)
    assert (effect.before, effect.after, effect.n_before) == (20, 40, 11)
    assert effect.verdict == "no_difference"


def test_leave_alone_is_no_change(settings: Settings) -> None:
    before, after = (weekdays(span) for span in windows(STARTED))
    off = [{"date": day, "leave": "full"} for day in after[5:]]
    rows = [*views(before, 2), *views(after[:5], 2)]
    (effect,) = judged(settings, improvement("market_views"), activities=rows, worktime=off)
    assert (effect.before, effect.after, effect.n_after) == (40, 10, 5)
    assert (effect.p_value, effect.verdict) == (1.0, "no_difference")


def test_a_rate_is_tested_over_its_days(settings: Settings) -> None:
    log: list[dict[str, object]] = []
    hours: list[dict[str, object]] = []
    for span, per_hour in zip(windows(STARTED), (2, 6), strict=True):
        for day in weekdays(span)[:8]:
            hours.append({"date": day, "service_hours": 1.0})
            noon = dt.datetime.combine(day, dt.time(12))
            log += [{**case, "resolved_at": noon} for case in cases(day, resolved=per_hour, of=per_hour)]
    (effect,) = judged(settings, improvement("Cases per hour"), cases=log, worktime=hours)
    assert (effect.before, effect.after, effect.n_before, effect.n_after) == (2, 6, 8, 8)
    assert effect.verdict == "better"


def test_a_rate_without_hours_on_one_side_is_too_little_data(settings: Settings) -> None:
    days = [weekdays(span)[:8] for span in windows(STARTED)]
    log = [
        {**case, "resolved_at": dt.datetime.combine(day, dt.time(12))}
        for day in (*days[0], *days[1])
        for case in cases(day, resolved=3, of=3)
    ]
    hours = [{"date": day, "service_hours": 1.0} for day in days[1]]
    (effect,) = judged(settings, improvement("cases_per_hour"), cases=log, worktime=hours)
    assert (effect.before, effect.after, effect.verdict) == (None, 3, "too_little_data")
    assert effect.p_value is None


def test_what_cannot_be_judged_says_why(settings: Settings) -> None:
    few = [*cases(BEFORE, resolved=0, of=4), *cases(AFTER, resolved=50, of=50)]
    found = judged(
        settings,
        improvement("resolution_rate"),
        improvement("resolution_rate", None),
        improvement("resolution_rate", dt.date(2026, 11, 26)),
        improvement("resolution_rate", dt.date(2026, 10, 28)),
        improvement(None),
        improvement("no such thing"),
        cases=few,
    )
    assert [(effect.row, effect.verdict) for effect in found] == [
        (2, "too_little_data"),
        (3, "not_started"),
        (4, "not_started"),
        (5, "not_over"),
        (6, "no_indicator"),
        (7, "no_indicator"),
    ]
    assert (found[0].before, found[0].after, found[0].n_before, found[0].p_value) == (0, 1, 4, None)


def test_an_improvement_is_judged_on_the_last_day_of_its_weeks(settings: Settings) -> None:
    log = [*cases(BEFORE, resolved=60, of=100), *cases(AFTER, resolved=80, of=100)]
    verdicts = [
        judged(settings, improvement("resolution_rate"), cases=log, today=dt.date(2026, 10, day))[0].verdict
        for day in (10, 11)
    ]
    assert verdicts == ["not_over", "better"]


def test_twelve_weeks_around_the_start(settings: Settings) -> None:
    log = [*cases(BEFORE, resolved=1, of=2), *cases(STARTED, resolved=3, of=3)]
    (effect,) = judged(settings, improvement("resolution_rate"), cases=log, today=dt.date(2026, 9, 20))
    assert [week for week, _ in effect.weekly] == [f"2026-W{week}" for week in range(31, 43)]
    assert dict(effect.weekly)["2026-W33"] == 0.5
    assert dict(effect.weekly)["2026-W37"] == 1
    (count,) = judged(settings, improvement("market_views"), cases=log, today=dt.date(2026, 9, 20))
    assert [value for _, value in count.weekly] == [None] * 2 + [0] * 6 + [None] * 4, "from the log's first week on"


def test_contacts_per_customer_are_a_rate_of_days_not_a_share_of_customers() -> None:
    row = {
        "code": "touch", "label": "人均沟通", "form": "activities", "measure": "ratio", "per": "customers.at_start",
        "period": "week", "direction": "at_least", "unit": "times",
    }  # fmt: skip
    settings = settings_with(indicators=[row], targets=[])
    log = {
        "customers": [{"customer_id": "C", "name": "N", "assigned_on": dt.date(2026, 1, 5)}],
        "activities": [
            {"date": start + dt.timedelta(days=n), "kind": "other"}
            for start, times in ((dt.date(2026, 8, 10), 1), (dt.date(2026, 9, 14), 3))
            for n in range(26)
            for _ in range(times)
        ],
    }
    (effect,) = judged(settings, improvement("touch"), **log)
    assert (effect.before, effect.after, effect.verdict) == (26, 78, "better")


@pytest.mark.parametrize("period", ["month", "two_months"])
def test_customers_told_apart_by_the_month_are_told_apart_in_the_weeks_compared(period: str) -> None:
    row = {
        "code": "reached", "label": "触达", "form": "activities", "measure": "distinct", "period": period,
        "direction": "at_least", "unit": "customers",
    }  # fmt: skip
    people = [{"customer_id": f"C{n}", "name": "N", "assigned_on": dt.date(2026, 1, 5)} for n in range(20)]
    every_week = [
        {"date": day, "kind": "return_visit", "customer_id": f"C{n}", "effective": "yes"}
        for n in range(20)
        for day in weekdays(Span(dt.date(2026, 7, 6), TODAY))[n % 5 :: 5]
    ]
    settings = settings_with(indicators=[row], targets=[])
    log: dict[str, Rows] = {"customers": people, "activities": every_week}
    for started in (dt.date(2026, 9, 2), STARTED, dt.date(2026, 9, 16), dt.date(2026, 9, 23)):
        (effect,) = judged(settings, improvement("reached", started), **log)
        assert (effect.before, effect.after, effect.verdict) == (20, 20, "no_difference")
        assert {value for _, value in effect.weekly} == {20}


def test_an_indicator_is_found_by_code_or_label_in_any_language(settings: Settings) -> None:
    for written in ("csat", " CSAT ", "客户满意度", "客戶滿意度", "customer satisfaction"):
        found = settings.indicator_named(written)
        assert found is not None
        assert found.code == "csat"
    assert settings.indicator_named("") is None


def test_permutation_of_alike_samples_shows_nothing() -> None:
    ones = Sample(np.array([1.0, 2.0, 3.0, 4.0, 5.0]), np.ones(5))
    assert permutation_p(ones, ones) == 1
    nothing = Sample(np.zeros(5), np.zeros(5))
    assert permutation_p(nothing, nothing) == 1
