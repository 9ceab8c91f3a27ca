"""Facts: the rows that count, with the derived columns indicators and portfolios need (DOMAIN §3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from reportkit.definitions.choices import CUSTOMER_KINDS, PRODUCTS
from reportkit.definitions.forms import FORMS
from reportkit.read.book import Book, Table
from reportkit.settings.conditions import Condition, Mask, met
from reportkit.validate.draft import frame_of

FIRST_VISIT_DAYS: Final = 10
REPEAT_WITHIN: Final = np.timedelta64(7, "D")
Asked = ParamSpec("Asked")
Made = TypeVar("Made")
_KEY: Final = np.int64(1 << 32)  # customer number × _KEY + day number: sorts by customer, then day


@dataclass(frozen=True)
class Facts:
    """One advisor's rows that count. Frames carry the columns of their form and the derived ones."""

    advisor_id: str
    file: str
    tables: Mapping[str, Table]

    def frame(self, form: str) -> pd.DataFrame:
        """Return the frame of a form."""
        return self.tables[form].frame

    def column(self, form: str, name: str) -> pd.Series[Any]:
        """Return a column of a form, or one of its row's customer where the name is `customer.code`."""
        frame = self.frame(form)
        if not name.startswith("customer."):
            return frame[name]
        known = self.frame("customers")[name.removeprefix("customer.")]
        return known.reset_index(drop=True).reindex(self.customer_positions(form)).set_axis(frame.index)

    def meeting(self, form: str, conditions: tuple[Condition, ...]) -> Mask:
        """Return which rows of a form meet all conditions; one asked for again is not compared again."""
        chosen: Mask = np.ones(len(self.frame(form)), dtype=bool)
        for condition in conditions:
            if (form, condition) not in self._met:
                self._met[form, condition] = self._compared(form, condition)
            chosen &= self._met[form, condition]
        return chosen

    def _compared(self, form: str, condition: Condition) -> Mask:
        """Return which rows of a form meet one condition; texts are compared as numbers."""
        if condition.operator not in ("is", "is_not") or not all(isinstance(one, str) for one in condition.values):
            return met(condition, lambda name: self.column(form, name))
        numbers, known = self._numbered(form, condition.column)
        same: Mask = np.zeros(len(numbers), dtype=bool)
        for value in condition.values:
            if value in known:
                same |= numbers == known[value]
        return ~same if condition.operator == "is_not" else same

    def days(self, form: str, column: str) -> npt.NDArray[np.datetime64]:
        """Return a column of dates or moments as days."""
        key = form, column
        if key not in self._days:
            self._days[key] = self.frame(form)[column].to_numpy().astype("datetime64[D]")
        return self._days[key]

    def numbers(self, form: str, column: str) -> npt.NDArray[np.int64]:
        """Return a number for each row that is the same for rows with the same entry, −1 for a blank."""
        return self._numbered(form, column)[0]

    def numbers_of(self, form: str, column: str, entries: Iterable[object]) -> npt.NDArray[np.int64]:
        """Return the numbers that entries have in a column, −1 for those that do not stand in it."""
        known = self._numbered(form, column)[1]
        return np.array([known.get(entry, -1) for entry in entries], dtype=np.int64)

    def _numbered(self, form: str, column: str) -> tuple[npt.NDArray[np.int64], dict[Any, int]]:
        """Return the number of each row's entry, −1 for a blank, and entry → its number."""
        key = form, column
        if key not in self._numbers and column.startswith("customer."):
            numbers, known = self._numbered("customers", column.removeprefix("customer."))
            self._numbers[key] = np.append(numbers, -1)[self.customer_positions(form)], known
        elif key not in self._numbers:
            numbers, entries = pd.factorize(self.frame(form)[column])
            self._numbers[key] = numbers, {entry: number for number, entry in enumerate(entries.tolist())}
        return self._numbers[key]

    def objects(self, form: str, column: str) -> npt.NDArray[np.object_]:
        """Return a column as Python objects, NaN or None for a blank."""
        key = form, column
        if key not in self._objects:
            self._objects[key] = self.frame(form)[column].to_numpy(dtype=object)
        return self._objects[key]

    def customer_positions(self, form: str) -> npt.NDArray[np.int64]:
        """Return for each row of a form where its customer stands in customers, −1 for nowhere."""
        if form not in self._positions:
            numbers, known = self._numbered(form, "customer_id")
            self._positions[form] = np.append(self.positions_of(known), -1)[numbers]
        return self._positions[form]

    def positions_of(self, ids: Iterable[object]) -> npt.NDArray[np.int64]:
        """Return where the customers of some ids stand in customers, −1 for nowhere."""
        return np.array([self._customers.get(one, -1) for one in ids], dtype=np.int64)

    @cached_property
    def _customers(self) -> dict[Any, int]:
        """Customer id → where that customer stands in customers."""
        return {one: at for at, one in enumerate(self.frame("customers")["customer_id"].tolist())}

    @cached_property
    def _positions(self) -> dict[str, npt.NDArray[np.int64]]:
        return {}

    @cached_property
    def _met(self) -> dict[tuple[str, Condition], Mask]:
        return {}

    @cached_property
    def _days(self) -> dict[tuple[str, str], npt.NDArray[np.datetime64]]:
        return {}

    @cached_property
    def _numbers(self) -> dict[tuple[str, str], tuple[npt.NDArray[np.int64], dict[Any, int]]]:
        return {}

    @cached_property
    def _objects(self) -> dict[tuple[str, str], npt.NDArray[np.object_]]:
        return {}

    @cached_property
    def made(self) -> dict[tuple[object, ...], tuple[object, Any]]:
        """What functions of these facts have found so far: see `once`."""
        return {}


def once(function: Callable[Concatenate[Facts, Asked], Made]) -> Callable[Concatenate[Facts, Asked], Made]:
    """Let a function of facts find its result once: facts never change, and many views ask them the same.

    Days and texts among what it is given are told apart by value, anything else by identity.
    """

    @wraps(function)
    def look_up(facts: Facts, /, *asked: Asked.args, **named: Asked.kwargs) -> Made:
        given = *asked, *named.values()
        key = (function, *named, *(one if isinstance(one, dt.date | str) else id(one) for one in given))
        if key not in facts.made:
            facts.made[key] = given, function(facts, *asked, **named)  # given too, so that nothing else gets its id
        found: Made = facts.made[key][1]
        return found

    return look_up


def facts_of(book: Book) -> Facts:
    """Return the facts of a validated log."""
    tables = {code: _filled(book.tables.get(code) or empty_table(code)) for code in FORMS}
    facts = Facts(book.identity.advisor_id, book.file, tables)
    derived = {
        "activities": {"days_since_contact": _days_since_contact(facts)},
        "customers": _of_customers(facts),
        "cases": _of_cases(tables["cases"].frame),
    }
    # They stand beside the forms' own columns from here on, so that what was found on the way stays known.
    tables |= {code: replace(tables[code], frame=tables[code].frame.assign(**new)) for code, new in derived.items()}
    return facts


def _filled(table: Table) -> Table:
    """Return a table whose blank cells hold the choice they stand for."""
    meant = {c.code: c.blank_means for c in table.form.columns if c.blank_means is not None}
    filled = {code: table.frame[code].fillna(choice) for code, choice in meant.items()}
    return replace(table, frame=table.frame.assign(**filled)) if meant else table


def empty_table(form: str) -> Table:
    """Return a table without rows, its columns typed as any other's."""
    return Table(FORMS[form], "", frame_of(FORMS[form], {}, []), {})


_EFFECTIVE: Final = (Condition("effective", "is", ("yes",)), Condition("kind", "is", tuple(CUSTOMER_KINDS)))
RETURN_VISIT: Final = (Condition("kind", "is", ("return_visit",)),)


@once
def effective_contacts(facts: Facts) -> Mask:
    """Return which activities are effective contacts: of a customer kind, with a customer, effective yes."""
    made: Mask = facts.meeting("activities", _EFFECTIVE) & (facts.numbers("activities", "customer_id") >= 0)
    return made


def _days_since_contact(facts: Facts) -> npt.NDArray[np.float64]:
    """Return for each activity the days since its customer's latest effective contact before it; NaN for none."""
    keys = _keys(facts.numbers("activities", "customer_id"), facts.days("activities", "date"))
    contacts = np.unique(keys[effective_contacts(facts)])
    return keys - _latest_before(contacts, keys)


def _keys(numbers: npt.NDArray[np.int64], days: npt.NDArray[np.datetime64]) -> npt.NDArray[np.int64]:
    keys: npt.NDArray[np.int64] = numbers * _KEY + days.astype(np.int64)
    return keys


def _latest_before(contacts: npt.NDArray[np.int64], keys: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Return for each key the largest contact below it of the same customer, NaN for none."""
    at = np.searchsorted(contacts, keys, side="left") - 1
    return _same_customer(contacts, at, at >= 0, keys)


def _same_customer(
    contacts: npt.NDArray[np.int64],
    at: npt.NDArray[np.int64],
    inside: npt.NDArray[np.bool_],
    keys: npt.NDArray[np.int64],
) -> npt.NDArray[np.float64]:
    """Return the contacts at positions where they are of the customer asked for, else NaN."""
    if not len(contacts):
        return np.full(len(keys), np.nan)
    found = contacts[np.clip(at, 0, len(contacts) - 1)]
    same = inside & (keys >= 0) & (found // _KEY == keys // _KEY)
    return np.where(same, found, np.nan)


def _of_customers(facts: Facts) -> dict[str, Any]:
    """Return the derived columns of customers: first visit and products."""
    customers = facts.frame("customers")
    visited = effective_contacts(facts) & facts.meeting("activities", RETURN_VISIT)
    visits = np.unique(_keys(facts.numbers("activities", "customer_id"), facts.days("activities", "date"))[visited])
    assigned = _keys(facts.numbers_of("activities", "customer_id", customers["customer_id"]),
                     facts.days("customers", "assigned_on"))  # fmt: skip
    at = np.searchsorted(visits, assigned, side="left")
    return {
        "first_visit_due": customers["assigned_on"] + pd.Timedelta(days=FIRST_VISIT_DAYS),
        "first_visit_days": _same_customer(visits, at, at < len(visits), assigned) - assigned,
        "products_held": _stances(facts, "holds"),
        "products_interested": _stances(facts, "interested"),
    }


def _stances(facts: Facts, stance: str) -> npt.NDArray[np.float64]:
    """Return of how many products each customer's row says so."""
    said = [facts.meeting("customers", (Condition(product, "is", (stance,)),)) for product in PRODUCTS]
    count: npt.NDArray[np.float64] = np.sum(said, axis=0, dtype="f8")
    return count


def _of_cases(cases: pd.DataFrame) -> dict[str, Any]:
    """Return the derived columns of cases: response and resolution times, repeat inquiries."""
    resolution = (cases["resolved_at"] - cases["opened_at"]).dt.total_seconds() / 60
    return {
        "response_seconds": (cases["responded_at"] - cases["opened_at"]).dt.total_seconds().mask(without_times(cases)),
        "resolution_minutes": (resolution - cases["waiting_minutes"].fillna(0)).clip(lower=0),
        "repeat": pd.Series(np.where(_repeats(cases), "yes", "no"), index=cases.index, dtype="str"),
    }


def without_times(cases: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which cases were opened and answered on days without a time: how long that took is unknown."""
    moments = [cases[name].to_numpy() for name in ("opened_at", "responded_at")]
    days_only: npt.NDArray[np.bool_] = np.all([one == one.astype("datetime64[D]") for one in moments], axis=0)
    return days_only


def _repeats(cases: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which cases name an earlier one, or follow one of the same customer and category within 7 days.

    Of cases opened in the same second the smaller id is the earlier, so that the order of rows is irrelevant.
    """
    customers, categories = (pd.factorize(cases[name])[0] for name in ("customer_id", "category"))
    opened = cases["opened_at"].to_numpy()
    at = np.lexsort((cases["case_id"].to_numpy(dtype=object).astype(str), opened, categories, customers))
    alike = (np.diff(customers[at]) == 0) & (np.diff(categories[at]) == 0) & (customers[at[1:]] >= 0)
    follows: npt.NDArray[np.bool_] = np.zeros(len(cases), dtype=bool)
    follows[at[1:]] = alike & (np.diff(opened[at]) <= REPEAT_WITHIN)
    return follows | cases["repeat_of"].notna().to_numpy(dtype=bool)
