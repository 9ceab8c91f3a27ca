"""The texts of a workbook's cells by where they stand: below which headings ids of customers do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from reportkit.branch.person import CALLED
from reportkit.definitions import insight_words, words
from reportkit.mail.own_words import own_words
from reportkit.read.spelling import as_read

STRINGS: Final = re.compile(r"(.*/)?sharedStrings\.xml", re.IGNORECASE)
SHEET: Final = re.compile(r"(.*/)?worksheets/[^/]+\.xml")
ITEM: Final = re.compile(r"<si\b[^>]*?(?:/>|>(.*?)</si>)", re.DOTALL)
TEXT: Final = re.compile(r"<t\b[^>]*?(?:/>|>(.*?)</t>)", re.DOTALL)
PHONETIC: Final = re.compile(r"<rPh\b.*?</rPh>", re.DOTALL)
ROW: Final = re.compile(r"<row\b([^>]*?)(?<!/)>(.*?)</row>", re.DOTALL)
CELL: Final = re.compile(r'<c r="([A-Z]+)(\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
VALUE: Final = re.compile(r"<v>([^<]*)</v>")
USED: Final = re.compile(r't="s"[^>]*><v>(\d+)</v>')
HEADINGS: Final = frozenset((*CALLED, *words.CUSTOMER.all(), *insight_words.REFERRER.all()))  # above customers' ids


class IdColumns:
    """The letters of the columns of a sheet that hold customers' ids, as its rows are gone down.

    `beside` are headings of what else is sought in tables with a heading of ids.
    """

    def __init__(self, beside: frozenset[str] = frozenset()) -> None:
        self.letters: set[str] = set()
        self._sought = HEADINGS | beside

    def read(self, said: Mapping[str, str]) -> None:
        """Take in the next row: from one that heads ids on a column holds some; other tables may stand beside it."""
        if HEADINGS.isdisjoint(said.values()) and not (len(said) > 1 and own_words() >= set(said.values())):
            return
        for letter, text in said.items():
            if text in self._sought:
                self.letters.add(letter)
            elif text in own_words():
                self.letters.discard(letter)


def texts_in(strings: str) -> list[str]:
    """Return the texts of a workbook's table of texts, in its order."""
    return [joined(one[1] or "") for one in ITEM.finditer(strings)]


def used_in(sheets: Iterable[str]) -> set[int]:
    """Return which texts of the table of texts the cells of sheets use."""
    return {int(at) for xml in sheets for at in USED.findall(xml)}


def said_in(cell: re.Match[str], texts: list[str]) -> str:
    """Return what a cell shows; of a number its digits."""
    inner, kind = cell[4] or "", re.search(r'\bt="(\w+)"', cell[3])
    if kind and kind[1] == "inlineStr":
        return joined(inner)
    value = VALUE.search(inner)
    if value is None:
        return ""
    if kind and kind[1] == "s":
        return texts[int(value[1])]
    return as_read(value[1]) if kind and kind[1] == "str" else value[1]


def joined(xml: str) -> str:
    """Return the text of its runs."""
    return as_read("".join(found[1] or "" for found in TEXT.finditer(PHONETIC.sub("", xml))))


def untyped(attributes: str) -> str:
    """Return a cell's attributes without its type."""
    return re.sub(r'\s*\bt="\w+"', "", attributes)
