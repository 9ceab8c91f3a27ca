"""`python -m reportkit` and the `reportkit` command."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from itertools import pairwise

from reportkit.definitions.text import LANGUAGES


def main() -> None:
    """Run a command; say in a sentence what went wrong, exit 2 when it could not run."""
    arguments = sys.argv[1:]
    sys.unraisablehook = _unless_told
    _speak_as_asked(arguments)
    try:
        from reportkit.cli import run

        sys.exit(run(arguments))
    except KeyboardInterrupt:  # while it was still starting
        sys.exit(130)


def _unless_told(unraisable: sys.UnraisableHookArgs) -> None:
    """Keep silent of what a file says when it is let go: the disk said so before, and that was told."""
    if not isinstance(unraisable.exc_value, OSError):
        sys.__unraisablehook__(unraisable)


def _speak_as_asked(arguments: Sequence[str]) -> None:
    """Let `--lang` choose the language of all sentences, of the help too: they are written when commands are made."""
    words = " ".join(arguments).replace("--lang=", "--lang ").split()
    asked = dict(pairwise(words)).get("--lang", "").lower()
    if asked in map(str.lower, LANGUAGES):
        os.environ["REPORTKIT_LANG"] = asked


if __name__ == "__main__":
    main()
