"""Writing a file so that nobody ever sees half of it: a new file beside the old one, renamed into place."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

TEMPORARY: Final = ".part"
PAUSES: Final = (0.05, 0.1, 0.2, 0.4, 0.8)  # seconds between attempts: virus scanners and sync clients look for less
_HELD: Final = frozenset({5, 32, 33})  # Windows: access denied, as open files answer; in use; locked in part


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a path to write to; on success it takes the place of `path`, on failure nothing has changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}{TEMPORARY}")
    try:
        yield beside
        with beside.open("rb+") as written:
            os.fsync(written.fileno())
        rename(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a whole file, or leave it as it was."""
    with replacing(path) as beside:
        beside.write_bytes(content)


def rename(source: Path, target: Path) -> None:
    """Rename a file or folder, a file over another if need be; what Windows holds for a moment is tried again.

    Raise OSError where it cannot be done, PermissionError where another program holds it longer than the pauses.
    """
    for pause in PAUSES:
        try:
            source.replace(target)
        except PermissionError as error:
            if not is_held(error):
                raise
            time.sleep(pause)
        else:
            return
    source.replace(target)


def is_held(error: OSError) -> bool:
    """Return whether Windows refused because another program holds the file; elsewhere an open file is no hindrance."""
    return getattr(error, "winerror", None) in _HELD
