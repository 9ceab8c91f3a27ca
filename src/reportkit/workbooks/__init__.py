"""The workbooks: what people fill in, and what they read."""

from __future__ import annotations

from pathlib import Path

from reportkit.definitions.catalogue import settings_rows
from reportkit.definitions.text import LANGUAGES
from reportkit.read.book import Identity
from reportkit.workbooks.log import write_log
from reportkit.workbooks.settings_book import write_settings

__all__ = ["write_log", "write_settings", "write_templates"]


def write_templates(folder: Path) -> list[Path]:
    """Write the blank log and the default settings in every language; return the files."""
    written: list[Path] = []
    for language in LANGUAGES:
        log, settings = folder / f"log.{language}.xlsx", folder / f"settings.{language}.xlsx"
        write_log(log, Identity(language=language), language=language)
        write_settings(settings, settings_rows(language), language=language)
        written += [log, settings]
    return written
