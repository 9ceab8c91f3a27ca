"""Conditions as formulas, in what Excel 2019, WPS and LibreOffice all know (no LET, FILTER, UNIQUE or XLOOKUP)."""

from __future__ import annotations

import datetime as dt
from typing import Final

from reportkit.definitions.columns import Column
from reportkit.settings.conditions import Condition, Value
from reportkit.workbooks.lists import Lists
from reportkit.workbooks.style import serial

_SIGNS: Final = {"at_least": ">=", "at_most": "<=", "above": ">", "below": "<"}
_ORDERED_KINDS: Final = ("number", "whole", "date")
EXPRESSIBLE_KINDS: Final = (*_ORDERED_KINDS, "text", "id", "choice")


def literal(value: Value) -> str:
    """Return a value as formulas write it."""
    if isinstance(value, dt.date):
        return str(serial(value))
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return f"{value:.15g}"


def reach(column: Column, cells: str) -> tuple[str, ...]:
    """Return the tests that numbers lie where the column's may: reading takes others for blank."""
    ends = (">=", column.minimum), ("<=", column.maximum)
    return tuple(f"({cells}{sign}{literal(end)})" for sign, end in ends if end is not None)


def of_cell(condition: Condition, column: Column, cell: str) -> str | None:
    """Return the formula of a condition on one cell that holds a code, a number or "" for blank; None for none."""
    if column.kind not in EXPRESSIBLE_KINDS or condition.other is not None:
        return None
    if condition.operator == "blank":
        return f'{cell}=""'
    if condition.operator == "not_blank":
        return f'{cell}<>""'
    if condition.operator in _SIGNS:
        if column.kind not in _ORDERED_KINDS:
            return None
        return f"AND(ISNUMBER({cell}),{cell}{_SIGNS[condition.operator]}{literal(condition.values[0])})"
    alike = "EXACT({},{})" if column.kind in ("text", "id") else "{}={}"  # = takes vip for VIP
    same = f"OR({','.join(alike.format(cell, literal(value)) for value in condition.values)})"
    return f"NOT({same})" if condition.operator == "is_not" else same


def of_column(condition: Condition, column: Column, cells: str, lists: Lists) -> str | None:
    """Return the formula of a condition on whole columns of raw cells, as factors of 0 and 1; None if it has none."""
    if column.kind not in EXPRESSIBLE_KINDS or condition.other is not None:
        return None
    if condition.operator in _SIGNS and column.kind in _ORDERED_KINDS:
        compared = f"({cells}{_SIGNS[condition.operator]}{literal(condition.values[0])})"
        return "*".join((f"ISNUMBER({cells})", compared, *reach(column, cells)))
    if condition.operator not in ("is", "is_not") or column.choices is None:
        return None
    written = lists.written[column.choices.code]
    tests = [f"ISNUMBER(MATCH(TRIM({cells}),{written[str(value)]},0))" for value in condition.values]
    if column.blank_means in condition.values:
        tests.append(f'(TRIM({cells})="")')
    same = f"({'+'.join(tests)}>0)"
    return f"(1-{same})" if condition.operator == "is_not" else same
