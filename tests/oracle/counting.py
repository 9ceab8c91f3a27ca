"""The 21 indicators of DOMAIN §3, one function each: what they count in a window of dates, both ends in."""

from collections.abc import Callable
from datetime import date, time, timedelta
from fractions import Fraction

from .catalogue import Figure, Log, Number, Row, exact, handed_over_by, is_contact, rows_of, within
from .periods import days

Counter = Callable[[Log, date, date], Figure]


def count(number: Number) -> Figure:
    """A plain count or sum: it has no denominator."""
    return number, number, None


def quotient(numerator: Number, denominator: Number) -> Figure:
    """A share, mean or rate: no value where there is nothing to divide by (§3: "blank, never 0 or 100 %")."""
    value = None if denominator == 0 else Fraction(numerator) / Fraction(denominator)
    return value, numerator, denominator


def activities(log: Log, kind: str, start: date, end: date) -> list[Row]:
    """The activities of one kind dated in the window."""
    return [row for row in rows_of(log, "activities") if row["kind"] == kind and within(row["date"], start, end)]


def effective(rows: list[Row]) -> list[Row]:
    """§1: "effective means the talk succeeded; blank means no"."""
    return [row for row in rows if row.get("effective") == "yes"]


def distinct_a_day(rows: list[Row]) -> Figure:
    """Each customer once a day: the days of a window add up to it."""
    seen = set()
    for row in rows:
        seen.add((row["date"], row["customer_id"]))
    return count(len(seen))


def customer_of(log: Log, row: Row) -> Row:
    """The customer a row is about."""
    for customer in rows_of(log, "customers"):
        if customer["customer_id"] == row["customer_id"]:
            return customer
    return {}


def wants_funds(customer: Row) -> bool:
    """§3: "public_fund holds or interested"."""
    return customer.get("public_fund") in ("holds", "interested")


def may_margin(customer: Row) -> bool:
    """§3: "assets ≥ 500,000"."""
    assets = customer.get("assets")
    return assets is not None and exact(assets) >= 500_000


def new_contacts(log: Log, start: date, end: date) -> Figure:
    """§3: "distinct customers with an effective new_contact"."""
    return distinct_a_day(effective(activities(log, "new_contact", start, end)))


def market_views(log: Log, start: date, end: date) -> Figure:
    """§3: "market_view rows"."""
    return count(len(activities(log, "market_view", start, end)))


def stock_views(log: Log, start: date, end: date) -> Figure:
    """§3: "stock_view rows"."""
    return count(len(activities(log, "stock_view", start, end)))


def intraday_alerts(log: Log, start: date, end: date) -> Figure:
    """§3: "intraday_alert rows"."""
    return count(len(activities(log, "intraday_alert", start, end)))


def fund_talks(log: Log, start: date, end: date) -> Figure:
    """§3: "distinct customers with an effective fund_talk, public_fund holds or interested"."""
    talks = effective(activities(log, "fund_talk", start, end))
    return distinct_a_day([row for row in talks if wants_funds(customer_of(log, row))])


def margin_talks(log: Log, start: date, end: date) -> Figure:
    """§3: "distinct customers with an effective margin_talk, assets ≥ 500,000"."""
    talks = effective(activities(log, "margin_talk", start, end))
    return distinct_a_day([row for row in talks if may_margin(customer_of(log, row))])


def revisits(log: Log, start: date, end: date) -> Figure:
    """§3: "an effective return_visit whose latest earlier effective customer contact is ≥ 14 days before"."""
    counted = []
    for visit in effective(activities(log, "return_visit", start, end)):
        earlier = [
            row["date"]
            for row in rows_of(log, "activities")
            if is_contact(row) and row["customer_id"] == visit["customer_id"] and row["date"] < visit["date"]
        ]
        if earlier and (visit["date"] - max(earlier)).days >= 14:
            counted.append(visit)
    return distinct_a_day(counted)


def novice_classes(log: Log, start: date, end: date) -> Figure:
    """§3: "novice_class rows"."""
    return count(len(activities(log, "novice_class", start, end)))


def veteran_classes(log: Log, start: date, end: date) -> Figure:
    """§3: "veteran_class rows"."""
    return count(len(activities(log, "veteran_class", start, end)))


def home_visits(log: Log, start: date, end: date) -> Figure:
    """§3: "effective home_visit rows"."""
    return count(len(effective(activities(log, "home_visit", start, end))))


def report_meetings(log: Log, start: date, end: date) -> Figure:
    """§3: "report_meeting rows"."""
    return count(len(activities(log, "report_meeting", start, end)))


def salons(log: Log, start: date, end: date) -> Figure:
    """§3: "salon rows"."""
    return count(len(activities(log, "salon", start, end)))


def advisory_contracts(log: Log, start: date, end: date) -> Figure:
    """§3: "opportunities won with product advisory_contract, by closed_on"."""
    won = 0
    for row in rows_of(log, "opportunities"):
        if row["product"] == "advisory_contract" and row["stage"] == "won" and within(row.get("closed_on"), start, end):
            won += 1
    return count(won)


def first_visits_on_time(log: Log, start: date, end: date) -> Figure:
    """§3: "the share with an effective return_visit from assigned_on to assigned_on + 10 days, both days in"."""
    due = on_time = 0
    for customer in rows_of(log, "customers"):
        tenth_day = customer["assigned_on"] + timedelta(days=10)
        if not within(tenth_day, start, end):
            continue
        due += 1
        visits = effective(activities(log, "return_visit", customer["assigned_on"], tenth_day))
        if any(row["customer_id"] == customer["customer_id"] for row in visits):
            on_time += 1
        elif handed_over_by(customer, tenth_day):
            due -= 1
    return quotient(on_time, due)


def cases_opened(log: Log, start: date, end: date) -> list[Row]:
    """§3: "the cases opened in the window"."""
    return [row for row in rows_of(log, "cases") if within(row["opened_at"].date(), start, end)]


def is_done(case: Row) -> bool:
    """§3: "now resolved or closed"."""
    return case["status"] in ("resolved", "closed")


def seconds(duration: timedelta) -> Fraction:
    """A duration in seconds, exactly."""
    return Fraction(duration // timedelta(microseconds=1), 1_000_000)


def csat(log: Log, start: date, end: date) -> Figure:
    """§3: "of the rated cases opened in the window, the share rated 4 or 5"."""
    rated = [case for case in cases_opened(log, start, end) if case.get("satisfaction") is not None]
    return quotient(len([case for case in rated if case["satisfaction"] in (4, 5)]), len(rated))


def response_time(case: Row) -> Fraction | None:
    """§3: in seconds; "unknown … so is one opened and answered on days without a time"."""
    opened, responded = case["opened_at"], case.get("responded_at")
    if responded is None or opened.time() == responded.time() == time.min:
        return None
    return seconds(responded - opened)


def first_response(log: Log, start: date, end: date) -> Figure:
    """§3: "mean of responded_at − opened_at over cases opened in the window that have both, in seconds"."""
    total = Fraction(0)
    answered = 0
    for case in cases_opened(log, start, end):
        taken = response_time(case)
        if taken is not None:
            total += taken
            answered += 1
    return quotient(total, answered)


def resolution_rate(log: Log, start: date, end: date) -> Figure:
    """§3: "of the cases opened in the window, the share now resolved or closed"."""
    opened = cases_opened(log, start, end)
    return quotient(len([case for case in opened if is_done(case)]), len(opened))


def is_repeat(log: Log, case: Row) -> bool:
    """§3: "that name repeat_of, or follow within 7 days a case of the same customer and category".

    Of two cases opened at the same second the one with the smaller id is the earlier.
    """
    if case.get("repeat_of") is not None:
        return True
    if case.get("customer_id") is None:
        return False
    for other in rows_of(log, "cases"):
        alike = other.get("customer_id") == case["customer_id"] and other["category"] == case["category"]
        gap = case["opened_at"] - other["opened_at"]
        is_earlier = gap > timedelta(0) or (gap == timedelta(0) and other["case_id"] < case["case_id"])
        if alike and is_earlier and gap <= timedelta(days=7):
            return True
    return False


def repeat_rate(log: Log, start: date, end: date) -> Figure:
    """§3: "of the cases opened in the window, the share" of repeats."""
    opened = cases_opened(log, start, end)
    return quotient(len([case for case in opened if is_repeat(log, case)]), len(opened))


def resolutions(log: Log, start: date, end: date) -> list[Row]:
    """§3: "cases resolved in the window": resolved at a time in it, and still so."""
    found = []
    for case in rows_of(log, "cases"):
        resolved_at = case.get("resolved_at")
        if is_done(case) and resolved_at is not None and within(resolved_at.date(), start, end):
            found.append(case)
    return found


def cases_per_hour(log: Log, start: date, end: date) -> Figure:
    """§3: "cases resolved in the window ÷ service_hours in the window"."""
    hours = Fraction(0)
    for row in rows_of(log, "worktime"):
        if within(row["date"], start, end) and row.get("service_hours") is not None:
            hours += exact(row["service_hours"])
    return quotient(len(resolutions(log, start, end)), hours)


def churn_rate(log: Log, start: date, end: date) -> Figure:
    """§3: "customers whose status_on with transferred_out falls in the window ÷ customers" still here."""
    left = here = 0
    for customer in rows_of(log, "customers"):
        gone = customer["status"] in ("transferred_out", "handed_over")
        gone_on = customer.get("status_on")
        if customer["status"] == "transferred_out" and within(gone_on, start, end):
            left += 1
        gone_before = gone and gone_on is not None and max(gone_on, customer["assigned_on"]) < start
        if customer["assigned_on"] < start and not gone_before:
            here += 1
    return quotient(left, here)


def training_hours(log: Log, start: date, end: date) -> Figure:
    """§3: "sum of hours"."""
    total = Fraction(0)
    for row in rows_of(log, "training"):
        if within(row["date"], start, end):
            total += exact(row["hours"])
    return count(total)


COUNTERS: dict[str, Counter] = {
    "new_contacts": new_contacts,
    "market_views": market_views,
    "stock_views": stock_views,
    "intraday_alerts": intraday_alerts,
    "fund_talks": fund_talks,
    "margin_talks": margin_talks,
    "revisits": revisits,
    "novice_classes": novice_classes,
    "veteran_classes": veteran_classes,
    "home_visits": home_visits,
    "report_meetings": report_meetings,
    "salons": salons,
    "advisory_contracts": advisory_contracts,
    "first_visits_on_time": first_visits_on_time,
    "csat": csat,
    "first_response": first_response,
    "resolution_rate": resolution_rate,
    "repeat_rate": repeat_rate,
    "cases_per_hour": cases_per_hour,
    "churn_rate": churn_rate,
    "training_hours": training_hours,
}


def values(log: Log, start: date, end: date) -> dict[str, Figure]:
    """Every indicator in a window, both ends in, as value, numerator and denominator (None for counts and sums)."""
    return {code: counter(log, start, end) for code, counter in COUNTERS.items()}


def by_day(log: Log, code: str, start: date, end: date) -> dict[date, Number | None]:
    """One indicator on each day of a window: each day is a window of its own."""
    return {day: COUNTERS[code](log, day, day)[0] for day in days(start, end)}
