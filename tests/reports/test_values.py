import datetime as dt
from dataclasses import replace

import pytest

from reportkit.definitions.privacy import masked
from reportkit.indicators.assess import PastFigure, attained, just_short
from reportkit.settings.branch_settings import Settings
from reportkit.summary.attention import Concern, concerns
from reportkit.summary.backing import Backing
from reportkit.summary.drilldown import behind, rows_in_words
from reportkit.summary.flow import work_from_book
from reportkit.summary.highlights import daily_contacts, highlights, praise, shortfall
from reportkit.summary.summaries import TeamSummary, summarise
from reportkit.summary.trend import PastWeek, past_weeks, served_by_week, team_weeks, weeks_until
from tests.books import book_of
from tests.reports.conftest import CUSTOMERS, MONDAY, TODAY, WEEK, Member, case, day, member_of, talk


@pytest.mark.parametrize(
    ("text", "shown"),
    [("13812345678", "138****5678"), ("C09025", "C****25"), ("C1", "C****1"), ("7", "7****"), ("", ""), (None, "")],
)
def test_phones_and_ids_keep_their_ends_only(text: str | None, shown: str) -> None:
    assert masked(text) == shown


def test_row_numbers_in_short() -> None:
    assert rows_in_words([3, 1, 2, 9, 7, 2]) == "1–3, 7, 9"
    assert rows_in_words([]) == ""


def test_weeks_are_named_over_a_turn_of_the_year() -> None:
    assert weeks_until("2026-W02", 4) == ("2025-W51", "2025-W52", "2026-W01", "2026-W02")


def test_a_trend_begins_when_the_log_does(settings: Settings) -> None:
    log = {"activities": [talk(-40, "C1"), *(talk(at - 7, "C1") for at in range(5)), talk(0, "C1")]}
    weeks = member_of(settings, "A1", log).backing.weeks
    assert [week.week for week in weeks if week.figures] == ["2026-W46", "2026-W47"]
    assert [week.score is None for week in weeks] == [True] * 10 + [False] * 2


def test_the_last_week_of_a_trend_is_the_reports(busy: Member) -> None:
    last = busy.backing.weeks[-1]
    stood = tuple(
        PastFigure(one.indicator, one.numerator, one.denominator, one.target, one.weight)
        for one in busy.summary.assessments
    )
    assert (last.week, last.score, last.figures) == (WEEK, busy.summary.score, stood)
    shown = [(one.value, one.attainment, one.met) for one in last.figures]
    assert shown == [(one.value, one.attainment, one.met) for one in busy.summary.assessments]


def test_a_teams_weeks_are_its_members_together(members: dict[str, Member], team: TeamSummary) -> None:
    last = team_weeks([one.backing.weeks for one in members.values()])[-1]
    values = {one.indicator.code: one.value for one in last.figures}
    assert values["home_visits"] == sum(one.summary.of("home_visits").value or 0 for one in members.values())
    assert (last.score, last.grade) == (team.score, team.grade)


def test_a_log_without_rows_stands_in_the_trend_as_in_the_ranking(
    members: dict[str, Member], settings: Settings
) -> None:
    empty = members["A2"]
    weeks = past_weeks(empty.work, settings, WEEK, TODAY)
    assert [week.score for week in weeks] == [None] * 11 + [empty.summary.score]
    assert empty.summary.score == 0


def test_a_log_of_cases_alone_has_a_trend_since_they_began(settings: Settings) -> None:
    weeks = member_of(settings, "A1", {"cases": [case(-7, "K1"), case(0, "K2")]}).backing.weeks
    assert [week.week for week in weeks if week.figures] == ["2026-W46", "2026-W47"]


def test_customers_served_are_counted_once(busy: Member) -> None:
    assert busy.backing.served == 3
    assert served_by_week(busy.work, WEEK)[-3:] == (1, 1, 3)


def test_a_target_is_met_however_its_parts_were_summed(busy: Member) -> None:
    one = next(one for one in busy.summary.assessments if one.assessed)
    almost = replace(one, attainment=0.1 * 3 / 0.3 - 1e-15)
    assert almost.attainment is not None and almost.attainment < 1 and almost.met
    assert PastWeek(WEEK, (almost,), None, None, 5.0).met == 1
    assert not replace(one, attainment=0.999).met and not replace(one, attainment=None).met


def test_highlights_stand_best_and_worst_first(busy: Member) -> None:
    chosen = highlights(busy.summary.assessments)
    paces = [one.pace for one in chosen.short]
    assert paces == sorted(paces, key=lambda pace: pace or 0.0) and all((pace or 0) < 1 for pace in paces)
    assert all((one.pace or 0) >= 1 for one in chosen.well)


def test_sentences_name_what_is_left(busy: Member) -> None:
    contacts = busy.summary.of("new_contacts")
    assert contacts is not None
    assert shortfall(contacts, "en") == "New customer contacts: 3 of 22.5, 20 to go"
    assert (
        praise(replace(contacts, value=30.0, attainment=30 / 22.5), "en") == "New customer contacts: 30 of 22.5, 133%"
    )
    ahead = replace(contacts, value=3.0, attainment=3 / 22.5, target_so_far=2.8125)
    assert praise(ahead, "en") == "New customer contacts: 3 of 2.8 due so far (107%), 22.5 in all"
    late = replace(busy.summary.of("first_response"), value=40.0)
    assert shortfall(late, "en") == "First response time: 40 s, above the target of 30 s"
    resolved = replace(busy.summary.of("resolution_rate"), value=0.9, attainment=0.9 / 0.95)
    assert shortfall(resolved, "en") == "Resolution rate: 90%, below the target of 95%"
    assert praise(replace(resolved, value=0.98), "en") == "Resolution rate: 98%, target 95% met"


def test_a_day_off_asks_for_no_contacts(busy: Member) -> None:
    contacts = daily_contacts(busy.summary.assessments)
    assert contacts.target[day(0)] == 12 and contacts.target[day(4)] == 6
    assert day(5) not in contacts.target and contacts.value[day(5)] == 1


def test_a_row_that_adds_to_both_sides_stands_once(busy: Member) -> None:
    rate = busy.summary.of("resolution_rate")
    assert rate is not None
    rows = behind(busy.work, rate)
    assert [(row.row, row.numerator, row.denominator, row.on) for row in rows] == [
        (2, 1, 1, day(0)), (3, 1, 1, day(1)), (4, 0, 1, day(2)),
    ]  # fmt: skip
    assert [row.said("en") for row in rows] == ["Fees"] * 3


def test_the_customers_under_a_churn_rate_are_dated_by_their_assignment(busy: Member) -> None:
    churn = busy.summary.of("churn_rate")
    assert churn is not None
    rows = behind(busy.work, churn)
    assert [(row.customer_id, row.on) for row in rows] == [("C1", day(-300)), ("C2", day(-20))]


def test_concerns_come_by_urgency(team: TeamSummary, backings: dict[str, Backing]) -> None:
    found = [(one.kind, one.advisor_id) for one in concerns(team.members, backings)]
    assert found[0] == ("past_limit", "A1")
    assert ("far_behind", "A1") in found and ("log_errors", "A3") in found
    kinds = [kind for kind, _ in found]
    assert kinds.index("past_limit") < kinds.index("far_behind") < kinds.index("log_errors")


@pytest.mark.parametrize(
    ("until", "concern"),
    [(0, None), (1, ("behind", 50.0)), (4, ("far_behind", 20.0)), (6, ("far_behind", 20.0))],
)
def test_a_week_under_way_is_behind_what_was_due_by_now_not_by_its_end(
    settings: Settings, busy: Member, until: int, concern: tuple[str, float] | None
) -> None:
    daily = replace(settings, indicators=tuple(one for one in settings.indicators if one.code == "market_views"))
    rows = [{"date": day(0), "kind": "market_view"}]
    book = book_of({"customers": CUSTOMERS, "activities": rows}, "A1")
    summary = summarise(work_from_book(book, daily), daily, WEEK, day(until))
    assert summary.grade == "D", "of the whole week"
    found = concerns([summary], {"A1": busy.backing})
    scores = {one.kind: one.score for one in found if "behind" in one.kind}
    assert scores == ({} if concern is None else {concern[0]: pytest.approx(concern[1])})


def test_a_first_visit_to_come_is_not_overdue_for_another_reason(settings: Settings) -> None:
    log = {
        "customers": [{"customer_id": "C7", "name": "新客", "assigned_on": day(-2)}],
        "activities": [talk(0, "C7", effective="no", next_on=day(3), next_step="再约")],
    }
    member = member_of(settings, "A1", log)
    (customer,) = member.summary.due
    assert customer.reasons == ("first_visit", "follow_up") and customer.days_overdue == 3
    assert "first_visits" not in {one.kind for one in concerns([member.summary], {"A1": member.backing})}


def test_a_figure_out_of_its_usual_swings_is_named(settings: Settings) -> None:
    log = {
        "activities": [
            {"date": MONDAY + dt.timedelta(days=at - 7 * back), "kind": "market_view"}
            for back in range(1, 12)
            for at in range(5)
            for _ in range(1 + back % 2)
        ]
        + [talk(0, "C1")]
    }
    member = member_of(settings, "A1", log)
    found = concerns([member.summary], {"A1": member.backing})
    assert "market_views" not in {one.indicator.code for one in found if one.indicator}
    calm = {
        "activities": [row for row in log["activities"] if row["date"] < MONDAY and row["kind"] == "market_view"][::2]
    }
    calm["activities"] += [talk(0, "C1")]
    steady = {
        "activities": [
            *({"date": MONDAY + dt.timedelta(days=at - 7 * back), "kind": "market_view"} for back in range(1, 12) for at in range(5)),
            {"date": MONDAY - dt.timedelta(days=7), "kind": "market_view"},
            talk(0, "C1"),
        ]
    }  # fmt: skip
    member = member_of(settings, "A1", steady)
    unusual = [one for one in concerns([member.summary], {"A1": member.backing}) if one.kind == "unusual"]
    assert [one.indicator.code for one in unusual if one.indicator] == ["market_views"]
    assert "0" in unusual[0].sentence("en")


def test_a_figure_out_of_the_ordinary_is_told_from_its_range(settings: Settings) -> None:
    figures = {"value": 0.9438, "low": 0.9441, "high": 1.0}
    found = Concern("unusual", "", "", indicator=settings.indicator["resolution_rate"], figures=figures)
    assert found.sentence("en") == "Resolution rate at 94.38%, worse than usual (94.41% to 100%)"


@pytest.mark.parametrize(
    ("share", "read"),
    [(None, "—"), (0.994, "99%"), (0.996, "99.6%"), (1 - 1e-12, "100%"), (1.0, "100%"), (1.166, "117%")],
)
def test_what_is_just_short_of_its_target_is_not_said_to_reach_it(share: float | None, read: str) -> None:
    assert attained(share) == read
    assert just_short(share) is (read == "99.6%")
