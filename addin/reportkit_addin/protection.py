"""Protection of sheets: lifted while the program writes there, then put back with all that it allowed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import xlwings as xw

from reportkit.definitions.errors import MendInput
from reportkit_addin import sentences as say
from reportkit_addin.live import LIBREOFFICE, in_libreoffice, refusal

ALLOWED: Final = (  # what people may do on a protected sheet, in the order in which Excel's Protect takes it
    *("formatting_cells", "formatting_columns", "formatting_rows"),
    *("inserting_columns", "inserting_rows", "inserting_hyperlinks", "deleting_columns", "deleting_rows"),
    *("sorting", "filtering", "using_pivot_table"),
)


@contextmanager
def unprotected(sheet: xw.Sheet) -> Iterator[None]:
    """Lift a sheet's protection while it is written to. Raise MendInput where a password keeps it."""
    if not _is_protected(sheet):
        yield
        return
    protect_again = _protect_again(sheet)
    _unprotect(sheet)
    try:
        yield
    finally:
        protect_again()


def structure_is_protected(book: xw.Book) -> bool:
    """Tell whether the sheets of a workbook can be neither shown nor hidden."""
    if book.app.engine.name == LIBREOFFICE:
        return bool(book.api.isProtected())
    return bool(book.api.ProtectStructure) if sys.platform == "win32" else bool(book.api.protect_structure.get())


def _is_protected(sheet: xw.Sheet) -> bool:
    if in_libreoffice(sheet):
        return bool(sheet.api.isProtected())
    return bool(sheet.api.ProtectContents) if sys.platform == "win32" else bool(sheet.api.protect_contents.get())


def _protect_again(sheet: xw.Sheet) -> Callable[[], object]:
    """Return what protects a sheet again as it is now: Excel would allow nothing, LibreOffice remembers by itself."""
    api = sheet.api
    if in_libreoffice(sheet):
        return lambda: api.protect("")
    if sys.platform == "win32":
        allowed = [getattr(api.Protection, _in_windows(one)) for one in ALLOWED]
        drawings, scenarios, people_alone = api.ProtectDrawingObjects, api.ProtectScenarios, api.ProtectionMode
        return lambda: api.Protect("", drawings, True, scenarios, people_alone, *allowed)
    kept: dict[str, Any] = {f"allow_{one}": getattr(api.protection_object, f"allow_{one}").get() for one in ALLOWED}
    kept |= {"drawing_objects": api.protect_drawing_objects.get(), "scenarios": api.protect_scenarios.get()}
    kept |= {"worksheet_contents": True, "user_interface_only": api.protection_mode.get()}
    return lambda: api.protect_worksheet(**kept)


def _in_windows(allowed: str) -> str:
    """Return the name of a permission there: `AllowUsingPivotTables` of `using_pivot_table`."""
    name = "Allow" + "".join(word.title() for word in allowed.split("_"))
    return f"{name}s" if name.endswith("Table") else name


def _unprotect(sheet: xw.Sheet) -> None:
    try:
        if in_libreoffice(sheet):
            sheet.api.unprotect("")
        elif sys.platform == "win32":
            sheet.api.Unprotect("")
        else:
            sheet.api.unprotect(password="")  # without one Excel asks for it in a box
    except Exception as error:  # a password: what is raised has no base common to the platforms
        if refusal(error) is not None:
            raise
        raise MendInput(say.PROTECTED, sheet=sheet.name) from error
    if _is_protected(sheet):
        raise MendInput(say.PROTECTED, sheet=sheet.name)
