"""Indicators a branch makes up: what their row asks for, counted in plain Python (DOMAIN §2, §3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from .catalogue import Figure, Log, Number, Row, exact, handed_over_by, is_contact, rows_of
from .counting import count, is_repeat, quotient, response_time
from .periods import monday_of

OWN_DAY = {
    "customers": "assigned_on", "activities": "date", "cases": "opened_at", "visits": "planned_on", "surveys": "date",
    "opportunities": "opened_on", "worktime": "date", "training": "date", "improvements": "opened_on",
}  # fmt: skip
PRODUCTS = (
    "public_fund", "private_fund", "managed_account", "margin_trading", "futures", "collective_plan", "advisory_contract",
)  # fmt: skip
BLANK_MEANS = {
    ("customers", "status"): "active", ("activities", "effective"): "no",
    ("cases", "priority"): "normal", ("worktime", "leave"): "none",
}  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """A column compared with values, or with another column; `operator` is the condition's code."""

    column: str
    operator: str
    values: tuple[Any, ...] = ()
    other: str | None = None


@dataclass(frozen=True)
class Asked:
    """An indicator's row: §3 "measure (count · distinct customers · sum · mean · ratio)"."""

    form: str
    measure: str
    period: str
    at_most: bool
    on: str | None = None
    where: tuple[Comparison, ...] = ()
    part: tuple[Comparison, ...] = ()
    column: str | None = None
    per: tuple[str, str] | None = None

    @property
    def is_quotient(self) -> bool:
        """A share, a mean or a rate."""
        return self.measure in ("mean", "ratio")

    @property
    def scaled(self) -> bool:
        """§3: "A share, a mean, a rate and an at-most target is never scaled."."""
        return not self.is_quotient and not self.at_most

    def figure(self, log: Log, start: date, end: date) -> Figure:
        """The value with its numerator and denominator in a window of dates, both ends in."""
        met = [(day, row) for day, row in dated(log, self.form, self.on) if all_hold(log, self.form, row, self.where)]
        inside = [row for day, row in met if start <= day <= end]
        if self.measure == "count":
            return count(len(inside))
        if self.measure == "distinct":
            return count(first_times(log, self, met, start, end))
        if self.measure == "ratio":
            part = len([row for row in inside if all_hold(log, self.form, row, self.part)])
            return quotient(part, len(inside) if self.per is None else divisor(log, self.per, start, end))
        given = [exact(held) for row in inside if (held := value(log, self.form, row, str(self.column))) is not None]
        return (
            count(sum(given, Fraction(0))) if self.measure == "sum" else quotient(sum(given, Fraction(0)), len(given))
        )


def dated(log: Log, form: str, on: str | None) -> list[tuple[date, Row]]:
    """The rows of a form that have a day, with it."""
    days = [(day_of(value(log, form, row, on or OWN_DAY[form])), row) for row in rows_of(log, form)]
    return [(day, row) for day, row in days if day is not None]


def day_of(moment: date | None) -> date | None:
    """The day of a date or a moment."""
    return moment.date() if isinstance(moment, datetime) else moment


def first_times(log: Log, asked: Asked, met: list[tuple[date, Row]], start: date, end: date) -> int:
    """Each thing told apart once a period, on its first day of that: the days of a window add up to it."""
    first: dict[tuple[Any, Any], date] = {}
    for day, row in met:
        held = value(log, asked.form, row, asked.column or "customer_id")
        if held is not None:
            key = comparable(held), period_of(asked.period, day)
            first[key] = min(day, first.get(key, day))
    return len([day for day in first.values() if start <= day <= end])


def period_of(period: str, day: date) -> Any:
    """What is the same for all days of a period."""
    if period in ("day", "week"):
        return day if period == "day" else monday_of(day)
    return day.year, day.month if period == "month" else (day.month + 1) // 2


def divisor(log: Log, per: tuple[str, str], start: date, end: date) -> Number:
    """The sum of another column, or the customers there were before the window."""
    if per == ("customers", "at_start"):
        return len([row for row in rows_of(log, "customers") if row["assigned_on"] < start and not gone(row, start)])
    form, column = per
    held = [value(log, form, row, column) for day, row in dated(log, form, None) if start <= day <= end]
    return sum((exact(number) for number in held if number is not None), Fraction(0))


def gone(customer: Row, day: date) -> bool:
    """Whether a customer left, or went to a colleague, before a day."""
    left_on = customer.get("status_on")
    left = customer.get("status") in ("transferred_out", "handed_over") and left_on is not None
    return left and max(left_on, customer["assigned_on"]) < day


def all_hold(log: Log, form: str, row: Row, comparisons: tuple[Comparison, ...]) -> bool:
    """§3: conditions are "joined by *and*"."""
    return all(holds(log, form, row, one) for one in comparisons)


def holds(log: Log, form: str, row: Row, one: Comparison) -> bool:
    """One comparison: a blank meets only `is blank` and `is not`."""
    held = value(log, form, row, one.column)
    if one.operator in ("blank", "not_blank"):
        return (held is None) == (one.operator == "blank")
    if one.operator in ("is", "is_not"):
        alike = held is not None and any(len(set(pair(held, wanted))) == 1 for wanted in one.values)
        return alike == (one.operator == "is")
    wanted = one.values[0] if one.other is None else value(log, form, row, one.other)
    if held is None or wanted is None:
        return False
    left, right = pair(held, wanted)
    return bool(
        {"at_least": left >= right, "at_most": left <= right, "above": left > right, "below": left < right}[
            one.operator
        ]
    )


def pair(left: Any, right: Any) -> tuple[Any, Any]:
    """Two entries as they are compared: a moment beside a date by its day."""
    if isinstance(left, date) and isinstance(left, datetime) != isinstance(right, datetime):
        return day_of(left), day_of(right)
    return comparable(left), comparable(right)


def comparable(held: Any) -> Any:
    return exact(held) if isinstance(held, int | float) else held


def value(log: Log, form: str, row: Row, column: str) -> Any:
    """What a row holds in a column, its customer's or one nobody types; None for a blank."""
    if column.startswith("customer."):
        whose = row.get("customer_id")
        found = [one for one in rows_of(log, "customers") if whose is not None and one["customer_id"] == whose]
        return value(log, "customers", found[0], column.removeprefix("customer.")) if found else None
    made: Mapping[tuple[str, str], Any] = {
        ("activities", "days_since_contact"): days_since_contact,
        ("customers", "first_visit_days"): first_visit_days,
        ("customers", "first_visit_due"): first_visit_due,
        ("customers", "products_held"): lambda _, one: sum(one.get(product) == "holds" for product in PRODUCTS),
        ("customers", "products_interested"): lambda _, one: sum(one.get(p) == "interested" for p in PRODUCTS),
        ("cases", "response_seconds"): lambda _, one: response_time(one),
        ("cases", "resolution_minutes"): resolution_minutes,
        ("cases", "repeat"): lambda whole, one: "yes" if is_repeat(whole, one) else "no",
    }
    if (form, column) in made:
        return made[form, column](log, row)
    return BLANK_MEANS.get((form, column)) if row.get(column) is None else row[column]


def days_since_contact(log: Log, row: Row) -> int | None:
    """The days since the customer's latest effective contact before."""
    earlier = [
        one["date"]
        for one in rows_of(log, "activities")
        if is_contact(one) and one["customer_id"] == row.get("customer_id") and one["date"] < row["date"]
    ]
    return (row["date"] - max(earlier)).days if row.get("customer_id") is not None and earlier else None


def first_visit_days(log: Log, customer: Row) -> int | None:
    """After how many days the customer was visited."""
    visits = [
        one["date"]
        for one in rows_of(log, "activities")
        if is_contact(one) and one["kind"] == "return_visit" and one["customer_id"] == customer["customer_id"]
    ]
    since = [day for day in visits if day >= customer["assigned_on"]]
    return (min(since) - customer["assigned_on"]).days if since else None


def first_visit_due(log: Log, customer: Row) -> date | None:
    """The tenth day; none of one who went to a colleague before, unvisited."""
    tenth: date = customer["assigned_on"] + timedelta(days=10)
    taken = first_visit_days(log, customer)
    return None if handed_over_by(customer, tenth) and not (taken is not None and taken <= 10) else tenth


def resolution_minutes(_: Log, case: Row) -> Fraction | None:
    """§3: "resolved_at − opened_at − waiting_minutes"."""
    if case.get("resolved_at") is None:
        return None
    taken = Fraction((case["resolved_at"] - case["opened_at"]) // timedelta(microseconds=1), 60_000_000)
    return max(Fraction(0), taken - exact(case.get("waiting_minutes") or 0))
