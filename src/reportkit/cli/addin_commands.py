"""Commands about the add-in: build its files, put them where Excel and LibreOffice start."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportkit.cli.language import say, spoken
from reportkit.cli.options import Lang
from reportkit.definitions.text import language_of

Out = Annotated[
    Path,
    typer.Option("--out", metavar="DIR", help=say("放在哪个文件夹", "放在哪個資料夾", "The folder to put them in")),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    addin = typer.Typer(
        no_args_is_help=True,
        help=say(
            "Excel 与 LibreOffice 的按钮。", "Excel 與 LibreOffice 的按鈕。", "The buttons in Excel and LibreOffice."
        ),
    )
    addin.command(
        "build",
        help=say(
            "生成 reportkit.xlam（Excel）和 reportkit.oxt（LibreOffice）。",
            "產生 reportkit.xlam（Excel）和 reportkit.oxt（LibreOffice）。",
            "Build reportkit.xlam (Excel) and reportkit.oxt (LibreOffice).",
        ),
        epilog=say(
            "例：reportkit addin build --out dist",
            "例：reportkit addin build --out dist",
            "Example: reportkit addin build --out dist --lang en",
        ),
    )(build)
    addin.command(
        "install",
        help=say(
            "把按钮装进这台机器的 Excel 和 LibreOffice。",
            "把按鈕裝進這台機器的 Excel 和 LibreOffice。",
            "Put the buttons into this machine's Excel and LibreOffice.",
        ),
        epilog=say(
            "例：reportkit addin install",
            "例：reportkit addin install",
            "Example: reportkit addin install --lang en",
        ),
    )(install)
    app.add_typer(addin, name="addin")


def build(out: Out = Path("dist"), lang: Lang = None) -> None:
    """Build the ribbon file and the extension."""
    from reportkit_addin.build.oxt import build_oxt
    from reportkit_addin.build.xlam import build_xlam

    out.mkdir(parents=True, exist_ok=True)
    for path in (build_xlam(out, language_of(lang) if lang else spoken()), build_oxt(out)):
        typer.echo(path)


def install(lang: Lang = None) -> None:
    """Place the buttons and say what is left to do."""
    from reportkit.cli.output import print_checks
    from reportkit_addin.build.install import install as place

    raise typer.Exit(print_checks(place(language=language_of(lang) if lang else spoken()), spoken()))
