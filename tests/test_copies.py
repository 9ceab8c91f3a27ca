"""Of an advisor's several logs the same one counts, whichever command asks, and the others are named once each."""

import io
import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from reportkit.branch.copies import stand_ins
from reportkit.branch.folder import Branch
from reportkit.cli import run
from reportkit.definitions.findings import Place, finding
from reportkit.importing.run import logs_of
from tests.branches import TODAY, branch_in, rewrite, rows_of_advisor

AS_OF = ("--as-of", TODAY.isoformat())


@pytest.fixture
def branch(tmp_path: Path) -> Branch:
    """Return a branch with an older copy of a log beside it, which sorts first, and a blank template."""
    branch = branch_in(tmp_path)
    log = branch.logs()[0]
    identity, rows = rows_of_advisor()
    rows["activities"] = rows["activities"][:10]
    rewrite(branch, identity, rows, f"{log.stem} - 副本.xlsx")
    shutil.copy(Path(__file__).parent.parent / "workbook_templates" / "log.zh-CN.xlsx", branch.log("A 空白.xlsx"))
    assert [path.name for path in branch.logs()[:3]] == ["A 空白.xlsx", f"{log.stem} - 副本.xlsx", log.name]
    return branch


def answer(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[Any, str]:
    run([str(one) for one in (*arguments, "--json")])
    said = capsys.readouterr()
    return json.loads(said.out), said.err


def test_check_names_a_copy_once_and_not_each_of_its_customers(
    branch: Branch, capsys: pytest.CaptureFixture[str]
) -> None:
    found, _ = answer(capsys, "check", branch.root, *AS_OF)
    refreshed, _ = answer(capsys, "refresh", branch.root, *AS_OF)
    left_out = {(one["file"], one["code"]) for one in refreshed["failed"]}
    assert left_out == {("A 空白.xlsx", "advisor.unknown"), ("A001 张伟 - 副本.xlsx", "file.conflict")}
    codes = ("advisor.unknown", "file.conflict", "customer.twice")
    assert {(one["file"], one["code"]) for one in found["findings"] if one["code"] in codes} == left_out
    run(["check", str(branch.root), *AS_OF])
    assert capsys.readouterr().out.count("file.conflict") == 1


def test_a_customer_with_two_advisors_is_named_still(branch: Branch, capsys: pytest.CaptureFixture[str]) -> None:
    (identity, rows), (_, theirs) = rows_of_advisor(2), rows_of_advisor(1)
    served = next(row for row in theirs["customers"] if row["status"] == "active")
    rows["customers"].append(served)
    rewrite(branch, identity, rows)
    found, _ = answer(capsys, "check", branch.root, *AS_OF)
    assert [one["value"] for one in found["findings"] if one["code"] == "customer.twice"] == [served["customer_id"]]


@pytest.mark.parametrize("command", ["service", "satisfaction", "customers", "knowledge"])
def test_commands_that_read_logs_take_the_one_a_refresh_takes(
    branch: Branch, tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with_copy, told = answer(capsys, command, branch.root, *AS_OF)
    for name in ("A 空白.xlsx", "A001 张伟 - 副本.xlsx"):
        assert told.count(f"{name}: ") == 1
        branch.log(name).unlink()
    alone, told = answer(capsys, command, branch.root, *AS_OF)
    assert (with_copy, told) == (alone, "")


@pytest.mark.parametrize("command", ["service", "satisfaction", "customers", "knowledge"])
def test_commands_that_read_logs_open_one_with_the_password_the_environment_gives(
    tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    branch = branch_in(tmp_path)
    plainly = answer(capsys, command, branch.root, *AS_OF)
    log = branch.logs()[0]
    content = io.BytesIO(log.read_bytes())
    with log.open("wb") as locked:
        OOXMLFile(content).encrypt("geheim", locked)
    _, told = answer(capsys, command, branch.root, *AS_OF)
    assert told.startswith(f"{log.name}: ") and "REPORTKIT_PASSWORD" in told
    monkeypatch.setenv("REPORTKIT_PASSWORD", "geheim")
    assert answer(capsys, command, branch.root, *AS_OF) == plainly


@pytest.mark.parametrize("is_copy", [False, True])
def test_a_log_that_cannot_be_read_names_the_one_that_counts_in_its_place(
    tmp_path: Path, is_copy: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    branch = branch_in(tmp_path)
    plainly, _ = answer(capsys, "refresh", branch.root, *AS_OF)
    log = branch.logs()[0]
    other = branch.log(f"{log.stem} (1).xlsx")
    locked, plain = (other, log) if is_copy else (log, other)
    content = log.read_bytes()
    plain.write_bytes(content)
    with locked.open("wb") as written:
        OOXMLFile(io.BytesIO(content)).encrypt("geheim", written)
    refreshed, _ = answer(capsys, "refresh", branch.root, *AS_OF)
    assert [one["code"] for one in refreshed["failed"]] == ["file.encrypted"]
    assert refreshed["team"] == plainly["team"] and refreshed["findings"]["file.stand_in"] == 1
    found, _ = answer(capsys, "check", branch.root, *AS_OF)
    (told,) = (one for one in found["findings"] if one["code"] == "file.stand_in")
    assert told["file"] == locked.name and plain.name in told["message"] and "A001" in told["message"]
    _, said = answer(capsys, "service", branch.root, *AS_OF)
    assert plain.name in said
    run(["refresh", str(branch.root), *AS_OF])
    assert "file.stand_in" in capsys.readouterr().out
    monkeypatch.setenv("REPORTKIT_PASSWORD", "geheim")
    opened, _ = answer(capsys, "refresh", branch.root, *AS_OF)
    assert [(one["file"], one["code"]) for one in opened["failed"]] == [(other.name, "file.conflict")]
    assert opened["team"] == plainly["team"] and "file.stand_in" not in opened["findings"]


def test_a_picture_or_an_unread_log_of_nobody_stands_in_for_nothing() -> None:
    counting = {"A001": "A001 张伟.xlsx"}
    found = [
        finding("file.damaged", Place("A009 王磊.xlsx")),
        finding("file.format", Place("A001 合影.png")),
        finding("file.locked", Place("A001 旧.xlsx")),
    ]
    assert [(one.place.file, one.words["other"]) for one in stand_ins(found, counting)] == [
        ("A001 旧.xlsx", "A001 张伟.xlsx")
    ]


def test_what_is_written_goes_into_the_log_that_counts(branch: Branch) -> None:
    assert {who: log.path.name for who, log in logs_of(branch.root, {"A001", "A002"}).items()} == {
        "A001": "A001 张伟.xlsx",
        "A002": "A002 李静.xlsx",
    }


def test_a_log_that_lost_its_properties_is_found_by_its_name_for_writing_too(branch: Branch) -> None:
    path = branch.log("A002 李静.xlsx")
    book = openpyxl.load_workbook(path)
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]
    book.save(path)
    assert logs_of(branch.root, {"A002"})["A002"].raw.identity.advisor_id == "A002"
