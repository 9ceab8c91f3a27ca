"""Compound files ([MS-CFB], version 3): the container of a VBA project, read, and written the same every time."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

_MAGIC: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_SECTOR: Final = 512
_MINI: Final = 64
_CUTOFF: Final = 4096  # streams below it live in the mini stream
_END: Final = 0xFFFFFFFE
_FREE: Final = 0xFFFFFFFF
_FAT: Final = 0xFFFFFFFD
_NONE: Final = 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1
_HEADER_FATS: Final = 109  # FAT sectors the header can name: 7 MB of file


class NotCompoundError(ValueError):
    """Raised where bytes are not a compound file this module reads."""


def read(data: bytes) -> dict[str, bytes]:
    """Return the streams of a compound file by path, like `VBA/dir`."""
    if data[:8] != _MAGIC or struct.unpack_from("<H", data, 26) != (3,):
        raise NotCompoundError("not a compound file of version 3")
    (directory_at,) = struct.unpack_from("<I", data, 48)
    (mini_fat_at,) = struct.unpack_from("<I", data, 60)
    fat: list[int] = []
    for sector in struct.unpack_from(f"<{_HEADER_FATS}I", data, 76):
        if sector != _FREE:
            fat += struct.unpack_from("<128I", data, (sector + 1) * _SECTOR)
    directory = _chain(data[_SECTOR:], fat, directory_at, _SECTOR)
    entries = [directory[at : at + 128] for at in range(0, len(directory), 128)]
    mini_fat_bytes = _chain(data[_SECTOR:], fat, mini_fat_at, _SECTOR)
    mini_fat = list(struct.unpack(f"<{len(mini_fat_bytes) // 4}I", mini_fat_bytes))
    mini = _chain(data[_SECTOR:], fat, struct.unpack_from("<I", entries[0], 116)[0], _SECTOR)
    streams: dict[str, bytes] = {}
    for path, entry in _walk(entries, struct.unpack_from("<I", entries[0], 76)[0], ""):
        start, size = struct.unpack_from("<II", entry, 116)
        whole = _chain(mini, mini_fat, start, _MINI) if size < _CUTOFF else _chain(data[_SECTOR:], fat, start, _SECTOR)
        streams[path] = whole[:size]
    return streams


def _walk(entries: list[bytes], index: int, prefix: str) -> Iterator[tuple[str, bytes]]:
    """Yield the path and directory entry of every stream of a tree of siblings."""
    if index == _NONE:
        return
    entry = entries[index]
    left, right, child = struct.unpack_from("<III", entry, 68)
    (name_size,) = struct.unpack_from("<H", entry, 64)
    path = prefix + entry[: name_size - 2].decode("utf-16-le")
    yield from _walk(entries, left, prefix)
    if entry[66] == _STREAM:
        yield path, entry
    else:
        yield from _walk(entries, child, path + "/")
    yield from _walk(entries, right, prefix)


def _chain(data: bytes, fat: list[int], start: int, size: int) -> bytes:
    """Return the sectors of a chain, joined; raise `NotCompoundError` where it does not end."""
    parts: list[bytes] = []
    while start != _END:
        if start >= len(fat) or len(parts) > len(fat):
            raise NotCompoundError("a chain of sectors is broken")
        parts.append(data[start * size : (start + 1) * size])
        start = fat[start]
    return b"".join(parts)


@dataclass(slots=True)
class _Entry:
    """A directory entry while the file is laid out."""

    name: str
    kind: int
    data: bytes = b""
    colour: int = _BLACK
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    start: int = _END
    children: list[int] = field(default_factory=list)

    def packed(self) -> bytes:
        """Return the 128 bytes of the entry; times and class id are zero."""
        name = self.name.encode("utf-16-le")
        start = 0 if self.kind == _STORAGE else self.start
        return (
            name.ljust(64, b"\0")
            + struct.pack("<HBB", len(name) + 2, self.kind, self.colour)
            + struct.pack("<III", self.left, self.right, self.child)
            + bytes(36)
            + struct.pack("<IQ", start, len(self.data))
        )


def write(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file that holds the streams (path → bytes); the same streams give the same bytes."""
    entries = _entries(streams)
    fat: list[int] = []
    body = bytearray()
    mini, mini_fat = bytearray(), list[int]()
    for entry in entries[1:]:
        if entry.kind == _STREAM and len(entry.data) >= _CUTOFF:
            entry.start = _place(entry.data, body, fat, _SECTOR)
        elif entry.kind == _STREAM:
            entry.start = _place(entry.data, mini, mini_fat, _MINI)
    entries[0].data = bytes(mini)
    entries[0].start = _place(entries[0].data, body, fat, _SECTOR)
    mini_fat_bytes = struct.pack(f"<{len(mini_fat)}I", *mini_fat)
    mini_fat_at = _place(mini_fat_bytes, body, fat, _SECTOR, fill=b"\xff")
    directory = b"".join(entry.packed() for entry in entries)
    while len(directory) % _SECTOR:
        directory += bytes(64) + bytes(4) + struct.pack("<III", _NONE, _NONE, _NONE) + bytes(48)
    directory_at = _place(directory, body, fat, _SECTOR)
    fat_sectors = _fat_sectors(len(fat))
    first_fat = len(fat)
    fat += [_FAT] * fat_sectors
    fat += [_FREE] * (fat_sectors * 128 - len(fat))
    header = (
        _MAGIC
        + bytes(16)
        + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
        + struct.pack("<III", 0, fat_sectors, directory_at)
        + struct.pack("<III", 0, _CUTOFF, mini_fat_at)
        + struct.pack("<III", -(-len(mini_fat_bytes) // _SECTOR), _END, 0)
        + struct.pack("<109I", *range(first_fat, first_fat + fat_sectors), *[_FREE] * (_HEADER_FATS - fat_sectors))
    )
    return header + bytes(body) + struct.pack(f"<{len(fat)}I", *fat)


def _fat_sectors(used: int) -> int:
    """Return how many FAT sectors describe `used` sectors and themselves."""
    count = 1
    while count * 128 < used + count:
        count += 1
    if count > _HEADER_FATS:
        raise ValueError("a compound file of more than 7 MB is not supported")
    return count


def _place(data: bytes, body: bytearray, fat: list[int], size: int, fill: bytes = b"\0") -> int:
    """Append a stream to the sectors of `body`, chain them in `fat`, and return the first (or the end mark)."""
    if not data:
        return _END
    first, count = len(fat), -(-len(data) // size)
    body += data.ljust(count * size, fill)
    fat += [*range(first + 1, first + count), _END]
    return first


def _entries(streams: Mapping[str, bytes]) -> list[_Entry]:
    """Return the directory: the root, then storages and streams, each level a red-black tree."""
    entries = [_Entry("Root Entry", _ROOT)]
    folders = {"": 0}
    for path in sorted(streams):
        *parents, name = path.split("/")
        owner = ""
        for parent in parents:
            folder = f"{owner}{parent}/"
            if folder not in folders:
                folders[folder] = len(entries)
                entries[folders[owner]].children.append(len(entries))
                entries.append(_Entry(parent, _STORAGE))
            owner = folder
        entries[folders[owner]].children.append(len(entries))
        entries.append(_Entry(name, _STREAM, streams[path]))
    for entry in entries:
        ordered = sorted(entry.children, key=lambda index: _order(entries[index].name))
        entry.child = _tree(entries, ordered, len(ordered).bit_length())
    return entries


def _order(name: str) -> tuple[int, str]:
    """Return what siblings are sorted by: length first, then upper case."""
    return len(name.encode("utf-16-le")), name.upper()


def _tree(entries: list[_Entry], ordered: list[int], levels: int, colour: int = _BLACK) -> int:
    """Link siblings into a balanced tree of at most `levels` levels and return its root.

    The lowest level is red and all above it black, so every path holds as many black entries.
    """
    if not ordered:
        return _NONE
    middle = len(ordered) // 2
    below = _RED if levels == 2 else _BLACK
    entry = entries[ordered[middle]]
    entry.colour = colour
    entry.left = _tree(entries, ordered[:middle], levels - 1, below)
    entry.right = _tree(entries, ordered[middle + 1 :], levels - 1, below)
    return ordered[middle]
