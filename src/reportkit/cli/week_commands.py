"""Commands about a branch's week: refresh, close, reopen, rollup, watch."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportkit.cli.branch_commands import branch_of, progress_bar
from reportkit.cli.language import say, spoken
from reportkit.cli.options import AsOf, Folder, Json, Password, Week, today_or, week_of
from reportkit.definitions.text import Language

if TYPE_CHECKING:
    from reportkit.branch.folder import Branch
    from reportkit.branch.refresh import Refreshed
    from reportkit.summary.rollup import Rollup


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(
        "refresh",
        help=say(
            "读日志，算指标，写周报。",
            "讀日誌，算指標，寫週報。",
            "Read the logs, compute the indicators, write the week's reports.",
        ),
        epilog=say(
            "例：reportkit refresh demo --week 2026-W47 · 退出码：0 正常，1 有日志含错误，2 无法运行",
            "例：reportkit refresh demo --week 2026-W47 · 結束碼：0 正常，1 有日誌含錯誤，2 無法執行",
            "Example: reportkit refresh demo --week 2026-W47 · exit: 0 fine, 1 errors in some logs, 2 could not run",
        ),
    )(refresh)
    app.command(
        "close",
        help=say(
            "发布一周：数字从此不变，之后的补录单独列出。",
            "發布一週：數字從此不變，之後的補錄單獨列出。",
            "Publish a week: its figures stay; rows that come later are listed.",
        ),
        epilog=say(
            "例：reportkit close demo --week 2026-W47",
            "例：reportkit close demo --week 2026-W47",
            "Example: reportkit close demo --week 2026-W47",
        ),
    )(close)
    app.command(
        "reopen",
        help=say(
            "重开已发布的一周，写明原因；再次发布时列出改动的数字。",
            "重開已發布的一週，寫明原因；再次發布時列出改動的數字。",
            "Open a published week again and say why; publishing it anew lists the figures that changed.",
        ),
        epilog=say(
            "例：reportkit reopen demo --week 2026-W47 --why 漏记走访",
            "例：reportkit reopen demo --week 2026-W47 --why 漏記走訪",
            'Example: reportkit reopen demo --week 2026-W47 --why "visits were missing"',
        ),
    )(reopen)
    app.command(
        "rollup",
        help=say(
            "总部汇总：几个机构的同一周并排和合计，不含客户资料。",
            "總部彙總：幾個機構的同一週並排和合計，不含客戶資料。",
            "For headquarters: the same week of several branches, side by side and together; no customer's data.",
        ),
        epilog=say(
            "例：reportkit rollup 一部 二部 --week 2026-W47 --out 汇总.xlsx",
            "例：reportkit rollup 一部 二部 --week 2026-W47 --out 彙總.xlsx",
            "Example: reportkit rollup north south --week 2026-W47 --out all.xlsx",
        ),
    )(rollup)
    app.command(
        "watch",
        help=say(
            "守着机构文件夹：日志一改就更新本周周报，Ctrl-C 结束。",
            "守著機構資料夾：日誌一改就更新本週週報，Ctrl-C 結束。",
            "Watch a branch and refresh this week whenever a log changes; Ctrl-C ends it.",
        ),
        epilog=say("例：reportkit watch demo", "例：reportkit watch demo", "Example: reportkit watch demo"),
    )(watch)


WeekToClose = Annotated[
    str,
    typer.Option(
        "--week", parser=week_of, metavar="WEEK",
        help=say("ISO 周，如 2026-W47", "ISO 週，如 2026-W47", "ISO week such as 2026-W47"),
    ),
]  # fmt: skip
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help=say("重开的原因", "重開的原因", "Why it is reopened"))]
Workers = Annotated[
    int, typer.Option("--workers", min=1, help=say("用几个进程", "用幾個處理程序", "How many processes to use"))
]
Dask = Annotated[
    str | None,
    typer.Option(
        "--dask", metavar="ADDRESS",
        help=say("Dask 调度器地址，如 tcp://host:8786", "Dask 排程器位址，如 tcp://host:8786", "A Dask scheduler such as tcp://host:8786"),
    ),
]  # fmt: skip


def refresh(
    folder: Folder,
    week: Week = None,
    as_of: AsOf = None,
    workers: Workers = 1,
    dask: Dask = None,
    json: Json = False,
    password: Password = None,
) -> None:
    """Read the logs that changed and write the reports of a week."""
    from reportkit.cli.output import print_json
    from reportkit.settings.calendars import week_name

    branch, name = branch_of(folder), week or week_name(today_or(as_of))
    done = refreshed(branch, name, as_of, password, quiet=json, workers=workers, dask=dask)
    if json:
        print_json(done.as_json(name, spoken()))
    else:
        print_refreshed(done, branch, name, spoken())
    raise typer.Exit(1 if done.errors else 0)


def close(folder: Folder, week: WeekToClose, as_of: AsOf = None, json: Json = False, password: Password = None) -> None:
    """Publish a week."""
    from reportkit.branch.closing import close as run
    from reportkit.branch.published import BRANCH, restated_json
    from reportkit.cli.output import print_json

    branch, today = branch_of(folder), today_or(as_of)
    with progress_bar(say("读取日志", "讀取日誌", "Reading logs"), quiet=json) as step:
        edition = run(branch, week, today, progress=step, password=password)
    if json:
        print_json(
            {
                "week": week,
                "closed_on": edition.closed_on.isoformat(),
                "as_of": edition.as_of.isoformat(),
                "score": edition.scores.get(BRANCH),
                "logs": [entry.file for entry in edition.logs],
                "restated": [restated_json(one) for one in edition.restated],
            }
        )
        return
    logs, changed = len(edition.logs), len(edition.restated)
    typer.echo(
        say(f"{week} 已发布：{logs} 本日志", f"{week} 已發布：{logs} 本日誌", f"{week} is published: {logs} logs")
    )
    if changed:
        typer.echo(
            say(
                f"与上次发布相比，{changed} 个数字有变",
                f"與上次發布相比，{changed} 個數字有變",
                f"{changed} figures differ from the last time",
            )
        )


def reopen(folder: Folder, week: WeekToClose, why: Why, as_of: AsOf = None) -> None:
    """Open a published week again."""
    from reportkit.branch.closing import reopen as run

    run(branch_of(folder), week, today_or(as_of), why)
    typer.echo(
        say(
            f"{week} 已重开。改好后运行 reportkit close 再次发布",
            f"{week} 已重開。改好後執行 reportkit close 再次發布",
            f"{week} is open again. Run reportkit close to publish it anew",
        )
    )


Folders = Annotated[list[Path], typer.Argument(metavar="DIR", help=say("机构文件夹", "機構資料夾", "Branch folders"))]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help=say("写到哪个 .xlsx", "寫到哪個 .xlsx", "The .xlsx to write")),
]


def rollup(folders: Folders, out: Out = None, week: Week = None, as_of: AsOf = None, json: Json = False) -> None:
    """Put several branches together."""
    from reportkit.branch.atomic import replacing
    from reportkit.branch.lock import plainly_said
    from reportkit.cli.output import print_json
    from reportkit.settings.calendars import week_name
    from reportkit.summary.rollup import roll_up
    from reportkit.workbooks.rollup import write_rollup

    name, language = week or week_name(today_or(as_of)), spoken()
    done = [refreshed(branch_of(folder), name, as_of, None, quiet=json) for folder in folders]
    together = roll_up(name, [one.team for one in done if one.team is not None])
    if out is not None:
        with plainly_said(out.parent), replacing(out) as beside:
            write_rollup(beside, together, language)
    if json:
        print_json(together.as_json(language))
    else:
        _print_rollup(together, out)
    raise typer.Exit(1 if any(one.errors for one in done) else 0)


def _print_rollup(together: Rollup, out: Path | None) -> None:
    from reportkit.cli.output import console, table
    from reportkit.definitions.figures import points

    headings = say("机构,人数,得分,等级", "機構,人數,得分,等級", "Branch,Advisors,Score,Grade").split(",")
    rows = [(one.name, str(len(one.members)), points(one.score), one.grade or "") for one in together.branches]
    console().print(table(headings, rows, numbers=(1, 2)))
    if out is not None:
        console().print(say("打开：", "打開：", "Open:"), str(out), soft_wrap=True)


def watch(folder: Folder, password: Password = None) -> None:
    """Refresh whenever something changed."""
    from threading import Event

    from reportkit.branch.watch import watch as run
    from reportkit.settings.calendars import week_name

    branch = branch_of(folder)

    def work() -> None:
        week = week_name(today_or(None))
        print_refreshed(refreshed(branch, week, None, password), branch, week, spoken())

    try:
        run(branch, work, Event(), failed=lambda error: typer.echo(error.message(spoken()), err=True))
    except KeyboardInterrupt:
        typer.echo(say("已结束", "已結束", "Ended"))


def refreshed(
    branch: Branch,
    week: str,
    as_of: dt.date | None,
    password: str | None,
    *,
    quiet: bool = False,
    workers: int = 1,
    dask: str | None = None,
) -> Refreshed:
    """Refresh a week with a bar that shows how far it is."""
    from reportkit.branch.refresh import refresh as run
    from reportkit.branch.workers import workers_of

    today = today_or(as_of)
    with (
        workers_of(workers, dask) as executor,
        progress_bar(say("读取日志", "讀取日誌", "Reading logs"), quiet=quiet) as step,
    ):
        return run(branch, week, today, progress=step, password=password, executor=executor)


def print_refreshed(done: Refreshed, branch: Branch, week: str, language: Language) -> None:
    """Say what a refresh did: counts, failures, late rows, the ranking, and what to open."""
    from reportkit.branch.folder import TEAM_FILE
    from reportkit.cli.output import console, findings_table, table
    from reportkit.definitions.figures import points
    from reportkit.summary.summaries import by_score

    out = console()
    counts = say(
        f"{week}：读取 {done.read} 本，未变 {done.cached} 本，失败 {len(done.failed)} 本，用时 {done.seconds:.1f} 秒",
        f"{week}：讀取 {done.read} 本，未變 {done.cached} 本，失敗 {len(done.failed)} 本，用時 {done.seconds:.1f} 秒",
        f"{week}: {done.read} logs read, {done.cached} unchanged, {len(done.failed)} failed, {done.seconds:.1f} s",
    )
    out.print(counts, style="bold")
    if done.failed:
        out.print(findings_table(done.failed, language, files=True))
    if done.late:
        late = len(done.late)
        out.print(
            say(
                f"已发布的各周之后有 {late} 行补录或改动（--json 列出）",
                f"已發布的各週之後有 {late} 列補錄或改動（--json 列出）",
                f"{late} rows of published weeks were added or changed since (listed by --json)",
            )
        )
    if done.team is None:
        return
    headings = say(
        "工号,姓名,得分,等级,行数,错误", "工號,姓名,得分,等級,列數,錯誤", "ID,Name,Score,Grade,Rows,Errors"
    ).split(",")
    rows = [
        (
            member.advisor_id,
            member.name,
            points(member.score),
            member.grade or "",
            str(member.rows.read),
            str(sum(found.severity == "error" for found in member.findings)),
        )
        for member in by_score(done.team.members)
    ]
    out.print(table(headings, rows, numbers=(2, 4, 5)))
    out.print(say("打开：", "打開：", "Open:"))
    out.print(f"  {branch.reports(week) / TEAM_FILE}", soft_wrap=True)
    out.print(f"  {branch.reports(week) / rows[0][0]}.xlsx", soft_wrap=True)
    for log in branch.logs()[:1]:
        out.print(f"  {log}", soft_wrap=True)
