"""Setting a branch up: names that every system takes, and nothing written over."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from reportkit.branch.folder import Branch, log_name
from reportkit.definitions.catalogue import settings_rows
from reportkit.definitions.errors import MendInput
from reportkit.setup import TAKEN, UNFIT_ID, init_branch, read_roster
from reportkit.workbooks import write_settings


def roster(folder: Path, *rows: str, encoding: str = "utf-8-sig") -> Path:
    path = folder / "roster.csv"
    path.write_text("\n".join(["工号,姓名,级别", *rows]), encoding=encoding)
    return path


def people(path: Path) -> list[tuple[str, ...]]:
    """Return who is in a roster."""
    return [tuple(row[code] for code in ("advisor_id", "name", "level")) for row in read_roster(path)]


@pytest.mark.parametrize("advisor", ["A 02", "A/1", "A\\1", "A:1", "../A1", "A?", "A1.", "con", "COM1", "nul.x"])
def test_an_id_that_cannot_name_a_file_everywhere_is_refused(tmp_path: Path, advisor: str) -> None:
    with pytest.raises(MendInput) as refused:
        init_branch(tmp_path / "branch", roster(tmp_path, f"{advisor},张伟,初级"), "zh-CN")
    assert refused.value.text is UNFIT_ID
    assert not (tmp_path / "branch").exists()


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("张/伟", "A001 张伟.xlsx"),
        ("张伟. ", "A001 张伟.xlsx"),
        ("CON", "A001 CON.xlsx"),
        ("", "A001.xlsx"),
        ("a\nb", "A001 ab.xlsx"),
    ],
)
def test_a_name_of_a_person_becomes_one_of_a_file(name: str, file: str) -> None:
    assert log_name("A001", name) == file


def test_a_very_long_name_is_cut(tmp_path: Path) -> None:
    made = init_branch(tmp_path / "branch", roster(tmp_path, f"A001,{'长' * 120},初级", "A002,李静,初级"), "zh-CN")
    assert len(Branch(tmp_path / "branch").logs()) == 2
    assert all(len(path.name.encode()) < 255 for path in made)


def test_a_file_named_alike_is_not_written_over(tmp_path: Path) -> None:
    folder = tmp_path / "branch"
    init_branch(folder, roster(tmp_path, "A001,张伟,初级"), "zh-CN")
    (log,) = Branch(folder).logs()
    log.rename(log.with_name("A001，张伟.xlsx"))
    (folder / "logs" / "A001 张伟.xlsx").mkdir()
    with pytest.raises(MendInput) as refused:
        init_branch(folder, None, "zh-CN")
    assert refused.value.text is TAKEN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_roster_is_read_in_the_encodings_of_excel(tmp_path: Path, encoding: str) -> None:
    assert people(roster(tmp_path, "A001,张伟,初级", encoding=encoding)) == [("A001", "张伟", "初级")]


def test_a_name_may_hold_a_line_break_in_quotes(tmp_path: Path) -> None:
    init_branch(tmp_path / "branch", roster(tmp_path, 'A001,"张\n伟",初级', "A002,李静,初级"), "zh-CN")
    assert [path.name for path in Branch(tmp_path / "branch").logs()] == ["A001 张伟.xlsx", "A002 李静.xlsx"]


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(";", "utf-8"), ("\t", "utf-16"), ("\t", "gb18030"), (",", "big5")]
)
def test_a_roster_is_read_as_other_programs_export_it(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "roster.txt"
    lines = (["工號", "姓名", "級別"], ["A001", "張偉", "初級"])
    path.write_text("\n".join(delimiter.join(line) for line in lines), encoding=encoding)
    assert people(path) == [("A001", "張偉", "初級")]


def test_a_roster_in_a_workbook_may_stand_on_any_sheet(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["看第二张"])
    sheet = book.create_sheet("名单")
    for row in (["营业部人员"], ["工号", "姓名", "级别"], [1001, "张伟", "初级"]):
        sheet.append(row)
    book.save(tmp_path / "roster.xlsx")
    init_branch(tmp_path / "branch", tmp_path / "roster.xlsx", "zh-CN")
    assert [log.name for log in Branch(tmp_path / "branch").logs()] == ["1001 张伟.xlsx"]


def test_every_wrong_cell_of_a_roster_is_named_with_its_row_and_nothing_is_made(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(
        "工号,姓名,级别,电子邮箱,起始日期\nA001,张伟,初级,zhang@,去年\n,李静,初级,,\nA003,,,,\n", encoding="utf-8"
    )
    with pytest.raises(MendInput) as refused:
        init_branch(tmp_path / "branch", path, "zh-CN")
    lines = sorted(line.strip()[:9] for line in refused.value.message("zh-CN").splitlines()[1:])
    assert lines == ["第 2 行：“电子", "第 2 行：“起始", "第 3 行：“工号", "第 4 行：“姓名", "第 4 行：“级别"]
    assert not (tmp_path / "branch").exists()


def test_a_level_that_keeps_no_log_gets_none(tmp_path: Path) -> None:
    branch = Branch(tmp_path / "branch")
    rows = [
        {"advisor_id": "M01", "name": "王经理", "level": "经理"},
        {"advisor_id": "A001", "name": "张伟", "level": "初级"},
    ]
    branch.root.mkdir()
    levels = [{"code": "manager", "name": "经理", "log": "no"}, {"code": "junior", "name": "初级"}]
    write_settings(branch.settings_path, {**settings_rows("zh-CN"), "levels": levels, "roster": rows}, language="zh-CN")
    init_branch(branch.root, None, "zh-CN")
    assert [log.name for log in branch.logs()] == ["A001 张伟.xlsx"]


def test_a_roster_that_is_no_text_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(b"\xff\xff\xff\x80")
    with pytest.raises(MendInput) as refused:
        init_branch(tmp_path / "branch", path, "zh-CN")
    assert "“工号”" in refused.value.message("zh-CN")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "gb18030", "utf-8-sig"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_roster_is_read_as_excel_and_others_save_it(tmp_path: Path, encoding: str, sign: str) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes("工号,姓名,级别\nA001,张伟,初级\n".replace(",", sign).encode(encoding))
    assert people(path) == [("A001", "张伟", "初级")]
