"""The options several commands share."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from reportkit.cli.language import say
from reportkit.definitions.text import LANGUAGES

if TYPE_CHECKING:
    from reportkit.settings.calendars import Span

PREVIEW: Final = say("预览，没有写入", "預覽，沒有寫入", "A preview; nothing was written")


def _day(written: str) -> dt.date:
    """Return the day a person wrote, as in a cell of a log."""
    from reportkit.definitions.forms import ACTIVITIES
    from reportkit.read.values import value_of

    day = value_of(ACTIVITIES.column["date"], written)
    if isinstance(day, dt.date) and _within_reach(day):
        return day
    raise typer.BadParameter(
        say(
            f"“{written}”不是日期（1990 到 2100 年），写成 2026-11-23",
            f"「{written}」不是日期（1990 到 2100 年），寫成 2026-11-23",
            f"“{written}” is no date from 1990 to 2100; write 2026-11-23",
        )
    )


def _within_reach(day: dt.date) -> bool:
    """Return whether a day is one a log may hold; farther away there is no calendar."""
    from reportkit.definitions.columns import EARLIEST, LATEST

    return EARLIEST <= day <= LATEST


def week_of(written: str) -> str:
    """Return the name of the week a person wrote."""
    from reportkit.settings.calendars import week_name, week_span

    try:
        week = week_span(written)
    except (ValueError, OverflowError):  # the last week there is has days beyond
        week = None
    if week is not None and _within_reach(week.start):
        return week_name(week.start)
    raise typer.BadParameter(
        say(
            f"“{written}”不是周（1990 到 2100 年），写成 2026-W47",
            f"「{written}」不是週（1990 到 2100 年），寫成 2026-W47",
            f"“{written}” is no week from 1990 to 2100; write 2026-W47",
        )
    )


def _month(written: str) -> str:
    try:
        first = dt.date.fromisoformat(f"{written}-01")
    except ValueError:
        first = None
    if first is not None and _within_reach(first):
        return f"{first:%Y-%m}"
    raise typer.BadParameter(
        say(
            f"“{written}”不是月份（1990 到 2100 年），写成 2026-11",
            f"「{written}」不是月份（1990 到 2100 年），寫成 2026-11",
            f"“{written}” is no month from 1990 to 2100; write 2026-11",
        )
    )


def existing(path: Path) -> Path:
    """Return a file or folder that is there. Raise BadParameter with what to do where it is not."""
    if not path.exists():
        raise typer.BadParameter(
            say(
                f"找不到 {path}。请检查路径写得对不对，名字里有空格时用引号括起来",
                f"找不到 {path}。請檢查路徑寫得對不對，名稱裡有空格時用引號括起來",
                f"There is no {path}. Check how the path is written; a name with spaces needs quotes",
            )
        )
    return path


def a_file(path: Path) -> Path:
    """Return a file that is there. Raise BadParameter where it is not, or where it is a folder."""
    return _no_folder(path, say("请写里面的一个文件", "請寫裡面的一個檔案", "Name one of the files in it"))


def a_log(path: Path) -> Path:
    """Return a log that is there. Raise BadParameter where it is not, or where a folder is."""
    return _no_folder(
        path,
        say(
            "请写一本日志，如 logs 里的 .xlsx",
            "請寫一本日誌，如 logs 裡的 .xlsx",
            "Name one log, such as an .xlsx of its logs",
        ),
    )


def _no_folder(path: Path, instead: str) -> Path:
    if existing(path).is_dir():
        said = say(f"{path} 是文件夹。", f"{path} 是資料夾。", f"{path} is a folder. ")
        raise typer.BadParameter(said + instead)
    return path


def an_id(written: str) -> str:
    """Return an ID as it is read from a cell: half-width, without spaces around."""
    from reportkit.definitions.forms import CUSTOMERS
    from reportkit.read.values import value_of

    return str(value_of(CUSTOMERS.column["customer_id"], written) or "")


def once_each(paths: list[Path]) -> list[Path]:
    """Return files and folders each once, as it is first written: two spellings of a branch are one branch."""
    first: dict[Path, Path] = {}
    for path in paths:
        first.setdefault(path.resolve(), path)
    return list(first.values())


def _language(written: str) -> str:
    known = {language.lower(): language for language in LANGUAGES}
    if written.lower() not in known:
        raise typer.BadParameter(
            say(
                f"语言是 {'、'.join(LANGUAGES)} 之一",
                f"語言是 {'、'.join(LANGUAGES)} 之一",
                f"one of {', '.join(LANGUAGES)}",
            )
        )
    return known[written.lower()]


Json = Annotated[bool, typer.Option("--json", help=say("以 JSON 输出", "以 JSON 輸出", "Print JSON"))]
AsOf = Annotated[
    dt.date | None,
    typer.Option(
        "--as-of", parser=_day, metavar="DATE",
        help=say("当作今天的日期（默认今天）", "當作今天的日期（預設今天）", "The day to take as today (default: today)"),
    ),
]  # fmt: skip
On = Annotated[
    dt.date | None,
    typer.Option("--on", parser=_day, metavar="DATE", help=say("哪一天（默认今天）", "哪一天（預設今天）", "Which day (default: today)")),
]  # fmt: skip
Week = Annotated[
    str | None,
    typer.Option(
        "--week", parser=week_of, metavar="WEEK",
        help=say("ISO 周，如 2026-W47（默认本周）", "ISO 週，如 2026-W47（預設本週）", "ISO week such as 2026-W47 (default: this week)"),
    ),
]  # fmt: skip
Month = Annotated[
    str | None,
    typer.Option(
        "--month", parser=_month, metavar="MONTH",
        help=say("整月，如 2026-11（代替周）", "整月，如 2026-11（代替週）", "A month such as 2026-11, in place of a week"),
    ),
]  # fmt: skip
Before = Annotated[
    dt.date | None,
    typer.Option(
        "--before", parser=_day, metavar="DATE",
        help=say(
            "这一天以前的行归档；它所在的那一周整周留下", "這一天以前的列歸檔；它所在的那一週整週留下",
            "Archive rows before this day; its whole week stays",
        ),
    ),
]  # fmt: skip
From = Annotated[
    dt.date | None,
    typer.Option("--from", parser=_day, metavar="DATE", help=say("从哪天起（代替周）", "從哪天起（代替週）", "From which day, in place of a week")),
]  # fmt: skip
Until = Annotated[
    dt.date | None,
    typer.Option("--to", parser=_day, metavar="DATE", help=say("到哪天为止（默认今天）", "到哪天為止（預設今天）", "Up to which day (default: today)")),
]  # fmt: skip
Lang = Annotated[
    str | None,
    typer.Option("--lang", parser=_language, metavar="LANG", help=say("语言：zh-CN、zh-TW、en", "語言：zh-CN、zh-TW、en", "Language: zh-CN, zh-TW, en")),
]  # fmt: skip
UNLOCKS: Final = "REPORTKIT_PASSWORD"  # the variable of the environment that opens protected logs
Password = Annotated[
    str | None,
    typer.Option(
        "--password", envvar=UNLOCKS,
        help=say("打开加密日志的密码（最好用环境变量）", "開啟加密日誌的密碼（最好用環境變數）", "Password of an encrypted log (better in the environment)"),
    ),
]  # fmt: skip
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=say("只预览，不写入", "只預覽，不寫入", "Preview only; write nothing"))
]
Log = Annotated[Path, typer.Argument(metavar="LOG", help=say("工作日志 .xlsx", "工作日誌 .xlsx", "A log, .xlsx"))]
Logs = Annotated[
    list[Path],
    typer.Argument(
        metavar="LOG",
        callback=once_each,
        help=say("日志，或机构文件夹", "日誌，或機構資料夾", "Logs, or branch folders"),
    ),
]
Folders = Annotated[
    list[Path],
    typer.Argument(metavar="DIR", callback=once_each, help=say("机构文件夹", "機構資料夾", "Branch folders")),
]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help=say("机构文件夹", "機構資料夾", "The branch folder"))]


def today_or(given: dt.date | None, near: Path | None = None) -> dt.date:
    """Return the day a person named, or today where the branch is that a file or folder belongs to.

    The one place where commands ask the clock. A server elsewhere is on another day for hours.
    """
    if given is not None:
        return given
    from reportkit.settings.branch_settings import load_settings
    from reportkit.settings.nearby import settings_path

    settings = settings_path(near) if near is not None else None
    return dt.datetime.now(load_settings(settings).zone if settings else None).date()


def begun(name: str | None, today: dt.date) -> str:
    """Return the name of a week or month, this week's where none is given. Raise BadParameter where it is to come."""
    from reportkit.settings.calendars import named_span, week_name

    if name is None:
        return week_name(today)
    if named_span(name).start > today:
        raise typer.BadParameter(
            say(
                f"{name} 还没有开始（今天是 {today}）。请检查写的是不是这一周或这个月",
                f"{name} 還沒有開始（今天是 {today}）。請檢查寫的是不是這一週或這個月",
                f"{name} has not begun; today is {today}. Check whether another week or month was meant",
            )
        )
    return name


def only_one(*periods: str | dt.date | None) -> None:
    """Raise BadParameter where more than one period is given."""
    if sum(one is not None for one in periods) > 1:
        raise typer.BadParameter(
            say(
                "只能给一段时间，例如只写 --week",
                "只能給一段時間，例如只寫 --week",
                "give one period only, such as --week",
            )
        )


def span_of(week: str | None, month: str | None, first: dt.date | None, last: dt.date | None, today: dt.date) -> Span:
    """Return the days asked for: from one to another, else a month, else a week. Raise BadParameter for two of them."""
    from reportkit.settings.calendars import Span, named_span

    only_one(week, month, first)
    if first is None and last is not None:
        raise typer.BadParameter(say("--to 要和 --from 一起用", "--to 要和 --from 一起用", "--to goes with --from"))
    if first is None:
        return named_span(begun(month or week, today))
    if first > (last or today):
        raise typer.BadParameter(say("--from 要在 --to 之前", "--from 要在 --to 之前", "--from must not be after --to"))
    return Span(first, last or today)
