"""App: one LibreOffice process."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from xlwings import base_classes

from .attribute import ATTRIBUTE
from .books import Book, Books
from .errors import CalcError
from .installation import find_installation
from .link import Enum, Object
from .macros import run_macro
from .office import Office, properties
from .ranges import Range
from .switches import Switches

if TYPE_CHECKING:
    from .engine import Apps, Engine

BUTTONS = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}
ANSWERS = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}


class App(Switches, base_classes.App):
    """An office of this program."""

    pid: int = ATTRIBUTE
    display_alerts: bool = ATTRIBUTE
    enable_events: bool = ATTRIBUTE

    def __init__(self, office: Office, apps: Apps) -> None:
        super().__init__()
        self.office = office
        self.pid = office.pid
        self._apps = apps
        self._books: dict[str, Book] = {}
        self._active_uid = ""
        self._ended = False
        self.display_alerts = True  # what is done through the interface never asks
        self.enable_events = True

    @property
    def engine(self) -> Engine:
        """The engine itself."""
        from . import engine

        return engine.impl  # type: ignore[no-any-return] # xlwings' Engine is untyped

    @property
    def api(self) -> Object:
        """UNO's desktop."""
        return self.office.desktop  # type: ignore[no-any-return] # a UNO attribute

    xl = api

    def is_alive(self) -> bool:
        """Whether the process answers."""
        self._ended = self._ended or not self.office.is_alive()
        return not self._ended

    def quit(self) -> None:
        """End the office; what is not saved is lost as with Excel, but the user of an attached one is asked."""
        if self.office.started and self.is_alive():
            for book in self.open_books():
                with contextlib.suppress(CalcError):  # one that will not close goes with the process
                    book.close()
        self._end(self.office.quit)

    def kill(self) -> None:
        """End the process at once."""
        self._end(self.office.kill)

    def _end(self, how: Any) -> None:
        if not self._ended:
            self._ended = True
            self._apps.remove(self)
            how()

    @property
    def books(self) -> Books:
        """Open workbooks."""
        return Books(self)

    def open_books(self) -> list[Book]:
        """Open workbooks in the order they were opened."""
        found: dict[str, Book] = {}
        components = self.office.desktop.getComponents().createEnumeration()
        while components.hasMoreElements():
            component = components.nextElement()
            uid = component.RuntimeUID if component.offers("RuntimeUID") else ""
            if uid in self._books:
                found[uid] = self._books[uid]
            elif component.offers("supportsService") and component.supportsService(
                "com.sun.star.sheet.SpreadsheetDocument"
            ):
                found[uid] = Book(self, component, uid)
        self._books = dict(sorted(found.items(), key=lambda item: int(item[0])))
        return list(self._books.values())

    def adopt(self, document: Object) -> Book:
        """The workbook of a document just made or opened, with the app's switches applied; it becomes active."""
        uid = document.RuntimeUID
        book = self._books.setdefault(uid, Book(self, document, uid))
        self._switch(book)
        self.make_active(book)
        return book

    def make_active(self, book: Book) -> None:
        """Bring a workbook to the front."""
        self._active_uid = book.uid
        book.frame.activate()

    @property
    def active_book(self) -> Book | None:
        """The workbook in front: the one the user looks at, without windows the one activated last."""
        books = self.open_books()
        if not self.office.started or self.visible:
            current = self.office.desktop.getCurrentComponent()
            if current is not None and current.offers("RuntimeUID"):
                uid = current.RuntimeUID
                if uid in self._books and uid != self._active_uid and self._has_focus(self._books[uid]):
                    return self._books[uid]
        return self._books.get(self._active_uid) or (books[-1] if books else None)

    @staticmethod
    def _has_focus(book: Book) -> bool:
        return bool(book.frame.isActive())

    def activate(self, steal_focus: bool = False) -> None:
        """Make this the active app; with steal_focus its window comes to the front."""
        self._apps.put_first(self)
        book = self.active_book if steal_focus else None
        if book is not None:
            book.frame.ContainerWindow.toFront()

    @property
    def visible(self) -> bool:
        """Whether the windows are shown; without a display they are drawn into memory."""
        return any(book.frame.ContainerWindow.isVisible() for book in self.open_books())

    @visible.setter
    def visible(self, value: bool) -> None:
        for book in self.open_books():
            book.frame.ContainerWindow.setVisible(bool(value))

    @property
    def selection(self) -> Range | None:
        """Selected cells of the active workbook; None while something else is selected."""
        book = self.active_book
        selected = book.document.getCurrentSelection() if book else None
        if book is None or selected is None or not selected.offers("supportsService"):
            return None
        if selected.supportsService("com.sun.star.sheet.SheetCellRanges"):
            return book.range_of(selected.getRangeAddresses()[0])
        if not selected.supportsService("com.sun.star.sheet.SheetCellRange"):
            return None
        return book.range_of(selected.getRangeAddress())

    def calculate(self) -> None:
        """Calculate what has changed in all workbooks."""
        for book in self.open_books():
            book.document.calculate()

    @property
    def version(self) -> str:
        """LibreOffice's version."""
        return str(self._setting("/org.openoffice.Setup/Product", "ooSetupVersionAboutBox"))

    def _setting(self, path: str, name: str) -> Any:
        provider = self.office.service("com.sun.star.configuration.ConfigurationProvider")
        arguments = properties(nodepath=path)
        access = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess", arguments)
        return access.getByName(name)

    @property
    def startup_path(self) -> str:
        """Folder of the user's profile."""
        substitution = self.office.service("com.sun.star.util.PathSubstitution")
        return unquote(urlsplit(substitution.substituteVariables("$(user)", False)).path)

    @property
    def path(self) -> str:
        """Folder of the program."""
        return str(find_installation().program)

    @property
    def hwnd(self) -> int:
        """Excel's window handle: there is none."""
        return 0

    def run(self, macro: str, args: Any) -> Any:
        """Run a Basic macro of a workbook."""
        return run_macro(self, macro, tuple(args))

    def alert(self, prompt: str, title: str, buttons: str, mode: str, callback: str) -> str:
        """Ask in a box; needs windows on a display."""
        book = self.active_book
        if book is None or not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) or not self.visible:
            raise CalcError("An alert needs a visible LibreOffice; this one has no windows.")
        toolkit = self.office.service("com.sun.star.awt.Toolkit")
        kind = {"info": "INFOBOX", "critical": "ERRORBOX"}.get(mode or "", "MESSAGEBOX")
        box = toolkit.createMessageBox(
            book.frame.ContainerWindow,
            Enum("com.sun.star.awt.MessageBoxType", kind),
            BUTTONS[buttons or "ok"],
            title or "",
            prompt or "",
        )
        return ANSWERS.get(box.execute(), "cancel")

    def dispatch(self, frame: Object, command: str, **arguments: Any) -> None:
        """Carry out a menu command in a window."""
        helper = self.office.service("com.sun.star.frame.DispatchHelper")
        helper.executeDispatch(frame, ".uno:" + command, "", 0, properties(**arguments))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, App) and other.pid == self.pid

    def __hash__(self) -> int:
        return hash(self.pid)
