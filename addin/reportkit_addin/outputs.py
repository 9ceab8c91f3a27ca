"""What the program writes into an open log: summaries and findings as the rows of its output areas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from reportkit.customers.due import REASONS, DueCustomer
from reportkit.definitions import words
from reportkit.definitions.choices import CHANNEL
from reportkit.definitions.figures import BLANK
from reportkit.definitions.findings import Finding, how_many
from reportkit.definitions.severity import SEVERITY_LABEL
from reportkit.definitions.text import Language, Text
from reportkit.indicators.assess import Assessment, points
from reportkit.read.archives import year_of
from reportkit.summary.summaries import AdvisorSummary, RowCount
from reportkit.workbooks.cells import finer, number_format, period_and_unit
from reportkit.workbooks.log import DUE_HEADINGS, FINDINGS_HEADINGS, WEEKLY_HEADINGS
from reportkit.workbooks.pages import OUTPUT_HEADING
from reportkit.workbooks.style import DATE, GOOD, PERCENT, TEXT, WHOLE, WRONG
from reportkit_addin import sentences as say
from reportkit_addin.links import cell_link

LINE: Final = OUTPUT_HEADING  # the row, counted from 1, of the sentence above the headings
FIRST: Final = OUTPUT_HEADING + 2  # the first row under the headings, counted from 1
GENERAL: Final = "General"
DAYS_A_WEEK: Final = 7
CELL_AT: Final = [heading for heading, _ in FINDINGS_HEADINGS].index(words.CELL)
OVERDUE_AT: Final = [heading for heading, _ in DUE_HEADINGS].index(words.DAYS_OVERDUE)
ATTAINED_AT: Final = [heading for heading, _ in WEEKLY_HEADINGS].index(words.ATTAINMENT)
Cell = str | float | dt.date | None
Look = tuple[int, int, int, str]  # row and first and last column of cells, counted from 0, and how they look


@dataclass(frozen=True)
class Area:
    """What an output area shows: its sheet, the sentence above, its rows, and a number format a column.

    Text columns are formatted as text before they are written, so that nothing becomes a formula. `looks` are the
    number formats of cells that differ from their column's, `tints` the colours of cells to be seen first. Columns,
    counted from 0: `wrapped` are those whose text runs over several lines, `left` those of figures and days that stand
    under a heading at the left, `right` those in which a dash stands where the figures do, `links` those to follow.
    """

    sheet: Text
    line: str
    rows: Sequence[Sequence[Cell]]
    formats: Sequence[str]
    looks: Sequence[Look] = ()
    tints: Sequence[Look] = ()
    wrapped: Sequence[int] = ()
    left: Sequence[int] = ()
    right: Sequence[int] = ()
    links: Sequence[int] = ()


def findings_area(findings: Sequence[Finding], rows: RowCount, language: Language) -> Area:
    """Return 校验结果: a finding a row, each with a link to its cell."""
    line = say.CHECKED.fill(
        language,
        errors=how_many(findings, "error"),
        warnings=how_many(findings, "warning"),
        read=rows.read,
        counted=rows.counted,
        excluded=rows.excluded,
    )
    shown = [_finding(found, language) for found in findings]
    formats = (TEXT, TEXT, WHOLE, TEXT, GENERAL, TEXT, TEXT, TEXT)
    tints = [(at, 0, 0, WRONG) for at, found in enumerate(findings) if found.severity == "error"]
    return Area(words.FINDINGS, line, shown, formats, tints=tints, wrapped=(6,), left=(2,), links=(CELL_AT,))


def _finding(found: Finding, language: Language) -> tuple[Cell, ...]:
    place, year = found.place, year_of(found.place.file)
    leads_to = place.cell or (f"A{place.row}" if place.row else None)  # a whole row is found at its first cell
    return (
        SEVERITY_LABEL[found.severity].to(language),
        f"{year} {place.sheet}" if year else place.sheet,
        place.row,
        place.column.label.to(language) if place.column else None,
        leads_to if year else cell_link(place.sheet, leads_to) if place.sheet and leads_to else None,
        found.value,
        found.message(language),
        found.code,
    )


def due_area(due: Sequence[DueCustomer], on: dt.date, language: Language) -> Area:
    """Return 待办: a customer a row, most urgent first."""
    line = say.DUE_OF.fill(language, on=on, count=len(due))
    shown = [_due(one, language) for one in due]
    formats = (TEXT, TEXT, TEXT, DATE, WHOLE, TEXT, DATE, TEXT, TEXT)
    tints = [(at, OVERDUE_AT, OVERDUE_AT, WRONG) for at, one in enumerate(due) if (one.days_overdue or 0) > 0]
    return Area(words.DUE, line, shown, formats, tints=tints, wrapped=(1, 2, 8), left=(3, 4, 6))


def _due(one: DueCustomer, language: Language) -> tuple[Cell, ...]:
    channel = CHANNEL.labels.get(one.last_channel or "")
    return (
        one.customer_id,
        one.name,
        " · ".join(REASONS[reason].to(language) for reason in one.reasons),
        one.due,
        one.days_overdue,
        one.phone,
        one.last_contact,
        channel.to(language) if channel else one.last_channel,
        one.last_summary,
    )


def weekly_area(summary: AdvisorSummary, language: Language) -> Area:
    """Return 周报: an indicator a row, its seven days, total, target, attainment, days met, and its period and unit."""
    line = say.WEEK_OF.fill(
        language,
        week=summary.week,
        start=summary.span.start,
        end=summary.span.end,
        as_of=summary.as_of,
        score=points(summary.score),
        grade=summary.grade or "",
        read=summary.rows.read,
        counted=summary.rows.counted,
        excluded=summary.rows.excluded,
    )
    days = days_of(summary)
    shown = [_indicator(one, days, language) for one in summary.assessments]
    looks = [look for at, one in enumerate(summary.assessments) for look in _looks(at, one, days)]
    width = len(WEEKLY_HEADINGS)
    formats = (TEXT, *[WHOLE] * (width - 4), PERCENT, WHOLE, TEXT)
    reached = [one.met for one in summary.assessments]
    tints = [(at, ATTAINED_AT, ATTAINED_AT, GOOD) for at, done in enumerate(reached) if done]
    return Area(words.WEEKLY, line, shown, formats, looks, tints, right=range(1, width))


def days_of(summary: AdvisorSummary) -> tuple[dt.date, ...]:
    """Return Monday to Sunday of a summary's week."""
    return tuple(summary.span.start + dt.timedelta(days=at) for at in range(DAYS_A_WEEK))


def _indicator(one: Assessment, days: Iterable[dt.date], language: Language) -> tuple[Cell, ...]:
    return (
        one.indicator.label.to(language),
        *map(one.by_day.get, days),
        BLANK if one.value is None else one.value,
        BLANK if one.target is None else one.target,
        BLANK if one.attainment is None else one.attainment,
        one.days_met,
        period_and_unit(one.indicator, language),
    )


def _looks(at: int, one: Assessment, days: Iterable[dt.date]) -> list[Look]:
    """Return the number formats of an indicator's figures that are not whole: of its days and total, and its target."""
    figures = [value for value in (one.value, *map(one.by_day.get, days)) if value is not None]
    unit, more = one.indicator.unit, finer(one)
    finest = max((number_format(value, unit, more) for value in figures), key=len, default=WHOLE)
    target = finest if one.target is None else number_format(one.target, unit, more)
    last = DAYS_A_WEEK + 1
    looks = [(at, 1, last, finest), (at, last + 1, last + 1, target)]
    if target == finest:
        looks = [(at, 1, last + 1, finest)]
    return [look for look in looks if look[-1] != WHOLE]


HEADINGS: Final = {words.DUE: DUE_HEADINGS, words.WEEKLY: WEEKLY_HEADINGS, words.FINDINGS: FINDINGS_HEADINGS}
