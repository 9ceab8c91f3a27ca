"""Working days, targets and weights (DOMAIN §2 targets, §3 Arithmetic)."""

from datetime import date
from fractions import Fraction

from .catalogue import Log, Row, Settings, exact, indicators_of, rows_of
from .periods import days, monday_of

LEAVE = {"none": Fraction(0), "half": Fraction(1, 2), "full": Fraction(1)}


def in_force(row: Row, day: date) -> bool:
    """Whether a dated settings row holds on a day: from `from` through `to`, a blank `to` never ends."""
    return (row["from"] is None or row["from"] <= day) and (row.get("to") is None or day <= row["to"])


def trading_day(settings: Settings, day: date) -> bool:
    """§3: "trading days of the Shanghai exchange, changed by the calendar sheet"."""
    override = settings.get("calendar", {}).get(day)
    if override is not None:
        return bool(override == "work")
    return day in settings["exchange_days"]


def roster_row(settings: Settings, advisor: str, day: date) -> Row | None:
    """The advisor's roster row in force on a day: of several the latest."""
    rows = [row for row in settings["roster"] if row["advisor_id"] == advisor and in_force(row, day)]
    return max(rows, key=lambda row: row["from"] or date.min) if rows else None


def working_day(settings: Settings, log: Log, advisor: str, day: date) -> Fraction:
    """§3: trading days "less the advisor's leave (half = 0.5) and the days outside their from–to in the roster"."""
    if not trading_day(settings, day) or roster_row(settings, advisor, day) is None:
        return Fraction(0)
    leave = Fraction(0)
    for row in rows_of(log, "worktime"):
        if row["date"] == day:
            leave += LEAVE[row.get("leave") or "none"]
    return max(Fraction(0), 1 - leave)


def working_days(settings: Settings, log: Log, advisor: str, start: date, end: date) -> Fraction:
    """The working days of a window, halves counted as halves."""
    return sum((working_day(settings, log, advisor, day) for day in days(start, end)), Fraction(0))


def last_working_day(settings: Settings, log: Log, advisor: str, start: date, end: date) -> date | None:
    """The last day of a window on which the advisor works at all."""
    worked = [day for day in days(start, end) if working_day(settings, log, advisor, day) > 0]
    return worked[-1] if worked else None


def target_row(settings: Settings, advisor: str, code: str, day: date) -> Row | None:
    """§2: "The row in force on a day: advisor beats level beats all; of several, the latest `from`"."""
    place = roster_row(settings, advisor, day)
    who = {"advisor": advisor, "level": place["level"] if place else None}
    for scope in ("advisor", "level", "all"):
        rows: list[Row] = []
        for row in settings["targets"]:
            meant = scope == "all" or (who[scope] is not None and row["who"] == who[scope])
            if row["indicator"] == code and row["scope"] == scope and meant and in_force(row, day):
                rows.append(row)
        if rows:
            return max(rows, key=lambda row: row["from"])
    return None


def target_in_force(settings: Settings, advisor: str, code: str, day: date, column: str = "target") -> Fraction | None:
    """The target, or the stretch, of an indicator on a day, unscaled; None when no row is in force."""
    row = target_row(settings, advisor, code, day)
    return None if row is None or row.get(column) is None else exact(row[column])


def weight(settings: Settings, log: Log, advisor: str, code: str, start: date, end: date) -> Fraction:
    """§3: "Weights are 1 unless set": of the row in force on the last working day of the period that has a target."""
    worked = [day for day in days(start, end) if working_day(settings, log, advisor, day) > 0]
    asked = [day for day in worked if target_in_force(settings, advisor, code, day) is not None]
    last = asked[-1:] if indicators_of(settings)[code].scaled else worked[-1:]
    row = target_row(settings, advisor, code, last[0]) if last else None
    if row is None or row.get("weight") is None:
        return Fraction(1)
    return exact(row["weight"])


def target(
    settings: Settings,
    log: Log,
    advisor: str,
    code: str,
    period_start: date,
    period_end: date,
    until: date | None = None,
    column: str = "target",
) -> Fraction | None:
    """The target, or the stretch, of a whole period, or of its working days up to `until`; None: not assessed.

    `until` matters to scaled targets only: §3: "A share, a mean, a rate and an at-most target is never scaled."
    """
    if not indicators_of(settings)[code].scaled:
        last = last_working_day(settings, log, advisor, period_start, period_end)
        return None if last is None else target_in_force(settings, advisor, code, last, column)
    parts: dict[date, tuple[Fraction, Fraction]] = {}
    for day in days(period_start, period_end if until is None else min(until, period_end)):
        share = working_day(settings, log, advisor, day)
        wanted = target_in_force(settings, advisor, code, day, column)
        if share > 0 and wanted is not None:
            parts[day] = (wanted * share, wanted)
    if not parts:
        return None
    period = indicators_of(settings)[code].period
    if period == "day":
        return sum((part for part, _ in parts.values()), Fraction(0))
    if period == "week":
        return weekly(parts)
    trading = len([day for day in days(period_start, period_end) if trading_day(settings, day)])
    return sum((part for part, _ in parts.values()), Fraction(0)) / trading


def weekly(parts: dict[date, tuple[Fraction, Fraction]]) -> Fraction:
    """§3: "÷ 5 for a week (never more than the week's target in all)", each ISO week by itself."""
    total = Fraction(0)
    for monday in sorted({monday_of(day) for day in parts}):
        week = [pair for day, pair in parts.items() if monday_of(day) == monday]
        asked = sum((part for part, _ in week), Fraction(0)) / 5
        total += min(asked, max(wanted for _, wanted in week))
    return total
