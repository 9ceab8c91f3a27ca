"""What an advisor added to a log beside its forms, taken from one workbook into another: columns, sheets, notes.

Rows keep Excel's own numbers, so that formulas and links into the log stay right; the letters of a form's columns may
change, and formulas follow them.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook as Filled
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet as FilledSheet
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reportkit.definitions import words
from reportkit.definitions.columns import Form, fold
from reportkit.definitions.forms import FORMS
from reportkit.definitions.settings_forms import FAQ
from reportkit.definitions.text import Language
from reportkit.logs.rewrite import OpenLog
from reportkit.read.book import RawSheet
from reportkit.read.contents import Rows, cells_of, sheet_parts
from reportkit.read.survey import column_letters, column_number
from reportkit.workbooks.lists import header_row

PAGES: Final = (
    words.START, words.TODAY, words.DUE, words.WEEKLY, words.FINDINGS, words.LISTS, words.WORKINGS, FAQ.label
)  # fmt: skip
_PLACE: Final = re.compile(
    r"(\"[^\"]*\")|((?:'(?:[^']|'')+'|[\w.\u0080-\uffff]+)!)?(\$?)([A-Z]{1,3})(\$?)(\d+)(?![\w(.])", re.IGNORECASE
)
_DAY: Final = 86_400


@dataclass(frozen=True)
class Moved:
    """How a form's sheet moves: its name before, the letters of its columns, and where its rows come to stand."""

    form: Form
    name: str
    letters: Mapping[str, str]  # old letter → new
    rows: Mapping[int, int]  # Excel's row number → new
    own: Mapping[str, str]  # old letter of an advisor's own column → its heading


@dataclass(frozen=True)
class Filling:
    """A filled log, taken apart: its forms as they move, and its sheets of the advisor's own."""

    log: OpenLog
    book: Filled
    shown: Mapping[str, Rows]  # what formulas came to, by sheet
    forms: Mapping[str, Moved]
    own_sheets: tuple[str, ...]
    language: Language

    def own_headings(self) -> dict[str, list[str]]:
        """Return form code → the headings of the advisor's own columns."""
        return {code: list(moved.own.values()) for code, moved in self.forms.items()}

    def rows(self) -> dict[str, list[dict[str, object]]]:
        """Return form code → rows of column code → value as typed, in place from the first below the headings."""
        return {code: self._rows_of(moved) for code, moved in self.forms.items()}

    def _rows_of(self, moved: Moved) -> list[dict[str, object]]:
        first = header_row(moved.form) + 2
        last = max(moved.rows.values(), default=first - 1)
        rows: list[dict[str, object]] = [{} for _ in range(first, last + 1)]
        sheet = self.book[moved.name]
        letters = self.log.raw.sheets[moved.form.code].letters
        for old, new in moved.rows.items():
            for code, letter in letters.items():
                cell = sheet[f"{letter}{old}"]
                if cell.data_type not in ("f", "e") and cell.value is not None:
                    rows[new - first][code] = _typed(cell.value)
        return rows

    def write_into(self, book: Workbook) -> None:
        """Write what stands beside the forms' values into a new log: formulas, own columns, notes, own sheets."""
        for moved in self.forms.values():
            sheet = book.get_worksheet_by_name(moved.form.label.to(self.language))
            for old, new in moved.rows.items():
                for was, now in moved.letters.items():
                    cell = self.book[moved.name][f"{was}{old}"]
                    place = new - 1, column_number(now) - 1
                    if was in moved.own or cell.data_type in ("f", "e") or _colour(cell):
                        self._write(book, sheet, cell, place)
                    if cell.comment is not None:
                        note = {"author": cell.comment.author or ""}
                        sheet.write_comment(*place, cell.comment.text, note)
        for name in self.own_sheets:
            self._write_sheet(book, self.book[name])

    def _write_sheet(self, book: Workbook, old: FilledSheet) -> None:
        sheet = book.add_worksheet(old.title)
        for letter, column in old.column_dimensions.items():
            if column.width and column.customWidth:
                at = column_number(letter) - 1
                sheet.set_column(at, at, column.width)
        for merged in old.merged_cells.ranges:
            sheet.merge_range(merged.coord, "")
        for row in old.iter_rows():
            for cell in row:
                if isinstance(cell, Cell):
                    place = cell.row - 1, cell.column - 1
                    self._write(book, sheet, cell, place)
                    if cell.comment is not None:
                        sheet.write_comment(*place, cell.comment.text, {"author": cell.comment.author or ""})
        if old.sheet_state != "visible":
            sheet.hide()

    def _write(self, book: Workbook, sheet: Worksheet, cell: Cell, place: tuple[int, int]) -> None:
        """Write a cell as it was typed: text stays text, a formula stays one and follows the columns."""
        value: Any = cell.value
        look = _look(cell)
        style = book.add_format(look) if look else None
        if value is None:
            sheet.write_blank(*place, None, style)
        elif isinstance(value, ArrayFormula):
            sheet.write_array_formula(
                *place, *place, self.followed(value.text or "", cell.parent.title), style, self._came_to(cell)
            )
        elif cell.data_type == "f":
            sheet.write_formula(*place, self.followed(str(value), cell.parent.title), style, self._came_to(cell))
        elif cell.data_type == "e":
            sheet.write_formula(*place, f"={value}", style, value)
        elif isinstance(value, bool):
            sheet.write_boolean(*place, value, style)
        elif isinstance(value, int | float):
            sheet.write_number(*place, value, style)
        elif isinstance(value, dt.date | dt.time | dt.timedelta):
            sheet.write_datetime(*place, value, style)
        else:
            sheet.write_string(*place, str(value), style)

    def _came_to(self, cell: Cell) -> Any:
        """Return what a formula last came to."""
        rows = self.shown.get(cell.parent.title, [])
        row = rows[cell.row - 1] if cell.row <= len(rows) else []
        value = row[cell.column - 1] if cell.column <= len(row) else None
        return "" if value is None else value if isinstance(value, int | float | str | bool) else str(value)

    def followed(self, formula: str, on: str) -> str:
        """Return a formula of a sheet with the places of forms' cells as they are now."""
        moves = {fold(moved.name): moved for moved in self.forms.values()}

        def place(found: re.Match[str]) -> str:
            if found[1]:
                return found[1]
            sheet = (found[2] or "").removesuffix("!").strip("'").replace("''", "'") or on
            moved = moves.get(fold(sheet))
            if moved is None:
                return found[0]
            letter, row = moved.letters.get(found[4].upper(), found[4]), moved.rows.get(int(found[6]), int(found[6]))
            name = f"'{moved.form.label.to(self.language)}'!" if found[2] else ""
            return f"{name}{found[3]}{letter}{found[5]}{row}"

        return _PLACE.sub(place, formula)


def taken_apart(log: OpenLog, language: Language) -> Filling:
    """Return a filled log taken apart."""
    with warnings.catch_warnings():  # it says what it would not save; nothing is saved by it
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(BytesIO(log.package.content))
    parts, _ = sheet_parts(log.package)
    shown, _ = cells_of(log.package, parts)
    forms = {code: _moved(sheet, shown[sheet.name]) for code, sheet in log.raw.sheets.items() if sheet.name}
    known = {fold(label) for page in PAGES for label in page.all()}
    known |= {fold(text) for form in FORMS.values() for text in (form.code, *form.label.all())}
    taken = {moved.name for moved in forms.values()}
    own = tuple(name for name in parts if name not in taken and fold(name) not in known)
    return Filling(log, book, shown, forms, own, language)


def _moved(sheet: RawSheet, cells: Rows) -> Moved:
    """Return how a form's sheet moves into the template."""
    headings = headings_at(sheet, cells)
    letters = {old: column_letters(at) for at, old in _new_places(sheet)}
    headed = dict(enumerate(cells[headings])) if headings < len(cells) else {}
    own: dict[str, str] = {}
    taken = {fold(column.label.to(one)) for column in sheet.form.columns for one in ("zh-CN", "zh-TW", "en")}
    for at in range(max(map(len, cells), default=0)):
        letter = column_letters(at + 1)
        filled = any(at < len(row) and row[at] not in ("", None) for row in cells[headings:])
        if letter not in letters and filled:
            own[letter] = _heading(str(headed.get(at) or "").strip() or letter, taken)
            letters[letter] = column_letters(len(sheet.form.columns) + len(own))
    shift = header_row(sheet.form) - headings
    used = [at + 1 for at, row in enumerate(cells) if at > headings and any(cell not in ("", None) for cell in row)]
    rows = {row: row + shift for row in used}
    after = max(rows.values(), default=header_row(sheet.form) + 1)
    above = [row for row in sheet.rows if row <= headings]  # rows typed above the headings come last
    rows |= {row: after + at for at, row in enumerate(above, 1)}
    return Moved(sheet.form, sheet.name, letters, rows, own)


def _new_places(sheet: RawSheet) -> Iterator[tuple[int, str]]:
    for at, column in enumerate(sheet.form.columns, 1):
        if column.code in sheet.letters:
            yield at, sheet.letters[column.code]


def headings_at(sheet: RawSheet, cells: Rows) -> int:
    """Return the index of the row of headings."""
    for at, row in enumerate(cells):
        codes = (sheet.form.by_label.get(fold(str(row[column_number(one) - 1]))) for one in sheet.letters.values())
        if list(codes) == list(sheet.letters):
            return at
    return header_row(sheet.form)


def _heading(wanted: str, taken: set[str]) -> str:
    """Return a heading no other column has; a table needs each to be its own."""
    heading, number = wanted, 2
    while fold(heading) in taken:
        heading, number = f"{wanted} {number}", number + 1
    taken.add(fold(heading))
    return heading


def _colour(cell: Cell) -> str | None:
    """Return the colour somebody gave a cell, unless it is one of the theme's."""
    colour = cell.fill.fgColor
    return f"#{colour.rgb[-6:]}" if cell.fill.fill_type == "solid" and colour.type == "rgb" else None


def _look(cell: Cell) -> dict[str, object]:
    """Return how a cell was made to look, as far as it is carried: number format, bold, colour, lines."""
    look = {
        "num_format": cell.number_format if cell.number_format != "General" else None,
        "bold": cell.font.b,
        "bg_color": _colour(cell),
        "text_wrap": cell.alignment.wrap_text,
        "valign": "vcenter" if cell.alignment.vertical == "center" else None,
    }
    return {name: value for name, value in look.items() if value}


def _typed(value: object) -> object:
    return value.total_seconds() / _DAY if isinstance(value, dt.timedelta) else value
