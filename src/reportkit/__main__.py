"""`python -m reportkit` and the `reportkit` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run a command; say in a sentence what went wrong, exit 2 when it could not run."""
    from reportkit.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
