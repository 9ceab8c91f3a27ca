"""A slow, obvious second computation of every figure, written from DOMAIN.md alone and sharing no code with reportkit.

A log is a dict of form code to rows, a row a dict of column code to a typed value or None; only valid rows are given.
The settings are a dict as well: `roster`, `targets` and `limits` are lists of rows, `exchange_days` a set of dates,
`calendar` a dict of date to "off" or "work", `hours` the branch's opening hours as pairs of times.
Shares, targets and attainments are exact fractions.
"""

from .catalogue import CATALOGUE, Indicator
from .counting import by_day, values
from .desk import service
from .duelist import REASONS, due, first_visits, is_active
from .periods import month_bounds, two_month_bounds, week_bounds
from .reports import grade, report, score, team
from .targets import target, target_in_force, trading_day, weight, working_day, working_days

__all__ = [
    "CATALOGUE",
    "REASONS",
    "Indicator",
    "by_day",
    "due",
    "first_visits",
    "grade",
    "is_active",
    "month_bounds",
    "report",
    "score",
    "service",
    "target",
    "target_in_force",
    "team",
    "trading_day",
    "two_month_bounds",
    "values",
    "week_bounds",
    "weight",
    "working_day",
    "working_days",
]
