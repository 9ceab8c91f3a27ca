"""How every workbook looks: one palette, one set of named styles, one number style, the font of each language."""

from __future__ import annotations

import datetime as dt
import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reportkit.definitions import words
from reportkit.definitions.columns import Kind
from reportkit.definitions.text import Language
from reportkit.workbooks.worksheet import Sheet, Texts

# Hues after Okabe and Ito, told apart by colour-blind people; they differ in lightness too, so grey paper keeps them.
INK: Final = "#1F2D3D"  # text
MUTED: Final = "#556377"  # remarks, captions
LINE: Final = "#D3DBE4"  # rules and borders
PAPER: Final = "#FFFFFF"
MIST: Final = "#F3F6F9"  # panels, bands of rows
NAVY: Final = "#1F4E79"  # titles, required headings
PALE: Final = "#DCE7F1"  # optional headings
ACCENT: Final = "#0072B2"  # bars, links, series 1
SKY: Final = "#56B4E9"  # series 2
GOOD: Final = "#00664D"  # reached
AMBER: Final = "#E69F00"  # look at it: fills, lines and marks; too light for text
OCHRE: Final = "#7F5400"  # the same as text
WRONG: Final = "#A8321C"  # text of what is wrong
WRONG_FILL: Final = "#FBD9D0"  # a wrong cell
INPUT_FILL: Final = "#FFF8E1"  # a cell to type in
SERIES: Final = (ACCENT, AMBER, "#009E73", SKY, "#D55E00", "#CC79A7", "#7A7A7A")
LOW_MIDDLE_HIGH: Final = ("#D9805F", "#FAF6EF", "#8DBBDD")  # a diverging scale: far below, on the line, above

FONTS: Final[dict[Language, str]] = {
    "zh-CN": "Microsoft YaHei",
    "zh-TW": "Microsoft JhengHei",
    "en": "Segoe UI",
}
FONT_SIZE: Final = 10
ROW_HEIGHT: Final = 18
LINE_ROW: Final = 16  # of the long lists behind the figures
HEADING_HEIGHT: Final = 30
LINE_HEIGHT: Final = 15
FILLED: Final = 0.95  # of a column's width: the rest is the space around a text
HIGHEST: Final = 409  # points a row may be high in Excel
ASIDE: Final = 2  # Latin characters of a column that an indent takes
WRAPPED: Final = 0.9  # the same where lines end between words
FEW_LINES: Final = 3  # of so few, one that ends early counts
NARROW, SAVED = " ijltfr.,:;'|()", 0.4  # letters that take less room than a figure, and how much less
SPACE: Final = 1 - SAVED
A4: Final = 9
MADE_ON: Final = dt.datetime(2026, 1, 1)  # document properties carry no clock: same input, same bytes

LONGEST: Final = 32_767  # characters a cell holds
EPOCH: Final = dt.date(1899, 12, 30)  # Excel's day 0
DATE: Final = "yyyy-mm-dd"
DATE_TIME: Final = "yyyy-mm-dd hh:mm:ss"
TIME: Final = "hh:mm"
WHOLE: Final = "#,##0"
PERCENT: Final = "0%"
PERCENT_FINE: Final = "0.0%"
TEXT: Final = "@"
NUMBER_FORMATS: Final[dict[Kind, str]] = {
    "text": TEXT,
    "id": TEXT,
    "phone": TEXT,
    "email": TEXT,
    "choice": "General",
    "date": DATE,
    "datetime": DATE_TIME,
    "time": TIME,
    # 5, 5.25, 1,234.50 (a whole amount: WHOLE, by the sheet's rule); a format of two parts loses a minus
    "number": "[>=1000]#,##0.00;[<0]-General;General",
    "whole": "0",
}

STYLES: Final[dict[str, dict[str, Any]]] = {
    "body": {"font_color": INK, "valign": "vcenter"},
    "wrapped": {"font_color": INK, "valign": "top", "text_wrap": True},
    "centred": {"align": "center", "valign": "vcenter"},
    "dated": {"align": "center"},
    "numbered": {"align": "right", "indent": 2},  # the filter button beside the heading takes as much
    "boxed": {"border": 1, "border_color": LINE},
    "ruled": {"bottom": 1, "bottom_color": LINE},
    "title": {"font_size": 20, "bold": True, "font_color": NAVY, "valign": "vcenter"},
    "subtitle": {"font_size": 11, "font_color": MUTED, "valign": "vcenter"},
    "section": {"font_size": 12, "bold": True, "font_color": NAVY, "valign": "vcenter",
        "bottom": 2, "bottom_color": NAVY},
    "caption": {"font_size": 9, "font_color": MUTED, "valign": "vcenter"},
    "figure": {"font_size": 18, "bold": True, "font_color": NAVY, "valign": "vcenter"},
    "panel": {"bg_color": MIST},
    "link": {"font_color": ACCENT, "underline": 1, "valign": "vcenter"},
    "heading": {"bold": True, "font_color": INK, "bg_color": PALE, "text_wrap": True, "valign": "vcenter"},
    "required": {"bold": True, "font_color": PAPER, "bg_color": NAVY, "text_wrap": True, "valign": "vcenter"},
    "parted": {"left": 1, "right": 1, "left_color": PAPER, "right_color": PAPER},
    "band": {"bold": True, "font_color": NAVY, "bg_color": MIST, "indent": 1, "valign": "vcenter",
        "bottom": 2, "bottom_color": NAVY},
    "input": {"bg_color": INPUT_FILL, "locked": False, "border": 1, "border_color": AMBER, "valign": "vcenter"},
    "whole": {},  # an amount without a fraction: only its number format differs
    "wrong": {"bg_color": WRONG_FILL, "font_color": WRONG},
    "reached": {"font_color": GOOD, "bold": True},
}  # fmt: skip

Properties = tuple[tuple[str, Any], ...]  # single XlsxWriter properties


@dataclass
class Styles:
    """The formats of one workbook, each made once from named styles."""

    book: Workbook
    language: Language
    _made: dict[tuple[Any, ...], Format] = field(default_factory=dict)
    _laid: dict[tuple[Any, ...], Format] = field(default_factory=dict)

    def of(self, *names: str, **more: Any) -> Format:
        """Return the format of named styles laid over one another; `more` are single XlsxWriter properties."""
        key = (names, *more.items())
        made = self._made.get(key)
        if made is None:
            properties: dict[str, Any] = {"font_name": FONTS[self.language], "font_size": FONT_SIZE}
            for name in names:
                properties |= STYLES[name]
            made = self._made[key] = self.book.add_format(properties | more)
        return made

    def over(self, first: Properties, names: tuple[str, ...], more: Mapping[str, Any]) -> Format:
        """Return the format of named styles with the properties that come first, and `more` over both."""
        key = (first, names, *more.items())
        made = self._laid.get(key)
        if made is None:
            made = self._laid[key] = self.of(*names, **{**dict(first), **more})
        return made

    def difference(self, *names: str, **more: Any) -> Format:
        """Return named styles as a conditional format lays them over a cell: no font of its own."""
        key = ("difference", names, tuple(sorted(more.items())))
        if key not in self._made:
            properties: dict[str, Any] = {}
            for name in names:
                properties |= STYLES[name]
            self._made[key] = self.book.add_format(properties | more)
        return self._made[key]


class _Widths(dict[str, int]):
    """How many Latin characters each character met so far is wide."""

    def __missing__(self, character: str) -> int:
        width = self[character] = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        return width


_WIDTHS: Final = _Widths()


def serial(day: dt.date) -> int:
    """Return a day as Excel counts them."""
    return (day - EPOCH).days


def ink(at: int) -> str:
    """Return the colour of text in a column: neighbours differ, by less than anybody sees."""
    return f"#{int(INK[1:], 16) + at % 8:06X}"


def text_width(text: str) -> int:
    """Return how many Latin characters a text is wide: a Chinese one counts two."""
    return len(text) if text.isascii() else sum(map(_WIDTHS.__getitem__, text))


def running_width(text: str) -> float:
    """Return how wide a text of words is: narrow letters take about half of what a figure does."""
    return text_width(text) - SAVED * sum(map(text.count, NARROW))


def width_of_words(labels: Iterable[str], least: float) -> float:
    """Return how wide a column is whose small heading wraps between words: a word in Latin letters is not broken."""
    words = (running_width(word) for label in labels for word in label.split() if word.isascii())
    return max([least, *(0.95 * word + 0.5 for word in words)])


def fits(text: str, width: float) -> bool:
    """Return whether a text is read in one line of a column of that width."""
    return text_width(text) <= width * FILLED


def shortened(text: str, width: int) -> str:
    """Return a text of at most so many Latin characters; what is cut off shows as an ellipsis."""
    if text_width(text) <= width:
        return text
    kept = text[:width]  # a character is one wide or more
    while text_width(kept) >= width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def wrapped_height(texts: Iterable[tuple[str, float]]) -> float:
    """Return the height of a row whose texts wrap in columns of given widths: offices do not all fit rows."""
    lines = (sum(_lines(line, max(width * WRAPPED, 1)) for line in text.split("\n")) for text, width in texts)
    return min(max(lines, default=1) * LINE_HEIGHT + 6, HIGHEST)


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes: a few words in a narrow column more than their width says."""
    if text_width(text) <= width:  # most are, and letters need not be counted
        return 1
    lines = math.ceil(running_width(text) / width) or 1
    return max(lines, _lines_of_words(text.split(), width)) if 1 < lines <= FEW_LINES else lines


def _lines_of_words(words: Sequence[str], room: float) -> int:
    """Return how many lines words take that are not broken; Chinese is, wherever a line ends."""
    lines, used = 1, 0.0
    for word in words:
        needed = running_width(word)
        if used and used + SPACE + needed > room and word.isascii():
            lines, used = lines + 1, needed
            continue
        used += needed + (SPACE if used else 0.0)
        if used > room and not word.isascii():
            lines, used = lines + int(used / room), used % room
    return lines


def new_workbook(
    path: Path | BytesIO, language: Language, title: str, folder: Path | None = None
) -> tuple[Workbook, Styles]:
    """Start a workbook with the language's font and fixed properties; the caller closes it.

    A large one keeps its finished sheets in a folder until all are packed, others in memory: no file a sheet.
    """
    font = {"font_name": FONTS[language], "font_size": FONT_SIZE}
    where = {"in_memory": True} if folder is None else {"tmpdir": str(folder)}
    book = Workbook(path, {"default_format_properties": font, **where})
    book.worksheet_class, book.str_table = Sheet, Texts()
    book.set_properties({"title": title, "created": MADE_ON})
    book.set_calc_mode("auto")
    return book, Styles(book, language)


def set_up_print(sheet: Worksheet, language: Language, *, portrait: bool = False, pages_wide: int = 1) -> None:
    """Fit a sheet to the width of A4 pages, with page numbers."""
    sheet.set_paper(A4)
    if portrait:
        sheet.set_portrait()
    else:
        sheet.set_landscape()
    sheet.fit_to_pages(pages_wide, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L&8&A&R&8{words.PAGE.to(language)}")


def fitting(text: str) -> str:
    """Return a text as a cell holds it; XlsxWriter writes none of one that is too long.

    A character beyond U+FFFF, an emoji, is two of Excel's.
    """
    if len(text) <= LONGEST // 2:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    return text if len(units) <= 2 * LONGEST else units[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore") + "…"
