"""Rows of other systems brought into logs: the map's language, odd files, what a log keeps, and running it twice."""

import datetime as dt
import json
import math
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.chart import BarChart, Reference

from reportkit.cli import run
from reportkit.definitions.errors import CloseWorkbook, MendInput
from reportkit.definitions.findings import Finding
from reportkit.definitions.forms import FORMS
from reportkit.importing.load import read_map
from reportkit.importing.maps import Map
from reportkit.importing.propose import propose
from reportkit.importing.run import Imported, mapped_file, run_import
from reportkit.indicators.counting import value_of
from reportkit.logs.editing import Edit
from reportkit.logs.rewrite import BACKUP, open_log, replace_logs, rewritten, writing
from reportkit.read.book import Identity
from reportkit.read.foreign import read_cells
from reportkit.read.workbook import read_book
from reportkit.settings.branch_settings import Settings, default_settings, load_settings
from reportkit.settings.calendars import Span
from reportkit.setup import init_branch
from reportkit.summary.flow import work_from_file
from reportkit.summary.service import merge, service_standards
from reportkit.workbooks import write_log
from tests.office import SOFFICE, convert

TODAY = dt.date(2026, 11, 20)
MAPS = Path(__file__).parent / "maps"
REAL = next(
    (
        found
        for folder in Path(__file__).parents
        if (found := folder / "shared" / "realdata" / "call_center_5000.xlsx").is_file()
    ),
    Path("call_center_5000.xlsx"),
)  # beside the checkout, or beside the folder of several
AGENTS = ("Becky", "Dan", "Diane", "Greg", "Jim", "Joe", "Martha", "Stewart")
Rows = list[dict[str, Any]]


@cache
def blank_log() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log.xlsx")
        write_log(path, Identity("A001", "张伟"), language="zh-CN", today=TODAY)
        return path.read_bytes()


def a_log(folder: Path, **rows: Rows) -> Path:
    """Return a log of rows, written as an import writes them."""
    path = folder / "logs" / "A001 张伟.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(blank_log())
    if rows:
        path.write_bytes(rewritten(open_log(path), {form: Edit(of_form) for form, of_form in rows.items()}).content)
    return path


def case_map(text: str) -> Map:
    return read_map(text, FORMS["cases"], "map.toml")


def brought(file: Path, log: Path, wanted: Map, form: str = "cases", **more: Any) -> Imported:
    return run_import(FORMS[form], file, log, wanted, today=TODAY, **more)


def counts(done: Imported) -> tuple[int, int, int, int, int]:
    (one,) = done.logs
    return one.new, one.changed, one.same, one.conflicts, one.wrong


def values(log: Path, form: str = "cases") -> Rows:
    book = work_from_file(log, default_settings("zh-CN"), TODAY).book
    return [{code: value for code, value in row.items() if value is not None} for _, row in book.tables[form].records()]


def a_csv(folder: Path, text: str, encoding: str = "utf-8", name: str = "export.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


# The published data set of a call centre: 5,000 calls, eight agents.


def call_center(folder: Path) -> Path:
    """Return a branch with the eight agents as advisors."""
    roster = folder / "roster.csv"
    rows = "".join(f"A00{at},{name},junior\n" for at, name in enumerate(AGENTS, 1))
    roster.write_text("工号,姓名,级别\n" + rows, encoding="utf-8")
    init_branch(folder / "branch", roster, "zh-CN")
    return folder / "branch"


def desk(branch: Path, settings: Settings, span: Span) -> Any:
    now = dt.datetime.combine(TODAY, dt.time(9))
    works = [work_from_file(path, settings, TODAY) for path in sorted((branch / "logs").glob("*.xlsx"))]
    return works, merge([service_standards(work, settings, span, now) for work in works]).total


@pytest.mark.skipif(not REAL.is_file(), reason="the public practice data is not beside the repository")
def test_published_figures_of_a_call_center_come_out(tmp_path: Path) -> None:
    branch = call_center(tmp_path)
    wanted = read_map((MAPS / "call_center.toml").read_text(encoding="utf-8"), FORMS["cases"], "call_center.toml")
    done = brought(REAL, branch, wanted)
    assert (done.read, done.skipped, done.unassigned) == (5000, 0, 0)
    assert sum(one.new for one in done.logs) == 5000
    assert done.clean
    settings = load_settings(branch / "settings.xlsx")
    quarter = Span(dt.date(2021, 1, 1), dt.date(2021, 3, 31))
    works, total = desk(branch, settings, quarter)
    assert total.cases == 5000
    assert total.responded / total.cases == pytest.approx(0.8108, abs=5e-5)
    assert total.resolved / total.cases == pytest.approx(0.7292, abs=5e-5)
    assert total.mean_response == pytest.approx(67.5, abs=0.05)
    sums = [settings_sums(works, settings, code, quarter) for code in ("first_response", "resolution_rate")]
    assert sums[0] == pytest.approx(total.mean_response)
    assert sums[1] == pytest.approx(0.7292, abs=5e-5)
    ratings = [row for work in works for row in work.facts.frame("cases")["satisfaction"].dropna().tolist()]
    assert sum(ratings) / len(ratings) == pytest.approx(3.40, abs=5e-3)
    unanswered = [frame[frame["responded_at"].isna()] for frame in (work.facts.frame("cases") for work in works)]
    assert sum(map(len, unanswered)) == 5000 - total.responded
    assert all((frame["status"] == "unresolved").all() and frame["resolved_at"].isna().all() for frame in unanswered)
    again = brought(REAL, branch, wanted)
    assert sum(one.same for one in again.logs) == 5000
    assert not again.backups
    shown_by_the_commands(branch)


def shown_by_the_commands(branch: Path) -> None:
    """Hold what a person reads in a terminal against the published figures, agent by agent against the file."""
    days = ("--from", "2021-01-01", "--to", "2021-03-31", "--lang", "en", "--as-of", "2021-03-31")
    told = subprocess.run(
        [sys.executable, "-m", "reportkit", "service", str(branch), *days], capture_output=True, text=True, check=True
    ).stdout
    for line in (
        "5000 cases opened",
        "First response time  67.5 s",
        "Resolution rate  72.9%",
        "Cases with a response time  81.1%",
    ):
        assert line in re.sub(r"  +", "  ", told)
    desk = json.loads(
        subprocess.run(
            [sys.executable, "-m", "reportkit", "service", str(branch), *days, "--json"],
            capture_output=True, text=True, check=True,
        ).stdout
    )  # fmt: skip
    heading, *calls = openpyxl.load_workbook(REAL, read_only=True).worksheets[0].iter_rows(values_only=True)
    at = {name: place for place, name in enumerate(heading)}
    for number, agent in enumerate(AGENTS, 1):
        own = [call for call in calls if call[at["Agent"]] == agent]
        one = desk["by"]["owner"][f"A00{number}"]
        assert one["cases"] == len(own)
        assert one["coverage"]["part"] == sum(call[at["Answered (Y/N)"]] == "Y" for call in own)
        assert one["resolution_rate"]["part"] == sum(call[at["Resolved"]] == "Y" for call in own)
        waits = [call[at["Speed of answer in seconds"]] for call in own if call[at["Answered (Y/N)"]] == "Y"]
        assert one["mean_response_s"] == pytest.approx(sum(waits) / len(waits))
    rated = subprocess.run(
        [sys.executable, "-m", "reportkit", "satisfaction", str(branch), *days],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert re.search(r"Case ratings +4,054 +4,054 .* 3\.4 ", rated)


def settings_sums(works: Any, settings: Settings, code: str, span: Span) -> float:
    parts = [value_of(settings.indicator[code], work.days[code], span) for work in works]
    return float(math.fsum(part[1] for part in parts) / math.fsum(part[2] for part in parts))


def test_the_call_center_map_on_a_made_sample(tmp_path: Path) -> None:
    export = tmp_path / "calls.xlsx"
    headings = (
        "Call Id", "Agent", "Date", "Time", "Topic", "Answered (Y/N)", "Resolved", "Speed of answer in seconds",
        "AvgTalkDuration", "Satisfaction rating", "Month",
    )  # fmt: skip
    calls: list[tuple[Any, ...]] = [
        ("ID1", "Diane", "2021-01-01", dt.time(9, 12, 58), "Contract related", "Y", "Y", 109, dt.time(0, 2, 23), 3, "01"),
        ("ID2", "Becky", "2021-01-01", dt.time(9, 13), "Technical Support", "Y", "N", 70, dt.time(0, 4, 2), 5, "01"),
        ("ID3", "Becky", "2021-01-02", dt.time(9, 14), "Streaming", "N", "N", None, None, None, "01"),
        ("ID4", "Nobody", "2021-01-02", dt.time(9, 15), "Payment related", "N", "N", None, None, None, "01"),
    ]  # fmt: skip
    with xlsxwriter.Workbook(export) as book:
        sheet, clock = book.add_worksheet(), book.add_format({"num_format": "h:mm:ss"})
        sheet.write_row(0, 0, headings)
        for at, call in enumerate(calls, 1):
            for column, cell in enumerate(call):
                if isinstance(cell, dt.time):
                    sheet.write_datetime(at, column, cell, clock)
                elif cell is not None:
                    sheet.write(at, column, cell)
    branch = call_center(tmp_path)
    wanted = read_map((MAPS / "call_center.toml").read_text(encoding="utf-8"), FORMS["cases"], "call_center.toml")
    done = brought(export, branch, wanted)
    assert {one.log.raw.identity.advisor_name: one.new for one in done.logs} == {"Becky": 2, "Diane": 1}
    assert [(one.code, one.place.row) for one in done.findings] == [("import.nobody", 5)]
    assert not done.clean
    (diane,) = values(branch / "logs" / "A003 Diane.xlsx")
    opened = dt.datetime(2021, 1, 1, 9, 12, 58)
    assert diane == {
        "case_id": "ID1", "opened_at": opened, "channel": "phone", "category": "product", "owner": "Diane",
        "responded_at": opened + dt.timedelta(seconds=109), "status": "resolved", "satisfaction": 3,
        "resolved_at": opened + dt.timedelta(seconds=109 + 143),
    }  # fmt: skip
    answered, unanswered = values(branch / "logs" / "A001 Becky.xlsx")
    assert (answered["category"], answered["status"], "resolved_at" in answered) == ("system", "unresolved", False)
    assert set(unanswered) == {"case_id", "opened_at", "channel", "category", "owner", "status"}
    assert (unanswered["category"], unanswered["status"]) == ("other", "unresolved")


# Odd files of other people.

ODD = """
header_row = 3
header_rows = 2
skip = { column = "Ticket / No", is = "Total" }
[columns.case_id]
from = "Ticket / No"
[columns.opened_at]
from = ["Opened / Day", "Opened / Clock"]
dates = ["%d/%m/%Y", "%H.%M"]
[columns.responded_at]
start = "opened_at"
plus = "First answer (h)"
unit = "hours"
[columns.category]
from = "What"
otherwise = "other"
rules = [{ matches = "(?i)fee|charg", to = "fees" }, { contains = ["login", "app "], to = "system" }]
[columns.status]
from = "State"
values = { done = "resolved", "wip" = "in_progress" }
default = "open"
[columns.waiting_minutes]
from = "Waited (h)"
multiply = 60
"""
ODD_ROWS: list[list[Any]] = [
    ["Monthly export", "", "", "", "", "", "", ""],
    [],
    ["Ticket", "", "Opened", "", "First answer (h)", "What", "State", "Waited (h)"],
    ["No", "By", "Day", "Clock", "", "", "", ""],
    ["T1", "x", "03/11/2026", "9.30", 0.25, "FEES!! too high", "Done", 1.5],
    [],
    ["T2", "y", "13/11/2026", "14.05", "", " Login broken", "WIP ", ""],
    ["T3", "z", "14/11/2026", "8.00", "1:30", "???", "", ""],
    ["Total", "", "", "", "", "", "", 3],
]


def odd_xlsx(folder: Path) -> Path:
    path = folder / "odd.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Export")
        for at, row in enumerate(ODD_ROWS):
            for column, cell in enumerate(row):
                if cell != "":
                    sheet.write(at, column, cell)
    return path


def check_odd(file: Path, folder: Path) -> None:
    log = a_log(folder)
    done = brought(file, log, case_map(ODD))
    assert (done.read, done.skipped, counts(done)) == (4, 1, (3, 0, 0, 0, 0))
    first, second, third = values(log)
    opened = dt.datetime(2026, 11, 3, 9, 30)
    assert first == {
        "case_id": "T1", "opened_at": opened, "responded_at": opened + dt.timedelta(minutes=15), "category": "fees",
        "status": "resolved", "waiting_minutes": 90.0,
    }  # fmt: skip
    assert (second["opened_at"], second["category"]) == (dt.datetime(2026, 11, 13, 14, 5), "system")
    assert "responded_at" not in second
    assert (third["responded_at"], third["category"], third["status"]) == (
        dt.datetime(2026, 11, 14, 9, 30), "other", "open",
    )  # fmt: skip


def test_two_header_rows_day_first_dates_hours_and_dirty_categories(tmp_path: Path) -> None:
    check_odd(odd_xlsx(tmp_path), tmp_path)


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_old_and_open_formats_are_read_in_a_child(tmp_path: Path, kind: str) -> None:
    check_odd(convert(odd_xlsx(tmp_path), kind, tmp_path / kind), tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_of_any_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = ["编号,客户,建档", 'C1,"王,小明",2026-11-02', "C2,李雷,2026年11月3日"]
    text = "\n".join(lines).replace('"王,小明"', "王小明").replace(",", delimiter)
    wanted = read_map(
        '[columns]\ncustomer_id.from="编号"\nname.from="客户"\nassigned_on.from="建档"', FORMS["customers"], "m"
    )
    log = a_log(tmp_path)
    assert counts(brought(a_csv(tmp_path, text, encoding), log, wanted, "customers")) == (2, 0, 0, 0, 0)
    assert values(log, "customers")[1] == {"customer_id": "C2", "name": "李雷", "assigned_on": dt.date(2026, 11, 3)}


def test_a_file_that_kills_its_parser_is_a_finding(tmp_path: Path) -> None:
    broken = tmp_path / "broken.xls"
    broken.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4096)
    found = read_cells(broken)
    assert isinstance(found, Finding)
    assert (found.code, found.place.file) == ("file.damaged", "broken.xls")


BOMB = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="S"><table:table-row table:number-rows-repeated="{rows}">
<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such limits")
@pytest.mark.parametrize("rows", [1000, 4000, 1_048_576])
def test_a_small_file_of_very_many_cells_ends_as_a_finding(tmp_path: Path, rows: int) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", BOMB.format(rows=rows))
    found = read_cells(tmp_path / "bomb.ods")
    assert isinstance(found, Finding)
    assert found.code in ("file.too_large", "file.damaged")


LOCKED = """<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"><manifest:encryption-data/>
</manifest:file-entry></manifest:manifest>"""


def test_a_password_is_not_taken_for_damage(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "locked.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", LOCKED)
        archive.writestr("content.xml", b"\x93\x11")
    found = read_cells(tmp_path / "locked.ods")
    assert isinstance(found, Finding)
    assert found.code == "file.encrypted"


@pytest.mark.parametrize("name", ["export.csv", "export.xlsx", "export.xlsb"])
def test_a_file_of_no_bytes_says_so(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"")
    found = read_cells(tmp_path / name)
    assert isinstance(found, Finding)
    assert "0 bytes" in found.message("en")


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such limits")
def test_the_child_may_not_take_more_memory_than_its_share() -> None:
    code = (
        "from reportkit.read.limits import limit_memory\nfrom reportkit.read.parse_child import MEMORY\nlimit_memory(MEMORY)\n"
        "try:\n    bytearray(2 * MEMORY)\nexcept MemoryError:\n    raise SystemExit(7)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 7


# What is new, the same, changed and in conflict.

PLAIN = '[columns]\ncase_id.from="id"\nopened_at.from="opened"\ncategory.from="what"\nstatus.from="state"\n'
HEAD = "id,opened,what,state\n"


def export(folder: Path, *lines: str) -> Path:
    return a_csv(folder, HEAD + "\n".join(lines) + "\n")


def set_cell(log: Path, row: int, column: str, value: object) -> None:
    opened = open_log(log)
    log.write_bytes(rewritten(opened, {"cases": Edit(changed={(row, column): value})}).content)


def test_a_second_run_adds_nothing_and_writes_nothing(tmp_path: Path) -> None:
    log, wanted = a_log(tmp_path), case_map(PLAIN)
    file = export(tmp_path, "K1,2026-11-02 09:00,fees,open", "K2,2026-11-03 09:00,fees,open")
    assert counts(brought(file, log, wanted)) == (2, 0, 0, 0, 0)
    before = log.read_bytes()
    again = brought(file, log, wanted)
    assert (counts(again), again.backups, log.read_bytes() == before) == ((0, 0, 2, 0, 0), {}, True)


def test_dry_run_touches_nothing(tmp_path: Path) -> None:
    log = a_log(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    file = export(tmp_path, "K1,2026-11-02 09:00,fees,open")
    assert counts(brought(file, log, case_map(PLAIN), dry_run=True)) == (1, 0, 0, 0, 0)
    file.unlink()
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_what_changed_at_the_source_changes_what_changed_by_hand_stays(tmp_path: Path) -> None:
    log, wanted = a_log(tmp_path), case_map(PLAIN)
    brought(export(tmp_path, *(f"K{at},2026-11-02 09:00,fees,open" for at in (1, 2, 3))), log, wanted)
    set_cell(log, 3, "status", "waiting")  # K2 by hand
    set_cell(log, 4, "status", "closed")  # K3 by hand, and at the source too
    file = export(
        tmp_path, "K1,2026-11-02 09:00,fees,resolved", "K2,2026-11-02 09:00,fees,open",
        "K3,2026-11-02 09:00,fees,resolved",
    )  # fmt: skip
    done = brought(file, log, wanted)
    assert counts(done) == (0, 1, 1, 1, 0)
    assert [(one.code, one.place.row, one.place.cell, one.value) for one in done.findings] == [
        ("import.conflict", 4, "J4", "closed")
    ]
    assert not done.clean
    assert [row["status"] for row in values(log)] == ["resolved", "waiting", "closed"]
    assert counts(brought(file, log, wanted, overwrite=True)) == (0, 1, 2, 0, 0)
    assert [row["status"] for row in values(log)] == ["resolved", "waiting", "resolved"]


@pytest.mark.parametrize("called", ["A001 张伟 2027.xlsx", "我的.xlsx"])
def test_a_log_called_otherwise_keeps_what_was_imported_last(tmp_path: Path, called: str) -> None:
    log, wanted = a_log(tmp_path), case_map(PLAIN)
    brought(export(tmp_path, "K1,2026-11-02 09:00,fees,open"), log, wanted)
    changed = export(tmp_path, "K1,2026-11-02 09:00,fees,resolved")
    copy = Path(shutil.copy(log, log.with_name("A001 张伟 - 副本.xlsx")))
    assert counts(brought(changed, copy, wanted, dry_run=True)) == (0, 0, 0, 1, 0)  # its rows may be of another day
    copy.unlink()
    log = log.rename(log.with_name(called))
    assert counts(brought(changed, log, wanted)) == (0, 1, 0, 0, 0)
    assert [one.name for one in (tmp_path / BACKUP / "imported").iterdir()] == [f"{log.stem}.cases.json"]


def test_a_value_typed_before_any_import_is_never_overwritten_unasked(tmp_path: Path) -> None:
    mine = {"case_id": "K1", "opened_at": dt.datetime(2026, 11, 2, 9), "category": "fees", "status": "closed"}
    log = a_log(tmp_path, cases=[mine])
    file = a_csv(tmp_path, "id,opened,what,state,who\nK1,2026-11-02 09:00,fees,open,Li\n")
    done = brought(file, log, case_map(PLAIN + 'owner.from="who"\n'))
    assert (counts(done), values(log)) == ((0, 0, 0, 1, 0), [mine])
    blank_filled = a_csv(tmp_path, "id,opened,what,state,who\nK1,2026-11-02 09:00,fees,closed,Li\n")
    assert counts(brought(blank_filled, log, case_map(PLAIN + 'owner.from="who"\n'))) == (0, 1, 0, 0, 0)
    assert values(log) == [mine | {"owner": "Li"}]


def test_rows_that_would_not_count_stay_outside_with_their_place(tmp_path: Path) -> None:
    log = a_log(tmp_path)
    file = export(
        tmp_path, "K1,2026-11-02 09:00,fees,open", "K2,yesterday,fees,open", "K1,2026-11-03 09:00,fees,open",
        "K4,2027-01-01 09:00,fees,open", "K5,2026-11-03 09:00,nonsense,open",
    )  # fmt: skip
    done = brought(file, log, case_map(PLAIN))
    assert counts(done) == (1, 0, 0, 0, 4)
    assert {(one.code, one.place.file, one.place.row, one.place.cell) for one in done.findings} == {
        ("value.type", "export.csv", 3, "B3"),
        ("id.duplicate", "export.csv", 4, "A4"),
        ("date.future", "export.csv", 5, "B5"),
        ("value.choice", "export.csv", 6, "C6"),
    }
    assert [row["case_id"] for row in values(log)] == ["K1"]


def test_a_row_twice_in_the_file_is_told_by_the_rows_of_the_file(tmp_path: Path) -> None:
    log = a_log(tmp_path, cases=[{"case_id": "K9", "opened_at": dt.datetime(2026, 11, 1, 9), "category": "fees",
                                  "status": "open"}])  # fmt: skip
    file = export(
        tmp_path, "K7,2026-11-02 09:00,fees,open", "K1,2026-11-02 09:00,fees,open", "K1,2026-11-02 09:00,fees,open",
        "K9,2026-11-02 09:00,fees,open",
    )  # fmt: skip
    by_time = case_map(PLAIN).model_copy(update={"key": ("opened_at", "case_id")})
    assert told_of_rows(brought(file, log, by_time)) == [(4, "3"), (5, "2 (A001 张伟.xlsx)")]
    assert told_of_rows(brought(file, log, by_time)) == [(4, "3"), (5, "2 (A001 张伟.xlsx)")]


def told_of_rows(done: Imported) -> list[tuple[Any, Any]]:
    """Return the row and the one named beside it, of findings of an id that is there already."""
    return sorted((one.place.row, one.words["first"]) for one in done.findings if one.code == "id.duplicate")


def test_rows_without_an_id_match_one_by_one(tmp_path: Path) -> None:
    log = a_log(tmp_path)
    text = "day,kind\n2026-11-02,盘面观点\n2026-11-02,盘面观点\n2026-11-03,个股观点\n"
    wanted = read_map('[columns]\ndate.from="day"\nkind.from="kind"', FORMS["activities"], "m")
    assert counts(brought(a_csv(tmp_path, text), log, wanted, "activities")) == (3, 0, 0, 0, 0)
    more = a_csv(tmp_path, text + "2026-11-02,盘面观点\n")
    assert counts(brought(more, log, wanted, "activities")) == (1, 0, 3, 0, 0)


# Nothing entered is ever lost.


def filled_by_hand(folder: Path) -> Path:
    """Return a log with what people add: a column, a sheet, a chart, a note, a formula."""
    log = a_log(folder)
    row = {"case_id": "K0", "opened_at": dt.datetime(2026, 11, 2, 9), "category": "fees", "status": "open"}
    write_log(
        log, Identity("A001", "张伟"), language="zh-CN", rows={"cases": [row]}, today=TODAY
    )  # a table without room
    book = openpyxl.load_workbook(log)
    cases = book["问题工单"]
    cases["S1"], cases["S2"] = "我的备注", "打过电话"
    cases["T2"] = "=1+1"
    extra = book.create_sheet("草稿")
    extra.append(["一月", 3])
    chart = BarChart()
    chart.add_data(Reference(extra, min_col=2, min_row=1, max_row=1))
    extra.add_chart(chart, "D2")
    book.save(log)
    return log


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_an_import_leaves_every_other_part_of_the_workbook_alone(tmp_path: Path) -> None:
    log = filled_by_hand(tmp_path)
    before, old = parts(log), log.read_bytes()
    done = brought(export(tmp_path, "K1,2026-11-02 09:00,fees,open"), log, case_map(PLAIN))
    after = parts(log)
    changed = {name for name in before if before[name] != after[name]}
    assert set(before) == set(after)
    assert any("chart" in name for name in after)
    sheets = {name for name in changed if name.startswith("xl/worksheets/")}
    tables = {name for name in changed if name.startswith("xl/tables/")}
    assert len(sheets) == len(tables) == 1
    assert changed == sheets | tables or changed == sheets | tables | {"xl/workbook.xml"}
    book = openpyxl.load_workbook(log)
    cases = book["问题工单"]
    assert [cases[cell].value for cell in ("S1", "S2", "T2", "A2", "A3")] == [
        "我的备注",
        "打过电话",
        "=1+1",
        "K0",
        "K1",
    ]
    assert cases.tables["cases"].ref.endswith("3")
    assert done.backups[log].read_bytes() == old
    assert done.backups[log].parent == tmp_path / BACKUP


def test_text_from_elsewhere_never_becomes_a_formula(tmp_path: Path) -> None:
    log = a_log(tmp_path)
    nasty = '=HYPERLINK("http://x") <b>&amp; _x000D_ _x005f_x0041_ #REF! \''
    file = a_csv(tmp_path, HEAD.strip() + ',why\nK1,2026-11-02 09:00,fees,open,"' + nasty.replace('"', '""') + '"\n')
    brought(file, log, case_map(PLAIN + 'resolution.from="why"\n'))
    assert values(log)[0]["resolution"] == nasty
    cell = openpyxl.load_workbook(log)["问题工单"]["L2"]
    assert (cell.data_type, "HYPERLINK" in str(cell.value)) == ("s", True)


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_an_office_opens_and_saves_what_was_written(tmp_path: Path) -> None:
    log = a_log(tmp_path)
    file = export(tmp_path, "K1,2026-11-02 09:00,fees,open")
    brought(file, log, case_map(PLAIN))
    saved = convert(log, "xlsx", tmp_path / "saved")
    assert values(saved) == values(log)
    shutil.copy(saved, log)  # and a log an office saved is written to as well
    brought(export(tmp_path, "K2,2026-11-03 09:00,fees,open"), log, case_map(PLAIN))
    assert [row["case_id"] for row in values(log)] == ["K1", "K2"]


def test_what_cannot_be_written_safely_is_refused(tmp_path: Path) -> None:
    log = a_log(tmp_path)
    file, wanted = export(tmp_path, "K1,2026-11-02 09:00,fees,open"), case_map(PLAIN)
    before = log.read_bytes()
    (log.parent / f"~${log.name}").write_bytes(b"open")
    with pytest.raises(CloseWorkbook):
        brought(file, log, wanted)
    (log.parent / f"~${log.name}").unlink()
    book = openpyxl.load_workbook(log)
    book["问题工单"].delete_cols(11)  # owner
    book.save(log)
    changed = log.read_bytes()
    with pytest.raises(MendInput, match="Owner"):
        brought(file, log, case_map(PLAIN + 'owner.constant="Li"\n'))
    assert log.read_bytes() == changed != before


def test_a_log_changed_meanwhile_is_left_as_it_is(tmp_path: Path) -> None:
    log = a_log(tmp_path)
    opened = open_log(log)
    new = rewritten(opened, {"training": Edit([{"date": TODAY, "topic": "适当性", "hours": 2.0}])})
    book = openpyxl.load_workbook(log)
    book.save(log)
    with writing(tmp_path), pytest.raises(CloseWorkbook):
        replace_logs(tmp_path, [new])
    assert not (tmp_path / BACKUP).exists()


# The map.


@pytest.mark.parametrize(
    "text",
    [
        "columns = 3",
        '[columns.case_id]\nfrom="a"\nconstant="b"',
        '[columns.case_ids]\nfrom="a"',
        '[columns.case_id]\nform="a"',
        '[columns.responded_at]\nstart="opened_at"\nplus="s"',
        '[columns.category]\nfrom="a"\nrules=[{matches="(", to="fees"}]',
        'form="visits"\n[columns.case_id]\nfrom="a"',
        "[columns",
    ],
)
def test_a_map_with_a_slip_is_refused(text: str) -> None:
    with pytest.raises(MendInput):
        case_map(text)


def test_headings_that_are_not_there_are_named_with_what_comes_close(tmp_path: Path) -> None:
    wanted = case_map(PLAIN.replace('"opened"', '"opend"'))
    with pytest.raises(MendInput, match=r"opend.*opened"):
        mapped_file(FORMS["cases"], export(tmp_path, "K1,2026-11-02 09:00,fees,open"), wanted)


def test_filters_and_columns_side_by_side(tmp_path: Path) -> None:
    text = "n,first,last,on,live\n1,Li,Lei,2026-11-01,y\n2,Han,Mei,2026-11-02,n\n3,Wu,,2026-11-03,y\n"
    wanted = read_map(
        'keep={column="live", is="y"}\nskip={column="last", blank=true}\n[columns]\ncustomer_id.from="n"\n'
        'name.from=["first", "last"]\nassigned_on.from="on"\nassets.constant=5\n',
        FORMS["customers"], "m",
    )  # fmt: skip
    mapped = mapped_file(FORMS["customers"], a_csv(tmp_path, text), wanted)
    assert (mapped.read, mapped.skipped, mapped.rows) == (3, 2, [2])
    assert mapped.columns == {
        "customer_id": ["1"], "name": ["Li Lei"], "assigned_on": [dt.date(2026, 11, 1)], "assets": [5.0],
    }  # fmt: skip


def test_a_proposed_map_can_be_used(tmp_path: Path) -> None:
    text = "工单编号,提出时间,问题分类,工单状态,满意度\nK1,13/11/2026 9:05,费用,办结,5\nK2,14/11/2026 10:00,系统,待处理,4\n"
    file = a_csv(tmp_path, text, "gb18030")
    proposed = propose(FORMS["cases"], file, "zh-CN")
    wanted = case_map(proposed)
    assert wanted.columns["opened_at"].dates == ("day first",)
    assert wanted.columns["status"].values == {"办结": "resolved"}
    log = a_log(tmp_path)
    done = brought(file, log, case_map(proposed.replace('"resolved"', '"closed"')))
    assert counts(done) == (2, 0, 0, 0, 0)
    assert [(row["status"], row["category"]) for row in values(log)] == [("closed", "fees"), ("open", "system")]


# The command.


@pytest.fixture
def answer(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    monkeypatch.setenv("REPORTKIT_LANG", "zh-CN")

    def asked(*arguments: object, code: int) -> Any:
        capsys.readouterr()
        assert run([*map(str, arguments), "--json", "--as-of", TODAY.isoformat()]) == code
        return json.loads(capsys.readouterr().out)

    return asked


def test_the_command_previews_writes_and_says_where_the_backup_is(tmp_path: Path, answer: Callable[..., Any]) -> None:
    log = a_log(tmp_path)
    by = a_csv(tmp_path, PLAIN, name="map.toml")
    file = export(tmp_path, "K1,2026-11-02 09:00,fees,open")
    seen: Mapping[str, Any] = answer("import", "cases", file, "--into", log, "--map", by, "--dry-run", code=0)
    assert (seen["written"], seen["logs"][0]["new"], seen["logs"][0]["backup"]) == (False, 1, None)
    done = answer("import", "问题工单", file, "--into", log, "--map", by, code=0)
    assert done["written"]
    assert Path(done["logs"][0]["backup"]).is_file()
    bad = export(tmp_path, "K9,never,fees,open")
    assert answer("import", "cases", bad, "--into", log, "--map", by, code=1)["logs"][0]["wrong"] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["import", "cases", "x.csv"],
        ["import", "nonsense", "x.csv", "--propose"],
        ["import", "cases", "no-such.csv", "--propose"],
        ["import", "cases", "x.csv", "--into", "no-such.xlsx", "--map", "m.toml"],
    ],
)
def test_wrong_calls_exit_2(arguments: list[str]) -> None:
    assert run(arguments) == 2


def test_read_book_sees_the_same_rows_as_before_the_import(tmp_path: Path) -> None:
    log = filled_by_hand(tmp_path)
    before = read_book(log, FORMS)
    brought(export(tmp_path, "K1,2026-11-02 09:00,fees,open"), log, case_map(PLAIN))
    after = read_book(log, FORMS)
    for code, sheet in before.sheets.items():
        for column, cells in sheet.columns.items():
            assert after.sheets[code].columns[column][: len(cells)] == cells


def test_a_log_that_counts_days_from_1904_keeps_its_dates(tmp_path: Path) -> None:
    log = a_log(tmp_path)
    book = openpyxl.load_workbook(log)
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.save(log)
    brought(export(tmp_path, "K1,2026-11-02 09:00:01,fees,open"), log, case_map(PLAIN))
    assert values(log)[0]["opened_at"] == dt.datetime(2026, 11, 2, 9, 0, 1)


def test_a_formula_and_a_total_row_are_never_written_over(tmp_path: Path) -> None:
    row = {"case_id": "K1", "opened_at": dt.datetime(2026, 11, 2, 9), "category": "fees", "status": "open"}
    log = a_log(tmp_path, cases=[row])
    book = openpyxl.load_workbook(log)
    book["问题工单"]["K2"] = '="Li"'
    book.save(log)
    held = export(tmp_path, "K1,2026-11-02 09:00,fees,open")
    before = log.read_bytes()
    with pytest.raises(MendInput, match="K2"):
        brought(held, log, case_map(PLAIN + 'owner.constant="Wu"\n'))
    assert log.read_bytes() == before
    write_log(log, Identity("A001"), language="zh-CN", rows={"cases": [row]}, today=TODAY)
    book = openpyxl.load_workbook(log)
    table = book["问题工单"].tables["cases"]
    table.totalsRowCount = 1
    book.save(log)
    before = log.read_bytes()
    with pytest.raises(MendInput, match="total row"):
        brought(export(tmp_path, "K2,2026-11-02 09:00,fees,open"), log, case_map(PLAIN))
    assert log.read_bytes() == before


def test_a_cell_a_person_emptied_stays_empty_until_its_source_changes(tmp_path: Path) -> None:
    log, wanted = a_log(tmp_path), case_map(PLAIN + 'owner.from="who"\n')
    head, line = "id,opened,what,state,who\n", "K1,2026-11-02 09:00,fees,open,"
    brought(a_csv(tmp_path, f"{head}{line}Bo\n"), log, wanted)
    set_cell(log, open_log(log).raw.sheets["cases"].rows[0], "owner", None)
    assert counts(brought(a_csv(tmp_path, f"{head}{line}Bo\n"), log, wanted)) == (0, 0, 1, 0, 0)
    assert "owner" not in values(log)[0]
    assert counts(brought(a_csv(tmp_path, f"{head}{line}Mia\n"), log, wanted)) == (0, 0, 0, 1, 0)
    assert "owner" not in values(log)[0]


# What a text or a workbook does not say openly: each of these was once read as something else, without a word.

QUOTED = PLAIN + 'resolution.from="note"\nowner.from="who"\n'
WIDE_HEAD = "id,opened,what,state,note,who\n"
GOOD = "K9,2026-11-02 09:00,fees,open,fine,Bo\n"


def test_a_comma_nobody_quoted_moves_no_value_into_the_next_column(tmp_path: Path) -> None:
    log = a_log(tmp_path)
    file = a_csv(
        tmp_path, WIDE_HEAD + "K1,2026-11-02 09:00,fees,open,a, b,Bo\n" + GOOD + "K2,2026-11-02 09:00,fees,open,,,,\n"
    )
    done = brought(file, log, case_map(QUOTED))
    assert [(one.code, one.severity, one.place.row) for one in done.findings] == [("import.more_cells", "error", 2)]
    assert (counts(done), done.clean) == ((2, 0, 0, 0, 1), False)
    assert [row["case_id"] for row in values(log)] == ["K9", "K2"]


def test_a_line_broken_inside_a_text_is_pointed_out(tmp_path: Path) -> None:
    log = a_log(tmp_path)
    broken = "K1,2026-11-02 09:00,fees,open,first line\nand a second,Bo\n"
    short = "K2,2026-11-02 09:00,fees,open\nK3,2026-11-02 09:00,fees,open,fine\n"
    done = brought(a_csv(tmp_path, WIDE_HEAD + broken + GOOD + short), log, case_map(QUOTED))
    assert ("import.broken", 2) in [(one.code, one.place.row) for one in done.findings]
    assert [row["case_id"] for row in values(log)] == [
        "K1",
        "K9",
        "K2",
        "K3",
    ]  # what stands in the next line is refused


@pytest.mark.parametrize(
    "line",
    [
        'K1,2026-11-02 09:00,fees,open,"a,Bo\n',
        'K1,2026-11-02 09:00,fees,open,"a,Bo\nK2,2026-11-02 09:00,fees,open,"b",Bo\n',
    ],
)
def test_a_quotation_mark_without_another_swallows_no_rows(line: str, tmp_path: Path) -> None:
    with pytest.raises(MendInput, match="row 2") as caught:
        brought(a_csv(tmp_path, WIDE_HEAD + line + GOOD), a_log(tmp_path), case_map(QUOTED))
    assert "quotation mark" in caught.value.message("en")


def test_lines_and_quotation_marks_inside_a_text_are_no_slip(tmp_path: Path) -> None:
    log = a_log(tmp_path)
    lines = 'K1,2026-11-02 09:00,fees,open,"two\nlines, ""quoted""",Bo\nK2,2026-11-02 09:00,fees,open,say "a" now,Bo\n'
    assert counts(brought(a_csv(tmp_path, WIDE_HEAD + lines), log, case_map(QUOTED))) == (2, 0, 0, 0, 0)
    assert [row["resolution"] for row in values(log)] == ['two\nlines, "quoted"', 'say "a" now']


def test_formulas_nobody_calculated_are_told_and_not_taken_for_blanks_in_silence(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["id", "opened", "what", "state"])
    book.active.append(["K1", "2026-11-02 09:00", "fees", '="op"&"en"'])
    book.save(tmp_path / "export.xlsx")
    done = brought(tmp_path / "export.xlsx", a_log(tmp_path), case_map(PLAIN))
    assert [one.code for one in done.findings] == ["file.not_calculated", "value.required"]


def test_plain_numbers_of_a_workbook_that_counts_from_1904_are_its_days(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = dt.datetime(1904, 1, 1)
    book.active.append(["id", "opened", "what", "state"])
    book.active.append(["K1", 44866.375, "fees", "open"])
    book.active.append(["K2", dt.datetime(2026, 11, 2, 9), "fees", "open"])
    book.save(tmp_path / "export.xlsx")
    log = a_log(tmp_path)
    brought(tmp_path / "export.xlsx", log, case_map(PLAIN))
    assert [row["opened_at"] for row in values(log)] == [dt.datetime(2026, 11, 2, 9)] * 2


def test_a_page_reads_as_it_shows_whatever_its_source_looks_like(tmp_path: Path) -> None:
    page = "<table><tr><td>\n  Case\n  No.<td>a  b\t<br>\n c<td>x&nbsp; y</table>"
    cells = read_cells(a_csv(tmp_path, page, name="page.xls"))
    assert not isinstance(cells, Finding)
    assert cells.rows == [["Case No.", "a b\nc", "x\xa0 y"]]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8-sig", "gb18030"])
def test_texts_without_a_mark_are_told_by_their_bytes(encoding: str, tmp_path: Path) -> None:
    cells = read_cells(a_csv(tmp_path, "id,who\n1,张伟\n2,王芳\n", encoding))
    assert not isinstance(cells, Finding)
    assert cells.rows == [["id", "who"], ["1", "张伟"], ["2", "王芳"]]


@pytest.mark.skipif(sys.platform == "win32", reason="a file has other rights there")
def test_whoever_could_write_to_a_log_still_can(tmp_path: Path) -> None:
    log = a_log(tmp_path)
    log.chmod(0o664)
    brought(export(tmp_path, "K1,2026-11-02 09:00,fees,open"), log, case_map(PLAIN))
    assert log.stat().st_mode & 0o777 == 0o664


# Columns of fixed width, and records side by side.

FIXED = 'form="cases"\n{more}\n[fixed]\nno="1-4"\nopened="6-15"\nwhat="17-20"\nstate="22-"\n' + PLAIN.replace(
    '"id"', '"no"'
)


def test_columns_of_fixed_width_are_cut_where_the_map_says(tmp_path: Path) -> None:
    log = a_log(tmp_path)
    text = "No   Opened     What State\nK1   2026-11-02 fees open\n\nK2   2026-11-03 fees\topen  \n"
    done = brought(a_csv(tmp_path, text), log, case_map(FIXED.format(more="header_row = 1")))
    assert counts(done) == (2, 0, 0, 0, 0)
    assert [(row["case_id"], row["opened_at"].day, row["status"]) for row in values(log)] == [
        ("K1", 2, "open"),
        ("K2", 3, "open"),
    ]


@pytest.mark.parametrize(("wide", "kept"), [("", None), ("wide = 2", "open"), ("wide = 1", None)])
def test_how_wide_a_chinese_character_is_must_be_said_where_it_matters(
    wide: str, kept: str | None, tmp_path: Path
) -> None:
    log, file = a_log(tmp_path), a_csv(tmp_path, "K1   2026-11-02 费用 open\n")
    if not wide:
        with pytest.raises(MendInput, match="wide"):
            brought(file, log, case_map(FIXED.format(more=wide)))
    else:
        brought(file, log, case_map(FIXED.format(more=wide)))
        assert [row["status"] for row in values(log)] == [kept] * (kept is not None)


def test_half_a_character_is_not_taken_for_a_value(tmp_path: Path) -> None:
    log = a_log(tmp_path)
    text = "K1   2026-11-02费用  open\nK2   2026-11-02 费用  open\n合计 二\n"
    wanted = case_map(FIXED.format(more='wide = 2\nskip = { column = "no", is = "合计" }'))
    done = brought(a_csv(tmp_path, text), log, wanted)
    assert [(one.code, one.place.row) for one in done.findings] == [("import.cut", 1), ("value.choice", 1)]
    assert [row["case_id"] for row in values(log)] == ["K2"]


def test_positions_are_no_use_in_a_workbook(tmp_path: Path) -> None:
    with pytest.raises(MendInput, match="workbook"):
        brought(a_log(tmp_path / "other"), a_log(tmp_path), case_map(FIXED.format(more="")))


BESIDE = """
beside = ["B:D", "E:G"]
[columns]
case_id.text = "{day}-{@record}-{no}"
opened_at.from = "day"
category.from = "what"
status.from = "state"
"""


def test_a_wrong_cell_of_a_second_record_is_found_in_its_own_column(tmp_path: Path) -> None:
    log = a_log(tmp_path)
    text = (
        "day,no,what,state,no,what,state\n2026-11-02,1,fees,open,2,feez,open\n2026-11-03,,,,3,fees,open\n2026-11-04\n"
    )
    done = brought(a_csv(tmp_path, text), log, case_map(BESIDE))
    assert [(one.code, one.place.cell) for one in done.findings] == [("value.choice", "F2")]
    assert (done.read, done.skipped, counts(done)) == (4, 1, (2, 0, 0, 0, 1))
    assert [row["case_id"] for row in values(log)] == ["2026-11-02-1-1", "2026-11-03-2-3"]


def test_entries_of_records_side_by_side_are_numbered_apart(tmp_path: Path) -> None:
    log = a_log(tmp_path)
    wanted = 'each = "what"\n' + BESIDE.replace('-{no}"', '-{@entry}"').replace(
        'status.from = "state"', 'status.constant = "open"'
    )
    text = "day,no,what,state,no,what,state\n2026-11-02,1,fees/account,,2,system/other,\n"
    brought(a_csv(tmp_path, text), log, case_map(wanted))
    assert [row["case_id"][11:] for row in values(log)] == ["1-1", "1-2", "2-1", "2-2"]


def test_rows_that_nothing_tells_apart_are_not_laid_over_the_logs_one_by_one(tmp_path: Path) -> None:
    log = a_log(tmp_path)
    brought(export(tmp_path, "K1,2026-11-02 09:00,fees,open"), log, case_map(PLAIN))
    before = log.read_bytes()
    with pytest.raises(MendInput, match="case_id"):
        brought(a_csv(tmp_path, "who\nBo\n"), log, case_map('[columns]\nowner.from="who"\n'))
    assert log.read_bytes() == before


def test_a_map_without_the_columns_its_key_names_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MendInput, match="opened_at"):
        brought(
            export(tmp_path), a_log(tmp_path), case_map('key = ["owner", "opened_at"]\n[columns]\nowner.from="id"\n')
        )
