"""A sound workbook's contents: whose it is, which sheets it has, and the cells of a sheet from its A1."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Final
from xml.etree.ElementTree import Element  # only its type: defusedxml parses

from defusedxml.ElementTree import fromstring
from python_calamine import CalamineWorkbook

from reportkit.definitions.findings import Finding, Place, finding
from reportkit.definitions.identity import PROPERTIES
from reportkit.definitions.text import Text
from reportkit.read.book import Identity
from reportkit.read.preflight import LIMITS, NO_PART, Package, Unsound
from reportkit.read.survey import ODD_MARKUP, Survey, column_letters, quick_survey, survey_exactly
from reportkit.read.values import CellError

Rows = list[list[object]]

BROKEN: Final = Text("工作簿结构读不出来", "活頁簿結構讀不出來", "its structure cannot be read")
BROKEN_SHEET: Final = Text("工作表“{sheet}”读不出来", "工作表「{sheet}」讀不出來", "sheet “{sheet}” cannot be read")
REACHES: Final = Text(
    "工作表“{sheet}”一直用到 {cell}", "工作表「{sheet}」一直用到 {cell}", "sheet “{sheet}” is used as far as {cell}"
)
ODD_SHEET: Final = Text("工作表“{sheet}”太大", "工作表「{sheet}」太大", "sheet “{sheet}” is too large")
REPEATS: Final = Text(
    "工作表“{sheet}”反复使用很长的文字",
    "工作表「{sheet}」反覆使用很長的文字",
    "sheet “{sheet}” repeats very long texts",
)
SHARED: Final = re.compile(rb"""\bt=["']s["'][^<>]*>\s*<v[^<>]*>\s*(\d{1,9})""")
SHORTEST_CELL: Final = len('<c t="s"><v>0</v></c>')
CUSTOM_PROPERTIES: Final = "docProps/custom.xml"


def identity_of(package: Package) -> Identity:
    """Return whose log a workbook is; blank where it does not say. Raise Unsound where that is broken."""
    if CUSTOM_PROPERTIES not in package.parts:
        return Identity()
    written = {one.get("name"): "".join(one.itertext()).strip() for one in _xml(package, CUSTOM_PROPERTIES)}
    known = {field: written.get(name, "") for field, name in PROPERTIES.items()}
    return Identity.written(known)


def sheet_parts(package: Package) -> tuple[dict[str, str], bool]:
    """Return sheet name → its part, in the order of the workbook, and whether its dates count from 1904."""
    start = next((part for kind, part in _targets(package, "").values() if kind == "officeDocument"), "")
    workbook, targets = _xml(package, start), _targets(package, start)
    parts: dict[str, str] = {}
    for sheet in workbook.iterfind("{*}sheets/{*}sheet"):
        relation = next((value for name, value in sheet.items() if name.endswith("}id")), "")
        kind, part = targets.get(relation, ("", ""))
        if kind == "worksheet":
            parts[sheet.get("name", "")] = part
    about = workbook.find("{*}workbookPr")
    return parts, about is not None and about.get("date1904") in ("1", "true")


def hidden_sheets(package: Package) -> set[str]:
    """Return the names of the sheets that do not show."""
    start = next((part for kind, part in _targets(package, "").values() if kind == "officeDocument"), "")
    sheets = _xml(package, start).iterfind("{*}sheets/{*}sheet")
    return {sheet.get("name", "") for sheet in sheets if sheet.get("state", "visible") != "visible"}


def cells_of(package: Package, parts: Mapping[str, str]) -> tuple[dict[str, Rows], list[Finding]]:
    """Return the cells of sheets (name → part), failed formulas marked, and what is to be said of whole sheets.

    Raise Unsound where a sheet is broken, reaches too far to be parsed, or lost rows on the way.
    """
    surveys = {name: _survey(package, name, part) for name, part in parts.items()}
    _check_text(package, parts)
    cells = _parsed(package, list(parts))
    findings: list[Finding] = []
    for name, seen in surveys.items():
        for (row, column), text in seen.errors.items():
            put_cell(cells[name], row - 1, column - 1, CellError(text))
        _check_count(package, name, parts[name], cells[name], seen)
        if seen.uncalculated:
            findings.append(finding("file.not_calculated", Place(package.file, name)))
    return cells, findings


def _xml(package: Package, part: str) -> Element:
    """Return the root of a part. Raise Unsound where it is missing or broken."""
    if part not in package.parts:
        raise Unsound("file.damaged", reason=NO_PART.filled(part=part))
    try:
        root: Element = fromstring(package.parts[part], forbid_dtd=True)
    except ODD_MARKUP:
        raise Unsound("file.damaged", reason=BROKEN) from None
    return root


def _targets(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return the relations of a part: id → (kind, the part it leads to)."""
    folder, name = posixpath.split(part)
    return {
        relation.get("Id", ""): (
            relation.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
        )
        for relation in _xml(package, posixpath.join(folder, "_rels", f"{name}.rels"))
    }


def _survey(package: Package, name: str, part: str) -> Survey:
    """Survey a sheet before it is parsed. Raise Unsound where a parser would choke on it."""
    if part not in package.parts:
        raise Unsound("file.damaged", reason=NO_PART.filled(part=part))
    xml = package.parts[part]
    seen = quick_survey(xml)
    if seen is None and len(xml) > LIMITS.odd_sheet:
        raise Unsound("file.too_large", name, reason=ODD_SHEET.filled(sheet=name))
    try:
        seen = seen or survey_exactly(xml)
    except ODD_MARKUP:
        raise Unsound("file.damaged", name, reason=BROKEN_SHEET.filled(sheet=name)) from None
    if seen.rows * seen.columns > LIMITS.cells:
        cell = f"{column_letters(seen.columns)}{seen.rows}"
        raise Unsound("file.too_large", name, reason=REACHES.filled(sheet=name, cell=cell))
    return seen


def _check_text(package: Package, parts: Mapping[str, str]) -> None:
    """Raise Unsound where texts do not end, or a few long ones, referred to from many cells, would fill the memory."""
    found = _part_of_strings(package)
    if found is None:
        return
    texts = package.parts[found]
    if texts.count(b"<t>") + texts.count(b"<t ") != texts.count(b"</t>"):
        _xml(package, found)  # the parser reads on where a text does not end; this one does not
    lengths = [len(text) for text in texts.split(b"</si>")]
    longest = max(lengths)
    for name, part in parts.items():
        xml = package.parts[part]
        if (
            longest * (len(xml) // SHORTEST_CELL) <= LIMITS.text
            or longest * (xml.count(b't="s"') + xml.count(b"t='s'")) <= LIMITS.text
        ):
            continue
        numbers = map(int, SHARED.findall(xml))
        if sum(lengths[number] for number in numbers if number < len(lengths)) > LIMITS.text:
            raise Unsound("file.too_large", name, reason=REPEATS.filled(sheet=name))


def _parsed(package: Package, names: Sequence[str]) -> dict[str, Rows]:
    """Return the cells of sheets as calamine gives them, blank being ''. Raise Unsound where it fails."""
    try:
        with CalamineWorkbook.from_filelike(BytesIO(package.content)) as workbook:
            return {name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}  # type: ignore[misc] # a list of cells is a list of objects
    except MemoryError:
        raise Unsound("file.too_large", reason=BROKEN) from None
    except Exception as error:  # calamine's errors have no common base
        raise Unsound("file.unreadable", reason=str(error)) from error
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":  # what a panic of the parser is; it is no Exception
            raise
        raise Unsound("file.damaged", reason=BROKEN) from None


def put_cell(rows: Rows, row: int, column: int, cell: object) -> None:
    """Put a cell where the parser may have seen nothing."""
    width = max(column + 1, len(rows[0]) if rows else 0)
    rows.extend([""] * width for _ in range(row + 1 - len(rows)))
    rows[row].extend([""] * (width - len(rows[row])))
    rows[row][column] = cell


def _check_count(package: Package, name: str, part: str, rows: Rows, seen: Survey) -> None:
    """Raise Unsound where the parser found fewer or more rows with a value than stand in the sheet."""
    if sum(map(any, rows)) == seen.filled:  # a row of nothing but zeros is looked at more closely
        return
    found = sum(1 for row in rows if any(str(cell).strip() for cell in row))
    try:
        counted = survey_exactly(package.parts[part], _shared_strings(package)).filled
    except ODD_MARKUP:
        raise Unsound("file.damaged", name, reason=BROKEN_SHEET.filled(sheet=name)) from None
    if found != counted:
        raise Unsound("rows.mismatch", name, read=str(counted), counted=str(found), excluded="0")


def _part_of_strings(package: Package) -> str | None:
    return next((part for part in package.parts if part.lower().endswith("/sharedstrings.xml")), None)


def _shared_strings(package: Package) -> list[str]:
    """Return the texts that cells refer to by number."""
    part = _part_of_strings(package)
    return [] if part is None else ["".join(one.itertext()) for one in _xml(package, part)]
