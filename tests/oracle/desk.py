"""What the service sheet shows beside the indicators (DOMAIN §3 "Beside first_response the service sheet shows …")."""

from datetime import date, datetime
from fractions import Fraction
from typing import Any

from .catalogue import Figure, Log, Settings
from .counting import cases_opened, is_done, quotient, resolutions, response_time
from .limits import resolved_in_time, responded_in_time, time_taken


def percentile(numbers: list[Fraction], share: Fraction) -> Fraction | None:
    """The percentile, interpolated between the two nearest numbers; None of no numbers."""
    if not numbers:
        return None
    ordered = sorted(numbers)
    place = share * (len(ordered) - 1)
    below = place.numerator // place.denominator
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def share_of(verdicts: list[bool | None]) -> Figure:
    """The share of successes among the verdicts that are known."""
    known = [verdict for verdict in verdicts if verdict is not None]
    return quotient(len([verdict for verdict in known if verdict]), len(known))


def service(log: Log, settings: Settings, start: date, end: date, now: datetime) -> dict[str, Any]:
    """The service figures of the cases opened in a window, both ends in; shares as value, numerator, denominator."""
    opened = cases_opened(log, start, end)
    waits = [taken for case in opened if (taken := response_time(case)) is not None]
    taken = [
        time_taken(settings, "calendar", case, case["resolved_at"])
        for case in opened
        if is_done(case) and case.get("resolved_at") is not None
    ]
    customers = {case["customer_id"] for case in opened if case.get("customer_id") is not None}
    return {
        "response_p50": percentile(waits, Fraction(1, 2)),
        "response_p90": percentile(waits, Fraction(9, 10)),
        "response_within_limit": share_of([responded_in_time(settings, case) for case in opened]),
        "response_coverage": quotient(len(waits), len(opened)),
        "mean_resolution": quotient(sum(taken, Fraction(0)), len(taken)),
        "resolution_within_limit": share_of([resolved_in_time(settings, case, now) for case in opened]),
        "reopen_rate": quotient(len([case for case in opened if (case.get("reopened") or 0) > 0]), len(opened)),
        "cases": len(opened),
        "customers": len(customers),
        "closures": len(resolutions(log, start, end)),
    }
