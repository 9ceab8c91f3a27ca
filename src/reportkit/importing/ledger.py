"""What was imported last, so that a value changed by hand since is told from one that changed at its source.

Only digests are kept, none of the values.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from reportkit.branch.atomic import write_bytes
from reportkit.logs.rewrite import BACKUP
from reportkit.read.archives import root_of

FOLDER: Final = "imported"
KEYS: Final = "keys"  # stands for no row: beside the digests, the keys they were made of, so that erasing finds them
Ledger = dict[str, dict[str, str]]  # digest of a row's key → column code → digest of the value


def ledger_path(log: Path, form: str) -> Path:
    """Return where the ledger of a log and form is kept."""
    return root_of(log) / BACKUP / FOLDER / f"{log.stem}.{form}.json"


def read_ledger(log: Path, form: str) -> Ledger:
    """Return what was imported into a log's form; nothing where that is not known."""
    try:
        known = json.loads(ledger_path(log, form).read_bytes())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def write_ledger(log: Path, form: str, ledger: Mapping[str, Mapping[str, str]]) -> None:
    """Keep what was imported into a log's form."""
    content = json.dumps(ledger, sort_keys=True, separators=(",", ":")).encode()
    write_bytes(ledger_path(log, form), content)


def with_key(ledger: Mapping[str, dict[str, str]], columns: Sequence[str]) -> Ledger:
    """Return a ledger that knows of a key rows are told apart by."""
    return {**ledger, KEYS: {**ledger.get(KEYS, {}), ",".join(columns): ""}}


def keys_of(ledger: Mapping[str, Mapping[str, str]]) -> list[tuple[str, ...]]:
    """Return the keys a ledger's rows were told apart by, each as columns."""
    return [tuple(one.split(",")) for one in ledger.get(KEYS, {})]


def digest(value: object) -> str:
    """Return a short digest of a value, the same for equal values of one type."""
    return hashlib.blake2b(f"{type(value).__name__} {value}".encode(), digest_size=8).hexdigest()
