"""The command for headquarters: rollup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportkit.cli.language import say, spoken
from reportkit.cli.options import AsOf, Folders, Json, Week, begun, today_or
from reportkit.cli.refreshing import of_each, print_kept, refreshed

if TYPE_CHECKING:
    from reportkit.branch.folder import Branch
    from reportkit.summary.rollup import BranchWeek, Rollup
    from reportkit.summary.summaries import TeamSummary


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "rollup",
        help=say(
            "总部汇总：几个机构的同一周并排和合计，不含客户资料。",
            "總部彙總：幾個機構的同一週並排和合計，不含客戶資料。",
            "For headquarters: the same week of several branches, side by side and together; no customer's data.",
        ),
        epilog=say(
            "例：reportkit rollup 一部 二部 --week 2026-W47 --out 汇总.xlsx · 退出码：0 正常，1 有日志含错误，2 有机构没有算上",
            "例：reportkit rollup 一部 二部 --week 2026-W47 --out 彙總.xlsx · 結束碼：0 正常，1 有日誌含錯誤，2 有機構沒有算上",
            "Example: reportkit rollup north south --week 2026-W47 --out all.xlsx · exit: 0 fine, 1 errors in some logs, 2 a branch is missing",
        ),
    )(rollup)


Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help=say("写到哪个 .xlsx", "寫到哪個 .xlsx", "The .xlsx to write")),
]
AsLeft = Annotated[
    bool,
    typer.Option(
        "--no-refresh",
        help=say(
            "不读日志，取各机构上次更新的数字；不需要写权限",
            "不讀日誌，取各機構上次更新的數字；不需要寫入權限",
            "Read no log: take the figures as each branch last refreshed them; no right to write is needed",
        ),
    ),
]


def rollup(
    folders: Folders,
    out: Out = None,
    week: Week = None,
    as_of: AsOf = None,
    no_refresh: AsLeft = False,
    json: Json = False,
) -> None:
    """Put several branches together."""
    from reportkit.branch.annotated import annotated_in, made_anew
    from reportkit.branch.lock import plainly_said
    from reportkit.branch.refresh import as_left
    from reportkit.cli.output import print_json
    from reportkit.summary.rollup import branch_week, roll_up
    from reportkit.workbooks.rollup import write_rollup

    name, language = begun(week, today_or(as_of, folders[0])), spoken()
    errors: list[bool] = []

    def team_of(branch: Branch) -> TeamSummary | None:
        if no_refresh:
            return as_left(branch, name, today_or(as_of, branch.root))
        done = refreshed(branch, name, as_of, None, quiet=json)
        errors.append(done.errors)
        return done.team

    found = [(folder, branch_week(team) if team else None) for folder, team in of_each(folders, team_of)]
    missing = [folder.name for folder, one in found if one is None]
    given = _told_apart([(folder.name, one) for folder, one in found if one is not None])
    together = roll_up(name, given, missing)
    if out is not None:
        annotated = annotated_in(out.parent)
        with plainly_said(out), made_anew(out) as beside:
            write_rollup(beside, together, language)
        print_kept(sorted(annotated_in(out.parent) - annotated), aside=json)
    if json:
        print_json(together.as_json(language))
    else:
        _print(together, out)
        if any(errors):
            typer.echo(
                say(
                    "日志或设置里有错误：用 reportkit check 机构文件夹 看是哪一格、怎么改",
                    "日誌或設定裡有錯誤：用 reportkit check 機構資料夾 看是哪一格、怎麼改",
                    "There are errors in logs or settings: reportkit check BRANCH says which cell, and what to do",
                ),
                err=True,
            )
    raise typer.Exit(2 if missing else 1 if any(errors) else 0)


def _told_apart(branches: Sequence[tuple[str, BranchWeek]]) -> list[BranchWeek]:
    """Return branches, their folder behind a name that several bear."""
    bearers = Counter(one.name for _, one in branches)
    return [replace(one, name=f"{one.name} {folder}") if bearers[one.name] > 1 else one for folder, one in branches]


def _print(together: Rollup, out: Path | None) -> None:
    from reportkit.cli.output import console, table
    from reportkit.indicators.assess import points

    headings = say("机构,人数,得分,等级", "機構,人數,得分,等級", "Branch,Advisors,Score,Grade").split(",")
    rows = [(one.name, str(one.advisors), points(one.score), one.grade or "") for one in together.branches]
    rows += [(name, "", "—", "") for name in together.missing]
    console().print(table(headings, rows, numbers=(1, 2)))
    if said := together.said(spoken()):
        typer.echo(said, err=True)
    if out is not None:
        console().print(say("打开：", "開啟：", "Open: ") + str(out), soft_wrap=True)
