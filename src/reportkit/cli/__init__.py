"""The commands. Heavy libraries are imported where a command needs them, so that `--help` answers at once."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from reportkit.cli import (
    addin_commands,
    branch_commands,
    data_commands,
    insight_commands,
    log_commands,
    mail_commands,
    week_commands,
)
from reportkit.cli.language import say, spoken

COULD_NOT_RUN = 2
# What every wrong call raises, whichever click typer brings along.
UsageProblem: type[typer.BadParameter] = typer.BadParameter.__mro__[2]


def application() -> typer.Typer:
    """Return the command line in the language spoken."""
    app = typer.Typer(
        name="reportkit",
        help=say(
            "客户服务日志与周报：Excel 日志进，指标和周报出。",
            "客戶服務日誌與週報：Excel 日誌進，指標和週報出。",
            "Customer service logs and weekly reports: Excel logs in, indicators and reports out.",
        ),
        epilog=say(
            "先试试：reportkit demo demo",
            "先試試：reportkit demo demo",
            "Try it first: reportkit demo demo",
        ),
        no_args_is_help=True,
        add_completion=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    )
    branch_commands.add_to(app)
    week_commands.add_to(app)
    log_commands.add_to(app)
    insight_commands.add_to(app)
    mail_commands.add_to(app)
    data_commands.add_to(app)
    addin_commands.add_to(app)
    return app


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code: 2 when it could not run, with a sentence why."""
    from reportkit.definitions.errors import ReportkitError

    try:
        code = application()(list(arguments), standalone_mode=False)
    except ReportkitError as error:
        typer.echo(error.message(spoken()), err=True)
        return COULD_NOT_RUN
    except typer.Abort:
        typer.echo(say("已取消", "已取消", "Cancelled"), err=True)
        return COULD_NOT_RUN
    except UsageProblem as wrong:
        wrong.show()
        return COULD_NOT_RUN
    return code if isinstance(code, int) else 0
