"""Which Python the buttons start, and with what environment.

The LibreOffice extension carries this module and runs it with the office's own Python: nothing here may need more than
Python 3.8 and its standard library.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE = "REPORTKIT_PYTHON"  # overrides the settings file

# The office sets these for its own Python; another one would load the office's libraries and break.
OFFICE_VARIABLES = ("PYTHONHOME", "PYTHONPATH", "LD_LIBRARY_PATH", "URE_BOOTSTRAP")


def settings_file(platform: str, environment: Mapping[str, str], home: Path) -> Path:
    """Return the file that holds the path of the interpreter; `platform` is as in `sys.platform`."""
    return settings_folder(platform, environment, home) / "reportkit" / "python.txt"


def settings_folder(platform: str, environment: Mapping[str, str], home: Path) -> Path:
    """Return the folder in which programs keep a user's settings."""
    if platform == "win32":
        return Path(environment.get("APPDATA") or home / "AppData" / "Roaming")
    if platform == "darwin":
        return home / "Library" / "Application Support"
    return Path(environment.get("XDG_CONFIG_HOME") or home / ".config")


def interpreter(platform: str, environment: Mapping[str, str], home: Path) -> str | None:
    """Return the interpreter to start, or None where none was ever written down."""
    named = environment.get(VARIABLE, "").strip()
    if named:
        return named
    file = settings_file(platform, environment, home)
    return (file.read_text(encoding="utf-8").strip() or None) if file.is_file() else None


def child_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for the interpreter: without the office's own, its words in UTF-8."""
    kept = {name: value for name, value in environment.items() if name.upper() not in OFFICE_VARIABLES}
    return {**kept, "PYTHONUTF8": "1"}
