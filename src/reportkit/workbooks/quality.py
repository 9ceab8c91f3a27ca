"""Data quality in the reports: rows read, counted and excluded, and every finding with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from reportkit.definitions import report_words as say
from reportkit.definitions import words
from reportkit.definitions.findings import Finding, how_many
from reportkit.definitions.privacy import PERSONAL, masked, without_ids
from reportkit.definitions.severity import SEVERITIES, SEVERITY_LABEL
from reportkit.definitions.text import Text
from reportkit.read.archives import year_of
from reportkit.summary.summaries import RowCount
from reportkit.workbooks.cells import Page
from reportkit.workbooks.links import external, from_reports
from reportkit.workbooks.style import MUTED, OCHRE, WRONG, set_up_print

HEADINGS: Final[tuple[Text, ...]] = (words.SEVERITY, say.PLACE, words.COLUMN, words.VALUE, say.WHAT, words.CODE)
WIDTHS: Final = (12, 24, 18, 22, 78, 20)
HEADER: Final = 3
COLOUR: Final = {"error": WRONG, "warning": OCHRE, "info": MUTED}


def add_quality(page: Page, rows: RowCount, findings: Sequence[Finding]) -> None:
    """Fill the sheet of one log: its rows, then its findings, errors first."""
    sheet, language = page.sheet, page.language
    page.columns(WIDTHS)
    line = say.ROWS_LINE.fill(
        language, read=rows.read, counted=rows.counted, excluded=rows.excluded,
        errors=how_many(findings, "error"), warnings=how_many(findings, "warning"),
    )  # fmt: skip
    page.title(say.QUALITY.to(language), line)
    page.headings(HEADER, 0, HEADINGS)
    if not findings:
        page.say(HEADER + 1, 0, say.NO_FINDINGS, "caption")
    for at, found in enumerate(worst_first(findings), HEADER + 1):
        add_finding(page, at, 0, found)
    sheet.freeze_panes(HEADER + 1, 0)
    sheet.hide_gridlines(2)
    set_up_print(sheet, language)
    sheet.repeat_rows(HEADER)


def worst_first(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings by severity, otherwise in the order they came."""
    return sorted(findings, key=lambda found: SEVERITIES.index(found.severity))


def for_others(found: Finding) -> Finding:
    """Return a finding as others than the customer's own advisor may read it: ids and numbers masked."""
    column = found.place.column
    if column is None or column.code not in PERSONAL:
        return found
    value = masked(found.value)
    words = {
        name: Text(*map(without_ids, word.all())) if isinstance(word, Text) else without_ids(word)
        for name, word in found.words.items()
    }
    near = words.get("suggestion")
    if isinstance(near, Text) and value and value in near.zh_cn:
        words["suggestion"] = ""  # masked, the id it offers reads like the one that stands there
    return replace(found, value=value, words=words)


def add_finding(page: Page, row: int, column: int, found: Finding, *, linked: bool = True) -> None:
    """Write a finding over six columns; its place is a link into the log or its archive, where it is one's."""
    found = for_others(found) if page.shared else found
    place, wrapped = found.place, {"text_wrap": True}
    aside = {"align": "left", "indent": 1}
    colour = {"font_color": COLOUR[found.severity], "bold": True, **aside}
    page.say(row, column, SEVERITY_LABEL[found.severity], "body", "ruled", **colour)
    where = " ".join(str(part) for part in (year_of(place.file), place.sheet, place.cell or place.row) if part)
    if linked and place.sheet and place.row:
        link = external(from_reports(place.file), place.sheet, place.cell or f"A{place.row}")
        page.sheet.write_url(row, column + 1, link, page.styles.of("link", "ruled", **aside), where)
    else:
        page.text(row, column + 1, where or place.file, **wrapped)
    label = place.column.label.to(page.language) if place.column else ""
    page.text(row, column + 2, label, **wrapped)
    page.text(row, column + 3, found.value, **wrapped)
    said = found.message(page.language)
    page.text(row, column + 4, said, **wrapped)
    page.tall(row, ((where, WIDTHS[1]), (label, WIDTHS[2]), (found.value or "", WIDTHS[3]), (said, WIDTHS[4])))
    page.typed(row, column + 5, found.code, "caption", "ruled", **aside)
