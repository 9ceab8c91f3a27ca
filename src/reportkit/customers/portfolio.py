"""The customers as a portfolio: tiers, segments, products, wallet, pipeline, referrals, churn, risk (DOMAIN §5).

Everything is kept as counts, sums and lists, so that `merge` of advisors is their branch: no mean of percentages.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Final, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from reportkit.customers.churn import Departure, churn_by_month, departures, latest_first
from reportkit.customers.due import RISK_AHEAD, risk_expiry
from reportkit.customers.pipeline import Amount, pipeline
from reportkit.customers.referrals import Referrer, most_first, referral_trees
from reportkit.customers.segments import NO_RULE, Band, Codes, Sorting, bands, sorting_of
from reportkit.customers.suitability import Unsuitable, unsuitable
from reportkit.definitions.choices import PRODUCTS
from reportkit.definitions.text import Text
from reportkit.facts.contacts import NOT_DUE, Mask, Standing, day_of, standing_of
from reportkit.facts.counts import added
from reportkit.facts.rows import Facts
from reportkit.indicators.shares import Share
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import Span, month_span
from reportkit.settings.conditions import Condition

HOLDS, WANTS = "holds", "interested"
EXPIRED, EXPIRING, VALID, UNASSESSED = "expired", "expiring", "valid", "unassessed"
RISK_STATES: Final[dict[str, Text]] = {
    EXPIRED: Text("已过期", "已過期", "Expired"),
    EXPIRING: Text("30 天内到期", "30 天內到期", "Expiring in 30 days"),
    VALID: Text("有效", "有效", "Valid"),
    UNASSESSED: Text("未测评", "未測評", "Never assessed"),
}
NO_BAND: Final = Band(NO_RULE, Text("未归类", "未歸類", "No rule applies"), (), None)
Listed = TypeVar("Listed")


@dataclass(frozen=True)
class Group:
    """What a group of customers adds up to; adding two adds their counts.

    The wallet is of customers whose assets here and elsewhere are both known: without the second, a share of the
    wallet would be a guess. `holds` and `wants` map a product to customers.
    """

    customers: int = 0
    assets: float = 0.0
    wallet_known: int = 0
    wallet_assets: float = 0.0
    wallet_outside: float = 0.0
    holds: Mapping[str, int] = field(default_factory=dict)
    wants: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: Group) -> Group:
        return Group(
            self.customers + other.customers,
            self.assets + other.assets,
            self.wallet_known + other.wallet_known,
            self.wallet_assets + other.wallet_assets,
            self.wallet_outside + other.wallet_outside,
            added([self.holds, other.holds]),
            added([self.wants, other.wants]),
        )

    @property
    def share_of_wallet(self) -> float | None:
        """Assets ÷ (assets + assets elsewhere), None where neither is known of anybody."""
        whole = self.wallet_assets + self.wallet_outside
        return self.wallet_assets / whole if whole else None

    def penetration(self, product: str) -> Share:
        """Return the share of the customers who hold a product."""
        return Share(self.holds.get(product, 0), self.customers)


@dataclass(frozen=True, slots=True)
class BandOf:
    """A tier or a segment, its rules, and its customers."""

    band: Band
    group: Group


@dataclass(frozen=True, slots=True)
class Move:
    """A customer who came into another segment since the end of last month; `before` None: newly assigned."""

    advisor_id: str
    customer_id: str
    name: str
    before: str | None
    after: str


class RiskCase(NamedTuple):
    """A customer whose risk assessment has expired or expires in 30 days."""

    advisor_id: str
    customer_id: str
    name: str
    expires_on: dt.date
    state: str


@dataclass(frozen=True)
class Portfolio:
    """The customers of an advisor or, merged, of a branch, as of a day.

    `total`, `tiers` and `risk` are of customers still here, `segments` of those who left too, but not of those handed
    over: they are in a colleague's. `pipeline` maps every stage: what is
    open as of the day, and what was won and lost in the month so far; `overdue` is open past its expected day; `won`
    maps the month's won by product. `churn` maps the last months, like `2026-11`, to who left of who was there.
    """

    on: dt.date
    total: Group
    tiers: tuple[BandOf, ...]
    segments: tuple[BandOf, ...]
    moves: tuple[Move, ...]
    pipeline: Mapping[str, Amount]
    overdue: Amount
    won: Mapping[str, Amount]
    referrals: tuple[Referrer, ...]
    churn: Mapping[str, Share]
    departures: tuple[Departure, ...]
    risk: Mapping[str, int]
    risk_cases: tuple[RiskCase, ...]
    unsuitable: tuple[Unsuitable, ...]

    @property
    def month(self) -> Span:
        """The month so far."""
        return month_span(self.on).until(self.on)

    @property
    def flows(self) -> dict[tuple[str | None, str], int]:
        """(segment before, segment now) → how many moved, most first."""
        return dict(Counter((move.before, move.after) for move in self.moves).most_common())

    @property
    def referred(self) -> Amount:
        """How many customers referrals brought, and their assets."""
        trees = self.referrals
        return Amount(sum(tree.customers for tree in trees), sum(tree.assets for tree in trees))


def portfolio(facts: Facts, settings: Settings, on: dt.date) -> Portfolio:
    """Return an advisor's customers as of the end of a day; rows dated later do not count."""
    standing = standing_of(facts, on)
    sorting = sorting_of(standing.facts, settings, standing.on)
    ours = standing.assigned & ~standing.handed_over
    sums, chances = _sums(facts), pipeline(facts, on)
    risk, risk_cases = _risk(standing)
    return Portfolio(
        on=on,
        total=sums.group(standing.here),
        tiers=_bands(sums, bands(settings.tiers), sorting.tiers, standing.here),
        segments=_bands(sums, bands(settings.segments, settings.tiers), sorting.segments, ours),
        moves=_moves(sorting, settings),
        pipeline=chances.stages,
        overdue=chances.overdue,
        won=chances.won,
        referrals=referral_trees(standing),
        churn=churn_by_month(standing, settings),
        departures=departures(standing, settings),
        risk=risk,
        risk_cases=risk_cases,
        unsuitable=unsuitable(standing, month_span(on)),
    )


def merge(members: Sequence[Portfolio]) -> Portfolio:
    """Return the customers of advisors together. Raise ValueError where there are none."""
    if not members:
        raise ValueError("a portfolio has at least one member")
    return Portfolio(
        on=members[0].on,
        total=reduce(Group.__add__, (one.total for one in members)),
        tiers=_merged([one.tiers for one in members]),
        segments=_merged([one.segments for one in members]),
        moves=_joined(members, lambda one: one.moves),
        pipeline=added([one.pipeline for one in members]),
        overdue=reduce(Amount.__add__, (one.overdue for one in members)),
        won=added([one.won for one in members]),
        referrals=most_first(_joined(members, lambda one: one.referrals)),
        churn=added([one.churn for one in members]),
        departures=latest_first(_joined(members, lambda one: one.departures)),
        risk=added([one.risk for one in members]),
        risk_cases=_soonest(_joined(members, lambda one: one.risk_cases)),
        unsuitable=_joined(members, lambda one: one.unsuitable),
    )


def _joined(members: Sequence[Portfolio], of: Callable[[Portfolio], tuple[Listed, ...]]) -> tuple[Listed, ...]:
    return tuple(entry for one in members for entry in of(one))


def _merged(members: Sequence[Sequence[BandOf]]) -> tuple[BandOf, ...]:
    known = {one.band.code: one.band for member in members for one in member}
    groups = added([{one.band.code: one.group for one in member} for member in members])
    return tuple(BandOf(known[code], group) for code, group in groups.items())


@dataclass(frozen=True)
class _Sums:
    """What groups add up, one entry a customer; `wallet` marks those whose assets here and elsewhere are known.

    `holds` and `wants` have a line a product.
    """

    assets: npt.NDArray[np.float64]
    outside: npt.NDArray[np.float64]
    wallet: Mask
    holds: Mask
    wants: Mask

    def group(self, chosen: Mask) -> Group:
        """Return what the chosen customers add up to."""
        both = chosen & self.wallet
        return Group(
            customers=int(chosen.sum()),
            assets=float(np.nansum(self.assets[chosen])),
            wallet_known=int(both.sum()),
            wallet_assets=float(self.assets[both].sum()),
            wallet_outside=float(self.outside[both].sum()),
            holds=dict(zip(PRODUCTS, (self.holds & chosen).sum(axis=1).tolist(), strict=True)),
            wants=dict(zip(PRODUCTS, (self.wants & chosen).sum(axis=1).tolist(), strict=True)),
        )


def _sums(facts: Facts) -> _Sums:
    """Return what groups of customers add up, looked up once for all of them."""
    assets, outside = (facts.values("customers", name) for name in ("assets", "outside_assets"))
    holds, wants = (
        np.array([facts.meeting("customers", (Condition(product, "is", (stance,)),)) for product in PRODUCTS])
        for stance in (HOLDS, WANTS)
    )
    return _Sums(assets, outside, ~np.isnan(assets) & ~np.isnan(outside), holds, wants)


def _bands(sums: _Sums, known: Sequence[Band], codes: Codes, among: Mask) -> tuple[BandOf, ...]:
    """Return every tier or segment with its customers; those no rule takes last, if there are any."""
    unmatched = [NO_BAND] if (among & (codes == NO_RULE)).any() else []
    return tuple(BandOf(band, sums.group(among & (codes == band.code))) for band in (*known, *unmatched))


def _moves(sorting: Sorting, settings: Settings) -> tuple[Move, ...]:
    """Return who came into another segment since the end of last month."""
    standing = sorting.standing
    before = sorting_of(standing.facts, settings, month_span(standing.on).start - dt.timedelta(days=1))
    was_here = before.standing.assigned
    moved = standing.assigned & ~standing.handed_over & ((before.segments != sorting.segments) | ~was_here)
    ids, names = (standing.facts.values("customers", name) for name in ("customer_id", "name"))
    return tuple(
        Move(
            standing.facts.advisor_id,
            ids[at],
            names[at],
            str(before.segments[at]) if was_here[at] else None,
            str(sorting.segments[at]),
        )
        for at in np.flatnonzero(moved).tolist()
    )


def _risk(standing: Standing) -> tuple[dict[str, int], tuple[RiskCase, ...]]:
    """Return state → customers still here, and those to assess again, the soonest first."""
    facts, today, here = standing.facts, standing.today, standing.here
    expires, assessed = risk_expiry(facts), facts.day_numbers("customers", "risk_assessed_on", NOT_DUE) <= today
    expired, expiring = assessed & (expires < today), assessed & (expires <= today + RISK_AHEAD)
    states = {UNASSESSED: ~assessed, EXPIRED: expired, EXPIRING: expiring & ~expired, VALID: assessed & ~expiring}
    ids, names = (facts.values("customers", name) for name in ("customer_id", "name"))
    cases = [
        RiskCase(
            facts.advisor_id,
            ids[at],
            names[at],
            day_of(expires[at]),
            EXPIRED if expired[at] else EXPIRING,
        )
        for at in np.flatnonzero(here & expiring).tolist()
    ]
    return {code: int((here & states[code]).sum()) for code in RISK_STATES}, _soonest(cases)


def _soonest(cases: Iterable[RiskCase]) -> tuple[RiskCase, ...]:
    return tuple(sorted(cases, key=lambda one: (one.expires_on, one.advisor_id, one.customer_id)))
