"""What a report shows at a glance: tiles of large figures, and small columns of how a figure went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from reportkit.definitions.figures import BLANK
from reportkit.definitions.text import Text
from reportkit.workbooks.cells import Page
from reportkit.workbooks.style import ACCENT, SKY

SPARK_HEIGHT: Final = 22
HEADROOM: Final = 1.25  # above the largest of small columns: those of a row would touch those of the next


@dataclass(frozen=True)
class Spark:
    """The range of a row of figures that small columns draw, and the largest of them."""

    cells: str
    most: float

    @classmethod
    def of(cls, cells: str, values: Iterable[float | None]) -> Spark:
        """Return what draws these values, which stand in those cells."""
        return cls(cells, max((value for value in values if value is not None), default=0.0))

    def options(self) -> dict[str, Any]:
        """Return it as XlsxWriter takes it."""
        return {"range": self.cells, **_columns(self.most)}


def _columns(most: float) -> dict[str, Any]:
    """Return how small columns look that rise to so much: the last one dark, all ending below the row above."""
    colours = {"series_color": SKY, "last_point": True, "last_color": ACCENT}
    return {"type": "column", "min": 0, "max": most * HEADROOM or 1, **colours}


def add_spark(page: Page, row: int, column: int, spark: Spark | None) -> None:
    """Draw small columns; none where there is nothing to draw."""
    page.typed(row, column, None, "body", "ruled")
    if spark is not None:
        page.sheet.add_sparkline(row, column, spark.options())


def add_sparks(page: Page, column: int, sparks: Mapping[int, Spark]) -> None:
    """Draw small columns in the rows of a column, all on one scale, so that rows compare."""
    cells = [xl_rowcol_to_cell(row, column) for row in sparks]
    drawn = {"location": cells, "range": [one.cells for one in sparks.values()]}
    page.sheet.add_sparkline(min(sparks), column, drawn | _columns(max(one.most for one in sparks.values())))


@dataclass(frozen=True)
class Tile:
    """A caption over a large figure, over some columns; `number` where it is one."""

    first: int
    last: int
    caption: Text
    text: str
    number: float | None = None
    num_format: str = "0"
    colour: str | None = None
    spark: Spark | None = None


def add_tiles(page: Page, row: int, tiles: Sequence[Tile]) -> None:
    """Write tiles: captions in a row, large figures in the row below."""
    page.high(row, 18)
    page.high(row + 1, 30)
    for tile in tiles:
        own = {"num_format": tile.num_format, **({"font_color": tile.colour} if tile.colour else {})}
        caption = page.styles.of("caption", "panel", indent=1, left=5, left_color=ACCENT)
        style = page.styles.of("figure", "panel", indent=1, left=5, left_color=ACCENT, align="left", **own)
        page.merged(row, tile.first, tile.last, tile.caption.to(page.language), caption)
        page.merged(row + 1, tile.first, tile.last, tile.text or BLANK, style)
        if tile.number is not None:
            page.sheet.write_number(row + 1, tile.first, tile.number, style)
    if any(tile.spark for tile in tiles):
        _add_tile_sparks(page, row + 2, tiles)


def _add_tile_sparks(page: Page, row: int, tiles: Sequence[Tile]) -> None:
    """Draw under each tile how its figure went, in its widest cell."""
    page.high(row, SPARK_HEIGHT)
    for tile in tiles:
        for column in range(tile.first, tile.last + 1):
            edge = {"left": 5, "left_color": ACCENT} if column == tile.first else {}
            page.sheet.write_blank(row, column, None, page.styles.of("panel", **edge))
        if tile.spark:
            page.sheet.add_sparkline(row, tile.last, tile.spark.options())
