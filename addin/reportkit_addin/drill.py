"""From a figure to the rows it counts: which one is selected, and the rows behind it in a workbook of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import xlwings as xw

from reportkit.definitions import report_words, words
from reportkit.definitions.errors import MendInput
from reportkit.definitions.text import Language
from reportkit.indicators.assess import Assessment
from reportkit.read.archives import root_of, year_of
from reportkit.settings.calendars import Span
from reportkit.summary.drilldown import Behind, behind
from reportkit.summary.summaries import AdvisorSummary, Work
from reportkit.workbooks.detail import HEADINGS, WIDTHS
from reportkit.workbooks.style import DATE, TEXT
from reportkit_addin import sentences as say
from reportkit_addin.files import path_of
from reportkit_addin.links import file_link, place
from reportkit_addin.lists import Column, open_list
from reportkit_addin.live import sheet_named
from reportkit_addin.outputs import DAYS_A_WEEK, FIRST, GENERAL
from reportkit_addin.sight import go_to

FORMATS: Final = (GENERAL, DATE, TEXT, TEXT, TEXT, GENERAL, GENERAL)
LINKS: Final = (True, False, False, False, False, False, False)
COLUMNS: Final = tuple(map(Column, HEADINGS, WIDTHS, FORMATS, LINKS))
FIGURES: Final = ("value_", "target_", "attainment_")  # how reports name the cells of an indicator


@dataclass(frozen=True)
class Figure:
    """A figure of the weekly sheet: an indicator over its window, or over one day of it."""

    assessment: Assessment

    @property
    def span(self) -> Span:
        """The days whose rows count."""
        return self.assessment.window.until(self.assessment.until)


def selected_figure(book: xw.Book, week: Callable[[], AdvisorSummary], language: Language) -> Figure:
    """Return the figure selected on the weekly sheet of a log. Raise MendInput where none is.

    The `week` is asked for only where one may be: other workbooks need not be read as a log to say so.
    """
    selected = book.selection
    weekly = sheet_named(book, words.WEEKLY)
    if selected is None or weekly is None or selected.sheet != weekly or selected.row < FIRST:
        raise MendInput(say.NO_FIGURE)
    label = weekly.range((selected.row, 1)).value  # people sort what was written
    summary = week()
    one = next((one for one in summary.assessments if one.indicator.label.to(language) == label), None)
    if one is None:
        raise MendInput(say.NO_FIGURE)
    if 1 < selected.column <= DAYS_A_WEEK + 1:
        day = summary.span.start + dt.timedelta(days=selected.column - 2)
        return Figure(replace(one, window=Span(day, day), until=min(day, summary.as_of)))
    return Figure(one)


def open_rows(book: xw.Book, work: Work, figure: Figure, language: Language) -> str:
    """List the rows a figure counts in a new workbook, which is nobody's file; return what it lists."""
    rows, app, path = behind(work, figure.assessment), book.app, path_of(book)
    line = say.ROWS_BEHIND.fill(
        language,
        indicator=figure.assessment.indicator.label.to(language),
        start=figure.span.start,
        end=figure.span.end,
        count=len(rows),
    )
    customers = work.facts.frame("customers")
    names = dict(zip(customers["customer_id"].tolist(), customers["name"].tolist(), strict=True))
    shown = [[_place(app, path, row), *_row(row, names, language)] for row in rows]
    open_list(app, line, COLUMNS, shown, language)
    return line


def _place(app: xw.App, path: Path, row: Behind) -> str:
    """Return the link to a row of the log, or of an archive of it."""
    file = root_of(path) / row.archive if row.archive else path
    said = f"{year_of(row.archive)} {row.sheet} {row.cell}".strip()
    return file_link(app, file, said, place(row.sheet, row.cell))


def _row(row: Behind, names: dict[str, str], language: Language) -> Sequence[object]:
    name = names.get(row.customer_id or "", "")
    return [row.on, row.customer_id, name, row.said(language), row.numerator, row.denominator or None]


def follow_in_report(book: xw.Book) -> str | None:
    """Show the rows behind the figure selected in a report; None where the workbook is no report.

    Raise MendInput where no figure of it is selected.
    """
    detail = sheet_named(book, report_words.DETAIL)
    if detail is None:
        return None
    code = _code_of_selection(book)
    names = [name.name for name in book.names]
    if code is None or f"{FIGURES[0]}{code}" not in names:
        raise MendInput(say.NO_FIGURE)
    figure = book.names[f"{FIGURES[0]}{code}"].refers_to_range
    label = str(figure.sheet.range((figure.row, 2)).value)
    titles = tuple(text.partition("{value}")[0].format(indicator=label) for text in report_words.DETAIL_BLOCK.all())
    blocks = detail.range((1, 1), (detail.used_range.last_cell.row, 1)).value
    at = next((at for at, block in enumerate(blocks, 1) if str(block or "").startswith(titles)), None)
    if at is None:
        raise MendInput(say.NO_FIGURE)
    go_to(detail, f"A{at}")
    return str(blocks[at - 1])


def _code_of_selection(book: xw.Book) -> str | None:
    """Return the indicator whose figure is selected, by the names of the report's cells."""
    selected = book.selection
    if selected is None:
        return None
    for name in book.names:
        prefix = next((one for one in FIGURES if name.name.startswith(one)), None)
        if prefix is not None and name.refers_to_range == selected:
            return str(name.name.removeprefix(prefix))
    return None
