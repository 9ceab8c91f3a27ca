"""Exports that are plain text, in any usual encoding: csv of any usual delimiter, and columns of fixed width."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from reportkit.definitions.errors import MendInput
from reportkit.definitions.text import Text
from reportkit.read.contents import Rows
from reportkit.read.preflight import LIMITS, Unsound

DELIMITERS: Final = ",;\t|"
TRIED: Final = 200  # lines by which the delimiter is told
NOT_THIS_ENCODING: Final = Text("不是 {encoding} 编码", "不是 {encoding} 編碼", "it is not encoded as {encoding}")
OPEN_QUOTE: Final = Text(
    "第 {row} 行有引号没有配对，后面的行会被吞掉。请在原文件里改好这一行的引号（文字里的引号写两个），再试",
    "第 {row} 列有引號沒有配對，後面的列會被吞掉。請在原檔案裡改好這一列的引號（文字裡的引號寫兩個），再試",
    "A quotation mark in row {row} has no other, which would swallow the rows below. Mend it (inside a text write two)",
)
SAY_WIDE: Final = Text(
    "第 {row} 行有汉字，一个算一位还是两位，切出来不一样。请在对照表里写 wide = 1 或 wide = 2",
    "第 {row} 列有漢字，一個算一位還是兩位，切出來不一樣。請在對照表裡寫 wide = 1 或 wide = 2",
    "Row {row} is cut differently where a Chinese character takes one position or two. Write wide = 1 or wide = 2",
)
COMMON: Final = {"gb18030": (0xB0, 0xD7), "big5": (0xA4, 0xC6)}  # first bytes of the characters used most
_LINE: Final = re.compile(r"\r\n|\r|\n")
_WIDE: Final = re.compile(r"[^\x00-\x7f]")
_HALF: Final = "\0"  # the second position of a wide character; no decoded text holds it
CUT: Final = "\ufffd"  # half a character
_SEP: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_QUOTED_FORMULA: Final = re.compile(
    r'="(.*)"', re.DOTALL
)  # how exports keep a spreadsheet from taking an id for a number


@dataclass(frozen=True, slots=True)
class Positions:
    """Where the columns of a text of fixed width begin and end: positions from 1 on, None for the end of the line.

    `wide` is how many positions a character beyond ASCII takes; where nobody says, it must not matter.
    """

    columns: tuple[tuple[int, int | None], ...]
    wide: Literal[1, 2] | None = None


@dataclass(frozen=True, slots=True)
class TextLayout:
    """How a text is to be read, as far as somebody says: its encoding, its delimiter or its columns of fixed width."""

    encoding: str | None = None
    delimiter: str | None = None
    positions: Positions | None = None


def decoded(content: bytes, encoding: str | None = None) -> str:
    """Return a file's text: as told, by its mark, else UTF-8, else what its bytes look most like.

    Raise Unsound where it is none of them.
    """
    tried = [encoding] if encoding is not None else encodings_of(content)
    for one in tried:
        try:
            return content.decode(one).replace("\0", "").removeprefix("\ufeff")
        except (UnicodeDecodeError, LookupError):
            continue
    raise Unsound("file.unreadable", reason=NOT_THIS_ENCODING.filled(encoding=" / ".join(tried)))


def encodings_of(content: bytes) -> list[str]:
    """Return the encodings a file may have, the likeliest first."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    start = content[:400]
    first, second = start[::2].count(0), start[1::2].count(0)  # of each two bytes; few other texts hold any
    if max(first, second) > max(len(start) // 20, 2 * min(first, second)):
        return ["utf-16-le" if second > first else "utf-16-be"]
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


def csv_rows(text: str, delimiter: str | None = None) -> tuple[Rows, str]:
    """Return the cells of a csv, text all of them, and its delimiter.

    Raise Unsound where it cannot be taken apart, MendInput where a quotation mark is missing.
    """
    csv.field_size_limit(LIMITS.file)
    told = _SEP.match(text)
    if told:  # spreadsheets write the delimiter into a line of its own
        text = "\n" + text[told.end() :]  # which keeps its number
    try:
        between = delimiter or (told and told[1]) or _delimiter(text)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=between))
    except csv.Error as error:
        raise Unsound("file.unreadable", reason=str(error)) from None
    _check_quotes(text, between, rows)
    return [[_plain(cell) for cell in row] for row in rows], between


def _check_quotes(text: str, delimiter: str, rows: Sequence[Sequence[str]]) -> None:
    """Raise MendInput where a cell holds lines because its quotation mark never ends, or ends within another cell."""
    first = next((at for at, row in enumerate(rows, 1) if any("\n" in cell or "\r" in cell for cell in row)), 0)
    if not first:
        return
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        raise MendInput(OPEN_QUOTE, row=str(first)) from None


def fixed_rows(text: str, positions: Positions) -> Rows:
    """Return the cells of a text of fixed width, a line each, without the spaces around them.

    Half a character is `CUT`. Raise MendInput where it matters how wide a character is and nobody says.
    """
    lines = [line.lstrip("\f") for line in _LINE.split(text)]
    cells = [_cut(line, positions.columns, positions.wide or 1) for line in lines]
    if positions.wide is None:
        for row, line in enumerate(lines, 1):
            if not line.isascii() and cells[row - 1] != _cut(line, positions.columns, 2):
                raise MendInput(SAY_WIDE, row=str(row))
    return cells


def _cut(line: str, columns: Sequence[tuple[int, int | None]], wide: int) -> list[object]:
    """Return the cells of a line."""
    spread = (_WIDE.sub(lambda one: one[0] + _HALF, line) if wide > 1 else line).expandtabs()
    cells: list[object] = []
    for first, last in columns:
        cell = spread[first - 1 : last]
        if last is not None and spread[last : last + 1] == _HALF:
            cell = cell[:-1] + CUT
        cells.append(cell.replace(_HALF, CUT, cell.startswith(_HALF)).replace(_HALF, "").strip())
    return cells


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
