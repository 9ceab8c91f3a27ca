"""Counts that add up: what rows come to, in total and by a key, so that a branch is the sum of its advisors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, Self, TypeVar

import pandas as pd

BLANK: Final = ""  # the key of rows that say nothing


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers with the default 0 or 0.0; adding two adds field by field."""

    def __add__(self, other: Self) -> Self:
        return type(self)(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @classmethod
    def summed(cls, rows: pd.DataFrame) -> Self:
        """Return the sums of rows that have a number or truth for every field."""
        return cls._of(_numbers(cls, rows).sum())

    @classmethod
    def grouped(cls, rows: pd.DataFrame, keys: pd.Series[Any]) -> dict[str, Self]:
        """Return key → the sums of its rows, in the order of the keys."""
        sums = _numbers(cls, rows).groupby(keys.astype("str").fillna(BLANK)).sum()
        return {str(key): cls._of(row) for key, row in sums.iterrows()}

    @classmethod
    def _of(cls, sums: pd.Series[float]) -> Self:
        none = cls()
        return cls(*(type(getattr(none, one.name))(sums[one.name]) for one in fields(cls)))


Some = TypeVar("Some", bound=Counts)


def added(groups: Iterable[Mapping[str, Some]]) -> dict[str, Some]:
    """Return key → the sum over all groups that have it, in the order of the keys."""
    sums: dict[str, Some] = {}
    for group in groups:
        for key, counts in group.items():
            sums[key] = sums[key] + counts if key in sums else counts
    return dict(sorted(sums.items()))


def _numbers(kind: type[Counts], rows: pd.DataFrame) -> pd.DataFrame:
    return rows[[one.name for one in fields(kind)]].astype("f8")
