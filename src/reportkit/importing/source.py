"""Another system's file → its cells, row by row: csv in any usual encoding, xlsx, and xls, xlsb or ods in a child."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from reportkit.definitions.findings import Finding, Place, finding
from reportkit.definitions.text import Text
from reportkit.read.contents import Rows, cells_of, sheet_parts
from reportkit.read.preflight import LARGE, LIMITS, MB, NO_FILE, Unsound, filled, preflight

TIMEOUT: Final = 60.0  # seconds a child may take by the wall's clock
IN_A_CHILD: Final = (".xls", ".xlsb", ".ods")
DELIMITERS: Final = ",;\t|"
DIED: Final = Text("读取它的进程中止了", "讀取它的程序中止了", "the process that read it died")
TOO_SLOW: Final = Text("读取超过 {seconds} 秒", "讀取超過 {seconds} 秒", "reading took more than {seconds} seconds")
NO_SHEET: Final = Text(
    "没有工作表“{sheet}”，只有：{names}",
    "沒有工作表「{sheet}」，只有：{names}",
    "it has no sheet “{sheet}”, only {names}",
)
NOT_THIS_ENCODING: Final = Text("不是 {encoding} 编码", "不是 {encoding} 編碼", "it is not encoded as {encoding}")


@dataclass(frozen=True)
class Cells:
    """A sheet of another system: all its cells from A1 on, row by row; `sheet` is blank for a csv."""

    file: str
    sheet: str
    rows: Rows


def read_cells(
    path: Path, sheet: str | None = None, encoding: str | None = None, delimiter: str | None = None
) -> Cells | Finding:
    """Return the cells of a file's sheet (the first with any), or why it cannot be used."""
    try:
        if not path.is_file():
            raise Unsound("file.unreadable", reason=NO_FILE)
        if path.stat().st_size > LIMITS.file:
            size, limit = path.stat().st_size // MB, LIMITS.file // MB
            raise Unsound("file.too_large", reason=filled(LARGE, size=size, limit=limit))
        if path.suffix.lower() in IN_A_CHILD:
            return _in_child(path, sheet)
        if path.read_bytes()[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
            return _xlsx(path, sheet)
        return Cells(path.name, "", _csv(path.read_bytes(), encoding, delimiter))
    except Unsound as verdict:
        return verdict.at(path.name)
    except OSError as error:
        return finding("file.unreadable", Place(path.name), reason=error.strerror or str(error))


def _xlsx(path: Path, sheet: str | None) -> Cells | Finding:
    """Return the cells of a sound .xlsx."""
    package = preflight(path)
    if isinstance(package, Finding):
        return package
    parts, _ = sheet_parts(package)
    if sheet is not None and sheet not in parts:
        raise Unsound("file.unreadable", reason=filled(NO_SHEET, sheet=sheet, names="、".join(parts)))
    name, rows = "", list[list[object]]()
    for name in [sheet] if sheet else parts:
        rows = cells_of(package, {name: parts[name]})[0][name]
        if rows:
            break
    return Cells(path.name, name, rows)


def _csv(content: bytes, encoding: str | None, delimiter: str | None) -> Rows:
    """Return the cells of a csv; text all of them."""
    text = _decoded(content, encoding)
    if delimiter is None:
        try:
            delimiter = csv.Sniffer().sniff(text[:20_000], DELIMITERS).delimiter
        except csv.Error:  # one column, or too few lines to tell
            first = text.partition("\n")[0]
            delimiter = max(DELIMITERS, key=first.count)
    csv.field_size_limit(LIMITS.file)
    try:
        return [list(line) for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise Unsound("file.unreadable", reason=str(error)) from None


def _decoded(content: bytes, encoding: str | None) -> str:
    """Return a csv's text: as told, by its mark, else UTF-8, else GB 18030."""
    if encoding is None:
        marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
        tried = ["utf-16"] if marked else ["utf-8-sig", "gb18030"]
    else:
        tried = [encoding]
    for one in tried:
        try:
            return content.decode(one).replace("\0", "")
        except (UnicodeDecodeError, LookupError):
            continue
    raise Unsound("file.unreadable", reason=filled(NOT_THIS_ENCODING, encoding=" / ".join(tried)))


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


def nearest(label: str, labels: list[str]) -> str | None:
    """Return the heading that comes close to one asked for, if one does."""
    near = get_close_matches(label.casefold(), [one.casefold() for one in labels], n=1)
    return next((one for one in labels if near and one.casefold() == near[0]), None)
