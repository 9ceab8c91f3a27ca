"""docs/reliability.md, written from what was tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from soak.pairs import Pair
from soak.trial import Trial

PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"


@dataclass(frozen=True)
class Tried:
    """What a soak tried: its seed, how often each command writes, the trials, the pairs, why no disk was small."""

    seed: int
    writes: Mapping[str, int]
    trials: Sequence[Trial]
    pairs: Sequence[Pair]
    why_no_disk: str


def page(tried: Tried) -> str:
    """Return docs/reliability.md."""
    return ""
