"""Basic macros of open workbooks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .errors import CalcError
from .link import Object

if TYPE_CHECKING:
    from .app import App
    from .books import Book


def run_macro(app: App, macro: str, arguments: tuple[Any, ...]) -> Any:
    """Run ``'book.xlsm'!Module1.Macro``, ``Module1.Macro`` or ``Macro``.

    The result is the function's; of a Sub it is an empty text, as with xlwings on macOS.
    """
    workbook, _, name = macro.rpartition("!")
    wanted = workbook.strip("'").lower()
    for book in app.open_books():
        if wanted in ("", book.name.lower()):
            script = _find(book, name)
            if script:
                uri = f"vnd.sun.star.script:{script}?language=Basic&location=document"
                passed = tuple(_vba(app, argument) for argument in arguments)
                result = book.document.getScriptProvider().getScript(uri).invoke(passed, (), ())
                value = result[0] if isinstance(result, tuple) else result
                return "" if value is None else value
    raise CalcError(f"No open workbook has a macro named {macro!r}, or macros are not allowed (allow_macros()).")


def _vba(app: App, argument: Any) -> Any:
    """An argument as a VBA macro takes it: cells as the Range object it knows."""
    if not isinstance(argument, Object) or not argument.offers("getSpreadsheet"):
        return argument
    context = app.office.context
    create = context.ServiceManager.createInstanceWithArgumentsAndContext
    return create("ooo.vba.excel.Range", (argument.getSpreadsheet(), argument), context)


def _find(book: Book, name: str) -> str | None:
    """Library, module and name of a macro of a workbook."""
    module_wanted, _, procedure = name.rpartition(".")
    beginning = r"^\s*(?:public\s+)?(?:sub|function)\s+"
    declared = re.compile(rf"{beginning}{re.escape(procedure)}\b", re.IGNORECASE | re.MULTILINE)
    libraries = book.document.BasicLibraries
    for library in libraries.getElementNames():
        libraries.loadLibrary(library)
        modules = libraries.getByName(library)
        for module in modules.getElementNames():
            if module_wanted.lower() in ("", module.lower()) and declared.search(modules.getByName(module)):
                return f"{library}.{module}.{procedure}"
    return None
