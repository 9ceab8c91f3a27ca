"""What a button of the LibreOffice extension starts: attach to the office, then run the script behind the button.

usage: python -m reportkit_addin.libreoffice_button TAG --pipe NAME --document UID
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import reportkit_addin.light_xlwings  # noqa: F401 - before anything else imports xlwings

# isort: split
import xlwings as xw

import xlwings_libreoffice
from reportkit.definitions.errors import ReportkitError
from reportkit_addin import scripts
from reportkit_addin import sentences as say
from reportkit_addin.buttons import TAB, TAGS
from reportkit_addin.team import spoken_in

PATIENCE: Final = 10.0  # seconds


class DocumentClosedError(RuntimeError):
    """Raised where the document whose button was pressed is no longer open."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the script of a button on the document it was pressed in; raise `DocumentClosedError` where that has gone.

    The extension shows what is written to the error output, so a failure ends with its sentence.
    """
    parser = argparse.ArgumentParser(prog="reportkit_addin.libreoffice_button")
    parser.add_argument("tag", choices=sorted(TAGS))
    parser.add_argument("--pipe", required=True)
    parser.add_argument("--document", required=True)
    pressed = parser.parse_args(arguments)
    speak_libreoffice()
    book = _open_in(_attached(pressed.pipe), pressed.document)
    app, language = book.app, spoken_in(book, dt.date.today())
    try:
        said = scripts.run(pressed.tag, book)
    except ReportkitError as error:
        sys.exit(error.message(language))
    except Exception as error:  # noqa: BLE001 # a person sees a sentence and where to look, not pages of Python
        at = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(at.filename).name}:{at.lineno}"
        sys.exit(say.UNFORESEEN.fill(language, reason=f"{type(error).__name__}: {error}", place=place))
    if pressed.tag in scripts.TOLD:
        app.alert(said, TAB.to(language))


def speak_libreoffice() -> None:
    """Have xlwings speak to LibreOffice."""
    if xlwings_libreoffice.engine.name not in [engine.name for engine in xw.engines]:
        xw.engines.add(xlwings_libreoffice.engine)
    xw.engines[xlwings_libreoffice.engine.name].activate()


def _attached(pipe: str) -> xw.App:
    """Attach to the office; one that is busy takes a moment to answer."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return xlwings_libreoffice.attach(pipe)
        except xlwings_libreoffice.CalcError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def _open_in(app: xw.App, document: str) -> xw.Book:
    """Return the workbook of that RuntimeUID."""
    for book in app.books:
        if book.api.RuntimeUID == document:
            return book
    raise DocumentClosedError("这个文档已经关闭。 / The document was closed.")


if __name__ == "__main__":
    try:
        main()
    except DocumentClosedError as closed:
        sys.exit(str(closed))
