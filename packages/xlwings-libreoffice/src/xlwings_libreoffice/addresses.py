"""Cell addresses in Excel's A1 notation; rows and columns count from 1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

_AREA = re.compile(
    r"""\$?(?P<c1>[A-Za-z]{1,3})\$?(?P<r1>[1-9]\d*)(?::\$?(?P<c2>[A-Za-z]{1,3})\$?(?P<r2>[1-9]\d*))?
      | \$?(?P<col1>[A-Za-z]{1,3}):\$?(?P<col2>[A-Za-z]{1,3})
      | \$?(?P<row1>[1-9]\d*):\$?(?P<row2>[1-9]\d*)""",
    re.VERBOSE,
)
_BARE_SHEET = re.compile(r"[^\W\d]\w*")
_NOT_IN_A_SHEETS_NAME = re.compile(r"[\[\]*?:/\\]")
_NAME = re.compile(r"[^\W\d][\w.\\]*|\\[\w.\\]*")
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_LONGEST_SHEET_NAME, _LONGEST_NAME = 31, 255
_CELL_LIKE = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*(?:[Cc]\d*)?|[Cc]\d*")


class Area(NamedTuple):
    """A rectangle of cells, both corners included."""

    row: int
    column: int
    rows: int
    columns: int

    @property
    def last_row(self) -> int:
        """Bottom row."""
        return self.row + self.rows - 1

    @property
    def last_column(self) -> int:
        """Rightmost column."""
        return self.column + self.columns - 1

    def cells(self) -> Iterator[tuple[int, int]]:
        """Row and column of each of its cells, row by row."""
        return product(range(self.row, self.last_row + 1), range(self.column, self.last_column + 1))

    def by_columns(self) -> list[Area]:
        """Its columns one by one."""
        return [Area(self.row, column, self.rows, 1) for column in range(self.column, self.last_column + 1)]

    def intersection(self, other: Area) -> Area | None:
        """What both have in common."""
        row, column = max(self.row, other.row), max(self.column, other.column)
        rows = min(self.last_row, other.last_row) - row + 1
        columns = min(self.last_column, other.last_column) - column + 1
        return Area(row, column, rows, columns) if rows > 0 and columns > 0 else None

    def address(self, row_absolute: bool = True, column_absolute: bool = True) -> str:
        """Such as ``$A$1:$B$2``."""
        row_sign, column_sign = "$" * row_absolute, "$" * column_absolute

        def cell(row: int, column: int) -> str:
            return f"{column_sign}{column_letters(column)}{row_sign}{row}"

        first = cell(self.row, self.column)
        return first if self.rows == self.columns == 1 else f"{first}:{cell(self.last_row, self.last_column)}"


def corners(row1: int, column1: int, row2: int, column2: int) -> Area:
    """The area between two cells, whichever is first."""
    row, column = min(row1, row2), min(column1, column2)
    return Area(row, column, abs(row2 - row1) + 1, abs(column2 - column1) + 1)


def area_of(address: Any) -> Area:
    """Area of a UNO CellRangeAddress."""
    return corners(address.StartRow + 1, address.StartColumn + 1, address.EndRow + 1, address.EndColumn + 1)


def parse_area(text: str, max_rows: int, max_columns: int) -> Area | None:
    """Area of an address such as A1, $A$1:B2, A:C or 1:3; None if the text is none."""
    found = _AREA.fullmatch(text.strip())
    if not found:
        return None
    if found["col1"]:
        area = corners(1, column_number(found["col1"]), max_rows, column_number(found["col2"]))
    elif found["row1"]:
        area = corners(int(found["row1"]), 1, int(found["row2"]), max_columns)
    else:
        row, column = int(found["r1"]), column_number(found["c1"])
        last_row = int(found["r2"]) if found["r2"] else row
        area = corners(row, column, last_row, column_number(found["c2"]) if found["c2"] else column)
    return area if area.last_row <= max_rows and area.last_column <= max_columns else None


def split_sheet(text: str) -> tuple[str | None, str]:
    """Sheet name and rest of ``'My Sheet'!A1``; no name where there is none."""
    sheet, mark, rest = text.rpartition("!")
    if not mark:
        return None, text
    return (sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet), rest


def sheet_name_fault(name: str) -> str:
    """Why Excel would not take a sheet's name; LibreOffice takes some, and writes files that Excel calls damaged."""
    if not name:
        return "it is empty"
    if len(name) > _LONGEST_SHEET_NAME:
        return f"it has {len(name)} characters, {_LONGEST_SHEET_NAME} at most are allowed"
    if name[0] == "'" or name[-1] == "'":
        return "it begins or ends with '"
    found = _NOT_IN_A_SHEETS_NAME.search(name)
    return f"it holds {found[0]}" if found else ""


def name_fault(name: str) -> str:
    """Why Excel would not take the name of a table."""
    if len(name) > _LONGEST_NAME:
        return f"it has {len(name)} characters, {_LONGEST_NAME} at most are allowed"
    if not _NAME.fullmatch(name):
        return "a name starts with a letter and holds letters, digits, _ and . alone"
    reads_as_cell = parse_area(name, MOST_ROWS, MOST_COLUMNS) or re.fullmatch("[Rr]\\d*(?:[Cc]\\d*)?|[Cc]\\d*", name)
    return "it reads as a cell" if reads_as_cell else ""


def quote_sheet(name: str) -> str:
    """A sheet's name as a formula writes it."""
    if _BARE_SHEET.fullmatch(name) and not _CELL_LIKE.fullmatch(name):
        return name
    return quoted(name)


def quoted(name: str) -> str:
    """A sheet's name in quotes."""
    return "'" + name.replace("'", "''") + "'"


def column_letters(column: int) -> str:
    """A for 1, AA for 27."""
    letters = ""
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
