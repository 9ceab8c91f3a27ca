"""A button among what people do to their log: undoing, filtering, hiding, protecting."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from openpyxl import load_workbook

from reportkit.definitions import words
from reportkit.definitions.errors import MendInput
from reportkit.definitions.forms import FORMS
from reportkit_addin import sentences as say
from reportkit_addin.outputs import FIRST, HEADINGS
from reportkit_addin.scripts import run
from reportkit_addin.writing import MARK
from tests.addin.conftest import TODAY
from xlwings_libreoffice.office import properties

pytestmark = pytest.mark.office
ACTIVITIES = FORMS["activities"].label.zh_cn
WRONG = "A20"


@pytest.fixture
def mistaken(log: xw.Book) -> xw.Sheet:
    """Return a sheet of the log with a cell to mend."""
    sheet = log.sheets[ACTIVITIES]
    sheet.range(WRONG).value = "下周一"
    return sheet


def looks(sheet: xw.Sheet) -> dict[str, Any]:
    """Return content and format of an output area and what is beside it."""
    return {
        cell.address: (cell.value, cell.color, cell.number_format, cell.font.color, cell.wrap_text)
        for cell in sheet.range((1, 1), (FIRST + 25, 12))
    }


@pytest.mark.parametrize(
    ("tag", "name", "button"),
    [
        ("check", words.FINDINGS, words.CHECK_BUTTON),
        pytest.param("today", words.DUE, words.TODAY_BUTTON, marks=pytest.mark.slow),
        pytest.param("week", words.WEEKLY, words.WEEK_BUTTON, marks=pytest.mark.slow),
    ],
)
def test_a_press_is_undone_in_one_step_and_wholly(log: xw.Book, tag: str, name: Any, button: Any) -> None:
    sheet, steps = log.sheets[name.zh_cn], log.api.getUndoManager()
    blank = looks(sheet)
    steps.clear()
    run(tag, log, TODAY)
    assert list(steps.getAllUndoActionTitles()) == [button.zh_cn]
    first = looks(sheet)
    steps.undo()
    assert looks(sheet) == blank
    steps.redo()
    assert looks(sheet) == first
    log.sheets[ACTIVITIES].range("A20:A25").value = "下周一"  # other rows, and more of them
    log.sheets[FORMS["customers"].label.zh_cn].range("A3:A40").value = None
    steps.clear()
    run(tag, log, TODAY)
    steps.undo()
    assert looks(sheet) == first
    assert log.sheets[ACTIVITIES].range(WRONG).color is None


def test_a_note_at_the_end_of_the_grid_is_in_nobodys_way(log: xw.Book) -> None:
    for tag, name in (("check", words.FINDINGS), ("today", words.DUE), ("week", words.WEEKLY)):
        corner = log.sheets[name.zh_cn].range("XFD6")
        corner.value = "我的备注"
        for _ in range(2):
            assert run(tag, log, TODAY)
        assert corner.value == "我的备注"


def test_findings_are_seen_whatever_was_filtered_or_hidden(log: xw.Book, mistaken: xw.Sheet) -> None:
    findings = log.sheets[words.FINDINGS.zh_cn]
    run("check", log, TODAY)
    rows = findings.used_range.last_cell.row
    findings.range((FIRST - 1, 1), (rows, len(HEADINGS[words.FINDINGS]))).autofilter.apply_values(5, ["Z99"])
    assert not findings.range(f"{FIRST}:{FIRST}").api.getRows().IsVisible
    log.sheets[ACTIVITIES].activate()
    findings.visible = False
    run("check", log, TODAY)
    assert findings.visible
    assert log.sheets.active == findings
    shown = [findings.api.getRows().getByIndex(row - 1).IsVisible for row in range(FIRST, rows + 1)]
    assert all(shown)


def test_links_lead_into_sheets_that_are_hidden_and_name_rows_that_are_filtered_out(
    log: xw.Book, mistaken: xw.Sheet
) -> None:
    findings = log.sheets[words.FINDINGS.zh_cn]
    run("check", log, TODAY)
    at = next(at for at in range(FIRST, FIRST + 20) if findings.range((at, 5)).value == WRONG)
    mistaken.visible = False
    findings.activate()
    findings.range((at, 5)).select()
    assert run("rows", log, TODAY) == f"{log.name} · {ACTIVITIES} {WRONG}"
    assert (log.sheets.active, mistaken.visible) == (mistaken, True)
    last = mistaken.used_range.last_cell.row
    mistaken.range((1, 1), (last, 12)).autofilter.apply_values(3, ["没有这一类"])
    findings.activate()
    with pytest.raises(MendInput) as refused:
        run("rows", log, TODAY)
    assert refused.value.text is say.ROW_HIDDEN
    assert (log.sheets.active, log.selection.address) == (mistaken, "$A$20")
    assert mistaken.range(WRONG).rows.hidden, "a filter stays"
    mistaken.visible = False
    log.api.protect("secret")
    findings.activate()
    with pytest.raises(MendInput) as refused:
        run("rows", log, TODAY)
    assert refused.value.text is say.STAYS_HIDDEN


def test_links_are_there_where_calculating_is_up_to_the_user(log: xw.Book, mistaken: xw.Sheet) -> None:
    log.api.enableAutomaticCalculation(False)
    for tag in ("check", "week"):
        run(tag, log, TODAY)
        cells = log.sheets[words.FINDINGS.zh_cn].range((FIRST, 5), (FIRST + 9, 5)).value
        assert WRONG in cells
        assert 0.0 not in cells
    assert not log.api.isAutomaticCalculationEnabled()


def test_a_sheet_the_workbook_keeps_hidden_is_filled_and_named(log: xw.Book, mistaken: xw.Sheet) -> None:
    for name in (words.FINDINGS, words.DUE, words.WEEKLY):
        log.sheets[name.zh_cn].visible = False
    log.api.protect("secret")
    for tag, name in (("check", words.FINDINGS), ("today", words.DUE), ("week", words.WEEKLY)):
        with pytest.raises(MendInput) as refused:
            run(tag, log, TODAY)
        assert refused.value.text is say.STAYS_HIDDEN
        assert refused.value.words == {"sheet": name.zh_cn}
        assert log.sheets[name.zh_cn].range((FIRST, 1)).value
    assert mistaken.range(WRONG).color == MARK


def test_what_is_filtered_hidden_or_in_sight_in_a_form_stays(log: xw.Book, mistaken: xw.Sheet) -> None:
    rows, columns = mistaken.api.getRows(), mistaken.api.getColumns()
    rows.getByIndex(30).IsVisible = columns.getByIndex(2).IsVisible = False
    mistaken.activate()
    mistaken.range("D40").select()
    view = log.api.getCurrentController()
    view.setFirstVisibleRow(25)
    for tag in ("check", "today", "week"):
        run(tag, log, TODAY)
    mistaken.activate()
    assert (log.selection.address, view.getFirstVisibleRow()) == ("$D$40", 25)
    assert not rows.getByIndex(30).IsVisible
    assert not columns.getByIndex(2).IsVisible


@pytest.mark.parametrize("tag", ["check", "week"])
def test_a_protected_form_is_coloured_and_protected_again(log: xw.Book, mistaken: xw.Sheet, tag: str) -> None:
    mistaken.api.protect("")
    run(tag, log, TODAY)
    assert mistaken.range(WRONG).color == MARK
    assert mistaken.api.isProtected()


def test_what_a_protected_form_allows_is_allowed_afterwards_and_after_undoing(
    app: xw.App, path: Path, tmp_path: Path
) -> None:
    saved = load_workbook(path)
    sheet = saved[ACTIVITIES]
    sheet[WRONG] = "下周一"
    sheet.protection.sheet, sheet.protection.sort, sheet.protection.autoFilter = True, False, False
    sheet.protection.insertRows = sheet.protection.formatCells = False
    saved.save(path)
    log = app.books.open(str(path))
    before = allowed(log, tmp_path / "before.xlsx")
    assert {"sort", "autoFilter", "insertRows", "formatCells"} <= before.keys()
    assert log.sheets[ACTIVITIES].range(WRONG).color is None
    run("check", log, TODAY)
    assert log.sheets[ACTIVITIES].range(WRONG).color == MARK
    assert allowed(log, tmp_path / "pressed.xlsx") == before
    log.api.getUndoManager().undo()
    assert log.sheets[ACTIVITIES].range(WRONG).color is None
    assert allowed(log, tmp_path / "undone.xlsx") == before


def allowed(log: xw.Book, copy: Path) -> dict[str, str]:
    """Return how a form is protected, as LibreOffice writes it into a file."""
    log.api.storeToURL(copy.as_uri(), properties(FilterName="Calc MS Excel 2007 XML"))
    protection = vars(load_workbook(copy)[ACTIVITIES].protection)
    return {name: value for name, value in protection.items() if not value}


@pytest.mark.parametrize("tag", ["check", "week"])
def test_a_password_keeps_colours_off_but_no_findings(log: xw.Book, mistaken: xw.Sheet, tag: str) -> None:
    mistaken.api.protect("secret")
    with pytest.raises(MendInput) as refused:
        run(tag, log, TODAY)
    assert refused.value.text is say.NOT_COLOURED
    assert refused.value.words == {"sheets": ACTIVITIES}
    assert WRONG in [cell.value for cell in log.sheets[words.FINDINGS.zh_cn].range((FIRST, 5), (FIRST + 9, 5))]
    assert log.sheets.active.name in (words.FINDINGS.zh_cn, words.WEEKLY.zh_cn)
