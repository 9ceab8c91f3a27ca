"""How cells look: number formats, colours, fonts, borders, alignment, sizes."""

from __future__ import annotations

from typing import Any

from .addresses import Area
from .blocks import Position, blocks, united
from .borders import Borders
from .fonts import Characters, Font
from .formats import from_characters, from_color, from_points, to_characters, to_points, to_rgb
from .link import Enum
from .part import RangePart, changes, shared

NO_COLOR = -1
HORIZONTAL = {
    "general": "STANDARD",
    "left": "LEFT",
    "center": "CENTER",
    "right": "RIGHT",
    "fill": "REPEAT",
    "justify": "BLOCK",
    "center_across_selection": "CENTER",
    "distributed": "BLOCK",
}
VERTICAL = {"top": 1, "center": 2, "bottom": 3, "justify": 4, "distributed": 4}  # CellVertJustify2
MANY_LINES = 1_000  # past these, rows or columns are taken to be like the first ones
FORMATS_AND_ATTRIBUTES = 32 | 64 | 256 | 512


class Formatting(RangePart):
    """The look of a range; a property on which its cells differ is None."""

    @changes
    def clear_formats(self) -> None:
        """Delete formats, conditional ones too."""
        if self.uno is not None:
            self.uno.clearContents(FORMATS_AND_ATTRIBUTES)

    @property
    def number_format(self) -> str | None:
        """Excel's code of the number format."""
        key = shared(self.uno, "NumberFormat")
        return None if key is None else self.sheet.book.formats.code(key)

    @number_format.setter
    @changes
    def number_format(self, value: str) -> None:
        self.uno.NumberFormat = self.sheet.book.formats.key(value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Background; None without one."""
        color = shared(self.uno, "CellBackColor")
        return None if color is None or color == NO_COLOR else to_rgb(color)

    @color.setter
    @changes
    def color(self, value: tuple[int, int, int] | int | str | None) -> None:
        self.uno.CellBackColor = NO_COLOR if value is None else from_color(value)

    @changes
    def set_colors(self, colors: list[list[Any]]) -> None:
        """Background of every cell; ``...`` leaves a cell as it is."""
        places: dict[int, list[Position]] = {}
        for y, row in enumerate(colors):
            for x, color in enumerate(row):
                if color is not ...:
                    wanted = NO_COLOR if color is None else from_color(color)
                    places.setdefault(wanted, []).append((self.area.row + y, self.area.column + x))
        for wanted, positions in places.items():
            united(self, blocks(positions)).CellBackColor = wanted

    @property
    def font(self) -> Font:
        """Its font."""
        return Font(self.uno, self.refuse_protected)

    @property
    def characters(self) -> Characters:
        """The letters of its first cell."""
        return Characters(self.cell, self.refuse_protected)

    @property
    def borders(self) -> Borders:
        """Its borders."""
        return Borders(self)

    @property
    def wrap_text(self) -> bool | None:
        """Whether long texts are broken into lines."""
        wrapped = shared(self.uno, "IsTextWrapped")
        return None if wrapped is None else bool(wrapped)

    @wrap_text.setter
    @changes
    def wrap_text(self, value: bool) -> None:
        self.uno.IsTextWrapped = bool(value)

    @property
    def horizontal_alignment(self) -> str | None:
        """Where in its width a cell shows its content."""
        alignment = shared(self.uno, "HoriJustify")
        return next((name for name, value in HORIZONTAL.items() if alignment and value == alignment.value), None)

    @horizontal_alignment.setter
    @changes
    def horizontal_alignment(self, value: str) -> None:
        self.uno.HoriJustify = Enum("com.sun.star.table.CellHoriJustify", HORIZONTAL[value])

    @property
    def vertical_alignment(self) -> str | None:
        """Where in its height a cell shows its content; LibreOffice's standard is the bottom, as Excel's."""
        alignment = shared(self.uno, "VertJustify")
        if alignment == 0:
            return "bottom"
        return next((name for name, value in VERTICAL.items() if value == alignment), None)

    @vertical_alignment.setter
    @changes
    def vertical_alignment(self, value: str) -> None:
        self.uno.VertJustify = VERTICAL[value]

    @changes
    def adjust_indent(self, amount: int) -> None:
        """Move the content by so many steps of about three characters."""
        step = 353  # ten points, as LibreOffice's own button
        if self.horizontal_alignment == "general":
            self.horizontal_alignment = "left"  # as Excel does: otherwise there is nothing to indent from
        self.uno.ParaIndent = max(0, (self.uno.ParaIndent or 0) + amount * step)

    # ---- sizes

    @property
    def column_width(self) -> float | None:
        """Width in characters of the default font; None if columns differ."""
        return self._common(self.uno.getColumns(), lambda column: to_characters(column.Width))

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.uno.getColumns().Width = from_characters(value)

    @property
    def row_height(self) -> float | None:
        """Height in points; None if rows differ."""
        return self._common(self.uno.getRows(), lambda row: to_points(row.Height))

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.uno.getRows().Height = from_points(value)

    @staticmethod
    def _common(lines: Any, measure: Any) -> float | None:
        first: float = measure(lines.getByIndex(0))
        alike = (measure(lines.getByIndex(index)) == first for index in range(1, min(lines.getCount(), MANY_LINES)))
        return first if all(alike) else None

    @property
    def width(self) -> float:
        """Points."""
        return to_points(self.uno.Size.Width)

    @property
    def height(self) -> float:
        """Points."""
        return to_points(self.uno.Size.Height)

    @property
    def left(self) -> float:
        """Points from the sheet's left edge, which is the width of all columns before."""
        if self.area.column == 1:
            return 0.0
        return self.sub(Area(self.area.row, 1, 1, self.area.column - 1)).width

    @property
    def top(self) -> float:
        """Points from the sheet's upper edge, which is the height of all rows before."""
        if self.area.row == 1:
            return 0.0
        return self.sub(Area(1, self.area.column, self.area.row - 1, 1)).height

    def autofit(self, axis: str | None = None) -> None:
        """Make columns, rows or both as wide and high as their contents."""
        if axis in (None, "columns", "c"):
            self.uno.getColumns().OptimalWidth = True
        if axis in (None, "rows", "r"):
            self.uno.getRows().OptimalHeight = True

    @property
    def row_hidden(self) -> bool | None:
        """Whether its rows are hidden; None if some are."""
        return _hidden(self.uno.getRows())

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.uno.getRows().IsVisible = not value

    @property
    def column_hidden(self) -> bool | None:
        """Whether its columns are hidden; None if some are."""
        return _hidden(self.uno.getColumns())

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self.uno.getColumns().IsVisible = not value


def _hidden(lines: Any) -> bool | None:
    states = {not lines.getByIndex(index).IsVisible for index in range(min(lines.getCount(), MANY_LINES))}
    return states.pop() if len(states) == 1 else None
