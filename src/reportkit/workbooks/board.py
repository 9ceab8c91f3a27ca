"""The board 今日: what is done and left today and this week, in native formulas that need no Python."""

from __future__ import annotations

import datetime as dt
from typing import Final

from xlsxwriter.worksheet import Worksheet

from reportkit.definitions import words
from reportkit.definitions.columns import EARLIEST, LATEST
from reportkit.definitions.text import Text
from reportkit.read.book import Identity
from reportkit.settings.indicator_rows import Indicator
from reportkit.workbooks.counts import SLOTS
from reportkit.workbooks.links import quoted
from reportkit.workbooks.style import DATE, WRONG, Styles, serial, set_up_print
from reportkit.workbooks.workings import BOARD_DATE, Line, Workings

DATE_CELL: Final = "C3"
FIRST_LINE: Final = 9  # zero-based row of the first indicator
_WIDTHS: Final = (2, 24, 14, 12, 12, 30, 26)
REACHED: Final = 0.999999999  # of a target: sums of parts may be the last digit short
BAR: Final = "#9CCBE8"  # light: the percentage stands on it
_HEADINGS: Final = (words.INDICATOR, words.DONE, words.TARGET, words.LEFT, words.PROGRESS, words.REMARK)
_TICK: Final = '"✓"'


def add_board(styles: Styles, sheet: Worksheet, workings: Workings, identity: Identity, today: dt.date | None) -> None:
    """Fill the board's sheet; its date cell is the only one to type in."""
    sheet.hide_gridlines(2)
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    _add_top(styles, sheet, workings, identity, today)
    last_day = FIRST_LINE + len(workings.day)
    _add_tiles(styles, sheet, workings, identity.since)
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
    sheet.set_selection(DATE_CELL)
    set_up_print(sheet, styles.language)
    sheet.protect()


def _add_top(styles: Styles, sheet: Worksheet, workings: Workings, identity: Identity, today: dt.date | None) -> None:
    """Write the title, the date to type in and what kind of day it is."""
    language = styles.language
    sheet.set_row(0, 36)
    sheet.write_string(0, 1, words.TODAY.to(language), styles.of("title"))
    sheet.write_string(0, 2, identity.advisor_name, styles.of("subtitle"))
    sheet.set_row(2, 26)
    sheet.write_string(2, 1, words.DATE.to(language), styles.of("subtitle"))
    shown = serial(today) if today else 0
    sheet.write_formula(
        DATE_CELL, "=TODAY()", styles.of("input", num_format=DATE, bold=True, font_size=12, align="center"), shown
    )
    styles.book.define_name(BOARD_DATE, f"={quoted(sheet.get_name())}!$C$3")
    sheet.data_validation(DATE_CELL, {
        "validate": "date", "criteria": "between", "minimum": serial(EARLIEST), "maximum": serial(LATEST),
        "input_title": words.DATE.to(language), "input_message": words.BOARD_DATE_HINT.to(language),
        "error_message": words.HINT["date"].to(language),
    })  # fmt: skip
    names = ",".join(f'"{day.to(language)}"' for day in words.WEEKDAYS)
    sheet.write_formula(2, 3, f"=CHOOSE(WEEKDAY({BOARD_DATE},2),{names})", styles.of("subtitle", indent=1))
    off, leave, half, whole = (
        text.to(language) for text in (words.DAY_OFF, words.ON_LEAVE, words.HALF_DAY, words.WORKING_DAY)
    )
    kind = f'IF({workings.share}=0,"{leave}",IF({workings.share}<1,"{half}","{whole}"))'
    sheet.write_formula(2, 4, f'=IF({workings.trading}=0,"{off}",{kind})', styles.of("subtitle"))


def _add_tiles(styles: Styles, sheet: Worksheet, workings: Workings, since: str) -> None:
    """Write three figures large: indicators met, still open, rows logged; beside them why they are not all."""
    first, last = FIRST_LINE + 1, FIRST_LINE + max(len(workings.day), 1)
    left, progress = f"$E${first}:$E${last}", f"$F${first}:$F${last}"
    row = workings.slots.row
    sheet.set_row(4, 18)
    sheet.set_row(5, 32)
    tiles = (
        (words.MET_TODAY, f'COUNTIF({progress},">={REACHED}")'),
        (words.LEFT_TODAY, f'COUNTIF({left},">0")'),
        (words.ROWS_TODAY, f"COUNT({row})"),
    )
    figure = styles.of("figure", "panel", align="left", indent=1)
    for at, (label, formula) in enumerate(tiles, 1):
        sheet.write_string(4, at, label.to(styles.language), styles.of("caption", "panel", indent=1))
        sheet.write_formula(5, at, f"={formula}", figure)
    for at in range(len(tiles) + 1, len(_WIDTHS)):
        sheet.write_blank(4, at, None, styles.of("panel"))
        sheet.write_blank(5, at, None, styles.of("panel"))
    too_many = words.TOO_MANY.fill(styles.language, rows=SLOTS)
    warning = f'IF(COUNTIF(activities_date,{BOARD_DATE})>{SLOTS},"{too_many}","")'
    if since:
        day, archived = dt.date.fromisoformat(since), words.ARCHIVED_DAY.fill(styles.language, day=since)
        warning = f'IF({BOARD_DATE}<{serial(day)},"{archived}",{warning})'
    sheet.write_formula(5, len(tiles) + 1, f"={warning}", styles.of("panel", font_color=WRONG, valign="vcenter"))


def _add_section(styles: Styles, sheet: Worksheet, row: int, title: Text) -> None:
    """Write a section's title and the headings below it."""
    sheet.set_row(row, 26)
    for at in range(1, len(_WIDTHS)):
        sheet.write_blank(row, at, None, styles.of("section"))
    sheet.write_string(row, 1, title.to(styles.language), styles.of("section"))
    sheet.set_row(row + 1, 22)
    for at, heading in enumerate(_HEADINGS, 1):
        side = "left" if at in (1, 5, 6) else "right"
        indent = 1 if at >= 4 else 0
        sheet.write_string(row + 1, at, heading.to(styles.language), styles.of("heading", align=side, indent=indent))


def _add_lines(styles: Styles, sheet: Worksheet, first: int, lines: tuple[Line, ...]) -> None:
    """Write a row for each indicator, with bars over their progress."""
    for row, line in enumerate(lines, first):
        _add_line(styles, sheet, row, line)
    if not lines:
        return
    last = first + len(lines) - 1
    sheet.conditional_format(first, 5, last, 5, {
        "type": "data_bar", "bar_solid": True, "bar_color": BAR, "bar_border_color": BAR,
        "min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1, "data_bar_2010": True,
    })  # fmt: skip
    reached = {"type": "formula", "criteria": f"=N($F{first + 1})>={REACHED}"}
    ticked = styles.difference("reached", num_format=_TICK)
    sheet.conditional_format(first, 4, last, 4, {**reached, "format": ticked})


def _add_line(styles: Styles, sheet: Worksheet, row: int, line: Line) -> None:
    """Write one indicator: done, target, left (rounded up), progress, and what else there is to say."""
    language, number = styles.language, row + 1
    sheet.set_row(row, 22)
    label = line.indicator.label.to(language)
    sheet.write_string(row, 1, label, styles.of("body", "ruled", bold=True))
    count = styles.of("body", "ruled", align="right")
    target = f'=IF(ISNUMBER({line.target}),{line.target},"")'
    sheet.write_formula(row, 3, target, count)
    left, progress = _left_and_progress(line.indicator, f"$C{number}", f"$D{number}")
    sheet.write_formula(row, 4, left, styles.of("body", "ruled", align="right", indent=1))
    sheet.write_formula(row, 5, progress, styles.of("body", "ruled", num_format="0%", align="left", indent=1))
    remark = styles.of("caption", "ruled", indent=1)
    if line.done is None:
        sheet.write_blank(row, 2, None, count)
        sheet.write_string(row, 6, words.SEE_WEEKLY.to(language), remark)
        return
    done = f'=IF(ISNUMBER({line.done}),{line.done},"")'
    sheet.write_formula(row, 2, done, styles.of("body", "ruled", align="right", bold=True, font_size=12))
    before, _, after = words.STRETCH.to(language).partition("{target}")
    stretch = f'"{before}"&{line.stretch}&"{after}"'
    sheet.write_formula(row, 6, f'=IF(N({line.stretch})>0,{stretch},"")', remark)


def _left_and_progress(indicator: Indicator, done: str, target: str) -> tuple[str, str]:
    """Return the formulas of what is left and of the part reached; of at least 0 there is no part."""
    both = f"AND(ISNUMBER({done}),ISNUMBER({target}))"
    if indicator.direction == "at_least":
        left, part = f"MAX(0,ROUNDUP(ROUND({target}-{done},9),0))", f'IF({target}=0,"",MIN(1,{done}/{target}))'
    else:
        left, part = f'IF({done}<={target},0,"")', f"IF({done}<={target},1,{target}/{done})"
    return f'=IF({both},{left},"")', f'=IF({both},{part},"")'
