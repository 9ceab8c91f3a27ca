"""A form as a sheet: its table, its headings, its checks, its rows."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from reportkit.definitions.columns import Column, Form, Kind
from reportkit.definitions.text import Language
from reportkit.workbooks.cells import number_format
from reportkit.workbooks.checks import validation, wrong_when
from reportkit.workbooks.lists import ROWS, header_row
from reportkit.workbooks.style import (
    HEADING_HEIGHT,
    NUMBER_FORMATS,
    PAPER,
    PERCENT,
    ROW_HEIGHT,
    WHOLE,
    Styles,
    ink,
    set_up_print,
    text_width,
    wrapped_height,
)

ABOVE = 15  # rows that are seen above the one to type in
EMPTY_ROWS = 20  # of a new table: enough to look like a form; Excel grows it from there
WIDE = 40  # a column this wide holds sentences: they wrap
_BUTTON = 4  # room for the filter button beside a heading
_INDENT = 2  # how far figures, and their heading, keep away from the right
TABLE_STYLE = "Table Style Light 1"
LEFT_EDGE: Final = {"left": 1, "left_color": PAPER}
_APART = 2  # between a text and the one in the next column
_TEXTS: Final = ("text", "id", "email")
_SIDES: Final[Mapping[Kind, tuple[str, ...]]] = {  # where a column's cells stand, and its heading with them
    **dict.fromkeys(("date", "datetime", "time"), ("dated",)),
    **dict.fromkeys(("number", "whole"), ("numbered",)),
}
Rows = Sequence[Mapping[str, object]]
Cell = tuple[int, str]  # row, counted from 0, and column code


def add_form_sheet(
    styles: Styles,
    form: Form,
    rows: Rows = (),
    *,
    frozen: int = 0,
    pages_wide: int = 1,
    sources: Mapping[str, str] | None = None,
    own: Sequence[str] = (),
    at_end: bool = False,
    fitted: bool = False,
    shares: Collection[Cell] = (),
) -> Worksheet:
    """Add a form's sheet with its table and rows.

    Columns are as wide as their form says or, `fitted`, as what stands in them asks for. `frozen` ones stay while
    scrolling; `sources` maps column code → the defined name a dropdown offers; `own` are the headings of columns a
    person added, behind the form's. The first row is selected, or where rows are added day by day (`at_end`) the one
    to type in next, below the last rows. `shares` are the cells that are read and typed as percent.
    """
    language = styles.language
    sheet = styles.book.add_worksheet(form.label.to(language))
    header = header_row(form)
    widths = [width_of(column, language) for column in form.columns]
    if fitted:
        widths = [max(width, _needed(column, rows)) for column, width in zip(form.columns, widths, strict=True)]
    wraps = any(width >= WIDE for width in widths)
    if not wraps:
        sheet.set_default_row(ROW_HEIGHT)  # sentences need rows that grow
    sheet.set_row(header, HEADING_HEIGHT)
    _add_groups(sheet, styles, form)
    formats = [_format(styles, column, wraps, at) for at, column in enumerate(form.columns)]
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width, formats[at])
    _add_table(sheet, styles, form, formats, max(len(rows), EMPTY_ROWS if not rows else 1), own)
    _add_checks(sheet, styles, form, sources or {})
    _write_rows(sheet, form, rows, formats, language, widths)
    for number, code in shares:
        at, share = [*form.column].index(code), rows[number].get(code)
        percent = PERCENT if share is None else number_format(float(str(share)), "percent")
        sheet.write(header + 1 + number, at, share, _format(styles, form.columns[at], wraps, at, percent))
    selected = header + 1 + (len(rows) if at_end else 0)
    sheet.freeze_panes(header + 1, frozen, max(header + 1, selected - ABOVE), frozen)
    sheet.set_selection(selected, 0, selected, 0)
    set_up_print(sheet, language, pages_wide=pages_wide)
    sheet.repeat_rows(0, header)
    if frozen and pages_wide > 1:
        sheet.repeat_columns(0, frozen - 1)
    return sheet


def width_of(column: Column, language: Language) -> float:
    """Return a column's width: its own, or what heading (on two lines) or longest choice needs beside a button.

    A heading that fits its column on one line would run under the button: it gets the room it needs.
    """
    label = column.label.to(language)
    choices = column.choices.labels.values() if column.choices else ()
    widest = max((text_width(choice.to(language)) for choice in choices), default=0)
    room = _BUTTON + (_INDENT if "numbered" in _SIDES.get(column.kind, ()) else 0)
    width = max(column.width, max(_on_two_lines(label), widest) + room)
    return max(width, text_width(label) + room) if text_width(label) <= width else width


def _needed(column: Column, rows: Rows) -> float:
    """Return how wide a column of text is to be for its rows: up to where sentences wrap."""
    if column.kind not in _TEXTS:
        return 0
    return min(WIDE, max((text_width(str(row.get(column.code) or "")) + _APART for row in rows), default=0))


def _on_two_lines(label: str) -> int:
    """Return how wide a heading is on two lines: broken between words, or anywhere where there are none."""
    words = label.split()
    if len(words) < 2:
        return text_width(label) if label.isascii() else math.ceil(text_width(label) / 2)
    breaks = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words)))
    return min(max(map(text_width, lines)) for lines in breaks)


def write_cell(
    sheet: Worksheet, row: int, at: int, column: Column, value: object, style: Format, language: Language
) -> None:
    """Write a value as its column holds it; text that is none of its kind stays as typed, never a formula."""
    if value is None or value == "" or value != value:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, at, value, style)
    elif isinstance(value, dt.date | dt.datetime | dt.time):
        sheet.write_datetime(row, at, value, style)
    elif isinstance(value, int | float):
        sheet.write_number(row, at, value, style)
    elif column.choices is not None and value in column.choices.labels:
        sheet.write_string(row, at, column.choices.labels[str(value)].to(language), style)
    else:
        sheet.write_string(row, at, str(value), style)


def _format(styles: Styles, column: Column, wraps: bool, at: int, shown: str | None = None) -> Format:
    """Return the format of a column's cells; text formats keep leading zeros and long ids.

    LibreOffice forgets the indent of a figure beside another that looks the same: neighbours differ in a shade
    nobody sees.
    """
    look, sides = "wrapped" if wraps else "body", _SIDES.get(column.kind, ())
    shade = {"font_color": ink(at)} if "numbered" in sides else {}
    return styles.of(look, *sides, "ruled", num_format=shown or NUMBER_FORMATS[column.kind], **shade)


def _add_groups(sheet: Worksheet, styles: Styles, form: Form) -> None:
    """Write the band of groups above the headings; cells of it are not merged, for a group may go on over a page."""
    for group in form.groups:
        inside = [at for at, column in enumerate(form.columns) if column.group == group.code]
        for at in inside:
            sheet.write_blank(0, at, None, styles.of("band"))
        sheet.write_string(0, inside[0], group.label.to(styles.language), styles.of("band", **LEFT_EDGE))


def _add_table(
    sheet: Worksheet, styles: Styles, form: Form, formats: list[Format], length: int, own: Sequence[str]
) -> None:
    header = header_row(form)
    columns: list[dict[str, object]] = [
        {
            "header": column.label.to(styles.language),
            "header_format": styles.of(
                "required" if column.required else "heading", "parted", *_SIDES.get(column.kind, ())
            ),
            "format": style,
        }
        for column, style in zip(form.columns, formats, strict=True)
    ]
    columns += [{"header": heading, "header_format": styles.of("heading", "parted")} for heading in own]
    options = {"name": form.code, "style": TABLE_STYLE, "columns": columns}
    sheet.add_table(header, 0, header + length, len(columns) - 1, options)


def _add_checks(sheet: Worksheet, styles: Styles, form: Form, sources: Mapping[str, str]) -> None:
    """Add hints, warnings and red cells over every row the form has room for.

    None of these formats draws a line: LibreOffice saves it without its colour, in black.
    """
    first = header_row(form) + 1
    last = first + ROWS - 1
    cell = _first_cell(form, first)
    for at, column in enumerate(form.columns):
        rule = validation(form, column, styles.language, cell, sources.get(column.code))
        if rule is not None:
            sheet.data_validation(first, at, last, at, rule)
        wrong = wrong_when(form, column, cell)
        if wrong is not None:
            options = {"type": "formula", "criteria": wrong, "format": styles.difference("wrong")}
            sheet.conditional_format(first, at, last, at, options)
        if column.kind == "number":
            own = cell(column.code)
            whole = {"type": "formula", "criteria": f"=IF(ISNUMBER({own}),AND({own}>=1000,{own}=INT({own})))"}
            shown = styles.difference("whole", num_format=WHOLE)
            sheet.conditional_format(first, at, last, at, {**whole, "format": shown})


def _first_cell(form: Form, row: int) -> Callable[[str], str]:
    """Return column code → its cell in a row, the column fixed."""
    cells = {code: xl_rowcol_to_cell(row, at, col_abs=True) for at, code in enumerate(form.column)}
    return cells.__getitem__


def _write_rows(
    sheet: Worksheet, form: Form, rows: Rows, formats: list[Format], language: Language, widths: Sequence[float]
) -> None:
    first = header_row(form) + 1
    sentences = any(width >= WIDE for width in widths)
    texts = [(column.code, width) for column, width in zip(form.columns, widths, strict=True) if column.kind in _TEXTS]
    for number, row in enumerate(rows, first):
        if sentences:
            sheet.set_row(number, wrapped_height((str(row.get(code) or ""), width) for code, width in texts))
        for at, column in enumerate(form.columns):
            write_cell(sheet, number, at, column, row.get(column.code), formats[at], language)
