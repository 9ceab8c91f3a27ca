"""Exports that are plain text: csv of any usual encoding and delimiter."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import Final

from reportkit.definitions.text import Text
from reportkit.read.contents import Rows
from reportkit.read.preflight import LIMITS, Unsound, filled

DELIMITERS: Final = ",;\t|"
TRIED: Final = 200  # lines by which the delimiter is told
NOT_THIS_ENCODING: Final = Text("不是 {encoding} 编码", "不是 {encoding} 編碼", "it is not encoded as {encoding}")
COMMON: Final = {"gb18030": (0xB0, 0xD7), "big5": (0xA4, 0xC6)}  # first bytes of the characters used most
_SEP: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_QUOTED_FORMULA: Final = re.compile(
    r'="(.*)"', re.DOTALL
)  # how exports keep a spreadsheet from taking an id for a number


def decoded(content: bytes, encoding: str | None = None) -> str:
    """Return a file's text: as told, by its mark, else UTF-8, else what its bytes look most like.

    Raise Unsound where it is none of them.
    """
    tried = [encoding] if encoding is not None else encodings_of(content)
    for one in tried:
        try:
            return content.decode(one).replace("\0", "")
        except (UnicodeDecodeError, LookupError):
            continue
    raise Unsound("file.unreadable", reason=filled(NOT_THIS_ENCODING, encoding=" / ".join(tried)))


def encodings_of(content: bytes) -> list[str]:
    """Return the encodings a file may have, the likeliest first."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    if content[1:200:2].count(0) > 60 or (len(content) < 200 and content[1::2].count(0) > len(content) // 4):
        return ["utf-16-le"]
    shares = {name: _share(content, name) for name in COMMON} | {"cp1252": 0.5}
    return ["utf-8-sig", *sorted(shares, key=lambda name: -shares[name]), "gb18030"]


def _share(content: bytes, encoding: str) -> float:
    """Return how many of a text's characters beyond ASCII are common ones in an encoding; 0 where it is not in it."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    leads = [char.encode(encoding)[0] for char in text if "\u4e00" <= char <= "\u9fff"]
    first, last = COMMON[encoding]
    others = sum("\u00a0" <= char < "\u2000" for char in text)
    return sum(first <= lead <= last for lead in leads) / (len(leads) + others) if leads else 0.0


def csv_rows(text: str, delimiter: str | None = None) -> Rows:
    """Return the cells of a csv; text all of them. Raise Unsound where it cannot be taken apart."""
    csv.field_size_limit(LIMITS.file)
    told = _SEP.match(text)
    if told:  # spreadsheets write the delimiter into a line of its own
        text = "\n" + text[told.end() :]  # which keeps its number
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or (told and told[1]) or _delimiter(text))
        return [[_plain(cell) for cell in row] for row in rows]
    except csv.Error as error:
        raise Unsound("file.unreadable", reason=str(error)) from None


def _plain(cell: str) -> str:
    quoted = _QUOTED_FORMULA.fullmatch(cell.strip())
    return quoted[1] if quoted else cell


def _delimiter(text: str) -> str:
    """Return the delimiter that takes most lines apart into the same number of cells, more than one."""
    lines = io.StringIO("\n".join(text.splitlines()[:TRIED]), newline="")
    best, most = ",", (0, 0)
    for one in DELIMITERS:
        lines.seek(0)
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=one) if row)
        except csv.Error:
            continue
        wide = {width: times for width, times in widths.items() if width > 1}
        score = max(((times, width) for width, times in wide.items()), default=(0, 0))
        if score > most:
            best, most = one, score
    return best
