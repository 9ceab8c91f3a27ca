"""Days, ISO weeks, months and two months, each by its first and last day."""

from datetime import date, timedelta


def days(start: date, end: date) -> list[date]:
    """Every day of the window, both ends in."""
    found = []
    day = start
    while day <= end:
        found.append(day)
        day += timedelta(days=1)
    return found


def monday_of(day: date) -> date:
    """The Monday of the day's ISO week (DOMAIN §3: "Week: ISO week, Monday to Sunday")."""
    return day - timedelta(days=day.weekday())


def week_bounds(name: str) -> tuple[date, date]:
    """Monday and Sunday of a week named like 2026-W47."""
    year, week = name.split("-W")
    monday = date.fromisocalendar(int(year), int(week), 1)
    return monday, monday + timedelta(days=6)


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)


def month_bounds(day: date) -> tuple[date, date]:
    """First and last day of the month that holds the day."""
    return date(day.year, day.month, 1), last_of_month(day.year, day.month)


def two_month_bounds(day: date) -> tuple[date, date]:
    """First and last day of the two months that hold the day (§3: "Jan–Feb, Mar–Apr …")."""
    first_month = day.month if day.month % 2 == 1 else day.month - 1
    return date(day.year, first_month, 1), last_of_month(day.year, first_month + 1)


def name_bounds(name: str) -> tuple[date, date]:
    """First and last day of a report named 2026-W47 or 2026-11."""
    if "W" in name:
        return week_bounds(name)
    year, month = name.split("-")
    return month_bounds(date(int(year), int(month), 1))


def period_bounds(period: str, name: str, as_of: date) -> tuple[date, date]:
    """The whole period an indicator of a report covers (§3: "A report of week W").

    Day and week indicators cover what the report is named for; longer ones the month or two months that hold `as_of`.
    """
    if period == "month":
        return month_bounds(as_of)
    if period == "two_months":
        return two_month_bounds(as_of)
    return name_bounds(name)
