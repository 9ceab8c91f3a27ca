"""Rules across the cells of a row, the rows of a sheet and the sheets of a log (DOMAIN §8)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, Final

import numpy as np

from reportkit.definitions import words
from reportkit.definitions.choices import BROADCAST_KINDS, CUSTOMER_KINDS, KIND
from reportkit.definitions.columns import LATEST, Column
from reportkit.definitions.findings import Finding, Severity, did_you_mean, finding
from reportkit.definitions.forms import ACTIVITIES, CASES, CUSTOMERS
from reportkit.definitions.text import Text
from reportkit.read.book import Book, Table
from reportkit.read.preflight import filled
from reportkit.validate.draft import Draft, iso

NEEDS_CUSTOMER: Final = Text("要填客户编号", "要填客戶編號", "needs a customer ID")
TAKES_NO_CUSTOMER: Final = Text("不针对单个客户", "不針對單個客戶", "goes to all, not to one customer")
WRONG_IF_BLANK: Final = dict.fromkeys(CUSTOMER_KINDS, True) | dict.fromkeys(BROADCAST_KINDS, False)
HAPPENED: Final = frozenset(  # optional, but never to come
    {"responded_at", "resolved_at", "closed_on", "done_on", "follow_up_done_on", "risk_assessed_on"}
)
FAR: Final = 366  # days ahead: whoever plans does so within a year, a slip of the year lies beyond
DAYS: Final = frozenset({"date", "datetime"})
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
    cells = draft.columns[column.code]
    first: dict[object, int] = {}
    if len(set(cells)) == len(cells):
        return
    for row, cell in enumerate(cells):
        if cell is not None and first.setdefault(cell, row) != row:
            draft.report("id.duplicate", row, column.code, first=str(draft.raw.rows[first[cell]]))


def _in_order(draft: Draft, column: Column) -> None:
    """Leave out rows where something comes before what it must follow; past a blank, before what that follows."""
    followed = draft.form.column[str(column.not_before)]
    before = draft.form.column.get(followed.not_before or "", followed)
    cells = zip(*(draft.columns[one.code] for one in (column, followed, before)), strict=True)
    for row, (cell, nearest, farther) in enumerate(cells):
        if cell is None:
            continue
        first = farther if nearest is None else nearest
        if first is not None and cell < first:
            earlier = before if nearest is None else followed
            draft.report("date.order", row, column.code, earlier=earlier.label)


def _known(draft: Draft, column: Column, holder: Draft) -> None:
    """Leave out rows about an id that the sheet it refers to lacks; elsewhere such an id counts as blank.

    Ids of rows that do not count are known. Without a column of ids nothing can be said: that is a finding already.
    """
    id_column = str(holder.form.id_column)
    if id_column not in holder.raw.letters:
        return
    known = {one for one in holder.columns[id_column] if isinstance(one, str)}
    unknown = set(draft.columns[column.code]) - known - {None}
    if not unknown:
        return
    near = {one: get_close_matches(one, known, n=1) for one in sorted(unknown)[:MOST_SUGGESTIONS]}
    for row, cell in enumerate(draft.columns[column.code]):
        if cell in unknown:
            suggestion = did_you_mean(next(iter(near.get(cell, ())), None))
            severity: Severity = "error" if column.code == id_column else "warning"
            words: dict[str, str | Text] = {"sheet": holder.form.label, "suggestion": suggestion}
            draft.report("id.unknown", row, column.code, severity=severity, **words)
            if severity == "warning":
                draft.blank(row, column.code)


def _customer_of_kind(draft: Draft) -> None:
    """Leave out customer services without a customer, and messages to all with one."""
    kinds, customers = draft.columns["kind"], draft.columns["customer_id"]
    pairs = enumerate(zip(kinds, customers, strict=True))
    wrong = [row for row, (kind, customer) in pairs if WRONG_IF_BLANK.get(kind) is (customer is None)]
    for row in wrong:
        rule = NEEDS_CUSTOMER if WRONG_IF_BLANK[kinds[row]] else TAKES_NO_CUSTOMER
        draft.report("kind.customer", row, "customer_id", kind=KIND.labels[kinds[row]], rule=rule)


def _since_assigned(draft: Draft, customers: Draft) -> None:
    """Point out activities before their customer was assigned; they count."""
    ids, since = customers.columns["customer_id"], customers.columns["assigned_on"]
    assigned = {one: day for one, day in zip(ids, since, strict=True) if one is not None and day is not None}
    days, of = draft.columns["date"], draft.columns["customer_id"]
    early = [row for row, day in enumerate(days) if day is not None and day < assigned.get(of[row], dt.date.min)]
    for row in early:
        if row not in draft.excluded:
            draft.report("date.before_assigned", row, "date", assigned=iso(assigned[of[row]]))


def _waited(draft: Draft) -> None:
    """Name waiting times longer than their case; they count as blank."""
    waiting = draft.form.column["waiting_minutes"]
    cells = zip(*(draft.columns[one] for one in ("opened_at", "resolved_at", waiting.code)), strict=True)
    for row, (opened, resolved, minutes) in enumerate(cells):
        if None in (opened, resolved, minutes) or row in draft.excluded:
            continue
        most = (resolved - opened).total_seconds() / 60
        if minutes > most:
            draft.wrong("value.range", row, waiting, expected=filled(words.HINT_BETWEEN, low=0, high=f"{most:g}"))


def _alike(draft: Draft) -> None:
    """Point out rows that are alike in every column; all of them count."""
    telling = [draft.columns[column.code] for column in draft.form.columns if column.kind in SELDOM_TWICE]
    keys = list(zip(*telling, strict=True))
    if len(set(keys)) == len(keys):
        return
    times = Counter(keys)
    rows = [row for row, key in enumerate(keys) if times[key] > 1 and row not in draft.excluded]
    columns = [draft.columns[column.code] for column in draft.form.columns]
    first: dict[tuple[Any, ...], int] = {}
    for row in rows:
        begun = first.setdefault(tuple([cells[row] for cells in columns]), row)
        if begun != row:
            draft.report("row.duplicate", row, first=str(draft.raw.rows[begun]))


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
    left_out: set[int] = set()
    for column in table.form.columns:
        if column.kind not in DAYS:
            continue
        days = table.frame[column.code]
        if not (column.not_future or column.code in HAPPENED):
            far = days.to_numpy() >= past_today + FAR
            findings += (_later(table, file, number, column, "date.far") for number in days.index[far].tolist())
            continue
        late = days.to_numpy() >= past_today
        if not late.any():
            continue
        severity: Severity = "error" if column.required else "warning"
        for number in days.index[late].tolist():
            findings.append(replace(_later(table, file, number, column, "date.future"), severity=severity))
        if column.required:
            left_out.update(days.index[late].tolist())
        else:
            table = replace(table, frame=table.frame.assign(**{column.code: days.mask(late)}))
    if left_out:
        excluded = tuple(sorted((*table.excluded, *left_out)))
        table = replace(table, frame=table.frame.drop(index=sorted(left_out)), excluded=excluded)
    return table, tuple(findings)


def _later(table: Table, file: str, number: int, column: Column, code: str) -> Finding:
    """Return the finding of a cell whose day is to come."""
    day: Any = table.frame.at[number, column.code]
    value = iso(day.date() if column.kind == "date" else day.to_pydatetime())
    return finding(code, table.place(file, number, column.code), value=value)
