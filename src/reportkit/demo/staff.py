"""Who works in the demo branch and when: teams, joiners, leavers, new levels, leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from reportkit.definitions.text import Language
from reportkit.demo.dice import Dice
from reportkit.demo.habits import CLIMBER, HABITS, JOINER, LEAVER, STAR, Habit
from reportkit.demo.names import ADVISOR_NAMES, GIVEN_NAMES, MANAGER_NAMES, SURNAMES
from reportkit.settings.calendars import Span, TradingCalendar

BEFORE: Final = 75  # days before the period from which last contacts are carried over
AFTER: Final = 21  # days after today into which visits are planned
LEVELS: Final = ("junior", "intermediate", "senior")


@dataclass(frozen=True)
class Period:
    """The weeks the demo tells of: `weeks` full ones and the current one, up to today."""

    today: dt.date
    weeks: int

    @property
    def start(self) -> dt.date:
        """The Monday of the first week."""
        return self.today - dt.timedelta(days=self.today.weekday() + 7 * self.weeks)

    @property
    def turn(self) -> dt.date:
        """The Monday improvements are put in force: four full weeks have passed since its own, if there are so many."""
        return self.start + dt.timedelta(weeks=max(1, self.weeks - 5))

    @cached_property
    def overrides(self) -> dict[dt.date, bool]:
        """The branch's own day off (a Wednesday) and extra working day (a Saturday), where there is room."""
        closed, extra = self.start + dt.timedelta(days=16), self.start + dt.timedelta(days=26)
        return {day: works for day, works in ((closed, False), (extra, True)) if day < self.today}

    @cached_property
    def trading(self) -> tuple[dt.date, ...]:
        """The branch's working days, from before the period until after today."""
        span = Span(self.start - dt.timedelta(days=BEFORE), self.today + dt.timedelta(days=AFTER))
        worked = TradingCalendar(self.overrides).trading(span.days)
        return tuple(day.astype(object) for day in span.days[worked])

    def progress(self, day: dt.date) -> float:
        """Return how much of the period has gone by on a day, from 0 to 1."""
        return min(1.0, max(0.0, (day - self.start).days / max(1, (self.today - self.start).days)))


@dataclass(frozen=True)
class Advisor:
    """One advisor of the demo: place in the roster and way of working."""

    number: int
    advisor_id: str
    name: str
    team: int
    level: str
    habit: Habit
    joined: dt.date | None = None
    left: dt.date | None = None
    promoted: dt.date | None = None
    leave: Mapping[dt.date, str] = field(default_factory=dict)

    def employed(self, day: dt.date) -> bool:
        """Return whether a day lies within the roster's from and to."""
        return (self.joined is None or day >= self.joined) and (self.left is None or day <= self.left)

    def days(self, period: Period) -> list[tuple[dt.date, float]]:
        """Return the days worked in the period, and how much of each: half on half a day's leave."""
        shares = {"half": 0.5, "full": 0.0}
        return [
            (day, shares.get(self.leave.get(day, "none"), 1.0))
            for day in period.trading
            if period.start <= day <= period.today and self.employed(day) and self.leave.get(day) != "full"
        ]


def staff(period: Period, advisors: int, seed: int, language: Language) -> tuple[Advisor, ...]:
    """Return the advisors of the demo; the first dozen each work in their own way, later ones repeat them."""
    return tuple(_advisor(period, number, seed, language) for number in range(1, advisors + 1))


def manager_id(team: int) -> str:
    """Return the ID of a team's manager."""
    return f"M{team + 1:02d}"


def manager_name(team: int, language: Language) -> str:
    """Return the name of a team's manager."""
    return MANAGER_NAMES[team].to(language)


def _advisor(period: Period, number: int, seed: int, language: Language) -> Advisor:
    dice = Dice(seed, "advisor", number)
    habit = HABITS[(number - 1) % len(HABITS)]
    if number > len(HABITS):
        habit = _varied(habit, dice)
    level = "senior" if habit is STAR else dice.one(LEVELS)
    middle = _worked(period, period.start + dt.timedelta(days=7 * (period.weeks // 2)))
    advisor = Advisor(
        number,
        f"A{number:03d}",
        _name(number, dice, language),
        team=(number - 1) % len(MANAGER_NAMES),
        level=level,
        habit=habit,
    )
    if habit.code == JOINER.code:
        return replace(
            advisor, level="junior", joined=_worked(period, period.start + dt.timedelta(days=min(16, 2 * period.weeks)))
        )
    if habit.code == LEAVER.code:
        left = max(middle, period.start + dt.timedelta(days=7 * period.weeks - 10))
        return replace(advisor, left=min(left, period.today))
    if habit.code == CLIMBER.code:
        advisor = replace(advisor, level="junior", promoted=middle)
    return replace(advisor, leave=_leave(period, dice))


def _varied(habit: Habit, dice: Dice) -> Habit:
    """Return a habit a little off its model, so that a second star is not a copy of the first."""

    def near(value: float) -> float:
        return value * dice.uniform(0.8, 1.15)

    return replace(
        habit,
        new_contacts=near(habit.new_contacts),
        revisits=near(habit.revisits),
        funds=near(habit.funds),
        margins=near(habit.margins),
        visits=near(habit.visits),
        response=near(habit.response),
        first_visits=min(1.0, near(habit.first_visits)),
    )


def _name(number: int, dice: Dice, language: Language) -> str:
    if number <= len(ADVISOR_NAMES):
        return ADVISOR_NAMES[number - 1].to(language)
    return full_name(dice, language)


def full_name(dice: Dice, language: Language) -> str:
    """Return a made-up name: family name first, with a space where it is romanised."""
    space = " " if language == "en" else ""
    return f"{dice.one(SURNAMES).to(language)}{space}{dice.one(GIVEN_NAMES).to(language)}"


def _worked(period: Period, day: dt.date) -> dt.date:
    """Return the day, or the next working day after it."""
    return next(worked for worked in period.trading if worked >= day)


def _leave(period: Period, dice: Dice) -> dict[dt.date, str]:
    """Return some leave: a half day here and there, now and then a few whole days in a row."""
    days = [day for day in period.trading if period.start <= day < period.today]
    if not days:
        return {}
    leave = {dice.one(days): "half" for _ in range(dice.around(1.2))}
    if dice.chance(0.6):
        first = dice.randrange(len(days))
        leave |= dict.fromkeys(days[first : first + dice.randint(1, 4)], "full")
    return leave
