"""Where a test needs a program, CI has it: a run without it fails instead of skipping."""

import os
import shutil

import pytest

PROGRAMS = ("soffice", "pdftoppm", "Xvfb", "xdotool", "unopkg")


def pytest_sessionstart() -> None:
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if os.environ.get("CI") and missing:
        pytest.exit(f"CI lacks {', '.join(missing)}: see `make office`", returncode=1)
