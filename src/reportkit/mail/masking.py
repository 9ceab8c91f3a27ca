"""What others than a customer's own advisor see of a workbook: the same, with ids and numbers masked."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape, unescape

from reportkit.definitions.privacy import WORD, masked, without_numbers

STRINGS: Final = "xl/sharedStrings.xml"  # where every text of a workbook we write stands
_TEXT: Final = re.compile(r"(<t(?: [^>]*)?>)([^<]*)(</t>)")
_SURE: Final = 5  # a shorter number inside a sentence may be any number


class Mask:
    """Hides known ids and numbers wherever they stand, and whatever looks like a phone number."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)

    def text(self, text: str) -> str:
        """Return a text with what it says of a customer masked."""
        if text in self._known:
            return masked(text)
        return without_numbers(WORD.sub(self._word, text))

    def _word(self, found: re.Match[str]) -> str:
        word = found[0]
        sure = len(word) >= _SURE or not word.isdecimal()
        return masked(word) if sure and word in self._known else word

    def workbook(self, content: bytes) -> bytes:
        """Return a workbook that XlsxWriter wrote, with every text in it masked."""
        written = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(written, "w") as target:
            for part in source.infolist():
                data = source.read(part)
                target.writestr(part, self._strings(data) if part.filename == STRINGS else data)
        return written.getvalue()

    def _strings(self, data: bytes) -> bytes:
        def hidden(found: re.Match[str]) -> str:
            return found[1] + escape(self.text(unescape(found[2]))) + found[3]

        return _TEXT.sub(hidden, data.decode()).encode()
