"""A fresh log in a live office: its board, answers, dropdowns, tables and red cells go on where the long log stopped."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw
from openpyxl.formula.translate import Translator

from reportkit.definitions import words
from reportkit.definitions.columns import Form
from reportkit.definitions.forms import ACTIVITIES, CASES, FORMS
from reportkit.definitions.settings_forms import FAQ
from reportkit.logs.renew import renew
from reportkit.read.archives import rows_meant
from reportkit.read.workbook import read_book
from reportkit.settings.branch_settings import default_settings
from reportkit.workbooks.faq_sheet import FIRST
from reportkit.workbooks.lists import header_row
from tests.addin.conftest import TODAY

pytestmark = pytest.mark.office
CUT = dt.date(2026, 11, 23)  # the Monday of that week
DAYS = (TODAY, CUT)


@pytest.mark.slow
def test_what_the_long_log_showed_the_fresh_one_shows(app: xw.App, path: Path) -> None:
    answered_from_the_list(path)
    before = shown(app.books.open(str(path)))
    app.books[path.name].close()
    assert renew([path], TODAY, today=TODAY)[0].state == "renewed"
    log = app.books.open(str(path))
    assert shown(log) == before
    assert max(before["used"]) > 0
    assert board_on(log, CUT)["says"] == ""
    assert "2026-11-23" in board_on(log, CUT - dt.timedelta(days=1))["says"]
    archived = next((path.parent.parent / "archive" / "2026").glob("A001*"))
    case = str(rows_meant(read_book(archived, FORMS).sheets["cases"])[0]["case_id"])
    for form in FORMS.values():
        grows(log, form)
    typed = ({"case_id": "NEU-1", "repeat_of": case}, {"case_id": case, "repeat_of": "X"})
    assert red_cells(log, path, CASES, *typed) == [set(), {"case_id", "repeat_of"}]
    offers = log.sheets[ACTIVITIES.label.zh_cn].range(free_row(log, ACTIVITIES), 4).api.Validation
    assert (offers.Type.value, offers.getFormula1()) == ("LIST", "customers_ids")


def answered_from_the_list(path: Path) -> None:
    """Answer the oldest cases of a log from its list of answers."""
    book = openpyxl.load_workbook(path)
    at = list(CASES.column).index("resolution") + 1
    for row, entry in enumerate(default_settings("zh-CN").faq[:3], 2):
        book[CASES.label.zh_cn].cell(row, at, entry.question)
    book.save(path)


def shown(log: xw.Book) -> dict[str, Any]:
    """Return the board of some days, and how often each answer was used."""
    answers = log.sheets[FAQ.label.zh_cn].range(FIRST + 1, len(FAQ.columns) + 1).expand("down")
    return {"boards": [board_on(log, day) for day in DAYS], "used": answers.value}


def board_on(log: xw.Book, day: dt.date) -> dict[str, Any]:
    """Return what the board shows of a day that is typed into it."""
    board = log.sheets[words.TODAY.zh_cn]
    board.range("C3").value = day
    log.app.calculate()
    return {
        "tiles": board.range("B6:D6").value,
        "says": board.range("E6").value or "",
        "lines": board.range("B9:G30").value,
    }


def free_row(log: xw.Book, form: Form) -> int:
    """Return the first row below those of a form's sheet."""
    sheet = log.sheets[form.label.zh_cn]
    filled = sheet.range((1, 1), (9000, 1)).value
    return 1 + max(at for at, cell in enumerate(filled, 1) if cell is not None)


def grows(log: xw.Book, form: Form) -> None:
    """Fail unless the table of a form, its checks and its red cells reach below the rows that stayed."""
    sheet, row = log.sheets[form.label.zh_cn], free_row(log, form)
    area = log.api.DatabaseRanges.getByName(form.code).DataArea
    assert area.StartRow <= row - 2 <= area.EndRow + 1, form.code
    assert sheet.range(row, 1).api.Validation.Type.value != "ANY", form.code
    assert sheet.range(row, 1).api.ConditionalFormat.Count > 0, form.code


def red_cells(log: xw.Book, path: Path, form: Form, *rows: dict[str, str]) -> list[set[str]]:
    """Type rows below those of a form; return the columns of each that its rules call wrong, asked in cells beside."""
    sheet, first = log.sheets[form.label.zh_cn], free_row(log, form)
    rules = openpyxl.load_workbook(path)[form.label.zh_cn].conditional_formatting
    formula_of = {str(area.sqref).rstrip("0123456789"): area.rules[0].formula[0] for area in rules}  # by `B2:B`
    beside: dict[str, xw.Range] = {}
    found = []
    for at, row in enumerate(rows, first):
        for code, value in row.items():
            cell = sheet.range(at, list(form.column).index(code) + 1)
            cell.value = value
            letter = cell.get_address(False, False).rstrip("0123456789")
            rule = formula_of[f"{letter}{header_row(form) + 2}:{letter}"]
            beside[code] = sheet.range(at, 60 + len(beside))
            place = beside[code].get_address(False, False)
            origin = f"{place.rstrip('0123456789')}{header_row(form) + 2}"  # of the rows alone, columns stay
            beside[code].formula = Translator(f"={rule}", origin).translate_formula(place)
        log.app.calculate()
        found.append({code for code in row if beside[code].value})
    return found
