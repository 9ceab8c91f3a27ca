"""What changes cells: clear, insert, delete, copy, paste, fill, merge, sort, group."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .addresses import Area, area_of
from .errors import CalcError
from .link import Enum, Struct, Typed
from .office import properties
from .part import RangePart

if TYPE_CHECKING:
    from .ranges import Range

CONTENTS = 1 | 2 | 4 | 16
EVERYTHING = CONTENTS | 8 | 32 | 64 | 256 | 512
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
END_OF_SERIES = 1.7e307  # LibreOffice's "no limit"


class Editing(RangePart):
    """Changes to the cells of a range and around it."""

    def clear_contents(self) -> None:
        """Delete values and formulas."""
        if self.uno is not None:
            self.uno.clearContents(CONTENTS)

    def clear(self) -> None:
        """Delete values, formulas, formats and notes."""
        if self.uno is not None:
            self.uno.clearContents(EVERYTHING)

    def _is_whole(self) -> str:
        rows, columns = self.sheet.size
        if self.area.columns == columns:
            return "rows"
        return "columns" if self.area.rows == rows else ""

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Make room here; new cells take the format of those above or to the left."""
        mode = {"rows": "ROWS", "columns": "COLUMNS"}.get(self._is_whole())
        if mode is None:
            tall = self.area.rows > self.area.columns
            mode = {"down": "DOWN", "right": "RIGHT"}[shift or ("right" if tall else "down")]
        insert = Enum("com.sun.star.sheet.CellInsertMode", mode)
        self.sheet.uno.insertCells(self.uno.getRangeAddress(), insert)

    def delete(self, shift: str | None = None) -> None:
        """Take the cells away; what follows moves up or left."""
        mode = {"rows": "ROWS", "columns": "COLUMNS"}.get(self._is_whole())
        if mode is None:
            wide = self.area.columns > self.area.rows
            mode = {"up": "UP", "left": "LEFT"}[shift or ("up" if wide else "left")]
        self.sheet.uno.removeRange(self.uno.getRangeAddress(), Enum("com.sun.star.sheet.CellDeleteMode", mode))

    # ---- copy and paste

    def select(self) -> None:
        """Select it in its window. A single cell gets the cursor alone: in a marked one Tab and Enter stay there."""
        book = self.sheet.book
        book.controller.setActiveSheet(self.sheet.uno)
        book.controller.select(self.uno)
        if len(self) == 1:
            book.controller.select(book.document.createInstance("com.sun.star.sheet.SheetCellRanges"))

    def copy(self, destination: Any = None) -> None:
        """Copy to a place, else remember it for `paste`."""
        if destination is None:
            self._to_clipboard()
            self.sheet.book.app.clipboard = self.sub(self.area)
            return
        target: Range = destination.impl
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

    def move(self, destination: Any) -> None:
        """Move the cells; formulas that refer to them follow."""
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
        """Carry out a menu command on these cells and put selection and active sheet back."""
        book = self.sheet.book
        controller = book.controller
        active, selected = controller.getActiveSheet(), book.document.getCurrentSelection()
        self.select()
        book.app.dispatch(book.frame, command, **arguments)
        controller.setActiveSheet(active)
        controller.select(selected)

    def _fill_from_first(self) -> None:
        """Fill the range with its first cell's formula, references moving along."""
        first_row = self.sub(Area(self.area.row, self.area.column, 1, self.area.columns))
        if self.area.columns > 1:
            first_row.uno.fillAuto(Enum("com.sun.star.sheet.FillDirection", "TO_RIGHT"), 1)
        if self.area.rows > 1:
            self.uno.fillAuto(Enum("com.sun.star.sheet.FillDirection", "TO_BOTTOM"), 1)

    def autofill(self, destination: Any, type_: str = "fill_default") -> None:
        """Continue the range over a larger one that starts or ends with it."""
        target: Range = destination.impl
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

    def merge(self, across: bool = False) -> None:
        """Merge all cells, or each row's."""
        self.uno.merge(False)
        if not across:
            self.uno.merge(True)
            return
        for row in range(self.area.row, self.area.last_row + 1):
            self.sub(Area(row, self.area.column, 1, self.area.columns)).uno.merge(True)

    def unmerge(self) -> None:
        """Make single cells again."""
        self.uno.merge(False)

    # ---- order

    def sort(self, keys: list[int], ascending: list[bool], has_headers: bool) -> None:
        """Sort rows by columns counted from 1; LibreOffice takes at most three."""
        fields = tuple(
            Struct("com.sun.star.table.TableSortField", Field=key - 1, IsAscending=up, IsCaseSensitive=False)
            for key, up in zip(keys, ascending, strict=True)
        )
        self.uno.sort(
            properties(
                SortFields=Typed("[]com.sun.star.table.TableSortField", fields),
                ContainsHeader=bool(has_headers),
                IsSortColumns=False,
            )
        )

    def remove_duplicates(self, columns: list[int], has_headers: bool) -> None:
        """Keep the first of the rows that agree in the columns named; what follows moves up within the range."""
        start = 1 if has_headers else 0
        seen: set[tuple[Any, ...]] = set()
        data = self.uno.getDataArray()
        for index in range(start, len(data)):
            key = tuple(_folded(data[index][column - 1]) for column in columns)
            if key in seen:
                row = self.area.row + index - (len(data) - self.area.rows)
                self.sub(Area(row, self.area.column, 1, self.area.columns)).delete("up")
                self.area = self.area._replace(rows=self.area.rows - 1)
            seen.add(key)

    def replace_all(self, old: str, new: str, whole: bool, match_case: bool) -> None:
        """Replace a text in values and formulas."""
        pattern = re.compile(re.escape(old), 0 if match_case else re.IGNORECASE)
        formulas = self.sub(self.area).formula
        rows = formulas if isinstance(formulas, tuple) else ((formulas,),)
        for y, row in enumerate(rows):
            for x, text in enumerate(row):
                changed = (new if pattern.fullmatch(text) else text) if whole else pattern.sub(lambda _: new, text)
                if changed != text:
                    self.sub(Area(self.area.row + y, self.area.column + x, 1, 1)).formula = changed

    def group(self, by: str) -> None:
        """Group rows or columns in an outline."""
        self.sheet.uno.group(self.uno.getRangeAddress(), _orientation(by))

    def ungroup(self, by: str) -> None:
        """Take rows or columns out of an outline."""
        self.sheet.uno.ungroup(self.uno.getRangeAddress(), _orientation(by))


def _orientation(by: str) -> Enum:
    value = "ROWS" if by in ("r", "rows", "row") else "COLUMNS"
    return Enum("com.sun.star.table.TableOrientation", value)


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value
