"""What stands in a workbook's cells, read as the standard says (ECMA-376 §18.3) with an XML parser and nothing else.

Slow and simple: what the reader gives is held to it where no undamaged file can say what is right.
"""

import datetime as dt
import math
import posixpath
import re
import zipfile
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

from reportkit.read.book import RawBook
from reportkit.read.values import CellError

Cell = float | str | None
Cells = dict[tuple[int, int], Cell]
DAY_0 = dt.datetime(1899, 12, 30)
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # §22.9.2.19
REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d+)")


def cells_in(path: Path) -> dict[str, Cells]:
    """Return sheet name → (row, column), from 1 → what the cell holds. Raise where the standard is not kept."""
    with zipfile.ZipFile(path) as package:
        root = _Parts({name.lower(): package.read(name) for name in package.namelist()})
    workbook = next(target for kind, target in _targets(root, "").values() if kind == "officeDocument")
    targets = _targets(root, workbook)
    strings = next((target for kind, target in targets.values() if kind == "sharedStrings"), "")
    texts = [_text(one) for one in root[strings].iterfind("{*}si")] if strings else []
    found: dict[str, Cells] = {}
    for sheet in root[workbook].iterfind("{*}sheets/{*}sheet"):
        relation = next(value for name, value in sheet.items() if name.endswith("}id"))
        found[sheet.get("name", "")] = dict(_cells(root[targets[relation][1]], texts))
    return found


class _Parts(dict[str, Element]):
    """The parts of a package, each parsed when it is first asked for."""

    def __init__(self, written: dict[str, bytes]) -> None:
        super().__init__()
        self.written = written

    def __missing__(self, name: str) -> Element:
        self[name] = fromstring(self.written[name])  # noqa: S314 # a file of our own making
        return self[name]


def _targets(root: _Parts, part: str) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(part)
    return {
        one.get("Id", ""): (
            one.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/").lower(),
        )
        for one in root[posixpath.join(folder, "_rels", f"{name}.rels").lower()]
    }


def _text(element: Element) -> str:
    runs = (one if one.tag.endswith("}t") else one.find("{*}t") for one in element if one.tag.endswith(("}t", "}r")))
    written = "".join(one.text or "" for one in runs if one is not None)
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), written)


def _cells(sheet: Element, texts: list[str]) -> list[tuple[tuple[int, int], Cell]]:
    found: list[tuple[tuple[int, int], Cell]] = []
    row = 0
    for line in sheet.iterfind("{*}sheetData/{*}row"):
        row = int(line.get("r") or row + 1)
        column = 0
        for cell in line.iterfind("{*}c"):
            named = REFERENCE.fullmatch(cell.get("r", ""))
            column = _number(named[1]) if named else column + 1
            at = int(named[2]) if named else row
            found.append(((at, column), _value(cell, texts)))
    return found


def _number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - 64
    return number


def _value(cell: Element, texts: list[str]) -> Cell:
    kind, written = cell.get("t", "n"), cell.findtext("{*}v")
    if kind == "inlineStr":
        inline = cell.find("{*}is")
        return None if inline is None else _text(inline)
    if written is None or (kind != "str" and not written.strip()):
        return None
    if kind == "s":
        if int(written) < 0:
            raise IndexError(written)
        return texts[int(written)]
    if kind in ("str", "e", "d"):
        return written
    return float(written)


def as_written(value: object) -> Cell:
    """Return what a cell would hold for a value the reader gave: days and times as numbers."""
    if isinstance(value, CellError):
        return value.text
    if isinstance(value, dt.time):
        return (value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6) / 86400
    if isinstance(value, dt.timedelta):
        return value.total_seconds() / 86400
    if isinstance(value, dt.datetime):
        return (value - DAY_0).total_seconds() / 86400
    if isinstance(value, dt.date):
        return float((value - DAY_0.date()).days)
    if isinstance(value, bool | int | float):
        return float(value)
    return None if value is None or not str(value) else str(value)


def alike(read: Cell, stands: Cell) -> bool:
    """Return whether two cells hold the same; a moment to the millisecond."""
    if isinstance(read, float) and isinstance(stands, float):
        return math.isclose(read, stands, rel_tol=1e-9, abs_tol=2e-8)
    return (read or None) == (stands or None)


def differences(raw: RawBook, stands: dict[str, Cells]) -> list[str]:
    """Return where a book that was read holds something else than its sheets do, or less."""
    wrong: list[str] = []
    for sheet in raw.sheets.values():
        if not sheet.rows:
            continue
        there = stands[sheet.name]
        at = {row: index for index, row in enumerate(sheet.rows)}
        for code, letter in sheet.letters.items():
            column = _number(letter)
            for row, index in at.items():
                read = as_written(sheet.columns[code][index])
                if not alike(read, there.get((row, column))):
                    wrong.append(f"{sheet.name}!{letter}{row}: {read!r}, not {there.get((row, column))!r}")
            below = {
                row for (row, one), cell in there.items() if one == column and row > max(at) and cell not in (None, "")
            }
            wrong += [f"{sheet.name}!{letter}{row} is not read" for row in sorted(below)]
    return wrong
