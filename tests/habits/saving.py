"""Logs saved as something else, or by something else than Excel, and what reading them must say."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import openpyxl
import xlsxwriter
import xlwings as xw

from reportkit.definitions.text import Text
from tests.office import convert

PASSWORD: Final = "只有我知道"  # noqa: S105 # of a file in a test
Saving = Callable[[xw.App, Path, Path], Path]


@dataclass(frozen=True)
class Saved:
    """A way to save a log (app, log, folder → the file that is read) and the findings it must give.

    Without an error among them the same rows and figures are read, else nothing is.
    """

    what: Text
    save: Saving
    finds: tuple[str, ...]
    read: bool

    @property
    def name(self) -> str:
        """The name of the function that does it."""
        return self.save.__name__


SAVED: Final[list[Saved]] = []


def saved(chinese: str, english: str, *finds: str, read: bool = True) -> Callable[[Saving], Saving]:
    """Enter what a function does into the table."""

    def enter(save: Saving) -> Saving:
        SAVED.append(Saved(Text(chinese, chinese, english), save, finds, read))
        return save

    return enter


def _as(app: xw.App, log: Path, target: Path, password: str | None = None) -> Path:
    """Open a file in the office and save it as another."""
    book = app.books.open(log)
    try:
        book.save(target, password=password)
    finally:
        book.close()
    return target


@saved("另存为 .xls", "Save as .xls", "file.format", read=False)
def as_xls(app: xw.App, log: Path, folder: Path) -> Path:
    return _as(app, log, folder / "A001 张伟.xls")


@saved("另存为 .xls，再存回 .xlsx", "Save as .xls, then as .xlsx again")
def as_xls_and_back(app: xw.App, log: Path, folder: Path) -> Path:
    return _as(app, _as(app, log, folder / "old.xls"), folder / log.name)


@saved("WPS 的 .et", "WPS's .et", "file.format", read=False)
def as_et(app: xw.App, log: Path, folder: Path) -> Path:
    return as_xls(app, log, folder).rename(folder / "A001 张伟.et")  # the same format under another name


@saved("另存为 .ods", "Save as .ods", "file.format", read=False)
def as_ods(app: xw.App, log: Path, folder: Path) -> Path:
    return _as(app, log, folder / "A001 张伟.ods")


@saved("另存为 .ods，再存回 .xlsx", "Save as .ods, then as .xlsx again")
def as_ods_and_back(app: xw.App, log: Path, folder: Path) -> Path:
    return _as(app, _as(app, log, folder / "open.ods"), folder / log.name)


@saved("另存为 .csv", "Save as .csv", "file.format", read=False)
def as_csv(app: xw.App, log: Path, folder: Path) -> Path:
    return _as(app, log, folder / "A001 张伟.csv")


@saved("另存为 .xlsm（没有宏）", "Save as .xlsm (without macros)")
def as_xlsm(app: xw.App, log: Path, folder: Path) -> Path:
    return _as(app, log, folder / "A001 张伟.xlsm")


@saved("另存为 .xlsb", "Save as .xlsb", "file.format", read=False)
def as_xlsb(app: xw.App, log: Path, folder: Path) -> Path:
    target = folder / "A001 张伟.xlsb"
    with zipfile.ZipFile(log) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in source.namelist():  # what tells an .xlsb apart is its declared type; its sheets are never looked at
            content = source.read(name)
            kinds = b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.binary.macroEnabled.main"
            packed.writestr(name, content.replace(b"vnd.openxmlformats-officedocument." + kinds[0], b"vnd." + kinds[1]))
    return target


@saved("在别的地区的 LibreOffice 里打开并保存（德国、泰国）",
       "Open and save in a LibreOffice of other regions (Germany, Thailand)")  # fmt: skip
def in_other_regions(app: xw.App, log: Path, folder: Path) -> Path:
    in_germany = convert(log, "xlsx", folder / "de", region="de-DE")
    return convert(in_germany, "xlsx", folder / "th", region="th-TH")


@saved("设了打开密码", "Protect with a password", "file.encrypted", read=False)
def with_password(app: xw.App, log: Path, folder: Path) -> Path:
    return _as(app, log, folder / log.name, PASSWORD)


@saved("在手机或网页表格里保存（工号属性丢了，公式、表格、下拉都没了）",
       "Save on a phone or on the web (owner, tables and dropdowns are lost)", "advisor.from_name")  # fmt: skip
def on_a_phone(app: xw.App, log: Path, folder: Path) -> Path:
    target = folder / log.name
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:  # texts stand in their cells, as phones write
        day = book.add_format({"num_format": "m/d/yy h:mm"})
        for sheet in openpyxl.load_workbook(log, data_only=True):
            copy = book.add_worksheet(sheet.title)
            for row, line in enumerate(sheet.iter_rows(values_only=True)):
                for column, value in enumerate(line):
                    if isinstance(value, dt.date | dt.time):
                        copy.write_datetime(row, column, value, day)
                    elif isinstance(value, str):
                        copy.write_string(row, column, value)
                    elif value is not None:
                        copy.write(row, column, value)
    return target
