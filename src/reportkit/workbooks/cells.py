"""One sheet of a report and how its cells are written: words, what people typed, figures, shares, links."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from reportkit.definitions.choices import PERIOD, UNIT
from reportkit.definitions.figures import BLANK, decimals_apart
from reportkit.definitions.privacy import without_numbers
from reportkit.definitions.text import Language, Text
from reportkit.indicators.assess import CAP, Assessment, finer_points, is_met, just_short
from reportkit.indicators.shares import Share
from reportkit.settings.indicator_rows import Indicator
from reportkit.workbooks.links import quoted
from reportkit.workbooks.style import (
    ASIDE,
    DATE,
    GOOD,
    MUTED,
    PERCENT,
    PERCENT_FINE,
    ROW_HEIGHT,
    Styles,
    fits,
    fitting,
    serial,
    text_width,
    wrapped_height,
)

LONGEST_NAME: Final = 44  # Latin characters of a line
NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
PALE_BAR: Final = "#CFE4F3"  # light: figures stand on it, grey ones too
TITLE_HEIGHT: Final = 32
CAPTION_WIDTH: Final = 0.95  # of a character of the body's size
SLANTED: Final = {"italic": True}
POINTS, ONE_DECIMAL, NO_DECIMALS = "0.0", "#,##0.0", "#,##0"
RIGHT: Final = ("align", "right")
SHARE: Final = (("num_format", PERCENT), RIGHT)
SHARE_FINE: Final = (("num_format", PERCENT_FINE), RIGHT)
DASH: Final = (RIGHT, ("underline", 0))
INDENTED: Final = (("align", "left"), ("indent", 1))
BESIDE_BUTTON: Final = {"align": "right", "indent": 2}
BUTTON: Final = 3  # characters of a column that a filter's button takes


def number_format(value: float, unit: str, finer: int = 0) -> str:
    """Return how a figure is written, as `figures.figure` writes it: whole where it is whole, shares as percent.

    `finer` are decimals more than a figure has.
    """
    more = "0" * finer
    if unit == "percent":
        return PERCENT if round(value * 100, 9) == round(value * 100) else PERCENT_FINE.replace(".0", f".0{more}")
    decimals = finer + (unit != "yuan")
    whole = value % 1 == 0 or not decimals or round(value, decimals) % 1 == 0
    return NO_DECIMALS if whole else ONE_DECIMAL + more if unit != "yuan" else f"{NO_DECIMALS}.{more}"


def points_format(score: float | None, shown: str = POINTS) -> str:
    """Return how a score is written, as `assess.points` writes it, in a format of one decimal."""
    return shown if score is None else shown.replace(POINTS, POINTS + "0" * finer_points(score))


@dataclass(frozen=True)
class Page:
    """A sheet under way, with the styles of its workbook. Rows and columns count from 0.

    `shared` is whether others than a customer's own advisor read it: then numbers are masked wherever they were typed.
    """

    sheet: Worksheet
    styles: Styles
    name: str
    shared: bool = False
    heights: dict[int, float] = field(default_factory=dict)  # of rows that differ from the sheet's, as set by `high`

    @property
    def language(self) -> Language:
        """The language of the workbook."""
        return self.styles.language

    def say(self, row: int, column: int, text: Text, *names: str, **more: Any) -> None:
        """Write one of the program's own words."""
        self.sheet.write_string(row, column, text.to(self.language), self.styles.of(*names, **more))

    def fit(self, text: str) -> str:
        """Return a text that may come from a person as a cell or a caption of this sheet may hold it."""
        return fitting(without_numbers(text) if self.shared else text)

    def typed(self, row: int, column: int, text: str | None, *names: str, **more: Any) -> None:
        """Write text that may come from a person: always as text, never a formula or a link."""
        self._typed(row, column, text, self.styles.of(*names, **more))

    def _typed(self, row: int, column: int, text: str | None, style: Format) -> None:
        if text:
            self.sheet.write_string(row, column, self.fit(text), style)
        else:
            self.sheet.write_blank(row, column, None, style)

    def figure(self, row: int, column: int, value: float | None, unit: str, *names: str, **more: Any) -> None:
        """Write a figure in its unit; what is not assessed is a dash."""
        if value is None:
            self.blank(row, column, *names, **more)
            return
        style = self.styles.over((("num_format", number_format(value, unit)), RIGHT), names, more)
        self.sheet.write_number(row, column, value, style)

    def beside(self, row: int, value_at: int, target_at: int, one: Assessment, **more: Any) -> None:
        """Write an indicator's value and its target into a table, where their attainment stands beside them."""
        unit = one.indicator.unit
        for column, number, look in ((value_at, one.value, {"bold": True, **more}), (target_at, one.target, {})):
            shown = {} if number is None else {"num_format": number_format(number, unit, finer(one))}
            self.figure(row, column, number, unit, "body", "ruled", **look, **shown)

    def share(self, row: int, column: int, value: float | None, *names: str, **more: Any) -> None:
        """Write an attainment or pace in whole percent, just short of all in tenths; what is not assessed is a dash."""
        if value is None:
            self.blank(row, column, *names, **more)
            return
        shown = SHARE_FINE if just_short(value) else SHARE
        self.sheet.write_number(row, column, value, self.styles.over(shown, names, more))

    def of_week(self, row: int, column: int, value: float | None, num_format: str) -> None:
        """Write a figure of a past week that a chart draws: nothing where there is none, so that no line falls to 0."""
        shown = points_format(value, num_format) if num_format.endswith(POINTS) else num_format
        if num_format == PERCENT and just_short(value):
            shown = PERCENT_FINE
        style = self.styles.of("body", "ruled", num_format=shown, align="right")
        if value is None:
            self.sheet.write_blank(row, column, None, style)
        else:
            self.sheet.write_number(row, column, value, style)

    def points(self, row: int, column: int, value: float | None, *names: str, **more: Any) -> None:
        """Write a score; no score is a dash."""
        if value is None:
            self.blank(row, column, *names, **more)
            return
        style = self.styles.of(*names, num_format=points_format(value), align="right", **more)
        self.sheet.write_number(row, column, value, style)

    def section(self, row: int, first: int, last: int, text: Text) -> None:
        """Write a section's title with a rule under it over some columns."""
        style = self.styles.of("section")
        for column in range(first, last + 1):
            self.sheet.write_blank(row, column, None, style)
        self.sheet.write_string(row, first, text.to(self.language), style)

    def share_of(
        self, row: int, column: int, share: Share, *names: str, counts: bool = True, shaded: bool = False, **more: Any
    ) -> None:
        """Write a share, greyed where it stands on too little; with `counts`, how many it stands on beside it.

        In a cell that a scale may shade grey would not be read: there it is slanted.
        """
        grey = {} if not share.few else SLANTED if shaded else {"font_color": MUTED}
        self.share(row, column, share.value, *names, **{"num_format": PERCENT, **more, **grey})
        if counts:
            self.figure(row, column + 1, float(share.whole), "times", *names, **grey)

    def blank(self, row: int, column: int, *names: str, **more: Any) -> None:
        """Write the dash of what is not assessed."""
        style = self.styles.over(DASH, names, {**more, "font_color": MUTED})
        self.sheet.write_string(row, column, BLANK, style)

    def date(self, row: int, column: int, day: dt.date | None) -> None:
        """Write a day into a cell of a table, or nothing."""
        if day is None:
            self.sheet.write_blank(row, column, None, self._dated)
        else:
            self.sheet.write_number(row, column, serial(day), self._dated)

    def linked(self, row: int, column: int, link: str | None) -> None:
        """Make a cell a link; what is written to it next keeps the link."""
        if link is not None:
            self.sheet.write_url(row, column, link, None, BLANK)

    def name_cell(self, name: str, row: int, column: int) -> None:
        """Give a cell a name of the workbook; a code that cannot be part of a name gets none."""
        if NAME.fullmatch(name):
            cell = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
            self.styles.book.define_name(name, f"={quoted(self.name)}!{cell}")

    def merged(self, row: int, first: int, last: int, text: str, style: Format, rows: int = 1) -> None:
        """Write text over several cells; a single one is not merged."""
        if first == last and rows == 1:
            self.sheet.write_string(row, first, self.fit(text), style)
            return
        self.sheet.merge_range(row, first, row + rows - 1, last, "", style)
        self.sheet.write_string(row, first, self.fit(text), style)

    def columns(self, widths: Iterable[float]) -> None:
        """Give the columns of the sheet their widths."""
        for at, width in enumerate(widths):
            self.sheet.set_column(at, at, width)

    def title(self, text: str, line: str, column: int = 0) -> None:
        """Write the title of the sheet and the line under it."""
        self.high(0, TITLE_HEIGHT)
        self.typed(0, column, text, "title")
        self.typed(1, column, line, "subtitle")

    def text(self, row: int, column: int, text: str | None, **more: Any) -> None:
        """Write text into a cell of a table, a little off the figure before it."""
        style = self.styles.over(INDENTED, ("body", "ruled"), more) if more else self._aside
        self._typed(row, column, text, style)

    @cached_property
    def _aside(self) -> Format:
        """The format of most texts: there are hundreds of them."""
        return self.styles.over(INDENTED, ("body", "ruled"), {})

    @cached_property
    def _dated(self) -> Format:
        return self.styles.of("body", "ruled", num_format=DATE, align="left", indent=1)

    def named(self, row: int, column: int, text: str, width: float, **more: Any) -> None:
        """Write a name into a column of that width, over several lines where it is longer: half a name is none."""
        if fits(text, width):
            self.text(row, column, text, **more)
            return
        self.text(row, column, text, text_wrap=True, **more)
        self.tall(row, [(text, width)], ROW_HEIGHT)

    def high(self, row: int, height: float) -> None:
        """Give a row a height in points; it is remembered for the breaks between pages."""
        self.sheet.set_row(row, height)
        self.heights[row] = height

    def tall(self, row: int, texts: Iterable[tuple[str, float]], least: float = 0.0) -> None:
        """Make a row as high as its texts need when they wrap in columns of given widths, and tables beside it."""
        self.high(row, max(least, wrapped_height(texts), self.heights.get(row, 0.0)))

    def headings(
        self, row: int, first: int, texts: tuple[Text, ...], numbers: tuple[int, ...] = (), *, filtered: bool = False
    ) -> None:
        """Write a row of headings; those at positions `numbers` stand to the right, above their figures.

        Where the rows can be `filtered`, those keep off the button that Excel lays over the end of each heading.
        """
        right = BESIDE_BUTTON if filtered else {"align": "right"}
        for at, text in enumerate(texts):
            side: dict[str, Any] = right if at in numbers else {"align": "left", "indent": 1}
            self.say(row, first + at, text, "heading", **side)


SHOWN_UNITS: Final = ("times", "customers", "contracts", "percent", "per_hour")  # counts need none, others say it


def period_and_unit(indicator: Indicator, language: Language) -> str:
    """Return what an indicator's figure is of and in: `Day · customers`."""
    return f"{PERIOD.labels[indicator.period].to(language)} · {UNIT.labels[indicator.unit].to(language)}"


def with_unit(indicator: Indicator, language: Language) -> str:
    """Return an indicator's label, with the unit its figures do not show."""
    label = indicator.label.to(language)
    return label if indicator.unit in SHOWN_UNITS else f"{label} ({UNIT.labels[indicator.unit].to(language)})"


def width_for(texts: Iterable[str], least: float) -> float:
    """Return the width of a column of captions: that of the widest, and no less than `least`."""
    return max([least, *(text_width(text) * CAPTION_WIDTH + 1 for text in texts)])


def width_for_names(names: Iterable[str], least: float) -> float:
    """Return the width of a column of indicators: that of the longest name, but so that one of many words wraps."""
    return min(max([least, *(text_width(name) + ASIDE + 1 for name in names)]), LONGEST_NAME)


def finer(one: Assessment) -> int:
    """Return how many decimals more a value and its target need beside their attainment."""
    return decimals_apart(one.value, one.target, one.indicator.unit, one.attainment)


def verdict(share: float | None) -> dict[str, Any]:
    """Return how a share is marked that reaches its target: green and bold."""
    return {"font_color": GOOD, "bold": True} if is_met(share) else {}


def pale_bars(sheet: Worksheet, first_row: int, last_row: int, column: int, full: float = CAP) -> None:
    """Lay a bar behind each figure, which fills the cell at `full`: of attainments that is the cap of a score."""
    options = {
        "type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": PALE_BAR, "bar_no_border": True,
        "min_type": "num", "min_value": 0, "max_type": "num", "max_value": full,
    }  # fmt: skip
    if last_row >= first_row:
        sheet.conditional_format(first_row, column, last_row, column, options)
