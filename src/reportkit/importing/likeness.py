"""How much one heading is like another, and what most cells say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from reportkit.importing.synonyms import plain


def bare(heading: str) -> str:
    """Return a heading folded, without a unit in brackets."""
    return plain(re.sub(r"[(（].*?[)）]", "", heading)).rstrip(".:：") or plain(heading)


def alike(label: str, name: str, weight: float, *, near: bool = True) -> float:
    """Return how much a heading is like a name: the same, one within the other, or nearly the same letters."""
    if label == name:
        return weight
    if len(name) >= (5 if name.isascii() else 2) and name in label:
        return weight * (0.74 + 0.2 * len(name) / len(label))
    return weight * SequenceMatcher(None, label, name).ratio() * 0.95 if near else 0.0


def most(flags: Iterable[bool]) -> bool:
    """Return whether two thirds of some cells, and one at least, are so."""
    told = list(flags)
    return bool(told) and sum(told) * 3 >= len(told) * 2
