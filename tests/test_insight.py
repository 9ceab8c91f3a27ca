"""Service seen wider than a week: satisfaction and visits over four weeks, training, used answers, processes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportkit.facts.answers import answers_used
from reportkit.indicators.training import Training, training
from reportkit.read.book import Identity
from reportkit.settings.branch_settings import default_settings
from reportkit.settings.calendars import Span, week_span
from reportkit.settings.indicator_rows import Period
from reportkit.summary.insight import TRAINING_HOURS, insight_of, knowledge_of, look_back, merge
from reportkit.summary.summaries import work_of
from reportkit.summary.trend import PastWeek, Process, past_weeks, processes, score_change, since_begun, team_weeks
from reportkit.workbooks import write_log
from reportkit.workbooks.knowledge_sheet import knowledge_line
from tests.books import Rows, book_of, facts_from, settings_with
from tests.office import SOFFICE, convert

SETTINGS = default_settings("zh-CN")
TODAY = date(2026, 11, 25)
WEEK = week_span("2026-W48")
FOUR = Span(date(2026, 11, 2), date(2026, 11, 29))
TRAINING: Rows = [
    {"date": date(2026, 10, 31), "topic": "a", "hours": 9.0, "score": 10},
    {"date": date(2026, 11, 1), "topic": "b", "hours": 1.5, "score": 60},
    {"date": date(2026, 11, 25), "topic": "c", "hours": 2.0, "score": 59},
    {"date": date(2026, 11, 25), "topic": "d", "hours": 0.5},
    {"date": date(2026, 11, 26), "topic": "e", "hours": 4.0, "score": 100},
]


def case(number: int, day: date, **more: Any) -> dict[str, Any]:
    opened = datetime(day.year, day.month, day.day, 10)
    return {
        "case_id": f"K{number}", "customer_id": "C1", "opened_at": opened, "category": "fees", "status": "resolved",
        "resolved_at": opened + timedelta(hours=1), **more,
    }  # fmt: skip


ASKED = [entry.question for entry in SETTINGS.faq]
RESOLUTIONS = [
    f"按问答：{ASKED[3]}",
    "按　问答： 佣金怎么收",  # full-width space, no mark
    SETTINGS.faq[0].answer,
    f"{ASKED[0]} {ASKED[1]}",
    "佣金",
    None,
]
CASES: list[dict[str, Any]] = [case(at, date(2026, 11, 2), resolution=text) for at, text in enumerate(RESOLUTIONS)]
CASES.append(case(9, date(2026, 11, 1), resolution=ASKED[3]))  # the day before
LOG: dict[str, Rows] = {
    "customers": [{"customer_id": "C1", "name": "A", "assigned_on": date(2026, 1, 5)}],
    "training": TRAINING,
    "cases": CASES,
    "surveys": [
        {"date": day, "customer_id": "C1", "score": score, "recommend": recommend}
        for day, score, recommend in (
            (date(2026, 11, 1), 1, 0), (date(2026, 11, 2), 5, 10), (TODAY, 2, 3), (TODAY + timedelta(days=1), 5, 9),
        )
    ],
    "visits": [
        {"planned_on": day, "customer_id": "C1", "purpose": "p", "done_on": done}
        for day, done in (
            (date(2026, 11, 1), None), (date(2026, 11, 2), date(2026, 11, 2)), (date(2026, 11, 3), None),
            (date(2026, 11, 29), None), (date(2026, 11, 30), None),
        )
    ],
}  # fmt: skip


def insight(log: dict[str, Rows] = LOG, advisor: str = "A1") -> Any:
    facts = facts_from(log, advisor)
    return insight_of(work_of(book_of(log, advisor), facts, SETTINGS), SETTINGS, WEEK, TODAY, TODAY)


def test_training_of_the_month_so_far_is_counted_by_hand() -> None:
    found = training(facts_from(LOG, "A1"), Span(date(2026, 11, 1), TODAY))
    inside = [row for row in TRAINING if date(2026, 11, 1) <= row["date"] <= TODAY]
    marks = [row["score"] for row in inside if "score" in row]
    assert found == Training(len(inside), sum(row["hours"] for row in inside), len(marks), sum(marks), 1)
    assert (found.mean_score, found.pass_rate.value) == (59.5, 0.5)
    assert training(facts_from({}, "A1"), FOUR).mean_score is None


@pytest.mark.parametrize(
    ("period", "first"),
    [
        ("week", date(2026, 11, 23)),
        ("month", date(2026, 11, 1)),
        ("two_months", date(2026, 11, 1)),
        (None, date(2026, 11, 1)),
    ],
)
def test_training_is_counted_over_what_its_target_asks_about(period: Period | None, first: date) -> None:
    others = [one for one in SETTINGS.indicators if one.code != TRAINING_HOURS]
    asked = [replace(SETTINGS.indicator[TRAINING_HOURS], period=period)] if period else []
    settings = replace(SETTINGS, indicators=(*others, *asked))
    facts = facts_from(LOG, "A1")
    work = work_of(book_of(LOG, "A1"), facts, settings)
    found, ((trained,), _) = insight_of(work, settings, WEEK, TODAY, TODAY), knowledge_of([work], settings, WEEK, TODAY)
    assert found.training == trained.training == training(facts, Span(first, TODAY))
    assert trained.hours is None or trained.hours.value == found.training.hours
    assert f"Training of {first} to {TODAY};" in knowledge_line(settings, WEEK, TODAY, "en")


def plain_uses(rows: Rows, span: Span) -> dict[str, int]:
    """Count the uses of each answer with plain strings."""

    def bare(text: str) -> str:
        return "".join(text.replace("\u3000", " ").split()).rstrip("？?")

    uses: dict[str, int] = {}
    for row in rows:
        written = bare(row.get("resolution") or "")
        if row["opened_at"].date() in span:
            for entry in SETTINGS.faq:
                if bare(entry.question) in written or bare(entry.answer) in written:
                    uses[entry.question] = uses.get(entry.question, 0) + 1
    return uses


def test_an_answer_is_used_where_a_resolution_holds_the_question_or_the_answer() -> None:
    found = answers_used(facts_from(LOG, "A1"), SETTINGS, FOUR)
    assert found == plain_uses(CASES, FOUR) == {ASKED[0]: 2, ASKED[1]: 1, ASKED[3]: 2}


def test_four_weeks_end_with_the_reports_and_a_month_is_itself() -> None:
    assert look_back(WEEK) == FOUR
    month = Span(date(2026, 11, 1), date(2026, 11, 30))
    assert look_back(month) == month


def test_satisfaction_and_visits_are_of_four_weeks_up_to_the_day() -> None:
    found = insight()
    surveys = found.satisfaction.surveys.total
    assert (surveys.rated, surveys.satisfied, surveys.low, surveys.nps) == (2, 1, 1, 0.0)
    visits = found.visits.visits
    assert (visits.on_time, visits.overdue, visits.ahead, visits.planned) == (1, 1, 1, 3)
    assert [one.due for one in found.visits.overdue_visits] == [date(2026, 11, 1), date(2026, 11, 3)]


def test_advisors_together_are_their_sum() -> None:
    both = merge([insight(), insight(advisor="A2")])
    one = insight()
    assert both.training == one.training + one.training
    assert both.answers == {question: 2 * times for question, times in one.answers.items()}
    assert both.satisfaction.surveys.total.rated == 2 * one.satisfaction.surveys.total.rated
    assert both.visits.visits.planned == 2 * one.visits.visits.planned


def weeks_of(counts: list[int], away: Sequence[int] = (), days_off: Sequence[date] = ()) -> tuple[PastWeek, ...]:
    """Return the weeks of an advisor who sent so many market views in each of the last ones, this week the last.

    They work from Monday to Friday, holidays or not. `away` are the weeks of leave, by how many weeks ago they were,
    `days_off` single days besides.
    """
    rows = [
        {"date": WEEK.start - timedelta(weeks=len(counts) - 1 - at), "kind": "market_view"}
        for at, number in enumerate(counts)
        for _ in range(number)
    ]
    weekdays = [WEEK.start + timedelta(weeks=-back, days=day) for back in range(len(counts)) for day in range(5)]
    settings = settings_with(calendar=[{"date": day, "kind": "work"} for day in weekdays])
    days = [*(WEEK.start + timedelta(days=day, weeks=-weeks) for weeks in away for day in range(5)), *days_off]
    log = {"activities": rows, "worktime": [{"date": day, "leave": "full"} for day in days]}
    return past_weeks(work_of(book_of(log, "A1"), facts_from(log, "A1"), settings), settings, "2026-W48", WEEK.end)


@pytest.mark.parametrize(("last", "side"), [(6, None), (20, "above"), (0, "below")])
def test_a_process_outside_its_own_limits_is_a_signal(last: int, side: str | None) -> None:
    before = [6, 5, 7, 6, 5, 7, 6, 5, 7, 6]
    weeks = weeks_of([*before, last])
    (found,) = (one for one in processes(weeks, WEEK.end) if one.indicator.code == "market_views")
    ranges = [abs(one - other) for one, other in pairwise(before)]
    mean, reach = sum(before) / len(before), 2.66 * sum(ranges) / len(ranges)
    assert found.limits is not None
    assert (found.limits.mean, found.limits.lower, found.limits.upper) == pytest.approx(
        (mean, mean - reach, mean + reach)
    )
    assert found.value == last
    assert (found.alert.side if found.alert else None) == side
    assert found.alert is None or found.alert.good == (side == "above")


def test_a_young_log_shows_four_weeks_and_the_reports_own_whatever_was_logged() -> None:
    assert [len(since_begun(weeks_of([1] * weeks))) for weeks in (0, 1, 4, 5, 11, 12)] == [4, 4, 4, 5, 11, 12]
    assert [bool(week.figures) for week in since_begun(weeks_of([]))] == [False, False, False, True]


def test_a_score_changes_when_the_week_is_over() -> None:
    *earlier, before, last = weeks_of([3, 5])
    assert last.score is not None and before.score is not None and last.score > before.score
    assert score_change([before, last], WEEK.end) == last.score - before.score
    assert score_change([before, last], WEEK.end - timedelta(days=1)) is None
    assert score_change([earlier[-1], before], WEEK.end) is None  # nothing was logged the week before
    assert score_change([last], WEEK.end) is None


def test_a_week_nobody_worked_is_no_swing() -> None:
    before = [6, 5, 7, 6, 5, 7, 6, 5, 7, 6]

    def processes_of(weeks: tuple[PastWeek, ...]) -> list[Process]:
        return [one for one in processes(weeks, WEEK.end) if one.indicator.code == "market_views"]

    assert processes_of(weeks_of([*before, 0], away=[0])) == []  # on leave all week: nothing to compare
    at_work, away = weeks_of([*before[:5], 0, *before[5:]]), weeks_of([*before[:5], 0, *before[5:]], away=[5])
    (with_gap,), (with_swing,) = processes_of(away), processes_of(at_work)
    assert with_gap.limits is not None and with_swing.limits is not None
    assert with_gap.limits.mean == pytest.approx(sum([*before[:5], *before[5:9]]) / 9)
    assert with_gap.limits.lower > with_swing.limits.lower
    assert [len(processes_of(team_weeks([away, each]))) for each in (away, at_work)] == [1, 1]
    assert processes_of(team_weeks([weeks_of([*before, 0], away=[0])] * 2)) == []
    (one_away,) = processes_of(team_weeks([weeks_of([*before, 0], away=[0]), weeks_of([*before, 6])]))
    assert one_away.value == 6


def test_a_week_of_two_days_is_compared_by_its_days() -> None:
    before = [20, 19, 21, 20, 19, 21, 20, 19, 21, 20]

    def of_last(counts: list[int], off: Sequence[int]) -> Process:
        weeks = weeks_of(counts, days_off=[WEEK.start + timedelta(days=day) for day in off])
        return next(one for one in processes(weeks, WEEK.end) if one.indicator.code == "market_views")

    whole, short = of_last([*before, 8], []), of_last([*before, 8], [2, 3, 4])
    assert whole.alert is not None and whole.alert.side == "below"
    assert short.alert is None and short.limits is not None and short.limits.mean == pytest.approx(8)
    fallen = of_last([*before, 1], [2, 3, 4])
    assert fallen.alert is not None and fallen.alert.side == "below"


@pytest.mark.parametrize(("last", "side"), [(0.5, None), (0.05, "below")])
def test_a_rate_of_customers_is_compared_by_the_days_too(last: float, side: str | None) -> None:
    touch = {
        "code": "touch", "label": "人均沟通", "form": "activities", "measure": "ratio", "per": "customers.at_start",
        "period": "week", "direction": "at_least", "unit": "times",
    }  # fmt: skip
    monday = [WEEK.start - timedelta(weeks=back) for back in range(11)]
    weekdays = [day + timedelta(days=n) for day in monday for n in range(5)]
    off = WEEK.start + timedelta(days=2)  # from Wednesday to Friday
    days = [{"date": day, "kind": "work" if day < off else "off"} for day in weekdays]
    settings = settings_with(indicators=[touch], targets=[], calendar=days)
    people = [{"customer_id": f"C{n}", "name": "N", "assigned_on": date(2026, 1, 5)} for n in range(20)]
    counts = [round(last * 20), *(25 + back % 3 for back in range(10))]
    rows = [{"date": day, "kind": "other"} for day, count in zip(monday, counts, strict=True) for _ in range(count)]
    log = {"customers": people, "activities": rows}
    work = work_of(book_of(log, "A1"), facts_from(log, "A1"), settings)
    (found,) = processes(past_weeks(work, settings, "2026-W48", WEEK.end), WEEK.end)
    assert found.limits is not None and found.limits.mean == pytest.approx(26 * 2 / 5 / 20, abs=0.01)
    assert (found.alert.side if found.alert else None) == side


@pytest.mark.parametrize(("open_in", "bad"), [(0, None), (1, "below")])
def test_cases_of_the_last_week_have_had_no_time_to_be_resolved(open_in: int, bad: str | None) -> None:
    """`open_in` is how many weeks ago the cases were opened that nobody has resolved yet."""
    weeks = [WEEK.start - timedelta(weeks=back) for back in range(12)]
    cases = [
        {
            "case_id": f"K{back}-{n}", "opened_at": datetime.combine(monday, time(9 + n)), "category": "fees",
            "status": "open" if back == open_in and n < 3 else "resolved", "customer_id": "C1",
        }
        for back, monday in enumerate(weeks) for n in range(6)
    ]  # fmt: skip
    log: dict[str, Rows] = {"cases": cases, "activities": [{"date": day, "kind": "other"} for day in weeks]}
    settings = settings_with()
    work = work_of(book_of(log, "A1"), facts_from(log, "A1"), settings)
    control = processes(past_weeks(work, settings, "2026-W48", WEEK.end), WEEK.end)
    (found,) = (one for one in control if one.indicator.code == "resolution_rate")
    assert (found.week, found.label.en) == ("2026-W47", "Resolution rate (W47)")
    assert (found.alert.side if found.alert else None) == bad
    assert {one.week for one in control if one is not found} == {"2026-W48"}
    assert processes(past_weeks(work, settings, "2026-W48", WEEK.end)[-1:], WEEK.end)  # the first week of a log


def test_an_unfinished_week_is_none_to_compare() -> None:
    weeks = weeks_of([6, 5, 7, 6, 5, 7, 6, 5, 7, 20, 0])
    (found,) = (one for one in processes(weeks, TODAY) if one.indicator.code == "market_views")
    assert found.value == 20 and found.alert is not None
    assert processes((), TODAY) == ()
    assert processes(tuple(replace(week, figures=()) for week in weeks), TODAY) == ()


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice")
def test_the_logs_own_count_of_used_answers_is_the_same(tmp_path: Path) -> None:
    log = tmp_path / "log.xlsx"
    write_log(
        log,
        Identity("A1", "A", "B", "1", "zh-CN"),
        language="zh-CN",
        settings=SETTINGS,
        rows={"cases": CASES[1::2]},
        today=TODAY,
        archived={"resolution": [one.get("resolution") for one in CASES[::2]]},
    )
    sheet = openpyxl.load_workbook(convert(log, "xlsx", tmp_path / "out"), data_only=True)["话术与问答"]
    shown = {row[1].value: row[3].value for row in sheet.iter_rows(min_row=4) if row[1].value}
    everything = plain_uses(CASES, Span(date(2026, 1, 1), TODAY))
    assert {question: times for question, times in shown.items() if times} == everything


def test_customers_served_are_counted_once_a_week() -> None:
    days = [WEEK.start - timedelta(days=back) for back in (0, -1, 1, 3, 8, 70, 77, 84)]
    talks = [
        {"date": day, "kind": kind, "customer_id": who, "effective": effective}
        for day in days
        for who, kind, effective in (
            ("C1", "new_contact", "yes"), ("C2", "fund_talk", "yes"), ("C2", "home_visit", "yes"), ("C3", "fund_talk", "no"),
        )
    ]  # fmt: skip
    talks.append({"date": WEEK.start, "kind": "return_visit", "customer_id": "C3", "effective": "yes"})
    met = [(row["date"], row["customer_id"]) for row in talks if row["effective"] == "yes"]
    weeks = [WEEK.start - timedelta(weeks=back) for back in range(11, -1, -1)]
    by_hand = tuple(len({who for day, who in met if monday <= day <= monday + timedelta(days=6)}) for monday in weeks)
    log: dict[str, Rows] = {
        "customers": [{"customer_id": f"C{at}", "name": "N", "assigned_on": date(2026, 1, 5)} for at in (1, 2, 3)],
        "activities": talks,
    }
    found = insight(log).served
    assert found == by_hand and found[-1] == 3
    assert insight({}).served == (0,) * 12
