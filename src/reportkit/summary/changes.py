"""What became of a published week since: rows that came late, and figures that a later edition gives otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Change = Literal["appeared", "changed", "vanished"]
Restates = Literal["value", "target", "score"]
Cells = Mapping[str, str]  # column code → the value as it is written, blank cells left out


@dataclass(frozen=True)
class Late:
    """One late row. `old` and `new` hold what changed, or all that is filled where the row appeared or vanished.

    `row` is Excel's own number: now, or of a row that vanished, then. `first_seen` is the day of the refresh that
    found it.
    """

    week: str
    advisor_id: str
    file: str
    form: str
    sheet: str
    row: int
    change: Change
    old: Cells
    new: Cells
    first_seen: dt.date

    def as_json(self) -> dict[str, Any]:
        """Return the row as `refresh --json` prints it."""
        return {
            "week": self.week,
            "advisor": self.advisor_id,
            "file": self.file,
            "form": self.form,
            "sheet": self.sheet,
            "row": self.row,
            "change": self.change,
            "old": dict(self.old) or None,
            "new": dict(self.new) or None,
            "first_seen": self.first_seen.isoformat(),
        }

    @property
    def same(self) -> tuple[object, ...]:
        """What makes it the same late entry at the next refresh, whatever rows were put above it."""
        old, new = (tuple(sorted(cells.items())) for cells in (self.old, self.new))
        return self.week, self.advisor_id, self.form, self.change, old, new


@dataclass(frozen=True)
class Restated:
    """A value, target or score that an edition gives otherwise than the one before.

    Of the branch where the advisor is blank; a score is of no indicator.
    """

    advisor_id: str
    indicator: str
    old: float | None
    new: float | None
    of: Restates = "value"


@dataclass(frozen=True)
class Correction:
    """How a week that was published and reopened differs from what was published: when, why, which figures."""

    published_on: dt.date
    reopened_on: dt.date
    why: str
    figures: tuple[Restated, ...]
