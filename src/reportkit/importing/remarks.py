"""Rows of a file that are none of its table: totals, the headings once more, remarks of one cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportkit.definitions.columns import fold
from reportkit.importing.headings import Labelled, clean, text_of
from reportkit.importing.value_words import TOTALS

LONG: Final = 20  # characters that are more than a total is called


def cases_of(sheet: Labelled) -> Labelled:
    """Return the rows that are neither totals, headings once more, nor remarks of one cell."""
    return sheet.only([
        at for at, row in enumerate(sheet.body)
        if not any(is_total(cell) for cell in row[:3]) and not is_heading(sheet, row)
        and (len(sheet.labels) < 3 or sum(clean(cell) is not None for cell in row) > 1)
    ])  # fmt: skip


def is_total(cell: object) -> bool:
    """Return whether a cell says that its row is a total."""
    text = fold(text_of(cell)).rstrip(":：")
    return bool(text) and any(text == one or (len(text) < LONG and text.endswith(one)) for one in map(fold, TOTALS))


def is_heading(sheet: Labelled, row: Sequence[object]) -> bool:
    """Return whether a row is the headings once more, as on every page of a report."""
    alike = sum(
        bool(label) and fold(text_of(cell)) == fold(label) for cell, label in zip(row, sheet.labels, strict=False)
    )
    return alike > 1 and alike * 2 > sum(clean(cell) is not None for cell in row)
