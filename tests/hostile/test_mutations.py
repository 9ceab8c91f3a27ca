"""Damage done at random to a good log: never a crash, never a hang, never another value without a finding."""

import random
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.etree.ElementTree import ParseError

import pytest

from reportkit.definitions.forms import FORMS
from reportkit.read.book import Book, RawBook
from reportkit.read.workbook import read_book
from reportkit.validate.workbook import validate
from tests.hostile import files
from tests.hostile.plainly import Cells, cells_in, differences
from tests.text_tables import CUSTOMERS, TODAY, cells, write

ACTIVITIES = """
日期 | 时间 | 服务类型 | 客户编号 | 沟通方式 | 是否有效 | 时长（分钟） | 内容摘要
2026-11-23 | 09:30 | 客户回访 | C1 | 电话 | 是 | 15 | 谈了基金
2026-11-24 | 10:15 | 基金客户沟通 | C2 | 微信 | 否 | 7.5 | 再联系
2026-11-25 | 11:00 | 盘面观点 | | 短信 | | 3 | 观点
"""
CASES = """
工单编号 | 客户编号 | 提出时间 | 问题分类 | 工单状态 | 首次响应时间
K1 | C1 | 2026-11-23 09:00:00 | 交易 | 已解决 | 2026-11-23 09:00:20
K2 | C2 | 2026-11-24 09:00:00 | 系统 | 待处理 |
"""
Mutate = Callable[[random.Random, Path, bytes], bytes]


def good_log(path: Path) -> bytes:
    """Write the log that is damaged."""
    tables = {"客户档案": cells(CUSTOMERS), "每日记录": cells(ACTIVITIES), "问题工单": cells(CASES)}
    return write(path, tables).read_bytes()


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return good_log(tmp_path_factory.mktemp("good") / "A001.xlsx")


def flip(dice: random.Random, _: Path, content: bytes) -> bytes:
    """Flip one bit of the file."""
    damaged = bytearray(content)
    damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
    return bytes(damaged)


def cut(dice: random.Random, _: Path, content: bytes) -> bytes:
    """Lose a stretch of the file."""
    start = dice.randrange(len(content))
    return content[:start] + content[start + dice.randrange(1, 400) :]


def scribble(dice: random.Random, _: Path, content: bytes) -> bytes:
    """Overwrite a stretch of the file."""
    start, size = dice.randrange(len(content)), dice.randrange(1, 40)
    return content[:start] + dice.randbytes(size) + content[start + size :]


def edit_xml(dice: random.Random, path: Path, content: bytes) -> bytes:
    """Damage the XML of a part, checksums being right: what a bad program writes."""
    path.write_bytes(content)
    parts = files.parts(path)
    name = dice.choice(sorted(parts))
    part = bytearray(parts[name])
    start, size = dice.randrange(len(part)), dice.randrange(1, 12)
    part[start : start + size] = dice.choice(
        [b"", b"<", b">", b'"', b"&", b"<c/>", b"\x00", bytes(part[start : start + size]) * 2]
    )
    return files.pack(path, {**parts, name: bytes(part)}).read_bytes()


def lose_part(dice: random.Random, path: Path, content: bytes) -> bytes:
    """Lose a part."""
    path.write_bytes(content)
    parts = files.parts(path)
    del parts[dice.choice(sorted(parts))]
    return files.pack(path, parts).read_bytes()


def swap_parts(dice: random.Random, path: Path, content: bytes) -> bytes:
    """Let two parts stand under each other's names."""
    path.write_bytes(content)
    parts = files.parts(path)
    one, other = dice.sample(sorted(parts), 2)
    return files.pack(path, {**parts, one: parts[other], other: parts[one]}).read_bytes()


def stretch(dice: random.Random, path: Path, content: bytes) -> bytes:
    """Let a sheet, a row or a cell lie where it does not."""
    far = dice.choice(
        [b"1048576", b"1048577", b"99999999999", b"0", b"-1", b"2", b"XFD1048576", b"XFE2", b"a3", b"A1:XFD1048576"]
    )
    return _somewhere(dice, path, content, SHEETS, rb' (?:r|ref|spans)="([^"]*)"', far)


def play_with_texts(dice: random.Random, path: Path, content: bytes) -> bytes:
    """Refer to another text, or to none, or say otherwise how many there are, or give a text runs and readings."""
    if dice.random() < 0.4:
        other = dice.choice([b"0", b"3", b"-1", b"1e3", b"4294967296", b"", b" 2 ", b"x", b"2.5"])
        return _somewhere(dice, path, content, SHEETS, rb't="s"><v>([^<]*)</v>', other)
    said = dice.choice(
        [b"</t></si><si><t>", b"</t><t>", b"</t><r><t>+</t></r><t>", b"</t><rPh sb='0' eb='1'><t>du</t></rPh><t>", b"_x000D_", b"_x0041_",
         b"&#10;", b"&#x202E;", b"&#xD800;", b"&#0;", b"<![CDATA[7]]>", b"<!-- -->", b"?><t>"]
    )  # fmt: skip
    return _somewhere(dice, path, content, ["xl/sharedStrings.xml"], rb"<t[^>]*>[^<]()", said)


def declare(dice: random.Random, path: Path, content: bytes) -> bytes:
    """Declare entities, nested or of a file, and use one."""
    declared = dice.choice(
        [
            b'<!ENTITY a "7">',
            b'<!ENTITY b "77"><!ENTITY a "&b;&b;">',
            b'<!ENTITY a SYSTEM "file:///etc/passwd">',
            b'<!ENTITY % a "7">',
        ]
    )
    path.write_bytes(content)
    parts = files.parts(path)
    name = dice.choice(sorted(parts))
    text = parts[name].replace(b"?>", b"?><!DOCTYPE x [" + declared + b"]>", 1).replace(b"</v>", b"&a;</v>", 1)
    return files.pack(path, {**parts, name: text}).read_bytes()


def _somewhere(
    dice: random.Random, path: Path, content: bytes, names: Sequence[str], pattern: bytes, new: bytes
) -> bytes:
    """Put something in the place of one group a pattern finds in one of some parts."""
    path.write_bytes(content)
    parts = files.parts(path)
    name = dice.choice(names)
    found = dice.choice(list(re.finditer(pattern, parts[name])))
    return files.pack(
        path, {**parts, name: parts[name][: found.start(1)] + new + parts[name][found.end(1) :]}
    ).read_bytes()


SHEETS = [f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3)]
FILE_DAMAGE: list[Mutate] = [flip, cut, scribble]
XML_DAMAGE: list[Mutate] = [edit_xml, edit_xml, lose_part, swap_parts, stretch, play_with_texts, declare]


def read(path: Path, content: bytes) -> tuple[RawBook, Book]:
    path.write_bytes(content)
    raw = read_book(path, FORMS)
    return raw, validate(raw, TODAY)


def values(raw: RawBook) -> dict[str, tuple[object, ...]]:
    return {code: (sheet.rows, dict(sheet.columns)) for code, sheet in raw.sheets.items()}


def stands(path: Path) -> dict[str, Cells] | None:
    """Return what a file's cells hold by the letter of the standard; None where it does not keep to that."""
    try:
        return cells_in(path)
    except (ParseError, LookupError, ValueError, StopIteration):
        return None


def check(path: Path, good: bytes, seeds: range, damages: list[Mutate]) -> Counter[str]:
    """Damage a log once for each seed, hold what is read to the rules, and return how often which damage was done.

    What is read without a new finding is what stood in the undamaged log. Where checksums are right nobody can know
    what that was: there it is what stands in the file, cell by cell, for anybody who reads it by the standard.
    """
    done: Counter[str] = Counter()
    reference, clean = read(path, good)
    known = len(clean.findings)
    for seed in seeds:
        dice = random.Random(seed)
        damage = dice.choice(damages)
        done[(damage.__doc__ or "").rstrip(".")] += 1
        raw, book = read(path, damage(dice, path, good))
        for table in book.tables.values():
            assert len(table.frame) + len(table.excluded) == len(raw.sheets[table.form.code].rows), seed
        if values(raw) != values(reference):
            there = stands(path) if damage in XML_DAMAGE else None
            if there is None:
                assert len(book.findings) > known or not book.tables, (seed, damage.__name__)
            else:
                assert differences(raw, there) == [], (seed, damage.__name__)
    return done


def test_damage_to_the_file_never_changes_a_value_silently(tmp_path: Path, good: bytes) -> None:
    check(tmp_path / "A001.xlsx", good, range(300), FILE_DAMAGE)


def test_damage_to_the_xml_never_crashes_nor_reads_what_does_not_stand_there(tmp_path: Path, good: bytes) -> None:
    check(tmp_path / "A001.xlsx", good, range(300), XML_DAMAGE)


@pytest.mark.parametrize(
    ("written", "damaged"),
    [(b"</v></c>", b"</v><v>1</v></c>"), (b' t="s"><v>', b'&="s"><v>'), (b"<sheetData>", b"<sheetData>\x00")],
)
def test_what_parsers_let_pass_is_damage(tmp_path: Path, good: bytes, written: bytes, damaged: bytes) -> None:
    path = tmp_path / "A001.xlsx"
    path.write_bytes(good)
    sheet = files.parts(path)["xl/worksheets/sheet2.xml"]
    assert written in sheet
    sheet = sheet.replace(written, damaged, 1)
    _, book = read(path, files.pack(path, {**files.parts(path), "xl/worksheets/sheet2.xml": sheet}).read_bytes())
    assert [one.code for one in book.findings] == ["file.damaged"]


@pytest.mark.slow
def test_more_damage_to_the_file(tmp_path: Path, good: bytes) -> None:
    check(tmp_path / "A001.xlsx", good, range(1000, 11_000), FILE_DAMAGE)


@pytest.mark.slow
def test_more_damage_to_the_xml(tmp_path: Path, good: bytes) -> None:
    check(tmp_path / "A001.xlsx", good, range(1000, 11_000), XML_DAMAGE)


@pytest.mark.slow
def test_every_single_bit_of_the_file(tmp_path: Path, good: bytes) -> None:
    path = tmp_path / "A001.xlsx"
    reference, clean = read(path, good)
    with zipfile.ZipFile(path) as package:
        sheet = package.getinfo("xl/worksheets/sheet2.xml")
    for at in range(sheet.header_offset, sheet.header_offset + 30 + sheet.compress_size):
        damaged = bytearray(good)
        damaged[at] ^= 1 << at % 8
        raw, book = read(path, bytes(damaged))
        assert values(raw) == values(reference) or len(book.findings) > len(clean.findings) or not book.tables, at
