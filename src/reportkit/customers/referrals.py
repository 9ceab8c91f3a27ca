"""Referrals: who brought whom, as trees, and what each brought (DOMAIN §5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from reportkit.facts.contacts import Standing


class Referrer(NamedTuple):
    """A customer and those they brought, directly and through others.

    `own_assets` count while a customer is still here; `customers` and `assets` are of everybody below.
    """

    advisor_id: str
    customer_id: str
    name: str
    own_assets: float
    brought: tuple[Referrer, ...]
    customers: int
    assets: float


def referral_trees(standing: Standing) -> tuple[Referrer, ...]:
    """Return the trees of referrals that brought anybody, what brought most assets first.

    Whoever was referred by nobody in the log is a root. Of customers who name each other in a circle, the one
    assigned first is.
    """
    parents = _parents(standing)
    children: dict[int, list[int]] = {}
    for at, above in enumerate(parents):
        if above >= 0:
            children.setdefault(above, []).append(at)
    roots = [at for at in children if parents[at] < 0]
    ids, names = (standing.facts.values("customers", name).tolist() for name in ("customer_id", "name"))
    own_assets = np.where(standing.here, standing.assets, 0.0).tolist()
    made: dict[int, Referrer] = {}
    for at in _leaves_first(roots, children):
        brought = [made[child] for child in children.get(at, ())]
        made[at] = _referrer(standing.facts.advisor_id, str(ids[at]), str(names[at]), own_assets[at], brought)
    return most_first(made[at] for at in roots)


def most_first(trees: Iterable[Referrer]) -> tuple[Referrer, ...]:
    """Return trees in order: what brought most assets first, then most customers, then larger assets of their own."""
    return tuple(sorted(trees, key=lambda one: (-one.assets, -one.customers, -one.own_assets, one.customer_id)))


def _parents(standing: Standing) -> list[int]:
    """Return where who referred each customer stands, −1 for nobody, circles opened."""
    referrers = standing.facts.values("customers", "referred_by").tolist()
    known = np.where(standing.assigned, standing.facts.positions_of(referrers), -1)
    known[(known >= 0) & ~standing.assigned[known]] = -1
    by_day = np.argsort(standing.facts.values("customers", "assigned_on"), kind="stable")
    parents: list[int] = known.tolist()
    for at in by_day[known[by_day] >= 0].tolist():
        above, climbed = parents[at], {at}
        while above >= 0 and above not in climbed:
            climbed.add(above)
            above = parents[above]
        if above == at:
            parents[at] = -1
    return parents


def _leaves_first(roots: list[int], children: dict[int, list[int]]) -> list[int]:
    """Return the customers of trees so that everybody comes after those they brought."""
    order = list(roots)
    for at in order:  # grows while it is walked, level by level
        order.extend(children.get(at, ()))
    return order[::-1]


def _referrer(advisor_id: str, customer_id: str, name: str, own_assets: float, brought: list[Referrer]) -> Referrer:
    return Referrer(
        advisor_id=advisor_id,
        customer_id=customer_id,
        name=name,
        own_assets=own_assets,
        brought=most_first(brought),
        customers=sum(1 + one.customers for one in brought),
        assets=sum(one.own_assets + one.assets for one in brought),
    )
