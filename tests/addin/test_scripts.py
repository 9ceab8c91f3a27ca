"""The buttons of the advisor, pressed in a real LibreOffice."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
import xlwings as xw

from reportkit.definitions import words
from reportkit.definitions.errors import MendInput, TryLater
from reportkit.definitions.figures import BLANK
from reportkit.definitions.forms import FORMS
from reportkit.definitions.identity import PROPERTIES
from reportkit.logs.renew import renew
from reportkit.read.archives import year_of
from reportkit.settings.nearby import settings_near
from reportkit.summary.drilldown import behind
from reportkit.summary.flow import work_from_file, work_from_raw
from reportkit.summary.summaries import AdvisorSummary, advisor_json, due_json, summarise
from reportkit.workbooks.cells import period_and_unit
from reportkit.workbooks.style import ROW_HEIGHT
from reportkit_addin import sentences as say
from reportkit_addin import writing
from reportkit_addin.colours import MIXED, coloured, parts_of
from reportkit_addin.files import refuse_protected_view
from reportkit_addin.live import EXCEL_IS_BUSY, at_work, identity_of, properties_of
from reportkit_addin.outputs import FIRST
from reportkit_addin.reading import read_open
from reportkit_addin.scripts import run
from reportkit_addin.writing import MARK
from tests.addin.conftest import ADVISOR, TODAY, WEEK

pytestmark = pytest.mark.office
ACTIVITIES = FORMS["activities"].label.zh_cn


def terminal(path: Path) -> AdvisorSummary:
    settings = settings_near(path)
    return summarise(work_from_file(path, settings, TODAY), settings, WEEK, TODAY)


def shown(book: xw.Book, sheet: str) -> list[list[Any]]:
    """Return the filled rows of an output area."""
    used = book.sheets[sheet].used_range.last_cell
    rows = book.sheets[sheet].range((FIRST, 1), (max(used.row, FIRST), used.column)).options(ndim=2).value
    return [row for row in rows if row[0] is not None]


def everything(book: xw.Book, but: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return what every cell of a workbook holds, as typed."""
    return {sheet.name: sheet.used_range.formula for sheet in book.sheets if sheet.name not in but}


def test_an_open_log_gives_the_figures_and_findings_of_its_file(log: xw.Book, path: Path) -> None:
    later, sheet = dt.datetime(2027, 10, 12), log.sheets[ACTIVITIES]
    sheet.range("A9").value, sheet.range("L11").value = later, dt.datetime(2020, 1, 2)  # days are named in findings
    log.save()
    settings, closed = settings_near(path), terminal(path)
    assert {"2027-10-12", "2020-01-02"} <= {found.value for found in closed.findings}
    live = summarise(work_from_raw(read_open(log, FORMS), settings, TODAY), settings, WEEK, TODAY)
    assert live.advisor_id == ADVISOR
    assert advisor_json(live, "zh-CN") == advisor_json(closed, "zh-CN")
    assert due_json(TODAY, live.due) == due_json(TODAY, closed.due)
    assert [found.as_json("zh-CN") for found in live.findings] == [found.as_json("zh-CN") for found in closed.findings]


def test_whose_log_it_is_can_also_be_read_from_its_start_page(log: xw.Book) -> None:
    known = identity_of(log)
    for name in PROPERTIES.values() & properties_of(log).keys():
        log.api.getDocumentProperties().UserDefinedProperties.removeProperty(name)
    said = identity_of(log)
    assert (said.advisor_id, said.advisor_name, said.branch, said.language) == (
        known.advisor_id, known.advisor_name, known.branch, "zh-CN"
    )  # fmt: skip


def test_check_lists_every_finding_and_colours_the_cells_to_mend(log: xw.Book, path: Path) -> None:
    findings = terminal(path).findings
    run("check", log, TODAY)
    rows = shown(log, words.FINDINGS.zh_cn)
    assert [(row[1], row[2], row[4], row[7]) for row in rows] == [
        (found.place.sheet, found.place.row, found.place.cell, found.code) for found in findings
    ]
    assert {log.sheets[row[1]].range(row[4]).color for row in rows if row[0] == "错误"} == {MARK}
    assert log.sheets.active.name == words.FINDINGS.zh_cn
    target = log.sheets[words.FINDINGS.zh_cn].range((FIRST, 5)).formula
    assert target == f'=HYPERLINK("#\'{rows[0][1]}\'!{rows[0][4]}","{rows[0][4]}")'


def test_a_bad_cell_turns_red_and_loses_only_our_colour_once_mended(log: xw.Book) -> None:
    sheet = log.sheets[ACTIVITIES]
    good, theirs = sheet.range("A5").value, (255, 255, 0)
    sheet.range("A5").value = "下周一"
    sheet.range("A6").color = theirs
    sheet.range("A6").value = "另一天"
    run("check", log, TODAY)
    listed = [row[4] for row in shown(log, words.FINDINGS.zh_cn) if row[1] == ACTIVITIES]
    assert {"A5", "A6"} <= set(listed)
    assert (sheet.range("A5").color, sheet.range("A6").color) == (MARK, theirs)
    sheet.range("A5").value = good
    run("check", log, TODAY)
    assert "A5" not in [row[4] for row in shown(log, words.FINDINGS.zh_cn) if row[1] == ACTIVITIES]
    assert (sheet.range("A5").color, sheet.range("A6").color) == (None, theirs)


def red_cells(book: xw.Book) -> set[tuple[str, str]]:
    """Return sheet and cell of everything that has our colour, cell by cell."""
    found = set()
    for form in FORMS.values():
        sheet = book.sheets[form.label.zh_cn]
        for part in coloured(sheet, MARK):
            found |= {(sheet.name, cell.get_address(False, False)) for cell in part}
    return found


def to_mend(book: xw.Book) -> set[tuple[str, str]]:
    """Return sheet and cell of the findings listed that are marked."""
    rows = shown(book, words.FINDINGS.zh_cn)
    return {(row[1], row[4]) for row in rows if row[4] and (row[0] == "错误" or row[7].startswith("value."))}


def test_marks_go_wherever_rows_were_sorted_to(log: xw.Book) -> None:
    sheet = log.sheets[ACTIVITIES]
    good = sheet.range("A5").value
    sheet.range("A5").value = "下周一"
    run("check", log, TODAY)
    assert red_cells(log) == to_mend(log)
    sheet.tables["activities"].sort([3, 4], [False, False])
    moved = next(cell for cell in sheet.range("A3:A300") if cell.value == "下周一")
    assert (moved.row, moved.color) != (5, None)
    assert red_cells(log) != to_mend(log)
    moved.value = good
    run("check", log, TODAY)
    assert red_cells(log) == to_mend(log)
    assert moved.color is None


def test_a_colour_is_found_by_halving_what_has_several() -> None:
    cells = {(4, 2): MARK, (5, 2): MARK, (9, 7): MARK, (3, 3): (255, 255, 0)}

    def colour_of(box: tuple[int, int, int, int]) -> tuple[int, int, int] | None:
        top, left, bottom, right = box
        found = {cells.get((row, column)) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        return found.pop() if len(found) == 1 else MIXED

    found = set()
    for top, left, bottom, right in parts_of((1, 1, 40, 12), MARK, colour_of):
        found |= {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
    assert found == {(4, 2), (5, 2), (9, 7)}


def test_the_week_shows_the_terminals_figures(log: xw.Book, path: Path) -> None:
    summary = terminal(path)
    line = run("week", log, TODAY)
    assert WEEK in line
    rows = shown(log, words.WEEKLY.zh_cn)
    days = [summary.span.start + dt.timedelta(days=at) for at in range(7)]
    assert len(rows) == len(summary.assessments)
    for row, one in zip(rows, summary.assessments, strict=True):
        assert row[0] == one.indicator.label.zh_cn
        assert row[1:8] == [pytest.approx(one.by_day.get(day)) for day in days]
        figures = [one.value, one.target, one.attainment]
        assert row[8:11] == ["—" if figure is None else pytest.approx(figure) for figure in figures]
        assert row[11] == one.days_met
        assert row[12] == period_and_unit(one.indicator, "zh-CN")  # a month's figure stands beside a week's days


def test_today_lists_whom_to_contact(log: xw.Book, path: Path) -> None:
    run("today", log, TODAY)
    due = terminal(path).due
    rows = shown(log, words.DUE.zh_cn)
    assert [(row[0], row[1], row[3], row[4]) for row in rows] == [
        (one.customer_id, one.name, one.due and dt.datetime.combine(one.due, dt.time()), one.days_overdue)
        for one in due
    ]
    assert [row[5] for row in rows] == [one.phone for one in due]  # text: no digit is lost


def test_long_names_of_whom_to_contact_are_read_whole(log: xw.Book) -> None:
    names = log.sheets[FORMS["customers"].label.zh_cn].range("B3:B82")
    names.value = [["阿卜杜热合曼·买买提江·艾力"]] * names.size
    run("today", log, TODAY)
    sheet = log.sheets[words.DUE.zh_cn]
    assert sheet.range((FIRST, 2)).row_height > 1.5 * ROW_HEIGHT


def test_pressing_twice_changes_nothing_and_what_was_typed_stays(log: xw.Book) -> None:
    outputs = tuple(text.zh_cn for text in (words.DUE, words.WEEKLY, words.FINDINGS))
    log.sheets[words.DUE.zh_cn].range("K6").value = "我的备注"
    typed = everything(log, but=outputs)
    for tag in ("check", "today", "week"):
        run(tag, log, TODAY)
    first = everything(log)
    assert everything(log, but=outputs) == typed
    for tag in ("check", "today", "week"):
        run(tag, log, TODAY)
    assert everything(log) == first
    assert log.sheets[words.DUE.zh_cn].range("K6").value == "我的备注"


def test_rows_that_are_no_longer_true_go(log: xw.Book) -> None:
    run("check", log, TODAY)
    before = len(shown(log, words.FINDINGS.zh_cn))
    bad = next(row for row in shown(log, words.FINDINGS.zh_cn) if row[7] == "value.range")
    log.sheets[bad[1]].range(bad[4]).value = None
    run("check", log, TODAY)
    after = shown(log, words.FINDINGS.zh_cn)
    assert len(after) == before - ("value.required" not in [row[7] for row in after if row[4] == bad[4]])


def test_text_never_becomes_a_formula(log: xw.Book) -> None:
    written = ["=1+1", "+86 138", "-", "@SUM(A1)", '=HYPERLINK("http://x","y")', "'quoted", "1.0", "2026-11-25"]
    customers, activities = log.sheets[FORMS["customers"].label.zh_cn], log.sheets[ACTIVITIES]
    for cells in (customers.range("B3:B82"), activities.range("C9:C16")):
        cells.number_format = "@"
        cells.value = [[text] for text in written * (cells.size // len(written))]
    kinds = {f"C{row}": activities.range(f"C{row}").value for row in range(9, 17)}
    run("today", log, TODAY)
    run("check", log, TODAY)
    due, found = shown(log, words.DUE.zh_cn), shown(log, words.FINDINGS.zh_cn)
    names = dict(customers.range("A3:B82").options(ndim=2).value)
    assert [row[1] for row in due] == [names[row[0]] for row in due]
    assert {row[4]: row[5] for row in found if row[4] in kinds} == kinds
    assert len({row[1] for row in due}) > 3


def test_rows_behind_a_figure_open_in_a_workbook_of_their_own(app: xw.App, log: xw.Book, path: Path) -> None:
    run("week", log, TODAY)
    settings = settings_near(path)
    work = work_from_file(path, settings, TODAY)
    one = next(one for one in terminal(path).assessments if one.value and one.indicator.form.code == "activities")
    weekly = log.sheets[words.WEEKLY.zh_cn]
    at = [row[0] for row in shown(log, words.WEEKLY.zh_cn)].index(one.indicator.label.zh_cn)
    weekly.activate()
    weekly.range((FIRST + at, 9)).select()
    before = {book.name for book in app.books}
    line = run("rows", log, TODAY)
    expected = behind(work, one)
    opened = next(book for book in app.books if book.name not in before)
    rows = opened.sheets[0].range((3, 1), (2 + len(expected), 3)).options(ndim=2).value
    assert str(len(expected)) in line
    assert [(row[0], row[2]) for row in rows] == [(f"{row.sheet} {row.cell}", row.customer_id) for row in expected]
    view = opened.api.getCurrentController()
    assert (view.hasFrozenPanes(), view.getSplitRow(), view.getSplitColumn()) == (True, 2, 0), "headings stay"
    opened.activate()
    opened.sheets[0].range("A3").select()
    run("rows", opened, TODAY)  # of a link, the row it leads to, though the log is open already
    assert app.books.active.name == log.name
    assert (log.sheets.active.name, app.selection.row) == (expected[0].sheet, expected[0].row)


def test_rows_needs_a_figure(log: xw.Book) -> None:
    log.sheets[ACTIVITIES].activate()
    log.sheets[ACTIVITIES].range("A1").select()
    with pytest.raises(MendInput) as refused:
        run("rows", log, TODAY)
    assert refused.value.text is say.NO_FIGURE


def test_a_row_entered_twice_is_listed_with_a_link_to_it(log: xw.Book) -> None:
    sheet = log.sheets[ACTIVITIES]
    end = sheet.used_range.last_cell.row + 1
    sheet.range(f"A{end}").value = sheet.range(f"A{end + 1}").value = ["2026-11-24", "09:30", "盘面观点"]
    run("check", log, TODAY)
    findings = log.sheets[words.FINDINGS.zh_cn]
    at = next(at for at, row in enumerate(shown(log, findings.name), FIRST) if row[2] == end + 1 and row[3] is None)
    assert findings.range((at, 5)).value == f"A{end + 1}"
    findings.range((at, 5)).select()
    run("rows", log, TODAY)
    assert (log.sheets.active.name, log.app.selection.row) == (ACTIVITIES, end + 1)


def test_lists_are_shown_from_their_first_row_wherever_they_were_scrolled_to(log: xw.Book) -> None:
    for tag, sheet in (("check", words.FINDINGS), ("today", words.DUE), ("week", words.WEEKLY)):
        log.sheets[sheet.zh_cn].activate()
        log.sheets[sheet.zh_cn].range("A400").select()
        run(tag, log, TODAY)
        assert (log.sheets.active.name, log.app.selection.row) == (sheet.zh_cn, FIRST)
        assert log.api.getCurrentController().getVisibleRange().StartRow < FIRST


def test_a_dash_stands_where_the_figures_do(log: xw.Book) -> None:
    log.sheets[FORMS["surveys"].label.zh_cn].range("A2:Z60").clear_contents()
    run("week", log, TODAY)
    weekly = log.sheets[words.WEEKLY.zh_cn]
    dashes = [
        weekly.range((at, column))
        for at, row in enumerate(shown(log, weekly.name), FIRST)
        for column, cell in enumerate(row, 1)
        if cell == BLANK
    ]
    assert dashes
    assert {dash.horizontal_alignment for dash in dashes} == {"right"}


def test_a_workbook_that_is_no_log_is_refused(app: xw.App, tmp_path: Path) -> None:
    book = app.books.add()
    with pytest.raises(MendInput) as refused:
        run("check", book, TODAY)
    assert refused.value.text is say.NO_FORMS
    book.sheets.add(ACTIVITIES)  # of a log from the template, not saved yet
    with pytest.raises(MendInput) as refused:
        run("check", book, TODAY)
    assert refused.value.text is say.SAVE_FIRST
    book.sheets[ACTIVITIES].delete()
    book.save(str(tmp_path / "other.xlsx"))
    with pytest.raises(MendInput) as refused:
        run("check", book, TODAY)
    assert refused.value.text is say.NOT_A_LOG
    with pytest.raises(MendInput) as refused:
        run("rows", book, TODAY)
    assert refused.value.text is say.NO_FIGURE
    assert app.screen_updating
    assert not app.status_bar


def test_a_workbook_open_for_reading_is_refused(app: xw.App, path: Path) -> None:
    with pytest.raises(MendInput) as refused:
        run("week", app.books.open(str(path), read_only=True), TODAY)
    assert refused.value.text is say.READ_ONLY


def test_protection_is_lifted_and_put_back_but_a_password_is_respected(log: xw.Book) -> None:
    sheet = log.sheets[words.WEEKLY.zh_cn]
    sheet.api.protect("")
    run("week", log, TODAY)
    assert sheet.api.isProtected()
    assert shown(log, words.WEEKLY.zh_cn)
    sheet.api.unprotect("")
    sheet.api.protect("secret")
    with pytest.raises(MendInput) as refused:
        run("week", log, TODAY)
    assert refused.value.text is say.PROTECTED


def test_screen_status_bar_and_protection_are_back_whatever_broke(
    app: xw.App, log: xw.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = log.sheets[words.WEEKLY.zh_cn]
    sheet.api.protect("")

    def break_off(*given: object) -> None:
        assert not app.screen_updating
        assert not sheet.api.isProtected()
        assert app.status_bar
        raise ZeroDivisionError

    monkeypatch.setattr(writing, "_write", lambda at, *given: break_off() if at == sheet else None)
    with pytest.raises(ZeroDivisionError):
        run("week", log, TODAY)
    assert sheet.api.isProtected()
    assert app.screen_updating
    assert app.enable_events
    assert not app.status_bar


def test_excel_with_a_file_in_protected_view_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    # No Excel here: what its application says, described.
    api = SimpleNamespace(ActiveProtectedViewWindow=SimpleNamespace(Caption="日志.xlsx"))
    book = SimpleNamespace(app=SimpleNamespace(engine=SimpleNamespace(name="excel"), api=api))
    refuse_protected_view(book)  # macOS has no such window
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(MendInput) as refused:
        refuse_protected_view(book)
    assert refused.value.text is say.READ_ONLY
    assert "日志.xlsx" in refused.value.message("en")
    api.ActiveProtectedViewWindow = None
    refuse_protected_view(book)


@pytest.mark.parametrize("refusal", EXCEL_IS_BUSY)
def test_a_cell_being_edited_is_named(app: xw.App, log: xw.Book, refusal: int) -> None:
    class Refused(Exception):  # what Excel raises through pywin32; LibreOffice takes calls while a cell is edited
        hresult = refusal

    with pytest.raises(TryLater) as failed, at_work(log):
        raise Refused
    assert failed.value.text is say.FINISH_TYPING
    assert app.screen_updating


def test_an_unknown_button_is_named(log: xw.Book) -> None:
    with pytest.raises(MendInput) as refused:
        run("lunch", log, TODAY)
    assert refused.value.text is say.NO_BUTTON


def test_about_names_version_and_branch(log: xw.Book, branch: Path) -> None:
    said = run("about", log, TODAY)
    assert str(branch / "settings.xlsx") in said
    assert sys.executable in said


@pytest.fixture
def doomed() -> Iterator[xw.App]:
    """Start an office that a test may kill."""
    app = xw.App(visible=False)
    yield app
    app.kill()


def test_an_office_that_dies_halfway_is_named_and_leaves_nothing_behind(
    office: xw.App, doomed: xw.App, path: Path
) -> None:
    log, pid = doomed.books.open(str(path)), doomed.pid
    timer = threading.Timer(0.15, os.kill, (pid, signal.SIGKILL))
    timer.start()
    with pytest.raises(TryLater) as failed:
        while True:
            run("week", log, TODAY)
    assert failed.value.text is say.OFFICE_GONE
    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not Path(f"/proc/{pid}").exists()
    assert office.books is not None  # the other office lives on


def test_a_renewed_log_counts_its_archive(app: xw.App, path: Path) -> None:
    book = openpyxl.load_workbook(path)
    old = [row for row in book[ACTIVITIES].iter_rows(min_row=2) if row[2].value in ("盘面观点", "个股观点", "盘中提示")]
    next(row for row in old if row[0].value < dt.datetime(2026, 11, 23))[6].value = "半小时"
    book.save(path)
    assert renew([path], TODAY, today=TODAY)[0].state == "renewed"
    log, closed = app.books.open(str(path)), terminal(path)
    run("check", log, TODAY)
    rows = shown(log, words.FINDINGS.zh_cn)
    assert [(row[1], row[2], row[7]) for row in rows] == [
        (f"{year_of(found.place.file)} {found.place.sheet}".strip(), found.place.row, found.code)
        for found in closed.findings
    ]
    assert any(row[1].startswith("2026 ") for row in rows), "a row of the archive has a finding"
    run("today", log, TODAY)
    assert [row[0] for row in shown(log, words.DUE.zh_cn)] == [one.customer_id for one in closed.due]
