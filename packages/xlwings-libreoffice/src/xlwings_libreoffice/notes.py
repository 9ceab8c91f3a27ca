"""Notes of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .attribute import ATTRIBUTE
from .link import Object

if TYPE_CHECKING:
    from .ranges import Range


class Note(base_classes.Note):
    """The note of one cell."""

    location: Range = ATTRIBUTE

    def __init__(self, location: Range) -> None:
        self.location = location

    @property
    def _annotation(self) -> Any:
        return self.location.cell.getAnnotation()

    @property
    def api(self) -> Object:
        """UNO's annotation."""
        return self._annotation  # type: ignore[no-any-return] # a UNO object

    @property
    def exists(self) -> bool:
        """Whether the cell has one: LibreOffice gives an empty one otherwise."""
        return bool(self.location.uno.queryContentCells(8).getCount())

    @property
    def text(self) -> str:
        """What it says."""
        return str(self._annotation.getString())

    @text.setter
    def text(self, value: str) -> None:
        visible = self.exists and self._annotation.getIsVisible()
        annotations = self.location.sheet.uno.getAnnotations()
        self.delete()
        annotations.insertNew(self.location.cell.getCellAddress(), value)
        if visible:
            self._annotation.setIsVisible(True)

    @property
    def author(self) -> str:
        """Who wrote it."""
        return str(self._annotation.getAuthor())

    def delete(self) -> None:
        """Take it away."""
        self.location.uno.clearContents(8)
