"""Files of history that tell whether they are whole: each holds, in one place, a digest of all the rest of it.

A disk or a connection may change a bit, a backup may put half a file back. What was changed so would be a wrong figure
nobody sees.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from reportkit.definitions.errors import MendInput
from reportkit.definitions.text import Text

_MARK: Final = b"reportkit-seal:"
_DIGITS: Final = 32
BLANK: Final = (_MARK + b"0" * _DIGITS).decode()  # stands, last of all texts, where the seal goes

DAMAGED: Final = Text(
    "{file} 已损坏（磁盘或传输出错）。请从备份恢复它；没有备份就删掉它，再运行一次",
    "{file} 已損壞（磁碟或傳輸出錯）。請從備份還原它；沒有備份就刪掉它，再執行一次",
    "{file} is damaged, by a disk or a connection. Put it back from a backup; without one, delete it and run again",
)


class Damaged(MendInput):
    """A file of history that is not as it was written."""

    def __init__(self, path: Path) -> None:
        super().__init__(DAMAGED, file=path)
        self.path = path


def sealed(content: bytes) -> bytes:
    """Return a file's content with the digest of the rest in the place made for it; as it is without such a place."""
    start, end = _place(content)
    if start == end:
        return content
    return content[:start] + _digest(content, start, end) + content[end:]


def whole(path: Path, *, unless_older: bool = False) -> bytes:
    """Return what a sealed file holds. Raise Damaged where it is not as it was written.

    With `unless_older` one without a place for a seal passes: earlier versions wrote none.
    """
    content = path.read_bytes()
    start, end = _place(content)
    if not fits(content) or (start == end and not unless_older):
        raise Damaged(path)
    return content


def fits(content: bytes) -> bool:
    """Return whether the seal of a file's content fits the rest, or there is none."""
    start, end = _place(content)
    return start == end or content[start:end] == _digest(content, start, end)


def _place(content: bytes) -> tuple[int, int]:
    """Return from where to where the seal stands: after the last mark, for what people typed may hold one, too."""
    start = content.rfind(_MARK) + len(_MARK)
    end = start + _DIGITS
    there = start >= len(_MARK) and len(content) >= end
    return (start, end) if there else (0, 0)


def _digest(content: bytes, start: int, end: int) -> bytes:
    digest = hashlib.blake2b(content[:start], digest_size=_DIGITS // 2)
    digest.update(content[end:])
    return bytes(digest.hexdigest(), "ascii")
