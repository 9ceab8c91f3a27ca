"""Commands about what a branch keeps: upgrade, erase."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from reportkit.cli.branch_commands import branch_of, end
from reportkit.cli.language import say, spoken
from reportkit.cli.options import PREVIEW, AsOf, DryRun, Folder, Json, Logs, an_id, existing, today_or
from reportkit.definitions.text import counted

if TYPE_CHECKING:
    from reportkit.erasing.run import Area, Erasure
    from reportkit.logs.upgrade import Upgraded


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(
        "upgrade",
        help=say(
            "把日志升级到现在的模板：补上新列，更新目标、人员、日历和话术；填过的内容都保留，旧日志留作备份。",
            "把日誌升級到現在的範本：補上新欄，更新目標、人員、日曆和話術；填過的內容都保留，舊日誌留作備份。",
            "Bring logs to the current template: new columns, today's targets, roster, days off and answers. All that was typed stays; the old log is kept as a backup.",
        ),
        epilog=say(
            "例：reportkit upgrade 营业部 --dry-run，看过后去掉 --dry-run · 退出码：0 都已是最新，1 有日志没有升级，2 无法运行，或没有日志",
            "例：reportkit upgrade 營業部 --dry-run，看過後去掉 --dry-run · 結束碼：0 都已是最新，1 有日誌沒有升級，2 無法執行，或沒有日誌",
            "Example: reportkit upgrade branch --dry-run, then without --dry-run · exit: 0 all are current, 1 some were not upgraded, 2 could not run or found no logs",
        ),
    )(upgrade)
    app.command(
        "erase",
        help=say(
            "把一位客户从程序保存的所有内容里删去：历史、周报、备份、邮件；过去的数字不变。日志里的行会列出，加 --logs 一并改写。",
            "把一位客戶從程式保留的所有內容裡刪去：歷史、週報、備份、郵件；過去的數字不變。日誌裡的列會列出，加 --logs 一併改寫。",
            "Erase a customer from all the program keeps: history, reports, backups, mail; past figures stay. Rows of logs are named; --logs rewrites them too.",
        ),
        epilog=say(
            "例：reportkit erase 营业部 C0012 --logs --dry-run，看过后去掉 --dry-run。中断后再运行一次即可接着完成 · 退出码：0 已无残留，1 有残留需处理，2 无法运行",
            "例：reportkit erase 營業部 C0012 --logs --dry-run，看過後去掉 --dry-run。中斷後再執行一次即可接著完成 · 結束碼：0 已無殘留，1 有殘留需處理，2 無法執行",
            "Example: reportkit erase branch C0012 --logs --dry-run, then without --dry-run. Cut short, run it again and it finishes · exit: 0 nothing remains, 1 something does, 2 could not run",
        ),
    )(erase)


CustomerId = Annotated[str, typer.Argument(metavar="CUSTOMER", help=say("客户编号", "客戶編號", "The customer's ID"))]
OfLogs = Annotated[
    bool,
    typer.Option("--logs", help=say("也改写客户经理的日志，不留备份", "也改寫客戶經理的日誌，不留備份", "Rewrite the advisors' logs too, without a backup")),
]  # fmt: skip

Force = Annotated[
    bool,
    typer.Option("--force", help=say("即使会丢掉图表等也升级", "即使會丟掉圖表等也升級", "Upgrade even where charts and the like are lost")),
]  # fmt: skip


def upgrade(paths: Logs, dry_run: DryRun = False, force: Force = False, json: Json = False) -> None:
    """Bring logs to the current template."""
    from reportkit.cli.output import print_json
    from reportkit.logs.upgrade import upgrade as upgraded
    from reportkit.read.archives import LOGS

    for path in paths:
        if existing(path).is_dir() and path.name != LOGS:
            branch_of(path)
    done = upgraded(paths, dry_run=dry_run, force=force)
    if json:
        print_json({"written": not dry_run, "logs": [one.as_json(spoken()) for one in done]})
    else:
        _print_upgraded(done, dry_run)
    end(done, paths)


def _print_upgraded(done: list[Upgraded], dry_run: bool) -> None:
    from reportkit.cli.output import console, table

    out, language = console(), spoken()
    states = {
        "upgraded": say("将升级", "將升級", "to upgrade") if dry_run else say("已升级", "已升級", "upgraded"),
        "current": say("已是最新", "已是最新", "up to date"),
        "refused": say("没有升级", "沒有升級", "not upgraded"),
    }
    rows = []
    for one in done:
        gains = ", ".join(label.to(language) for label in one.gains)
        said = [one.why.to(language)] if one.why else []
        said += [say(f"补上 {gains}", f"補上 {gains}", f"gains {gains}")] if gains else []
        said += [say(f"备份 {one.backup}", f"備份 {one.backup}", f"backup {one.backup}")] if one.backup else []
        rows.append((one.file.name, states[one.state], "; ".join(said)))
    out.print(table(("", "", ""), rows))
    if dry_run:
        out.print(PREVIEW, style="dim")


def erase(
    folder: Folder, customer: CustomerId, logs: OfLogs = False, dry_run: DryRun = False, as_of: AsOf = None,
    json: Json = False,
) -> None:  # fmt: skip
    """Erase a customer from what a branch keeps."""
    from reportkit.cli.output import print_json
    from reportkit.erasing.run import erase as erased

    branch_of(folder)
    done = erased(folder, an_id(customer), today=today_or(as_of, folder), logs=logs, dry_run=dry_run)
    if json:
        print_json(done.as_json(spoken()))
    else:
        _print_erased(done)
    raise typer.Exit(1 if done.remaining else 0)


def _print_erased(done: Erasure) -> None:
    from reportkit.cli.output import console, table

    out = console()
    areas: dict[Area, str] = {
        "log": say("日志", "日誌", "logs"), "backup": say("日志备份", "日誌備份", "backups of logs"),
        "history": say("历史", "歷史", "history"), "report": say("周报", "週報", "reports"),
        "outbox": say("邮件", "郵件", "mail"), "other": say("其他文件", "其他檔案", "other files"),
    }  # fmt: skip
    count = Counter(one.area for one in done.changed)
    out.print(
        say(
            f"客户 {done.customer_id} → {done.alias}：{'改写' if done.written else '将改写'} {len(done.changed)} 个文件",
            f"客戶 {done.customer_id} → {done.alias}：{'改寫' if done.written else '將改寫'} {len(done.changed)} 個檔案",
            f"Customer {done.customer_id} → {done.alias}: {counted(len(done.changed), 'file', 'files')} {'rewritten' if done.written else 'to rewrite'}",
        ),
        style="bold",
    )
    out.print(table(("", ""), [(areas[area], str(count[area])) for area in areas if count[area]], numbers=(1,)))
    if done.remaining:
        out.print(say("还留有：", "還留有：", "What remains:"), style="bold")
        rows = [(one.file, one.sheet or "", str(one.row or ""), one.why.to(spoken())) for one in done.remaining]
        headings = say("文件,工作表,行,为什么", "檔案,工作表,列,為什麼", "File,Sheet,Row,Why")
        out.print(table(headings.split(","), rows, numbers=(2,)))
    if done.sent:
        whom = ", ".join(sorted({f"{one.recipient} ({one.week})" for one in done.sent}))
        line = say(
            f"已发出的邮件收不回，请通知收件人删除：{whom}",
            f"已發出的郵件收不回，請通知收件人刪除：{whom}",
            f"Mail that went out cannot be recalled; ask its recipients to delete it: {whom}",
        )
        out.print(line, soft_wrap=True)
    if not done.written:
        out.print(PREVIEW, style="dim")
