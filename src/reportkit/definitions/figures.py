"""How a figure is written for people: shares as percent, seconds, amounts; blank is an em dash."""

from __future__ import annotations

from typing import Final

from reportkit.definitions.choices import UNIT
from reportkit.definitions.text import Language

BLANK: Final = "—"
_NO_UNIT: Final = ("times", "customers", "percent")


def figure(value: float | None, unit: str, language: Language) -> str:
    """Return a value with its unit; counts carry none."""
    if value is None:
        return BLANK
    if unit == "percent":
        return percent(value)
    number = f"{value:,.0f}" if unit == "yuan" or value == int(value) else f"{value:,.1f}"
    if unit in _NO_UNIT:
        return number
    return f"{number} {UNIT.labels[unit].to(language)}"


def percent(share: float | None, decimals: int = 1) -> str:
    """Return a fraction as percent, without a needless .0."""
    if share is None:
        return BLANK
    return f"{100 * share:.{decimals}f}".removesuffix(".0") + "%"


def points(score: float | None) -> str:
    """Return a score."""
    return BLANK if score is None else f"{score:.1f}"
