"""Who is being erased, kept until all is done, so that a run cut short is finished by the next."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportkit.branch.atomic import write_bytes
from reportkit.branch.history import HISTORY
from reportkit.branch.person import Person

JOURNAL: Final = "erasing.json"


@dataclass(frozen=True)
class Journal:
    """Who is being erased, kept until all is done; `ids` are those of the messages of each closed week before."""

    person: Person
    logs: bool
    ids: dict[str, str]

    def write(self, root: Path) -> None:
        """Keep it before anything else is written."""
        told = {
            name: sorted(value) if isinstance(value, frozenset) else value
            for name, value in vars(self.person).items()
            if isinstance(value, frozenset | str)
        }
        content = {"person": told, "logs": self.logs, "ids": self.ids}
        write_bytes(root / HISTORY / JOURNAL, json.dumps(content, ensure_ascii=False).encode())

    @classmethod
    def read(cls, root: Path) -> Journal | None:
        """Return what a run cut short left, if one did."""
        try:
            content = json.loads((root / HISTORY / JOURNAL).read_bytes())
        except FileNotFoundError:
            return None
        told = {
            name: frozenset(value) if isinstance(value, list) else value for name, value in content["person"].items()
        }
        return cls(Person(**told), content["logs"], content["ids"])  # type: ignore[arg-type] # each as it was written

    def delete(self, root: Path) -> None:
        """Delete it, once all is done."""
        (root / HISTORY / JOURNAL).unlink()
