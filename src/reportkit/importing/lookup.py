"""Customers named by phone or name in another system's file → their ids in a log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from reportkit.definitions.columns import fold
from reportkit.definitions.findings import Finding, finding
from reportkit.definitions.forms import CUSTOMERS
from reportkit.definitions.text import LANGUAGES, Text
from reportkit.importing.mapping import Mapped
from reportkit.importing.maps import Map
from reportkit.logs.rewrite import OpenLog
from reportkit.read.values import normalise, shown

ID: Final = "customer_id"


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
        cells = list(columns[code])
        for row in rows:
            if cells[row] is None:
                continue
            found = known.get(fold(shown(cells[row])), set())
            if len(found) != 1:
                label = Text(
                    *(" / ".join(CUSTOMERS.column[one].label.to(language) for one in by) for language in LANGUAGES)
                )
                place = mapped.place(row, code)
                notes.append(
                    (row, finding("import.no_customer", place, value=cells[row], by=label, found=str(len(found))))
                )
            cells[row] = next(iter(found)) if len(found) == 1 else None
        columns[code] = cells
    return replace(mapped, columns=columns, notes=tuple(notes))


def _customers(log: OpenLog, by: Sequence[str]) -> dict[str, set[str]]:
    """Return folded value of any of the columns → the ids of the customers who have it; an id means itself."""
    sheet = log.raw.sheets[CUSTOMERS.code]
    ids = normalise(CUSTOMERS.column[ID], list(sheet.columns[ID]))
    known: dict[str, set[str]] = {}
    for code in (ID, *by):
        cells = normalise(CUSTOMERS.column[code], list(sheet.columns[code]))
        for one, cell in zip(ids, cells, strict=True):
            if isinstance(one, str) and cell is not None:
                known.setdefault(fold(shown(cell)), set()).add(one)
    return known
