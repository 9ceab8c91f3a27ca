"""What the classes a range is put together from rely on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from .addresses import Area, area_of
from .errors import CalcError

if TYPE_CHECKING:
    from .ranges import Range
    from .sheet import Sheet

CONTENTS = 1 | 2 | 4 | 16  # CellFlags of LibreOffice: numbers, dates, texts, formulas

P = ParamSpec("P")
R = TypeVar("R")
Part = TypeVar("Part", bound="RangePart")


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

    @property
    @abstractmethod
    def used(self) -> Range | None:
        """The part of it that can hold anything."""

    @abstractmethod
    def __len__(self) -> int:
        """How many cells there are."""

    @abstractmethod
    def sub(self, area: Area) -> Range:
        """Another range of the same sheet."""

    def filled(self, kinds: int = CONTENTS) -> list[Area]:
        """Where cells hold some kinds of content: right of all columns, LibreOffice tells what the last one holds."""
        found = map(area_of, self.uno.queryContentCells(kinds).getRangeAddresses())
        return [common for one in found if (common := one.intersection(self.area))]

    def refuse_protected(self) -> None:
        """Raise `CalcError` where cells are protected: LibreOffice would leave them alone without a word."""
        if self.sheet.protected:
            protection = shared(self.uno, "CellProtection")
            if protection is None or protection.IsLocked:
                raise CalcError(f"The sheet {self.sheet.name!r} is protected. Take its protection off first.")


def changes(method: Callable[Concatenate[Part, P], R]) -> Callable[Concatenate[Part, P], R]:
    """A method that changes cells, and says so where they are protected."""

    @wraps(method)
    def checked(self: Part, /, *arguments: P.args, **named: P.kwargs) -> R:
        if self.uno is not None:
            self.refuse_protected()
        return method(self, *arguments, **named)

    return checked


def shared(target: Any, name: str) -> Any:
    """A property that all cells or letters share; None where they differ, of which UNO tells the default."""
    return None if target.getPropertyState(name).value == "AMBIGUOUS_VALUE" else getattr(target, name)
