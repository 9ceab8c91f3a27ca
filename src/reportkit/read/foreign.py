"""Another system's file → its cells, row by row: text in any usual encoding, xlsx, and xls, xlsb or ods in a child."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final

from reportkit.definitions.columns import fold
from reportkit.definitions.errors import MendInput
from reportkit.definitions.findings import Finding, Place, finding
from reportkit.definitions.text import Text
from reportkit.read.contents import Rows, cells_of, hidden_sheets, put_cell, sheet_parts
from reportkit.read.markup import tables_of
from reportkit.read.parse_child import LOCKED, TOO_LARGE
from reportkit.read.plain_text import TextLayout, csv_rows, decoded, encodings_of, fixed_rows
from reportkit.read.preflight import EMPTY, LARGE, LIMITS, MB, NO_FILE, Unsound, preflight
from reportkit.read.values import CellError

TIMEOUT: Final = 60.0  # seconds a child may take by the wall's clock
IN_A_CHILD: Final = (".xls", ".xlsb", ".ods")
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
DIED: Final = Text("读取它的进程中止了", "讀取它的處理程序中止了", "the process that read it died")
TOO_SLOW: Final = Text(
    "读取超过 {seconds} 秒", "讀取超過 {seconds} 秒", "reading took more than {seconds:second|seconds}"
)
NO_TEXT: Final = Text(
    "fixed 只用于文本文件，这是工作簿。请从对照表里去掉 fixed",
    "fixed 只用於文字檔案，這是活頁簿。請從對照表裡去掉 fixed",
    "This is a workbook, and fixed is for texts. Take fixed out of the map",
)
TEXT: Final = TextLayout()  # of which nobody says anything
NO_SHEET: Final = Text(
    "{file} 没有工作表“{sheet}”，只有：{names}",
    "{file} 沒有工作表「{sheet}」，只有：{names}",
    "{file} has no sheet “{sheet}”, only {names}",
)
UNREADABLE: Final = Text("{file}：{why}", "{file}：{why}", "{file}: {why}")


@dataclass(frozen=True)
class Cells:
    """A sheet of another system: all its cells from A1 on, row by row; `sheet` is blank for a text.

    `delimiter` is what stands between the cells of a csv, `in_1904` whether plain numbers count days from 1904,
    `findings` are what is to be said of the sheet as a whole.
    """

    file: str
    sheet: str
    rows: Rows
    delimiter: str = ""
    in_1904: bool = False
    findings: tuple[Finding, ...] = ()


def read_cells(path: Path, sheet: str | None = None, fits: Callable[[Rows], bool] = bool) -> Cells | Finding:
    """Return the cells of a file's sheet (the first that fits, else with any), or why it cannot be used."""
    sheets = read_sheets(path, (sheet,) if sheet else (), fits=fits)
    return sheets if isinstance(sheets, Finding) else sheets[0]


def opened_sheets(path: Path, wanted: Sequence[str] = (), layout: TextLayout = TEXT) -> list[Cells]:
    """Return the cells of the sheets a file is asked for. Raise MendInput where it cannot be used."""
    sheets = read_sheets(path, wanted, layout)
    if isinstance(sheets, Finding):
        raise MendInput(UNREADABLE, file=path.name, why=Text.each(sheets.message))
    return sheets


def read_sheets(
    path: Path,
    wanted: Sequence[str] = (),
    layout: TextLayout = TEXT,
    fits: Callable[[Rows], bool] = bool,
) -> list[Cells] | Finding:
    """Return the cells of the sheets a file is asked for, or why it cannot be used.

    A name may hold `*`: all sheets that show and are called so. Without any it is the first that fits, what
    shows before what is hidden; else the first with cells.
    Raise MendInput where a sheet asked for is not there, or a text cannot be cut as told.
    """
    try:
        if not path.is_file():
            raise Unsound("file.unreadable", reason=NO_FILE)
        if path.stat().st_size > LIMITS.file:
            size, limit = path.stat().st_size // MB, LIMITS.file // MB
            raise Unsound("file.too_large", reason=LARGE.filled(size=size, limit=limit))
        content = path.read_bytes()
        if not content:
            raise Unsound("file.unreadable", reason=EMPTY)
        if content.startswith((ZIP, OLE)):
            if layout.positions is not None:
                raise MendInput(NO_TEXT)
            child = path.suffix.lower() in IN_A_CHILD and not _is_xlsx(path)
            return _in_child(path, wanted, fits) if child else _xlsx(path, wanted, fits)
        return _text(path.name, content, wanted, layout, fits)  # many systems call a page or a csv .xls
    except Unsound as verdict:
        return verdict.at(path.name)
    except OSError as error:
        return finding("file.unreadable", Place(path.name), reason=error.strerror or str(error))


def _text(
    file: str, content: bytes, wanted: Sequence[str], layout: TextLayout, fits: Callable[[Rows], bool]
) -> list[Cells]:
    """Return the cells of a text in the likeliest encoding, of those in which it fits where there are any."""
    first: list[Cells] | None = None
    for one in [layout.encoding] if layout.encoding else encodings_of(content):
        try:
            text = decoded(content, one)
        except Unsound:
            continue
        found = _in_text(file, text, wanted, layout, fits)
        if any(fits(cells.rows) for cells in found):
            return found
        first = first or found
    if first is None:
        decoded(content, layout.encoding)  # which says what was tried
    return first or [Cells(file, "", [])]


def _in_text(
    file: str, text: str, wanted: Sequence[str], layout: TextLayout, fits: Callable[[Rows], bool]
) -> list[Cells]:
    """Return the cells of a text: of columns of fixed width where they are told, of a page's tables, else of a csv."""
    if layout.positions is not None:
        return [Cells(file, "", fixed_rows(text, layout.positions))]
    if (tables := tables_of(text)) is not None:
        pages = {name: Cells(file, name, rows) for name, rows in tables.items()}
        return _picked(file, dict.fromkeys(pages, True), wanted, pages.__getitem__, fits)
    return [Cells(file, "", *csv_rows(text, layout.delimiter))]


def _is_xlsx(path: Path) -> bool:
    """Return whether a file is an .xlsx whatever its name says."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _picked(
    file: str, shows: Mapping[str, bool], wanted: Sequence[str], sheet: Callable[[str], Cells],
    fits: Callable[[Rows], bool],
) -> list[Cells]:  # fmt: skip
    """Return the sheets asked for of those a file has (name → whether it shows). Raise MendInput where one is not."""
    names = list(dict.fromkeys(name for one in wanted for name in _called(one, shows, file)))
    if wanted:
        return [sheet(name) for name in names]
    first = Cells(file, "", [])
    for name in sorted(shows, key=lambda name: not shows[name]):
        found = sheet(name)
        if fits(found.rows):
            return [found]
        first = first if first.rows else found
    return [first]


def _called(wanted: str, shows: Mapping[str, bool], file: str) -> list[str]:
    """Return the sheets of a name, case and spaces around apart, or of a pattern. Raise MendInput where none is."""
    if "*" in wanted and wanted not in shows:
        found = [
            name
            for name, seen in shows.items()
            if seen and fnmatchcase(name.strip().casefold(), wanted.strip().casefold())
        ]
    else:
        found = [name for name in shows if name == wanted] or [name for name in shows if fold(name) == fold(wanted)]
    if not found:
        raise MendInput(NO_SHEET, file=file, sheet=wanted, names="、".join(shows))
    return found


def _xlsx(path: Path, wanted: Sequence[str], fits: Callable[[Rows], bool]) -> list[Cells] | Finding:
    """Return the cells of a sound .xlsx."""
    package = preflight(path)
    if isinstance(package, Finding):
        return package
    parts, in_1904 = sheet_parts(package)
    hidden = hidden_sheets(package)
    shows = {name: name not in hidden for name in parts}

    def sheet(name: str) -> Cells:
        cells, findings = cells_of(package, {name: parts[name]})
        return Cells(path.name, name, cells[name], in_1904=in_1904, findings=tuple(findings))

    return _picked(path.name, shows, wanted, sheet, fits)


_TYPES: Final[dict[str, Callable[[Any], object]]] = {
    "datetime": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
    "seconds": lambda seconds: dt.timedelta(seconds=seconds),
}


def _in_child(path: Path, wanted: Sequence[str], fits: Callable[[Rows], bool]) -> list[Cells]:
    """Return the cells of a file whose parser runs in processes of their own. Raise Unsound where one died."""
    shows = dict(_child(path)["sheets"])

    def sheet(name: str) -> Cells:
        said = _child(path, name)
        rows, failed = _typed(said["rows"]), said["failed"]
        for row, column, text in failed or ():
            put_cell(rows, row, column, CellError(text))
        unseen = (finding("import.errors_unseen", Place(path.name, name)),) if failed is None else ()
        return Cells(path.name, name, rows, findings=unseen)

    return _picked(path.name, shows, wanted, sheet, fits)


def _typed(rows: list[list[Any]]) -> Rows:
    """Return cells as they were before JSON held them."""
    return [[_TYPES[cell[0]](cell[1]) if isinstance(cell, list) else cell for cell in row] for row in rows]


def _child(path: Path, *sheet: str) -> Any:
    """Return what a child says of a file: its sheets, or the rows of one. Raise Unsound where it died."""
    command = [sys.executable, "-m", "reportkit.read.parse_child", str(path.resolve()), *sheet]
    try:
        done = subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        raise Unsound("file.too_large", reason=TOO_SLOW.filled(seconds=TIMEOUT)) from None
    said = done.stderr.decode(errors="replace").strip().splitlines()
    if done.returncode == LOCKED:
        raise Unsound("file.encrypted")
    if done.returncode == TOO_LARGE:
        raise Unsound("file.too_large", reason=said[-1] if said else DIED)
    if done.returncode != 0:
        raise Unsound("file.damaged", reason=said[-1][:200] if said and done.returncode > 0 else DIED)
    return json.loads(done.stdout)
