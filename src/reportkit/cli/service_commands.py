"""Commands about a branch's service and customers: service, satisfaction, customers, knowledge.

They show the tables of the team workbook, from the same functions.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from reportkit.cli.branch_logs import works_of
from reportkit.cli.language import chosen, say
from reportkit.cli.options import AsOf, Folder, From, Json, Lang, Month, Until, Week, span_of, today_or

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportkit.settings.branch_settings import Settings
    from reportkit.summary.summaries import Work
    from reportkit.workbooks.blocks import Readers


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(
        "service",
        help=say(
            "一周的坐席：五项服务标准和它们背后、问题分类、各责任人本月，超时的工单。",
            "一週的坐席：五項服務標準和它們背後、問題分類、各責任人本月，逾時的工單。",
            "The desk's week: the five standards, what stands behind them, what cases are about, each person's month, late cases.",
        ),
        epilog=say(
            "例：reportkit service demo；一个季度：reportkit service demo --from 2026-07-01 --to 2026-09-30",
            "例：reportkit service demo；一個季度：reportkit service demo --from 2026-07-01 --to 2026-09-30",
            "Example: reportkit service demo · a quarter: reportkit service demo --from 2026-07-01 --to 2026-09-30",
        ),
    )(service)
    app.command(
        "satisfaction",
        help=say(
            "四周的满意度：回答率、CSAT 和 NPS 及其区间，没人跟进的低分。",
            "四週的滿意度：回答率、CSAT 和 NPS 及其區間，沒人跟進的低分。",
            "Four weeks of satisfaction: response rate, CSAT and NPS with their intervals, low scores nobody followed up.",
        ),
        epilog=say(
            "例：reportkit satisfaction demo",
            "例：reportkit satisfaction demo",
            "Example: reportkit satisfaction demo",
        ),
    )(satisfaction)
    app.command(
        "customers",
        help=say(
            "客户分层、评级、产品、业务机会、转介绍、流失、风险测评和不适当推介。",
            "客戶分層、評級、產品、業務機會、轉介紹、流失、風險測評和不適當推介。",
            "Customers by segment and tier, products, pipeline, referrals, churn, risk assessments, unsuitable products.",
        ),
        epilog=say("例：reportkit customers demo", "例：reportkit customers demo", "Example: reportkit customers demo"),
    )(customers)
    app.command(
        "knowledge",
        help=say(
            "培训的时长和成绩，话术与问答用过几次；--find 查找问答。",
            "培訓的時長和成績，話術與問答用過幾次；--find 尋找問答。",
            "Training in hours and scores, how often each answer was used; --find searches the answers.",
        ),
        epilog=say(
            "例：reportkit knowledge demo --find 佣金",
            "例：reportkit knowledge demo --find 佣金",
            "Example: reportkit knowledge demo --find commission",
        ),
    )(knowledge)


Find = Annotated[
    str | None, typer.Option("--find", metavar="WORDS", help=say("要找的字", "要找的字", "Words to look for"))
]


def service(
    folder: Folder, week: Week = None, month: Month = None, first: From = None, last_day: Until = None,
    as_of: AsOf = None, lang: Lang = None, json: Json = False,
) -> None:  # fmt: skip
    """Show the desk of a branch."""
    from reportkit.cli.output import console, print_json
    from reportkit.cli.service_json import desk_json
    from reportkit.cli.service_tables import desk_tables
    from reportkit.definitions import report_words
    from reportkit.summary.service import merge, service_standards

    language, today = chosen(lang), today_or(as_of, folder)
    span = span_of(week, month, first, last_day, today)
    settings, works = works_of(folder, today, quiet=json)
    now = dt.datetime.combine(min(span.end, today), dt.time(23, 59, 59))
    desk = merge([service_standards(work, settings, span, now) for work in works])
    if json:
        print_json(desk_json(desk))
        return
    words = {"cases": desk.total.cases, "customers": len(desk.customers), "closures": desk.closures}
    console().print(report_words.DESK_LINE.fill(language, start=span.start, end=now.date(), **words))
    for one in desk_tables(desk, _readers(works, settings), language):
        console().print(one)


def satisfaction(
    folder: Folder, week: Week = None, month: Month = None, first: From = None, last_day: Until = None,
    as_of: AsOf = None, lang: Lang = None, json: Json = False,
) -> None:  # fmt: skip
    """Show what customers answered."""
    from reportkit.cli.output import console, print_json
    from reportkit.cli.service_json import satisfaction_json
    from reportkit.cli.service_tables import answer_tables
    from reportkit.summary.insight import insight_of, merge

    language, today = chosen(lang), today_or(as_of, folder)
    span = span_of(week, month, first, last_day, today)
    settings, works = works_of(folder, today, quiet=json)
    last = min(span.end, today)
    found = merge([insight_of(work, settings, span, last, today) for work in works]).satisfaction
    if json:
        print_json(satisfaction_json(found))
        return
    for one in answer_tables(found, settings, _readers(works, settings), language):
        console().print(one)


def customers(folder: Folder, as_of: AsOf = None, lang: Lang = None, json: Json = False) -> None:
    """Show the customers of a branch."""
    from reportkit.cli.output import console, print_json
    from reportkit.cli.service_json import portfolio_json
    from reportkit.cli.service_tables import customer_tables
    from reportkit.customers.portfolio import merge, portfolio
    from reportkit.definitions import report_words

    language, today = chosen(lang), today_or(as_of, folder)
    settings, works = works_of(folder, today, quiet=json)
    found = merge([portfolio(work.facts, settings, today) for work in works])
    if json:
        print_json(portfolio_json(found))
        return
    words = {"on": found.on, "customers": found.total.customers, "assets": f"{found.total.assets:,.0f}"}
    console().print(report_words.CUSTOMERS_LINE.fill(language, **words))
    for one in customer_tables(found, settings, _readers(works, settings), language):
        console().print(one)


def knowledge(
    folder: Folder, find: Find = None, as_of: AsOf = None, lang: Lang = None, json: Json = False
) -> None:  # fmt: skip
    """Show training and the answers of a branch, or search the answers."""
    from reportkit.cli.output import console, print_json
    from reportkit.cli.service_tables import faq_table, training_table
    from reportkit.facts.answers import found_answers
    from reportkit.settings.calendars import period_span
    from reportkit.summary.insight import knowledge_of
    from reportkit.workbooks.knowledge_sheet import knowledge_line

    language, today = chosen(lang), today_or(as_of, folder)
    settings, works = works_of(folder, today, quiet=json, needed=False)
    week = period_span("week", today)
    trained, used = knowledge_of(works, settings, week, today)
    entries = found_answers(settings, find or "")
    if json:
        print_json(
            {
                "training": [
                    {
                        "advisor": one.advisor_id, "sessions": one.training.times, "hours": one.training.hours,
                        "target": one.hours.target if one.hours else None,
                        "attainment": one.hours.attainment if one.hours else None,
                        "scored": one.training.scored, "mean_score": one.training.mean_score,
                        "passed": one.training.pass_rate.value,
                    }
                    for one in trained
                ],
                "answers": [
                    {"category": one.category, "question": one.question, "answer": one.answer,
                     "used": used.get(one.question, 0)}
                    for one in entries
                ],
            }
        )  # fmt: skip
        return
    if find is None:
        console().print(knowledge_line(settings, week, today, language))
        console().print(training_table(trained, _readers(works, settings), language))
    console().print(faq_table(entries, used, language))


def _readers(works: Sequence[Work], settings: Settings) -> Readers:
    """Return the readers of a terminal: the branch itself, who sees ids in full."""
    from reportkit.workbooks.blocks import Readers

    names = {row.advisor_id: row.name for row in settings.roster}
    return Readers(names, {work.facts.advisor_id: work.book.file for work in works}, open=True)
