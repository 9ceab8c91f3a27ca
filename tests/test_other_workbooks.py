"""Workbooks of the program's own that lie where a log belongs are named as what they are, whoever saved them last."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from reportkit.branch.closing import close
from reportkit.branch.folder import Branch
from reportkit.branch.refresh import refresh
from reportkit.cli import run
from reportkit.definitions.finding_kinds import KINDS
from reportkit.definitions.forms import ACTIVITIES, FORMS
from reportkit.definitions.settings_forms import SETTINGS_FORMS
from reportkit.definitions.text import LANGUAGES, Language
from reportkit.demo import write_demo
from reportkit.mail.outbox import OUTBOX
from reportkit.mail.results import write_results
from reportkit.read.workbook import read_book
from reportkit.summary.rollup import branch_week, roll_up
from reportkit.workbooks.rollup import write_rollup
from tests.branches import LAST_WEEK, TODAY
from tests.office import convert_all

REPORTS = ("A001.xlsx", "team.xlsx", "branches.xlsx", "mail.xlsx")


@pytest.fixture(scope="module", params=LANGUAGES)
def branch(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Branch:
    """Return a branch of one advisor in each of the languages, with a roll-up among its reports."""
    language: Language = request.param
    folder = tmp_path_factory.mktemp("branch")
    write_demo(folder, advisors=1, weeks=2, today=TODAY, language=language)
    made = Branch(folder)
    team = refresh(made, LAST_WEEK, TODAY).team
    assert team is not None
    write_rollup(made.reports(LAST_WEEK) / "branches.xlsx", roll_up(LAST_WEEK, [branch_week(team)]), language)
    close(made, LAST_WEEK, TODAY)
    (made.root / OUTBOX).mkdir()
    shutil.copy(write_results(made, LAST_WEEK, TODAY), made.reports(LAST_WEEK) / "mail.xlsx")
    return made


def found_in(path: Path) -> list[str]:
    """Return the codes of all that is found where a log is asked for."""
    book = read_book(path, FORMS)
    assert book.sheets == {}
    return [one.code for one in book.findings]


def test_reports_and_settings_are_no_logs(branch: Branch) -> None:
    assert [found_in(branch.reports(LAST_WEEK) / name) for name in REPORTS] == [["file.report"]] * len(REPORTS)
    assert found_in(branch.settings_path) == ["file.settings"]


@pytest.mark.office
def test_nor_are_they_when_libreoffice_saved_them(branch: Branch, tmp_path: Path) -> None:
    reports = [branch.reports(LAST_WEEK) / name for name in REPORTS]
    *saved, settings = convert_all([*reports, branch.settings_path], "xlsx", tmp_path)
    assert [found_in(path) for path in saved] == [["file.report"]] * len(REPORTS)
    assert found_in(settings) == ["file.settings"]


def test_a_report_is_no_settings_either(branch: Branch) -> None:
    found = read_book(branch.reports(LAST_WEEK) / "team.xlsx", SETTINGS_FORMS).findings
    assert [one.code for one in found] == ["file.not_settings"]


def test_a_log_stays_one_whatever_sheets_its_owner_adds(branch: Branch, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(branch.logs()[0])
    before = read_book(branch.logs()[0], FORMS)
    for name in ("明细", "数据质量", "Data quality", "Detail", "达成率", "完成"):
        book.create_sheet(name)
    book.save(tmp_path / branch.logs()[0].name)
    after = read_book(tmp_path / branch.logs()[0].name, FORMS)
    assert after.findings == before.findings
    assert after.sheets[ACTIVITIES.code].rows == before.sheets[ACTIVITIES.code].rows


def test_a_command_that_needs_a_log_says_what_it_was_given(
    branch: Branch, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTKIT_LANG", "en")
    report = str(branch.reports(LAST_WEEK) / "team.xlsx")
    assert run(["kpi", report]) == 2
    assert KINDS["file.report"].message.en in capsys.readouterr().err
    assert run(["check", report]) == 1
    said = capsys.readouterr().out
    assert (said.count("file.report"), "1 error, 0 warnings" in said) == (1, True)
