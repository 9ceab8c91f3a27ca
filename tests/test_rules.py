"""Rules across cells, rows and sheets (DOMAIN §8)."""

import datetime as dt

import pytest

from reportkit.validate.rules import future_rows, without_future
from tests.text_tables import CUSTOMERS, TODAY, found, validated

Finding = tuple[str | None, int | None, str | None, str, str]
ACTIVITIES = "日期 | 服务类型 | 客户编号 | 内容摘要 | 下次跟进日期\n"
CASES = "工单编号 | 客户编号 | 提出时间 | 问题分类 | 工单状态 | 首次响应时间 | 解决时间 | 重复工单\n"
CASE = "| C1 | 2026-11-23 09:00:00 | 交易 | 处理中 |"


def rows(book_findings: list[Finding]) -> list[Finding]:
    """Leave out what is said of headings."""
    return [one for one in book_findings if one[3] != "column.missing"]


def activities(text: str, today: dt.date = TODAY) -> tuple[list[Finding], list[int]]:
    book = validated(today, customers=CUSTOMERS, activities=ACTIVITIES + text)
    return rows(found(book)), book.tables["activities"].frame.index.tolist()


def cases(text: str, today: dt.date = TODAY) -> tuple[list[Finding], list[int]]:
    book = validated(today, customers=CUSTOMERS, cases=CASES + text)
    return rows(found(book)), book.tables["cases"].frame.index.tolist()


def test_a_day_to_come_is_not_counted() -> None:
    wrong, counted = activities("2026-11-27 | 其他\n2026-11-28 | 其他")
    assert wrong == [("activities", 3, "date", "date.future", "error")]
    assert counted == [2]


def test_a_moment_later_today_has_come() -> None:
    wrong, counted = cases(
        "K1 | C1 | 2026-11-27 23:59:59 | 交易 | 待处理\nK2 | C1 | 2026-11-28 00:00:00 | 交易 | 待处理"
    )
    assert wrong == [("cases", 3, "opened_at", "date.future", "error")]
    assert counted == [2]


def test_a_day_to_come_is_shown_as_it_was_entered() -> None:
    book = validated(
        customers=CUSTOMERS,
        activities=ACTIVITIES + "2026-11-28 | 其他",
        cases=CASES + "K1 | C1 | 2026-11-28 09:00:00 | 交易 | 待处理",
    )
    assert [one.value for one in book.findings if one.code == "date.future"] == ["2026-11-28", "2026-11-28 09:00:00"]


@pytest.mark.parametrize(
    ("cells", "column"), [("2026-12-01 09:00:00 |", "responded_at"), ("| 2026-12-01 09:00:00", "resolved_at")]
)
def test_what_has_not_happened_yet_counts_as_blank(cells: str, column: str) -> None:
    book = validated(customers=CUSTOMERS, cases=f"{CASES}K1 {CASE} {cells}")
    assert rows(found(book)) == [("cases", 2, column, "date.future", "warning")]
    assert book.tables["cases"].frame[column].isna().all()
    assert len(book.tables["cases"].frame) == 1


def test_an_opportunity_closed_tomorrow_is_still_open() -> None:
    table = "发现日期 | 客户编号 | 产品 | 阶段 | 结束日期\n2026-11-23 | C1 | 期货 | 成交 | 2026-11-28"
    book = validated(customers=CUSTOMERS, opportunities=table)
    assert rows(found(book)) == [("opportunities", 2, "closed_on", "date.future", "warning")]


@pytest.mark.parametrize(
    ("form", "table", "columns"),
    [
        ("visits", "planned_on | customer_id | purpose | done_on | follow_up_done_on\n2026-12-01 | C1 | 回访 | {} | {}",
         ("done_on", "follow_up_done_on")),
        ("improvements", "opened_on | problem | measure | done_on\n2026-11-02 | 慢 | 快 | {}", ("done_on",)),
    ],
)  # fmt: skip
def test_nothing_is_done_on_a_day_to_come(form: str, table: str, columns: tuple[str, ...]) -> None:
    wrong = rows(found(validated(customers=CUSTOMERS, **{form: table.replace("{}", "2026-11-28")})))
    assert wrong == [(form, 2, column, "date.future", "warning") for column in columns]
    assert rows(found(validated(customers=CUSTOMERS, **{form: table.replace("{}", "2026-11-27")}))) == []


def test_a_risk_is_not_assessed_on_a_day_to_come() -> None:
    table = "customer_id | name | assigned_on | risk_assessed_on\nC1 | 王 | 2026-01-05 | 2026-11-"
    assert rows(found(validated(customers=table + "28"))) == [
        ("customers", 2, "risk_assessed_on", "date.future", "warning")
    ]
    assert rows(found(validated(customers=table + "27"))) == []


@pytest.mark.parametrize(("minutes", "right"), [("60", True), ("61", False), ("", True)])
def test_nobody_waits_longer_than_the_case_lasts(minutes: str, right: bool) -> None:
    table = "case_id|opened_at|category|status|resolved_at|waiting_minutes\n1|2026-11-23 09:00:00|账户|closed|2026-11-23 10:00:00|"
    book = validated(cases=table + minutes)
    assert rows(found(book)) == ([] if right else [("cases", 2, "waiting_minutes", "value.range", "warning")])
    assert book.tables["cases"].frame["waiting_minutes"].isna().tolist() == [minutes != "60"]


def test_a_row_that_does_not_count_is_not_blamed_for_waiting() -> None:
    table = "case_id|opened_at|category|status|resolved_at|waiting_minutes\n1|2026-11-23 09:00:00||closed|2026-11-23 10:00:00|61"
    assert rows(found(validated(cases=table))) == [("cases", 2, "category", "value.required", "error")]


def test_plans_may_lie_in_the_future() -> None:
    assert activities("2026-11-27 | 其他 | | | 2027-01-01") == ([], [2])


@pytest.mark.parametrize(("day", "named"), [("2027-11-28", False), ("2027-11-29", True), ("2062-01-05", True)])
def test_a_plan_far_away_is_a_slip_of_the_year(day: str, named: bool) -> None:
    wrong, counted = activities(f"2026-11-27 | 其他 | | | {day}")
    assert wrong == ([("activities", 2, "next_on", "date.far", "warning")] if named else [])
    assert counted == [2]


@pytest.mark.parametrize("column", ["assigned_on", "status_on"])
def test_a_customer_is_not_assigned_or_gone_in_years_to_come(column: str) -> None:
    days = {"assigned_on": "2026-01-05", "status_on": "2026-02-02", column: "2062-01-05"}
    table = "customer_id | name | status | " + " | ".join(days) + "\nC1 | 王 | 休眠 | " + " | ".join(days.values())
    book = validated(customers=table)
    assert rows(found(book)) == [("customers", 2, column, "date.far", "warning")]
    assert book.tables["customers"].frame[column].notna().all()


def test_another_day_is_asked_without_validating_again() -> None:
    late = validated(dt.date.max, customers=CUSTOMERS, activities=ACTIVITIES + "2026-11-27 | 其他\n2026-11-28 | 其他")
    for today in (dt.date(2026, 11, 26), TODAY, dt.date(2026, 11, 28)):
        fresh = validated(today, customers=CUSTOMERS, activities=ACTIVITIES + "2026-11-27 | 其他\n2026-11-28 | 其他")
        again = without_future(late, today)
        assert found(again) == found(fresh)
        assert again.tables["activities"].frame.equals(fresh.tables["activities"].frame)
        assert again.tables["activities"].excluded == fresh.tables["activities"].excluded
    table, findings = future_rows(late.tables["activities"], TODAY, late.file)
    assert (table.excluded, [one.place.cell for one in findings]) == ((3,), ["A3"])


def test_days_in_order() -> None:
    wrong, counted = activities("2026-11-23 | 其他 | | | 2026-11-22\n2026-11-23 | 其他 | | | 2026-11-23")
    assert wrong == [("activities", 2, "next_on", "date.order", "error")]
    assert counted == [3]


@pytest.mark.parametrize(
    ("answered", "solved", "column"),
    [
        ("2026-11-23 08:59:59", "", "responded_at"),
        ("2026-11-23 10:00:00", "2026-11-23 09:30:00", "resolved_at"),
        ("", "2026-11-23 08:00:00", "resolved_at"),
    ],
)
def test_moments_in_order(answered: str, solved: str, column: str) -> None:
    assert cases(f"K1 {CASE} {answered} | {solved}") == ([("cases", 2, column, "date.order", "error")], [])


def test_what_comes_before_what_is_said() -> None:
    said = []
    for answered in ("2026-11-23 09:30:00", ""):
        book = validated(customers=CUSTOMERS, cases=f"{CASES}K1 {CASE} {answered} | 2026-11-23 08:00:00")
        said += [one.message("en") for one in book.findings if one.code == "date.order"]
    assert said == [
        f"“Resolved at” (2026-11-23 08:00:00) is before “{earlier}”. Check which is right"
        for earlier in ("First response at", "Opened at")
    ]


def test_moments_at_once_are_in_order() -> None:
    moment = "2026-11-23 09:00:00"
    assert cases(f"K1 {CASE} {moment} | {moment}") == ([], [2])


def test_the_later_row_of_an_id_is_not_counted() -> None:
    table = CUSTOMERS + "C1 | 王小芳 | 2026-05-01\nｃ1 | 赵 | 2026-05-01\nＣ1 | 钱 | 2026-05-01"
    book = validated(customers=table)
    assert rows(found(book)) == [
        ("customers", 4, "customer_id", "id.duplicate", "error"),
        ("customers", 6, "customer_id", "id.duplicate", "error"),
    ]
    assert [one.words["first"] for one in book.findings if one.code == "id.duplicate"] == ["2", "2"]
    assert book.tables["customers"].frame.index.tolist() == [2, 3, 5]


def test_blank_ids_are_missing_not_alike() -> None:
    book = validated(customers="customer_id | name | assigned_on\n | 王 | 2026-01-05\n | 李 | 2026-01-05")
    assert rows(found(book)) == [("customers", row, "customer_id", "value.required", "error") for row in (2, 3)]


def test_of_a_sheet_without_a_required_column_no_row_is_judged() -> None:
    book = validated(customers="customer_id | name | mobile\nC1 | 王 |\nC1 | 李 |")
    assert [one[3] for one in found(book) if one[1] != 1] == []
    assert book.tables["customers"].excluded == (2, 3)


def test_nothing_comes_before_what_is_blank() -> None:
    wrong, counted = cases("K1 | C1 | | 交易 | 处理中 | 2026-11-23 09:00:00 | 2026-11-23 10:00:00")
    assert (wrong, counted) == ([("cases", 2, "opened_at", "value.required", "error")], [])


def test_who_a_service_is_for_is_said() -> None:
    book = validated(customers=CUSTOMERS, activities=ACTIVITIES + "2026-11-23 | 盘面观点 | C1\n2026-11-23 | 客户回访 |")
    said = [one.message("en") for one in book.findings if one.code == "kind.customer"]
    assert said == [
        "“Market view” goes to all, not to one customer. Correct the customer ID",
        "“Return visit” needs a customer ID. Correct the customer ID",
    ]


def test_an_id_of_a_row_that_does_not_count_is_taken() -> None:
    book = validated(customers="客户编号 | 客户姓名 | 建档日期\nC1 | | 2026-01-05\nC1 | 王芳 | 2026-01-05")
    assert book.tables["customers"].excluded == (2, 3)


def test_an_unknown_customer() -> None:
    wrong, counted = activities("2026-11-23 | 客户回访 | C3\n2026-11-23 | 客户回访 | C2")
    assert wrong == [("activities", 2, "customer_id", "id.unknown", "error")]
    assert counted == [3]


def test_an_unknown_customer_gets_a_suggestion() -> None:
    customers = CUSTOMERS + "HZ-000123 | 孙 | 2026-01-05"
    book = validated(customers=customers, activities=ACTIVITIES + "2026-11-23 | 客户回访 | HZ-00123")
    (one,) = [one for one in book.findings if one.code == "id.unknown"]
    assert "HZ-000123" in one.message("en")


def test_customers_whose_row_does_not_count_are_known() -> None:
    book = validated(customers=CUSTOMERS + "C3 | | 2026-01-05", activities=ACTIVITIES + "2026-11-23 | 客户回访 | C3")
    assert [one for one in rows(found(book)) if one[0] == "activities"] == []
    assert book.tables["activities"].frame.index.tolist() == [2]


def test_an_id_stored_as_a_number_is_the_same_id() -> None:
    table = "客户编号 | 客户姓名 | 建档日期\n1001 | 王芳 | 2026-01-05"
    book = validated(customers=table, activities=ACTIVITIES + '2026-11-23 | 客户回访 | "1001"')
    assert rows(found(book)) == []


@pytest.mark.parametrize(
    ("form", "table", "column"),
    [
        ("customers", "客户编号 | 客户姓名 | 建档日期 | 转介绍人编号\nC1 | 王 | 2026-01-05 | C9\nC2 | 李 | 2026-01-05 | C1", "referred_by"),
        ("cases", f"{CASES}K1 {CASE} | | K9\nK2 {CASE} | | K1", "repeat_of"),
    ],
)  # fmt: skip
def test_an_unknown_reference_counts_as_blank(form: str, table: str, column: str) -> None:
    book = validated(**{"customers": CUSTOMERS, form: table})
    assert rows(found(book)) == [(form, 2, column, "id.unknown", "warning")]
    assert book.tables[form].frame[column].isna().tolist() == [True, False]


def test_customers_that_cannot_be_used_still_have_ids() -> None:
    customers = "客户编号 | 建档日期\nC1 | 昨天\n2026-01-05 | 2026-01-05"
    book = validated(
        customers=customers, activities=ACTIVITIES + "2026-11-23 | 客户回访 | C1\n2026-11-23 | 客户回访 | C9"
    )
    wrong = [one for one in rows(found(book)) if one[0] == "activities"]
    assert wrong == [("activities", 3, "customer_id", "id.unknown", "error")]
    assert book.tables["customers"].excluded == (2, 3)


def test_without_customers_nobody_is_unknown() -> None:
    book = validated(activities=ACTIVITIES + "2026-11-23 | 客户回访 | C1")
    assert rows(found(book)) == []


@pytest.mark.parametrize(
    ("kind", "customer", "right"),
    [("客户回访", "", False), ("盘面观点", "C1", False), ("客户回访", "C1", True), ("盘面观点", "", True),
     ("股市沙龙", "", True), ("股市沙龙", "C1", True), ("其他", "C1", True)],
)  # fmt: skip
def test_who_a_service_is_for(kind: str, customer: str, right: bool) -> None:
    wrong, counted = activities(f"2026-11-23 | {kind} | {customer}")
    assert wrong == ([] if right else [("activities", 2, "customer_id", "kind.customer", "error")])
    assert bool(counted) is right


def test_before_the_customer_was_assigned() -> None:
    wrong, counted = activities("2026-03-01 | 客户回访 | C2\n2026-03-02 | 客户回访 | C2")
    assert wrong == [("activities", 2, "date", "date.before_assigned", "warning")]
    assert counted == [2, 3]


def test_a_blank_day_is_not_before_anything() -> None:
    book = validated(
        customers="customer_id | name | assigned_on\nC1 | 王 |\nC2 | 李 | 2026-01-05",
        activities=ACTIVITIES + "2026-11-23 | 客户回访 | C1\n | 客户回访 | C2",
    )
    assert rows(found(book)) == [
        ("customers", 2, "assigned_on", "value.required", "error"),
        ("activities", 3, "date", "value.required", "error"),
    ]


def test_rows_alike_in_what_seldom_is_differ_in_the_rest() -> None:
    assert activities("2026-11-23 | 盘面观点 | | a\n2026-11-23 | 个股观点 | | a") == ([], [2, 3])


def test_rows_alike_both_count() -> None:
    row = "2026-11-23 | 客户回访 | C1 | 谈了"
    wrong, counted = activities("\n".join([row, "2026-11-23 | 客户回访 | C1 | 又谈了", row, row]))
    assert wrong == [
        ("activities", 4, None, "row.duplicate", "warning"),
        ("activities", 5, None, "row.duplicate", "warning"),
    ]
    assert counted == [2, 3, 4, 5]


def test_rows_without_words_can_be_alike() -> None:
    table = "日期 | 请假\n2026-11-23 | 全天\n2026-11-24 | 全天\n2026-11-23 | 全天"
    assert rows(found(validated(worktime=table))) == [("worktime", 4, None, "row.duplicate", "warning")]


def test_a_row_left_out_is_no_duplicate() -> None:
    good = "2026-11-23 | 客户回访 | C1"
    wrong, _ = activities("\n".join(["2026-11-23 | 客户回访 | C9", "2026-11-23 | 客户回访 | C9", good, good]))
    assert [one[3] for one in wrong] == ["id.unknown", "id.unknown", "row.duplicate"]
