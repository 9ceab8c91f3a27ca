"""A person replaced by a pseudonym: in texts, in lists of values, in the rows history keeps.

Dates, choices and numbers of the person's rows stay, as figures count them; ids and names become the pseudonym, what
reaches or describes the person becomes blank, and what others' texts say of them is masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from reportkit.definitions.columns import Column, Form
from reportkit.definitions.findings import Finding
from reportkit.definitions.forms import CUSTOMERS
from reportkit.definitions.privacy import MASK, masked
from reportkit.read.book import Book, Table

CUSTOMER: Final = "customer_id"
REFERRER: Final = "referred_by"
REACHED_BY: Final = ("mobile", "phone", "wechat", "qq", "email")
DESCRIBING: Final = frozenset({"text", "phone", "email"})  # kinds of columns that say something of a person
# Text and ids in a person's rows that name staff or a case, not the person.
OF_THE_BRANCH: Final = frozenset({"owner", "escalated_to", "case_id", "repeat_of", CUSTOMER, REFERRER})
SURE: Final = 5  # a shorter number inside a sentence may be any number
NOBODY: Final = -2  # a number no entry has, nor a blank
Mask = npt.NDArray[np.bool_]  # one a row
_NUMBER: Final = re.compile(r"\+?[\d\s()\u2010-\u2015-]+")


def clears(column: Column) -> bool:
    """Return whether a column of a person's row says who they are, or what was said of them."""
    return column.code not in OF_THE_BRANCH and (column.kind in DESCRIBING or column.code in REACHED_BY)


def replacement(column: Column, alias: str) -> str | None:
    """Return what stands in such a column instead: the pseudonym where it may not be blank."""
    return alias if column.required else None


@dataclass(frozen=True)
class Person:
    """Who is to be forgotten, and by what they can be told.

    `reach` are numbers and addresses as typed, `texts` what was written in their rows and in nobody else's.
    `shared` are those of their names that others bear too, `others` longer names that hold one of theirs.
    `hidden` is their id as masked workbooks show it, where it is nobody else's.
    """

    customer_id: str
    alias: str
    names: frozenset[str] = frozenset()
    reach: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()

    def with_more(self, other: Person) -> Person:
        """Return the person told by what two runs know."""
        return replace(
            self,
            names=self.names | other.names,
            reach=self.reach | other.reach,
            texts=self.texts | other.texts,
            shared=self.shared | other.shared,
            others=self.others | other.others,
            hidden=self.hidden | other.hidden,
        )

    # --- Texts ---

    def text(self, text: str, *, near: bool = False) -> str:
        """Return a text without the person; `near` is whether it stands beside their id, so that a name is theirs."""
        exact = self._exact.get(text.strip())
        if exact is not None:
            return exact
        if near and text.strip() in self.names:
            return self.alias
        return self._pattern(near).sub(self._instead, text)

    def prose(self, text: str) -> str:
        """Return a longer text without the person, and without what was written in their rows."""
        for one in self._long_texts:
            text = text.replace(one, "")
        return self.text(text)

    def is_named_by(self, texts: Iterable[str]) -> bool:
        """Return whether one of the texts of a row names the person beyond doubt, or with a name their masked id."""
        seen = {one.strip() for one in texts}
        if self.customer_id in seen or self.alias in seen or seen & self.reach:
            return True
        return masked(self.customer_id) in seen and bool(seen & self.names)

    def beside(self, text: str) -> str:
        """Return a text of a row that names the person."""
        return self.alias if text.strip() == masked(self.customer_id) else self.text(text, near=True)

    def values(self, value: Any, *, near: bool = False) -> Any:
        """Return plain data, as JSON holds it, without the person."""
        if isinstance(value, str):
            return self.beside(value) if near else self.text(value)
        if isinstance(value, list):
            pairs = bool(value) and all(isinstance(one, list) and len(one) == 2 for one in value)
            said = [one for part in value for one in (part if pairs else [part]) if isinstance(one, str)]
            near = near or self.is_named_by(said)
            return [self.values(one, near=near) for one in value]
        if isinstance(value, dict):
            near = near or self.is_named_by(one for one in value.values() if isinstance(one, str))
            return {key: self.values(one, near=near) for key, one in value.items()}
        return value

    @cached_property
    def _exact(self) -> dict[str, str]:
        blank = dict.fromkeys((*self.texts, *self.reach, *map(masked, filter(_is_long, self.reach))), "")
        named = dict.fromkeys((*(self.names - self.shared), *self.hidden, self.customer_id), self.alias)
        return {**blank, **named}

    @cached_property
    def _long_texts(self) -> tuple[str, ...]:
        return tuple(sorted((one for one in self.texts if len(one) >= SURE), key=len, reverse=True))

    def _pattern(self, near: bool) -> re.Pattern[str]:
        return self._patterns[near]

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        sure = [_bounded(self.customer_id)] if _is_sure(self.customer_id) else []
        sure += map(_bounded, self.hidden)
        reach = [_spaced(one) for one in self.reach if _is_sure(one)]
        reach += [_bounded(masked(one)) for one in self.reach if _is_long(one)]
        return tuple(  # type: ignore[return-value] # two of them
            re.compile(
                "|".join(
                    (
                        f"(?P<other>{_any(map(_bounded, self.others))})",
                        f"(?P<id>{_any([*sure, *map(_bounded, _telling(names))])})",
                        f"(?P<reach>{_any(reach)})",
                    )
                ),
                re.IGNORECASE,
            )
            for names in (self.names - self.shared, self.names)
        )

    def _instead(self, found: re.Match[str]) -> str:
        kind = found.lastgroup
        return found[0] if kind == "other" else self.alias if kind == "id" else MASK

    # --- Rows ---

    def forgotten(self, book: Book) -> Book:
        """Return the rows of a log without the person: as many, counting the same."""
        mine = {form: _rows_of(table, self.customer_id) for form, table in book.tables.items()}
        tables = {form: self._table(table, mine[form]) for form, table in book.tables.items()}
        rows = {(table.name, row) for form, table in book.tables.items() for row in table.rows[mine[form]].tolist()}
        return replace(book, tables=tables, findings=tuple(self._finding(one, rows) for one in book.findings))

    def _table(self, table: Table, mine: Mask) -> Table:
        columns = dict(table.columns)
        for column in table.form.columns:
            if column.kind not in ("text", "id", "phone", "email"):
                continue
            if mine.any() and clears(column):
                columns[column.code] = columns[column.code].with_entry(mine, replacement(column, self.alias))
            columns[column.code] = columns[column.code].changed(self.text)
        return replace(table, columns=columns)

    def _finding(self, one: Finding, rows: set[tuple[str, int]]) -> Finding:
        theirs = (one.place.sheet, one.place.row) in rows
        value = None if theirs or one.value is None else self.text(one.value)
        words = {name: self.text(word) if isinstance(word, str) else word for name, word in one.words.items()}
        return replace(one, value=value, words=words)


def known_in(book: Book, customer_id: str, alias: str) -> Person:
    """Return what the rows of one log say of a person."""
    customers = book.tables[CUSTOMERS.code]
    own = _rows_of(customers, customer_id)
    names = frozenset(customers.columns["name"].taken(own).entries) - {alias}
    reach = frozenset(one for code in REACHED_BY for one in customers.columns[code].taken(own).entries)
    staff = book.identity.advisor_name
    others = frozenset(customers.columns["name"].taken(~own).entries) | {staff}
    return Person(customer_id, alias, names, reach, frozenset(), names & others, longer(names, others))


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


def _any(patterns: Iterable[str]) -> str:
    return "|".join(sorted(patterns, key=len, reverse=True)) or r"(?!)"


def _telling(names: Iterable[str]) -> list[str]:
    return [one for one in names if len(one) > 1]


def _is_sure(one: str) -> bool:
    return len(one) >= SURE or (len(one) > 1 and not one.isdecimal())


def _is_long(one: str) -> bool:
    return len(one) >= SURE


def _bounded(literal: str) -> str:
    """Return a pattern of a text that is no part of a longer word; Chinese has no words to be part of."""
    before = r"(?<![0-9A-Za-z])" if literal[:1].isascii() else ""
    after = r"(?![0-9A-Za-z])" if literal[-1:].isascii() else ""
    return before + re.escape(literal) + after


def _spaced(reach: str) -> str:
    """Return a pattern of a number or address; the digits of a number may be set apart."""
    if not _NUMBER.fullmatch(reach):
        return _bounded(reach)
    digits = re.sub(r"\D", "", reach)
    return r"(?<!\d)" + r"[\s-]?".join(digits) + r"(?!\d)"
