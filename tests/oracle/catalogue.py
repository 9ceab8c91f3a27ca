"""What the oracle must know about each of the default indicators beside how it is counted (DOMAIN §3, the table)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

Row = Mapping[str, Any]
Log = Mapping[str, Sequence[Row]]
Settings = Mapping[str, Any]
Number = int | Fraction
Figure = tuple[Number | None, Number, Number | None]  # value, numerator, denominator


@dataclass(frozen=True)
class Indicator:
    """The period, direction and kind of one indicator."""

    period: str  # day, week, month or two_months
    at_most: bool = False
    is_quotient: bool = False  # a share, a mean or a rate: numerator over denominator

    @property
    def scaled(self) -> bool:
        """§3: "A share, a mean, a rate and an at-most target is never scaled."."""
        return not self.is_quotient and not self.at_most


CATALOGUE: dict[str, Indicator] = {
    "new_contacts": Indicator("day"),
    "market_views": Indicator("day"),
    "stock_views": Indicator("day"),
    "intraday_alerts": Indicator("day"),
    "fund_talks": Indicator("day"),
    "margin_talks": Indicator("day"),
    "revisits": Indicator("day"),
    "novice_classes": Indicator("week"),
    "veteran_classes": Indicator("week"),
    "home_visits": Indicator("week"),
    "report_meetings": Indicator("month"),
    "salons": Indicator("two_months"),
    "advisory_contracts": Indicator("month"),
    "first_visits_on_time": Indicator("week", is_quotient=True),
    "csat": Indicator("week", is_quotient=True),
    "first_response": Indicator("week", is_quotient=True, at_most=True),
    "resolution_rate": Indicator("week", is_quotient=True),
    "repeat_rate": Indicator("week", is_quotient=True, at_most=True),
    "cases_per_hour": Indicator("week", is_quotient=True),
    "churn_rate": Indicator("month", is_quotient=True, at_most=True),
    "training_hours": Indicator("month"),
}


def indicators_of(settings: Settings) -> Mapping[str, Any]:
    """The branch's own indicators where its settings have any, else the default ones."""
    own: Mapping[str, Any] = settings.get("indicators", CATALOGUE)
    return own


CUSTOMER_KINDS = (
    "new_contact",
    "return_visit",
    "fund_talk",
    "margin_talk",
    "advisory_talk",
    "home_visit",
    "complaint_followup",
    "referral_request",
)


def exact(number: float | Fraction) -> Fraction:
    """The number as it was typed: 0.1 is a tenth, not the nearest binary fraction."""
    return number if isinstance(number, Fraction) else Fraction(str(number))


def is_contact(row: Row) -> bool:
    """§3: "Effective contact: an activity of a customer kind with effective yes."."""
    return row["kind"] in CUSTOMER_KINDS and row.get("effective") == "yes"


def handed_over_by(customer: Row, day: date) -> bool:
    """§5: "the 10-day clock starts again for the new one": then it has stopped for the old one."""
    status_on = customer.get("status_on")
    return customer["status"] == "handed_over" and status_on is not None and status_on <= day


def rows_of(log: Log, form: str) -> list[Row]:
    """The rows of a form, none when the log has no such form."""
    return list(log.get(form, []))


def within(day: date | None, start: date, end: date) -> bool:
    """Whether a date is given and lies in the window, both ends in."""
    return day is not None and start <= day <= end
