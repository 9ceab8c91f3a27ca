"""Satisfaction: what customers answered, how sure the figure is, and the low scores nobody answered (DOMAIN §1, §4)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from reportkit.facts.cases import IS_RESOLVED, owners
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
NEVER: Final = np.datetime64(dt.date.min, "D")
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
    def low_scores(self) -> Share:
        """Scores of 1 or 2, of all scores."""
        return Share(self.low, self.rated)

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
    """A low score nobody has answered; `row` is its Excel row on `sheet`, which holds `form`."""

    advisor_id: str
    form: str
    sheet: str
    row: int
    customer_id: str
    on: dt.date
    score: int


@dataclass(frozen=True)
class Satisfaction:
    """The satisfaction of a span, of one advisor or, merged, of a branch.

    `cases` are those opened in the span, `surveys` those dated in it; `unanswered` the low scores up to its end that
    nobody has answered by then.
    """

    cases: Breakdown
    surveys: Breakdown
    unanswered: tuple[LowScore, ...]


def satisfaction(facts: Facts, settings: Settings, span: Span, segments: pd.Series[str]) -> Satisfaction:
    """Return what one advisor's customers answered; `segments` maps customer_id to the code of the segment.

    A case belongs to whoever was responsible for it when it was closed, its owner; a survey to the log's advisor.
    """
    cases, surveys = facts.frame("cases"), facts.frame("surveys")
    rated = ~np.isnan(cases["satisfaction"].to_numpy(dtype="f8"))
    asked = (rated | facts.meeting("cases", IS_RESOLVED)) & span.covers(facts.days("cases", "opened_at"))
    score = cases["satisfaction"].to_numpy(dtype="f8")[asked]
    rows = {
        **{name: cases[name][asked] for name in ("channel", "customer_id")},
        "advisor": owners(facts, settings)[asked],
        "score": score,
        "recommend": np.full(len(score), np.nan),
    }
    dated = span.covers(facts.days("surveys", "date"))
    surveyed = {
        **{name: surveys[name][dated] for name in ("channel", "customer_id")},
        "advisor": pd.Series(facts.advisor_id, surveys.index[dated], dtype="str"),
        **{name: surveys[name].to_numpy(dtype="f8")[dated] for name in ("score", "recommend")},
    }
    low = unanswered_low_scores(facts, span.end)
    return Satisfaction(
        _breakdown(rows, segments),
        _breakdown(surveyed, segments),
        tuple(
            LowScore(
                advisor_id=facts.advisor_id,
                form=one["form"],
                sheet=facts.tables[one["form"]].name,
                row=one["row"],
                customer_id=one["customer_id"],
                on=one["on"].date(),
                score=int(one["score"]),
            )
            for one in low.to_dict("records")
        ),
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


def _breakdown(rows: Mapping[str, Any], segments: pd.Series[str]) -> Breakdown:
    """Return the answers of rows: channel, customer_id and advisor are columns, score and recommend arrays."""
    score, recommend = rows["score"], rows["recommend"]
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
    keys = {
        "channel": rows["channel"],
        "segment": rows["customer_id"].map(segments),
        "advisor": rows["advisor"],
    }
    return Breakdown(
        Answers.summed(counts), {dimension: Answers.grouped(counts, keys[dimension]) for dimension in DIMENSIONS}
    )


@once
def ratings(facts: Facts) -> pd.DataFrame:
    """Return every score a customer gave. Columns: form, row (Excel's), customer_id, on, score.

    A case is dated by its resolution, else by its opening; a visit by the day it was made, else planned.
    """
    frame = facts.frame
    cases, visits = frame("cases"), frame("visits")
    scored: tuple[tuple[str, pd.Series[Any], str], ...] = (
        ("activities", frame("activities")["date"], "satisfaction"),
        ("cases", cases["resolved_at"].fillna(cases["opened_at"]).dt.floor("D"), "satisfaction"),
        ("visits", visits["done_on"].fillna(visits["planned_on"]), "satisfaction"),
        ("surveys", frame("surveys")["date"], "score"),
    )
    forms, rows, customers, days, scores = [], [], [], [], []
    for form, on, column in scored:
        score = frame(form)[column].to_numpy(dtype="f8")
        given = ~np.isnan(score)
        forms.append(np.full(int(given.sum()), form, dtype=object))
        rows.append(on.index.to_numpy(dtype="i8")[given])
        customers.append(frame(form)["customer_id"].array[given].to_numpy(dtype=object))
        days.append(on.to_numpy().astype("datetime64[s]")[given])
        scores.append(score[given])
    return pd.DataFrame(
        {
            "form": pd.array(np.concatenate(forms), dtype="str"),
            "row": np.concatenate(rows),
            "customer_id": pd.array(np.concatenate(customers), dtype="str"),
            "on": np.concatenate(days),
            "score": np.concatenate(scores),
        }
    )


@once
def unanswered_low_scores(facts: Facts, on: dt.date) -> pd.DataFrame:
    """Return the scores of 2 or less given up to a day that nobody has answered by then.

    Answered is: on a later day, an effective contact with that customer (DOMAIN §3), or the follow-up action of one
    of their visits done. Columns: customer_id, on, score, form, row; earliest first, one row a score, so a customer may
    stand in several. Scores of callers who are no customers of the log are left out: nobody can be called back.
    """
    every = ratings(facts)
    given_on = every["on"].to_numpy().astype("datetime64[D]")
    asked = (every["score"].to_numpy() <= LOW) & (given_on <= np.datetime64(on, "D"))
    low = np.flatnonzero(asked & every["customer_id"].notna().to_numpy())
    customers = every["customer_id"].to_numpy()[low]
    latest = np.maximum(
        _latest(facts, "activities", "date", effective_contacts(facts), customers, on),
        _latest(facts, "visits", "follow_up_done_on", True, customers, on),
    )
    low = low[latest <= given_on[low]]
    given = as_given(every)
    unanswered = given[np.isin(given, low)]
    return every.loc[:, ["customer_id", "on", "score", "form", "row"]].take(unanswered).reset_index(drop=True)


def as_given(scores: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return the positions of scores in the order they were given: by day, form and row."""
    return np.lexsort((scores["row"], scores["form"].to_numpy().astype(str), scores["on"]))


def _latest(
    facts: Facts, form: str, dated: str, chosen: Mask | bool, customers: Iterable[object], until: dt.date
) -> Days:
    """Return each customer's last day among the chosen rows of a form up to a day; the first of all days for none."""
    whose, days = facts.numbers(form, "customer_id"), facts.days(form, dated)
    used = chosen & (whose >= 0) & (days <= np.datetime64(until, "D"))
    latest: Days = np.full(int(whose.max(initial=-1)) + 2, NEVER)  # the last entry is for who stands in no row
    np.maximum.at(latest, whose[used], days[used])
    return latest[facts.numbers_of(form, "customer_id", customers)]
