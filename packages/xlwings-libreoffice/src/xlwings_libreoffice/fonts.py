"""Fonts of cells, shapes and single letters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xlwings import base_classes

from .errors import CalcError
from .formats import from_color, to_rgb
from .link import Enum, Object
from .part import shared

SCRIPTS = ("", "Asian", "Complex")  # Western, East Asian and right-to-left letters each have a font in LibreOffice
NORMAL, BOLD = 100.0, 150.0
AUTOMATIC = -1
LONGEST_STEP = 32_767  # UNO counts letters in short integers
SLANT = "com.sun.star.awt.FontSlant"


def _no_check() -> None:
    """Shapes are changed whether or not the cells are protected."""


class Font(base_classes.Font):
    """The font of anything with UNO's character properties; None where letters differ."""

    def __init__(self, target: Any, check: Callable[[], None] = _no_check) -> None:
        self._target = target
        self._check = check  # raises where LibreOffice would keep the font as it is without a word

    @property
    def api(self) -> Object:
        """The object that carries the properties."""
        return self._target  # type: ignore[no-any-return] # a UNO object

    def _set(self, name: str, value: Any) -> None:
        self._check()
        self._target.setPropertyValues(tuple(f"Char{name}{script}" for script in SCRIPTS), (value,) * len(SCRIPTS))

    @property
    def bold(self) -> bool | None:
        """Whether letters are bold."""
        weight = shared(self._target, "CharWeight")
        return None if weight is None else bool(weight > NORMAL)

    @bold.setter
    def bold(self, value: bool) -> None:
        self._set("Weight", BOLD if value else NORMAL)

    @property
    def italic(self) -> bool | None:
        """Whether letters slant."""
        posture = shared(self._target, "CharPosture")
        return None if posture is None else posture.value != "NONE"

    @italic.setter
    def italic(self, value: bool) -> None:
        self._set("Posture", Enum(SLANT, "ITALIC" if value else "NONE"))

    @property
    def size(self) -> float | None:
        """Points."""
        size = shared(self._target, "CharHeight")
        return None if size is None else float(round(size, 1))

    @size.setter
    def size(self, value: float) -> None:
        self._set("Height", float(value))

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Red, green and blue; black where LibreOffice chooses."""
        color = shared(self._target, "CharColor")
        return None if color is None else to_rgb(max(color, 0))

    @color.setter
    def color(self, value: tuple[int, int, int] | int | str) -> None:
        self._check()
        self._target.CharColor = from_color(value)

    @property
    def name(self) -> str | None:
        """Family of the Western letters."""
        name = shared(self._target, "CharFontName")
        return None if name is None else str(name)

    @name.setter
    def name(self, value: str) -> None:
        self._set("FontName", value)


class Characters(base_classes.Characters):
    """Letters of a cell or shape, all of them or a slice; counted as Python counts them."""

    def __init__(
        self, text: Any, check: Callable[[], None] = _no_check, start: int = 0, stop: int | None = None
    ) -> None:
        self._text = text
        self._check = check
        self._start = start
        self._stop = stop

    @property
    def api(self) -> Object:
        """UNO's text cursor over the letters."""
        return self._cursor()  # type: ignore[no-any-return] # a UNO object

    def _cursor(self) -> Any:
        cursor = self._text.createTextCursor()
        cursor.gotoStart(False)
        if not self._is_all:
            text = str(self._text.getString())
            _go(cursor, text[: self._start], False)
            if self._stop is not None:
                _go(cursor, text[self._start : self._stop], True)
                return cursor
        cursor.gotoEnd(True)
        return cursor

    @property
    def _is_all(self) -> bool:
        return self._stop is None and not self._start

    @property
    def text(self) -> str:
        """The letters."""
        return str(self._text.getString())[self._start : self._stop]

    @property
    def font(self) -> Font:
        """Their font: of a number or formula only all have one, as in Excel."""
        if self._text.offers("getType") and self._text.getType().value != "TEXT":
            if not self._is_all:
                raise CalcError("Only texts have letters with fonts of their own; this cell holds a number or formula.")
            return Font(self._text, self._check)
        return Font(self._cursor(), self._check)

    def __getitem__(self, item: int | slice) -> Characters:
        length = len(self.text)
        if isinstance(item, slice):
            start, stop, step = item.indices(length)
            if step != 1:
                raise ValueError("Characters follow one another: a slice of them has no step.")
        else:
            start = item + length if item < 0 else item
            if not 0 <= start < length:
                raise IndexError(f"Character {item} is not among {length}.")
            stop = start + 1
        return Characters(self._text, self._check, self._start + start, self._start + max(start, stop))


def _go(cursor: Any, text: str, select: bool) -> None:
    """Go right by a text: LibreOffice counts UTF-16, and dies where a cursor stands inside a character."""
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    for step in range(0, units, LONGEST_STEP):
        cursor.goRight(min(LONGEST_STEP, units - step), select)
