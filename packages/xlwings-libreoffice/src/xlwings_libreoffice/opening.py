"""Why a workbook cannot be opened: LibreOffice itself only says that it did not."""

from __future__ import annotations

import os
import re
import socket
import struct
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from .errors import BookLocked, BookUnreadable, CalcError, PasswordNeeded
from .filters import TEXT_FORMATS
from .office import PROFILE_PREFIX

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Microsoft's older files, and what it wraps encrypted ones in
_FIRST_RECORD = b"\x09\x08\x10\x00\x00\x06\x05\x00"  # of the workbook inside an .xls
_FILE_PASS = 0x2F  # the record of an encrypted .xls


@dataclass(frozen=True)
class Lock:
    """The file that LibreOffice leaves beside a workbook while it is open."""

    file: Path
    user: str
    host: str
    profile: str  # URL of the settings folder of the office that holds it

    @property
    def is_left_behind(self) -> bool:
        """Whether it is of an office this engine started on this machine, and that is gone."""
        folder = Path(unquote(urlsplit(self.profile).path))
        here = self.host.partition(".")[0] == socket.gethostname().partition(".")[0]
        return here and folder.name.startswith(PROFILE_PREFIX) and not folder.exists()


def lock_of(path: Path) -> Lock | None:
    """Who has a workbook open in LibreOffice."""
    file = path.with_name(f".~lock.{path.name}#")
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = [re.sub(r"\\(.)", r"\1", field) for field in re.split(r"(?<!\\),", text.strip().rstrip(";"))]
    name, login, host, _, profile = (fields + [""] * 5)[:5]
    return Lock(file, name or login, host, profile)


def check_target(path: str, open_elsewhere: Collection[str]) -> None:
    """Refuse to save where another workbook is open, which LibreOffice does not say, or in no folder: it makes one."""
    if path in open_elsewhere:
        raise CalcError(f"Another open workbook is {path}: close that one first, or save under another name.")
    if not Path(path).parent.is_dir():
        raise CalcError(f"There is no folder {Path(path).parent}: make it first, or save elsewhere.")


def local_path(url: str) -> str:
    """Path of a file's URL, as the system writes it; an address elsewhere, on a server, as it is."""
    parts = urlsplit(url)
    if parts.scheme != "file":
        return url
    return url2pathname(f"//{parts.netloc}{parts.path}" if parts.netloc else parts.path)


def check(path: Path) -> None:
    """Raise what can be told before LibreOffice is asked; take away a lock that a dead office left behind."""
    if not path.exists():
        raise FileNotFoundError(f"No such file: '{path}'")
    if path.is_dir():
        raise BookUnreadable(f"{path} is a folder. Name the workbook inside it.")
    if not os.access(path, os.R_OK):
        raise BookUnreadable(f"You may not read {path}. Ask its owner for the right to.")
    if path.stat().st_size == 0 and path.suffix.lower() not in TEXT_FORMATS:
        raise BookUnreadable(f"{path} is damaged: it holds 0 bytes. Open an earlier copy.")
    lock = lock_of(path)
    if lock is not None and lock.is_left_behind:
        lock.file.unlink(missing_ok=True)


def locked(path: Path, lock: Lock) -> BookLocked:
    """What to say of a workbook that is open elsewhere."""
    return BookLocked(
        f"{path} is open in LibreOffice: {lock.user or 'somebody'} on {lock.host or 'some machine'}. Close it there, "
        f"or open it with read_only=True. If nobody has it open, delete {lock.file.name} beside it."
    )


def explained(path: Path, password: str | None, kind: str) -> CalcError:
    """What kept LibreOffice from opening a file that is there."""
    if is_encrypted(path):
        if password:
            return PasswordNeeded(f"The password given does not open {path}. Pass the right one with password=.", kind)
        return PasswordNeeded(f"{path} has a password. Pass it with password=.", kind)
    lock = lock_of(path)
    if lock is not None:
        return locked(path, lock)
    return BookUnreadable(
        f"LibreOffice cannot read {path}: it is damaged, or no workbook. Open an earlier copy, or save it anew in the "
        "program that wrote it.",
        kind,
    )


def is_encrypted(path: Path) -> bool:
    """Whether a workbook asks for a password before it can be read."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            manifest = "META-INF/manifest.xml"
            try:
                return manifest in package.namelist() and b"encryption-data" in package.read(manifest)
            except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError):  # damaged, not encrypted
                return False
    data = path.read_bytes()
    return data.startswith(_OLE) and ("EncryptedPackage".encode("utf-16-le") in data or _has_file_pass(data))


def _has_file_pass(data: bytes) -> bool:
    """Whether one of the first records of an .xls says that the others are encrypted."""
    at = data.find(_FIRST_RECORD)
    for _ in range(4):
        if at < 0 or at + 4 > len(data):
            return False
        record, length = struct.unpack_from("<HH", data, at)
        if record == _FILE_PASS:
            return True
        at += 4 + length
    return False
