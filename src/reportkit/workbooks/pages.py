"""Sheets that are read rather than filled in: the start page, and the areas the program writes into."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from xlsxwriter.worksheet import Worksheet

from reportkit.definitions import words
from reportkit.definitions.forms import DATE, NOTE
from reportkit.definitions.text import Text
from reportkit.workbooks.links import quoted
from reportkit.workbooks.style import ACCENT, FONT_SIZE, ROW_HEIGHT, Styles, set_up_print, wrapped_height

OUTPUT_HEADING: Final = 3  # zero-based row of the headings of an output area
_MARGIN, _LABEL, _ABOUT = 2, 22, 74
_TITLE_HEIGHT: Final = 36
_FACT_SIZE: Final = 12
_NO_DAY: Final = "2026-11-31"  # shows what a wrong cell looks like


@dataclass(frozen=True)
class Sheet:
    """A sheet the start page leads to."""

    name: Text
    about: Text | None


@dataclass(frozen=True)
class StartPage:
    """What a start page says: whose workbook it is, how to fill it in, which sheets there are.

    A fact follows a cell of the workbook where `follows` gives its formula.
    """

    title: Text
    facts: Sequence[tuple[Text, str]]
    steps: Sequence[Text]
    sheets: Sequence[Sheet]
    follows: Mapping[Text, str] = field(default_factory=dict)


def add_start_page(styles: Styles, page: StartPage) -> Worksheet:
    """Add the page a person sees first."""
    language = styles.language
    sheet = styles.book.add_worksheet(words.START.to(language))
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, _MARGIN)
    sheet.set_column(1, 1, _LABEL)
    sheet.set_column(2, 2, _ABOUT)
    sheet.set_column(3, 3, _MARGIN)
    sheet.set_row(1, _TITLE_HEIGHT)
    sheet.write_string(1, 1, page.title.to(language), styles.of("title"))
    row = _add_facts(sheet, styles, page, 3)
    row = _add_steps(sheet, styles, page.steps, row + 1)
    row = _add_links(sheet, styles, page.sheets, row + 1)
    row = _add_legend(sheet, styles, row + 1)
    sheet.print_area(0, 0, row, 3)
    set_up_print(sheet, language, portrait=True)
    sheet.protect()
    sheet.activate()
    return sheet


def _section(sheet: Worksheet, styles: Styles, row: int, title: Text) -> int:
    """Write the heading of a section; return the row below it."""
    sheet.set_row(row, 26)
    sheet.write_string(row, 1, title.to(styles.language), styles.of("section"))
    sheet.write_blank(row, 2, None, styles.of("section"))
    return row + 1


def _add_facts(sheet: Worksheet, styles: Styles, page: StartPage, row: int) -> int:
    for label, value in page.facts:
        sheet.set_row(row, max(24, wrapped_height([(value, _ABOUT / _FACT_SIZE * FONT_SIZE)])))
        sheet.write_string(row, 1, label.to(styles.language), styles.of("subtitle", "panel", "ruled", indent=1))
        fact = styles.of("body", "panel", "ruled", font_size=_FACT_SIZE, bold=True, text_wrap=True)
        if label in page.follows:
            sheet.write_formula(row, 2, page.follows[label], fact, value)
        else:
            sheet.write_string(row, 2, value, fact)
        row += 1
    return row


def _add_steps(sheet: Worksheet, styles: Styles, steps: Sequence[Text], row: int) -> int:
    row = _section(sheet, styles, row, words.HOW_TO)
    for number, step in enumerate(steps, 1):
        sheet.set_row(row, 34)
        sheet.write_number(row, 1, number, styles.of("figure", "ruled", align="left", indent=1, font_color=ACCENT))
        sheet.write_string(row, 2, step.to(styles.language), styles.of("body", "ruled", text_wrap=True))
        row += 1
    return row


def _add_links(sheet: Worksheet, styles: Styles, sheets: Sequence[Sheet], row: int) -> int:
    language = styles.language
    row = _section(sheet, styles, row, words.SHEETS)
    for linked in sheets:
        name = linked.name.to(language)
        sheet.set_row(row, ROW_HEIGHT + 2)
        sheet.write_url(row, 1, f"internal:{quoted(name)}!A1", styles.of("link", "ruled", indent=1), name)
        about = linked.about.to(language) if linked.about else ""
        sheet.write_string(row, 2, about, styles.of("body", "ruled"))
        row += 1
    return row


def _add_legend(sheet: Worksheet, styles: Styles, row: int) -> int:
    row = _section(sheet, styles, row, words.LEGEND)
    for sample, text, look in (
        (DATE, words.LEGEND_REQUIRED, "required"),
        (NOTE, words.LEGEND_OPTIONAL, "heading"),
        (_NO_DAY, words.LEGEND_WRONG, "wrong"),
    ):
        sheet.set_row(row, ROW_HEIGHT + 4)
        shown = sample if isinstance(sample, str) else sample.to(styles.language)
        sheet.write_string(row, 1, shown, styles.of(look, "centred"))
        sheet.write_string(row, 2, text.to(styles.language), styles.of("body", indent=1))
        row += 1
    return row


def add_output(
    styles: Styles,
    name: Text,
    about: Text,
    headings: Sequence[tuple[Text, int]],
    *,
    figures: Collection[Text] = (),
    note: str = "",
) -> Worksheet:
    """Add an area the program fills: title, what it is for, headings with their widths, `figures` to the right.

    Not protected: a live workbook writes here, and people sort and filter what was written.
    """
    language = styles.language
    sheet = styles.book.add_worksheet(name.to(language))
    sheet.hide_gridlines(2)
    sheet.set_row(0, _TITLE_HEIGHT)
    sheet.write_string(0, 0, name.to(language), styles.of("title"))
    sheet.write_string(1, 0, about.to(language), styles.of("subtitle"))
    sheet.set_row(OUTPUT_HEADING, 26)
    for at, (heading, width) in enumerate(headings):
        sheet.set_column(at, at, width)
        side = "right" if heading in figures else "left"
        sheet.write_string(OUTPUT_HEADING, at, heading.to(language), styles.of("heading", align=side))
    if note:
        sheet.write_string(OUTPUT_HEADING + 1, 0, note, styles.of("caption", italic=True))
    sheet.freeze_panes(OUTPUT_HEADING + 1, 0)
    set_up_print(sheet, language)
    sheet.repeat_rows(OUTPUT_HEADING)
    return sheet
