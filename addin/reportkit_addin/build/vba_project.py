"""The VBA project of the ribbon file: sources in, `vbaProject.bin` out, with no compiled code in it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reportkit_addin.build import compound, ovba

ENCODING: Final = "cp1252"  # of VBA sources: text in other scripts belongs in the workbook or the ribbon
_UNCOMPILED: Final = bytes.fromhex("CC61FFFF000000")  # a `_VBA_PROJECT` that says: compile from the sources

# Records of the `dir` stream ([MS-OVBA] 2.3.4.2).
_PROJECT_NAME: Final = 0x0004
_PROJECT_VERSION: Final = 0x0009
_MODULE_NAME: Final = 0x0019
_STREAM_NAME: Final = 0x001A
_SOURCE_OFFSET: Final = 0x0031
_STREAM_NAME_UNICODE: Final = 0x0032
_MODULE_NAME_UNICODE: Final = 0x0047


@dataclass(frozen=True, slots=True)
class VbaProject:
    """A project's sources by module name, and the two streams that describe it."""

    sources: dict[str, str]
    dir: bytes  # decompressed
    project: str


def read(vba_project_bin: bytes) -> VbaProject:
    """Return the sources of a project whose modules are in the order of its `dir` stream."""
    streams = compound.read(vba_project_bin)
    described = ovba.decompress(streams["VBA/dir"])
    sources: dict[str, str] = {}
    stream = ""
    for record, data in _records(described):
        if record == _STREAM_NAME:
            stream = data.decode(ENCODING)
        elif record == _SOURCE_OFFSET:
            (offset,) = struct.unpack("<I", data)
            sources[stream] = ovba.decompress(streams[f"VBA/{stream}"][offset:]).decode(ENCODING)
    return VbaProject(sources, described, streams["PROJECT"].decode(ENCODING))


def write(project: VbaProject) -> bytes:
    """Return the compound file of a project: sources alone, nothing compiled or cached."""
    streams = {
        "PROJECT": project.project.encode(ENCODING),
        "PROJECTwm": b"".join(
            name.encode(ENCODING) + b"\0" + name.encode("utf-16-le") + b"\0\0" for name in project.sources
        )
        + b"\0\0",
        "VBA/_VBA_PROJECT": _UNCOMPILED,
        "VBA/dir": ovba.compress(project.dir),
    }
    for name, source in project.sources.items():
        streams[f"VBA/{name}"] = ovba.compress(source.encode(ENCODING))
    return compound.write(streams)


def renamed(project: VbaProject, name: str, module: str, new_module: str) -> VbaProject:
    """Return the project under another name, one of its modules renamed, all source offsets 0."""
    records = bytearray()
    for record, data in _records(project.dir):
        if record == _PROJECT_NAME:
            data = name.encode(ENCODING)
        elif record == _SOURCE_OFFSET:
            data = bytes(4)
        elif record in (_MODULE_NAME, _STREAM_NAME) and data == module.encode(ENCODING):
            data = new_module.encode(ENCODING)
        elif record in (_MODULE_NAME_UNICODE, _STREAM_NAME_UNICODE) and data == module.encode("utf-16-le"):
            data = new_module.encode("utf-16-le")
        size = 4 if record == _PROJECT_VERSION else len(data)
        records += struct.pack("<HI", record, size) + data
    lines = []
    for line in project.project.split("\r\n"):
        if line.startswith("Name="):
            line = f'Name="{name}"'
        elif line == f"Module={module}" or line.startswith(f"{module}="):
            line = line.replace(module, new_module, 1)
        lines.append(line)
    sources = {new_module if old == module else old: source for old, source in project.sources.items()}
    return VbaProject(sources, bytes(records), "\r\n".join(lines))


def _records(described: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield id and data of each record; the version record says 4 and holds 6 bytes."""
    at = 0
    while at < len(described):
        record, size = struct.unpack_from("<HI", described, at)
        size = 6 if record == _PROJECT_VERSION else size
        yield record, described[at + 6 : at + 6 + size]
        at += 6 + size
