"""Where printed pages break: a heading stays with its table, and a table that fits a page is not torn without need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reportkit.workbooks.cells import Page
from reportkit.workbooks.style import ROW_HEIGHT

A4_WIDE, A4_HIGH = 841.9, 595.3  # points, landscape
AROUND: Final = (0.8 * 72, 1.1 * 72)  # margins of `style.set_up_print`: left and right, top and bottom
CHARACTER, PADDING = 5.25, 3.75  # points a column takes for each character of its width, and once: in Excel
ENOUGH: Final = 0.5  # of a page: where so much is left, a long table begins there and goes on overleaf
SAFETY: Final = 0.98  # offices and printers differ a little
TOGETHER: Final = 4  # lines of a table that stay with its heading, and go together onto the next page


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that belong together: from `first` to before `end`, of which those from `lines` on may be torn apart.

    `repeated` is the height of the headings that stand again on every page it goes on over.
    """

    first: int
    lines: int
    end: int
    repeated: float = 0.0


def table(first: int, end: int) -> Part:
    """Return the part of a titled table: its title and its headings stay with its first lines."""
    return Part(first, min(first + 2 + TOGETHER, end), end)


def last_table(page: Page, first: int, end: int) -> Part:
    """Return the part of a sheet's last titled table: its headings stand on every page it goes on over.

    A sheet repeats the rows of one table, on the pages after them: of the last one they stand above no other.
    """
    page.sheet.repeat_rows(first + 1)
    return replace(table(first, end), repeated=page.heights.get(first + 1, ROW_HEIGHT))


def block(first: int, end: int) -> Part:
    """Return the part of a block under headings of the whole sheet: its title stays with its first lines."""
    return Part(first, min(first + 1 + TOGETHER, end), end)


def whole(first: int, end: int) -> Part:
    """Return a part that is not torn apart, as a chart is."""
    return Part(first, end, end)


def break_pages(
    page: Page, parts: Sequence[Part], widths: Sequence[float], *, row_height: float = ROW_HEIGHT, repeated: float = 0.0
) -> None:
    """Set the breaks of a sheet printed on landscape pages as wide as its columns.

    `row_height` is that of rows without one of their own, `repeated` the height of rows that stand on every page.
    """

    def height(row: int) -> float:
        return page.heights.get(row, row_height)

    page.sheet.set_h_pagebreaks(breaks(parts, height, room(widths), repeated))


def room(widths: Sequence[float]) -> float:
    """Return how many points of rows a landscape page takes once columns of these widths are fitted to it."""
    columns = sum(width * CHARACTER + PADDING for width in widths)
    scale = min(1.0, (A4_WIDE - AROUND[0]) / columns)
    return (A4_HIGH - AROUND[1]) / scale * SAFETY


def breaks(parts: Sequence[Part], height: Callable[[int], float], room: float, repeated: float = 0.0) -> list[int]:
    """Return the rows that begin a new page; parts come in order, and what stands between them takes room, too."""
    begins: list[int] = []
    used, at = 0.0, 0
    for part in (_shorter(part, height, room / 2) for part in parts):
        gap = sum(map(height, range(at, part.first)))
        standing = repeated + part.repeated
        if part.first and _moves(part, height, room - used - gap, room if not standing else 0.0):
            before = used + gap > room  # the blank row there would begin a page of its own
            begins.append(at if before else part.first)
            used = repeated + (gap if before else 0.0)
        else:
            used += gap
        for row in range(part.first, part.end):
            if used + height(row) > room and row >= part.lines:
                start = max(part.lines, min(row, part.end - TOGETHER))
                if sum(map(height, range(start, part.end))) > room / 2:
                    start = row  # lines of many words: those that go together would leave half a page
                begins.append(start)
                used = standing + sum(map(height, range(start, row)))
            used += height(row)
        at = part.end
    return begins


def _shorter(part: Part, height: Callable[[int], float], most: float) -> Part:
    """Return a part of which fewer lines stay with the heading, where they are so high that they would fill a page."""
    lines = part.lines
    while part.lines < part.end and lines > part.first + 3 and sum(map(height, range(part.first, lines))) > most:
        lines -= 1
    return replace(part, lines=lines)


def _moves(part: Part, height: Callable[[int], float], left: float, page: float) -> bool:
    """Return whether a part begins on a new page; so much is `left` of this one, and a `page` has so much.

    A part that fits no page is torn; where headings stand on every page, nothing is lost by tearing: `page` is 0.
    """
    needed = sum(map(height, range(part.first, part.end)))
    if needed <= left:
        return False
    start = sum(map(height, range(part.first, part.lines)))
    return start > left or (needed <= page and left < ENOUGH * page)
