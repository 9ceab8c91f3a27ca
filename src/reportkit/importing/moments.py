"""Dates and times as other systems write them: `23/11/2026 9:05 PM`, `23-Nov-26`, `2026-11-23T01:05:00Z`."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal
from zoneinfo import ZoneInfo

from reportkit.definitions.columns import Column, fold
from reportkit.definitions.text import Text
from reportkit.read.values import shown, value_of

Order = Literal["day first", "month first", "year first", "minguo", "epoch seconds", "epoch milliseconds"]
_ORDER_NAMES: Final[dict[Order, tuple[str, ...]]] = {
    "day first": ("day first", "day-first", "dmy", "日月年"),
    "month first": ("month first", "month-first", "mdy", "月日年"),
    "year first": ("year first", "year-first", "ymd", "年月日"),
    "minguo": ("minguo", "roc", "民国", "民國"),
    "epoch seconds": ("epoch seconds", "epoch", "unix", "unix seconds"),
    "epoch milliseconds": ("epoch milliseconds", "epoch ms", "unix milliseconds"),
}
TICKS: Final[dict[str, int]] = {"epoch seconds": 1, "epoch milliseconds": 1000}  # a second
DATE, TIME = (Column(Text.same(""), kind=kind) for kind in ("datetime", "time"))
ORDERS: Final[dict[str, Order]] = {fold(one): order for order, names in _ORDER_NAMES.items() for one in names}
_MONTH_NAMES: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MONTHS: Final = {name: at for at, full in enumerate(_MONTH_NAMES, 1) for name in (full, full[:3])} | {"sept": 9}
_TOKENS: Final = {
    "yyyy": "%Y", "yy": "%y", "mmmm": "%B", "mmm": "%b", "dddd": "%A", "ddd": "%a", "dd": "%d", "d": "%d",
    "hh": "%H", "h": "%H", "ss": "%S", "s": "%S", "am/pm": "%p",
}  # fmt: skip
_TOKEN: Final = re.compile(r"am/pm|y+|m+|d+|h+|s+|[^ymdhsa]+|a", re.IGNORECASE)
_CLOCK: Final = (
    r"(?P<before>am|pm)?\s*(?P<hour>\d{1,2})(?:[:点時时h](?P<minute>\d{1,2})?分?(?::?(?P<second>\d\d)(?:[.,]\d+)?秒?)?)?"
    r"\s*(?P<after>[ap]\.?m\.?)?"
)
_DOTTED: Final = _CLOCK.replace("[:点時时h]", "[:.点時时h]").replace("(?::?(", "(?:[:.]?(")  # only behind a day
_ZONE: Final = r"\(?(?P<zone>z|(?:utc|gmt)?[+-]\d\d(?::?\d\d)?|(?:utc|gmt)(?:[+-]\d)?)?\)?"
_WEEKDAY: Final = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_WEEKDAY_AFTER: Final = re.compile(r"\s*\(?(?:星期|周|週)[一二三四五六日天]\)?")
_SEPARATOR: Final = r"\s*(?:[-/.,年月]|\s)\s*"
_MOMENT: Final = re.compile(
    rf"{_WEEKDAY}(?P<one>\d{{1,4}}|[a-z]{{3,9}}\.?){_SEPARATOR}(?P<two>\d{{1,2}}(?:st|nd|rd|th)?|[a-z]{{3,9}}\.?)"
    rf"{_SEPARATOR}(?P<three>\d{{1,4}})日?(?:(?:\s*[t,]\s*|\s+|(?<=日)){_DOTTED}\s*{_ZONE})?"
)
_TIME: Final = re.compile(_CLOCK)
_HALF_TIME: Final = re.compile(rf"(?=.*[ap]\.?m\.?$|[ap]m){_DOTTED}")  # `9.05 am`: without it 9.05 is a number
_SPOKEN: Final = dict.fromkeys(("上午", "早上", "早晨", "清晨", "凌晨"), "am ") | dict.fromkeys(
    ("下午", "中午", "午后", "午後", "傍晚", "晚上", "夜间", "夜間"), "pm "
)
_MIDNIGHT: Final = re.compile(r"(?:晚上|夜[间間])\s*12")  # of which day nobody says
_HALF: Final = re.compile(r"(?<![a-z])([ap])\.?\s?m\b\.?")
_JOINED: Final = re.compile(r"(?<=\d)\s*(?:,?\sat\s|\s[-–—]\s)\s*(?=\d{1,2}[:h])|\s*(?:uhr|o'clock)\b")
_SERIAL: Final = re.compile(r"\d{5}(?:[.,]\d+)?|0?[.,]\d+")  # a csv of a spreadsheet whose cells lost their format
_MINGUO: Final = re.compile(r"民[国國]\s*(?=\d)")
_MINGUO_PACKED: Final = re.compile(r"(\d{3})(\d\d)(\d\d)")
_PACKED: Final = re.compile(r"(?:19|20)\d{10}(?:\d\d)?")  # 20261123090500
_NUMERIC: Final = re.compile(r"\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*(?:\d{4}|\d\d)(?:\D.*)?")


@dataclass(frozen=True)
class Clocks:
    """The zone of the file's moments, None for the log's own, and the zone of the log."""

    file: str | None
    log: str

    def local(self, moment: dt.datetime) -> dt.datetime:
        """Return a moment by the log's clock, without a zone."""
        if moment.tzinfo is None:
            if self.file is None:
                return moment
            moment = moment.replace(tzinfo=ZoneInfo(self.file))
        return moment.astimezone(ZoneInfo(self.log)).replace(tzinfo=None)


def pattern_of(written: str) -> str | Order:
    """Return an order of day and month, or the strptime format of a pattern like `dd/mm/yyyy hh:mm AM/PM`.

    As in a spreadsheet, m after h or before s is minutes. Raise ValueError for what is neither.
    """
    if fold(written) in ORDERS:
        return ORDERS[fold(written)]
    if "%" in written:
        return written
    tokens = _TOKEN.findall(written)
    found = [token.casefold() for token in tokens]
    if not any(one in _TOKENS for one in found):
        raise ValueError(f"{written!r}: day first · month first · dd/mm/yyyy hh:mm AM/PM · %d/%m/%Y %H:%M")
    twelve = "am/pm" in found
    formats: list[str] = []
    for at, one in enumerate(found):
        letters = [other[0] for other in found[:at] if other[0] in "ymdhs" and other != "am/pm"]
        later = [other[0] for other in found[at + 1 :] if other[0] in "ymdhs" and other != "am/pm"]
        if one in ("m", "mm"):
            minutes = bool(letters and letters[-1] == "h") or bool(later and later[0] == "s")
            formats.append("%M" if minutes else "%m")
        elif one in ("h", "hh") and twelve:
            formats.append("%I")
        else:
            formats.append(_TOKENS.get(one, tokens[at].replace("%", "%%")))
    return "".join(formats)


def moment(cell: object, dates: Sequence[str], clocks: Clocks) -> object:
    """Return the date with time, or the time alone, a cell says by the first way of writing it that fits.

    Where nothing says whether day or month comes first, and both could, the cell stays as it is.
    """
    if isinstance(cell, dt.datetime):
        return clocks.local(cell)
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return cell
    plain = plain_moment(cell) if isinstance(cell, str) else shown(cell)
    for one in dates:
        pattern = pattern_of(one)
        if pattern in TICKS:
            read: dt.datetime | dt.time | None = _since_1970(plain, TICKS[pattern])
        elif isinstance(cell, str):
            read = _ordered(plain, pattern) if pattern in _ORDER_NAMES else _formatted(cell, plain, pattern)
        else:
            read = None if pattern in _ORDER_NAMES else _packed(plain, pattern)
        if read is not None:
            return clocks.local(read) if isinstance(read, dt.datetime) else read
    if not isinstance(cell, str):
        return cell
    read = _serial(float(plain.replace(",", "."))) if _SERIAL.fullmatch(plain) else _ordered(plain, None)
    return cell if read is None else clocks.local(read) if isinstance(read, dt.datetime) else read


def plain_moment(written: str) -> str:
    """Return a text with half-width signs, small letters, and am or pm for what Chinese says before the hour."""
    plain = unicodedata.normalize("NFKC", written).strip().casefold()
    if _MIDNIGHT.search(plain):
        return plain
    for spoken, mark in _SPOKEN.items():
        plain = plain.replace(spoken, f" {mark}")
    plain = _JOINED.sub(" ", _HALF.sub(r"\1m", plain))
    return " ".join(_WEEKDAY_AFTER.sub("", plain).split())


def undecided(cell: object) -> bool:
    """Return whether a text is a date of which nothing says which number is the day."""
    return isinstance(cell, str) and _NUMERIC.fullmatch(cell.strip()) is not None


def _since_1970(plain: str, ticks: int) -> dt.datetime | None:
    """Return the moment a number of ticks after 1970 in UTC."""
    try:
        return dt.datetime.fromtimestamp(float(plain) / ticks, dt.UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _packed(digits: str, pattern: str) -> dt.datetime | dt.time | None:
    """Return what a number says by a pattern of digits alone: 5112026 has lost the 0 that `ddmmyyyy` begins with."""
    width = dt.datetime(2000, 10, 10, 10, 10, 10).strftime(pattern)
    return _formatted(digits.zfill(len(width)), "", pattern) if width.isdigit() else None


def _serial(number: float) -> dt.datetime | dt.time | None:
    """Return the moment of a spreadsheet's day number, the time of its fraction alone."""
    read = value_of(TIME if number < 1 else DATE, number)
    return read if isinstance(read, dt.datetime | dt.time) else None


def _formatted(cell: str, plain: str, pattern: str) -> dt.datetime | dt.time | None:
    """Return what a text says by a strptime format; a format without a day gives a time."""
    for text in (cell.strip(), plain):
        try:
            read = dt.datetime.strptime(text, pattern)
        except ValueError:
            continue
        return read if any(mark in pattern for mark in ("%d", "%x", "%c", "%j", "%D", "%F")) else read.time()
    return None


def _ordered(plain: str, order: str | None) -> dt.datetime | dt.time | None:
    """Return what a text says where the order of day and month is told, or its own writing tells."""
    if _MINGUO.match(plain):
        plain, order = _MINGUO.sub("", plain, count=1), "minguo"
    if order == "minguo" and (packed := _MINGUO_PACKED.fullmatch(plain)):
        plain = "/".join(packed.groups())
    clock = _TIME.fullmatch(plain) or _HALF_TIME.fullmatch(plain)
    if clock:
        told = clock["minute"] is not None or clock["before"] or clock["after"]
        return _time(clock) if told else None
    if _PACKED.fullmatch(plain):
        return _formatted(plain, plain, "%Y%m%d%H%M%S"[: len(plain) - 2])
    found = _MOMENT.fullmatch(plain)
    numbers = _numbers([found["one"], found["two"], found["three"]], order) if found else None
    if found is None or numbers is None:
        return None
    late = found["hour"] == "24" and not int(found["minute"] or 0) and not int(found["second"] or 0)
    time = _time(found) if found["hour"] and not late else dt.time()
    try:
        day = dt.date(*numbers) + dt.timedelta(days=late)  # 24:00 is the next day's midnight
        return None if time is None else dt.datetime.combine(day, time, _offset(found["zone"]))
    except (ValueError, OverflowError):
        return None


def _numbers(parts: Sequence[str], order: str | None) -> tuple[int, int, int] | None:
    """Return year, month and day of three parts of a date; None where their order is not known."""
    one, two, three = (re.sub(r"(?:st|nd|rd|th|\.)$", "", part) for part in parts)
    if order == "minguo" and one.isdigit() and len(one) in (2, 3):
        year, month, day = str(int(one) + 1911), two, three
    elif (len(one) == 4 or (order == "year first" and len(one) == 2)) and one.isdigit():
        year, month, day = one, two, three
    elif one.isalpha():
        year, month, day = three, one, two
    elif two.isalpha() or order == "day first":
        year, month, day = three, two, one
    elif order == "month first":
        year, month, day = three, one, two
    else:
        return None
    known = MONTHS.get(month, int(month) if month.isdigit() else None)
    if known is None or not (year.isdigit() and day.isdigit()) or len(year) not in (2, 4):
        return None
    return int(year) + (2000 if len(year) == 2 else 0), known, int(day)


def _time(parts: re.Match[str]) -> dt.time | None:
    """Return the time of a clock of 24 hours, or of 12 with am or pm."""
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    half = (parts["before"] or parts["after"] or "").replace(".", "")
    if half and hour > 12 and half == "am":
        return None
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return dt.time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _offset(zone: str | None) -> dt.tzinfo | None:
    """Return the zone a text names by its distance from UTC."""
    if not zone:
        return None
    sign, digits = zone.removeprefix("utc").removeprefix("gmt")[:1], re.sub(r"\D", "", zone)
    if not digits:
        return dt.UTC
    away = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return dt.timezone(away if sign == "+" else -away)
