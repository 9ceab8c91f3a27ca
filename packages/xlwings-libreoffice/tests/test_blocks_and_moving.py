"""Scattered cells as rectangles, and formulas that move along."""

from __future__ import annotations

import pytest
import xlwings as xw

from xlwings_libreoffice.addresses import Area
from xlwings_libreoffice.blocks import blocks, covered
from xlwings_libreoffice.moving import Moving


def test_cells_are_joined_into_rectangles() -> None:
    assert blocks([]) == []
    assert blocks([(2, 1), (1, 1), (1, 2), (2, 2), (5, 1)]) == [Area(1, 1, 2, 2), Area(5, 1, 1, 1)]
    assert blocks([(1, 1), (1, 3)]) == [Area(1, 1, 1, 1), Area(1, 3, 1, 1)]
    scattered = {(row, column) for row in range(20) for column in range(20) if (row * 7 + column * 3) % 5}
    found = [
        (row, column)
        for area in blocks(scattered)
        for row in range(area.row, area.last_row + 1)
        for column in range(area.column, area.last_column + 1)
    ]
    assert sorted(found) == sorted(scattered)  # each once


def test_which_cells_lie_in_areas() -> None:
    cells = [(1, 1), (5, 5), (9, 9)]
    assert covered(cells, []) == set()
    assert covered(cells, [Area(1, 1, 1, 1), Area(5, 5, 1, 1)]) == {(1, 1), (5, 5)}
    assert covered(cells, [Area(1, 1, 1_000_000, 5)]) == {(1, 1), (5, 5)}


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("=A1+$A1+A$1+$A$1", "=B3+$A3+B$1+$A$1"),
        ("=SUM($Sheet1.A1:$'B 2'.C3;A:A;$A:A;1:1;$1:1)", "=SUM($Sheet1.B3:$'B 2'.D5;B:B;$A:B;3:3;$1:3)"),
        ('="A1"&LOG10(A1)&Tax2026x&Rate.A1', '="A1"&LOG10(B3)&Tax2026x&Rate.A1'),
        ("={1;2|3;4}*Table1[A1]+1.5E3+#N/A", "={1;2|3;4}*Table1[A1]+1.5E3+#N/A"),
        ("=XFD1+A1048576+ZZZ1", "=#REF!+#REF!+ZZZ1"),
        ("='file:///a/B1.xlsx'#$Sheet1.A1", "='file:///a/B1.xlsx'#$Sheet1.B3"),
    ],
)
def test_relative_references_move_and_nothing_else(formula: str, moved: str) -> None:
    assert Moving(formula).at(0, 0) == formula
    assert Moving(formula).at(2, 1) == moved


def test_formats_outlast_a_formula_filled_over_them(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[row, row * 10] for row in range(1, 6)]
    sheet["D2"].number_format, sheet["E3"].color = "0.00", (255, 0, 0)
    sheet["D1:E5"].formula = '=A1*2&""'
    assert sheet["D1:E5"].value == [[str(row * 2), str(row * 20)] for row in range(1, 6)]
    assert sheet["D5:E5"].formula == (('=A5*2&""', '=B5*2&""'),)
    assert (sheet["D2"].number_format, sheet["D3"].number_format) == ("0.00", "General")
    assert (sheet["E3"].color, sheet["E4"].color) == ((255, 0, 0), None)


def test_a_constant_fills_as_it_is(sheet: xw.Sheet) -> None:
    sheet["A1:A3"].formula = "Item 1"
    sheet["B1:B3"].formula = 5
    assert sheet["A1:B3"].value == [["Item 1", 5.0]] * 3
