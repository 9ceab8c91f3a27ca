"""Custom functions for any workbook: give them tables with their header rows, results spill.

LibreOffice names them `RK.KPI`, Excel `RK_KPI`: VBA takes no dot in a name. Docstrings are what the function wizard
shows; `@function` is given the same in the other two languages.
"""

# ruff: noqa: N802, D400, D415, E501 # names and sentences are what Excel shows: upper case, Chinese full stops, long

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

import xlwings as xw

from reportkit.customers.due import REASONS, due_list
from reportkit.definitions import words
from reportkit.definitions.choices import PERIOD
from reportkit.definitions.errors import MendInput, ReportkitError
from reportkit.definitions.insight_words import USED
from reportkit.definitions.report_words import NAME, PERIOD_UNIT
from reportkit.definitions.settings_forms import FAQ
from reportkit.definitions.severity import SEVERITY_LABEL
from reportkit.definitions.text import Text
from reportkit.facts.answers import answers_used, found_answers
from reportkit.indicators.assess import Assessment, assess
from reportkit.settings.calendars import Span, week_name
from reportkit_addin import sentences as say
from reportkit_addin.tables import day_of, given, one_value, spoken_in

CATEGORY: Final = "reportkit"
BLANK: Final = ""
Spill = list[list[object]]
FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {}
TELLS: Final[dict[str, Text]] = {}  # what each function does, for the function wizard
OWN_RANGE: Final = {"RK_FAQ": "faq"}  # the named range of its workbook that a function takes where no table is given


def function(zh_tw: str, en: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Offer a function to Excel and LibreOffice: failures become the sentence a cell shows, ranges arrive as rows.

    A parameter `table` takes a range that must be there, `*tables` any number of ranges.
    """

    def offer(called: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(called)
        def offered(*arguments: object) -> object:
            try:
                return called(*arguments)
            except ReportkitError as error:
                return error.message(spoken_in(arguments))

        offered.__annotations__ = {}  # xlwings would convert by them; ours are for the reader
        FUNCTIONS[called.__name__] = offered
        TELLS[called.__name__] = Text(called.__doc__ or "", zh_tw, en)
        for ranges in {"table", "tables"} & {*called.__code__.co_varnames}:
            offered = xw.arg(ranges, ndim=2, empty=BLANK, err_to_str=True)(offered)
        published: Callable[..., Any] = xw.func(category=CATEGORY)(offered)
        return published

    return offer


@function(
    "指標在一段日期內的值。參數：指標代碼或名稱，起始日，結束日，然後是帶標題列的表（每日記錄、客戶檔案……）。沒有資料時為空。",
    "An indicator's value over some days. Arguments: its code or label, first day, last day, then tables with their header rows (daily log, customers …). Blank without data.",
)
def RK_KPI(indicator: object, first_day: object, last_day: object, table: object, *tables: object) -> object:
    """指标在一段日期内的值。参数：指标代码或名称，起始日，结束日，然后是带标题行的表（每日记录、客户档案……）。没有数据时为空。"""
    value = _assessment(indicator, first_day, last_day, BLANK, (table, *tables)).value
    return BLANK if value is None else value


@function(
    "指標在一段日期內的目標，按工作日折算。參數：指標，起始日，結束日，工號（可為空），然後是表（工時與請假、目標、人員……）。沒有目標時為空。",
    "An indicator's target over some days, scaled to working days. Arguments: indicator, first day, last day, advisor (may be blank), then tables (worktime, targets, roster …). Blank without a target.",
)
def RK_TARGET(indicator: object, first_day: object, last_day: object, advisor: object, *tables: object) -> object:
    """指标在一段日期内的目标，按工作日折算。参数：指标，起始日，结束日，工号（可为空），然后是表（工时与请假、目标、人员……）。没有目标时为空。"""
    target = _assessment(indicator, first_day, last_day, advisor, tables, target_only=True).target
    return BLANK if target is None else target


@function(
    "指標在一段日期內的達成率。參數：指標，起始日，結束日，工號（可為空），然後是帶標題列的表。不評時為空。",
    "An indicator's attainment over some days. Arguments: indicator, first day, last day, advisor (may be blank), then tables with their header rows. Blank where not assessed.",
)
def RK_ATTAINMENT(
    indicator: object, first_day: object, last_day: object, advisor: object, table: object, *tables: object
) -> object:
    """指标在一段日期内的达成率。参数：指标，起始日，结束日，工号（可为空），然后是带标题行的表。不评时为空。"""
    share = _assessment(indicator, first_day, last_day, advisor, (table, *tables)).attainment
    return BLANK if share is None else share


@function(
    "某天該聯絡誰、為什麼。參數：日期，然後是帶標題列的表（客戶檔案、每日記錄……）。結果自動展開，最急的在前。",
    "Whom to contact on a day, and why. Arguments: the day, then tables with their header rows (customers, daily log …). Spills, the most urgent first.",
)
def RK_DUE(on: object, table: object, *tables: object) -> Spill | str:
    """某天该联系谁、为什么。参数：日期，然后是带标题行的表（客户档案、每日记录……）。结果自动展开，最急的在前。"""
    day = day_of(on)
    known = given((table, *tables), day)
    known.need("customers", "activities")
    headings: list[object] = [
        text.to(known.language) for text in (words.CUSTOMER, NAME, words.REASONS, words.DUE_ON, words.DAYS_OVERDUE)
    ]
    rows: Spill = [
        [
            one.customer_id,
            one.name,
            " · ".join(REASONS[reason].to(known.language) for reason in one.reasons),
            _midnight(one.due),
            one.days_overdue,
        ]
        for one in due_list(known.work.facts, known.settings, known.work.duty, day)
    ]
    return [headings, *rows]


@function(
    "檢查表裡填錯的地方。參數：今天的日期，然後是帶標題列的表。結果自動展開：級別、表、列（從區域第一列數起）、欄、填寫內容、怎麼改、代碼。",
    "What is wrong in tables. Arguments: today, then tables with their header rows. Spills: severity, sheet, row (from the range's first), column, value, what to do, code.",
)
def RK_CHECK(today: object, table: object, *tables: object) -> Spill | str:
    """检查表里填错的地方。参数：今天的日期，然后是带标题行的表。结果自动展开：级别、表、行（从区域第一行数起）、列、填写内容、怎么改、代码。"""
    known = given((table, *tables), day_of(today))
    headings: list[object] = [
        text.to(known.language)
        for text in (
            words.SEVERITY, words.SHEET, words.ROW, words.COLUMN, words.VALUE, words.WHAT_TO_DO, words.CODE,
        )
    ]  # fmt: skip
    rows: Spill = [
        [
            SEVERITY_LABEL[one.severity].to(known.language),
            one.place.sheet,
            one.place.row or BLANK,
            one.place.column.label.to(known.language) if one.place.column else BLANK,
            one.value or BLANK,
            one.message(known.language),
            one.code,
        ]
        for one in known.work.book.findings
        if one.code != "sheet.missing"  # a form whose table was not given
    ]
    return [headings, *rows]


@function(
    "一段日期內的工作日：交易所交易日，減去請假。參數：起始日，結束日，然後可給表（工時與請假、日曆）。半天記 0.5。",
    "Working days of some days: the exchange's trading days, less leave. Arguments: first day, last day, then tables if any (worktime, calendar). Half a day is 0.5.",
)
def RK_WORKDAYS(first_day: object, last_day: object, *tables: object) -> object:
    """一段日期内的工作日：交易所交易日，减去请假。参数：起始日，结束日，然后可给表（工时与请假、日历）。半天记 0.5。"""
    span = _span(first_day, last_day)
    return given(tables, span.end).work.duty.working_days(span)


@function(
    "日期所在的週，如 2026-W48（週一到週日）。",
    "The week of a day, such as 2026-W48 (Monday to Sunday).",
)
def RK_WEEK(day: object) -> str:
    """日期所在的周，如 2026-W48（周一到周日）。"""
    return week_name(day_of(day))


@function(
    "全部指標的代碼、名稱和週期。可給指標目錄表；不給則為預設目錄。結果自動展開。",
    "Code, label and period of every indicator: of the table given, else of the default catalogue. Spills.",
)
def RK_INDICATORS(*tables: object) -> Spill | str:
    """全部指标的代码、名称和周期。可给指标目录表；不给则为默认目录。结果自动展开。"""
    known = given(tables, dt.date.max)
    headings: list[object] = [text.to(known.language) for text in (words.CODE, words.INDICATOR, PERIOD_UNIT)]
    rows: Spill = [
        [one.code, one.label.to(known.language), PERIOD.labels[one.period].to(known.language)]
        for one in known.settings.indicators
    ]
    return [headings, *rows]


@function(
    "在話術與問答裡尋找。參數：要找的字；不給表時查公式所在活頁簿的話術與問答（名稱 faq）。也可給話術與問答表，再給問題工單表。結果自動展開：分類、問題、答覆，有工單表時還有用過幾次。",
    "Searches the FAQ. Arguments: the words to look for; without a table, the FAQ of the formula's own workbook (its name faq). Or the FAQ table, then the cases if any. Spills: category, question, answer; with cases how often each was used.",
)
def RK_FAQ(asked: object, *tables: object) -> Spill | str:
    """在话术与问答里查找。参数：要找的字；不给表时查公式所在工作簿的话术与问答（名称 faq）。也可给话术与问答表，再给问题工单表。结果自动展开：分类、问题、答复，有工单表时还有用过几次。"""
    if all(table in (None, BLANK) for table in tables):
        raise MendInput(say.NO_FAQ)
    known = given(tables, dt.date.max)
    known.need(FAQ.code)
    found = found_answers(known.settings, str(one_value(asked) or ""))
    headings: list[object] = [column.label.to(known.language) for column in FAQ.columns]
    rows: Spill = [[one.category, one.question, one.answer] for one in found]
    if len(known.work.facts.frame("cases")):
        used = answers_used(known.work.facts, known.settings, Span(dt.date.min, dt.date.max))
        headings.append(USED.to(known.language))
        rows = [[*row, float(used.get(one.question, 0))] for row, one in zip(rows, found, strict=True)]
    return [headings, *rows]


def _today() -> dt.date:
    return dt.date.today()


def _assessment(
    indicator: object,
    first_day: object,
    last_day: object,
    advisor: object,
    tables: tuple[object, ...],
    target_only: bool = False,
) -> Assessment:
    """Return an indicator over a window, from the tables given: a case may be answered after it."""
    span = _span(first_day, last_day)
    known = given(tables, max(span.end, _today()), advisor)
    one = known.indicator(indicator)
    if not target_only:
        known.need(*one.forms)
    return assess(one, known.work.days[one.code], known.work.duty, span, span.end)


def _span(first_day: object, last_day: object) -> Span:
    span = Span(day_of(first_day), day_of(last_day))
    if span.end < span.start:
        raise MendInput(say.NO_SPAN, start=span.start, end=span.end)
    return span


def _midnight(day: dt.date | None) -> object:
    """Return a day as Excel takes it."""
    return BLANK if day is None else dt.datetime(day.year, day.month, day.day)
