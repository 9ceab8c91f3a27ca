"""Which logs are as they were when they were last read: by size and time, and by content where those could deceive."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from reportkit.branch.folder import Branch, advisor_named
from reportkit.branch.history import Entry, History, Manifest, fingerprint
from reportkit.read.archives import archived_files

CLOSE_IN_TIME: Final = 3_000_000_000  # nanoseconds: a log changed so shortly before it was read may have changed again


def known_logs(
    branch: Branch, history: History, manifest: Manifest, files: Iterable[str], password: str | None
) -> dict[str, Entry]:
    """Return what is known of the logs that did not change since; with a password, encrypted ones are tried again."""
    known: dict[str, Entry] = {}
    there = _archives_there(branch)
    for file in files:
        entry = manifest.logs.get(file)
        if entry is None or (password is not None and any(found.code == "file.encrypted" for found in entry.failed)):
            continue
        archives = {one.file for one in entry.archives}
        if archives == there.get(entry.advisor_id, set()) and _still_holds(entry, branch, history, manifest.began):
            known[file] = entry
    return known


def _archives_there(branch: Branch) -> dict[str, set[str]]:
    """Return advisor → the files among the archives that are called by their id, as seen from the branch's folder."""
    there: dict[str, set[str]] = {}
    for path in archived_files(branch.root):
        there.setdefault(advisor_named(path.name), set()).add(path.relative_to(branch.root).as_posix())
    return there


def _still_holds(entry: Entry, branch: Branch, history: History, began: int) -> bool:
    """Return whether a log and its archives are as they were when a run that began then read them."""
    files = {branch.log(entry.file): (entry.size, entry.modified)}
    files |= {branch.root / one.file: (one.size, one.modified) for one in entry.archives}
    try:
        found = {path: path.stat() for path in files}
        if any(found[path].st_size != size for path, (size, _) in files.items()):
            return False
        if entry.facts and not history.facts_path(entry.facts).is_file():
            return False
        if all(
            found[path].st_mtime_ns == modified and began - modified > CLOSE_IN_TIME
            for path, (_, modified) in files.items()
        ):
            return True
        return bool(entry.facts) and fingerprint(entry.file, *(path.read_bytes() for path in files)) == entry.facts
    except OSError:  # what is wrong is found, and named, where the log is read
        return False
