"""Counts that add up: what rows come to, in total and by a key, so that a branch is the sum of its advisors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from operator import add, attrgetter
from typing import Any, Final, Protocol, Self, TypeVar

import numpy as np
import numpy.typing as npt

BLANK: Final = ""  # the key of rows that say nothing
Matrix = npt.NDArray[np.float64]  # rows × the fields of some counts


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers with the default 0 or 0.0; adding two adds field by field."""

    def __add__(self, other: Self) -> Self:
        held = _held(type(self))  # type: ignore[arg-type] # a class is hashable
        return type(self)(*map(add, held(self), held(other)))

    @classmethod
    def of_rows(cls, columns: Mapping[str, Any]) -> Matrix:
        """Return what each row adds, from a number or truth of every row for every field."""
        return np.column_stack([np.asarray(columns[one.name], dtype=np.float64) for one in fields(cls)])

    @classmethod
    def summed(cls, rows: Matrix) -> Self:
        """Return the sums of rows."""
        return cls._of(rows.sum(axis=0))

    @classmethod
    def grouped(cls, rows: Matrix, keys: npt.NDArray[np.object_]) -> dict[str, Self]:
        """Return key → the sums of its rows, in the order of the keys."""
        names: dict[str, int] = {}
        codes = [names.setdefault(one if isinstance(one, str) else BLANK, len(names)) for one in keys.tolist()]
        sums = np.zeros((len(names), rows.shape[1]))
        np.add.at(sums, np.array(codes, dtype=np.int64), rows)
        return {name: cls._of(sums[at]) for name, at in sorted(names.items())}

    @classmethod
    def _of(cls, sums: npt.NDArray[np.float64]) -> Self:
        none = cls()
        numbers = zip(fields(cls), sums.tolist(), strict=True)
        return cls(*(type(getattr(none, one.name))(number) for one, number in numbers))


@cache
def _held(kind: type[Counts]) -> Callable[[Counts], tuple[Any, ...]]:
    """Return what takes the numbers out of counts; there are two or more."""
    return attrgetter(*(one.name for one in fields(kind)))


class Adds(Protocol):
    """Anything two of which add up to a third."""

    def __add__(self, other: Self, /) -> Self:
        """Return both together."""
        ...


Some = TypeVar("Some", bound=Adds)


def added(groups: Iterable[Mapping[str, Some]]) -> dict[str, Some]:
    """Return key → the sum over all groups that have it, in the order the keys are met."""
    sums: dict[str, Some] = {}
    for group in groups:
        for key, one in group.items():
            sums[key] = sums[key] + one if key in sums else one
    return sums


def added_by_key(groups: Iterable[Mapping[str, Some]]) -> dict[str, Some]:
    """Return key → the sum over all groups that have it, in the order of the keys."""
    return dict(sorted(added(groups).items()))
