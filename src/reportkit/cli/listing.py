"""Tables in a terminal, however narrow it is: no figure and no word is torn while another layout keeps it whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil
from typing import Final

from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, JustifyMethod, RenderResult
from rich.style import Style
from rich.table import Table
from rich.text import Text as Styled

GAP, LONGEST, CRUMB = 2, 24, 8  # characters between columns, of a word that is not broken, of a text without spaces
ABREAST: Final = 3  # cells of a row that stand side by side, with their headings, where its columns find no room
_OPEN, _CLOSE = "「『（“《【(", "，。、；：？！）」』”》】…%％)·"
_WIDE = "\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60"
ATOM: Final = re.compile(rf"\s+|[{_OPEN}]*(?:[^\s{_WIDE}{_OPEN}{_CLOSE}]+|[^\s{_OPEN}{_CLOSE}])?[{_CLOSE}]*")


@dataclass(frozen=True)
class Listing:
    """A table for people; `numbers` are the columns aligned to the right, `none` what is said of no rows."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str | Styled, ...], ...]
    numbers: frozenset[int]
    none: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the table in the first layout that fits.

        Across; with Chinese headings on two lines; rows side by side; figures on two lines; rows one below the other.
        """
        if self.none and not self.rows:
            yield Styled(self.none)
            return
        room = options.max_width
        shown = self if self._room() <= room else self._without_blank_columns()
        yield (
            shown._across(room, halved=False)
            or shown._across(room, halved=True)
            or shown._turned(room)
            or shown._across(room, halved=True, torn=True)
            or shown._down(room)
        )

    def _room(self) -> int:
        return sum(self._widest(at) + GAP for at in range(len(self.headings))) - GAP

    def _without_blank_columns(self) -> Listing:
        kept = [at for at in range(len(self.headings)) if any(str(row[at]) for row in self.rows)]
        return Listing(
            tuple(self.headings[at] for at in kept),
            tuple(tuple(row[at] for at in kept) for row in self.rows),
            frozenset(new for new, at in enumerate(kept) if at in self.numbers),
        )

    def _across(self, room: int, *, halved: bool, torn: bool = False) -> Table | None:
        """Return a row a line, None where it finds no room: what is spare goes to names before sentences."""
        columns = range(len(self.headings))
        widest = [self._widest(at) for at in columns]
        widths = [self._narrowest(at, halved=halved, whole=at in self.numbers and not torn) for at in columns]
        spare = room - GAP * (len(widths) - 1) - sum(widths)
        if spare < 0:
            return None
        for _ in range(min(spare, sum(widest) - sum(widths))):
            short = (at for at in columns if widths[at] < widest[at])
            widths[min(short, key=lambda at: (at in self.numbers, widths[at]))] += 1
        shown = Table(box=None, pad_edge=False, header_style="bold", show_header=any(self.headings))
        for at, heading in enumerate(self.headings):
            side: JustifyMethod = "right" if at in self.numbers else "left"
            shown.add_column(_balanced(heading, widths[at]), justify=side, overflow="fold", width=widths[at])
        for row in self.rows:
            shown.add_row(*map(_fitted, row, widths))
        return shown

    def _turned(self, room: int) -> Table | None:
        """Return few rows side by side, a heading a line, None where they find no room."""
        names = max(map(cell_len, self.headings), default=0)
        widths = [max(cell_len(line) for cell in row for line in [*str(cell).splitlines(), ""]) for row in self.rows]
        if not self.rows or names + sum(GAP + width for width in widths) > room:
            return None
        shown = Table(box=None, pad_edge=False, show_header=False)
        shown.add_column(style="bold")
        for at, (heading, *cells) in enumerate(zip(self.headings, *self.rows, strict=True)):
            side: JustifyMethod = "right" if at in self.numbers and len(self.rows) > 1 else "left"
            shown.add_row(heading, *(Styled(str(cell), _style(cell), justify=side) for cell in cells))
        return shown

    def _down(self, room: int) -> Table:
        """Return rows one below the other, a few cells abreast where there is room for them, else one a line."""
        for abreast in range(ABREAST, 0, -1):
            names = [max(map(cell_len, self.headings[at::abreast]), default=0) for at in range(abreast)]
            cells = [
                max(map(self._of_cells, range(at, len(self.headings), abreast)), default=0) for at in range(abreast)
            ]
            if sum(names) + sum(cells) + GAP * (2 * abreast - 1) <= room:
                break
        else:
            cells = [max(room - GAP - names[0], 1)]
        shown = Table(box=None, pad_edge=False, show_header=False)
        for width in names:
            shown.add_column(style="bold", max_width=width)
            shown.add_column(overflow="fold")
        for number, row in enumerate(self.rows):
            if number:
                shown.add_row()
            for at in range(0, len(row), abreast):
                line = zip(self.headings[at : at + abreast], row[at : at + abreast], cells, strict=False)
                shown.add_row(*(one for name, cell, width in line for one in (name, _fitted(cell, width))))
        return shown

    def _narrowest(self, at: int, *, halved: bool, whole: bool) -> int:
        """Return the width of a column's longest word, or cell where they stay `whole`."""
        heading = [_of_heading(word, halved=halved) for word in self.headings[at].split()]
        if whole:
            return max([*heading, self._of_cells(at)])
        return max([*heading, *(_unbroken(word) for row in self.rows for word in str(row[at]).split())], default=0)

    def _widest(self, at: int) -> int:
        return max(cell_len(self.headings[at]), self._of_cells(at))

    def _of_cells(self, at: int) -> int:
        return max((cell_len(line) for row in self.rows for line in str(row[at]).splitlines()), default=0)


def wrapped(text: str, width: int) -> list[str]:
    """Return a text in lines of a width: broken between words and Chinese characters, never before a full stop."""
    if cell_len(text) <= width:
        return [text]
    lines, used = [""], 0
    for atom in ATOM.findall(text):
        for piece in chop_cells(atom, width) if cell_len(atom.rstrip()) > width else [atom]:
            if used + cell_len(piece.rstrip()) > width and lines[-1].strip():
                lines.append(piece.lstrip())
                used = cell_len(lines[-1])
            else:
                lines[-1] += piece
                used += cell_len(piece)
    return [line.rstrip() for line in lines]


def _balanced(heading: str, width: int) -> str:
    """Return a heading in its lines; those of a Chinese one are about as long as each other."""
    if not heading.isascii():
        part = ceil(cell_len(heading) / ceil(cell_len(heading) / width))
        width = min(width, part + part % 2)
    return "\n".join(wrapped(heading, width))


def _fitted(cell: str | Styled, width: int) -> Styled:
    """Return a cell in lines of its column's width."""
    lines = (line for given in str(cell).splitlines() for line in wrapped(given, width))
    return Styled("\n".join(lines), _style(cell))


def _style(cell: str | Styled) -> str | Style:
    return cell.style if isinstance(cell, Styled) else ""


def _of_heading(word: str, *, halved: bool) -> int:
    """Return how wide a word of a heading must find its column: all of it, or half of a Chinese one."""
    if word.isascii() or not halved:
        return min(cell_len(word), LONGEST)
    return min(cell_len(word), max(ceil(cell_len(word) / 4) * 2, 4))


def _unbroken(word: str) -> int:
    """Return how wide a word must find its column; a text without spaces breaks anywhere, but not into crumbs."""
    return min(cell_len(word), LONGEST if word.isascii() else CRUMB)
