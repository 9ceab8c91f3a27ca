"""Notes of cells."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from xlwings import base_classes

from .addresses import Area
from .attribute import ATTRIBUTE
from .link import Object

if TYPE_CHECKING:
    from .part import RangePart
    from .ranges import Range

ANNOTATION: Final = 8  # com.sun.star.sheet.CellFlags


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
        return bool(self.location.filled(ANNOTATION))

    @property
    def text(self) -> str:
        """What it says."""
        return str(self._annotation.getString())

    @text.setter
    def text(self, value: str) -> None:
        self.location.refuse_protected()
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
        self.location.refuse_protected()
        self.location.uno.clearContents(ANNOTATION)


@contextmanager
def kept(cells: RangePart) -> Iterator[None]:
    """Put the notes of cells back that are written to: LibreOffice drops them with what the cells held."""
    notes = [
        Note(cells.sub(Area(row, column, 1, 1))) for area in cells.filled(ANNOTATION) for row, column in area.cells()
    ]
    said = [(note, note.text, bool(note.api.getIsVisible())) for note in notes]
    try:
        yield
    finally:
        for note, text, visible in said:
            note.text = text
            if visible:
                note.api.setIsVisible(True)
