"""Run xlwings' own tests against this engine: ``python -m xlwings_libreoffice.conformance PATH_TO_XLWINGS_CHECKOUT``.

The tests are copied to a temporary folder and run there. What is known to fail is listed in ``expected.txt`` beside
this file: a listed test that passes and an unlisted one that does not both fail the run.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

AREAS = (
    *("active", "app", "book", "characters", "conversion", "fileformats", "font"),
    *("names", "ndim", "range", "shape", "sheet", "table"),
)

NEEDED = ("pytest", "numpy", "pandas", "pytz", "matplotlib", "PIL")


def main() -> int:
    """Run the tests; 0 if all came out as expected."""
    parser = argparse.ArgumentParser(prog="python -m xlwings_libreoffice.conformance", description=__doc__)
    parser.add_argument("checkout", type=Path, help="a checkout of xlwings, its tests/ folder included")
    parser.add_argument("pytest", nargs="*", help="arguments for pytest, after --")
    arguments = parser.parse_args()
    source = arguments.checkout / "tests"
    if not (source / "common.py").exists():
        parser.error(f"{source} does not hold xlwings' tests")
    missing = [package for package in NEEDED if importlib.util.find_spec(package) is None]
    if missing:
        parser.error(f"the tests need {', '.join(missing)}: pip install 'xlwings-libreoffice[conformance]'")
    with tempfile.TemporaryDirectory(prefix="xlwings-conformance-") as folder:
        tests = Path(folder) / "tests"
        shutil.copytree(source, tests, ignore=shutil.ignore_patterns("__pycache__"))
        (tests / "pytest.ini").unlink(missing_ok=True)
        ini = Path(folder) / "pytest.ini"
        ini.write_text("[pytest]\n", encoding="utf-8")
        files = [str(tests / f"test_{area}.py") for area in AREAS]
        plugin = ["-p", "xlwings_libreoffice.conformance.plugin", "-p", "no:cacheprovider", "-W", "ignore"]
        command = [sys.executable, "-m", "pytest", "-c", str(ini), *plugin, "-q", "--tb=short", *files]
        return subprocess.run([*command, *arguments.pytest], cwd=folder, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
