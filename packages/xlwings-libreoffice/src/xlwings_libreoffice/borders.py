"""Borders of ranges."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .formats import from_color, to_rgb
from .link import Object, Struct

if TYPE_CHECKING:
    from .part import RangePart

BORDER, LINE = "com.sun.star.table.TableBorder2", "com.sun.star.table.BorderLine2"
UNSET: Any = base_classes._UNSET
# side → the line of a UNO TableBorder2, or the property of a cell
LINES = {
    "edge_top": "TopLine",
    "edge_bottom": "BottomLine",
    "edge_left": "LeftLine",
    "edge_right": "RightLine",
    "inside_horizontal": "HorizontalLine",
    "inside_vertical": "VerticalLine",
}
DIAGONALS = {"diagonal_down": "DiagonalTLBR2", "diagonal_up": "DiagonalBLTR2"}
STYLES = {"continuous": 0, "dot": 1, "dash": 2, "double": 3, "dash_dot": 16, "dash_dot_dot": 17, "slant_dash_dot": 16}
WIDTHS = {"hairline": 2, "thin": 26, "medium": 53, "thick": 79}  # hundredths of a millimetre


class Border(base_classes.Border):
    """One side of a range."""

    def __init__(self, owner: RangePart, side: str) -> None:
        self._owner = owner
        self._side = side

    @property
    def api(self) -> Object:
        """The range that carries the border."""
        return self._owner.uno  # type: ignore[no-any-return] # a UNO object

    def line(self) -> Any:
        """UNO's BorderLine2; None where cells differ."""
        if self._side in DIAGONALS:
            return getattr(self._owner.uno, DIAGONALS[self._side])
        return _line(self._owner.uno.TableBorder2, LINES[self._side])

    def put(self, line_style: Any = UNSET, weight: Any = UNSET, color: Any = UNSET) -> None:
        """Change what is stated and keep the rest."""
        _put(self._owner, [self._side], line_style, weight, color)

    @property
    def line_style(self) -> str | None:
        """Style of the line; None without a line or where cells differ."""
        line = self.line()
        if line is None or not line.LineWidth:
            return None
        return next((name for name, value in STYLES.items() if value == line.LineStyle), "continuous")

    @line_style.setter
    def line_style(self, value: str | None) -> None:
        self.put(line_style=value)

    @property
    def weight(self) -> str | None:
        """Thickness of the line."""
        line = self.line()
        if line is None or not line.LineWidth:
            return None
        return min(WIDTHS, key=lambda name: abs(WIDTHS[name] - line.LineWidth))

    @weight.setter
    def weight(self, value: str) -> None:
        self.put(weight=value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Colour of the line."""
        line = self.line()
        return to_rgb(line.Color) if line is not None and line.LineWidth else None

    @color.setter
    def color(self, value: Any) -> None:
        self.put(color=value)


class Borders(base_classes.Borders):
    """The borders of a range."""

    def __init__(self, parent: RangePart) -> None:
        self.parent = parent

    @property
    def api(self) -> Object:
        """The range that carries the borders."""
        return self.parent.uno  # type: ignore[no-any-return] # a UNO object

    def __getitem__(self, key: str) -> Border:
        return Border(self.parent, key)

    def _common(self, name: str) -> Any:
        found = {getattr(self[side], name) for side in self._grid_sides()}
        return found.pop() if len(found) == 1 else None

    @property
    def line_style(self) -> str | None:
        """Style if all sides share it."""
        return self._common("line_style")  # type: ignore[no-any-return] # a property by name

    @line_style.setter
    def line_style(self, value: str | None) -> None:
        self.set(self._grid_sides(), line_style=value)

    @property
    def weight(self) -> str | None:
        """Thickness if all sides share it."""
        return self._common("weight")  # type: ignore[no-any-return] # a property by name

    @weight.setter
    def weight(self, value: str) -> None:
        self.set(self._grid_sides(), weight=value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Colour if all sides share it."""
        return self._common("color")  # type: ignore[no-any-return] # a property by name

    @color.setter
    def color(self, value: Any) -> None:
        self.set(self._grid_sides(), color=value)

    def set(self, which: Any = "all", *, line_style: Any = UNSET, weight: Any = UNSET, color: Any = UNSET) -> None:
        """Change the sides named; xlwings has made canonical names of groups."""
        sides = [which] if isinstance(which, str) else which
        _put(self.parent, sides, line_style, weight, color)

    def clear(self, which: Any = "everything") -> None:
        """Take the lines of the sides named away."""
        self.set(which, line_style=None)


def _put(owner: RangePart, sides: Iterable[str], *look: Any) -> None:
    """Change what is stated of some sides and keep the rest: the sides of a table's border all in one call."""
    owner.refuse_protected()
    in_full = all(part is not UNSET for part in look)  # then nothing is kept, and nothing asked for
    for name in (DIAGONALS[side] for side in sides if side in DIAGONALS):
        setattr(owner.uno, name, _changed(None if in_full else getattr(owner.uno, name), *look))
    names = [LINES[side] for side in sides if side in LINES]
    if names:
        border = None if in_full else owner.uno.TableBorder2
        lines = {name: _changed(_line(border, name) if border else None, *look) for name in names}
        owner.uno.TableBorder2 = Struct(BORDER, **lines, **{f"Is{name}Valid": True for name in names})


def _line(border: Any, name: str) -> Any:
    """A line of a table's border; None where cells differ."""
    return getattr(border, name) if getattr(border, f"Is{name}Valid") else None


def _changed(line: Any, line_style: Any, weight: Any, color: Any) -> Any:
    """A line with what is stated of it."""
    line = line or Struct(LINE, Color=0, LineStyle=0, LineWidth=0)
    if line_style is None or line_style == "none":
        line.LineWidth = line.OuterLineWidth = line.InnerLineWidth = 0
        return line
    if line_style is not UNSET:
        line.LineStyle = STYLES[line_style]
    if weight is not UNSET:
        line.LineWidth = WIDTHS[weight]
    elif not line.LineWidth:
        line.LineWidth = WIDTHS["thin"]
    if color is not UNSET:
        line.Color = from_color(color)
    line.OuterLineWidth = line.LineWidth
    line.InnerLineWidth = line.LineDistance = 0
    return line
