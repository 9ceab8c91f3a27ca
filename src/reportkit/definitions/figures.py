"""How a figure is written for people: shares as percent, seconds, amounts; blank is an em dash."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from reportkit.definitions.choices import UNIT
from reportkit.definitions.text import Language

BLANK: Final = "—"
DECIMALS: Final = 9  # a figure has no more: the order of rows must not show in its last bits
MOST_MORE: Final = 4  # decimals: what differs by less is alike to people
NEARLY: Final = 0.01  # of a target: by so much less what is read may miss an attainment beside it
_NO_UNIT: Final = ("times", "customers", "percent")
_ONE: Final = {"times": "time", "customers": "customer", "contracts": "contract"}  # units in English, of one


def figure(value: float | None, unit: str, language: Language, more: int = 0) -> str:
    """Return a value with its unit; counts carry none. `more` are decimals besides those of the unit."""
    number = bare(value, unit, more)
    return number if value is None or unit in _NO_UNIT else in_unit(number, unit, language)


def in_unit(number: str, unit: str, language: Language) -> str:
    """Return a number as it is written with its unit: 1 contract, 12 contracts."""
    one = _ONE.get(unit) if language == "en" and number == "1" else None
    return f"{number} {one or UNIT.labels[unit].to(language)}"


def bare(value: float | None, unit: str, more: int = 0) -> str:
    """Return a value without its unit, which stands beside it already; percent stays."""
    if value is None:
        return BLANK
    return percent(value, 1 + more) if unit == "percent" else _short(f"{rounded(value, more + (unit != 'yuan')):,}")


def against(
    value: float | None, target: float | None, unit: str, language: Language, attainment: float | None = None
) -> str:
    """Return a value beside its target in a text: 9 / 10.8 contracts."""
    return " / ".join(beside(value, target, unit, language, attainment))


def beside(
    value: float | None, target: float | None, unit: str, language: Language, attainment: float | None
) -> tuple[str, str]:
    """Return a value and its target, beside which their attainment may stand; their unit once, percent at both."""
    more = decimals_apart(value, target, unit, attainment)
    reached = figure(value, unit, language) if target is None else bare(value, unit, more)
    return reached, figure(target, unit, language, more)


def decimals_apart(value: float | None, other: float | None, unit: str, attainment: float | None = None) -> int:
    """Return how many decimals more tell two figures of a unit apart: 3.04% is above 3%, which 3% is not.

    With the `attainment` that is shown beside a value and its target they come to it, too: 1 of 0.93 is 107%, which 1
    of 0.9 is not.
    """
    if value is None or other is None or round(value, DECIMALS) == round(other, DECIMALS):
        return 0

    def told(more: int) -> bool:
        mine, others = (_read(one, unit, more) for one in (value, other))
        missed = abs(mine * other - others * value) * (attainment or 0.0)
        return mine != others and missed <= NEARLY * abs(value * others)

    return next((more for more in range(MOST_MORE) if told(more)), 0)


def _read(value: float, unit: str, more: int) -> float:
    """Return a figure as it is read where it is written with so many decimals more."""
    decimals = more + (unit != "yuan")
    return float(rounded(100 * value if unit == "percent" else value, decimals))


def percent(share: float | None, decimals: int = 1) -> str:
    """Return a fraction as percent, without a needless .0."""
    if share is None:
        return BLANK
    return _short(f"{rounded(100 * share, decimals)}") + "%"


def _short(number: str) -> str:
    """Return a number as written without needless zeros behind its point."""
    return number.rstrip("0").rstrip(".") if "." in number else number


def in_json(number: float | None) -> float | int | None:
    """Return a figure as JSON shows it: whole where it is whole, else without noise in its last bits."""
    if number is None:
        return None
    short = round(number, DECIMALS)
    return int(short) if short == int(short) else short


@lru_cache(maxsize=4096)
def rounded(number: float, decimals: int) -> Decimal:
    """Return a number as spreadsheets show it, so that a letter says what the sheet does: halves go up in size."""
    return Decimal(f"{number:.15g}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0
