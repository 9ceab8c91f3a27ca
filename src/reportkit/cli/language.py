"""The language the command line speaks: that of the person's environment, or the one a command is given."""

from __future__ import annotations

from reportkit.definitions.spoken import spoken as spoken
from reportkit.definitions.text import Language, Text, language_of


def say(zh_cn: str, zh_tw: str, en: str) -> str:
    """Return a text of the command line in the language spoken."""
    return Text(zh_cn, zh_tw, en).to(spoken())


def chosen(given: str | None) -> Language:
    """Return the language a person named for a command, else the one spoken."""
    return language_of(given) if given else spoken()
