"""Units, colours and number formats as Excel counts and writes them.

LibreOffice measures in hundredths of a millimetre; Excel in points, and column widths in characters of the default
font, of 7 pixels at 96 to the inch, 5 pixels of padding around them.
"""

from __future__ import annotations

import re
from typing import Any, cast

from xlwings import utils

from .link import Struct

ENGLISH = Struct("com.sun.star.lang.Locale", Language="en", Country="US", Variant="")
KEYS_PER_LOCALE = 10_000  # the first of a language's keys is its General
MM_100_PER_POINT = 2540 / 72
MM_100_PER_PIXEL = 2540 / 96
_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|AM/PM|A/P|General|[A-Z]|.', re.DOTALL)
_COUNTS_ON = re.compile(r"\[[HMS]+\]", re.IGNORECASE)

Rgb = tuple[int, int, int]


def to_points(hundredths: float) -> float:
    """Points of a length; a tenth is finer than LibreOffice stores."""
    return round(hundredths / MM_100_PER_POINT, 1)


def from_points(points: float) -> int:
    """Hundredths of a millimetre."""
    return round(points * MM_100_PER_POINT)


def to_characters(hundredths: int) -> float:
    """Column width in characters; like Excel's in steps of a pixel."""
    pixels = round(hundredths / MM_100_PER_PIXEL)
    return round((pixels - 5) / 7, 2) if pixels >= 12 else round(pixels / 12, 2)


def from_characters(characters: float) -> int:
    """Hundredths of a millimetre."""
    pixels = characters * 7 + 5 if characters >= 1 else characters * 12
    return round(round(pixels) * MM_100_PER_PIXEL)


def to_rgb(color: int) -> Rgb:
    """Red, green and blue of LibreOffice's 0xRRGGBB."""
    return color >> 16 & 255, color >> 8 & 255, color & 255


def from_color(color: Rgb | int | str) -> int:
    """LibreOffice's 0xRRGGBB of what xlwings takes: a triple, a hex text, or Excel's 0xBBGGRR."""
    if isinstance(color, str):
        color = utils.hex_to_rgb(color)
    elif isinstance(color, int):
        color = utils.int_to_rgb(color)
    red, green, blue = cast(Rgb, color)
    return int(red) << 16 | int(green) << 8 | int(blue)


def excel_code(code: str) -> str:
    """A number format as Excel writes it: date letters in lower case."""
    if code == "BOOLEAN":
        return "General"
    return "".join(
        part.lower() if part in ("Y", "M", "D", "H", "S") or re.fullmatch(r"\[[HMS]+\]", part) else part
        for part in _CODE.findall(code)
    )


class NumberFormats:
    """The number formats of one document, by Excel's code and by LibreOffice's key."""

    DATE, TIME, TEXT, LOGICAL = 2, 4, 256, 1024
    DURATION = 1 << 20  # ours: a time that counts on beyond a day, as [h]:mm does

    def __init__(self, document: Any) -> None:
        self._formats = document.getNumberFormats()
        self._keys: dict[str, int] = {}
        self._types: dict[int, int] = {}

    def key(self, code: str) -> int:
        """Key of a format, added to the document where new."""
        if code not in self._keys:
            found = self._formats.queryKey(code, ENGLISH, False)
            self._keys[code] = found if found != -1 else self._formats.addNew(code, ENGLISH)
        return self._keys[code]

    def code(self, key: int) -> str:
        """Excel's code of a key, in English whatever language the format was made in."""
        if key % KEYS_PER_LOCALE == 0:
            return "General"
        found = self._formats.getByKey(key)
        if found.Locale.Language not in ("", "en"):
            key = self._formats.addNewConverted(found.FormatString, found.Locale, ENGLISH)
            found = self._formats.getByKey(key)
        return excel_code(found.FormatString)

    def type(self, key: int) -> int:
        """Bits of LibreOffice's kinds: DATE, TIME, TEXT, LOGICAL; and DURATION beside TIME."""
        if key not in self._types:
            found = self._formats.getByKey(key)
            kind = found.Type
            if kind & self.TIME and _COUNTS_ON.search(found.FormatString):
                kind |= self.DURATION
            self._types[key] = kind
        return self._types[key]
