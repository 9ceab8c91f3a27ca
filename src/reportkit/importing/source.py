"""Another system's file → its cells, row by row: csv in any usual encoding, xlsx, and xls, xlsb or ods in a child."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from reportkit.definitions.findings import Finding, Place, finding
from reportkit.definitions.text import Text
from reportkit.importing.plain_text import csv_rows, decoded, encodings_of, is_page, page_rows
from reportkit.read.contents import Rows, cells_of, sheet_parts
from reportkit.read.preflight import LARGE, LIMITS, MB, NO_FILE, Unsound, filled, preflight

TIMEOUT: Final = 60.0  # seconds a child may take by the wall's clock
IN_A_CHILD: Final = (".xls", ".xlsb", ".ods")
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
DIED: Final = Text("读取它的进程中止了", "讀取它的處理程序中止了", "the process that read it died")
TOO_SLOW: Final = Text("读取超过 {seconds} 秒", "讀取超過 {seconds} 秒", "reading took more than {seconds} seconds")
NO_SHEET: Final = Text(
    "没有工作表“{sheet}”，只有：{names}",
    "沒有工作表「{sheet}」，只有：{names}",
    "it has no sheet “{sheet}”, only {names}",
)


@dataclass(frozen=True)
class Cells:
    """A sheet of another system: all its cells from A1 on, row by row; `sheet` is blank for a csv."""

    file: str
    sheet: str
    rows: Rows


def read_cells(
    path: Path,
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    fits: Callable[[Rows], bool] = bool,
) -> Cells | Finding:
    """Return the cells of a file's sheet (the first that fits, else the first with any), or why it cannot be used."""
    try:
        if not path.is_file():
            raise Unsound("file.unreadable", reason=NO_FILE)
        if path.stat().st_size > LIMITS.file:
            size, limit = path.stat().st_size // MB, LIMITS.file // MB
            raise Unsound("file.too_large", reason=filled(LARGE, size=size, limit=limit))
        content = path.read_bytes()
        if content.startswith((ZIP, OLE)):
            child = path.suffix.lower() in IN_A_CHILD and not _is_xlsx(path)
            return _in_child(path, sheet) if child else _xlsx(path, sheet, fits)
        return _text(path.name, content, encoding, delimiter, fits)  # many systems call a page or a csv .xls
    except Unsound as verdict:
        return verdict.at(path.name)
    except OSError as error:
        return finding("file.unreadable", Place(path.name), reason=error.strerror or str(error))


def _text(
    file: str, content: bytes, encoding: str | None, delimiter: str | None, fits: Callable[[Rows], bool]
) -> Cells:
    """Return the cells of a text in the likeliest encoding, of those in which it fits where there are any."""
    first: Cells | None = None
    for one in [encoding] if encoding else encodings_of(content):
        try:
            text = decoded(content, one)
        except Unsound:
            continue
        found = Cells(file, "", page_rows(text) if is_page(text) else csv_rows(text, delimiter))
        if fits(found.rows):
            return found
        first = first or found
    if first is None:
        decoded(content, encoding)  # which says what was tried
    return first or Cells(file, "", [])


def _is_xlsx(path: Path) -> bool:
    """Return whether a file is an .xlsx whatever its name says."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _xlsx(path: Path, sheet: str | None, fits: Callable[[Rows], bool]) -> Cells | Finding:
    """Return the cells of a sound .xlsx."""
    package = preflight(path)
    if isinstance(package, Finding):
        return package
    parts, _ = sheet_parts(package)
    if sheet is not None and sheet not in parts:
        raise Unsound("file.unreadable", reason=filled(NO_SHEET, sheet=sheet, names="、".join(parts)))
    first = Cells(path.name, "", [])
    for name in [sheet] if sheet else parts:
        found = Cells(path.name, name, cells_of(package, {name: parts[name]})[0][name])
        if fits(found.rows):
            return found
        first = first if first.rows else found
    return first


_TYPES: Final[dict[str, Callable[[Any], object]]] = {
    "datetime": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
    "seconds": lambda seconds: dt.timedelta(seconds=seconds),
}


def _in_child(path: Path, sheet: str | None) -> Cells:
    """Return the cells of a file whose parser runs in a process of its own. Raise Unsound where that died."""
    command = [sys.executable, "-m", "reportkit.importing.parse_child", str(path.resolve()), sheet or ""]
    try:
        done = subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        raise Unsound("file.too_large", reason=filled(TOO_SLOW, seconds=TIMEOUT)) from None
    said = done.stderr.decode(errors="replace").strip().splitlines()
    if done.returncode == 3:
        raise Unsound("file.too_large", reason=said[-1] if said else DIED)
    if done.returncode != 0:
        if sheet and said and "WorksheetNotFound" in said[-1]:
            raise Unsound("file.unreadable", reason=filled(NO_SHEET, sheet=sheet, names="…"))
        raise Unsound("file.damaged", reason=said[-1][:200] if said and done.returncode > 0 else DIED)
    answer = json.loads(done.stdout)
    rows = [[_TYPES[cell[0]](cell[1]) if isinstance(cell, list) else cell for cell in row] for row in answer["rows"]]
    return Cells(path.name, answer["sheet"], rows)
