"""A person replaced by a pseudonym in the rows that logs and history keep.

Dates, choices and numbers of the person's rows stay, as figures count them; ids and names become the pseudonym, what
reaches or describes the person becomes blank, and what others' texts say of them is masked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from reportkit.branch.person import CUSTOMER, REFERRER, WHO, Person
from reportkit.definitions.columns import Column, Form
from reportkit.definitions.findings import Finding
from reportkit.definitions.forms import CUSTOMERS
from reportkit.definitions.privacy import is_vague
from reportkit.definitions.text import Text
from reportkit.read.book import Book, Table

REACHED_BY: Final = ("mobile", "phone", "wechat", "qq", "email")
DESCRIBING: Final = frozenset({"text", "phone", "email"})  # kinds of columns that say something of a person
# Text and ids in a person's rows that name staff or a case, not the person.
OF_THE_BRANCH: Final = frozenset({"owner", "escalated_to", "case_id", "repeat_of", CUSTOMER, REFERRER})
NOBODY: Final = -2  # a number no entry has, nor a blank
Mask = npt.NDArray[np.bool_]  # one a row


def clears(column: Column) -> bool:
    """Return whether a column of a person's row says who they are, or what was said of them."""
    return column.code not in OF_THE_BRANCH and (column.kind in DESCRIBING or column.code in REACHED_BY)


def replacement(column: Column, alias: str) -> str | None:
    """Return what stands in such a column instead: the pseudonym where it may not be blank."""
    return alias if column.required else None


def forgotten(book: Book, person: Person) -> Book:
    """Return the rows of a log without a person: as many, counting the same."""
    mine = {form: _rows_of(table, person.customer_id) for form, table in book.tables.items()}
    tables = {form: _table(table, mine[form], person) for form, table in book.tables.items()}
    rows = {
        table.place(book.file, row) for form, table in book.tables.items() for row in table.rows[mine[form]].tolist()
    }
    about = ((one, replace(one.place, column=None, cell=None) in rows) for one in book.findings)
    return replace(book, tables=tables, findings=tuple(finding_without(one, person, theirs) for one, theirs in about))


def _table(table: Table, mine: Mask, person: Person) -> Table:
    columns = dict(table.columns)
    for column in table.form.columns:
        if column.kind not in ("text", "id", "phone", "email"):
            continue
        if mine.any() and clears(column):
            columns[column.code] = columns[column.code].with_entry(mine, replacement(column, person.alias))
        columns[column.code] = columns[column.code].changed(person.id if column.code in WHO else person.text)
    return replace(table, columns=columns)


def finding_without(one: Finding, person: Person, theirs: bool) -> Finding:
    """Return a finding without a person; `theirs` is whether it is about a row of theirs."""
    of_id = "customer" in one.words or (one.place.column is not None and one.place.column.code in WHO)
    value = None if theirs or one.value is None else person.id(one.value) if of_id else person.text(one.value)
    words = {name: _word(word, person, of_id) for name, word in one.words.items()}
    return replace(one, value=value, words=words)


def _word(word: str | Text, person: Person, of_id: bool) -> str | Text:
    if isinstance(word, Text):
        return Text(*map(person.about_id, word.all())) if of_id else word
    return person.id(person.text(word)) if of_id else person.text(word)


def known_in(book: Book, customer_id: str, alias: str, *, is_word: bool = False) -> Person:
    """Return what the rows of one log say of a person; `is_word` is whether the id is a word of the program, too."""
    customers = book.tables[CUSTOMERS.code]
    own = _rows_of(customers, customer_id)
    names = frozenset(customers.columns["name"].taken(own).entries) - {alias}
    reach = frozenset(one for code in REACHED_BY for one in customers.columns[code].taken(own).entries)
    staff = book.identity.advisor_name
    others = frozenset(customers.columns["name"].taken(~own).entries) | {staff}
    vague = frozenset(one for one in (customer_id, *reach) if is_vague(one)) | ({customer_id} if is_word else set())
    shared = names & others
    return Person(customer_id, alias, names, reach, frozenset(), shared, longer(names, others), vague=vague)


def longer(names: Iterable[str], others: Iterable[str]) -> frozenset[str]:
    """Return those of other people's names that hold one of the names."""
    names = tuple(names)
    return frozenset(one for one in others if any(name != one and name in one for name in names))


def rows_to_change(form: Form, columns: Mapping[str, list[object]], person: Person) -> dict[int, dict[str, str | None]]:
    """Return position of a row → column code → what its cell becomes; `columns` hold what cells mean."""
    changes: dict[int, dict[str, str | None]] = {}
    for at, who in enumerate(columns.get(CUSTOMER, ())):
        if who == person.customer_id:
            changes[at] = {one.code: replacement(one, person.alias) for one in form.columns if clears(one)}
            changes[at] |= {CUSTOMER: person.alias}
    for at, who in enumerate(columns.get(REFERRER, ())):
        if who == person.customer_id:
            changes.setdefault(at, {})[REFERRER] = person.alias
    return changes


def _rows_of(table: Table, customer_id: str) -> Mask:
    """Return which rows of a table are a customer's."""
    if CUSTOMER not in table.columns:
        return np.zeros(len(table.rows), dtype=bool)
    ids = table.columns[CUSTOMER]
    mine: Mask = ids.numbers == ids.known.get(customer_id, NOBODY)
    return mine
