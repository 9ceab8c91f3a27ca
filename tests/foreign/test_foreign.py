"""Foreign files by maps written from the documentation alone: every row as computed by hand, and again without a double."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from reportkit.cli import run
from reportkit.definitions.forms import FORMS
from reportkit.importing.load import load_map, read_map
from reportkit.importing.maps import Map, Source
from reportkit.importing.propose import propose
from reportkit.importing.run import Imported
from tests.foreign.files import FILES
from tests.maps.files import FILES as KNOWN
from tests.office import SOFFICE, convert
from tests.test_import import a_log, brought, counts, values
from tests.test_import_files import NEEDS_CUSTOMERS, edited, origin, the_map

HERE = Path(__file__).parent
EXPECTED = {
    "switchboard": """
case_id | opened_at | channel | category | responded_at | resolved_at | status | owner
5001 | 2026-11-16 09:05:00 | phone | fees | 2026-11-16 09:05:45 | 2026-11-16 10:20:55 | resolved | Becky Lee
5002 | 2026-11-16 12:10:00 | phone | account | 2026-11-16 12:11:02 | 2026-11-16 12:11:52 | resolved | Becky Lee
""",
    "ticks": """
case_id | opened_at | category | priority | responded_at | resolved_at | status | reopened
90071 | 2026-11-16 09:00:00 | fees | urgent | 2026-11-16 09:00:31 | 2026-11-16 11:00:00 | resolved |
90072 | 2026-11-16 10:00:00 | account | normal | | | open | 2
90073 | 2026-11-16 11:00:00 | other | | 2026-11-16 11:00:12 | 2026-11-16 11:33:20 | closed | 0
""",
    "books_2003": """
case_id | opened_at | category | responded_at | status
7001 | 2026-11-16 09:05:00 | fees | 2026-11-16 09:05:40 | resolved
7002 | 2026-11-17 10:00:00 | account | 2026-11-18 11:00:00 | resolved
""",
    "web_report": """
case_id | opened_at | category | resolved_at | status | owner
R-1 | 2026-11-16 09:05:00 | fees | 2026-11-16 10:05:00 | resolved | Ann
R-2 | 2026-11-17 12:30:00 | complaint | | open | Ann
R-3 | 2026-11-18 00:00:00 | suggestion | 2026-11-18 01:00:00 | resolved | Bob
""",
    "serials": """
case_id | opened_at | category | responded_at | resolved_at | status | satisfaction
1 | 2026-11-16 09:05:00 | fees | 2026-11-16 09:35:00 | 2026-11-16 12:00:00 | resolved | 5
2 | 2026-11-17 10:00:00 | system | | | in_progress | 1
3 | 2026-11-18 00:00:00 | other | 2026-11-18 00:00:00 | 2026-11-18 08:00:00 | resolved | 3
""",
    "monthly": """
case_id | opened_at | category | status | owner
2026-10-1 | 2026-10-30 00:00:00 | fees | resolved | 王芳
2026-11-1 | 2026-11-03 00:00:00 | system | resolved | 王芳
2026-11-2 | 2026-11-16 00:00:00 | complaint | in_progress | 赵强
""",
    "night_desk": """
case_id | opened_at | category | responded_at | resolved_at | status
N-16-11-2026-11:58 PM | 2026-11-16 23:58:00 | fees | 2026-11-16 23:58:00 | 2026-11-17 00:10:00 | resolved
N-17-11-2026-12:05 AM | 2026-11-17 00:05:00 | account | 2026-11-17 00:06:00 | | in_progress
N-17-11-2026-10:00 PM | 2026-11-17 22:00:00 | other | | | unresolved
""",
    "taiwan": """
case_id | opened_at | category | status
T1150001 | 2026-11-16 09:05:00 | account | closed
T1150002 | 2026-11-17 15:30:00 | complaint | in_progress
""",
    "columns_of_numbers": """
case_id | opened_at | category | status | satisfaction | escalated_to
L1 | 2026-11-16 09:05:00 | fees | resolved | 4 | desk lead
L2 | 2026-11-17 12:05:00 | account | resolved | 5 |
""",
    "new_york": """
case_id | opened_at | category | responded_at | resolved_at | status
N-1 | 2026-11-16 09:05:00 | fees | 2026-11-16 09:25:34 | 2026-11-16 09:30:34 | resolved
N-2 | 2026-11-01 12:30:00 | system | 2026-11-01 12:30:20 | 2026-11-01 12:40:20 | resolved
""",
    "archive": """
case_id | opened_at | category | status
M-1 | 2026-11-17 00:00:00 | fees | open
""",
    "web_form": """
date | customer_id | channel | score | recommend | comment
2026-11-16 | 800001 | phone | 5 | 10 | good, thanks
2026-11-17 | 800002 | wechat | 2 | 0 |
2026-11-18 | 800003 | in_person | 4 | 7 | ok
""",
    "sales": """
opened_on | customer_id | product | amount | stage | expected_on | closed_on
2026-11-02 | 800001 | public_fund | 1200000.0 | won | 2026-11-17 | 2026-11-17
2026-11-02 | 800001 | margin_trading | | won | 2026-11-17 | 2026-11-17
2026-11-10 | 800002 | advisory_contract | 9800.0 | proposed | 2026-12-15 |
2026-11-12 | 800003 | other | | lost | 2026-11-13 | 2026-11-13
""",
    "diary": """
date | time | kind | customer_id | channel | effective | minutes
2026-11-16 | 09:05:00 | return_visit | 800001 | phone | yes | 20.0
2026-11-16 | 09:05:00 | return_visit | 800002 | phone | yes | 20.0
2026-11-16 | 15:00:00 | home_visit | 800003 | in_person | no | 90.0
2026-11-16 | 12:30:00 | market_view | | | |
2026-11-17 | | fund_talk | 800001 | | yes | 30.0
""",
    "shifts": """
date | service_hours
2026-11-16 | 7.5
2026-11-17 | 3.75
""",
    "day_report": """
date | service_hours
2026-11-16 | 7.5
""",
    "depositors": """
customer_id | name | assigned_on | mobile | phone | assets | risk | public_fund | margin_trading
0080001 | 钱一 | 2026-03-02 | 13800138000 | | 125000.0 | aggressive | holds | holds
0080002 | 孙二 | 2025-12-31 | | (010) 6255-8888 | 1234567.89 | conservative | |
1E+10 | 周三 | 2026-04-01 | 13700137000 | | 5000.0 | | |
""",
    "bank": """
customer_id | name | assigned_on | mobile | phone | assets | risk
00801 | 钱一 | 2026-03-02 | 13800138000 | | 125000.0 | aggressive
00802 | 孙二（"小孙"） | 2025-12-31 | | 010-62558888 | 12345678.0 | conservative
00803 | 周三 | 2026-04-01 | 139 0013 9000 | | | balanced
""",
    "euro": """
opened_on | customer_id | product | amount | stage | closed_on | note
2026-11-02 | 800001 | public_fund | 1234567.5 | won | 2026-11-17 | Müller
2026-11-09 | 800002 | futures | | lost | 2026-11-13 |
""",
    "week_grid": """
date | kind | customer_id | effective | minutes
2026-11-16 | return_visit | 800001 | yes | 20.0
2026-11-18 | fund_talk | 800001 | yes | 15.0
2026-11-17 | home_visit | 800002 | yes | 90.0
""",
    "half_days": """
date | time | kind | customer_id | effective
2026-11-16 | 09:00:00 | return_visit | 800001 | yes
2026-11-16 | 14:00:00 | fund_talk | 800002 | no
2026-11-16 | 09:00:00 | return_visit | 800002 | yes
2026-11-17 | 14:00:00 | return_visit | 800003 | yes
""",
    "mainframe": """
case_id | opened_at | category | status | owner
0001234 | 2026-11-16 09:05:00 | fees | resolved | 王芳
0001235 | 2026-11-16 14:00:00 | complaint | in_progress | 李雷
0001236 | 2026-11-17 00:00:00 | account | resolved | 韩梅梅
""",
    "intranet": """
case_id | opened_at | category | resolved_at | status | resolution
W-1 | 2026-11-16 09:05:00 | fees | 2026-11-16 10:00:00 | resolved | 已退 回多收的费
W-2 | 2026-11-17 09:05:00 | system | | open | <b>=1+1</b>
""",
}
# Rows read and left out; and the findings, each by code and cell of the file.
FATES: dict[str, tuple[int, int, list[tuple[str, str | None]]]] = {
    "switchboard": (11, 9, []),
    "ticks": (3, 0, []),
    "books_2003": (3, 0, [("value.required", "B6")]),
    "web_report": (3, 0, []),
    "serials": (3, 0, [("date.future", "C3")]),
    "monthly": (4, 1, []),
    "night_desk": (3, 0, []),
    "taiwan": (2, 0, []),
    "columns_of_numbers": (3, 1, []),
    "new_york": (2, 0, []),
    "archive": (1, 0, []),
    "web_form": (3, 0, []),
    "sales": (8, 4, [("value.type", "D4")]),
    "diary": (5, 0, []),
    "shifts": (5, 3, []),
    "day_report": (4, 2, [("import.nobody", None)]),
    "depositors": (4, 1, [("import.digits_lost", "A5"), ("import.unmapped", "I5")]),
    "bank": (7, 4, []),
    "euro": (4, 1, [("import.more_cells", None), ("value.range", "E4")]),
    "week_grid": (7, 4, []),
    "half_days": (5, 1, []),
    "mainframe": (10, 7, []),
    "intranet": (3, 1, []),
}
# A text that changes at its source, what to, and the cell of the log that changes with it.
CHANGES: Mapping[str, tuple[str, str, str, object]] = {
    "switchboard": (" BILLING ", "Beschwerde", "category", "complaint"),
    "ticks": ("1794798000,billing", "1794801600,billing", "resolved_at", "2026-11-16 12:00:00"),
    "monthly": ("投诉排队太久", "APP 太慢", "category", "system"),
    "night_desk": ("12:10 AM", "12:15 AM", "resolved_at", "2026-11-17 00:15:00"),
    "web_form": ("thanks", "merci", "comment", "good, merci"),
    "sales": ("9,800.00", "8,000.00", "amount", 8000.0),
    "diary": ("1个半小时", "两小时", "minutes", 120.0),
    "depositors": ("12.5万", "13万", "assets", 130000.0),
    "bank": ("1,234.5678", "0.5", "assets", 5000.0),
    "euro": ("1.234.567,50", "900", "amount", 900.0),
    "mainframe": ("李雷", "韩梅", "owner", "韩梅"),
}


def taken_in(name: str, folder: Path) -> tuple[Path, Path, Map, Imported]:
    form, make = FILES[name]
    log = a_log(folder)
    if form in NEEDS_CUSTOMERS:
        brought(KNOWN["crm"][1](folder), log, the_map("crm"), "customers")
    file, wanted = make(folder), load_map(HERE / f"{name}.toml", FORMS[form])
    return log, file, wanted, brought(file, log, wanted, form)


def check_rows(name: str, log: Path) -> None:
    codes, *expected = [[cell.strip() for cell in line.split("|")] for line in EXPECTED[name].strip().splitlines()]
    rows = values(log, FILES[name][0])
    assert [[str(row.get(code, "")) for code in codes] for row in rows] == expected
    assert not {code for row in rows for code in row} - set(codes)


@pytest.mark.parametrize("name", FILES)
def test_the_rows_of_a_foreign_file_and_a_second_run(name: str, tmp_path: Path) -> None:
    log, file, wanted, done = taken_in(name, tmp_path)
    check_rows(name, log)
    read, skipped, findings = FATES[name]
    assert (done.read, done.skipped) == (read, skipped)
    assert [(one.code, one.place.cell) for one in done.findings] == findings
    before = log.read_bytes()
    again = brought(file, log, wanted, FILES[name][0])
    assert counts(again) == (0, 0, counts(done)[0], 0, counts(done)[4])
    assert log.read_bytes() == before


@pytest.mark.parametrize("name", CHANGES)
def test_what_changes_at_the_source_changes_in_the_log(name: str, tmp_path: Path) -> None:
    log, file, wanted, done = taken_in(name, tmp_path)
    old, new, code, value = CHANGES[name]
    edited(file, old, new)
    preview = brought(file, log, wanted, FILES[name][0], dry_run=True).as_json("en")
    ((change,),) = [one["changes"] for one in preview["logs"]]
    assert (change["column"], change["new"]) == (code, str(value).removesuffix(".0"))
    assert change["old"] != change["new"]
    again = brought(file, log, wanted, FILES[name][0])
    assert counts(again) == (0, 1, counts(done)[0] - 1, 0, counts(done)[4])
    assert str(value) in [str(row.get(code)) for row in values(log, FILES[name][0])]


def test_a_preview_shows_what_is_new_and_what_changes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log, file, _, _ = taken_in("monthly", tmp_path)
    edited(file, "投诉排队太久", "APP 太慢")
    call = ["import", "cases", str(file), "--map", str(HERE / "monthly.toml"), "--dry-run", "--as-of", "2026-11-20"]
    before = log.read_bytes()
    run([*call, "--into", str(log)])
    shown = capsys.readouterr().out
    assert re.search(r"问题分类 +投诉 +系统", shown) or re.search(r"Category +Complaint +System", shown)
    run([*call, "--into", str(a_log(tmp_path / "empty"))])
    shown = capsys.readouterr().out
    assert all(one in shown for one in ("2026-10-1", "2026-11-1", "2026-11-2"))
    assert log.read_bytes() == before


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_sheets_hidden_and_of_every_month_in_other_formats(kind: str, tmp_path: Path) -> None:
    for name in ("switchboard", "monthly"):
        form, make = FILES[name]
        log = a_log(tmp_path / name)
        file = convert(make(tmp_path), kind, tmp_path / kind)
        brought(file, log, load_map(HERE / f"{name}.toml", FORMS[form]), form)
        check_rows(name, log)


# What a proposal cannot know of a file: the year of a day, ids that are made, columns joined to a moment …
BEYOND = {
    "switchboard": {"owner", "resolved_at"},
    "serials": {"responded_at", "satisfaction"},
    "monthly": {"case_id", "opened_at"},
    "new_york": {"resolved_at", "status"},
    "night_desk": {"case_id", "status"},
    "columns_of_numbers": {"case_id", "opened_at", "status", "escalated_to"},
    "shifts": {"service_hours"},
    "web_form": {"channel"},
    "diary": {"channel"},
    "bank": {"phone"},
    "euro": {"customer_id", "amount", "stage", "closed_on", "note"},
    "week_grid": {"date", "minutes"},
    "half_days": {"time", "kind", "customer_id", "effective"},
}
BY_HAND = {"mainframe"}  # nothing in a text says where its columns of fixed width begin


@pytest.mark.parametrize("name", [name for name in FILES if name not in BY_HAND])
def test_what_is_proposed_for_a_foreign_file(name: str, tmp_path: Path) -> None:
    form, make = FILES[name]
    by_hand = load_map(HERE / f"{name}.toml", FORMS[form])
    text = propose(FORMS[form], make(tmp_path), "en")
    proposed = read_map(text, FORMS[form], "p")
    assert set(by_hand.sheet) <= {"*月", *proposed.sheet}
    mapped = {
        code: source for code, source in by_hand.columns.items() if source.labels and code not in BEYOND.get(name, ())
    }
    wrong = {
        code
        for code, source in mapped.items()
        if code not in proposed.columns or not same_origin(source, proposed.columns[code])
    }
    assert wrong == set(), text
    assert set(proposed.columns) - set(by_hand.columns) <= BEYOND.get(name, set()) | {"resolved_at", "reopened"}, text


def same_origin(by_hand: Source, proposed: Source) -> bool:
    """Return whether two columns come from the same ones of the file, `or` and the first of several apart."""
    return origin(by_hand)[:2] == origin(proposed)[:2] or bool(set(by_hand.or_) & set(proposed.from_ or ()))


def test_what_the_layout_of_a_file_suggests(tmp_path: Path) -> None:
    told = {name: propose(FORMS[FILES[name][0]], FILES[name][1](tmp_path), "en") for name in FILES}
    assert 'sheet = ["10月", "11月"]' in told["monthly"]
    assert 'name = "Agent"' in told["switchboard"]
    assert '# clock = "mm:ss"' in told["switchboard"]
    assert 'dates = "epoch milliseconds"' in told["ticks"]
    assert 'dates = "minguo"' in told["taiwan"]
    assert 'dates = "month first"' in told["sales"] and "day first" not in told["sales"]
    assert "at_least = 9" in told["web_form"]
    assert "Desk" in told["shifts"]
    assert "multiply = 10000" in told["bank"] and "multiply" not in told["depositors"]
    assert "# [fixed]" in told["mainframe"]
    assert '# beside = ["B:D", "E:G"]' in told["half_days"] and '# beside = ["B:C", "D:E", "F:G"]' in told["week_grid"]
    assert {name for name, text in told.items() if "beside" in text} == {"half_days", "week_grid", "shifts"}
    assert 'at = "Done"' in told["night_desk"]
