"""Screening: whom to propose for a visit, scored by rules anybody can follow, each point explained (DOMAIN §5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from reportkit.customers.pipeline import OPEN_STAGES, stages_on
from reportkit.customers.segments import Band, bands, sorting_of
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
WHY: Final[dict[str, Text]] = {
    "tier": Text("客户评级：{tier}", "客戶評級：{tier}", "Tier: {tier}"),
    "rating": Text("最近评分 {score} 分", "最近評分 {score} 分", "Latest score: {score}"),
    "complaints": Text("{days} 天内投诉 {count} 次", "{days} 天內投訴 {count} 次", "Complaints ({days} days): {count}"),
    "never_visited": Text("从未走访", "從未走訪", "Never visited"),
    "last_visit": Text("上次走访在 {days} 天前", "上次走訪在 {days} 天前", "Last visit {days} days ago"),
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
        words = {name: word.to(language) if isinstance(word, Text) else word for name, word in self.words.items()}
        return WHY[self.code].fill(language, **words)


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

    The day of the last visit, `NEVER` for none; since then the latest score, 0 for none, and how many complaints;
    how many opportunities are open, and how many of these proposed.
    """

    visited: list[int]
    scores: list[int]
    complaints: list[int]
    open: list[int]
    proposed: list[int]


def screen(facts: Facts, settings: Settings, on: dt.date, most: int = MOST) -> tuple[Candidate, ...]:
    """Return whom to visit next, as of the end of a day: highest score first, larger assets on ties.

    Left out: whoever has transferred out or has a visit ahead, and whoever was visited in the last 30 days without a
    low or middling score or a complaint since. Scores and complaints before the last visit were its business.
    """
    standing = standing_of(facts, on)
    visited = _last_visits(standing)
    scores, complaints = _scores(standing, visited), _complaints(standing, visited)
    called = (visited <= standing.today - RECENT) | (scores > 0) | (complaints > 0)
    found = visited, scores, complaints, *_open_chances(standing)
    evidence = _Evidence(*(column.tolist() for column in found))
    chosen = np.flatnonzero(standing.here & ~_planned(standing) & called).tolist()
    tiers, points = sorting_of(standing.facts, settings, standing.on).tiers, _tier_points(bands(settings.tiers))
    why = {at: _why(standing, at, evidence, points.get(tiers[at])) for at in chosen}
    ids, assets = facts.values("customers", "customer_id"), standing.assets
    worth = sorted((at for at in chosen if why[at]), key=lambda at: (-_score(why[at]), -assets[at], ids[at]))
    return tuple(_candidate(standing, at, evidence.visited[at], tiers[at], why[at]) for at in worth[:most])


def _score(why: Sequence[Why]) -> float:
    """Return the points of reasons together."""
    return round(sum(one.points for one in why), 1)


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
    has: Mask = np.zeros(len(standing.customers), dtype=bool)
    has[whose[ahead]] = True
    return has


def _scores(standing: Standing, visited: DayNumbers) -> Counts:
    """Return each customer's latest score since their last visit where it is middling or low, else 0."""
    every = ratings(standing.facts)
    used = _since_visit(standing, every.whose, every.day_numbers, visited)
    at = every.as_given
    at = at[used[at]]
    latest: Counts = np.zeros(len(standing.customers), dtype=np.int64)
    latest[every.whose[at]] = every.scores[at].astype(np.int64)  # of several the last one stays
    return np.where(latest <= MIDDLING, latest, 0)


def _complaints(standing: Standing, visited: DayNumbers) -> Counts:
    """Return how often each customer complained since their last visit."""
    whose = standing.positions("cases")
    days = standing.facts.day_numbers("cases", "opened_at", NOT_DUE)
    used = standing.facts.meeting("cases", COMPLAINT) & _since_visit(standing, whose, days, visited)
    return np.bincount(whose[used], minlength=len(standing.customers))


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
    length = len(standing.customers)
    return np.bincount(whose[used], minlength=length), np.bincount(whose[proposed], minlength=length)


def _tier_points(known: Sequence[Band]) -> dict[str, Why]:
    """Return tier → what it gives: the first all points, the last none."""
    steps = max(1, len(known) - 1)
    return {
        band.code: Why("tier", TIER_POINTS * (steps - at) / steps, {"tier": band.name}) for at, band in enumerate(known)
    }


def _why(standing: Standing, at: int, evidence: _Evidence, tier: Why | None) -> tuple[Why, ...]:
    """Return the reasons that give a customer points."""
    visited, score, complaints, chances = (
        evidence.visited[at],
        evidence.scores[at],
        evidence.complaints[at],
        evidence.open[at],
    )
    why = [tier] if tier else []
    if score:
        why.append(Why("rating", LOW_POINTS if score <= LOW else MIDDLING_POINTS, {"score": str(score)}))
    if complaints:
        words = {"count": str(complaints), "days": str(LOOK_BACK)}
        why.append(Why("complaints", COMPLAINT_POINTS if complaints == 1 else COMPLAINTS_POINTS, words))
    if visited == NEVER:
        why.append(Why("never_visited", NEVER_POINTS))
    else:
        days = standing.today - visited
        points = LONG_AGO_POINTS if days >= LONG_AGO else AWHILE_POINTS if days >= AWHILE_AGO else 0.0
        why.append(Why("last_visit", points, {"days": str(days)}))
    if chances:
        why.append(
            Why("opportunities", PROPOSED_POINTS if evidence.proposed[at] else OPEN_POINTS, {"count": str(chances)})
        )
    return tuple(one for one in why if one.points > 0)


def _candidate(standing: Standing, at: int, visited: int, tier: str, why: tuple[Why, ...]) -> Candidate:
    ids, names, assets = (standing.facts.values("customers", name)[at] for name in ("customer_id", "name", "assets"))
    return Candidate(
        advisor_id=standing.facts.advisor_id,
        customer_id=str(ids),
        name=str(names),
        score=_score(why),
        why=why,
        tier=tier,
        assets=None if np.isnan(assets) else float(assets),
        last_visit=None if visited == NEVER else day_of(visited),
    )
