"""Compression of VBA sources and of the project's `dir` stream, as [MS-OVBA] 2.4.1 lays it down."""

from __future__ import annotations

import struct
from typing import Final

_SIGNATURE: Final = 0x01
_CHUNK: Final = 4096  # decompressed bytes a chunk
_HEADER: Final = 0x3000  # the signature bits every chunk header carries
_COMPRESSED: Final = 0x8000
_SHORTEST: Final = 3  # a copy token stands for at least so many bytes


class NotCompressedError(ValueError):
    """Raised where bytes are not a compressed container."""


def compress(data: bytes) -> bytes:
    """Return the compressed container of `data`.

    A chunk that does not shrink is stored raw; the format pads the last chunk with zeros then.
    """
    container = bytearray([_SIGNATURE])
    for start in range(0, len(data), _CHUNK):
        chunk = data[start : start + _CHUNK]
        tokens = _tokens(chunk)
        if len(tokens) <= _CHUNK:
            container += struct.pack("<H", (len(tokens) - 1) | _HEADER | _COMPRESSED) + tokens
        else:
            container += struct.pack("<H", (_CHUNK - 1) | _HEADER) + chunk.ljust(_CHUNK, b"\0")
    return bytes(container)


def _tokens(chunk: bytes) -> bytes:
    """Return a chunk as groups of eight tokens, a flag byte before each group."""
    out = bytearray()
    position = 0
    while position < len(chunk):
        flag_at, flags = len(out), 0
        out.append(0)
        for bit in range(8):
            if position >= len(chunk):
                break
            start, length = _longest_match(chunk, position)
            if length:
                flags |= 1 << bit
                out += struct.pack("<H", (position - start - 1) << _length_bits(position) | length - _SHORTEST)
                position += length
            else:
                out.append(chunk[position])
                position += 1
        out[flag_at] = flags
    return bytes(out)


def _length_bits(position: int) -> int:
    """Return how many bits of a copy token hold its length, at a place of the chunk."""
    return 16 - max(4, (position - 1).bit_length())


def _longest_match(chunk: bytes, position: int) -> tuple[int, int]:
    """Return where the longest earlier copy of what follows `position` starts, and its length (0: none)."""
    limit = min((1 << _length_bits(position)) - 1 + _SHORTEST, len(chunk) - position)
    best, length = 0, _SHORTEST
    while length <= limit:
        found = chunk.rfind(chunk[position : position + length], 0, position + length - 1)
        if found < 0:
            break
        while length < limit and chunk[found + length] == chunk[position + length]:
            length += 1
        best, length = found, length + 1
    return (best, length - 1) if length > _SHORTEST else (0, 0)


def decompress(container: bytes) -> bytes:
    """Return what a compressed container holds; raise `NotCompressedError` where it is none."""
    if not container or container[0] != _SIGNATURE:
        raise NotCompressedError("a compressed container starts with 01")
    data, at = bytearray(), 1
    while at + 2 <= len(container):
        (header,) = struct.unpack_from("<H", container, at)
        if header & 0x7000 != _HEADER:
            raise NotCompressedError(f"no chunk header at byte {at}")
        end = at + (header & 0x0FFF) + 3
        body = container[at + 2 : end]
        data += _untokened(body) if header & _COMPRESSED else body
        at = end
    return bytes(data)


def _untokened(body: bytes) -> bytes:
    """Return the chunk that groups of tokens stand for."""
    chunk, at = bytearray(), 0
    while at < len(body):
        flags = body[at]
        at += 1
        for bit in range(8):
            if at >= len(body):
                break
            if not flags >> bit & 1:
                chunk.append(body[at])
                at += 1
                continue
            (token,) = struct.unpack_from("<H", body, at)
            at += 2
            bits = _length_bits(len(chunk))
            start = len(chunk) - (token >> bits) - 1
            if start < 0:
                raise NotCompressedError("a copy token points before its chunk")
            for offset in range((token & (1 << bits) - 1) + _SHORTEST):
                chunk.append(chunk[start + offset])
    return bytes(chunk)
