"""Branches of large logs to measure: 7,500 activities × 12 columns, 300 customers, 500 cases each."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from reportkit.branch.folder import Branch
from reportkit.definitions.catalogue import settings_rows
from reportkit.definitions.identity import TEMPLATE_VERSION
from reportkit.demo import big_log_rows
from reportkit.demo.branch import BIG_TODAY
from reportkit.read.book import Identity
from reportkit.settings.branch_settings import default_settings
from reportkit.workbooks import write_log, write_settings

TODAY = BIG_TODAY
WEEK = "2026-W47"
DIFFERENT = 5  # logs with rows of their own; the others are copies for other advisors
ADVISOR = "A00000"
SCRATCH = tempfile.TemporaryDirectory(prefix="reportkit-bench-")  # goes when the run ends


@cache
def _log(seed: int, missing: int = 0) -> Path:
    path = Path(SCRATCH.name) / f"{seed}-{missing}.xlsx" if missing else Path(SCRATCH.name) / f"{seed}.xlsx"
    identity = Identity(ADVISOR, "Benchmark", "Benchmark", TEMPLATE_VERSION, "zh-CN")
    rows = big_log_rows(seed)
    rows["activities"] = rows["activities"][: len(rows["activities"]) - missing]
    write_log(path, identity, language="zh-CN", settings=default_settings("zh-CN"), rows=rows, today=TODAY)
    return path


@cache
def saved_by_libreoffice(seed: int) -> Path:
    """Return a large log as LibreOffice saves it."""
    folder = Path(SCRATCH.name) / "office"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), str(_log(seed))]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return folder / f"{seed}.xlsx"


def for_advisor(source: Path, advisor: str, target: Path, owner: str = ADVISOR) -> None:
    """Write a copy of the owner's log that belongs to another advisor."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/custom.xml":
                content = content.replace(owner.encode(), advisor.encode())
            new.writestr(part, content)


def branch_of(logs: int, folder: Path, *, office: bool = False, missing: int = 0) -> Branch:
    """Make a branch of so many large logs, of which the last rows may be missing."""
    (folder / "logs").mkdir(parents=True)
    write_settings(folder / "settings.xlsx", settings_rows("zh-CN"), language="zh-CN")
    branch = Branch(folder)
    for number in range(logs):
        branch.log(f"A{number + 1:05}.xlsx").touch()
    fill(branch, office=office, missing=missing)
    return branch


def fill(branch: Branch, *, office: bool = False, missing: int = 0) -> None:
    """Write the logs of a branch."""
    for number, path in enumerate(branch.logs()):
        seed = number % DIFFERENT
        for_advisor(saved_by_libreoffice(seed) if office else _log(seed, missing), path.stem, path)


def forget(branch: Branch) -> None:
    """Take away all a branch remembers, so that the next refresh is a cold one."""
    for name in ("history", "reports"):
        shutil.rmtree(branch.root / name, ignore_errors=True)
