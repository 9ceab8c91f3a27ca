"""One sheet of a report and how its cells are written: words, what people typed, figures, shares, links."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reportkit.figures import BLANK
from reportkit.text import Language, Text
from reportkit.workbooks.style import DATE, MUTED, PERCENT, PERCENT_FINE, Styles

ONE_DECIMAL: Final = "#,##0.0"
NO_DECIMALS: Final = "#,##0"


def number_format(value: float, unit: str) -> str:
    """Return how a figure is written, as `figures.figure` writes it: whole where it is whole, shares as percent."""
    if unit == "percent":
        return PERCENT if round(value * 100, 9) == round(value * 100) else PERCENT_FINE
    whole = unit == "yuan" or round(value, 9) == round(value)
    return NO_DECIMALS if whole else ONE_DECIMAL


@dataclass(frozen=True)
class Page:
    """A sheet under way, with the styles of its workbook. Rows and columns count from 0."""

    sheet: Worksheet
    styles: Styles
    name: str

    @property
    def language(self) -> Language:
        """The language of the workbook."""
        return self.styles.language

    def say(self, row: int, column: int, text: Text, *names: str, **more: Any) -> None:
        """Write one of the program's own words."""
        self.sheet.write_string(row, column, text.to(self.language), self.styles.of(*names, **more))

    def typed(self, row: int, column: int, text: str | None, *names: str, **more: Any) -> None:
        """Write text that may come from a person: always as text, never a formula or a link."""
        style = self.styles.of(*names, **more)
        if text:
            self.sheet.write_string(row, column, text, style)
        else:
            self.sheet.write_blank(row, column, None, style)

    def figure(self, row: int, column: int, value: float | None, unit: str, *names: str, **more: Any) -> None:
        """Write a figure in its unit; what is not assessed is a dash."""
        if value is None:
            self.blank(row, column, *names, **more)
            return
        style = self.styles.of(*names, num_format=number_format(value, unit), align="right", **more)
        self.sheet.write_number(row, column, value, style)

    def share(self, row: int, column: int, value: float | None, *names: str, **more: Any) -> None:
        """Write an attainment or pace in whole percent; what is not assessed is a dash."""
        if value is None:
            self.blank(row, column, *names, **more)
            return
        style = {"num_format": PERCENT, "align": "right", **more}
        self.sheet.write_number(row, column, value, self.styles.of(*names, **style))

    def blank(self, row: int, column: int, *names: str, **more: Any) -> None:
        """Write the dash of what is not assessed."""
        style = {**more, "font_color": MUTED, "align": "right"}
        self.sheet.write_string(row, column, BLANK, self.styles.of(*names, **style))

    def date(self, row: int, column: int, day: dt.date | None, *names: str, **more: Any) -> None:
        """Write a day, or nothing."""
        style = self.styles.of(*names, num_format=DATE, align="left", **more)
        if day is None:
            self.sheet.write_blank(row, column, None, style)
        else:
            self.sheet.write_datetime(row, column, dt.datetime(day.year, day.month, day.day), style)

    def merged(self, row: int, first: int, last: int, text: str, style: Format, rows: int = 1) -> None:
        """Write text over several cells; a single one is not merged."""
        if first == last and rows == 1:
            self.sheet.write_string(row, first, text, style)
            return
        self.sheet.merge_range(row, first, row + rows - 1, last, "", style)
        self.sheet.write_string(row, first, text, style)

    def headings(self, row: int, first: int, texts: tuple[Text, ...], numbers: tuple[int, ...] = ()) -> None:
        """Write a row of headings; those at positions `numbers` stand to the right, above their figures."""
        for at, text in enumerate(texts):
            align = "right" if at in numbers else "left"
            self.say(row, first + at, text, "heading", align=align)


def internal(sheet: str, cell: str) -> str:
    """Return the link to a cell of this workbook."""
    return f"internal:{quoted(sheet)}!{cell}"


def external(path: str, sheet: str, cell: str) -> str:
    """Return the link to a cell of another workbook, relative to this one."""
    return f"external:{path}#{quoted(sheet)}!{cell}"


def quoted(sheet: str) -> str:
    """Return a sheet's name as a reference holds it."""
    return "'" + sheet.replace("'", "''") + "'"
