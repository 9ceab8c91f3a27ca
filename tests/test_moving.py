"""Formulas of an advisor's own follow the rows and columns they name, and keep their value where rows did not come along."""

import pytest

from reportkit.definitions.forms import FORMS
from reportkit.logs.moving import Moved, followed, is_cut_off

# Rows 2 to 5 went into an archive, 6 to 9 stand from row 2 on; what was in C is in D.
WORKTIME = Moved(
    FORMS["worktime"], "工时", {"A": "A", "B": "B", "C": "D"}, {6: 2, 7: 3, 8: 4, 9: 5}, {}, frozenset({2, 3, 4, 5})
)
MOVES = {"工时": WORKTIME}


@pytest.mark.parametrize(
    ("formula", "now"),
    [
        ("=工时!C7", "='工时与请假'!D3"),
        ("=SUM(工时!$C$6:$C$8)", "=SUM('工时与请假'!$D$2:$D$4)"),
        ("=SUM(工时!C2:C9999)", "=SUM('工时与请假'!D2:D9999)"),
        ("=SUM(工时!C7:INDEX(工时!C6:C9,2))", "=SUM('工时与请假'!D3:INDEX('工时与请假'!D2:D5,2))"),
        ('=C7&"工时!C7"&计划!C7:C8', '=C7&"工时!C7"&计划!C7:C8'),
    ],
)
def test_a_formula_follows_cells_and_ranges_of_a_form(formula: str, now: str) -> None:
    assert not is_cut_off(formula, "我的计划", MOVES)
    assert followed(formula, "我的计划", MOVES, "zh-CN") == now


@pytest.mark.parametrize(
    ("formula", "cut"),
    [
        ("=工时!C5", True),
        ("=SUM(工时!C2:C5)", True),  # a month of last year's
        ("=SUM(工时!C$2:C7)", True),  # a sum so far
        ("=SUM(工时!C6:C9)", False),
        ("=SUM(工时!C2:C10)", False),  # it ends below the rows: of all there are
    ],
)
def test_a_formula_on_rows_that_went_keeps_its_value(formula: str, cut: bool) -> None:
    assert is_cut_off(formula, "我的计划", MOVES) is cut
