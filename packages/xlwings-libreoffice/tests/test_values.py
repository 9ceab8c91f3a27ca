"""What is put into cells comes back."""

from __future__ import annotations

import datetime as dt
import decimal
import fractions
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw

from xlwings_libreoffice import values


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        -0.0001,
        1e300,
        "text",
        "张伟 éöà 😀",
        "two\nlines",
        "007",
        "1-2-2020",
        "+1",
        "'quoted",
        "TRUE",
        "=",
        True,
        False,
        None,
        dt.datetime(2020, 12, 31, 12, 12, 20),
        dt.datetime(1962, 11, 3),
        dt.datetime(2024, 2, 29, 23, 59, 59, 999000),
    ],
)
def test_a_value_comes_back_as_it_was(sheet: xw.Sheet, value: Any) -> None:
    sheet["B2"].value = value
    found = sheet["B2"].value
    assert (found, type(found)) == (value, type(value))


def test_a_block_comes_back_as_it_was(sheet: xw.Sheet) -> None:
    day = dt.datetime(2024, 1, 2)
    rows = [[1.0, "a", None, day], [None, "b", True, None], [day, False, "", 2.5]]
    sheet["C3"].value = rows
    rows[2][2] = None  # an empty text is an empty cell, as in Excel
    assert sheet["C3:F5"].value == rows


@pytest.mark.parametrize(
    ("code", "serial", "time"),
    [
        ("hh:mm", 0.0, dt.time()),
        ("hh:mm:ss", 0.5, dt.time(12)),
        ('h"时"mm"分"', 0.25, dt.time(6)),
        ("hh:mm", 46350.5, dt.datetime(2026, 11, 24, 12)),
        ("[h]:mm", 1.5, dt.timedelta(hours=36)),
        ("[h]:mm", 0.0, dt.timedelta()),
        ("[Red]0.00", 0.5, 0.5),
        ("yyyy-mm-dd hh:mm", 46350.5, dt.datetime(2026, 11, 24, 12)),
    ],
)
def test_times_are_numbers_unless_they_are_asked_for(sheet: xw.Sheet, code: str, serial: float, time: Any) -> None:
    sheet["B2:B3"].number_format = code
    sheet["B2:B3"].value = [[serial], [serial]]
    for cells in ("B2", "A1:C3"):
        told = sheet[cells].options(ndim=2, times=True).value
        assert told[-1][-1 if cells == "B2" else 1] == time
    if not isinstance(time, dt.datetime):
        assert sheet["B3"].value == serial


def test_a_date_is_given_a_date_format_unless_the_cell_has_one(sheet: xw.Sheet) -> None:
    sheet["B1"].number_format = "dd/mm/yyyy"
    sheet["A1:B1"].value = [dt.date(2024, 1, 2), dt.date(2024, 1, 2)]
    sheet["A2"].value = dt.datetime(2024, 1, 2, 3, 4)
    formats = [sheet[cell].number_format for cell in ("A1", "B1", "A2")]
    assert formats == ["yyyy-mm-dd", "dd/mm/yyyy", "yyyy-mm-dd hh:mm:ss"]


def test_a_number_after_a_truth_value_is_a_number(sheet: xw.Sheet) -> None:
    sheet["A1:A3"].value = [[True], [False], [True]]
    sheet["A1:A2"].value = [[1], [5]]
    assert sheet["A1:A3"].value == [1.0, 5.0, True]
    assert sheet["A1"].value is not True


def test_truth_values_of_files_are_some_whatever_their_format(sheet: xw.Sheet, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for row, (value, code) in enumerate([(True, "yyyy-mm-dd"), (False, "hh:mm"), (True, "0"), (1, "0")], 1):
        made.active.cell(row, 1, value).number_format = code
    made.save(tmp_path / "truths.xlsx")
    book = sheet.book.app.books.open(str(tmp_path / "truths.xlsx"))
    cells = book.sheets[0]["A1:A4"].value
    assert [(cell, type(cell)) for cell in cells] == [(True, bool), (False, bool), (True, bool), (1.0, float)]
    assert book.sheets[0]["A3"].value is True
    book.close()


def test_errors_are_none_or_their_text(sheet: xw.Sheet) -> None:
    sheet["A1"].formula = [["=1/0"], ["=NA()"], ["=FOO(1)"], ["=SQRT(-1)"], ['=VALUE("x")']]
    assert sheet["A1:A5"].value == [None] * 5
    texts = sheet["A1:A5"].options(err_to_str=True).value
    assert texts[:4] == ["#DIV/0!", "#N/A", "#NAME?", "#NUM!"]
    assert sheet["A1"].options(err_to_str=True).value == "#DIV/0!"


def test_a_text_starting_with_an_equals_sign_becomes_a_formula(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, "=A1+1", "=B1*2"], [10, "=A2+1", "=B2*2"]]
    assert sheet["A1:C2"].value == [[1.0, 2.0, 4.0], [10.0, 11.0, 22.0]]


def test_in_text_cells_it_stays_a_text(sheet: xw.Sheet) -> None:
    sheet["A1:A3"].number_format = "@"
    sheet["A1"].value = [["=1+1", "=1+1"], ["=2+2", 5], ["007", "x"]]
    assert sheet["A1:B3"].value == [["=1+1", 2.0], ["=2+2", 5.0], ["007", "x"]]
    sheet["A1"].value = "=cmd|' /C calc'!A0"
    assert sheet["A1"].value == "=cmd|' /C calc'!A0"
    sheet["A1:A3"].value = "=1+1"
    assert sheet["A1:A3"].value == ["=1+1"] * 3


def test_a_formula_for_a_range_moves_its_references_along(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, 2], [3, 4]]
    sheet["D1:E2"].value = "=A1*10"
    assert sheet["D1:E2"].value == [[10.0, 20.0], [30.0, 40.0]]


def test_a_scalar_fills_a_range(sheet: xw.Sheet) -> None:
    sheet["A1:B2"].value = "x"
    assert sheet["A1:C3"].value == [["x", "x", None], ["x", "x", None], [None] * 3]


def test_whole_rows_are_read_without_their_empty_end_moving(sheet: xw.Sheet) -> None:
    sheet["B2"].value = [[1, 2], [3, 4]]
    row = sheet["3:3"].value
    assert (len(row), row[:4]) == (sheet.cells.shape[1], [None, 3.0, 4.0, None])


def test_a_large_block_comes_back_as_it_was(sheet: xw.Sheet) -> None:
    day = dt.datetime(2024, 5, 6)
    rows = [[f"text {i % 7}", float(i), day, None] + [i * 0.5] * 10 for i in range(7_500)]
    sheet["A1"].value = rows
    assert sheet["A1"].expand().value[-1][0] == "text 2"
    assert sheet["A1:N7500"].value == rows


@pytest.fixture
def mixed(sheet: xw.Sheet) -> xw.Sheet:
    """Columns of one format and of several, numbers beside texts, constants and formulas."""
    day, hour = dt.datetime(2024, 5, 6), 0.40625
    for row in range(40):
        other = bool(row % 3)
        sheet.range(2 + row, 2).value = [
            day,
            day if other else 7,
            other,
            1,
            hour,
            "",
            "text",
            hour,
            day if other else "",
        ]
    sheet["B1:J1"].value = ["day", "some days", "true", "percent", "time", "failed", "text", "duration", "sparse"]
    formats = {"E": "0%", "F": "hh:mm", "I": "[h]:mm", "H": "@"}
    for column, code in formats.items():
        sheet[f"{column}2:{column}41"].number_format = code
    sheet["G2:G9"].formula = [["=1/0"], ["=NA()"], ["=B2+1"], ["=D3=TRUE()"], ['=""'], ["=TODAY()"], ["=1+1"], ["=A1"]]
    sheet["G4"].number_format = "yyyy-mm-dd"
    sheet["G7"].number_format = "yyyy-mm-dd hh:mm"
    sheet["B3:J3"].color = "#ffff00"
    return sheet


def test_a_block_is_read_as_its_cells_are(mixed: xw.Sheet) -> None:
    block = mixed["A1:L45"].options(err_to_str=True).value
    cells = [
        [mixed.range(row, column).options(err_to_str=True).value for column in range(1, 13)] for row in range(1, 46)
    ]
    assert block == cells
    kinds = [[type(value) for value in row] for row in block]
    assert kinds == [[type(value) for value in row] for row in cells]
    assert kinds[2][1:7] == [dt.datetime, dt.datetime, bool, float, float, str]
    assert [row[6] for row in block[1:3]] == ["#DIV/0!", "#N/A"]
    assert (block[3][6], type(block[6][6]), block[5][6]) == (dt.datetime(2024, 5, 7), dt.datetime, None)


def test_many_columns_of_numbers_between_texts_are_read_as_their_cells_are(sheet: xw.Sheet) -> None:
    day = dt.datetime(2024, 5, 6)
    rows = [
        ["text" if column % 2 else [1.5, day, True][(row + column) % 3] for column in range(30)] for row in range(20)
    ]
    sheet["B2"].value = rows
    assert sheet["B2:AE21"].value == rows
    assert [type(value) for value in sheet["B2:AE2"].value] == [type(value) for value in rows[0]]


def test_ranges_that_do_not_meet_are_null(sheet: xw.Sheet) -> None:
    formulas = ["=SUM(A1 A2)", "=A1:A3 B1:B3", "=A1:A3 A2:B9", "=#REF!", '=INDIRECT("A1 A2")']
    sheet["D1"].formula = [[text] for text in formulas]
    texts = sheet["D1:D5"].options(err_to_str=True).value
    assert (texts[:2], texts[3:]) == (["#NULL!"] * 2, ["#REF!"] * 2)


def test_numpy_and_pandas_scalars_are_prepared() -> None:
    numpy = pytest.importorskip("numpy")
    pandas = pytest.importorskip("pandas")
    assert values.prepare(numpy.float32(0.5)) == 0.5
    assert values.prepare(numpy.int64(3)) == 3.0
    assert values.prepare(numpy.bool_(True)) is True
    assert values.prepare(numpy.datetime64("2024-01-02T03:04:05")) == dt.datetime(2024, 1, 2, 3, 4, 5)
    assert values.prepare(numpy.datetime64("2024-01-02T03:04:05", "ns")) == dt.datetime(2024, 1, 2, 3, 4, 5)
    assert [values.prepare(empty) for empty in (float("nan"), numpy.nan, pandas.NaT, pandas.NA, None)] == [""] * 5
    assert type(values.prepare(pandas.Timestamp("2024-01-02"))) is dt.datetime
    assert values.prepare(dt.time(12)) == values.prepare(dt.timedelta(hours=12)) == 0.5


class Odd(str):
    """A text of a class that only this program knows."""


def test_numbers_and_texts_of_other_classes(sheet: xw.Sheet) -> None:
    np = pytest.importorskip("numpy", reason="numpy is not installed here")
    hour = np.timedelta64(3_600_000_000_000, "ns")
    sheet["A1"].value = [
        [decimal.Decimal("1.25"), decimal.Decimal("NaN"), fractions.Fraction(1, 4), hour, np.str_("=1+1"), Odd("x")]
    ]
    assert sheet["A1:F1"].value == [1.25, None, 0.25, pytest.approx(1 / 24), 2.0, "x"]


@pytest.mark.parametrize("value", [float("inf"), float("-inf")])
def test_an_infinite_number_is_an_error_that_a_file_can_hold(sheet: xw.Sheet, tmp_path: Path, value: float) -> None:
    sheet["A1"].value = [[value, 1.5]]
    assert sheet["A1:B1"].options(err_to_str=True).value == ["#NUM!", 1.5]
    sheet.book.save(tmp_path / "infinite.xlsx")
    assert openpyxl.load_workbook(tmp_path / "infinite.xlsx", data_only=True).active["A1"].value == "#NUM!"


def test_merged_cells_hold_one_value(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[None, 2, 5], [3, 4, 6]]
    sheet["A1:B2"].merge()
    assert sheet["A1:C2"].value == [[2, None, 5], [None, None, 6]]
    sheet["A1"].value = [[7, 8, 9], [10, 11, 12]]
    assert sheet["A1:C2"].value == [[7, None, 9], [None, None, 12]]
    sheet["B2"].unmerge()
    assert (sheet["A1"].merge_cells, sheet["A1:B2"].value) == (False, [[7, None], [None, None]])
    sheet["A4"].value = [[1, 2], [None, 3]]
    sheet["A4:B5"].merge(across=True)
    assert (sheet["A4:B5"].value, sheet["A5"].merge_area.address) == ([[1, None], [3, None]], "$A$5:$B$5")


def test_dates_and_truth_values_between_others_get_their_formats_at_once(sheet: xw.Sheet) -> None:
    rows = [[dt.datetime(2026, 1, 1) if row % 2 else row, row % 3 == 0, "x"] for row in range(400)]
    link = sheet.impl.book.app.office.link
    asked: list[str] = []
    original = link.ask
    link.ask = lambda verb, *arguments: (asked.append(verb), original(verb, *arguments))[1]
    try:
        sheet["A1"].value = rows
    finally:
        del link.ask
    assert sheet["A1:C400"].value == rows
    assert len(asked) < 100  # one by one they would be over a thousand


def test_empty_and_narrow_blocks(sheet: xw.Sheet) -> None:
    sheet["A1"].value = []
    assert sheet["A1"].value is None
    sheet["A1"].value = [1, 2, 3]
    sheet["A2"].options(transpose=True).value = [4, 5]
    assert sheet["A1:C1"].value == [1, 2, 3]
    assert sheet["A2:A3"].value == [4, 5]
    assert sheet["A2:A3"].options(ndim=2).value == [[4], [5]]
    assert sheet["A1"].options(ndim=2).value == [[1]]
    assert sheet["D9:E9"].options(ndim=2).value == [[None, None]]
