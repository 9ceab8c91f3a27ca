"""What people write in cells, and what it means (DOMAIN §8)."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reportkit.definitions.columns import Column
from reportkit.definitions.forms import ACTIVITIES, CASES, CUSTOMERS
from reportkit.read.values import CellError, normalise

DATE, TIME, KIND = (ACTIVITIES.column[code] for code in ("date", "time", "kind"))
EFFECTIVE, MINUTES, ATTENDEES, SUMMARY = (
    ACTIVITIES.column[code] for code in ("effective", "minutes", "attendees", "summary")
)
OPENED_AT, MOBILE, CUSTOMER_ID = CASES.column["opened_at"], CUSTOMERS.column["mobile"], CUSTOMERS.column["customer_id"]
DAY = dt.date(2026, 11, 23)
NOON = dt.datetime(2026, 11, 23, 12)


def one(column: Column, cell: object) -> Any:
    (value,) = normalise(column, [cell])
    return value


@pytest.mark.parametrize(
    "cell",
    [
        DAY, "2026-11-23", "2026/11/23", "2026.11.23", "2026年11月23日", "20261123", 20261123.0, 20261123,
        46349.0, 46349, 46349.75, "２０２６－１１－２３", "２０２６年１１月２３日", " 2026-11-23\u3000", "2026-11-23 09:30",
        "2026-11-23T09:30:00", dt.datetime(2026, 11, 23), dt.datetime(2026, 11, 23, 18, 30), "2026 年 11 月 23 日",
    ],
)  # fmt: skip
def test_dates(cell: object) -> None:
    assert one(DATE, cell) == DAY
    assert type(one(DATE, cell)) is dt.date


def test_short_days_and_months() -> None:
    assert one(DATE, "2026-1-3") == one(DATE, "2026/1/3") == one(DATE, "2026年1月3日") == dt.date(2026, 1, 3)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-02-30",
        "2026-11/23",
        "11-23",
        "23.11.2026",
        "昨天",
        "0026-11-23",
        5.0,
        32873.0,
        73416.0,
        True,
        float("inf"),
    ],
)
def test_what_is_no_date_is_left_as_it_is(cell: object) -> None:
    assert one(DATE, cell) == cell


def test_serials_reach_from_1990_to_2100() -> None:
    assert one(DATE, 32874.0) == dt.date(1990, 1, 1)
    assert one(DATE, 73415.0) == dt.date(2100, 12, 31)


@pytest.mark.parametrize(
    "cell",
    [NOON, 46349.5, "2026-11-23 12:00", "2026/11/23 12:00:00", "2026年11月23日 12点", "2026年11月23日12时0分",
     dt.datetime(2026, 11, 23, 11, 59, 59, 999_600), "2026-11-23T12:00:00.000"],
)  # fmt: skip
def test_moments(cell: object) -> None:
    assert one(OPENED_AT, cell) == NOON


def test_a_date_alone_is_its_midnight() -> None:
    midnight = dt.datetime(2026, 11, 23)
    assert one(OPENED_AT, DAY) == one(OPENED_AT, "20261123") == one(OPENED_AT, 46349.0) == midnight


def test_moments_lose_their_zone_and_fractions_of_a_second() -> None:
    zoned = dt.datetime(2026, 11, 23, 9, 30, 0, 400_000, tzinfo=dt.UTC)
    assert one(OPENED_AT, zoned) == dt.datetime(2026, 11, 23, 9, 30)


@pytest.mark.parametrize(
    "cell",
    [dt.time(9, 30), "9:30", "09:30:00", "９：３０", "9点30分", "9點30分", "9时30", 9.5 / 24, dt.timedelta(hours=9.5),
     dt.datetime(1899, 12, 31, 9, 30), dt.time(9, 29, 59, 999_999)],
)  # fmt: skip
def test_times(cell: object) -> None:
    assert one(TIME, cell) == dt.time(9, 30)


@pytest.mark.parametrize("cell", ["24:00", "9:60", "9:30:60", "9时60分"])
def test_what_no_clock_shows_is_no_time(cell: str) -> None:
    assert one(TIME, cell) == cell


def test_midnight_is_a_time() -> None:
    assert one(TIME, 0.0) == one(TIME, "0:00") == dt.time(0)


@pytest.mark.parametrize("cell", ["24:00", "9:60", "930", 9.5, True, "早上"])
def test_what_is_no_time_is_left_as_it_is(cell: object) -> None:
    assert one(TIME, cell) == cell


@pytest.mark.parametrize(
    ("cell", "number"),
    [(5.0, 5), (5, 5), ("1,234.5", 1234.5), ("１，２３４", 1234), ("50万", 500_000), ("50 萬", 500_000), ("1.2亿", 1.2e8),
     ("1.1万", 11_000), ("85%", 0.85), ("８５％", 0.85), ("-3", -3), ("−3", -3), ("＋7", 7), (" 5 ", 5), (".5", 0.5), ("5.", 5),
     ("1e5", 1e5)],
)  # fmt: skip
def test_numbers(cell: object, number: float) -> None:
    assert one(MINUTES, cell) == number
    assert type(one(MINUTES, cell)) is float


@pytest.mark.parametrize(
    "cell", ["1,23", "12,34,567", "abc", "5分钟", "nan", "inf", "9" * 400, ".", "1_000", "5²", "①", "½", True, DAY]
)
def test_what_is_no_number_is_left_as_it_is(cell: object) -> None:
    value = one(MINUTES, cell)
    assert value is cell


def test_whole_numbers_keep_their_fractions_for_the_finding() -> None:
    assert normalise(ATTENDEES, [5.0, "12", "3.5", 3.5]) == [5, 12, 3.5, 3.5]
    assert type(one(ATTENDEES, 5.0)) is int


@pytest.mark.parametrize("cell", ["是", "有", "√", "Y", "yes", "true", "1", 1.0, 1, True, "ＹＥＳ", " Yes ", "對"])
def test_yes(cell: object) -> None:
    assert one(EFFECTIVE, cell) == "yes"


@pytest.mark.parametrize("cell", ["否", "无", "×", "N", "no", "false", "0", 0.0, False])
def test_no(cell: object) -> None:
    assert one(EFFECTIVE, cell) == "no"


@pytest.mark.parametrize(
    "cell", ["基金客户沟通", "基金客戶溝通", "Fund talk", "fund_talk", "FUND TALK", "fundtalk", " 基金 客户沟通 "]
)
def test_choices_in_any_language_case_and_spacing(cell: str) -> None:
    assert one(KIND, cell) == "fund_talk"


def test_an_unknown_choice_is_left_as_it_is() -> None:
    assert normalise(KIND, ["基金", 7.0, DAY]) == ["基金", 7.0, DAY]


@pytest.mark.parametrize(
    ("cell", "kept"),
    [(13800138000.0, "13800138000"), ("１３８００１３８０００", "13800138000"), ("\u202d13800138000\u202c", "13800138000"),
     ("0086 138", "0086 138"), (5.0, "5"), ("007", "007"), (-0.0, "0"), (999_999_999_999_999.0, "999999999999999"),
     (110101199001011234, "110101199001011234")],
)  # fmt: skip
def test_phones_and_ids_keep_their_digits(cell: object, kept: str) -> None:
    assert one(MOBILE, cell) == one(CUSTOMER_ID, cell) == kept


@pytest.mark.parametrize("cell", [1e15, 110101199001011008.0, -1e15])
def test_a_number_that_has_lost_digits_is_no_id(cell: float) -> None:
    assert one(CUSTOMER_ID, cell) is one(MOBILE, cell) is cell


def test_an_id_that_became_a_date_is_left_for_its_finding() -> None:
    assert one(CUSTOMER_ID, DAY) is DAY


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("  再联系 ", "再联系"), (5.0, "5"), (0.1, "0.1"), (True, "TRUE"), (DAY, "2026-11-23"), (dt.time(9, 30), "09:30:00"),
     ("ＡＢ", "ＡＢ"), (NOON, "2026-11-23 12:00:00"), (dt.timedelta(hours=30), "1 day, 6:00:00")],
)  # fmt: skip
def test_text_is_kept_as_written(cell: object, kept: str) -> None:
    assert one(SUMMARY, cell) == kept


@pytest.mark.parametrize("cell", [None, "", "  ", "\u3000"])
@pytest.mark.parametrize(
    "column",
    [DATE, TIME, KIND, EFFECTIVE, MINUTES, ATTENDEES, SUMMARY, OPENED_AT, MOBILE],
    ids=lambda column: column.code,
)
def test_blank_is_none(column: Column, cell: object) -> None:
    assert normalise(column, [cell]) == [None]


@pytest.mark.parametrize(
    "column", [DATE, TIME, KIND, MINUTES, ATTENDEES, SUMMARY, OPENED_AT, MOBILE], ids=lambda column: column.code
)
def test_a_failed_formula_stays_one(column: Column) -> None:
    assert normalise(column, [CellError("#REF!")]) == [CellError("#REF!")]


def test_true_is_not_taken_for_one() -> None:
    assert normalise(MINUTES, [1.0, True, "1", False, 0.0]) == [1.0, True, 1.0, False, 0.0]
    assert [type(value) for value in normalise(MINUTES, [1.0, True])] == [float, bool]


def test_nothing_below_zero_is_zero() -> None:
    assert repr(normalise(MINUTES, [0.0, -0.0, "-0"])) == "[0.0, 0.0, 0.0]"
    assert repr(normalise(MINUTES, [-0.0, 0.0])) == "[0.0, 0.0]"


def test_what_was_read_stays_as_it_was() -> None:
    cells: list[object] = [DAY, None, DAY]
    assert normalise(DATE, cells) == cells
    assert normalise(DATE, cells) is not cells


def test_one_is_not_taken_for_true() -> None:
    assert [type(value) for value in normalise(ATTENDEES, [True, 1, 1.0, True])] == [bool, int, int, bool]
    assert [type(value) for value in normalise(CUSTOMER_ID, [1.0, True])] == [str, bool]


ANY = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.datetimes() | st.times()


@given(st.lists(ANY | st.timedeltas(), max_size=5))
def test_twice_is_the_same_as_once(cells: list[object]) -> None:
    for column in (*ACTIVITIES.columns, *CASES.columns, *CUSTOMERS.columns):
        once = normalise(column, cells)
        assert repr(normalise(column, once)) == repr(once)


@given(st.lists(ANY, max_size=8))
@example([False, 2**53 + 1])
def test_a_cell_means_the_same_whatever_stands_beside_it(cells: list[object]) -> None:
    for column in ACTIVITIES.columns:
        assert repr(normalise(column, cells)) == repr([one(column, cell) for cell in cells])
