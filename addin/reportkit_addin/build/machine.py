"""The machine an installation or a check looks at, passed in so that any of them can be described."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from reportkit_addin.interpreter import settings_folder

Registry = Callable[[str, str], object | None]  # (key under HKEY_CURRENT_USER, name) → value, None where absent
_MAC_STARTUP: Final = "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"
_OFFICE_PROGRAMS: Final = ("soffice", "libreoffice")


def read_registry(key: str, name: str) -> object | None:
    """Return a value of the current user's registry; None where there is none, or no registry."""
    if sys.platform != "win32":
        return None
    import winreg  # exists on Windows alone

    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
            value: object = winreg.QueryValueEx(opened, name)[0]
            return value
    except FileNotFoundError:
        return None


@dataclass(frozen=True, slots=True)
class Machine:
    """Platform (as in `sys.platform`), home, environment, and how to look things up."""

    platform: str = sys.platform
    home: Path = field(default_factory=Path.home)
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    python: str = sys.executable
    registry: Registry = read_registry
    which: Callable[[str], str | None] = shutil.which

    def startup_folder(self) -> Path | None:
        """Return the folder whose files Excel opens when it starts; None where there is no Excel."""
        if self.platform == "win32":
            roaming = self.environment.get("APPDATA") or str(self.home / "AppData" / "Roaming")
            return Path(roaming) / "Microsoft" / "Excel" / "XLSTART"
        return self.home / _MAC_STARTUP if self.platform == "darwin" else None

    def office_packages(self) -> list[Path]:
        """Return the folders in which LibreOffice keeps extensions: those of this user, and those for everybody."""
        name = "libreoffice" if self.platform not in ("win32", "darwin") else "LibreOffice"
        kept = [settings_folder(self.platform, self.environment, self.home) / name / "4" / "user"]
        office = self.office()
        if office is not None:
            program = Path(office).resolve().parent
            kept.append(program.parent / ("Resources" if self.platform == "darwin" else "share"))
        return [folder / "uno_packages" / "cache" / "uno_packages" for folder in kept]

    def office(self) -> str | None:
        """Return LibreOffice's program, or None where it is not found."""
        places = {
            "win32": ("C:/Program Files/LibreOffice/program/soffice.exe",),
            "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
        }
        found = next(filter(None, map(self.which, _OFFICE_PROGRAMS)), None)
        return found or next((each for each in places.get(self.platform, ()) if Path(each).is_file()), None)
