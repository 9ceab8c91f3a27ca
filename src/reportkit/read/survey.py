"""What a sheet's XML says that its parser does not: how far it reaches, which cells failed, how many rows hold data.

Every `<` of a sheet is looked at once, as an array. Markup no spreadsheet program writes is left to an XML parser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError  # only its types: defusedxml parses

import numpy as np
import numpy.typing as npt
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

ODD_MARKUP: Final = (ParseError, DefusedXmlException, ValueError, LookupError)  # broken, an attack, no such encoding


@dataclass(frozen=True)
class Survey:
    """What was seen of a sheet; rows and columns are counted from 1, as Excel does.

    `rows` and `columns` say how far its cells reach, `filled` how many rows hold a value; `errors` are the cells whose
    formula failed; `uncalculated` counts the formulas that were saved without their result.
    """

    rows: int = 0
    columns: int = 0
    filled: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: int = 0


UNUSUAL, USUAL, ROW, CELL, VALUE, NO_VALUE, TEXT, SPACED_TEXT, FORMULA = range(9)


def _marks() -> npt.NDArray[np.uint8]:
    """Return what a tag is, by its first two bytes as one number."""
    marks = np.full(1 << 16, UNUSUAL, np.uint8)
    for tag in b"sheetData /sheetData /row /c /v v/ /f is /is /t".split():
        marks[tag[0] | tag[1] << 8] = USUAL
    known = {b"ro": ROW, b"c ": CELL, b"v>": VALUE, b"t>": TEXT, b"t ": SPACED_TEXT, b"f>": FORMULA, b"f ": FORMULA}
    known[b"v "] = NO_VALUE  # <v />, as some programs leave a formula without its result
    for tag, mark in known.items():
        marks[tag[0] | tag[1] << 8] = mark
    return marks


MARKS: Final = _marks()
CHUNK: Final = 1 << 19  # bytes looked at together: as much as the processor keeps at hand
OPEN: Final = b"<sheetData"
CLOSE: Final = b"</sheetData>"
REFERS: Final = len('s">')  # before a text's number an `s` stands so far: the parser takes one it cannot read for 0
MARGIN: Final = 16  # bytes looked at beyond a tag
FAILED: Final = re.compile(rb"""<c r="([A-Z]+)(\d+)"[^>]*\bt=["']e["'][^>]*>""")
EMPTY_TEXT: Final = b't="str"'  # the kind of cell in which a formula's result is a text: nothing else says it has one
UNCALCULATED: Final = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")


def quick_survey(xml: bytes) -> Survey | None:
    """Survey a sheet as spreadsheet programs write it, or return None for any other markup."""
    start, end = xml.find(OPEN), xml.rfind(CLOSE)
    if not 0 <= start < end or len(xml) - end < MARGIN:
        return None
    parts: list[Survey] = []
    while start < end:
        until = xml.rfind(b"<row", start + 1, start + CHUNK)
        until = until if until > 0 else xml.find(b"<row", start + CHUNK, end)
        until = until if until > 0 and start + CHUNK < end else end
        part = _survey_rows(xml, start, until)
        if part is None:
            return None
        parts.append(part)
        start = until
    return Survey(
        max(part.rows for part in parts),
        max(part.columns for part in parts),
        sum(part.filled for part in parts),
        {place: text for part in parts for place, text in part.errors.items()},
        sum(part.uncalculated for part in parts),
    )


def _survey_rows(xml: bytes, start: int, end: int) -> Survey | None:
    """Survey whole rows of a sheet, from one place in its XML to another; None for unusual markup."""
    data = np.frombuffer(xml, np.uint8, end - start, start)
    at = np.flatnonzero(data == ord("<"))
    words = _words(xml, start, end - start, "<u4")[at]
    tags, after = MARKS[(words >> 8).astype(np.uint16)], (words >> 24).astype(np.uint8)
    cells, values = tags == CELL, tags == VALUE
    if not tags.all() or (after[cells] != ord("r")).any() or (after[tags == NO_VALUE] != ord("/")).any():
        return None
    reach = _reach(_words(xml, start + len(b"<c r="), end - start, "<u8")[at[cells]])
    if reach is None:
        return None
    held = values[cells | values]
    if (held[1:] & held[:-1]).any() or _in_tag(data, at, ord("&")):  # a cell with two values, a broken tag
        return None
    value_at = at[values]
    shared = value_at[data[value_at - REFERS] == ord("s")]
    if not _are_numbers(_words(xml, start + len(b"<v>"), end - start, "<u8")[shared]):
        return None
    full = ((values | (tags == TEXT)) & (after != ord("<"))) | (tags == SPACED_TEXT)
    rows = np.flatnonzero(tags == ROW)
    filled = int(np.count_nonzero(np.logical_or.reduceat(full, rows))) if len(rows) else 0
    failed = at[values & (after == ord("#"))] + start
    uncalculated = _uncalculated(xml, start, end) if (tags == FORMULA).any() else 0
    return Survey(*reach, filled, _errors(xml, failed.tolist()), uncalculated)


def _uncalculated(xml: bytes, start: int, end: int) -> int:
    """Return how many formulas have no result; an empty text is one."""
    without = (match.start() for match in UNCALCULATED.finditer(xml, start, end))
    return sum(EMPTY_TEXT not in xml[xml.rfind(b"<c ", 0, at) : at] for at in without)


def _in_tag(data: npt.NDArray[np.uint8], tags: npt.NDArray[np.int64], sign: int) -> bool:
    """Return whether a sign stands inside a tag of rows or cells, where none belongs; `tags` is where tags begin."""
    signs = np.flatnonzero(data == sign)
    if not len(signs):
        return False
    ends = np.append(-1, np.flatnonzero(data == ord(">")))
    return bool((tags[np.searchsorted(tags, signs) - 1] > ends[np.searchsorted(ends, signs) - 1]).any())


def _words(xml: bytes, start: int, count: int, size: str) -> npt.NDArray[Any]:
    """Return the bytes that begin at each place of a stretch, several at a time as one number, the first lowest."""
    return np.ndarray((count,), size, xml, start, (1,))


EACH: Final = np.uint64(0x0101010101010101)  # one in each of eight bytes
HIGH: Final = EACH << np.uint64(7)  # the highest bit of each


def _are_numbers(written: npt.NDArray[np.uint64]) -> bool:
    """Return whether eight bytes are each a number of up to seven digits and what follows it, a `<`.

    The bytes are looked at together: `ends` marks, of its first one on, those that are `<`; a digit less `0` is below
    ten, so that 0x76 more leaves its highest bit as it is.
    """
    other, digit = (written ^ (EACH * np.uint64(ord(sign))) for sign in "<0")
    ends = (other - EACH) & ~other & HIGH
    before_end = ((ends & (~ends + np.uint64(1))) >> np.uint64(7)) - np.uint64(1)
    odd = ((digit + EACH * np.uint64(0x76)) | digit) & HIGH & before_end
    return bool(ends.all() and before_end.all() and not odd.any())


def _reach(references: npt.NDArray[np.uint64]) -> tuple[int, int] | None:
    """Return the last row and column of cells, or None where a reference is not written as usual.

    A reference is given by the eight bytes after `<c r=`: a quote, one or two letters, up to five digits, a quote.
    """
    if not len(references):
        return 0, 0
    first, second = ((references >> np.uint64(8 * place)).astype(np.uint8) for place in (1, 2))
    two = second >= ord("A")
    if (
        (references.astype(np.uint8) != ord('"')).any()
        or first.min() < ord("A")
        or max(first.max(), second.max()) > ord("Z")
    ):
        return None
    columns = first.astype(np.uint16) - 64
    columns = np.where(two, columns * 26 + second - 64, columns)
    rest = references >> np.where(two, np.uint64(24), np.uint64(16))
    rest = rest[np.append(True, rest[1:] != rest[:-1])]  # a row's cells name the same one
    rows, inside = np.zeros(len(rest), np.uint64), np.ones(len(rest), bool)
    while inside.any():
        byte = rest & 0xFF
        ended = inside & (byte == ord('"'))
        inside &= ~ended
        if (inside & ((byte < ord("0")) | (byte > ord("9")))).any():
            return None
        rows = np.where(inside, rows * 10 + (byte - 48), rows)
        rest >>= np.uint64(8)
    return int(rows.max()), int(columns.max())


def _errors(xml: bytes, values: Sequence[int]) -> dict[tuple[int, int], str]:
    """Return the cells that hold errors, of the places of values that begin like one."""
    errors: dict[tuple[int, int], str] = {}
    for at in values:
        failed = FAILED.match(xml, xml.rfind(b"<c ", 0, at))
        if failed:
            text = xml[at + len("<v>") : xml.index(b"<", at + 1)]
            errors[int(failed[2]), column_number(failed[1].decode())] = text.decode("utf-8", "replace")
    return errors


def survey_exactly(xml: bytes, strings: Sequence[str] | None = None) -> Survey:
    """Survey a sheet with an XML parser; with the workbook's shared `strings`, a blank one does not fill a row.

    Raise one of `ODD_MARKUP` where the XML is broken or an attack.
    """
    row = column = rows = columns = filled = uncalculated = 0
    holds_value = False
    errors: dict[tuple[int, int], str] = {}
    for event, element in iterparse(BytesIO(xml), ("start", "end"), forbid_dtd=True):
        tag = element.tag.rpartition("}")[2]
        if event == "start" and tag == "row":
            row, column, holds_value = int(element.get("r") or row + 1), 0, False
        elif event == "start" and tag == "c":
            row, column = _place(element.get("r"), row, column + 1)
        elif event == "end" and tag == "c":
            if len(element.findall("{*}v")) > 1:
                raise ValueError("a cell holds two values")  # parsers take either
            kind, value, formula = element.get("t"), _content(element), element.find("{*}f") is not None
            rows, columns = max(rows, row), max(columns, column)
            uncalculated += formula and not value and kind != "str"
            if kind == "e":
                errors[row, column] = value
            if kind == "s" and value and not (value.isascii() and value.isdecimal()):
                raise ValueError(value)
            if kind == "s" and strings is not None and value and int(value) < len(strings):
                value = strings[int(value)]
            holds_value = holds_value or bool(value.strip())
        elif event == "end" and tag == "row":
            filled += holds_value
            element.clear()
    return Survey(rows, columns, filled, errors, uncalculated)


def _content(cell: Element) -> str:
    """Return the text of a cell's value, or of its text in place."""
    inner = [part for part in cell.iter() if part.tag.rpartition("}")[2] in ("v", "t")]
    return "".join(part.text or "" for part in inner)


def _place(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """Return the row and column of a cell: what its reference says, else where it follows."""
    if not reference:
        return row, column
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :] or row), column_number(letters.upper())


def column_number(letters: str) -> int:
    """Return the number of a column, `A` being 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column, 1 being `A`."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
