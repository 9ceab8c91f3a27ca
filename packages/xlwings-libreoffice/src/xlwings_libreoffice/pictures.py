"""Pictures on a sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .errors import CalcError
from .formats import from_points
from .link import Object, Struct
from .office import properties
from .shapes import PICTURE, Drawn, Shape, original_size

if TYPE_CHECKING:
    from .sheet import Sheet

NO_GRAPHIC = 0  # com.sun.star.graphic.GraphicType.EMPTY


class Picture(Shape, base_classes.Picture):
    """One picture."""

    @property
    def keeps_ratio(self) -> bool:
        """Whether a new width changes the height as well."""
        return self.lock_aspect_ratio

    @property
    def lock_aspect_ratio(self) -> bool:
        """Whether a new width changes the height as well, as it does unless this object was told otherwise."""
        return self._locked

    @lock_aspect_ratio.setter
    def lock_aspect_ratio(self, value: bool) -> None:
        self._locked = bool(value)

    _locked = True

    def update(self, filename: str) -> Picture:
        """Show another picture in its place."""
        self.uno.Graphic = load_graphic(self.parent, filename)
        return self


class Pictures(Drawn, base_classes.Pictures):
    """The pictures of a sheet."""

    def _wrap(self, uno: Any) -> Picture | None:
        return Picture(self.parent, uno) if uno.getShapeType() == PICTURE else None

    def add(
        self,
        filename: str,
        link_to_file: bool,
        save_with_document: bool,
        left: float | None,
        top: float | None,
        width: float,
        height: float,
        anchor: Any = None,
    ) -> Picture:
        """Put a picture on the sheet, in its own size where none is stated."""
        graphic = load_graphic(self.parent, filename)
        shape = self.parent.book.document.createInstance(PICTURE)
        name = self.fresh_name("Picture")
        self.api.add(shape)
        shape.Name = name
        shape.Graphic = graphic
        size = original_size(shape)
        if width != -1:
            size.Width = from_points(width)
        if height != -1:
            size.Height = from_points(height)
        shape.setSize(size)
        if anchor is not None:
            left, top = anchor.impl.left, anchor.impl.top
        shape.setPosition(Struct("com.sun.star.awt.Point", X=from_points(left or 0), Y=from_points(top or 0)))
        return Picture(self.parent, shape)


def load_graphic(sheet: Sheet, filename: str) -> Object:
    """A picture file, read before it is put anywhere: its size is then known; `CalcError` if it is none."""
    provider = sheet.book.app.office.service("com.sun.star.graphic.GraphicProvider")
    graphic: Object | None = provider.queryGraphic(properties(URL=Path(filename).absolute().as_uri()))
    if graphic is None or graphic.GraphicType == NO_GRAPHIC:
        raise CalcError(f"{filename} is no picture that LibreOffice can read.")
    return graphic
