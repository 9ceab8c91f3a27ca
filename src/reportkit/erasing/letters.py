"""The outbox without a person: messages that wait go out without them, and none goes out a second time."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from reportkit.branch.atomic import rename, write_bytes
from reportkit.branch.folder import Branch
from reportkit.branch.person import Person
from reportkit.branch.published import closed_weeks
from reportkit.definitions.errors import MendInput
from reportkit.erasing.files import NotSearchable, content_without
from reportkit.mail.compose import message_id
from reportkit.mail.material import material_of
from reportkit.mail.outbox import ABOUT, Letter, Outbox
from reportkit.mail.recipients import deliveries
from reportkit.mail.send import WENT_OUT
from reportkit.settings.calendars import week_span


class Outgoing:
    """The messages of a branch."""

    def __init__(self, branch: Branch) -> None:
        self.branch, self.outbox = branch, Outbox(branch.root)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the outbox, where there is one."""
        if not self.outbox.folder.is_dir():
            yield
            return
        with self.outbox.held():
            yield

    def without(self, person: Person, *, writes: bool) -> Iterator[Path]:
        """Take a person out of every message kept, and yield the files; one that cannot be searched is called off."""
        letters = {one.id: one for one in self.outbox.letters()}
        for path in sorted(self.outbox.folder.rglob("*")):
            if not path.is_file() or path.suffix not in (".eml", ".json"):
                continue
            try:
                old = path.read_bytes()
                new = content_without(path, old, person)
            except NotSearchable:
                yield path
                if writes:
                    self._call_off(path, letters)
                continue
            if new != old:
                yield path
                if writes:
                    write_bytes(path, new)

    def _call_off(self, path: Path, letters: Mapping[str, Letter]) -> None:
        """Give up a message whose attachment is encrypted: `send` makes it anew."""
        letter = letters.get(path.parent.name)
        if letter is not None and letter.state != "given_up":
            self.outbox.move(letter, "given_up")
        else:
            path.unlink()

    def gone_out(self, weeks: Iterable[str]) -> list[Letter]:
        """Return the messages of some weeks that people have, or may have."""
        weeks = set(weeks)
        return [one for one in self.outbox.letters() if one.week in weeks and one.state in WENT_OUT]

    # --- Ids come from what was published ---

    def ids(self, today: dt.date) -> dict[str, str]:
        """Return message id → its week, report, whose and recipient, of the reports as they are now."""
        weeks = {one.week for one in self.outbox.letters()} & set(closed_weeks(self.branch))
        return {id: key for week in sorted(weeks) for key, id in self._ids_of(week, today).items()}

    def _ids_of(self, week: str, today: dt.date) -> dict[str, str]:
        try:
            material = material_of(self.branch, week, today)
        except MendInput:  # its reports are not there: nothing of it can be sent either
            return {}
        every = deliveries(material.addresses, list(material.members), week_span(week))
        return {"|".join((week, one.report, one.who, one.email or "")): message_id(material, one) for one in every}

    def rename(self, ids: Mapping[str, str], today: dt.date) -> None:
        """Give messages the ids their reports have by now, so that nothing is taken for a corrected report."""
        letters = {one.id: one for one in self.outbox.letters()}
        known = {id: key for id, key in ids.items() if id in letters}
        now = {week: self._ids_of(week, today) for week in {letters[id].week for id in known}}
        for id, key in known.items():
            new = now[letters[id].week].get(key, id)
            if new != id:
                self._renamed(letters[id], new)

    def _renamed(self, letter: Letter, id: str) -> None:
        folder = self.outbox.folder / letter.state / letter.id
        about = json.loads((folder / ABOUT).read_bytes())
        write_bytes(folder / ABOUT, json.dumps({**about, "id": id}, ensure_ascii=False, indent=1).encode())
        rename(folder, folder.with_name(id))
