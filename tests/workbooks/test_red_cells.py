"""Which cells turn red: the conditional formats, calculated by LibreOffice beside the rows they judge."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

from reportkit.definitions.columns import Form
from reportkit.definitions.forms import ACTIVITIES, CASES, CUSTOMERS, FORMS
from reportkit.workbooks.lists import header_row
from tests.office import convert
from tests.workbooks.conftest import WEDNESDAY

pytestmark = pytest.mark.office
ASIDE = 40  # a column beyond every form, where the formulas are written to be calculated
TOMORROW = dt.date(2099, 1, 1)
GOOD_CUSTOMER = {"customer_id": "C1", "name": "甲", "assigned_on": WEDNESDAY}
GOOD_CASE = {"case_id": "K1", "opened_at": dt.datetime(2026, 11, 2, 9), "category": "fees", "status": "open"}
TALK = {"date": WEDNESDAY, "kind": "fund_talk", "customer_id": "C1", "effective": "yes"}
Row = dict[str, object]
JUDGED: dict[str, list[tuple[Row, set[str]]]] = {
    "customers": [
        (GOOD_CUSTOMER, set()),
        ({**GOOD_CUSTOMER, "customer_id": "C1"}, {"customer_id"}),
        ({"customer_id": 7, "name": "乙"}, {"assigned_on"}),
        ({**GOOD_CUSTOMER, "customer_id": "C3", "assigned_on": "昨天", "risk": "大胆"}, {"assigned_on", "risk"}),
        ({**GOOD_CUSTOMER, "customer_id": "C4", "assets": -1, "work_years": 81}, {"assets", "work_years"}),
        ({**GOOD_CUSTOMER, "customer_id": "C5", "email": "li", "referred_by": "X9"}, {"email", "referred_by"}),
        ({**GOOD_CUSTOMER, "customer_id": "C" * 33, "risk": "Balanced", "status": "正常 "}, {"customer_id"}),
    ],
    "activities": [
        (TALK, set()),
        ({**TALK, "customer_id": "7", "effective": "√", "kind": "fund_talk"}, set()),
        ({**TALK, "customer_id": " C1 "}, set()),  # it counts
        ({**TALK, "customer_id": "c1"}, {"customer_id"}),
        ({**TALK, "customer_id": "C*"}, {"customer_id"}),
        ({**TALK, "date": TOMORROW}, {"date"}),
        ({**TALK, "date": "2026.11.23", "customer_id": "X9"}, {"date", "customer_id"}),
        ({**TALK, "customer_id": None}, {"customer_id"}),
        ({"date": WEDNESDAY, "kind": "market_view"}, set()),
        ({"date": WEDNESDAY, "kind": "盘面观点", "customer_id": "C1"}, {"customer_id"}),
        ({**TALK, "next_on": dt.date(2026, 11, 24), "satisfaction": 6}, {"next_on", "satisfaction"}),
        ({**TALK, "attendees": 1.5, "minutes": "50万", "channel": "飞鸽"}, {"attendees", "minutes", "channel"}),
        ({"summary": "只有摘要"}, {"date", "kind"}),
        ({}, set()),
    ],
    "cases": [
        (GOOD_CASE, set()),
        ({**GOOD_CASE, "case_id": "K2", "responded_at": dt.datetime(2026, 11, 2, 8)}, {"responded_at"}),
        ({**GOOD_CASE, "case_id": "K3", "repeat_of": "K1"}, set()),
        ({**GOOD_CASE, "case_id": "K3", "repeat_of": "K9"}, {"case_id", "repeat_of"}),
        ({**GOOD_CASE, "case_id": "K4", "repeat_of": "OLD-1"}, set()),  # it stands in an archive
        ({**GOOD_CASE, "case_id": "7", "repeat_of": "K1"}, {"case_id"}),
    ],
}


def red_cells(path: Path, forms: list[Form]) -> dict[str, list[set[str]]]:
    """Return form → for each of its rows the columns that are red."""
    book = openpyxl.load_workbook(path)
    for form in forms:
        sheet = book[form.label.zh_cn]
        first = header_row(form) + 2
        for area, rules in list(sheet.conditional_formatting._cf_rules.items()):
            start, _, end = str(area.sqref).partition(":")
            if start.rstrip("0123456789") != end.rstrip("0123456789"):
                continue  # the rules between rows
            at = openpyxl.utils.cell.coordinate_to_tuple(start)[1]
            for row in range(first, first + len(JUDGED[form.code])):
                cell = sheet.cell(row, ASIDE + at)
                origin = f"{cell.column_letter}{first}"
                cell.value = Translator(f"={rules[0].formula[0]}", origin).translate_formula(cell.coordinate)
    book.save(path.with_name("judged.xlsx"))
    calculated = convert(path.with_name("judged.xlsx"), "xlsx", path.parent / "calculated")
    done = openpyxl.load_workbook(calculated, data_only=True)
    return {form.code: [_red(done[form.label.zh_cn], form, row) for row in _rows(form)] for form in forms}


def _rows(form: Form) -> range:
    first = header_row(form) + 2
    return range(first, first + len(JUDGED[form.code]))


def _red(sheet: openpyxl.worksheet.worksheet.Worksheet, form: Form, row: int) -> set[str]:
    return {code for at, code in enumerate(form.column, 1) if sheet[f"{get_column_letter(ASIDE + at)}{row}"].value}


def test_the_cells_that_are_wrong_turn_red_and_no_others(log: Callable[..., Path]) -> None:
    rows = {form: [row for row, _ in judged] for form, judged in JUDGED.items()}
    found = red_cells(log(rows, archived={"case_id": ["OLD-1", "7"]}), [CUSTOMERS, ACTIVITIES, CASES])
    assert found == {form: [wrong for _, wrong in judged] for form, judged in JUDGED.items()}


def test_every_column_that_can_be_wrong_has_its_rule(blank: openpyxl.Workbook) -> None:
    for form in FORMS.values():
        sheet = blank[form.label.zh_cn]
        ruled = {str(area.sqref).split(":")[0] for area in sheet.conditional_formatting}
        first = header_row(form) + 2
        for at, column in enumerate(form.columns, 1):
            if column.required or column.kind not in ("text", "id", "phone"):
                assert f"{get_column_letter(at)}{first}" in ruled, (form.code, column.code)
