"""Slips in the settings that gave another figure without a word, and what is said of them now."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from reportkit.customers.due import due_list
from reportkit.customers.rotation import turns
from reportkit.definitions.catalogue import settings_rows
from reportkit.definitions.derived import countable
from reportkit.definitions.settings_forms import SETTINGS_FORMS
from reportkit.definitions.text import LANGUAGES, Language
from reportkit.facts.review import review, review_settings
from reportkit.indicators.assess import assess_report
from reportkit.settings.branch_settings import Settings, load_settings
from reportkit.settings.calendars import Span
from reportkit.settings.conditions import Condition, ConditionError, describe, parse
from reportkit.summary.advice import advise
from reportkit.summary.summaries import Work, work_of
from reportkit.workbooks import write_settings
from tests.books import book_of, facts_from, settings_with

SINCE = dt.date(2026, 1, 1)
COUNT = {"form": "activities", "measure": "count", "period": "day", "direction": "at_least", "unit": "times"}


def indicator(code: str, label: str, **more: Any) -> dict[str, Any]:
    return {**COUNT, "code": code, "label": label, **more}


def target(name: str, value: float) -> dict[str, Any]:
    return {"indicator": name, "scope": "all", "target": value, "from_": SINCE}


def work_with(settings: Settings, **log: Any) -> Work:
    return work_of(book_of(log), facts_from(log), settings)


def found(settings: Settings) -> list[tuple[str, str | None]]:
    return [(one.code, one.place.column.code if one.place.column else None) for one in settings.findings]


@pytest.mark.parametrize(
    ("written", "operator", "values"),
    [
        ("public_fund is Not interested", "is", ("not_interested",)),
        ("Public fund is Not interested or Holds", "is", ("not_interested", "holds")),
        ("public_fund is not_interested", "is", ("not_interested",)),
        ("public_fund is not Interested", "is_not", ("interested",)),
        ("public_fund is not Interested or Holds", "is_not", ("interested", "holds")),
        ("public_fund is not Holds", "is_not", ("holds",)),
        ("public_fund ≠ interested", "is_not", ("interested",)),
    ],
)
def test_a_choice_whose_label_begins_with_not(written: str, operator: str, values: tuple[str, ...]) -> None:
    columns = countable("customers")
    (condition,) = parse(written, columns)
    assert condition == Condition("public_fund", operator, values)  # type: ignore[arg-type]
    assert parse(describe(condition, columns).en, columns) == (condition,), "what people read means the same"


@pytest.mark.parametrize("written", ["public_fund is not interested", "PUBLIC_FUND IS NOT interested"])
def test_what_has_two_meanings_is_asked_about(written: str) -> None:
    with pytest.raises(ConditionError, match="= not_interested”, or “≠ interested"):
        parse(written, countable("customers"))


@pytest.mark.parametrize(
    ("written", "counted"), [("at most", True), ("at least", True), ("above", False), ("below", False)]
)
def test_a_moment_is_compared_with_a_column_of_dates_by_its_day(written: str, counted: bool) -> None:
    day = dt.date(2026, 11, 2)
    case = {
        "case_id": "K",
        "customer_id": "C",
        "opened_at": dt.datetime(2026, 11, 2, 9),
        "category": "fees",
        "status": "open",
    }
    facts = facts_from({"customers": [{"customer_id": "C", "name": "N", "assigned_on": day}], "cases": [case]})
    columns = countable("cases")
    for condition in (f"opened_at {written} customer.assigned_on", f"customer.assigned_on {written} opened_at"):
        assert facts.meeting("cases", parse(condition, columns)).tolist() == [counted]


def test_a_name_of_two_indicators_is_named_and_a_code_comes_first() -> None:
    rows = [
        indicator("talks", "沟通", label_en="Talks"),
        indicator("more_talks", "更多沟通", label_en="Talks"),  # copied, the English name left as it was
        indicator("calls", "talks"),
        indicator("TALKS", "通话"),
    ]
    settings = settings_with(indicators=rows, targets=[target("Talks", 3.0)])
    assert found(settings) == [("settings.same_name", column) for column in ("code", "label_en", "label")]
    assert [row.indicator for row in settings.targets] == ["talks"]
    named = settings.indicator_named("talks")
    assert named is not None
    assert named.code == "talks"


def test_an_indicator_in_use_has_its_name_to_itself() -> None:
    rows = [indicator("old", "沟通", active="no"), indicator("new", "沟通")]
    settings = settings_with(indicators=rows, targets=[target("沟通", 3.0), target("old", 2.0)])
    assert found(settings) == []
    assert [row.indicator for row in settings.targets] == ["new", "old"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_default_settings_name_nothing_twice(language: Language) -> None:
    assert settings_with(**settings_rows(language)).findings == ()


def test_a_rule_below_one_that_takes_every_customer_is_named() -> None:
    rules = [
        {"code": "high", "name": "高", "where": "assets at least 1000000"},
        {"code": "basic", "name": "基础"},
        {"code": "vip", "name": "贵宾", "where": "assets at least 5000000"},
    ]
    settings = settings_with(tiers=rules, segments=[])
    assert found(settings) == [("settings.unreached", "where")]


def test_a_target_of_customers_lost_above_100_percent_counts_as_blank() -> None:
    settings = settings_with(targets=[target("churn_rate", 5.0), target("cases_per_hour", 12.0)])
    assert found(settings) == [("value.range", "target")]
    assert [row.target for row in settings.targets] == [None, 12.0]


@pytest.mark.parametrize(
    ("opens", "closes", "named"),
    [(9, 9, "closes_at"), (20, 4, "closes_at"), (None, 8, "closes_at"), (18, None, "opens_at")],
)
def test_hours_that_are_no_day_are_named_and_the_branch_is_read(
    opens: int | None, closes: int | None, named: str, tmp_path: Path
) -> None:
    hours = {"opens_at": opens and dt.time(opens), "closes_at": closes and dt.time(closes)}
    branch = {"name": "North", "code": "1", "language": "en", "time_zone": "Asia/Shanghai", **hours}
    write_settings(tmp_path / "s.xlsx", {**settings_rows("en"), "branch": [branch]}, language="en")
    settings = load_settings(tmp_path / "s.xlsx")
    blank = [("settings.blank", name) for name, hour in hours.items() if hour is None]
    assert found(settings) == [("value.type", named), *blank]
    assert (settings.branch.name, settings.language) == ("North", "en")


def test_a_day_indicator_by_customers_counts_each_day_over_that_days_customers() -> None:
    per_customer = indicator("touch", "触达", measure="ratio", per="customers.at_start", unit="times")
    settings = settings_with(indicators=[per_customer], targets=[target("touch", 1.0)])
    monday = dt.date(2026, 11, 23)
    log = {
        "customers": [{"customer_id": "C", "name": "N", "assigned_on": monday}],
        "activities": [{"date": monday + dt.timedelta(days=n), "kind": "other"} for n in range(3)],
    }
    work = work_with(settings, **log)
    (figure,) = assess_report(settings, work.duty, work.days, "2026-W48", monday + dt.timedelta(days=2))
    assert figure.daily == (None, 1.0, 1.0)
    assert figure.days_met == 2


def test_a_sheet_under_another_name_is_taken_for_the_form_it_is_most_like(tmp_path: Path) -> None:
    path = tmp_path / "settings.xlsx"
    write_settings(path, settings_rows("en"), language="en")
    book = load_workbook(path)
    book["Segments"].title = "Segments 2025"
    del book["Limits"]
    book.save(path)
    said = {one.code: one.message("en") for one in load_settings(path).findings}
    assert "looks like “Segments” (6 rows)" in said["sheet.unread"]
    assert {one.place.sheet for one in load_settings(path).findings} >= {"Limits", "Segments"}
    assert "Lists" not in said["sheet.missing"]


MONDAY = dt.date(2026, 11, 23)
CUSTOMER = {"customer_id": "C", "name": "N", "assigned_on": dt.date(2026, 11, 2), "assets": 5.0}
TALK = {"date": dt.date(2026, 11, 3), "kind": "fund_talk", "customer_id": "C", "effective": "yes", "minutes": 9.0}


@pytest.mark.parametrize("code", ["fund_talks", "revisits"])
def test_whose_turn_it_is_is_asked_of_daily_logs_only(code: str) -> None:
    by_plan = {**indicator(code, "走访"), "form": "visits", "where": "done_on is not blank"}
    settings = settings_with(indicators=[by_plan], targets=[target(code, 1.0)])
    work = work_with(settings, customers=[CUSTOMER], activities=[TALK])
    assert turns(work.facts, settings, MONDAY) == ()
    reasons = {reason for one in due_list(work.facts, settings, work.duty, MONDAY) for reason in one.reasons}
    assert not reasons & {"fund_turn", "revisit"}


def test_a_customers_column_may_be_compared_with_the_rows() -> None:
    longer = indicator("fund_talks", "x", where="kind is fund_talk and customer.assets below minutes")
    settings = settings_with(indicators=[longer], targets=[])
    work = work_with(settings, customers=[CUSTOMER], activities=[TALK])
    (one,) = turns(work.facts, settings, MONDAY)
    assert (one.eligible, one.talked) == (("C",), ("C",))


@pytest.mark.parametrize(
    ("change", "needs"),
    [({}, 1), ({"where": "kind is not home_visit"}, 0), ({"column": "channel"}, 0)],
)
def test_what_customers_need_is_said_of_talks_with_each_of_them(change: dict[str, str], needs: int) -> None:
    row = {**indicator("talks", "x", where="kind is fund_talk or home_visit"), "measure": "distinct", **change}
    settings = settings_with(indicators=[row], targets=[target("talks", 1.0)])
    (advice,) = advise([work_with(settings, customers=[CUSTOMER], activities=[TALK])], settings, MONDAY)
    assert len(advice.needs) == needs


def test_a_row_without_a_customer_is_not_said_to_be_about_the_wrong_one() -> None:
    rich = indicator("rich", "x", where="customer.assets at least 10")
    view = {"date": dt.date(2026, 11, 3), "kind": "market_view"}
    log = {"customers": [CUSTOMER], "activities": [TALK, view]}
    said = review(facts_from(log), settings_with(indicators=[rich], targets=[]))
    assert [one.value for one in said if one.code == "kind.not_eligible"] == ["C"]


BRANCH = {
    "name": "North", "code": "1", "language": "en", "time_zone": "Asia/Shanghai",
    "opens_at": dt.time(8), "closes_at": dt.time(16),
}  # fmt: skip
WHOLE = {**settings_rows("en"), "branch": [BRANCH], "roster": [{"advisor_id": "A1", "name": "N", "level": "Junior"}]}
TODAY = dt.date(2026, 11, 25)


def left_open(path: Path, **sheets: Any) -> list[tuple[str, str | None, str | None, str]]:
    """Return code, sheet, cell and sentence of what is found in settings written with some sheets replaced."""
    write_settings(path, {**WHOLE, **sheets}, language="en")
    settings = load_settings(path)
    every = (*settings.findings, *review_settings(settings, Span(TODAY, TODAY), path.name))
    return [
        (one.code, one.place.sheet, one.place.cell, one.message("en")) for one in every if one.code != "target.missing"
    ]


@pytest.mark.parametrize(
    ("column", "cell", "instead"),
    [
        ("language", "C2", "so zh-CN is used"),
        ("time_zone", "D2", "this machine's time zone is used"),
        ("opens_at", "E2", "09:00 is used"),
        ("closes_at", "F2", "17:00 is used"),
    ],
)
def test_a_blank_cell_of_the_branch_is_named_with_what_is_used(
    column: str, cell: str, instead: str, tmp_path: Path
) -> None:
    (said,) = left_open(tmp_path / "s.xlsx", branch=[{**BRANCH, column: None}])
    assert said[:3] == ("settings.blank", "Branch", cell)
    assert instead in said[3]


@pytest.mark.parametrize("sheet", ["branch", "roster", "levels", "tiers", "segments"])
def test_a_sheet_without_rows_is_named_with_what_that_means(sheet: str, tmp_path: Path) -> None:
    assert left_open(tmp_path / "s.xlsx") == []
    ((code, _, _, said),) = left_open(tmp_path / "s.xlsx", **{sheet: []})
    assert code == "settings.no_rows"
    assert f"No row of “{SETTINGS_FORMS[sheet].label.en}” can be used: " in said


def test_a_branch_without_a_name_is_told_all_that_is_lost_with_the_row(tmp_path: Path) -> None:
    blank, row = left_open(tmp_path / "s.xlsx", branch=[{**BRANCH, "name": None}])
    assert blank[:3] == ("value.required", "Branch", "A2")
    assert row[0] == "settings.no_rows"


@pytest.mark.parametrize(
    ("kept", "without"),
    [((), "Urgent, High, Normal, Low"), (("urgent", "normal", "low"), "High")],
)
def test_priorities_without_a_limit_are_named(kept: tuple[str, ...], without: str, tmp_path: Path) -> None:
    limits = [row for row in WHOLE["limits"] if row["priority"] in kept]
    ((code, sheet, _, said),) = left_open(tmp_path / "s.xlsx", limits=limits)
    assert (code, sheet) == ("settings.no_limit", "Limits")
    assert f"priority {without}:" in said
    meant = [*limits, *({"priority": one, "from_": SINCE} for one in ("urgent", "high", "normal", "low"))]
    assert left_open(tmp_path / "s.xlsx", limits=meant) == [], "a row with blank limits says that none is meant"


def test_a_limit_of_a_day_to_come_is_none_yet(tmp_path: Path) -> None:
    later = [{**row, "from_": TODAY + dt.timedelta(days=1)} for row in WHOLE["limits"] if row["priority"] == "low"]
    limits = [row for row in WHOLE["limits"] if row["priority"] != "low"]
    ((code, *_),) = left_open(tmp_path / "s.xlsx", limits=[*limits, *later])
    assert code == "settings.no_limit"


def test_a_target_of_an_indicator_row_without_a_code_is_offered_no_other(tmp_path: Path) -> None:
    blank = {**indicator("x", "Home visit talks", label_en="Home visit talks"), "code": None}
    rows = {"indicators": [*WHOLE["indicators"], blank], "targets": [target("Home visit talks", 2.0)]}
    code, stranger = left_open(tmp_path / "s.xlsx", **rows)
    assert code[:2] == ("value.required", "Indicators")
    assert stranger[:3] == ("settings.reference", "Targets", "A2")
    assert "Did you mean" not in stranger[3]
    (slip,) = left_open(tmp_path / "s.xlsx", targets=[target("Home visit talks", 2.0)])
    assert "Did you mean “Home visits”?" in slip[3]


@pytest.mark.parametrize(
    ("form", "on", "settles"),
    [
        ("cases", None, True),
        ("opportunities", None, True),
        ("customers", None, True),
        ("customers", "status_on", False),
    ],
)
def test_a_share_of_what_began_in_a_week_may_yet_grow(form: str, on: str | None, settles: bool) -> None:
    state = "stage is won" if form == "opportunities" else "status is not blank"
    share = indicator("x", "x", form=form, on=on, measure="ratio", part=state, unit="percent", period="week")
    (one,) = settings_with(indicators=[share], targets=[]).indicators
    assert one.settles is settles


def test_a_second_row_of_the_branch_is_named(tmp_path: Path) -> None:
    ((code, _, _, said),) = left_open(tmp_path / "s.xlsx", branch=[BRANCH, {**BRANCH, "name": "South"}])
    assert code == "settings.one_branch"
    assert "row 2 is used" in said


def test_a_level_called_as_another_is_named(tmp_path: Path) -> None:
    again = [*WHOLE["levels"], {"code": "junior_2", "name": WHOLE["levels"][0]["name"]}]
    (said,) = left_open(tmp_path / "s.xlsx", levels=again)
    assert said[:3] == ("settings.same_name", "Levels", "B5")
