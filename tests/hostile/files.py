"""Files nobody should have to read, made on the spot: each a small version of one seen in the wild."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile

from tests.text_tables import cells, write

LOG = """
日期 | 服务类型 | 内容摘要
2026-11-23 | 其他 | 好
2026-11-24 | 其他 | 也好
"""
SHEET = "xl/worksheets/sheet1.xml"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def log(path: Path) -> Path:
    """Write a small good log."""
    return write(path, {"每日记录": cells(LOG)})


def parts(path: Path) -> dict[str, bytes]:
    """Return the parts of a package."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def pack(path: Path, content: Mapping[str, bytes], level: int = 6) -> Path:
    """Write a package of parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as package:
        for name, part in content.items():
            package.writestr(name, part)
    return path


def altered(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Write a good log with one part changed."""
    content = parts(log(path))
    return pack(path, {**content, part: change(content[part])})


def rows_of(xml: bytes, rows: bytes) -> bytes:
    """Return a sheet with other rows."""
    head, _, rest = xml.partition(b"<sheetData>")
    return head + b"<sheetData>" + rows + b"</sheetData>" + rest.partition(b"</sheetData>")[2]


def truncated(path: Path) -> None:
    content = log(path).read_bytes()
    path.write_bytes(content[: len(content) // 2])


def zero_bytes(path: Path) -> None:
    path.touch()


def xls(path: Path) -> None:
    path.write_bytes(OLE + b"\x00" * 504 + "Workbook".encode("utf-16-le") + b"\x00" * 1024)


def xlsb(path: Path) -> None:
    types = b'<Types><Override ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
    pack(path, {"[Content_Types].xml": types, "xl/workbook.bin": b"\x83\x01\x00"})


def ods(path: Path) -> None:
    pack(path, {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<office/>"})


def docx(path: Path) -> None:
    types = b'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document"/></Types>'
    pack(path, {"[Content_Types].xml": types, "word/document.xml": b"<w/>"})


def csv(path: Path) -> None:
    path.write_text("日期,服务类型\n2026-11-23,其他\n", "gb18030")


def html(path: Path) -> None:
    path.write_text("<html><table><tr><td>日期</td></tr></table></html>", "utf-8")


def owner_file(path: Path) -> None:
    path.write_bytes(b"\x05zhang" + b" " * 50 + b"\x00" * 109)


def encrypted(path: Path, password: str = "geheim") -> None:  # noqa: S107 # of a file made for the test
    plain = io.BytesIO(log(path).read_bytes())
    with path.open("wb") as locked:
        OOXMLFile(plain).encrypt(password, locked)


def bomb(path: Path) -> None:
    altered(path, SHEET, lambda xml: rows_of(xml, b'<row r="2"><c r="A2"><v>1</v></c></row>' * 600_000))


def lying_bomb(path: Path) -> None:
    """Declare a kilobyte where the packed data holds megabytes."""
    altered(path, SHEET, lambda xml: rows_of(xml, b'<row r="2"><c r="A2"><v>1</v></c></row>' * 100_000))
    content = bytearray(path.read_bytes())
    at = content.index(SHEET.encode(), content.index(b"PK\x01\x02")) - 46
    content[at + 24 : at + 28] = struct.pack("<I", 1000)
    path.write_bytes(content)


def many_parts(path: Path) -> None:
    pack(path, {**parts(log(path)), **{f"xl/media/{number}.png": b"x" for number in range(2500)}})


def far_cell(path: Path) -> None:
    altered(path, SHEET, lambda xml: rows_of(xml, b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def far_cell_in_odd_markup(path: Path) -> None:
    far = b"<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c s='0' r='XFD1048576'><v>1</v></c></row>"
    altered(path, SHEET, lambda xml: rows_of(xml, far))


def far_cell_without_reference(path: Path) -> None:
    altered(
        path,
        SHEET,
        lambda xml: rows_of(xml, b'<row r="1"><c r="A1"/></row><row r="1048576">' + b"<c/>" * 10 + b"</row>"),
    )


def nested_entities(path: Path) -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE worksheet [<!ENTITY a0 "lol">{levels}]>'.encode()
    altered(path, SHEET, lambda xml: xml.replace(b"<worksheet", doctype + b"<worksheet", 1))


def utf16(path: Path) -> None:
    altered(path, SHEET, lambda xml: xml.decode().replace("UTF-8", "UTF-16").encode("utf-16"))


def unknown_encoding(path: Path) -> None:
    """Name an encoding nobody has in a part the reader itself parses."""
    content = parts(log(path))
    rels = content["_rels/.rels"].replace(b'encoding="UTF-8"', b'encoding="TF-8"')
    pack(path, {**content, "_rels/.rels": rels})


def broken_xml(path: Path) -> None:
    altered(path, SHEET, lambda xml: xml[: xml.index(b'<c r="B3"')])


def broken_properties(path: Path) -> None:
    pack(path, {**parts(log(path)), "docProps/custom.xml": b"<Properties><property>"})


def lost_sheet(path: Path) -> None:
    content = parts(log(path))
    del content[SHEET]
    pack(path, content)


def lost_relations(path: Path) -> None:
    content = parts(log(path))
    del content["xl/_rels/workbook.xml.rels"]
    pack(path, content)


def part_twice(path: Path) -> None:
    content = parts(log(path))
    with zipfile.ZipFile(path, "w") as package:
        for name, part in [*content.items(), (SHEET, content[SHEET])]:
            package.writestr(name, part)


def flipped_bit(path: Path) -> None:
    """Flip a bit of a stored value, as a failing disk does: the parser itself would read another number."""
    content = parts(log(path))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as package:
        for name, part in content.items():
            package.writestr(name, part)
    damaged = path.read_bytes().replace(b"<v>46349</v>", b"<v>46348</v>", 1)
    path.write_bytes(damaged)


def one_row_twice(path: Path) -> None:
    twice = b'<row r="2"><c r="A2"><v>46349</v></c></row><row r="2"><c r="A2"><v>46350</v></c></row>'
    altered(path, SHEET, lambda xml: rows_of(xml, xml.partition(b"<sheetData>")[2].partition(b'<row r="2"')[0] + twice))


def many_hash_rounds(path: Path) -> None:
    path.write_bytes(
        OLE + "EncryptedPackage".encode("utf-16-le") + b'<keyData spinCount="2000000000"/>' + b"\x00" * 4096
    )


def one_long_text_everywhere(path: Path) -> None:
    """Refer from two thousand cells to one text of a megabyte: 17 kB on disk, gigabytes once it is read."""
    content = parts(log(path))
    texts, _, _ = content["xl/sharedStrings.xml"].rpartition(b"</sst>")
    long = texts + b"<si><t>" + b"x" * 1_000_000 + b"</t></si></sst>"
    sheet = content[SHEET]
    head = sheet.partition(b"<sheetData>")[2].partition(b'<row r="2"')[0]
    rows = b"".join(
        b'<row r="%d"><c r="C%d" t="s"><v>%d</v></c></row>' % (row, row, texts.count(b"<si>")) for row in range(2, 2002)
    )
    pack(path, {**content, "xl/sharedStrings.xml": long, SHEET: rows_of(sheet, head + rows)})


def text_that_is_not_there(path: Path) -> None:
    """Refer to a text beyond the end of the workbook's list."""
    altered(path, SHEET, lambda xml: xml.replace(b't="s"><v>4</v>', b't="s"><v>999999</v>', 1))


def million_rows_declared(path: Path) -> None:
    altered(path, SHEET, lambda xml: xml.replace(b'<dimension ref="A1:C3"/>', b'<dimension ref="A1:XFD1048576"/>'))


def macros(path: Path) -> None:
    content = parts(log(path))
    content["[Content_Types].xml"] = content["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    pack(path, {**content, "xl/vbaProject.bin": b"\x00"})


def strict(path: Path) -> None:
    """Write a log as Excel's "Strict Open XML" does: other namespaces."""
    content = parts(log(path))
    for name, part in content.items():
        part = part.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
        content[name] = part.replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
    pack(path, content)


def somebody_elses(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Quarter", "Sales"])
    book.save(path)


def formatted_to_the_end(path: Path) -> None:
    """Format blank cells far below the last row, as a whole-column style does."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("每日记录")
        for row, line in enumerate(cells(LOG)):
            for column, value in enumerate(line):
                sheet.write(row, column, str(value))
        bold = book.add_format({"bold": True})
        for row in range(3, 5000):
            sheet.write_blank(row, 0, None, bold)
