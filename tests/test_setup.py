"""Setting a branch up: names that every system takes, and nothing written over."""

from pathlib import Path

import pytest

from reportkit.branch.folder import Branch
from reportkit.definitions.errors import MendInput
from reportkit.setup import NOT_TEXT, TAKEN, UNFIT_ID, init_branch, log_name


def roster(folder: Path, *rows: str, encoding: str = "utf-8-sig") -> Path:
    path = folder / "roster.csv"
    path.write_text("\n".join(["工号,姓名,级别", *rows]), encoding=encoding)
    return path


@pytest.mark.parametrize("advisor", ["A/1", "A\\1", "A:1", "../A1", "A?", "A1.", "con", "COM1", "nul.x"])
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
    init_branch(tmp_path / "branch", roster(tmp_path, "A001,张伟,初级", encoding=encoding), "zh-CN")
    assert [path.name for path in Branch(tmp_path / "branch").logs()] == ["A001 张伟.xlsx"]


def test_a_name_may_hold_a_line_break_in_quotes(tmp_path: Path) -> None:
    init_branch(tmp_path / "branch", roster(tmp_path, 'A001,"张\n伟",初级', "A002,李静,初级"), "zh-CN")
    assert [path.name for path in Branch(tmp_path / "branch").logs()] == ["A001 张伟.xlsx", "A002 李静.xlsx"]


def test_a_roster_that_is_no_text_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(b"\xff\xff\xff\x80")
    with pytest.raises(MendInput) as refused:
        init_branch(tmp_path / "branch", path, "zh-CN")
    assert refused.value.words["why"] is NOT_TEXT
