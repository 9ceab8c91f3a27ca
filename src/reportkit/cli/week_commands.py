"""Commands about a branch's week: refresh, close, reopen, watch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from reportkit.cli.branch_commands import branch_of, no_logs, progress_bar
from reportkit.cli.language import say, spoken
from reportkit.cli.options import AsOf, Folder, Folders, Json, Password, Week, today_or, week_of
from reportkit.cli.refreshing import (
    beside_the_logs,
    branch_line,
    exit_code,
    of_each,
    print_again,
    print_branches,
    print_closed,
    print_kept,
    print_refreshed,
    refreshed,
)

if TYPE_CHECKING:
    from reportkit.branch.folder import Branch
    from reportkit.branch.refresh import Refreshed
    from reportkit.definitions.findings import Finding


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
            "例：reportkit refresh 一部 二部 --week 2026-W47 · 退出码：0 正常，1 有日志含错误，2 无法运行，或没有日志（多个机构时其中一个如此）",
            "例：reportkit refresh 一部 二部 --week 2026-W47 · 結束碼：0 正常，1 有日誌含錯誤，2 無法執行，或沒有日誌（多個機構時其中一個如此）",
            "Example: reportkit refresh north south --week 2026-W47 · exit: 0 fine, 1 errors in some logs, "
            "2 could not run or found no logs, be it for one of the branches",
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
    int | None,
    typer.Option(
        "--workers",
        min=1,
        help=say(
            "用几个进程（默认：按日志数，最多每个核心一个）",
            "用幾個處理程序（預設：依日誌數，最多每個核心一個）",
            "How many processes to use (default: as the logs warrant, one a core at most)",
        ),
    ),
]
Dask = Annotated[
    str | None,
    typer.Option(
        "--dask", metavar="ADDRESS",
        help=say("Dask 调度器地址，如 tcp://host:8786", "Dask 排程器位址，如 tcp://host:8786", "A Dask scheduler such as tcp://host:8786"),
    ),
]  # fmt: skip


def refresh(
    folders: Folders,
    week: Week = None,
    as_of: AsOf = None,
    workers: Workers = None,
    dask: Dask = None,
    json: Json = False,
    password: Password = None,
) -> None:
    """Read the logs that changed and write the reports of a week."""
    from reportkit.branch.workers import workers_of
    from reportkit.cli.output import print_json, tell
    from reportkit.settings.calendars import week_name

    name = week or week_name(today_or(as_of, folders[0]))
    with workers_of(workers, dask) as there:

        def work(branch: Branch) -> Refreshed:
            return refreshed(branch, name, as_of, password, quiet=json, workers=there)

        if len(folders) > 1:
            _refresh_each(folders, name, work, json=json)
        branch = branch_of(folders[0])
        done = work(branch)
    if json:
        print_json(done.as_json(name, spoken()))
        if done.nothing:
            tell(no_logs(branch))
    else:
        print_refreshed(done, branch, name, spoken())
    raise typer.Exit(exit_code(done))


def _refresh_each(folders: Sequence[Path], week: str, work: Callable[[Branch], Refreshed], *, json: bool) -> NoReturn:
    """Refresh several branches, one after another; of each only what is shown is kept."""
    from reportkit.cli.output import print_json, tell

    shown: list[dict[str, Any]] = []
    lines: list[tuple[str, ...]] = []
    beside: dict[Path, list[Finding]] = {}
    kept: list[Path] = []
    codes: list[int] = []
    for folder, done in of_each(folders, work):
        codes.append(2 if done is None else exit_code(done))
        if done is not None and done.nothing:
            tell(no_logs(branch_of(folder)))
        if json:
            shown.append({"folder": str(folder), **(done.as_json(week, spoken()) if done else {"week": None})})
        else:
            lines.append(branch_line(folder, done))
            beside[folder] = beside_the_logs(done) if done else []
            kept += done.kept if done else ()
    if json:
        print_json({"week": week, "branches": shown})
    else:
        print_branches(week, lines, beside, spoken())
        print_kept(kept)
    raise typer.Exit(max(codes))


def close(folder: Folder, week: WeekToClose, as_of: AsOf = None, json: Json = False, password: Password = None) -> None:
    """Publish a week."""
    from reportkit.branch.annotated import annotated_in
    from reportkit.branch.closing import close as run
    from reportkit.branch.edition import BRANCH, restated_json
    from reportkit.branch.workers import Processes
    from reportkit.cli.output import print_json

    branch, today = branch_of(folder), today_or(as_of, folder)
    annotated = annotated_in(branch.reports(week))
    with progress_bar(say("读取日志", "讀取日誌", "Reading logs"), quiet=json) as step:
        edition = run(branch, week, today, progress=step, password=password, workers=Processes())
    print_kept(sorted(annotated_in(branch.reports(week)) - annotated), aside=json)
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
    print_closed(week, edition)


def reopen(folder: Folder, week: WeekToClose, why: Why, as_of: AsOf = None) -> None:
    """Open a published week again."""
    from reportkit.branch.closing import reopen as run

    run(branch_of(folder), week, today_or(as_of, folder), why)
    typer.echo(
        say(
            f"{week} 已重开。改好后运行 reportkit close 再次发布",
            f"{week} 已重開。改好後執行 reportkit close 再次發布",
            f"{week} is open again. Run reportkit close to publish it anew",
        )
    )


def watch(folder: Folder, password: Password = None) -> None:
    """Refresh whenever something changed."""
    import signal
    from threading import Event

    from reportkit.branch.watch import watch as run
    from reportkit.cli.output import tell
    from reportkit.settings.calendars import week_name

    branch, stop = branch_of(folder), Event()
    before: Refreshed | None = None

    def work() -> None:
        nonlocal before
        week = week_name(today_or(None, branch.root))
        done = refreshed(branch, week, None, password)
        if before is None:
            print_refreshed(done, branch, week, spoken())
        else:
            print_again(done, before, week, spoken())
        before = done

    signal.signal(signal.SIGTERM, lambda number, frame: stop.set())  # how systemd and Docker end a service
    try:
        run(branch, work, stop, failed=lambda error: tell(error.message(spoken())))
    except KeyboardInterrupt:
        stop.set()
    typer.echo(say("已结束", "已結束", "Ended"))
