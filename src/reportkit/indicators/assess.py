"""Value, target, attainment, pace, days met, score and grade of a window (DOMAIN §3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np

from reportkit.definitions.figures import BLANK, MOST_MORE, percent, rounded
from reportkit.indicators.counting import NOTHING, Series, value_of, value_over
from reportkit.indicators.targets import Duty
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import Span, Worked, is_month, named_span, period_span
from reportkit.settings.indicator_rows import PERIODS_OF_A_WEEK, Direction, Indicator, Period

Grade = Literal["A", "B", "C", "D"]
CAP: Final = 1.2
JUST_SHORT: Final = 0.995  # is 100 % once rounded
GRADES: Final[tuple[tuple[float, Grade], ...]] = ((90.0, "A"), (75.0, "B"), (60.0, "C"), (0.0, "D"))
FEW: Final = 5  # a share of fewer observations is shown with its counts and greyed
_ROUNDING: Final = 1e-9  # a target of 1/5 × 5 days must be met by 1


@dataclass(frozen=True, slots=True)
class Assessment:
    """One indicator over one window. Shares are fractions; None is not assessed, never 0.

    `window` is the whole period, `until` the last day counted, `target_so_far` the target of the
    working days until then. `daily` has a value for every day from the window's start to `until`, and `daily_targets`
    what was asked of it, where that is asked of days.
    """

    indicator: Indicator
    window: Span
    until: dt.date
    value: float | None
    numerator: float
    denominator: float | None
    target: float | None
    stretch: float | None
    weight: float
    target_so_far: float | None
    attainment: float | None
    working_days: float
    days_met: int | None = None
    daily: tuple[float | None, ...] = ()
    daily_targets: tuple[float | None, ...] = ()

    @property
    def by_day(self) -> dict[dt.date, float | None]:
        """The value of every day counted."""
        return self._dated(self.daily)

    @property
    def target_by_day(self) -> dict[dt.date, float | None]:
        """What was asked of every day counted; nothing where days are not asked for."""
        return self._dated(self.daily_targets)

    @property
    def assessed(self) -> bool:
        """Whether there is an attainment: a target, and something under a ratio or mean."""
        return self.attainment is not None

    @property
    def met(self) -> bool:
        """Whether the target is reached."""
        return is_met(self.attainment)

    @property
    def pace(self) -> float | None:
        """The value against the target of the working days so far."""
        return attainment(self.indicator.direction, self.value, self.target_so_far)

    @property
    def few(self) -> bool:
        """Whether a share stands on too few observations to be relied on."""
        return self.denominator is not None and self.denominator < FEW

    @property
    def left(self) -> int | None:
        """What is left to do, rounded up; None where the target is no amount to do."""
        if self.target is None or not self.indicator.scaled or self.value is None:
            return None
        return max(0, int(np.ceil(self.target - self.value - _ROUNDING)))

    def _dated(self, daily: Sequence[float | None]) -> dict[dt.date, float | None]:
        return {self.window.start + dt.timedelta(days=at): value for at, value in enumerate(daily)}


class PastFigure(NamedTuple):
    """One indicator over the window of a past week: of an assessment what adds up; what is shown follows from it.

    A branch has thousands of them: tuples are made fastest.
    """

    indicator: Indicator
    numerator: float
    denominator: float | None
    target: float | None
    weight: float

    @property
    def value(self) -> float | None:
        """The figure; None where nothing lies under a ratio or a mean."""
        return value_over(self.numerator, self.denominator)

    @property
    def attainment(self) -> float | None:
        """The value against the target; None where it is not assessed."""
        return attainment(self.indicator.direction, self.value, self.target)

    @property
    def met(self) -> bool:
        """Whether the target is reached."""
        return is_met(self.attainment)


def is_met(attainment: float | None) -> bool:
    """Return whether an attainment or a pace reaches what was asked."""
    return attainment is not None and attainment >= 1 - _ROUNDING


def just_short(attainment: float | None) -> bool:
    """Return whether an attainment reads 100 % in whole percent without reaching what was asked."""
    return attainment is not None and attainment >= JUST_SHORT and not is_met(attainment)


def attained(attainment: float | None) -> str:
    """Return an attainment or a pace as it is read: in whole percent, just short of all in tenths."""
    return percent(attainment, 1 if just_short(attainment) else 0)


def attainment(direction: Direction, value: float | None, target: float | None) -> float | None:
    """Return the attainment: at least, value ÷ target; at most, 1 where the target is kept, else target ÷ value."""
    if value is None or target is None:
        return None
    if direction == "at_most":
        return 1.0 if value <= target + _ROUNDING else target / value
    return value / target if target > 0 else None


def assess(indicator: Indicator, days: Series, duty: Duty, window: Span, as_of: dt.date) -> Assessment:
    """Return an indicator over a window, counted up to `as_of`; its target is the whole window's."""
    counted = window.until(as_of)
    value, numerator, denominator = value_of(indicator, days, counted)
    whole = duty.worked(window)
    so_far = whole if counted == window else duty.worked(counted)
    goal = duty.goal(indicator, whole)
    goal_so_far = duty.goal(indicator, so_far) if indicator.scaled and so_far is not whole else goal
    of_days = indicator.period == "day"
    values = _daily(indicator, days, so_far)
    asked = duty.day_targets(indicator, so_far) if of_days else []
    return Assessment(
        indicator=indicator,
        window=window,
        until=counted.end,
        value=value,
        numerator=numerator,
        denominator=denominator,
        target=goal.target,
        stretch=goal.stretch,
        weight=goal.weight,
        target_so_far=goal_so_far.target,
        attainment=attainment(indicator.direction, value, goal.target),
        working_days=whole.total,
        days_met=_days_met(indicator.direction, values, asked) if of_days and goal.target is not None else None,
        daily=tuple(values),
        daily_targets=tuple(asked),
    )


def past_figure(indicator: Indicator, days: Series, duty: Duty, window: Span, as_of: dt.date) -> PastFigure:
    """Return what adds up over a past week of what `assess` returns."""
    _, numerator, denominator = value_of(indicator, days, window.until(as_of))
    goal = duty.goal(indicator, duty.worked(window))
    return PastFigure(indicator, numerator, denominator, goal.target, goal.weight)


def _daily(indicator: Indicator, days: Series, counted: Worked) -> list[float | None]:
    """Return the value of every day counted; nothing under a share or mean is None."""
    values = days.of_days(counted.dates)
    if indicator.adds_up:
        return [over for over, _ in values]
    if indicator.counts_stock:  # a day indicator's day is a window of its own
        starts = counted.dates if indicator.period == "day" else [counted.span.start] * len(values)
        values = [(over, days.stock(start)) for (over, _), start in zip(values, starts, strict=True)]
    return [over / under if under else None for over, under in values]


def _days_met(direction: Direction, values: Sequence[float | None], asked: Sequence[float | None]) -> int:
    """Return on how many days the day's target was reached, of those that have one."""
    pairs = [
        (value, target) for value, target in zip(values, asked, strict=True) if value is not None and target is not None
    ]
    if direction == "at_most":
        return sum(value <= target + _ROUNDING for value, target in pairs)
    return sum(value >= target - _ROUNDING for value, target in pairs)


def assess_report(
    settings: Settings, duty: Duty, days: Mapping[str, Series], name: str, today: dt.date
) -> tuple[Assessment, ...]:
    """Return every indicator as the report of a week (`2026-W47`) or a month (`2026-11`) shows it.

    Day and week indicators are over what the report is named for, longer ones over the period that holds its last day.
    """
    return tuple(
        assess(one, days.get(one.code, NOTHING), duty, window, as_of)
        for one, window, as_of in windows(settings, name, today)
    )


def windows(settings: Settings, name: str, today: dt.date) -> Iterator[tuple[Indicator, Span, dt.date]]:
    """Yield every indicator with the window a report shows it over, and the day up to which it is counted."""
    span = named_span(name)
    as_of = min(span.end, today)
    for indicator in settings.indicators:
        yield indicator, window_of(indicator.period, span, as_of), as_of


def window_of(period: Period, span: Span, as_of: dt.date) -> Span:
    """Return what a report of a span shows an indicator of a period over."""
    return span if period in PERIODS_OF_A_WEEK else period_span(period, as_of)


def score_of(name: str, assessments: Iterable[Assessment]) -> float | None:
    """Return the score of a report: a week's uses its day and week indicators, a month's all."""
    return score(assessments, _scored(name))


def pace_of(name: str, assessments: Iterable[Assessment]) -> float | None:
    """Return the score of a report under way by the pace of its indicators, not by what the whole of it asks for."""
    periods = _scored(name)
    return _points((one.weight, one.pace) for one in assessments if periods is None or one.indicator.period in periods)


def _scored(name: str) -> tuple[Period, ...] | None:
    return None if is_month(name) else PERIODS_OF_A_WEEK


def score(
    assessments: Iterable[Assessment | PastFigure], periods: Sequence[str] | None = PERIODS_OF_A_WEEK
) -> float | None:
    """Return 100 × Σ weight × min(attainment, 1.2) ÷ Σ weight over the assessed; None where nothing is.

    A week's score uses its day and week indicators; pass None for a month's, which uses all.
    """
    scored = (one for one in assessments if periods is None or one.indicator.period in periods)
    return _points((one.weight, one.attainment) for one in scored)


def _points(weighted: Iterable[tuple[float, float | None]]) -> float | None:
    """Return 100 × Σ weight × min(reached, 1.2) ÷ Σ weight over what is assessed."""
    used = [(weight, min(reached, CAP)) for weight, reached in weighted if reached is not None]
    weight = sum(weight for weight, _ in used)
    return 100 * sum(weight * reached for weight, reached in used) / weight if weight else None


def grade(points: float | None) -> Grade | None:
    """Return the grade of a score: A from 90, B from 75, C from 60, else D."""
    if points is None:
        return None
    return next(letter for least, letter in GRADES if points >= least - _ROUNDING)


def finer_points(score: float) -> int:
    """Return how many decimals more than one a score is read with, to fit its grade: 89.96 is B, which 90.0 is not."""
    return next((more for more in range(MOST_MORE) if grade(float(rounded(score, 1 + more))) == grade(score)), 0)


def points(score: float | None) -> str:
    """Return a score as it is read beside its grade."""
    return BLANK if score is None else str(rounded(score, 1 + finer_points(score)))
