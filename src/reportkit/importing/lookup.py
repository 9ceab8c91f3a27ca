"""Customers named by phone or name in another system's file → their ids in a log."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from reportkit.definitions.columns import fold
from reportkit.definitions.findings import Finding, finding
from reportkit.definitions.forms import CUSTOMERS
from reportkit.definitions.text import joined
from reportkit.importing.mapping import Mapped
from reportkit.importing.maps import Map
from reportkit.logs.rewrite import OpenLog
from reportkit.read.values import normalise, shown

ID: Final = "customer_id"
SHORTEST: Final = 7  # digits of a phone number
_NOT_DIGITS: Final = re.compile(r"\D")
_PREFIX: Final = re.compile(r"^(?:00)?86(?=1\d{10}$|0?\d{10,11}$)|^0(?=1[3-9]\d{9}$)")


def looked_up(mapped: Mapped, log: OpenLog, rows: Sequence[int], wanted: Map) -> Mapped:
    """Return mapped rows with the ids of a log's customers where the map looks them up by other columns.

    What none of them has, or several have, is blank and a finding: who is meant is not guessed.
    """
    notes: list[tuple[int, Finding]] = list(mapped.notes)
    columns = dict(mapped.columns)
    for code, source in wanted.columns.items():
        if not source.lookup:
            continue
        by = [CUSTOMERS.by_label[fold(one)] for one in source.lookup]
        known = _customers(log, by)
        phones = _phones(log, [one for one in by if CUSTOMERS.column[one].kind == "phone"])
        cells = list(columns[code])
        for row in rows:
            if cells[row] is None:
                continue
            found = known.get(fold(shown(cells[row])), set()) | phones.get(dialled(shown(cells[row])), set())
            if len(found) != 1:
                label = joined((CUSTOMERS.column[one].label for one in by), " / ")
                place = mapped.place(row, code)
                notes.append(
                    (row, finding("import.no_customer", place, value=cells[row], by=label, found=str(len(found))))
                )
            cells[row] = next(iter(found)) if len(found) == 1 else None
        columns[code] = cells
    return replace(mapped, columns=columns, notes=tuple(notes))


def dialled(written: str) -> str:
    """Return a phone number's digits as they are dialled inland: `+86 138-0013-8000` is `13800138000`."""
    digits = _NOT_DIGITS.sub("", unicodedata.normalize("NFKC", written))
    return digits if len(digits) < SHORTEST else _PREFIX.sub("", digits)


def _customers(log: OpenLog, by: Sequence[str]) -> dict[str, set[str]]:
    """Return folded value of any of the columns → the ids of the customers who have it; an id means itself."""
    known: dict[str, set[str]] = {}
    for one, cell in _named(log, (ID, *by)):
        known.setdefault(fold(shown(cell)), set()).add(one)
    return known


def _phones(log: OpenLog, by: Sequence[str]) -> dict[str, set[str]]:
    """Return phone number as it is dialled → the ids of the customers who have it."""
    known: dict[str, set[str]] = {}
    for one, cell in _named(log, by):
        if len(number := dialled(shown(cell))) >= SHORTEST:
            known.setdefault(number, set()).add(one)
    return known


def _named(log: OpenLog, by: Sequence[str]) -> Iterator[tuple[str, object]]:
    """Yield the id of each customer of a log with each value of some columns."""
    sheet = log.raw.sheets[CUSTOMERS.code]
    ids = normalise(CUSTOMERS.column[ID], list(sheet.columns[ID]))
    for code in by:
        cells = normalise(CUSTOMERS.column[code], list(sheet.columns[code]))
        yield from (
            (one, cell) for one, cell in zip(ids, cells, strict=True) if isinstance(one, str) and cell is not None
        )
