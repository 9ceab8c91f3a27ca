"""A column as its different entries and the number of each row's: most columns hold few, and numbers compare fast."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from reportkit.definitions.columns import Column, Kind
from reportkit.read.values import look_up

Numbers = npt.NDArray[np.int64]
Array = npt.NDArray[Any]
Chosen = npt.NDArray[np.bool_] | npt.NDArray[np.int64]  # a mask of rows, or their positions

TEXTS: Final = pd.StringDtype(storage="pyarrow", na_value=np.nan)
_BLANK: Final[dict[Kind, float | None]] = {"date": None, "datetime": None, "time": None}


@dataclass(frozen=True)
class Numbered:
    """A column of typed cells: each row's `numbers` says which of the `entries` it holds, −1 that it is blank.

    Every entry stands in some row; they come in the order they first do, as the values `normalise` returns.
    """

    kind: Kind
    numbers: Numbers
    entries: list[Any]

    @cached_property
    def known(self) -> dict[Any, int]:
        """Entry → its number."""
        return {entry: number for number, entry in enumerate(self.entries)}

    @cached_property
    def array(self) -> Array:
        """The entries as an array, of dtype datetime64[s], float64 or object, and a blank, so that −1 finds that."""
        cells = [*self.entries, _BLANK.get(self.kind, np.nan)]
        if self.kind in ("date", "datetime"):  # Arrow takes Python objects in many times faster than numpy
            days: Array = pa.array(cells).to_numpy(zero_copy_only=False)
            return days.astype("datetime64[s]")
        return np.array(cells, dtype="float64" if self.kind in ("number", "whole") else "object")

    def values(self) -> Array:
        """Return each row's entry; a blank is NaT, NaN, or None among times."""
        values: Array = self.array[self.numbers]
        return values

    def plain(self) -> list[Any]:
        """Return each row's entry as a Python value, None for a blank."""
        return list(map([*self.entries, None].__getitem__, self.numbers.tolist()))

    def arrow(self, of: pa.DataType) -> pa.Array:
        """Return each row's entry as an array of a type of Arrow's, null for a blank."""
        if self.array.dtype != object:
            return pa.array(self.values(), of, from_pandas=True)
        return pa.array(self.entries, of).take(pa.array(self.numbers, mask=self.numbers < 0))

    def frame_array(self) -> Any:
        """Return each row's entry as `Table.frame` holds it."""
        if self.kind in ("date", "datetime", "time", "number", "whole"):
            return self.values()
        return pd.arrays.ArrowStringArray(self.arrow(pa.large_string()), dtype=TEXTS)  # type: ignore[call-arg] # the stubs are behind pandas 3

    def at(self, row: int) -> Any:
        """Return the entry of the row at a position, None for a blank."""
        number = self.numbers[row]
        return None if number < 0 else self.entries[number]

    def taken(self, rows: Chosen) -> Numbered:
        """Return some of the rows."""
        return _of_those_held(self.kind, self.numbers[rows], self.entries)

    def with_entry(self, rows: Chosen, entry: Any) -> Numbered:
        """Return the column with an entry in some rows; None makes them blank."""
        numbers = self.numbers.copy()
        numbers[rows] = -1 if entry is None else self.known.get(entry, len(self.entries))
        return _of_those_held(self.kind, numbers, self.entries if entry is None else [*self.entries, entry])

    def changed(self, change: Callable[[Any], Any]) -> Numbered:
        """Return the column with every entry changed."""
        new = list(map(change, self.entries))
        number_of = {entry: number for number, entry in enumerate(dict.fromkeys(new))}
        numbers = np.array([*map(number_of.__getitem__, new), -1])
        return Numbered(self.kind, numbers[self.numbers], list(number_of))


def numbered(column: Column, cells: Sequence[object]) -> Numbered:
    """Return a column's cells as what they mean; what cannot be converted stays an entry as it is."""
    return Numbered(column.kind, *look_up(column, cells))


def _of_those_held(kind: Kind, numbers: Numbers, entries: list[Any]) -> Numbered:
    """Return a column of entries of which some may stand in no row any more, or in another order."""
    held = pd.unique(numbers[numbers >= 0])
    renumbered = np.full(len(entries) + 1, -1)
    renumbered[held] = np.arange(len(held))
    return Numbered(kind, renumbered[numbers], [entries[number] for number in held.tolist()])
