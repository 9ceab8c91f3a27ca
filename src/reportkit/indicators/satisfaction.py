"""Satisfaction: what customers answered, how sure the figure is, and the low scores nobody answered (DOMAIN §1, §4)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from reportkit.facts.cases import IS_RESOLVED, owners
from reportkit.facts.contacts import NEVER, NOT_DUE, DayNumbers, day_number, of_rows, standing_of
from reportkit.facts.counts import Counts, added_by_key
from reportkit.facts.rows import Facts, effective_contacts, once
from reportkit.indicators.shares import Interval, Share, Z
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import Days, Span
from reportkit.settings.conditions import Mask

LOW: Final = 2  # a score of 2 or less wants an answer
SATISFIED: Final = 4  # a score of 4 or 5
PASSIVE, PROMOTER = 7, 9  # how likely to recommend: 0 to 6 detractor, 7 and 8 passive, 9 and 10 promoter
POINTS: Final = 100  # a net promoter score runs from −100 to 100
DIMENSIONS: Final = ("channel", "segment", "advisor")


@dataclass(frozen=True, slots=True)
class Answers(Counts):
    """What customers answered; adding two adds their counts.

    `asked` are the cases resolved or closed, and any other that was rated; of surveys, which are only logged when they
    were answered, the answers themselves.
    """

    asked: int = 0
    rated: int = 0
    satisfied: int = 0
    low: int = 0
    total: float = 0.0
    promoters: int = 0
    passives: int = 0
    detractors: int = 0

    @property
    def response_rate(self) -> Share:
        """Who answered, of those asked."""
        return Share(self.rated, self.asked)

    @property
    def csat(self) -> Share:
        """Scores of 4 or 5, of all scores; its 95 % interval is Wilson's."""
        return Share(self.satisfied, self.rated)

    @property
    def mean(self) -> float | None:
        """The mean score, 1 to 5."""
        return self.total / self.rated if self.rated else None

    @property
    def recommending(self) -> int:
        """How many said whether they would recommend."""
        return self.promoters + self.passives + self.detractors

    @property
    def nps(self) -> float | None:
        """The net promoter score in points: % promoters less % detractors."""
        return POINTS * (self.promoters - self.detractors) / self.recommending if self.recommending else None

    @property
    def nps_interval(self) -> Interval | None:
        """The 95 % interval of the net promoter score in points, from the spread of +1, 0 and −1."""
        n = self.recommending
        if not n:
            return None
        net, spread = (self.promoters - self.detractors) / n, (self.promoters + self.detractors) / n
        reach = Z * math.sqrt((spread - net * net) / n)
        return POINTS * max(-1.0, net - reach), POINTS * min(1.0, net + reach)


@dataclass(frozen=True)
class Breakdown:
    """The answers of one source, in total and by channel, segment and advisor; blank is ""."""

    total: Answers
    by: Mapping[str, Mapping[str, Answers]]

    def __add__(self, other: Breakdown) -> Breakdown:
        by = {dimension: added_by_key((self.by[dimension], other.by[dimension])) for dimension in DIMENSIONS}
        return Breakdown(self.total + other.total, by)


@dataclass(frozen=True, slots=True)
class LowScore:
    """A low score nobody has answered; `row` is its Excel row on `sheet`, which holds `form`.

    `archive` is the file it stands in, blank for the log itself.
    """

    advisor_id: str
    form: str
    sheet: str
    row: int
    customer_id: str
    on: dt.date
    score: int
    archive: str = ""


@dataclass(frozen=True)
class Satisfaction:
    """The satisfaction of a span, of one advisor or, merged, of a branch.

    `cases` are those opened in the span, `surveys` those dated in it; `unanswered` the low scores up to its end that
    nobody has answered by then.
    """

    cases: Breakdown
    surveys: Breakdown
    unanswered: tuple[LowScore, ...]


def satisfaction(facts: Facts, settings: Settings, span: Span, segments: Mapping[str, str]) -> Satisfaction:
    """Return what one advisor's customers answered; `segments` maps customer_id to the code of the segment.

    A case belongs to whoever was responsible for it when it was closed, its owner; a survey to the log's advisor.
    """
    rated = ~np.isnan(facts.values("cases", "satisfaction"))
    asked = (rated | facts.meeting("cases", IS_RESOLVED)) & span.covers(facts.days("cases", "opened_at"))
    dated = span.covers(facts.days("surveys", "date"))
    everybody = np.full(len(dated), facts.advisor_id, dtype=object)
    return Satisfaction(
        _breakdown(facts, "cases", asked, ("satisfaction", None), owners(facts, settings), segments),
        _breakdown(facts, "surveys", dated, ("score", "recommend"), everybody, segments),
        unanswered_low_scores(facts, span.end),
    )


def merge(members: Sequence[Satisfaction]) -> Satisfaction:
    """Return the satisfaction of advisors together. Raise ValueError where there are none."""
    if not members:
        raise ValueError("satisfaction has at least one member")
    unanswered = [score for member in members for score in member.unanswered]
    return Satisfaction(
        reduce(Breakdown.__add__, (member.cases for member in members)),
        reduce(Breakdown.__add__, (member.surveys for member in members)),
        tuple(sorted(unanswered, key=lambda score: (score.on, score.advisor_id, score.form, score.row))),
    )


def _breakdown(
    facts: Facts,
    form: str,
    chosen: Mask,
    columns: tuple[str, str | None],
    advisors: npt.NDArray[np.object_],
    segments: Mapping[str, str],
) -> Breakdown:
    """Return the answers in chosen rows of a form; `columns` hold its score and how likely it is to be recommended."""
    blank = np.full(len(chosen), np.nan)
    score, recommend = (facts.values(form, name)[chosen] if name else blank[chosen] for name in columns)
    counts = Answers.of_rows(
        {
            "asked": np.ones(len(score)),
            "rated": score >= 0,  # not blank
            "satisfied": score >= SATISFIED,
            "low": score <= LOW,
            "total": np.nan_to_num(score),
            "promoters": recommend >= PROMOTER,
            "passives": (recommend >= PASSIVE) & (recommend < PROMOTER),
            "detractors": recommend < PASSIVE,
        }
    )
    customers = facts.values(form, "customer_id")[chosen].tolist()
    keys = {
        "channel": facts.values(form, "channel")[chosen],
        "segment": np.array([segments.get(one) for one in customers], dtype=object),
        "advisor": advisors[chosen],
    }
    return Breakdown(
        Answers.summed(counts), {dimension: Answers.grouped(counts, keys[dimension]) for dimension in DIMENSIONS}
    )


@dataclass(frozen=True)
class Ratings:
    """Every score customers gave in a log, as arrays of one entry a score, form by form.

    `rows` are their numbers, `ids` customer ids, NaN of a caller who is none; `whose` is where the customer stands in
    customers, −1 for nowhere. A case is dated by its resolution, else by its opening; a visit by the day it was made,
    else planned. Forms come in the order of their names, the scores of each in the order of its rows.
    """

    forms: npt.NDArray[np.object_]
    rows: npt.NDArray[np.int64]
    ids: npt.NDArray[np.object_]
    whose: npt.NDArray[np.int64]
    days: Days
    scores: npt.NDArray[np.float64]

    @cached_property
    def day_numbers(self) -> npt.NDArray[np.int64]:
        """The days as days since 1970-01-01."""
        return self.days.astype(np.int64)

    @cached_property
    def as_given(self) -> npt.NDArray[np.int64]:
        """The positions of the scores in the order they were given: by day, form and row."""
        return np.argsort(self.days, kind="stable")


SCORED: Final = (  # form, the column of its score, those that date it: the first that is not blank
    ("activities", "satisfaction", ("date",)),
    ("cases", "satisfaction", ("resolved_at", "opened_at")),
    ("surveys", "score", ("date",)),
    ("visits", "satisfaction", ("done_on", "planned_on")),
)


@once
def ratings(facts: Facts) -> Ratings:
    """Return every score a customer gave."""
    found = [_scores_of(facts, *scored) for scored in SCORED]
    return Ratings(*(np.concatenate(parts) for parts in zip(*found, strict=True)))


def _scores_of(facts: Facts, form: str, column: str, dated: tuple[str, ...]) -> tuple[npt.NDArray[Any], ...]:
    """Return the scores in one form, as `Ratings` lists them."""
    scores = facts.values(form, column)
    at = np.flatnonzero(~np.isnan(scores))
    first, *others = (facts.days(form, name)[at] for name in dated)
    for other in others:
        first = np.where(np.isnat(first), other, first)
    ids, whose = facts.values(form, "customer_id")[at], facts.customer_positions(form)[at]
    return np.full(len(at), form, dtype=object), facts.row_numbers(form)[at], ids, whose, first, scores[at]


@once
def unanswered_low_scores(facts: Facts, on: dt.date) -> tuple[LowScore, ...]:
    """Return the scores of 2 or less given up to a day that nobody has answered by then, in the order they were given.

    Answered is: on a later day, an effective contact with that customer (DOMAIN §3), or the follow-up action of one
    of their visits done. Scores of callers who are no customers of the log are left out: nobody can be called back;
    those of customers handed over are their new advisor's to answer.
    """
    every = ratings(facts)
    ours = pd.notna(every.ids) & ~of_rows(standing_of(facts, on).handed_over, every.whose, False)
    low = ours & (every.scores <= LOW) & (every.days <= np.datetime64(on, "D"))
    at = every.as_given[low[every.as_given]]
    customers = every.ids[at].tolist()
    latest = np.maximum(
        _latest(facts, "activities", "date", effective_contacts(facts), customers, on),
        _latest(facts, "visits", "follow_up_done_on", True, customers, on),
    )
    left = at[latest <= every.day_numbers[at]].tolist()
    places = (facts.tables[every.forms[one]].place("", int(every.rows[one])) for one in left)
    return tuple(
        LowScore(
            advisor_id=facts.advisor_id,
            form=every.forms[one],
            sheet=place.sheet or "",
            row=place.row or 0,
            customer_id=every.ids[one],
            on=every.days[one].astype(object),
            score=int(every.scores[one]),
            archive=place.file,
        )
        for one, place in zip(left, places, strict=True)
    )


def _latest(
    facts: Facts, form: str, dated: str, chosen: Mask | bool, customers: Iterable[object], until: dt.date
) -> DayNumbers:
    """Return each customer's last day among the chosen rows of a form up to a day, `NEVER` for none."""
    whose, days = facts.numbers(form, "customer_id"), facts.day_numbers(form, dated, NOT_DUE)
    used = chosen & (whose >= 0) & (days <= day_number(until))
    latest: DayNumbers = np.full(int(whose.max(initial=-1)) + 2, NEVER)  # the last entry is for who stands in no row
    np.maximum.at(latest, whose[used], days[used])
    return latest[facts.numbers_of(form, "customer_id", customers)]
