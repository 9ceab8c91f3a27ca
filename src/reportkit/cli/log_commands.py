"""Commands about one log: check, kpi, due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportkit.cli.branch_commands import branch_of
from reportkit.cli.language import chosen, say
from reportkit.cli.options import AsOf, Json, Lang, Log, Month, On, Password, Week, begun, existing, today_or
from reportkit.definitions.text import Language

if TYPE_CHECKING:
    from reportkit.branch.folder import Branch
    from reportkit.definitions.findings import Finding
    from reportkit.summary.summaries import AdvisorSummary, Work


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(
        "check",
        help=say(
            "检查日志或设置，列出问题。", "檢查日誌或設定，列出問題。", "Check logs or settings and list what is wrong."
        ),
        epilog=say(
            "例：reportkit check demo · 退出码：0 没有错误，1 有错误，2 无法运行",
            "例：reportkit check demo · 結束碼：0 沒有錯誤，1 有錯誤，2 無法執行",
            "Example: reportkit check demo · exit: 0 no errors, 1 errors found, 2 could not run",
        ),
    )(check)
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


Paths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH",
        help=say("日志、设置文件或机构文件夹", "日誌、設定檔或機構資料夾", "Logs, settings or branch folders"),
    ),
]


def check(paths: Paths, as_of: AsOf = None, lang: Lang = None, json: Json = False, password: Password = None) -> None:
    """List what is wrong in logs or branches."""
    from reportkit.branch.folder import Branch, is_branch
    from reportkit.cli.output import console, print_json
    from reportkit.handover import duplicates
    from reportkit.read.parsing import read_many
    from reportkit.settings.calendars import Span
    from reportkit.summary.flow import SETTINGS_FILE, settings_near, work_from_raw

    for path in paths:
        if existing(path).is_dir():
            branch_of(path)
    language, today = chosen(lang), today_or(as_of, paths[0])
    files: list[dict[str, object]] = []
    every: list[Finding] = []
    for path in paths:
        settings = settings_near(path)
        if is_branch(path):
            own = (*settings.findings, *Branch(path).findings(settings, today), *_saved_since(Branch(path)))
            every += own
            if not json and own:
                _print_findings(SETTINGS_FILE, "", own, language)
        works: list[Work] = []
        logs = Branch(path).logs() if is_branch(path) else [path]
        for log, raw in zip(logs, read_many(logs, password=password, workers=1), strict=True):
            if path == log and any(found.code == "file.settings" for found in raw.findings):
                own = _findings_of_settings(path, today)
                every += own
                if not json:
                    _print_findings(path.name, "", own, language)
                continue
            work = work_from_raw(raw, settings, today)
            works.append(work)
            every += work.book.findings
            files.append(_file_json(log, work))
            if not json:
                _print_file(log, work, language)
        if is_branch(path):
            readers = [work.facts.advisor_id for work in works]
            lacking = Branch(path).without_logs(settings, readers, Span(today, today))
            every += lacking
            if not json and lacking:
                _print_findings(SETTINGS_FILE, "", lacking, language)
        twice = duplicates(works)
        every += twice
        if not json and twice:
            _print_findings(say("客户", "客戶", "Customers"), "", twice, language)
    if json:
        print_json({"findings": [found.as_json(language) for found in every], "files": files})
    else:
        console().print(_totals(every))
    raise typer.Exit(1 if any(found.severity == "error" for found in every) else 0)


def _findings_of_settings(path: Path, today: dt.date) -> tuple[Finding, ...]:
    """Return what is wrong in a settings workbook, wherever it lies, and what it leaves open around a day."""
    from reportkit.facts.review import review_settings
    from reportkit.settings.branch_settings import load_settings
    from reportkit.settings.calendars import Span

    settings = load_settings(path)
    return (*settings.findings, *review_settings(settings, Span(today, today), path.name))


def _saved_since(branch: Branch) -> tuple[Finding, ...]:
    """Return which published workbooks of a branch, of any week, somebody saved since."""
    from reportkit.branch.annotated import saved_since
    from reportkit.branch.published import closed_weeks

    weeks = closed_weeks(branch).items()
    return tuple(found for week, edition in weeks for found in saved_since(branch, week, edition))


def _file_json(log: Path, work: Work) -> dict[str, object]:
    from reportkit.summary.summaries import count_rows

    found = work.book.findings
    return {
        "file": str(log),
        "advisor": work.facts.advisor_id,
        "rows": count_rows(work.book).read,
        "errors": sum(one.severity == "error" for one in found),
        "warnings": sum(one.severity == "warning" for one in found),
    }


def _print_file(log: Path, work: Work, language: Language) -> None:
    from reportkit.summary.summaries import count_rows

    rows = count_rows(work.book)
    counts = say(
        f"{rows.read} 行，计入 {rows.counted}，剔除 {rows.excluded}",
        f"{rows.read} 列，計入 {rows.counted}，剔除 {rows.excluded}",
        f"{rows.read} rows, {rows.counted} counted, {rows.excluded} excluded",
    )
    _print_findings(log.name, counts, work.book.findings, language)


def _print_findings(name: str, counts: str, findings: Sequence[Finding], language: Language) -> None:
    from rich.text import Text as Styled

    from reportkit.cli.output import console, findings_table

    console().print(Styled(name, "bold"), counts, sep="  ")
    if findings:
        console().print(findings_table(findings, language, files=not counts))


def _totals(every: list[Finding]) -> str:
    errors = sum(found.severity == "error" for found in every)
    warnings = sum(found.severity == "warning" for found in every)
    return say(
        f"共 {errors} 个错误，{warnings} 个提醒",
        f"共 {errors} 個錯誤，{warnings} 個提醒",
        f"{errors} errors, {warnings} warnings in all",
    )


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
    from reportkit.summary.flow import settings_near, work_from_file
    from reportkit.summary.summaries import advisor_json, summarise

    language, today = chosen(lang), today_or(as_of, log)
    name = begun(month or week, today)
    settings = settings_near(log)
    work = work_from_file(existing(log), settings, today, password)
    stop_if_unusable(work)
    summary = summarise(work, settings, name, today)
    if json:
        print_json(advisor_json(summary, language))
    else:
        _print_summary(summary, language)


def _print_summary(summary: AdvisorSummary, language: Language) -> None:
    from rich.text import Text as Styled

    from reportkit.cli.output import attainment_style, console, table
    from reportkit.definitions.choices import PERIOD
    from reportkit.definitions.figures import bare, figure, percent, points

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
            (figure if one.target is None else bare)(one.value, one.indicator.unit, language),
            figure(one.target, one.indicator.unit, language),
            Styled(percent(one.attainment), attainment_style(one)),
            percent(one.pace),
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
            f"{rows_said.read} rows read, {rows_said.counted} counted, {rows_said.excluded} excluded (why: reportkit check)",
        ),
        style="dim",
    )


def due(log: Log, on: On = None, lang: Lang = None, json: Json = False, password: Password = None) -> None:
    """Print the due list of one log."""
    from reportkit.cli.output import console, print_json, table
    from reportkit.customers.due import REASONS, due_list
    from reportkit.definitions import report_words
    from reportkit.summary.flow import settings_near, work_from_file
    from reportkit.summary.summaries import due_json

    language, day = chosen(lang), today_or(on, log)
    settings = settings_near(log)
    work = work_from_file(existing(log), settings, day, password)
    stop_if_unusable(work)
    customers = due_list(work.facts, settings, work.duty, day)
    if json:
        print_json(due_json(day, customers))
        return
    if not customers:
        typer.echo(report_words.NO_DUE.to(language))
        return
    headings = say(
        "客户,原因,期限,逾期天数,电话,上次沟通",
        "客戶,原因,期限,逾期天數,電話,上次溝通",
        "Customer,Why,Due,Days overdue,Phone,Last contact",
    ).split(",")
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
    console().print(table(headings, rows, numbers=(3,)))


def stop_if_unusable(work: Work) -> None:
    """Raise MendInput with the findings where a log could not be read at all."""
    from reportkit.definitions.errors import MendInput
    from reportkit.definitions.text import LANGUAGES, Text
    from reportkit.summary.flow import usable

    if not usable(work.book):
        said = ("\n".join(found.message(one) for found in work.book.findings) for one in LANGUAGES)
        raise MendInput(Text(*("{said}",) * 3), said=Text(*said))
