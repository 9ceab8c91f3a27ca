"""What a button of the LibreOffice extension starts: attach to the office, then run the script behind the button.

usage: python -m reportkit_addin.libreoffice_button TAG --pipe NAME --document UID
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import xlwings as xw

import xlwings_libreoffice
from reportkit.definitions.errors import ReportkitError
from reportkit_addin import scripts
from reportkit_addin.buttons import TAB, TAGS
from reportkit_addin.live import language_of_open


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
    book = _open_in(xlwings_libreoffice.attach(pressed.pipe), pressed.document)
    app, language = book.app, language_of_open(book)
    try:
        said = scripts.run(pressed.tag, book)
    except ReportkitError as error:
        sys.exit(error.message(language))
    if pressed.tag in scripts.TOLD:
        app.alert(said, TAB.to(language))


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
