"""Where a test needs a program, CI has it: a run without it fails instead of skipping."""

import os
import shutil

import pytest
from hypothesis import settings

# A run of CI tries the same examples each time: what a random one finds belongs to whoever is at work, not to a landing.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

PROGRAMS = ("soffice", "pdftoppm", "Xvfb", "xdotool", "unopkg")


def pytest_sessionstart() -> None:
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if os.environ.get("CI") and missing:
        pytest.exit(f"CI lacks {', '.join(missing)}: see `make office`", returncode=1)
