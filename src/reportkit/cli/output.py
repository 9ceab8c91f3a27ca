"""What commands print: tables for people, JSON for programs."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, JustifyMethod, RenderableType, RenderResult
from rich.segment import Segment
from rich.table import Table
from rich.text import Text as Styled

from reportkit.definitions.findings import SEVERITY_LABEL, Finding
from reportkit.definitions.text import Language, Text
from reportkit.doctor import Check
from reportkit.indicators.assess import Assessment

WIDE = 160
GAP, LONGEST = 2, 24  # characters between two columns, and of a word that is not broken
STEERING: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
STYLES = {"error": "red", "warning": "yellow", "info": "cyan"}


def print_json(data: Any) -> None:
    """Print data as JSON on standard output, and nothing else; in UTF-8 where a program or a file takes it."""
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8")
    print(json.dumps(data, ensure_ascii=False, indent=2))


class Plain(Console):
    """A console that shows what people typed and never obeys it: no control character of theirs gets through."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Yield what is to be shown of something."""
        for text, style, control in super().render(renderable, options):
            yield Segment(text if control else printable(text), style, control)


def console() -> Console:
    """Return the console for people: standard output, wide where it goes to a file or another program."""
    shown = Plain(highlight=False, markup=False)  # names may hold [brackets]
    return shown if shown.is_terminal else Plain(highlight=False, markup=False, width=WIDE)


def printable(text: str) -> str:
    """Return a text as a terminal may see it: a mark for what would steer it, or turn the order of the line around."""
    return STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def tell(sentence: str) -> None:
    """Say what went wrong on standard error; it may hold what people typed."""
    print(printable(sentence), file=sys.stderr)


@dataclass(frozen=True)
class Listing:
    """A table for people: no figure and no word is torn; a terminal too narrow for that gets each cell on its line."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str | Styled, ...], ...]
    numbers: frozenset[int]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the table, as narrow as it has to be, or its rows one below the other."""
        columns = range(len(self.headings))
        widest = [max([cell_len(self.headings[at]), *map(cell_len, self._lines(at))]) for at in columns]
        for whole in (self.numbers, frozenset[int]()):
            widths = [self._narrowest(at, whole=at in whole) for at in columns]
            spare = options.max_width - GAP * (len(widths) - 1) - sum(widths)
            if spare >= 0:
                for _ in range(min(spare, sum(widest) - sum(widths))):  # names before sentences, figures' headings last
                    short = (at for at in columns if widths[at] < widest[at])
                    widths[min(short, key=lambda at: (at in self.numbers, widths[at]))] += 1
                yield self._across(widths)
                return
        yield self._down()

    def _across(self, widths: Sequence[int]) -> Table:
        shown = Table(box=None, pad_edge=False, header_style="bold", show_header=any(self.headings))
        for at, heading in enumerate(self.headings):
            side: JustifyMethod = "right" if at in self.numbers else "left"
            shown.add_column(heading, justify=side, overflow="fold", width=widths[at])
        for row in self.rows:
            shown.add_row(*row)
        return shown

    def _down(self) -> Table:
        shown = Table(box=None, pad_edge=False, show_header=False)
        shown.add_column(style="bold", max_width=max(map(cell_len, self.headings), default=0))
        shown.add_column(overflow="fold")
        for at, row in enumerate(self.rows):
            if at:
                shown.add_row()
            for heading, cell in zip(self.headings, row, strict=True):
                shown.add_row(heading, cell)
        return shown

    def _narrowest(self, at: int, *, whole: bool) -> int:
        """Return the width of a column's longest word, or cell where they stay `whole`.

        A text without spaces breaks anywhere, but not into crumbs.
        """
        heading = [_unbroken(word, 4) for word in self.headings[at].split()]
        lines = self._lines(at)
        if whole:
            return max([*heading, *map(cell_len, lines)], default=0)
        return max([*heading, *(_unbroken(word, 8) for line in lines for word in line.split())], default=0)

    def _lines(self, at: int) -> list[str]:
        return [line for row in self.rows for line in str(row[at]).splitlines()]


def _unbroken(word: str, crumb: int) -> int:
    return min(cell_len(word), LONGEST if word.isascii() else crumb)


def table(headings: Sequence[str], rows: Iterable[Sequence[str | Styled]], *, numbers: Sequence[int] = ()) -> Listing:
    """Return a table for people; `numbers` are the columns aligned to the right."""
    return Listing(tuple(headings), tuple(map(tuple, rows)), frozenset(numbers))


def findings_table(findings: Iterable[Finding], language: Language, *, files: bool = False) -> Listing:
    """Return findings as a table: severity, place (with the file where `files` of several are listed), code, sentence."""
    return table(
        ("",) * 4,
        (
            (
                Styled(SEVERITY_LABEL[found.severity].to(language), STYLES[found.severity]),
                Styled(
                    " ".join(
                        filter(
                            None,
                            (found.place.file if files else "", found.place.sheet, found.place.cell or _row(found)),
                        )
                    )
                ),
                Styled(found.code, "dim"),
                Styled(found.message(language)),
            )
            for found in findings
        ),
    )


def _row(found: Finding) -> str:
    return str(found.place.row) if found.place.row else ""


def print_checks(checks: Iterable[Check], language: Language) -> int:
    """Print what was looked at on this machine; return 1 where something is not well, else 0."""
    shown = list(checks)
    marks = {True: Text("√", "√", "ok").to(language), False: Text("×", "×", "--").to(language)}
    console().print(table(("", ""), [(marks[one.ok], one.sentence.to(language)) for one in shown]))
    return 0 if all(one.ok for one in shown) else 1


def attainment_style(assessment: Assessment) -> str:
    """Return the colour of an attainment."""
    reached = assessment.attainment
    if reached is None:
        return "dim"
    return "green" if reached >= 1 else "yellow" if reached >= 0.75 else "red"
