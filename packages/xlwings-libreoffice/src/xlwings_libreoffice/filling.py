"""Columns of formulas that differ by their row alone.

LibreOffice keeps such formulas as one group, which it makes anew for each that joins it: 7,500 take over a second one
after another, hundredths of it filled down.
"""

from __future__ import annotations

import re
from typing import Any, Final

from .link import Enum

WORTH_IT: Final = 50  # rows
_DIGITS: Final = re.compile(r"\d+")

Formulas = tuple[tuple[str, ...], ...]


def filled_down(cells: Any, formulas: Formulas) -> bool:
    """Fill the first formula of a column down if that gives the others; False where it does not, or would cost more.

    Filling copies the first cell's format, so all must have the same.
    """
    if len(formulas) < WORTH_IT or len({_DIGITS.sub("", row[0]) for row in formulas}) > 1:
        return False
    if not formulas[0][0].startswith("=") or cells.getUniqueCellFormatRanges().getCount() > 1:
        return False
    cells.getCellByPosition(0, 0).setFormula(formulas[0][0])
    cells.fillAuto(Enum("com.sun.star.sheet.FillDirection", "TO_BOTTOM"), 1)
    return bool(cells.getFormulaArray() == formulas)
