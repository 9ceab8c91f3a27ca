import datetime as dt

import pandas as pd
import pytest

from reportkit.facts.cases import case_clock, owners
from reportkit.facts.review import review
from reportkit.settings.branch_settings import Settings, settings_from_rows
from tests.log_rows import facts

NOW = dt.datetime(2026, 11, 25, 12)  # a Wednesday
OLD, NEW = dt.date(2020, 1, 1), dt.date(2026, 11, 24)


def limit(
    priority: str, seconds: float | None, hours: float | None, clock: str | None, **more: object
) -> dict[str, object]:
    return {
        "priority": priority, "first_response_seconds": seconds, "resolution_hours": hours, "clock": clock,
        "from_": OLD, **more,
    }  # fmt: skip


@pytest.fixture(scope="module")
def settings() -> Settings:
    limits = [
        limit("normal", 60.0, 8.0, "working", escalate_to="M1"),
        limit("normal", 90.0, 16.0, "working", from_=NEW),
        limit("normal", 600.0, 10.0, "calendar", channel="email"),
        limit("urgent", 30.0, 4.0, "calendar", escalate_to="M2"),
        limit("low", None, None, "working"),
    ]
    return settings_from_rows({"limits": limits}, "en")


def clock_of(settings: Settings, text: str) -> pd.DataFrame:
    """Return what is known of each case, one row a case under Excel's row number."""
    log = facts(cases=text)
    clock = vars(case_clock(log, settings, NOW))
    columns = vars(clock.pop("terms")) | clock
    return pd.DataFrame(columns, index=log.row_numbers("cases"))


def judged(within: "pd.Series[float]") -> list[bool | None]:
    return [None if one != one else bool(one) for one in within]


def test_the_limit_in_force_is_of_the_day_the_channel_and_the_priority(settings: Settings) -> None:
    clock = clock_of(
        settings,
        """
        case_id | opened_at           | category | status | priority | channel
        1       | 2026-11-23T10:00:00 | fees     | open   |          | phone
        2       | 2026-11-24T10:00:00 | fees     | open   | normal   |
        3       | 2026-11-24T10:00:00 | fees     | open   | normal   | email
        4       | 2026-11-24T10:00:00 | fees     | open   | urgent   | email
        5       | 2026-11-24T10:00:00 | fees     | open   | high     | phone
        6       | 2019-11-25T10:00:00 | fees     | open   | urgent   | phone
        """,
    )
    assert clock.index.tolist() == [2, 3, 4, 5, 6, 7]
    assert clock["clock"].tolist() == ["working", "working", "calendar", "calendar", "calendar", "calendar"]
    assert clock["escalate_to"].fillna("").tolist() == ["M1", "", "", "M2", "", ""]
    assert clock["response_limit_s"].tolist()[:4] == [60, 90, 600, 30]
    assert clock["resolution_limit_h"].isna().tolist() == [False] * 4 + [True] * 2


def test_a_blank_cell_of_a_channels_limit_is_as_for_all_channels() -> None:
    limits = [
        limit("normal", 60.0, 8.0, "working", escalate_to="M1"),
        limit("normal", 600.0, 10.0, "calendar", channel="email", escalate_to="M2"),
        limit("normal", 15.0, None, None, channel="phone"),
        limit("normal", None, 2.0, None, channel="email", from_=NEW),
        limit("low", 5.0, None, None, channel="phone", from_=None),
    ]
    clock = clock_of(
        settings_from_rows({"limits": limits}, "en"),
        """
        case_id | opened_at           | category | status | priority | channel
        1       | 2026-11-23T10:00:00 | fees     | open   | normal   | phone
        2       | 2026-11-23T10:00:00 | fees     | open   | normal   | email
        3       | 2026-11-24T10:00:00 | fees     | open   | normal   | email
        4       | 2026-11-24T10:00:00 | fees     | open   | low      | phone
        """,
    )
    assert clock["response_limit_s"].tolist() == [15, 600, 60, 5]
    assert clock["resolution_limit_h"].fillna(-1).tolist() == [8, 10, 2, -1]
    assert clock["clock"].tolist() == ["working", "calendar", "working", "calendar"]
    assert clock["escalate_to"].fillna("").tolist() == ["M1", "M2", "M1", ""]


def test_a_response_is_in_time_late_or_unknown(settings: Settings) -> None:
    clock = clock_of(
        settings,
        """
        case_id | opened_at           | responded_at        | category | status      | priority
        at      | 2026-11-23T10:00:00 | 2026-11-23T10:01:00 | fees     | open        | normal
        late    | 2026-11-23T10:00:00 | 2026-11-23T10:01:01 | fees     | open        | normal
        night   | 2026-11-22T20:00:00 | 2026-11-23T09:01:00 | fees     | open        | normal
        none    | 2026-11-23T10:00:00 |                     | fees     | resolved    | normal
        begun   | 2026-11-23T10:00:00 |                     | fees     | in_progress | normal
        alone   | 2026-11-23T10:00:00 |                     | fees     | open        | normal
        fresh   | 2026-11-25T11:59:50 |                     | fees     | open        | normal
        nolimit | 2026-11-23T10:00:00 | 2026-11-23T10:00:01 | fees     | open        | low
        """,
    )
    assert judged(clock["within_response"]) == [
        True, False, True, None, None, None, None, None,
    ]  # fmt: skip
    assert clock["response_seconds"].fillna(-1).tolist() == [60, 61, 46860, -1, -1, -1, -1, 1]


def test_resolution_runs_in_the_clock_of_its_limit(settings: Settings) -> None:
    clock = clock_of(
        settings,
        """
        case_id | opened_at           | resolved_at         | waiting_minutes | category | status      | priority
        exact   | 2026-11-20T16:00:00 | 2026-11-23T16:00:00 |                 | fees     | resolved    | normal
        over    | 2026-11-20T16:00:00 | 2026-11-23T16:01:00 |                 | fees     | closed      | normal
        waited  | 2026-11-20T16:00:00 | 2026-11-23T17:00:00 | 60              | fees     | resolved    | normal
        nodate  | 2026-11-20T16:00:00 |                     |                 | fees     | resolved    | normal
        urgent  | 2026-11-20T16:00:00 | 2026-11-20T20:00:00 |                 | fees     | resolved    | urgent
        given   | 2026-11-23T09:00:00 |                     |                 | fees     | unresolved  | normal
        risk    | 2026-11-25T08:48:00 |                     |                 | fees     | open        | urgent
        calm    | 2026-11-25T08:48:01 |                     |                 | fees     | in_progress | urgent
        edge    | 2026-11-25T08:00:00 |                     |                 | fees     | waiting     | urgent
        again   | 2026-11-25T06:00:00 | 2026-11-25T06:10:00 | 90              | fees     | in_progress | urgent
        nolimit | 2020-11-25T06:00:00 |                     |                 | fees     | open        | low
        """,
    )
    assert clock["used_minutes"].fillna(-1).round(4).tolist()[:10] == [
        480, 481, 480, -1, 240, 1140, 192, 191.9833, 240, 270,
    ]  # fmt: skip
    assert judged(clock["within_resolution"]) == [
        True, False, True, None, True, False, None, None, None, False, None,
    ]  # fmt: skip
    names = ["exact", "over", "waited", "nodate", "urgent", "given", "risk", "calm", "edge", "again", "nolimit"]
    flagged = {name: clock[name].to_numpy().nonzero()[0] for name in ("at_risk", "past_limit", "breached")}
    assert {name: [names[at] for at in rows] for name, rows in flagged.items()} == {
        "at_risk": ["risk", "edge"],
        "past_limit": ["given", "again"],
        "breached": ["over", "given", "again"],
    }
    assert clock["due_at"].astype(str).tolist()[:5] == [
        "2026-11-23 16:00:00",
        "2026-11-23 16:00:00",
        "2026-11-23 17:00:00",
        "2026-11-23 16:00:00",
        "2026-11-20 20:00:00",
    ]
    assert clock["due_at"].isna().tolist() == [False] * 10 + [True]


@pytest.mark.parametrize("waiting", [1e9, 1e15, 1e300])
def test_whoever_waits_for_centuries_stops_nobody(settings: Settings, waiting: float) -> None:
    text = "case_id | opened_at | category | status | priority | waiting_minutes\n"
    rows = [f"{one} | 2026-11-20T16:00:00 | fees | open | {one} | {waiting}" for one in ("normal", "urgent")]
    clock = clock_of(settings, text + "\n".join(rows))
    assert clock["due_at"].isna().all() and clock["used_minutes"].tolist() == [0, 0]


def test_a_limit_used_up_to_the_minute_is_kept() -> None:
    settings = settings_from_rows({"limits": [limit("normal", None, 4.1, "calendar")]}, "en")
    cases = """
        case_id | opened_at           | resolved_at         | waiting_minutes | category | status   | priority
        exact   | 2026-11-24T09:00:00 | 2026-11-24T13:06:00 |                 | fees     | resolved | normal
        waited  | 2026-11-24T09:00:00 | 2026-11-24T13:06:06 | 0.1             | fees     | resolved | normal
        over    | 2026-11-24T09:00:00 | 2026-11-24T13:06:01 |                 | fees     | resolved | normal
        risk    | 2026-11-25T08:43:12 |                     |                 | fees     | open     | normal
        """
    clock = clock_of(settings, cases)
    assert judged(clock["within_resolution"]) == [True, True, False, None]
    assert clock["at_risk"].tolist() == [False, False, False, True]


def test_no_cases_and_no_limits(settings: Settings) -> None:
    assert clock_of(settings, "case_id | opened_at").empty
    bare = settings_from_rows({}, "en")
    text = "case_id | opened_at           | category | status\n1 | 2026-11-20T16:00:00 | fees | open"
    clock = clock_of(bare, text)
    assert clock["resolution_limit_h"].isna().all() and clock["clock"].tolist() == ["calendar"]
    assert clock["within_resolution"].isna().all() and not clock["breached"].any()


def test_the_manager_is_told_where_the_limit_names_nobody() -> None:
    roster = [{"advisor_id": "A1", "name": "张伟", "level": "junior", "manager": "M9"}]
    limits = [limit("normal", 60.0, 8.0, "calendar"), limit("urgent", 60.0, 8.0, "calendar", escalate_to="M2")]
    settings = settings_from_rows({"limits": limits, "roster": roster}, "en")
    log = facts(
        cases="""
        case_id | opened_at           | category | status | priority | owner
        1       | 2026-11-24T10:00:00 | fees     | open   | normal   | 张伟
        2       | 2026-11-24T10:00:00 | fees     | open   | urgent   | A1
        3       | 2026-11-24T10:00:00 | fees     | open   | low      |
        4       | 2026-11-24T10:00:00 | fees     | open   | low      | 外包
        """
    )
    assert case_clock(log, settings, NOW).escalate_to.tolist() == ["M9", "M2", "M9", "M9"]
    assert owners(log, settings).tolist() == ["A1", "A1", "A1", "外包"]


def test_an_owner_of_the_advisors_own_name_is_the_advisor() -> None:
    roster = [{"advisor_id": one, "name": "张伟", "level": "junior"} for one in ("A1", "A2")]
    log = facts(
        cases="""
        case_id | opened_at           | category | status | owner
        1       | 2026-11-24T10:00:00 | fees     | open   | 张伟
        """
    )
    settings = settings_from_rows({"roster": roster}, "en")
    assert owners(log, settings).tolist() == ["A1"]
    assert "owner.ambiguous" not in {one.code for one in review(log, settings)}


@pytest.mark.parametrize("order", [("A2", "A3"), ("A3", "A2")])
def test_an_owner_whose_name_two_others_bear_is_neither_of_them(order: tuple[str, str]) -> None:
    roster = [{"advisor_id": one, "name": "李娜", "level": "junior"} for one in order]
    roster += [{"advisor_id": "A1", "name": "张伟", "level": level} for level in ("junior", "senior")]
    log = facts(
        cases="""
        case_id | opened_at           | category | status | owner
        1       | 2026-11-24T10:00:00 | fees     | open   | 李娜
        2       | 2026-11-24T10:00:00 | fees     | open   | A3
        3       | 2026-11-24T10:00:00 | fees     | open   | 张伟
        """
    )
    settings = settings_from_rows({"roster": roster}, "en")
    assert owners(log, settings).tolist() == ["李娜", "A3", "A1"]
    named = [one for one in review(log, settings) if one.code == "owner.ambiguous"]
    assert [(one.place.row, one.value, one.words["advisors"]) for one in named] == [(2, "李娜", ", ".join(order))]


def test_two_days_without_times_say_nothing_of_the_response() -> None:
    limits = [limit("normal", 60.0, 8.0, "calendar")]
    clock = clock_of(
        settings_from_rows({"limits": limits}, "en"),
        """
        case_id | opened_at           | category | status | responded_at
        1       | 2026-11-24T00:00:00 | fees     | open   | 2026-11-24T00:00:00
        2       | 2026-11-24T00:00:00 | fees     | open   | 2026-11-24T00:00:20
        3       | 2026-11-24T10:00:00 | fees     | open   | 2026-11-24T10:00:00
        4       | 2026-11-23T00:00:00 | fees     | open   | 2026-11-24T00:00:00
        """,
    )
    assert clock["response_seconds"].fillna(-1).tolist() == [-1, 20, 0, -1]
    assert judged(clock["within_response"]) == [None, True, True, None]
