"""Blocks of a sheet: a titled table of what summaries hold, one below or beside another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import Any, Final, Protocol

from reportkit.definitions import insight_words as say
from reportkit.definitions.privacy import masked
from reportkit.definitions.settings_forms import RosterRow
from reportkit.definitions.text import Language, Text
from reportkit.indicators.shares import Interval, Share
from reportkit.summary.summaries import AdvisorSummary, told_apart
from reportkit.workbooks.cells import LOGS_FROM_REPORTS, Page, external
from reportkit.workbooks.paging import Part, last_table, table
from reportkit.workbooks.style import DATE_TIME, MUTED, ROW_HEIGHT, fits, shortened

SHRUNK: Final = 1.25  # times its column's width a text may be to be shrunk rather than wrapped
MOST_LINES: Final = 8  # of a cell: room for a name of 40 Chinese characters; longer texts are cut, the log has all
LONG: Final = 25  # lines of a table that seldom fits the rest of a page: it comes last, see `paging.last_table`
MOST: Final = 15  # lines of a list that names single customers or rows; its title says of how many


class Told(Protocol):
    """What a table is told on, a sheet or a terminal: all a table must know of it is its language."""

    @property
    def language(self) -> Language:
        """The language of its words."""
        ...


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a unit, None where there is none; `more` marks it."""

    value: float | None
    unit: str = "times"
    more: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere."""

    text: str
    to: str


@dataclass(frozen=True, slots=True)
class Range:
    """From where to where a figure may lie: shares as percent, other figures with their sign."""

    low: str
    high: str

    def to(self, language: Language) -> str:
        """Return the range in words."""
        return say.INTERVAL.fill(language, low=self.low, high=self.high)


Value = str | Text | Range | dt.datetime | dt.date | Share | Figure | Link | None


@dataclass(frozen=True)
class Block:
    """A titled table; a field may span columns: `at` are those the fields begin in, then the one after the last."""

    title: Text
    headings: tuple[Text, ...]
    at: tuple[int, ...]
    lines: Sequence[Sequence[Value]]
    numbers: tuple[int, ...] = ()
    none: Text = say.NOTHING
    all: int | None = None
    wrapped: tuple[int, ...] = ()  # fields whose texts may take several lines


@dataclass(frozen=True)
class Readers:
    """Whom a workbook is for: advisors by id, and whether customers stand in it by their full id.

    `files` maps an advisor to the log, as seen from the folder of reports.
    """

    names: Mapping[str, str]
    files: Mapping[str, str]
    open: bool = False

    @classmethod
    def of(cls, members: Sequence[AdvisorSummary], roster: Sequence[RosterRow] = (), *, open_: bool = False) -> Readers:
        """Return the readers of a workbook about some advisors; the roster names those who keep no log, too."""
        names = {one.advisor_id: one.name for one in roster}
        names |= {one.advisor_id: one.name or one.advisor_id for one in members}
        return cls(names, {one.advisor_id: LOGS_FROM_REPORTS + PurePath(one.file).name for one in members}, open_)

    def customer(self, customer_id: str | None) -> str:
        """Return a customer's id as it may be shown."""
        return (customer_id or "") if self.open else masked(customer_id)

    def advisor(self, advisor_id: str) -> str:
        """Return an advisor's name, told from others of the same; an owner who is none of them stays as written."""
        return self._told_apart.get(advisor_id, advisor_id)

    @cached_property
    def _told_apart(self) -> Mapping[str, str]:
        return told_apart(self.names)

    def row(self, advisor_id: str, sheet: str, row: int) -> Link:
        """Return the link to a row of an advisor's log."""
        return Link(f"{sheet} {row}", external(self.files[advisor_id], sheet, f"A{row}"))


def add_block(page: Page, row: int, block: Block, widths: Sequence[float]) -> int:
    """Write a table on a sheet whose columns have these widths; return the row after it."""
    spans = list(zip(block.at, block.at[1:], strict=False))
    wide = [sum(widths[first:end]) for first, end in spans]
    shown = len(block.lines)
    page.section(row, block.at[0], block.at[-1] - 1, block.title)
    if block.all is not None and block.all > shown:
        title = say.FIRST_OF.fill(page.language, title=block.title.to(page.language), shown=shown, all=block.all)
        page.typed(row, block.at[0], title, "section")
    if not shown:
        page.say(row + 1, block.at[0], block.none, "caption", indent=1)
        return row + 2
    for field, (heading, (first, end)) in enumerate(zip(block.headings, spans, strict=True)):
        side: dict[str, Any] = {"align": "right"} if field in block.numbers else {"align": "left", "indent": 1}
        page.merged(row + 1, first, end - 1, heading.to(page.language), page.styles.of("heading", **side))
    headings = zip((heading.to(page.language) for heading in block.headings), wide, strict=True)
    page.tall(row + 1, headings, ROW_HEIGHT)
    for at, line in enumerate(block.lines, row + 2):
        said = [shortened(_text(page, value), int(width * MOST_LINES)) for value, width in zip(line, wide, strict=True)]
        wrapped = {field for field, text in enumerate(said) if not fits(text, wide[field] * SHRUNK)} | {*block.wrapped}
        if wrapped:
            page.tall(at, ((said[field], wide[field]) for field in wrapped), ROW_HEIGHT)
        for field, (value, (first, end)) in enumerate(zip(line, spans, strict=True)):
            _add_value(page, at, first, end - 1, value, said[field], wrapped=field in wrapped)
    return row + 2 + shown


def add_blocks(page: Page, row: int, blocks: Sequence[Block], widths: Sequence[float]) -> list[Part]:
    """Write the last tables of a sheet, one below another; return their parts."""
    parts: list[Part] = []
    for at, block in enumerate(blocks, 1):
        end = add_block(page, row, block, widths)
        parts.append(last_table(page, row, end) if at == len(blocks) else table(row, end))
        row = end + 1
    return parts


def longest_last(*blocks: Block) -> list[Block]:
    """Return tables with the longest of them last, where it is a long one; else in their order."""
    longest = max(blocks, key=lambda block: len(block.lines))
    if len(longest.lines) < LONG:
        return list(blocks)
    return [*(block for block in blocks if block is not longest), longest]


def _text(page: Page, value: Value) -> str:
    """Return what a text says, blank for anything else."""
    return value.to(page.language) if isinstance(value, Text | Range) else value if isinstance(value, str) else ""


def _add_value(page: Page, row: int, first: int, last: int, value: Value, text: str, *, wrapped: bool) -> None:
    """Write a value, `text` where it is one, over the columns of its field."""
    if isinstance(value, Figure | Share):
        # a figure stands under the right end of its heading: in the last cell of its span
        for column in range(first, last):
            page.typed(row, column, None, "body", "ruled")
        if isinstance(value, Share):
            page.share_of(row, last, value, "body", "ruled", counts=False)
        else:
            page.figure(row, last, value.value, value.unit, "body", "ruled", **dict(value.more))
        return
    if isinstance(value, Link):
        page.sheet.write_url(row, first, value.to, page.styles.of("link", "ruled", indent=1), page.fit(value.text))
    elif isinstance(value, dt.datetime):
        style = page.styles.of("body", "ruled", num_format=DATE_TIME, align="left", indent=1)
        page.sheet.write_datetime(row, first, value, style)
    elif isinstance(value, dt.date):
        page.date(row, first, value)
    else:
        fit = {"text_wrap": True} if wrapped else {"shrink": True}
        page.merged(row, first, last, text, page.styles.of("body", "ruled", indent=1, **fit))
        return
    for column in range(first + 1, last + 1):
        page.typed(row, column, None, "body", "ruled")


def interval(share: Interval | None, *, percent: bool = True) -> Range | None:
    """Return an interval as it is shown, None where there is none."""
    if share is None:
        return None
    low, high = share
    return Range(f"{100 * low:.0f}%", f"{100 * high:.0f}%") if percent else Range(f"{low:+.0f}", f"{high:+.0f}")


def greyed(few: bool) -> tuple[tuple[str, Any], ...]:
    """Return how a figure is marked that stands on too little."""
    return (("font_color", MUTED),) if few else ()
