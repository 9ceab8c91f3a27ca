"""Where printed pages break: a heading stays with its table, and a table that fits a page is not torn without need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
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
    pages = pages_of(page, widths, row_height=row_height, repeated=repeated)
    for part in parts:
        pages.place(part)
    pages.set_breaks(page)


def pages_of(page: Page, widths: Sequence[float], *, row_height: float = ROW_HEIGHT, repeated: float = 0.0) -> Pages:
    """Return the pages of a sheet, none of its parts placed yet."""
    return Pages(room(widths), lambda row: page.heights.get(row, row_height), repeated)


def room(widths: Sequence[float]) -> float:
    """Return how many points of rows a landscape page takes once columns of these widths are fitted to it."""
    columns = sum(width * CHARACTER + PADDING for width in widths)
    scale = min(1.0, (A4_WIDE - AROUND[0]) / columns)
    return (A4_HIGH - AROUND[1]) / scale * SAFETY


@dataclass
class Pages:
    """The printed pages of a sheet as its parts come, one below another; what stands between them takes room, too.

    `room` is how many points of rows a page takes, `height` that of a row, `repeated` that of rows that stand on every
    page; `begins` are the rows that begin a new page.
    """

    room: float
    height: Callable[[int], float]
    repeated: float = 0.0
    begins: list[int] = field(default_factory=list)
    _used: float = 0.0
    _at: int = 0

    def place(self, part: Part) -> None:
        """Place the next part."""
        self.begins += self._torn(part, self.height)
        self._at = part.end

    def place_lines(self, first: int, heights: Sequence[float]) -> list[int]:
        """Place a titled table yet to be written, from its title on; return the lines its headings stand before again.

        They take a row each: what comes after them moves down.
        """

        def height(row: int) -> float:
            return heights[row - first] if row >= first else self.height(row)

        end = first + len(heights)
        torn = self._torn(replace(table(first, end), repeated=heights[1]), height)
        self.begins += [row + above for above, row in enumerate(torn)]
        self._at = end + len(torn)
        return [row - first - 2 for row in torn]

    def set_breaks(self, page: Page) -> None:
        """Break the sheet where its pages begin."""
        page.sheet.set_h_pagebreaks(self.begins)

    def _torn(self, part: Part, height: Callable[[int], float]) -> list[int]:
        """Begin a new page with a part if it should; return its rows that begin a page it goes on over."""
        part = _shorter(part, height, self.room / 2)
        gap = sum(map(height, range(self._at, part.first)))
        if part.first and self._moves(part, height, self.room - self._used - gap):
            before = self._used + gap > self.room  # the blank row there would begin a page of its own
            self.begins.append(self._at if before else part.first)
            self._used = self.repeated + (gap if before else 0.0)
        else:
            self._used += gap
        torn: list[int] = []
        for row in range(part.first, part.end):
            if self._used + height(row) > self.room and row >= part.lines:
                start = max(part.lines, min(row, part.end - TOGETHER))
                if sum(map(height, range(start, part.end))) > self.room / 2:
                    start = row  # lines of many words: those that go together would leave half a page
                torn.append(start)
                self._used = self.repeated + part.repeated + sum(map(height, range(start, row)))
            self._used += height(row)
        return torn

    def _moves(self, part: Part, height: Callable[[int], float], left: float) -> bool:
        """Return whether a part begins on a new page where so much is left of this one.

        A part that fits no page is torn. So is one whose headings stand again: nothing is lost by it, unless a few
        lines would stand alone.
        """
        needed = sum(map(height, range(part.first, part.end)))
        if needed <= left:
            return False
        if sum(map(height, range(part.first, part.lines))) > left:
            return True
        few = part.end - part.lines < TOGETHER
        again = self.repeated + part.repeated > 0
        return needed <= self.room and (few or (not again and left < ENOUGH * self.room))


def _shorter(part: Part, height: Callable[[int], float], most: float) -> Part:
    """Return a part of which fewer lines stay with the heading, where they are so high that they would fill a page."""
    lines = part.lines
    while part.lines < part.end and lines > part.first + 3 and sum(map(height, range(part.first, lines))) > most:
        lines -= 1
    return replace(part, lines=lines)
