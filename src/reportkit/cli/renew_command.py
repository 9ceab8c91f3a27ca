"""The command renew: a fresh log each year, what is over in an archive beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from reportkit.cli.branch_commands import branch_of, end, progress_bar
from reportkit.cli.language import say, spoken
from reportkit.cli.options import PREVIEW, AsOf, Before, DryRun, Json, Logs, existing, today_or

if TYPE_CHECKING:
    from reportkit.logs.renew import Renewed


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "renew",
        help=say(
            "换新日志：已经了结的旧行移入归档 archive/年份/，未完的事和全部客户留在日志里。归档照常计入，数字一个不变；旧日志留作备份，放回它就撤销。",
            "換新日誌：已經了結的舊列移入歸檔 archive/年份/，未完的事和全部客戶留在日誌裡。歸檔照常計入，數字一個不變；舊日誌留作備份，放回它就復原。",
            "Start logs afresh: rows that are over move into archive/YEAR/, what is open and all customers stay. Archives count as before, so no figure changes. The old log is kept as a backup; put it back to undo.",
        ),
        epilog=say(
            "例：reportkit renew 营业部 --before 2027-01-01 --dry-run，看过后去掉 --dry-run · 归档里的行确实要改：reportkit renew 营业部 --accept · 单独拿走的日志要带上 archive 文件夹 · 退出码：0 都已换好，1 有日志没有换，2 无法运行，或没有日志",
            "例：reportkit renew 營業部 --before 2027-01-01 --dry-run，看過後去掉 --dry-run · 歸檔裡的列確實要改：reportkit renew 營業部 --accept · 單獨拿走的日誌要帶上 archive 資料夾 · 結束碼：0 都已換好，1 有日誌沒有換，2 無法執行，或沒有日誌",
            "Example: reportkit renew branch --before 2027-01-01 --dry-run, then without --dry-run · Rows of an archive changed on purpose: reportkit renew branch --accept · A log taken elsewhere needs its archive folder beside it · exit: 0 all are renewed, 1 some were not, 2 could not run or found no logs",
        ),
    )(renew)


Force = Annotated[
    bool,
    typer.Option("--force", help=say("即使会丢掉图表等也换", "即使會丟掉圖表等也換", "Renew even where charts and the like are lost")),
]  # fmt: skip
Accept = Annotated[
    bool,
    typer.Option(
        "--accept",
        help=say(
            "归档里的行是有意改的：按现在的内容计入",
            "歸檔裡的列是有意改的：按現在的內容計入",
            "Rows of archives were changed on purpose: count them as they are now",
        ),
    ),
]


def renew(
    paths: Logs, before: Before = None, dry_run: DryRun = False, force: Force = False, accept: Accept = False,
    as_of: AsOf = None, json: Json = False,
) -> None:  # fmt: skip
    """Start logs afresh, what is over in an archive."""
    from reportkit.cli.output import print_json
    from reportkit.logs.renew import accept as accepted
    from reportkit.logs.renew import renew as renewed
    from reportkit.read.archives import LOGS

    for path in paths:
        if existing(path).is_dir() and path.name != LOGS:
            branch_of(path)
    if accept == (before is not None):
        raise typer.BadParameter(
            say("请写 --before 日期，或 --accept", "請寫 --before 日期，或 --accept", "Say --before DATE, or --accept")
        )
    if before is None:
        done = accepted(paths, dry_run=dry_run)
    else:
        with progress_bar(say("换新日志", "換新日誌", "Renewing logs"), quiet=json) as step:
            done = renewed(paths, before, today=today_or(as_of, paths[0]), dry_run=dry_run, force=force, progress=step)
    if json:
        print_json({"written": not dry_run, "logs": [one.as_json(spoken()) for one in done]})
    elif done:
        _print(done, dry_run=dry_run, accept=accept)
    end(done, paths)


def _print(done: Sequence[Renewed], *, dry_run: bool, accept: bool) -> None:
    """Print what became of each log, then how many rows of each form went where."""
    from reportkit.cli.output import console, table
    from reportkit.definitions.forms import FORMS

    out, language = console(), spoken()
    states = {
        "renewed": say("将换新", "將換新", "to renew") if dry_run else say("已换新", "已換新", "renewed"),
        "nothing": say("归档没有变", "歸檔沒有變", "archives are as they were")
        if accept
        else say("没有可归档的", "沒有可歸檔的", "nothing to archive"),
        "accepted": say("归档按现在的计入", "歸檔按現在的計入", "archives taken as they are"),
        "refused": say("没有换", "沒有換", "not renewed"),
    }
    rows = []
    for one in done:
        said = [one.why.to(language)] if one.why else []
        if one.archive and one.state == "renewed":
            said.append(say(f"归档 {one.archive}", f"歸檔 {one.archive}", f"archive {one.archive}"))
        said += [label.to(language) for label in one.lost if one.state == "renewed"]
        said += [say(f"备份 {one.backup}", f"備份 {one.backup}", f"backup {one.backup}")] if one.backup else []
        counts = (str(one.archived), str(one.staying)) if one.rows else ("", "")
        rows.append((one.file.name, states[one.state], *counts, "; ".join(said)))
    headings = say("日志,,归档行,留下行,", "日誌,,歸檔列,留下列,", "Log,,Archived,Staying,").split(",")
    out.print(table(headings, rows, numbers=(2, 3)))
    renewing = [one.rows for one in done if one.state == "renewed"]
    totals = {form: [one[form] for one in renewing if form in one] for form in FORMS}
    lines = [
        (FORMS[form].label.to(language), str(sum(gone for gone, _ in of_form)), str(sum(left for _, left in of_form)))
        for form, of_form in totals.items()
        if of_form
    ]
    if lines:
        headings = say("表单,归档行,留下行", "表單,歸檔列,留下列", "Form,Archived,Staying").split(",")
        out.print(table(headings, lines, numbers=(1, 2)))
    if dry_run:
        out.print(PREVIEW, style="dim")
