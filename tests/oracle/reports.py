"""A week's or a month's report of one advisor or of a team (DOMAIN §3 Arithmetic)."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Any

from .asked import Asked
from .catalogue import Figure, Indicator, Log, Number, Settings, indicators_of
from .counting import values
from .periods import days, name_bounds, period_bounds
from .targets import target, target_in_force, weight, working_day, working_days

Line = dict[str, Any]
Report = dict[str, Line]


def attainment(indicator: Indicator | Asked, value: Number | None, wanted: Fraction | None) -> Fraction | None:
    """§3: "at least: value ÷ target. At most: 1 where value ≤ target, else target ÷ value."; None: not assessed."""
    if value is None or wanted is None:
        return None
    if indicator.at_most:
        return Fraction(1) if value <= wanted else wanted / Fraction(value)
    return None if wanted == 0 else Fraction(value) / wanted


def left(indicator: Indicator | Asked, value: Number | None, wanted: Fraction | None) -> int | None:
    """§3: "what is left to do is shown rounded up"; None where the target is no amount to do."""
    return None if value is None or wanted is None or not indicator.scaled else max(0, ceil(wanted - value))


def figure(settings: Settings, log: Log, code: str, start: date, end: date) -> Figure:
    """What an indicator counts in a window of dates, both ends in."""
    indicator = indicators_of(settings)[code]
    return indicator.figure(log, start, end) if isinstance(indicator, Asked) else values(log, start, end)[code]


def as_of_day(name: str, today: date) -> date:
    """§3: "as of its Sunday, or of today inside it"; a month likewise."""
    first, last = name_bounds(name)
    if today < first:
        raise ValueError(f"{name} has not begun on {today}")
    return min(last, today)


def days_met(settings: Settings, log: Log, advisor: str, code: str, start: date, end: date) -> int:
    """§3: "of the working days, those whose value reaches the day's target" (a half day's is half)."""
    met = 0
    for day in days(start, end):
        value = figure(settings, log, code, day, day)[0]
        share = working_day(settings, log, advisor, day)
        wanted = target_in_force(settings, advisor, code, day)
        if share == 0 or wanted is None or value is None:
            continue
        indicator = indicators_of(settings)[code]
        reached = value <= wanted if indicator.at_most else value >= (wanted * share if indicator.scaled else wanted)
        met += reached
    return met


def line(settings: Settings, log: Log, advisor: str, code: str, name: str, as_of: date) -> Line:
    """One indicator of a report."""
    indicator = indicators_of(settings)[code]
    start, end = period_bounds(indicator.period, name, as_of)
    value, numerator, denominator = figure(settings, log, code, start, as_of)
    wanted = target(settings, log, advisor, code, start, end)
    so_far = target(settings, log, advisor, code, start, end, until=as_of)
    reached = attainment(indicator, value, wanted)
    counts_days = indicator.period == "day" and wanted is not None
    return {
        "indicator": indicator,
        "window": (start, as_of),
        "value": value,
        "numerator": numerator,
        "denominator": denominator,
        "target": wanted,
        "stretch": target(settings, log, advisor, code, start, end, column="stretch"),
        "target_so_far": so_far,
        "attainment": reached,
        "pace": attainment(indicator, value, so_far) if as_of < end else reached,
        "assessed": reached is not None,
        "left": left(indicator, value, wanted),
        "working_days": working_days(settings, log, advisor, start, end),
        "days_met": days_met(settings, log, advisor, code, start, as_of) if counts_days else None,
        "weight": weight(settings, log, advisor, code, start, end),
    }


def report(settings: Settings, log: Log, advisor: str, name: str, today: date) -> Report:
    """Every indicator of the report named 2026-W47 or 2026-11, as of `today` or its last day."""
    as_of = as_of_day(name, today)
    return {code: line(settings, log, advisor, code, name, as_of) for code in indicators_of(settings)}


def score(lines: Mapping[str, Line], name: str) -> Fraction | None:
    """§3: "100 × Σ weight × min(attainment, 1.2) ÷ Σ weight over the assessed indicators"; None when none is.

    "The score of a week uses its day and week indicators; of a month, all."
    """
    earned = possible = Fraction(0)
    for figures in lines.values():
        if "W" in name and figures["indicator"].period not in ("day", "week"):
            continue
        if figures["attainment"] is None:
            continue
        earned += figures["weight"] * min(figures["attainment"], Fraction(12, 10))
        possible += figures["weight"]
    return None if possible == 0 else 100 * earned / possible


def grade(points: Fraction | None) -> str | None:
    """§3: "grades A ≥ 90, B ≥ 75, C ≥ 60, D"."""
    if points is None:
        return None
    if points >= 90:
        return "A"
    if points >= 75:
        return "B"
    return "C" if points >= 60 else "D"


def total(numbers: list[Any]) -> Any:
    """The sum of the numbers that are given, None when none is."""
    given = [number for number in numbers if number is not None]
    return sum(given) if given else None


def team_target(indicator: Indicator | Asked, lines: list[Line], key: str) -> Fraction | None:
    """The members' targets added up; of a share, a mean or a rate their mean, weighted by their denominators."""
    members = [member for member in lines if member[key] is not None]
    if not members:
        return None
    if not indicator.is_quotient:
        return sum((member[key] for member in members), Fraction(0))
    whole = sum((Fraction(member["denominator"]) for member in members), Fraction(0))
    if whole == 0:
        return sum((member[key] for member in members), Fraction(0)) / len(members)
    return sum((member[key] * Fraction(member["denominator"]) for member in members), Fraction(0)) / whole


def mean_weight(lines: list[Line]) -> Fraction:
    """The mean weight of the members who have a target; nobody's weighs 1."""
    weights = [member["weight"] for member in lines if member["target"] is not None]
    return sum(weights, Fraction(0)) / len(weights) if weights else Fraction(1)


def team(reports: list[Report]) -> Report:
    """§3: "Σ values ÷ Σ targets; for a share, Σ numerators ÷ Σ denominators; never the mean of percentages."."""
    joint: Report = {}
    for code in reports[0]:
        lines = [one[code] for one in reports]
        indicator = lines[0]["indicator"]
        numerator = total([member["numerator"] for member in lines])
        denominator = total([member["denominator"] for member in lines])
        value = numerator
        if indicator.is_quotient:
            value = Fraction(numerator) / Fraction(denominator) if denominator else None
        wanted = team_target(indicator, lines, "target")
        reached = attainment(indicator, value, wanted)
        joint[code] = {
            "indicator": indicator,
            "window": lines[0]["window"],
            "value": value,
            "numerator": numerator,
            "denominator": denominator,
            "target": wanted,
            "stretch": team_target(indicator, lines, "stretch"),
            "target_so_far": team_target(indicator, lines, "target_so_far"),
            "attainment": reached,
            "pace": attainment(indicator, value, team_target(indicator, lines, "target_so_far")),
            "assessed": reached is not None,
            "left": left(indicator, value, wanted),
            "working_days": total([member["working_days"] for member in lines]),
            "days_met": total([member["days_met"] for member in lines]),
            "weight": mean_weight(lines),
        }
    return joint
