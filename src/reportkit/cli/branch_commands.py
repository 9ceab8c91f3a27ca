"""Commands about a branch: demo, init, refresh, close, reopen, doctor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportkit.cli.language import say, spoken
from reportkit.cli.options import AsOf, Folder, Json, Lang, Password, Week, today_or, week_of
from reportkit.text import Language, language_of

if TYPE_CHECKING:
    from reportkit.branch import Branch
    from reportkit.refresh import Refreshed
    from reportkit.run import Step


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(
        "demo",
        help=say(
            "建一个演示机构：日志、指标、周报，并说明打开哪些文件。",
            "建一個示範機構：日誌、指標、週報，並說明打開哪些檔案。",
            "Make a demo branch with filled logs and reports, and say what to open.",
        ),
        epilog=say(
            "例：reportkit demo demo --lang en",
            "例：reportkit demo demo --lang zh-TW",
            "Example: reportkit demo demo --lang en",
        ),
    )(demo)
    app.command(
        "init",
        help=say(
            "建立机构：设置文件，以及人员表里每人一本日志；再次运行只补缺少的。",
            "建立機構：設定檔，以及人員表裡每人一本日誌；再次執行只補缺少的。",
            "Make a branch: its settings and a log for each advisor of the roster; run again, it adds only what is missing.",
        ),
        epilog=say(
            "例：reportkit init 营业部 --roster 人员.csv",
            "例：reportkit init 營業部 --roster 人員.csv",
            "Example: reportkit init branch --roster roster.csv --lang en",
        ),
    )(init)
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
            "Example: reportkit reopen demo --week 2026-W47 --why 'visits were missing'",
        ),
    )(reopen)
    app.command(
        "doctor",
        help=say(
            "检查这台机器缺什么，怎么补。",
            "檢查這台機器缺什麼，怎麼補。",
            "Say what is missing on this machine and how to get it.",
        ),
    )(doctor)


Target = Annotated[
    Path, typer.Argument(metavar="[DIR]", help=say("放在哪个文件夹", "放在哪個資料夾", "The folder to make"))
]
Roster = Annotated[
    Path | None,
    typer.Option(
        "--roster", metavar="FILE",
        help=say("人员名单：csv 或 xlsx，列名同人员表", "人員名單：csv 或 xlsx，欄名同人員表", "The roster: csv or xlsx with the roster's columns"),
    ),
]  # fmt: skip


def demo(
    folder: Target = Path("demo"),
    advisors: Annotated[
        int, typer.Option(min=1, max=200, help=say("几位客户经理", "幾位客戶經理", "How many advisors"))
    ] = 12,
    weeks: Annotated[
        int, typer.Option(min=1, max=104, help=say("几周的记录", "幾週的記錄", "How many weeks of logs"))
    ] = 8,
    seed: Annotated[int, typer.Option(help=say("随机种子", "隨機種子", "Random seed"))] = 7,
    lang: Lang = None,
    as_of: AsOf = None,
) -> None:
    """Make a demo branch."""
    from reportkit.branch import Branch
    from reportkit.calendars import week_name
    from reportkit.demo import write_demo

    language, today = _language(lang), today_or(as_of)
    _only_demo(folder)
    with progress_bar(say("填写日志", "填寫日誌", "Filling logs")) as step:
        write_demo(folder, advisors=advisors, weeks=weeks, seed=seed, language=language, today=today, progress=step)
    branch, week = Branch(folder), week_name(today)
    done = _refreshed(branch, week, as_of, None)
    _print_refreshed(done, branch, week, language)


def _only_demo(folder: Path) -> None:
    """Refuse a folder that holds anything but an earlier demo."""
    from reportkit.demo import MARK

    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise typer.BadParameter(
            say(
                f"{folder} 不是空文件夹，请换一个",
                f"{folder} 不是空資料夾，請換一個",
                f"{folder} is not empty; name another folder",
            )
        )


def init(folder: Folder, roster: Roster = None, lang: Lang = None) -> None:
    """Make a branch, or add what is missing."""
    from reportkit.setup import init_branch

    language = _language(lang)
    made = init_branch(folder, roster, language)
    for path in made:
        typer.echo(say(f"建立 {path}", f"建立 {path}", f"made {path}"))
    if not made:
        typer.echo(say("都已齐备，没有改动", "都已齊備，沒有改動", "Nothing was missing; nothing changed"))


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
    from reportkit.calendars import week_name
    from reportkit.cli.output import print_json

    branch, name = branch_of(folder), week or week_name(today_or(as_of))
    done = _refreshed(branch, name, as_of, password, quiet=json, workers=workers, dask=dask)
    if json:
        print_json(done.as_json(name, spoken()))
    else:
        _print_refreshed(done, branch, name, spoken())
    raise typer.Exit(1 if done.errors else 0)


def close(folder: Folder, week: WeekToClose, as_of: AsOf = None, json: Json = False, password: Password = None) -> None:
    """Publish a week."""
    from reportkit.cli.output import print_json
    from reportkit.closing import close as run
    from reportkit.published import BRANCH, restated_json

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
    from reportkit.closing import reopen as run

    run(branch_of(folder), week, today_or(as_of), why)
    typer.echo(
        say(
            f"{week} 已重开。改好后运行 reportkit close 再次发布",
            f"{week} 已重開。改好後執行 reportkit close 再次發布",
            f"{week} is open again. Run reportkit close to publish it anew",
        )
    )


def branch_of(folder: Path) -> Branch:
    """Return the branch of a folder, or say that it is none."""
    from reportkit.branch import Branch, is_branch

    if not is_branch(folder):
        raise typer.BadParameter(
            say(
                f"{folder} 里没有 settings.xlsx。先运行 reportkit init {folder}",
                f"{folder} 裡沒有 settings.xlsx。先執行 reportkit init {folder}",
                f"{folder} has no settings.xlsx. Run reportkit init {folder} first",
            )
        )
    return Branch(folder)


def _refreshed(
    branch: Branch,
    week: str,
    as_of: dt.date | None,
    password: str | None,
    *,
    quiet: bool = False,
    workers: int = 1,
    dask: str | None = None,
) -> Refreshed:
    from reportkit.refresh import refresh as run
    from reportkit.workers import workers_of

    today = today_or(as_of)
    with (
        workers_of(workers, dask) as executor,
        progress_bar(say("读取日志", "讀取日誌", "Reading logs"), quiet=quiet) as step,
    ):
        return run(branch, week, today, progress=step, password=password, executor=executor)


def _print_refreshed(done: Refreshed, branch: Branch, week: str, language: Language) -> None:
    from reportkit.branch import TEAM_FILE
    from reportkit.cli.output import console, findings_table, table
    from reportkit.figures import points
    from reportkit.summary import by_score

    out = console()
    counts = say(
        f"{week}：读取 {done.read} 本，未变 {done.cached} 本，失败 {len(done.failed)} 本，用时 {done.seconds:.1f} 秒",
        f"{week}：讀取 {done.read} 本，未變 {done.cached} 本，失敗 {len(done.failed)} 本，用時 {done.seconds:.1f} 秒",
        f"{week}: {done.read} logs read, {done.cached} unchanged, {len(done.failed)} failed, {done.seconds:.1f} s",
    )
    out.print(f"[bold]{counts}[/bold]")
    if done.failed:
        out.print(findings_table(done.failed, language))
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


def doctor(json: Json = False) -> None:
    """Say what is missing on this machine."""
    from reportkit import doctor as machine
    from reportkit.cli.output import print_checks, print_json
    from reportkit_addin.build import doctor as addin

    language, found = spoken(), [*machine.checks(), *addin.checks()]
    if json:
        print_json([{"code": one.code, "ok": one.ok, "sentence": one.sentence.to(language)} for one in found])
        raise typer.Exit(0 if all(one.ok for one in found) else 1)
    raise typer.Exit(print_checks(found, language))


def _language(given: str | None) -> Language:
    return language_of(given) if given else spoken()


@contextmanager
def progress_bar(title: str, *, quiet: bool = False) -> Iterator[Step]:
    """Show a bar with the name of the log at hand on standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    if quiet:
        yield lambda at, of, name: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[name]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, name="", total=None)
        yield lambda at, of, name: bar.update(task, completed=at, total=of, name=name)
