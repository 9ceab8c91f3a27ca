"""LibreOffice Calc as an xlwings engine.

>>> import xlwings as xw, xlwings_libreoffice as lo
>>> xw.engines.add(lo.engine)
>>> xw.engines["libreoffice"].activate()
>>> book = xw.Book()
"""

from __future__ import annotations

from xlwings import App as _App
from xlwings.main import Engine as _Engine

from .engine import Engine
from .errors import (
    BookLocked,
    BookUnreadable,
    CalcError,
    FormatNotSupported,
    OfficeGone,
    OfficeNotFound,
    OfficeTimeout,
    PasswordNeeded,
)
from .link import Enum, Object, Struct, Typed

__version__ = "0.1.0"
__all__ = [
    "BookLocked",
    "BookUnreadable",
    "CalcError",
    "Enum",
    "FormatNotSupported",
    "Object",
    "OfficeGone",
    "OfficeNotFound",
    "OfficeTimeout",
    "PasswordNeeded",
    "Struct",
    "Typed",
    "allow_macros",
    "attach",
    "engine",
]

_implementation = Engine()
engine = _Engine(impl=_implementation)


def attach(pipe: str) -> _App:
    """App of a LibreOffice that runs already, started with ``--accept=pipe,name=PIPE;urp;``."""
    return _App(impl=_implementation.apps.attach(pipe))


def allow_macros(allowed: bool = True) -> None:
    """Whether macros of workbooks opened from now on may run; they may not at first."""
    _implementation.macros_allowed = allowed
