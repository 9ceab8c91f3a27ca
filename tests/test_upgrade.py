"""A log of an older template brought up to date: nothing typed is lost, no figure changes."""

import datetime as dt
import json
import multiprocessing
import re
import shutil
import signal
import warnings
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Picture
from python_calamine import CalamineWorkbook

from reportkit.branch.folder import Branch, log_name
from reportkit.branch.refresh import refresh
from reportkit.cli import run
from reportkit.definitions.forms import FORMS
from reportkit.definitions.identity import TEMPLATE_VERSION
from reportkit.definitions.text import Text
from reportkit.demo import write_demo
from reportkit.logs.upgrade import Upgraded, upgrade
from reportkit.read.archives import rows_meant
from reportkit.read.workbook import read_book
from reportkit.summary.summaries import AdvisorSummary
from reportkit.workbooks import write_log
from reportkit.workbooks.log import DUE_HEADINGS
from tests.branches import TODAY, WEEK, ask_for, branch_in, double_targets, rewrite, rows_of_advisor, settings_of_demo
from tests.killing import die_at_rename

OWN_HEADING = "生日"


def the_log(branch: Branch) -> Path:
    return next(path for path in branch.logs() if path.name.startswith("A001"))


def make_older(log: Path) -> None:
    """Turn a log into one of an older template: a column less, an older version, things the advisor added."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(log)
        activities, customers = book["每日记录"], book["客户档案"]
        activities.delete_cols(_column(activities, 1, "客户满意度"))
        at = customers.max_column + 1
        customers.cell(2, at, OWN_HEADING)
        customers.cell(3, at, dt.datetime(1980, 5, 17)).number_format = "yyyy-mm-dd"
        customers.cell(4, at, "=YEAR(TODAY())-1975")
        customers.cell(3, 2).comment = Comment("喜欢喝茶", "张伟")
        customers.cell(3, 2).fill = PatternFill("solid", fgColor="FFFF00")
        own = activities.max_column + 1
        activities.cell(1, own, "备用")
        activities.cell(2, own, f'=A2+{1}&"A2"')
        activities.cell(activities.max_row + 2, own, "只有我自己的一格")
        notes = book.create_sheet("我的计划")
        notes["B2"], notes["B3"], notes["B4"] = "=COUNTA(客户档案!A3:A999)", "=text", 3.5
        notes["B3"].data_type = "s"
        notes["C4"].comment = Comment("下周", "张伟")
        notes.merge_cells("D1:E1")
        notes["D1"] = "合并的"
        about: Any = book.custom_doc_props
        for kept in list(about.props):
            if kept.name == "ReportkitTemplateVersion":
                kept.value = "0.9"
            if kept.name == "ReportkitMadeOf":
                del about[kept.name]
        book.save(log)


def _column(sheet: Worksheet, row: int, heading: str) -> int:
    return next(cell.column for cell in sheet[row] if cell.value == heading)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A branch whose first log is older, and whose settings have asked for more since."""
    branch = branch_in(tmp_path_factory.mktemp("upgrade") / "branch")
    make_older(the_log(branch))
    double_targets(branch)
    return branch.root


@pytest.fixture
def branch(made: Path, tmp_path: Path) -> Branch:
    return Branch(shutil.copytree(made, tmp_path / "branch"))


def one(log: Path, **how: bool) -> Upgraded:
    return upgrade([log], **how)[0]


def figures(branch: Branch) -> list[Any]:
    team = refresh(branch, WEEK, TODAY).team
    assert team is not None

    def of(member: AdvisorSummary) -> tuple[object, ...]:
        return member.score, member.rows, member.assessments, member.due

    return [of(member) for member in team.members]


def test_nothing_typed_is_lost_and_no_figure_changes(branch: Branch) -> None:
    log, before = the_log(branch), figures(branch)
    typed = {code: (rows_meant(sheet), sheet.rows) for code, sheet in read_book(log, FORMS).sheets.items()}
    old = log.read_bytes()
    done = one(log)
    assert (done.state, done.version, [gain.zh_cn for gain in done.gains]) == ("upgraded", "0.9", ["客户满意度"])
    assert done.backup is not None
    assert done.backup.read_bytes() == old
    raw = read_book(log, FORMS)
    assert {found.code for found in raw.findings} <= {"file.not_calculated"}  # formulas no office has looked at yet
    assert raw.identity.template_version == TEMPLATE_VERSION
    assert {code: (rows_meant(sheet), sheet.rows) for code, sheet in raw.sheets.items()} == typed
    assert figures(branch) == before


def test_what_the_advisor_added_comes_along(branch: Branch) -> None:
    log = the_log(branch)
    one(log)
    book = openpyxl.load_workbook(log)
    customers, activities, notes = book["客户档案"], book["每日记录"], book["我的计划"]
    birthday = _column(customers, 2, OWN_HEADING)
    assert customers.cell(3, birthday).value == dt.datetime(1980, 5, 17)
    assert customers.cell(3, birthday).number_format == "yyyy-mm-dd"
    assert customers.cell(4, birthday).value == "=YEAR(TODAY())-1975"
    assert customers.tables["customers"].ref.split(":")[1].startswith(openpyxl.utils.get_column_letter(birthday))
    colours = {cell.fill.fgColor.rgb for row in customers.iter_rows(min_row=3) for cell in row}
    assert customers.cell(3, 2).fill.fgColor.rgb == "FFFFFF00"
    assert colours == {"FFFFFF00", "00000000"}  # nobody gave the others any
    note = customers.cell(3, 2).comment
    assert note is not None
    assert note.text == "喜欢喝茶"
    own = _column(activities, 1, "备用")
    assert activities.cell(2, own).value == '=A2+1&"A2"'
    assert "只有我自己的一格" in [cell.value for cell in activities[openpyxl.utils.get_column_letter(own)]]
    assert (notes["B2"].value, notes["B4"].value, notes["D1"].value) == ("=COUNTA('客户档案'!A3:A999)", 3.5, "合并的")
    assert (notes["B3"].value, notes["B3"].data_type) == ("=text", "s")
    assert [str(merged) for merged in notes.merged_cells.ranges] == ["D1:E1"]


def test_characters_cells_spell_out_come_along(branch: Branch) -> None:
    """Excel writes a return pasted with a text as `_x000D_`, and a typed `_x0041_` as `_x005F_x0041_`."""
    log, written = the_log(branch), "第一行_x000D_\n第二行 _x005F_x0041_"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(log)
        book["客户档案"].cell(5, 2).value = book["我的计划"]["E5"] = written
        book["我的计划"]["E5"].comment = Comment(written, "张伟")
        book.save(log)
    assert one(log).state == "upgraded"
    cells = {
        name: CalamineWorkbook.from_path(log).get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in ("客户档案", "我的计划")
    }
    assert cells["客户档案"][4][1] == cells["我的计划"][4][4] == "第一行\r\n第二行 _x0041_"
    assert written in str(openpyxl.load_workbook(log)["我的计划"]["E5"].comment.text)


def test_a_formula_follows_the_columns_it_names(branch: Branch) -> None:
    log = the_log(branch)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(log)
        sheet = book["每日记录"]
        step = _column(sheet, 1, "下一步")  # it stands one further left than in the template
        letter = openpyxl.utils.get_column_letter(step)
        book["我的计划"]["B5"] = f"=每日记录!{letter}2&每日记录!${letter}$3"
        book.save(log)
    one(log)
    book = openpyxl.load_workbook(log)
    now = openpyxl.utils.get_column_letter(_column(book["每日记录"], 1, "下一步"))
    assert now != letter
    assert book["我的计划"]["B5"].value == f"='每日记录'!{now}2&'每日记录'!${now}$3"


def workings(log: Path) -> list[list[object]]:
    """Return the hidden sheet behind the board: targets by day, days off, what counts."""
    rows = openpyxl.load_workbook(log)["计算"].iter_rows(values_only=True)
    return [[getattr(value, "text", value) for value in row] for row in rows]


def test_targets_are_renewed(branch: Branch) -> None:
    log = the_log(branch)
    before = workings(log)
    one(log)
    identity, rows = rows_of_advisor(1)
    fresh = rewrite(branch, identity, rows, "fresh.xlsx")
    assert workings(log) == workings(fresh)
    assert workings(log) != before


def test_a_log_that_is_up_to_date_stays_as_it_is_to_the_byte(branch: Branch) -> None:
    log = the_log(branch)
    one(log)
    before, backups = log.read_bytes(), sorted((branch.root / "backup").iterdir())
    assert one(log).state == "current"
    assert log.read_bytes() == before
    assert sorted((branch.root / "backup").iterdir()) == backups
    identity, rows = rows_of_advisor(2)
    assert one(rewrite(branch, identity, rows)).state == "upgraded"  # the branch has a name, the log says none
    settings = branch.settings()
    new = branch.log(log_name(identity.advisor_id, "new"))
    write_log(new, read_book(log, FORMS).identity, language="zh-CN", settings=settings)
    assert one(new).state == "current"


@pytest.mark.parametrize(
    ("place", "before"),
    [
        pytest.param("counts._NEW_LINE", "CHAR(13)", id="a formula of the board"),
        pytest.param("board.BAR", "#C0C0C0", id="a conditional format"),
        pytest.param("checks.words.WARN_TITLE", Text("请看", "請看", "Look"), id="a validation"),
        pytest.param("log.DUE_HEADINGS", DUE_HEADINGS[:-1], id="a sheet of what is due"),
        pytest.param("faq_sheet.NAME", "questions", id="a name"),
    ],
)
def test_whatever_the_template_writes_otherwise_is_renewed(
    branch: Branch, monkeypatch: pytest.MonkeyPatch, place: str, before: object
) -> None:
    log = the_log(branch)
    one(log)
    identity, rows = read_book(log, FORMS).identity, rows_of_advisor(1)[1]
    with monkeypatch.context() as older:
        older.setattr(f"reportkit.workbooks.{place}", before)
        write_log(log, identity, language="zh-CN", settings=branch.settings(), rows=rows)
        assert one(log).state == "current"
    assert one(log).state == "upgraded"
    assert one(log).state == "current"
    assert workings(log) == workings(rewrite(branch, identity, rows, "fresh.xlsx"))


def test_a_log_that_does_not_say_what_it_was_made_of_is_renewed_once(branch: Branch) -> None:
    log = the_log(branch)
    one(log)
    identity = read_book(log, FORMS).identity
    write_log(log, identity, language="zh-CN", settings=branch.settings(), stamped=False)
    assert [one(log).state for _ in range(2)] == ["upgraded", "current"]


def test_a_preview_writes_nothing(branch: Branch) -> None:
    before = {path: path.read_bytes() for path in branch.root.rglob("*") if path.is_file()}
    assert one(the_log(branch), dry_run=True).state == "upgraded"
    assert {path: path.read_bytes() for path in branch.root.rglob("*") if path.is_file()} == before


def test_what_cannot_be_carried_is_named_before(branch: Branch, tmp_path: Path) -> None:
    log = the_log(branch)
    Picture.new("RGB", (4, 4)).save(tmp_path / "dot.png")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(log)
        book["我的计划"].add_image(Image(tmp_path / "dot.png"), "F1")
        book.save(log)
    before = log.read_bytes()
    refused = one(log)
    assert (refused.state, [said.en for said in refused.lost]) == ("refused", ["pictures"])
    assert log.read_bytes() == before
    assert one(log, force=True).state == "upgraded"


def test_what_stands_above_the_headings_is_named_before_too_but_rows_there_come_along(branch: Branch) -> None:
    log = the_log(branch)
    book = openpyxl.load_workbook(log)
    training = book["培训记录"]
    training.insert_rows(1)
    for at, cell in enumerate((dt.datetime(2026, 11, 20), "合规", 1.5), 1):
        training.cell(1, at, cell)  # a row pasted above the headings
    book.save(log)
    done = one(log)
    assert (done.state, done.lost) == ("upgraded", ())
    book = openpyxl.load_workbook(log)
    activities, customers = book["每日记录"], book["客户档案"]
    activities.insert_rows(1, 2)
    activities.cell(1, 1, "张伟 2026 年")
    customers.cell(2, 1).comment = Comment("身份证后四位", "张伟")
    book.save(log)
    ask_for(branch, settings_of_demo())
    refused = one(log)
    assert (refused.state, [said.en for said in refused.lost]) == (
        "refused",
        [f"texts above the headings of sheet “{name}”, and notes there" for name in ("客户档案", "每日记录")],
    )
    assert one(log, force=True).state == "upgraded"


def test_what_cannot_be_upgraded_is_refused_and_the_others_are_not(branch: Branch) -> None:
    log = the_log(branch)
    newer = branch.log("A003 newer.xlsx")
    with zipfile.ZipFile(log) as old, zipfile.ZipFile(newer, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, content.replace(b">0.9<", b">9.0<") if part == "docProps/custom.xml" else content)
    opened = next(path for path in branch.logs() if path.name.startswith("A002"))
    opened.with_name(f"~${opened.name}").write_bytes(b"")
    done = {each.file.name: each for each in upgrade([branch.root])}
    assert {name: each.state for name, each in done.items()} == {
        log.name: "upgraded", newer.name: "refused", opened.name: "refused",
    }  # fmt: skip
    why = done[newer.name].why
    assert why is not None
    assert "9.0" in why.en
    assert one(Path(shutil.copy(log, branch.root.parent / "alone.xlsx"))).state == "refused"  # no settings to take from


def _killed_at(log: Path, rename: int) -> None:
    die_at_rename(rename)
    one(log)


@pytest.mark.parametrize("rename", [0, 1, 2, 3])
def test_killed_at_any_moment_the_log_is_whole_and_the_next_run_finishes(branch: Branch, rename: int) -> None:
    log = the_log(branch)
    old = log.read_bytes()
    typed = {code: rows_meant(sheet) for code, sheet in read_book(log, FORMS).sheets.items()}
    doomed = multiprocessing.get_context("fork").Process(target=_killed_at, args=(log, rename))
    doomed.start()
    doomed.join()
    assert doomed.exitcode == -signal.SIGKILL
    assert {code: rows_meant(sheet) for code, sheet in read_book(log, FORMS).sheets.items()} == typed
    assert one(log).state in ("upgraded", "current")
    assert one(log).state == "current"
    assert {code: rows_meant(sheet) for code, sheet in read_book(log, FORMS).sheets.items()} == typed
    assert old in [path.read_bytes() for path in (branch.root / "backup").glob("*.xlsx")]


def test_the_command_says_what_it_did(
    branch: Branch, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTKIT_LANG", "en")
    assert run(["upgrade", str(branch.root), f"{branch.root}/logs/..", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [log["state"] for log in said["logs"]] == ["upgraded"] * 2  # a branch named twice is one
    assert run(["upgrade", str(branch.root)]) == 0
    assert re.findall(r"up to date", capsys.readouterr().out) == ["up to date"] * 2
    assert run(["upgrade", str(branch.root / "nothing.xlsx")]) == 2


@pytest.mark.office
@pytest.mark.slow
def test_an_upgraded_log_works_in_an_office(branch: Branch, tmp_path: Path) -> None:
    from tests.workbooks.conftest import board_on
    from tests.workbooks.test_red_cells import red_cells

    log = the_log(branch)
    one(log)
    identity, rows = rows_of_advisor(1)
    for row in rows["activities"]:
        row.pop("satisfaction", None)  # the older log had no such column
    fresh = rewrite(branch, identity, rows, "fresh.xlsx")
    for name, path in (("log", log), ("fresh", fresh)):
        (tmp_path / name).mkdir()
        shutil.copy(path, tmp_path / name / "log.xlsx")
    boards = [board_on(tmp_path / name / "log.xlsx", TODAY) for name in ("log", "fresh")]
    assert boards[0] == boards[1]
    assert any(line.get("done") for line in boards[0].values())
    forms = [FORMS["customers"], FORMS["activities"]]
    red = [red_cells(tmp_path / name / "log.xlsx", forms) for name in ("log", "fresh")]
    assert red[0] == red[1]


def test_a_heading_of_an_earlier_version_is_read_and_renamed(tmp_path: Path) -> None:
    write_demo(tmp_path / "branch", advisors=1, weeks=1, language="zh-TW", today=TODAY)
    branch = Branch(tmp_path / "branch")
    log = the_log(branch)
    typed = read_book(log, FORMS).sheets["customers"].columns["email"]
    assert any(typed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(log)
        customers = book["客戶檔案"]
        at = _column(customers, 2, "電子郵件")
        customers.cell(2, at).value = "電子郵箱"
        about: Any = book.custom_doc_props
        del about["ReportkitMadeOf"]
        book.save(log)
    raw = read_book(log, FORMS)
    assert not [found for found in raw.findings if found.place.column]
    assert raw.sheets["customers"].columns["email"] == typed
    done = one(log)
    assert (done.state, done.gains) == ("upgraded", ())
    headings = [cell.value for cell in openpyxl.load_workbook(log)["客戶檔案"][2]]
    assert (headings[at - 1], "電子郵箱" in headings) == ("電子郵件", False)
    assert read_book(log, FORMS).sheets["customers"].columns["email"] == typed


def test_a_day_among_notes_and_a_time_among_days_stay_what_they_are(tmp_path: Path) -> None:
    branch = branch_in(tmp_path / "branch")
    log = the_log(branch)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(log)
        sheet = book["每日记录"]
        day, clock, hours = dt.datetime(2026, 12, 1), dt.time(9, 30), dt.timedelta(hours=30)
        for row, heading in enumerate(("内容摘要", "下一步", "时长（分钟）", "沟通方式", "时间"), 2):
            sheet.cell(row, _column(sheet, 1, heading), day)
        for row, heading in enumerate(("内容摘要", "下次跟进日期", "时长（分钟）", "时间"), 12):
            sheet.cell(row, _column(sheet, 1, heading), clock)
        sheet.cell(20, _column(sheet, 1, "下一步"), hours).number_format = "[h]:mm"
        book.save(log)
    double_targets(branch)
    before = read_book(log, FORMS)
    done = [(one.state, one.why and one.why.en) for one in upgrade([log])]
    after = read_book(log, FORMS)
    assert done == [("upgraded", None)]
    assert [rows_meant(sheet) for sheet in after.sheets.values()] == [rows_meant(one) for one in before.sheets.values()]
