"""The language the command line speaks: REPORTKIT_LANG, else the system's, else simplified Chinese."""

from __future__ import annotations

import os

from reportkit.definitions.text import DEFAULT_LANGUAGE, LANGUAGES, Language, Text, language_of


def spoken() -> Language:
    """Return the language a person's environment asks for."""
    asked = os.environ.get("REPORTKIT_LANG")
    if asked:
        return language_of(asked)
    system = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    system = system.split(".")[0].replace("_", "-")
    if system.startswith("en"):
        return "en"
    return next((language for language in LANGUAGES if language == system), DEFAULT_LANGUAGE)


def say(zh_cn: str, zh_tw: str, en: str) -> str:
    """Return a text of the command line in the language spoken."""
    return Text(zh_cn, zh_tw, en).to(spoken())


def chosen(given: str | None) -> Language:
    """Return the language a person named for a command, else the one spoken."""
    return language_of(given) if given else spoken()
