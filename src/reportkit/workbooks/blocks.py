"""Blocks of a sheet: a titled table of what summaries hold, one below or beside another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from reportkit.definitions import insight_words as say
from reportkit.definitions.privacy import masked
from reportkit.definitions.settings_forms import RosterRow
from reportkit.definitions.text import Language, Text
from reportkit.indicators.shares import Interval, Share
from reportkit.read.archives import year_of
from reportkit.summary.summaries import AdvisorSummary, told_apart
from reportkit.workbooks.cells import Page
from reportkit.workbooks.links import external, from_reports
from reportkit.workbooks.paging import Pages, table
from reportkit.workbooks.style import DATE_TIME, MUTED, ROW_HEIGHT, fits, shortened, wrapped_height

SHRUNK: Final = 1.25  # times its column's width a text may be to be shrunk rather than wrapped
MOST_LINES: Final = 8  # of a cell: room for a name of 40 Chinese characters; longer texts are cut, the log has all
LONG: Final = 25  # lines of a table that seldom fits a page: what is looked at first comes before it
MOST: Final = 15  # lines of a list that names single customers or rows; its title says of how many


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


def without(block: Block, heading: Text) -> Block:
    """Return a table without the field of a heading, where it has one; that before it, or after, takes its room."""
    if heading not in block.headings:
        return block
    gone = block.headings.index(heading)
    begins = max(gone, 1)

    def left(fields: Iterable[int]) -> tuple[int, ...]:
        return tuple(field - (field > gone) for field in fields if field != gone)

    return replace(
        block,
        headings=block.headings[:gone] + block.headings[gone + 1 :],
        at=block.at[:begins] + block.at[begins + 1 :],
        lines=[[*line[:gone], *line[gone + 1 :]] for line in block.lines],
        numbers=left(block.numbers),
        wrapped=left(block.wrapped),
    )


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
        return cls(names, {one.advisor_id: from_reports(one.file) for one in members}, open_)

    def customer(self, customer_id: str | None) -> str:
        """Return a customer's id as it may be shown."""
        return (customer_id or "") if self.open else masked(customer_id)

    def advisor(self, advisor_id: str) -> str:
        """Return an advisor's name, told from others of the same; an owner who is none of them stays as written."""
        return self._told_apart.get(advisor_id, advisor_id)

    @cached_property
    def _told_apart(self) -> Mapping[str, str]:
        return told_apart(self.names)

    def row(self, advisor_id: str, sheet: str, row: int, archive: str = "") -> Link:
        """Return the link to a row of an advisor's log, or of an archive of it."""
        file = from_reports(archive) if archive else self.files[advisor_id]
        return Link(f"{year_of(archive)} {sheet} {row}".strip(), external(file, sheet, f"A{row}"))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as its cells are written: its texts, which of them take several lines, and how high it is."""

    values: Sequence[Value]
    texts: Sequence[str]
    wrapped: frozenset[int]
    height: float


def add_block(page: Page, row: int, block: Block, widths: Sequence[float], pages: Pages | None = None) -> int:
    """Write a table on a sheet whose columns have these widths; return the row after it.

    With the `pages` of the sheet it is placed on them, and where it goes on over a page its headings stand again.
    """
    spans = list(zip(block.at, block.at[1:], strict=False))
    wide = [sum(widths[first:end]) for first, end in spans]
    _add_title(page, row, block)
    if not block.lines:
        page.say(row + 1, block.at[0], block.none, "caption", indent=1)
        if pages is not None:
            pages.place(table(row, row + 2))
        return row + 2
    headings = [heading.to(page.language) for heading in block.headings]
    high = max(ROW_HEIGHT, wrapped_height(zip(headings, wide, strict=True)))
    lines = [_laid(page, line, wide, block.wrapped) for line in block.lines]
    heights = [ROW_HEIGHT, high, *(line.height for line in lines)]
    torn = pages.place_lines(row, heights) if pages is not None else ()
    at = row + 1
    for number, line in enumerate(lines):
        if number == 0 or number in torn:
            _add_headings(page, at, spans, headings, block.numbers, high)
            at += 1
        if line.wrapped:
            page.high(at, max(line.height, page.heights.get(at, 0.0)))
        for field, (value, (first, end)) in enumerate(zip(line.values, spans, strict=True)):
            _add_value(page, at, first, end - 1, value, line.texts[field], wrapped=field in line.wrapped)
        at += 1
    return at


def _add_title(page: Page, row: int, block: Block) -> None:
    """Write a table's title; of a list that is not whole, with how many there are."""
    page.section(row, block.at[0], block.at[-1] - 1, block.title)
    shown = len(block.lines)
    if block.all is not None and block.all > shown:
        title = say.FIRST_OF.fill(page.language, title=block.title.to(page.language), shown=shown, all=block.all)
        page.typed(row, block.at[0], title, "section")


def _add_headings(
    page: Page,
    row: int,
    spans: Sequence[tuple[int, int]],
    headings: Sequence[str],
    numbers: Collection[int],
    height: float,
) -> None:
    for field, (heading, (first, end)) in enumerate(zip(headings, spans, strict=True)):
        side: dict[str, Any] = {"align": "right"} if field in numbers else {"align": "left", "indent": 1}
        page.merged(row, first, end - 1, heading, page.styles.of("heading", **side))
    page.high(row, max(height, page.heights.get(row, 0.0)))


def _laid(page: Page, line: Sequence[Value], wide: Sequence[float], wrapped: Collection[int]) -> _Line:
    """Return a line of fields so wide as its cells are written; the fields `wrapped` may take several lines."""
    texts = [shortened(_text(page, value), int(width * MOST_LINES)) for value, width in zip(line, wide, strict=True)]
    tall = {field for field, text in enumerate(texts) if not fits(text, wide[field] * SHRUNK)}.union(wrapped)
    height = wrapped_height((texts[field], wide[field]) for field in tall) if tall else 0.0
    return _Line(line, texts, frozenset(tall), max(ROW_HEIGHT, height))


def add_blocks(page: Page, row: int, blocks: Sequence[Block], widths: Sequence[float], pages: Pages) -> int:
    """Write tables one below another and place them on the sheet's pages; return the row after them."""
    for block in blocks:
        row = add_block(page, row, block, widths, pages) + 1
    return row - 1


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
    return Range(f"{100 * low:.0f}%", f"{100 * high:.0f}%") if percent else Range(_signed(low), _signed(high))


def _signed(figure: float) -> str:
    """Return a whole figure with its sign; 0 has none."""
    return f"{figure:+.0f}" if round(figure) else "0"


def greyed(few: bool) -> tuple[tuple[str, Any], ...]:
    """Return how a figure is marked that stands on too little."""
    return (("font_color", MUTED),) if few else ()
