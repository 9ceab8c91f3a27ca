"""Is this file a sound .xlsx? Asked before any parser sees it, so that none is killed, fooled or kept busy."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

import numpy as np

from reportkit.definitions.finding_kinds import KINDS
from reportkit.definitions.findings import Finding, Place, finding
from reportkit.definitions.text import Text

MB: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a workbook may be; of 3,295 workbooks in the wild all but a few stayed far below.

    `ratio` is bytes unpacked ÷ packed, asked only above `ratio_from` bytes: small regular files exceed it honestly.
    `cells` bounds the last row × the last column of a sheet, `odd_sheet` the bytes of one in unusual markup, `text` the
    characters its cells hold together.
    """

    file: int = 50 * MB
    unpacked: int = 100 * MB
    parts: int = 2_000
    ratio: int = 100
    ratio_from: int = 20 * MB
    cells: int = 5_000_000
    odd_sheet: int = 8 * MB
    text: int = 100 * MB


LIMITS: Final = Limits()


@dataclass(frozen=True)
class Package:
    """A sound workbook in memory: its bytes, its XML parts by name, and what is to be said of it nevertheless."""

    file: str
    content: bytes
    parts: Mapping[str, bytes]
    findings: tuple[Finding, ...] = ()


class Unsound(Exception):
    """A file that must not be used: a verdict on it, as the code and words of its finding."""

    def __init__(self, code: str, sheet: str | None = None, **words: str | Text) -> None:
        super().__init__(code)
        self.code = code
        self.sheet = sheet
        self.words = words

    def at(self, file: str) -> Finding:
        """Return the finding on a file."""
        return Finding(self.code, KINDS[self.code].severity, Place(file, self.sheet), None, self.words)


def preflight(path: Path, *, password: str | None = None, limits: Limits = LIMITS) -> Package | Finding:
    """Return a workbook read into memory and found sound, or why it must not be parsed."""
    try:
        return _package(path.name, _opened(path, password, limits), limits)
    except Unsound as verdict:
        return verdict.at(path.name)


NO_FILE: Final = Text("文件不存在", "檔案不存在", "there is no such file")
NO_REGULAR_FILE: Final = Text("这不是一个文件", "這不是一個檔案", "it is a folder or a device, not a file")
EMPTY: Final = Text("文件是空的（0 字节）", "檔案是空的（0 位元組）", "it is empty (0 bytes)")
LARGE: Final = Text("{size} MB，上限 {limit} MB", "{size} MB，上限 {limit} MB", "{size} MB; at most {limit} MB")
UNPACKS: Final = Text(
    "解压后 {size} MB，上限 {limit} MB", "解壓後 {size} MB，上限 {limit} MB", "{size} MB unpacked; at most {limit} MB"
)
MANY_PARTS: Final = Text("内含 {size} 个部件", "內含 {size} 個部件", "it holds {size:part|parts}")
OWNER_FILE: Final = Text(
    "Excel 打开文件时的临时文件", "Excel 開啟檔案時的暫存檔", "Excel's own note that a file is open"
)
IN_FACT: Final = Text("实际是 {format}", "實際是 {format}", "in fact {format}")
OTHER: Final = Text("不是 Excel 文件", "不是 Excel 檔案", "not a file of Excel's")
TRUNCATED: Final = Text("内容不完整", "內容不完整", "part of it is missing")
CHECKSUM: Final = Text("{part} 校验和不符", "{part} 校驗和不符", "the checksum of {part} is wrong")
TWICE: Final = Text("{part} 出现两次", "{part} 出現兩次", "{part} is there twice")
NO_PART: Final = Text("缺少 {part}", "缺少 {part}", "{part} is missing")
ENTITIES: Final = Text("{part} 含有不允许的声明", "{part} 含有不允許的宣告", "{part} declares what it must not")

CONTROLS: Final = Text("{part} 含有不允许的字符", "{part} 含有不允許的字元", "{part} holds characters it must not")


def _opened(path: Path, password: str | None, limits: Limits) -> bytes:
    """Return the bytes of a zip archive, decrypted where need be."""
    try:
        status = path.stat()
        size = status.st_size
        if not stat.S_ISREG(status.st_mode):
            raise Unsound("file.unreadable", reason=NO_REGULAR_FILE)
        if size > limits.file:
            raise Unsound("file.too_large", reason=LARGE.filled(size=size // MB, limit=limits.file // MB))
        content = path.read_bytes()
    except FileNotFoundError:
        raise Unsound("file.unreadable", reason=NO_FILE) from None
    except PermissionError:
        raise Unsound("file.locked") from None
    except OSError as error:
        raise Unsound("file.unreadable", reason=error.strerror or str(error)) from None
    if not content:
        raise Unsound("file.damaged", reason=EMPTY)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        content = _decrypted(content, password)
    if not content.startswith(b"PK"):
        raise Unsound("file.format", reason=OWNER_FILE if path.name.startswith("~$") else _format(content))
    return content


def _format(content: bytes) -> Text:
    """Return what a file that is no archive seems to be."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<meta")):
        return IN_FACT.filled(format="HTML")
    if start.startswith(b"<?xml"):
        return IN_FACT.filled(format="XML")
    if start.startswith(b"%pdf"):
        return IN_FACT.filled(format="PDF")
    if b"\x00" not in start and (b"," in start or b"\t" in start):
        return IN_FACT.filled(format="CSV")
    return OTHER


DEFAULT_PASSWORD: Final = "VelvetSweatshop"  # noqa: S105 # what Excel itself tries before it asks
MOST_ROUNDS: Final = 1_000_000  # of hashing a password: ten times what Excel uses, a second's work
ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")


def _decrypted(content: bytes, password: str | None) -> bytes:
    """Return what an encrypted workbook holds; an old .xls looks alike from outside."""
    if ENCRYPTED_STREAM not in content:
        raise Unsound("file.format", reason=IN_FACT.filled(format=".xls"))
    rounds = re.search(rb'spinCount="(\d+)"', content)
    if rounds is not None and int(rounds[1]) > MOST_ROUNDS:
        raise Unsound("file.encrypted")
    try:
        from msoffcrypto import OfficeFile
    except ImportError:  # the extra `crypt` is not installed
        raise Unsound("file.encrypted") from None
    for one in (password, DEFAULT_PASSWORD):
        if one is None:
            continue
        plain = BytesIO()
        try:
            locked = OfficeFile(BytesIO(content))
            locked.load_key(password=one, verify_password=True)
            locked.decrypt(plain)
        except Exception:  # noqa: BLE001, S112 # a wrong password is told from a damaged file in no other way
            continue
        return plain.getvalue()
    raise Unsound("file.encrypted")


WORKBOOKS: Final = (
    b"spreadsheetml.sheet.main+xml",
    b"spreadsheetml.template.main+xml",
    b"ms-excel.sheet.macroEnabled.main+xml",
    b"ms-excel.template.macroEnabled.main+xml",
)
OTHER_PACKAGES: Final = {
    b"ms-excel.sheet.binary": ".xlsb",
    b"wordprocessingml": ".docx",
    b"presentationml": ".pptx",
}
PROLOGUE: Final = 1 << 16  # where a document type stands; our own parser refuses one wherever it is
FIRST_LINE: Final = 100  # characters within which it ends; most parts have no other line
WHITE_SPACE: Final = frozenset(b"\t\n\r")
UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
UTF8_NAME: Final = 0x800  # a flag of the archive's directory
BROKEN_ZIP: Final = (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError, OverflowError)
CONTENT_TYPES: Final = "[Content_Types].xml"


def _package(file: str, content: bytes, limits: Limits) -> Package:
    """Return the package an archive holds."""
    try:
        directory = zipfile.ZipFile(BytesIO(content)).infolist()
    except BROKEN_ZIP:
        raise Unsound("file.damaged", reason=TRUNCATED) from None
    names = [part.filename for part in directory]
    _within(directory, limits, len(content))
    if CONTENT_TYPES not in names:
        raise Unsound("file.format", reason=IN_FACT.filled(format=".ods") if "mimetype" in names else OTHER)
    if len(set(names)) < len(names):
        raise Unsound("file.damaged", reason=TWICE.filled(part=next(name for name in names if names.count(name) > 1)))
    parts: dict[str, bytes] = {}
    for part in directory:
        unpacked = _unpacked(content, part)
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            if unpacked.find(b"<!DOCTYPE", 0, PROLOGUE) >= 0 or unpacked.startswith(UTF16):
                raise Unsound("file.damaged", reason=ENTITIES.filled(part=part.filename))
            if _holds_controls(unpacked):
                raise Unsound("file.damaged", reason=CONTROLS.filled(part=part.filename))
            parts[part.filename] = unpacked
    _check_kind(parts[CONTENT_TYPES])
    return Package(file, content, parts, tuple(_warnings(names, Place(file))))


def _holds_controls(xml: bytes) -> bool:
    """Return whether there are characters no XML may hold, which parsers let pass: other controls than white space."""
    characters = np.frombuffer(xml, np.uint8)
    if characters[FIRST_LINE:].min(initial=ord(" ")) == ord(" "):
        characters = characters[:FIRST_LINE]
    return not set(characters[characters < ord(" ")].tolist()) <= WHITE_SPACE


def _check_kind(content_types: bytes) -> None:
    """Raise where a package is no workbook."""
    if not any(mark in content_types for mark in WORKBOOKS):
        known = next((name for mark, name in OTHER_PACKAGES.items() if mark in content_types), None)
        raise Unsound("file.format", reason=IN_FACT.filled(format=known) if known else OTHER)


def _warnings(names: Iterable[str], place: Place) -> Iterator[Finding]:
    """Yield what a workbook holds besides sheets that nothing is done with."""
    folders = {name.lower().split("/")[1] for name in names if name.lower().startswith("xl/")}
    if "vbaproject.bin" in folders:
        yield finding("file.macros", place)
    if not folders.isdisjoint({"externallinks", "embeddings"}):
        yield finding("file.links", place)


def _within(directory: Iterable[zipfile.ZipInfo], limits: Limits, packed: int) -> None:
    """Raise where the archive's own directory says it is too large to unpack."""
    sizes = [part.file_size for part in directory]
    if len(sizes) > limits.parts:
        raise Unsound("file.too_large", reason=MANY_PARTS.filled(size=len(sizes)))
    unpacked = sum(sizes)
    if unpacked > limits.unpacked or (unpacked > limits.ratio_from and unpacked > limits.ratio * packed):
        raise Unsound("file.too_large", reason=UNPACKS.filled(size=unpacked // MB, limit=limits.unpacked // MB))


def _unpacked(content: bytes, part: zipfile.ZipInfo) -> bytes:
    """Return a part, never more of it than the directory says, and only if its checksum is right."""
    try:
        name, extra = struct.unpack_from("<HH", content, part.header_offset + 26)
        named = content[part.header_offset + 30 : part.header_offset + 30 + name]
        start = part.header_offset + 30 + name + extra
        packed = memoryview(content)[start : start + part.compress_size]
        if part.flag_bits & 1 or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unsound("file.format", reason=OTHER)
        if part.compress_type == zipfile.ZIP_STORED:
            unpacked, whole = bytes(packed), True
        else:
            inflate = zlib.decompressobj(-zlib.MAX_WBITS)
            unpacked = inflate.decompress(packed, part.file_size + 1)
            whole = inflate.eof
    except (struct.error, zlib.error):
        raise Unsound("file.damaged", reason=CHECKSUM.filled(part=part.filename)) from None
    if named != part.orig_filename.encode("utf-8" if part.flag_bits & UTF8_NAME else "cp437"):
        raise Unsound("file.damaged", reason=NO_PART.filled(part=part.filename))
    if not whole or len(unpacked) != part.file_size or zlib.crc32(unpacked) != part.CRC:
        raise Unsound("file.damaged", reason=CHECKSUM.filled(part=part.filename))
    return unpacked
