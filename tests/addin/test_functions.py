"""Custom functions as plain calls: the figures of the terminal from table ranges of any workbook."""

from __future__ import annotations

import datetime as dt
import inspect
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw
from python_calamine import CalamineWorkbook

from reportkit.definitions import words
from reportkit.definitions.forms import FORMS
from reportkit.definitions.report_words import PERIOD_UNIT
from reportkit.definitions.settings_forms import SETTINGS_FORMS
from reportkit.definitions.severity import SEVERITY_LABEL
from reportkit.definitions.text import LANGUAGES, Language
from reportkit.settings.nearby import settings_near
from reportkit.summary.flow import work_from_file
from reportkit.summary.summaries import AdvisorSummary, summarise
from reportkit_addin import functions as rk
from reportkit_addin import sentences as say
from reportkit_addin import tables as rk_tables
from reportkit_addin.build import xlam
from reportkit_addin.build.functions_vba import functions_vba
from reportkit_addin.calc_functions import serve
from tests.addin.conftest import ADVISOR, TODAY, WEEK

Cells = list[list[Any]]


@pytest.fixture(scope="module")
def log(demo_branch: Path) -> Path:
    return next((demo_branch / "logs").glob(f"{ADVISOR}*.xlsx"))


@pytest.fixture(scope="module")
def summary(log: Path) -> AdvisorSummary:
    settings = settings_near(log)
    return summarise(work_from_file(log, settings, TODAY), settings, WEEK, TODAY)


def sheets(path: Path, forms: dict[str, Any]) -> list[Cells]:
    book = CalamineWorkbook.from_path(path)
    names = [form.label.zh_cn for form in forms.values() if form.label.zh_cn in book.sheet_names]
    return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names]


@pytest.fixture(scope="module")
def tables(log: Path) -> list[Cells]:
    return sheets(log, FORMS)


@pytest.fixture(scope="module")
def settings_tables(demo_branch: Path) -> list[Cells]:
    return sheets(demo_branch / "settings.xlsx", SETTINGS_FORMS)


def test_every_figure_of_the_week_is_the_terminals(
    summary: AdvisorSummary, tables: list[Cells], settings_tables: list[Cells]
) -> None:
    given = [*tables, *settings_tables]
    for one in summary.assessments:
        window = (one.indicator.code, one.window.start, one.until)
        value = rk.RK_KPI(*window, *given)
        assert value == ("" if one.value is None else pytest.approx(one.value)), one.indicator.code
    whole = [one for one in summary.assessments if one.until == one.window.end or not one.indicator.scaled]
    assert whole
    for one in whole:
        window = (one.indicator.label.zh_cn, one.window.start, one.until, ADVISOR)
        assert rk.RK_TARGET(*window, *given) == ("" if one.target is None else pytest.approx(one.target))
        expected = "" if one.attainment is None else pytest.approx(one.attainment)
        assert rk.RK_ATTAINMENT(*window, *given) == expected


def test_the_due_list_spills_under_its_headings(
    summary: AdvisorSummary, tables: list[Cells], settings_tables: list[Cells]
) -> None:
    headings, *rows = rk.RK_DUE(TODAY, *tables, *settings_tables)
    assert len(headings) == 5
    assert [(row[0], row[4]) for row in rows] == [(one.customer_id, one.days_overdue) for one in summary.due]


def test_findings_name_row_column_and_code(summary: AdvisorSummary, tables: list[Cells]) -> None:
    _, *rows = rk.RK_CHECK(dt.datetime.combine(TODAY, dt.time()), *tables)
    expected = [(found.place.row, found.code) for found in summary.findings if found.code.startswith("value.")]
    assert [(row[2], row[6]) for row in rows if row[6].startswith("value.")] == expected
    assert expected


def test_a_table_stands_alone_in_any_language_and_order() -> None:
    activities = [
        ["Service type", "Effective", "Customer ID", "Date", "mine"],
        ["New customer contact", "yes", "C1", "2026-11-24", None],
        ["新客户沟通", "是", "C1", dt.datetime(2026, 11, 24), None],
        ["new_contact", "√", "C2", 46350.0, None],
    ]
    assert rk.RK_KPI("new_contacts", "2026-11-23", "2026/11/29", activities) == 2
    assert [row[6] for row in rk.RK_CHECK("2026-11-29", activities)[1:]].count("id.unknown") == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_functions_answer_in_the_language_of_the_headings(language: Language) -> None:
    form, customers = FORMS["activities"], FORMS["customers"]
    activities = [[column.label.to(language) for column in form.columns], ["?", *[None] * (len(form.columns) - 1)]]
    known = [[column.label.to(language) for column in customers.columns]]
    headings, first, *_ = rk.RK_CHECK("2026-11-29", activities, known)
    assert headings[0] == words.SEVERITY.to(language)
    assert first[:2] == [SEVERITY_LABEL["error"].to(language), form.label.to(language)]
    assert first[3] == form.column["date"].label.to(language)
    assert first[5].startswith({"zh-CN": "“日期”", "zh-TW": "「日期」", "en": "“Date”"}[language])
    assert rk.RK_DUE("2026-11-29", known, activities)[0][2] == words.REASONS.to(language)
    assert rk.RK_KPI("lunch", "2026-11-23", "2026-11-29", activities) == say.NO_INDICATOR.fill(language, name="lunch")
    catalogue = [[column.label.to(language) for column in SETTINGS_FORMS["indicators"].columns]]
    assert rk.RK_INDICATORS(catalogue)[0][1] == words.INDICATOR.to(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_headings_functions_answer_in_the_language_of_the_machine(
    language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REPORTKIT_LANG")
    monkeypatch.setenv("LC_ALL", {"zh-CN": "C", "zh-TW": "zh_TW.UTF-8", "en": "en_GB.UTF-8"}[language])
    rk_tables._given.cache_clear()
    assert rk.RK_WEEK("?") == say.NO_DAY.fill(language, value="?")
    assert rk.RK_INDICATORS()[0] == [one.to(language) for one in (words.CODE, words.INDICATOR, PERIOD_UNIT)]


def test_a_table_that_many_functions_ask_of_is_looked_through_once(
    tables: list[Cells], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = []
    monkeypatch.setattr(rk_tables, "as_in_a_file", lambda cell: looked_at.append(cell) or cell)
    table = [[cell if isinstance(cell, str | float) else str(cell) for cell in row] for row in tables[0]]
    call = {"name": "RK_KPI", "arguments": ["new_contacts", "2026-11-23", "2026-11-29", {"table": 0}], "tables": {}}
    calls = [{**call, "tables": {"0": table}}, call, call]
    answers = io.StringIO()
    serve(io.StringIO("".join(json.dumps(one) + "\n" for one in calls)), answers)
    assert len(looked_at) == len(table) * len(table[0])
    assert len(set(answers.getvalue().splitlines())) == 1


def test_a_figure_names_the_tables_it_lacks_and_needs_no_other(
    tables: list[Cells], settings_tables: list[Cells]
) -> None:
    named = dict(zip(FORMS, tables, strict=True))
    windows = [(code, "2026-10-26", TODAY) for code, *_ in rk.RK_INDICATORS()[1:]]
    full = {window: rk.RK_KPI(*window, *tables, *settings_tables) for window in windows}
    for lacking, form in FORMS.items():
        given = [*(table for one, table in named.items() if one != lacking), *settings_tables]
        for window in windows:
            said = rk.RK_KPI(*window, *given)
            assert said in (full[window], say.LACKING.fill("zh-CN", forms=form.label.zh_cn)), (window, lacking)
    assert rk.RK_KPI("cases_per_hour", "2026-10-26", TODAY, named["customers"]) == say.LACKING.fill(
        "zh-CN", forms="问题工单，工时与请假"
    )
    assert rk.RK_ATTAINMENT("fund_talks", TODAY, TODAY, "", named["activities"]) == say.LACKING.fill(
        "zh-CN", forms="客户档案"
    )
    assert rk.RK_TARGET("fund_talks", TODAY, TODAY, "") == 1


def test_lists_name_the_tables_they_lack(tables: list[Cells]) -> None:
    named = dict(zip(FORMS, tables, strict=True))
    assert rk.RK_DUE(TODAY, named["customers"]) == say.LACKING.fill("zh-CN", forms="每日记录")
    assert rk.RK_DUE(TODAY, named["activities"]) == say.LACKING.fill("zh-CN", forms="客户档案")
    assert rk.RK_FAQ("佣金", named["cases"]) == say.LACKING.fill("zh-CN", forms="话术与问答")


def test_a_table_given_twice_and_a_stranger_to_the_roster_are_named(
    tables: list[Cells], settings_tables: list[Cells]
) -> None:
    customers, activities = tables[:2]
    said = rk.RK_KPI("new_contacts", TODAY, TODAY, activities, customers, activities)
    assert said == say.TWICE.fill("zh-CN", number=3, form="每日记录")
    window = ("new_contacts", TODAY, TODAY)
    assert rk.RK_TARGET(*window, "A999", *settings_tables) == say.NOT_IN_ROSTER.fill("zh-CN", advisor="A999")
    assert rk.RK_TARGET(*window, "A999") == rk.RK_TARGET(*window, "", *settings_tables) == 5


def test_working_days_less_leave() -> None:
    leave = [["日期", "请假"], ["2026-11-24", "全天"], ["2026-11-25", "半天"]]
    assert rk.RK_WORKDAYS("2026-11-23", "2026-11-29") == 5
    assert rk.RK_WORKDAYS("2026-11-23", "2026-11-29", leave) == 3.5
    assert rk.RK_TARGET("new_contacts", "2026-11-23", "2026-11-29", "", leave) == 17.5


def test_a_case_answered_after_the_days_asked_for_counts_with_its_answer() -> None:
    cases: Cells = [
        ["case_id", "opened_at", "category", "status", "responded_at"],
        ["K1", dt.datetime(2026, 11, 22, 23, 59, 50), "fees", "closed", dt.datetime(2026, 11, 23, 0, 0, 10)],
    ]
    assert rk.RK_KPI("first_response", "2026-11-16", "2026-11-22", cases) == 20


def test_a_table_of_targets_without_one_asks_for_nothing() -> None:
    targets = [[column.label.en for column in SETTINGS_FORMS["targets"].columns]]
    assert rk.RK_TARGET("new_contacts", "2026-11-23", "2026-11-29", "") == 25
    assert rk.RK_TARGET("new_contacts", "2026-11-23", "2026-11-29", "", targets) == ""


def test_weeks_indicators_and_answers(settings_tables: list[Cells]) -> None:
    assert rk.RK_WEEK(dt.datetime(2027, 1, 1)) == "2026-W53"
    assert rk.RK_INDICATORS()[1][0] == "new_contacts"
    found = rk.RK_FAQ("佣金", *settings_tables)
    assert len(found) == 2
    assert "佣金" in found[1][1]


def test_without_a_table_no_answers_are_made_up() -> None:
    assert rk.RK_FAQ("佣金") == say.NO_FAQ.zh_cn
    assert rk.RK_FAQ("佣金", "", "") == say.NO_FAQ.zh_cn


def test_answers_come_with_how_often_they_were_used_where_cases_are_given(settings_tables: list[Cells]) -> None:
    opened = dt.datetime(2026, 11, 23, 9)
    cases: Cells = [
        ["工单编号", "提出时间", "问题分类", "工单状态", "处理结果"],
        ["K1", opened, "费用", "已解决", "答：佣金怎么收"],
        ["K2", opened, "费用", "已解决", "佣金怎么收？已说明"],
        ["K3", opened, "费用", "已解决", "另行处理"],
    ]
    headings, found = rk.RK_FAQ("佣金", *settings_tables, cases)
    assert headings[-1] == "用过"
    assert found[-1] == 2


def test_a_log_names_its_answers_for_the_function(log: Path) -> None:
    book = openpyxl.load_workbook(log)
    ((sheet, cells),) = book.defined_names["faq"].destinations
    table = [[cell.value or "" for cell in row] for row in book[sheet][cells]]
    assert len(rk.RK_FAQ("佣金", table)) == 2


@pytest.mark.parametrize(
    ("called", "said"),
    [
        (lambda: rk.RK_KPI("lunch", TODAY, TODAY, [["日期", "服务类型"]]), say.NO_INDICATOR.fill("zh-CN", name="lunch")),
        (lambda: rk.RK_KPI("new_contacts", "下周", TODAY, [["日期", "服务类型"]]), say.NO_DAY.fill("zh-CN", value="下周")),
        (lambda: rk.RK_WEEK(1.0), say.NO_DAY.fill("zh-CN", value="1")),
        (lambda: rk.RK_WEEK([["日期", "服务类型"]]), say.ONE_VALUE.zh_cn),
        (lambda: rk.RK_KPI((("日期",),), TODAY, TODAY, [["日期", "服务类型"]]), say.ONE_VALUE.zh_cn),
        (lambda: rk.RK_TARGET("new_contacts", TODAY, TODAY, [["A001"], ["A002"]]), say.ONE_VALUE.zh_cn),
        (lambda: rk.RK_FAQ([["佣金"], ["开户"]], [["分类", "问题", "答复"]]), say.ONE_VALUE.zh_cn),
        (lambda: rk.RK_KPI(0.0, TODAY, TODAY, [["日期", "服务类型"]]), say.NO_INDICATOR.fill("zh-CN", name="0")),
        (lambda: rk.RK_KPI("new_contacts", TODAY, TODAY, [["a", "b"]]), say.NO_TABLE.fill("zh-CN", number=1)),
        (lambda: rk.RK_WORKDAYS("2026-11-29", "2026-11-23"), say.NO_SPAN.fill("zh-CN", start="2026-11-29", end="2026-11-23")),
    ],
)  # fmt: skip
def test_what_cannot_be_computed_says_why_in_the_cell(called: Any, said: str) -> None:
    assert called() == said


def test_the_ribbon_file_offers_every_function_with_its_arguments() -> None:
    source = functions_vba()
    assert source.isascii()
    for name, own in rk.OWN_RANGE.items():
        body = source.partition(f"Public Function {name}(")[2].partition("End Function")[0]
        assert f'If UBound(more) < 0 Then more = OwnRange("{own}")' in body
    for name, called in rk.FUNCTIONS.items():
        assert f"Public Function {name}(" in source
        for argument in inspect.signature(called).parameters:
            assert f"{argument} " in source or f"{argument}()" in source
        assert called.__doc__
    settings = xlam.settings("zh-CN", xlam.Interpreters())
    assert settings["UDF MODULES"] == rk.__name__


@pytest.mark.office
def test_ranges_of_an_open_log_give_the_same(app: xw.App, log: Path, summary: AdvisorSummary) -> None:
    book = app.books.open(str(log))
    ranges = [book.sheets[FORMS[code].label.zh_cn].used_range for code in ("activities", "customers")]
    given = [cells.options(ndim=2, empty="", err_to_str=True).value for cells in ranges]
    one = summary.of("new_contacts")
    assert one is not None
    assert rk.RK_KPI("new_contacts", one.window.start, one.until, *given) == one.value
