"""Screening: whom to propose for a visit, scored by rules anybody can follow, each point explained (DOMAIN §5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from reportkit.customers.pipeline import OPEN_STAGES, stages_on
from reportkit.customers.segments import Band, Codes, bands, sorting_of
from reportkit.definitions.text import Language, Text
from reportkit.facts.cases import COMPLAINT
from reportkit.facts.contacts import (
    NEVER,
    NOT_DUE,
    DayNumbers,
    Mask,
    Positions,
    Standing,
    day_of,
    of_rows,
    standing_of,
)
from reportkit.facts.rows import Facts
from reportkit.indicators.satisfaction import LOW, ratings
from reportkit.settings.branch_settings import Settings
from reportkit.settings.conditions import Condition

MOST: Final = 10
LOOK_BACK: Final = 90  # days in which a score or a complaint still calls for a visit
RECENT: Final = 30  # days after a visit in which only a low score or a complaint since calls for another
LONG_AGO: Final = 180
AWHILE_AGO: Final = 90
TIER_POINTS: Final = 25.0  # of the first tier; the last has none, those between share evenly
LOW_POINTS, MIDDLING_POINTS, MIDDLING = 25.0, 10.0, 3
COMPLAINT_POINTS, COMPLAINTS_POINTS = 12.0, 20.0  # of one, of more
NEVER_POINTS, LONG_AGO_POINTS, AWHILE_POINTS = 15.0, 15.0, 8.0
PROPOSED_POINTS, OPEN_POINTS = 15.0, 8.0
HOME_VISIT: Final = (Condition("kind", "is", ("home_visit",)),)
Counts = npt.NDArray[np.int64]  # one a customer
Points = npt.NDArray[np.float64]  # one a customer
WHY: Final[dict[str, Text]] = {
    "tier": Text("客户评级：{tier}", "客戶評級：{tier}", "Tier: {tier}"),
    "rating": Text("最近评分 {score} 分", "最近評分 {score} 分", "Latest score: {score}"),
    "complaints": Text(
        "{days} 天内投诉 {count} 次", "{days} 天內投訴 {count} 次", "Complaints ({days:day|days}): {count}"
    ),
    "never_visited": Text("从未走访", "從未走訪", "Never visited"),
    "last_visit": Text("上次走访在 {days} 天前", "上次走訪在 {days} 天前", "Last visit {days:day|days} ago"),
    "opportunities": Text("未结束的业务机会 {count} 个", "未結束的業務機會 {count} 個", "Open opportunities: {count}"),
}


@dataclass(frozen=True, slots=True)
class Why:
    """One reason for a visit and the points it gives; `words` fill its sentence."""

    code: str
    points: float
    words: Mapping[str, str | Text] = field(default_factory=dict)

    def message(self, language: Language) -> str:
        """Return the reason in words."""
        return WHY[self.code].fill(language, **self.words)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A customer proposed for a visit: the score out of 100 is the sum of the reasons' points."""

    advisor_id: str
    customer_id: str
    name: str
    score: float
    why: tuple[Why, ...]
    tier: str
    assets: float | None
    last_visit: dt.date | None


@dataclass(frozen=True)
class _Evidence:
    """What speaks for a visit, one entry a customer.

    The tier; the day of the last visit, `NEVER` for none, and how many days ago that was; since then the latest score,
    0 for none, and how many complaints; how many opportunities are open, and how many of these proposed.
    """

    tiers: Codes
    visited: DayNumbers
    days: DayNumbers
    scores: Counts
    complaints: Counts
    open: Counts
    proposed: Counts

    @property
    def never(self) -> Mask:
        """Who was never visited; their days say nothing."""
        never: Mask = self.visited == NEVER
        return never


def screen(facts: Facts, settings: Settings, on: dt.date, most: int = MOST) -> tuple[Candidate, ...]:
    """Return whom to visit next, as of the end of a day: highest score first, larger assets on ties.

    Left out: whoever has transferred out or has a visit ahead, and whoever was visited in the last 30 days without a
    low or middling score or a complaint since. Scores and complaints before the last visit were its business.
    """
    standing = standing_of(facts, on)
    visited = _last_visits(standing)
    scores, complaints = _scores(standing, visited), _complaints(standing, visited)
    called = (visited <= standing.today - RECENT) | (scores > 0) | (complaints > 0)
    tiers, known = sorting_of(facts, settings, on).tiers, bands(settings.tiers)
    days, chances = standing.today - visited, _open_chances(standing)
    evidence = _Evidence(tiers, visited, days, scores, complaints, *chances)
    points = _points(evidence, _tier_points(known))
    together = np.sum([*points.values()], axis=0)
    worth = np.flatnonzero(standing.here & ~_planned(standing) & called & (together > 0))
    scores = np.array([round(given, 1) for given in together[worth].tolist()])
    first = np.lexsort((standing.tie_break[worth], -scores))[:most]
    names = {band.code: band.name for band in known}
    return tuple(
        _candidate(standing, at, evidence, score, _why(points, evidence, names, at))
        for at, score in zip(worth[first].tolist(), scores[first].tolist(), strict=True)
    )


def _last_visits(standing: Standing) -> DayNumbers:
    """Return when each customer was last visited: a visit of the plan done, or an effective home visit."""
    home = standing.facts.meeting("activities", HOME_VISIT)
    latest = standing.latest(standing.contacts & home)
    done, whose = standing.facts.day_numbers("visits", "done_on", NOT_DUE), standing.positions("visits")
    used = (done <= standing.today) & (whose >= 0)
    np.maximum.at(latest, whose[used], done[used])
    return latest


def _planned(standing: Standing) -> Mask:
    """Return who has a visit ahead, today's included."""
    planned, done = (standing.facts.day_numbers("visits", name, NOT_DUE) for name in ("planned_on", "done_on"))
    whose = standing.positions("visits")
    ahead = (planned >= standing.today) & (done > standing.today) & (whose >= 0)
    has: Mask = np.zeros(standing.count, dtype=bool)
    has[whose[ahead]] = True
    return has


def _scores(standing: Standing, visited: DayNumbers) -> Counts:
    """Return each customer's latest score since their last visit where it is middling or low, else 0."""
    every = ratings(standing.facts)
    used = _since_visit(standing, every.whose, every.day_numbers, visited)
    at = every.as_given
    at = at[used[at]]
    latest: Counts = np.zeros(standing.count, dtype=np.int64)
    latest[every.whose[at]] = every.scores[at].astype(np.int64)  # of several the last one stays
    return np.where(latest <= MIDDLING, latest, 0)


def _complaints(standing: Standing, visited: DayNumbers) -> Counts:
    """Return how often each customer complained since their last visit."""
    whose = standing.positions("cases")
    days = standing.facts.day_numbers("cases", "opened_at", NOT_DUE)
    used = standing.facts.meeting("cases", COMPLAINT) & _since_visit(standing, whose, days, visited)
    return np.bincount(whose[used], minlength=standing.count)


def _since_visit(standing: Standing, whose: Positions, days: DayNumbers, visited: DayNumbers) -> Mask:
    """Return which rows are of the last 90 days and later than their customer's last visit."""
    recent = (days <= standing.today) & (days > standing.today - LOOK_BACK)
    return recent & (days > of_rows(visited, whose, NOT_DUE))


def _open_chances(standing: Standing) -> tuple[Counts, Counts]:
    """Return how many opportunities of each customer are open, and how many of these are proposed."""
    whose = standing.positions("opportunities")
    opened = standing.facts.day_numbers("opportunities", "opened_on", NOT_DUE) <= standing.today
    stages = stages_on(standing.facts, standing.on)
    used = np.isin(stages, OPEN_STAGES) & opened & (whose >= 0)
    proposed = used & (stages == OPEN_STAGES[-1])
    length = standing.count
    return np.bincount(whose[used], minlength=length), np.bincount(whose[proposed], minlength=length)


def _tier_points(known: Sequence[Band]) -> dict[str, float]:
    """Return tier → what it gives: the first all points, the last none."""
    steps = max(1, len(known) - 1)
    return {band.code: TIER_POINTS * (steps - at) / steps for at, band in enumerate(known)}


def _points(evidence: _Evidence, of_tier: Mapping[str, float]) -> dict[str, Points]:
    """Return what each reason gives every customer, in the order they are told."""
    never, days, complaints = evidence.never, evidence.days, evidence.complaints
    rating = np.where(evidence.scores <= LOW, LOW_POINTS, MIDDLING_POINTS)
    long_ago = np.where(days >= LONG_AGO, LONG_AGO_POINTS, np.where(days >= AWHILE_AGO, AWHILE_POINTS, 0.0))
    chances = np.where(evidence.proposed > 0, PROPOSED_POINTS, OPEN_POINTS)
    return {
        "tier": np.array([of_tier.get(tier, 0.0) for tier in evidence.tiers.tolist()], dtype=np.float64),
        "rating": np.where(evidence.scores > 0, rating, 0.0),
        "complaints": np.where(complaints == 1, COMPLAINT_POINTS, np.where(complaints > 1, COMPLAINTS_POINTS, 0.0)),
        "never_visited": np.where(never, NEVER_POINTS, 0.0),
        "last_visit": np.where(never, 0.0, long_ago),
        "opportunities": np.where(evidence.open > 0, chances, 0.0),
    }


def _why(points: Mapping[str, Points], evidence: _Evidence, names: Mapping[str, Text], at: int) -> tuple[Why, ...]:
    """Return the reasons that give a customer points."""
    words: dict[str, dict[str, str | Text]] = {
        "tier": {"tier": names.get(evidence.tiers[at], "")},
        "rating": {"score": str(evidence.scores[at])},
        "complaints": {"count": str(evidence.complaints[at]), "days": str(LOOK_BACK)},
        "never_visited": {},
        "last_visit": {"days": str(evidence.days[at])},
        "opportunities": {"count": str(evidence.open[at])},
    }
    return tuple(Why(code, float(given[at]), words[code]) for code, given in points.items() if given[at] > 0)


def _candidate(standing: Standing, at: int, evidence: _Evidence, score: float, why: tuple[Why, ...]) -> Candidate:
    ids, names, assets = (standing.facts.values("customers", name)[at] for name in ("customer_id", "name", "assets"))
    return Candidate(
        advisor_id=standing.facts.advisor_id,
        customer_id=str(ids),
        name=str(names),
        score=score,
        why=why,
        tier=evidence.tiers[at],
        assets=None if np.isnan(assets) else float(assets),
        last_visit=None if evidence.never[at] else day_of(evidence.visited[at]),
    )
