"""When each customer was last talked to, as of a day: what due lists, turns and segments stand on (DOMAIN §3, §4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

from reportkit.definitions.choices import ACTIVE, GONE, HANDED_OVER
from reportkit.facts.rows import Facts, effective_contacts, once

DayNumbers = npt.NDArray[np.int64]  # days since 1970-01-01
Positions = npt.NDArray[np.int64]  # where a customer stands in the customers frame, −1 for nowhere
Mask = npt.NDArray[np.bool_]
EPOCH: Final = dt.date(1970, 1, 1).toordinal()
NEVER: Final = np.iinfo(np.int64).min
NOT_DUE: Final = np.iinfo(np.int64).max
Entry = TypeVar("Entry", bound=np.generic)


def day_number(day: dt.date) -> int:
    """Return a day as it is counted in `DayNumbers`."""
    return day.toordinal() - EPOCH


def day_of(number: int) -> dt.date:
    """Return the day of a number."""
    return dt.date.fromordinal(int(number) + EPOCH)


def of_rows(values: npt.NDArray[Entry], whose: Positions, missing: Any) -> npt.NDArray[Entry]:
    """Return for each row what its customer has, `missing` where it has no customer of the log."""
    known: npt.NDArray[Entry] = np.append(values, np.array([missing], dtype=values.dtype))
    return known[whose]


@dataclass(frozen=True)
class Standing:
    """One advisor's customers as of the end of a day; rows dated later do not count. Arrays are one a customer."""

    facts: Facts
    on: dt.date

    @cached_property
    def today(self) -> int:
        """The day, as a number."""
        return day_number(self.on)

    @property
    def count(self) -> int:
        """How many customers the log has, whether still here or not; arrays are in its order."""
        return len(self.facts.row_numbers("customers"))

    @property
    def assigned_on(self) -> DayNumbers:
        """The day each customer became the advisor's."""
        return self.facts.day_numbers("customers", "assigned_on", NEVER)

    @cached_property
    def assigned(self) -> Mask:
        """Which customers were the advisor's by that day."""
        return self.assigned_on <= self.today

    @cached_property
    def status(self) -> npt.NDArray[np.object_]:
        """The status of each customer; one written down for a later day is not known yet, one without a day is."""
        later = self.facts.day_numbers("customers", "status_on", NEVER) > self.today
        return np.where(later, ACTIVE, self.facts.values("customers", "status"))

    @cached_property
    def gone(self) -> Mask:
        """Which customers had left or been handed over by that day; without a date, always."""
        gone: Mask = np.logical_or.reduce([self.status == one for one in GONE])
        return gone

    @cached_property
    def handed_over(self) -> Mask:
        """Which customers a colleague served by that day: they are in that colleague's portfolio."""
        served: Mask = self.status == HANDED_OVER
        return served

    @cached_property
    def here(self) -> Mask:
        """Which customers were the advisor's by that day and neither left nor were handed over."""
        return self.assigned & ~self.gone

    @cached_property
    def assets(self) -> npt.NDArray[np.float64]:
        """The customers' assets for ordering; unknown ones count as none."""
        known: npt.NDArray[np.float64] = np.nan_to_num(self.facts.values("customers", "assets"))
        return known

    @cached_property
    def tie_break(self) -> npt.NDArray[np.int64]:
        """Where each customer comes among all: larger assets first, then by customer id."""
        ids = self.facts.values("customers", "customer_id").astype(str)
        rank: npt.NDArray[np.int64] = np.empty(len(ids), dtype=np.int64)
        rank[np.lexsort((ids, -self.assets))] = np.arange(len(ids))
        return rank

    def positions(self, form: str) -> Positions:
        """Return for each row of a form where its customer stands."""
        return self.facts.customer_positions(form)

    @cached_property
    def activity_days(self) -> DayNumbers:
        """The day of each activity."""
        return self.facts.day_numbers("activities", "date", NOT_DUE)

    @cached_property
    def contacts(self) -> Mask:
        """Which activities are effective contacts of a known customer up to the day."""
        made = effective_contacts(self.facts) & (self.activity_days <= self.today)
        return made & (self.positions("activities") >= 0)

    def latest(self, among: Mask) -> DayNumbers:
        """Return each customer's latest day among some activities up to the day, `NEVER` for none."""
        used = among & (self.activity_days <= self.today) & (self.positions("activities") >= 0)
        days: DayNumbers = np.full(self.count, NEVER)
        np.maximum.at(days, self.positions("activities")[used], self.activity_days[used])
        return days

    @cached_property
    def last_contact(self) -> DayNumbers:
        """The day of each customer's latest effective contact, `NEVER` for none."""
        return self.latest(self.contacts)

    @cached_property
    def open_next_steps(self) -> Mask:
        """Which activities up to the day agreed on a next step that is not done yet.

        It is done by an effective contact on or after the day agreed, later than the activity's own.
        """
        agreed = self.facts.day_numbers("activities", "next_on", NOT_DUE)
        last = of_rows(self.last_contact, self.positions("activities"), NEVER)
        written = self.activity_days
        open_: Mask = (agreed != NOT_DUE) & (written <= self.today) & (last < np.maximum(agreed, written + 1))
        return open_

    @cached_property
    def days_since_contact(self) -> npt.NDArray[np.float64]:
        """How many days ago each customer's latest effective contact was, NaN for never."""
        return np.where(self.last_contact == NEVER, np.nan, float(self.today) - self.last_contact)

    @cached_property
    def last_row(self) -> npt.NDArray[np.int64]:
        """The position of each customer's latest effective contact in activities, −1 for none.

        Of several on one day the latest by time, of those without a time the last entered.
        """
        at = np.flatnonzero(self.contacts)
        whose = self.positions("activities")[at]
        on_last_day = self.activity_days[at] == self.last_contact[whose]
        at, whose = at[on_last_day], whose[on_last_day]
        times = self.facts.values("activities", "time")[at]
        seconds = [_seconds(time) for time in times]
        rows: npt.NDArray[np.int64] = np.full(self.count, -1)
        order = np.lexsort((at, seconds))
        rows[whose[order]] = at[order]  # the last assignment stays
        return rows


@once
def standing_of(facts: Facts, on: dt.date) -> Standing:
    """Return an advisor's customers as of the end of a day."""
    return Standing(facts, on)


def _seconds(time: object) -> int:
    """Return a time of day in seconds, −1 where it is blank."""
    return time.hour * 3600 + time.minute * 60 + time.second if isinstance(time, dt.time) else -1
