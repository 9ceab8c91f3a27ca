"""What a branch's folder remembers: the rows of each log as Parquet, what views need of it, and which is current.

```
history/
  manifest.json    which log is kept where, which week's reports were made of what; replaced atomically
  facts/           one Parquet file a log, named by its content: the rows that are right, whatever the day
  digests/         one JSON file an advisor and week: what the team's views need
  settings/        the settings workbooks that closed weeks were made with
  late.json        rows of closed weeks that appeared, changed or vanished, and when that was first seen
```
Everything here can be computed again from the logs, but for what a closed week was made of and when rows came late.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from pydantic_core import to_json

from reportkit.branch.atomic import write_bytes
from reportkit.branch.kept_book import packed, unpacked
from reportkit.branch.late import LateOf
from reportkit.branch.plain import Reader, plain
from reportkit.branch.seal import BLANK, Damaged, sealed, whole
from reportkit.definitions.findings import Finding
from reportkit.read.book import Book

HISTORY: Final = "history"
DIGESTS: Final = "digests"
FORMAT: Final = 1
LATER_FIELDS: Final = tuple(getattr(one, "default", None) for one in fields(LateOf))  # an earlier version wrote fewer
LIBRARIES: Final = (
    "pandas",
    "python-calamine",
    "xlsxwriter",
    "exchange-calendars",
)  # a new one may change what is made
READ_BY: Final = ("definitions", "read", "validate", "branch")  # what the kept rows of a log are made by
MADE_BY: Final = (*READ_BY, "settings", "facts", "indicators", "customers", "summary", "workbooks")  # and its reports
_HASH_LENGTH: Final = 32
_READER: Final = Reader({})  # what is kept of a log names no indicator


def program() -> str:
    """Return a fingerprint of what makes reports: those another version made are not taken for its own."""
    return _fingerprint_of(MADE_BY)


def reader() -> str:
    """Return a fingerprint of what reads logs: a version that only makes reports otherwise reads none again."""
    return _fingerprint_of(READ_BY)


@lru_cache(maxsize=2)
def _fingerprint_of(stages: tuple[str, ...]) -> str:
    digest = hashlib.sha256(json.dumps([metadata.version(library) for library in LIBRARIES]).encode())
    package = Path(__file__).parents[1]
    for source in sorted(source for stage in stages for source in (package / stage).rglob("*.py")):
        digest.update(source.relative_to(package).as_posix().encode() + source.read_bytes())
    return digest.hexdigest()[:_HASH_LENGTH]


def fingerprint(*parts: object) -> str:
    """Return a name for what is made of parts: JSON values or bytes."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part if isinstance(part, bytes) else json.dumps(part, ensure_ascii=False).encode())
        digest.update(b"\0")
    return digest.hexdigest()[:_HASH_LENGTH]


@dataclass(frozen=True)
class Seen:
    """A file as it was when it was last read; it is named as seen from the branch's folder."""

    file: str
    size: int
    modified: int  # nanoseconds


@dataclass(frozen=True)
class Entry:
    """What is known of one log as it was last read.

    `facts` names its content and that of its `archives`, unused ones and copies included; `latest` is the last day it
    speaks of: on any later day it looks the same. A log that could not be read has `failed`, and no advisor.
    """

    file: str
    size: int
    modified: int  # nanoseconds
    facts: str
    advisor_id: str = ""
    latest: dt.date = dt.date.min
    failed: tuple[Finding, ...] = ()
    archives: tuple[Seen, ...] = ()


@dataclass(frozen=True)
class WeekEntry:
    """What a week's reports were made of: `team` names all that went into the team workbook, `members` by advisor.

    `program` is the one that made the digests: another may not even be able to read them.
    """

    team: str = ""
    members: Mapping[str, str] = field(default_factory=dict)
    program: str = ""


@dataclass(frozen=True)
class Manifest:
    """Which logs are known, and what each week's reports were made of.

    `began` is when the run began that noted it, in nanoseconds of the clock that times the logs: they were read later.
    """

    logs: Mapping[str, Entry] = field(default_factory=dict)
    weeks: Mapping[str, WeekEntry] = field(default_factory=dict)
    began: int = 0


class History:
    """The history folder of a branch."""

    def __init__(self, root: Path) -> None:
        self.folder = root / HISTORY

    @property
    def manifest_path(self) -> Path:
        """The list of what is current."""
        return self.folder / "manifest.json"

    def facts_path(self, name: str) -> Path:
        """Where the rows of a log are kept."""
        return self.folder / "facts" / f"{name}.parquet"

    def settings_path(self, name: str) -> Path:
        """Where the settings of a closed week are kept."""
        return self.folder / "settings" / f"{name}.xlsx"

    @property
    def late_path(self) -> Path:
        """The late rows of closed weeks."""
        return self.folder / "late.json"

    def digest_path(self, name: str) -> Path:
        """Where what views need of a log is kept."""
        return self.folder / DIGESTS / f"{name}.json"

    def manifest(self) -> Manifest:
        """Return what is known; nothing where there is no history, another format's or another reader's."""
        try:
            written = json.loads(whole(self.manifest_path))
        except (FileNotFoundError, Damaged):  # it is made again
            return Manifest()
        if not isinstance(written, dict) or written.get("format") != FORMAT or written.get("reader") != reader():
            return Manifest()
        return _READER.read(Manifest, written["content"])

    def write_manifest(self, manifest: Manifest) -> None:
        """Replace the list of what is current."""
        written = {"format": FORMAT, "reader": reader(), "content": plain(manifest), "seal": BLANK}
        write_bytes(self.manifest_path, sealed(json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode()))

    def late(self) -> tuple[LateOf, ...]:
        """Return the late rows of closed weeks as last found. Raise Damaged: since when they are late is kept here."""
        try:
            written = json.loads(whole(self.late_path, unless_older=True))
        except FileNotFoundError:
            return ()
        except ValueError:
            raise Damaged(self.late_path) from None
        listed = written["late"] if isinstance(written, dict) else written  # an earlier version wrote the bare list
        return _READER.read(tuple[LateOf, ...], [[*one, *LATER_FIELDS[len(one) :]] for one in listed])

    def write_late(self, late: tuple[LateOf, ...]) -> None:
        """Replace the late rows of closed weeks, unless they are as they were."""
        if late != self.late():
            content = json.dumps({"late": plain(late), "seal": BLANK}, ensure_ascii=False, indent=1)
            write_bytes(self.late_path, sealed(content.encode()))

    # --- Facts ---

    def write_book(self, name: str, book: Book) -> None:
        """Keep the rows of a log and what was found in it."""
        write_bytes(self.facts_path(name), sealed(packed(book)))

    def book(self, name: str) -> Book:
        """Return the rows of a log and what was found in it, as they were kept. Raise Damaged where they are not."""
        content = whole(self.facts_path(name), unless_older=True)
        try:
            return unpacked(content)
        except (OSError, ValueError, KeyError):  # of an earlier version, which wrote no seal
            raise Damaged(self.facts_path(name)) from None

    # --- Digests ---

    def write_digest(self, name: str, parts: Iterable[Any]) -> None:
        """Keep what views need of a log: one line of JSON a part."""
        lines = (to_json(plain(part), inf_nan_mode="constants") for part in (*parts, BLANK))
        write_bytes(self.digest_path(name), sealed(b"\n".join(lines)))

    def digest(self, name: str) -> tuple[bytes, ...]:
        """Return the parts of a digest, each as JSON, and its seal. Raise Damaged where it is not as it was written."""
        return tuple(whole(self.digest_path(name)).split(b"\n"))

    # --- Order ---

    def forget_unused(self, manifest: Manifest, also: frozenset[str] = frozenset()) -> None:
        """Delete what nothing refers to any more, and what a stopped run left half-written; folders are not ours."""
        used = also | {entry.facts for entry in manifest.logs.values()}
        used |= {name for week in manifest.weeks.values() for name in week.members.values()}
        for path in (path for kind in ("facts", DIGESTS, "settings") for path in self.folder.glob(f"{kind}/*")):
            if (path.name.startswith(".") or path.stem not in used) and path.is_file():
                path.unlink(missing_ok=True)
