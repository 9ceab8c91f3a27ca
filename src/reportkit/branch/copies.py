"""Copies of a log: which of an advisor's counts, by the files' names, so that it is the same one on every machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from reportkit.branch.folder import advisor_named, log_name
from reportkit.definitions.findings import Finding, Place, finding
from reportkit.definitions.text import Text
from reportkit.settings.branch_settings import Settings

# What sync programs (OneDrive, Dropbox, Nextcloud, Syncthing, 坚果云 …), browsers, Office and people add to the name of
# a second copy. OneDrive adds the computer's name: those that Windows and macOS give by themselves are known.
COPY_MARKS: Final = re.compile(
    r"""
    [(（]\d+[)）]\s*$ | \s\d{1,2}\s*$ | [-_ .]\d{4}[-_.]?\d\d[-_.]?\d\d\d*\s*$
    | -(DESKTOP|LAPTOP|WIN|PC)\b[-\w]*$ | -[^-]*MacBook[^-]*$ | -[^-]*\biMac\b[^-]*$
    | conflict | 冲突 | 衝突 | 副本 | 複本 | 复制 | 複製 | 拷贝 | 拷貝 | \bcopy\b | 备份 | 備份 | \bbackup\b
    | 恢复 | 復原 | recovered | 修复 | 修復 | repaired | 旧 | 舊 | \bold\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
UNREAD: Final = ("encrypted", "damaged", "locked", "unreadable", "too_large", "newer_version")  # but a log it may be
SUFFIXES: Final = (".xlsx", ".xlsm")  # what logs are made as, then what Excel makes of one with macros
# What speaks for one of two logs, the weightiest first: by (file, advisor, the name the roster gives), least is best.
REASONS: Final[tuple[tuple[Callable[[str, str, str], Any], Text], ...]] = (
    (
        lambda file, *_: is_copy(file),
        Text("这一本的名字像是副本", "這一本的名字像是副本", "the name of this one reads like a copy's"),
    ),
    (
        lambda file, *_: _suffix_rank(file),
        Text("那一本是 .xlsx", "那一本是 .xlsx", "that one is an .xlsx, as logs are made"),
    ),
    (
        lambda file, advisor, name: file != log_name(advisor, name),
        Text("那一本的名字与人员表一致", "那一本的名字與人員表一致", "that one is named as the roster has it"),
    ),
    (
        lambda file, advisor, _: advisor_named(file) != advisor,
        Text("那一本的名字以工号开头", "那一本的名字以工號開頭", "the name of that one begins with the ID"),
    ),
    (
        lambda file, *_: len(file),
        Text("那一本的名字更短", "那一本的名字更短", "the name of that one is shorter"),
    ),
    (
        lambda file, *_: file,
        Text("那一本的名字排在前面", "那一本的名字排在前面", "the name of that one sorts first"),
    ),
)


def is_copy(name: str) -> bool:
    """Return whether a file's name says that it is a second copy of another."""
    return COPY_MARKS.search(name.rpartition(".")[0] or name) is not None


def the_one_that_counts(files: Iterable[str], advisor_id: str, name: str = "") -> str:
    """Return which of an advisor's logs counts; `name` is the advisor's in the roster."""
    return min(files, key=lambda file: [weighed(file, advisor_id, name) for weighed, _ in REASONS])


def counting_of(owners: Iterable[tuple[str, str]], settings: Settings) -> dict[str, str]:
    """Return advisor → the log that counts, of files with whose they are; those of nobody count for none."""
    files: dict[str, list[str]] = {}
    for file, advisor in owners:
        if advisor:
            files.setdefault(advisor, []).append(file)
    return {one: the_one_that_counts(theirs, one, _name_of(one, settings)) for one, theirs in files.items()}


def conflict(file: str, counting: str, advisor_id: str, settings: Settings) -> Finding:
    """Return the finding about a log that does not count, with the one that does, and why."""
    about = advisor_id, _name_of(advisor_id, settings)
    why = next(said for weighed, said in REASONS if weighed(file, *about) != weighed(counting, *about))
    return finding("file.conflict", Place(file), advisor=advisor_id, other=counting, why=why)


def stand_ins(unused: Iterable[Finding], counting: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return a finding for each log that cannot be read and in whose place, by its name, another of the advisor counts.

    `unused` are findings of files, `counting` is advisor → the log that counts.
    """
    files = dict.fromkeys(one.place.file for one in unused if one.code in {f"file.{why}" for why in UNREAD})
    named = ((file, advisor_named(file)) for file in files)
    return tuple(
        finding("file.stand_in", Place(file), advisor=advisor, other=counting[advisor])
        for file, advisor in named
        if advisor in counting
    )


def _name_of(advisor_id: str, settings: Settings) -> str:
    rows = settings.roster_of(advisor_id)
    return rows[-1].name if rows else ""


def _suffix_rank(file: str) -> int:
    return next((rank for rank, suffix in enumerate(SUFFIXES) if file.lower().endswith(suffix)), len(SUFFIXES))
