"""What hangs on cells: hyperlinks, names, tables, notes, rules for entries, filters, pictures of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .addresses import Area
from .errors import CalcError
from .filter import AutoFilter
from .link import Object, Struct
from .names import BookNames, Name, add_range_name
from .notes import Note
from .part import RangePart, changes
from .validation import DataValidation

if TYPE_CHECKING:
    from .tables import Table

PNG = Struct("com.sun.star.datatransfer.DataFlavor", MimeType="image/png", HumanPresentableName="PNG")


class CellFeatures(RangePart):
    """What cells carry besides values and formats."""

    @property
    def hyperlink(self) -> str:
        """Address of the cell's link: of its text, or, as of numbers in workbooks from Excel, of the whole cell."""
        fields = self.cell.getTextFields()
        for field in fields:
            if field.offers("URL"):
                return str(field.URL)
        if self.cell.getPropertySetInfo().hasPropertyByName("Hyperlink") and self.cell.Hyperlink:
            return str(self.cell.Hyperlink)
        raise CalcError("The cell doesn't seem to contain a hyperlink!")

    @changes
    def add_hyperlink(self, address: str, text_to_display: str | None = None, screen_tip: str | None = None) -> None:
        """Replace the content of its first cell by a link; LibreOffice shows the address as tip."""
        field = self.sheet.book.document.createInstance("com.sun.star.text.TextField.URL")
        field.URL = address
        field.Representation = text_to_display or address
        cell = self.cell
        cell.setString("")
        cell.insertTextContent(cell.createTextCursor(), field, False)

    @property
    def name(self) -> Name | None:
        """A name that stands for exactly this range."""
        return next((name for name in BookNames(self.sheet.book) if name.range_or_none() == self), None)

    @name.setter
    def name(self, value: str) -> None:
        add_range_name(self.sub(self.area), value)

    @property
    def table(self) -> Table | None:
        """The table that its first cell belongs to."""
        first = Area(self.area.row, self.area.column, 1, 1)
        return next((table for table in self.sheet.tables if table.area.intersection(first)), None)

    @property
    def note(self) -> Note | None:
        """Note of its first cell."""
        note = Note(self.sub(Area(self.area.row, self.area.column, 1, 1)))
        return note if note.exists else None

    def add_note(self, text: str) -> Note:
        """Put a note on its first cell."""
        note = Note(self.sub(Area(self.area.row, self.area.column, 1, 1)))
        note.text = text
        return note

    @property
    def comment(self) -> Any:
        """LibreOffice has notes, no threaded comments."""
        raise NotImplementedError("LibreOffice has no threaded comments, only notes.")

    @property
    def data_validation(self) -> DataValidation:
        """What may be typed here."""
        return DataValidation(self)

    @property
    def autofilter(self) -> AutoFilter:
        """The filter that hides rows of it."""
        return AutoFilter(self.sub(self.area))

    # ---- pictures of cells

    def _shown(self) -> Object:
        """The cells as LibreOffice hands them to other programs, pictures among the forms."""
        with self.sub(self.area).selected():
            transferable: Object = self.sheet.book.controller.getTransferable()
        return transferable

    def copy_picture(self, appearance: str, format: str) -> None:
        """Put the cells on the system's clipboard, where LibreOffice offers them as pictures too."""
        clipboard = self.sheet.book.app.office.service("com.sun.star.datatransfer.clipboard.SystemClipboard")
        clipboard.setContents(self._shown(), None)

    def to_png(self, path: str) -> None:
        """Write a picture of the cells."""
        Path(path).write_bytes(self._shown().getTransferData(PNG))

    def to_pdf(self, path: str, quality: str = "standard") -> None:
        """Print the cells into a PDF."""
        self.sheet.book.to_pdf(path, quality, Selection=self.uno)
