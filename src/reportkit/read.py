"""Reading a closed workbook: header and rows with their places, found by label in any language (DOMAIN §1, §8)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from reportkit.book import Identity, RawBook, RawSheet
from reportkit.columns import Column, Form, fold
from reportkit.findings import Finding, Place, did_you_mean, finding
from reportkit.identity import PROPERTIES, TEMPLATE_VERSION
from reportkit.preflight import Sound, preflight
from reportkit.text import language_of
from reportkit.values import CellError

HEADER_WITHIN: Final = 10  # a sheet may have a title and a band of groups above its header
_DIGITS: Final = re.compile(r"\d+")


def read_book(path: Path, forms: Mapping[str, Form], *, password: str | None = None) -> RawBook:
    """Read the sheets of a workbook that are forms. What is wrong with the file is a finding, never an exception."""
    checked = preflight(path, password=password)
    if isinstance(checked, Finding):
        return RawBook(path.name, Identity(), {}, (checked,))
    try:
        cells = _cells(checked, forms)
    except Exception as error:  # noqa: BLE001 # whatever a parser makes of a broken file is a finding
        return _unreadable(path, str(error))
    except BaseException as error:
        # A parser written in Rust panics with an exception that is no Exception; anything else is not ours to hold.
        if type(error).__name__ != "PanicException":
            raise
        return _unreadable(path, str(error))
    return book_from_cells(path.name, identity_of(checked.content), cells, forms, checked)


def _unreadable(path: Path, reason: str) -> RawBook:
    found = finding("file.unreadable", Place(path.name), reason=reason.splitlines()[0][:200] if reason else "")
    return RawBook(path.name, Identity(), {}, (found,))


def _cells(checked: Sound, forms: Mapping[str, Form]) -> dict[str, list[list[Any]]]:
    """Return sheet name → its cells from A1 on, of the sheets that may be forms."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(checked.content))
    names = _sheet_names(forms)
    known = [name for name in book.sheet_names if fold(name) in names]
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) if name in known else []
        for name in book.sheet_names
    }


def _sheet_names(forms: Mapping[str, Form]) -> dict[str, str]:
    """Return folded sheet name in any language, or code → form code."""
    return {fold(text): code for code, form in forms.items() for text in (code, *form.label.all())}


def book_from_cells(
    file: str,
    identity: Identity,
    cells: Mapping[str, Sequence[Sequence[Any]]],
    forms: Mapping[str, Form],
    checked: Sound | None = None,
) -> RawBook:
    """Return the raw book of sheet name → cells from A1 on: of a closed file, or of an open workbook."""
    names = _sheet_names(forms)
    found: list[Finding] = list(checked.findings) if checked else []
    version = identity.template_version.partition(".")[0]
    if version.isdigit() and int(version) > int(TEMPLATE_VERSION):
        found.append(finding("file.newer_version", Place(file), version=identity.template_version))
        return RawBook(file, identity, {}, tuple(found))
    sheets: dict[str, RawSheet] = {}
    for name, rows in cells.items():
        code = names.get(fold(name))
        if code is not None and code not in sheets:
            errors = checked.error_cells.get(name, {}) if checked else {}
            sheet, wrong = _sheet(file, name, forms[code], rows, errors)
            found += wrong
            sheets[code] = sheet
    if not sheets:
        found.append(finding("file.not_a_log", Place(file)))
        return RawBook(file, identity, {}, tuple(found))
    strangers = {fold(name): name for name in cells if fold(name) not in names}
    found += [_missing_sheet(file, form, strangers, identity) for code, form in forms.items() if code not in sheets]
    return RawBook(file, identity, sheets, tuple(found))


def _missing_sheet(file: str, form: Form, strangers: Mapping[str, str], identity: Identity) -> Finding:
    wanted = [fold(text) for text in form.label.all()]
    near = [name for text in wanted for name in get_close_matches(text, strangers, n=1, cutoff=0.6)]
    suggestion = did_you_mean(strangers[near[0]] if near else None)
    place = Place(file, form.label.to(identity.language))
    return finding("sheet.missing", place, suggestion=suggestion)


def _sheet(
    file: str, name: str, form: Form, rows: Sequence[Sequence[Any]], errors: Mapping[str, str]
) -> tuple[RawSheet, list[Finding]]:
    """Return a form's sheet, and what is wrong with its header. A missing required column leaves no rows."""
    at, header = _header(form, rows)
    found: list[Finding] = []
    where: dict[str, int] = {}
    twice: dict[str, list[int]] = {}
    for position, code in enumerate(header):
        if code is not None:
            twice.setdefault(code, []).append(position)
            where.setdefault(code, position)
    for code, positions in twice.items():
        if len(positions) > 1:
            cells = ", ".join(f"{letter(position)}{at + 1}" for position in positions)
            place = Place(file, name, at + 1, form.column[code], f"{letter(positions[1])}{at + 1}")
            found.append(finding("column.duplicate", place, cells=cells))
    written = rows[at] if rows else ()
    strangers = [
        str(cell) for cell, code in zip(written, header, strict=False) if code is None and cell not in ("", None)
    ]
    for column in form.columns:
        if column.code not in where:
            found.append(_missing_column(file, name, at, column, strangers))
    body = rows[at + 1 :] if header else []
    usable = not any(one.severity == "error" for one in found)
    numbers = [at + 2 + n for n, row in enumerate(body) if usable and _used(row, where)]
    kept = [body[number - at - 2] for number in numbers]
    columns: dict[str, list[object]] = {column.code: _column(kept, where.get(column.code)) for column in form.columns}
    letters = {code: letter(position) for code, position in where.items()}
    _put_errors(columns, numbers, letters, errors)
    return RawSheet(form, name, columns, numbers, letters), found


def _header(form: Form, rows: Sequence[Sequence[Any]]) -> tuple[int, list[str | None]]:
    """Return the position of the header row and the column code at each of its cells."""
    best: tuple[int, int, list[str | None]] = (0, 0, [])
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        codes = [form.by_label.get(fold(cell)) if isinstance(cell, str) else None for cell in row]
        known = len({code for code in codes if code is not None})
        if known > best[0]:
            best = (known, at, codes)
    return best[1], best[2]


def _missing_column(file: str, sheet: str, at: int, column: Column, strangers: Sequence[str]) -> Finding:
    folded = {fold(name): name for name in strangers}
    near = [hit for text in column.label.all() for hit in get_close_matches(fold(text), folded, n=1, cutoff=0.6)]
    suggestion = did_you_mean(folded[near[0]] if near else None)
    place = Place(file, sheet, at + 1, column)
    return finding("column.missing", place, severity=None if column.required else "warning", suggestion=suggestion)


def _used(row: Sequence[Any], where: Mapping[str, int]) -> bool:
    """Return whether a row has anything in a column of the form."""
    return any(
        at < len(row)
        and row[at] is not None
        and row[at] != ""
        and not (isinstance(row[at], str) and not row[at].strip())
        for at in where.values()
    )


def _column(rows: Sequence[Sequence[Any]], at: int | None) -> list[object]:
    if at is None:
        return [None] * len(rows)
    return [row[at] if at < len(row) and row[at] != "" else None for row in rows]


def _put_errors(
    columns: Mapping[str, list[object]], numbers: Sequence[int], letters: Mapping[str, str], errors: Mapping[str, str]
) -> None:
    """Put the error values a parser reads as blank back where they stand: `errors` maps a cell to `#N/A` and such."""
    if not errors:
        return
    by_letter = {written: code for code, written in letters.items()}
    by_number = {number: at for at, number in enumerate(numbers)}
    for cell, value in errors.items():
        number = _DIGITS.search(cell)
        code = by_letter.get(cell.rstrip("0123456789"))
        if code is not None and number is not None and int(number[0]) in by_number:
            columns[code][by_number[int(number[0])]] = CellError(value)


def letter(position: int) -> str:
    """Return Excel's name of a column counted from 0: A for 0, AA for 26."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def identity_of(content: bytes) -> Identity:
    """Return whose log a workbook is, from its custom document properties; blank where it says nothing."""
    from defusedxml.ElementTree import fromstring

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if "docProps/custom.xml" not in package.namelist():
            return Identity()
        root = fromstring(package.read("docProps/custom.xml"))
    properties = {node.get("name"): "".join(node.itertext()) for node in root}
    said = {field: properties.get(name, "") for field, name in PROPERTIES.items() if field != "language"}
    return Identity(**said, language=language_of(properties.get(PROPERTIES["language"])))
