"""What a sheet's XML says and its values do not: merged cells, days that change overnight; what is no log."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from reportkit.definitions import report_words as say
from reportkit.definitions import words
from reportkit.definitions.columns import Form, fold
from reportkit.definitions.findings import Finding, Place, finding
from reportkit.definitions.forms import ACTIVITIES
from reportkit.definitions.settings_forms import SETTINGS_FORMS
from reportkit.read.book import RawSheet
from reportkit.read.preflight import Package
from reportkit.read.survey import CLOSE, column_letters, column_number

MERGED: Final = re.compile(rb'<mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
FORMULA: Final = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*><f([^>]*?)(?:/>|>([^<]*)</f>)')
SHARED: Final = re.compile(rb'\bsi="(\d+)"')
TODAYS: Final = re.compile(r"\b(?:TODAY|NOW)\(\)")
TIMED: Final = ("date", "datetime", "time")  # kinds of columns
Box = tuple[int, int, int, int]  # first row and column, last row and column, counted from 1, both in
SHEETS_OF_REPORTS: Final = (
    *zip(say.QUALITY.all(), say.DETAIL.all(), strict=True),
    *zip(words.ATTAINMENT.all(), say.VALUES.all(), strict=True),  # of several branches
    *zip(words.MAIL_RESULTS.all()),
)


def oddities(package: Package, parts: Mapping[str, str], sheets: Iterable[RawSheet]) -> Iterator[Finding]:
    """Yield what is odd about the sheets of forms; `parts` maps a sheet's name to its part of the package."""
    for sheet in sheets:
        if sheet.rows:
            xml = package.parts[parts[sheet.name]]
            place = Place(package.file, sheet.name)
            yield from merged(_areas(xml), sheet, place)
            yield from volatile(_todays(xml), sheet, place)


def stranger(sheets: Iterable[str], forms: Mapping[str, Form], found: Collection[str]) -> str | None:
    """Return the code of the finding a workbook is that is none of these forms, None where it may be one.

    `found` are the forms that have a sheet. Sheets of a report may be called like some of them (Cases, Customers).
    """
    if forms is SETTINGS_FORMS:
        return None if found else "file.not_settings"
    if ACTIVITIES.code in found:
        return None
    names = set(map(fold, sheets))
    if any(names.issuperset(map(fold, own)) for own in SHEETS_OF_REPORTS):
        return "file.report"
    if found:
        return None
    settings = {fold(text) for form in SETTINGS_FORMS.values() for text in form.label.all()}
    return "file.settings" if len(names & settings) > 1 else "file.not_a_log"


def merged(areas: Iterable[Box], sheet: RawSheet, place: Place) -> Iterator[Finding]:
    """Yield the merged cells among the rows: only the first of them holds what all of them show."""
    codes = _codes(sheet)
    for top, left, bottom, right in areas:
        inside = [at for at in range(left, right + 1) if at in codes]
        among = bisect_left(sheet.rows, bottom + 1) > bisect_left(sheet.rows, top)
        if among and inside and (bottom > top or len(inside) > 1):
            cells = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
            yield finding("cell.merged", _cell(sheet, place, top, codes[inside[0]]), cells=cells)


def volatile(cells: Iterable[tuple[int, int]], sheet: RawSheet, place: Place) -> Iterator[Finding]:
    """Yield the days and times among cells (row, column) whose formulas ask for today's date."""
    codes = _codes(sheet)
    for row, column in cells:
        code = codes.get(column)
        if code is not None and sheet.form.column[code].kind in TIMED:
            yield finding("value.volatile", _cell(sheet, place, row, code))


def _areas(xml: bytes) -> Iterator[Box]:
    """Yield the merged cells of a sheet."""
    for left, top, right, bottom in (match.groups() for match in MERGED.finditer(xml, xml.rfind(CLOSE))):
        yield int(top), column_number(left.decode()), int(bottom), column_number(right.decode())


def _todays(xml: bytes) -> Iterator[tuple[int, int]]:
    """Yield row and column of the formulas that ask for today's date; one filled down is written once."""
    rows_end = xml.rfind(CLOSE)  # the colours of wrong cells, which come after the rows, ask for today as well
    first = xml.find(b"(", 0, rows_end)  # texts stand elsewhere: in most sheets there is none
    if first < 0 or not any(xml.find(asked, first - len(b"TODAY"), rows_end) >= 0 for asked in (b"TODAY()", b"NOW()")):
        return
    shared: set[bytes] = set()
    for letters, row, about, formula in (match.groups() for match in FORMULA.finditer(xml, 0, rows_end)):
        group = SHARED.search(about)
        if TODAYS.search((formula or b"").decode()) is None and (group is None or group[1] not in shared):
            continue
        if group is not None:
            shared.add(group[1])
        yield int(row), column_number(letters.decode())


def _codes(sheet: RawSheet) -> dict[int, str]:
    """Return the number of a column → its code."""
    return {column_number(letters): code for code, letters in sheet.letters.items()}


def _cell(sheet: RawSheet, place: Place, row: int, code: str) -> Place:
    """Return the place of a cell."""
    return Place(place.file, place.sheet, row, sheet.form.column[code], f"{sheet.letters[code]}{row}")
