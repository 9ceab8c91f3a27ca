"""A closed workbook → its identity and the cells of its forms, each with its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Final

from reportkit.definitions import words
from reportkit.definitions.columns import Column, Form, Kind
from reportkit.definitions.columns import fold as fold_text
from reportkit.definitions.findings import Finding, Place, did_you_mean, finding
from reportkit.definitions.settings_forms import FAQ
from reportkit.definitions.severity import Severity
from reportkit.definitions.text import LANGUAGES, Language, Text
from reportkit.read.book import Identity, RawBook, RawSheet
from reportkit.read.contents import Rows, cells_of, sheet_parts
from reportkit.read.oddities import oddities, stranger
from reportkit.read.owner import owner_of, refuse_newer
from reportkit.read.preflight import Package, Unsound, preflight
from reportkit.read.survey import column_letters
from reportkit.read.values import value_of

HEADER_WITHIN: Final = 10  # the first rows, among which the headings stand
DAYS_TO_1904: Final = 1462
TWO_SHEETS: Final = Text(
    "“{sheet}”和“{other}”是同一张表单，只计入“{other}”",
    "「{sheet}」和「{other}」是同一張表單，只計入「{other}」",
    "“{sheet}” and “{other}” are the same form; only “{other}” counts",
)
_SURE: Final[Mapping[Kind, type]] = {
    "date": dt.date,
    "datetime": dt.datetime,
    "choice": str,
    "number": float,
    "whole": int,
}
fold = lru_cache(maxsize=4096)(fold_text)
OWN_SHEETS: Final = {
    fold(text)
    for name in (
        words.START,
        words.TODAY,
        words.DUE,
        words.WEEKLY,
        words.FINDINGS,
        words.LISTS,
        words.WORKINGS,
        FAQ.label,
    )
    for text in name.all()
}


def read_book(path: Path, forms: Mapping[str, Form], *, password: str | None = None) -> RawBook:
    """Return what a workbook holds of the forms; a form whose sheet is missing has no rows.

    Where the file cannot be used there are no sheets, and the findings say why. Nothing is raised.
    """
    package = preflight(path, password=password)
    if isinstance(package, Finding):
        return RawBook(path.name, Identity(), {}, (package,))
    try:
        return _book(package, forms)
    except Unsound as verdict:
        return RawBook(path.name, Identity(), {}, (*package.findings, verdict.at(path.name)))


def _book(package: Package, forms: Mapping[str, Form]) -> RawBook:
    """Return a sound package's identity and forms. Raise Unsound where it cannot be used."""
    owner, unnamed = owner_of(package)
    refuse_newer(owner)
    parts, in_1904 = sheet_parts(package)
    wanted = sheet_codes(forms)
    cells, findings = cells_of(package, {name: part for name, part in parts.items() if fold(name) in wanted})
    for name in parts:
        cells.setdefault(name, [])
    book = book_from_cells(package.file, owner, cells, forms)
    if not book.sheets:
        return replace(book, findings=(*package.findings, *book.findings))
    findings += unnamed
    strangers = {name: part for name, part in parts.items() if fold(name) not in wanted.keys() | OWN_SHEETS}
    findings += unread_sheets(package.file, _parsed(package, strangers), forms)
    findings += oddities(package, parts, book.sheets.values())
    book = replace(book, findings=(*package.findings, *findings, *book.findings))
    return since_1900(book) if in_1904 else book


def book_from_cells(file: str, owner: Identity, cells: Mapping[str, Rows], forms: Mapping[str, Form]) -> RawBook:
    """Return what cells hold of the forms: sheet name → all its cells from A1 on, row by row, blank '' or None.

    It serves a closed file and an open workbook alike. There are no sheets where it is another kind of workbook.
    """
    names, findings = _sheets_of_forms(list(cells), forms, Place(file), owner)
    other = stranger(cells, forms, names)
    if other is not None:
        return RawBook(file, owner, {}, (finding(other, Place(file)),))
    sheets: dict[str, RawSheet] = {}
    for code, form in forms.items():
        name = names.get(code, "")
        sheets[code], wrong = read_sheet(form, name, cells[name], file) if name else (_blank(form), [])
        findings += wrong
    return RawBook(file, owner, sheets, tuple(findings))


def _blank(form: Form) -> RawSheet:
    """Return the sheet of a form that is not there."""
    return RawSheet(form, "", {column.code: [] for column in form.columns}, [], {})


def since_1900(book: RawBook) -> RawBook:
    """Return a book that counts days from 1904, plain numbers in its date columns counted from 1900."""
    sheets: dict[str, RawSheet] = {}
    for code, sheet in book.sheets.items():
        moved = {
            one: [cell + DAYS_TO_1904 if isinstance(cell, float) and cell < 1e5 else cell for cell in cells]
            for one, cells in sheet.columns.items()
            if sheet.form.column[one].dated
        }
        sheets[code] = replace(sheet, columns={**sheet.columns, **moved})
    return replace(book, sheets=sheets)


def sheet_codes(forms: Mapping[str, Form]) -> dict[str, str]:
    """Return folded sheet name, in any language or the code itself → form code."""
    return {fold(text): code for code, form in forms.items() for text in (code, *form.label.all())}


def _sheets_of_forms(
    names: Sequence[str], forms: Mapping[str, Form], place: Place, owner: Identity
) -> tuple[dict[str, str], list[Finding]]:
    """Return form code → the name of its sheet, and which sheets are missing or there twice."""
    codes = sheet_codes(forms)
    found: dict[str, str] = {}
    findings: list[Finding] = []
    strangers: list[str] = []
    for name in names:
        code = codes.get(fold(name))
        if code is None:
            strangers += [name] if fold(name) not in OWN_SHEETS else []
        elif code in found:
            reason = TWO_SHEETS.filled(sheet=name, other=found[code])
            findings.append(finding("file.unreadable", replace(place, sheet=name), reason=reason))
        else:
            found[code] = name
    spoken = _language(found, forms, owner)
    for code, form in forms.items():
        if code not in found:
            near = did_you_mean(_nearest((code, *form.label.all()), strangers))
            at = replace(place, sheet=form.label.to(spoken))
            findings.append(finding("sheet.missing", at, sheet=form.label, suggestion=near))
    return found, findings


def _language(found: Mapping[str, str], forms: Mapping[str, Form], owner: Identity) -> Language:
    """Return the language in which most sheets are named: settings do not say theirs as a log does."""

    def named(language: Language) -> int:
        return sum(name == forms[code].label.to(language) for code, name in found.items())

    return max((owner.language, *LANGUAGES), key=named)


def _nearest(texts: Iterable[str], written: Iterable[str]) -> str | None:
    """Return which of the written names comes close to one of the texts, None where none does."""
    by_fold = {fold(one): one for one in written}
    near = (get_close_matches(fold(text), by_fold, n=1, cutoff=0.7) for text in texts)
    return next((by_fold[one[0]] for one in near if one), None)


def read_sheet(form: Form, name: str, rows: Rows, file: str) -> tuple[RawSheet, list[Finding]]:
    """Return the columns of a form's sheet and what is wrong with its headings.

    `rows` are all its cells from A1 on, row by row, blank being '' or None. A column that is missing or there twice is
    all None and has no letter.
    """
    header = _header_row(form, rows)
    at, findings = _positions(form, rows[header] if rows else [], Place(file, name, header + 1))
    above = [row for row in range(header) if _is_row(form, at, rows[row])]
    body = [*(rows[row] for row in above), *rows[header + 1 :]]
    numbers = [*(row + 1 for row in above), *range(header + 2, len(rows) + 1)]
    across = list(zip_longest(*body, fillvalue=None)) if body else []
    columns: dict[str, list[object]] = {
        code: list(across[column]) if column < len(across) else [None] * len(body) for code, column in at.items()
    }
    blank = _blank_rows(list(columns.values()), len(body))
    if blank:
        kept = [row for row in range(len(body)) if row not in blank]
        columns = {code: [cells[row] for row in kept] for code, cells in columns.items()}
        numbers = [numbers[row] for row in kept]
    columns = {one.code: columns.get(one.code) or [None] * len(numbers) for one in form.columns}
    letters = {code: column_letters(column + 1) for code, column in at.items()}
    return RawSheet(form, name, columns, numbers, letters), findings


def _header_row(form: Form, rows: Rows) -> int:
    """Return the index of the row with most of the form's headings, among the first ones.

    Where none of them has any, they may have been sorted in among the rows: then it is the row with all of them.
    """
    wanted = {column.code for column in form.columns if column.required}
    best, most = 0, 0
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        codes = _headings(form, row)
        if len(codes) > most:
            best, most = index, len(codes)
        if wanted <= codes:
            return best
    below = range(HEADER_WITHIN, 0 if most else len(rows))
    return next((index for index in below if wanted <= _headings(form, rows[index])), best)


def _headings(form: Form, row: Sequence[object]) -> set[str | None]:
    """Return the columns whose headings stand in a row."""
    return {form.by_label.get(fold(cell)) for cell in row if isinstance(cell, str) and cell} - {None}


def _is_row(form: Form, at: Mapping[str, int], cells: Sequence[object]) -> bool:
    """Return whether what stands above the headings is a row, no title: a required day, choice or number is right."""
    own = {code: cells[index] for code, index in at.items() if index < len(cells) and not _is_blank(cells[index])}
    sure = (form.column[code] for code in own if form.column[code].required and form.column[code].kind in _SURE)
    return len(own) > 1 and any(_is_right(column, own[column.code]) for column in sure)


def _is_right(column: Column, cell: object) -> bool:
    """Return whether a cell holds what its column takes."""
    value = value_of(column, cell)
    return value in column.choices.labels if column.choices else isinstance(value, _SURE[column.kind])


def _parsed(package: Package, parts: Mapping[str, str]) -> Iterator[tuple[str, Rows]]:
    """Yield sheets (name → part) with their cells; what cannot be parsed is no table of ours."""
    for name, part in parts.items():
        try:
            yield name, cells_of(package, {name: part})[0][name]
        except Unsound:
            continue


def unread_sheets(file: str, sheets: Iterable[tuple[str, Rows]], forms: Mapping[str, Form]) -> Iterator[Finding]:
    """Yield which of some sheets hold a form's table under a name that is none of its own: they are not read."""
    for name, rows in sheets:
        headers = {code: _header_row(form, rows) for code, form in forms.items() if rows}
        alike = {code: len(_headings(forms[code], rows[header])) for code, header in headers.items()}
        code = max(alike, key=lambda one: (alike[one], -len(forms[one].columns)), default=None)
        if code is None or 2 * alike[code] <= len(forms[code].columns):
            continue
        filled_in = sum(1 for row in rows[headers[code] + 1 :] if not all(map(_is_blank, row)))
        if filled_in:
            yield finding("sheet.unread", Place(file, name), form=forms[code].label, rows=str(filled_in))


def _positions(form: Form, header: Sequence[object], place: Place) -> tuple[dict[str, int], list[Finding]]:
    """Return column code → its index in the header, and what is missing or twice."""
    places: dict[str, list[int]] = {}
    strangers: list[str] = []
    for index, cell in enumerate(header):
        if not isinstance(cell, str) or not cell.strip():
            continue
        code = form.by_label.get(fold(cell))
        if code is None:
            strangers.append(cell.strip())
        else:
            places.setdefault(code, []).append(index)
    findings: list[Finding] = []
    for column in form.columns:
        there = places.get(column.code, [])
        if len(there) == 1 or (not there and column.added_later):
            continue
        severity: Severity = "error" if column.required else "warning"
        at = replace(place, column=column)
        if not there:
            near = did_you_mean(_nearest(column.names, strangers))
            findings.append(finding("column.missing", at, severity=severity, suggestion=near))
        else:
            cells = "、".join(f"{column_letters(index + 1)}{place.row}" for index in there)
            findings.append(finding("column.duplicate", at, severity=severity, cells=cells))
    return {code: indices[0] for code, indices in places.items() if len(indices) == 1}, findings


def _blank_rows(columns: Sequence[Sequence[object]], rows: int) -> set[int]:
    """Return the indices of rows without a value in any of the columns."""
    maybe: Iterable[int] = range(rows)
    if columns:
        maybe = [row for row, cell in enumerate(columns[0]) if not cell or (isinstance(cell, str) and cell.isspace())]
    return {row for row in maybe if all(_is_blank(column[row]) for column in columns)}


def _is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
