"""What a map may write behind its words: patterns, dates, zones, positions, columns by their letters."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, PlainValidator

from reportkit.importing.moments import pattern_of
from reportkit.read.survey import column_number

Scalar = str | bool | int | float | datetime | date | time
_SPAN: Final = re.compile(r"([1-9]\d*)(?:\s*(-)\s*(\d+)?)?")
_BLOCK: Final = re.compile(r"([A-Za-z]{1,3})(?::([A-Za-z]{1,3}))?")


def several(value: object) -> object:
    """Take one value where several are possible."""
    return value if isinstance(value, list) else [value]


def _pattern(written: str) -> str:
    """Refuse what is no regular expression while the map is read, not in the middle of the rows."""
    try:
        re.compile(written)
    except re.error as error:
        raise ValueError(f"{written!r}: {error}") from None
    return written


def _dates(written: tuple[str, ...]) -> tuple[str, ...]:
    for one in written:
        pattern_of(one)
    return written


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{name!r}: Asia/Shanghai, Asia/Taipei, Asia/Hong_Kong, UTC …") from None
    return name


def _span(written: object) -> tuple[int, int | None]:
    """Return the first and last position of `9-24`, `7` or `25-`: None is the end of the line."""
    found = _SPAN.fullmatch(str(written).strip())
    first, last = (int(found[1]), int(found[3] or 0) or None if found[2] else int(found[1])) if found else (0, 0)
    if found is None or (last is not None and last < first):
        raise ValueError("9-24 · 7 · 25-")
    return first, last


def _block(written: object) -> range:
    """Return the places of the columns of `B:D`, from 0 on."""
    found = _BLOCK.fullmatch(str(written).strip())
    if found is None:
        raise ValueError("B:D · F")
    first, last = (column_number(letters.upper()) - 1 for letters in (found[1], found[2] or found[1]))
    if last < first:
        raise ValueError("B:D · F")
    return range(first, last + 1)


Texts = Annotated[tuple[str, ...], BeforeValidator(several)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Dates = Annotated[Texts, AfterValidator(_dates)]
Zone = Annotated[str, AfterValidator(_zone)]
Span = Annotated[tuple[int, int | None], BeforeValidator(_span)]
Block = Annotated[range, PlainValidator(_block)]
Decimal = Literal[".", ","]
