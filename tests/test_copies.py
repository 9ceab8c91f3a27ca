"""Of an advisor's several logs the same one counts, whichever command asks, and the others are named once each."""

import io
import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from reportkit.branch.folder import Branch
from reportkit.cli import run
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
