"""Rows and columns of tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .addresses import Area
from .attribute import ATTRIBUTE

if TYPE_CHECKING:
    from .ranges import Range
    from .tables import Table


class TableRow(base_classes.TableRow):
    """A row of data, counted from 1."""

    index: int = ATTRIBUTE

    def __init__(self, table: Table, index: int) -> None:
        self._table = table
        self.index = index

    @property
    def range(self) -> Range:
        """Its cells."""
        body = self._table.body
        return self._table.parent.range((body.row + self.index - 1, body.column, 1, body.columns))

    def delete(self) -> None:
        """Delete it; what is below moves up. Of a table's only row the cells are emptied and stay."""
        if self._table.body.rows == 1:
            self.range.clear_contents()
            return
        area = self._table.area
        self.range.delete("up")
        self._table.area = area._replace(rows=area.rows - 1)


class TableRows(base_classes.TableRows):
    """The rows of data of a table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    @property
    def column_count(self) -> int:
        """Values a row takes."""
        return self._table.area.columns

    def __len__(self) -> int:
        return 0 if self._table.insert_row_range else self._table.body.rows

    def __call__(self, key: int) -> TableRow:
        """Row of a number from 1."""
        if not 1 <= key <= len(self):
            raise IndexError(key)
        return TableRow(self._table, key)

    def __iter__(self) -> Iterator[TableRow]:
        return (TableRow(self._table, index) for index in range(1, len(self) + 1))

    def add(self, values: list[Any] | None, index: int | None) -> TableRow:
        """Insert a row, at the end unless told where; what is below the table moves down."""
        table = self._table
        if not table.insert_row_range:
            index = index or len(self) + 1
            area, body = table.area, table.body
            table.parent.range((body.row + index - 1, body.column, 1, body.columns)).insert("down")
            table.area = area._replace(rows=area.rows + 1)
        row = TableRow(table, index or 1)
        if values is not None:
            row.range.raw_value = [values]
        return row


class TableColumn(base_classes.TableColumn):
    """A column, counted from 1."""

    index: int = ATTRIBUTE

    def __init__(self, table: Table, index: int) -> None:
        self._table = table
        self.index = index

    @property
    def name(self) -> str:
        """Its header."""
        return str(self.range.cell.getString()) if self._table.show_headers else f"Column{self.index}"

    @property
    def range(self) -> Range:
        """Its cells, header and totals included."""
        return self._of(self._table.area)

    @property
    def data_body_range(self) -> Range | None:
        """Its cells with data."""
        return None if self._table.insert_row_range else self._of(self._table.body)

    def _of(self, area: Area) -> Range:
        return self._table.parent.range((area.row, area.column + self.index - 1, area.rows, 1))

    def delete(self) -> None:
        """Delete it; what is to the right moves left."""
        area = self._table.area
        self.range.delete("left")
        self._table.area = area._replace(columns=area.columns - 1)


class TableColumns(base_classes.TableColumns):
    """The columns of a table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def __len__(self) -> int:
        return self._table.area.columns

    def __iter__(self) -> Iterator[TableColumn]:
        return (TableColumn(self._table, index) for index in range(1, len(self) + 1))

    def __contains__(self, name: str) -> bool:
        return any(column.name.lower() == name.lower() for column in self)

    def __call__(self, key: str | int) -> TableColumn:
        """Column of a header or of a number from 1, else KeyError."""
        for column in self:
            if key == column.index or (isinstance(key, str) and column.name.lower() == key.lower()):
                return column
        raise KeyError(key)

    def add(self, name: str, index: int | None) -> TableColumn:
        """Insert a column, at the end unless told where; what is to the right moves on."""
        table = self._table
        area = table.area
        index = index or area.columns + 1
        table.parent.range((area.row, area.column + index - 1, area.rows, 1)).insert("right")
        table.area = area._replace(columns=area.columns + 1)
        column = TableColumn(table, index)
        column.range(1).raw_value = name
        return column
