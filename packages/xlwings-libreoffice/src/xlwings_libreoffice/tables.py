"""Tables: LibreOffice's named database ranges, which Excel's tables become and are written from.

LibreOffice knows no table styles: it does not draw them, the engine carries them from file to file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .addresses import Area, name_fault
from .attribute import ATTRIBUTE
from .errors import CalcError
from .filter import AutoFilter
from .link import Object
from .tablerows import TableColumns, TableRows
from .tablestyles import Styled, TableStyle

if TYPE_CHECKING:
    from .books import Book
    from .ranges import Range
    from .sheet import Sheet

INTERNAL = "__Anonymous"
ANY_RESULT = 7  # FormulaResult: values, texts, errors


class Table(Styled, base_classes.Table):
    """One table."""

    parent: Sheet = ATTRIBUTE

    def __init__(self, sheet: Sheet, uno: Any) -> None:
        self.parent = sheet
        self.uno = uno

    @property
    def api(self) -> Object:
        """UNO's database range."""
        return self.uno  # type: ignore[no-any-return] # a UNO object

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.uno.getName())

    @name.setter
    def name(self, value: str) -> None:
        check_name(self.parent.book, value, renamed=self.name)
        styles = self.parent.book.table_styles
        style = styles.pop(self.name.lower(), None)
        self.uno.setName(value)
        if style is not None:
            styles[value.lower()] = style

    display_name = name

    @property
    def _style(self) -> TableStyle:
        return self.parent.book.table_styles.setdefault(self.name.lower(), TableStyle())

    @property
    def area(self) -> Area:
        """Its cells, header and totals included."""
        return self.range.area

    @area.setter
    def area(self, value: Area) -> None:
        self.uno.setDataArea(self.parent.range(tuple(value)).uno.getRangeAddress())

    @property
    def range(self) -> Range:
        """Its cells, header and totals included."""
        return self.parent.book.range_of(self.uno.getDataArea())

    @property
    def header_row_range(self) -> Range | None:
        """Its header."""
        area = self.area
        return self.parent.range(tuple(area._replace(rows=1))) if self.show_headers else None

    @property
    def totals_row_range(self) -> Range | None:
        """Its totals."""
        area = self.area
        return self.parent.range((area.last_row, area.column, 1, area.columns)) if self.show_totals else None

    @property
    def body(self) -> Area:
        """Rows between header and totals."""
        area = self.area
        header = int(self.show_headers)
        return area._replace(row=area.row + header, rows=area.rows - header - int(self.show_totals))

    @property
    def data_body_range(self) -> Range | None:
        """Rows of data; None while there is only the empty one to start with."""
        return None if self.insert_row_range else self.parent.range(tuple(self.body))

    @property
    def insert_row_range(self) -> Range | None:
        """The empty row of a table without data."""
        body = self.body
        row = self.parent.range(tuple(body))
        return row if body.rows == 1 and not row.filled() else None

    @property
    def autofilter(self) -> AutoFilter:
        """The filter that hides rows of it."""
        return AutoFilter(self.range, self.uno)

    @property
    def show_autofilter(self) -> bool:
        """Whether its header has buttons to filter."""
        return bool(self.uno.AutoFilter)

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        self.uno.AutoFilter = bool(value)

    @property
    def show_headers(self) -> bool:
        """Whether its first row is a header."""
        return bool(self.uno.ContainsHeader)

    @show_headers.setter
    def show_headers(self, value: bool) -> None:
        """Take the header's row out of the table or back; its texts stay in their cells."""
        if bool(value) == self.show_headers:
            return
        area = self.area
        step = -1 if value else 1
        self.uno.ContainsHeader = bool(value)
        self.area = area._replace(row=area.row + step, rows=area.rows - step)

    @property
    def show_totals(self) -> bool:
        """Whether its last row holds totals."""
        return bool(self.uno.TotalsRow)

    @show_totals.setter
    def show_totals(self, value: bool) -> None:
        """Add a row with the sum of the last column, as Excel does, or take it away."""
        if bool(value) == self.show_totals:
            return
        area = self.area
        if not value:
            row = self.parent.range((area.last_row, area.column, 1, area.columns))
            row.clear_contents()
            self.uno.TotalsRow = False
            self.area = area._replace(rows=area.rows - 1)
            return
        row = self.parent.range((area.last_row + 1, area.column, 1, area.columns))
        if row.filled():
            row.insert("down")
        self.area = area._replace(rows=area.rows + 1)
        self.uno.TotalsRow = True
        row(1).raw_value = "Total"
        if area.columns > 1:
            body = self.body
            column = Area(body.row, area.last_column, body.rows, 1).address(row_absolute=False)
            row(area.columns).formula = f"=SUBTOTAL(109,{column})"

    def resize(self, range: Any) -> None:
        """Give it other cells."""
        target: Range = range.impl
        if target.sheet != self.parent:
            raise CalcError("A table cannot move to another sheet.")
        self.area = target.area

    def sort(self, keys: list[int], ascending: list[bool]) -> None:
        """Sort its rows of data."""
        self.parent.range(tuple(self.body)).sort(keys, ascending, False)

    @property
    def rows(self) -> TableRows:
        """Its rows of data."""
        return TableRows(self)

    @property
    def columns(self) -> TableColumns:
        """Its columns."""
        return TableColumns(self)


class Tables(base_classes.Tables):
    """The tables of a sheet, from top to bottom."""

    parent: Sheet = ATTRIBUTE

    def __init__(self, sheet: Sheet) -> None:
        self.parent = sheet

    @property
    def api(self) -> Object:
        """UNO's database ranges of the whole workbook."""
        return self.parent.book.document.DatabaseRanges  # type: ignore[no-any-return] # a UNO attribute

    def _found(self) -> list[Table]:
        ranges = self.api
        sheet = self.parent.index - 1
        tables = [Table(self.parent, ranges.getByName(name)) for name in table_names(ranges)]
        found = [
            (area.StartRow, area.StartColumn, index)
            for index, table in enumerate(tables)
            if (area := table.uno.getDataArea()).Sheet == sheet
        ]
        return [tables[index] for _, _, index in sorted(found)]

    def __iter__(self) -> Iterator[Table]:
        return iter(self._found())

    def __len__(self) -> int:
        return len(self._found())

    def __contains__(self, name: str) -> bool:
        return any(table.name.lower() == name.lower() for table in self)

    def __call__(self, key: str | int) -> Table:
        """Table of a name or of a number from 1, else KeyError."""
        for index, table in enumerate(self, 1):
            if key == index or (isinstance(key, str) and table.name.lower() == key.lower()):
                return table
        raise KeyError(key)

    def add(
        self,
        source_type: Any = None,
        source: Any = None,
        link_source: Any = None,
        has_headers: bool = True,
        destination: Any = None,
        table_style_name: str | None = None,
        name: str | None = None,
    ) -> Table:
        """Make cells a table with filter buttons; without a header it gets one above, as Excel would give it."""
        area: Area = source.impl.area
        book = self.parent.book
        if name:
            check_name(book, name)
        other = next((table for table in self if table.area.intersection(area)), None)
        if other is not None:
            raise CalcError(f"{area.address(False, False)} overlaps the table {other.name}.")
        source.impl.refuse_protected()
        if not has_headers:
            self.parent.range(tuple(area._replace(rows=1))).insert("down")
            area = area._replace(rows=area.rows + 1)
        if area.rows == 1:
            area = area._replace(rows=2)
        _make_headings(self.parent.range(tuple(area._replace(rows=1))))
        ranges = self.api
        name = name or _fresh_name(ranges)
        ranges.addNewByName(name, self.parent.range(tuple(area)).uno.getRangeAddress())
        table = Table(self.parent, ranges.getByName(name))
        table.uno.ContainsHeader = True
        table.uno.AutoFilter = True
        book.table_styles[name.lower()] = TableStyle(table_style_name, row_stripes=True)
        return table


def check_name(book: Book, name: str, renamed: str = "") -> None:
    """Raise `CalcError` if no table, other than one to be renamed, can get a name."""
    fault = name_fault(name)
    if fault:
        raise CalcError(f"A table cannot be named {name!r}: {fault}.")
    taken = [other for other in book.document.DatabaseRanges.getElementNames() if other != renamed]
    if name.lower() in map(str.lower, taken) or book.document.NamedRanges.hasByName(name):
        raise CalcError(f"The name {name!r} is taken.")


def _make_headings(header: Range) -> None:
    """Make the first row of a table what Excel makes of it, and a file has to hold: a text of its own in each cell."""
    held = header.uno.getDataArray()[0]
    taken: set[str] = set()
    texts = []
    for index, value in enumerate(held):
        text = value if isinstance(value, str) else header.uno.getCellByPosition(index, 0).getString()
        base, number = text or f"Column{index + 1}", 2
        heading = base
        while heading.lower() in taken:
            heading, number = f"{base}{number}", number + 1
        taken.add(heading.lower())
        texts.append(heading)
    if tuple(texts) != held or header.uno.queryFormulaCells(ANY_RESULT).getCount():
        header.uno.setDataArray((tuple(texts),))


def table_names(ranges: Any) -> list[str]:
    """Names of all tables of a workbook, of UNO's database ranges those that people see."""
    return [name for name in ranges.getElementNames() if not name.startswith(INTERNAL)]


def _fresh_name(ranges: Any) -> str:
    taken = {name.lower() for name in ranges.getElementNames()}
    number = 1
    while f"table{number}" in taken:
        number += 1
    return f"Table{number}"
