"""What a person wrote in a cell → the value it means, a column at a time (DOMAIN §8)."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from reportkit.definitions.columns import BIGGEST, EARLIEST, LATEST, Choices, Column, Kind, fold

EPOCH: Final = dt.datetime(1899, 12, 30)
FIRST_DAY, DATES_BEGIN = dt.datetime(1899, 12, 31), dt.datetime(1900, 3, 1)  # between them lie times of over a day
FIRST_SERIAL, LAST_SERIAL = ((day - EPOCH.date()).days for day in (EARLIEST, LATEST))
SECONDS_A_DAY: Final = 86_400
TYPED_YEARS: Final = range(1900, 2200)  # a typed year outside is a slip

_UNITS: Final = {"": Decimal(1), "%": Decimal("0.01")} | dict.fromkeys("万萬", Decimal(10**4))
_UNITS.update(dict.fromkeys("亿億", Decimal(10**8)))
_NUMBER: Final = re.compile(
    r"([+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?)\s*([万萬亿億%]?)"
)
_DAY: Final = r"(?:(\d{4})\s*([-/.年])\s*(\d{1,2})\s*([-/.月])\s*(\d{1,2})\s*日?|(\d{4})(\d\d)(\d\d))"
_TIME: Final = (
    r"(\d{1,2})\s*(?::\s*(\d\d)(?::(\d\d)(?:\.\d+)?)?"
    r"|[点點时時]\s*(?:(\d{1,2})\s*分?\s*(?:(\d{1,2})\s*秒)?)?)"
)
_DATE_AND_TIME: Final = re.compile(rf"{_DAY}(?:(?:\s*T\s*|\s+|(?<=日)){_TIME})?")
_TIME_ALONE: Final = re.compile(_TIME)


@dataclass(frozen=True, slots=True)
class CellError:
    """What a cell shows whose formula failed, like `#REF!`; no column takes it."""

    text: str

    def __str__(self) -> str:
        return self.text


def shown(cell: object) -> str:
    """Return a cell as it is shown where it was entered."""
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


Convert = Callable[[object], object]
Cell = TypeVar("Cell")


def _conversion(column: Column) -> Convert:
    return _choice(column.choices) if column.choices is not None else _CONVERT[column.kind]


def value_of(column: Column, cell: object) -> object:
    """Return the value of one cell: see `normalise`."""
    return _conversion(column)(cell)


def normalise(column: Column, cells: Sequence[object]) -> list[object]:
    """Return a new list of the values of a column's cells, None for blank; what cannot be converted stays as it is.

    Types: text, ids, phones and addresses `str`, choices their code, dates `date`, dates with time `datetime`
    without zone to the second, times `time` to the second, numbers `float`, whole numbers `int`.
    """
    numbers, values = look_up(column, cells)
    return list(map([*values, None].__getitem__, numbers.tolist()))


def look_up(column: Column, cells: Sequence[object]) -> tuple[npt.NDArray[np.int64], list[object]]:
    """Return the number of each cell's value, −1 for a blank, and the different values in the order they first stand.

    The values are those of `normalise`; equal ones of different types are different.
    """
    convert = _conversion(column)
    numbers, different = _told_apart(cells)  # most columns hold few different cells: each is converted once
    if not _NUMBERS.isdisjoint(map(type, different)) and len(_NUMBERS.intersection(map(type, cells))) > 1:
        numbers, typed = _told_apart(list(zip(map(type, cells), cells, strict=True)))  # 1, 1.0 and True are equal
        different = [cell for _, cell in typed]
    number_of: defaultdict[tuple[type, object], int] = defaultdict(count().__next__)
    of_different = [-1 if value is None else number_of[type(value), value] for value in map(convert, different)]
    return np.array(of_different, dtype=np.int64)[numbers], [value for _, value in number_of]


def _told_apart(cells: Sequence[Cell]) -> tuple[npt.NDArray[np.int64], list[Cell]]:
    """Return the number of each cell, and the different cells in the order they first stand."""
    number_of: defaultdict[Cell, int] = defaultdict(count().__next__)
    numbers = np.fromiter(map(number_of.__getitem__, cells), np.int64, len(cells))
    return numbers, list(number_of)


_NUMBERS: Final = frozenset({bool, int, float})


def _plain(written: str) -> str:
    """Return what a person meant to type: half-width, no spaces around, no invisible marks.

    Raised and circled digits stay what they are: 5² is not 52.
    """
    if not written.isascii() and not any(unicodedata.category(char) == "No" for char in written):
        written = unicodedata.normalize("NFKC", written).replace("−", "-")
        written = "".join(char for char in written if unicodedata.category(char) != "Cf")
    return written.strip()


def _digits(number: float) -> str:
    """Return a number as it would be typed: `13800138000`, never `1.38E+10`."""
    return str(int(number)) if float(number).is_integer() else repr(number)


def _text(cell: object) -> object:
    """Return a cell of free text."""
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float):
        return _digits(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return cell if cell is None or isinstance(cell, CellError) else str(cell)


def _id(cell: object) -> object:
    """Return an id, a phone number or an address: a number keeps its digits; one that lost some is left as it is."""
    if isinstance(cell, str):
        return _plain(cell) or None
    if isinstance(cell, float) and abs(cell) >= BIGGEST:
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _digits(cell)
    return cell


def _choice(choices: Choices) -> Convert:
    """Return the conversion of labels, synonyms and codes to codes."""

    def code_of(cell: object) -> object:
        if isinstance(cell, bool) or not isinstance(cell, str | int | float):
            return choices.by_label.get(str(cell).casefold(), cell) if isinstance(cell, bool) else cell
        written = _plain(cell) if isinstance(cell, str) else _digits(cell)
        return choices.by_label.get(fold(written), cell) if written else None

    return code_of


def _number(cell: object) -> object:
    """Return a number; `1,234.5`, `50万`, `1.2亿` and `85%` are numbers too."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, int | float):
        return cell + 0.0  # also of -0.0, which is equal to 0.0: the first of them does not stand for both
    if not isinstance(cell, str):
        return cell
    written = _plain(cell)
    parts = _NUMBER.fullmatch(written)
    if parts is None:
        return cell if written else None
    number = float(Decimal(parts[1].replace(",", "")) * _UNITS[parts[2]]) + 0.0
    return number if math.isfinite(number) else cell


def _whole(cell: object) -> object:
    """Return a whole number; one with a fraction is left for its finding."""
    if type(cell) is int:
        return cell  # as a float it would lose digits
    number = _number(cell)
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _moment(cell: object) -> object:
    """Return a date with time, to the second; a date alone is its midnight."""
    if isinstance(cell, dt.datetime):
        return _to_second(cell)
    if isinstance(cell, dt.date):
        return dt.datetime.combine(cell, dt.time())
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, int | float):
        if FIRST_SERIAL <= cell < LAST_SERIAL + 1:
            return EPOCH + dt.timedelta(seconds=round(cell * SECONDS_A_DAY))
        return _typed_moment(_digits(cell)) or cell
    if not isinstance(cell, str):
        return cell
    written = _plain(cell)
    return _typed_moment(written) or cell if written else None


def _date(cell: object) -> object:
    """Return a date; a time of day written with it is dropped."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    moment = _moment(cell // 1 if isinstance(cell, float) else cell)
    return moment.date() if isinstance(moment, dt.datetime) else cell if moment is not None else None


def _typed_moment(written: str) -> dt.datetime | None:
    """Return the date, with its time if there is one, of text in one of the accepted forms."""
    parts = _DATE_AND_TIME.fullmatch(written)
    if parts is None:
        return None
    year, first, month, second, day, *packed = parts.groups()[:8]
    if first is not None and (second != "月" if first == "年" else second != first):
        return None
    numbers = [int(part) for part in ((year, month, day) if first is not None else packed)]
    time = _clock(parts.groups()[8:]) if parts[9] else dt.time()
    if time is None or numbers[0] not in TYPED_YEARS:
        return None
    try:
        return dt.datetime.combine(dt.date(*numbers), time)
    except ValueError:  # no such day in the calendar
        return None


def _clock(parts: tuple[str | None, ...]) -> dt.time | None:
    """Return the time of hour, then minute and second written with colons, or the same written with characters."""
    hour, minute, second, spoken_minute, spoken_second = (int(part or 0) for part in parts)
    minute, second = minute or spoken_minute, second or spoken_second
    return dt.time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _to_second(moment: dt.datetime) -> dt.datetime:
    """Return a moment rounded to the second, without a time zone: Excel keeps times as fractions of a day."""
    if not moment.microsecond and moment.tzinfo is None:
        return moment
    whole = moment.replace(microsecond=0, tzinfo=None)
    return whole + dt.timedelta(seconds=1) if moment.microsecond >= 500_000 else whole


def _time(cell: object) -> object:
    """Return a time of day, to the second."""
    if isinstance(cell, dt.datetime):
        return _to_second(cell).time()
    if isinstance(cell, dt.time):
        return _to_second(dt.datetime.combine(EPOCH.date(), cell)).time()
    if isinstance(cell, dt.timedelta):
        cell = cell.total_seconds() / SECONDS_A_DAY
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, int | float):
        return (EPOCH + dt.timedelta(seconds=round(cell * SECONDS_A_DAY))).time() if 0 <= cell < 1 else cell
    if not isinstance(cell, str):
        return cell
    written = _plain(cell)
    parts = _TIME_ALONE.fullmatch(written)
    return (_clock(parts.groups()) or cell) if parts else cell if written else None


_CONVERT: Final[Mapping[Kind, Convert]] = {
    "text": _text,
    "id": _id,
    "phone": _id,
    "email": _id,
    "date": _date,
    "datetime": _moment,
    "time": _time,
    "number": _number,
    "whole": _whole,
}
