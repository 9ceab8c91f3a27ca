"""A sheet's rows under its headings: where the headings are, what each column is called, and its cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from typing import Final

from reportkit.definitions.columns import fold
from reportkit.definitions.errors import MendInput
from reportkit.definitions.findings import did_you_mean
from reportkit.definitions.text import Text, joined
from reportkit.importing.maps import Map
from reportkit.read.contents import Rows
from reportkit.read.foreign import Cells
from reportkit.read.survey import column_letters, column_number
from reportkit.read.values import shown

HEADER_WITHIN: Final = 30  # the first rows, among which the headings are looked for
NO_LABELS: Final = Text(
    "{file} 里没有这些列：{labels}。请核对对照表，或用 header_row 指明标题在第几行",
    "{file} 裡沒有這些欄：{labels}。請核對對照表，或用 header_row 指明標題在第幾列",
    "{file} has no columns {labels}. Check the map, or name the row of the headings with header_row",
)
SEVERAL: Final = Text(
    "{file} 有几列叫“{label}”（{letters}）。请写 “{label}#1”、“{label}#2” 指明哪一列，或写列标，如 “@{letter}”",
    "{file} 有幾欄叫「{label}」（{letters}）。請寫 「{label}#1」、「{label}#2」 指明哪一欄，或寫欄標，如 「@{letter}」",
    "{file} has several columns called “{label}” ({letters}). Write “{label}#1”, “{label}#2” or a letter: “@{letter}”",
)
UNPRINTABLE: Final = re.compile(  # no workbook holds these, and nobody sees those
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
)
_LETTER: Final = re.compile(r"@([A-Za-z]{1,3})")
_NUMBERED: Final = re.compile(r"(.+)#(\d+)", re.DOTALL)


@dataclass(frozen=True)
class Labelled:
    """Rows under headings; `rows` are the file's row numbers of `body`, `first` is the row number of the headings.

    A column is named by its heading, `heading#2` for the second of that name, or `@F` for its letter. `made` holds the
    columns that the map put behind the file's own; `stood` tells of each row in which other columns of the file some of
    its cells stood; `in_1904` whether plain numbers count days from 1904.
    """

    file: str
    sheet: str
    labels: Sequence[str]
    body: Rows
    rows: list[int]
    first: int = 1
    made: Mapping[str, int] = field(default_factory=dict)
    stood: Sequence[Mapping[int, int]] = ()
    in_1904: bool = False

    @cached_property
    def named(self) -> dict[str, list[int]]:
        """Folded heading → its columns: whole, and the lowest line of several rows where no whole one is the same."""
        known: dict[str, list[int]] = {}
        for at, label in enumerate(self.labels):
            known.setdefault(fold(label), []).append(at)
        for at, label in enumerate(self.labels):
            lowest = fold(label.rpartition(" / ")[2])
            if lowest != fold(label) and fold(lowest) not in {fold(one) for one in self.labels}:
                known.setdefault(lowest, []).append(at)
        return {label: places for label, places in known.items() if label}

    def columns(self, label: str) -> list[int]:
        """Return the columns a heading may mean: none, one, or several of that name."""
        if fold(label) in self.made:
            return [self.made[fold(label)]]
        if fold(label) in self.named:
            return self.named[fold(label)]
        if letter := _LETTER.fullmatch(label.strip()):
            at = column_number(letter[1].upper()) - 1
            return [at] if at < max((len(row) for row in self.body), default=0) else []
        if numbered := _NUMBERED.fullmatch(label.strip()):
            places = self.named.get(fold(numbered[1]), [])
            return places[int(numbered[2]) - 1 : int(numbered[2])] if int(numbered[2]) else []
        return []

    def column(self, label: str) -> int:
        """Return the place of a heading's column. Raise KeyError where there is none; see `check`."""
        places = self.columns(label)
        if not places:
            raise KeyError(label)
        return places[0]

    def cells(self, label: str) -> list[object]:
        """Return the cells under a heading, None for blank."""
        at = self.column(label)
        return [clean(row[at]) if at < len(row) else None for row in self.body]

    def called(self, at: int) -> str:
        """Return how a map names a column: by its heading, numbered where there are several, or by its letter."""
        label = self.labels[at]
        if not label:
            return f"@{column_letters(at + 1)}"
        same = [place for place, other in enumerate(self.labels) if other == label]
        return label if len(same) == 1 else f"{label}#{same.index(at) + 1}"

    def only(self, places: Sequence[int]) -> Labelled:
        """Return some of the rows."""
        return self.remade([self.body[at] for at in places], places)

    def remade(self, body: Rows, came: Sequence[int]) -> Labelled:
        """Return rows made of these: `came` says of which one each was made."""
        stood = [self.stood[at] for at in came] if self.stood else ()
        return replace(self, body=body, rows=[self.rows[at] for at in came], stood=stood)

    def check(self, asked: Sequence[str]) -> None:
        """Raise MendInput where a heading is not there, or is there more than once with different cells."""
        missing = [label for label in asked if not self.columns(label)]
        if missing:
            every = joined(_missing(label, self.labels) for label in missing)
            raise MendInput(NO_LABELS, file=" · ".join(filter(None, (self.file, self.sheet))), labels=every)
        for label in asked:
            places = self.columns(label)
            if len({tuple(map(repr, self._at(place))) for place in places}) > 1:
                letters = [column_letters(place + 1) for place in places]
                raise MendInput(SEVERAL, file=self.file, label=label, letters=", ".join(letters), letter=letters[-1])

    def _at(self, place: int) -> list[object]:
        return [clean(row[place]) if place < len(row) else None for row in self.body]


def _missing(label: str, labels: Sequence[str]) -> Text:
    """Return a missing heading with the one that comes close."""
    by_fold = {fold(one): one for one in labels if one}
    near = get_close_matches(fold(label), by_fold, n=1)
    offer = did_you_mean(by_fold[near[0]] if near else None)
    return Text.each(lambda language: f"“{label}” {offer.to(language)}".strip())


def labelled(cells: Cells, wanted: Map) -> Labelled:
    """Return a file's rows under its headings, blank rows left out."""
    header = header_index(cells.rows, wanted)
    begin = header + wanted.header_rows + wanted.skip_after_header
    labels = labels_of(cells.rows[header : header + wanted.header_rows])
    if wanted.fixed:
        labels, begin = list(wanted.fixed), begin if wanted.header_row is not None else 0
    filled = [at for at in range(begin, len(cells.rows)) if any(clean(cell) is not None for cell in cells.rows[at])]
    body = [cells.rows[at] for at in filled]
    rows = [at + 1 for at in filled]
    return Labelled(cells.file, cells.sheet, labels, body, rows, header + 1, in_1904=cells.in_1904)


def header_index(rows: Rows, wanted: Map) -> int:
    """Return the index of the first row of headings: as told, else where most of the map's are."""
    if wanted.header_row is not None:
        return wanted.header_row - 1
    if wanted.header_rows == 0:
        return 0
    plain = [_NUMBERED.sub(r"\1", label) for label in wanted.labels]
    asked = {fold(label) for label in plain} | {fold(one.rpartition(" / ")[2]) for one in plain}
    best, most = 0, 0
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        found = len({fold(cell) for cell in row if isinstance(cell, str)} & asked)
        if found > most:
            best, most = at, found
    return max(0, best - (wanted.header_rows - 1))


def labels_of(rows: Rows) -> list[str]:
    """Return each column's heading; of several rows joined by ` / `, an upper one reaching over blanks to its right."""
    width = max((len(row) for row in rows), default=0)
    lines = [[text_of(clean(row[at])) if at < len(row) else "" for at in range(width)] for row in rows]
    for line in lines[:-1]:
        for at in range(1, width):
            line[at] = line[at] or line[at - 1]
    return [" / ".join(dict.fromkeys(line[at] for line in lines if line[at])) for at in range(width)]


def twice(sheet: Labelled) -> dict[str, int]:
    """Return the headings that stand over more than one column, and how often."""
    return {label: times for label, times in Counter(filter(None, sheet.labels)).items() if times > 1}


def clean(cell: object) -> object:
    """Return a cell as it can be kept; blank is None."""
    if isinstance(cell, str):
        cell = UNPRINTABLE.sub("", cell)
        return cell if cell.strip() else None
    return cell


def text_of(cell: object) -> str:
    """Return a cell as it is shown, without spaces around; blank is ''."""
    return "" if cell is None else shown(cell).strip()
