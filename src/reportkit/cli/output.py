"""What commands print: tables for people, JSON for programs."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text as Styled

from reportkit.cli.listing import Listing
from reportkit.definitions.figures import in_json
from reportkit.definitions.findings import Finding
from reportkit.definitions.severity import SEVERITY_LABEL
from reportkit.definitions.text import Language, Text

if TYPE_CHECKING:  # a sentence about a slip of the keyboard need not wait for pandas
    from reportkit.doctor import Check
    from reportkit.indicators.assess import Assessment

WIDE = 160
STEERING: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
STYLES = {"error": "red", "warning": "yellow", "info": "cyan"}


def print_json(data: Any) -> None:
    """Print data as JSON on standard output, and nothing else; in UTF-8 where a program or a file takes it.

    Figures are printed as `in_json` writes them, whatever the command.
    """
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8")
    print(json.dumps(_figures(data), ensure_ascii=False, indent=2))


def _figures(data: Any) -> Any:
    if isinstance(data, Mapping):
        return {key: _figures(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_figures(value) for value in data]
    return in_json(data) if isinstance(data, float) else data


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


def table(
    headings: Sequence[str], rows: Iterable[Sequence[str | Styled]], *, numbers: Sequence[int] = (), none: str = ""
) -> Listing:
    """Return a table for people; `numbers` are the columns aligned to the right, `none` what is said of no rows."""
    return Listing(tuple(headings), tuple(map(tuple, rows)), frozenset(numbers), none)


def findings_table(findings: Iterable[Finding], language: Language, *, files: bool = False) -> Listing:
    """Return findings as a table: severity, place, code, sentence.

    A place has its file where `files` of several are listed, and the year of an archive.
    """
    from reportkit.read.archives import year_of

    return table(
        ("",) * 4,
        (
            (
                Styled(SEVERITY_LABEL[found.severity].to(language), STYLES[found.severity]),
                Styled(
                    " ".join(
                        filter(
                            None,
                            (
                                found.place.file if files else year_of(found.place.file),
                                found.place.sheet,
                                found.place.cell or _row(found),
                            ),
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
    return "green" if assessment.met else "yellow" if reached >= 0.75 else "red"
