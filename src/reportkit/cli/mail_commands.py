"""Commands about mail: send, outbox."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportkit.cli.branch_commands import branch_of, progress_bar
from reportkit.cli.language import say, spoken
from reportkit.cli.options import AsOf, Folder, Json, Week, today_or

if TYPE_CHECKING:
    from reportkit.mail.outbox import Letter
    from reportkit.mail.send import Result


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(
        "send",
        help=say(
            "把一周的报告发给客户经理、经理和收件人；发过的不会再发。",
            "把一週的報告發給客戶經理、經理和收件人；發過的不會再發。",
            "Mail a week's reports to advisors, managers and whoever else gets them; nothing is sent twice.",
        ),
        epilog=say(
            "例：reportkit send demo --week 2026-W47 --dry-run · 退出码：0 都已发送，1 有没发成的，2 无法运行",
            "例：reportkit send demo --week 2026-W47 --dry-run · 結束碼：0 都已傳送，1 有沒發成的，2 無法執行",
            "Example: reportkit send demo --week 2026-W47 --dry-run · exit: 0 all sent, 1 some were not, 2 could not run",
        ),
    )(send)
    app.command(
        "outbox",
        help=say(
            "每封邮件的下落；重发或放弃一封。",
            "每封郵件的下落；重發或放棄一封。",
            "What became of each message; send one again, or give it up.",
        ),
        epilog=say(
            "例：reportkit outbox demo --retry 3f2a · 退出码：0 没有待处理的，1 有失败或不确定的，2 无法运行",
            "例：reportkit outbox demo --retry 3f2a · 結束碼：0 沒有待處理的，1 有失敗或不確定的，2 無法執行",
            "Example: reportkit outbox demo --retry 3f2a · exit: 0 nothing open, 1 some failed or in doubt, 2 could not run",
        ),
    )(outbox)


DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        help=say("只写草稿 .eml，不发送；没发布的周也可以", "只寫草稿 .eml，不傳送；沒發布的週也可以", "Only write drafts (.eml), of a week not published yet, too"),
    ),
]  # fmt: skip
To = Annotated[
    str | None,
    typer.Option(
        "--to", metavar="WHO",
        help=say("只发给谁：工号、团队、邮箱或姓名", "只發給誰：工號、團隊、信箱或姓名", "Only what concerns an advisor's ID, a team, an address or a person"),
    ),
]  # fmt: skip
Encrypt = Annotated[
    bool,
    typer.Option(
        "--encrypt",
        help=say("附件加密码（REPORTKIT_MAIL_PASSWORD 或 keyring）", "附件加密碼（REPORTKIT_MAIL_PASSWORD 或 keyring）", "Lock attachments (REPORTKIT_MAIL_PASSWORD or keyring)"),
    ),
]  # fmt: skip
Insecure = Annotated[
    bool,
    typer.Option(
        "--insecure",
        help=say("服务器不支持加密也发送", "伺服器不支援加密也傳送", "Send though the server offers no encryption"),
    ),
]  # fmt: skip
Retry = Annotated[
    str | None, typer.Option("--retry", metavar="ID", help=say("再发这一封", "再發這一封", "Send this message again"))
]
GiveUp = Annotated[
    str | None,
    typer.Option("--give-up", metavar="ID", help=say("不再管这一封", "不再管這一封", "Leave this message be")),
]


def send(
    folder: Folder,
    week: Week = None,
    dry_run: DryRun = False,
    to: To = None,
    encrypt: Encrypt = False,
    insecure: Insecure = False,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Mail a week's reports."""
    from reportkit.branch.annotated import saved_since
    from reportkit.branch.published import edition_in_force
    from reportkit.cli.output import print_json, tell
    from reportkit.mail.material import must_be_closed
    from reportkit.mail.results import write_results
    from reportkit.mail.send import send as run
    from reportkit.mail.send import write_drafts
    from reportkit.mail.server import server_from
    from reportkit.settings.calendars import week_name

    branch, today = branch_of(folder), today_or(as_of, folder)
    name = week or week_name(today)
    for found in saved_since(branch, name, edition_in_force(branch, name)):
        tell(f"{found.place.file}: {found.message(spoken())}")
    written: Sequence[Path] = ()
    sheet: Path | None = None
    if dry_run:
        results, written = write_drafts(branch, name, today, to=to, encrypt=encrypt)
    else:
        must_be_closed(branch, name, today)
        server = server_from(insecure=insecure)
        with progress_bar(say("发送邮件", "傳送郵件", "Sending mail"), quiet=json) as step:
            results = run(branch, name, today, server, to=to, encrypt=encrypt, progress=step)
        sheet = write_results(branch, name, today)
    if json:
        messages = [one.as_json() for one in results]
        drafts = [str(path) for path in written]
        print_json({"week": name, "messages": messages, "drafts": drafts, "sheet": str(sheet) if sheet else None})
    else:
        _print_results(results, folder, [sheet] if sheet else written)
    raise typer.Exit(1 if any(one.failed for one in results) and not dry_run else 0)


def outbox(
    folder: Folder, retry: Retry = None, give_up: GiveUp = None, insecure: Insecure = False, json: Json = False
) -> None:
    """List what became of each message, or decide on one."""
    from reportkit.branch.published import edition_in_force
    from reportkit.cli.output import print_json
    from reportkit.definitions.errors import TryLater
    from reportkit.mail.outbox import Outbox
    from reportkit.mail.results import write_results
    from reportkit.mail.send import again, called_off
    from reportkit.mail.server import server_from

    branch = branch_of(folder)
    box = Outbox(branch.root)
    if retry is not None:
        box.letter(retry)  # an ID nobody knows is said before anything about the server
        again(box, retry, server_from(insecure=insecure))
    if give_up is not None:
        called_off(box, give_up)
    for id in (retry, give_up):
        if id is not None and edition_in_force(branch, week := box.letter(id).week) is not None:
            write_results(branch, week, today_or(None, branch.root))
    try:
        box.settle()
    except TryLater:
        typer.echo(
            say("正在发送，下面是此刻的情况", "正在傳送，下面是此刻的情況", "Sending right now; this is how far it is"),
            err=True,
        )
    letters = box.letters()
    if json:
        print_json([one.as_json() for one in letters])
    else:
        _print_letters(letters, folder)
    raise typer.Exit(1 if any(one.state in ("failed", "unknown") for one in letters) else 0)


def _print_results(results: Sequence[Result], folder: Path, written: Sequence[Path]) -> None:
    from reportkit.cli.output import console, table
    from reportkit.definitions.choices import REPORT
    from reportkit.mail.words import STATE

    headings = say(
        "报告,对象,收件人,结果,说明,编号", "報告,對象,收件人,結果,說明,編號", "Report,Of,To,Result,Said,ID"
    ).split(",")
    rows = [
        (
            REPORT.labels[one.report].to(spoken()),
            one.title,
            one.to or "",
            STATE[one.state].to(spoken()),
            one.said,
            one.id,
        )
        for one in results
    ]
    out = console()
    out.print(table(headings, rows), markup=False)
    for path in written:
        out.print(f"  {path}", soft_wrap=True, markup=False)
    _print_what_to_do([one.state for one in results], folder)


def _print_what_to_do(states: Sequence[str], folder: Path) -> None:
    """Say what a person has to see to: addresses that are missing or were refused, messages in doubt."""
    from reportkit.cli.output import console
    from reportkit.mail.words import IN_DOUBT, STATE, TO_DO

    colon = say("：", "：", ": ")
    said = [
        STATE[one].to(spoken()) + colon + TO_DO[one].to(spoken()) for one in ("no_address", "failed") if one in states
    ]
    if "unknown" in states:
        said.append(IN_DOUBT.fill(spoken(), count=states.count("unknown"), folder=folder))
    for line in said:
        console().print(line, soft_wrap=True, markup=False)


def _print_letters(letters: Sequence[Letter], folder: Path) -> None:
    from reportkit.cli.output import console, table
    from reportkit.definitions.choices import REPORT
    from reportkit.mail.words import STATE

    out = console()
    if not letters:
        out.print(say("发件箱是空的", "寄件匣是空的", "The outbox is empty"))
        return
    headings = say(
        "编号,周,报告,对象,收件人,状态,次数,说明",
        "編號,週,報告,對象,收件人,狀態,次數,說明",
        "ID,Week,Report,Of,To,State,Tries,Said",
    ).split(",")
    rows = [
        (
            one.id,
            one.week,
            REPORT.labels[one.report].to(spoken()),
            one.who,
            one.recipient,
            STATE[one.state].to(spoken()),
            str(one.attempts),
            one.said,
        )
        for one in letters
    ]
    out.print(table(headings, rows, numbers=(6,)), markup=False)
    _print_what_to_do([one.state for one in letters], folder)
