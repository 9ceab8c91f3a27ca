"""One person out of everything a branch keeps; its figures stay, and nothing brings the person back."""

import datetime as dt
import json
import multiprocessing
import os
import shutil
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from reportkit.branch.atomic import write_bytes
from reportkit.branch.closing import close
from reportkit.branch.folder import Branch
from reportkit.branch.published import edition_in_force
from reportkit.branch.refresh import refresh
from reportkit.cli import run
from reportkit.definitions.errors import MendInput
from reportkit.definitions.forms import FORMS
from reportkit.definitions.privacy import masked
from reportkit.erasing.run import Erasure, erase
from reportkit.importing.compare import default_key
from reportkit.importing.ledger import KEYS, digest, read_ledger
from reportkit.importing.load import read_map
from reportkit.importing.run import run_import
from reportkit.logs.editing import Edit
from reportkit.logs.rewrite import open_log, rewritten
from reportkit.mail.compose import compose, message_id
from reportkit.mail.material import Material, material_of
from reportkit.mail.outbox import Letter, Outbox
from reportkit.mail.recipients import Delivery, deliveries
from reportkit.mail.send import write_drafts
from reportkit.read.archives import rows_meant
from reportkit.settings.calendars import week_span
from tests.branches import LAST_WEEK, TODAY, WEEK, branch_in, rewrite, rows_of_advisor
from tests.killing import die_at_rename
from tests.searching import found_in

ID = "K-7781"
NAME, PHONE, LANDLINE, WECHAT, QQ, MAIL = (
    "尉迟听澜", "13912345678", "021-87654321", "tinglan_77", "9000077812", "tinglan@example.com",
)  # fmt: skip
DIAGNOSIS = "刚做完手术，暂不方便接电话"
PERSONAL = (
    ID, NAME, PHONE, "139-1234-5678", LANDLINE, WECHAT, QQ, MAIL, DIAGNOSIS, masked(ID), masked(PHONE), masked(LANDLINE),
)  # fmt: skip
SECRET = "-".join(("opened", "with", "this"))
NOTED, OWN = "住院部三楼", "430102199001011234"


def person_rows(rows: dict[str, list[dict[str, Any]]]) -> None:
    """Add the person to an advisor's rows, somebody of the same name, and what others' rows say of them."""
    first = rows["customers"][0]
    shared = {**first, "mobile": None, "phone": None, "wechat": None, "qq": None, "email": None}
    rows["customers"] += [
        {
            **first, "customer_id": ID, "name": NAME, "mobile": PHONE, "phone": LANDLINE, "wechat": WECHAT, "qq": QQ,
            "email": MAIL, "occupation": "潜水教练", "assets": 900_000, "public_fund": "holds", "referred_by": None,
            "status": "active", "status_on": None,
        },
        {**shared, "customer_id": "K-7782", "name": "韩小溪", "referred_by": ID},
    ]  # fmt: skip
    day = TODAY - dt.timedelta(days=6)  # in the week that is closed
    talk = {"date": day, "kind": "fund_talk", "channel": "phone", "effective": "yes"}
    rows["activities"] += [
        {**talk, "customer_id": ID, "summary": DIAGNOSIS, "next_on": TODAY, "next_step": f"周三再打 {PHONE}"},
        {**talk, "customer_id": "K-7782", "summary": f"问到{NAME}的近况，电话 139-1234-5678，{MAIL}"},
    ]
    rows["visits"].append({"planned_on": TODAY, "customer_id": ID, "purpose": f"看望{NAME}", "place": "湘雅附二"})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A branch with a closed week, an open one, a backup, notes and columns of an advisor's own, and mail."""
    branch = branch_in(tmp_path_factory.mktemp("erase") / "branch")
    for number in (1, 2):
        identity, rows = rows_of_advisor(number)
        if number == 1:
            person_rows(rows)
        log = rewrite(branch, identity, rows)
        if number == 1:
            _with_what_an_advisor_adds(log)
            (branch.root / "backup").mkdir()
            shutil.copy(log, branch.root / "backup" / f"{log.stem}.backup-1.xlsx")
    close(branch, LAST_WEEK, TODAY)
    refresh(branch, WEEK, TODAY)
    write_drafts(branch, LAST_WEEK, TODAY)
    _fill_outbox(branch)
    log = next(path for path in branch.logs() if path.name.startswith("A001"))
    assert run(["visits", str(log), "--on", TODAY.isoformat(), "--ics", str(branch.root / "visits.ics")]) == 0
    return branch.root


def _with_what_an_advisor_adds(log: Path) -> None:
    book = openpyxl.load_workbook(log)
    sheet = book["客户档案"]
    row = next(cells[0].row for cells in sheet.iter_rows() if cells[0].value == ID)
    assert row is not None
    sheet.cell(row, 2).comment = Comment(NOTED, "A001")
    last = sheet.max_column + 2
    sheet.cell(row, last, OWN)
    own = book.create_sheet("我的备忘")
    own["A1"] = f"给{NAME}寄月饼"
    own["A2"] = int(PHONE)
    own["A3"] = "与客户无关的一句"
    book.save(log)


def _fill_outbox(branch: Branch) -> None:
    outbox, material = Outbox(branch.root), material_of(branch, LAST_WEEK, TODAY)
    with outbox.held():
        one = _own_report(material)
        made = compose(material, one, sender="desk@example.com")
        for state in ("failed", "unknown"):
            letter = Letter(f"{state}1", LAST_WEEK, "team", state, "desk@example.com", f"{state}@example.com", "-")
            outbox.put(letter, made.content)
            outbox.move(letter, state)
        locked = Letter("locked1", LAST_WEEK, "team", "locked", "desk@example.com", "l@example.com", "-")
        outbox.put(locked, compose(material, one, sender="desk@example.com", password=SECRET).content)
        sent = Letter(
            message_id(material, one), LAST_WEEK, one.report, one.who, "desk@example.com", one.email or "", "-"
        )
        outbox.put(sent, made.content)
        outbox.move(sent, "sent")


def _own_report(material: Material) -> Delivery:
    every = deliveries(material.addresses, list(material.members), week_span(material.week))
    return next(one for one in every if one.report == "advisor" and one.who == "A001")


@pytest.fixture(scope="module")
def made_erased(made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Erasure]:
    """The same branch without the person, logs and all, and what was said of it."""
    root = shutil.copytree(made, tmp_path_factory.mktemp("erased") / "branch")
    return root, erase(root, ID, today=TODAY, logs=True)


@pytest.fixture
def branch(made: Path, tmp_path: Path) -> Branch:
    return Branch(shutil.copytree(made, tmp_path / "branch"))


@pytest.fixture
def erased(made_erased: tuple[Path, Erasure], tmp_path: Path) -> Branch:
    return Branch(shutil.copytree(made_erased[0], tmp_path / "erased"))


@pytest.fixture
def logs_alone(made: Path, tmp_path: Path) -> Branch:
    """A branch of the same logs that was never refreshed."""
    nothing_else = shutil.ignore_patterns("history", "reports", "outbox", "backup", "*.ics")
    return Branch(shutil.copytree(made, tmp_path / "branch", ignore=nothing_else))


def figures(branch: Branch, week: str) -> object:
    """Return what a week comes to: every figure, and how many rows were counted."""
    team = refresh(branch, week, TODAY).team
    assert team is not None
    members = [(one.advisor_id, one.score, one.rows, one.assessments) for one in team.members]
    return team.score, team.assessments, members


def test_nothing_a_branch_keeps_holds_the_person_and_every_figure_stays(
    branch: Branch, erased: Branch, made_erased: tuple[Path, Erasure]
) -> None:
    before = {week: figures(branch, week) for week in (LAST_WEEK, WEEK)}
    published = edition_in_force(branch, LAST_WEEK)
    held = found_in(branch.root, (*PERSONAL, NOTED, OWN))
    assert {Path(file).parts[0] for file in held} == {"backup", "history", "logs", "outbox", "reports", "visits.ics"}
    _, done = made_erased
    assert done.remaining == ()
    assert {one.file for one in done.changed} >= set(held)
    assert found_in(erased.root, (*PERSONAL, NOTED, OWN)) == {}
    now = edition_in_force(erased, LAST_WEEK)
    assert published is not None
    assert now is not None
    assert now.figures == published.figures
    assert {week: figures(erased, week) for week in (LAST_WEEK, WEEK)} == before
    assert refresh(erased, WEEK, TODAY).late == ()
    assert found_in(erased.root, (*PERSONAL, NOTED, OWN)) == {}
    assert list((erased.root / "backup").glob("*.xlsx")) == [erased.root / "backup" / "A001 张伟.backup-1.xlsx"]


def test_what_is_not_about_the_person_stays(erased: Branch) -> None:
    log = next(path for path in erased.logs() if path.name.startswith("A001"))
    book = openpyxl.load_workbook(log)
    assert book["我的备忘"]["A3"].value == "与客户无关的一句"
    assert book["我的备忘"]["A1"].value == "给erased-1寄月饼"
    referred = {row[0]: row for row in book["客户档案"].iter_rows(values_only=True)}
    assert referred["K-7782"][1] == "韩小溪"
    assert "erased-1" in referred["K-7782"]
    assert 900_000 in referred["erased-1"]
    summaries = [row for row in book["每日记录"].iter_rows(values_only=True) if "K-7782" in row]
    assert any("问到erased-1的近况，电话 ****，****" in row for row in summaries)


def test_a_log_is_its_advisors_and_only_named_unless_asked(branch: Branch) -> None:
    log = next(path for path in branch.logs() if path.name.startswith("A001"))
    before = log.read_bytes()
    done = erase(branch.root, ID, today=TODAY)
    assert log.read_bytes() == before
    assert {(one.file, one.sheet) for one in done.remaining} == {
        (f"logs/{log.name}", sheet) for sheet in ("客户档案", "每日记录", "走访计划")
    }
    assert {Path(file).parts[0] for file in found_in(branch.root, PERSONAL)} == {"logs"}
    os.utime(log)  # read again, as after any change
    (branch.root / "history" / "manifest.json").unlink()
    done_again = refresh(branch, WEEK, TODAY)
    assert done_again.read == 2
    assert done_again.late == ()
    assert {Path(file).parts[0] for file in found_in(branch.root, (ID, NAME, PHONE, MAIL))} == {"logs"}


def test_mail_that_waits_goes_on_waiting_and_what_went_out_is_not_sent_again(
    erased: Branch, made_erased: tuple[Path, Erasure]
) -> None:
    letters = {one.who: one for one in Outbox(erased.root).letters()}
    assert {who: one.state for who, one in letters.items()} == {
        "failed": "failed", "unknown": "unknown", "locked": "given_up", "A001": "sent",
    }  # fmt: skip
    material = material_of(erased, LAST_WEEK, TODAY)
    assert letters["A001"].id == message_id(material, _own_report(material))
    assert {one.who for one in made_erased[1].sent} == {"A001", "unknown"}


def test_a_name_that_others_bear_goes_only_where_it_is_theirs(branch: Branch) -> None:
    identity, rows = rows_of_advisor(2)
    twin = rows["customers"][0]
    twin["name"] = NAME
    rewrite(branch, identity, rows)
    refresh(branch, WEEK, TODAY)
    erase(branch.root, ID, today=TODAY, logs=True)
    held = found_in(branch.root, (NAME,))
    assert any(file.startswith("logs/A002") for file in held)
    book = openpyxl.load_workbook(next(path for path in branch.logs() if path.name.startswith("A001")))
    assert all(NAME not in row for row in book["客户档案"].iter_rows(values_only=True))
    for name in ("A001.xlsx", "team.xlsx"):
        report = openpyxl.load_workbook(branch.reports(WEEK) / name)
        rows_of_report = [row for sheet in report for row in sheet.iter_rows(values_only=True)]
        assert all(NAME not in row for row in rows_of_report if "erased-1" in row)
    assert found_in(branch.root, (ID, PHONE, MAIL, DIAGNOSIS)) == {}


def test_a_second_time_finds_nothing_and_writes_nothing(erased: Branch) -> None:
    before = {path: path.read_bytes() for path in erased.root.rglob("*") if path.is_file()}
    again = erase(erased.root, ID, today=TODAY, logs=True)
    assert (again.alias, again.changed, again.remaining) == ("erased-1", (), ())
    assert {path: path.read_bytes() for path in erased.root.rglob("*") if path.is_file()} == before


def test_a_preview_writes_nothing_and_says_the_same(branch: Branch, made_erased: tuple[Path, Erasure]) -> None:
    before = {path: path.read_bytes() for path in branch.root.rglob("*") if path.is_file()}
    preview = erase(branch.root, ID, today=TODAY, logs=True, dry_run=True)
    assert {path: path.read_bytes() for path in branch.root.rglob("*") if path.is_file()} == before
    assert replace(preview, written=True, sent=()) == replace(made_erased[1], sent=())


def test_who_is_not_known_is_not_erased(branch: Branch) -> None:
    with pytest.raises(MendInput):
        erase(branch.root, "K-0000", today=TODAY)


def test_a_file_that_cannot_be_searched_is_named(branch: Branch) -> None:
    (branch.root / "reports" / "scan.pdf").write_bytes(b"%PDF-1.7")
    (branch.root / "logs" / "A009.xlsx").write_bytes(b"PK half a workbook")
    done = erase(branch.root, ID, today=TODAY, logs=True)
    assert {one.file for one in done.remaining} == {"reports/scan.pdf", "logs/A009.xlsx"}


def test_what_systems_put_into_folders_is_nothing_that_remains(branch: Branch) -> None:
    for folder in ("logs", "reports", "history"):
        for name in (".DS_Store", "Thumbs.db", "desktop.ini"):
            (branch.root / folder / name).write_bytes(b"\0 of the system")
    assert erase(branch.root, ID, today=TODAY, logs=True).remaining == ()


def test_a_note_among_the_logs_is_its_advisors_and_goes_when_asked(branch: Branch) -> None:
    note = branch.root / "logs" / "备忘.txt"
    note.write_text(f"{NAME} {PHONE}", encoding="utf-8")
    done = erase(branch.root, ID, today=TODAY)
    assert "logs/备忘.txt" in {one.file for one in done.remaining}
    assert note.read_text(encoding="utf-8") == f"{NAME} {PHONE}"
    assert erase(branch.root, ID, today=TODAY, logs=True).remaining == ()
    assert NAME not in note.read_text(encoding="utf-8")


BY_MOMENT = 'key = ["opened_at", "category"]\n'
BY_CUSTOMER = 'key = ["customer_id", "opened_at"]\n'


@pytest.mark.parametrize(
    ("key", "names_customer"), [("", True), ("", False), (BY_MOMENT, True), (BY_MOMENT, False), (BY_CUSTOMER, True)]
)
def test_what_an_import_remembers_of_the_person_goes_whatever_told_rows_apart(
    logs_alone: Branch, tmp_path: Path, key: str, names_customer: bool
) -> None:
    log = next(path for path in logs_alone.logs() if path.name.startswith("A001"))
    other = next(one for one in open_log(log).raw.sheets["customers"].columns["customer_id"] if one != ID)
    who = [ID, ID, other] if names_customer else ["", "", ""]
    lines = [f"N{at},{one},2026-11-23 09:00:0{at},fees,open" for at, one in enumerate(who)]
    file = tmp_path / "calls.csv"
    file.write_text("\n".join(["id,who,opened,what,state", *lines]), encoding="utf-8")
    customer = 'customer_id.from="who"\n' if names_customer else ""
    columns = 'case_id.from="id"\nopened_at.from="opened"\ncategory.from="what"\nstatus.from="state"\n'
    wanted = read_map(f"{key}[columns]\n{columns}{customer}", FORMS["cases"], "map.toml")
    run_import(FORMS["cases"], file, log, wanted, today=TODAY)
    before = read_ledger(open_log(log), "cases")
    assert len(before) == len(lines) + 1  # and the key
    opened = open_log(log)
    cases = opened.raw.sheets["cases"]
    rows = dict(zip(map(str, cases.columns["case_id"]), cases.rows, strict=True))
    if names_customer:  # of a row that was deleted since, nothing but the customer tells whose it is
        edit = Edit(changed={(rows["N1"], one): None for one in cases.letters})
    else:  # nobody but the log knows whose they are
        edit = Edit(changed={(rows[one], "customer_id"): ID for one in ("N0", "N1")})
    log.write_bytes(rewritten(opened, {"cases": edit}).content)
    erase(logs_alone.root, ID, today=TODAY, logs=True)
    after = read_ledger(open_log(log), "cases")
    kept = [one for one in after if one != KEYS]
    assert len(kept) == 1
    assert after[kept[0]]["case_id"] == digest("N2")


@pytest.mark.parametrize("name", ["A001 张伟 2025.xlsx", "A009 何.xlsx"])
@pytest.mark.parametrize("names_customer", [True, False])
def test_what_was_imported_into_a_log_of_another_name_or_gone_goes_too(
    logs_alone: Branch, name: str, names_customer: bool
) -> None:
    log = open_log(next(path for path in logs_alone.logs() if path.name.startswith("A001")))
    call = next(one for one in rows_meant(log.raw.sheets["activities"]) if one.get("customer_id") == ID)
    key = digest((*map(call.get, default_key(FORMS["activities"])), 0))
    ledger = logs_alone.root / "backup" / "imported" / f"{Path(name).stem}.activities.json"
    row = {"kind": digest(call["kind"])} | ({"customer_id": digest(ID)} if names_customer else {})
    write_bytes(ledger, json.dumps({key: row, "other": {"kind": ""}}).encode())
    done = erase(logs_alone.root, ID, today=TODAY, logs=True)
    gone = names_customer or name.startswith("A001")  # of a log that is gone only the file said who it was
    assert json.loads(ledger.read_bytes()).keys() == ({"other"} if gone else {"other", key})
    assert (ledger.relative_to(logs_alone.root).as_posix() in {one.file for one in done.changed}) == gone


def _killed_at(root: Path, rename: int) -> None:
    die_at_rename(rename)
    erase(root, ID, today=TODAY, logs=True)


@pytest.mark.slow
@pytest.mark.parametrize("rename", [0, 2, 6, 12])
def test_killed_at_any_moment_the_next_run_finishes(branch: Branch, rename: int) -> None:
    published = edition_in_force(branch, LAST_WEEK)
    doomed = multiprocessing.get_context("fork").Process(target=_killed_at, args=(branch.root, rename))
    doomed.start()
    doomed.join()
    assert doomed.exitcode == -signal.SIGKILL
    done: Erasure = erase(branch.root, ID, today=TODAY, logs=True)
    assert (done.alias, done.remaining) == ("erased-1", ())
    assert found_in(branch.root, (*PERSONAL, NOTED, OWN)) == {}
    now = edition_in_force(branch, LAST_WEEK)
    assert now is not None
    assert published is not None
    assert now.figures == published.figures
    material = material_of(branch, LAST_WEEK, TODAY)
    assert Outbox(branch.root).letter(message_id(material, _own_report(material))).state == "sent"


def test_the_command_says_what_it_did(
    branch: Branch, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTKIT_LANG", "en")
    arguments = ["erase", str(branch.root), ID, "--as-of", TODAY.isoformat()]
    assert run([*arguments, "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["alias"] == "erased-1"
    assert {one["area"] for one in said["changed"]} == {"report", "history", "backup", "outbox", "other"}
    assert all(one["row"] for one in said["remaining"])
    assert run([*arguments, "--logs"]) == 0
    assert "erased-1" in capsys.readouterr().out
    assert run(["erase", str(branch.root / "logs"), ID]) == 2


def test_words_of_the_program_and_the_settings_stay_in_reports_though_the_person_s_rows_hold_them(
    tmp_path: Path,
) -> None:
    branch = branch_in(tmp_path)
    identity, rows = rows_of_advisor()
    person_rows(rows)
    talk = {"date": TODAY - dt.timedelta(days=6), "kind": "return_visit", "customer_id": ID}
    said = ("走访", "培训", "满意", "客户动向", "机构汇总", "未归类", "潜力", "初级", "实施日")
    rows["activities"] += [{**talk, "summary": text} for text in said]
    rewrite(branch, identity, rows)
    refresh(branch, LAST_WEEK, TODAY)
    close(branch, LAST_WEEK, TODAY)
    workbooks = sorted(branch.reports(LAST_WEEK).glob("*.xlsx"))
    before = [texts_of(path) for path in workbooks]
    erase(branch.root, ID, today=TODAY)
    lost = {one for path, texts in zip(workbooks, before, strict=True) for one in texts - texts_of(path)}
    assert lost
    assert all(any(mark in one for mark in PERSONAL) for one in lost), lost


def texts_of(path: Path) -> set[str]:
    """Return all texts of a workbook's cells."""
    sheets = openpyxl.load_workbook(path).worksheets
    return {
        cell for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, str)
    }


def test_a_short_id_leaves_settings_and_closed_weeks_as_they_are(tmp_path: Path) -> None:
    branch = branch_in(tmp_path)
    identity, rows = rows_of_advisor()
    first = next(row for row in rows["customers"] if row["status"] == "active")
    rows["customers"].append({**first, "customer_id": "1", "name": NAME, "mobile": PHONE})
    rows["activities"].append(
        {**rows["activities"][0], "kind": "return_visit", "customer_id": "1", "summary": DIAGNOSIS}
    )
    rewrite(branch, identity, rows)
    before = refresh(branch, LAST_WEEK, TODAY).team
    close(branch, LAST_WEEK, TODAY)
    settings = sorted((branch.root / "history" / "settings").iterdir())
    kept = [path.read_bytes() for path in settings]
    assert "1" in texts_of(settings[0])  # a way to say yes
    erase(branch.root, "1", today=TODAY)
    assert [path.read_bytes() for path in settings] == kept
    done = refresh(branch, LAST_WEEK, TODAY)
    assert done.team is not None
    assert before is not None
    assert [(one.advisor_id, one.score) for one in done.team.members] == [
        (one.advisor_id, one.score) for one in before.members
    ]
    assert done.late == ()


def test_the_id_of_somebody_in_the_roster_is_not_erased(tmp_path: Path) -> None:
    branch = branch_in(tmp_path)
    identity, rows = rows_of_advisor()
    rows["customers"].append({**rows["customers"][0], "customer_id": identity.advisor_id})
    rewrite(branch, identity, rows)
    refresh(branch, LAST_WEEK, TODAY)
    close(branch, LAST_WEEK, TODAY)
    before = {path: path.read_bytes() for path in branch.root.rglob("*") if path.is_file()}
    with pytest.raises(MendInput) as refused:
        erase(branch.root, identity.advisor_id, today=TODAY)
    assert identity.advisor_id in refused.value.message("en")
    after = {path: path.read_bytes() for path in branch.root.rglob("*") if path.is_file()}
    assert {path for path in before if after.get(path) != before[path]} == set()
