"""Rules across the cells of a row, the rows of a sheet and the sheets of a log (DOMAIN §8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, Final

import numpy as np

from reportkit.book import Book, Table
from reportkit.choices import BROADCAST_KINDS, CUSTOMER_KINDS, KIND
from reportkit.columns import Column
from reportkit.draft import Draft, iso
from reportkit.findings import Finding, did_you_mean, finding
from reportkit.forms import ACTIVITIES, CUSTOMERS
from reportkit.text import Text

NEEDS_CUSTOMER: Final = Text("要填客户编号", "要填客戶編號", "needs a customer ID")
TAKES_NO_CUSTOMER: Final = Text("不针对单个客户", "不針對單個客戶", "goes to all, not to one customer")
HAPPENED: Final = frozenset({"responded_at", "resolved_at", "closed_on"})  # optional, but never to come
KEY_COLUMNS: Final = 4  # few rows are alike in the first columns: only those are compared in full
MOST_SUGGESTIONS: Final = 20  # a sheet of unknown ids is a wrong sheet, not twenty slips


def apply_rules(drafts: Mapping[str, Draft]) -> None:
    """Apply every rule but the one that asks for today's date."""
    for draft in drafts.values():
        if not draft.usable:
            continue
        for column in draft.form.columns:
            if column.unique:
                _once(draft, column)
            if column.not_before is not None:
                _in_order(draft, column)
            if column.refers_to in drafts:
                _known(draft, column, drafts[column.refers_to])
        if draft.form is ACTIVITIES:
            _customer_of_kind(draft)
            if CUSTOMERS.code in drafts:
                _since_assigned(draft, drafts[CUSTOMERS.code])
        if draft.form.id_column is None:
            _alike(draft)


def _once(draft: Draft, column: Column) -> None:
    """Leave out the later rows of an id; the first row has it, whether it counts or not."""
    cells = draft.columns[column.code]
    first: dict[object, int] = {}
    if len(set(cells)) == len(cells):
        return
    for row, cell in enumerate(cells):
        if cell is not None and first.setdefault(cell, row) != row:
            draft.report("id.duplicate", row, column.code, first=str(draft.raw.rows[first[cell]]))


def _in_order(draft: Draft, column: Column) -> None:
    """Leave out rows where something comes before what it must follow; past a blank, before what that follows."""
    for row, (cell, first, earlier) in enumerate(_with_earlier(draft, column)):
        if cell is not None and first is not None and cell < first:
            draft.report("date.order", row, column.code, earlier=earlier.label)


def _with_earlier(draft: Draft, column: Column) -> Iterator[tuple[Any, Any, Column]]:
    """Yield each cell of a column, the nearest earlier cell that is filled, and the column that one is of."""
    chain: list[Column] = []
    while column.not_before is not None and len(chain) < len(draft.form.columns):
        chain.append(draft.form.column[column.not_before])
        column = chain[-1]
    cells = [draft.columns[one.code] for one in chain]
    for row, cell in enumerate(draft.columns[_follower(draft, chain[0])]):
        at = next((index for index, earlier in enumerate(cells) if earlier[row] is not None), 0)
        yield cell, cells[at][row], chain[at]
