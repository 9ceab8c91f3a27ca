"""What of history is damaged and can be made again is taken away, so that it is made again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from reportkit.branch.folder import Branch
from reportkit.branch.history import Entry, History, fingerprint
from reportkit.branch.lock import plainly_said
from reportkit.branch.seal import Damaged, whole

Result = TypeVar("Result")


def mended(branch: Branch, work: Callable[[], Result]) -> Result:
    """Do work on a branch, again where something damaged could be taken away. Raise Damaged where it could not.

    Where one file is damaged, the others are looked at, too. What is damaged twice in a row lies on a disk that does
    not keep what is written.
    """
    taken_away: set[Path] = set()
    while True:
        try:
            return work()
        except Damaged as error:
            with plainly_said(branch.root):
                found = {error.path, *_damaged(branch)} & _made_again(branch)
                if error.path not in found - taken_away:
                    raise
                for path in found:
                    path.unlink(missing_ok=True)
                taken_away |= found


def _kept(branch: Branch) -> Iterator[Path]:
    """Yield the rows and digests history keeps."""
    folder = History(branch.root).folder
    return (path for kind in ("facts", "digests") for path in folder.glob(f"{kind}/*") if path.is_file())


def _damaged(branch: Branch) -> Iterator[Path]:
    """Yield which of them are damaged, and those of earlier versions, which do not tell."""
    for path in _kept(branch):
        try:
            whole(path)
        except Damaged:
            yield path


def _archives(branch: Branch, entry: Entry | None) -> Iterator[bytes]:
    """Yield the content of a log's archives, those that are there."""
    paths = (branch.root / one.file for one in (entry.archives if entry else ()))
    return (path.read_bytes() for path in paths if path.is_file())


def _made_again(branch: Branch) -> set[Path]:
    """Return which of them the logs tell: all digests, and rows of logs that are as they were."""
    history = History(branch.root)
    known = history.manifest().logs  # where it is damaged, too, every log is read again
    rows = {
        history.facts_path(fingerprint(log.name, log.read_bytes(), *_archives(branch, known.get(log.name))))
        for log in branch.logs()
    }
    return {path for path in _kept(branch) if path == history.digest_path(path.stem) or path in rows}
