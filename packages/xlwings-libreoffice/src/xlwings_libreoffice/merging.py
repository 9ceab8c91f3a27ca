"""Merged cells."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from .addresses import Area, area_of
from .part import CONTENTS, RangePart, changes

if TYPE_CHECKING:
    from .ranges import Range


class Merging(RangePart):
    """Making one cell of several, and several of one."""

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
                cells = product(lines(part.area.row, part.area.rows), lines(part.area.column, part.area.columns))
                merged = (self.sub(Area(row, column, 1, 1)).merge_area.area for row, column in cells)
                found += [area for area in merged if area.rows * area.columns > 1]
        return found

    @changes
    def merge(self, across: bool = False) -> None:
        """Merge all cells, or each row's; as in Excel the first value stays and the others go."""
        self.unmerge()
        rows = [self.area._replace(row=row, rows=1) for row in lines(self.area.row, self.area.rows)]
        for area in rows if across else [self.area]:
            part = self.sub(area)
            part._keep_first_value()
            part.uno.merge(True)

    def _keep_first_value(self) -> None:
        filled = self.filled()
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


def lines(first: int, count: int) -> range:
    """Numbers of rows or columns."""
    return range(first, first + count)
