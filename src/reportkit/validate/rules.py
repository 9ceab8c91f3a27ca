"""Rules across the cells of a row, the rows of a sheet and the sheets of a log (DOMAIN §8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

import numpy as np
import pandas as pd

from reportkit.definitions import words
from reportkit.definitions.choices import BROADCAST_KINDS, CUSTOMER_KINDS, KIND
from reportkit.definitions.columns import LATEST, Column
from reportkit.definitions.findings import Finding, did_you_mean, finding
from reportkit.definitions.forms import ACTIVITIES, CASES, CUSTOMERS
from reportkit.definitions.severity import Severity
from reportkit.definitions.text import Text
from reportkit.read.book import Book, Table
from reportkit.validate.draft import Draft, iso, severity_of

NEEDS_CUSTOMER: Final = Text("要填客户编号", "要填客戶編號", "needs a customer ID")
TAKES_NO_CUSTOMER: Final = Text("不针对单个客户", "不針對單個客戶", "goes to all, not to one customer")
WRONG_IF_BLANK: Final = dict.fromkeys(CUSTOMER_KINDS, True) | dict.fromkeys(BROADCAST_KINDS, False)
HAPPENED: Final = frozenset(  # optional, but never to come
    {"responded_at", "resolved_at", "closed_on", "done_on", "follow_up_done_on", "risk_assessed_on"}
)
FAR: Final = 366  # days ahead: whoever plans does so within a year, a slip of the year lies beyond
SELDOM_TWICE: Final = frozenset({"date", "datetime", "time", "id"})  # kinds of columns that tell rows apart
MOST_SUGGESTIONS: Final = 20  # a sheet of unknown ids is a wrong sheet, not twenty slips


def apply_rules(drafts: Mapping[str, Draft]) -> None:
    """Apply every rule but the one that asks for today's date."""
    for draft in drafts.values():
        if not draft.usable or not draft.raw.rows:
            continue
        for column in draft.form.columns:
            if column.unique:
                _once(draft, column)
            if column.not_before is not None:
                _in_order(draft, column)
            if column.refers_to is not None and column.refers_to in drafts:
                _known(draft, column, drafts[column.refers_to])
        if draft.form.code == ACTIVITIES.code:
            _customer_of_kind(draft)
            if CUSTOMERS.code in drafts and drafts[CUSTOMERS.code].usable:
                _since_assigned(draft, drafts[CUSTOMERS.code])
        if draft.form.code == CASES.code:
            _waited(draft)
        if draft.form.id_column is None:
            _alike(draft)


def _once(draft: Draft, column: Column) -> None:
    """Leave out the later rows of an id; the first row has it, whether it counts or not."""
    numbers = draft.columns[column.code].numbers.tolist()
    first: dict[int, int] = {}
    if len(set(numbers)) == len(numbers):
        return
    for row, number in enumerate(numbers):
        if number >= 0 and first.setdefault(number, row) != row:
            draft.report("id.duplicate", row, column.code, first=draft.said(first[number], row))


def _in_order(draft: Draft, column: Column) -> None:
    """Leave out rows where something comes before what it must follow; past a blank, before what that follows."""
    followed = draft.form.column[str(column.not_before)]
    before = draft.form.column.get(followed.not_before or "", followed)
    cells, nearest, farther = (draft.columns[one.code] for one in (column, followed, before))
    past_blank = nearest.numbers < 0
    both = (cells.numbers >= 0) & ~(past_blank & (farther.numbers < 0))
    first = np.where(past_blank, farther.values(), nearest.values())
    for row in np.flatnonzero(both)[cells.values()[both] < first[both]].tolist():
        earlier = before if past_blank[row] else followed
        draft.report("date.order", row, column.code, earlier=earlier.label)


def _known(draft: Draft, column: Column, holder: Draft) -> None:
    """Leave out rows about an id that the sheet it refers to lacks; elsewhere such an id counts as blank.

    Ids of rows that do not count are known. Without a column of ids nothing can be said: that is a finding already.
    """
    id_column = str(holder.form.id_column)
    if id_column not in holder.raw.letters:
        return
    known = {one for one in holder.columns[id_column].entries if isinstance(one, str)}
    cells = draft.columns[column.code]
    unknown = {number: one for number, one in enumerate(cells.entries) if one not in known}
    if not unknown:
        return
    near = {one: get_close_matches(one, known, n=1) for one in sorted(unknown.values())[:MOST_SUGGESTIONS]}
    severity: Severity = "error" if column.code == id_column else "warning"
    rows = np.flatnonzero(np.isin(cells.numbers, list(unknown)))
    for row in rows.tolist():
        suggestion = did_you_mean(next(iter(near.get(cells.at(row), ())), None))
        words: dict[str, str | Text] = {"sheet": holder.form.label, "suggestion": suggestion}
        draft.report("id.unknown", row, column.code, severity=severity, **words)
    if severity == "warning":
        draft.blank(column.code, rows)


def _customer_of_kind(draft: Draft) -> None:
    """Leave out customer services without a customer, and messages to all with one."""
    kinds, customers = draft.columns["kind"], draft.columns["customer_id"]
    wrong_if_blank = np.array([*(WRONG_IF_BLANK.get(kind, np.nan) for kind in kinds.entries), np.nan])
    for row in np.flatnonzero(wrong_if_blank[kinds.numbers] == (customers.numbers < 0)).tolist():
        kind = kinds.at(row)
        rule = NEEDS_CUSTOMER if WRONG_IF_BLANK[kind] else TAKES_NO_CUSTOMER
        draft.report("kind.customer", row, "customer_id", kind=KIND.labels[kind], rule=rule)


def _since_assigned(draft: Draft, customers: Draft) -> None:
    """Point out activities before their customer was assigned; they count."""
    ids, since = (customers.columns[one].plain() for one in ("customer_id", "assigned_on"))
    assigned = {one: day for one, day in zip(ids, since, strict=True) if one is not None and day is not None}
    days, of = draft.columns["date"], draft.columns["customer_id"]
    first = np.array([*map(assigned.get, of.entries), None], dtype="datetime64[s]")
    for row in np.flatnonzero(days.values() < first[of.numbers]).tolist():
        if row not in draft.excluded:
            draft.report("date.before_assigned", row, "date", assigned=iso(assigned[of.at(row)]))


def _waited(draft: Draft) -> None:
    """Name waiting times longer than their case; they count as blank."""
    waiting = draft.form.column["waiting_minutes"]
    opened, resolved, minutes = (draft.columns[one].values() for one in ("opened_at", "resolved_at", waiting.code))
    most = (resolved - opened) / np.timedelta64(1, "s") / 60
    rows = [row for row in np.flatnonzero(minutes > most).tolist() if row not in draft.excluded]
    for row in rows:
        expected = words.HINT_BETWEEN.filled(low=0, high=f"{most[row]:g}")
        draft.report("value.range", row, waiting.code, severity=severity_of(waiting), expected=expected)
    draft.blank(waiting.code, np.array(rows, dtype=np.int64))


def _alike(draft: Draft) -> None:
    """Point out rows that are alike in every column; all of them count."""
    telling = [column for column in draft.columns.values() if column.kind in SELDOM_TWICE]
    if not telling:
        return
    keys = np.zeros(len(draft.raw.rows), dtype=np.int64)
    for column in telling:
        keys = keys * (len(column.entries) + 1) + column.numbers  # past 64 bits different rows may share a key
    maybe = np.flatnonzero(pd.Series(keys).duplicated(keep=False))
    cells = np.column_stack([column.numbers[maybe] for column in draft.columns.values()])
    first: dict[tuple[int, ...], int] = {}
    for row, numbers in zip(maybe.tolist(), cells.tolist(), strict=True):
        if row in draft.excluded:
            continue
        begun = first.setdefault(tuple(numbers), row)
        if begun != row:
            draft.report("row.duplicate", row, first=draft.said(begun, row))


def without_future(book: Book, today: dt.date) -> Book:
    """Return a book as of a day: what lies after it is left out, or counts as blank, with its findings."""
    if today >= LATEST:
        return book
    results = {code: future_rows(table, today, book.file) for code, table in book.tables.items()}
    found = [one for _, findings in results.values() for one in findings]
    if not found:
        return book
    return replace(
        book, tables={code: table for code, (table, _) in results.items()}, findings=(*book.findings, *found)
    )


def future_rows(table: Table, today: dt.date, file: str = "") -> tuple[Table, tuple[Finding, ...]]:
    """Return a table as of a day, which is included, and a finding for each cell that lies after it.

    A row whose required day is to come is left out; an optional moment to come counts as blank. What may lie in the
    future counts as entered, and is named where it is more than a year ahead.
    """
    past_today = np.datetime64(today, "D") + 1
    findings: list[Finding] = []
    left_out = np.zeros(len(table.rows), dtype=bool)
    for column in table.form.columns:
        if not column.dated:
            continue
        days = table.columns[column.code]
        may_come = not (column.not_future or column.code in HAPPENED)
        late = days.array >= (past_today + FAR if may_come else past_today)
        if not late.any():
            continue
        code, severity = ("date.far", None) if may_come else ("date.future", severity_of(column))
        rows = late[days.numbers]
        for row in np.flatnonzero(rows).tolist():
            place = table.place(file, int(table.rows[row]), column.code)
            findings.append(finding(code, place, value=iso(days.at(row)), severity=severity))
        if may_come:
            continue
        if column.required:
            left_out |= rows
        else:
            table = replace(table, columns={**table.columns, column.code: days.with_entry(rows, None)})
    return table.without(left_out) if left_out.any() else table, tuple(findings)
