"""A list in a new workbook: nobody's file, to be read, kept or thrown away."""

from __future__ import annotations

from collections.abc import Sequence

import xlwings as xw

from reportkit.workbooks.style import TEXT


def open_list(
    app: xw.App,
    line: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[object]],
    formats: Sequence[str],
    widths: Sequence[float],
) -> None:
    """Open a new workbook with a sentence, headings and rows; each column has a number format and a width."""
    sheet = app.books.add().sheets[0]
    for at, (number_format, width) in enumerate(zip(formats, widths, strict=True), 1):
        column = sheet.range((2, at), (len(rows) + 2, at))
        column.number_format, column.column_width = number_format, width
    sheet.range("A1").number_format = TEXT
    sheet.range("A1").value = line
    sheet.range((2, 1), (len(rows) + 2, len(headings))).value = [list(headings), *map(list, rows)]
    sheet.range((1, 1), (2, len(headings))).font.bold = True
