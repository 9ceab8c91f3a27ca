"""Where LibreOffice and its Python support are on this machine.

`XLWINGS_LIBREOFFICE_PROGRAM` names the folder that holds ``soffice.bin``, `XLWINGS_LIBREOFFICE_PYTHON` a Python that
can ``import uno``; without them the usual places are looked through.
"""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .errors import OfficeNotFound

PROGRAM_FOLDERS = (
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/opt/libreoffice*/program",
    "/snap/libreoffice/current/lib/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/MacOS",
)
UNO_FOLDERS = (
    "/usr/lib/python3/dist-packages",
    "/usr/lib64/python3.*/site-packages",
    "/usr/lib/python3.*/site-packages",
)
NOT_PASSED_ON = ("PYTHONHOME", "PYTHONPATH", "LD_LIBRARY_PATH", "URE_BOOTSTRAP", "VIRTUAL_ENV")


@dataclass(frozen=True)
class Installation:
    """A LibreOffice with Python support."""

    program: Path  # the folder of soffice.bin
    uno_folders: tuple[Path, ...]  # what sys.path needs for `import uno`
    python: Path  # an interpreter pyuno is built for
    python_minor: int | None  # the 11 of Python 3.11 that pyuno is linked with; None if it cannot be told

    @property
    def soffice(self) -> Path:
        """The program itself: the wrapper script would restart it on its own."""
        binary = self.program / "soffice.bin"
        return binary if binary.exists() else self.program / "soffice"

    @property
    def build(self) -> str:
        """What this LibreOffice calls its build; nothing where it does not say."""
        for name in ("versionrc", "version.ini"):
            path = self.program / name
            if path.exists():
                found = re.search(r"^buildid=(.*)$", path.read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
                return found[1].strip() if found else ""
        return ""

    def environment(self) -> dict[str, str]:
        """Our environment without what would make another Python or LibreOffice load our libraries.

        LibreOffice's Python takes a virtual environment that comes first in PATH for its home, finds no `uno` there,
        and takes the whole office down.
        """
        kept = {name: value for name, value in os.environ.items() if name not in NOT_PASSED_ON}
        folders = kept.get("PATH", "").split(os.pathsep)
        kept["PATH"] = os.pathsep.join(one for one in folders if not (Path(one).parent / "pyvenv.cfg").is_file())
        return kept


@cache
def find_installation() -> Installation:
    """The LibreOffice of this machine, else `OfficeNotFound` with what to install."""
    program = _program_folder()
    folders = tuple(folder for folder in (program, *_matches(UNO_FOLDERS)) if (folder / "uno.py").exists())
    if not folders:
        raise OfficeNotFound("LibreOffice has no Python support here. Install python3-uno.")
    libraries = [path for folder in (program, *folders) for path in folder.glob("libpyuno*.so")]
    minor = next((found for path in libraries if (found := _linked_minor(path)) is not None), None)
    return Installation(program, (*folders, program), _python(program, minor), minor)


def _program_folder() -> Path:
    stated = os.environ.get("XLWINGS_LIBREOFFICE_PROGRAM")
    candidates = [Path(stated)] if stated else []
    if not stated:
        launcher = shutil.which("soffice") or shutil.which("libreoffice")
        candidates = [Path(launcher).resolve().parent] if launcher else []
        candidates += _matches(PROGRAM_FOLDERS)
    for folder in candidates:
        if (folder / "soffice.bin").exists() or (folder / "soffice").exists():
            return folder
    raise OfficeNotFound("LibreOffice is not installed here. Install libreoffice-calc and python3-uno.")


def _python(program: Path, minor: int | None) -> Path:
    stated = os.environ.get("XLWINGS_LIBREOFFICE_PYTHON")
    if stated:
        return Path(stated)
    bundled = program / "python"
    versioned = Path(f"/usr/bin/python3.{minor}")
    for candidate in (bundled, versioned, Path("/usr/bin/python3")):
        if candidate.exists():
            return candidate
    raise OfficeNotFound("No Python that can import uno was found. Install python3-uno.")


def _matches(patterns: tuple[str, ...]) -> list[Path]:
    return [path for pattern in patterns for path in sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)]


def _linked_minor(library: Path) -> int | None:
    found = re.search(rb"libpython3\.(\d+)", library.read_bytes())
    return int(found[1]) if found else None
