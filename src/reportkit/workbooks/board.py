"""The board 今日: what is done and left today and this week, in native formulas that need no Python."""

from __future__ import annotations

import datetime as dt
from typing import Final

from xlsxwriter.worksheet import Worksheet

from reportkit import words
from reportkit.book import Identity
from reportkit.choices import UNIT
from reportkit.text import Text
from reportkit.workbooks.checks import FIRST_DAY, LAST_DAY
from reportkit.workbooks.counts import SLOTS
from reportkit.workbooks.hidden import quoted
from reportkit.workbooks.style import DATE, Styles, set_up_print
from reportkit.workbooks.workings import BOARD_DATE, Line, Workings

DATE_CELL: Final = "C3"
FIRST_LINE: Final = 9  # zero-based row of the first indicator
_WIDTHS: Final = (2, 24, 14, 12, 12, 30, 26)
_BAR: Final = "#9CCBE8"  # light: the percentage stands on it
_HEADINGS: Final = (words.INDICATOR, words.DONE, words.TARGET, words.LEFT, words.PROGRESS, words.REMARK)
_COUNT: Final = "0.##;-0.##;0"
_LEFT: Final = '[=0]"✓";0'


def add_board(styles: Styles, sheet: Worksheet, workings: Workings, identity: Identity, today: dt.date | None) -> None:
    """Fill the board's sheet; its date cell is the only one to type in."""
    sheet.hide_gridlines(2)
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    _add_top(styles, sheet, workings, identity, today)
    last_day = FIRST_LINE + len(workings.day)
    _add_tiles(styles, sheet, workings)
    _add_section(styles, sheet, FIRST_LINE - 2, words.TODAY_SECTION)
    _add_lines(styles, sheet, FIRST_LINE, workings.day)
    row = last_day + 1
    shown = tuple(line for line in workings.week if line.done)
    _add_section(styles, sheet, row, words.WEEK_SECTION)
    _add_lines(styles, sheet, row + 2, shown)
    row += 3 + len(shown)
    sheet.write_string(row, 1, words.BOARD_NOTE.to(styles.language), styles.of("caption"))
    sheet.print_area(0, 0, row, len(_WIDTHS) - 1)
    sheet.freeze_panes(3, 0)
    set_up_print(sheet, styles.language)
    sheet.protect()


def _add_top(styles: Styles, sheet: Worksheet, workings: Workings, identity: Identity, today: dt.date | None) -> None:
    """Write the title, the date to type in and what kind of day it is."""
    language = styles.language
    sheet.set_row(0, 36)
    sheet.write_string(0, 1, words.TODAY.to(language), styles.of("title"))
    sheet.write_string(0, 2, identity.advisor_name, styles.of("subtitle"))
    sheet.set_row(2, 26)
    sheet.write_string(2, 1, words.BOARD_DATE.to(language), styles.of("subtitle"))
    shown = (today - dt.date(1899, 12, 30)).days if today else 0
    sheet.write_formula(
        DATE_CELL, "=TODAY()", styles.of("input", num_format=DATE, bold=True, font_size=12, align="center"), shown
    )
    styles.book.define_name(BOARD_DATE, f"={quoted(sheet.get_name())}!$C$3")
    sheet.data_validation(DATE_CELL, {
        "validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY,
        "input_title": words.BOARD_DATE.to(language), "input_message": words.BOARD_DATE_HINT.to(language),
        "error_message": words.HINT["date"].to(language),
    })  # fmt: skip
    names = ",".join(f'"{day.to(language)}"' for day in words.WEEKDAYS)
    sheet.write_formula(2, 3, f"=CHOOSE(WEEKDAY({BOARD_DATE},2),{names})", styles.of("subtitle"))
    off, leave, half, whole = (
        text.to(language) for text in (words.DAY_OFF, words.ON_LEAVE, words.HALF_DAY, words.WORKING_DAY)
    )
    kind = f'IF({workings.share}=0,"{leave}",IF({workings.share}<1,"{half}","{whole}"))'
    sheet.write_formula(2, 4, f'=IF({workings.trading}=0,"{off}",{kind})', styles.of("subtitle"))


def _add_tiles(styles: Styles, sheet: Worksheet, workings: Workings) -> None:
    """Write three figures large: indicators met, still open, rows logged."""
    first, last = FIRST_LINE + 1, FIRST_LINE + max(len(workings.day), 1)
    left = f"$E${first}:$E${last}"
    row = workings.slots.row
    sheet.set_row(4, 18)
    sheet.set_row(5, 32)
    tiles: tuple[tuple[int, Text, str, str], ...] = (
        (1, words.MET_TODAY, f"COUNTIF({left},0)", "0"),
        (2, words.LEFT_TODAY, f'COUNTIF({left},">0")', "0"),
        (3, words.ROWS_TODAY, f"COUNT({row})", "0"),
    )
    for at, label, formula, shape in tiles:
        sheet.write_string(4, at, label.to(styles.language), styles.of("caption", "panel", indent=1))
        sheet.write_formula(
            5, at, f"={formula}", styles.of("figure", "panel", align="left", indent=1, num_format=shape)
        )
    too_many = words.TOO_MANY.fill(styles.language, rows=SLOTS)
    for at in (4, 5, 6):
        sheet.write_blank(4, at, None, styles.of("panel"))
        sheet.write_blank(5, at, None, styles.of("panel"))
    sheet.write_formula(
        5,
        4,
        f'=IF(COUNTIF(activities_date,{BOARD_DATE})>{SLOTS},"{too_many}","")',
        styles.of("reached", "panel", font_color="#A8321C"),
    )


def _add_section(styles: Styles, sheet: Worksheet, row: int, title: Text) -> None:
    """Write a section's title and the headings below it."""
    sheet.set_row(row, 26)
    for at in range(1, len(_WIDTHS)):
        sheet.write_blank(row, at, None, styles.of("section"))
    sheet.write_string(row, 1, title.to(styles.language), styles.of("section"))
    sheet.set_row(row + 1, 22)
    for at, heading in enumerate(_HEADINGS, 1):
        side = "left" if at in (1, 5, 6) else "right"
        sheet.write_string(row + 1, at, heading.to(styles.language), styles.of("heading", align=side))


def _add_lines(styles: Styles, sheet: Worksheet, first: int, lines: tuple[Line, ...]) -> None:
    """Write a row for each indicator, with bars over their progress."""
    for row, line in enumerate(lines, first):
        _add_line(styles, sheet, row, line)
    if not lines:
        return
    last = first + len(lines) - 1
    sheet.conditional_format(first, 5, last, 5, {
        "type": "data_bar", "bar_solid": True, "bar_color": _BAR, "bar_border_color": _BAR,
        "min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1, "data_bar_2010": True,
    })  # fmt: skip
    reached = {"type": "formula", "criteria": f"=AND(ISNUMBER($E{first + 1}),$E{first + 1}=0)"}
    sheet.conditional_format(first, 4, last, 4, {**reached, "format": styles.difference("reached")})


def _add_line(styles: Styles, sheet: Worksheet, row: int, line: Line) -> None:
    """Write one indicator: done, target, left (rounded up), progress, and what else there is to say."""
    language, indicator, number = styles.language, line.indicator, row + 1
    sheet.set_row(row, 22)
    unit = UNIT.labels[indicator.unit].to(language) if indicator.unit in UNIT.labels else indicator.unit
    sheet.write_string(row, 1, f"{indicator.label.to(language)}（{unit}）" if language != "en" else indicator.label.en,
        styles.of("body", "ruled", bold=True))  # fmt: skip
    done = f'=IF(ISNUMBER({line.done}),{line.done},"")' if line.done else None
    right = {"align": "right"}
    if done is None:
        sheet.write_blank(row, 2, None, styles.of("body", "ruled", **right))
    else:
        sheet.write_formula(
            row, 2, done, styles.of("body", "ruled", num_format=_COUNT, bold=True, font_size=12, **right)
        )
    target = f'=IF(ISNUMBER({line.target}),{line.target},"")'
    sheet.write_formula(row, 3, target, styles.of("body", "ruled", num_format=_COUNT, **right))
    both = f"AND(ISNUMBER($C{number}),ISNUMBER($D{number}))"
    if indicator.direction == "at_least":
        left, ratio = f"MAX(0,ROUNDUP(ROUND($D{number}-$C{number},9),0))", f"MIN(1,$C{number}/$D{number})"
    else:
        left, ratio = f'IF($C{number}<=$D{number},0,"")', f"IF($C{number}<=$D{number},1,$D{number}/$C{number})"
    sheet.write_formula(row, 4, f'=IF({both},{left},"")', styles.of("body", "ruled", num_format=_LEFT, **right))
    progress = f'=IF({both},IF($D{number}=0,"",{ratio}),"")'
    sheet.write_formula(row, 5, progress, styles.of("body", "ruled", num_format="0%", align="left"))
    remark = styles.of("caption", "ruled", indent=1)
    if done is None:
        sheet.write_string(row, 6, words.SEE_WEEKLY.to(language), remark)
    else:
        before, _, after = words.STRETCH.to(language).partition("{target}")
        text = f'"{before}"&TEXT({line.stretch},"0.##")&"{after}"'
        sheet.write_formula(row, 6, f'=IF(N({line.stretch})>0,{text},"")', remark)
