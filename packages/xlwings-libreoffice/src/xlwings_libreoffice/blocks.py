"""Scattered cells as few rectangles: a call over UNO costs the same for one cell as for many."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from .addresses import Area
from .link import Struct

if TYPE_CHECKING:
    from .part import RangePart

Position = tuple[int, int]  # row and column, counted from wherever the caller counts


def blocks(positions: Iterable[Position]) -> list[Area]:
    """Rectangles that hold just these cells: runs down a column, joined with equal ones beside them."""
    runs: list[tuple[int, int, int]] = []  # first row, rows, column
    for row, column in sorted(positions, key=lambda at: (at[1], at[0])):
        if runs and runs[-1][2] == column and runs[-1][0] + runs[-1][1] == row:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1, column)
        else:
            runs.append((row, 1, column))
    joined: list[Area] = []
    for row, rows, column in sorted(runs):
        last = joined[-1] if joined else None
        if last and (last.row, last.rows, last.last_column + 1) == (row, rows, column):
            joined[-1] = last._replace(columns=last.columns + 1)
        else:
            joined.append(Area(row, column, rows, 1))
    return joined


def united(cells: RangePart, areas: list[Area]) -> Any:
    """UNO's object for several areas of a sheet at once: what is set on it is set on all of them."""
    if len(areas) == 1:
        return cells.sub(areas[0]).uno
    sheet = cells.sheet
    index = sheet.index - 1
    ranges = sheet.book.document.createInstance("com.sun.star.sheet.SheetCellRanges")
    ranges.addRangeAddresses(tuple(_address(index, area) for area in areas), False)
    return ranges


def covered(positions: Iterable[Position], areas: list[Area]) -> set[Position]:
    """Which of some cells lie in one of some areas."""
    wanted = set(positions)
    if sum(area.rows * area.columns for area in areas) <= len(wanted):
        return wanted.intersection(at for area in areas for at in area.cells())
    return {at for at in wanted if any(_holds(area, at) for area in areas)}


def _holds(area: Area, at: Position) -> bool:
    return area.row <= at[0] <= area.last_row and area.column <= at[1] <= area.last_column


def _address(sheet: int, area: Area) -> Struct:
    return Struct(
        "com.sun.star.table.CellRangeAddress",
        Sheet=sheet,
        StartRow=area.row - 1,
        EndRow=area.last_row - 1,
        StartColumn=area.column - 1,
        EndColumn=area.last_column - 1,
    )
