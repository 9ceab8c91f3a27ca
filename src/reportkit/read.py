"""A closed workbook → its identity and the cells of its forms, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Final

from reportkit.book import Identity, RawBook, RawSheet
from reportkit.columns import Form
from reportkit.columns import fold as fold_text
from reportkit.contents import Rows, cells_of, identity_of, sheet_parts
from reportkit.findings import Finding, Place, Severity, did_you_mean, finding
from reportkit.identity import TEMPLATE_VERSION
from reportkit.preflight import Package, Unsound, filled, preflight
from reportkit.survey import column_letters
from reportkit.text import Text

HEADER_WITHIN: Final = 10  # the first rows, among which the headings stand
DAYS_TO_1904: Final = 1462
TWO_SHEETS: Final = Text(
    "“{sheet}”和“{other}”是同一张表单，只计入“{other}”",
    "「{sheet}」和「{other}」是同一張表單，只計入「{other}」",
    "“{sheet}” and “{other}” are the same form; only “{other}” counts",
)
fold = lru_cache(maxsize=4096)(fold_text)


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
    owner = identity_of(package)
    if _major(owner.template_version) > _major(TEMPLATE_VERSION):
        newer = finding("file.newer_version", Place(package.file), version=owner.template_version)
        return RawBook(package.file, owner, {}, (newer,))
    parts, in_1904 = sheet_parts(package)
    names, findings = sheets_of_forms(list(parts), forms, package.file)
    if not names:
        return RawBook(package.file, owner, {}, (*package.findings, finding("file.not_a_log", Place(package.file))))
    cells, whole = cells_of(package, {name: parts[name] for name in names.values()})
    findings += whole
    sheets: dict[str, RawSheet] = {}
    for code, form in forms.items():
        sheets[code], wrong = read_sheet(form, names.get(code, ""), cells.get(names.get(code, ""), []), package.file)
        sheets[code] = _since_1900(sheets[code]) if in_1904 else sheets[code]
        findings += wrong
    return RawBook(package.file, owner, sheets, (*package.findings, *findings))


def _major(version: str) -> int:
    """Return the number before the first dot of a version, 0 where there is none."""
    first = version.strip().partition(".")[0]
    return int(first) if first.isdecimal() else 0


def _since_1900(sheet: RawSheet) -> RawSheet:
    """Return a sheet of a workbook that counts days from 1904, its plain numbers in date columns from 1900."""
    moved = {
        code: [cell + DAYS_TO_1904 if isinstance(cell, float) and cell < 1e5 else cell for cell in cells]
        for code, cells in sheet.columns.items()
        if sheet.form.column[code].kind in ("date", "datetime")
    }
    return replace(sheet, columns={**sheet.columns, **moved})


def sheets_of_forms(names: Sequence[str], forms: Mapping[str, Form], file: str) -> tuple[dict[str, str], list[Finding]]:
    """Return form code → the name of its sheet, by label in any language or code, and what is missing or twice."""
    by_label = {fold(text): code for code, form in forms.items() for text in (code, *form.label.all())}
    found: dict[str, str] = {}
    findings: list[Finding] = []
    strangers: list[str] = []
    for name in names:
        code = by_label.get(fold(name))
        if code is None:
            strangers.append(name)
        elif code in found:
            reason = filled(TWO_SHEETS, sheet=name, other=found[code])
            findings.append(finding("file.unreadable", Place(file, name), reason=reason))
        else:
            found[code] = name
    for code, form in forms.items():
        if found and code not in found:
            near = _nearest((code, *form.label.all()), strangers)
            findings.append(finding("sheet.missing", Place(file), sheet=form.label, suggestion=did_you_mean(near)))
    return found, findings


def _nearest(texts: Iterable[str], written: Iterable[str]) -> str | None:
    """Return which of the written names comes close to one of the texts, None where none does."""
    by_fold = {fold(one): one for one in written}
    near = (get_close_matches(fold(text), by_fold, n=1, cutoff=0.7) for text in texts)
    return next((by_fold[one[0]] for one in near if one), None)


def read_sheet(form: Form, name: str, rows: Rows, file: str) -> tuple[RawSheet, list[Finding]]:
    """Return the columns of a form's sheet and what is wrong with its headings.

    `rows` are all cells from A1 on, row by row, blank being '' or None. A column that is missing or there twice is
    all None and has no letter.
    """
    header = _header_row(form, rows)
    at, findings = _positions(form, rows[header] if rows else [], Place(file, name, header + 1)) if name else ({}, [])
    body = rows[header + 1 :]
    across = list(zip_longest(*body, fillvalue=None)) if body else []
    columns: dict[str, list[object]] = {
        code: list(across[column]) if column < len(across) else [None] * len(body) for code, column in at.items()
    }
    kept = _filled_rows(list(columns.values()))
    if len(kept) < len(body):
        columns = {code: [cells[row] for row in kept] for code, cells in columns.items()}
    columns = {one.code: columns.get(one.code) or [None] * len(kept) for one in form.columns}
    letters = {code: column_letters(column + 1) for code, column in at.items()}
    return RawSheet(form, name, columns, [header + 2 + row for row in kept], letters), findings


def _header_row(form: Form, rows: Rows) -> int:
    """Return the index of the row with most of the form's headings, among the first ones."""
    wanted = {column.code for column in form.columns if column.required}
    best, most = 0, 0
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        codes = {form.by_label.get(fold(cell)) for cell in row if isinstance(cell, str) and cell} - {None}
        if len(codes) > most:
            best, most = index, len(codes)
        if wanted <= codes:
            break
    return best


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
        severity: Severity = "error" if column.required else "warning"
        there = places.get(column.code, [])
        at = replace(place, column=column)
        if not there:
            near = did_you_mean(_nearest((column.code, *column.label.all()), strangers))
            findings.append(finding("column.missing", at, severity=severity, suggestion=near))
        elif len(there) > 1:
            cells = "、".join(f"{column_letters(index + 1)}{place.row}" for index in there)
            findings.append(finding("column.duplicate", at, severity=severity, cells=cells))
    return {code: indices[0] for code, indices in places.items() if len(indices) == 1}, findings


def _filled_rows(columns: Sequence[Sequence[object]]) -> list[int]:
    """Return the indices of rows with a value in one of the columns."""
    if not columns:
        return []
    return [
        row
        for row, cell in enumerate(columns[0])
        if not _is_blank(cell) or not all(_is_blank(column[row]) for column in columns[1:])
    ]


def _is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
