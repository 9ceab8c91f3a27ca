"""What a branch's logs, backups and history say of a person: by what they can be told from everybody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reportkit.branch.folder import Branch
from reportkit.branch.forgetting import REACHED_BY, clears, longer
from reportkit.branch.history import History
from reportkit.branch.person import CUSTOMER, REFERRER, Person
from reportkit.definitions.columns import Form
from reportkit.definitions.forms import CUSTOMERS, FORMS
from reportkit.definitions.privacy import as_words, is_vague, masked
from reportkit.logs.rewrite import BACKUP
from reportkit.mail.own_words import labels
from reportkit.read.archives import ARCHIVE
from reportkit.read.values import normalise
from reportkit.read.workbook import read_book
from reportkit.settings.branch_settings import Settings

Meant = Mapping[str, list[object]]  # column code → what its cells mean


@dataclass
class _Seen:
    """What is told of the person, and of everybody else, while the sources are read."""

    customer_id: str
    known: bool = False
    names: set[str] = field(default_factory=set)
    reach: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    others_texts: set[str] = field(default_factory=set)
    others_hidden: set[str] = field(default_factory=set)

    def take(self, form: Form, columns: Meant) -> None:
        """Take in the rows of a form."""
        whose = columns.get(CUSTOMER) or [None] * len(next(iter(columns.values()), []))
        own = [who == self.customer_id for who in whose]
        self.known |= any(own) or self.customer_id in columns.get(REFERRER, [])
        self.others_hidden |= {masked(who) for who in whose if isinstance(who, str) and who != self.customer_id}
        for column in form.columns:
            if not clears(column):
                continue
            named = form.code == CUSTOMERS.code and column.code == "name"
            reached = form.code == CUSTOMERS.code and column.code in REACHED_BY
            mine, theirs = (
                (self.names, self.others) if named else (self.reach if reached else self.texts, self.others_texts)
            )
            for one, cell in zip(own, columns[column.code], strict=True):
                if isinstance(cell, str) and cell.strip():
                    (mine if one else theirs).add(cell.strip())


def told_from(branch: Branch, customer_id: str, alias: str, settings: Settings) -> tuple[Person, bool]:
    """Return who a customer is by all that is kept, and whether anything knows the id."""
    seen = _Seen(customer_id)
    for form, columns in _rows(branch):
        seen.take(form, columns)
    names, words = seen.names - {alias}, labels(settings)
    others = (seen.others | {row.name for row in settings.roster}) - {""}
    texts = seen.texts - seen.others_texts - others - names - {alias} - words
    vague = {one for one in (customer_id, *names) if is_vague(one, as_words(words))}
    vague |= {one for one in (*seen.reach, *texts) if is_vague(one) or one in words}
    person = Person(
        customer_id,
        alias,
        frozenset(names),
        frozenset(seen.reach),
        frozenset(texts),
        frozenset(names & others),
        longer(names, others),
        frozenset({masked(customer_id)} - seen.others_hidden),
        frozenset(vague),
    )
    return person, seen.known


def _rows(branch: Branch) -> Iterator[tuple[Form, Meant]]:
    """Yield the rows of every form of every log, archive, backup and kept log."""
    history = History(branch.root)
    for path in sorted((history.folder / "facts").glob("*.parquet")):
        for table in history.book(path.stem).tables.values():
            yield table.form, {code: column.plain() for code, column in table.columns.items()}
    archives, backups = (
        sorted((branch.root / one).glob(files)) for one, files in ((ARCHIVE, "*/*.xlsx"), (BACKUP, "*.xls?"))
    )
    for path in (*branch.logs(), *archives, *backups):
        for sheet in read_book(path, FORMS).sheets.values():
            form = sheet.form
            yield form, {code: normalise(form.column[code], list(cells)) for code, cells in sheet.columns.items()}
