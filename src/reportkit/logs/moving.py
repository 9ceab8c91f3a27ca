"""How a form's rows and columns move into a new log, and formulas with them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from typing import Final

from reportkit.definitions.columns import Form, fold
from reportkit.definitions.text import Language
from reportkit.workbooks.lists import header_row

_CELL: Final = r"(\$?)([A-Z]{1,3})(\$?)(\d+)"
_PLACE: Final = re.compile(  # a text, or a cell or range with or without its sheet
    rf"(\"[^\"]*\")|((?:'(?:[^']|'')+'|[\w.\u0080-\uffff]+)!)?{_CELL}(?::{_CELL})?(?![\w(.])", re.IGNORECASE
)


@dataclass(frozen=True)
class Moved:
    """How a form's sheet moves: its name before, the letters of its columns, and where its rows come to stand."""

    form: Form
    name: str
    letters: Mapping[str, str]  # old letter → new
    rows: Mapping[int, int]  # Excel's row number → new
    own: Mapping[str, str]  # old letter of an advisor's own column → its heading
    left: Set[int] = frozenset()  # the rows that do not come along

    def row(self, number: int, *, ends_range: bool) -> int | None:
        """Return where a row a formula names stands now, None where it did not come along.

        The end of a range is then the next row that did: what counts a column goes on counting what there is of it.
        """
        if number not in self.left:
            return self.rows.get(number, number)
        if not ends_range:
            return None
        below = [new for old, new in self.rows.items() if old > number]
        return min(below, default=header_row(self.form) + 2 + len(self.rows))

    def cuts(self, first: int, last: int) -> bool:
        """Return whether a range ends among the rows and holds one that did not come along; an open one goes on."""
        first, last = min(first, last), max(first, last)
        return last <= max((*self.rows, *self.left), default=0) and any(first <= one <= last for one in self.left)

    def of_rows(self, rows: Set[int]) -> Moved:
        """Return how some of the rows move, one below another from the first."""
        in_order = (old for old, _ in sorted(self.rows.items(), key=lambda one: one[1]) if old in rows)
        return replace(
            self,
            rows={old: new for new, old in enumerate(in_order, header_row(self.form) + 2)},
            left=self.rows.keys() - rows,
        )


Moves = Mapping[str, Moved]  # folded name of a form's sheet → how it moves


def followed(formula: str, on: str, moves: Moves, language: Language) -> str:
    """Return a formula of a sheet with the places of forms' cells as they are now."""

    def place(found: re.Match[str]) -> str:
        moved = _named(found, on, moves)
        if moved is None:
            return found[0]
        name = f"'{moved.form.label.to(language)}'!" if found[2] else ""
        first = _cell(moved, found.group(3, 4, 5, 6), ends_range=_ends_range(found))
        last = _cell(moved, found.group(7, 8, 9, 10), ends_range=True) if found[8] else ""
        return f"{name}{first}{':' if last else ''}{last}"

    return _PLACE.sub(place, formula)


def is_cut_off(formula: str, on: str, moves: Moves) -> bool:
    """Return whether a formula of a sheet names a row that did not come along."""
    for found in _PLACE.finditer(formula):
        moved = _named(found, on, moves)
        if moved is None:
            continue
        first = int(found[6])
        if moved.cuts(first, int(found[10])) if found[10] else moved.row(first, ends_range=_ends_range(found)) is None:
            return True
    return False


def _named(found: re.Match[str], on: str, moves: Moves) -> Moved | None:
    """Return the form whose cell a formula names there, None where it is none."""
    sheet = (found[2] or "").removesuffix("!").strip("'").replace("''", "'") or on
    return None if found[1] else moves.get(fold(sheet))


def _ends_range(found: re.Match[str]) -> bool:
    """Return whether a cell a formula names is an end of a range, whatever the other end."""
    around = found.string[max(0, found.start() - 1) : found.start()] + found.string[found.end() : found.end() + 1]
    return found[8] is not None or ":" in around


def _cell(moved: Moved, written: tuple[str, ...], *, ends_range: bool) -> str:
    """Return the name of a cell where it stands now."""
    fixed, letter, also_fixed, row = written
    return f"{fixed}{moved.letters.get(letter.upper(), letter)}{also_fixed}{moved.row(int(row), ends_range=ends_range)}"
