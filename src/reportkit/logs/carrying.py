"""What an advisor added to a log beside its forms, taken from one workbook into another: columns, sheets, notes.

Rows keep Excel's own numbers, so that formulas and links into the log stay right; the letters of a form's columns may
change, and formulas follow them.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from typing import Any, Final

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.utils.escape import unescape
from openpyxl.workbook import Workbook as Filled
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet as FilledSheet
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reportkit.definitions import words
from reportkit.definitions.columns import Kind, fold
from reportkit.definitions.forms import FORMS
from reportkit.definitions.settings_forms import FAQ
from reportkit.definitions.text import Language
from reportkit.logs.moving import Moved, Moves, followed, is_cut_off
from reportkit.logs.rewrite import OpenLog
from reportkit.read.book import RawSheet
from reportkit.read.contents import Rows, cells_of, sheet_parts
from reportkit.read.survey import column_letters, column_number
from reportkit.read.values import SECONDS_A_DAY, CellError, normalise
from reportkit.workbooks.lists import header_row

PAGES: Final = (
    words.START, words.TODAY, words.DUE, words.WEEKLY, words.FINDINGS, words.LISTS, words.WORKINGS, FAQ.label
)  # fmt: skip


@dataclass(frozen=True)
class Filling:
    """A filled log, taken apart: its forms as they move, and its sheets of the advisor's own.

    Of an archive formulas become the `values` they came to: nobody calculates it again.
    """

    log: OpenLog
    book: Filled
    shown: Mapping[str, Rows]  # what formulas came to, by sheet
    forms: Mapping[str, Moved]
    own_sheets: tuple[str, ...]
    language: Language
    values: bool = False

    def of_rows(self, rows: Mapping[str, Set[int]]) -> Filling:
        """Return the forms with some of their rows, by Excel's numbers, one below another from the first."""
        forms = {code: moved.of_rows(rows[code]) for code, moved in self.forms.items()}
        return replace(self, forms=forms)

    def cut_off(self) -> list[str]:
        """Return the cells whose formula names a row that is not there: it becomes the value it came to."""
        return [
            f"{cell.parent.title}!{cell.coordinate}"
            for cell in self._carried()
            if cell.data_type == "f" and self._is_cut_off(cell)
        ]

    def own_cells(self, form: str) -> Iterator[object]:
        """Yield what stands in the advisor's own columns of a form's rows, blank cells left out."""
        moved = self.forms[form]
        for row in moved.rows:
            for letter in moved.own:
                value = self._shown(self.book[moved.name][f"{letter}{row}"])
                if value not in ("", None):
                    yield value

    def archived(self, form: str) -> dict[str, list[object]]:
        """Return column code → what the rows of a form in the log's archives hold there, blanks left out."""
        if self.values or form not in self.forms:
            return {}
        sheet, here = self.log.whole.sheets[form], self.forms[form].rows
        there = [at for at, row in enumerate(sheet.rows) if row not in here]
        columns = {code: normalise(sheet.form.column[code], [*cells]) for code, cells in sheet.columns.items()}
        return {code: [cells[at] for at in there if cells[at] not in (None, "")] for code, cells in columns.items()}

    def _carried(self) -> Iterator[Cell]:
        """Yield the cells of rows that are there, and of the advisor's own sheets."""
        for moved in self.forms.values():
            sheet, columns = self.book[moved.name], [column_number(letter) for letter in moved.letters]
            yield from (_cell(sheet, row, column) for row in moved.rows for column in columns)
        for name in self.own_sheets:
            yield from (cell for row in self.book[name].iter_rows() for cell in row if isinstance(cell, Cell))

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
        columns = {code: column_number(at) for code, at in self.log.raw.sheets[moved.form.code].letters.items()}
        for old, new in moved.rows.items():
            for code, column in columns.items():
                cell = _cell(sheet, old, column)
                if cell.data_type not in ("f", "e") and cell.value is not None:
                    rows[new - first][code] = self._typed(cell)
        return rows

    def write_into(self, book: Workbook) -> None:
        """Write what stands beside the forms' values into a new log: formulas, own columns, notes, own sheets."""
        for moved in self.forms.values():
            sheet, filled = book.get_worksheet_by_name(moved.form.label.to(self.language)), self.book[moved.name]
            columns = [(was, column_number(was), column_number(now) - 1) for was, now in moved.letters.items()]
            raw = self.log.raw.sheets[moved.form.code]
            kinds = {letter: raw.form.column[code].kind for code, letter in raw.letters.items()}
            for old, new in moved.rows.items():
                for was, column, at in columns:
                    cell, place = _cell(filled, old, column), (new - 1, at)
                    if cell.data_type in ("f", "e") or _colour(cell) or not _is_at_home(cell, kinds.get(was)):
                        self._write(book, sheet, cell, place)
                    if cell.comment is not None:
                        note = {"author": cell.comment.author or ""}
                        sheet.write_comment(*place, unescape(cell.comment.text), note)
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
                        note = {"author": cell.comment.author or ""}
                        sheet.write_comment(*place, unescape(cell.comment.text), note)
        if old.sheet_state != "visible":
            sheet.hide()

    def _write(self, book: Workbook, sheet: Worksheet, cell: Cell, place: tuple[int, int]) -> None:
        """Write a cell as it was typed: text stays text, a formula stays one and follows the columns."""
        value: Any = self._typed(cell)
        look = _look(cell)
        style = book.add_format(look) if look else None
        if cell.data_type == "f" and (self.values or self._is_cut_off(cell)):
            value = self._shown(cell)
            kind = "e" if isinstance(value, CellError) else "n"
        else:
            kind = cell.data_type
        if value is None:
            sheet.write_blank(*place, None, style)
        elif isinstance(value, ArrayFormula):
            sheet.write_array_formula(
                *place, *place, self._followed(value.text or "", cell), style, self._came_to(cell)
            )
        elif kind == "f":
            sheet.write_formula(*place, self._followed(str(value), cell), style, self._came_to(cell))
        elif kind == "e":
            sheet.write_formula(*place, f"={value}", style, value)
        elif isinstance(value, bool):
            sheet.write_boolean(*place, value, style)
        elif isinstance(value, int | float):
            sheet.write_number(*place, value, style)
        elif isinstance(value, dt.date | dt.time):
            sheet.write_datetime(*place, value, style)
        else:
            sheet.write_string(*place, str(value), style)

    def _typed(self, cell: Cell) -> object:
        """Return what was typed into a cell. Of texts openpyxl keeps how a file spells them: `_x000D_` for a return."""
        if cell.data_type == "s":
            return self._shown(cell)
        return cell.value.total_seconds() / SECONDS_A_DAY if isinstance(cell.value, dt.timedelta) else cell.value

    def _came_to(self, cell: Cell) -> Any:
        """Return what a formula last came to, as a new formula may say it."""
        value = self._shown(cell)
        return "" if value is None else value if isinstance(value, int | float | str | bool) else str(value)

    def _shown(self, cell: Cell) -> Any:
        """Return what a formula last came to."""
        rows = self.shown.get(cell.parent.title, [])
        row = rows[cell.row - 1] if cell.row <= len(rows) else []
        return row[cell.column - 1] if cell.column <= len(row) else None

    def _followed(self, formula: str, cell: Cell) -> str:
        return followed(formula, cell.parent.title, self._moves, self.language)

    def _is_cut_off(self, cell: Cell) -> bool:
        formula = cell.value.text or "" if isinstance(cell.value, ArrayFormula) else str(cell.value)
        return is_cut_off(formula, cell.parent.title, self._moves)

    @cached_property
    def _moves(self) -> Moves:
        return {fold(moved.name): moved for moved in self.forms.values()}


def _cell(sheet: FilledSheet, row: int, column: int) -> Cell:
    cell: Any = sheet.cell(row, column)  # those of a merged range have no value, and the rest of a cell
    return cell  # type: ignore[no-any-return] # one of both


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
    places = ((column_letters(at), column.code) for at, column in enumerate(sheet.form.columns, 1))
    letters = {sheet.letters[code]: new for new, code in places if code in sheet.letters}
    headed = dict(enumerate(cells[headings])) if headings < len(cells) else {}
    own: dict[str, str] = {}
    taken = {fold(text) for column in sheet.form.columns for text in column.label.all()}
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


def _is_at_home(cell: Cell, kind: Kind | None) -> bool:
    """Return whether a column (None: the advisor's own) shows a cell as it is: a day among notes is a number there."""
    if isinstance(cell.value, dt.time | dt.timedelta):
        return kind == "time"
    return kind in ("date", "datetime") if isinstance(cell.value, dt.date) else kind is not None
