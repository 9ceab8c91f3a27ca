"""Small branches on disk for tests: a demo made once, and copies of it to work in."""

import datetime as dt
import hashlib
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from reportkit.branch import digests
from reportkit.branch.folder import Branch, log_name
from reportkit.definitions.identity import TEMPLATE_VERSION
from reportkit.demo import demo_rows, write_demo
from reportkit.read.book import Identity
from reportkit.workbooks import write_log, write_settings

TODAY = dt.date(2026, 11, 25)  # a Wednesday
WEEK = "2026-W48"  # holds today
LAST_WEEK = "2026-W47"
ADVISORS = 2
WEEKS = 2


@cache
def _made() -> "TemporaryDirectory[str]":
    """Return the demo's folder; it goes when the tests end."""
    folder = TemporaryDirectory(prefix="reportkit-branch-")
    write_demo(Path(folder.name), advisors=ADVISORS, weeks=WEEKS, today=TODAY)
    return folder


def branch_in(folder: Path) -> Branch:
    """Return a fresh branch of two advisors in a folder, its logs as old as they were made."""
    shutil.copytree(_made().name, folder, dirs_exist_ok=True)
    return Branch(folder)


def cold_copy(branch: Branch, folder: Path) -> Branch:
    """Return a branch of the same settings and logs that remembers nothing."""
    shutil.copytree(branch.root, folder, ignore=shutil.ignore_patterns("history", "reports"))
    digests._last.clear()  # nor does this process
    return Branch(folder)


def rows_of_advisor(number: int = 1) -> tuple[Identity, dict[str, list[dict[str, Any]]]]:
    """Return whose log one of the demo's is, and its rows by form, to be changed freely."""
    demo = demo_rows(advisors=ADVISORS, weeks=WEEKS, today=TODAY)
    advisor = list(demo.logs)[number - 1]
    rows = {form: [dict(row) for row in of_form] for form, of_form in demo.logs[advisor].items()}
    return Identity(advisor, demo.names[advisor], "", TEMPLATE_VERSION, "zh-CN"), rows


def rewrite(branch: Branch, identity: Identity, rows: dict[str, list[dict[str, Any]]], file: str | None = None) -> Path:
    """Write a log of rows into a branch, in place of the advisor's own or under another name."""
    path = branch.log(file or log_name(identity.advisor_id, identity.advisor_name))
    write_log(path, identity, language="zh-CN", settings=branch.settings(), rows=rows, today=TODAY)
    return path


def settings_of_demo() -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a branch's settings by sheet, to be changed freely."""
    made = demo_rows(advisors=ADVISORS, weeks=WEEKS, today=TODAY).settings_rows
    return {sheet: [dict(row) for row in rows] for sheet, rows in made.items()}


def ask_for(branch: Branch, sheets: dict[str, list[dict[str, Any]]]) -> None:
    """Write a branch's settings anew."""
    write_settings(branch.settings_path, sheets, language="zh-CN")


def double_targets(branch: Branch) -> None:
    """Ask for twice as much in a branch's settings."""
    sheets = settings_of_demo()
    sheets["targets"] = [{**row, "target": row["target"] and row["target"] * 2} for row in sheets["targets"]]
    ask_for(branch, sheets)


def reports(branch: Branch, week: str = WEEK) -> dict[str, str]:
    """Return file name → fingerprint of a week's report files."""
    folder = branch.reports(week)
    files = sorted(folder.glob("*.xlsx")) if folder.is_dir() else []
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def everything(branch: Branch) -> dict[str, tuple[int, bytes]]:
    """Return each file of a branch with the time it was written and its content."""
    files = (path for path in sorted(branch.root.rglob("*")) if path.is_file())
    return {str(path.relative_to(branch.root)): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}
