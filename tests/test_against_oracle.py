"""Every figure equals the one computed a second time, in plain Python, over random logs."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings

from reportkit.indicators.assess import grade, score
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import Span
from reportkit.summary.summaries import AdvisorSummary, Work, summarise, team_of, work_of
from tests import oracle
from tests.books import book_of, exchange_days, facts_from, settings_with
from tests.oracle.randomlogs import ADVISOR, Scenario, scenarios

many = hypothesis_settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def settings_of(scene: Scenario) -> Settings:
    def renamed(row: dict[str, Any]) -> dict[str, Any]:
        return {("from_" if key == "from" else key): value for key, value in row.items()}

    targets = [renamed(row) | {"target": float(row["target"])} for row in scene.settings["targets"]]
    roster = [renamed(row) for row in scene.settings["roster"]]
    days = [{"date": day, "kind": kind} for day, kind in scene.settings["calendar"].items()]
    return settings_with(targets=targets, roster=roster, calendar=days)


def work(scene: Scenario, settings: Settings) -> Work:
    book = book_of(scene.log, ADVISOR)
    return work_of(book, facts_from(scene.log, ADVISOR), settings)


def close(ours: float | None, theirs: Any) -> bool:
    if ours is None or theirs is None:
        return ours is None and theirs is None
    return ours == pytest.approx(float(theirs), rel=1e-9, abs=1e-9)


@many
@given(scenarios(exchange_days))
def test_weeks_of_an_advisor(scene: Scenario) -> None:
    settings = settings_of(scene)
    ours = work(scene, settings)
    for week in scene.weeks:
        summary = summarise(ours, settings, week, scene.today)
        lines = oracle.report(scene.settings, scene.log, ADVISOR, week, scene.today)
        compare(summary, lines)
        points = oracle.score(lines, week)
        assert close(summary.score, points)
        assert summary.grade == oracle.grade(points)


def compare(summary: AdvisorSummary, lines: Any) -> None:
    assert {one.indicator.code for one in summary.assessments} == set(lines)
    for one in summary.assessments:
        line, code = lines[one.indicator.code], one.indicator.code
        for name in ("value", "target", "stretch", "attainment", "pace", "left", "working_days", "days_met", "weight"):
            assert close(getattr(one, name), line[name]), (code, name, getattr(one, name), line[name])
        assert one.assessed == line["assessed"]
        assert (one.window.start, one.until) == tuple(line["window"]), code
        if line["denominator"] is not None:
            assert close(one.denominator, line["denominator"]), code
            assert close(one.numerator, line["numerator"]), code


@many
@given(scenarios(exchange_days))
def test_months_of_an_advisor(scene: Scenario) -> None:
    settings = settings_of(scene)
    month = f"{scene.today:%Y-%m}"
    summary = summarise(work(scene, settings), settings, month, scene.today)
    lines = oracle.report(scene.settings, scene.log, ADVISOR, month, scene.today)
    compare(summary, lines)
    assert close(summary.score, oracle.score(lines, month))


@many
@given(scenarios(exchange_days), scenarios(exchange_days))
def test_two_advisors_together(one: Scenario, other: Scenario) -> None:
    settings = settings_of(one)
    week = one.weeks[-1]
    logs = [one.log, other.log]
    members = [
        summarise(work_of(book_of(log, ADVISOR), facts_from(log, ADVISOR), settings), settings, week, one.today)
        for log in logs
    ]
    team = team_of("", members)
    lines = oracle.team([oracle.report(one.settings, log, ADVISOR, week, one.today) for log in logs])
    for ours in team.assessments:
        for name in ("value", "target", "stretch", "attainment", "pace", "left", "weight", "days_met"):
            assert close(getattr(ours, name), lines[ours.indicator.code][name]), (ours.indicator.code, name)
    assert close(team.score, oracle.score(lines, week))
    assert team.grade == grade(score(team.assessments))


@many
@given(scenarios(exchange_days))
def test_days_add_up_and_the_order_of_rows_is_irrelevant(scene: Scenario) -> None:
    settings = settings_of(scene)
    ours = work(scene, settings)
    turned = {form: list(reversed(rows)) for form, rows in scene.log.items()}
    theirs = work_of(book_of(turned, ADVISOR), facts_from(turned, ADVISOR), settings)
    span = Span(scene.first - timedelta(days=20), scene.today)
    for indicator in settings.indicators:
        days, again = ours.days[indicator.code], theirs.days[indicator.code]
        whole = days.sums(span)
        assert whole == again.sums(span), indicator.code
        every = days.of_days(span.days.astype(object).tolist())
        assert sum(numerator for numerator, _ in every) == pytest.approx(whole[0])
