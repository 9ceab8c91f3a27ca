"""Commands about one log: kpi, due."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from reportkit.cli.language import chosen, say
from reportkit.cli.options import AsOf, Json, Lang, Log, Month, On, Password, Week, a_log, begun, only_one, today_or
from reportkit.definitions.text import Language, counted

if TYPE_CHECKING:
    from reportkit.settings.branch_settings import Settings
    from reportkit.summary.summaries import AdvisorSummary, Work


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(
        "kpi",
        help=say(
            "一本日志一周或一月的指标。",
            "一本日誌一週或一月的指標。",
            "The indicators of one log for a week or a month.",
        ),
        epilog=say(
            '例：reportkit kpi "logs/A001 张伟.xlsx" --week 2026-W47',
            '例：reportkit kpi "logs/A001 張偉.xlsx" --week 2026-W47',
            'Example: reportkit kpi "logs/A001 Wei Zhang.xlsx" --week 2026-W47',
        ),
    )(kpi)
    app.command(
        "due",
        help=say("今天该联系谁，为什么。", "今天該聯絡誰，為什麼。", "Whom to contact today, and why."),
        epilog=say(
            '例：reportkit due "logs/A001 张伟.xlsx"',
            '例：reportkit due "logs/A001 張偉.xlsx"',
            'Example: reportkit due "logs/A001 Wei Zhang.xlsx"',
        ),
    )(due)


def kpi(
    log: Log,
    week: Week = None,
    month: Month = None,
    as_of: AsOf = None,
    lang: Lang = None,
    json: Json = False,
    password: Password = None,
) -> None:
    """Print the indicators of one log."""
    from reportkit.cli.output import print_json
    from reportkit.facts.review import unpublished
    from reportkit.summary.summaries import advisor_json, summarise

    language, today = chosen(lang), today_or(as_of, log)
    only_one(week, month)
    name = begun(month or week, today)
    settings, work = work_of(log, today, password)
    summary = summarise(work, settings, name, today)
    if json:
        print_json(advisor_json(summary, language))
    else:
        _print_summary(summary, language)
        for year in settings.calendar.unpublished(summary.span):
            typer.echo(unpublished(year).message(language))


def _print_summary(summary: AdvisorSummary, language: Language) -> None:
    from rich.text import Text as Styled

    from reportkit.cli.output import attainment_style, console, table
    from reportkit.definitions.choices import PERIOD
    from reportkit.definitions.figures import beside
    from reportkit.indicators.assess import attained, points

    out = console()
    grade = summary.grade or ""
    heading = say(
        f"{summary.week}（截至 {summary.as_of}）绩效得分 {points(summary.score)} {grade}",
        f"{summary.week}（截至 {summary.as_of}）績效得分 {points(summary.score)} {grade}",
        f"{summary.week} as of {summary.as_of}: score {points(summary.score)} {grade}",
    )
    out.print(Styled(f"{summary.advisor_id} {summary.name}", "bold"), heading, sep="  ")
    headings = say(
        "指标,周期,完成,目标,达成率,进度,达标天数",
        "指標,週期,完成,目標,達成率,進度,達標天數",
        "Indicator,Period,Value,Target,Attainment,Pace,Days met",
    ).split(",")
    rows = [
        (
            one.indicator.label.to(language),
            PERIOD.labels[one.indicator.period].to(language),
            *beside(one.value, one.target, one.indicator.unit, language, one.attainment),
            Styled(attained(one.attainment), attainment_style(one)),
            attained(one.pace),
            "" if one.days_met is None else f"{one.days_met} / {one.working_days:g}",
        )
        for one in summary.assessments
    ]
    out.print(table(headings, rows, numbers=(2, 3, 4, 5, 6)))
    rows_said = summary.rows
    out.print(
        say(
            f"读到 {rows_said.read} 行，计入 {rows_said.counted}，剔除 {rows_said.excluded}（reportkit check 看原因）",
            f"讀到 {rows_said.read} 列，計入 {rows_said.counted}，剔除 {rows_said.excluded}（reportkit check 看原因）",
            f"{counted(rows_said.read, 'row', 'rows')} read, {rows_said.counted} counted, {rows_said.excluded} excluded (why: reportkit check)",
        ),
        style="dim",
    )


def due(log: Log, on: On = None, lang: Lang = None, json: Json = False, password: Password = None) -> None:
    """Print the due list of one log."""
    from reportkit.cli.output import console, print_json, table
    from reportkit.customers.due import REASONS, due_list
    from reportkit.definitions import report_words, words
    from reportkit.summary.summaries import due_json

    language, day = chosen(lang), today_or(on, log)
    settings, work = work_of(log, day, password)
    customers = due_list(work.facts, settings, work.duty, day)
    if json:
        print_json(due_json(day, customers))
        return
    said = (words.CUSTOMER, words.REASONS, words.DUE_ON, words.DAYS_OVERDUE, words.PHONE, words.LAST_CONTACT)
    headings = [heading.to(language) for heading in said]
    rows = [
        (
            f"{one.customer_id} {one.name}",
            " · ".join(REASONS[reason].to(language) for reason in one.reasons),
            str(one.due or ""),
            str(one.days_overdue or ""),
            one.phone or "",
            str(one.last_contact or ""),
        )
        for one in customers
    ]
    console().print(table(headings, rows, numbers=(3,), none=report_words.NO_DUE.to(language)))


def work_of(log: Path, today: dt.date, password: str | None) -> tuple[Settings, Work]:
    """Return the settings a log is read with and what it gives.

    Raise BadParameter where there is no such log, MendInput with its findings where it could not be read at all.
    """
    from reportkit.definitions.errors import MendInput
    from reportkit.definitions.text import Text
    from reportkit.settings.nearby import settings_near
    from reportkit.summary.flow import usable, work_from_file

    settings = settings_near(a_log(log))
    work = work_from_file(log, settings, today, password)
    if not usable(work.book):
        said = Text.each(lambda language: "\n".join(found.message(language) for found in work.book.findings))
        raise MendInput(Text.same("{said}"), said=said)
    return settings, work
