"""Who was erased from a branch: kept as keyed digests of their ids, so that a log read later brings nobody back."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from reportkit.branch.atomic import write_bytes
from reportkit.branch.forgetting import forgotten, known_in
from reportkit.branch.history import HISTORY
from reportkit.branch.person import CUSTOMER, REFERRER
from reportkit.branch.seal import BLANK, sealed, whole
from reportkit.definitions.forms import CUSTOMERS
from reportkit.read.book import Book

REGISTER: Final = "erased.json"
PREFIX: Final = "erased-"


@dataclass(frozen=True)
class Erased:
    """The register of a branch: digest of a customer id → the pseudonym that stands for it.

    `words` are the pseudonyms of those whose id may as well be a word of the program.
    """

    key: str = ""
    aliases: Mapping[str, str] = field(default_factory=dict)
    words: frozenset[str] = frozenset()

    def alias_of(self, customer_id: str) -> str | None:
        """Return the pseudonym of somebody who was erased."""
        return self.aliases.get(self._digest(customer_id))

    def with_one(self, customer_id: str) -> Erased:
        """Return the register with one more person, or as it is where they stand in it."""
        if self.alias_of(customer_id) is not None:
            return self
        keyed = self if self.key else replace(self, key=secrets.token_hex(16))
        return replace(keyed, aliases={**self.aliases, keyed._digest(customer_id): f"{PREFIX}{len(self.aliases) + 1}"})

    def applied(self, book: Book) -> Book:
        """Return the rows of a log without those who were erased."""
        if not self.aliases:
            return book
        columns = [table.columns[CUSTOMER] for table in book.tables.values() if CUSTOMER in table.columns]
        columns.append(book.tables[CUSTOMERS.code].columns[REFERRER])
        for one in sorted({one for column in columns for one in column.entries}):
            alias = self.alias_of(one)
            if alias is not None:
                book = forgotten(book, known_in(book, one, alias, is_word=alias in self.words))
        return book

    def _digest(self, customer_id: str) -> str:
        return hashlib.blake2b(customer_id.encode(), digest_size=16, key=self.key.encode()).hexdigest()


def register_of(root: Path) -> Erased:
    """Return who was erased from a branch; nobody where there is no register."""
    try:
        written = json.loads(whole(root / HISTORY / REGISTER, unless_older=True))
    except FileNotFoundError:
        return Erased()
    return Erased(written["key"], written["aliases"], frozenset(written.get("words", ())))


def write_register(root: Path, register: Erased) -> None:
    """Keep who was erased."""
    kept = {"key": register.key, "aliases": dict(register.aliases), "words": sorted(register.words), "seal": BLANK}
    write_bytes(root / HISTORY / REGISTER, sealed(json.dumps(kept, indent=1).encode()))
