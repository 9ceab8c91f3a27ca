"""Links from a workbook: to a cell of its own, to another report, to a row of a log; told as XlsxWriter takes them."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final
from urllib.parse import quote

from reportkit.read.archives import LOGS, year_of

FROM_REPORTS: Final = "../../"  # the branch's folder, from that of a week's reports


def internal(sheet: str, cell: str) -> str:
    """Return the link to a cell of this workbook."""
    return f"internal:{quoted(sheet)}!{cell}"


def beside(path: str) -> str:
    """Return the link to a file, relative to this workbook; signs that mean something in links are escaped."""
    return "external:" + (quote(path) if "#" in path or "%" in path else path)


def from_reports(file: str) -> str:
    """Return where a log or an archive of one lies, seen from a week's reports."""
    return FROM_REPORTS + (file if year_of(file) else f"{LOGS}/{PurePath(file).name}")


def external(path: str, sheet: str, cell: str) -> str:
    """Return the link to a cell of another workbook, relative to this one."""
    return f"{beside(path)}#{quoted(sheet)}!{cell}"


def reports_link(advisor_id: str) -> str:
    """Return the link to an advisor's report beside this workbook."""
    return beside(f"{advisor_id}.xlsx")


def external_name(path: str, name: str) -> str:
    """Return the link to a named cell of another workbook."""
    return f"{beside(path)}#{name}"


def quoted(sheet: str) -> str:
    """Return a sheet's name as a reference holds it."""
    return "'" + sheet.replace("'", "''") + "'"
