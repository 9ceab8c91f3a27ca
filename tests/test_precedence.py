"""Of several rows that could hold on a day one does, and where a person may have meant another, a finding says so."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from reportkit.definitions.catalogue import settings_rows
from reportkit.indicators.targets import duty_of
from reportkit.mail.recipients import deliveries
from reportkit.settings.branch_settings import Settings, load_settings
from reportkit.settings.calendars import Span
from reportkit.workbooks import write_settings

JUNE, SEPTEMBER, NOVEMBER = dt.date(2026, 6, 1), dt.date(2026, 9, 1), dt.date(2026, 11, 2)


def post(advisor: str = "A001", level: str = "junior", **more: Any) -> dict[str, Any]:
    return {"advisor_id": advisor, "name": advisor, "level": level, **more}


def target(value: float, scope: str = "all", who: str | None = None, since: dt.date = JUNE) -> dict[str, Any]:
    return {"indicator": "salons", "scope": scope, "who": who, "target": value, "from_": since}


def saved(folder: Path, **sheets: list[dict[str, Any]]) -> Settings:
    """Write settings into a workbook and read them back, so that findings have cells."""
    path = folder / "settings.xlsx"
    write_settings(path, {**settings_rows("zh-CN"), "targets": [], "limits": [], **sheets}, language="zh-CN")
    return load_settings(path)


def found(settings: Settings) -> list[tuple[str, str | None, str]]:
    return [(one.code, one.place.cell, one.severity) for one in settings.findings]


def day_after(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=1)


@pytest.mark.parametrize("end", [None, dt.date(2026, 12, 31)])
def test_a_row_ends_where_the_next_begins_so_who_left_the_last_is_gone(tmp_path: Path, end: dt.date | None) -> None:
    rows = [post(to=end), post(level="senior", from_=JUNE, to=SEPTEMBER)]
    settings = saved(tmp_path, roster=rows)
    assert found(settings) == [("settings.outlasted", "H3", "warning")]
    assert "A001" in settings.findings[0].message("en")
    assert settings.in_service("A001", Span(SEPTEMBER, SEPTEMBER))
    assert not settings.in_service("A001", Span(day_after(SEPTEMBER), NOVEMBER))
    assert duty_of(settings, "A001").working_days(Span(day_after(SEPTEMBER), NOVEMBER)) == 0
    assert [one.report for one in deliveries(settings, ["A001"], Span(NOVEMBER, NOVEMBER))] == []


def test_a_gap_between_two_rows_is_named_where_an_earlier_one_reaches_into_it(tmp_path: Path) -> None:
    rows = [post(), post(from_=JUNE, to=SEPTEMBER), post(from_=NOVEMBER)]
    settings = saved(tmp_path, roster=rows)
    assert found(settings) == [("settings.outlasted", "H3", "warning")]
    assert settings.in_service("A001", Span(NOVEMBER, NOVEMBER))
    assert not settings.in_service("A001", Span(day_after(SEPTEMBER), NOVEMBER - dt.timedelta(days=1)))


@pytest.mark.parametrize(
    "rows",
    [
        [post(), post(level="senior", from_=JUNE)],
        [post(to=SEPTEMBER), post(level="senior", from_=JUNE)],
        [post(to=JUNE), post(level="senior", from_=SEPTEMBER, to=NOVEMBER)],
        [post(), post(from_=JUNE, to=SEPTEMBER), post(from_=day_after(SEPTEMBER))],
        [post("A001", to=JUNE), post("A002")],
    ],
)
def test_rows_one_after_another_need_no_word(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    assert found(saved(tmp_path, roster=rows)) == []


def test_targets_and_limits_from_the_same_day_are_named_and_the_lower_holds(tmp_path: Path) -> None:
    urgent = {"priority": "urgent", "from_": JUNE}
    settings = saved(
        tmp_path,
        roster=[post()],
        targets=[
            target(1), target(2, "level", "junior"), target(3, "advisor", "A001"), target(4),
            target(5, "level", "初级"), target(6, since=SEPTEMBER), target(7, "advisor", "A001"),
        ],
        limits=[urgent, {**urgent, "channel": "phone"}, {**urgent, "resolution_hours": 4.0}],
    )  # fmt: skip
    assert [(one.place.sheet, one.place.cell) for one in settings.findings] == [
        ("时限", "G4"), ("目标", "G5"), ("目标", "G6"), ("目标", "G8"),
    ]  # fmt: skip
    assert {(one.code, one.severity) for one in settings.findings} == {("settings.same_day", "error")}
    row = duty_of(settings, "A001").row("salons", NOVEMBER)
    assert row is not None
    assert row.target == 7


def test_a_target_for_all_that_names_somebody_is_everybodys_and_says_so(tmp_path: Path) -> None:
    settings = saved(tmp_path, roster=[post(), post("A002")], targets=[target(9, "all", "A001")])
    assert found(settings) == [("settings.for_all", "C2", "warning")]
    rows = [duty_of(settings, advisor).row("salons", NOVEMBER) for advisor in ("A001", "A002")]
    assert [row and row.target for row in rows] == [9, 9]


def test_reports_go_to_whom_the_roster_knows_however_written(tmp_path: Path) -> None:
    mail = [
        {"report": "advisor", "who": "a001", "email": "one@example.com"},
        {"report": "team", "who": " North  team ", "email": "two@example.com"},
        {"report": "team", "who": "m01", "email": "three@example.com"},
        {"report": "team", "who": "Noth team", "email": "four@example.com"},
        {"report": "advisor", "who": "A009", "email": "five@example.com"},
    ]
    roster = [post("M01"), post(team="North team", manager="M01", email="own@example.com")]
    settings = saved(tmp_path, roster=roster, mail=mail)
    assert found(settings) == [("settings.reference", "B5", "warning"), ("settings.reference", "B6", "warning")]
    assert "North team" in settings.findings[0].message("en")
    sent = deliveries(settings, ["A001"], Span(NOVEMBER, NOVEMBER))
    assert {one.email for one in sent} == {
        "own@example.com",
        None,
        *(f"{n}@example.com" for n in ("one", "two", "three")),
    }


def test_a_manager_who_left_is_mailed_nothing_and_named_where_somebody_still_reports_to_them(tmp_path: Path) -> None:
    roster = [
        post("M01", to=SEPTEMBER, email="gone@example.com"),
        post("M02", email="here@example.com"),
        post("A001", manager="M01"),
        post("A002", manager="M01"),
        post("A002", manager="M02", from_=JUNE),
        post("A003", manager="M01", to=JUNE),
        post("A004", manager="M02"),
    ]
    settings = saved(tmp_path, roster=roster)
    assert found(settings) == [("settings.manager_gone", "F4", "warning")]
    assert "2026-09-01" in settings.findings[0].message("en")

    def mailed(day: dt.date) -> dict[str, str | None]:
        every = deliveries(settings, ["A001", "A002", "A004"], Span(day, day))
        return {one.who: one.email for one in every if one.report == "team"}

    assert mailed(SEPTEMBER) == {"M01": "gone@example.com", "M02": "here@example.com"}
    assert mailed(NOVEMBER) == {"M01": None, "M02": "here@example.com"}
