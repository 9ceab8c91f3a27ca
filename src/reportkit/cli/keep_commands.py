"""Commands about what a branch keeps: erase."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from reportkit.cli.language import say, spoken
from reportkit.cli.options import AsOf, Folder, Json, today_or

if TYPE_CHECKING:
    from reportkit.erasing.run import Area, Erasure


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(
        "erase",
        help=say(
            "把一位客户从程序保存的所有内容里删去：历史、周报、备份、邮件；过去的数字不变。日志里的行会列出，加 --logs 一并改写。",
            "把一位客戶從程式保存的所有內容裡刪去：歷史、週報、備份、郵件；過去的數字不變。日誌裡的列會列出，加 --logs 一併改寫。",
            "Erase a customer from all the program keeps: history, reports, backups, mail; past figures stay. Rows of logs are named; --logs rewrites them too.",
        ),
        epilog=say(
            "例：reportkit erase 营业部 C0012 --logs --dry-run，看过后去掉 --dry-run。中断后再运行一次即可接着完成 · 退出码：0 已无残留，1 有残留需处理，2 无法运行",
            "例：reportkit erase 營業部 C0012 --logs --dry-run，看過後去掉 --dry-run。中斷後再執行一次即可接著完成 · 結束碼：0 已無殘留，1 有殘留需處理，2 無法執行",
            "Example: reportkit erase branch C0012 --logs --dry-run, then without --dry-run. Cut short, run it again and it finishes · exit: 0 nothing remains, 1 something does, 2 could not run",
        ),
    )(erase)


CustomerId = Annotated[str, typer.Argument(metavar="CUSTOMER", help=say("客户编号", "客戶編號", "The customer's ID"))]
Logs = Annotated[
    bool,
    typer.Option("--logs", help=say("也改写客户经理的日志，不留备份", "也改寫客戶經理的日誌，不留備份", "Rewrite the advisors' logs too, without a backup")),
]  # fmt: skip
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=say("只预览，不写入", "只預覽，不寫入", "Preview only; write nothing"))
]


def erase(
    folder: Folder, customer: CustomerId, logs: Logs = False, dry_run: DryRun = False, as_of: AsOf = None,
    json: Json = False,
) -> None:  # fmt: skip
    """Erase a customer from what a branch keeps."""
    from reportkit.branch.folder import is_branch
    from reportkit.cli.output import print_json
    from reportkit.erasing.run import erase as erased

    if not is_branch(folder):
        raise typer.BadParameter(
            say(f"{folder} 不是机构文件夹", f"{folder} 不是機構資料夾", f"{folder} is no branch folder")
        )
    done = erased(folder, customer.strip(), today=today_or(as_of), logs=logs, dry_run=dry_run)
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
            f"Customer {done.customer_id} → {done.alias}: {len(done.changed)} files {'rewritten' if done.written else 'to rewrite'}",
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
        out.print(say("预览，没有写入", "預覽，沒有寫入", "A preview; nothing was written"), style="dim")
