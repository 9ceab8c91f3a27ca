"""Facts: the rows that count, with the derived columns indicators and portfolios need (DOMAIN §3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial, wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from reportkit.definitions.choices import CUSTOMER_KINDS, HANDED_OVER, PRODUCTS
from reportkit.definitions.derived import DERIVED, OF_CUSTOMER
from reportkit.definitions.forms import FORMS
from reportkit.read.book import Book, Table
from reportkit.read.numbered import Numbered, numbered
from reportkit.settings.calendars import Days
from reportkit.settings.conditions import Condition, Mask, met

FIRST_VISIT_DAYS: Final = np.timedelta64(10, "D")
REPEAT_WITHIN: Final = np.timedelta64(7, "D")
SECOND: Final = np.timedelta64(1, "s")
BY_VALUE: Final = (str, int, float, dt.date)
Array = npt.NDArray[Any]  # one entry a row
Keys = npt.NDArray[np.int64]
Asked = ParamSpec("Asked")
Made = TypeVar("Made")
_KEY: Final = np.int64(1 << 32)  # customer number × _KEY + day number: sorts by customer, then day


def once(function: Callable[Concatenate[Facts, Asked], Made]) -> Callable[Concatenate[Facts, Asked], Made]:
    """Let a question to facts find its answer once: facts never change, and many views ask them the same.

    Days, texts and numbers among what it is given are told apart by value, anything else by identity.
    """

    @wraps(function)
    def look_up(facts: Facts, /, *asked: Asked.args, **named: Asked.kwargs) -> Made:
        given = (*asked, *named.values())
        key = (function, *named, *[one if isinstance(one, BY_VALUE) else id(one) for one in given])
        if key not in facts.made:
            facts.made[key] = given, function(facts, *asked, **named)  # given too, so that nothing else gets its id
        found: Made = facts.made[key][1]
        return found

    return look_up


@dataclass(frozen=True)
class Facts:
    """One advisor's rows that count, their columns as arrays: each is taken from its frame once, whoever asks."""

    advisor_id: str
    file: str
    tables: Mapping[str, Table]

    def frame(self, form: str) -> pd.DataFrame:
        """Return the frame of a form: its own columns, none of the derived ones; what is blank in the log is blank."""
        return self.tables[form].frame

    def row_numbers(self, form: str) -> npt.NDArray[np.int64]:
        """Return Excel's number of each row of a form."""
        return self.tables[form].rows

    @once
    def values(self, form: str, name: str) -> Array:
        """Return a column of a form, a derived one, or one of its row's customer where the name is `customer.code`.

        Days and moments are datetime64, numbers float64, all else objects; NaT, NaN or None where blank.
        """
        if name.startswith(OF_CUSTOMER):
            known = self.values("customers", name.removeprefix(OF_CUSTOMER))
            blank = np.datetime64("NaT") if known.dtype.kind == "M" else np.nan
            column: Array = np.append(known, blank)[self.customer_positions(form)]
            return column
        if (form, name) in DERIVE:
            return DERIVE[form, name](self)
        return self._numbered(form, name).values()

    @once
    def days(self, form: str, name: str) -> Days:
        """Return a column of dates or moments as days."""
        return self.values(form, name).astype("datetime64[D]")

    @once
    def day_numbers(self, form: str, name: str, blank: int) -> npt.NDArray[np.int64]:
        """Return a column of dates or moments as days since 1970-01-01, `blank` where it is blank."""
        return day_numbers(self.days(form, name), blank)

    def meeting(self, form: str, conditions: tuple[Condition, ...]) -> Mask:
        """Return which rows of a form meet all conditions; one asked for again is not compared again."""
        chosen: Mask = np.ones(len(self.row_numbers(form)), dtype=bool)
        for condition in conditions:
            if (form, condition) not in self._met:
                self._met[form, condition] = self._compared(form, condition)
            chosen &= self._met[form, condition]
        return chosen

    def _compared(self, form: str, condition: Condition) -> Mask:
        """Return which rows of a form meet one condition; texts are compared as numbers."""
        if condition.operator not in ("is", "is_not") or not all(isinstance(one, str) for one in condition.values):
            return met(condition, lambda name: self.values(form, name))
        column = self._numbered(form, condition.column)
        same: Mask = np.zeros(len(column.numbers), dtype=bool)
        for value in condition.values:
            if value in column.known:
                same |= column.numbers == column.known[value]
        return ~same if condition.operator == "is_not" else same

    def numbers(self, form: str, column: str) -> npt.NDArray[np.int64]:
        """Return a number for each row that is the same for rows with the same entry, −1 for a blank."""
        return self._numbered(form, column).numbers

    def numbers_of(self, form: str, column: str, entries: Iterable[object]) -> npt.NDArray[np.int64]:
        """Return the numbers that entries have in a column, −1 for those that do not stand in it."""
        known = self._numbered(form, column).known
        return np.array([known.get(entry, -1) for entry in entries], dtype=np.int64)

    @once
    def _numbered(self, form: str, column: str) -> Numbered:
        """Return a column with its entries numbered; a blank that stands for a choice holds that."""
        if column.startswith(OF_CUSTOMER):
            of_customers = self._numbered("customers", column.removeprefix(OF_CUSTOMER))
            return replace(of_customers, numbers=np.append(of_customers.numbers, -1)[self.customer_positions(form)])
        if (form, column) in DERIVE:
            numbers, entries = pd.factorize(self.values(form, column))
            return Numbered(DERIVED[form][column].kind, numbers, entries.tolist())
        meant, cells = self.tables[form].form.column[column].blank_means, self.tables[form].columns[column]
        return cells if meant is None else cells.with_entry(cells.numbers < 0, meant)

    @once
    def customer_positions(self, form: str) -> npt.NDArray[np.int64]:
        """Return for each row of a form where its customer stands in customers, −1 for nowhere."""
        ids = self._numbered(form, "customer_id")
        positions: npt.NDArray[np.int64] = np.append(self.positions_of(ids.entries), -1)[ids.numbers]
        return positions

    def positions_of(self, ids: Iterable[object]) -> npt.NDArray[np.int64]:
        """Return where the customers of some ids stand in customers, −1 for nowhere."""
        return np.array([self._customers.get(one, -1) for one in ids], dtype=np.int64)

    @cached_property
    def _customers(self) -> dict[Any, int]:
        """Customer id → where that customer stands in customers."""
        return {one: at for at, one in enumerate(self.values("customers", "customer_id").tolist())}

    @cached_property
    def _met(self) -> dict[tuple[str, Condition], Mask]:
        return {}

    @cached_property
    def made(self) -> dict[tuple[object, ...], tuple[object, Any]]:
        """What functions of these facts have found so far: see `once`."""
        return {}


def day_numbers(days: Days, blank: int) -> npt.NDArray[np.int64]:
    """Return days as days since 1970-01-01, `blank` where they are blank."""
    return np.where(np.isnat(days), blank, days.astype(np.int64))


def facts_of(book: Book) -> Facts:
    """Return the facts of a validated log."""
    tables = {code: book.tables.get(code) or empty_table(code) for code in FORMS}
    return Facts(book.identity.advisor_id, book.file, tables)


def empty_table(form: str) -> Table:
    """Return a table without rows."""
    columns = {column.code: numbered(column, []) for column in FORMS[form].columns}
    return Table(FORMS[form], "", columns, np.empty(0, dtype=np.int64), {})


_EFFECTIVE: Final = (Condition("effective", "is", ("yes",)), Condition("kind", "is", tuple(CUSTOMER_KINDS)))
RETURN_VISIT: Final = (Condition("kind", "is", ("return_visit",)),)


@once
def effective_contacts(facts: Facts) -> Mask:
    """Return which activities are effective contacts: of a customer kind, with a customer, effective yes."""
    made: Mask = facts.meeting("activities", _EFFECTIVE) & (facts.numbers("activities", "customer_id") >= 0)
    return made


@once
def _activity_keys(facts: Facts) -> Keys:
    """Return a key for each activity that sorts by customer, then day."""
    return _keys(facts.numbers("activities", "customer_id"), facts.days("activities", "date"))


def _days_since_contact(facts: Facts) -> npt.NDArray[np.float64]:
    """Return for each activity the days since its customer's latest effective contact before it; NaN for none."""
    keys = _activity_keys(facts)
    contacts = np.sort(keys[effective_contacts(facts)])
    return keys - _latest_before(contacts, keys)


def _keys(numbers: npt.NDArray[np.int64], days: Days) -> Keys:
    keys: Keys = numbers * _KEY + days.astype(np.int64)
    return keys


def _latest_before(contacts: Keys, keys: Keys) -> npt.NDArray[np.float64]:
    """Return for each key the largest contact below it of the same customer, NaN for none."""
    at = np.searchsorted(contacts, keys, side="left") - 1
    return _same_customer(contacts, at, at >= 0, keys)


def _same_customer(contacts: Keys, at: npt.NDArray[np.int64], inside: Mask, keys: Keys) -> npt.NDArray[np.float64]:
    """Return the contacts at positions where they are of the customer asked for, else NaN."""
    if not len(contacts):
        return np.full(len(keys), np.nan)
    found = contacts[np.clip(at, 0, len(contacts) - 1)]
    same = inside & (keys >= 0) & (found // _KEY == keys // _KEY)
    return np.where(same, found, np.nan)


def _first_visit_due(facts: Facts) -> Array:
    """Return the tenth day after each customer's assignment; blank where a colleague took over before, unvisited."""
    due: Array = facts.values("customers", "assigned_on") + FIRST_VISIT_DAYS
    taken_over = facts.meeting("customers", (Condition("status", "is", (HANDED_OVER,)),))
    unvisited = ~(facts.values("customers", "first_visit_days") <= FIRST_VISIT_DAYS.astype(np.int64))
    due[taken_over & unvisited & (facts.values("customers", "status_on") <= due)] = np.datetime64("NaT")
    return due


def _first_visit_days(facts: Facts) -> npt.NDArray[np.float64]:
    """Return after how many days each customer had the first effective return visit, NaN for never."""
    visited = effective_contacts(facts) & facts.meeting("activities", RETURN_VISIT)
    visits = np.sort(_activity_keys(facts)[visited])
    ids = facts.values("customers", "customer_id").tolist()
    assigned = _keys(facts.numbers_of("activities", "customer_id", ids), facts.days("customers", "assigned_on"))
    at = np.searchsorted(visits, assigned, side="left")
    return _same_customer(visits, at, at < len(visits), assigned) - assigned


def _stances(facts: Facts, stance: str) -> npt.NDArray[np.float64]:
    """Return of how many products each customer's row says so."""
    said = [facts.meeting("customers", (Condition(product, "is", (stance,)),)) for product in PRODUCTS]
    count: npt.NDArray[np.float64] = np.sum(said, axis=0, dtype="f8")
    return count


def _between(facts: Facts, column: str) -> npt.NDArray[np.float64]:
    """Return the seconds from the opening of each case to a later moment of it, NaN where that is blank."""
    seconds: npt.NDArray[np.float64] = (facts.values("cases", column) - facts.values("cases", "opened_at")) / SECOND
    return seconds


def _response_seconds(facts: Facts) -> npt.NDArray[np.float64]:
    """Return the seconds to the first response to each case."""
    return np.where(without_times(facts), np.nan, _between(facts, "responded_at"))


@once
def without_times(facts: Facts) -> Mask:
    """Return which cases were opened and answered on days without a time: how long that took is unknown."""
    moments = ("opened_at", "responded_at")
    days_only: Mask = np.all([facts.values("cases", one) == facts.days("cases", one) for one in moments], axis=0)
    return days_only


def _resolution_minutes(facts: Facts) -> npt.NDArray[np.float64]:
    """Return the minutes from opening to resolution, less those spent waiting for the customer."""
    waiting = np.nan_to_num(facts.values("cases", "waiting_minutes"))
    minutes: npt.NDArray[np.float64] = np.maximum(_between(facts, "resolved_at") / 60 - waiting, 0.0)
    return minutes


def _repeats(facts: Facts) -> npt.NDArray[np.object_]:
    """Return yes for the cases that name an earlier one, or follow one of the same customer and category within 7 days.

    Of cases opened in the same second the smaller id is the earlier, so that the order of rows is irrelevant.
    """
    customers, categories = (facts.numbers("cases", name) for name in ("customer_id", "category"))
    opened = facts.values("cases", "opened_at")
    at = np.lexsort((facts.values("cases", "case_id").astype(str), opened, categories, customers))
    alike = (np.diff(customers[at]) == 0) & (np.diff(categories[at]) == 0) & (customers[at[1:]] >= 0)
    follows: Mask = np.zeros(len(opened), dtype=bool)
    follows[at[1:]] = alike & (np.diff(opened[at]) <= REPEAT_WITHIN)
    repeats: Mask = follows | pd.notna(facts.values("cases", "repeat_of"))
    said: npt.NDArray[np.object_] = np.array(["no", "yes"], dtype=object)[repeats.astype(np.int64)]
    return said


DERIVE: Final[Mapping[tuple[str, str], Callable[[Facts], Array]]] = {  # each column of `definitions.derived`
    ("activities", "days_since_contact"): _days_since_contact,
    ("customers", "first_visit_due"): _first_visit_due,
    ("customers", "first_visit_days"): _first_visit_days,
    ("customers", "products_held"): partial(_stances, stance="holds"),
    ("customers", "products_interested"): partial(_stances, stance="interested"),
    ("cases", "response_seconds"): _response_seconds,
    ("cases", "resolution_minutes"): _resolution_minutes,
    ("cases", "repeat"): _repeats,
}
