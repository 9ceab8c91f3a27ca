"""Switches of an App; some of Excel's have no counterpart in LibreOffice and only keep their value."""

from __future__ import annotations

import contextlib
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from .errors import CalcError, OfficeGone

if TYPE_CHECKING:
    from .books import Book
    from .ranges import Range


class Switches(ABC):
    """What is set for all workbooks of an App, those to be opened included."""

    def __init__(self) -> None:
        self._still: list[Book] | None = None  # workbooks whose windows are not redrawn while cells change
        self._calculation = "automatic"
        self._status: str | bool = False
        self._indicators: list[Any] = []
        self._interactive = True
        self.clipboard: Range | None = None

    @abstractmethod
    def open_books(self) -> list[Book]:
        """Open workbooks in the order they were opened."""

    def _switch(self, book: Book) -> None:
        """Set for a workbook just made or opened what is set for all."""
        if self._calculation == "manual":
            book.document.enableAutomaticCalculation(False)
        if self._still is not None:
            book.document.lockControllers()
            self._still.append(book)
        if not self._interactive:
            book.frame.ContainerWindow.setEnable(False)

    @property
    def screen_updating(self) -> bool:
        """Whether windows are redrawn while cells change."""
        return self._still is None

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        if not value and self._still is None:
            self._still = self.open_books()
            for book in self._still:
                book.document.lockControllers()
        elif value and self._still is not None:
            still, self._still = self._still, None
            for book in still:
                try:
                    book.redraw()
                except OfficeGone:
                    raise
                except CalcError as failure:
                    if failure.kind != "DisposedException":  # one that was closed meanwhile
                        raise

    @property
    def interactive(self) -> bool:
        """Whether windows take input."""
        return self._interactive

    @interactive.setter
    def interactive(self, value: bool) -> None:
        self._interactive = bool(value)
        for book in self.open_books():
            book.frame.ContainerWindow.setEnable(bool(value))

    @property
    def calculation(self) -> str:
        """Manual or automatic; LibreOffice has no tables to leave out, semiautomatic is automatic to it."""
        return self._calculation

    @calculation.setter
    def calculation(self, value: str) -> None:
        if value not in ("automatic", "manual", "semiautomatic"):
            raise ValueError("calculation must be 'automatic', 'manual' or 'semiautomatic'")
        self._calculation = value
        for book in self.open_books():
            book.document.enableAutomaticCalculation(value != "manual")

    @property
    def status_bar(self) -> str | bool:
        """Text of the status bar; False while LibreOffice shows its own."""
        return self._status

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        self._status = value if value else False
        if value and self._indicators:
            with contextlib.suppress(CalcError):  # a window may have been closed: then all are made anew
                for indicator in self._indicators:
                    indicator.setText(str(value))
                return
        for indicator in self._indicators:
            with contextlib.suppress(CalcError):
                indicator.end()
        books = self.open_books() if value else []
        self._indicators = [book.frame.createStatusIndicator() for book in books]
        for indicator in self._indicators:
            indicator.start(str(value), 100)

    @property
    def cut_copy_mode(self) -> str | None:
        """Whether cells wait to be pasted."""
        return "copy" if self.clipboard is not None else None

    @cut_copy_mode.setter
    def cut_copy_mode(self, value: bool) -> None:
        if not value:
            self.clipboard = None
