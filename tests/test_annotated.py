"""What people save into a report is kept when the report is made anew, by whatever means."""

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reportkit.branch.annotated import annotated_in
from reportkit.branch.closing import close
from reportkit.branch.folder import Branch
from reportkit.branch.refresh import refresh
from reportkit.cli import run
from reportkit.erasing.run import erase
from tests.branches import TODAY, WEEK, branch_in, double_targets, rewrite, rows_of_advisor

TEAM, OWN = "team.xlsx", "A001.xlsx"


@pytest.fixture
def branch(tmp_path: Path) -> Branch:
    branch = branch_in(tmp_path / "branch")
    refresh(branch, WEEK, TODAY)
    return branch


def note(branch: Branch, file: str, text: str) -> bytes:
    """Write a note into a report as a person would, save it, and return what the file holds then."""
    path = branch.reports(WEEK) / file
    book = load_workbook(path)
    book.worksheets[0]["A90"] = text
    book.save(path)
    return path.read_bytes()


def change(branch: Branch) -> None:
    """Have the advisor write a row, so that the reports have to be made anew."""
    identity, rows = rows_of_advisor(1)
    rows["activities"].append({"date": TODAY, "kind": "other", "summary": str(dt.datetime.now())})
    rewrite(branch, identity, rows)


def kept(branch: Branch) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(annotated_in(branch.reports(WEEK)))}


def test_annotated_reports_are_kept_and_named(branch: Branch) -> None:
    said = {"team.edited-1.xlsx": note(branch, TEAM, "谈"), "A001.edited-1.xlsx": note(branch, OWN, "好")}
    change(branch)
    done = refresh(branch, WEEK, TODAY)
    assert [path.name for path in done.kept] == sorted(said)
    assert kept(branch) == said
    assert load_workbook(branch.reports(WEEK) / TEAM).worksheets[0]["A90"].value is None
    said["team.edited-2.xlsx"] = note(branch, TEAM, "再谈")
    change(branch)
    assert [path.name for path in refresh(branch, WEEK, TODAY).kept] == ["team.edited-2.xlsx"]
    assert kept(branch) == said


def test_reports_nobody_touched_leave_nothing_behind(branch: Branch) -> None:
    change(branch)
    done = refresh(branch, WEEK, TODAY)
    assert (len(done.written), done.kept, kept(branch)) == (2, (), {})


def test_what_a_run_cut_short_has_kept_is_not_kept_twice(branch: Branch) -> None:
    said = note(branch, TEAM, "谈")
    shutil.copy(branch.reports(WEEK) / TEAM, branch.reports(WEEK) / "team.edited-1.xlsx")
    change(branch)
    refresh(branch, WEEK, TODAY)
    assert kept(branch) == {"team.edited-1.xlsx": said}


def test_a_report_of_an_advisor_who_is_gone_is_kept_too(branch: Branch) -> None:
    said = note(branch, OWN, "交接")
    next(path for path in branch.logs() if path.name.startswith("A001")).unlink()
    refresh(branch, WEEK, TODAY)
    assert kept(branch) == {"A001.edited-1.xlsx": said}
    assert not (branch.reports(WEEK) / OWN).exists()


def test_a_published_workbook_somebody_saved_is_named_and_comes_back(
    branch: Branch, capsys: pytest.CaptureFixture[str]
) -> None:
    close(branch, WEEK, TODAY)
    as_published = (branch.reports(WEEK) / TEAM).read_bytes()
    assert changed(branch) == []
    note(branch, TEAM, "99")
    note(branch, OWN, "好")
    assert changed(branch) == [f"reports/{WEEK}/{TEAM}", f"reports/{WEEK}/{OWN}"]
    assert run(["check", str(branch.root), "--as-of", TODAY.isoformat(), "--json"]) in (0, 1)
    listed = json.loads(capsys.readouterr().out)["findings"]
    assert [one["file"] for one in listed if one["code"] == "report.changed"] == changed(branch)
    assert run(["send", str(branch.root), "--week", WEEK, "--as-of", TODAY.isoformat(), "--dry-run", "--json"]) == 0
    assert f"reports/{WEEK}/{TEAM}: " in capsys.readouterr().err
    for file in (TEAM, OWN):
        (branch.reports(WEEK) / file).rename(branch.reports(WEEK) / f"old {file}")
    assert changed(branch) == []
    assert (branch.reports(WEEK) / TEAM).read_bytes() == as_published


def changed(branch: Branch) -> list[str]:
    """Return which published workbooks a refresh says were saved since."""
    return [one.place.file for one in refresh(branch, WEEK, TODAY).findings if one.code == "report.changed"]


def test_a_file_of_somebody_elses_is_kept_whatever_it_is(branch: Branch) -> None:
    (branch.reports(WEEK) / TEAM).write_bytes(b"notes of mine")
    double_targets(branch)
    refresh(branch, WEEK, TODAY)
    assert kept(branch) == {"team.edited-1.xlsx": b"notes of mine"}


def test_an_erased_person_is_out_of_what_was_kept_and_that_is_no_note(branch: Branch) -> None:
    customer = rows_of_advisor(1)[1]["customers"][0]
    note(branch, TEAM, f"谈 {customer['customer_id']} {customer['name']}")
    change(branch)
    refresh(branch, WEEK, TODAY)
    erase(branch.root, customer["customer_id"], today=TODAY)
    (copy,) = annotated_in(branch.reports(WEEK))
    text = str(load_workbook(copy).worksheets[0]["A90"].value)
    assert "谈" in text
    assert customer["customer_id"] not in text
    double_targets(branch)
    assert refresh(branch, WEEK, TODAY).kept == ()


def test_the_workbook_of_headquarters_is_kept_too(branch: Branch, capsys: pytest.CaptureFixture[str]) -> None:
    out = branch.root.parent / "all.xlsx"
    asked = ["rollup", str(branch.root), "--week", WEEK, "--as-of", TODAY.isoformat(), "--out", str(out)]
    for _ in range(2):
        assert run(asked) in (0, 1)
    assert annotated_in(out.parent) == frozenset()
    book = load_workbook(out)
    book.worksheets[0]["A90"] = "问南京"
    book.save(out)
    said = out.read_bytes()
    capsys.readouterr()
    assert run([*asked, "--json"]) in (0, 1)
    told = capsys.readouterr()
    assert json.loads(told.out)["week"] == WEEK
    assert out.with_name("all.edited-1.xlsx").read_bytes() == said
    assert "all.edited-1.xlsx" in told.err


def test_the_terminal_says_where_they_are(branch: Branch, capsys: pytest.CaptureFixture[str]) -> None:
    asked = [str(branch.root), "--week", WEEK, "--as-of", TODAY.isoformat()]
    for number, command in enumerate((["refresh", *asked, "--json"], ["refresh", *asked], ["close", *asked]), 1):
        note(branch, TEAM, f"第{number}次")
        change(branch)
        capsys.readouterr()
        assert run(command) in (0, 1)
        said = capsys.readouterr().out
        named = json.loads(said)["kept"] if "--json" in command else said.replace("\n", "")
        assert str(branch.reports(WEEK) / f"team.edited-{number}.xlsx") in named


def test_a_program_that_closes_a_week_is_told_on_standard_error(
    branch: Branch, capsys: pytest.CaptureFixture[str]
) -> None:
    note(branch, TEAM, "问南京")
    change(branch)
    capsys.readouterr()
    assert run(["close", str(branch.root), "--week", WEEK, "--as-of", TODAY.isoformat(), "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["week"] == WEEK
    assert "team.edited-1.xlsx" in told.err
