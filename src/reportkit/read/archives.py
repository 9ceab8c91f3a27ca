"""A log and its archives, read as one: the rows of years gone by before those of the log, each with its place.

```
archive/
  2026/  A001 张伟.xlsx …  what `renew` took out of a log, a sound log of its own that nobody writes to any more
```
A log names its archives in its properties, so that it counts whole whether its archives were just made or taken back.
Programs that drop the properties make it count every archive there is of its advisor.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from glob import escape
from itertools import chain
from pathlib import Path, PurePath
from typing import Final

from reportkit.definitions.columns import Column, Form
from reportkit.definitions.findings import Finding, Place, finding
from reportkit.definitions.forms import CUSTOMERS
from reportkit.definitions.text import Text
from reportkit.read.book import Archived, RawBook, RawSheet, archived
from reportkit.read.owner import advisor_of
from reportkit.read.values import look_up, normalise
from reportkit.read.workbook import read_book

LOGS: Final = "logs"
ARCHIVE: Final = "archive"
LABEL: Final = re.compile(r"\d{4}(-\d+)?")  # what `renew` calls a year's archives


def root_of(log: Path) -> Path:
    """Return the folder that keeps a log's archives and backups: its branch's, or its own where it lies on its own."""
    return log.parent.parent if log.parent.name == LOGS else log.parent


def read_whole(path: Path, forms: Mapping[str, Form], *, password: str | None = None) -> RawBook:
    """Return what a log holds with its archives, as `read_book` does."""
    return with_archives(read_book(path, forms, password=password), path, password=password)


def with_archives(log: RawBook, path: Path, *, password: str | None = None) -> RawBook:
    """Return a log that lies at a path with the rows of its archives.

    Where one of them cannot be used there are no sheets, and findings say why: a part of the rows gives wrong figures.
    """
    root = root_of(path)
    there = archives_of(root, log.identity.advisor_id)
    named = log.identity.archives if log.identity.template_version else tuple(there)
    if not log.sheets or not (named or there):
        return log
    forms = {code: sheet.form for code, sheet in log.sheets.items()}
    read = [_archive(root, there.get(label), label, log, forms, password) for label in named]
    wrong = [one for one in read if isinstance(one, Finding)]
    if wrong:
        return replace(log, sheets={}, findings=tuple(wrong))
    unnamed = tuple(
        finding("archive.unused", Place(log.file), archive=_said(root, spare))
        for label, spare in there.items()
        if label not in named and advisor_of(spare) == log.identity.advisor_id
    )
    return _joined(replace(log, findings=(*log.findings, *unnamed)), [one for one in read if isinstance(one, RawBook)])


def archives_of(root: Path, advisor_id: str) -> dict[str, Path]:
    """Return the archives there are of an advisor, by what logs call them, the oldest first.

    A copy of one, or of a year's folder, has a longer name.
    """
    found: dict[str, list[Path]] = {}
    for path in archived_files(root, advisor_id) if advisor_id else ():
        if LABEL.fullmatch(path.parent.name):
            found.setdefault(path.parent.name, []).append(path)
    one = {label: _the_one(paths, advisor_id) for label, paths in sorted(found.items(), key=lambda of: age_of(of[0]))}
    return {label: path for label, path in one.items() if path is not None}


def archived_files(root: Path, advisor_id: str = "") -> Iterator[Path]:
    """Yield the files among the archives, those that are called by an advisor's id, with or without the name."""
    for path in sorted((root / ARCHIVE).glob(f"*/{escape(advisor_id)}*.[xX][lL][sS][xX]")):
        if not advisor_id or f"{path.stem} ".startswith(f"{advisor_id} "):
            yield path


def age_of(label: str) -> tuple[int, int]:
    """Return what sorts the names of archives by age: `2026`, `2026-2` for a second one of that year, `2027`."""
    year, _, number = label.partition("-")
    return int(year), int(number or 1)


def _the_one(paths: Sequence[Path], advisor_id: str) -> Path | None:
    """Return the archive among files of a year that are called alike: the advisor's of the shortest name."""
    own = paths if len(paths) < 2 else [path for path in paths if advisor_of(path) == advisor_id]  # `A`, `A 1`
    return min(own, key=lambda path: (len(path.name), path.name), default=None)


def _archive(
    root: Path, path: Path | None, label: str, log: RawBook, forms: Mapping[str, Form], password: str | None
) -> RawBook | Finding:
    """Return an archive that a log names, as of the file it is seen from the branch's folder, or what is wrong."""
    place, named = Place(log.file), f"{ARCHIVE}/{label}/{log.identity.advisor_id}"
    if path is None:
        return finding("archive.missing", place, archive=named)
    raw = read_book(path, forms, password=password)
    if not raw.sheets:
        reason = Text.each(raw.findings[-1].message)
        return finding("archive.unusable", place, archive=_said(root, path), reason=reason)
    if raw.identity.advisor_id != log.identity.advisor_id:
        return finding("archive.missing", place, archive=named)
    if raw.identity.seal != seal_of(raw):
        return finding("archive.changed", place, archive=_said(root, path))
    file = _said(root, path)
    findings = tuple(replace(one, place=replace(one.place, file=file)) for one in raw.findings)
    return replace(raw, file=file, findings=findings)


def named_in(whole: RawBook) -> tuple[str, ...]:
    """Return what the archives are called whose rows stand in a log."""
    return tuple(map(year_of, whole.archives))


def year_of(file: str) -> str:
    """Return what the archive is called that a file is, as rows name it; blank for a log."""
    return PurePath(file).parent.name if file.startswith(f"{ARCHIVE}/") else ""


def archive_of(file: str) -> str:
    """Return a file that rows name where it is an archive, blank for a log."""
    return file if year_of(file) else ""


def _said(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _joined(log: RawBook, archives: Sequence[RawBook]) -> RawBook:
    """Return a log with the rows of its archives, the oldest first. Customers stand in the log, all of them."""
    if not archives:
        return log
    sheets = {code: sheet if code == CUSTOMERS.code else _sheet(sheet, archives) for code, sheet in log.sheets.items()}
    findings = (*log.findings, *(one for archive in archives for one in archive.findings))
    return replace(log, sheets=sheets, findings=findings, archives=tuple(one.file for one in archives))


def _sheet(sheet: RawSheet, archives: Sequence[RawBook]) -> RawSheet:
    older = [archive.sheets[sheet.form.code] for archive in archives]
    back = range(len(older), 0, -1)
    columns = {
        code: [*chain.from_iterable(one.columns[code] for one in older), *cells]
        for code, cells in sheet.columns.items()
    }
    rows = [archived(row, far) for far, one in zip(back, older, strict=True) for row in one.rows] + sheet.rows
    places = [Archived(one.file, old.name, old.letters) for one, old in zip(archives, older, strict=True)]
    return replace(sheet, columns=columns, rows=rows, archives=tuple(reversed(places)))


# --- Rows as what they mean ---


def rows_meant(sheet: RawSheet) -> list[dict[str, object]]:
    """Return a sheet's rows as what their cells mean, blank ones left out."""
    columns = {code: normalise(sheet.form.column[code], list(cells)) for code, cells in sheet.columns.items()}
    return [
        {code: cells[at] for code, cells in columns.items() if cells[at] not in (None, "")}
        for at in range(len(sheet.rows))
    ]


def rows_in_words(sheet: RawSheet) -> list[str]:
    """Return what a sheet's rows mean as texts, in an order of their own: the same for the same rows in any order."""
    columns = [_in_words(sheet.form.column[code], cells) for code, cells in sorted(sheet.columns.items())]
    return sorted("\t".join(filter(None, row)) for row in zip(*columns, strict=True))


def _in_words(column: Column, cells: Sequence[object]) -> list[str]:
    """Return what the cells of a column mean as texts without tabs, blank ones as blanks; each different one once."""
    numbers, different = look_up(column, cells)
    words = [*("" if one == "" else f"{column.code}={one!r}" for one in different), ""]
    return list(map(words.__getitem__, numbers.tolist()))


def seal_of(raw: RawBook) -> str:
    """Return what stands for a workbook's rows, whatever their order: whoever only looks and saves changes nothing."""
    digest = hashlib.sha256()
    for code, sheet in sorted(raw.sheets.items()):
        for row in rows_in_words(sheet):
            digest.update(f"{code} {row}\n".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
