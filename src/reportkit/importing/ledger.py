"""What was imported last, so that a value changed by hand since is told from one that changed at its source.

Only digests are kept, none of the values.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from glob import escape
from pathlib import Path
from typing import Final

from reportkit.branch.atomic import write_bytes
from reportkit.logs.rewrite import BACKUP, OpenLog
from reportkit.read.archives import root_of

FOLDER: Final = "imported"
KEYS: Final = "keys"  # stands for no row: beside the digests, the keys they were made of, so that erasing finds them
Ledger = dict[str, dict[str, str]]  # digest of a row's key → column code → digest of the value


def ledgers_of(log: OpenLog, form: str) -> list[Path]:
    """Return the ledgers there are of a log and form: its own, then those under names its file has no more."""
    own, end = _path(log, form), f".{form}.json"
    advisor, folder = log.raw.identity.advisor_id, log.path.parent
    others = [
        one
        for one in own.parent.glob(f"{escape(advisor)}*{end}")
        if advisor and f"{one.name.removesuffix(end)} ".startswith(f"{advisor} ")
        if not any((folder / f"{one.name.removesuffix(end)}{kind}").exists() for kind in (".xlsx", ".xlsm"))
    ]
    return [one for one in (own, *others) if one.is_file()]


def read_ledger(log: OpenLog, form: str) -> Ledger:
    """Return what was imported into a log's form, though its file was called otherwise then; nothing where unknown."""
    own, there = _path(log, form), ledgers_of(log, form)
    try:
        known = json.loads((there[0] if len(there) == 1 else own).read_bytes())  # of several gone any may have been it
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def write_ledger(log: OpenLog, form: str, ledger: Mapping[str, Mapping[str, str]]) -> None:
    """Keep what was imported into a log's form, under the name its file has now."""
    content = json.dumps(ledger, sort_keys=True, separators=(",", ":")).encode()
    write_bytes(own := _path(log, form), content)
    for old in ledgers_of(log, form):
        if old != own:
            old.unlink()


def _path(log: OpenLog, form: str) -> Path:
    return root_of(log.path) / BACKUP / FOLDER / f"{log.path.stem}.{form}.json"


def with_key(ledger: Mapping[str, dict[str, str]], columns: Sequence[str]) -> Ledger:
    """Return a ledger that knows of a key rows are told apart by."""
    return {**ledger, KEYS: {**ledger.get(KEYS, {}), ",".join(columns): ""}}


def keys_of(ledger: Mapping[str, Mapping[str, str]]) -> list[tuple[str, ...]]:
    """Return the keys a ledger's rows were told apart by, each as columns."""
    return [tuple(one.split(",")) for one in ledger.get(KEYS, {})]


def digest(value: object) -> str:
    """Return a short digest of a value, the same for equal values of one type."""
    return hashlib.blake2b(f"{type(value).__name__} {value}".encode(), digest_size=8).hexdigest()
