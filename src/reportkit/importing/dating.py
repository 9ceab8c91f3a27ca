"""How a column's dates are written, told from its cells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from reportkit.importing.headings import text_of
from reportkit.importing.moments import DATE, TICKS, Clocks, moment, undecided
from reportkit.read.values import normalise

MOST_YEARS, MONTHS_A_YEAR = 8, 12  # how far apart the years of one file lie
CLOCKS: Final = Clocks(None, "Asia/Shanghai")
PAIRS: Final = re.compile(r"(\d\d?)[-/.](\d\d?)[-/.](\d\d?)(?!\d)")
MINGUO: Final = re.compile(r"(?:民[国國]\s*)?1\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}(?!\d)")
NO_YEAR: Final = re.compile(r"\d{1,2}\s*月\s*\d{1,2}\s*[日号號]")
FIRST_TICK, LAST_TICK = 1_000_000_000, 2_000_000_000  # seconds: from 2001 to 2033


def normalise_days(days: Sequence[object]) -> list[object]:
    """Return dates as moments."""
    return normalise(DATE, list(days))


def date_order(cells: Sequence[object]) -> str | None:
    """Return how a column's dates are written: blank where nothing need be said, with a `?` where it cannot be told.

    None where they are no dates.
    """
    if not cells:
        return None
    if told := _counted(cells) or _minguo(cells):
        return told
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


def _counted(cells: Sequence[object]) -> str | None:
    """Return which ticks a column counts since 1970, None where its cells are no such numbers."""
    texts = [text_of(cell) for cell in cells]
    if not all(re.fullmatch(r"\d{10,13}(?:\.\d+)?", text) for text in texts):
        return None
    for name, ticks in TICKS.items():
        if all(FIRST_TICK <= float(text) / ticks < LAST_TICK for text in texts):
            return name
    return None


def _minguo(cells: Sequence[object]) -> str | None:
    return "minguo" if all(isinstance(cell, str) and MINGUO.match(cell.strip()) for cell in cells) else None


def _year_first(cells: Sequence[object]) -> bool:
    """Return whether a column's dates of three short numbers have the year in front: it varies least."""
    parts = [PAIRS.match(cell.strip()) for cell in cells if isinstance(cell, str)]
    if len(parts) != len(cells) or not all(parts):
        return False
    firsts, seconds, lasts = ({int(part[at]) for part in parts if part} for at in (1, 2, 3))
    return len(firsts) < len(lasts) and max(firsts) - min(firsts) < MOST_YEARS and max(seconds) <= MONTHS_A_YEAR
