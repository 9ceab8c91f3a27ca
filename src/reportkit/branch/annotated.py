"""Workbooks the program makes anew: what people saved into one stays beside it, under a name of its own."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from defusedxml.ElementTree import ParseError, fromstring

from reportkit.branch.atomic import replacing, write_bytes
from reportkit.branch.edition import Edition
from reportkit.branch.folder import TEAM_FILE, Branch
from reportkit.definitions.findings import Finding, Place, finding

KEPT: Final = re.compile(r".+\.edited-\d+")  # the stem of a report that was kept
_ABOUT: Final = "docProps/core.xml"
_TERMS: Final = "{http://purl.org/dc/terms/}"


@contextmanager
def made_anew(report: Path) -> Iterator[Path]:
    """Yield a path to write to; it takes the place of the earlier report, which is kept where people changed it."""
    keep_annotated(report)
    with replacing(report) as beside:
        yield beside


def taken_away(report: Path) -> None:
    """Delete a report if there is one; it is kept under its other name where people changed it."""
    keep_annotated(report)
    report.unlink(missing_ok=True)


def keep_annotated(report: Path) -> None:
    """Keep a copy of a report that is not as the program made it: `team.edited-1.xlsx`, or the next number."""
    if not report.is_file() or is_as_made(report):
        return
    content, number = report.read_bytes(), 1
    while (kept := report.with_stem(f"{report.stem}.edited-{number}")).exists() and kept.read_bytes() != content:
        number += 1
    if not kept.exists():  # a run cut short has kept it already
        write_bytes(kept, content)


def annotated_in(folder: Path) -> frozenset[Path]:
    """Return the reports that were kept in a week's folder."""
    return frozenset(path for path in folder.glob("*.xlsx") if is_kept(path))


def is_kept(path: Path) -> bool:
    """Return whether a file is a report kept for what people wrote into it: nothing takes its place."""
    return KEPT.fullmatch(path.stem) is not None


def saved_since(branch: Branch, week: str, edition: Edition | None) -> tuple[Finding, ...]:
    """Return which workbooks of a published week somebody saved since: their figures may be others by now."""
    if edition is None:
        return ()
    reports = [branch.reports(week) / TEAM_FILE, *(branch.report(week, advisor) for advisor in edition.log_of)]
    return tuple(
        finding("report.changed", Place(report.relative_to(branch.root).as_posix()), week=week)
        for report in reports
        if report.is_file() and not is_as_made(report)
    )


def is_as_made(report: Path) -> bool:
    """Return whether nobody saved a report since: what saves a workbook says when, the program says as created."""
    try:
        with zipfile.ZipFile(report) as parts:
            about = fromstring(parts.read(_ABOUT), forbid_dtd=True)
    except (zipfile.BadZipFile, KeyError, ParseError, ValueError):
        return False
    created = about.findtext(f"{_TERMS}created")
    return created is not None and created == about.findtext(f"{_TERMS}modified")
