"""A list in a new workbook: nobody's file, to be read, kept or thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import xlwings as xw

from reportkit.definitions.text import Language, Text
from reportkit.workbooks.style import ACCENT, INK, NAVY, PALE, TEXT
from reportkit_addin.files import nothing_to_save
from reportkit_addin.live import freeze_rows
from reportkit_addin.looks import rule

HEADINGS: Final = 2  # the row of the headings, counted from 1; the sentence stands above
LINE_SIZE: Final = 12  # points


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its heading, its width in characters, and the number format of its cells."""

    heading: Text
    width: float
    number_format: str = TEXT
    is_link: bool = False  # its cells are formulas that lead somewhere


def open_list(
    app: xw.App, line: str, columns: Sequence[Column], rows: Sequence[Sequence[object]], language: Language
) -> None:
    """Open a new workbook with a sentence, headings and rows; it may be closed without a question."""
    book = app.books.add()
    sheet = book.sheets[0]
    sheet.show_gridlines = False
    end = HEADINGS + len(rows)
    for at, one in enumerate(columns, 1):
        cells = sheet.range((HEADINGS, at), (end, at))
        cells.number_format, cells.column_width = one.number_format, one.width
    title = sheet.range("A1")
    title.number_format, title.value = TEXT, line
    title.font.bold, title.font.size, title.font.color = True, LINE_SIZE, NAVY
    block = sheet.range((HEADINGS, 1), (end, len(columns)))
    rule(block)
    block.wrap_text, block.horizontal_alignment = True, "left"
    for at in (at for at, one in enumerate(columns, 1) if one.is_link):
        sheet.range((HEADINGS, at), (end, at)).font.color = ACCENT
    headings = sheet.range((HEADINGS, 1), (HEADINGS, len(columns)))
    headings.color, headings.font.bold, headings.font.color = PALE, True, INK
    block.value = [[one.heading.to(language) for one in columns], *map(list, rows)]
    freeze_rows(sheet, HEADINGS)
    sheet.range((HEADINGS + 1, 1)).select()
    nothing_to_save(book)
