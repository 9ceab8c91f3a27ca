"""What can fail: one base class, grouped by remedy."""

from __future__ import annotations

from xlwings import XlwingsError

STRUCTURE = "The structure of the workbook is protected: sheets can be neither shown, hidden nor renamed."


class CalcError(XlwingsError):
    """LibreOffice refused an operation; the message says which and why."""

    def __init__(self, message: str, kind: str = "") -> None:
        super().__init__(message)
        self.kind = kind  # the UNO exception's type name, where there is one


class OfficeGone(CalcError):
    """The LibreOffice process behind an App has ended: start or attach a new App."""


class OfficeNotFound(CalcError):
    """LibreOffice, or its Python support, is not installed where it is looked for."""


class OfficeTimeout(CalcError):
    """LibreOffice was started and did not answer in time."""


class BookLocked(CalcError):
    """A workbook is open in another LibreOffice: close it there, or open it read-only."""


class PasswordNeeded(CalcError):
    """A workbook has a password: pass the right one."""


class BookUnreadable(CalcError):
    """A file is damaged, no workbook, or not to be read by this user: open another copy."""


class FormatNotSupported(CalcError):
    """LibreOffice cannot write a workbook in the format that a path's extension asks for."""
