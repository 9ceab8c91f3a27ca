"""Target advice: what an advisor's targets could be, from what was reached and what the customers need (DOMAIN §7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor
from statistics import quantiles
from typing import Final, Literal, NamedTuple

from reportkit.customers.rotation import eligible
from reportkit.customers.segments import Sorting, bands, sorting_of
from reportkit.definitions.advice_words import FEW, JOINT, NEED, NEED_PART, PERIODS, REACHED, STOP, VERDICTS
from reportkit.definitions.choices import CUSTOMER_KINDS, PERIOD
from reportkit.definitions.figures import DECIMALS, figure
from reportkit.definitions.text import Language, Text
from reportkit.indicators.assess import FEW as FEW_OBSERVED
from reportkit.indicators.counting import NOTHING, Series, value_of
from reportkit.indicators.targets import DAYS_OF_A_WEEK, Duty
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import Span, period_span
from reportkit.settings.indicator_rows import PERIODS_OF_A_WEEK, Indicator
from reportkit.summary.summaries import Work

Verdict = Literal["few", "keep", "raise", "lower", "set", "standard", "tighten"]
CHANGES: Final = frozenset[Verdict]({"raise", "lower", "set", "tighten"})
WEEKS: Final = 8
LONGER_PERIODS: Final = 6  # of an indicator counted by the month or two months, so many whole ones
LEAST_PERIODS: Final = 4  # fewer say too little to move a target
LEAST_WORKED: Final = 0.5  # of a period's days; one mostly on leave says nothing of what can be reached
NEW: Final = "new_contact"  # a first talk follows no cadence
# in what steps a target of a unit is written
_STEP: Final = {"times": 1.0, "customers": 1.0, "contracts": 1.0, "seconds": 1.0, "yuan": 1.0, "percent": 0.01}
_FINE: Final = 0.1
_ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Need:
    """What the customers of one segment need: each a contact every so many working days."""

    segment: str
    name: Text
    customers: int
    cadence_days: float

    @property
    def per_day(self) -> float:
        """Contacts a working day."""
        return self.customers / self.cadence_days

    def message(self, language: Language) -> str:
        """Return the sum in words."""
        days = f"{self.cadence_days:g}"
        return NEED_PART.fill(language, name=self.name.to(language), customers=self.customers, days=days)


@dataclass(frozen=True, slots=True)
class Advice:
    """An advisor's target of one indicator as it could be, in the indicator's own period and unit.

    `median`, `good` and `sure` are of the `periods` whole periods before today: `good` is the better quartile (the
    upper one, of an at-most indicator the lower), `sure` the worse: three periods in four kept it. A plain sum is
    taken as if no leave had been; a share of fewer than 5 observations is left out. `needs` are of the indicators that
    count customers talked to.
    """

    advisor_id: str
    indicator: Indicator
    target: float | None
    periods: int
    median: float | None
    good: float | None
    sure: float | None
    needs: tuple[Need, ...]
    suggested: float | None
    verdict: Verdict

    @property
    def changes(self) -> bool:
        """Whether the suggestion is another target than the one in force."""
        return self.verdict in CHANGES

    @property
    def need(self) -> float | None:
        """What the customers need a period, None where the indicator is no matter of cadence."""
        if not self.needs:
            return None
        days = 1 if self.indicator.period == "day" else DAYS_OF_A_WEEK
        return days * sum(one.per_day for one in self.needs)

    def message(self, language: Language) -> str:
        """Return the sentence that explains the suggestion."""

        def shown(value: float | None) -> str:
            return figure(value, self.indicator.unit, language)

        periods = PERIODS[self.indicator.period].fill(language, number=self.periods)
        words = {"periods": periods, "target": shown(self.target), "suggested": shown(self.suggested)}
        if self.verdict == "few":
            return FEW.fill(language, least=LEAST_PERIODS, **words)
        parts = [REACHED.fill(language, median=shown(self.median), good=shown(self.good), **words)]
        if self.needs:
            a_period = PERIOD.labels[self.indicator.period].to(language).lower()
            sums = JOINT.to(language).join(one.message(language) for one in self.needs)
            parts.append(NEED.fill(language, period=a_period, need=shown(self.need), sums=sums))
        return STOP.to(language).join([*parts, VERDICTS[self.verdict].fill(language, **words)])


def advise(works: Sequence[Work], settings: Settings, today: dt.date) -> tuple[Advice, ...]:
    """Return advice for every advisor in service and indicator that has a target today, or figures to set one by."""
    serving = (work for work in works if settings.logs_within(work.facts.advisor_id, Span(today, today)))
    return tuple(one for work in serving for one in _of_advisor(work, settings, today))


def _of_advisor(work: Work, settings: Settings, today: dt.date) -> list[Advice]:
    """Return one advisor's advice, in the order of the indicators."""
    sorting = sorting_of(work.facts, settings, today)
    first = work.begun_on or today
    periods = {
        period: list(_worked_periods(period, work.duty, first, today))
        for period in {indicator.period for indicator in settings.indicators}
    }
    found = [_advice(work, sorting, indicator, periods[indicator.period], today) for indicator in settings.indicators]
    return [one for one in found if one.target is not None or one.suggested]  # a target of 0 would ask for nothing


def _advice(work: Work, sorting: Sorting, indicator: Indicator, periods: Sequence[_Period], today: dt.date) -> Advice:
    row = work.duty.row(indicator.code, today)
    target = row.target if row else None
    days = work.days.get(indicator.code, NOTHING)
    reached = [value for one in periods if (value := _reached(indicator, days, one)) is not None]
    lower, median, upper = _quartiles(reached)
    good, sure = (lower, upper) if indicator.direction == "at_most" else (upper, lower)
    needs = _needs(sorting, indicator)
    bare = Advice(work.facts.advisor_id, indicator, target, len(reached), median, good, sure, needs, target, "few")
    return _judged(bare)


def _quartiles(reached: list[float]) -> Sequence[float] | tuple[None, None, None]:
    """Return the quartiles, interpolated; None of nothing."""
    if not reached:
        return None, None, None
    return quantiles(reached, n=4, method="inclusive") if len(reached) > 1 else reached * 3


class _Period(NamedTuple):
    """A whole period: how many working days it has, and how many of them were worked."""

    span: Span
    whole: int
    worked: float


def _worked_periods(period: str, duty: Duty, first: dt.date, today: dt.date) -> Iterator[_Period]:
    """Yield the whole periods before today's since the first day, latest first; none of which too little was worked."""
    for span in _whole_periods(period, today):
        whole = DAYS_OF_A_WEEK if period in PERIODS_OF_A_WEEK else duty.settings.calendar.trading_days(span)
        worked = duty.working_days(span)
        if span.start >= first and worked and worked >= LEAST_WORKED * whole:
            yield _Period(span, whole, worked)


def _whole_periods(period: str, today: dt.date) -> list[Span]:
    """Return the whole periods before today's, latest first: weeks where days or weeks are counted, else as counted."""
    short = period in PERIODS_OF_A_WEEK
    period, number = ("week", WEEKS) if short else (period, LONGER_PERIODS)
    spans: list[Span] = []
    start = period_span(period, today).start
    for _ in range(number):
        spans.append(period_span(period, start - dt.timedelta(days=1)))
        start = spans[-1].start
    return spans


def _reached(indicator: Indicator, days: Series, period: _Period) -> float | None:
    """Return what a period reached, of a sum as if all its days had been worked; None where too little was observed."""
    value, _, observed = value_of(indicator, days, period.span)
    if observed is not None and indicator.per is None and observed < FEW_OBSERVED:
        return None
    if value is None or not indicator.scaled:
        return value
    return round(value / period.worked * (1 if indicator.period == "day" else period.whole), DECIMALS)


def _needs(sorting: Sorting, indicator: Indicator) -> tuple[Need, ...]:
    """Return what the customers an indicator may count need, by segment; empty where it counts no talks with them."""
    kinds = [value for one in indicator.where if one.column == "kind" and one.operator == "is" for value in one.values]
    talks = bool(kinds) and all(kind in CUSTOMER_KINDS and kind != NEW for kind in kinds)
    of_customers = indicator.measure == "distinct" and indicator.column == "customer_id"
    if not (talks and of_customers and indicator.period in PERIODS_OF_A_WEEK):
        return ()
    ours = eligible(sorting.standing, indicator)
    counts = {band: int((ours & (sorting.segments == band.code)).sum()) for band in bands(sorting.settings.segments)}
    return tuple(
        Need(band.code, band.name, customers, band.cadence_days)
        for band, customers in counts.items()
        if customers and band.cadence_days
    )


def _judged(bare: Advice) -> Advice:
    """Return the advice with its suggestion.

    It is what the customers need, else today's target, but no less than the median and no more than the better
    quartile: what an ordinary week gives anyway, and what a good one has shown to be possible. A share, a mean or an
    at-most target is a standard of service: it is tightened to what three periods in four kept, never loosened.
    """
    median, good, target = bare.median, bare.good, bare.target
    if median is None or good is None or bare.sure is None or bare.periods < LEAST_PERIODS:
        return bare
    if not bare.indicator.scaled:
        return _standard(bare, bare.sure)
    wanted = bare.need if bare.need is not None else median if target is None else target
    step = _STEP.get(bare.indicator.unit, _FINE)
    fitting = min(max(wanted, median), good)
    if target is not None and abs(fitting - target) < step / 2:
        return replace(bare, verdict="keep")
    steps = floor(fitting / step + 0.5 + _ROUNDING)
    suggested = round(max(steps, 1 if wanted > 0 else 0) * step, DECIMALS)  # of what is wanted at least one step
    verdict: Verdict = "set" if target is None else "raise" if suggested > target else "lower"
    return replace(bare, suggested=suggested, verdict="keep" if suggested == target else verdict)


def _standard(bare: Advice, sure: float) -> Advice:
    """Return the advice on a standard of service."""
    step = _STEP.get(bare.indicator.unit, _FINE)
    at_most = bare.indicator.direction == "at_most"
    steps = ceil(sure / step - _ROUNDING) if at_most else floor(sure / step + _ROUNDING)
    kept = round(steps * step, DECIMALS)
    if bare.target is None:
        return replace(bare, suggested=kept, verdict="set")
    tighter = 0 < kept < bare.target if at_most else kept > bare.target  # at most nothing would forgive nothing
    return replace(bare, suggested=kept if tighter else bare.target, verdict="tighten" if tighter else "standard")
