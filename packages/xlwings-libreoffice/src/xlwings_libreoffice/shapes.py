"""What is drawn on a sheet."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .attribute import ATTRIBUTE
from .fonts import Characters, Font
from .formats import from_points, to_points
from .link import Object, Struct

if TYPE_CHECKING:
    from .sheet import Sheet

PICTURE, OLE = "com.sun.star.drawing.GraphicObjectShape", "com.sun.star.drawing.OLE2Shape"
CHART_CLASS = "12DCAE26-281F-416F-A234-C3086127382E"
TYPES = {
    PICTURE: "picture",
    "com.sun.star.drawing.GroupShape": "group",
    "com.sun.star.drawing.LineShape": "line",
    "com.sun.star.drawing.ConnectorShape": "line",
    "com.sun.star.drawing.TextShape": "text_box",
    "com.sun.star.drawing.ControlShape": "form_control",
    "com.sun.star.drawing.OpenBezierShape": "free_form",
    "com.sun.star.drawing.ClosedBezierShape": "free_form",
    "com.sun.star.drawing.CustomShape": "auto_shape",
    "com.sun.star.drawing.RectangleShape": "auto_shape",
    "com.sun.star.drawing.EllipseShape": "auto_shape",
    "com.sun.star.drawing.CaptionShape": "comment",
    "com.sun.star.drawing.MediaShape": "media",
}


class Shape(base_classes.Shape):
    """One drawn object."""

    parent: Sheet = ATTRIBUTE

    def __init__(self, sheet: Sheet, uno: Any) -> None:
        self.parent = sheet
        self.uno = uno

    @property
    def api(self) -> Object:
        """UNO's shape."""
        return self.uno  # type: ignore[no-any-return] # a UNO object

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.uno.Name)

    @name.setter
    def name(self, value: str) -> None:
        self.uno.Name = value

    @property
    def type(self) -> str:
        """Excel's word for its kind."""
        if is_chart(self.uno):
            return "chart"
        return TYPES.get(self.uno.getShapeType(), "auto_shape")

    @property
    def index(self) -> int:
        """Position from 1 among the shapes of its sheet."""
        return next(i for i, shape in enumerate(Shapes(self.parent), 1) if shape.uno.is_same(self.uno))

    def _move(self, axis: str, points: float) -> None:
        position = self.uno.getPosition()
        setattr(position, axis, from_points(points))
        self.uno.setPosition(position)

    def _stretch(self, axis: str, points: float) -> None:
        size = self.uno.getSize()
        before = getattr(size, axis)
        after = from_points(points)
        if self.keeps_ratio and before:
            other = "Height" if axis == "Width" else "Width"
            setattr(size, other, round(getattr(size, other) * after / before))
        setattr(size, axis, after)
        self.uno.setSize(size)

    @property
    def keeps_ratio(self) -> bool:
        """Whether a new width changes the height as well."""
        return False

    @property
    def left(self) -> float:
        """Points from the sheet's left edge."""
        return to_points(self.uno.getPosition().X)

    @left.setter
    def left(self, value: float) -> None:
        self._move("X", value)

    @property
    def top(self) -> float:
        """Points from the sheet's upper edge."""
        return to_points(self.uno.getPosition().Y)

    @top.setter
    def top(self, value: float) -> None:
        self._move("Y", value)

    @property
    def width(self) -> float:
        """Points."""
        return to_points(self.uno.getSize().Width)

    @width.setter
    def width(self, value: float) -> None:
        self._stretch("Width", value)

    @property
    def height(self) -> float:
        """Points."""
        return to_points(self.uno.getSize().Height)

    @height.setter
    def height(self, value: float) -> None:
        self._stretch("Height", value)

    def delete(self) -> None:
        """Delete it."""
        self.parent.uno.getDrawPage().remove(self.uno)

    def activate(self) -> None:
        """Select it."""
        self.parent.activate()
        self.parent.book.controller.select(self.uno)

    def scale_width(self, factor: float, relative_to_original_size: bool = False, scale: str = "") -> None:
        """Make it so many times as wide; a picture keeps its ratio."""
        self._scale("Width", factor, relative_to_original_size, scale)

    def scale_height(self, factor: float, relative_to_original_size: bool = False, scale: str = "") -> None:
        """Make it so many times as high; a picture keeps its ratio."""
        self._scale("Height", factor, relative_to_original_size, scale)

    def _scale(self, axis: str, factor: float, of_original: bool, scale: str) -> None:
        size, position = self.uno.getSize(), self.uno.getPosition()
        base = original_size(self.uno) if of_original and self.type == "picture" else size
        after = Struct("com.sun.star.awt.Size", Width=size.Width, Height=size.Height)
        if self.type == "picture":
            ratio = factor * getattr(base, axis) / getattr(size, axis)
            after.Width, after.Height = round(size.Width * ratio), round(size.Height * ratio)
        else:
            setattr(after, axis, round(getattr(base, axis) * factor))
        share = {"scale_from_middle": 0.5, "scale_from_bottom_right": 1.0}.get(scale, 0.0)
        position.X = round(position.X - share * (after.Width - size.Width))
        position.Y = round(position.Y - share * (after.Height - size.Height))
        self.uno.setSize(after)
        self.uno.setPosition(position)

    @property
    def text(self) -> str:
        """Its text."""
        return str(self.uno.getString())

    @text.setter
    def text(self, value: str) -> None:
        self.uno.setString(str(value))

    @property
    def font(self) -> Font:
        """Font of its text."""
        return Font(Characters(self.uno).api)

    @property
    def characters(self) -> Characters:
        """Letters of its text."""
        return Characters(self.uno)


class Drawn(ABC):
    """A collection over a sheet's draw page."""

    parent: Sheet = ATTRIBUTE

    def __init__(self, sheet: Sheet) -> None:
        self.parent = sheet

    @property
    def api(self) -> Object:
        """UNO's draw page."""
        return self.parent.uno.getDrawPage()  # type: ignore[no-any-return] # a UNO method

    @abstractmethod
    def _wrap(self, uno: Any) -> Any:
        """The object of a UNO shape, None if it is of another collection."""

    def __iter__(self) -> Iterator[Any]:
        page = self.api
        for index in range(page.getCount()):
            wrapped = self._wrap(page.getByIndex(index))
            if wrapped is not None:
                yield wrapped

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, name: str) -> bool:
        return any(item.name == name for item in self)

    def __call__(self, key: str | int) -> Any:
        """Object of a name or of a number from 1, else KeyError."""
        for index, item in enumerate(self, 1):
            if key == index or (isinstance(key, str) and item.name == key):
                return item
        raise KeyError(key)

    def fresh_name(self, kind: str) -> str:
        """Such as Picture 2."""
        number = len(self) + 1
        while f"{kind} {number}" in self:
            number += 1
        return f"{kind} {number}"


class Shapes(Drawn, base_classes.Collection):
    """All that is drawn on a sheet but the boxes of notes."""

    def _wrap(self, uno: Any) -> Shape | None:
        return None if uno.getShapeType() == "com.sun.star.drawing.CaptionShape" else Shape(self.parent, uno)


def original_size(shape: Any) -> Any:
    """Size of a picture as its file states it, else a pixel being the 96th part of an inch."""
    graphic = shape.Graphic
    size = graphic.Size100thMM
    if size.Width and size.Height:
        return size
    pixels = graphic.SizePixel
    return Struct(
        "com.sun.star.awt.Size", Width=round(pixels.Width * 2540 / 96), Height=round(pixels.Height * 2540 / 96)
    )


def is_chart(uno: Any) -> bool:
    """Whether a UNO shape holds a chart."""
    return bool(uno.getShapeType() == OLE and uno.CLSID.upper() == CHART_CLASS)
