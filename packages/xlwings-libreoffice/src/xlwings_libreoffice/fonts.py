"""Fonts of cells, shapes and single letters."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from .formats import from_color, to_rgb
from .link import Enum, Object

SCRIPTS = ("", "Asian", "Complex")  # Western, East Asian and right-to-left letters each have a font in LibreOffice
NORMAL, BOLD = 100.0, 150.0
AUTOMATIC = -1
SLANT = "com.sun.star.awt.FontSlant"


class Font(base_classes.Font):
    """The font of anything with UNO's character properties; None where letters differ."""

    def __init__(self, target: Any) -> None:
        self._target = target

    @property
    def api(self) -> Object:
        """The object that carries the properties."""
        return self._target  # type: ignore[no-any-return] # a UNO object

    def _set(self, name: str, value: Any) -> None:
        for script in SCRIPTS:
            setattr(self._target, f"Char{name}{script}", value)

    @property
    def bold(self) -> bool | None:
        """Whether letters are bold."""
        weight = self._target.CharWeight
        return None if weight is None else bool(weight > NORMAL)

    @bold.setter
    def bold(self, value: bool) -> None:
        self._set("Weight", BOLD if value else NORMAL)

    @property
    def italic(self) -> bool | None:
        """Whether letters slant."""
        posture = self._target.CharPosture
        return None if posture is None else posture.value != "NONE"

    @italic.setter
    def italic(self, value: bool) -> None:
        self._set("Posture", Enum(SLANT, "ITALIC" if value else "NONE"))

    @property
    def size(self) -> float | None:
        """Points."""
        size = self._target.CharHeight
        return None if size is None else float(round(size, 1))

    @size.setter
    def size(self, value: float) -> None:
        self._set("Height", float(value))

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Red, green and blue; black where LibreOffice chooses."""
        color = self._target.CharColor
        return None if color is None else to_rgb(max(color, 0))

    @color.setter
    def color(self, value: tuple[int, int, int] | int | str) -> None:
        self._target.CharColor = from_color(value)

    @property
    def name(self) -> str | None:
        """Family of the Western letters."""
        name = self._target.CharFontName
        return None if name is None else str(name)

    @name.setter
    def name(self, value: str) -> None:
        self._set("FontName", value)


class Characters(base_classes.Characters):
    """Letters of a cell or shape, all of them or a slice."""

    def __init__(self, text: Any, start: int = 0, stop: int | None = None) -> None:
        self._text = text
        self._start = start
        self._stop = stop

    @property
    def api(self) -> Object:
        """UNO's text cursor over the letters."""
        return self._cursor()  # type: ignore[no-any-return] # a UNO object

    def _cursor(self) -> Any:
        cursor = self._text.createTextCursor()
        if self._stop is None and not self._start:
            cursor.gotoStart(False)
            cursor.gotoEnd(True)
            return cursor
        cursor.gotoStart(False)
        cursor.goRight(self._start, False)
        if self._stop is None:
            cursor.gotoEnd(True)
        else:
            cursor.goRight(self._stop - self._start, True)
        return cursor

    @property
    def text(self) -> str:
        """The letters."""
        return str(self._text.getString())[self._start : self._stop]

    @property
    def font(self) -> Font:
        """Their font."""
        return Font(self._cursor())

    def __getitem__(self, item: int | slice) -> Characters:
        length = len(self.text)
        if isinstance(item, slice):
            start, stop, _ = item.indices(length)
        else:
            start = item + length if item < 0 else item
            if not 0 <= start < length:
                raise IndexError(f"Character {item} is not among {length}.")
            stop = start + 1
        return Characters(self._text, self._start + start, self._start + stop)
