"""Every file in the logs folder gets its finding within seconds, and none harms the next (DOMAIN §8)."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reportkit.definitions.forms import FORMS
from reportkit.definitions.text import LANGUAGES
from reportkit.read.preflight import Limits, Package, preflight
from reportkit.read.workbook import read_book
from tests.hostile import files

SECONDS = 10.0
UNUSABLE: list[tuple[Callable[[Path], object], str]] = [
    (files.truncated, "file.damaged"),
    (files.zero_bytes, "file.damaged"),
    (files.xls, "file.format"),
    (files.xlsb, "file.format"),
    (files.ods, "file.format"),
    (files.docx, "file.format"),
    (files.csv, "file.format"),
    (files.html, "file.format"),
    (files.encrypted, "file.encrypted"),
    (files.many_hash_rounds, "file.encrypted"),
    (files.bomb, "file.too_large"),
    (files.lying_bomb, "file.damaged"),
    (files.many_parts, "file.too_large"),
    (files.far_cell, "file.too_large"),
    (files.far_cell_in_odd_markup, "file.too_large"),
    (files.far_cell_without_reference, "file.too_large"),
    (files.nested_entities, "file.damaged"),
    (files.utf16, "file.damaged"),
    (files.unknown_encoding, "file.damaged"),
    (files.broken_xml, "file.damaged"),
    (files.broken_properties, "file.damaged"),
    (files.lost_sheet, "file.damaged"),
    (files.lost_relations, "file.damaged"),
    (files.part_twice, "file.damaged"),
    (files.flipped_bit, "file.damaged"),
    (files.one_long_text_everywhere, "file.too_large"),
    (files.text_that_is_not_there, "file.unreadable"),
    (files.one_row_twice, "rows.mismatch"),
    (files.somebody_elses, "file.not_a_log"),
]


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
@pytest.mark.parametrize(("make", "code"), UNUSABLE, ids=lambda one: getattr(one, "__name__", None))
def test_an_unusable_file(tmp_path: Path, make: Callable[[Path], object], code: str) -> None:
    path = tmp_path / "A001.xlsx"
    make(path)
    started = time.monotonic()
    book = read_book(path, FORMS)
    assert time.monotonic() - started < SECONDS
    assert [one.code for one in book.findings if one.severity == "error"] == [code]
    assert book.sheets == {}
    for language in LANGUAGES:
        assert "{" not in book.findings[-1].message(language)


def test_excels_own_note_that_a_file_is_open(tmp_path: Path) -> None:
    files.owner_file(tmp_path / "~$A001.xlsx")
    assert read_book(tmp_path / "~$A001.xlsx", FORMS).findings[0].code == "file.format"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert [one.code for one in read_book(tmp_path / "A001.xlsx", FORMS).findings] == ["file.unreadable"]


def test_a_folder(tmp_path: Path) -> None:
    assert [one.code for one in read_book(tmp_path, FORMS).findings] == ["file.unreadable"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only a Unix has pipes in its folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "A001.xlsx")
    assert [one.code for one in read_book(tmp_path / "A001.xlsx", FORMS).findings] == ["file.unreadable"]


@pytest.mark.parametrize(
    ("make", "codes"),
    [
        (files.log, set()),
        (files.million_rows_declared, set()),
        (files.strict, set()),
        (files.macros, {"file.macros"}),
        (files.formatted_to_the_end, set()),
    ],
    ids=lambda one: getattr(one, "__name__", None),
)
def test_a_file_that_can_be_used(tmp_path: Path, make: Callable[[Path], object], codes: set[str]) -> None:
    path = tmp_path / "A001.xlsx"
    make(path)
    book = read_book(path, FORMS)
    assert {one.code for one in book.findings} - {"sheet.missing", "column.missing"} == codes
    assert book.sheets["activities"].rows == [2, 3]


def test_an_encrypted_file_opens_with_its_password(tmp_path: Path) -> None:
    files.encrypted(tmp_path / "A001.xlsx")
    assert read_book(tmp_path / "A001.xlsx", FORMS, password="geheim").sheets["activities"].rows == [2, 3]  # noqa: S106
    assert [one.code for one in read_book(tmp_path / "A001.xlsx", FORMS, password="x").findings] == ["file.encrypted"]  # noqa: S106


def test_excels_default_password_is_not_asked_for(tmp_path: Path) -> None:
    files.encrypted(tmp_path / "A001.xlsx", "VelvetSweatshop")
    assert read_book(tmp_path / "A001.xlsx", FORMS).sheets["activities"].rows == [2, 3]


@pytest.mark.parametrize(
    "limits",
    [Limits(file=1000), Limits(unpacked=1000), Limits(parts=3), Limits(ratio_from=1000, ratio=1)],
    ids=["file", "unpacked", "parts", "ratio"],
)
def test_limits(tmp_path: Path, limits: Limits) -> None:
    path = files.log(tmp_path / "A001.xlsx")
    assert isinstance(preflight(path), Package)
    refused = preflight(path, limits=limits)
    assert not isinstance(refused, Package)
    assert refused.code == "file.too_large"
