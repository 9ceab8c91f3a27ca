"""Whose log a workbook is, and whether this version may read it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

from reportkit.definitions.findings import Finding, Place, finding
from reportkit.definitions.identity import TEMPLATE_VERSION
from reportkit.read.book import Identity
from reportkit.read.contents import identity_of
from reportkit.read.preflight import Package, Unsound, preflight

NAMED: Final = re.compile(r"([A-Za-z_-]*\d[A-Za-z0-9_-]*)[ _]+(\S.*?)\s*\.xls[xm]", re.IGNORECASE)  # `A001 张伟.xlsx`


def owner_of(package: Package) -> tuple[Identity, list[Finding]]:
    """Return whose log a workbook is; one saved by a program that drops the properties is told by its name.

    Raise Unsound where the properties are broken.
    """
    return told_by_name(package.file, identity_of(package))


def advisor_of(path: Path) -> str:
    """Return the advisor whose log a file is, blank where it cannot be read or does not say."""
    package = preflight(path)
    if not isinstance(package, Package):
        return ""
    try:
        return owner_of(package)[0].advisor_id
    except Unsound:
        return ""


def told_by_name(file: str, owner: Identity) -> tuple[Identity, list[Finding]]:
    """Return an owner, by the file's name where the workbook does not say, and what is to be said of that."""
    named = NAMED.fullmatch(file)
    if owner.advisor_id or named is None:
        return owner, []
    lost = finding("advisor.from_name", Place(file), advisor=named[1])
    return replace(owner, advisor_id=named[1], advisor_name=owner.advisor_name or named[2]), [lost]


def refuse_newer(owner: Identity) -> None:
    """Raise Unsound where a log was made by a newer version: what it holds may mean something else."""
    if _major(owner.template_version) > _major(TEMPLATE_VERSION):
        raise Unsound("file.newer_version", version=owner.template_version)


def _major(version: str) -> int:
    """Return the number before the first dot of a version, 0 where there is none."""
    first = version.strip().partition(".")[0]
    return int(first) if first.isdecimal() else 0
