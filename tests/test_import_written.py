"""Dates, durations, amounts and lists as other systems write them, and files that are not what their name says."""

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from reportkit.definitions.forms import FORMS
from reportkit.importing.dating import date_order
from reportkit.importing.load import read_map
from reportkit.importing.moments import Clocks, moment, undecided
from reportkit.importing.written import Unit, amount, digits_lost, duration, ids, parts_of
from reportkit.read.foreign import Cells, read_cells
from tests.maps.files import crm, text
from tests.test_import import MAPS, a_log, brought, values

HERE = Clocks(None, "Asia/Shanghai")
EVENING = dt.datetime(2026, 11, 23, 21, 5)


@pytest.mark.parametrize(
    ("written", "dates"),
    [
        ("2026-11-23 21:05:00.000", ()),
        ("2026-11-23T13:05:00Z", ()),
        ("2026-11-23T13:05:00+0000", ()),
        ("2026-11-23 14:05 +01:00", ()),
        ("2026/11/23 下午 9:05", ()),
        ("2026年11月23日 21时05分", ()),
        ("20261123210500", ()),
        ("23-Nov-2026 9:05 PM", ()),
        ("Mon, 23 Nov 2026 21:05", ()),
        ("Nov 23, 2026 9:05 pm", ()),
        ("23/11/2026 21:05", ("day first",)),
        ("23.11.26 21:05", ("day-first",)),
        ("11/23/2026 09:05 PM", ("month first",)),
        ("11/23/2026, 9:05 p.m.", ("mdy",)),
        ("26-11-23 21:05", ("year first",)),
        ("23/11/2026 9:05 PM", ("dd/mm/yyyy h:mm AM/PM",)),
        ("23 11 26 21.05", ("yyyy", "dd mm yy hh.mm")),
        ("23/11/2026 21:05", ("%d/%m/%Y %H:%M",)),
        ("46349.878472", ()),
        ("46349,878472", ()),
        ("1795439100", ("epoch seconds",)),
        ("1795439100000", ("epoch milliseconds",)),
        ("115/11/23 21:05", ("minguo",)),
        ("民國115年11月23日 下午9:05", ()),
        ("2026/11/23 9:05:00 PM GMT+8", ()),
        ("2026-11-23 13:05:00+00", ()),
        ("23 Nov 2026 at 9:05\u202fPM", ()),
        ("23-NOV-26 09.05.00.000000 PM", ()),
        ("23/11/2026 21h05", ("day first",)),
        ("23-11-2026 – 21:05 Uhr", ("day first",)),
        ("26-Nov-23 21:05", ("year first",)),
        ("2311202621:05", ("ddmmyyyyhh:mm",)),
    ],
)
def test_moments(written: str, dates: tuple[str, ...]) -> None:
    assert moment(written, dates, HERE) == EVENING


@pytest.mark.parametrize("written", ["05/11/2026 9:00", "31/31/2026", "2026-02-30", "25:61", "soon", "4/7", "12"])
def test_what_does_not_say_a_date_stays_as_it_is(written: str) -> None:
    assert moment(written, (), HERE) == written


TIMES = ("9.05 am", "中午12:30", "9:05 p. m.", "0.378472", "14:05 Uhr", "12:05 AM", "12:05 PM", "9:05:60")


def test_clocks_and_numbers_that_are_dates() -> None:
    read = {one: moment(one, (), HERE) for one in TIMES}
    assert read == {
        "12:05 AM": dt.time(0, 5), "12:05 PM": dt.time(12, 5), "9:05:60": "9:05:60",
        "9.05 am": dt.time(9, 5), "中午12:30": dt.time(12, 30), "9:05 p. m.": dt.time(21, 5),
        "0.378472": dt.time(9, 5), "14:05 Uhr": dt.time(14, 5),
    }  # fmt: skip
    assert moment(5112026.0, ("ddmmyyyy",), HERE) == dt.datetime(2026, 11, 5)
    assert moment(905.0, ("hhmm",), HERE) == dt.time(9, 5)
    assert moment("2026-11-23 24:00", (), HERE) == dt.datetime(2026, 11, 24)
    assert moment("晚上12:30", (), HERE) == "晚上12:30"  # of which day nobody says


def test_two_parts_of_a_clock_are_not_guessed(tmp_path: Path) -> None:
    assert duration("0:45", "seconds") == "0:45"
    assert duration("0:45", "seconds", clock="mm:ss") == dt.timedelta(seconds=45)
    assert duration("0:45", "seconds", clock="hh:mm") == dt.timedelta(minutes=45)
    assert duration(dt.time(0, 45), "seconds", clock="mm:ss") == dt.timedelta(seconds=45)
    assert duration(dt.time(0, 45, 30), "seconds", clock="mm:ss") == dt.timedelta(minutes=45, seconds=30)
    assert duration(dt.datetime(1900, 1, 1, 1, 12), "seconds") == dt.timedelta(hours=25, minutes=12)
    file = text(tmp_path / "w.csv", "id,opened,wait\n1,2026-11-16 9:00,0:45\n", "utf-8")
    columns = 'case_id.from = "id"\nopened_at.from = "opened"\ncategory.constant = "fees"\nstatus.constant = "open"\n'
    wanted = f'[columns]\n{columns}[columns.responded_at]\nstart = "opened_at"\nplus = "wait"\n'
    done = brought(file, a_log(tmp_path), read_map(wanted, FORMS["cases"], "m"))
    assert [(one.code, one.place.cell, one.severity) for one in done.findings] == [("import.clock", "C2", "warning")]


def test_ids_of_more_than_fifteen_digits_and_headings_nobody_sees_through(tmp_path: Path) -> None:
    path = tmp_path / "ids.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["\ufeffid", "open\u200bed"])
        page.write_row(1, 0, [1234567890123456, "2026-11-16"])
        page.write_row(2, 0, [123456789012345, "2026-11-16"])
    columns = 'case_id.from = "id"\nopened_at.from = "opened"\ncategory.constant = "fees"\nstatus.constant = "open"\n'
    done = brought(path, a_log(tmp_path), read_map(f"[columns]\n{columns}", FORMS["cases"], "m"))
    assert [(one.code, one.place.cell) for one in done.findings] == [
        ("import.digits_lost", "A2"),
        ("value.type", "A2"),
    ]


def test_only_numbers_in_doubt_are_undecided() -> None:
    assert [one for one in ("05/11/2026", "5.11.26 9:00", "2026-11-05", "5 Nov 2026", "soon") if undecided(one)] == [
        "05/11/2026",
        "5.11.26 9:00",
    ]


def test_moments_of_a_file_in_another_zone() -> None:
    assert moment("2026-11-23 13:05", (), Clocks("UTC", "Asia/Shanghai")) == EVENING
    assert moment(dt.datetime(2026, 11, 23, 13, 5), (), Clocks("UTC", "Asia/Shanghai")) == EVENING


@pytest.mark.parametrize(
    ("written", "unit", "seconds"),
    [
        ("1:02:33", "seconds", 3753), ("12:30", "minutes", 750), ("12:30", "hours", 45_000), ("93 min", "seconds", 5580),
        ("2h 15m", "seconds", 8100), ("1小时20分", "seconds", 4800), ("1.5 hours", "minutes", 5400), ("PT1H30M", "days", 5400),
        ("1 day 02:00:00", "hours", 93_600), ("2天", "hours", 172_800), ("45", "seconds", 45), (0.25, "hours", 900),
        ("1分30秒", "hours", 90), (dt.time(0, 2, 23), "hours", 143), ("1m30s", "hours", 90), (dt.timedelta(hours=30), "days", 108_000),
    ],
)  # fmt: skip
def test_durations(written: object, unit: Unit, seconds: float) -> None:
    assert duration(written, unit) == dt.timedelta(seconds=seconds)


@pytest.mark.parametrize("written", ["soon", "2 weeks", "1h-2h", "5 apples", "", None])
def test_what_is_no_duration_stays_as_it_is(written: object) -> None:
    assert duration(written, "hours") in (written, None)


@pytest.mark.parametrize(
    ("written", "decimal", "number"),
    [
        ("1,234元", ".", 1234), ("¥ 1,234.50", ".", 1234.5), ("RMB 200", ".", 200), ("50万", ".", 500_000), ("85%", ".", 0.85),
        ("(1,200)", ".", -1200), ("1.234,50", ",", 1234.5), ("3 500,5", ",", 3500.5), ("7,5", ",", 7.5), ("12,5 %", ",", 0.125),
        ("１２３", ".", 123), (7, ".", 7),
    ],
)  # fmt: skip
def test_amounts(written: object, decimal: str, number: float) -> None:
    assert amount(written, decimal) == pytest.approx(number)


@pytest.mark.parametrize("written", ["$1,234", "1,23", "about 5", "N/A"])
def test_what_is_no_amount_in_yuan_stays_as_it_is(written: str) -> None:
    assert amount(written) == written


def test_lists_and_ids() -> None:
    assert parts_of("公募、期货; 私募 / A+B\n两融") == ["公募", "期货", "私募", "A", "B", "两融"]
    assert ids(["10023.0", None, "10024.0"]) == ["10023", None, "10024"]
    assert ids(["1.0", "1.1"]) == ["1.0", "1.1"]
    assert [digits_lost(one) for one in ("1.38E+10", "13800138000", 1.38e10, "E-10")] == [True, False, False, False]


def test_a_customer_two_have_the_name_of_is_nobody(tmp_path: Path) -> None:
    rows = [{"customer_id": one, "name": "李雷", "assigned_on": dt.date(2026, 1, 5)} for one in ("C1", "C2")]
    log = a_log(tmp_path, customers=[*rows, rows[0] | {"customer_id": "C3", "name": "韩梅"}])
    file = text(
        tmp_path / "x.csv",
        "id,who,opened\nK1,李雷,2026-11-02\nK2,韩梅,2026-11-02\nK3,C2,2026-11-02\nK4,,2026-11-02\n",
        "utf-8",
    )
    wanted = read_map(
        '[columns]\ncase_id.from="id"\ncustomer_id={from="who", lookup="name"}\nopened_at.from="opened"\n'
        'category.constant="fees"\nstatus.constant="open"', FORMS["cases"], "m",
    )  # fmt: skip
    done = brought(file, log, wanted)
    assert [(one.code, one.place.row, one.value) for one in done.findings] == [("import.no_customer", 2, "李雷")]
    assert [row.get("customer_id") for row in values(log)] == [None, "C3", "C2", None]


def rows_of(path: Path) -> list[list[object]]:
    cells = read_cells(path)
    assert isinstance(cells, Cells), cells
    return cells.rows


def test_files_under_another_name(tmp_path: Path) -> None:
    renamed = crm(tmp_path).rename(tmp_path / "crm.xls")
    assert rows_of(renamed)[1][1] == "张三"
    page = text(
        tmp_path / "p.xls", "<HTML><table><tr><th colspan=2>A&amp;B<th>C</tr><tr><td>1<td>x<br>y<td></table>", "utf-8"
    )
    assert rows_of(page) == [["A&B", "", "C"], ["1", "x\ny", ""]]
    sheet = text(tmp_path / "t.xls", "编号\t金额\n1\t2\n", "gb18030")
    assert rows_of(sheet) == [["编号", "金额"], ["1", "2"]]


@pytest.mark.parametrize(
    ("encoding", "word"),
    [
        ("big5", "銷售階段與客戶名稱"),
        ("gb18030", "客户姓名与服务类型"),
        ("cp1252", "Müller façade Größe"),
        ("utf-16-le", "客户 name list"),
    ],
)
def test_encodings_are_told_by_their_bytes(encoding: str, word: str, tmp_path: Path) -> None:
    assert rows_of(text(tmp_path / "x.csv", f"{word},b\n1,2\n3,4\n", encoding))[0] == [word, "b"]


def test_a_delimiter_is_the_one_that_makes_a_table(tmp_path: Path) -> None:
    content = 'a;b;c\n"x, y, z";1,5;2\n"p; q";2,5;3\n="0012";3,5;4\n'
    assert rows_of(text(tmp_path / "x.csv", content, "utf-8"))[1:] == [
        ["x, y, z", "1,5", "2"],
        ["p; q", "2,5", "3"],
        ["0012", "3,5", "4"],
    ]


def test_every_map_is_read_by_somebody() -> None:
    from tests.maps.files import FILES

    assert {path.stem for path in MAPS.glob("*.toml")} == {*FILES, "call_center"}


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        ([], None),
        ([dt.date(2026, 11, 23)], ""),
        (["2026-11-23", "2026-11-24"], ""),
        (["20261123"], ""),
        (["2026-11-23"] * 9 + ["soon"], ""),
        (["2026-11-23"] * 8 + ["soon"] * 2, None),
        (["12", "13"], None),
        (["46349", "46350"], None),  # days of a spreadsheet, or anything else
        (["23/11/2026", "05/11/2026"], "day first"),
        (["11/23/2026", "05/11/2026"], "month first"),
        (["04/11/2026", "05/11/2026"], "day first?"),  # or 11 April and 11 May
        (["26-11-23", "26-11-24"], "year first?"),
        (["21-01-01", "28-01-02", "21-01-03"], "year first?"),
        (["20-01-01", "28-01-02", "20-01-03"], "day first"),  # years of one file are less far apart
        (["26-13-01", "26-13-02"], None),
        (["23/11/26", "05/12/26"], "day first"),
        (["民國115年11月23日", "115/11/24"], "minguo"),
        (["115/11/24", "2026-11-23"], None),
        (["1000000000", "1999999999"], "epoch seconds"),
        (["1000000000", "2000000000"], None),
        (["1795439100000", "1795439160000.5"], "epoch milliseconds"),
        (["13800138000", "13900139000"], None),  # phone numbers
    ],
)
def test_how_dates_are_written_is_told_from_all_of_a_column(cells: list[object], order: str | None) -> None:
    assert date_order(cells) == order
