"""The board's native formulas, as LibreOffice calculates them, against days worked out by hand and against Python."""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from reportkit.definitions.derived import countable
from reportkit.definitions.forms import FORMS
from reportkit.definitions.settings_forms import TargetRow
from reportkit.definitions.text import Text
from reportkit.facts.rows import facts_of
from reportkit.indicators.counting import series, value_of
from reportkit.read.workbook import read_book
from reportkit.settings.branch_settings import default_settings
from reportkit.settings.calendars import Span
from reportkit.settings.conditions import parse
from reportkit.settings.indicator_rows import Indicator, Period
from reportkit.validate.workbook import validate
from tests.workbooks.conftest import WEDNESDAY, board_on

pytestmark = pytest.mark.office
Log = Callable[..., Path]
ASSIGNED = dt.date(2026, 1, 5)


def customer(code: str, fund: str | None = None, assets: float | None = None) -> dict[str, object]:
    return {"customer_id": code, "name": f"客户{code}", "assigned_on": ASSIGNED, "public_fund": fund, "assets": assets}


def done(kind: str, who: str | None = None, effective: str | None = None, days_ago: int = 0) -> dict[str, object]:
    day = WEDNESDAY - dt.timedelta(days=days_ago)
    return {"date": day, "kind": kind, "customer_id": who, "effective": effective}


CUSTOMERS = [
    customer("C1", "holds", 500_000),
    customer("C2", "interested", 499_999.99),
    customer("C3", "not_interested", 800_000),
    customer("C4"),
    customer("0005"),
]
ACTIVITIES = [
    # Earlier contacts: exactly 14 days, 13 days, none, and 20 days with a talk that failed since; c1 is nobody.
    done("fund_talk", "C1", "yes", 14),
    done("advisory_talk", "C2", "yes", 13),
    done("home_visit", "C4", "yes", 20),
    done("return_visit", "C4", "no", 5),
    done("salon", None, "yes", 3),
    done("fund_talk", "c1", "yes", 5),
    # New contacts: C1 twice counts once; C3 failed, C4 blank, X9 and c1 unknown, a nameless one and a late follow-up do not.
    done("new_contact", "C1", "yes"),
    done("new_contact", "C1", "yes"),
    done("new_contact", "0005", "√"),
    done("new_contact", "C3", "no"),
    done("new_contact", "C4"),
    done("new_contact", "X9", "yes"),
    done("new_contact", "c1", "yes"),
    done("new_contact", None, "yes"),
    {**done("new_contact", "C2", "yes"), "next_on": WEDNESDAY - dt.timedelta(days=1)},
    # Messages: the one with a customer is an error.
    done("market_view"),
    done("market_view", "C1"),
    done("stock_view"),
    done("个股观点"),
    # Talks: by what the customer holds and owns.
    done("fund_talk", "C1", "yes"),
    done("fund_talk", "C2", "yes"),
    done("fund_talk", "C3", "yes"),
    done("margin_talk", "C1", "yes"),
    done("margin_talk", "C2", "yes"),
    done("margin_talk", "C3", "Y"),
    # Return visits.
    done("return_visit", "C1", "yes"),
    done("return_visit", "C2", "yes"),
    done("return_visit", "C3", "yes"),
    done("Return visit", "C4", "YES"),
    # The week: Monday counts, Sunday before and tomorrow do not; a visit to nobody known (X9, c3, C*, 1) does not.
    done("novice_class", None, None, 2),
    done("novice_class", None, None, 3),
    done("home_visit", "0005", "yes", 1),
    done("home_visit", "0005", "yes"),
    *(done("home_visit", who, "yes") for who in ("X9", "c3", "C*", "1")),
    done("home_visit", "C3", "yes", -1),
]
WORKED_OUT = {
    "新客户有效沟通": 2,
    "盘面观点": 1,
    "个股观点": 2,
    "盘中提示": 0,
    "基金客户沟通": 2,
    "融资融券沟通": 2,
    "两周回访": 2,
    "新股民讲堂": 1,
    "老股民讲堂": 0,
    "上门拜访": 2,
}


def test_a_day_worked_out_by_hand(log: Log) -> None:
    board = board_on(log({"customers": CUSTOMERS, "activities": ACTIVITIES}), WEDNESDAY)
    assert {label: board[label]["done"] for label in WORKED_OUT} == WORKED_OUT
    assert [board[label]["left"] for label in ("新客户有效沟通", "盘中提示", "两周回访", "上门拜访")] == [3, 1, 3, 0]
    assert board["两周回访"]["progress"] == pytest.approx(0.4)
    assert board["基金客户沟通"]["note"] == "挑战 2"
    assert board["day"] == {"weekday": "星期三", "kind": "工作日"}
    assert board["tiles"]["met"] == 4
    assert board["tiles"]["open"] == 3


def test_the_board_counts_the_same_in_english(log: Log) -> None:
    board = board_on(log({"customers": CUSTOMERS, "activities": ACTIVITIES}, "en"), WEDNESDAY, "en")
    labels = [i.label.en for i in default_settings("en").indicators if i.label.zh_cn in WORKED_OUT]
    assert [board[label]["done"] for label in labels] == list(WORKED_OUT.values())
    assert board["day"] == {"weekday": "Wednesday", "kind": "Working day"}


@pytest.mark.parametrize(
    ("leave", "target", "left"),
    [
        (["half"], 2.5, 1),
        pytest.param(["half", "半天"], 0, 0, marks=pytest.mark.slow),
        (["full"], 0, 0),
        pytest.param(["none", None], 5, 3, marks=pytest.mark.slow),
    ],
)
def test_leave_takes_its_share_of_the_target(log: Log, leave: list[str], target: float, left: int) -> None:
    worktime = [{"date": WEDNESDAY, "leave": taken} for taken in leave]
    rows = {"customers": CUSTOMERS, "activities": ACTIVITIES, "worktime": worktime}
    board = board_on(log(rows), WEDNESDAY)
    assert (board["新客户有效沟通"]["target"], board["新客户有效沟通"]["left"]) == (target, left)
    worked = target / 5
    assert board["上门拜访"]["target"] == pytest.approx(2 * (4 + worked) / 5)
    assert board["新客户有效沟通"]["done"] == 2


@pytest.mark.parametrize("day", [dt.date(2026, 11, 22), dt.date(2026, 10, 1)])
def test_a_day_off_asks_nothing(log: Log, day: dt.date) -> None:
    board = board_on(log({"customers": CUSTOMERS, "activities": ACTIVITIES}), day)
    assert board["新客户有效沟通"]["target"] == 0
    assert board["新客户有效沟通"]["left"] == 0
    assert board["day"]["kind"] == "休息日，不计目标"
    assert (board["tiles"]["met"], board["tiles"]["open"]) == (0, 0)


def test_a_day_of_more_rows_than_the_board_can_count_says_so(log: Log) -> None:
    board = board_on(log({"customers": CUSTOMERS, "activities": [done("market_view")] * 121}), WEDNESDAY)
    assert not board["盘面观点"]["done"]
    assert "120" in board["tiles"]["says"]


def test_a_failed_formula_among_the_ids_leaves_the_week_counted(log: Log) -> None:
    path = log({"customers": [*CUSTOMERS, customer("gone")], "activities": ACTIVITIES})
    book = openpyxl.load_workbook(path)
    ids = book["客户档案"]["A"]
    next(cell for cell in ids if cell.value == "gone").value = "#N/A"
    book.save(path)
    assert board_on(path, WEDNESDAY)["上门拜访"]["done"] == WORKED_OUT["上门拜访"]


def test_the_board_agrees_with_python_on_a_random_log(log: Log) -> None:
    chance = random.Random(7)
    customers = [
        customer(f"C{n}", chance.choice(["holds", "interested", "unsuitable", None]), chance.choice([4e5, 5e5, None]))
        for n in range(40)
    ]
    kinds = ["new_contact", "fund_talk", "margin_talk", "return_visit", "home_visit", "market_view", "novice_class"]
    activities = []
    for _ in range(1500):
        kind = chance.choice(kinds)
        named = kind not in ("market_view", "novice_class") or chance.random() < 0.05
        who = f"C{chance.randrange(42)}" if named else None
        activities.append(done(kind, who, chance.choice(["yes", "是", "no", None]), chance.randrange(30)))
    activities += [{**row, "customer_id": str(row["customer_id"]).lower()} for row in activities if row["customer_id"]]
    path = log({"customers": customers, "activities": activities})
    settings = default_settings("zh-CN")
    facts = facts_of(validate(read_book(path, FORMS), today=WEDNESDAY))
    board = board_on(path, WEDNESDAY)
    monday = WEDNESDAY - dt.timedelta(days=WEDNESDAY.weekday())
    compared = 0
    for indicator in settings.indicators:
        if indicator.period in ("day", "week") and indicator.adds_up:
            start = WEDNESDAY if indicator.period == "day" else monday
            value, _, _ = value_of(indicator, series(facts, indicator), Span(start, WEDNESDAY))
            assert board[indicator.label.zh_cn]["done"] == value, indicator.code
            compared += value != 0
    assert compared >= 6


OWN_CONDITIONS = (
    "minutes at least 10", "minutes below 10", "minutes is 10", "minutes is not 10", "minutes is blank",
    "channel is blank", "channel is phone or wechat", "channel is not phone", "effective is blank", "effective is no",
    "effective is not yes", "summary is VIP", "summary is not VIP", "summary is 10", "summary is a*", "summary is <5",
    "satisfaction is not 3", "satisfaction at most 2", "satisfaction is not blank", "next_on is 2026-11-26", "next_on above 2026-11-26", "next_on is not blank",
    "customer.status is active", "customer.status is blank", "customer.assets is blank", "customer.assets is not 500000",
    "customer.public_fund is not holds", "customer.name is not 客户C3", "customer.assigned_on below 2026-03-01",
    "customer_id is c3", "customer_id is not C3", "days_since_contact is blank", "days_since_contact at most 9",
)  # fmt: skip


def test_conditions_of_ones_own_count_on_the_board_as_in_python(log: Log) -> None:
    chance, settings = random.Random(3), default_settings("zh-CN")
    pick = chance.choice
    customers = [
        {
            **customer(f"C{n}", pick(["holds", "interested", None]), pick([4e5, 5e5, 0, None])),
            "assigned_on": pick([ASSIGNED, dt.date(2026, 4, 1)]),
            "status": pick(["active", "lost", None]),
        }
        for n in range(12)
    ]
    activities = []
    for _ in range(300):
        kind = pick(["new_contact", "fund_talk", "return_visit", "home_visit", "market_view", "novice_class"])
        who = None if kind in ("market_view", "novice_class") else f"{pick('CCCCc')}{chance.randrange(13)}"
        said = {
            "channel": ["phone", "wechat", "电话", None], "minutes": [5, 10, 10.5, 0, 2000, -1, None],
            "summary": ["VIP", "vip", " VIP ", "a*", "abc", "<5", 10, None], "satisfaction": [0, 1, 3, 5, 6, None],
            "next_on": [None, WEDNESDAY + dt.timedelta(days=1), WEDNESDAY + dt.timedelta(days=30)],
        }  # fmt: skip
        row = done(kind, who, pick(["yes", "是", "no", None]), chance.randrange(16))
        activities.append({**row, **{column: pick(cells) for column, cells in said.items()}})
    asked = next(one for one in settings.indicators if one.code == "new_contacts")
    own = [
        replace(
            asked, code=f"own{at}{period}", label=Text(*[f"{condition} / {period}"] * 3), measure="count", column=None,
            where=parse(condition, countable("activities")), period=period,
        )
        for at, condition in enumerate(OWN_CONDITIONS)
        for period in ("day", "week")
    ]  # fmt: skip
    path = log(
        {"customers": customers, "activities": activities},
        settings=replace(settings, indicators=tuple(own), targets=()),
    )
    facts = facts_of(validate(read_book(path, FORMS), today=WEDNESDAY))
    board = board_on(path, WEDNESDAY)
    compared = 0
    for indicator in own:
        line = board.get(indicator.label.zh_cn)
        if line is None:  # of the week the board shows what formulas can count
            assert indicator.period == "week"
            continue
        start = WEDNESDAY - dt.timedelta(days=WEDNESDAY.weekday() if indicator.period == "week" else 0)
        value, _, _ = value_of(indicator, series(facts, indicator), Span(start, WEDNESDAY))
        assert line["done"] == value, indicator.label.zh_cn
        compared += value != 0
    assert compared >= len(OWN_CONDITIONS)


def test_targets_follow_the_day_and_the_advisor(log: Log) -> None:
    settings = default_settings("zh-CN")
    first = next(row for row in settings.targets if row.indicator == "new_contacts")
    own = first.model_copy(update={"scope": "advisor", "who": "A001", "target": 7.0, "from_": dt.date(2026, 11, 24)})
    other = own.model_copy(update={"who": "A002", "target": 9.0})
    path = log({}, settings=replace(settings, targets=(*settings.targets, own, other)))
    assert [board_on(path, dt.date(2026, 11, day))["新客户有效沟通"]["target"] for day in (23, 24)] == [5, 7]


def test_limits_and_weeks_without_a_target_are_those_of_the_report(log: Log) -> None:
    settings = default_settings("zh-CN")
    asked = next(one for one in settings.indicators if one.code == "home_visits")

    def limit(code: str, period: Period, kind: str) -> Indicator:
        where = parse(f"kind is {kind}", countable("activities"))
        return replace(asked, code=code, label=Text(code, code, code), where=where, period=period, direction="at_most")

    own = (
        limit("changed", "week", "complaint_followup"),  # at most 5, from Thursday 3
        limit("none", "day", "complaint_followup"),  # at most 0
        limit("broken", "day", "market_view"),  # at most 0, and one there is
        limit("unasked", "week", "market_view"),
        replace(asked, code="unasked too", label=Text(*["unasked too"] * 3)),
    )
    first = dt.date(2020, 1, 1)
    targets = [
        TargetRow(indicator=code, scope="all", target=target, from_=since)
        for code, target, since in (
            ("changed", 5.0, first), ("changed", 3.0, dt.date(2026, 11, 26)), ("none", 0.0, first), ("broken", 0.0, first),
        )
    ]  # fmt: skip
    rows = {"activities": [done("market_view")]}
    board = board_on(log(rows, settings=replace(settings, indicators=own, targets=tuple(targets))), WEDNESDAY)
    figures = {code: (line["target"] or None, line["progress"]) for code, line in board.items() if "progress" in line}
    assert figures["changed"] == (3, 1)
    assert (figures["none"], figures["broken"]) == ((None, 1), (None, 0))
    assert board["tiles"]["met"] == 1
    for code in ("unasked", "unasked too"):
        assert [board[code][name] or None for name in ("target", "left", "progress")] == [None] * 3
        assert board[code]["target"] != 0


def test_what_formulas_cannot_express_is_left_blank_with_a_note(log: Log) -> None:
    settings = default_settings("zh-CN")
    asked = next(i for i in settings.indicators if i.code == "new_contacts")
    label = replace(asked.label, zh_cn="平均时长")
    averaged = replace(asked, code="talk_minutes", label=label, measure="mean", column="minutes")
    where = parse("days_since_contact above minutes", countable("activities"))
    compared = replace(asked, code="compared", label=Text(*["compared"] * 3), where=where)
    path = log({}, settings=replace(settings, indicators=(*settings.indicators, averaged, compared)))
    board = board_on(path, WEDNESDAY)
    for line in (board["平均时长"], board["compared"]):
        assert line["done"] is None
        assert line["note"] == "见“周报”"
