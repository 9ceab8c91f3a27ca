"""How a column's dates are written, told from its cells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from reportkit.importing.moments import Clocks, moment, undecided
from reportkit.importing.steps import DATE
from reportkit.read.values import normalise

CLOCKS: Final = Clocks(None, "Asia/Shanghai")
PAIRS: Final = re.compile(r"(\d\d)[-/.](\d\d)[-/.](\d\d)(?!\d)")


def normalise_days(days: Sequence[object]) -> list[object]:
    """Return dates as moments."""
    return normalise(DATE, list(days))


def date_order(cells: Sequence[object]) -> str | None:
    """Return how a column's dates are written: blank where nothing need be said, with a `?` where it cannot be told.

    None where they are no dates.
    """
    if not cells:
        return None
    if _year_first(cells):
        return "year first?"
    for order in ("", "day first", "month first"):
        read = [moment(cell, (order,) if order else (), CLOCKS) for cell in cells]
        days = sum(isinstance(day, dt.date) for day in normalise_days(read))
        dated = any(
            isinstance(cell, dt.date) or (isinstance(cell, str) and re.search(r"\D|^\d{8}$", cell)) for cell in cells
        )
        if dated and days >= 0.9 * len(cells):
            both = order == "day first" and all(
                not undecided(cell) or isinstance(moment(cell, ("month first",), CLOCKS), dt.date) for cell in cells
            )
            return f"{order}?" if both else order
    return None


def _year_first(cells: Sequence[object]) -> bool:
    """Return whether a column's dates of three pairs of digits have the year in front: it alone is always the same."""
    parts = [PAIRS.match(cell.strip()) for cell in cells if isinstance(cell, str)]
    firsts, lasts = ({part[at] for part in parts if part} for at in (1, 3))
    return len(parts) == len(cells) and all(parts) and len(firsts) == 1 < len(lasts)
