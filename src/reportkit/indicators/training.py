"""Training attended: how often, how long, and how it was passed (DOMAIN §1, §3 training_hours)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reportkit.facts.counts import Counts
from reportkit.facts.rows import Facts
from reportkit.indicators.shares import Share
from reportkit.settings.calendars import Span

PASS: Final = 60  # of 100


@dataclass(frozen=True, slots=True)
class Training(Counts):
    """What training rows add up to; adding two adds their counts. `scores` is the sum of those `scored`."""

    times: int = 0
    hours: float = 0.0
    scored: int = 0
    scores: float = 0.0
    passed: int = 0

    @property
    def mean_score(self) -> float | None:
        """The mean score of what was scored."""
        return self.scores / self.scored if self.scored else None

    @property
    def pass_rate(self) -> Share:
        """Scores of 60 or more, of what was scored."""
        return Share(self.passed, self.scored)


def training(facts: Facts, span: Span) -> Training:
    """Return the training of one advisor on the days of a span."""
    inside = span.covers(facts.days("training", "date"))
    scores = facts.values("training", "score")[inside]
    scores = scores[scores >= 0]  # not the blank ones
    return Training(
        times=int(inside.sum()),
        hours=float(facts.values("training", "hours")[inside].sum()),
        scored=len(scores),
        scores=float(scores.sum()),
        passed=int((scores >= PASS).sum()),
    )
