"""Formulas that move along as they are filled over a range."""

from __future__ import annotations

import re

from .addresses import MOST_COLUMNS, MOST_ROWS, column_letters, column_number
from .formulas import BRACKETS, ERROR, NAME, QUOTED, TEXT

# the grammar of LibreOffice's interface: what is not a reference is passed over as a whole
_REFERENCES = re.compile(
    rf"""{TEXT} | {ERROR} | {NAME}{BRACKETS} | {NAME}(?=\()
       | \$(?:{QUOTED}|\w+)\. | {QUOTED}\#
       | (?P<cell>(?P<c>\$?[A-Z]{{1,3}})(?P<r>\$?\d+)(?![\w.]))
       | (?P<columns>(?P<c1>\$?[A-Z]{{1,3}}):(?P<c2>\$?[A-Z]{{1,3}})(?![\w.]))
       | (?P<rows>(?P<r1>\$?\d+):(?P<r2>\$?\d+)(?![\w.]))
       | [\w\\][\w.\\?]*""",
    re.VERBOSE | re.IGNORECASE,
)


class Moving:
    """A formula of the interface whose relative references move with the cell it is in."""

    def __init__(self, formula: str) -> None:
        self._formula = formula
        self._references = [found for found in _REFERENCES.finditer(formula) if found.lastgroup]

    def at(self, down: int, right: int) -> str:
        """The formula so many rows and columns away from its first cell."""
        out, end = [], 0
        for found in self._references:
            out += [self._formula[end : found.start()], _moved(found, down, right)]
            end = found.end()
        return "".join(out) + self._formula[end:]


def _moved(found: re.Match[str], down: int, right: int) -> str:
    try:
        if found["cell"]:
            if column_number(found["c"].lstrip("$")) > MOST_COLUMNS or int(found["r"].lstrip("$")) > MOST_ROWS:
                return found[0]  # a name that only looks like a cell
            return _column(found["c"], right) + _row(found["r"], down)
        if found["columns"]:
            return f"{_column(found['c1'], right)}:{_column(found['c2'], right)}"
        return f"{_row(found['r1'], down)}:{_row(found['r2'], down)}"
    except IndexError:
        return "#REF!"


def _column(text: str, right: int) -> str:
    if text.startswith("$"):
        return text
    return column_letters(_within(column_number(text) + right, MOST_COLUMNS))


def _row(text: str, down: int) -> str:
    return text if text.startswith("$") else str(_within(int(text) + down, MOST_ROWS))


def _within(number: int, most: int) -> int:
    if number > most:
        raise IndexError(number)
    return number
