"""Is this file a sound .xlsx? Asked before any parser sees it (DOMAIN §8)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from reportkit.findings import Finding, Place, finding
from reportkit.text import Text

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DEFAULT_PASSWORD: Final = "VelvetSweatshop"  # noqa: S105 # Excel's own, for files it protects without asking
MEGABYTE: Final = 1 << 20
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_ENTITIES: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CELL: Final = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_ERROR_CELL: Final = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3}\d{1,7})"[^>]*>(.*?)</(?:\w+:)?c>', re.S
)
_VALUE: Final = re.compile(rb"<(?:\w+:)?v>(#[^<]*)</")
_NO_CACHED: Final = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?>[^<]*</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|</(?:\w+:)?c>)")
_NAMED: Final = re.compile(rb'<(?:\w+:)?sheet\s[^>]*?name="([^"]*)"[^>]*?r:id="([^"]*)"')
_TARGET: Final = re.compile(rb"<Relationship\s[^>]*>")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a workbook may be. Field sizes of thousands of files stay far below (99.9 %: 10 MB unpacked)."""

    packed: int = 100 * MEGABYTE
    unpacked: int = 400 * MEGABYTE
    ratio: int = 100  # looked at above `ratio_from` only: small sheets pack better than that
    ratio_from: int = 20 * MEGABYTE
    parts: int = 2000
    columns: int = 2000
    rows: int = 200_000


LIMITS: Final = Limits()


@dataclass(frozen=True)
class Sound:
    """A workbook that may be parsed: its bytes, findings worth saying, and where error values stand.

    `error_cells` maps a sheet's name to cell → error value; parsers read some of them as blank.
    """

    content: bytes
    findings: tuple[Finding, ...] = ()
    error_cells: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


SAYS: Final[dict[str, Text]] = {
    "empty": Text("文件是空的", "檔案是空的", "it is empty"),
    "xls": Text("旧的 .xls 格式", "舊的 .xls 格式", "the old .xls format"),
    "not zip": Text("文件内容不是工作簿", "檔案內容不是活頁簿", "its content is no workbook"),
    "ods": Text("OpenDocument 表格", "OpenDocument 試算表", "an OpenDocument sheet"),
    "xlsb": Text("二进制的 .xlsb 格式", "二進位的 .xlsb 格式", "the binary .xlsb format"),
    "no book": Text("压缩包里没有工作簿", "壓縮檔裡沒有活頁簿", "the archive holds no workbook"),
    "truncated": Text("压缩包不完整", "壓縮檔不完整", "the archive is cut off"),
    "crc": Text("{part} 的校验和不符", "{part} 的校驗和不符", "the checksum of {part} is wrong"),
    "entities": Text("{part} 里有实体定义", "{part} 裡有實體定義", "{part} defines entities"),
    "size": Text("{size:.0f} MB", "{size:.0f} MB", "{size:.0f} MB"),
    "unpacked": Text("解开后 {size:.0f} MB", "解開後 {size:.0f} MB", "{size:.0f} MB unpacked"),
    "parts": Text("{size:.0f} 个部件", "{size:.0f} 個部件", "{size:.0f} parts"),
    "far": Text("{part} 用到了单元格 {cell}", "{part} 用到了儲存格 {cell}", "{part} uses the cell {cell}"),
}


class _Stop(Exception):
    """A check failed; carries its finding."""

    def __init__(self, code: str, why: str, **words: object) -> None:
        self.code = code
        self.reason = Text(*(text.format(**words) for text in SAYS[why].all()))
        super().__init__(why)


def preflight(path: Path, *, password: str | None = None, limits: Limits = LIMITS) -> Sound | Finding:
    """Return the workbook's bytes where it may be parsed, else the finding that says why not."""
    place = Place(path.name)
    try:
        size = path.stat().st_size
        if size > limits.packed:
            raise _Stop("file.too_large", "size", size=size / MEGABYTE)
        content = path.read_bytes()
        if content.startswith(OLE):
            decrypted = _decrypted(content, password)
            if decrypted is None:
                return finding("file.encrypted", place)
            content = decrypted
        return _checked(content, place, limits)
    except (PermissionError, FileNotFoundError):
        return finding("file.locked", place)
    except _Stop as stop:
        return finding(stop.code, place, reason=stop.reason)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        return finding("file.damaged", place, reason=SAYS["truncated"])
    except Exception as error:  # noqa: BLE001 # zlib and others have errors of their own for broken data
        return finding("file.damaged", place, reason=str(error))


def _decrypted(content: bytes, password: str | None) -> bytes | None:
    """Return an encrypted package opened with the password, or None; an old .xls stops."""
    import msoffcrypto

    if "EncryptedPackage".encode("utf-16-le") not in content:
        raise _Stop("file.format", "xls")
    for word in filter(None, (password, DEFAULT_PASSWORD)):
        opened = io.BytesIO()
        try:
            package = msoffcrypto.OfficeFile(io.BytesIO(content))
            package.load_key(password=word, verify_password=True)
            package.decrypt(opened)
        except Exception:  # noqa: BLE001, S112 # a wrong password and a broken package alike: try the next
            continue
        return opened.getvalue()
    return None


def _checked(content: bytes, place: Place, limits: Limits) -> Sound:
    if not content:
        raise _Stop("file.damaged", "empty")
    if not content.startswith(b"PK"):
        raise _Stop("file.format", "not zip")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        _known_format(package, names)
        _within(package, len(content), limits)
        errors: dict[str, dict[str, str]] = {}
        uncached = False
        titles = _titles(package, names)
        for info in package.infolist():
            part = _read(package, info)
            if info.filename.endswith((".xml", ".rels")) and _ENTITIES.search(part[:4096]):
                raise _Stop("file.damaged", "entities", part=info.filename)
            if _SHEET.fullmatch(info.filename):
                _near(part, info.filename, limits)
                if b't="e"' in part:
                    errors[titles.get(info.filename, "")] = _error_cells(part)
                uncached = uncached or (b"<f" in part and _NO_CACHED.search(part) is not None)
    found = _worth_saying(names, place, uncached=uncached)
    return Sound(content, found, errors)


def _known_format(package: zipfile.ZipFile, names: list[str]) -> None:
    if "mimetype" in names and b"opendocument" in package.read("mimetype"):
        raise _Stop("file.format", "ods")
    if "xl/workbook.bin" in names:
        raise _Stop("file.format", "xlsb")
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise _Stop("file.format", "no book")


def _within(package: zipfile.ZipFile, packed: int, limits: Limits) -> None:
    """Stop where the archive's own directory declares too much; what it hides shows when it is read."""
    parts = package.infolist()
    unpacked = sum(info.file_size for info in parts)
    if len(parts) > limits.parts:
        raise _Stop("file.too_large", "parts", size=len(parts))
    if unpacked > limits.unpacked or (unpacked > limits.ratio_from and unpacked > limits.ratio * packed):
        raise _Stop("file.too_large", "unpacked", size=unpacked / MEGABYTE)


def _read(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return a part, its checksum checked."""
    try:
        return package.read(info)
    except zipfile.BadZipFile:
        raise _Stop("file.damaged", "crc", part=info.filename) from None


def _near(part: bytes, name: str, limits: Limits) -> None:
    """Stop at a cell far away: a parser would make room for all before it."""
    for last in (part.rfind(b"<c "), part.rfind(b"<row ")):
        number = re.search(rb'r="[A-Z]{0,3}(\d+)"', part[last : last + 200]) if last >= 0 else None
        if number and int(number[1]) > limits.rows:
            raise _Stop("file.too_large", "far", part=name, cell=number[1].decode())
    # Three letters are column 703 and beyond: rare enough to look at each.
    for found in re.finditer(rb'r="([A-Z]{3})(\d+)"', part):
        if _number(found[1]) > limits.columns:
            raise _Stop("file.too_large", "far", part=name, cell=(found[1] + found[2]).decode())
    for found in re.finditer(rb'<row [^>]*?r="(\d{6,})"', part):
        if int(found[1]) > limits.rows:
            raise _Stop("file.too_large", "far", part=name, cell=found[1].decode())


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _titles(package: zipfile.ZipFile, names: list[str]) -> dict[str, str]:
    """Return part name → sheet name."""
    from html import unescape

    rels = "xl/_rels/workbook.xml.rels"
    if rels not in names:
        return {}
    targets: dict[bytes, str] = {}
    for tag in _TARGET.findall(package.read(rels)):
        said = dict(re.findall(rb'(\w+)="([^"]*)"', tag))
        target = said.get(b"Target", b"").decode("utf-8", "replace")
        targets[said.get(b"Id", b"")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    sheets = _NAMED.findall(package.read("xl/workbook.xml"))
    return {targets.get(rid, ""): unescape(name.decode("utf-8", "replace")) for name, rid in sheets}


def _error_cells(part: bytes) -> dict[str, str]:
    cells: dict[str, str] = {}
    for cell, inside in _ERROR_CELL.findall(part):
        value = _VALUE.search(inside)
        if value:
            cells[cell.decode()] = value[1].decode("utf-8", "replace")
    return cells


def _worth_saying(names: list[str], place: Place, *, uncached: bool) -> tuple[Finding, ...]:
    found: list[Finding] = []
    if "xl/vbaProject.bin" in names:
        found.append(finding("file.macros", place))
    if uncached:
        found.append(finding("file.not_calculated", place))
    if any(name.startswith(("xl/externalLinks/", "xl/embeddings/")) for name in names):
        found.append(finding("file.links", place))
    return tuple(found)
