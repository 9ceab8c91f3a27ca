"""The desk's figures equal those computed a second time, over random logs, in both clocks."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from reportkit.indicators.shares import Share
from reportkit.settings.calendars import Span
from reportkit.summary.service import service_standards
from reportkit.summary.summaries import work_of
from tests import oracle
from tests.books import book_of, facts_from, settings_with
from tests.oracle.counting import cases_opened
from tests.oracle.limits import elapsed, limit_row
from tests.oracle.randomlogs import ADVISOR, Scenario, scenarios
from tests.test_against_oracle import exchange_days

HOURS = [(dt.time(9), dt.time(17))]


def counts(figure: Any) -> tuple[int, int]:
    _, part, whole = figure
    return int(part), int(whole)


def untouched_misses(scene: Scenario, settings: dict[str, Any], span: Span, now: dt.datetime) -> int:
    """Cases nobody has taken up whose response limit is over: the oracle leaves them unknown, the desk misses them."""
    missed = 0
    for case in cases_opened(scene.log, span.start, span.end):
        rule = limit_row(settings, case)
        if rule is not None and case["status"] == "open" and case.get("responded_at") is None:
            missed += elapsed(settings, rule["clock"], case["opened_at"], now) > rule["response_seconds"]
    return missed


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(scenarios(exchange_days), st.sampled_from(("calendar", "working")))
def test_the_desk_of_a_month(scene: Scenario, clock: str) -> None:
    theirs = scene.settings | {"hours": HOURS, "limits": [{**row, "clock": clock} for row in scene.settings["limits"]]}
    ours = settings_with(
        limits=[
            {
                "priority": row["priority"], "channel": row["channel"], "clock": clock, "from_": row["from"],
                "first_response_seconds": float(row["response_seconds"]),
                "resolution_hours": float(row["resolution_hours"]),
            }
            for row in theirs["limits"]
        ],
        calendar=[{"date": day, "kind": kind} for day, kind in theirs["calendar"].items()],
    )  # fmt: skip
    span, now = Span(scene.first, scene.today), dt.datetime.combine(scene.today, dt.time(12))
    work = work_of(book_of(scene.log, ADVISOR), facts_from(scene.log, ADVISOR), ours)
    desk = service_standards(work, ours, span, now)
    expected = oracle.service(scene.log, theirs, span.start, span.end, now)
    total = desk.total
    for share, name in (
        (total.coverage, "response_coverage"),
        (total.within_limit, "resolution_within_limit"),
        (total.reopen_rate, "reopen_rate"),
    ):
        assert (share.part, share.whole) == counts(expected[name]), name
    within, known = counts(expected["response_within_limit"])
    assert total.service_level == Share(within, known + untouched_misses(scene, theirs, span, now))
    for percent in (50, 90):
        value = expected[f"response_p{percent}"]
        assert desk.response_percentile(percent) == (None if value is None else pytest.approx(float(value)))
    mean = expected["mean_resolution"][0]
    assert total.mean_resolution == (None if mean is None else pytest.approx(float(mean) / 60))
    assert (total.cases, len(desk.customers), desk.closures) == tuple(
        expected[name] for name in ("cases", "customers", "closures")
    )
