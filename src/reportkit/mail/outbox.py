"""The outbox: one folder a message, and the folder it lies in says what became of it.

```
outbox/
  new/ID/        to be sent
  sending/ID/    being handed to the server at this moment
  sent/ID/       taken by the server
  failed/ID/     refused for good, in the server's words
  unknown/ID/    the run ended while it was handed over: it may or may not have arrived, a person decides
  given_up/ID/   a person, or a corrected report, called it off
```
A folder moves by one rename, so a message is always in exactly one state. Only `sending` is in doubt when a run dies:
everything before it was surely not sent, everything after it surely was.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal, get_args

from filelock import FileLock, Timeout

from reportkit.branch.atomic import TEMPORARY, rename, write_bytes
from reportkit.definitions.errors import MendInput, TryLater
from reportkit.mail.words import BUSY, NO_SUCH_MESSAGE

OUTBOX: Final = "outbox"
State = Literal["new", "sending", "sent", "failed", "unknown", "given_up"]
STATES: Final[tuple[State, ...]] = get_args(State)
OPEN: Final[tuple[State, ...]] = ("new", "failed", "unknown")  # a person may send these again, or give them up
ABOUT: Final = "about.json"
_CONTENT: Final = "message.eml"


@dataclass(frozen=True)
class Letter:
    """What is known of a message: its id, which report of whom it brings to whom, and what the server last said.

    `replaced` is whether the program gave it up, for a corrected report or an address nobody has any more.
    """

    id: str
    week: str
    report: str
    who: str
    sender: str
    recipient: str
    subject: str
    attempts: int = 0
    said: str = ""
    state: State = "new"
    replaced: bool = False

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What a corrected report has in common with the one it replaces."""
        return self.week, self.report, self.who, self.recipient

    def as_json(self) -> dict[str, Any]:
        """Return the message as `outbox --json` prints it."""
        return asdict(self)


class Outbox:
    """The outbox of a branch's folder."""

    def __init__(self, root: Path) -> None:
        self.folder = root / OUTBOX

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the outbox for this run alone, and settle what a run that died left behind. Raise TryLater if held."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / ".lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise TryLater(BUSY) from None
        try:
            self._tidy()
            yield
        finally:
            lock.release()

    def settle(self) -> None:
        """Settle what a run that died left behind. Raise TryLater while another one sends."""
        if self.folder.is_dir():
            with self.held():
                pass

    def _tidy(self) -> None:
        for state in STATES:
            (self.folder / state).mkdir(exist_ok=True)
        for left in self.folder.glob(f".*{TEMPORARY}"):
            if left.is_dir():
                shutil.rmtree(left)
            else:  # the sheet of a run that died
                left.unlink()
        for folder in self._kept("sending"):
            self._rename(folder.name, "sending", "unknown")
        for done in ("sent", "given_up"):
            for content in (self.folder / done).glob(f"*/{_CONTENT}"):
                content.unlink()

    def letters(self) -> list[Letter]:
        """Return every message in its state, by week, report, whose it is and who gets it."""
        found: dict[str, Letter] = {}
        for state in STATES:  # in the order messages move: one on its way is seen, if twice then where it is now
            for folder in self._kept(state):
                try:
                    about = json.loads((folder / ABOUT).read_bytes())
                except FileNotFoundError:  # it has just moved on
                    continue
                found[folder.name] = Letter(**{**about, "id": folder.name}, state=state)
        return sorted(found.values(), key=lambda one: (one.key, one.id))

    def _kept(self, state: State) -> list[Path]:
        """Return the folders of messages in a state; systems put files and folders of their own beside them."""
        return sorted(path.parent for path in (self.folder / state).glob(f"*/{ABOUT}"))

    def letter(self, id: str) -> Letter:
        """Return one message by its id or the start of it. Raise MendInput where there is none, or more than one."""
        fitting = [one for one in self.letters() if one.id.startswith(id)] if id else []
        if len(fitting) != 1:
            raise MendInput(NO_SUCH_MESSAGE, id=id)
        return fitting[0]

    def content(self, letter: Letter) -> bytes:
        """Return the message itself."""
        return (self.folder / letter.state / letter.id / _CONTENT).read_bytes()

    def put(self, letter: Letter, content: bytes) -> bool:
        """Add a new message; one of the same id that is already here, in whatever state, stays alone: return False."""
        if any((self.folder / state / letter.id).exists() for state in STATES):
            return False
        beside = self.folder / f".{letter.id}{TEMPORARY}"
        beside.mkdir()
        write_bytes(beside / _CONTENT, content)
        write_bytes(beside / ABOUT, _about(letter))
        _synced(beside)
        rename(beside, self.folder / "new" / letter.id)
        _synced(self.folder / "new")
        return True

    def rewrite(self, letter: Letter, content: bytes) -> None:
        """Write the text of a message that waits anew, and have one wait that the program gave up."""
        folder = self.folder / letter.state / letter.id
        write_bytes(folder / _CONTENT, content)
        write_bytes(folder / ABOUT, _about(replace(letter, replaced=False)))
        if letter.state != "new":
            self._rename(letter.id, letter.state, "new")

    def call_off(self, letter: Letter) -> None:
        """Give up a message that has not gone out and is replaced."""
        write_bytes(self.folder / letter.state / letter.id / ABOUT, _about(replace(letter, replaced=True)))
        self.move(letter, "given_up")

    def note(self, letter: Letter, said: str) -> Letter:
        """Write down one more attempt and what was said to it."""
        noted = replace(letter, attempts=letter.attempts + 1, said=said)
        write_bytes(self.folder / letter.state / letter.id / ABOUT, _about(noted))
        return noted

    def move(self, letter: Letter, state: State) -> Letter:
        """Move a message into another state, for good before this returns."""
        self._rename(letter.id, letter.state, state)
        if state in ("sent", "given_up"):  # what it held lies in the reports; no second copy of customers' data
            (self.folder / state / letter.id / _CONTENT).unlink(missing_ok=True)
        return replace(letter, state=state)

    def _rename(self, id: str, state: State, to: State) -> None:
        rename(self.folder / state / id, self.folder / to / id)
        _synced(self.folder / to)
        _synced(self.folder / state)


def _about(letter: Letter) -> bytes:
    kept = asdict(letter)
    del kept["state"]  # the folder says it
    return json.dumps(kept, ensure_ascii=False, indent=1).encode()


def _synced(folder: Path) -> None:
    """Have the disk keep a folder's entries, where the system can: a rename must outlive a power cut."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
