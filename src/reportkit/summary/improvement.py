"""Improvements before and after: did the indicator they name change by more than chance (DOMAIN §6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

import numpy as np

from reportkit.definitions.forms import Improvement
from reportkit.definitions.text import Text
from reportkit.indicators.assess import FEW
from reportkit.indicators.counting import NOTHING, Numbers, Series, counted, series_within, value_of
from reportkit.indicators.shares import Share, two_proportion_p
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import Span, period_span, week_name
from reportkit.settings.indicator_rows import Indicator
from reportkit.summary.summaries import Work

WEEK: Final = dt.timedelta(weeks=1)
WEEKS: Final = 4  # full weeks compared on each side of the week it was put in force in
CHART_WEEKS: Final = range(-6, 6)  # weeks shown around it, its own is 0
SIGNIFICANT: Final = 0.05
ROUNDS: Final = 1999
SEED: Final = 20_260_101  # any number: the same rows always give the same p
_ROUNDING: Final = 1e-12
Verdict = Literal[
    "better", "worse", "no_difference", "too_little_data", "not_over", "not_started", "no_indicator"
]  # not_over: the four weeks after have not passed yet; no_indicator: none is named, or none of the settings'

VERDICT_LABEL: Final[dict[Verdict, Text]] = {
    "better": Text("变好", "變好", "Better"),
    "worse": Text("变差", "變差", "Worse"),
    "no_difference": Text("看不出差别", "看不出差別", "No clear change"),
    "too_little_data": Text("数据太少", "資料太少", "Too little data"),
    "not_over": Text("还不满四周", "還不滿四週", "Four weeks have not passed"),
    "not_started": Text("还没有实施", "還沒有實施", "Not put in force"),
    "no_indicator": Text("没有写衡量指标", "沒有寫衡量指標", "No indicator named"),
}


@dataclass(frozen=True)
class Sample:
    """The observations of one side: each adds to a numerator and a denominator; the figure is Σ ÷ Σ."""

    over: Numbers
    under: Numbers

    def __len__(self) -> int:
        return len(self.over)


@dataclass(frozen=True)
class Effect:
    """What became of an improvement; `row` is its Excel row; `problem`, `measure` and `owner` are as typed.

    `before` and `after` are the indicator over the four full weeks on each side, None of nothing; `n_before` and
    `n_after` the observations the test stands on: rows of a share or mean, customers of a rate of customers, days of
    everything else. `weekly` has 12 weeks around the start: week name → value, None of nothing, before the log
    began or still to come.
    """

    advisor_id: str
    row: int
    problem: str
    measure: str
    owner: str | None
    started_on: dt.date | None
    indicator: Indicator | None
    verdict: Verdict
    before: float | None = None
    after: float | None = None
    n_before: int = 0
    n_after: int = 0
    p_value: float | None = None
    weekly: tuple[tuple[str, float | None], ...] = ()

    @property
    def change(self) -> float | None:
        """After less before."""
        return None if self.before is None or self.after is None else self.after - self.before


def windows(started_on: dt.date) -> tuple[Span, Span]:
    """Return the four full weeks before the week of a day and the four after that week."""
    week = period_span("week", started_on)
    day = dt.timedelta(days=1)
    return (
        Span(week.start - WEEKS * WEEK, week.start - day),
        Span(week.end + day, week.end + WEEKS * WEEK),
    )


def effects(work: Work, settings: Settings, today: dt.date) -> tuple[Effect, ...]:
    """Return what became of every improvement of a log, in its order."""
    found = []
    for row, values in work.facts.tables["improvements"].records():
        improvement = Improvement(**values)
        indicator = settings.indicator_named(improvement.indicator)
        found.append(effect_of(row, improvement, indicator, work, today))
    return tuple(found)


def what_worked(every: Iterable[Effect]) -> tuple[Effect, ...]:
    """Return the improvements that made their indicator better, the surest first."""
    better = [effect for effect in every if effect.verdict == "better"]
    return tuple(sorted(better, key=lambda effect: (effect.p_value or 0.0, effect.advisor_id, effect.row)))


def effect_of(row: int, improvement: Improvement, indicator: Indicator | None, work: Work, today: dt.date) -> Effect:
    """Return what became of one improvement as of today.

    Shares, and the rate of customers lost, by a two-proportion test. Everything else by a permutation test: a mean
    over its rows; a count, a sum or a rate over its days, which are working days and days with something to count,
    so that a holiday, leave or the time before the log began is no change.
    """
    started = improvement.started_on
    made = partial(
        Effect, work.facts.advisor_id, row, improvement.problem, improvement.measure, improvement.owner, started
    )
    if indicator is None:
        return made(None, "no_indicator")
    if started is None or started > today:
        return made(indicator, "not_started")
    before, after = windows(started)
    weekly = _weekly(indicator, work, started, today)
    days, days_after = (_days(indicator, work, span) for span in (before, after))
    old, _, _ = value_of(indicator, days, before)
    if after.end > today:
        return made(indicator, "not_over", old, weekly=weekly)
    new, _, _ = value_of(indicator, days_after, after)
    if indicator.is_share:
        counts, counts_after = _share(indicator, days, before), _share(indicator, days_after, after)
        n, n_after = counts.whole, counts_after.whole
        p = two_proportion_p(counts, counts_after) if min(n, n_after) >= FEW else None
        rise = (counts_after.value or 0.0) - (counts.value or 0.0)
    else:
        sample, sample_after = _sample(indicator, days, work, before), _sample(indicator, days_after, work, after)
        n, n_after = len(sample), len(sample_after)
        p = permutation_p(sample, sample_after) if min(n, n_after) >= FEW else None
        rise = _figure(sample_after) - _figure(sample)
    if old is None or new is None:  # a rate whose days have nothing under them
        p = None
    verdict = _verdict(indicator, p, rise)
    return made(indicator, verdict, old, new, n, n_after, p, weekly)


def permutation_p(one: Sample, other: Sample) -> float:
    """Return how often a random split of all observations differs at least as much as the two samples do.

    The split found counts as one of the rounds, so the least is 1 in 2,000. The order of observations is irrelevant.
    """
    over, under = np.concatenate([one.over, other.over]), np.concatenate([one.under, other.under])
    by_value = np.lexsort((under, over))
    over, under = over[by_value], under[by_value]
    drawn = np.random.default_rng(SEED).permuted(np.tile(np.arange(len(over)), (ROUNDS, 1)), axis=1)[:, : len(one)]
    tops, bottoms = over[drawn].sum(axis=1), under[drawn].sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):  # nothing under a split: no less apart
        apart = np.abs(tops / bottoms - (over.sum() - tops) / (under.sum() - bottoms))
    found = abs(_figure(one) - _figure(other))
    less = apart < found - _ROUNDING * max(1.0, found)
    return (1 + int((~less).sum())) / (1 + ROUNDS)


def _figure(sample: Sample) -> float:
    under = float(sample.under.sum())
    return float(sample.over.sum()) / under if under else 0.0


def _verdict(indicator: Indicator, p: float | None, rise: float) -> Verdict:
    if p is None:
        return "too_little_data"
    if p >= SIGNIFICANT:
        return "no_difference"
    return "better" if (rise > 0) == (indicator.direction == "at_least") else "worse"


def _days(indicator: Indicator, work: Work, span: Span) -> Series:
    """Return an indicator's days, of a longer period those of the span: weeks begin and end inside months.

    Whom one talked to early in a month would count no more in weeks that begin later in it.
    """
    if indicator.measure == "distinct" and indicator.period in ("month", "two_months"):
        return series_within(work.facts, indicator, span)
    return work.days.get(indicator.code, NOTHING)


def _share(indicator: Indicator, days: Series, span: Span) -> Share:
    _, part, whole = value_of(indicator, days, span)
    # customers who came and left inside the window are no part of those at its start
    return Share(min(int(part), int(whole or 0)), int(whole or 0))


def _sample(indicator: Indicator, days: Series, work: Work, span: Span) -> Sample:
    """Return the observations of a span: rows of a mean, days of the rest."""
    if indicator.measure == "mean":
        (rows,) = counted(work.facts, indicator)
        inside = rows.among(span.covers(rows.days))
        return Sample(inside.numerators, inside.denominators)
    over, under = np.array(days.of_days(span.days.astype(object).tolist())).T
    if indicator.by_days:
        logged = span.days >= np.datetime64(work.begun_on or dt.date.max, "D")
        observed = ((work.duty.working(span.days) > 0) & logged) | (over != 0)
        each = days.stock(span.start) / max(1, int(observed.sum())) if indicator.counts_stock else 1.0
        return Sample(over[observed], np.full(int(observed.sum()), each))
    observed = (over != 0) | (under != 0)
    return Sample(over[observed], under[observed])


def _weekly(indicator: Indicator, work: Work, started: dt.date, today: dt.date) -> tuple[tuple[str, float | None], ...]:
    spans = [period_span("week", started + shift * WEEK) for shift in CHART_WEEKS]
    begun = work.begun_on or dt.date.max
    return tuple(
        (
            week_name(span.start),
            value_of(indicator, _days(indicator, work, span), span)[0]
            if begun <= span.end and span.start <= today
            else None,
        )
        for span in spans
    )
