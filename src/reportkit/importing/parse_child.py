"""Parse a workbook of a kind whose parser may be killed by it: run as a process of its own, with limits.

`python -m reportkit.importing.parse_child FILE SHEET` prints the sheet as JSON: its name, the names of all, its rows.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import Final

MEMORY: Final = 1 << 30  # bytes of address space
SECONDS: Final = 30  # of processor time
CELLS: Final = 5_000_000


def limit() -> None:
    """Bound this process's memory and time, where the system can."""
    if sys.platform == "win32":  # there the parent's own clock is the only bound
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


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


def main(path: str, wanted: str) -> int:
    """Print a sheet's cells; the first with any where none is named."""
    limit()
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(path) as book:
        names = book.sheet_names
        rows: list[list[object]] = []
        name = ""
        for name in [wanted] if wanted else names:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height * sheet.total_width > CELLS:
                print(f"{name}: {sheet.total_height} × {sheet.total_width}", file=sys.stderr)
                return 3
            rows = [[plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            if rows:
                break
    sys.stdout.buffer.write(json.dumps({"sheets": names, "sheet": name, "rows": rows}).encode())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sys.argv[2]))
