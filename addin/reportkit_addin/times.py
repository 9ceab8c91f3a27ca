"""Times in Excel: it hands them over as numbers, which only their format tells from others; a file tells them."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

import xlwings as xw

from reportkit.read.contents import Rows
from reportkit.read.values import EPOCH, SECONDS_A_DAY

_NO_LETTERS: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_CLOCK: Final = re.compile(r"[hs]|\[m+\]")
_DAY: Final = re.compile(r"[yd]")
_COUNTS_ON: Final = re.compile(r"\[[hms]+\]")


def tell_times(sheet: xw.Sheet, rows: Rows) -> None:
    """Make times of the numbers in a sheet's cells, from A1 on, that Excel shows as times.

    Only columns that hold a fraction are asked for their format, and parts that hold one where it is not the same
    throughout.
    """
    for at, column in enumerate(zip(*rows, strict=True)):
        numbers = [row for row, cell in enumerate(column) if isinstance(cell, float)]
        fractions = [row for row in numbers if not column[row].is_integer()]
        if not fractions:
            continue
        for first, last, code in _formats(sheet, at, fractions, numbers[0], numbers[-1]):
            if is_time(code):
                for cells in rows[first : last + 1]:
                    if isinstance(number := cells[at], float):
                        cells[at] = as_time(number, code)


def _formats(sheet: xw.Sheet, at: int, asked: Sequence[int], first: int, last: int) -> Iterator[tuple[int, int, str]]:
    """Yield parts of a column of one format (first and last row, code) that hold a row asked for; halve the others."""
    following = bisect_left(asked, first)
    if following == len(asked) or asked[following] > last:
        return
    code = sheet.range((first + 1, at + 1), (last + 1, at + 1)).number_format
    if isinstance(code, str):
        yield first, last, code
    elif first < last:
        middle = (first + last) // 2
        yield from _formats(sheet, at, asked, first, middle)
        yield from _formats(sheet, at, asked, middle + 1, last)


def is_time(code: str) -> bool:
    """Tell whether a number format of Excel's shows a time and no day."""
    letters = _NO_LETTERS.sub("", code.partition(";")[0]).lower()
    return bool(_CLOCK.search(letters)) and not _DAY.search(letters)


def as_time(number: float, code: str) -> object:
    """Return a number as the time, beyond a day the moment, or the duration its format shows; a huge one as it is."""
    try:
        since = dt.timedelta(seconds=round(number * SECONDS_A_DAY, 3))
        if _COUNTS_ON.search(code.lower()):
            return since
        return (EPOCH + since).time() if 0 <= number < 1 else EPOCH + since
    except OverflowError:
        return number
