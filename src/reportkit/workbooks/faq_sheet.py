"""The sheet 话术与问答 of the log: the branch's answers, a cell to search them, and how often each was used."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from reportkit.definitions import insight_words as say
from reportkit.definitions.settings_forms import FAQ
from reportkit.facts.answers import used_in
from reportkit.settings.branch_settings import Settings
from reportkit.workbooks.links import quoted
from reportkit.workbooks.lists import name_of
from reportkit.workbooks.sheets import Rows
from reportkit.workbooks.style import ACCENT, Styles, set_up_print, wrapped_height

ROOM: Final = 6  # wider than in the settings: here it is only read
USED_WIDTH: Final = 9
HEADER: Final = 2  # below the cell to search in
FIRST: Final = HEADER + 1
ASKED: Final = "$B$1"
NAME: Final = "faq"  # of the table: =RK.FAQ("commission", faq)


def add_faq(styles: Styles, settings: Settings, cases: Rows = (), archived: Iterable[object] = ()) -> Worksheet:
    """Copy the branch's questions and answers, to be searched and read.

    What is typed into the yellow cell colours the rows that hold it. An answer counts as used as in
    `facts.answers.answers_used`, over all cases of the log, by native formulas; what they show before an office first
    calculates them, which LibreOffice does not on opening, is counted here. So are the cases with the `archived`
    resolutions, whose rows no formula of the log sees and nobody changes.
    """
    language = styles.language
    sheet = styles.book.add_worksheet(FAQ.label.to(language))
    sheet.hide_gridlines(2)
    used = len(FAQ.columns)
    sheet.write_string(0, 0, say.SEARCH.to(language), styles.of("heading", align="right", indent=1))
    sheet.write_blank(0, 1, None, styles.of("input", align="left", indent=1))
    sheet.write_string(0, 2, say.SEARCH_HINT.to(language), styles.of("caption", indent=1))
    for at, column in enumerate(FAQ.columns):
        sheet.set_column(at, at, column.width + ROOM)
        sheet.write_string(HEADER, at, column.label.to(language), styles.of("heading"))
    sheet.set_column(used, used, USED_WIDTH)
    sheet.write_string(HEADER, used, say.USED.to(language), styles.of("heading", align="right"))
    times, before = used_in((case.get("resolution") for case in cases), settings), used_in(archived, settings)
    for row, entry in enumerate(settings.faq, FIRST):
        texts = ((str(getattr(entry, c.code)), c.width + ROOM) for c in FAQ.columns)
        sheet.set_row(row, wrapped_height(texts))
        for at, column in enumerate(FAQ.columns):
            bold = column.code == "question"
            sheet.write_string(row, at, getattr(entry, column.code), styles.of("wrapped", "ruled", bold=bold))
        style = styles.of("body", "ruled", align="right", valign="top", num_format="0;;0")
        earlier = before.get(entry.question, 0)
        sheet.write_formula(row, used, _times_used(row + 1, earlier), style, times.get(entry.question, 0) + earlier)
    found = f'=AND({ASKED}<>"",ISNUMBER(SEARCH({ASKED},$A{FIRST + 1}&$B{FIRST + 1}&$C{FIRST + 1})))'
    marked = styles.book.add_format({"bg_color": "#FCE9B8"})
    last = max(FIRST, FIRST + len(settings.faq) - 1)
    sheet.conditional_format(FIRST, 0, last, used, {"type": "formula", "criteria": found, "format": marked})
    table = xl_range_abs(HEADER, 0, last, used)
    styles.book.define_name(NAME, f"={quoted(sheet.get_name())}!{table}")
    sheet.set_row(0, 26)
    sheet.set_row(HEADER, 26)
    sheet.freeze_panes(FIRST, 0)
    sheet.set_selection(ASKED.replace("$", ""))
    sheet.set_tab_color(ACCENT)
    set_up_print(sheet, language)
    sheet.repeat_rows(HEADER)
    sheet.protect()
    return sheet


def _times_used(row: int, earlier: int) -> str:
    """Return the formula of how many resolutions hold the question, less its mark, or the whole answer."""
    written = name_of("cases", "resolution")
    question = f'SUBSTITUTE(SUBSTITUTE($B{row},"?",""),"？","")'
    either = "+".join(f"ISNUMBER(SEARCH({text},{written}))" for text in (question, f"$C{row}"))
    return f"={f'{earlier}+' if earlier else ''}SUMPRODUCT(--(({either})>0))"
