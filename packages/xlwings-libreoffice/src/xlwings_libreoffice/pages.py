"""Printing and panes of a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .link import Object

if TYPE_CHECKING:
    from .sheet import Sheet


class PageSetup(base_classes.PageSetup):
    """How a sheet is printed."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Object:
        """The page style, where margins, orientation and scale are."""
        styles = self._sheet.book.document.StyleFamilies.getByName("PageStyles")
        return styles.getByName(self._sheet.uno.PageStyle)  # type: ignore[no-any-return] # a UNO object

    @property
    def print_area(self) -> str | None:
        """Addresses of what is printed; None for all."""
        areas = self._sheet.uno.getPrintAreas()
        return ",".join(self._sheet.book.range_of(area).address for area in areas) or None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        addresses = value.split(",") if value else []
        self._sheet.uno.setPrintAreas(tuple(self._sheet.range(part).uno.getRangeAddress() for part in addresses))


class FreezePanes(base_classes.FreezePanes):
    """Rows and columns that stay while the others scroll."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def freeze_at(self, frozen_range: str) -> None:
        """Freeze the rows, the columns or, with a block, both down to its last cell."""
        area = self._sheet.range(frozen_range).area
        rows, columns = self._sheet.size
        frozen_columns = 0 if area.columns == columns else area.last_column
        frozen_rows = 0 if area.rows == rows else area.last_row
        self._sheet._with_view(lambda view: _freeze(view, frozen_columns, frozen_rows))

    def unfreeze(self) -> None:
        """Let all scroll."""
        self._sheet._with_view(lambda view: _freeze(view, 0, 0))


def _freeze(view: Any, columns: int, rows: int) -> None:
    view.freezeAtPosition(columns, rows)


@contextmanager
def hidden_left_out(document: Any) -> Iterator[None]:
    """Keep hidden sheets from being printed: LibreOffice prints those of them that have a print area."""
    names = document.getSheets().getElementNames()
    hidden = [sheet for sheet in map(document.getSheets().getByName, names) if not sheet.IsVisible]
    areas = [(sheet, sheet.getPrintAreas()) for sheet in hidden]
    try:
        for sheet, given in areas:
            if given:
                sheet.setPrintAreas(())
        yield
    finally:
        for sheet, given in areas:
            if given:
                sheet.setPrintAreas(given)
