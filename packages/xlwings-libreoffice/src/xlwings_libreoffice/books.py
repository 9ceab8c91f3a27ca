"""Books: open workbooks of an App."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from xlwings import base_classes

from . import filters, opening
from .addresses import area_of
from .attribute import ATTRIBUTE
from .errors import CalcError, FormatNotSupported, OfficeGone
from .formats import NumberFormats
from .link import Object
from .names import BookNames
from .office import properties, typed
from .pages import hidden_left_out
from .ranges import Range
from .sheet import Sheet
from .sheets import Sheets
from .tablestyles import TableStyle, read_styles

if TYPE_CHECKING:
    from .app import App

NEVER_EXECUTE, ALWAYS_EXECUTE = 0, 4  # MacroExecMode
NO_UPDATE, FULL_UPDATE = 0, 3  # UpdateDocMode


class Books(base_classes.Books):
    """The open workbooks, in the order they were opened."""

    app: App = ATTRIBUTE

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def api(self) -> Object:
        """UNO's collection of open documents."""
        return self.app.office.desktop.getComponents()  # type: ignore[no-any-return] # a UNO method

    @property
    def active(self) -> Book | None:
        """The workbook in front."""
        return self.app.active_book

    def __call__(self, name_or_index: str | int) -> Book:
        """Workbook of a name or of a number from 1, else KeyError."""
        books = self.app.open_books()
        if isinstance(name_or_index, int):
            if 1 <= name_or_index <= len(books):
                return books[name_or_index - 1]
            raise KeyError(name_or_index)
        for book in books:
            if book.name.lower() == name_or_index.lower():
                return book
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self.app.open_books())

    def __iter__(self) -> Iterator[Book]:
        return iter(self.app.open_books())

    def __contains__(self, name: str) -> bool:
        return any(book.name.lower() == name.lower() for book in self)

    def add(self) -> Book:
        """A new workbook with one sheet, named Book1, Book2 and so on as Excel would."""
        taken = {book.name for book in self}
        number = 1
        while f"Book{number}" in taken:
            number += 1
        document = self._load("private:factory/scalc")
        document.setTitle(f"Book{number}")
        return self.app.adopt(document)

    def open(
        self,
        fullname: str,
        update_links: bool | None = None,
        read_only: bool | None = None,
        format: Any = None,
        password: str | None = None,
        write_res_password: str | None = None,
        ignore_read_only_recommended: bool | None = None,
        origin: Any = None,
        delimiter: str | None = None,
        editable: bool | None = None,
        notify: bool | None = None,
        converter: Any = None,
        add_to_mru: bool | None = None,
        local: bool | None = None,
        corrupt_load: Any = None,
    ) -> Book:
        """Open a file, or find it where it is open; macros run only where `allow_macros` was called.

        `BookLocked`, `PasswordNeeded` or `BookUnreadable` say why it cannot be opened.
        """
        path = Path(fullname).absolute()
        opening.check(path)
        already = next((book for book in self if book.document.getURL() and book.fullname == str(path)), None)
        if already is not None:  # LibreOffice would open it a second time
            return already
        arguments: dict[str, Any] = {"UpdateDocMode": FULL_UPDATE if update_links else NO_UPDATE}
        if read_only:
            arguments["ReadOnly"] = True
        if password:
            arguments["Password"] = password
        text_options = filters.text_options(fullname, delimiter)
        if text_options:
            arguments |= {"FilterName": filters.WRITERS[".csv"], "FilterOptions": text_options}
        try:
            document = self._load(path.as_uri(), **arguments)
        except OfficeGone:
            raise
        except CalcError as failure:
            raise opening.explained(path, password, failure.kind) from failure
        if document.isReadonly() and not read_only:
            self._refuse_locked(path, document)
        book = self.app.adopt(document)
        book.password = password
        return book

    @staticmethod
    def _refuse_locked(path: Path, document: Object) -> None:
        """Close a document again that is read-only because somebody else has it open."""
        lock = opening.lock_of(path)
        if lock is not None:
            document.close(True)
            raise opening.locked(path, lock)

    def _load(self, url: str, **arguments: Any) -> Object:
        macros = ALWAYS_EXECUTE if self.app.engine.macros_allowed else NEVER_EXECUTE
        load = self.app.office.desktop.loadComponentFromURL
        document: Object | None = load(url, "_blank", 0, properties(MacroExecutionMode=macros, **arguments))
        if document is None:
            raise CalcError(f"LibreOffice could not open {unquote(url)}.")
        return document


class Book(base_classes.Book):
    """One open workbook."""

    app: App = ATTRIBUTE

    def __init__(self, app: App, document: Object, uid: str) -> None:
        self.app = app
        self.document: Any = document
        self.uid = uid
        self.password: str | None = None  # where it was opened or saved with one here
        self.known_sheets: dict[str, Sheet] = {}  # by the names they had when they were last asked for

    @property
    def api(self) -> Object:
        """UNO's spreadsheet document."""
        return self.document  # type: ignore[no-any-return] # a UNO object

    def json(self) -> Any:
        """Only for remote engines."""
        raise NotImplementedError("A LibreOffice workbook is no JSON.")

    @property
    def controller(self) -> Any:
        """The document's view."""
        return self.document.getCurrentController()

    @property
    def frame(self) -> Any:
        """The document's window."""
        return self.controller.getFrame()

    @cached_property
    def formats(self) -> NumberFormats:
        """Number formats of the document."""
        return NumberFormats(self.document)

    @cached_property
    def null_date(self) -> dt.datetime:
        """Day zero of the document's dates."""
        day = self.document.NullDate
        return dt.datetime(day.Year, day.Month, day.Day)

    @cached_property
    def table_styles(self) -> dict[str, TableStyle]:
        """Styles of its tables by their names in lower case: LibreOffice has no place for them."""
        return read_styles(self.fullname) if self.document.getURL() else {}

    @property
    def folder(self) -> str:
        """Folder of a saved workbook, else the working folder."""
        return str(Path(self.fullname).parent) if self.document.getURL() else str(Path.cwd())

    @property
    def name(self) -> str:
        """File name; of a workbook never saved its title."""
        url = self.document.getURL()
        return Path(unquote(urlsplit(url).path)).name if url else str(self.document.getTitle())

    @property
    def fullname(self) -> str:
        """Path; of a workbook never saved its title, of one on a server its address."""
        url = self.document.getURL()
        return opening.local_path(url) if url else str(self.document.getTitle())

    @property
    def sheets(self) -> Sheets:
        """Its sheets."""
        return Sheets(self)

    @property
    def names(self) -> BookNames:
        """Its names, those of its sheets included."""
        return BookNames(self)

    def sheet_at(self, index: int) -> Sheet:
        """Sheet at a position from 0."""
        return Sheet(self, self.document.getSheets().getByIndex(index))

    def range_of(self, address: Any) -> Range:
        """Range of a UNO CellRangeAddress."""
        return Range(self.sheet_at(address.Sheet), area_of(address))

    def activate(self) -> None:
        """Bring it to the front."""
        self.app.make_active(self)

    def redraw(self) -> None:
        """Let its windows show again what changes."""
        was_modified = self.document.isModified()
        self.document.unlockControllers()
        if not was_modified:
            self.document.setModified(False)  # rows that get their heights now are no change

    def close(self) -> None:
        """Close without saving."""
        self.document.setModified(False)
        self.document.close(True)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save in the format of the path's extension; without a path under its name, a new one as .xlsx here."""
        if path is None and self.document.getURL():
            styles = self.table_styles
            self.document.store()
            filters.finish(self.fullname, styles)
            return
        target = os.path.realpath(path if path is not None else self.name + ".xlsx")
        opening.check_target(target, [book.fullname for book in self.app.open_books() if book != self])
        styles = self.table_styles  # read before the file they come from can be overwritten
        arguments: dict[str, Any] = {"FilterName": filters.writer(target), "Overwrite": True}
        password = self._password_for(target, password)
        arguments |= filters.encryption(target, password) if password else {}
        text_options = filters.text_options(target)
        if text_options:
            arguments["FilterOptions"] = text_options
        self.document.storeAsURL(Path(target).as_uri(), properties(**arguments))
        self.password = password
        filters.finish(target, styles)

    def _password_for(self, target: str, password: str | None) -> str | None:
        """The password to write a file with: as in Excel a workbook keeps the one it has.

        LibreOffice would leave it out, or write what nobody can open, where the kind of encryption is another one.
        """
        encrypted = any(argument.Name in ("EncryptionData", "Password") for argument in self.document.getArgs())
        if not encrypted:
            return password
        if Path(self.fullname).suffix.lower() != Path(target).suffix.lower():
            raise FormatNotSupported(
                f"{self.name} has a password, which LibreOffice does not carry over to another format. "
                "Save it with its own extension, or copy its sheets to a new workbook and save that."
            )
        if not (password or self.password):
            raise CalcError(f"{self.name} has a password that is not known here. Pass it with password=.")
        return password or self.password

    def to_pdf(self, path: str, quality: str = "standard", **filter_data: Any) -> None:
        """Print the visible sheets into a PDF."""
        options = properties(Quality=70 if quality == "minimum" else 90, **filter_data)
        target = Path(path).absolute().as_uri()
        arguments = properties(FilterName="calc_pdf_Export", FilterData=typed(options), Overwrite=True)
        with hidden_left_out(self.document):
            self.document.storeToURL(target, arguments)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Book) and (self.app, self.uid) == (other.app, other.uid)

    def __hash__(self) -> int:
        return hash((self.app, self.uid))
