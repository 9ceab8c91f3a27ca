"""What ranges hold: values and formulas, read and written in blocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any

from . import values
from .addresses import Area, area_of
from .blocks import Position, blocks, covered, united
from .editing import Editing
from .errors import CalcError, OfficeGone
from .filling import WORTH_IT, filled_down
from .formats import NumberFormats
from .formulas import is_formula, to_calc, to_excel
from .kinds import kinds, name_errors, name_truths, restore
from .merging import Merging
from .moving import Moving
from .notes import kept
from .part import changes

MAX_CELLS = 2_000_000


class Contents(Editing, Merging):
    """Values and formulas of the cells of a range."""

    @property
    def max_cells_per_read(self) -> int:
        """What one call moves at most."""
        return MAX_CELLS

    max_cells_per_write = max_cells_per_read

    @property
    def raw_value(self) -> Any:
        """Rows of float, str, bool, datetime, `CellError`, None where empty; one cell's value alone."""
        rows = self.read() if len(self) else None
        return rows[0][0] if rows and len(self) == 1 else rows

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        if len(self) == 0:
            return
        if not isinstance(data, (list, tuple)):
            if is_formula(data) and len(self) > 1 and not self._text_cells():
                self.formula = data
                return
            data = [[data] * self.area.columns] * self.area.rows
        elif data and not isinstance(data[0], (list, tuple)):
            data = [data]
        with self._explained(), kept(self):
            self._write([[values.prepare(value) for value in row] for row in data])

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Say why LibreOffice does not take what is written: it does not."""
        try:
            yield
        except OfficeGone:
            raise
        except CalcError as failure:
            self.refuse_protected()
            self._refuse_part_of_array()
            raise CalcError(f"{self.area.address()} does not take what is written: {failure}", failure.kind) from None

    def _refuse_part_of_array(self) -> None:
        for y, row in enumerate(self.uno.getFormulaArray()):
            for x, text in enumerate(row):
                if text.startswith("{="):
                    cell = self.sub(Area(self.area.row + y, self.area.column + x, 1, 1))
                    cursor = self.sheet.uno.createCursorByRange(cell.uno)
                    cursor.collapseToCurrentArray()
                    array = area_of(cursor.getRangeAddress())
                    if self.area.intersection(array) != array:
                        raise CalcError(
                            f"{self.area.address()} holds a part of an array formula. Change all its cells at once."
                        )

    def read(self) -> list[list[Any]]:
        """Rows of what `raw_value` tells of, also of a single cell."""
        used = self.used
        if used is None:
            return [[None] * self.area.columns for _ in range(self.area.rows)]
        data = used.uno.getDataArray()
        rows: list[list[Any]] = [[None if value == "" else value for value in row] for row in data]
        name_truths(used, rows)
        restore(used, rows)
        if any(None in row for row in data):  # an empty cell is an empty text
            name_errors(used, rows)
        return rows if used.area == self.area else self._padded(rows, used.area)

    def _padded(self, rows: list[list[Any]], inner: Area) -> list[list[Any]]:
        above, left = inner.row - self.area.row, inner.column - self.area.column
        right = self.area.columns - left - inner.columns
        below = self.area.rows - above - inner.rows
        empty = [None] * self.area.columns
        middle = [[None] * left + row + [None] * right for row in rows]
        return [list(empty) for _ in range(above)] + middle + [list(empty) for _ in range(below)]

    def _text_cells(self) -> list[Area]:
        return [area for kind, area in kinds(self) if kind == NumberFormats.TEXT]

    def _write(self, rows: list[list[Any]]) -> None:
        """Store a block in one call, then what LibreOffice's blocks cannot carry: formulas, dates, truth values."""
        null_date = self.sheet.book.null_date
        self._empty_merged(rows)
        formulas: dict[Position, str] = {}
        typed: dict[Position, str] = {}
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                kind = type(value)
                if kind is float:
                    continue
                if kind is str:
                    if value[:1] == "=" and is_formula(value):
                        formulas[y, x] = value
                elif isinstance(value, dt.date):
                    typed[y, x] = values.DATETIME_CODE if isinstance(value, dt.datetime) else values.DATE_CODE
                    row[x] = values.to_serial(value, null_date)
                elif isinstance(value, bool):
                    typed[y, x] = values.BOOLEAN_CODE
                    row[x] = float(value)
        found = kinds(self)
        texts = covered(formulas, [self._within(area) for kind, area in found if kind == NumberFormats.TEXT])
        formulas = {at: text for at, text in formulas.items() if at not in texts}
        for y, x in formulas:
            rows[y][x] = ""
        self.uno.setDataArray(tuple(map(tuple, rows)))
        self._set_kinds(typed, found, rows)
        self._write_formulas(formulas)

    def _within(self, area: Area) -> Area:
        """An area of the sheet, counted from the first cell here as 0, 0."""
        return area._replace(row=area.row - self.area.row, column=area.column - self.area.column)

    def _on_sheet(self, area: Area) -> Area:
        return area._replace(row=area.row + self.area.row, column=area.column + self.area.column)

    def _empty_merged(self, rows: list[list[Any]]) -> None:
        """Keep what is written out of the cells that merged ones hide, as Excel does."""
        if len(self) == 1 or not self.uno.IsMerged:
            return
        for area in map(self._within, self.merged_areas()):
            here = area.intersection(Area(0, 0, self.area.rows, self.area.columns))
            for y, x in here.cells() if here is not None else ():
                if (y, x) != (area.row, area.column):
                    rows[y][x] = ""

    def _set_kinds(self, typed: dict[Position, str], found: list[tuple[int, Area]], rows: Any) -> None:
        dated = covered(typed, [self._within(area) for kind, area in found if kind & NumberFormats.DATE])
        logical = [self._within(area) for kind, area in found if kind & NumberFormats.LOGICAL]
        held_logical = covered(typed, logical)
        wanted: dict[str, list[Position]] = {}
        for at, code in typed.items():
            if at not in (held_logical if code == values.BOOLEAN_CODE else dated):
                wanted.setdefault(code, []).append(at)
        for area in logical:  # a number in a cell that held a truth value is none
            for row, column in area.cells():
                if (row, column) not in typed and type(rows[row][column]) is float:
                    wanted.setdefault("General", []).append((row, column))
        for code, positions in sorted(wanted.items()):
            target = united(self, [self._on_sheet(block) for block in blocks(positions)])
            target.NumberFormat = self.sheet.book.formats.key(code)

    def _write_formulas(self, formulas: dict[Position, str]) -> None:
        folder = self.sheet.book.folder if any("[" in text for text in formulas.values()) else ""
        self._write_texts({at: to_calc(text, folder) for at, text in formulas.items()})

    def texts_of_cells(self) -> set[Position]:
        """Which cells are formatted as text, from 0."""
        return {at for area in self._text_cells() for at in self._within(area).cells()}

    def put_back(self, texts: dict[Position, str]) -> None:
        """Contents as LibreOffice's interface spells them, each into the cell it came from."""
        if not texts:
            return
        with self._explained(), kept(self):
            self._write_texts(texts)

    def _write_texts(self, texts: dict[Position, str]) -> None:
        """Formulas and constants as LibreOffice's interface spells them, by their place from 0."""
        for block in blocks(texts):
            columns = [block] if block.rows < WORTH_IT else block.by_columns()
            for part in columns:
                down, right = range(part.row, part.last_row + 1), range(part.column, part.last_column + 1)
                rows = tuple(tuple(texts[y, x] for x in right) for y in down)
                cells = self.sub(self._on_sheet(part)).uno
                if not filled_down(cells, rows):
                    cells.setFormulaArray(rows)

    # ---- formulas

    @property
    def formula(self) -> Any:
        """Formulas, constants as text; one cell's as itself, else a tuple of rows."""
        used = self.used if len(self) else None
        if used is None:
            return tuple(("",) * self.area.columns for _ in range(self.area.rows)) if len(self) else None
        rows = [[_shown(text) for text in row] for row in used.uno.getFormulaArray()]
        if used.area != self.area:
            rows = [[text or "" for text in row] for row in self._padded(rows, used.area)]
        return rows[0][0] if len(self) == 1 else tuple(map(tuple, rows))

    @formula.setter
    def formula(self, value: Any) -> None:
        if len(self) > 0:
            with self._explained(), kept(self):
                self._write_formula(value)

    def _write_formula(self, value: Any) -> None:
        if isinstance(value, (list, tuple)):
            rows = value if value and isinstance(value[0], (list, tuple)) else [value]
            plain = [[values.prepare(cell) for cell in row] for row in rows]
            texts = tuple(tuple(self._calc_text(cell) for cell in row) for row in plain)
            if self.area.columns > 1 or len(texts) != self.area.rows or not filled_down(self.uno, texts):
                self.uno.setFormulaArray(texts)
            return
        text = self._calc_text(values.prepare(value))
        if not text.startswith("="):
            self.uno.setFormulaArray(((text,) * self.area.columns,) * self.area.rows)
            return
        if len(self) == 1 or self.uno.getUniqueCellFormatRanges().getCount() == 1:
            self.sub(self.area._replace(rows=1, columns=1)).uno.setFormulaArray(((text,),))
            self._fill_from_first()  # which takes the first cell's format along
            return
        formula = Moving(text)
        rows_and_columns = product(range(self.area.rows), range(self.area.columns))
        self._write_texts({(y, x): formula.at(y, x) for y, x in rows_and_columns})

    formula2 = formula

    def _calc_text(self, value: Any) -> str:
        if is_formula(value):
            return to_calc(value, self.sheet.book.folder if "[" in value else "")
        if isinstance(value, bool):
            return "=TRUE()" if value else "=FALSE()"
        if isinstance(value, dt.date):
            value = values.to_serial(value, self.sheet.book.null_date)
        return repr(value) if isinstance(value, float) else str(value)

    @property
    def formula_array(self) -> str | None:
        """The array formula that fills the range; a plain one of a single cell."""
        text = self.uno.getArrayFormula() or (self.cell.getFormula() if len(self) == 1 else "")
        return _shown(text) if text else None

    @formula_array.setter
    @changes
    def formula_array(self, value: str) -> None:
        with self._explained():
            self._refuse_part_of_array()
            self.uno.setArrayFormula(to_calc(value, self.sheet.book.folder) if value else "")

    @property
    def has_array(self) -> bool:
        """Whether its first cell belongs to an array formula."""
        return bool(self.sub(Area(self.area.row, self.area.column, 1, 1)).uno.getArrayFormula())


def _shown(text: str) -> str:
    """A cell's content as Excel shows it while it is edited."""
    if text.startswith("{="):
        return to_excel(text[1:-1])
    if text.startswith("="):
        return to_excel(text)
    return text[1:] if text.startswith("'") else text
