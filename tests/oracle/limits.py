"""How long a case may take, and how long it took (DOMAIN §2 limits, §3 "Beside first_response …")."""

from datetime import date, datetime, time, timedelta
from fractions import Fraction

from .catalogue import Row, Settings, exact
from .counting import is_done, response_time, seconds
from .periods import days
from .targets import in_force, trading_day


def limit_row(settings: Settings, case: Row) -> Row | None:
    """The rule in force when the case was opened: one naming its channel beats one naming none, then the latest.

    Of two from the same day the lower holds. Blank cells of one naming its channel are as in the one naming none.
    """
    priority = case.get("priority") or "normal"
    found: Row | None = None
    for channel in (None, case.get("channel")):
        rows: list[Row] = []
        for row in settings.get("limits", []):
            if row["priority"] != priority or row.get("channel") != channel:
                continue
            if in_force(row, case["opened_at"].date()):
                rows.append(row)
        if rows:
            latest = max(reversed(rows), key=lambda row: row["from"])
            general = found or {"clock": "calendar"}
            found = {name: general.get(name) if cell is None else cell for name, cell in latest.items()}
    return found


def elapsed(settings: Settings, clock: str, start: datetime, end: datetime) -> Fraction:
    """Seconds from start to end: all of them, or those in the branch's opening hours of trading days."""
    if clock == "calendar":
        return seconds(end - start)
    total = timedelta(0)
    for day in days(start.date(), end.date()):
        if not trading_day(settings, day):
            continue
        for opens, closes in settings["hours"]:
            begin = max(start, datetime.combine(day, opens))
            finish = min(end, datetime.combine(day, closes))
            total += max(timedelta(0), finish - begin)
    return seconds(total)


def time_taken(settings: Settings, clock: str, case: Row, until: datetime) -> Fraction:
    """§3: "resolved_at − opened_at − waiting_minutes", in seconds."""
    return elapsed(settings, clock, case["opened_at"], until) - 60 * exact(case.get("waiting_minutes") or 0)


def responded_in_time(settings: Settings, case: Row) -> bool | None:
    """§3: "a case without a response time is *unknown*, never a success"; None: unknown, or no limit is set."""
    rule = limit_row(settings, case)
    if rule is None or rule.get("response_seconds") is None or response_time(case) is None:
        return None
    spent = elapsed(settings, rule["clock"], case["opened_at"], case["responded_at"])
    return spent <= exact(rule["response_seconds"])


def resolved_in_time(settings: Settings, case: Row, now: datetime) -> bool | None:
    """§3: "a case still open past its limit is a miss now"; None: still open within it, unknown, or no limit is set."""
    rule = limit_row(settings, case)
    if rule is None or rule.get("resolution_hours") is None:
        return None
    limit = 3600 * exact(rule["resolution_hours"])
    if is_done(case):
        if case.get("resolved_at") is None:
            return None
        return time_taken(settings, rule["clock"], case, case["resolved_at"]) <= limit
    return None if time_taken(settings, rule["clock"], case, now) <= limit else False


def day_past_limit(settings: Settings, case: Row, on: date) -> date | None:
    """The first day, up to `on`, at whose end an open case is past its limit; None when it is not."""
    if is_done(case):
        return None
    for day in days(case["opened_at"].date(), on):
        if resolved_in_time(settings, case, datetime.combine(day + timedelta(days=1), time())) is False:
            return day
    return None
