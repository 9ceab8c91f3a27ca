"""A workbook that cannot be opened says why; one that a dead office had open can be."""

from __future__ import annotations

import os
import signal
import zipfile
from pathlib import Path

import pytest
import xlwings as xw

import xlwings_libreoffice as lo
from xlwings_libreoffice.opening import local_path

PASSWORD = "pass word"  # noqa: S105 - of a file made here


def saved(app: xw.App, path: Path, password: str | None = None) -> Path:
    book = app.books.add()
    book.sheets[0]["A1"].value = "kept"
    book.save(path, password=password)
    book.close()
    return path


def test_a_missing_file_and_a_folder(app: xw.App, tmp_path: Path) -> None:
    for opens in (app.books.open, app.books.impl.open):
        with pytest.raises(FileNotFoundError, match=r"none\.xlsx"):
            opens(str(tmp_path / "none.xlsx"))
    with pytest.raises(lo.BookUnreadable, match="folder"):
        app.books.open(tmp_path)


@pytest.mark.parametrize("damage", ["cut", "text", "empty", "part", "nothing of a workbook"])
def test_a_damaged_workbook(app: xw.App, tmp_path: Path, damage: str) -> None:
    path = tmp_path / "damaged.xlsx"
    whole = saved(app, tmp_path / "whole.xlsx")
    if damage in ("cut", "text", "empty"):
        path.write_bytes({"cut": whole.read_bytes()[:2_000], "text": b"hello", "empty": b""}[damage])
    else:
        with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
            target.writestr("note.txt", "no workbook")
            for item in source.infolist() if damage == "part" else []:
                data = source.read(item)
                target.writestr(item, data[: len(data) // 2] if item.filename == "xl/workbook.xml" else data)
    with pytest.raises(lo.BookUnreadable, match=r"damaged.*earlier copy"):
        app.books.open(path)
    assert len(app.books) == 0


@pytest.mark.parametrize("extension", [".xlsx", ".xls", ".ods"])
def test_a_password_is_asked_for_and_kept(app: xw.App, tmp_path: Path, extension: str) -> None:
    path = saved(app, tmp_path / f"secret{extension}", PASSWORD)
    with pytest.raises(lo.PasswordNeeded, match="has a password"):
        app.books.open(path)
    with pytest.raises(lo.PasswordNeeded, match="does not open"):
        app.books.open(path, password="another")  # noqa: S106 - a wrong one
    book = app.books.open(path, password=PASSWORD)
    book.save(tmp_path / f"copy{extension}")
    book.close()
    with pytest.raises(lo.PasswordNeeded):
        app.books.open(tmp_path / f"copy{extension}")
    book = app.books.open(tmp_path / f"copy{extension}", password=PASSWORD)
    assert book.sheets[0]["A1"].value == "kept"
    book.close()


def test_a_password_is_never_lost_to_another_format(app: xw.App, tmp_path: Path) -> None:
    book = app.books.add()
    book.save(tmp_path / "secret.xlsx", password=PASSWORD)
    for extension in (".ods", ".xls"):
        for password in (None, PASSWORD):
            with pytest.raises(lo.FormatNotSupported, match="password"):
                book.save(tmp_path / f"secret{extension}", password=password)
    book.close()
    assert [item.name for item in tmp_path.iterdir()] == ["secret.xlsx"]


def test_a_workbook_open_elsewhere(app: xw.App, tmp_path: Path) -> None:
    path = saved(app, tmp_path / "büch, 1.xlsx")
    with xw.App(visible=False, add_book=False) as other:
        held = other.books.open(path)
        with pytest.raises(lo.BookLocked, match=r"read_only=True.*delete \.~lock\."):
            app.books.open(path)
        reading = app.books.open(path, read_only=True)
        assert reading.sheets[0]["A1"].value == "kept"
        reading.close()
        held.close()
    app.books.open(path).close()


def test_a_workbook_that_a_person_has_open(app: xw.App, tmp_path: Path) -> None:
    path = saved(app, tmp_path / "theirs.xlsx")
    lock = tmp_path / ".~lock.theirs.xlsx#"
    lock.write_text("Li\\, Na,li,desk,25.11.2026 03:00,file:///home/li/.config/libreoffice/4;", encoding="utf-8")
    with pytest.raises(lo.BookLocked, match="Li, Na on desk"):
        app.books.open(path)
    assert lock.exists()
    assert len(app.books) == 0


def test_what_a_killed_office_had_open_opens_again(app: xw.App, tmp_path: Path) -> None:
    path = saved(app, tmp_path / "held.xlsx")
    killed = xw.App(visible=False, add_book=False)
    killed.books.open(path)
    os.kill(killed.pid, signal.SIGKILL)
    killed.impl.office._supervisor.wait(10)
    assert (tmp_path / ".~lock.held.xlsx#").exists()
    book = app.books.open(path)
    book.sheets[0]["A1"].value = "changed"
    book.save()
    book.close()
    killed.quit()
    assert [item.name for item in tmp_path.iterdir()] == ["held.xlsx"]


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("file:///home/a/%E5%BC%A0%20%E4%BC%9F.xlsx", "/home/a/张 伟.xlsx"),
        ("smb://server/share/a.xlsx", "smb://server/share/a.xlsx"),
    ],
)
def test_only_a_file_has_a_path(url: str, path: str) -> None:
    assert local_path(url) == path
