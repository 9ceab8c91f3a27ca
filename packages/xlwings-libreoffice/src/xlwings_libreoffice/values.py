"""Cell values: what xlwings hands over, what LibreOffice stores, and what its errors are called."""

from __future__ import annotations

import datetime as dt
from typing import Any

# Excel's texts of LibreOffice's error numbers; the others are errors of computing a number
ERRORS = {
    32767: "#N/A",
    502: "#NUM!",
    503: "#NUM!",
    519: "#VALUE!",
    521: "#NULL!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
}
OTHER_ERROR = "#VALUE!"
INFINITY = float("inf")
NO_NUMBER = "=#NUM!"  # what Excel makes of an infinite number, and a file can hold
DATE_CODE, DATETIME_CODE, BOOLEAN_CODE = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "BOOLEAN"
MILLISECONDS = 86_400_000


class CellError(str):
    """An error value such as ``#N/A``; no text, though it reads as one."""

    __slots__ = ()


def prepare(value: Any) -> Any:
    """A value ready to be stored: float, str, bool, date or datetime; empty is an empty text."""
    if type(value) is str:
        return value
    if value is None or isinstance(value, (str, bool, dt.datetime, dt.date, dt.timedelta)):
        return _prepared_object(value)
    if isinstance(value, (int, float)):
        if value != value:  # NaN is the one number that differs from itself
            return ""
        return float(value) if abs(value) != INFINITY else NO_NUMBER
    return _prepared_object(value)


def _prepared_object(value: Any) -> Any:
    if value is None or type(value).__name__ in ("NaTType", "NAType"):
        return ""
    if isinstance(value, dt.datetime):
        to_python = getattr(value, "to_pydatetime", None)  # pandas' timestamps keep nanoseconds
        return (to_python(warn=False) if to_python else value).replace(tzinfo=None)
    if isinstance(value, str):
        return str.__str__(value)  # no subclass: what crosses to another Python has to be known there
    if isinstance(value, (bool, dt.date)):
        return value
    if isinstance(value, dt.timedelta):
        return value / dt.timedelta(days=1)
    if isinstance(value, dt.time):
        since_midnight = dt.datetime.combine(dt.date.min, value.replace(tzinfo=None)) - dt.datetime.min
        return since_midnight / dt.timedelta(days=1)
    item = getattr(value, "item", None)  # numpy's scalars
    if item is not None:
        converted = item()
        unit = type(value).__name__
        if isinstance(converted, int) and unit in ("datetime64", "timedelta64"):  # finer than Python's own
            return prepare(value.astype(f"{unit}[us]").item())
        return prepare(converted)
    return prepare(float(value)) if hasattr(value, "__float__") else str(value)


def to_serial(value: dt.date, null_date: dt.datetime) -> float:
    """Days since the document's day zero."""
    if not isinstance(value, dt.datetime):
        value = dt.datetime(value.year, value.month, value.day)
    return (value - null_date) / dt.timedelta(days=1)


def from_serial(serial: float, null_date: dt.datetime) -> dt.datetime | float:
    """The point in time to the millisecond, or the number itself where the calendar ends."""
    try:
        return null_date + dt.timedelta(milliseconds=round(serial * MILLISECONDS))
    except OverflowError:
        return serial


def to_time(serial: float, null_date: dt.datetime) -> dt.time | dt.datetime | float:
    """The time of day, of a number beyond one day the point in time."""
    moment = from_serial(serial, null_date)
    return moment.time() if isinstance(moment, dt.datetime) and 0 <= serial < 1 else moment


def to_duration(serial: float) -> dt.timedelta | float:
    """The duration to the millisecond, or the number itself where it is too long."""
    try:
        return dt.timedelta(milliseconds=round(serial * MILLISECONDS))
    except OverflowError:
        return serial


def clean(value: Any, datetime_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool) -> Any:
    """A value read, as the options of `Range.options` ask for it."""
    if value is None or value == "":
        return empty_as
    if isinstance(value, CellError):
        return str(value) if err_to_str else None
    if isinstance(value, dt.datetime):
        return datetime_builder(
            year=value.year,
            month=value.month,
            day=value.day,
            hour=value.hour,
            minute=value.minute,
            second=value.second,
            microsecond=value.microsecond,
            tzinfo=None,
        )
    if number_builder is not None and type(value) is float:
        return number_builder(value)
    return value
