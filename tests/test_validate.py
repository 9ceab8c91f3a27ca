"""One cell, one column: what is named, where, how gravely, and what counts (DOMAIN §8)."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from reportkit.definitions.errors import StopRun
from reportkit.definitions.finding_kinds import KINDS
from reportkit.definitions.findings import Finding
from reportkit.definitions.forms import ACTIVITIES, FORMS
from reportkit.definitions.settings_forms import SETTINGS_FORMS
from reportkit.definitions.text import LANGUAGES
from reportkit.read.book import Book
from reportkit.validate.workbook import validate
from tests.text_tables import CUSTOMERS, TODAY, found, raw, validated

GOOD = """
日期 | 时间 | 服务类型 | 客户编号 | 沟通方式 | 是否有效 | 时长（分钟） | 参加人数 | 内容摘要 | 客户满意度 | 下次跟进日期
2026-11-23 | 09:30 | 客户回访 | C1 | 电话 | 是 | 15 | | 谈了基金 | 5 | 2026-12-01
2026年11月24日 | 9:45 | market_view | | WeChat | | | 3 | | |
"""


def test_good_rows_count_and_are_typed() -> None:
    table = validated(customers=CUSTOMERS, activities=GOOD).tables["activities"]
    assert table.excluded == ()
    assert table.frame.index.tolist() == [2, 3]
    assert [record for _, record in table.records()] == [
        {
            "date": dt.date(2026, 11, 23), "time": dt.time(9, 30), "kind": "return_visit", "customer_id": "C1",
            "channel": "phone", "effective": "yes", "minutes": 15.0, "attendees": None, "summary": "谈了基金",
            "satisfaction": 5, "next_step": None, "next_on": dt.date(2026, 12, 1),
        },
        {
            "date": dt.date(2026, 11, 24), "time": dt.time(9, 45), "kind": "market_view", "customer_id": None,
            "channel": "wechat", "effective": None, "minutes": None, "attendees": 3, "summary": None,
            "satisfaction": None, "next_step": None, "next_on": None,
        },
    ]  # fmt: skip


def test_a_good_log_has_no_findings_but_the_columns_it_leaves_out() -> None:
    assert {one[3:] for one in found(validated(customers=CUSTOMERS, activities=GOOD))} == {
        ("column.missing", "warning")
    }


def test_frames_have_the_declared_types_whether_filled_or_empty() -> None:
    tables = validated(customers=CUSTOMERS, activities=GOOD).tables
    for code, table in tables.items():
        for column in FORMS[code].columns:
            dtype = table.frame[column.code].dtype
            if column.kind in ("date", "datetime"):
                assert dtype == "datetime64[s]"
            elif column.kind in ("number", "whole"):
                assert dtype == "float64"
            else:
                assert dtype == (object if column.kind == "time" else pd.StringDtype(na_value=float("nan")))
        assert table.frame.index.dtype == "int64"


CASES = [
    ("日期", "昨天", "date", "value.type", "error"),
    ("日期", "", "date", "value.required", "error"),
    ("日期", "2026-02-30x", "date", "value.type", "error"),
    ("服务类型", "基金客戶", "kind", "value.choice", "error"),
    ("服务类型", "", "kind", "value.required", "error"),
    ("时间", "早上", "time", "value.type", "warning"),
    ("沟通方式", "飞书", "channel", "value.choice", "warning"),
    ("是否有效", "也许", "effective", "value.choice", "warning"),
    ("时长（分钟）", "半小时", "minutes", "value.type", "warning"),
    ("时长（分钟）", "1441", "minutes", "value.range", "warning"),
    ("时长（分钟）", "-1", "minutes", "value.range", "warning"),
    ("时长（分钟）", "True", "minutes", "value.type", "warning"),
    ("时长（分钟）", "2026-11-23", "minutes", "value.type", "warning"),
    ("参加人数", "2.5", "attendees", "value.type", "warning"),
    ("客户满意度", "6", "satisfaction", "value.range", "warning"),
    ("客户满意度", "0", "satisfaction", "value.range", "warning"),
    ("参加人数", "9" * 20, "attendees", "value.range", "warning"),
    ("参加人数", "1000000000000001", "attendees", "value.range", "warning"),
    ("日期", "1989-12-31", "date", "value.range", "error"),
    ("日期", "2101-01-01", "date", "value.range", "error"),
    ("下次跟进日期", "2126-11-24x", "next_on", "value.type", "warning"),
    ("下次跟进日期", "2126-11-24", "next_on", "value.range", "warning"),
]


@pytest.mark.parametrize(("label", "cell", "column", "code", "severity"), CASES)
def test_a_wrong_cell(label: str, cell: str, column: str, code: str, severity: str) -> None:
    row = {"日期": "2026-11-23", "服务类型": "其他", label: cell}
    table = f"内容摘要|{'|'.join(row)}\n好|{'|'.join({**row, label: ''}.values())}\n谈话|{'|'.join(row.values())}"
    book = validated(activities=table)
    wrong = [one for one in found(book) if one[1] == 3]
    assert wrong == [("activities", 3, column, code, severity)]
    activities = book.tables["activities"]
    if severity == "error":
        assert 3 in activities.excluded
    else:
        assert activities.frame.index.tolist() == [2, 3]
        assert activities.frame[column].isna().all()


def test_a_finding_names_the_cell_and_what_was_entered() -> None:
    book = validated(activities="备注说明 | 服务类型 | 日期\nx | 其他 | 2026-11-23\nx | 基金客户沟 | 2026-11-23")
    (one,) = [one for one in book.findings if one.place.row == 3]
    assert (one.place.file, one.place.sheet, one.place.cell, one.value) == (
        "A001.xlsx",
        "activities",
        "B3",
        "基金客户沟",
    )
    assert "基金客户沟通" in one.message("zh-CN")


def test_numbers_are_shown_as_they_were_typed() -> None:
    book = validated(activities="日期 | 服务类型 | 客户满意度\n2026-11-23 | 其他 | 7")
    (one,) = [one for one in book.findings if one.code == "value.range"]
    assert one.value == "7"


def in_rows(book: Book) -> list[Finding]:
    return [one for one in book.findings if one.place.row and one.place.row > 1]


def test_days_of_another_age_are_slips_however_they_are_stored() -> None:
    book = validated(activities='日期 | 服务类型\n1905-07-18 | 其他\n1990-01-01 | 其他\n"1905.7.18" | 其他')
    assert [(one.code, one.place.cell) for one in in_rows(book)] == [("value.range", "A2"), ("value.range", "A4")]
    assert "1990-01-01" in in_rows(book)[0].message("en") and "2100-12-31" in in_rows(book)[0].message("en")


@pytest.mark.parametrize("moment", ["1989-12-31 23:59:59", "2101-01-01 00:00"])
def test_moments_of_another_age_are_slips(moment: str) -> None:
    cases = f"case_id | opened_at | category | status\n1 | {moment} | 账户 | open\n2 | 1990-01-01 | 账户 | open"
    assert [(one.code, one.place.cell) for one in in_rows(validated(cases=cases))] == [("value.range", "B2")]


def test_a_number_that_lost_digits_is_no_id() -> None:
    (one,) = in_rows(validated(customers="customer_id | name | assigned_on\n110101199001011008 | 王 | 2026-01-05"))
    assert (one.code, one.severity, one.place.cell, one.value) == (
        "value.type", "error", "A2", "1.10101199001011e+17",
    )  # fmt: skip


def test_an_amount_beyond_fifteen_digits_counts_as_blank() -> None:
    table = "customer_id | name | assigned_on | assets\nC1 | 王 | 2026-01-05 | {}"
    book = validated(customers=table.format("1000000000000001"))
    assert [(one.code, one.severity, one.place.cell) for one in in_rows(book)] == [("value.range", "warning", "D2")]
    assert "1000000000000000" in in_rows(book)[0].message("en")
    assert book.tables["customers"].frame["assets"].isna().all()
    assert not in_rows(validated(customers=table.format("1000000000000000")))


def test_limits_of_length() -> None:
    book = validated(customers=f"customer_id | name | assigned_on\n{'C' * 33} | 王 | 2026-01-05")
    assert ("customers", 2, "customer_id", "value.range", "error") in found(book)
    assert book.tables["customers"].excluded == (2,)


def test_a_bound_that_is_not_reached() -> None:
    book = validated(training="日期 | 培训主题 | 时长（小时）\n2026-11-23 | 合规 | 0\n2026-11-23 | 合规 | 0.5")
    assert found(book)[-1] == ("training", 2, "hours", "value.range", "error")
    assert book.tables["training"].frame.index.tolist() == [3]


def test_addresses() -> None:
    table = (
        CUSTOMERS.replace("建档日期", "建档日期 | 电子邮箱")
        .replace("01-05", "01-05 | wang@x")
        .replace("03-02", "03-02|li@x.cn")
    )
    book = validated(customers=table)
    assert ("customers", 2, "email", "value.type", "warning") in found(book)
    assert book.tables["customers"].frame["email"].isna().tolist() == [True, False]


def test_all_mistakes_of_a_row_are_named_at_once() -> None:
    book = validated(activities="日期 | 服务类型 | 客户满意度\n昨天 | 聊天 | 9")
    codes = {(column, code) for _, row, column, code, _ in found(book) if row == 2}
    assert codes == {("date", "value.type"), ("kind", "value.choice"), ("satisfaction", "value.range")}


def test_a_missing_required_column_leaves_every_row_out() -> None:
    book = validated(activities="日期 | 内容摘要\n2026-11-23 | 谈了\n2026-11-24 | 又谈了")
    assert ("activities", 1, "kind", "column.missing", "error") in found(book)
    assert [one for one in found(book) if one[1] != 1] == []
    table = book.tables["activities"]
    assert (len(table.frame), table.excluded, table.read) == (0, (2, 3), 2)


def test_rows_read_are_rows_counted_and_excluded() -> None:
    book = validated(activities="日期 | 服务类型\n2026-11-23 | 其他\n\n昨天 | 其他\n2026-11-24 | 其他")
    table = book.tables["activities"]
    assert (len(table.frame), len(table.excluded), table.read) == (2, 1, 3)


def test_what_was_read_is_left_as_it_was() -> None:
    book = raw(
        {
            "activities": "日期 | 服务类型 | 客户满意度 | 时长（分钟）\n2026-11-23 | 其他 | 9 | 5\n2027-11-23 | 其他 | 9 | 5"
        }
    )
    before = {code: list(cells) for code, cells in book.sheets["activities"].columns.items()}
    validate(book, TODAY)
    assert book.sheets["activities"].columns == before


@pytest.mark.parametrize("rows", [[], [2, 3]])
def test_rows_that_do_not_add_up_stop_the_run(rows: list[int]) -> None:
    book = raw({"training": "日期 | 培训主题 | 时长（小时）\n2026-11-23 | 合规 | 1"})
    sheets = {**book.sheets, "training": replace(book.sheets["training"], rows=rows)}
    with pytest.raises(StopRun) as stopped:
        validate(replace(book, sheets=sheets), TODAY)
    assert stopped.value.found.code == "rows.mismatch"
    assert str(len(rows)) in stopped.value.message("zh-TW")


def test_settings_are_validated_the_same_way() -> None:
    tables = {
        "人员": "工号 | 姓名 | 级别 | 起始日期 | 结束日期\nA1 | 王芳 | senior | 2026-02-01 | 2026-01-01\nA2 | | senior | |",
        "日历": "日期 | 类型\n2026-10-08 | 休息\n2026-10-08 | 上班\n2026-10-10 | 半天",
    }
    book = validate(raw(tables, SETTINGS_FORMS), dt.date.max)
    wrong = [one for one in found(book) if one[4] == "error"]
    assert wrong == [
        ("人员", 3, "name", "value.required", "error"),
        ("人员", 2, "to", "date.order", "error"),
        ("日历", 4, "kind", "value.choice", "error"),
        ("日历", 3, "date", "id.duplicate", "error"),
    ]


def test_a_book_without_sheets_has_no_tables() -> None:
    book = raw({"Sheet1": "a | b"})
    assert [one.code for one in book.findings] == ["file.not_a_log"]
    assert validate(book, TODAY).tables == {}


def test_every_finding_can_be_said_in_every_language() -> None:
    table = "\n".join(["内容摘要 | 日期 | 服务类型 | 客户编号 | 客户满意度 | 时长（分钟） | 下次跟进日期 | 沟通方式",
                       "a | 昨天 | 聊天 | C9 | 9 | x | 2026-01-01 | 微", "b | 2026-11-23 | 盘面观点 | C1 | | | 2026-01-01 |",
                       "c | 2027-11-23 | 客户回访 | | | -1 | |", "d | 2026-01-01 | 客户回访 | C1",
                       "d | 2026-01-01 | 客户回访 | C1"])  # fmt: skip
    book = validated(customers=CUSTOMERS, activities=table)
    assert len({one.code for one in book.findings}) >= 9
    for one in book.findings:
        assert one.code in KINDS
        for language in LANGUAGES:
            assert "{" not in one.message(language)
            assert one.as_json(language)["code"] == one.code


def test_columns_in_any_order_and_language() -> None:
    book = validated(activities="Service type | DATE* | 內容摘要\n其他 | 2026-11-23 | 好")
    assert book.tables["activities"].frame.loc[2, "summary"] == "好"
    assert {column.code for column in ACTIVITIES.columns} == set(book.tables["activities"].frame.columns)
