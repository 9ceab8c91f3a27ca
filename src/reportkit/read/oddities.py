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
from reportkit.read.survey import CLOSE, column_number

MERGED: Final = re.compile(rb'<mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
FORMULA: Final = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*><f([^>]*?)(?:/>|>([^<]*)</f>)')
SHARED: Final = re.compile(rb'\bsi="(\d+)"')
TODAYS: Final = re.compile(rb"\b(?:TODAY|NOW)\(\)")
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
            yield from _merged(xml, sheet, place)
            yield from _todays(xml, sheet, place)


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


def _merged(xml: bytes, sheet: RawSheet, place: Place) -> Iterator[Finding]:
    """Yield the merged cells among the rows: only the first of them holds what all of them show."""
    tail = xml[xml.rfind(CLOSE) :]
    codes = _codes(sheet)
    for left, top, right, bottom in (match.groups() for match in MERGED.finditer(tail)):
        first, last = int(top), int(bottom)
        inside = [at for at in range(column_number(left.decode()), column_number(right.decode()) + 1) if at in codes]
        among = bisect_left(sheet.rows, last + 1) > bisect_left(sheet.rows, first)
        if among and inside and (last > first or len(inside) > 1):
            cells = f"{left.decode()}{first}:{right.decode()}{last}"
            yield finding("cell.merged", _cell(sheet, place, first, codes[inside[0]]), cells=cells)


def _todays(xml: bytes, sheet: RawSheet, place: Place) -> Iterator[Finding]:
    """Yield the days and times that are formulas of today's date; a formula filled down is written once."""
    rows_end = xml.rfind(CLOSE)  # the colours of wrong cells, which come after the rows, ask for today as well
    first = xml.find(b"(", 0, rows_end)  # texts stand elsewhere: in most sheets there is none
    if first < 0 or not any(xml.find(asked, first - len(b"TODAY"), rows_end) >= 0 for asked in (b"TODAY()", b"NOW()")):
        return
    codes = _codes(sheet)
    shared: set[bytes] = set()
    for letters, row, about, formula in (match.groups() for match in FORMULA.finditer(xml, 0, rows_end)):
        group = SHARED.search(about)
        if TODAYS.search(formula or b"") is None and (group is None or group[1] not in shared):
            continue
        if group is not None:
            shared.add(group[1])
        code = codes.get(column_number(letters.decode()))
        if code is not None and sheet.form.column[code].kind in ("date", "datetime", "time"):
            yield finding("value.volatile", _cell(sheet, place, int(row), code))


def _codes(sheet: RawSheet) -> dict[int, str]:
    """Return the number of a column → its code."""
    return {column_number(letters): code for code, letters in sheet.letters.items()}


def _cell(sheet: RawSheet, place: Place, row: int, code: str) -> Place:
    """Return the place of a cell."""
    return Place(place.file, place.sheet, row, sheet.form.column[code], f"{sheet.letters[code]}{row}")
