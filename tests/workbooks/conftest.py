"""Logs to look into: a day worked out by hand, and its board after LibreOffice has calculated it."""

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportkit.branch.folder import Branch
from reportkit.branch.refresh import refresh
from reportkit.definitions import words
from reportkit.definitions.identity import TEMPLATE_VERSION
from reportkit.definitions.text import LANGUAGES, Language
from reportkit.demo import write_demo
from reportkit.read.book import Identity
from reportkit.workbooks import write_log
from tests.branches import LAST_WEEK, TODAY
from tests.office import convert

WEDNESDAY = dt.date(2026, 11, 25)
ZHANG = Identity("A001", "张伟", "示例营业部", "1", "zh-CN")
Board = dict[str, dict[str, Any]]


@pytest.fixture
def log(tmp_path: Path) -> Callable[..., Path]:
    """Write a log of rows."""

    def write(rows: dict[str, list[dict[str, object]]], language: Language = "zh-CN", **more: Any) -> Path:
        path = tmp_path / "log.xlsx"
        write_log(path, ZHANG, language=language, rows=rows, **more)
        return path

    return write


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    """A log without rows, to look at."""
    path = tmp_path_factory.mktemp("blank") / "log.xlsx"
    write_log(path, ZHANG, language="zh-CN")
    return opened(path)


@lru_cache(8)
def opened(path: Path) -> openpyxl.Workbook:
    """Return a workbook that several tests look at and none changes."""
    return openpyxl.load_workbook(path)


def board_on(path: Path, day: dt.date, language: Language = "zh-CN") -> Board:
    """Type a day over the board's date; return label → done, target, left, progress and note as calculated."""
    book = openpyxl.load_workbook(path)
    book[words.TODAY.to(language)]["C3"] = day
    typed = path.with_name("typed.xlsx")
    book.save(typed)
    done = convert(typed, "xlsx", path.parent / "calculated")
    calculated = openpyxl.load_workbook(done, read_only=True, data_only=True)
    sheet = calculated[words.TODAY.to(language)]
    names = ("done", "target", "left", "progress", "note")
    rows = sheet.iter_rows(min_row=9, min_col=2, max_col=7, values_only=True)
    lines: Board = {str(label): dict(zip(names, values, strict=True)) for label, *values in rows if label}
    lines["day"] = {"weekday": sheet["D3"].value, "kind": sheet["E3"].value}
    lines["tiles"] = {
        "met": sheet["B6"].value,
        "open": sheet["C6"].value,
        "rows": sheet["D6"].value,
        "says": sheet["E6"].value,
    }
    calculated.close()
    return lines


@pytest.fixture(scope="session", params=LANGUAGES)
def workbooks(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Language, list[Path]]:
    """Return every workbook of a small branch in a language; its log is empty: people type in any language."""
    language: Language = request.param
    branch = Branch(tmp_path_factory.mktemp(f"branch-{language}"))
    write_demo(branch.root, advisors=2, weeks=2, language=language, today=TODAY)
    refresh(branch, LAST_WEEK, TODAY)
    log = branch.root / "log.xlsx"
    identity = Identity("A001", "A", "B", TEMPLATE_VERSION, language)
    write_log(log, identity, language=language, settings=branch.settings(), today=TODAY)
    return language, [branch.settings_path, log, *sorted(branch.reports(LAST_WEEK).glob("*.xlsx"))]
