"""Durations, amounts, lists and ids as people and other systems write them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from typing import Final, Literal

from reportkit.definitions.columns import Column
from reportkit.definitions.text import Text
from reportkit.read.values import DATES_BEGIN, FIRST_DAY, value_of

Unit = Literal["seconds", "minutes", "hours", "days"]
Clock = Literal["hh:mm", "mm:ss"]
SECONDS: Final[dict[Unit, int]] = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86_400}
MOST_DIGITS: Final = 10**15  # a spreadsheet keeps fifteen of a number
NUMBER: Final = Column(Text.same(""), kind="number")
_CLOCK: Final = re.compile(r"(?:(\d+)\s*(?:days?|d|天)[,\s]*)?(\d+):(\d\d)(?::(\d\d)(?:\.\d+)?)?")
_WORDS: Final[dict[str, int]] = {
    "d": 86_400, "day": 86_400, "days": 86_400, "天": 86_400, "日": 86_400,
    "h": 3600, "hr": 3600, "hrs": 3600, "hour": 3600, "hours": 3600,
    "小时": 3600, "小時": 3600, "时": 3600, "時": 3600, "个小时": 3600, "個小時": 3600,
    "m": 60, "min": 60, "mins": 60, "minute": 60, "minutes": 60, "分": 60, "分钟": 60, "分鐘": 60, "'": 60,
    "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1, "秒": 1, "秒钟": 1, "秒鐘": 1, '"': 1,
}  # fmt: skip
_WORDED: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\d\s.,]+?)(?=[\d\s.,]|$)[\s,]*")
_ABOUT: Final = re.compile(r"^(?:大?[约約]|about|approx\.?|ca\.?|~)\s*")
_NUMERALS: Final = {sign: at for at, sign in enumerate("一二三四五六七八九", 1)} | {"两": 2, "兩": 2}
_COUNTED: Final = re.compile("[一二三四五六七八九两兩十]+")
_TWO: Final = re.compile(r"\d+:\d\d")
_ISO: Final = re.compile(r"p(?:(\d+)d)?(?:t(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?)?", re.IGNORECASE)
_MONEY: Final = re.compile(r"^(?:人民币|人民幣|rmb|cny|[¥￥])\s*|\s*(?:元|圆|圓|rmb|cny)$", re.IGNORECASE)
_SEPARATORS: Final = re.compile(r"[,，;；、|/\n+]+")
_FLOAT_ID: Final = re.compile(r"(\d+)\.0+")
_EXPONENT: Final = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")


def parts_of(text: str) -> list[str]:
    """Return the entries of a list in one cell, apart by comma, semicolon, 、, slash, plus, bar or line."""
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]


def duration(cell: object, unit: Unit, decimal: str = ".", clock: Clock | None = None) -> object:
    """Return how long a cell says something took; what says nothing of the kind stays as it is.

    A bare number is of `unit`s. `1:02:33` is hours, minutes and seconds; `12:30` minutes and seconds where the unit is
    minutes, else hours and minutes. `2h 15m`, `93 min`, `1小时20分`, `PT1H30M` and `1 day 02:00:00` say it themselves.
    With a clock of `mm:ss` two parts are minutes and seconds always, a spreadsheet's own times of whole minutes too;
    where the unit is seconds only a clock tells what two parts are.
    """
    if cell is None:
        return cell
    if isinstance(cell, dt.time | dt.timedelta | dt.datetime):
        return _passed(cell, clock)
    if isinstance(cell, str) and unit == "seconds" and clock is None and two_parts(cell):
        return cell
    read_as: Unit = "minutes" if clock == "mm:ss" else "hours" if clock == "hh:mm" else unit
    seconds = _written_seconds(cell, read_as) if isinstance(cell, str) else None
    if seconds is None:
        number = amount(cell, decimal)
        seconds = number * SECONDS[unit] if isinstance(number, float) else None
    try:
        return cell if seconds is None else dt.timedelta(seconds=round(seconds, 3))
    except OverflowError:
        return cell


def two_parts(cell: object) -> bool:
    """Return whether a text is a clock of two parts: hours and minutes, or minutes and seconds."""
    return isinstance(cell, str) and _TWO.fullmatch(unicodedata.normalize("NFKC", cell).strip()) is not None


def _passed(cell: dt.time | dt.timedelta | dt.datetime, clock: Clock | None) -> object:
    """Return how long a spreadsheet's own time took; one of more than a day may show as a date of 1900."""
    if isinstance(cell, dt.datetime):
        if cell.tzinfo is not None or not FIRST_DAY < cell < DATES_BEGIN:
            return cell
        cell -= FIRST_DAY
    if isinstance(cell, dt.time):
        cell = dt.timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second)
    return cell / 60 if clock == "mm:ss" and not cell % dt.timedelta(minutes=1) else cell


def _written_seconds(written: str, unit: Unit) -> float | None:
    """Return the seconds of a duration written with colons or words; None where it is written otherwise."""
    plain = _digits(_ABOUT.sub("", unicodedata.normalize("NFKC", written).strip().casefold()))
    if clock := _CLOCK.fullmatch(plain):
        days, first, second = int(clock[1] or 0), int(clock[2]), int(clock[3])
        if clock[4] is None and unit == "minutes" and not days:
            return first * 60 + second
        return days * 86_400 + first * 3600 + second * 60 + int(clock[4] or 0)
    if (iso := _ISO.fullmatch(plain)) and any(iso.groups()):
        return sum(float(part or 0) * size for part, size in zip(iso.groups(), (86_400, 3600, 60, 1), strict=True))
    worded = list(_WORDED.finditer(plain))
    if "".join(one[0] for one in worded) != plain or not worded or any(one[2] not in _WORDS for one in worded):
        return None
    return sum(float(one[1].replace(",", ".")) * _WORDS[one[2]] for one in worded)


def _digits(plain: str) -> str:
    """Return a length with what Chinese says in words written in digits: `半小时`, `一个半小时`, `两天`, `一刻钟`."""
    if plain.isascii():
        return plain
    plain = _COUNTED.sub(lambda word: str(_counted(word[0])), plain).replace("刻钟", "刻").replace("刻鐘", "刻")
    plain = re.sub(r"(\d+)刻", lambda found: f"{15 * int(found[1])}分", plain)
    plain = re.sub(r"(\d+)个?個?半(小时|小時|天)", lambda found: f"{int(found[1]) + 0.5}{found[2]}", plain)
    return re.sub(r"半个?個?(?=小时|小時|天)", "0.5", plain)


def _counted(word: str) -> int:
    """Return a number below a hundred written in Chinese."""
    tens, ten, ones = word.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)


def in_units(cell: object, unit: Unit) -> object:
    """Return a duration as a number of units."""
    return round(cell.total_seconds() / SECONDS[unit], 6) if isinstance(cell, dt.timedelta) else cell


def amount(cell: object, decimal: str = ".") -> object:
    """Return a number: `1,234元`, `¥ 1,234.50`, `(1,234)`; with a decimal comma `1.234,50` and `3 500,5` too.

    What is no number stays as it is. Other currencies are none: an amount in dollars is not one in yuan.
    """
    if not isinstance(cell, str):
        return value_of(NUMBER, cell)
    plain = _MONEY.sub("", unicodedata.normalize("NFKC", cell).strip())
    if plain.startswith("(") and plain.endswith(")"):
        plain = f"-{plain[1:-1]}"
    if decimal == ",":
        plain = re.sub(r"(?<=\d)[.\s'](?=\d{3}(?:\D|$))", "", plain).replace(",", ".")
    number = value_of(NUMBER, re.sub(r"(?<=\d)\s(?=\d{3}(?:\D|$))", "", plain))
    return number if isinstance(number, float) or number is None else cell


def ids(cells: Sequence[object]) -> list[object]:
    """Return ids or phones as they were meant: without the `.0` of a program that took all of them for numbers."""
    texts = [cell.strip() for cell in cells if isinstance(cell, str)]
    if not texts or not all(_FLOAT_ID.fullmatch(text) for text in texts):
        return list(cells)
    return [cell.strip().partition(".")[0] if isinstance(cell, str) else cell for cell in cells]


def digits_lost(cell: object) -> bool:
    """Return whether a cell is a number whose last digits a spreadsheet dropped: `1.38E+10`, or more than 15 digits."""
    if isinstance(cell, int | float):
        return abs(cell) >= MOST_DIGITS
    return isinstance(cell, str) and _EXPONENT.fullmatch(cell.strip()) is not None
