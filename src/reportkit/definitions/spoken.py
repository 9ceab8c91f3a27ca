"""The language of whoever no workbook tells of: REPORTKIT_LANG, else the system's, else simplified Chinese."""

from __future__ import annotations

import os
import sys
from typing import Final

from reportkit.definitions.text import DEFAULT_LANGUAGE, LANGUAGES, Language, language_of

LONGEST_NAME: Final = 85  # characters of a language's name on Windows, its end included


def spoken() -> Language:
    """Return the language a person's environment asks for."""
    asked = os.environ.get("REPORTKIT_LANG")
    if asked:
        return language_of(asked)
    system = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or _of_windows()
    system = system.split(".")[0].replace("_", "-")
    if system.startswith("en"):
        return "en"
    return next((language for language in LANGUAGES if language == system), DEFAULT_LANGUAGE)


def _of_windows() -> str:
    """Return the language Windows shows its own words in, such as `zh-TW`; blank elsewhere."""
    if sys.platform != "win32":
        return ""
    import ctypes  # of use on Windows alone

    name = ctypes.create_unicode_buffer(LONGEST_NAME)
    kernel = ctypes.windll.kernel32
    kernel.LCIDToLocaleName(kernel.GetUserDefaultUILanguage(), name, LONGEST_NAME, 0)
    return name.value
