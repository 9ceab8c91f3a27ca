"""How an advisor's score went over the weeks before a report, and how many customers were served (DOMAIN §3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import Final

import numpy as np

from reportkit.definitions.insight_words import OF_WEEK
from reportkit.definitions.text import Text
from reportkit.facts.rows import effective_contacts
from reportkit.indicators.assess import Grade, PastFigure, grade, past_figure, score, windows
from reportkit.indicators.counting import NOTHING
from reportkit.indicators.process_control import Alert, Limits, alert_of, xmr
from reportkit.indicators.together import together
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import bucket, week_name, week_span
from reportkit.settings.indicator_rows import PERIODS_OF_A_WEEK, Indicator
from reportkit.summary.summaries import Work

WEEKS: Final = 12
FEWEST: Final = 4  # weeks shown of a younger log: a month, the span in which weeks begin to compare
KEPT: Final = 0.25  # of the entries of its busiest week: from then on a log is kept
MONDAY: Final = dt.date(1970, 1, 5)  # of the week numbered 0 by `bucket`


@dataclass(frozen=True, slots=True)
class PastWeek:
    """One week as it would be reported now; no figures where nothing had been logged yet, before the report's own.

    `worked` are the days worked in it, of several advisors all of theirs.
    """

    week: str
    figures: tuple[PastFigure, ...]
    score: float | None
    grade: Grade | None
    worked: float

    @property
    def met(self) -> int:
        """How many indicators reached their target."""
        return sum(one.met for one in self.figures)

    def is_over(self, as_of: dt.date) -> bool:
        """Return whether the week is over as of a day."""
        return week_span(self.week).end <= as_of

    def label(self, as_of: dt.date) -> str:
        """Return the week as charts name it, `W47`; one under way ends in dots."""
        name = short_name(self.week)
        return name if self.is_over(as_of) else f"{name}…"

    def of(self, indicator: str) -> PastFigure | None:
        """Return the figure of an indicator by its code."""
        return next((one for one in self.figures if one.indicator.code == indicator), None)

    def ordinary(self, indicator: str) -> float | None:
        """Return the value of an indicator; None of one by days where nobody worked: that is no swing of it."""
        past = self.of(indicator)
        return None if past is None or (past.indicator.by_days and not self.worked) else past.value


def short_name(week: str) -> str:
    """Return a week without its year, `W47`."""
    return week.partition("-")[2]


def weeks_until(week: str, weeks: int = WEEKS) -> tuple[str, ...]:
    """Return the names of so many weeks, the given one last."""
    monday = week_span(week).start
    return tuple(week_name(monday - dt.timedelta(weeks=back)) for back in range(weeks - 1, -1, -1))


def past_weeks(work: Work, settings: Settings, week: str, today: dt.date) -> tuple[PastWeek, ...]:
    """Return an advisor's last weeks, the report's own last: that has the report's figures, whatever was logged."""
    first = _first_day(work)
    return tuple(
        _past(
            name,
            tuple(_figures(work, settings, name, today)) if name == week or _begun(first, name) else (),
            work.duty.working_days(week_span(name)),
        )
        for name in weeks_until(week)
    )


def _figures(work: Work, settings: Settings, week: str, today: dt.date) -> Iterator[PastFigure]:
    """Yield every indicator's figure as the report of a week shows it."""
    for indicator, window, as_of in windows(settings, week, today):
        yield past_figure(indicator, work.days.get(indicator.code, NOTHING), work.duty, window, as_of)


def team_weeks(members: Sequence[Sequence[PastWeek]]) -> tuple[PastWeek, ...]:
    """Return the last weeks of several advisors together, of each advisor's own."""
    trend: list[PastWeek] = []
    for of_week in zip(*members, strict=True):
        figures = together(one for week in of_week for one in week.figures)
        trend.append(_past(of_week[0].week, figures, sum(week.worked for week in of_week if week.figures)))
    return tuple(trend)


def since_begun(weeks: Sequence[PastWeek]) -> Sequence[PastWeek]:
    """Return the weeks since the first with figures, and no fewer than four: what there is to show of a young log."""
    begun = next((at for at, week in enumerate(weeks) if week.figures), len(weeks))
    return weeks[max(0, min(begun, len(weeks) - FEWEST)) :]


def score_change(weeks: Sequence[PastWeek], as_of: dt.date) -> float | None:
    """Return by how much the last week's score differs from that of the week before, None while it is under way."""
    if len(weeks) <= 1 or not weeks[-1].is_over(as_of):
        return None
    before, now = weeks[-2].score, weeks[-1].score
    return None if before is None or now is None else now - before


@dataclass(frozen=True)
class Process:
    """A weekly figure's last whole week against the natural limits of the weeks before (XmR, of counts u′).

    `alert` is None inside the limits: noise. `limits` None: fewer than 8 weeks before. A share that open cases may yet
    join is that of the `week` before: those of the last have had no time.
    """

    indicator: Indicator
    week: str
    value: float
    limits: Limits | None
    alert: Alert | None

    @property
    def label(self) -> Text:
        """The indicator's label, with the week where it is not the last whole one."""
        if not self.indicator.settles:
            return self.indicator.label
        return OF_WEEK.filled(indicator=self.indicator.label, week=short_name(self.week))


def processes(weeks: Sequence[PastWeek], as_of: dt.date) -> tuple[Process, ...]:
    """Return the process behind every indicator of a day or week; an unfinished last week is left out.

    A count is compared by the days worked. One of a week in which nobody worked, as of a holiday or leave, is a gap: it
    is not assessed either.
    """
    whole = [week for week in weeks if week.is_over(as_of)]
    if not whole:
        return ()
    found = []
    for one in whole[-1].figures:
        judged = whole[:-1] if one.indicator.settles else whole
        *before, last = [week.ordinary(one.indicator.code) for week in judged] or [None]
        if one.indicator.period in PERIODS_OF_A_WEEK and last is not None:
            *days, of_last = [week.worked if one.indicator.by_days else 1.0 for week in judged]
            most = 1.0 if one.indicator.is_share else inf
            limits = xmr(before, days, of_last, most, in_parts=not one.indicator.adds_up)
            alert = alert_of(last, limits, one.indicator.direction)
            found.append(Process(one.indicator, judged[-1].week, last, limits, alert))
    return tuple(found)


def served_by_week(work: Work, week: str) -> tuple[int, ...]:
    """Return how many different customers had an effective contact in each of the last weeks, the given one last."""
    number, whose = (
        bucket("week", work.facts.days("activities", "date")),
        work.facts.numbers("activities", "customer_id"),
    )
    first = int(bucket("week", np.array([week_span(week).start], dtype="datetime64[D]"))[0]) - WEEKS + 1
    used = effective_contacts(work.facts) & (number >= first) & (number < first + WEEKS)
    served = np.zeros((WEEKS, int(whose.max(initial=0)) + 1), dtype=bool)
    served[number[used] - first, whose[used]] = True
    counts: list[int] = served.sum(axis=1).tolist()
    return tuple(counts)


def _past(week: str, figures: tuple[PastFigure, ...], worked: float) -> PastWeek:
    points = score(figures)
    return PastWeek(week, figures, points, grade(points), worked)


def _first_day(work: Work) -> np.datetime64 | None:
    """Return the Monday of the first week the log was kept: the few older entries of a new log were carried over.

    A log without activities, as of a service desk, is kept from its first cases on.
    """
    activities, cases = work.facts.days("activities", "date"), work.facts.days("cases", "opened_at")
    weeks = bucket("week", activities if len(activities) else cases)
    if not len(weeks):
        return None
    entries = np.bincount(weeks - weeks.min())
    begun = int(weeks.min() + np.flatnonzero(entries >= KEPT * entries.max())[0])
    return np.datetime64(MONDAY, "D") + np.timedelta64(7 * begun, "D")


def _begun(first: np.datetime64 | None, week: str) -> bool:
    return first is not None and bool(first <= np.datetime64(week_span(week).start))
