"""What a button of the LibreOffice extension starts: attach to the office, then run the script behind the button.

usage: python -m reportkit_addin.libreoffice_button TAG --pipe NAME --document UID
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from reportkit_addin.buttons import TAGS


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
    _attach(pressed.pipe, pressed.document)
    import_module("reportkit_addin.scripts").run(pressed.tag)


def _attach(pipe: str, document: str) -> None:
    """Make xlwings speak to the office behind the pipe, with the document of that RuntimeUID as the active book."""
    xlwings = import_module("xlwings")
    import_module("xlwings_libreoffice").attach(pipe)
    for book in xlwings.books:
        if book.api.RuntimeUID == document:
            book.activate()
            return
    raise DocumentClosedError("这个文档已经关闭。 / The document was closed.")


if __name__ == "__main__":
    try:
        main()
    except DocumentClosedError as closed:
        sys.exit(str(closed))
