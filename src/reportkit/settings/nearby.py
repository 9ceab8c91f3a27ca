"""The settings a log is read with: those of the branch whose folder it lies in."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from reportkit.read.archives import ARCHIVE
from reportkit.settings.branch_settings import Settings, default_settings, opened_settings

SETTINGS_FILE: Final = "settings.xlsx"


def settings_near(path: Path) -> Settings:
    """Return the settings of the branch a log lies in, or the defaults for a log on its own.

    Raise MendInput where the branch's cannot be opened: figures without its targets would be wrong.
    """
    settings = settings_path(path)
    return opened_settings(settings) if settings else default_settings()


def settings_path(path: Path) -> Path | None:
    """Return the settings workbook of the branch a log or folder belongs to, if there is one."""
    own = path.parent.parent
    for folder in (path, path.parent, own.parent if own.name == ARCHIVE else own):
        if (folder / SETTINGS_FILE).is_file():
            return folder / SETTINGS_FILE
    return None
