"""What others than a customer's own advisor see of a workbook: the same, with ids and numbers masked.

An id that is written like a figure, a cell or a word of the report is hidden where ids stand, and only there.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from itertools import count
from typing import Final

from reportkit.branch.person import INDENTED
from reportkit.definitions import words
from reportkit.definitions.finding_kinds import KINDS
from reportkit.definitions.forms import FORMS
from reportkit.definitions.privacy import (
    PERSONAL,
    WORD,
    as_words,
    is_a_word,
    is_told_in_sentences,
    is_vague,
    masked,
    without_numbers,
)
from reportkit.mail.places import CELL, ITEM, ROW, SHEET, STRINGS, IdColumns, said_in, texts_in, untyped, used_in
from reportkit.read.spelling import as_read, as_run, as_spelled

INLINE: Final = 't="inlineStr"'  # a cell with a text of its own, as some programs save all of them
_TEXT: Final = re.compile(r"(<t(?: [^>]*)?>)([^<]*)(</t>)")
_QUOTED: Final = re.compile(r"(?<=[“「])[^”」]+(?=[”」])")
_SHEETS: Final = "|".join(re.escape(label) for form in FORMS.values() for label in form.label.all())
_PLACE: Final = re.compile(rf"(?:\d{{4}} )?(?:{_SHEETS}) [A-Z]{{0,3}}\d+")  # as links to rows and cells are called
_LABELS: Final = frozenset(
    label
    for form in FORMS.values()
    for code in PERSONAL & set(form.column)
    for label in (code, *form.column[code].label.all())
)
_HEADINGS: Final = _LABELS.union(words.PHONE.all())
_ABOUT_CUSTOMERS: Final = _LABELS.union({"product.unsuitable"})  # what the row of a finding about one says


class Mask:
    """Hides known ids and numbers, and whatever looks like a phone number.

    `known` are ids and numbers of customers, `own` the words of the program and the settings: what is both, or may be
    a figure or a cell, is hidden in columns of ids and in findings about them.
    """

    def __init__(self, known: Iterable[str], own: Iterable[str] = ()) -> None:
        self._known = frozenset(known)
        self._own = as_words(own)
        self._judged: dict[str, tuple[bool, bool]] = {}

    def text(self, text: str) -> str:
        """Return a text with what it says of a customer masked, wherever it stands."""
        if text in self._known:
            return masked(text) if self._is_meant(text)[0] else text
        return text if _PLACE.fullmatch(text) else without_numbers(WORD.sub(self._word, text))

    def text_of_ids(self, text: str) -> str:
        """Return a text masked that stands where ids and numbers of customers do."""
        bare = text.lstrip(INDENTED)
        if bare in self._known:
            return text.removesuffix(bare) + masked(bare)
        return _QUOTED.sub(lambda found: masked(found[0]) if found[0] in self._known else found[0], self.text(text))

    def _word(self, found: re.Match[str]) -> str:
        word = found[0]
        return masked(word) if word in self._known and self._is_meant(word)[1] else word

    def _is_meant(self, one: str) -> tuple[bool, bool]:
        """Return whether a known id is meant where it stands alone, and where it stands among other words."""
        if one not in self._judged:
            vague = is_vague(one, self._own)
            told = is_told_in_sentences(one, vague=vague) and not is_a_word(one, self._own)
            self._judged[one] = not vague or (told and one.isdecimal()), told
        return self._judged[one]

    def workbook(self, content: bytes) -> bytes:
        """Return a workbook of ours, as written or as another program saved it, with every text of its cells masked."""
        with zipfile.ZipFile(io.BytesIO(content)) as source:
            parts = {part: source.read(part) for part in source.infolist()}
        names = {part.filename: data for part, data in parts.items()}
        shared = next((name for name in names if STRINGS.fullmatch(name)), None)
        strings = names[shared].decode() if shared else ""
        texts = texts_in(strings)
        new = {name: data.decode() for name, data in names.items() if SHEET.fullmatch(name)}
        if any(INLINE in xml for xml in new.values()) or any(self.text_of_ids(one) != self.text(one) for one in texts):
            new = {name: self._sheet(xml, texts) for name, xml in new.items()}
        if shared:
            new[shared] = self._strings(strings, used_in(new.values()))
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as target:
            for part, data in parts.items():
                target.writestr(part, new.get(part.filename, data))
        return written.getvalue()

    def _strings(self, strings: str, used: set[int]) -> str:
        """Return the table of texts; one that stood only where ids do is nowhere used any more."""
        numbers = count()

        def item(found: re.Match[str]) -> str:
            return _TEXT.sub(_changed(self.text if next(numbers) in used else self.text_of_ids), found[0])

        return ITEM.sub(item, strings)

    def _sheet(self, xml: str, texts: list[str]) -> str:
        columns = IdColumns(_HEADINGS)

        def row(found: re.Match[str]) -> str:
            said = {cell[1]: text for cell in CELL.finditer(found[2]) if (text := said_in(cell, texts).strip())}
            columns.read(said)
            finding = not KINDS.keys().isdisjoint(said.values()) and not _ABOUT_CUSTOMERS.isdisjoint(said.values())
            places = said.keys() if finding else columns.letters
            cells = CELL.sub(lambda cell: self._cell(cell, texts, of_ids=cell[1] in places), found[2])
            return f"<row{found[1]}>{cells}</row>"

        return ROW.sub(row, xml)

    def _cell(self, cell: re.Match[str], texts: list[str], *, of_ids: bool) -> str:
        """Return a cell, with a text of its own where the table of texts does not say it masked."""
        if INLINE not in cell[3] and 't="s"' not in cell[3]:
            return cell[0]
        text = said_in(cell, texts)
        new = self.text_of_ids(text) if of_ids else self.text(text)
        if new == (text if INLINE in cell[3] else self.text(text)):
            return cell[0]
        head = f'<c r="{cell[1]}{cell[2]}"{untyped(cell[3])}'
        return f'{head} t="inlineStr"><is>{as_run(new)}</is></c>'


def _changed(change: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
    return lambda found: found[1] + as_spelled(change(as_read(found[2]))) + found[3]
