"""Commands about a branch: demo, init, doctor."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer

from reportkit.cli.language import chosen, say, spoken
from reportkit.cli.options import AsOf, Folder, Json, Lang, a_file, today_or

if TYPE_CHECKING:
    from reportkit.branch.folder import Branch
    from reportkit.branch.worklist import Step
    from reportkit.definitions.text import Language
    from reportkit.logs.renew import Renewed
    from reportkit.logs.upgrade import Upgraded

FRIDAY: Final = 4  # until then a week has little to show


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(
        "demo",
        help=say(
            "建一个演示机构：日志、指标、周报，并说明打开哪些文件。",
            "建一個示範機構：日誌、指標、週報，並說明開啟哪些檔案。",
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
        "doctor",
        help=say(
            "检查这台机器缺什么，怎么补。",
            "檢查這台機器缺什麼，怎麼補。",
            "Say what is missing on this machine and how to get it.",
        ),
        epilog=say(
            "例：reportkit doctor · 退出码：0 什么都不缺，1 缺点什么",
            "例：reportkit doctor · 結束碼：0 什麼都不缺，1 缺點什麼",
            "Example: reportkit doctor · exit: 0 nothing is missing, 1 something is",
        ),
    )(doctor)


Target = Annotated[
    Path, typer.Argument(metavar="DIR", help=say("放在哪个文件夹", "放在哪個資料夾", "The folder to make"))
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
    from reportkit.branch.folder import TEAM_FILE, Branch
    from reportkit.cli.refreshing import print_refreshed, refreshed
    from reportkit.demo import write_demo
    from reportkit.settings.calendars import week_name

    language, today = chosen(lang), today_or(as_of)
    _only_demo(folder)
    with progress_bar(say("填写日志", "填寫日誌", "Filling logs")) as step:
        write_demo(folder, advisors=advisors, weeks=weeks, seed=seed, language=language, today=today, progress=step)
    branch, week = Branch(folder), week_name(today)
    before = week_name(today - dt.timedelta(weeks=1)) if today.weekday() < FRIDAY and weeks > 1 else None
    if before is not None:
        refreshed(branch, before, as_of, None)
    print_refreshed(refreshed(branch, week, as_of, None), branch, week, language)
    if before is not None:
        last = branch.reports(before) / TEAM_FILE
        typer.echo(f"  {last}  " + say("上一整周的团队周报", "上一整週的團隊週報", "the team's last whole week"))


def _only_demo(folder: Path) -> None:
    """Refuse a folder that holds anything but an earlier demo nobody wrote into."""
    from reportkit.demo import MARK, saved_since

    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise typer.BadParameter(
            say(
                f"{folder} 不是空文件夹，请换一个",
                f"{folder} 不是空資料夾，請換一個",
                f"{folder} is not empty; name another folder",
            )
        )
    if (written_into := saved_since(folder)) is not None:
        raise typer.BadParameter(
            say(
                f"{written_into} 在演示生成之后有人保存过，重做会丢掉填的内容。请换一个文件夹，或先删去 {folder}",
                f"{written_into} 在示範產生之後有人儲存過，重做會丟掉填的內容。請換一個資料夾，或先刪去 {folder}",
                f"{written_into} was saved since the demo was made, and would be lost; name another folder, or delete {folder} first",
            )
        )


def init(folder: Folder, roster: Roster = None, lang: Lang = None) -> None:
    """Make a branch, or add what is missing."""
    from reportkit.branch.folder import Branch
    from reportkit.setup import init_branch

    language = chosen(lang)
    if roster is not None:
        a_file(roster)
    had_settings = Branch(folder).settings_path.exists()
    made = init_branch(folder, roster, language)
    for path in made:
        typer.echo(say(f"建立 {path}", f"建立 {path}", f"made {path}"))
    if not made:
        typer.echo(say("都已齐备，没有改动", "都已齊備，沒有改動", "Nothing was missing; nothing changed"))
    if roster is not None and had_settings:
        _see_who_is_in_the_roster_only(Branch(folder), roster)
    _say_what_is_next(Branch(folder), language)


def _see_who_is_in_the_roster_only(branch: Branch, roster: Path) -> None:
    """End with 1 where a roster names people whom the settings, made before, do not: nothing is written into those."""
    from reportkit.setup import read_roster

    known = branch.settings().advisors
    unknown = dict.fromkeys(str(row["advisor_id"]) for row in read_roster(roster) if row["advisor_id"] not in known)
    if unknown:
        ids, settings = " ".join(unknown), branch.settings_path
        typer.echo(
            say(
                f"{settings} 里没有 {ids}：设置建好以后，人员名单不再写进去。请在“人员”里加上，再运行一次",
                f"{settings} 裡沒有 {ids}：設定建好以後，人員名單不再寫進去。請在「人員」裡加上，再執行一次",
                f"{settings} does not name {ids}: once there are settings, no roster is written into them. Add them to its Roster, then run this again",
            ),
            err=True,
        )
        raise typer.Exit(1)


def _say_what_is_next(branch: Branch, language: Language) -> None:
    """Say what of the settings is to be mended, and what a person does now."""
    from reportkit.cli.output import console, findings_table
    from reportkit.setup import BRANCH_NAME

    settings = branch.settings()
    if settings.findings:
        console().print(findings_table(settings.findings, language, files=True))
    if not settings.roster:
        typer.echo(
            say(
                f"下一步：在 {branch.settings_path} 的“机构”和“人员”里填写，再运行一次 reportkit init {branch.root}",
                f"下一步：在 {branch.settings_path} 的「機構」和「人員」裡填寫，再執行一次 reportkit init {branch.root}",
                f"Next: fill in Branch and Roster of {branch.settings_path}, then run reportkit init {branch.root} again",
            )
        )
    else:
        unnamed, path = settings.branch.name in BRANCH_NAME.all(), branch.settings_path
        name = (
            say(f"在 {path} 里写上机构名称；", f"在 {path} 裡寫上機構名稱；", f"name the branch in {path}; ")
            if unnamed
            else ""
        )
        typer.echo(
            say(
                f"下一步：{name}每人在 logs 里填自己的日志，然后运行 reportkit refresh {branch.root}",
                f"下一步：{name}每人在 logs 裡填自己的日誌，然後執行 reportkit refresh {branch.root}",
                f"Next: {name}everybody fills in their log in logs; then run reportkit refresh {branch.root}",
            )
        )


def branch_of(folder: Path) -> Branch:
    """Return the branch of a folder, or say that it is none."""
    from reportkit.branch.folder import Branch, is_branch

    if not is_branch(folder):
        above = next((one for one in folder.absolute().parents if is_branch(one)), None)
        if above is not None:
            said = say(
                f"{folder} 不是机构文件夹。机构文件夹是 {above}，请改用它",
                f"{folder} 不是機構資料夾。機構資料夾是 {above}，請改用它",
                f"{folder} is not the branch folder. That is {above}; name it instead",
            )
        elif folder.exists() and not folder.is_dir():
            said = say(
                f"{folder} 是文件。请写机构文件夹，就是 settings.xlsx 所在的文件夹",
                f"{folder} 是檔案。請寫機構資料夾，就是 settings.xlsx 所在的資料夾",
                f"{folder} is a file. Name the branch folder, the one that holds settings.xlsx",
            )
        elif not folder.is_dir():
            said = say(
                f"找不到文件夹 {folder}。请检查路径，或运行 reportkit init {folder} 新建机构",
                f"找不到資料夾 {folder}。請檢查路徑，或執行 reportkit init {folder} 新建機構",
                f"There is no folder {folder}. Check the path, or run reportkit init {folder} for a new branch",
            )
        else:
            said = say(
                f"{folder} 里没有 settings.xlsx。请检查路径，或运行 reportkit init {folder} 新建机构",
                f"{folder} 裡沒有 settings.xlsx。請檢查路徑，或執行 reportkit init {folder} 新建機構",
                f"{folder} has no settings.xlsx. Check the path, or run reportkit init {folder} for a new branch",
            )
        raise typer.BadParameter(said)
    branch = Branch(folder)
    branch.settings()  # that cannot be opened: say so before anything else
    return branch


def no_logs(branch: Branch) -> str:
    """Return the sentence for a branch without a log that counts: how to get some."""
    from reportkit.read.archives import LOGS

    logs, settings = branch.root / LOGS, branch.settings_path
    if branch.settings().roster:
        return say(
            f"{logs} 里没有可以读的日志。运行 reportkit init {branch.root} 给人员表里的每个人建一本，或把日志放回去",
            f"{logs} 裡沒有可以讀的日誌。執行 reportkit init {branch.root} 給人員表裡的每個人建一本，或把日誌放回去",
            f"{logs} holds no log that can be read. Run reportkit init {branch.root} to make one for each of the roster, or put the logs back",
        )
    return say(
        f"{logs} 里没有可以读的日志。先在 {settings} 的“人员”里填写，再运行 reportkit init {branch.root}",
        f"{logs} 裡沒有可以讀的日誌。先在 {settings} 的「人員」裡填寫，再執行 reportkit init {branch.root}",
        f"{logs} holds no log that can be read. Fill in Roster of {settings}, then run reportkit init {branch.root}",
    )


def end(done: Sequence[Upgraded | Renewed], paths: Sequence[Path]) -> NoReturn:
    """End a command that writes logs: 2 where there was none, with how to get some, 1 where one is refused, else 0."""
    from reportkit.branch.folder import Branch
    from reportkit.cli.output import tell
    from reportkit.read.archives import LOGS

    if not done:
        tell(no_logs(Branch(paths[0].parent if paths[0].name == LOGS else paths[0])))
        raise typer.Exit(2)
    raise typer.Exit(1 if any(one.state == "refused" for one in done) else 0)


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


@contextmanager
def progress_bar(title: str, *, quiet: bool = False) -> Iterator[Step]:
    """Show a bar with the name of the log at hand on standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    if quiet or not sys.stderr.isatty():
        yield lambda at, of, name: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[name]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, name="", total=None)
        yield lambda at, of, name: bar.update(task, completed=at, total=of, name=name)
