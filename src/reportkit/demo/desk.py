"""One advisor's desk: the customers, the days worked and what is in the diary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from reportkit.definitions.text import Language, Text
from reportkit.demo.dice import Dice
from reportkit.demo.habits import Habit
from reportkit.demo.notes import SECTORS
from reportkit.demo.people import RowDict, served
from reportkit.demo.staff import Advisor, Period

_RHYTHM = (1.06, 1.08, 1.03, 1.0, 0.86, 0.6, 0.6)  # Monday to Sunday: Fridays are for reports


@dataclass
class Desk:
    """What the rows of one log are made from; `diary` holds what is fixed for a day: kind and customer."""

    advisor: Advisor
    period: Period
    dice: Dice
    language: Language
    customers: list[RowDict]
    diary: dict[dt.date, list[tuple[str, str | None]]] = field(default_factory=dict)

    @property
    def habit(self) -> Habit:
        """How the advisor works."""
        return self.advisor.habit

    @cached_property
    def days(self) -> list[tuple[dt.date, float]]:
        """The days worked and how much of each; today is about half over."""
        worked = self.advisor.days(self.period)
        return [(day, share * 0.6 if day == self.period.today else share) for day, share in worked]

    @cached_property
    def weeks(self) -> dict[dt.date, list[dt.date]]:
        """Monday → the days of its week that were worked."""
        weeks: dict[dt.date, list[dt.date]] = {}
        for day, _ in self.days:
            weeks.setdefault(day - dt.timedelta(days=day.weekday()), []).append(day)
        return weeks

    @cached_property
    def mood(self) -> dict[dt.date, float]:
        """How much gets done on each day: good and bad days, the rhythm of the week, half days, the drift."""
        drift = self.habit.drift
        return {
            day: share
            * _RHYTHM[day.weekday()]
            * self.dice.skewed(1.0, 0.16)
            * max(0.1, 1 + drift * (self.period.progress(day) - 0.5))
            for day, share in self.days
        }

    def improved(self, indicator: str, day: dt.date) -> float:
        """Return the factor an improvement of an indicator has on a day: 1 before it is put in force."""
        applies = self.habit.improves == indicator and day >= self.period.turn
        return self.habit.effect if applies else 1.0

    def served_on(self, day: dt.date) -> list[RowDict]:
        """Return the customers served on a day, longest served first."""
        return [row for row in self.customers if served(row, day)]

    def worked_from(self, day: dt.date, within: int) -> dt.date | None:
        """Return a random day worked from `day` to `within` days later, or None."""
        last = day + dt.timedelta(days=within)
        days = [worked for worked, _ in self.days if day <= worked <= last]
        return self.dice.one(days) if days else None

    def enter(self, day: dt.date, kind: str, customer_id: str | None = None) -> None:
        """Put a service into the diary of a day."""
        self.diary.setdefault(day, []).append((kind, customer_id))

    def say(self, texts: Sequence[Text]) -> str:
        """Return one of the texts in the log's language, its places filled."""
        return self.dice.one(texts).fill(
            self.language, sector=self.dice.one(SECTORS).to(self.language), ratio=self.dice.randint(150, 280)
        )

    def note(self, texts: Sequence[Text], share: float | None = None) -> str | None:
        """Return one of the texts, or nothing: as often as the advisor writes, or as `share` says."""
        return self.say(texts) if self.dice.chance(self.habit.writes if share is None else share) else None
