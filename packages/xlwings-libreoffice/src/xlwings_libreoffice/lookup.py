"""What finds cells: the edge of a block, the region around a cell, kinds of cells, a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .addresses import Area, area_of
from .blocks import blocks
from .part import RangePart

if TYPE_CHECKING:
    from .ranges import Range

DIRECTIONS = {"d": "down", "u": "up", "l": "left", "r": "right"}
CONSTANTS = {None: 1 | 2 | 4, "numbers": 1 | 2, "text": 4}
RESULTS = {None: 7, "numbers": 1, "text": 2, "errors": 4}


class Lookup(RangePart):
    """Searches that start from a range."""

    def end(self, direction: str) -> Range:
        """Where Ctrl and an arrow key would go from its first cell."""
        way = DIRECTIONS.get(direction, direction)
        row, column = self.area.row, self.area.column
        vertical = way in ("down", "up")
        position, last = (row, self.sheet.size[0]) if vertical else (column, self.sheet.size[1])
        filled = self._filled(vertical)
        if way in ("up", "left"):
            mirrored = [(last + 1 - end, last + 1 - start) for start, end in reversed(filled)]
            target = last + 1 - _next_edge(mirrored, last + 1 - position, last)
        else:
            target = _next_edge(filled, position, last)
        return self.sub(Area(target, column, 1, 1) if vertical else Area(row, target, 1, 1))

    def _filled(self, vertical: bool) -> list[tuple[int, int]]:
        """Stretches of cells with content in the first cell's column or row."""
        rows, columns = self.sheet.size
        row, column = self.area.row, self.area.column
        line = self.sub(Area(1, column, rows, 1) if vertical else Area(row, 1, 1, columns))
        stretches = []
        for area in line.filled():
            stretches.append((area.row, area.last_row) if vertical else (area.column, area.last_column))
        return _joined(sorted(stretches))

    @property
    def current_region(self) -> Range:
        """The block around it that empty rows and columns bound."""
        cursor = self.sheet.uno.createCursorByRange(self.uno)
        cursor.collapseToCurrentRegion()
        return self.sub(area_of(cursor.getRangeAddress()))

    def get_special_cells(self, cell_type: str, value_type: str | None) -> list[Range]:
        """Blanks, constants, formulas or visible cells as rectangles."""
        if value_type == "logical" or (cell_type == "constants" and value_type == "errors"):
            return self._typed_cells(cell_type, value_type)
        if cell_type == "blanks":
            within = self.area.intersection(self.sheet.used_range.area)  # Excel looks no further either
            if within is None:
                return []
            found = self.sub(within).uno.queryEmptyCells()
        elif cell_type == "visible":
            found = self.uno.queryVisibleCells()
        elif cell_type == "constants":
            return [self.sub(area) for area in self.filled(CONSTANTS[value_type])]
        else:
            found = self.uno.queryFormulaCells(RESULTS[value_type])
        return [self.sub(area_of(address)) for address in found.getRangeAddresses()]

    def _typed_cells(self, cell_type: str, value_type: str | None) -> list[Range]:
        """Truth values, which LibreOffice keeps as formatted numbers; constant errors it has none."""
        if value_type == "errors":
            return []
        logical = [
            (part.row + y, part.column + x)
            for part in self.get_special_cells(cell_type, "numbers")
            for y, row in enumerate(part.read())
            for x, value in enumerate(row)
            if isinstance(value, bool)
        ]
        return [self.sub(area) for area in blocks(logical)]

    def find(self, text: str, whole: bool, direction: str, order: str, match_case: bool) -> Range | None:
        """First or last cell whose shown text holds a text."""
        descriptor = self.uno.createSearchDescriptor()
        descriptor.setSearchString(text)
        descriptor.SearchWords = bool(whole)
        descriptor.SearchCaseSensitive = bool(match_case)
        descriptor.SearchByRow = order == "rows"
        descriptor.SearchType = 1  # in values, not formulas
        found: Any = self.uno.findAll(descriptor)
        if found is None:
            return None
        cells = [
            (address.StartRow + 1 + y, address.StartColumn + 1 + x)
            for address in found.getRangeAddresses()
            for y in range(address.EndRow - address.StartRow + 1)
            for x in range(address.EndColumn - address.StartColumn + 1)
        ]
        cells.sort(key=lambda at: at if order == "rows" else at[::-1])
        row, column = cells[0] if direction == "forward" else cells[-1]
        return self.sub(Area(row, column, 1, 1))


def _joined(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in stretches:
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _next_edge(filled: list[tuple[int, int]], position: int, last: int) -> int:
    """Where the next edge lies from a position on, along stretches in rising order."""
    for start, end in filled:
        if start <= position < end:
            return end
        if start > position:
            return start
    return last
