"""How a form's rows and columns move into a new log, and formulas with them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from typing import Final

from reportkit.definitions.columns import Form, fold
from reportkit.definitions.text import Language
from reportkit.workbooks.lists import header_row

_PLACE: Final = re.compile(
    r"(\"[^\"]*\")|((?:'(?:[^']|'')+'|[\w.\u0080-\uffff]+)!)?(\$?)([A-Z]{1,3})(\$?)(\d+)(?![\w(.])", re.IGNORECASE
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
        letter, row = moved.letters.get(found[4].upper(), found[4]), _row_now(moved, found)
        name = f"'{moved.form.label.to(language)}'!" if found[2] else ""
        return f"{name}{found[3]}{letter}{found[5]}{row}"

    return _PLACE.sub(place, formula)


def is_cut_off(formula: str, on: str, moves: Moves) -> bool:
    """Return whether a formula of a sheet names a row that did not come along."""
    named = ((_named(found, on, moves), found) for found in _PLACE.finditer(formula))
    return any(moved is not None and _row_now(moved, found) is None for moved, found in named)


def _named(found: re.Match[str], on: str, moves: Moves) -> Moved | None:
    """Return the form whose cell a formula names there, None where it is none."""
    sheet = (found[2] or "").removesuffix("!").strip("'").replace("''", "'") or on
    return None if found[1] else moves.get(fold(sheet))


def _row_now(moved: Moved, found: re.Match[str]) -> int | None:
    """Return the row a formula names as it is now."""
    around = found.string[max(0, found.start() - 1) : found.start()] + found.string[found.end() : found.end() + 1]
    return moved.row(int(found[6]), ends_range=":" in around)
