"""The buttons' icons, drawn from a few shapes: the same bytes at any size, on any system."""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable
from itertools import pairwise
from typing import Final

Shape = Callable[[float, float], bool]
Colour = tuple[int, int, int]

_GRID: Final = 32.0  # shapes are drawn on 32 × 32 units, y downwards
_SAMPLES: Final = 4  # a pixel is the mean of 4 × 4 points
_INK: Final[Colour] = (31, 78, 121)
_ACCENT: Final[Colour] = (214, 108, 30)


def _disc(x: float, y: float, radius: float) -> Shape:
    return lambda a, b: math.hypot(a - x, b - y) <= radius


def _ring(x: float, y: float, radius: float, width: float) -> Shape:
    return lambda a, b: abs(math.hypot(a - x, b - y) - radius) <= width / 2


def _box(left: float, top: float, right: float, bottom: float) -> Shape:
    return lambda a, b: left <= a <= right and top <= b <= bottom


def _line(width: float, *points: tuple[float, float]) -> Shape:
    """Return a line through points, with round ends."""
    pairs = tuple(pairwise(points))
    return lambda a, b: any(_distance((a, b), start, end) <= width / 2 for start, end in pairs)


def _distance(point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    along = (end[0] - start[0], end[1] - start[1])
    way = (point[0] - start[0], point[1] - start[1])
    share = (way[0] * along[0] + way[1] * along[1]) / (along[0] ** 2 + along[1] ** 2)
    share = min(1.0, max(0.0, share))
    return math.hypot(way[0] - share * along[0], way[1] - share * along[1])


def _polygon(*corners: tuple[float, float]) -> Shape:
    """Return a convex polygon whose corners go round in one direction."""
    edges = tuple(zip(corners, (*corners[1:], corners[0]), strict=True))

    def inside(a: float, b: float) -> bool:
        sides = [(q[0] - p[0]) * (b - p[1]) - (q[1] - p[1]) * (a - p[0]) for p, q in edges]
        return all(side >= 0 for side in sides) or all(side <= 0 for side in sides)

    return inside


def _person(x: float, top: float) -> Shape:
    """Return a head above shoulders."""
    head, body = _disc(x, top + 4, 4), _disc(x, top + 17, 8)
    return lambda a, b: head(a, b) or (body(a, b) and b <= top + 17)


def _envelope(top: float) -> tuple[tuple[Colour, Shape], ...]:
    """Return the outline and flap of a letter."""
    outline = _line(2.6, (3, top), (29, top), (29, top + 18), (3, top + 18), (3, top))
    return (_INK, outline), (_INK, _line(2.6, (3, top), (16, top + 10), (29, top)))


# By the tag of the button; later shapes cover earlier ones.
ICONS: Final[dict[str, tuple[tuple[Colour, Shape], ...]]] = {
    "check": (
        (_INK, _line(2.6, (5, 4), (27, 4), (27, 28), (5, 28), (5, 4))),
        (_ACCENT, _line(4, (10, 16), (15, 21), (23, 10))),
    ),
    "today": (
        (_INK, _line(2.6, (4, 7), (28, 7), (28, 28), (4, 28), (4, 7))),
        (_INK, _box(4, 7, 28, 13)),
        (_INK, _line(2.6, (10, 3), (10, 8))),
        (_INK, _line(2.6, (22, 3), (22, 8))),
        (_ACCENT, _disc(16, 20.5, 4.5)),
    ),
    "week": (
        (_INK, _line(2.6, (3, 28), (29, 28))),
        (_INK, _box(5, 17, 11, 26)),
        (_INK, _box(13, 11, 19, 26)),
        (_ACCENT, _box(21, 4, 27, 26)),
    ),
    "team": ((_INK, _person(8.5, 8)), (_INK, _person(23.5, 8)), (_ACCENT, _person(16, 12))),
    "close": (
        (_INK, _ring(16, 12, 7, 3)),
        (_INK, _box(5, 13, 27, 29)),
        ((255, 255, 255), _disc(16, 19.5, 2.6)),
        ((255, 255, 255), _box(14.9, 20, 17.1, 25)),
    ),
    "preview": (
        *_envelope(5),
        ((255, 255, 255), _disc(21, 20, 8)),
        (_ACCENT, _ring(21, 20, 5.5, 2.8)),
        (_ACCENT, _line(3, (25, 24), (29, 28))),
    ),
    "send": (
        (_INK, _polygon((2, 13), (30, 3), (13, 18))),
        (_ACCENT, _polygon((13, 18), (30, 3), (20, 29))),
    ),
    "rows": (
        (_INK, _box(3, 5, 29, 9)),
        (_INK, _box(3, 14, 18, 17)),
        (_INK, _box(3, 21, 18, 24)),
        (_INK, _box(3, 28, 18, 31)),
        (_ACCENT, _line(3, (24, 12), (24, 28))),
        (_ACCENT, _line(3, (19.5, 23.5), (24, 28), (28.5, 23.5))),
    ),
    "about": (
        (_INK, _disc(16, 16, 13.5)),
        ((255, 255, 255), _disc(16, 9.5, 2.2)),
        ((255, 255, 255), _box(14, 13.5, 18, 24)),
    ),
}


def png(tag: str, size: int) -> bytes:
    """Return the icon of a button as a PNG of size × size pixels on a clear ground."""
    shapes = ICONS[tag]
    lines = b"".join(
        b"\0" + b"".join(bytes(_pixel(shapes, column, row, _GRID / size)) for column in range(size))
        for row in range(size)
    )
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    # Level 0 stores: compressed bytes differ between versions of zlib.
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(lines, 0)) + _chunk(b"IEND", b"")
    )


def _pixel(shapes: tuple[tuple[Colour, Shape], ...], column: int, row: int, unit: float) -> tuple[int, ...]:
    """Return red, green, blue and opacity of a pixel."""
    red = green = blue = covered = 0
    for sample in range(_SAMPLES * _SAMPLES):
        x = (column + (sample % _SAMPLES + 0.5) / _SAMPLES) * unit
        y = (row + (sample // _SAMPLES + 0.5) / _SAMPLES) * unit
        colour = next((ink for ink, shape in reversed(shapes) if shape(x, y)), None)
        if colour:
            red, green, blue, covered = red + colour[0], green + colour[1], blue + colour[2], covered + 1
    if not covered:
        return 0, 0, 0, 0
    return red // covered, green // covered, blue // covered, 255 * covered // (_SAMPLES * _SAMPLES)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
