"""The commands. Heavy libraries are imported where a command needs them, so that `--help` answers at once."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.main import get_command

from reportkit import __version__
from reportkit.cli import (
    addin_commands,
    branch_commands,
    check_command,
    data_commands,
    insight_commands,
    keep_commands,
    log_commands,
    mail_commands,
    renew_command,
    rollup_commands,
    service_commands,
    week_commands,
    whatif_command,
)
from reportkit.cli.language import say, spoken
from reportkit.cli.options import Lang
from reportkit.cli.wording import helps, mistake, speak

PROGRAM = "reportkit"  # also for `python -m reportkit`: completion and examples name the command
COULD_NOT_RUN = 2
STOPPED = 130  # by Ctrl-C, as shells say it
# What every wrong call raises, whichever click typer brings along.
UsageProblem: type[typer.BadParameter] = typer.BadParameter.__mro__[2]


def command_line() -> Any:
    """Return the command to call, its help in the language spoken."""
    command = get_command(application())
    speak(command)
    return command


def application() -> typer.Typer:
    """Return all commands."""
    app = typer.Typer(
        name=PROGRAM,
        help=say(
            "客户服务日志与周报：Excel 日志进，指标和周报出。",
            "客戶服務日誌與週報：Excel 日誌進，指標和週報出。",
            "Customer service logs and weekly reports: Excel logs in, indicators and reports out.",
        ),
        epilog=say(
            "先试试：reportkit demo demo；自己的机构：reportkit init 营业部 --roster 人员.csv；每条命令的说明和例子：reportkit refresh -h",
            "先試試：reportkit demo demo；自己的機構：reportkit init 營業部 --roster 人員.csv；每條命令的說明和例子：reportkit refresh -h",
            "Try it first: reportkit demo demo; a branch of your own: reportkit init branch --roster roster.csv; each command and its example: reportkit refresh -h",
        ),
        invoke_without_command=True,
        add_completion=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    )
    app.callback()(everywhere)
    branch_commands.add_to(app)
    week_commands.add_to(app)
    rollup_commands.add_to(app)
    check_command.add_to(app)
    log_commands.add_to(app)
    insight_commands.add_to(app)
    whatif_command.add_to(app)
    service_commands.add_to(app)
    mail_commands.add_to(app)
    data_commands.add_to(app)
    renew_command.add_to(app)
    keep_commands.add_to(app)
    addin_commands.add_to(app)
    return app


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{PROGRAM} {__version__}")
        raise typer.Exit


def everywhere(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help=say("显示版本", "顯示版本", "Print the version")
        ),
    ] = False,
    lang: Lang = None,
) -> None:
    """Take what can be asked before a command, or without one: that helps."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def _outlive_the_terminal() -> None:
    """Let standard output and error show a mark for what a terminal's code page (GBK, Latin) has no character for."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code: 2 when it could not run, with a sentence why; 130 when stopped."""
    _outlive_the_terminal()
    try:
        code = command_line()(list(arguments), prog_name=PROGRAM, standalone_mode=False)
    except BrokenPipeError:  # whoever read the output has seen enough
        _write_no_more()
        return 0
    except UsageProblem as wrong:
        if (help_ := helps(wrong)) is None:
            return _failed("usage", mistake(wrong), arguments)
        typer.echo(help_)
        return 0
    except typer.Abort:
        return _failed("cancelled", say("已取消", "已取消", "Cancelled"), arguments)
    except Exception as error:  # noqa: BLE001 # whatever it was, a person gets a sentence and a program exit 2
        return _failed(*_told(error), arguments)
    if code == STOPPED:
        typer.echo(say("已中断", "已中斷", "Stopped"), err=True)
    return code if isinstance(code, int) else 0


def _told(error: Exception) -> tuple[str, str]:
    """Return what kind of failure an exception is, and its sentence; of one nobody foresaw with its traceback."""
    from reportkit.branch.lock import disk_error, refusal
    from reportkit.definitions.errors import ReportkitError

    refused = disk_error(error)
    known = error if isinstance(error, ReportkitError) else refusal(refused, Path()) if refused else None
    if known is not None:
        return known.remedy, known.message(spoken())
    sentence = say(
        f"程序出错（{error!r}），没有做完。请把上面的内容发给技术支持",
        f"程式出錯（{error!r}），沒有做完。請把上面的內容發給技術支援",
        f"The program failed ({error!r}) and did not finish. Send what stands above to support",
    )
    return "our_bug", "".join([*traceback.format_exception(error), sentence])


def _failed(remedy: str, sentence: str, arguments: Sequence[str]) -> int:
    """Say what went wrong, to a program that asked for JSON on standard output, too."""
    from reportkit.cli.output import print_json, tell

    tell(sentence)
    if "--json" in arguments:
        try:
            print_json({"error": {"kind": remedy, "message": sentence}})
        except OSError:  # the output itself is what failed, and the sentence says so
            _write_no_more()
    return COULD_NOT_RUN


def _write_no_more() -> None:
    """Let go of standard output, lest what it still holds fails once more at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
