"""What the classes a range is put together from rely on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from .addresses import Area

if TYPE_CHECKING:
    from .ranges import Range
    from .sheets import Sheet


class RangePart(ABC):
    """A rectangle of cells of a sheet."""

    sheet: Sheet
    area: Area

    @property
    @abstractmethod
    def uno(self) -> Any:
        """UNO's cell range."""

    @property
    @abstractmethod
    def cell(self) -> Any:
        """UNO's cell at the top left."""

    @abstractmethod
    def __len__(self) -> int:
        """How many cells there are."""

    @abstractmethod
    def sub(self, area: Area) -> Range:
        """Another range of the same sheet."""
