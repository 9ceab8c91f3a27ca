"""The commands as a person or a program calls them: what they print, what they exit with."""

import datetime as dt
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from reportkit.cli import run
from reportkit.cli.options import today_or
from reportkit.definitions.catalogue import settings_rows
from reportkit.definitions.finding_kinds import KINDS
from reportkit.definitions.forms import FORMS
from reportkit.definitions.settings_forms import ROSTER, TARGETS
from reportkit.indicators.assess import attained
from reportkit.settings.branch_settings import load_settings
from reportkit.workbooks import write_settings
from tests.test_import import a_log as a_blank_log

TODAY = "2026-11-20"
ROSTER_CSV = "工号,姓名,级别,团队\nA001,张伟,junior,一组\nA002,李娜,senior,一组\n"


@pytest.fixture(autouse=True)
def _language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTKIT_LANG", "zh-CN")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("branch") / "demo"
    assert run(["demo", str(folder), "--advisors", "3", "--weeks", "3", "--as-of", TODAY]) == 0
    return folder


def answer(capsys: pytest.CaptureFixture[str], *arguments: object, code: int) -> Any:
    capsys.readouterr()
    assert run([str(argument) for argument in arguments]) == code
    return json.loads(capsys.readouterr().out)


def a_log(branch: Path) -> Path:
    return min((branch / "logs").iterdir())


def test_demo_makes_logs_and_reports(demo: Path) -> None:
    assert (demo / "settings.xlsx").is_file()
    logs = sorted(path.name for path in (demo / "logs").iterdir())
    assert len(logs) == 3
    reports = sorted(path.name for path in (demo / "reports" / "2026-W47").glob("*.xlsx"))
    assert reports == [*(f"{name.split(' ')[0]}.xlsx" for name in logs), "team.xlsx"]


def test_demo_runs_again_but_never_over_anything_else(demo: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    assert run(["demo", str(tmp_path)]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_demo_somebody_wrote_into_is_not_made_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["demo", str(tmp_path), "--advisors", "1", "--weeks", "1", "--as-of", TODAY]
    assert run(call) == run(call) == 0
    log = a_log(tmp_path)
    book = openpyxl.load_workbook(log)
    book["客户档案"]["B3"] = "我填的"
    book.save(log)
    assert run(call) == 2
    assert log.name in capsys.readouterr().err
    assert openpyxl.load_workbook(log)["客户档案"]["B3"].value == "我填的"


def test_check_names_findings_with_their_cells(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "check", demo, "--as-of", TODAY, "--json", code=1)
    assert {one["code"] for one in found["findings"]} <= set(KINDS)
    rows = [one for one in found["findings"] if one["row"]]
    assert rows
    assert all(one["file"] and one["sheet"] and one["severity"] in ("error", "warning") for one in rows)
    assert all(one["cell"].endswith(str(one["row"])) for one in rows if one["cell"])
    assert [set(one) for one in found["files"]] == [{"file", "advisor", "rows", "errors", "warnings"}] * 3


def test_check_names_the_cells_of_settings_wherever_they_lie(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(capsys, "check", demo / "settings.xlsx", "--as-of", TODAY, "--json", code=0)["findings"] == []
    changed = tmp_path / "新设置.xlsx"
    book = openpyxl.load_workbook(demo / "settings.xlsx")
    targets = book[TARGETS.label.zh_cn]
    row = next(row for row in range(2, 20) if isinstance(targets.cell(row, 4).value, float))
    targets.cell(row, 4).value = "nine in ten"
    book.save(changed)
    found = answer(capsys, "check", changed, "--as-of", TODAY, "--json", code=0)
    assert [(one["code"], one["sheet"], one["cell"], one["value"]) for one in found["findings"] if one["cell"]] == [
        ("value.type", TARGETS.label.zh_cn, f"D{row}", "nine in ten")
    ]
    assert run(["check", str(changed), "--as-of", TODAY]) == 0
    assert f"D{row}" in capsys.readouterr().out


def test_settings_among_the_logs_are_named_as_what_they_are(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    branch = tmp_path / "branch"
    shutil.copytree(demo, branch)
    shutil.copy(branch / "settings.xlsx", branch / "logs" / "设置 副本.xlsx")
    found = answer(capsys, "check", branch, "--as-of", TODAY, "--json", code=1)["findings"]
    assert [one["code"] for one in found if one["file"] == "设置 副本.xlsx"] == ["file.settings"]
    assert run(["kpi", str(branch / "settings.xlsx"), "--as-of", TODAY]) == 2
    assert KINDS["file.settings"].message.zh_cn in capsys.readouterr().err
    (tmp_path / "settings.xlsx").write_bytes((branch / "reports" / "2026-W47" / "team.xlsx").read_bytes())
    assert run(["refresh", str(tmp_path), "--as-of", TODAY]) == 2
    assert KINDS["file.not_settings"].message.zh_cn in capsys.readouterr().err


def test_kpi_prints_the_week(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    week = answer(capsys, "kpi", a_log(demo), "--week", "2026-W46", "--as-of", TODAY, "--json", code=0)
    assert (week["week"], week["as_of"]) == ("2026-W46", "2026-11-15")
    assert week["rows"]["read"] == week["rows"]["counted"] + week["rows"]["excluded"]
    assert len(week["indicators"]) == 21
    first = week["indicators"][0]
    assert first["window"] == ["2026-11-09", "2026-11-15"]
    assert first["value"] == sum(first["by_day"].values())
    assert run(["kpi", str(a_log(demo)), "--week", "2026-W46", "--as-of", TODAY]) == 0
    shown = capsys.readouterr().out
    assert "新客户有效沟通" in shown
    for one in week["indicators"]:
        if one["attainment"] is not None:
            (line,) = (line for line in shown.splitlines() if line.startswith(one["label"]))
            assert f" {attained(one['attainment'])} " in line  # as the report and the messages write it


def test_kpi_of_a_month_scores_every_indicator(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    month = answer(capsys, "kpi", a_log(demo), "--month", "2026-10", "--as-of", TODAY, "--json", code=0)
    assert (month["week"], month["as_of"]) == ("2026-10", "2026-10-31")
    windows = {one["period"]: one["window"] for one in month["indicators"]}
    assert windows["day"] == windows["month"] == ["2026-10-01", "2026-10-31"]
    assert windows["two_months"] == ["2026-09-01", "2026-10-31"]


def test_due_lists_customers_once(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    due = answer(capsys, "due", a_log(demo), "--on", TODAY, "--json", code=0)
    ids = [one["customer_id"] for one in due["customers"]]
    assert due["on"] == TODAY
    assert ids
    assert len(ids) == len(set(ids))
    assert all(one["reasons"] for one in due["customers"])


def test_refresh_gives_the_same_figures_as_kpi(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    branch = answer(capsys, "refresh", demo, "--as-of", TODAY, "--json", code=1)
    alone = answer(capsys, "kpi", a_log(demo), "--as-of", TODAY, "--json", code=0)
    assert next(one for one in branch["advisors"] if one["advisor"] == alone["advisor"]) == alone
    assert {"week", "team", "read", "cached", "failed", "findings", "late", "seconds"} <= set(branch)


def test_refreshing_twice_writes_the_same_bytes(demo: Path) -> None:
    folder = demo / "reports" / "2026-W47"
    before = {path.name: path.read_bytes() for path in folder.glob("*.xlsx")}
    assert run(["refresh", str(demo), "--as-of", TODAY]) == 1
    assert {path.name: path.read_bytes() for path in folder.glob("*.xlsx")} == before


def test_logs_are_never_written(demo: Path) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (demo / "logs").iterdir()}
    run(["check", str(demo), "--as-of", TODAY])
    run(["refresh", str(demo), "--as-of", TODAY])
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (demo / "logs").iterdir()} == before


def test_init_makes_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    roster = tmp_path / "人员.csv"
    roster.write_text(ROSTER_CSV, encoding="gb18030")
    branch = tmp_path / "branch"
    assert run(["init", str(branch), "--roster", str(roster)]) == 0
    assert sorted(path.name for path in (branch / "logs").iterdir()) == ["A001 张伟.xlsx", "A002 李娜.xlsx"]
    settings = (branch / "settings.xlsx").read_bytes()
    (branch / "logs" / "A002 李娜.xlsx").unlink()
    assert run(["init", str(branch)]) == 0
    assert sorted(path.name for path in (branch / "logs").iterdir()) == ["A001 张伟.xlsx", "A002 李娜.xlsx"]
    assert (branch / "settings.xlsx").read_bytes() == settings
    assert answer(capsys, "check", branch, "--json", code=0)["files"][0]["rows"] == 0


def test_who_is_in_the_roster_only_is_named_where_there_are_settings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    roster, branch = tmp_path / "人员.csv", tmp_path / "branch"
    roster.write_text(ROSTER_CSV, encoding="utf-8")
    assert run(["init", str(branch), "--roster", str(roster)]) == 0
    assert run(["init", str(branch), "--roster", str(roster)]) == 0
    capsys.readouterr()
    roster.write_text(f"{ROSTER_CSV}A009,赵敏,初级\n", encoding="utf-8")
    assert run(["init", str(branch), "--roster", str(roster)]) == 1
    said = capsys.readouterr()
    assert "A009" in said.err and "A001" not in said.err
    assert "下一步" not in said.out


def test_a_branch_that_has_its_name_is_not_asked_for_it(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["init", str(demo)])
    assert "下一步：每人在 logs 里" in capsys.readouterr().out


def test_a_roll_up_of_logs_with_errors_says_why_it_ends_with_1(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rollup", str(demo), "--as-of", TODAY]) == 1
    assert "reportkit check" in capsys.readouterr().err


def test_what_is_wrong_in_a_roster_is_listed_row_by_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    roster = tmp_path / "r.csv"
    roster.write_text(
        "工号,姓名,级别,电子邮箱\nA001,张伟,初级,z@e\n,李娜,初级,\nA003,王磊,初级,w@e\n", encoding="utf-8"
    )
    assert run(["init", str(tmp_path / "b"), "--roster", str(roster)]) == 2
    assert re.findall("第 . 行", capsys.readouterr().err) == ["第 2 行", "第 3 行", "第 4 行"]


def test_init_takes_a_roster_from_excel(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Roster")
        sheet.write_row(0, 0, [ROSTER.column[code].label.en for code in ("advisor_id", "name", "level", "from_")])
        sheet.write_row(1, 0, ["A7", "Li", "junior"])
        sheet.write_datetime(1, 3, dt.datetime(2026, 1, 5), book.add_format({"num_format": "yyyy-mm-dd"}))
    assert run(["init", str(tmp_path / "b"), "--roster", str(path), "--lang", "en"]) == 0
    assert [one.name for one in (tmp_path / "b" / "logs").iterdir()] == ["A7 Li.xlsx"]


def test_a_roster_that_cannot_be_used_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    roster = tmp_path / "r.csv"
    roster.write_text("工号,级别\nA001,junior\n", encoding="utf-8")
    assert run(["init", str(tmp_path / "b"), "--roster", str(roster)]) == 2
    assert ROSTER.column["name"].label.zh_cn in capsys.readouterr().err
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["kpi", "no-such-log.xlsx"],
        ["refresh", "no-such-branch"],
        ["kpi", "x.xlsx", "--week", "2026-47"],
        ["kpi", "x.xlsx", "--as-of", "yesterday"],
        ["demo", "--lang", "fr"],
        ["nonsense"],
    ],
)
def test_wrong_calls_exit_2(arguments: list[str]) -> None:
    assert run(arguments) == 2


@pytest.mark.parametrize(
    ("option", "written"),
    [
        ("--as-of", "0001-01-01"), ("--as-of", "1989-12-31"), ("--as-of", "2101-01-01"), ("--as-of", "9999-12-31"),
        ("--week", "0001-W01"), ("--week", "1989-W52"), ("--week", "9999-W52"), ("--month", "9999-12"),
    ],
)  # fmt: skip
def test_a_day_no_calendar_reaches_is_said_to_be_none(
    demo: Path, option: str, written: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["kpi", str(a_log(demo)), option, written]) == 2
    assert f"“{written}”" in capsys.readouterr().err


def test_two_periods_are_refused_rather_than_one_of_them_taken(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for call in (["kpi", str(a_log(demo))], ["service", str(demo)]):
        assert run([*call, "--week", "2026-W47", "--month", "2026-10"]) == 2
        assert "只能给一段时间" in capsys.readouterr().err
    assert run(["service", str(demo), "--to", "2026-10-31"]) == 2
    assert "--to 要和 --from 一起用" in capsys.readouterr().err


@pytest.mark.parametrize("week", ["1990-W01", "2100-W52"])
def test_every_week_a_log_may_speak_of_has_its_figures(
    demo: Path, week: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = answer(capsys, "kpi", a_log(demo), "--week", week, "--as-of", "2100-12-31", "--json", code=0)
    assert shown["week"] == week


@pytest.mark.parametrize("written", ["2026/11/25", "2026.11.25", "20261125", "2026年11月25日", "２０２６－１１－２５"])
def test_a_day_is_written_as_in_a_cell(demo: Path, written: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "due", a_log(demo), "--on", written, "--json", code=0)["on"] == "2026-11-25"


def test_a_folder_where_a_log_belongs_is_said_to_be_one(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("kpi", "due", "visits"):
        assert run([command, str(demo)]) == 2
        assert "是文件夹" in capsys.readouterr().err


def test_an_id_is_written_as_in_a_cell(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = answer(capsys, "erase", demo, "　Ｃ０１００１ ", "--dry-run", "--json", code=1)
    assert shown["customer"] == "C01001"
    moved = answer(capsys, "handover", demo, "--from", "Ａ００１", "--to", "Ａ００２", "--dry-run", "--json", code=0)
    assert moved["customers"]


def test_a_file_that_is_no_log_exits_2_with_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04 not really")
    assert run(["kpi", str(path)]) == 2
    assert capsys.readouterr().err.strip()


@pytest.mark.parametrize("command", ["demo", "check", "close", "erase", "import", "refresh"])
def test_help_names_what_to_write_and_no_kind_of_the_programs(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert re.search(r"^ +(DIR|PATH|FORM)", shown, re.MULTILINE)
    assert not re.search(r"<\w+[^>]*>", shown)


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
def test_help_speaks_the_language_and_loads_nothing_heavy(language: str) -> None:
    code = (
        "import sys; from reportkit.cli import run; run(['--help']);"
        "sys.exit(any(name in sys.modules for name in ('pandas', 'openpyxl', 'xlwings', 'exchange_calendars')))"
    )
    import os

    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "REPORTKIT_LANG": language, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0
    expected = {"zh-CN": "日志", "zh-TW": "日誌", "en": "weekly reports"}[language]
    assert expected in done.stdout


def test_doctor_answers(capsys: pytest.CaptureFixture[str]) -> None:
    run(["doctor", "--json"])
    checks = json.loads(capsys.readouterr().out)
    assert {"python", "calendar", "libreoffice"} <= {one["code"] for one in checks}


def test_every_form_has_a_label_in_each_language() -> None:
    for form in FORMS.values():
        for column in form.columns:
            assert all(text.strip() for text in column.label.all()), (form.code, column.code)


def in_zone(folder: Path, zone: str) -> Path:
    """Make a branch folder that lies in a time zone."""
    folder.mkdir()
    hours = {"opens_at": dt.time(9), "closes_at": dt.time(17)}
    branch = {"name": "Branch", "code": "1", "language": "en", "time_zone": zone, **hours}
    write_settings(folder / "settings.xlsx", {**settings_rows("en"), "branch": [branch]}, language="en")
    return folder


def test_today_is_the_branchs_wherever_the_machine_stands(tmp_path: Path) -> None:
    last, first = in_zone(tmp_path / "last", "Etc/GMT+12"), in_zone(tmp_path / "first", "Pacific/Kiritimati")
    log = first / "logs" / "A001.xlsx"
    assert today_or(None, first) == today_or(None, log) > today_or(None, last)  # 26 hours apart: never the same day
    assert today_or(dt.date(2026, 11, 25), first) == dt.date(2026, 11, 25)


def test_an_import_takes_the_branchs_today_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day = dt.datetime.now(ZoneInfo("Pacific/Kiritimati")).date()
    (tmp_path / "calls.csv").write_text(f"id,opened\nK1,{day}\n", encoding="utf-8")
    columns = (
        '[columns]\ncase_id.from="id"\nopened_at.from="opened"\ncategory.constant="fees"\nstatus.constant="open"\n'
    )
    (tmp_path / "map.toml").write_text(columns, encoding="utf-8")
    for zone, wrong in (("Pacific/Kiritimati", 0), ("Etc/GMT+12", 1)):
        log = a_blank_log(in_zone(tmp_path / str(wrong), zone))
        files = ["cases", str(tmp_path / "calls.csv"), "--into", str(log), "--map", str(tmp_path / "map.toml")]
        assert run(["import", *files, "--dry-run", "--json"]) == wrong
        assert json.loads(capsys.readouterr().out)["rows"]["wrong"] == wrong


def test_a_time_zone_nobody_knows_is_named_and_the_machines_counts(tmp_path: Path) -> None:
    folder = in_zone(tmp_path / "odd", "Shanghai time")
    settings = load_settings(folder / "settings.xlsx")
    found = [(one.code, one.severity, one.place.column and one.place.column.code) for one in settings.findings]
    assert found == [("value.type", "warning", "time_zone")]
    assert settings.zone is None


@pytest.mark.parametrize("command", ["refresh", "upgrade", "renew"])
def test_a_branch_without_a_log_is_said_to_have_none_and_how_to_get_some(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    empty, staffed = tmp_path / "empty", tmp_path / "staffed"
    roster = tmp_path / "roster.csv"
    roster.write_text("工号,姓名,级别\nA001,张伟,initial\n", "utf-8")
    assert run(["init", str(empty)]) == 0
    assert run(["init", str(staffed), "--roster", str(roster)]) == 0
    next((staffed / "logs").iterdir()).unlink()
    capsys.readouterr()
    for folder, how in (
        (empty, f"“人员”里填写，再运行 reportkit init {empty}"),
        (staffed, f"运行 reportkit init {staffed} 给人员表里"),
    ):
        asked = [command, str(folder), *(["--before", "2026-01-01"] if command == "renew" else [])]
        for more in ([], ["--json"]):
            assert run([*asked, *more]) == 2
            assert how in capsys.readouterr().err
    assert not (empty / "reports").exists()


def test_of_several_branches_the_one_without_a_log_is_named(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty"
    assert run(["init", str(empty)]) == 0
    assert run(["refresh", str(empty), str(demo), "--as-of", TODAY]) == 2
    assert f"{empty / 'logs'} 里没有可以读的日志" in capsys.readouterr().err


def test_a_folder_where_a_file_is_asked_for_is_said_to_be_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["init", str(tmp_path / "branch"), "--roster", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"{tmp_path} 是文件夹。请写里面的一个文件\n"
    assert run(["import", "cases", str(tmp_path), "--into", str(tmp_path), "--map", "map.toml"]) == 2
    assert f"{tmp_path} 是文件夹" in capsys.readouterr().err


def test_a_form_nobody_knows_and_a_map_that_cannot_be_read_are_said_in_the_language_spoken(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in.csv").write_text("a,b\n1,2\n", "utf-8")
    assert run(["import", "工单", str(tmp_path / "in.csv"), "--into", str(demo)]) == 2
    assert "问题工单 (cases)" in capsys.readouterr().err
    (tmp_path / "map.toml").write_text('form = "cases"\na =\n', "utf-8")
    assert (
        run(["import", "cases", str(tmp_path / "in.csv"), "--into", str(demo), "--map", str(tmp_path / "map.toml")])
        == 2
    )
    assert "第 2 行第 4 个字符处看不懂" in capsys.readouterr().err


@pytest.mark.parametrize(("day", "weeks"), [("2026-11-23", ["2026-W47", "2026-W48"]), ("2026-11-27", ["2026-W48"])])
def test_a_demo_of_a_week_just_begun_shows_the_whole_one_before_it_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], day: str, weeks: list[str]
) -> None:
    folder = tmp_path / "demo"
    assert run(["demo", str(folder), "--advisors", "1", "--weeks", "2", "--as-of", day]) == 0
    out = capsys.readouterr().out
    made = sorted(path.parent.name for path in folder.glob("reports/*/team.xlsx"))
    assert made == weeks
    assert all(str(folder / "reports" / week / "team.xlsx") in out for week in weeks)


def test_a_message_without_an_address_is_told_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("工号,姓名,级别\nA001,张伟,initial\n", "utf-8")
    assert run(["init", str(tmp_path / "branch"), "--roster", str(roster)]) == 0
    assert run(["refresh", str(tmp_path / "branch"), "--as-of", TODAY]) == 0
    capsys.readouterr()
    assert run(["send", str(tmp_path / "branch"), "--dry-run", "--as-of", TODAY]) == 0
    assert "没有邮箱：请在设置的“人员”或“收件人”里填邮箱" in capsys.readouterr().out


@pytest.mark.parametrize("written", ["张伟", "A01"])
def test_an_advisor_named_otherwise_than_by_id_is_offered_the_id(
    demo: Path, written: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["handover", str(demo), "--from", written, "--to", "A002"]) == 2
    assert f"没有工号 {written} 的日志。是不是“A001”？" in capsys.readouterr().err
