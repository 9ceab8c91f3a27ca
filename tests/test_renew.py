"""A fresh log and its archive are the log they were made of: no figure changes, nothing is lost, failures are named."""

import datetime as dt
import errno
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from soak.child import Disturbance, command
from soak.child import run as run_apart

from reportkit.branch.closing import close, reopen
from reportkit.branch.folder import Branch
from reportkit.branch.refresh import refresh
from reportkit.cli import run
from reportkit.definitions.errors import OurBug
from reportkit.definitions.forms import FORMS
from reportkit.demo import write_demo
from reportkit.erasing.run import erase
from reportkit.handover import hand_over
from reportkit.logs.carrying import Filling
from reportkit.logs.renew import Renewed, accept, renew
from reportkit.logs.rewrite import NOT_THE_SAME
from reportkit.logs.upgrade import upgrade
from reportkit.read.archives import archives_of, read_whole, rows_in_words, rows_meant, seal_of
from reportkit.read.book import Archived, Identity, RawBook, RawSheet, archived, unarchived
from reportkit.read.workbook import read_book
from reportkit.settings.branch_settings import default_settings
from reportkit.settings.nearby import settings_near
from reportkit.summary.flow import work_from_file, work_from_raw
from reportkit.summary.summaries import summarise
from reportkit.validate.workbook import validate
from tests.branches import LAST_WEEK, TODAY, WEEK, reports
from tests.office import convert
from tests.oracle.randomlogs import Scenario, scenarios

BEFORE = dt.date(2026, 11, 18)  # a Wednesday: the rows of its week stay
CUT = dt.date(2026, 11, 16)
WEEKS = ("2026-W45", "2026-W46", LAST_WEEK)  # closed before


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A branch of two advisors with six weeks of rows, three weeks of which are published."""
    root = tmp_path_factory.mktemp("renew") / "branch"
    write_demo(root, advisors=2, weeks=6, today=TODAY)
    for week in WEEKS:
        close(Branch(root), week, TODAY)
    log = log_of(Branch(root))
    book = openpyxl.load_workbook(log)  # rows of a closed week that change and go
    days = {cell.value.date(): cell.row for cell in book["每日记录"]["A"][1:] if isinstance(cell.value, dt.datetime)}
    book["每日记录"].cell(days[dt.date(2026, 11, 3)], 9).value = "改过的内容"
    for cell in book["每日记录"][days[dt.date(2026, 11, 4)]]:
        cell.value = None
    book.save(log)
    refresh(Branch(root), WEEK, TODAY - dt.timedelta(days=1))
    return root


@pytest.fixture(scope="module")
def renewed(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same branch, its logs renewed."""
    root = shutil.copytree(made, tmp_path_factory.mktemp("renewed") / "branch")
    assert [one.state for one in renew([root], BEFORE, today=TODAY)] == ["renewed", "renewed"]
    return root


@pytest.fixture
def branch(made: Path, tmp_path: Path) -> Branch:
    return Branch(shutil.copytree(made, tmp_path / "branch"))


@pytest.fixture
def fresh(renewed: Path, tmp_path: Path) -> Branch:
    return Branch(shutil.copytree(renewed, tmp_path / "renewed"))


@pytest.fixture(scope="module")
def renewed_and_refreshed(renewed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That branch, the week at hand refreshed since."""
    root = shutil.copytree(renewed, tmp_path_factory.mktemp("refreshed") / "branch")
    refresh(Branch(root), WEEK, TODAY)
    return root


@pytest.fixture
def settled(renewed_and_refreshed: Path, tmp_path: Path) -> Branch:
    return Branch(shutil.copytree(renewed_and_refreshed, tmp_path / "settled"))


def log_of(branch: Branch, advisor: str = "A001") -> Path:
    return next(path for path in branch.logs() if path.name.startswith(advisor))


def archive_of(branch: Branch, advisor: str = "A001") -> Path:
    return next((branch.root / "archive" / "2026").glob(f"{advisor}*"))


def printed(arguments: list[str]) -> Any:
    """Return the JSON a command prints."""
    with redirect_stdout(StringIO()) as out:
        run([*arguments, "--json"])
    return json.loads(out.getvalue())


def without_places(value: Any) -> Any:
    """Return what a command printed without the places of rows and what only this run took."""
    if isinstance(value, dict):
        left_out = {"file", "sheet", "row", "cell", "archive", "read", "cached", "seconds", "message"}
        return {key: without_places(one) for key, one in value.items() if key not in left_out}
    if isinstance(value, list):
        every = [without_places(one) for one in value]
        return sorted(every, key=repr) if every and isinstance(every[0], dict) else every
    return round(value, 9) if isinstance(value, float) else value  # sums are taken in the order of the rows


@pytest.fixture(scope="module")
def told(made: Path, renewed: Path) -> list[Any]:
    """What the commands say of the branch before its logs are renewed."""
    return answers(Branch(made))


def answers(branch: Branch) -> list[Any]:
    """Return what the commands say of a branch, without the places of rows."""
    return [without_places(printed(one)) for one in asked(branch)]


def asked(branch: Branch) -> list[list[str]]:
    root, log = str(branch.root), str(log_of(branch))
    day = ["--as-of", TODAY.isoformat()]
    return [
        *(["refresh", root, "--week", week, *day] for week in (WEEK, *WEEKS)),
        ["rollup", root, "--week", LAST_WEEK, *day],
        ["check", root, *day],
        ["kpi", log, *day],
        ["kpi", log, "--week", "2026-W44", *day],
        ["due", log, "--on", TODAY.isoformat()],
        ["due", log, "--on", "2026-11-10"],
        ["customers", root, *day],
        ["service", root, *day],
        ["service", root, "--week", "2026-W45", *day],
        ["satisfaction", root, *day],
        ["trend", root, *day],
    ]


# --- No figure changes, nothing is lost ---


def test_no_figure_of_any_week_changes(made: Path, told: list[Any], fresh: Branch) -> None:
    before = Branch(made)
    published = {week: reports(before, week) for week in WEEKS}
    for was, now, question in zip(told, answers(fresh), asked(fresh), strict=True):
        assert now == was, question
    assert {week: reports(fresh, week) for week in WEEKS} == published
    late = [json.loads((one.root / "history" / "late.json").read_text("utf-8"))["late"] for one in (before, fresh)]
    told = [[(week, row[0], row[6:]) for week, *_, rows, _, _ in of_one for row in rows] for of_one in late]
    assert [row[2][0] for row in told[0]] == ["changed", "vanished"]
    assert told[1] == told[0]


def test_a_week_reopened_after_a_renewal_is_restated_as_before(branch: Branch, fresh: Branch) -> None:
    restated = []
    for one in (branch, fresh):
        reopen(one, WEEKS[0], TODAY, "漏记")
        team = refresh(one, WEEKS[0], TODAY).team
        assert team is not None and team.correction is not None
        restated.append((team.correction, [(of.value, of.target) for of in team.assessments]))
    assert restated[0] == restated[1]
    assert restated[0][0].figures


def test_every_row_is_in_the_archive_or_in_the_log(made: Path, fresh: Branch) -> None:
    for advisor in ("A001", "A002"):
        before = read_book(log_of(Branch(made), advisor), FORMS)
        old, new = (read_book(path, FORMS) for path in (archive_of(fresh, advisor), log_of(fresh, advisor)))
        for code, sheet in before.sheets.items():
            archived_, left = (rows_in_words(one.sheets[code]) for one in (old, new))
            if code == "customers":
                assert archived_ == left == rows_in_words(sheet)
            else:
                assert sorted([*archived_, *left]) == rows_in_words(sheet)
        assert len(old.sheets["activities"].rows) > 100
        assert max(row["date"] for row in rows_meant(old.sheets["activities"])) < CUT


def test_an_archive_is_a_sound_log_of_its_own(fresh: Branch) -> None:
    archive = archive_of(fresh)
    work = work_from_file(archive, settings_near(archive), TODAY)
    assert settings_near(archive).branch == fresh.settings().branch
    assert [found.code for found in work.book.findings if found.severity == "error"] == []
    assert work.facts.advisor_id == "A001"


def test_only_logs_of_the_week_at_hand_are_read_again(fresh: Branch) -> None:
    assert refresh(fresh, WEEK, TODAY).read == 2  # both were written
    done = refresh(fresh, WEEK, TODAY)
    assert (done.read, done.written) == (0, ())


def test_the_next_year_goes_beside(told: list[Any], fresh: Branch) -> None:
    log = log_of(fresh)
    [done] = renew([log], TODAY, today=TODAY)
    assert (done.state, done.archive and done.archive.parent.name) == ("renewed", "2026-2")
    assert answers(fresh) == told
    assert read_book(log, FORMS).identity.archives == ("2026", "2026-2")
    assert [one.state for one in renew([log], TODAY, today=TODAY)] == ["nothing"]


def test_put_back_the_backup_undoes_it(made: Path, fresh: Branch) -> None:
    log = log_of(fresh)
    shutil.copy(next((fresh.root / "backup").glob("A001*")), log)
    assert log.read_bytes() == log_of(Branch(made)).read_bytes()
    before, now = (printed(["kpi", str(log_of(one)), "--as-of", TODAY.isoformat()]) for one in (Branch(made), fresh))
    assert now == before
    assert unused(fresh) == {"A001": ["archive.unused"], "A002": []}
    shutil.move(archive_of(fresh), fresh.root / "away.xlsx")
    assert unused(fresh) == {"A001": [], "A002": []}
    shutil.move(fresh.root / "away.xlsx", fresh.root / "archive" / "2026" / log.name)
    assert unused(fresh) == {"A001": ["archive.unused"], "A002": []}


def unused(branch: Branch) -> dict[str, list[str]]:
    """Return advisor → what a refresh finds about their archives."""
    team = refresh(branch, WEEK, TODAY).team
    assert team is not None
    return {
        one.advisor_id: [found.code for found in one.findings if found.code.startswith("archive")]
        for one in team.members
    }


@pytest.mark.parametrize(("before", "year"), [(dt.date(2027, 1, 1), "2026"), (dt.date(2027, 1, 6), "2026")])
def test_an_archive_is_called_by_the_year_of_its_last_week(made: Path, before: dt.date, year: str) -> None:
    [done] = renew([log_of(Branch(made))], before, today=dt.date(2027, 1, 8), dry_run=True)
    assert done.archive is not None
    assert done.archive.parent.name == year


# --- Where rows are ---


def test_links_lead_to_the_rows_in_the_archive(settled: Branch) -> None:
    folder = settled.reports(WEEK)
    book = openpyxl.load_workbook(folder / "A001.xlsx")
    links = [
        (cell, cell.hyperlink)
        for row in book["明细"].iter_rows(min_row=5, max_col=1)
        for cell in row
        if cell.hyperlink and cell.hyperlink.target and "archive" in cell.hyperlink.target
    ]
    assert links, "the months of W48 began before the cut"
    sheets: dict[str, Any] = {}
    for cell, link in links:
        place, _, at = (link.location or "").replace("'", "").partition("!")
        file = (folder / unquote(link.target.partition("#")[0]).replace("\\", "/")).resolve()
        assert file == archive_of(settled)
        sheet = sheets.setdefault(place, openpyxl.load_workbook(file)[place])
        assert str(cell.value) == f"2026 {place} {at}"
        day = book["明细"].cell(cell.row, 2).value
        if day is not None:
            assert sheet[at].value.date() == day.date()


def test_numbers_of_rows_name_one_row_of_one_file() -> None:
    assert [unarchived(archived(row, back)) for row, back in ((7, 0), (7, 1), (1, 2), (1 << 20, 2))] == [
        (7, 0), (7, 1), (1, 2), (1 << 20, 2),
    ]  # fmt: skip
    assert archived(7, 2) < archived(2, 1) < archived(1 << 20, 1) < archived(1, 0) == 1
    assert unarchived(1 << 24) == (1 << 24, 0)  # rows an import checks below the log's own


# --- An archive that is not as it was ---


def change_archive(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["每日记录"]["A2"] = dt.datetime(2026, 11, 2)
    book.save(path)


@pytest.mark.parametrize("how", ["missing", "unusable", "changed"])
def test_a_failed_archive_fails_its_advisor_and_heals(settled: Branch, how: str) -> None:
    whole = refresh(settled, WEEK, TODAY)
    archive = archive_of(settled)
    content = archive.read_bytes()
    if how == "missing":
        archive.unlink()
    elif how == "unusable":
        archive.write_bytes(content[:5000])
    else:
        change_archive(archive)
    os.utime(log_of(settled))
    done = refresh(settled, WEEK, TODAY)
    assert done.team is not None and whole.team is not None
    assert [(one.code, one.place.file) for one in done.failed] == [(f"archive.{how}", log_of(settled).name)]
    assert [member.advisor_id for member in done.team.members] == ["A002"]
    assert "archive/2026/A001" in done.failed[0].message("en")
    archive.write_bytes(content)
    again = refresh(settled, WEEK, TODAY)
    assert (again.failed, again.team) == ((), whole.team)


def test_a_failed_archive_is_seen_though_the_log_is_as_it_was(settled: Branch) -> None:
    archive_of(settled).unlink()
    assert [one.code for one in refresh(settled, WEEK, TODAY).failed] == ["archive.missing"]


def test_no_late_rows_while_an_archive_is_missing(settled: Branch) -> None:
    before = refresh(settled, WEEK, TODAY).team
    archive_of(settled).unlink()
    team = refresh(settled, WEEK, TODAY).team
    assert team is not None and before is not None
    assert team.late == before.late != ()


def test_whoever_only_looks_and_saves_changes_nothing(fresh: Branch) -> None:
    archive = archive_of(fresh)
    book = openpyxl.load_workbook(archive)
    book["每日记录"].move_range("A2:L2", rows=5000)  # sorted, say
    book.save(archive)
    assert refresh(fresh, WEEK, TODAY).failed == ()


def test_a_change_that_is_meant_is_accepted(fresh: Branch) -> None:
    archive = archive_of(fresh)
    change_archive(archive)
    assert [one.state for one in accept([fresh.root], dry_run=True)] == ["accepted", "nothing"]
    done = accept([fresh.root])
    assert [one.state for one in done] == ["accepted", "nothing"]
    assert done[0].backup is not None
    assert [one.state for one in accept([fresh.root])] == ["nothing", "nothing"]
    found = refresh(fresh, WEEK, TODAY)
    assert found.failed == ()
    assert found.team is not None
    assert {(one.change, one.file) for one in found.team.late if one.change == "changed"} <= {
        ("changed", archive.relative_to(fresh.root).as_posix())
    }
    archive.unlink()  # that is no change to accept
    log_of(fresh, "A002").write_bytes(b"PK half a workbook")  # which does not say what it names
    assert [one.state for one in accept([fresh.root])] == ["refused", "refused"]


def test_without_its_properties_a_log_counts_every_archive_there_is(fresh: Branch) -> None:
    log = log_of(fresh)
    whole = read_whole(log, FORMS)
    book = openpyxl.load_workbook(log)
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]
    book.save(log)
    raw = read_whole(log, FORMS)
    assert raw.archives == whole.archives
    assert seal_of(raw) == seal_of(whole)
    assert [one.state for one in upgrade([log], force=True)] == ["upgraded"]
    assert seal_of(read_whole(log, FORMS)) == seal_of(whole)


@pytest.mark.parametrize("copy", ["2026/A001 张伟_冲突.xlsx", "2026/A001 张伟 (1).xlsx", "2026 - 副本/A001 张伟.xlsx"])
def test_a_copy_of_an_archive_counts_nowhere(fresh: Branch, copy: str) -> None:
    log, whole = log_of(fresh), read_whole(log_of(fresh), FORMS)
    path = fresh.root / "archive" / copy
    path.parent.mkdir(exist_ok=True)
    shutil.copy(archive_of(fresh), path)
    change_archive(path)
    assert read_whole(log, FORMS) == whole
    book = openpyxl.load_workbook(log)
    for name in list(book.custom_doc_props.names):  # type: ignore[attr-defined] # younger than its stubs
        del book.custom_doc_props[name]  # type: ignore[attr-defined]
    book.save(log)
    assert read_whole(log, FORMS).archives == whole.archives


def test_another_advisors_archive_is_nobodys(fresh: Branch) -> None:
    other = archive_of(fresh, "A002")
    shutil.copy(other, other.with_name("A001 2 李静.xlsx"))
    assert read_whole(log_of(fresh), FORMS).archives == ("archive/2026/A001 张伟.xlsx",)
    assert set(archives_of(fresh.root, "A001")) == {"2026"}


# --- What else is done to logs ---


def test_upgrade_keeps_the_archives(fresh: Branch) -> None:
    log = log_of(fresh)
    book = openpyxl.load_workbook(log)
    del book.custom_doc_props["ReportkitMadeOf"]
    del book.custom_doc_props["ReportkitSince"]  # as logs did not say when `renew` was new
    book.save(log)
    seal = seal_of(read_whole(log, FORMS))
    assert upgrade([log], force=True)[0].state == "upgraded"
    assert seal_of(read_whole(log, FORMS)) == seal
    assert read_book(log, FORMS).identity.since == CUT.isoformat()
    assert [one.state for one in upgrade([log])] == ["current"]


def test_erasing_reaches_the_archives(fresh: Branch) -> None:
    archive = archive_of(fresh)
    customer = next(
        str(row["customer_id"])
        for row in rows_meant(read_book(archive, FORMS).sheets["activities"])
        if "customer_id" in row
    )
    named = erase(fresh.root, customer, today=TODAY, dry_run=True)
    assert archive.relative_to(fresh.root).as_posix() in {one.file for one in named.remaining}
    figures = refresh(fresh, WEEK, TODAY).team
    erase(fresh.root, customer, today=TODAY, logs=True)
    assert customer not in {
        row.get("customer_id") for row in rows_meant(read_book(archive, FORMS).sheets["activities"])
    }
    done = refresh(fresh, WEEK, TODAY)
    assert done.failed == ()
    assert done.team is not None and figures is not None
    assert [one.value for one in done.team.assessments] == [one.value for one in figures.assessments]


def test_erasing_accepts_no_change_of_an_archive(fresh: Branch) -> None:
    archive = archive_of(fresh)
    rows = rows_meant(read_book(archive, FORMS).sheets["activities"])
    customer = next(str(row["customer_id"]) for row in rows if "customer_id" in row)
    change_archive(archive)
    erase(fresh.root, customer, today=TODAY, logs=True)
    assert [found.code for found in read_whole(log_of(fresh), FORMS).findings] == ["archive.changed"]


def test_a_customer_is_handed_over_with_the_whole_history(branch: Branch, fresh: Branch) -> None:
    rows = rows_meant(read_book(archive_of(fresh), FORMS).sheets["activities"])
    customer = next(str(row["customer_id"]) for row in rows if row.get("effective") == "yes" and "customer_id" in row)

    def note(one: Branch) -> list[str]:
        hand_over(one.root, "A001", "A002", [customer], today=TODAY)
        rows = rows_meant(read_book(log_of(one, "A002"), FORMS).sheets["activities"])
        return [str(row["summary"]) for row in rows if str(row.get("summary")).startswith("客户移交")]

    assert note(fresh) == note(branch) != []


def test_a_row_of_an_archive_is_not_imported_again(branch: Branch, fresh: Branch, tmp_path: Path) -> None:
    sheet = read_book(log_of(branch), FORMS).sheets["cases"]
    rows = [row for row in rows_meant(sheet) if row["opened_at"] < dt.datetime(2026, 11, 1)][:3]
    lines = [f"{row['case_id']},{row['opened_at']},{row['category']},{row['status']}" for row in rows]
    export, known = tmp_path / "calls.csv", tmp_path / "calls.toml"
    export.write_text("\n".join(["id,opened,what,state", *lines, "N1,2026-11-20 09:00:00,trading,resolved"]), "utf-8")
    columns = {"case_id": "id", "opened_at": "opened", "category": "what", "status": "state"}
    known.write_text("[columns]\n" + "".join(f'{to} = {{ from = "{of}" }}\n' for to, of in columns.items()), "utf-8")
    log = log_of(fresh)
    arguments = ["import", "cases", str(export), "--into", str(log), "--map", str(known), "--as-of", TODAY.isoformat()]
    assert run(arguments) == 0
    ids = [row["case_id"] for row in rows_meant(read_whole(log, FORMS).sheets["cases"])]
    assert ids.count("N1") == 1
    assert len(ids) == len(sheet.rows) + 1
    export.write_text(export.read_text("utf-8").replace(str(rows[0]["category"]), "fees", 1), "utf-8")
    assert run([*arguments, "--overwrite"]) == 1  # what is archived stays as it is: a conflict
    assert len(read_whole(log, FORMS).sheets["cases"].rows) == len(ids)


def test_a_log_on_its_own_needs_its_archive_beside(
    fresh: Branch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    log = Path(shutil.copy(log_of(fresh), alone))
    assert run(["due", str(log), "--on", TODAY.isoformat()]) == 2
    assert "archive/2026/A001" in capsys.readouterr().err
    shutil.copytree(fresh.root / "archive", alone / "archive")
    assert run(["due", str(log), "--on", TODAY.isoformat()]) == 0


# --- What an advisor added, and what is refused ---


def one(log: Path, **how: bool) -> Renewed:
    return renew([log], BEFORE, today=TODAY, **how)[0]


def test_what_the_advisor_added_is_split_with_the_rows(branch: Branch) -> None:
    log = log_of(branch)
    book = openpyxl.load_workbook(log)
    rows, width = book["每日记录"], len(FORMS["activities"].columns)
    rows.cell(1, width + 1, "备用")
    last = max(at for at in range(2, rows.max_row + 1) if rows.cell(at, 1).value is not None)
    for at in range(2, last + 1):
        rows.cell(at, width + 1, f"第{at}行")
    rows.cell(2, 1).comment = Comment("旧批注", "张伟")
    notes = book.create_sheet("我的计划")
    notes["A1"], notes["A2"] = "=COUNTA(每日记录!A2:A9999)", "一句话"
    book.save(log)
    old = read_book(log, FORMS)
    done = one(log, force=True)
    assert done.state == "renewed", done.why
    archive, fresh = openpyxl.load_workbook(archive_of(branch)), openpyxl.load_workbook(log)
    assert "我的计划" not in archive.sheetnames
    assert [fresh["我的计划"][at].value for at in ("A1", "A2")] == ["=COUNTA('每日记录'!A2:A9999)", "一句话"]
    texts = [book["每日记录"].cell(at, width + 1).value for book in (archive, fresh) for at in range(2, 3000)]
    assert sorted(filter(None, map(str, (text for text in texts if text)))) == sorted(
        f"第{at}行" for at in range(2, last + 1)
    )
    first = old.sheets["activities"].rows[0]
    noted = [
        cell.comment.text
        for book in (archive, fresh)
        for row in book["每日记录"].iter_rows()
        for cell in row
        if cell.comment
    ]
    assert (first, noted) == (2, ["旧批注"])


def test_a_formula_on_an_archived_row_is_named_first(branch: Branch) -> None:
    log = log_of(branch)
    book = openpyxl.load_workbook(log)
    notes = book.create_sheet("我的计划")
    notes["A1"] = "=每日记录!A2"
    book.save(log)
    before = log.read_bytes()
    done = one(log)
    assert done.state == "refused"
    assert done.why is not None and "我的计划!A1" in done.why.en
    assert log.read_bytes() == before
    assert not (branch.root / "archive").exists()


def test_only_the_log_that_counts_is_renewed(branch: Branch) -> None:
    log = log_of(branch)
    shutil.copy(log, log.with_name("A001 张伟 - 副本.xlsx"))
    log_of(branch, "A002").unlink()
    done = {one.file.name: one.state for one in renew([branch.root], BEFORE, today=TODAY, dry_run=True)}
    assert done == {"A001 张伟 - 副本.xlsx": "refused", "A001 张伟.xlsx": "renewed"}


def test_a_log_that_does_not_come_out_as_expected_keeps_no_other_from_being_renewed(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(filling: Filling, *written: object) -> None:  # as no log we know of does
        if filling.log.path == log_of(branch):
            raise OurBug(NOT_THE_SAME, file=filling.log.path.name)

    monkeypatch.setattr("reportkit.logs.renew._must_hold_all", fail)
    before = log_of(branch).read_bytes()
    done = renew([branch.root], BEFORE, today=TODAY)
    assert [one.state for one in done] == ["refused", "renewed"]
    assert done[0].why is not None and "A001" in done[0].why.en
    assert log_of(branch).read_bytes() == before


def test_where_no_archive_can_lie_nothing_is_left_half_done(branch: Branch) -> None:
    log = log_of(branch)
    before = log.read_bytes()
    (branch.root / "archive").write_text("in its place", "utf-8")
    done = one(log)
    assert (done.state, done.why and "archive" in done.why.en) == ("refused", True)
    assert log.read_bytes() == before
    assert list((branch.root / "backup").glob("*")) == []


@pytest.mark.parametrize("closed", ["archive", "logs"])
def test_a_folder_that_may_not_be_written_to_is_named_and_nothing_is_left_half_done(
    branch: Branch, closed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, replace_ = log_of(branch), os.replace
    before = log.read_bytes()

    def refused(source: Path, target: Path) -> None:  # as the system does for who has no right to
        if closed in Path(target).parts:
            raise PermissionError(errno.EACCES, "Permission denied", str(source))
        replace_(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", refused)
        done = one(log)
    assert done.why is not None
    assert f"{closed}{os.sep}" in done.why.en and "you may not write there" in done.why.en
    assert log.read_bytes() == before
    assert {path.name for path in (branch.root / "backup").iterdir()} == {"A001 张伟.backup-1.xlsx"}
    assert archives_of(branch.root, "A001") == {}


def test_the_command_previews_and_writes(branch: Branch) -> None:
    log = log_of(branch)
    arguments = ["renew", str(log), "--before", BEFORE.isoformat(), "--as-of", TODAY.isoformat()]
    before = log.read_bytes()
    preview = printed([*arguments, "--dry-run"])
    assert preview["written"] is False
    assert log.read_bytes() == before
    counts = preview["logs"][0]["rows"]
    assert counts["customers"]["archived"] == 0 < counts["activities"]["archived"]
    done = printed(arguments)
    assert [one["rows"] for one in done["logs"]] == [one["rows"] for one in preview["logs"]]
    assert Path(done["logs"][0]["backup"]).read_bytes() == before
    assert len(read_book(log, FORMS).sheets["activities"].rows) == counts["activities"]["staying"]
    assert run(["renew", str(branch.root)]) == 2  # before which day?


# --- Cut short ---


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are copied: on Unix only")
@pytest.mark.parametrize("left", range(0, 14, 2))
def test_killed_at_any_write_every_figure_stays_and_the_next_run_finishes(
    made: Path, renewed: Path, tmp_path: Path, left: int
) -> None:
    branch = Branch(shutil.copytree(made, tmp_path / "branch"))
    (tmp_path / "tmp").mkdir()  # of the process that is killed
    work = command("renew", str(log_of(branch)), "--before", BEFORE.isoformat(), "--as-of", TODAY.isoformat())
    struck = run_apart(work, tmp_path, Disturbance("killed", writes_of(made) - left))
    raw = read_whole(log_of(branch), FORMS)
    assert seal_of(raw) == seal_of(read_book(log_of(Branch(made)), FORMS))
    assert struck.code == -9
    [done] = renew([log_of(branch)], BEFORE, today=TODAY)
    assert done.state != "refused"
    for path in (log_of, archive_of):
        assert path(branch).read_bytes() == path(Branch(renewed)).read_bytes()
    assert list((branch.root / "backup").glob(".*")) == []
    assert [
        found.code for found in read_whole(log_of(branch), FORMS).findings if found.code.startswith("archive")
    ] == []


@cache
def writes_of(made: Path) -> int:
    """Return how often renewing one log writes, its parts and what is read again included."""
    with TemporaryDirectory() as folder:
        branch = Branch(shutil.copytree(made, Path(folder, "branch")))
        Path(folder, "tmp").mkdir()
        work = command("renew", str(log_of(branch)), "--before", BEFORE.isoformat(), "--as-of", TODAY.isoformat())
        return run_apart(work, Path(folder)).writes


# --- Any log ---


def split(raw: RawBook, back: dict[str, list[int]]) -> RawBook:
    """Return a log some of whose rows came from archives, as reading log and archives gives it."""
    sheets = {}
    for code, sheet in raw.sheets.items():
        far = [0] * len(sheet.rows) if code == "customers" else back[code]
        order = sorted(range(len(sheet.rows)), key=lambda at: -far[at])
        sheets[code] = RawSheet(
            sheet.form, sheet.name, {one: [cells[at] for at in order] for one, cells in sheet.columns.items()},
            [archived(sheet.rows[at], far[at]) for at in order], sheet.letters,
            tuple(Archived(f"archive/{year}/A1.xlsx", sheet.name, sheet.letters) for year in (2025, 2024)),
        )  # fmt: skip
    return RawBook(raw.file, raw.identity, sheets, raw.findings)


@settings(max_examples=15, deadline=None)
@given(scenarios(), st.data())
def test_wherever_rows_stand_figures_are_the_same(scene: Scenario, data: st.DataObject) -> None:
    raw = raw_of(scene.log)
    back = {code: data.draw(st.lists(st.integers(0, 2), min_size=n, max_size=n)) for code, n in counts_of(raw)}
    whole, parts = (work_from_raw(one, default_settings(), scene.today) for one in (raw, split(raw, back)))
    assert sorted(one.code for one in parts.book.findings) == sorted(one.code for one in whole.book.findings)
    for week in scene.weeks:
        was, now = (summarise(work, default_settings(), week, scene.today) for work in (whole, parts))
        figures = [[(one.value, one.numerator, one.denominator) for one in of.assessments] for of in (was, now)]
        for before, after in zip(*figures, strict=True):
            assert after == pytest.approx(before)
        assert [one.customer_id for one in now.due] == [one.customer_id for one in was.due]


def test_ids_references_and_doubles_reach_across_files() -> None:
    opened, call = dt.datetime(2026, 11, 2, 9), {"date": dt.date(2026, 11, 2), "kind": "market_view"}
    case = {"opened_at": opened, "category": "trading", "status": "open"}
    raw = raw_of(
        {
            "cases": [
                {**case, "case_id": "N1"},
                {**case, "case_id": "N2", "repeat_of": "N1"},
                {**case, "case_id": "N1"},
            ],
            "activities": [call, call],
        }
    )
    back = {code: [1, *[0] * (n - 1)] if n else [] for code, n in counts_of(raw)}
    whole, parts = (validate(one, TODAY).findings for one in (raw, split(raw, back)))
    assert [one.code for one in parts] == [one.code for one in whole] == ["row.duplicate", "id.duplicate"]
    assert [one.place for one in parts] == [one.place for one in whole]  # the later ones, in the log
    assert all("2 (archive/2025/A1.xlsx)" in one.message("en") for one in parts)


def raw_of(log: Mapping[str, Sequence[Mapping[str, Any]]]) -> RawBook:
    sheets = {}
    for code, form in FORMS.items():
        rows = log.get(code, [])
        columns = {column.code: [row.get(column.code) for row in rows] for column in form.columns}
        letters = {column.code: chr(65 + at % 26) for at, column in enumerate(form.columns)}
        sheets[code] = RawSheet(form, form.label.zh_cn, columns, list(range(2, 2 + len(rows))), letters)
    return RawBook("A1.xlsx", Identity("A1", "A1", "", "1"), sheets)


def counts_of(raw: RawBook) -> Iterator[tuple[str, int]]:
    return ((code, len(sheet.rows)) for code, sheet in raw.sheets.items())


# --- In an office ---


@pytest.mark.office
def test_an_archive_saved_by_an_office_is_as_it_was(fresh: Branch, tmp_path: Path) -> None:
    archive = archive_of(fresh)
    shutil.copy(convert(archive, "xlsx", tmp_path / "saved"), archive)
    assert refresh(fresh, WEEK, TODAY).failed == ()
