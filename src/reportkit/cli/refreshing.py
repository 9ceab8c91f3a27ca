"""Refreshing a branch from the terminal: with a bar that shows how far it is, and what it did in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from reportkit.cli.branch_commands import branch_of, no_logs, progress_bar
from reportkit.cli.language import say, spoken
from reportkit.cli.options import today_or
from reportkit.definitions.errors import ReportkitError
from reportkit.definitions.text import Language, counted

if TYPE_CHECKING:
    from reportkit.branch.edition import Edition
    from reportkit.branch.folder import Branch
    from reportkit.branch.refresh import Refreshed
    from reportkit.branch.workers import Workers
    from reportkit.definitions.findings import Finding

Found = TypeVar("Found")


def refreshed(
    branch: Branch,
    week: str,
    as_of: dt.date | None,
    password: str | None,
    *,
    quiet: bool = False,
    workers: Workers | None = None,
) -> Refreshed:
    """Refresh a week with a bar that shows how far it is, its logs in a process of their own unless told otherwise."""
    from reportkit.branch.refresh import refresh as run
    from reportkit.branch.workers import Processes

    with progress_bar(say("读取日志", "讀取日誌", "Reading logs"), quiet=quiet) as step:
        there = workers or Processes()
        return run(branch, week, today_or(as_of, branch.root), progress=step, password=password, workers=there)


def of_each(folders: Sequence[Path], work: Callable[[Branch], Found]) -> Iterator[tuple[Path, Found | None]]:
    """Yield each folder with what its branch gave; one that gives nothing is told, and the others go on."""
    for folder in folders:
        try:
            yield folder, work(branch_of(folder))
        except (ReportkitError, typer.BadParameter) as error:
            said = error.message(spoken()) if isinstance(error, ReportkitError) else error.message
            typer.echo(said if str(folder) in said else f"{folder}: {said}", err=True)
            yield folder, None


def beside_the_logs(done: Refreshed) -> list[Finding]:
    """Return what is wrong with files, the settings, and logs at odds with the roster: no report of a log says it."""
    members = done.team.members if done.team else ()
    at_odds = (one for member in members for one in member.findings if one.code in ("advisor.unknown", "day.outside"))
    return [*done.failed, *done.findings, *at_odds]


def print_refreshed(done: Refreshed, branch: Branch, week: str, language: Language) -> None:
    """Say what a refresh did: counts, what is wrong beside the logs, late rows, the ranking, what to open."""
    from reportkit.branch.folder import TEAM_FILE
    from reportkit.cli.output import console, table, tell
    from reportkit.definitions.findings import how_many
    from reportkit.indicators.assess import points
    from reportkit.summary.summaries import by_score

    out = console()
    if done.nothing:
        tell(no_logs(branch))
        return
    _print_counts(done, week, language, beside_the_logs(done))
    if done.team is None:
        return
    headings = say(
        "工号,姓名,得分,等级,行数,错误", "工號,姓名,得分,等級,列數,錯誤", "ID,Name,Score,Grade,Rows,Errors"
    ).split(",")
    best_first = by_score(done.team.members)
    rows = [
        (
            member.advisor_id,
            member.name,
            points(member.score),
            (member.grade or "") if member.in_service else say("当周不考核", "當週不考核", "not assessed"),
            str(member.rows.read),
            str(how_many(member.findings, "error")),
        )
        for member in best_first
    ]
    out.print(table(headings, rows, numbers=(2, 4, 5)))
    out.print(say("打开：", "開啟：", "Open:"))
    best, name, log = best_first[0].advisor_id, best_first[0].name, branch.log(best_first[0].file)
    to_open = [
        (branch.reports(week) / TEAM_FILE, say("团队周报", "團隊週報", "the team's report")),
        (branch.report(week, best), say(f"{name}的周报", f"{name}的週報", f"the report of {name}")),
        *(
            (one, say("每天填写的日志", "每天填寫的日誌", "a log, filled in every day"))
            for one in (log,)
            if one.is_file()
        ),
    ]
    for path, what in to_open:
        out.print(f"  {path}  {what}", soft_wrap=True)


def exit_code(done: Refreshed) -> int:
    """Return how a refresh ends: 2 where there was nothing to do it with, 1 where something has an error."""
    return 2 if done.nothing else int(done.errors)


def print_again(done: Refreshed, before: Refreshed, week: str, language: Language) -> None:
    """Say what one more refresh of a watched branch did: when, counts, what is wrong and was not before, late rows."""
    typer.echo(f"{dt.datetime.now():%H:%M:%S}  ", nl=False)
    told = beside_the_logs(before)
    _print_counts(done, week, language, [one for one in beside_the_logs(done) if one not in told])


def _print_counts(done: Refreshed, week: str, language: Language, beside: Sequence[Finding]) -> None:
    from reportkit.cli.output import console, findings_table
    from reportkit.definitions.insight_words import CHANGES

    out = console()
    counts = say(
        f"{week}：读取 {done.read} 本，未变 {done.cached} 本，失败 {len(done.failed)} 本，用时 {done.seconds:.1f} 秒",
        f"{week}：讀取 {done.read} 本，未變 {done.cached} 本，失敗 {len(done.failed)} 本，用時 {done.seconds:.1f} 秒",
        f"{week}: {counted(done.read, 'log', 'logs')} read, {done.cached} unchanged, {len(done.failed)} failed, {done.seconds:.1f} s",
    )
    out.print(counts, style="bold")
    if beside:
        out.print(findings_table(beside, language, files=True))
    print_kept(done.kept)
    if done.late:
        late, changes = len(done.late), CHANGES.to(language)
        out.print(
            say(
                f"已发布的各周之后有 {late} 行补录或改动：见 team.xlsx 的“{changes}”，--json 也列出",
                f"已發布的各週之後有 {late} 列補錄或改動：見 team.xlsx 的「{changes}」，--json 也列出",
                f"{counted(late, 'row of published weeks was', 'rows of published weeks were')} added or changed since: see “{changes}” in team.xlsx, or --json",
            )
        )


def print_kept(kept: Iterable[Path], *, aside: bool = False) -> None:
    """Say where reports are that people had written into; aside: on standard error."""
    for path in kept:
        typer.echo(
            say(
                f"有人在旧的周报里写过内容，原样留在 {path}",
                f"有人在舊的週報裡寫過內容，原樣留在 {path}",
                f"Somebody had written into the earlier report: it is kept as {path}",
            ),
            err=aside,
        )


def branch_line(folder: Path, done: Refreshed | None) -> tuple[str, ...]:
    """Return one branch of several as a line: what was read, what it came to."""
    from reportkit.indicators.assess import points

    if done is None:
        return (str(folder), "", "", "", "", "—", "")
    team = done.team
    name, score, grade = (team.name, points(team.score), team.grade or "") if team else ("", "—", "")
    return (str(folder), name, str(done.read), str(done.cached), str(len(done.failed)), score, grade)


def print_branches(
    week: str, lines: Sequence[tuple[str, ...]], beside: Mapping[Path, Sequence[Finding]], language: Language
) -> None:
    """Print several branches, a line each, then what is wrong beside the logs of each."""
    from reportkit.cli.output import console, findings_table, table

    headings = say(
        "文件夹,机构,读取,未变,失败,得分,等级",
        "資料夾,機構,讀取,未變,失敗,得分,等級",
        "Folder,Branch,Read,Unchanged,Failed,Score,Grade",
    ).split(",")
    console().print(week, style="bold")
    console().print(table(headings, lines, numbers=(2, 3, 4, 5)))
    for folder, found in beside.items():
        if found:
            console().print(str(folder), style="bold", soft_wrap=True)
            console().print(findings_table(found, language, files=True))


def print_closed(week: str, edition: Edition) -> None:
    """Say what was published, and what to know of it: which logs are not in it, and why."""
    from reportkit.branch.edition import BRANCH
    from reportkit.cli.output import console, findings_table
    from reportkit.definitions.insight_words import CHANGES
    from reportkit.indicators.assess import points
    from reportkit.settings.calendars import week_span

    changes = CHANGES.to(spoken())
    span, logs, score = week_span(week), len(edition.logs), points(edition.scores.get(BRANCH))
    days = f"{span.start} – {span.end}"
    typer.echo(
        say(
            f"{week}（{days}）已发布：{logs} 本日志，得分 {score}",
            f"{week}（{days}）已發布：{logs} 本日誌，得分 {score}",
            f"{week} ({days}) is published: {counted(logs, 'log', 'logs')}, score {score}",
        )
    )
    notes = {
        say(
            f"这一周还没过完：{edition.as_of} 之后填的会列为补录",
            f"這一週還沒過完：{edition.as_of} 之後填的會列為補錄",
            f"The week is not over: what is entered after {edition.as_of} will be listed as late",
        ): edition.as_of < span.end,
        say(
            f"这一周没有一项指标计到数。若周写错了，用 reportkit reopen … --week {week} --why 写错 撤回",
            f"這一週沒有一項指標計到數。若週寫錯了，用 reportkit reopen … --week {week} --why 寫錯 撤回",
            f"No indicator counted anything in this week. Was another meant? reportkit reopen … --week {week} --why typo takes it back",
        ): edition.is_empty,
        say(
            f"与上次发布相比，{len(edition.restated)} 个数字有变：见 team.xlsx 的“{changes}”，--json 也列出",
            f"與上次發布相比，{len(edition.restated)} 個數字有變：見 team.xlsx 的「{changes}」，--json 也列出",
            f"{counted(len(edition.restated), 'figure differs', 'figures differ')} from the last time: see “{changes}” in team.xlsx, or --json",
        ): bool(edition.restated),
        say(
            f"{len(edition.failed)} 本日志没有用上：",
            f"{len(edition.failed)} 本日誌沒有用上：",
            f"{counted(len(edition.failed), 'log was', 'logs were')} not used:",
        ): bool(edition.failed),
    }
    for note, applies in notes.items():
        if applies:
            typer.echo(note)
    if edition.failed:
        console().print(findings_table(edition.failed, spoken(), files=True))
