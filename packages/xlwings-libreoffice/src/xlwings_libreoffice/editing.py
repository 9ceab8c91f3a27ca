"""What changes cells: clear, insert, delete, copy, paste, fill, merge, sort, group."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import TYPE_CHECKING, Any

from .addresses import Area, area_of
from .blocks import Position, blocks
from .errors import CalcError
from .formulas import to_calc, to_excel
from .link import Enum, Struct, Typed
from .office import properties
from .part import RangePart, changes

if TYPE_CHECKING:
    from .ranges import Range

# CellFlags of LibreOffice
CONTENTS = 1 | 2 | 4 | 16  # numbers, dates, texts, formulas
EVERYTHING = CONTENTS | 8 | 32 | 64 | 256 | 512  # and notes, formats, drawn objects excepted
# Excel's kinds of paste → LibreOffice's flags: S texts, V numbers, D dates, F formulas, N notes, T formats
PASTES = {
    None: "A",
    "all": "A",
    "all_except_borders": "A",
    "all_merging_conditional_formats": "A",
    "all_using_source_theme": "A",
    "comments": "N",
    "formats": "T",
    "formulas": "SVDF",
    "formulas_and_number_formats": "SVDFT",
    "values": "SVD",
    "values_and_number_formats": "SVDT",
}
OPERATIONS = {None: 0, "add": 1, "subtract": 2, "multiply": 3, "divide": 4}
NO_MOVE = 4
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
            if self.uno.queryContentCells(CONTENTS).getCount():
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
        self.sheet.uno.removeRange(self.uno.getRangeAddress(), Enum("com.sun.star.sheet.CellDeleteMode", mode))
        if following is not None and _place(following) == follows:
            raise CalcError(f"The cells {self.where} cannot be deleted: {IN_THE_WAY}.")

    @property
    def where(self) -> str:
        """Its address in a message."""
        return self.area.address(False, False)

    # ---- copy and paste

    def select(self) -> None:
        """Select it in its window. A single cell gets the cursor alone: in a marked one Tab and Enter stay there."""
        self.sheet.book.controller.setActiveSheet(self.sheet.uno)
        self._select(self.uno, alone=len(self) == 1)

    def _select(self, selection: Any, alone: bool) -> None:
        book = self.sheet.book
        book.controller.select(selection)
        if alone:
            book.controller.select(book.document.createInstance("com.sun.star.sheet.SheetCellRanges"))

    @contextmanager
    def selected(self) -> Iterator[None]:
        """Select it for a moment and put selection and active sheet back."""
        controller = self.sheet.book.controller
        active, before = controller.getActiveSheet(), self.sheet.book.document.getCurrentSelection()
        self.select()
        try:
            yield
        finally:
            controller.setActiveSheet(active)
            self._select(before, alone=before is not None and before.offers("getCellAddress"))

    def copy(self, destination: Any = None) -> None:
        """Copy to a place, else remember it for `paste`."""
        if destination is None:
            self._to_clipboard()
            self.sheet.book.app.clipboard = self.sub(self.area)
            return
        target: Range = destination.impl
        target.sub(self.area._replace(row=target.area.row, column=target.area.column)).refuse_protected()
        if target.sheet.book == self.sheet.book:
            self.sheet.uno.copyRange(target.cell.getCellAddress(), self.uno.getRangeAddress())
        else:
            self._copy_across(target)

    def _copy_across(self, target: Range) -> None:
        """Copy into another workbook by way of a sheet imported for a moment.

        The clipboard would do too, but LibreOffice 7.4 crashes far more often after a paste from another workbook.
        """
        sheets = target.sheet.book.document.getSheets()
        position = sheets.getCount()
        sheets.importSheet(self.sheet.book.document, self.sheet.name, position)
        try:
            source = self.uno.getRangeAddress()
            source.Sheet = position
            target.sheet.uno.copyRange(target.cell.getCellAddress(), source)
        finally:
            sheets.removeByName(sheets.getByIndex(position).getName())

    def copy_from(
        self, source_range: Any, copy_type: str = "all", skip_blanks: bool = False, transpose: bool = False
    ) -> None:
        """Copy another range here."""
        source_range.impl._to_clipboard()
        kinds = {"all": "A", "formats": "T", "formulas": "SVDF", "values": "SVD"}
        self.paste_special(kinds[copy_type], 0, skip_blanks, transpose)

    @changes
    def move(self, destination: Any) -> None:
        """Move the cells; formulas that refer to them follow."""
        destination.impl.refuse_protected()
        self.sheet.uno.moveRange(destination.impl.cell.getCellAddress(), self.uno.getRangeAddress())

    def paste(
        self,
        paste: str | None = None,
        operation: str | None = None,
        skip_blanks: bool = False,
        transpose: bool = False,
    ) -> None:
        """Paste what was copied."""
        source = self.sheet.book.app.clipboard
        if source is None:
            raise CalcError("Nothing was copied. Call copy() first.")
        if paste == "column_widths":
            for index in range(source.area.columns):
                widths = source.uno.getColumns().getByIndex(index).Width
                self.sheet.uno.getColumns().getByIndex(self.area.column - 1 + index).Width = widths
            return
        if paste not in PASTES:
            raise NotImplementedError(f"LibreOffice cannot paste {paste!r} alone.")
        self.paste_special(PASTES[paste], OPERATIONS[operation], skip_blanks, transpose)

    def _to_clipboard(self) -> None:
        self._with_selection("Copy")

    @changes
    def paste_special(self, flags: str, operation: int = 0, skip_blanks: bool = False, transpose: bool = False) -> None:
        """Paste the clipboard, of LibreOffice's kinds those in `flags`."""
        first = self.sub(Area(self.area.row, self.area.column, 1, 1))
        first._with_selection(
            "InsertContents",
            Flags=flags,
            FormulaCommand=operation,
            SkipEmptyCells=bool(skip_blanks),
            Transpose=bool(transpose),
            AsLink=False,
            MoveMode=NO_MOVE,
        )

    def _with_selection(self, command: str, **arguments: Any) -> None:
        """Carry out a menu command on these cells."""
        book = self.sheet.book
        with self.selected():
            book.app.dispatch(book.frame, command, **arguments)

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

    # ---- merge

    @property
    def merge_area(self) -> Range:
        """The merged cells that its first cell belongs to."""
        cursor = self.sheet.uno.createCursorByRange(self.cell)
        cursor.collapseToMergedArea()
        return self.sub(area_of(cursor.getRangeAddress()))

    @property
    def merge_cells(self) -> bool:
        """Whether its first cell is merged with others."""
        return len(self.merge_area) > 1

    def merged_areas(self) -> list[Area]:
        """The merged cells that start in it."""
        found: list[Area] = []
        groups = self.uno.getUniqueCellFormatRanges()  # the first of merged cells is told from others by its format
        for part in (self.sub(area_of(address)) for group in groups for address in group.getRangeAddresses()):
            if part.uno.IsMerged:
                cells = product(_lines(part.area.row, part.area.rows), _lines(part.area.column, part.area.columns))
                merged = (self.sub(Area(row, column, 1, 1)).merge_area.area for row, column in cells)
                found += [area for area in merged if area.rows * area.columns > 1]
        return found

    @changes
    def merge(self, across: bool = False) -> None:
        """Merge all cells, or each row's; as in Excel the first value stays and the others go."""
        self.unmerge()
        rows = [self.area._replace(row=row, rows=1) for row in _lines(self.area.row, self.area.rows)]
        for area in rows if across else [self.area]:
            part = self.sub(area)
            part._keep_first_value()
            part.uno.merge(True)

    def _keep_first_value(self) -> None:
        filled = [area_of(address) for address in self.uno.queryContentCells(CONTENTS).getRangeAddresses()]
        if filled:
            first = min(filled)
            text = self.sub(Area(first.row, first.column, 1, 1)).cell.getFormula()
            if (first.row, first.column) != (self.area.row, self.area.column):
                self.cell.setFormula(text)
            if self.area.columns > 1:
                beside = Area(self.area.row, self.area.column + 1, 1, self.area.columns - 1)
                self.sub(beside).uno.clearContents(CONTENTS)
            if self.area.rows > 1:
                below = self.area._replace(row=self.area.row + 1, rows=self.area.rows - 1)
                self.sub(below).uno.clearContents(CONTENTS)

    @changes
    def unmerge(self) -> None:
        """Make single cells again of all that are merged with one of them."""
        cursor = self.sheet.uno.createCursorByRange(self.uno)
        cursor.collapseToMergedArea()
        cursor.merge(False)

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


def _lines(first: int, count: int) -> range:
    return range(first, first + count)


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value
