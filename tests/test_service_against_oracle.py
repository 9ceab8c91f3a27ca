"""The desk's figures equal those computed a second time, over random logs and limits, in any hours."""

import datetime as dt
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from reportkit.settings.calendars import Span
from reportkit.summary.service import service_standards
from reportkit.summary.summaries import work_of
from tests import oracle
from tests.books import book_of, facts_from, settings_with
from tests.oracle.catalogue import exact
from tests.oracle.counting import cases_opened, is_done, is_repeat
from tests.oracle.limits import limit_row, resolved_in_time, time_taken
from tests.oracle.randomlogs import ADVISOR, Rows, Scenario, scenarios
from tests.test_against_oracle import exchange_days

OPENING = (
    (None, None),
    (dt.time(8, 30), dt.time(18, 15)),
    (dt.time(10), None),
    (None, dt.time(12)),
    (dt.time(0), dt.time(23, 59, 59)),
)


def counts(figure: Any) -> tuple[int, int]:
    _, part, whole = figure
    return int(part), int(whole)


def limit_rows(random: Random, first: dt.date) -> list[dict[str, Any]]:
    """Return limits of two priorities and a channel, some of them blank, from days inside the log on or always."""
    names = [(priority, channel) for priority in ("urgent", "normal") for channel in (None, "phone")]
    starts = (dt.date(2020, 1, 1), *(first + dt.timedelta(days=random.randint(-9, 30)) for _ in range(2)))
    return [
        {
            "priority": priority, "channel": channel, "clock": random.choice(("calendar", "working", None)), "from": start,
            "response_seconds": random.choice((None, 0, 30, 60, 28_800)),
            "resolution_hours": random.choice((None, 0, 4, 4.1, 8.2, 48)),
        }
        for priority, channel in random.sample(names, 3)
        for start in random.sample(starts, 2)
    ]  # fmt: skip


def desk_cases(random: Random, cases: Rows, now: dt.datetime) -> Rows:
    """Return cases by channels, those open with minutes waited, and some resolved as a limit is used up."""
    made = []
    for case in (one for one in cases if one["opened_at"] <= now):
        open_ = case["status"] not in ("resolved", "closed")
        minutes = random.choice((240, 246, 492))
        on_the_dot = {"responded_at": case["opened_at"], "waiting_minutes": None}
        on_the_dot["resolved_at"] = min(now, case["opened_at"] + dt.timedelta(minutes=minutes))
        waited = {"waiting_minutes": random.choice((None, 0, random.randint(0, 5000)))}
        more = waited if open_ else on_the_dot if random.random() < 0.5 else {}
        made.append({**case, "channel": random.choice((None, "phone", "wechat")), **more})
    return made


def is_at_risk(settings: dict[str, Any], case: dict[str, Any], now: dt.datetime) -> bool:
    rule = limit_row(settings, case)
    if rule is None or rule["resolution_hours"] is None or is_done(case):
        return False
    allowed, taken = 3600 * exact(rule["resolution_hours"]), time_taken(settings, rule["clock"], case, now)
    return exact(0.8) * allowed <= max(0, taken) <= allowed


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(scenarios(exchange_days), st.randoms(), st.sampled_from(OPENING))
def test_the_desk_of_a_month(scene: Scenario, random: Random, opening: tuple[dt.time | None, dt.time | None]) -> None:
    hours = [(opening[0] or dt.time(9), opening[1] or dt.time(17))]
    theirs = scene.settings | {"hours": hours, "limits": limit_rows(random, scene.first)}
    ours = settings_with(
        limits=[
            {
                "priority": row["priority"], "channel": row["channel"], "clock": row["clock"], "from_": row["from"],
                "first_response_seconds": row["response_seconds"], "resolution_hours": row["resolution_hours"],
            }
            for row in theirs["limits"]
        ],
        calendar=[{"date": day, "kind": kind} for day, kind in theirs["calendar"].items()],
        branch=[{"name": "B", "code": "1", "opens_at": opening[0], "closes_at": opening[1]}],
    )  # fmt: skip
    span, now = Span(scene.first, scene.today), dt.datetime.combine(scene.today, dt.time(12))
    log = {**scene.log, "cases": desk_cases(random, scene.log["cases"], now)}
    work = work_of(book_of(log, ADVISOR), facts_from(log, ADVISOR), ours)
    desk = service_standards(work, ours, span, now)
    expected = oracle.service(log, theirs, span.start, span.end, now)
    total = desk.total
    for share, name in (
        (total.coverage, "response_coverage"),
        (total.service_level, "response_within_limit"),
        (total.within_limit, "resolution_within_limit"),
        (total.reopen_rate, "reopen_rate"),
    ):
        assert (share.part, share.whole) == counts(expected[name]), name
    for percent in (50, 90):
        value = expected[f"response_p{percent}"]
        assert desk.response_percentile(percent) == (None if value is None else pytest.approx(float(value)))
    mean = expected["mean_resolution"][0]
    assert total.mean_resolution == (None if mean is None else pytest.approx(float(mean) / 60))
    assert (total.cases, len(desk.customers), desk.closures) == tuple(
        expected[name] for name in ("cases", "customers", "closures")
    )
    verdicts = {case["case_id"]: resolved_in_time(theirs, case, now) for case in log["cases"]}
    late = {case for case, in_time in verdicts.items() if in_time is False}
    done = {case["case_id"] for case in log["cases"] if is_done(case)}
    opened = {case["case_id"] for case in cases_opened(log, span.start, span.end)}
    assert {one.case_id for one in desk.past_limit} == late - done
    assert {one.case_id for one in desk.missed} == late & done & opened
    assert {one.case_id for one in desk.at_risk} == {
        case["case_id"] for case in log["cases"] if is_at_risk(theirs, case, now)
    }
    assert total.repeats == sum(is_repeat(log, case) for case in log["cases"] if case["case_id"] in opened)
