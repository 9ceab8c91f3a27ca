"""The workings behind the board: what was done on its day and in its week, and what was asked, in native formulas.

The rows of the day are looked up one after another (a slot each), so that a board over 10,000 rows stays quick.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from reportkit.definitions import words
from reportkit.definitions.catalogue import SINCE
from reportkit.definitions.choices import LEAVE
from reportkit.indicators.targets import DAYS_OF_A_WEEK, duty_of
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import Span
from reportkit.settings.indicator_rows import Indicator
from reportkit.workbooks.counts import Slots, add_known_ids, add_slots, count_of_day, count_of_week
from reportkit.workbooks.hidden import HiddenSheet, Range, add_hidden_sheet
from reportkit.workbooks.lists import Lists
from reportkit.workbooks.style import Styles

BOARD_DATE: Final = "board_date"
LAST: Final = dt.date(SINCE.year + 20, 12, 31)
NO_TARGET: Final = "-"  # LibreOffice takes an empty text for 0
_BEGINNING: Final = 1.0  # the first day Excel can count
_END: Final = dt.date(9999, 12, 31)


@dataclass(frozen=True)
class Line:
    """One indicator of the board: where its figures stand. `done` is None where formulas cannot express it."""

    indicator: Indicator
    done: str | None
    target: str
    stretch: str


@dataclass(frozen=True)
class Workings:
    """Where the board finds its figures."""

    day: tuple[Line, ...]
    week: tuple[Line, ...]
    share: str  # the part of the board's day that is worked: 0, 0.5 or 1
    trading: str  # whether the branch works on the board's day: 0 or 1
    slots: Slots


@dataclass(frozen=True)
class _Days:
    """The week of the board's date, Monday to Sunday."""

    days: Range
    trading: Range
    share: Range

    @property
    def today(self) -> str:
        """The place of the board's date in the week."""
        return f"WEEKDAY({BOARD_DATE},2)"

    @property
    def last_worked(self) -> str:
        """The last day of the week that is worked, 0 for none."""
        return f"SUMPRODUCT(MAX(({self.share}>0)*{self.days}))"


def add_workings(styles: Styles, lists: Lists, settings: Settings, advisor_id: str) -> Workings:
    """Add the hidden sheet of workings for one advisor."""
    hidden = add_hidden_sheet(styles, words.WORKINGS.to(styles.language))
    days = _add_days(hidden, lists, settings, advisor_id)
    slots, known_ids = add_slots(hidden, lists), add_known_ids(hidden)
    in_force = {i.code: _add_targets(hidden, settings, advisor_id, i) for i in settings.indicators}
    by_day = [i for i in settings.indicators if i.period == "day"]
    by_week = [i for i in settings.indicators if i.period == "week" and i.adds_up]
    return Workings(
        tuple(_day_line(hidden, days, slots, i, in_force[i.code]) for i in by_day),
        tuple(_week_line(hidden, days, i, in_force[i.code], count_of_week(i, lists, known_ids)) for i in by_week),
        f"INDEX({days.share},{days.today})",
        f"INDEX({days.trading},{days.today})",
        slots,
    )


def _add_days(hidden: HiddenSheet, lists: Lists, settings: Settings, advisor_id: str) -> _Days:
    """Add the days of the week with the share of each that is worked: trading × on the roster × not on leave."""
    off, extra = _exceptions(settings)
    off_days, extra_days = hidden.add("days off", off), hidden.add("extra days", extra)
    posts = settings.roster_of(advisor_id)
    starts = hidden.add("on roster from", [post.from_ or _BEGINNING for post in posts] or [_BEGINNING])
    ends = hidden.add("on roster to", [post.to or _END for post in posts] or [_END])
    days = hidden.formulas("week", 7, lambda i, _: f"{BOARD_DATE}-WEEKDAY({BOARD_DATE},2)+{i + 1}")

    def trading(i: int, _: Range) -> str:
        day = days.at(i)
        usual = f"IF(OR(WEEKDAY({day},2)>5,COUNTIF({off_days},{day})>0),0,1)"
        return f"IF(COUNTIF({extra_days},{day})>0,1,{usual})"

    def share(i: int, _: Range) -> str:
        day = days.at(i)
        on_roster = f"IF(SUMPRODUCT(({starts}<={day})*({ends}>={day}))>0,1,0)"
        return f"{worked.at(i)}*{on_roster}*(1-MIN(1,{_leave(day, lists)}))"

    worked = hidden.formulas("trading", 7, trading)
    return _Days(days, worked, hidden.formulas("share worked", 7, share))


def _leave(day: str, lists: Lists) -> str:
    """Return the formula of the leave taken on a day: two half days make a whole one."""
    taken = [
        f"{part}*SUMPRODUCT((worktime_date={day})"
        f"*ISNUMBER(MATCH(TRIM(worktime_leave),{lists.written[LEAVE.code][code]},0)))"
        for code, part in (("half", 0.5), ("full", 1))
    ]
    return "+".join(taken)


def _exceptions(settings: Settings) -> tuple[list[dt.date], list[dt.date]]:
    """Return the weekdays off and the weekend days worked."""
    days = Span(SINCE, LAST).days
    worked = settings.calendar.trading(days)
    pairs = list(zip(days.astype(object).tolist(), worked.tolist(), strict=True))
    off = [day for day, works in pairs if not works and day.weekday() < 5]
    return off, [day for day, works in pairs if works and day.weekday() >= 5]


@dataclass(frozen=True)
class _InForce:
    """The days an indicator's target changes, with target and stretch from then on; no target is a text."""

    since: Range
    target: Range
    stretch: Range

    def on(self, day: str, numbers: Range) -> str:
        """Return the formula of the number in force on a day."""
        return f"LOOKUP({day},{self.since},{numbers})"


def _add_targets(hidden: HiddenSheet, settings: Settings, advisor_id: str, indicator: Indicator) -> _InForce:
    """Add an indicator's targets for this advisor, whatever their scope."""
    duty = duty_of(settings, advisor_id)
    changes: list[tuple[float | dt.date, float | None, float | None]] = []
    for day in _change_days(settings, advisor_id, indicator.code):
        row = duty.row(indicator.code, day)
        asked = (row.target, row.stretch) if row else (None, None)
        if not changes or changes[-1][1:] != asked:
            changes.append((day if changes else _BEGINNING, *asked))
    return _InForce(
        hidden.add(f"{indicator.code} from", [since for since, _, _ in changes]),
        hidden.add("target", [NO_TARGET if target is None else target for _, target, _ in changes]),
        hidden.add("stretch", [NO_TARGET if stretch is None else stretch for _, _, stretch in changes]),
    )


def _change_days(settings: Settings, advisor_id: str, indicator: str) -> list[dt.date]:
    """Return the days on which another target may come into force, earliest first."""
    targets = settings.targets_of.get(indicator, ())
    days = {dt.date.min, *(row.from_ for row in targets)}
    days |= {row.to + dt.timedelta(days=1) for row in targets if row.to is not None and row.to < dt.date.max}
    return sorted(days | {post.from_ for post in settings.roster_of(advisor_id) if post.from_ is not None})


def _day_line(hidden: HiddenSheet, days: _Days, slots: Slots, indicator: Indicator, in_force: _InForce) -> Line:
    """Add what the board's day asks of an indicator and how much of it is done."""
    share = f"INDEX({days.share},{days.today})"
    figures = [
        _asked(indicator, in_force.on(BOARD_DATE, numbers), share) for numbers in (in_force.target, in_force.stretch)
    ]
    done = count_of_day(hidden, slots, indicator)
    return _line(hidden, indicator, done, figures)


def _week_line(hidden: HiddenSheet, days: _Days, indicator: Indicator, in_force: _InForce, done: str | None) -> Line:
    """Add what the whole week asks of an indicator and how much of it is done up to the board's day."""

    def asked_each_day(numbers: Range) -> Range:
        return hidden.formulas(
            indicator.code, 7, lambda i, _: f'IF({days.share.at(i)}>0,{in_force.on(days.days.at(i), numbers)},"")'
        )

    def scaled(numbers: Range) -> str:
        each = asked_each_day(numbers)
        return f'IF(COUNT({each})=0,"",MIN(MAX({each}),SUMPRODUCT({days.share},{each})/{DAYS_OF_A_WEEK}))'

    def whole(numbers: Range) -> str:
        return f'IF({days.last_worked}=0,"",{in_force.on(days.last_worked, numbers)})'

    figures = [(scaled if indicator.scaled else whole)(numbers) for numbers in (in_force.target, in_force.stretch)]
    return _line(hidden, indicator, done, figures)


def _asked(indicator: Indicator, number: str, share: str) -> str:
    """Return the formula of a day's target; a day not worked asks nothing."""
    if indicator.scaled:
        return f'IF(ISNUMBER({number}),{number}*{share},"")'
    return f'IF(AND(ISNUMBER({number}),{share}>0),{number},"")'


def _line(hidden: HiddenSheet, indicator: Indicator, done: str | None, figures: Iterable[str]) -> Line:
    """Add an indicator's figures one below another."""
    cells = [done or '""', *figures]
    column = hidden.formulas(f"{indicator.code}: done, target, stretch", len(cells), lambda i, _: cells[i])
    return Line(indicator, column.cell(0) if done else None, column.cell(1), column.cell(2))
