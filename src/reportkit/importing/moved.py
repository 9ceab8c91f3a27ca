"""Rows of a file that a hand-over took to another log: they are that log's now, and stand nowhere twice (DOMAIN §5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reportkit.definitions.choices import CASE_STATUS, HANDED_OVER
from reportkit.definitions.columns import Form
from reportkit.definitions.forms import CUSTOMERS
from reportkit.facts.cases import RESOLVED
from reportkit.importing.mapping import Mapped
from reportkit.read.book import RawBook
from reportkit.read.values import normalise

# What a hand-over moves: the rows of these forms whose column holds one of these (None: is blank).
OPEN: Final[Mapping[str, tuple[str, frozenset[str | None]]]] = {
    "cases": ("status", frozenset(CASE_STATUS) - {*RESOLVED}),
    "visits": ("done_on", frozenset({None})),
    "opportunities": ("stage", frozenset({"found", "contacted", "proposed"})),
}
CUSTOMER: Final = "customer_id"
Told = tuple[object, ...]


@dataclass(frozen=True)
class Elsewhere:
    """Where a row stands by now: in whose log, and by which id; None for a form without."""

    advisor_id: str
    id: object


def moved(mapped: Mapped, log: RawBook, rows: Sequence[int], others: Iterable[RawBook]) -> dict[int, Elsewhere]:
    """Return which rows meant for a log stand in one of the others, to which their customer was handed over.

    `others` are read only where a row is not in the log, and customers of it were handed over.
    """
    form = mapped.form
    codes = _telling(form)
    if form.code not in OPEN or not mapped.columns.keys() >= set(codes):
        return {}
    gone = {
        one
        for one, status in zip(_cells(log, CUSTOMERS, CUSTOMER), _cells(log, CUSTOMERS, "status"), strict=True)
        if status == HANDED_OVER
    }
    told = {row: tuple(mapped.columns[code][row] for code in codes) for row in rows} if gone else {}
    left = _not_in(log, mapped, codes, told)
    found: dict[Told, Elsewhere] = {}
    for other in others if left else ():
        for one, own_id, customer in _rows(other, form, codes, log.identity.advisor_id):
            if customer in gone:
                found.setdefault(one, Elsewhere(other.identity.advisor_id, own_id))
    return {row: found[told[row]] for row in left if told[row] in found}


def _not_in(log: RawBook, mapped: Mapped, codes: Sequence[str], told: Mapping[int, Told]) -> list[int]:
    """Return which rows are not in a log, those told alike one by one: in the same state first, for what moved is open.

    `told` is row → what tells it.
    """
    form, (state, _) = mapped.form, OPEN[mapped.form.code]
    every = [one for one, *_ in _rows(log, form, codes, "")]
    alike: Counter[Told] = Counter(zip(every, _cells(log, form, state), strict=True))
    states = mapped.columns.get(state, [None] * len(mapped.rows))
    same = {row for row, one in told.items() if _took(alike, (one, states[row]))}
    there = Counter(every) - Counter(told[row] for row in same)
    return [row for row, one in told.items() if row not in same and not _took(there, one)]


def _took(counts: Counter[Told], one: Told) -> bool:
    """Take one of what is counted; return whether there was one."""
    counts[one] -= 1
    return counts[one] >= 0


def renamed(name: str, giver: str) -> str:
    """Return what a case of a giver's is called in a log that has one of its name."""
    return f"{name}-{giver}"


def _telling(form: Form) -> tuple[str, ...]:
    """Return the columns that tell a row that moved, wherever it stands and whatever became of it since."""
    if form.id_column is not None:
        return (form.id_column, str(form.day_column))
    state = OPEN[form.code][0] if form.code in OPEN else ""
    return tuple(column.code for column in form.columns if column.required and column.code != state)


def _rows(log: RawBook, form: Form, codes: Sequence[str], giver: str) -> Iterator[tuple[Told, object, object]]:
    """Yield what tells each row of a form, named as the giver named it, its id in the log and its customer."""
    ids = _cells(log, form, form.id_column) if form.id_column else [None] * len(log.sheets[form.code].rows)
    columns = [_cells(log, form, code) for code in codes if code != form.id_column]
    for own_id, customer, *rest in zip(ids, _cells(log, form, CUSTOMER), *columns, strict=True):
        name = own_id
        while giver and isinstance(name, str) and name.endswith(renamed("", giver)):
            name = name.removesuffix(renamed("", giver))
        yield ((name, *rest) if form.id_column else tuple(rest)), own_id, customer


def _cells(log: RawBook, form: Form, code: str) -> list[object]:
    return normalise(form.column[code], list(log.sheets[form.code].columns[code]))
