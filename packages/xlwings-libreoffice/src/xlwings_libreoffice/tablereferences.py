"""References to tables and their parts, such as ``Table1[column]``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .addresses import corners
from .errors import CalcError
from .tables import Table, table_names

if TYPE_CHECKING:
    from .books import Book
    from .ranges import Range

_ITEM = re.compile(r"\[((?:'.|[^\[\]'])*)\]")


def find_table_area(book: Book, text: str) -> Range | None:
    """Cells of ``Table1``, ``Table1[column]``, ``Table1[[#Headers],[column]]``; those of a bare name are the data."""
    name, _, item = text.partition("[")
    ranges = book.document.DatabaseRanges
    for found in table_names(ranges):
        if found.lower() == name.lower():
            uno = ranges.getByName(found)
            return _part(Table(book.sheet_at(uno.getDataArea().Sheet), uno), item.removesuffix("]"))
    return None


def _part(table: Table, item: str) -> Range:
    """Cells that the brackets after a table's name stand for."""
    items = _ITEM.findall(item) if item.startswith("[") else [item] if item else []
    rows = [one for one in items if one.startswith("#")] or ["#Data"]
    columns = [re.sub("'(.)", r"\1", one) for one in items if not one.startswith("#")]
    area = table.area
    known = {
        "#all": area,
        "#data": table.body,
        "#headers": area._replace(rows=1) if table.show_headers else None,
        "#totals": area._replace(row=area.last_row, rows=1) if table.show_totals else None,
    }
    parts = [known.get(row.lower()) for row in rows]
    spans = [part for part in parts if part is not None]
    if len(spans) < len(parts):
        raise CalcError(f"The table {table.name} has no {', '.join(rows)}.")
    found = corners(spans[0].row, area.column, spans[-1].last_row, area.last_column)
    if columns:
        try:
            indices = [table.columns(column).index for column in columns]
        except KeyError as missing:
            raise CalcError(f"The table {table.name} has no column {missing}.") from None
        found = corners(found.row, area.column + indices[0] - 1, found.last_row, area.column + indices[-1] - 1)
    return table.parent.range(tuple(found))
