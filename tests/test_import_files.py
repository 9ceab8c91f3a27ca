"""Other people's files, each with the map a desk would write: the rows and figures they give, and running them again."""

import datetime as dt
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportkit.cli import run
from reportkit.definitions.columns import fold
from reportkit.definitions.forms import FORMS
from reportkit.importing.load import read_map
from reportkit.importing.maps import Map, Source
from reportkit.importing.propose import propose
from reportkit.importing.run import Imported
from reportkit.logs.editing import Edit
from reportkit.logs.rewrite import open_log, rewritten
from tests.maps.files import FILES
from tests.office import SOFFICE, convert
from tests.test_import import MAPS, a_log, brought, counts, values

# What each file becomes, a row a line; a blank cell is left out. Computed by hand.
EXPECTED = {
    "helpdesk": """
case_id | opened_at | channel | category | priority | responded_at | resolved_at | status | owner | resolution | satisfaction
10023 | 2026-11-16 09:05:10 | phone | account | urgent | 2026-11-16 09:05:35 | 2026-11-16 10:07:43 | resolved | 李雷 | 忘记密码 | 5
10024 | 2026-11-16 10:00:00 | wechat | system | normal | 2026-11-16 10:01:33 | 2026-11-16 12:15:00 | resolved | 李雷 | | 4
10025 | 2026-11-17 11:30:00 | phone | fees | normal | 2026-11-17 11:31:30 | 2026-11-17 13:03:00 | closed | 韩梅 | 费用高 |
10026 | 2026-11-17 14:00:00 | in_person | other | low | | | in_progress | 韩梅 | |
10027 | 2026-11-18 15:20:00 | phone | account | high | 2026-11-18 15:20:15 | 2026-11-19 15:20:00 | resolved | 韩梅 | 等了很久 | 2
""",
    "service_report": """
case_id | opened_at | category | responded_at | resolved_at | status | owner
T-1 | 2026-11-16 09:05:00 | fees | 2026-11-16 09:35:00 | 2026-11-16 11:00:00 | resolved | 王芳
T-2 | 2026-11-17 10:00:00 | account | 2026-11-17 10:00:36 | 2026-11-18 09:00:00 | resolved | 王芳
T-3 | 2026-11-05 14:30:00 | trading | | | open | 赵强
T-4 | 2026-11-19 08:00:00 | complaint | 2026-11-19 10:00:00 | 2026-11-19 12:00:00 | resolved | 赵强
""",
    "us_calls": """
case_id | opened_at | channel | category | responded_at | resolved_at | status | owner | satisfaction
C-1 | 2026-11-16 09:05:00 | phone | fees | 2026-11-16 09:05:12 | 2026-11-16 09:09:22 | resolved | Ann Lee | 5
C-2 | 2026-11-16 12:15:00 | phone | account | 2026-11-16 12:15:45 | 2026-11-16 12:17:45 | resolved | Ann Lee | 4
C-3 | 2026-11-17 21:30:00 | phone | other | | | unresolved | Bob Wu |
C-4 | 2026-11-18 13:00:00 | phone | complaint | 2026-11-18 13:00:30 | 2026-11-18 13:10:30 | resolved | Bob Wu | 1
""",
    "tracker": """
case_id | opened_at | category | priority | responded_at | resolved_at | status | satisfaction | reopened
INC1 | 2026-11-16 09:00:00 | system | high | 2026-11-16 09:00:30 | 2026-11-16 11:00:00 | resolved | 5 | 0
INC2 | 2026-11-17 07:30:00 | account | normal | 2026-11-17 07:32:00 | | in_progress | | 1
INC3 | 2026-11-18 08:00:00 | fees | low | 2026-11-18 08:01:00 | 2026-11-18 09:00:00 | closed | 1 | 0
""",
    "crm": """
customer_id | name | assigned_on | mobile | assets | referred_by | status | risk | public_fund | private_fund | margin_trading | futures | collective_plan | advisory_contract
800001 | 张三 | 2026-01-05 | 13800138000 | 1234567.0 | | active | aggressive | holds | | holds | holds | | holds
800002 | 李四 | 2026-03-02 | 13800138001 | 500000.0 | 800001 | active | conservative | | | | | |
800003 | 王五 | 2026-05-06 | 13900139000 | 86000.0 | | dormant | balanced | holds | holds | | | |
800004 | 赵六 | 2025-07-01 | 1.38E+10 | 20000.5 | | transferred_out | | holds | | | | holds | holds
""",
    "call_list": """
date | time | kind | customer_id | channel | effective | minutes | summary
2026-11-16 | 09:05:00 | return_visit | 800001 | phone | yes | 12.0 | 谈基金定投
2026-11-16 | 10:00:00 | return_visit | 800002 | phone | no | 0.0 |
2026-11-17 | 23:58:00 | complaint_followup | 800003 | phone | yes | 12.0 | 已道歉
2026-11-18 | 15:00:00 | new_contact | 800002 | phone | yes | 20.0 | 两融开户
""",
    "survey": """
date | customer_id | channel | score | recommend | comment
2026-11-16 | 800001 | wechat | 5 | 10 | 很好, 谢谢
2026-11-17 | 800002 | wechat | 3 | 6 |
2026-11-17 | 800003 | sms | 1 | 0 | 等太久
""",
    "attendance": """
date | leave | note
2026-11-16 | none |
2026-11-17 | none |
2026-11-18 | full | 年假
2026-11-19 | half | 上午请假
2026-11-20 | none |
""",
    "hours": """
date | leave | service_hours | note
2026-11-16 | | 7.5 |
2026-11-17 | half | 3.75 | Arzt
2026-11-18 | | 8.0 |
2026-11-19 | full | |
""",
    "deals": """
opened_on | customer_id | product | amount | stage | closed_on | note
2026-11-02 | 800002 | advisory_contract | 1200.0 | won | 2026-11-18 | 首年
2026-11-10 | 800003 | futures | 300000.0 | proposed | |
""",
}
# Rows read and left out by the map; and the findings, each by code, row and cell of the file.
FATES: dict[str, tuple[int, int, list[tuple[str, int, str | None]]]] = {
    "helpdesk": (6, 0, [("value.choice", 8, "D8")]),
    "service_report": (7, 3, []),
    "us_calls": (5, 1, []),
    "tracker": (5, 2, []),
    "crm": (4, 0, [("import.digits_lost", 5, "D5"), ("import.unmapped", 4, "H4"), ("value.choice", 5, "F5")]),
    "call_list": (5, 0, [("import.no_customer", 6, "D6"), ("kind.customer", 6, "D6")]),
    "survey": (4, 0, [("import.no_customer", 5, "D5"), ("value.required", 5, "D5")]),
    "attendance": (10, 5, []),
    "hours": (4, 0, []),
    "deals": (3, 0, [("import.no_customer", 2, "B2"), ("value.required", 2, "B2")]),
}
# Figures of the week of 16 November, by hand: indicator → (value, what it is a share or mean of).
FIGURES: dict[str, dict[str, tuple[float, float]]] = {
    "helpdesk": {"first_response": ((25 + 93 + 90 + 15) / 4, 4), "resolution_rate": (4 / 5, 5), "csat": (2 / 3, 3)},
    "service_report": {"first_response": ((1800 + 36 + 7200) / 3, 3), "resolution_rate": (1, 3)},
    "us_calls": {"first_response": ((12 + 45 + 30) / 3, 3), "resolution_rate": (3 / 4, 4), "csat": (2 / 3, 3)},
    "tracker": {"first_response": ((30 + 120 + 60) / 3, 3), "resolution_rate": (2 / 3, 3), "csat": (1 / 2, 2)},
    "call_list": {"new_contacts": (1, 1)},
    "hours": {"cases_per_hour": (0, 7.5 + 3.75 + 8)},
    "deals": {"advisory_contracts": (1, 1)},
}
# A text of the file that changes at its source, what to, and what a person types into the same cell of the log.
CHANGES: dict[str, tuple[str, str, str, object]] = {
    "helpdesk": ("韩梅;不评价", "何静;不评价", "owner", "丁一"),
    "service_report": ("投诉", "trade", "category", "other"),
    "us_calls": ("Satisfied\r", "Dissatisfied\r", "satisfaction", 3),
    "tracker": ("bad", "good", "satisfaction", 3),
    "crm": ("睡眠", "有效", "status", "transferred_out"),
    "call_list": ("已道歉", "已登门道歉", "summary", "改天再谈"),
    "survey": ("等太久", "等了太久", "comment", "无"),
    "attendance": ("年假", "上午请假2", "leave", "none"),
    "hours": ("Arzt", "Zahnarzt", "note", "医院"),
    "deals": ("首年", "次年", "note", "再议"),
}
NEEDS_CUSTOMERS = ("activities", "surveys", "opportunities")


def the_map(name: str) -> Map:
    return read_map((MAPS / f"{name}.toml").read_text(encoding="utf-8"), FORMS[FILES[name][0]], f"{name}.toml")


def ready_log(folder: Path, form: str) -> Path:
    """Return a log, with the CRM's customers where the form speaks of them."""
    log = a_log(folder)
    if form in NEEDS_CUSTOMERS:
        brought(FILES["crm"][1](folder), log, the_map("crm"), "customers")
    return log


def taken_in(name: str, folder: Path) -> tuple[Path, Path, Imported]:
    form, make = FILES[name]
    log, file = ready_log(folder, form), make(folder)
    return log, file, brought(file, log, the_map(name), form)


def as_table(rows: list[dict[str, Any]], codes: list[str]) -> list[list[str]]:
    return [[str(row.get(code, "")) for code in codes] for row in rows]


def check_rows(name: str, log: Path) -> None:
    codes, *expected = [[cell.strip() for cell in line.split("|")] for line in EXPECTED[name].strip().splitlines()]
    rows = values(log, FILES[name][0])
    assert as_table(rows, codes) == expected
    assert not {code for row in rows for code in row} - set(codes)


@pytest.mark.parametrize("name", FILES)
def test_the_rows_and_findings_of_a_file(name: str, tmp_path: Path) -> None:
    log, _, done = taken_in(name, tmp_path)
    check_rows(name, log)
    read, skipped, findings = FATES[name]
    assert (done.read, done.skipped) == (read, skipped)
    assert [(one.code, one.place.row, one.place.cell) for one in done.findings] == findings
    rows = done.rows
    assert rows.pop("read") == sum(rows.values())


@pytest.mark.parametrize("name", FIGURES)
def test_the_figures_of_a_file(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log, _, _ = taken_in(name, tmp_path)
    capsys.readouterr()
    assert run(["kpi", str(log), "--week", "2026-W47", "--as-of", "2026-11-22", "--json"]) == 0
    by_code = {one["code"]: one for one in json.loads(capsys.readouterr().out)["indicators"]}
    for code, (value, divisor) in FIGURES[name].items():
        assert by_code[code]["value"] == pytest.approx(value)
        assert by_code[code]["denominator"] in (None, pytest.approx(divisor))


def test_leave_makes_working_days_fewer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log, _, _ = taken_in("attendance", tmp_path)
    capsys.readouterr()
    assert run(["kpi", str(log), "--week", "2026-W47", "--as-of", "2026-11-22", "--json"]) == 0
    (one,) = [one for one in json.loads(capsys.readouterr().out)["indicators"] if one["code"] == "home_visits"]
    assert one["working_days"] == 5 - 1 - 0.5


def edited(file: Path, old: str, new: str) -> Path:
    """Return a file with a text changed at its source."""
    if file.suffix == ".xlsx":
        book = openpyxl.load_workbook(file)
        for row in book.active.iter_rows():
            for cell in row:
                if cell.value == old:
                    cell.value = new
        book.save(file)
        return file
    for encoding in ("utf-8", "gb18030", "utf-16", "big5"):
        bare = [one.encode(encoding).removeprefix(b"\xff\xfe") for one in (old, new)]
        if bare[0] in file.read_bytes():
            file.write_bytes(file.read_bytes().replace(bare[0], bare[1], 1))
            return file
    raise AssertionError(old)


@pytest.mark.parametrize("name", FILES)
def test_a_second_run_a_change_and_a_conflict(name: str, tmp_path: Path) -> None:
    log, file, first = taken_in(name, tmp_path)
    form, wanted, (old, new, code, typed) = FILES[name][0], the_map(name), CHANGES[name]
    settled = (0, 0, counts(first)[0], 0, counts(first)[4])
    before = log.read_bytes()
    again = brought(file, log, wanted, form)
    assert (counts(again), again.backups, log.read_bytes() == before) == (settled, {}, True)
    known = values(log, form)
    edited(file, old, new)
    seen = brought(file, log, wanted, form, dry_run=True)
    assert counts(seen) == (0, 1, settled[2] - 1, 0, settled[4])
    (place,) = seen.logs[0].edit.changed.keys() & {(row + 2, code) for row in range(len(known))}
    by_hand = rewritten(open_log(log), {form: Edit(changed={place: typed})})
    log.write_bytes(by_hand.content)
    assert counts(brought(file, log, wanted, form)) == (0, 0, settled[2] - 1, 1, settled[4])


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("name", "kind"), [("service_report", "xls"), ("hours", "ods"), ("crm", "xls")])
def test_old_and_open_formats_give_the_same_rows(name: str, kind: str, tmp_path: Path) -> None:
    form, make = FILES[name]
    log = a_log(tmp_path)
    brought(convert(make(tmp_path), kind, tmp_path / kind), log, the_map(name), form)
    check_rows(name, log)


# What is proposed for each of them.


def origin(source: Source) -> tuple[object, ...]:
    """Return where a column comes from, by which a proposal is judged; what is written alike counts as one."""
    return tuple(fold(one.rpartition(" / ")[2]) for one in (*(source.from_ or ()), *source.plus[:1]))


@cache
def right_of(name: str, folder: Path) -> tuple[int, int, int, list[str]]:
    """Return how many columns a proposal gets right, of how many, how many it should not have, and which are wrong."""
    form, make = FILES[name]
    by_hand, proposed = the_map(name), read_map(propose(FORMS[form], make(folder), "en"), FORMS[form], "p")
    mapped = {code: source for code, source in by_hand.columns.items() if source.labels and not source.text}
    wrong = [
        code
        for code in mapped
        if code not in proposed.columns or origin(mapped[code]) != origin(proposed.columns[code])
    ]
    extra = set(proposed.columns) - set(by_hand.columns)
    return len(mapped) - len(wrong), len(mapped), len(extra), wrong


def test_most_columns_are_proposed_right(tmp_path: Path) -> None:
    told = {name: right_of(name, tmp_path) for name in FILES}
    right, every, extra = (sum(one[at] for one in told.values()) for at in range(3))
    assert right / every >= 0.95, told
    assert extra <= 4, told


@pytest.mark.parametrize("name", FILES)
def test_a_proposed_map_can_be_read_and_knows_the_values(name: str, tmp_path: Path) -> None:
    form, make = FILES[name]
    text = propose(FORMS[form], make(tmp_path), "zh-CN")
    read_map(text, FORMS[form], "p")
    assert len(re.findall(r'^[^#\n]*= "\?"', text, re.MULTILINE)) <= 2, text


def test_rows_of_one_id_and_of_several_people_are_pointed_out(tmp_path: Path) -> None:
    assert 'take = "last"' in propose(FORMS["cases"], FILES["tracker"][1](tmp_path), "en")
    assert '# column = "工号"' in propose(FORMS["worktime"], FILES["attendance"][1](tmp_path), "en")


def test_day_first_is_told_from_numbers_over_twelve(tmp_path: Path) -> None:
    rows = ["id,opened,topic,state", "1,05/11/2026,fees,open", "2,{day},fees,open"]
    file = tmp_path / "x.csv"
    for day, order, sure in (
        ("23/11/2026", "day first", True),
        ("11/23/2026", "month first", True),
        ("07/11/2026", "day first", False),
    ):
        file.write_text("\n".join(rows).format(day=day))
        text = propose(FORMS["cases"], file, "en")
        (line,) = [line for line in text.splitlines() if line.startswith("dates")]
        assert (f'"{order}"' in line, "#" not in line) == (True, sure)


# What must not be guessed.

HEAD = '[columns]\ncase_id.from = "id"\ncategory.from = "what"\nstatus.from = "state"\nopened_at.from = "opened"\n'


def told(folder: Path, text: str, toml: str = HEAD, form: str = "cases") -> list[tuple[str, int | None]]:
    file = folder / "x.csv"
    file.write_text(text, encoding="utf-8")
    done = brought(file, a_log(folder), read_map(toml, FORMS[form], "m"), form)
    return [(one.code, one.place.row) for one in done.findings]


def test_a_date_that_may_be_either_is_not_read(tmp_path: Path) -> None:
    assert told(tmp_path, "id,what,state,opened\n1,fees,open,05/11/2026 9:00\n") == [("import.date_order", 2)]


def test_a_real_date_among_day_first_texts_is_pointed_out(tmp_path: Path) -> None:
    text = "id,what,state,opened\n1,fees,open,05/11/2026\n2,fees,open,2026-11-03\n"
    assert told(tmp_path, text, f'dates = "day first"\n{HEAD}') == []
    from tests.maps.files import xlsx

    file = xlsx(
        tmp_path / "y.xlsx",
        [
            ["id", "what", "state", "opened"],
            ["1", "fees", "open", "05/11/2026"],
            ["2", "fees", "open", dt.date(2026, 11, 3)],
        ],
    )
    wanted = read_map(f'dates = "day first"\n{HEAD}', FORMS["cases"], "m")
    done = brought(file, a_log(tmp_path / "new"), wanted)
    assert [(one.code, one.place.cell) for one in done.findings] == [("import.mixed_dates", "D3")]


def test_two_columns_of_one_name_must_be_told_apart(tmp_path: Path) -> None:
    text = "id,what,state,opened,opened\n1,fees,open,2026-11-02,2026-11-03\n"
    with pytest.raises(Exception, match="opened#1"):
        told(tmp_path, text)
    assert told(tmp_path, text, HEAD.replace('"opened"', '"opened#2"')) == []
    assert [row["opened_at"] for row in values(tmp_path / "logs" / "A001 张伟.xlsx")] == [dt.datetime(2026, 11, 3)]


def test_a_file_without_headings_by_letters(tmp_path: Path) -> None:
    toml = 'header_rows = 0\n[columns]\ncase_id.from="@A"\nopened_at.from="@B"\ncategory.from="@C"\nstatus.constant="open"\n'
    assert told(tmp_path, "K1,20261102093000,fees\nK2,20261103,system\n", toml) == []
    assert [row["opened_at"] for row in values(tmp_path / "logs" / "A001 张伟.xlsx")] == [
        dt.datetime(2026, 11, 2, 9, 30),
        dt.datetime(2026, 11, 3),
    ]
