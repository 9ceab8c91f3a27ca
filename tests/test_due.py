"""The due list, day by day from small logs, and against the same list computed a second time."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from reportkit.customers.due import REASONS, DueCustomer, due_list
from reportkit.facts.rows import Facts
from reportkit.indicators.targets import duty_of
from reportkit.settings.branch_settings import Settings
from tests import oracle
from tests.books import exchange_days, facts_from, settings_with
from tests.log_rows import facts
from tests.oracle.randomlogs import ADVISOR, Scenario, days_between, optional, scenarios

MONDAY = date(2026, 11, 23)
SUNDAY = date(2026, 11, 22)
ONE = "customer_id | name | assigned_on\nC1 | A | 2026-01-05"
CONTACT = "date | kind | customer_id | effective\n2026-11-20 | advisory_talk | C1 | yes"


def due(log: Facts, on: date = MONDAY, settings: Settings | None = None) -> tuple[DueCustomer, ...]:
    settings = settings or settings_with()
    return due_list(log, settings, duty_of(settings, log.advisor_id, log.tables["worktime"]), on)


def short(found: tuple[DueCustomer, ...]) -> list[tuple[str, tuple[str, ...], date | None, int]]:
    return [(one.customer_id, one.reasons, one.due, one.days_overdue) for one in found]


def reasons(log: Facts, on: date = MONDAY) -> dict[str, tuple[str, ...]]:
    return {one.customer_id: one.reasons for one in due(log, on)}


@pytest.mark.parametrize("status", ["transferred_out", "handed_over"])
def test_who_leaves_is_called_until_then(status: str) -> None:
    customer = f"customer_id | name | assigned_on | status | status_on\nC1 | A | 2026-11-16 | {status} | "
    assert reasons(facts(customers=customer + "2026-11-24")) == {"C1": ("first_visit",)}
    assert reasons(facts(customers=customer + "2026-11-23")) == reasons(facts(customers=customer)) == {}


def test_each_customer_once_in_the_order_of_the_reasons() -> None:
    log = facts(
        customers="""
        customer_id | name | assigned_on | mobile | phone | assets | public_fund | risk_assessed_on
        risk        | R    | 2026-01-05  |        |       |        |             | 2024-12-20
        margin      | M    | 2026-01-05  |        |       | 500000 |             |
        fund        | F    | 2026-01-05  |        |       |        | interested  |
        silent      | S    | 2026-01-05  |        |       |        |             |
        planned     | P    | 2026-01-05  |        |       |        |             |
        low         | L    | 2026-01-05  |        |       |        |             |
        follow      | W    | 2026-01-05  |        |       |        |             |
        case        | C    | 2026-01-05  |        |       |        |             |
        first       | E    | 2026-11-16  | 138001 | 021-1 |        | holds       |
        """,
        activities="""
        date       | time | kind         | customer_id | effective | channel | summary | satisfaction | next_on
        2026-01-06 |      | return_visit | risk        | yes       |         |         |              |
        2026-11-20 |      | return_visit | risk        | yes       |         |         |              |
        2026-01-06 |      | return_visit | margin      | yes       |         |         |              |
        2026-11-20 |      | return_visit | margin      | yes       |         |         |              |
        2026-01-06 |      | return_visit | fund        | yes       |         |         |              |
        2026-11-20 |      | return_visit | fund        | yes       |         |         |              |
        2026-01-06 |      | return_visit | silent      | yes       | phone   | hello   |              |
        2026-01-06 |      | return_visit | planned     | yes       |         |         |              |
        2026-11-20 |      | return_visit | planned     | yes       |         |         |              |
        2026-01-06 |      | return_visit | low         | yes       |         |         |              |
        2026-11-20 |      | return_visit | low         | yes       | wechat  | x       | 2            |
        2026-01-06 |      | return_visit | follow      | yes       |         |         |              |
        2026-11-20 |      | return_visit | follow      | yes       |         |         |              | 2026-11-21
        2026-01-06 |      | return_visit | case        | yes       |         |         |              |
        2026-11-20 |      | return_visit | case        | yes       |         |         |              |
        """,
        cases="""
        case_id | customer_id | opened_at           | category | priority | status
        1       | case        | 2026-11-20T15:00:00 | fees     | urgent   | open
        """,
        visits="planned_on | customer_id | purpose\n2026-11-23 | planned | p\n2026-11-23 | silent | p",
    )
    found = due(log)
    assert short(found) == [
        ("first", ("first_visit", "fund_turn"), date(2026, 11, 23), 0),
        ("case", ("case_limit",), date(2026, 11, 20), 3),
        ("follow", ("follow_up",), date(2026, 11, 21), 2),
        ("low", ("low_score",), date(2026, 11, 20), 3),
        ("planned", ("planned_visit",), date(2026, 11, 23), 0),
        ("silent", ("planned_visit", "revisit"), date(2026, 1, 20), 307),
        ("fund", ("fund_turn",), date(2026, 11, 23), 0),
        ("margin", ("margin_turn",), date(2026, 11, 23), 0),
        ("risk", ("risk_expiry",), date(2026, 12, 20), 0),
    ]
    by_id = {one.customer_id: one for one in found}
    assert (by_id["first"].phone, by_id["first"].last_contact) == ("138001", None)
    silent = by_id["silent"]
    assert (silent.last_contact, silent.last_channel, silent.last_summary) == (date(2026, 1, 6), "phone", "hello")


@pytest.mark.parametrize(
    ("assigned", "visit", "listed"),
    [
        ("2026-11-17", "", False),  # its tenth day is in four days
        ("2026-11-16", "", True),
        ("2026-11-01", "", True),  # missed, still to do
        ("2026-11-24", "", False),  # assigned tomorrow
        ("2026-11-13", "2026-11-13 | return_visit | C1 | yes", False),
        ("2026-11-13", "2026-11-12 | return_visit | C1 | yes", True),  # before the customer was theirs
        ("2026-11-13", "2026-11-20 | fund_talk    | C1 | yes", True),
        ("2026-11-13", "2026-11-20 | return_visit | C1 | no", True),
        ("2026-11-13", "2026-11-24 | return_visit | C1 | yes", True),  # tomorrow does not count today
    ],
)
def test_a_first_visit_is_due_three_days_ahead(assigned: str, visit: str, listed: bool) -> None:
    log = facts(
        customers=f"customer_id | name | assigned_on\nC1 | A | {assigned}",
        activities=f"date | kind | customer_id | effective\n{visit}".strip(),
    )
    assert ("first_visit" in reasons(log).get("C1", ())) == listed


@pytest.mark.parametrize(
    ("assessed", "listed"),
    [("2024-12-23", True), ("2024-12-24", False)],  # expires in 30 days, in 31
)
def test_a_risk_assessment_is_due_thirty_days_ahead(assessed: str, listed: bool) -> None:
    customer = f"customer_id | name | assigned_on | risk_assessed_on\nC1 | A | 2026-01-05 | {assessed}"
    log = facts(customers=customer, activities=f"{CONTACT}\n2026-01-06 | return_visit | C1 | yes")
    assert ("risk_expiry" in reasons(log).get("C1", ())) == listed


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("2026-11-23T10:00:00 | open     |                     | urgent", date(2026, 11, 23)),  # used up at 14:00
        ("2026-11-23T20:00:00 | open     |                     | urgent", None),  # used up at midnight, not past it
        ("2026-11-20T10:00:00 | waiting  |                     | urgent", date(2026, 11, 20)),
        ("2026-11-20T10:00:00 | resolved | 2026-11-22T10:00:00 | urgent", None),
        ("2026-11-20T10:00:00 | resolved | 2026-11-24T10:00:00 | urgent", date(2026, 11, 20)),  # still open that day
        ("2026-11-24T10:00:00 | open     |                     | urgent", None),
        ("2026-11-19T16:00:00 | open     |                     | high", date(2026, 11, 20)),  # 8 working hours
        ("2026-11-20T16:00:00 | open     |                     | high", date(2026, 11, 23)),  # over a weekend
        ("2026-11-19T20:00:00 | open     |                     | high", date(2026, 11, 23)),  # within it until it opens
        ("2026-11-23T08:00:00 | open     |                     | high", None),  # used up at closing time, not past it
    ],
)
def test_a_case_is_due_from_the_day_it_is_past_its_limit(case: str, expected: date | None) -> None:
    log = facts(
        customers=ONE,
        activities=CONTACT.replace("advisory_talk", "return_visit"),
        cases=f"opened_at | status | resolved_at | priority | case_id | customer_id | category\n{case} | 1 | C1 | fees",
    )
    assert short(due(log)) == (
        [] if expected is None else [("C1", ("case_limit",), expected, (MONDAY - expected).days)]
    )


@pytest.mark.parametrize(
    ("rows", "listed"),
    [
        ("2026-11-20 | return_visit | C1 | yes | 2026-11-23", True),
        ("2026-11-20 | return_visit | C1 | no  | 2026-11-21", True),
        ("2026-11-20 | return_visit | C1 | yes | 2026-11-24", False),
        ("2026-11-20 | return_visit | C1 | yes | 2026-11-20", True),  # its own talk is not the follow-up
        ("2026-11-18 | return_visit | C1 | yes | 2026-11-20\n2026-11-19 | fund_talk | C1 | yes |", True),  # too early
        ("2026-11-18 | return_visit | C1 | yes | 2026-11-20\n2026-11-20 | fund_talk | C1 | yes |", False),
        ("2026-11-18 | return_visit | C1 | yes | 2026-11-20\n2026-11-20 | fund_talk | C1 | no |", True),
        ("2026-11-18 | return_visit | C1 | yes | 2026-11-20\n2026-11-24 | fund_talk | C1 | yes |", True),
        ("2026-11-24 | return_visit | C1 | yes | 2026-11-24", False),  # dated after the day
    ],
)
def test_a_next_step_is_due_until_the_customer_is_spoken_to(rows: str, listed: bool) -> None:
    visit = "2026-01-06 | return_visit | C1 | yes |"
    log = facts(customers=ONE, activities=f"date | kind | customer_id | effective | next_on\n{visit}\n{rows}")
    assert ("follow_up" in reasons(log).get("C1", ())) == listed


@pytest.mark.parametrize(
    ("visit", "expected"),
    [
        ("2026-11-10 | 2026-11-10 | 2026-11-23 |", ("follow_up",)),
        ("2026-11-10 | 2026-11-10 | 2026-11-24 |", None),
        ("2026-11-10 | 2026-11-10 | 2026-11-20 | 2026-11-23", None),
        ("2026-11-10 | 2026-11-10 | 2026-11-20 | 2026-11-24", ("follow_up",)),
        ("2026-11-23 |            |            |", ("planned_visit",)),
        ("2026-11-23 | 2026-11-23 |            |", None),
        ("2026-11-23 | 2026-11-24 |            |", ("planned_visit",)),
        ("2026-11-22 |            |            |", None),
    ],
)
def test_visits_planned_and_what_follows_them(visit: str, expected: tuple[str, ...] | None) -> None:
    log = facts(
        customers=ONE,
        activities=CONTACT.replace("advisory_talk", "return_visit"),
        visits=f"planned_on | done_on | follow_up_due | follow_up_done_on | customer_id | purpose\n{visit} | C1 | p",
    )
    assert reasons(log).get("C1") == expected


FOUR = """
customer_id | name | assigned_on | assets | public_fund | status
a           | A    | 2026-01-05  | 1      | holds       |
b           | B    | 2026-01-05  | 2      | holds       |
c           | C    | 2026-01-05  |        | holds       |
d           | D    | 2026-01-05  | 9      | unsuitable  |
e           | E    | 2026-01-05  | 9      | holds       | transferred_out
"""


def four(*days: str, more: str = "", worktime: str = "date | leave") -> Facts:
    talks = [f"{day} | return_visit | {who} | yes" for day, who in zip(days, "abcde", strict=False)]
    header = "date | kind | customer_id | effective"
    return facts(customers=FOUR, activities="\n".join([header, *talks, *filter(None, [more])]), worktime=worktime)


def test_revisits_go_longest_first_then_larger_assets_up_to_the_days_target() -> None:
    leave = "date | leave\n2026-11-24 | half\n2026-11-25 | full"
    log = four("2026-11-03", "2026-11-03", "2026-11-02", "2026-11-10", "2026-10-01", worktime=leave)
    targets = [{"indicator": "revisits", "scope": "all", "target": 3.0, "from_": date(2020, 1, 1)}]
    settings = settings_with(targets=targets)

    def revisits(on: date, settings: Settings = settings) -> list[str]:
        return [one.customer_id for one in due(log, on, settings) if "revisit" in one.reasons]

    assert revisits(MONDAY) == ["c", "b", "a"]
    assert revisits(MONDAY, settings_with(targets=[])) == []
    assert revisits(MONDAY, settings_with(targets=[], indicators=[])) == []
    assert revisits(MONDAY + timedelta(days=1)) == ["c", "b"]  # half a day's three, rounded up
    assert revisits(MONDAY + timedelta(days=2)) == []
    assert revisits(SUNDAY) == []


def test_fourteen_days_of_silence_make_a_revisit_due() -> None:
    log = four("2026-11-09", "2026-11-10", "2026-11-20", "2026-11-20")
    assert [short((one,))[0] for one in due(log) if "revisit" in one.reasons] == [
        ("a", ("revisit", "fund_turn"), date(2026, 11, 23), 0)
    ]


def test_who_may_be_called_in_turn_is_what_the_indicator_says() -> None:
    log = four("2026-11-20", "2026-11-20", "2026-11-20", "2026-11-20")
    rows = [
        {**row, "where": "kind is fund_talk and customer.assets at least 2"} if row["code"] == "fund_talks" else row
        for row in _indicator_rows()
    ]
    found = due(log, MONDAY, settings_with(indicators=rows))
    assert [one.customer_id for one in found] == ["d", "b"]
    without = settings_with(indicators=[row for row in rows if row["code"] != "fund_talks"])
    assert due(log, MONDAY, without) == ()


def _indicator_rows() -> list[dict[str, Any]]:
    from reportkit.definitions.catalogue import settings_rows

    return settings_rows("zh-CN")["indicators"]


def test_the_last_contact_is_the_latest_by_time_then_by_row() -> None:
    log = facts(
        customers="customer_id | name | assigned_on | phone\nC1 | A | 2026-11-14 | 021-5",
        activities="""
        date       | kind      | customer_id | effective | channel | summary
        2026-11-20 | fund_talk | C1          | yes       | qq      | early
        2026-11-20 | fund_talk | C1          | yes       | phone   | late
        2026-11-20 | fund_talk | C1          | no        | sms     | unanswered
        2026-11-24 | fund_talk | C1          | yes       | email   | tomorrow
        """,
    )
    (one,) = due(log)
    assert one.as_json() == {
        "customer_id": "C1",
        "name": "A",
        "reasons": ["first_visit"],
        "due": "2026-11-24",
        "days_overdue": 0,
        "phone": "021-5",
        "last_contact": "2026-11-20",
        "last_channel": "phone",
        "last_summary": "late",
    }


def test_of_two_talks_on_one_day_the_later_hour_counts() -> None:
    talk = {"date": date(2026, 11, 20), "kind": "fund_talk", "customer_id": "C1", "effective": "yes"}
    talks = [
        {**talk, "time": at, "summary": word}
        for at, word in ((time(15), "afternoon"), (time(9), "morning"), (None, "some time"))
    ]
    people = [{"customer_id": "C1", "name": "A", "assigned_on": date(2026, 11, 14)}]
    (one,) = due(facts_from({"customers": people, "activities": talks}))
    assert one.last_summary == "afternoon"


def test_an_empty_log_has_nobody_due() -> None:
    assert due(facts()) == ()


def test_every_reason_has_its_words() -> None:
    assert tuple(REASONS) == oracle.REASONS
    assert all(all(text.all()) for text in REASONS.values())


# --- the same list, computed a second time ---------------------------------------------------------------------------


def settings_of(scene: Scenario) -> Settings:
    def renamed(row: dict[str, Any], **names: str) -> dict[str, Any]:
        return {names.get(key, key): value for key, value in row.items()}

    limits = [
        renamed({**row, "response_seconds": float(row["response_seconds"])}, response_seconds="first_response_seconds")
        for row in scene.settings["limits"]
    ]
    return settings_with(
        targets=[renamed(row, **{"from": "from_"}) for row in scene.settings["targets"]],
        roster=[renamed(row, **{"from": "from_"}) for row in scene.settings["roster"]],
        calendar=[{"date": day, "kind": kind} for day, kind in scene.settings["calendar"].items()],
        limits=[{key.replace("from", "from_"): row[key] for key in row if key != "to"} for row in limits],
    )


@st.composite
def scenes_with_visits(draw: st.DrawFn) -> tuple[Scenario, date]:
    """A scene with visits and surveys besides, and a day to look at it."""
    scene = draw(scenarios(exchange_days))
    days = days_between(scene.first, scene.today + timedelta(days=5))
    past = days_between(scene.first, scene.today)
    ids = [row["customer_id"] for row in scene.log["customers"]]
    visits = [
        {
            "customer_id": draw(st.sampled_from(ids)),
            "purpose": "p",
            "planned_on": draw(days),
            "done_on": draw(st.none() | past),
            "satisfaction": draw(optional(1, 4)),
            "follow_up_due": draw(st.none() | days),
            "follow_up_done_on": draw(optional(scene.first - timedelta(days=60))),  # before any score it might answer
        }
        for _ in range(draw(st.integers(0, 4)))
    ]
    surveys = [
        {"date": draw(past), "customer_id": draw(st.sampled_from(ids)), "score": draw(st.integers(1, 5))}
        for _ in range(draw(st.integers(0, 3)))
    ]
    scene.log.update(visits=visits, surveys=surveys)
    return scene, draw(past)


def known(log: dict[str, Any], on: date) -> dict[str, Any]:
    """Return the log as it stood at the end of a day, without customers who are somebody else's by then."""
    end = datetime.combine(on + timedelta(days=1), time())
    people = [row for row in log["customers"] if row["assigned_on"] <= on and oracle.is_active(row, on)]
    ours = {row["customer_id"] for row in people}
    cases = [
        {**row, "status": "in_progress", "resolved_at": None, "satisfaction": None}
        if (row["resolved_at"] or datetime.min) >= end
        else row
        for row in log["cases"]
        if row["opened_at"] < end
    ]
    visits = [
        {**row, "done_on": None, "satisfaction": None} if (row["done_on"] or date.min) > on else row
        for row in log["visits"]
        if row["customer_id"] in ours
    ]
    return {**log, "customers": people, "cases": cases, "visits": visits}


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(scenes_with_visits(), st.sampled_from(("calendar", "working")))
def test_the_list_equals_the_one_computed_from_the_rules_alone(drawn: tuple[Scenario, date], clock: str) -> None:
    scene, on = drawn
    limits = [{**row, "clock": clock} for row in scene.settings["limits"]]
    scene = replace(scene, settings={**scene.settings, "hours": [(time(9), time(17))], "limits": limits})
    found = due(facts_from(scene.log, ADVISOR), on, settings_of(scene))
    if not oracle.working_day(scene.settings, scene.log, ADVISOR, on):
        assert not any({"revisit", "fund_turn", "margin_turn"} & set(one.reasons) for one in found)
        return
    expected = oracle.due(known(scene.log, on), scene.settings, ADVISOR, on)
    assert [
        {
            "customer_id": one.customer_id,
            "reasons": list(one.reasons),
            "due": one.due,
            "days_overdue": one.days_overdue,
            "last_contact": one.last_contact,
        }
        for one in found
    ] == expected
