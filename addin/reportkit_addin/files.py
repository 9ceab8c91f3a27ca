"""The files of open workbooks: where they lie, opening one, and what is not in it yet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import xlwings as xw

from reportkit.definitions.errors import MendInput, TryLater
from reportkit_addin import sentences as say
from reportkit_addin.live import LIBREOFFICE

READ: Final = (".xlsx", ".xlsm")  # what a log may be saved as: of others no figure would reach a report


def file_of(book: xw.Book) -> Path:
    """Return where the file of an open workbook lies; its name alone where it lies nowhere on this machine."""
    try:
        return Path(book.fullname)
    except xw.XlwingsError:  # of one in the cloud that is not synced, whoever opened it
        return Path(book.name)


def path_of(book: xw.Book) -> Path:
    """Return the file of an open workbook.

    Raise MendInput where it has none yet, or none on this machine, TryLater where it is no longer where it was.
    """
    path = file_of(book)
    if not path.is_absolute():
        raise MendInput(say.SAVE_FIRST, book=book.name)
    if not path.is_file():
        raise TryLater(say.FILE_AWAY, path=path)
    return path


def log_of(book: xw.Book) -> Path:
    """Return the file of an open log. Raise MendInput where it is saved as what reports do not read."""
    path = path_of(book)
    if path.suffix.lower() not in READ:
        raise MendInput(say.NOT_XLSX, book=book.name)
    return path


def is_same(one: Path, other: Path) -> bool:
    """Tell whether two paths lead to one file or folder: on a share by its letter, and by its server."""
    try:
        return one == other or one.samefile(other)
    except OSError:
        return False


def open_books(app: xw.App) -> list[xw.Book]:
    """Return the open workbooks, each by its name where no two share one.

    On macOS xlwings counts them: once one is closed, the second of those it named is what was the third.
    """
    found = list(app.books)
    counted = app.engine.name != LIBREOFFICE and sys.platform == "darwin"
    return [app.books[one.name] for one in found] if counted else found


def open_book(app: xw.App, path: Path) -> xw.Book:
    """Return a file's workbook, opened unless it is. Raise MendInput where Excel has another of its name open.

    LibreOffice takes two of one name. xlwings would refuse, and opens the letter of a share by its server's name.
    """
    alike = [one for one in open_books(app) if one.name.casefold() == path.name.casefold()]
    known = next((one for one in alike if is_same(file_of(one), path)), None)
    if known is not None:
        return known
    if alike and app.engine.name != LIBREOFFICE:
        raise MendInput(say.SAME_NAME, name=path.name, path=path)
    return xw.Book(impl=app.impl.books.open(str(path)))


def nothing_to_save(book: xw.Book) -> None:
    """Have a workbook be closed without a question: what it holds can be made again."""
    if book.app.engine.name == LIBREOFFICE:
        book.api.setModified(False)
    elif sys.platform == "win32":
        book.api.Saved = True
    else:
        book.api.saved.set(True)


def has_something_to_save(book: xw.Book) -> bool:
    """Tell whether a workbook holds what its file does not."""
    if book.app.engine.name == LIBREOFFICE:
        return bool(book.api.isModified())
    return not (book.api.Saved if sys.platform == "win32" else book.api.saved.get())


def refuse_read_only(book: xw.Book) -> None:
    """Raise MendInput where nothing may be written into an open workbook."""
    if book.app.engine.name == LIBREOFFICE and book.api.isReadonly():
        raise MendInput(say.READ_ONLY, book=book.name)


def refuse_protected_view(book: xw.Book) -> None:
    """Raise MendInput where Excel shows a file in protected view: the active workbook is another then, behind it."""
    if book.app.engine.name != LIBREOFFICE and sys.platform == "win32":
        shown = book.app.api.ActiveProtectedViewWindow
        if shown is not None:
            raise MendInput(say.READ_ONLY, book=shown.Caption)
