"""Cells whose formula failed, in .xls, .xlsb and .ods: their parser gives them as blanks.

Run where files are parsed that may do harm: in a process of its own, with limits (`read.parse_child`).
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element  # only its type: defusedxml parses

from defusedxml.ElementTree import fromstring, iterparse

Failed = Iterator[tuple[int, int, str]]  # row and column, counted from 0, and what the cell shows
ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
UNKNOWN: Final = "#VALUE!"
NOT_AS_SAID: Final = (  # what a file raises that is not as its format says
    OSError, EOFError, ValueError, LookupError, RuntimeError, SyntaxError, NotImplementedError, struct.error,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip


def failed_cells(path: Path, name: str, at: int) -> Failed:
    """Yield the failed cells of a sheet, told by its name and its place among the sheets, counted from 0.

    Raise one of NOT_AS_SAID where the file is not as its format says.
    """
    if not zipfile.is_zipfile(path):
        return _of_xls(path, at)
    with zipfile.ZipFile(path) as archive:
        is_binary = _WORKBOOK in archive.namelist()
    return _of_xlsb(path, at) if is_binary else _of_ods(path, name)


# --- .xls: records of type, length and content in the stream of a compound file ([MS-XLS] 2.1.4) ---

_BOUNDSHEET, _BOOLERR, _FORMULAS = 0x0085, 0x0205, (0x0006, 0x0206, 0x0406)
_BEGINNINGS, _END = (0x0009, 0x0209, 0x0409, 0x0809), 0x000A
_STREAMS: Final = ("Workbook", "Book")


def _of_xls(path: Path, at: int) -> Failed:
    from olefile import OleFileIO

    with OleFileIO(path) as compound:
        name = next(one for one in _STREAMS if compound.exists(one))
        stream = compound.openstream(name).read()
    starts = [struct.unpack_from("<I", held)[0] for kind, held in _records(stream, 0) if kind == _BOUNDSHEET]
    inner = 0  # charts stand inside a sheet, with an end of their own
    for kind, held in _records(stream, starts[at]):
        inner += (kind in _BEGINNINGS) - (kind == _END)
        if inner == 0:
            return
        if kind == _BOOLERR and held[7]:
            yield *struct.unpack_from("<HH", held), ERRORS.get(held[6], UNKNOWN)
        elif kind in _FORMULAS and held[6] == 2 and held[12:14] == b"\xff\xff":
            yield *struct.unpack_from("<HH", held), ERRORS.get(held[8], UNKNOWN)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


# --- .xlsb: the same with numbers of several bytes, in the parts of an archive ([MS-XLSB] 2.1.4) ---

_BUNDLE, _ROW, _ERROR, _FAILED_FORMULA = 156, 0, 3, 11
_WORKBOOK: Final = "xl/workbook.bin"


def _of_xlsb(path: Path, at: int) -> Failed:
    with zipfile.ZipFile(path) as archive:
        bundles = [held for kind, held in _records_of_parts(archive.read(_WORKBOOK)) if kind == _BUNDLE]
        length = struct.unpack_from("<I", bundles[at], 8)[0]
        relation = bundles[at][12 : 12 + 2 * length].decode("utf-16-le")
        relations: Element = fromstring(archive.read("xl/_rels/workbook.bin.rels"), forbid_dtd=True)
        target = next(one.get("Target", "") for one in relations if one.get("Id") == relation)
        part = archive.read(posixpath.normpath(posixpath.join("/xl", target)).lstrip("/"))
    row = 0
    for kind, held in _records_of_parts(part):
        if kind == _ROW:
            row = struct.unpack_from("<I", held)[0]
        elif kind in (_ERROR, _FAILED_FORMULA):
            yield row, struct.unpack_from("<I", held)[0], ERRORS.get(held[8], UNKNOWN)


def _records_of_parts(part: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(part):
        kind = part[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | part[at] << 7
            at += 1
        length = shift = 0
        while True:
            byte = part[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, part[at : at + length]
        at += length


# --- .ods: XML, in which what comes again is written once (OpenDocument 1.2, 9.1) ---

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_KINDS: Final = (  # where programs say that a cell failed
    "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type",
    "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type",
)
_FORMULA: Final = f"{_TABLE}formula"


def _of_ods(path: Path, name: str) -> Failed:
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as content:
        table, row = "", 0
        for event, one in iterparse(content, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                if one.tag == f"{_TABLE}table":
                    table, row = one.get(f"{_TABLE}name", ""), 0
            elif one.tag == f"{_TABLE}table-row":
                again = _times(one, "rows")
                if table == name:
                    failed = list(_of_row(one))
                    yield from ((at, column, text) for at in range(row, row + again) for column, text in failed)
                row += again
                one.clear()


def _of_row(row: Element) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in row:
        again = _times(cell, "columns")
        text = "".join("".join(one.itertext()) for one in cell.iter(_TEXT))
        if any(cell.get(kind) == "error" for kind in _KINDS) or (cell.get(_FORMULA) and _is_error(text)):
            yield from ((at, text) for at in range(column, column + again))
        column += again


def _times(one: Element, of: str) -> int:
    """Return how often a row or cell stands there."""
    return int(one.get(f"{_TABLE}number-{of}-repeated", "1"))


def _is_error(text: str) -> bool:
    return text in ERRORS.values() or text.startswith("Err:")
