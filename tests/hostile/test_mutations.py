"""Damage done at random to a good log: never a crash, never a hang, never another value without a finding."""

import random
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from reportkit.definitions.forms import FORMS
from reportkit.read.book import Book, RawBook
from reportkit.read.workbook import read_book
from reportkit.validate.workbook import validate
from tests.hostile import files
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


FILE_DAMAGE: list[Mutate] = [flip, cut, scribble]
XML_DAMAGE: list[Mutate] = [edit_xml, lose_part]


def read(path: Path, content: bytes) -> tuple[RawBook, Book]:
    path.write_bytes(content)
    raw = read_book(path, FORMS)
    return raw, validate(raw, TODAY)


def values(raw: RawBook) -> dict[str, tuple[object, ...]]:
    return {code: (sheet.rows, dict(sheet.columns)) for code, sheet in raw.sheets.items()}


def check(path: Path, good: bytes, seeds: range, damages: list[Mutate], *, silent_allowed: bool) -> Counter[str]:
    """Damage a log once for each seed, hold what is read to the rules, and return how often which damage was done."""
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
        if not silent_allowed and values(raw) != values(reference):
            assert len(book.findings) > known or not book.tables, (seed, damage.__name__)
    return done


def test_damage_to_the_file_never_changes_a_value_silently(tmp_path: Path, good: bytes) -> None:
    check(tmp_path / "A001.xlsx", good, range(300), FILE_DAMAGE, silent_allowed=False)


def test_damage_to_the_xml_never_crashes(tmp_path: Path, good: bytes) -> None:
    check(tmp_path / "A001.xlsx", good, range(300), XML_DAMAGE, silent_allowed=True)


@pytest.mark.slow
def test_more_damage_to_the_file(tmp_path: Path, good: bytes) -> None:
    check(tmp_path / "A001.xlsx", good, range(1000, 11_000), FILE_DAMAGE, silent_allowed=False)


@pytest.mark.slow
def test_more_damage_to_the_xml(tmp_path: Path, good: bytes) -> None:
    check(tmp_path / "A001.xlsx", good, range(1000, 11_000), XML_DAMAGE, silent_allowed=True)


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
