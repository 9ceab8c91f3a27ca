"""Chance that repeats: the same seed gives the same demo on every machine."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice(Random):
    """A source of chance, seeded by a text so that it does not depend on the hash seed."""

    def __init__(self, *seed: object) -> None:
        super().__init__(":".join(str(part) for part in seed))

    def chance(self, share: float) -> bool:
        """Return True in a share of the calls."""
        return self.random() < share

    def one(self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return items[int(self.random() * len(items))]

    def around(self, mean: float) -> int:
        """Return a whole number whose mean is `mean`: its floor, or one more."""
        return math.floor(mean + self.random()) if mean > 0 else 0

    def skewed(self, median: float, spread: float) -> float:
        """Return a log-normal number: half lie under `median`; `spread` is the deviation of its logarithm."""
        return median * math.exp(self.gauss(0.0, spread))

    def weighted(self, weights: dict[str, float]) -> str:
        """Return one of the keys, as often as its weight says."""
        left = self.random() * sum(weights.values())
        for key, weight in weights.items():
            left -= weight
            if left < 0:
                return key
        return key
