"""A share with its counts: the value, how sure it is, and whether two differ by more than chance (DOMAIN §3, §6)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from reportkit.facts.counts import Counts
from reportkit.indicators.assess import FEW

Z: Final = 1.959963984540054  # the normal deviate that leaves 2.5 % above it
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Share(Counts):
    """`part` of `whole`; adding two adds their counts, so that a branch is the sum of its advisors."""

    part: int = 0
    whole: int = 0

    @property
    def value(self) -> float | None:
        """The fraction, None of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def few(self) -> bool:
        """Whether it stands on too few observations to be relied on."""
        return self.whole < FEW

    @property
    def interval(self) -> Interval | None:
        """The Wilson 95 % interval: it stays inside 0 and 1 and holds for few observations too."""
        if not self.whole:
            return None
        n, p = self.whole, self.part / self.whole
        middle, scale = p + Z * Z / (2 * n), 1 + Z * Z / n
        reach = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def two_proportion_p(one: Share, other: Share) -> float:
    """Return how likely two shares differ this much by chance: the two-sided z test with a pooled share.

    1 where neither varies. Raise ValueError where a share is of nothing.
    """
    if not one.whole or not other.whole:
        raise ValueError("a share of nothing cannot be compared")
    pooled = (one.part + other.part) / (one.whole + other.whole)
    error = math.sqrt(pooled * (1 - pooled) * (1 / one.whole + 1 / other.whole))
    if not error:
        return 1.0
    z = (one.part / one.whole - other.part / other.whole) / error
    return 1 - math.erf(abs(z) / math.sqrt(2))
