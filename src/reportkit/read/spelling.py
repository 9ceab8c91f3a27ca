"""How workbooks spell texts: XML's entities, and `_x000D_` for a character XML has no room for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Final
from xml.sax.saxutils import escape

_SPELLED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_ALIKE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def as_read(xml: str) -> str:
    """Return the text a cell's XML spells."""
    text = unescape(xml)
    return _SPELLED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def as_spelled(text: str, entities: Mapping[str, str] | None = None) -> str:
    """Return a text as a cell's XML spells it; `entities` are those an attribute needs besides."""
    return escape(in_xml(text), {"\r": "&#13;", **(entities or {})})


def in_xml(text: str) -> str:
    """Return a text with a spelling for each character XML has no room for; its entities are yet to be written."""
    return _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", _ALIKE.sub("_x005F_", text))


def as_run(text: str) -> str:
    """Return the element that holds a text, of a cell of its own or of the table of texts."""
    return f'<t xml:space="preserve">{as_spelled(text)}</t>'
