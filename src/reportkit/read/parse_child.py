"""Parse a workbook of a kind whose parser may be killed by it: run as a process of its own, with limits.

`python -m reportkit.read.parse_child FILE` prints as JSON the names of its sheets and which of them show;
`python -m reportkit.read.parse_child FILE SHEET` the rows of one, and which of its cells failed.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Final

from reportkit.read.failed_cells import NOT_AS_SAID, failed_cells
from reportkit.read.limits import limit_memory, limit_time

MEMORY: Final = 1 << 30  # bytes beyond what it starts with
SECONDS: Final = 30  # of processor time
CELLS: Final = 5_000_000
TOO_LARGE, LOCKED = 3, 4  # how it ends where a sheet is, or the file has a password


def plain(cell: object) -> object:
    """Return a cell as JSON holds it; what JSON has no type for is a pair of its kind and text."""
    if isinstance(cell, dt.datetime):
        return ["datetime", cell.isoformat()]
    if isinstance(cell, dt.date):
        return ["date", cell.isoformat()]
    if isinstance(cell, dt.time):
        return ["time", cell.isoformat()]
    if isinstance(cell, dt.timedelta):
        return ["seconds", cell.total_seconds()]
    return cell


def main(path: str, *wanted: str) -> int:
    """Print what is asked for; return how it ended."""
    limit_memory(MEMORY)
    limit_time(SECONDS)
    from python_calamine import PasswordError

    try:
        return _answered(path, *wanted)
    except PasswordError:
        return LOCKED


def _answered(path: str, *wanted: str) -> int:
    """Print the names of the sheets, or the cells of the one named."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    answer: dict[str, object] = {}
    with CalamineWorkbook.from_path(path) as book:
        if not wanted:
            sheets = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
            answer["sheets"] = [(one.name, one.visible == SheetVisibleEnum.Visible) for one in sheets]
        for name in wanted:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height * sheet.total_width > CELLS:
                print(f"{name}: {sheet.total_height} × {sheet.total_width}", file=sys.stderr)
                return TOO_LARGE
            answer["rows"] = [[plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            answer["failed"] = _failed(path, name, [one.name for one in book.sheets_metadata].index(name))
    sys.stdout.buffer.write(json.dumps(answer).encode())
    return 0


def _failed(path: str, name: str, at: int) -> list[tuple[int, int, str]] | None:
    """Return the cells of a sheet whose formula failed, None where that cannot be told."""
    try:
        return list(failed_cells(Path(path), name, at))
    except NOT_AS_SAID:
        return None


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
