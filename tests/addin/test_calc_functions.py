"""The functions in cells of a real LibreOffice: from the extension to the user's Python and back."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path
from typing import Any

import psutil
import pytest
import xlwings as xw
from python_calamine import CalamineWorkbook

from reportkit.definitions.forms import FORMS
from reportkit.definitions.settings_forms import SETTINGS_FORMS
from reportkit.settings.nearby import settings_near, settings_path
from reportkit.summary.flow import work_from_file
from reportkit.summary.summaries import summarise
from reportkit_addin import sentences as say
from reportkit_addin.build import functions_calc
from reportkit_addin.functions import FUNCTIONS
from tests.addin.conftest import ADVISOR, TODAY, WEEK, Extended
from xlwings_libreoffice.link import Struct

SOURCES = Path(str(files("reportkit_addin") / "sources" / "oxt"))
UNOIDL_WRITE = Path("/usr/lib/libreoffice/sdk/bin/unoidl-write")
TYPES = Path("/usr/lib/libreoffice/program")
SUNDAY = dt.date(2026, 11, 29)
NUMBER = 1  # com.sun.star.sheet.FormulaResult
PATIENCE = 6.0  # seconds, more than the component waits before it starts a process again


def serial(day: dt.date) -> int:
    return (day - dt.date(1899, 12, 30)).days


class Cells:
    """A sheet for formulas beside the forms of a log."""

    def __init__(self, book: xw.Book) -> None:
        self.book = book
        self.sheet = book.sheets.add("函数").api
        self.row, self.column = 0, 2  # where the next formula goes: single ones below, lists to the right

    def range_of(self, sheet: str) -> str:
        """Return the filled range of a sheet, as a formula names it."""
        last = self.book.sheets[sheet].used_range.last_cell
        return f"$'{sheet}'.$A$1:{last.get_address(True, True)}"

    def paste(self, sheet: str, rows: list[list[Any]]) -> str:
        """Return the range of rows put on a sheet of their own."""
        made = self.book.sheets.add(sheet)
        made.range("A1").value = rows
        return self.range_of(sheet)

    def cell(self, formula: str) -> Any:
        """Return what a cell holds once the formula is in it: a number, or text."""
        self.row += 1
        cell = self.sheet.getCellByPosition(0, self.row)
        cell.setFormula(formula)
        return cell.getValue() if cell.FormulaResultType2 == NUMBER else cell.getString()

    def spilled(self, formula: str, width: int, height: int) -> list[tuple[Any, ...]]:
        """Return the filled rows of an array formula."""
        area = self.sheet.getCellRangeByPosition(self.column, 0, self.column + width - 1, height - 1)
        self.column += width
        area.setArrayFormula(formula)
        return [row for row in area.getDataArray() if row[0] is not None]


@pytest.fixture
def cells(extended: Extended, path: Path) -> Cells:
    return Cells(extended.app.books.open(str(path)))


def asked(path: Path) -> dict[str, Any]:
    """Return what the terminal says of a log."""
    command = [
        sys.executable, "-m", "reportkit", "kpi", str(path), "--week", WEEK, "--as-of", SUNDAY.isoformat(), "--json"
    ]  # fmt: skip
    said: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return said


def figure(value: float | None) -> Any:
    """Return what a cell shows of a figure."""
    return "" if value is None else pytest.approx(value)


@pytest.mark.office
def test_figures_in_cells_are_the_terminals(cells: Cells, path: Path) -> None:
    of_branch = CalamineWorkbook.from_path(settings_path(path) or "")
    tables = [cells.range_of(FORMS[code].label.zh_cn) for code in ("activities", "customers")]
    tables += [
        cells.range_of(form.label.zh_cn) for code, form in FORMS.items() if code not in ("activities", "customers")
    ]
    tables += [
        cells.paste(form.code, of_branch.get_sheet_by_name(form.label.zh_cn).to_python(skip_empty_area=False))
        for form in SETTINGS_FORMS.values()
        if form.label.zh_cn in of_branch.sheet_names
    ]
    given = ";".join(tables)
    compared = 0
    for one in asked(path)["indicators"]:
        first, last = (serial(min(dt.date.fromisoformat(day), SUNDAY)) for day in one["window"])
        value = cells.cell(f'=RK.KPI("{one["code"]}";{first};{last};{given})')
        assert value == figure(one["value"]), one["code"]
        if one["period"] in ("day", "week") and one["target"] is not None:
            target = cells.cell(f'=RK.TARGET("{one["label"]}";{first};{last};"{ADVISOR}";{given})')
            attained = cells.cell(f'=RK.ATTAINMENT("{one["code"]}";{first};{last};"{ADVISOR}";{given})')
            assert (target, attained) == (figure(one["target"]), figure(one["attainment"]))
            compared += 1
    assert compared > 5


@pytest.mark.office
def test_lists_spill_as_array_formulas(cells: Cells, path: Path) -> None:
    settings = settings_near(path)
    summary = summarise(work_from_file(path, settings, TODAY), settings, WEEK, TODAY)
    customers, activities = (cells.range_of(FORMS[code].label.zh_cn) for code in ("customers", "activities"))
    everything = ";".join(cells.range_of(form.label.zh_cn) for form in FORMS.values())
    headings, *due = cells.spilled(f"=RK.DUE({serial(TODAY)};{everything})", 5, len(summary.due) + 3)
    assert headings[0] == "客户"
    assert [row[0] for row in due] == [one.customer_id for one in summary.due]
    assert {row[3] for row in due} == {one.due and serial(one.due) for one in summary.due}
    _, *found = cells.spilled(f"=RK.CHECK({serial(TODAY)};{activities};{customers})", 7, 60)
    expected = [one for one in summary.findings if one.place.sheet == FORMS["activities"].label.zh_cn]
    assert {(row[2], row[6]) for row in found if row[6].startswith("value.")} == {
        (one.place.row, one.code) for one in expected if one.code.startswith("value.")
    }
    assert cells.spilled("=RK.INDICATORS()", 3, 3)[1][0] == "new_contacts"


@pytest.mark.office
def test_answers_are_those_of_the_workbook_the_formula_stands_in(cells: Cells, extended: Extended) -> None:
    headings, found = cells.spilled('=RK.FAQ("佣金")', 3, 6)
    assert headings[0] == "分类"
    assert "佣金" in found[1]
    assert cells.spilled('=RK.FAQ("佣金";faq)', 3, 6) == [headings, found]
    other = Cells(extended.app.books.add())
    assert other.cell('=RK.FAQ("佣金")') == say.NO_FAQ.zh_cn


@pytest.mark.office
def test_whole_columns_and_names_are_tables_as_the_docs_write_them(cells: Cells, path: Path) -> None:
    page = Path("docs/reference/addin.zh-CN.md").read_text("utf-8")
    kpi, faq = (line for line in page.splitlines() if line.startswith("=RK."))
    sheet = cells.book.sheets[FORMS["activities"].label.zh_cn]
    below = sheet.used_range.last_cell.row + 1
    sheet.range(f"A{below}").value = [dt.datetime(2026, 11, 24), None, "盘面观点"]  # below the table, as people type
    expected = next(one for one in asked(path)["indicators"] if one["code"] == "market_views")["value"] + 1
    assert cells.cell(kpi.replace("new_contacts", "market_views")) == expected
    assert "佣金" in cells.spilled(faq, 3, 6)[1][1]


@pytest.mark.office
def test_a_failed_formula_in_a_table_is_a_finding_and_not_the_end(cells: Cells) -> None:
    name = FORMS["activities"].label.zh_cn
    cells.book.sheets[name].range("A7").formula = "=1/0"
    _, *found = cells.spilled(f"=RK.CHECK({serial(TODAY)};{cells.range_of(name)})", 7, 60)
    assert (7, "value.formula_error") in {(row[2], row[6]) for row in found}


@pytest.mark.office
def test_days_weeks_and_what_cannot_be_computed(cells: Cells) -> None:
    table = cells.range_of(FORMS["activities"].label.zh_cn)
    assert cells.cell("=RK.WEEK(DATE(2027;1;1))") == "2026-W53"
    assert cells.cell("=RK.WORKDAYS(DATE(2026;11;23);DATE(2026;11;29))") == 5
    assert cells.cell(f'=RK.KPI("lunch";46351;46352;{table})') == say.NO_INDICATOR.fill("zh-CN", name="lunch")
    assert cells.cell(f'=RK.KPI("new_contacts";"?";46352;{table})') == say.NO_DAY.fill("zh-CN", value="?")
    cells.book.api.NullDate = Struct("com.sun.star.util.Date", Day=1, Month=1, Year=1904)
    assert "1899-12-30" in cells.cell("=RK.WEEK(1)")


def computing(extended: Extended) -> list[psutil.Process]:
    """Return the processes that compute for the office."""
    return [
        child
        for child in psutil.Process(extended.app.pid).children(recursive=True)
        if child.status() != psutil.STATUS_ZOMBIE and "reportkit_addin.calc_functions" in child.cmdline()
    ]


def killed(process: psutil.Process) -> None:
    """Kill a process and wait until it has gone, or waits for the office to notice."""
    process.kill()
    deadline = time.monotonic() + 10
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.office
def test_the_process_that_computes_is_kept_and_started_again_when_it_died(extended: Extended, cells: Cells) -> None:
    assert cells.cell("=RK.WEEK(46351)") == "2026-W48"
    first = computing(extended)
    assert cells.cell("=RK.WEEK(46352)") == "2026-W48"
    assert [one.pid for one in computing(extended)] == [one.pid for one in first]
    killed(first[0])
    assert cells.cell("=RK.WEEK(46358)") == "2026-W49"
    assert len(computing(extended)) == 1


@pytest.mark.slow
@pytest.mark.office
def test_a_python_that_cannot_start_is_named_in_the_cell_until_it_can(extended: Extended, cells: Cells) -> None:
    assert cells.cell("=RK.WEEK(46351)") == "2026-W48"
    for one in computing(extended):
        killed(one)
    extended.python_is("/usr/bin/python3")  # knows nothing of ours
    said = cells.cell("=RK.WEEK(46352)")
    assert str(extended.python) in said
    assert "reportkit_addin" in said
    extended.python.unlink()
    time.sleep(PATIENCE)
    assert str(extended.python) in cells.cell("=RK.WEEK(46353)")
    extended.python_is(sys.executable)
    time.sleep(PATIENCE)
    assert cells.cell("=RK.WEEK(46354)") == "2026-W48"


def test_the_type_library_is_that_of_the_functions(tmp_path: Path) -> None:
    committed = SOURCES / "reportkit_functions.idl"
    library = (SOURCES / functions_calc.LIBRARY).read_bytes()
    assert committed.read_text("utf-8") == functions_calc.interface()
    component = (SOURCES / "reportkit_functions.py").read_text("utf-8")
    for name in FUNCTIONS:
        method = functions_calc.method(name)
        assert method.encode() in library
        assert re.search(rf'def {method}\(.*?"{name}"', component, re.DOTALL)
    if UNOIDL_WRITE.is_file():
        shutil.copy(committed, tmp_path)
        registries = [str(TYPES / "types.rdb"), str(TYPES / "types" / "offapi.rdb")]
        made = tmp_path / "made.rdb"
        subprocess.run([UNOIDL_WRITE, *registries, tmp_path / committed.name, made], check=True)
        assert made.read_bytes() == library
