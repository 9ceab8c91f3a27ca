"""What changes cells: clear, insert, delete, fill, sort, replace, group."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .addresses import Area
from .blocks import Position, blocks
from .errors import CalcError
from .formulas import to_calc, to_excel
from .link import Enum, Struct, Typed
from .office import properties
from .part import CONTENTS, RangePart, changes

if TYPE_CHECKING:
    from .ranges import Range

# CellFlags of LibreOffice
EVERYTHING = CONTENTS | 8 | 32 | 64 | 256 | 512  # and notes, formats, drawn objects excepted
MOST_KEYS = 3
# Excel's kinds of fill → LibreOffice's FillMode and FillDateMode
FILLS = {
    "fill_copy": ("SIMPLE", "FILL_DATE_DAY"),
    "fill_values": ("SIMPLE", "FILL_DATE_DAY"),
    "fill_days": ("DATE", "FILL_DATE_DAY"),
    "fill_weekdays": ("DATE", "FILL_DATE_WEEKDAY"),
    "fill_months": ("DATE", "FILL_DATE_MONTH"),
    "fill_years": ("DATE", "FILL_DATE_YEAR"),
    "linear_trend": ("LINEAR", "FILL_DATE_DAY"),
    "growth_trend": ("GROWTH", "FILL_DATE_DAY"),
}
IN_THE_WAY = "merged cells or an array formula are in the way"
END_OF_SERIES = 1.7e307  # LibreOffice's "no limit"


class Editing(RangePart):
    """Changes to the cells of a range and around it."""

    def clear_contents(self) -> None:
        """Delete values and formulas."""
        self._clear(CONTENTS)

    def clear(self) -> None:
        """Delete values, formulas, formats and notes."""
        self._clear(EVERYTHING)

    @changes
    def _clear(self, flags: int) -> None:
        if self.uno is not None:
            self.uno.clearContents(flags)
            if self.filled():
                raise CalcError(f"{self.where} holds a part of an array formula. Clear all its cells at once.")

    def _is_whole(self) -> str:
        rows, columns = self.sheet.size
        if self.area.columns == columns:
            return "rows"
        return "columns" if self.area.rows == rows else ""

    @changes
    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Make room here; new cells take the format of those above or to the left."""
        mode = {"rows": "ROWS", "columns": "COLUMNS"}.get(self._is_whole())
        if mode is None:
            tall = self.area.rows > self.area.columns
            mode = {"down": "DOWN", "right": "RIGHT"}[shift or ("right" if tall else "down")]
        insert = Enum("com.sun.star.sheet.CellInsertMode", mode)
        first = self.cell  # which moves with the sheet
        self.sheet.uno.insertCells(self.uno.getRangeAddress(), insert)
        if _place(first) == (self.area.row, self.area.column):
            raise CalcError(f"There is no room for cells at {self.where}: {IN_THE_WAY}, or the sheet ends.")

    @changes
    def delete(self, shift: str | None = None) -> None:
        """Take the cells away; what follows moves up or left."""
        mode = {"rows": "ROWS", "columns": "COLUMNS"}.get(self._is_whole())
        if mode is None:
            wide = self.area.columns > self.area.rows
            mode = {"up": "UP", "left": "LEFT"}[shift or ("up" if wide else "left")]
        row, column, rows, columns = self.area
        down = mode in ("UP", "ROWS")
        follows = (row + rows, column) if down else (row, column + columns)
        within = follows[0] <= self.sheet.size[0] and follows[1] <= self.sheet.size[1]
        following = self.sub(Area(*follows, 1, 1)).cell if within else None
        if mode == "UP" and row == 1:
            self._remove_below_a_row_of_its_own()
        else:
            self._remove(mode, self.uno)
        if following is not None and _place(following) == follows:
            raise CalcError(f"The cells {self.where} cannot be deleted: {IN_THE_WAY}.")

    def _remove(self, mode: str, cells: Any) -> None:
        self.sheet.uno.removeRange(cells.getRangeAddress(), Enum("com.sun.star.sheet.CellDeleteMode", mode))

    def _remove_below_a_row_of_its_own(self) -> None:
        """Take cells of the first row away: LibreOffice 7.4 moves what follows twice as far up, over as much."""
        rows, cells, first = self.sheet.uno.getRows(), self.uno, self.cell  # the cells move with the sheet
        rows.insertByIndex(0, 1)
        if _place(first) == (self.area.row, self.area.column):
            raise CalcError(f"The cells {self.where} cannot be deleted: the last row of the sheet is in use.")
        try:
            self._remove("UP", cells)
        finally:
            rows.removeByIndex(0, 1)

    @property
    def where(self) -> str:
        """Its address in a message."""
        return self.area.address(False, False)

    def _fill_from_first(self) -> None:
        """Fill the range with its first cell's formula, references moving along."""
        first_row = self.sub(Area(self.area.row, self.area.column, 1, self.area.columns))
        if self.area.columns > 1:
            first_row.uno.fillAuto(Enum("com.sun.star.sheet.FillDirection", "TO_RIGHT"), 1)
        if self.area.rows > 1:
            self.uno.fillAuto(Enum("com.sun.star.sheet.FillDirection", "TO_BOTTOM"), 1)

    @changes
    def autofill(self, destination: Any, type_: str = "fill_default") -> None:
        """Continue the range over a larger one that starts or ends with it."""
        target: Range = destination.impl
        target.refuse_protected()
        area, own = target.area, self.area
        if area.columns > own.columns:
            direction = "TO_RIGHT" if area.column == own.column else "TO_LEFT"
            count = own.columns
        else:
            direction = "TO_BOTTOM" if area.row == own.row else "TO_TOP"
            count = own.rows
        way = Enum("com.sun.star.sheet.FillDirection", direction)
        if type_ in ("fill_default", "fill_series"):
            target.uno.fillAuto(way, count)
        elif type_ in FILLS:
            mode, dates = FILLS[type_]
            fill = Enum("com.sun.star.sheet.FillMode", mode)
            target.uno.fillSeries(way, fill, Enum("com.sun.star.sheet.FillDateMode", dates), 1.0, END_OF_SERIES)
        else:
            raise NotImplementedError(f"LibreOffice cannot fill {type_!r}.")

    # ---- order

    @changes
    def sort(self, keys: list[int], ascending: list[bool], has_headers: bool) -> None:
        """Sort rows by columns counted from 1."""
        fields = tuple(
            Struct("com.sun.star.table.TableSortField", Field=key - 1, IsAscending=up, IsCaseSensitive=False)
            for key, up in zip(keys, ascending, strict=True)
        )
        # LibreOffice heeds three at once and leaves what is equal in its order: the less important go first
        for start in reversed(range(0, len(fields), MOST_KEYS)):
            self.uno.sort(
                properties(
                    SortFields=Typed("[]com.sun.star.table.TableSortField", fields[start : start + MOST_KEYS]),
                    ContainsHeader=bool(has_headers),
                    IsSortColumns=False,
                )
            )

    def remove_duplicates(self, columns: list[int], has_headers: bool) -> None:
        """Keep the first of the rows that agree in the columns named; what follows moves up within the range."""
        seen: set[tuple[Any, ...]] = set()
        repeated: list[Position] = []
        data = self.sub(self.area).uno.getDataArray()
        for index in range(1 if has_headers else 0, len(data)):
            key = tuple(_folded(data[index][column - 1]) for column in columns)
            if key in seen:
                repeated.append((index, 0))
            seen.add(key)
        for block in reversed(blocks(repeated)):
            self.sub(self.area._replace(row=self.area.row + block.row, rows=block.rows)).delete("up")
        if repeated:  # what is below the range goes back to where it was
            end = self.area.last_row + 1 - len(repeated)
            self.sub(self.area._replace(row=end, rows=len(repeated))).insert("down")

    def replace_all(self, old: str, new: str, whole: bool, match_case: bool) -> None:
        """Replace a text in values and formulas; what is a text because its cell says so stays one."""
        cells = self.sub(self.area).used
        if cells is not None:
            pattern = re.compile(re.escape(old), 0 if match_case else re.IGNORECASE)
            texts = cells.texts_of_cells()
            changed: dict[Position, str] = {}
            for y, row in enumerate(cells.uno.getFormulaArray()):
                for x, written in enumerate(row):
                    is_text = written.startswith("'") or (y, x) in texts
                    shown = to_excel(written) if written.startswith("=") and not is_text else written.removeprefix("'")
                    if pattern.fullmatch(shown) if whole else pattern.search(shown):
                        after = pattern.sub(lambda _: new, shown)
                        changed[y, x] = f"'{after}" if is_text else to_calc(after) if after.startswith("=") else after
            cells.put_back(changed)

    def group(self, by: str) -> None:
        """Group rows or columns in an outline."""
        self.sheet.uno.group(self.uno.getRangeAddress(), _orientation(by))

    def ungroup(self, by: str) -> None:
        """Take rows or columns out of an outline."""
        self.sheet.uno.ungroup(self.uno.getRangeAddress(), _orientation(by))


def _orientation(by: str) -> Enum:
    value = "ROWS" if by in ("r", "rows", "row") else "COLUMNS"
    return Enum("com.sun.star.table.TableOrientation", value)


def _place(cell: Any) -> Position:
    """Where a cell is now, counted from 1."""
    address = cell.getCellAddress()
    return address.Row + 1, address.Column + 1


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value
