"""What a person wrote → the value it means, column by column (DOMAIN §8).

What cannot be converted stays as it is, so that validation names it.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from typing import Any, Final

from reportkit.columns import Column, Kind, fold

EPOCH: Final = dt.datetime(1899, 12, 30)
FIRST_SERIAL: Final = 32874  # 1990-01-01
LAST_SERIAL: Final = 73415  # 2100-12-31
FORMULA_ERRORS: Final = frozenset(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!")
)
_DATE: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?|(\d{4})(\d{2})(\d{2})")
_TIME: Final = re.compile(r"(\d{1,2})\s*[:点時时]\s*(\d{1,2})?\s*[:分]?\s*(\d{1,2})?(?:\.\d+)?\s*秒?")
_MOMENT: Final = re.compile(rf"(?P<date>{_DATE.pattern})(?:[\sT]*(?P<time>{_TIME.pattern}))?")
_NUMBER: Final = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)\s*([万萬亿億%]?)", re.IGNORECASE)
_TIMES: Final = {"": 1.0, "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8}
_NOT_PART_OF_A_NUMBER: Final = str.maketrans("", "", ",¥$元 \u00a0")


class _Cache(dict[Any, Any]):
    """Values met so far; a log repeats itself, so each is converted once."""

    def __init__(self, convert: Callable[[Any], Any]) -> None:
        super().__init__({None: None})
        self.convert = convert

    def __missing__(self, written: Any) -> Any:
        value = self.convert(written)
        self[written] = value
        return value


def normalise(column: Column, cells: list[object]) -> list[Any]:
    """Return the values the cells of a column mean, None for blank; others as they are.

    Final types: `datetime.date`, `datetime.datetime` without zone to the second, `datetime.time`, `float`, `int`,
    `str`; a choice is its code.
    """
    if column.kind in ("number", "whole"):
        return [
            cell if type(cell) is float and column.kind == "number" else _numeric(column.kind, cell) for cell in cells
        ]
    if column.choices is not None:
        known = column.choices.by_label
        cache = _Cache(lambda cell: _choice(known, cell))
    else:
        cache = _Cache(_CONVERT[column.kind])
    return [cache[cell] for cell in cells]


def plain(written: str) -> str:
    """Return text without surrounding spaces and full-width digits and signs."""
    return unicodedata.normalize("NFKC", written).strip()


def _text(cell: Any) -> Any:
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def _id(cell: Any) -> Any:
    """Ids and phones keep their digits, even where a sheet holds them as numbers."""
    text = _text(cell)
    return plain(text) or None if isinstance(text, str) else text


def _choice(known: dict[str, str], cell: Any) -> Any:
    text = _text(cell)
    if text is None:
        return None
    return known.get(fold(text), text)


def _from_serial(cell: Any) -> dt.datetime | None:
    """Return the moment an Excel serial stands for, to the second, or None where it is none by rule."""
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not FIRST_SERIAL <= cell <= LAST_SERIAL:
        return None
    return EPOCH + dt.timedelta(seconds=round(cell * 86400))


def _moment(cell: Any) -> Any:
    """Return the moment a cell means; a date alone is its midnight."""
    if isinstance(cell, dt.datetime):
        rounded = cell + dt.timedelta(microseconds=500_000)
        return rounded.replace(microsecond=0, tzinfo=None)
    if isinstance(cell, dt.date):
        return dt.datetime(cell.year, cell.month, cell.day)
    serial = _from_serial(cell)
    if serial is not None:
        return serial
    written = plain(_text(cell) or "") if isinstance(cell, str | int | float) else ""
    if not written:
        return None if isinstance(cell, str) else cell
    found = _MOMENT.fullmatch(written)
    if found is None:
        return cell
    try:
        day = _day_of(found["date"])
        clock = _clock_of(found["time"]) if found["time"] else dt.time()
    except ValueError:
        return cell
    return dt.datetime.combine(day, clock)


def _day_of(written: str) -> dt.date:
    found = _DATE.fullmatch(written)
    year, month, day = (int(part) for part in found.groups() if part) if found else (0, 0, 0)
    return dt.date(year, month, day)


def _clock_of(written: str) -> dt.time:
    found = _TIME.fullmatch(written)
    hour, minute, second = (int(part or 0) for part in found.groups()) if found else (99, 0, 0)
    return dt.time(hour, minute, second)


def _date(cell: Any) -> Any:
    if type(cell) is dt.date:
        return cell
    moment = _moment(cell)
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _time(cell: Any) -> Any:
    if isinstance(cell, dt.time):
        return cell.replace(microsecond=0, tzinfo=None)
    if isinstance(cell, dt.datetime):
        return cell.time().replace(microsecond=0)
    if isinstance(cell, dt.timedelta):
        cell = cell.total_seconds() / 86400
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        seconds = round(cell * 86400)
        return (EPOCH + dt.timedelta(seconds=seconds)).time() if 0 <= seconds < 86400 else cell
    written = plain(cell) if isinstance(cell, str) else ""
    if not written:
        return None
    try:
        return _clock_of(written)
    except ValueError:
        return cell


def _numeric(kind: Kind, cell: Any) -> Any:
    """Return the number a cell means; of a whole number, an int."""
    value = _number(cell) if isinstance(cell, str) else cell
    if kind == "whole" and isinstance(value, float) and value.is_integer():
        return int(value)
    if kind == "number" and type(value) is int:
        return float(value)
    return value


def _number(written: str) -> Any:
    text = plain(written).translate(_NOT_PART_OF_A_NUMBER)
    if not text:
        return None
    found = _NUMBER.fullmatch(text)
    if found is None:
        return written
    number = float(found[1])
    # Dividing keeps 85% at 0.85; times 10,000 is rounded, for 1.1万 is 11,000 and no 11,000.000000000002.
    return number / 100 if found[2] == "%" else round(number * _TIMES[found[2]], 6)


_CONVERT: Final[dict[str, Callable[[Any], Any]]] = {
    "text": _text,
    "email": _id,
    "id": _id,
    "phone": _id,
    "date": _date,
    "datetime": _moment,
    "time": _time,
}
