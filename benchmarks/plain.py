"""A weekly report against XlsxWriter plainly writing as many cells, styles and charts."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from xlsxwriter import Workbook

from benchmarks.branches import TODAY, WEEK
from reportkit.branch.folder import Branch
from reportkit.settings.branch_settings import load_settings
from reportkit.summary.backing import backing_of
from reportkit.summary.drilldown import rows_of
from reportkit.summary.flow import work_from_file
from reportkit.summary.summaries import summarise
from reportkit.workbooks.report import write_advisor_report


@dataclass(frozen=True)
class Cell:
    """A cell of a finished report: where it stands, what it holds, the number of its style, where it leads."""

    row: int
    column: int
    value: Any
    style: int
    link: str | None


@dataclass(frozen=True)
class Content:
    """What a finished report holds: the cells of each sheet, and how many charts it has."""

    sheets: tuple[tuple[Cell, ...], ...]
    charts: tuple[int, ...]


def content_of(report: Path) -> Content:
    """Return what a finished report holds."""
    book = load_workbook(report)
    sheets = tuple(tuple(_cells(sheet)) for sheet in book.worksheets)
    return Content(sheets, tuple(len(sheet._charts) for sheet in book.worksheets))


def _cells(sheet: Any) -> Iterator[Cell]:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None or cell.has_style:
                link = cell.hyperlink and _link(cell.hyperlink)
                yield Cell(cell.row - 1, cell.column - 1, cell.value, cell.style_id, link)


def _link(found: Any) -> str:
    place = found.location or ""
    return f"external:{found.target}#{place}" if found.target else f"internal:{place}"


def write_plainly(content: Content, path: Path) -> None:
    """Write as many cells, styles and charts with XlsxWriter, one after another."""
    with Workbook(path) as book:
        styles = {cell.style for cells in content.sheets for cell in cells}
        formats = {style: book.add_format({"bold": style % 2, "font_size": 8 + style % 7}) for style in styles}
        for cells, charts in zip(content.sheets, content.charts, strict=True):
            sheet = book.add_worksheet()
            for cell in cells:
                _write(sheet, cell, formats[cell.style])
            for number in range(charts):
                chart = book.add_chart({"type": "column"})
                chart.add_series({"values": ["Sheet1", 0, 0, 9, 0]})
                sheet.insert_chart(number, 0, chart)


def _write(sheet: Any, cell: Cell, style: Any) -> None:
    if cell.link:
        sheet.write_url(cell.row, cell.column, cell.link, style, str(cell.value))
    elif cell.value is None:
        sheet.write_blank(cell.row, cell.column, None, style)
    elif isinstance(cell.value, dt.date):
        sheet.write_datetime(cell.row, cell.column, cell.value, style)
    elif isinstance(cell.value, int | float):
        sheet.write_number(cell.row, cell.column, cell.value, style)
    else:
        sheet.write_string(cell.row, cell.column, str(cell.value), style)


def report_and_plain(branch: Branch, folder: Path) -> tuple[float, float, int]:
    """Return the seconds a report takes from its figures to a saved file, those of plain writing, and its cells."""
    settings = load_settings(branch.settings_path)
    work = work_from_file(branch.logs()[0], settings, TODAY)
    summary = summarise(work, settings, WEEK, TODAY)
    rows = rows_of(work, summary)
    backing = backing_of(work, summary, rows, settings, summary.as_of)
    report, plain = folder / "report.xlsx", folder / "plain.xlsx"

    def ours() -> None:
        write_advisor_report(report, summary, work, settings, settings.language, rows=rows, backing=backing)

    ours()
    content = content_of(report)
    return _least(ours), _least(lambda: write_plainly(content, plain)), sum(map(len, content.sheets))


def _least(work: Callable[[], object], times: int = 7) -> float:
    """Return the least processor time of several tries, finer than the system counts that of children."""

    def once() -> float:
        started = time.process_time()
        work()
        return time.process_time() - started

    return min(once() for _ in range(times))
