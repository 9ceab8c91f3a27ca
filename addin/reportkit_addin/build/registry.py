"""The office's configuration, as XML: nodes, properties and words in every language."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape, quoteattr

from reportkit.definitions.text import LANGUAGES, Language, Text

HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
OFFICE_LANGUAGE: Final[dict[Language, str]] = {"zh-CN": "zh-CN", "zh-TW": "zh-TW", "en": "en-US"}


def component(name: str, inner: str, package: str = "") -> str:
    """Return a configuration file of additions to one of the office's components, such as `Addons`."""
    return (
        f'{HEAD}<oor:component-data xmlns:oor="http://openoffice.org/2001/registry"'
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        f' oor:package="org.openoffice.Office{package}" oor:name="{name}">{inner}</oor:component-data>\n'
    )


def node(name: str, inner: str, *, op: bool = True) -> str:
    """Return a configuration node; `op` for those we add, not for those the office has."""
    how = ' oor:op="replace"' if op else ""
    return f"<node oor:name={quoteattr(name)}{how}>{inner}</node>"


def prop(name: str, value: str, kind: str = "xs:string") -> str:
    """Return a property of a node; its value is XML."""
    return f'<prop oor:name="{name}" oor:type="{kind}">{value}</prop>'


def words(text: Text) -> str:
    """Return a text as a property's value in each language."""
    return "".join(
        f'<value xml:lang="{OFFICE_LANGUAGE[language]}">{escape(text.to(language))}</value>' for language in LANGUAGES
    )
