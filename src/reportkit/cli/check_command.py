"""The command check: what is wrong in logs, settings and branches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportkit.cli.branch_commands import branch_of
from reportkit.cli.branch_logs import one_an_advisor
from reportkit.cli.language import chosen, say
from reportkit.cli.options import AsOf, Json, Lang, Password, existing, once_each, today_or
from reportkit.definitions.text import Language, counted

if TYPE_CHECKING:
    from reportkit.branch.folder import Branch
    from reportkit.definitions.findings import Finding
    from reportkit.summary.summaries import Work


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
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


Paths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH",
        callback=once_each,
        help=say("日志、设置文件或机构文件夹", "日誌、設定檔或機構資料夾", "Logs, settings or branch folders"),
    ),
]


def check(paths: Paths, as_of: AsOf = None, lang: Lang = None, json: Json = False, password: Password = None) -> None:
    """List what is wrong in logs or branches."""
    from reportkit.cli.output import console, print_json

    for path in paths:
        if existing(path).is_dir():
            branch_of(path)
    language, today = chosen(lang), today_or(as_of, paths[0])
    told = _Told(language, json)
    for path in paths:
        _check(path, today, password, told)
    if json:
        print_json({"findings": [found.as_json(language) for found in told.every], "files": told.files})
    else:
        console().print(_totals(told.every))
    raise typer.Exit(1 if any(found.severity == "error" for found in told.every) else 0)


@dataclass
class _Told:
    """What is found, and printed as it is found unless programs read it."""

    language: Language
    quiet: bool
    every: list[Finding] = field(default_factory=list)
    files: list[dict[str, object]] = field(default_factory=list)

    def add(self, name: str, findings: Sequence[Finding], counts: str = "", *, always: bool = False) -> None:
        """Take in what is found under a name; where that is nothing the name is printed only if it is `always`."""
        self.every += findings
        if not self.quiet and (findings or always):
            _print_findings(name, counts, findings, self.language)


def _check(path: Path, today: dt.date, password: str | None, told: _Told) -> None:
    """Check a log, a settings workbook or a branch."""
    from reportkit.branch.folder import Branch, is_branch
    from reportkit.handover import duplicates
    from reportkit.read.archives import LOGS
    from reportkit.read.parsing import read_many
    from reportkit.settings.calendars import Span
    from reportkit.settings.nearby import SETTINGS_FILE, settings_near
    from reportkit.summary.flow import work_from_raw

    settings, branch = settings_near(path), Branch(path) if is_branch(path) else None
    if branch:
        own = (*settings.findings, *branch.findings(settings, today), *_saved_since(branch))
        told.add(SETTINGS_FILE, own)
    works: list[Work] = []
    logs = branch.logs() if branch else [path]
    for log, raw in zip(logs, read_many(logs, password=password, workers=1), strict=True):
        if path == log and any(found.code == "file.settings" for found in raw.findings):
            told.add(path.name, _findings_of_settings(path, today), always=True)
            continue
        work = work_from_raw(raw, settings, today)
        works.append(work)
        told.files.append(_file_json(log, work))
        told.add(log.name, work.book.findings, _counts(work), always=True)
    if branch:
        readers = [work.facts.advisor_id for work in works]
        told.add(SETTINGS_FILE, branch.without_logs(settings, readers, Span(today, today)))
    counting, conflicts = one_an_advisor(works, settings)
    told.add(LOGS, conflicts)
    told.add(say("客户", "客戶", "Customers"), duplicates(counting))


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
    from reportkit.definitions.findings import how_many
    from reportkit.summary.summaries import count_rows

    found = work.book.findings
    return {
        "file": str(log),
        "advisor": work.facts.advisor_id,
        "rows": count_rows(work.book).read,
        "errors": how_many(found, "error"),
        "warnings": how_many(found, "warning"),
    }


def _counts(work: Work) -> str:
    from reportkit.summary.summaries import count_rows

    rows = count_rows(work.book)
    return say(
        f"{rows.read} 行，计入 {rows.counted}，剔除 {rows.excluded}",
        f"{rows.read} 列，計入 {rows.counted}，剔除 {rows.excluded}",
        f"{counted(rows.read, 'row', 'rows')}, {rows.counted} counted, {rows.excluded} excluded",
    )


def _print_findings(name: str, counts: str, findings: Sequence[Finding], language: Language) -> None:
    from rich.text import Text as Styled

    from reportkit.cli.output import console, findings_table

    console().print(Styled(name, "bold"), counts, sep="  ")
    if findings:
        console().print(findings_table(findings, language, files=not counts))


def _totals(every: list[Finding]) -> str:
    from reportkit.definitions.findings import how_many

    errors = how_many(every, "error")
    warnings = how_many(every, "warning")
    return say(
        f"共 {errors} 个错误，{warnings} 个提醒",
        f"共 {errors} 個錯誤，{warnings} 個提醒",
        f"{counted(errors, 'error', 'errors')}, {counted(warnings, 'warning', 'warnings')} in all",
    )
