"""Sending a week's reports: what is not in the outbox yet goes in, then out; drafts go into a folder instead."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from reportkit.branch.atomic import write_bytes
from reportkit.branch.folder import Branch
from reportkit.branch.lock import plainly_said
from reportkit.definitions.errors import MendInput
from reportkit.mail.compose import as_file_name, compose, is_address, message_id
from reportkit.mail.encryption import password_for
from reportkit.mail.material import Material, material_of
from reportkit.mail.outbox import OPEN, OUTBOX, Letter, Outbox
from reportkit.mail.recipients import Delivery, deliveries
from reportkit.mail.server import Server
from reportkit.mail.transport import PATIENCE, Patience, Step, deliver
from reportkit.mail.view import has_something_to_say
from reportkit.mail.words import NOBODY, NOT_OPEN, STATE
from reportkit.settings.calendars import week_span

DRAFTS: Final = "drafts"
UNSENT: Final = frozenset({"new", "failed"})
WENT_OUT: Final = frozenset({"sent", "unknown"})


@dataclass(frozen=True)
class Result:
    """What became of one report for one person: a state of the outbox, `draft`, `no_address` or `nothing`."""

    report: str
    who: str
    title: str
    to: str | None
    state: str
    id: str = ""
    said: str = ""
    attempts: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return the result as `send --json` prints it."""
        return asdict(self)

    @property
    def failed(self) -> bool:
        """Whether a person has to see to it, or to send again later."""
        return self.state in ("new", "sending", "failed", "unknown", "no_address")


def send(
    branch: Branch,
    week: str,
    today: dt.date,
    server: Server,
    *,
    to: str | None = None,
    encrypt: bool = False,
    patience: Patience = PATIENCE,
    progress: Step = lambda at, of, name: None,
) -> list[Result]:
    """Send the reports of a closed week, or those that concern somebody; what was sent before is not sent again."""
    material = material_of(branch, week, today)
    chosen, outbox = _chosen(material, to), Outbox(branch.root)
    with plainly_said(branch.root), outbox.held():
        _call_off_unaddressed(outbox, week, chosen if to is None else _chosen(material, None))
        ids = {_put(outbox, material, one, server.sender, encrypt=encrypt): one for one in _worth(material, chosen)}
        deliver(outbox, server, only=ids, patience=patience, progress=progress)
        letters = {letter.id: letter for letter in outbox.letters()}
    return [*(_of(one, letters[id]) for id, one in ids.items()), *_left_out(material, chosen)]


def results_of(branch: Branch, week: str, today: dt.date) -> list[Result]:
    """Return what has become of every message of a closed week so far, earlier versions included; `new` is not sent."""
    material = material_of(branch, week, today)
    every = _chosen(material, None)
    letters = {letter.id: letter for letter in Outbox(branch.root).letters() if letter.week == week}
    results: list[Result] = []
    for one in _worth(material, every):
        id = message_id(material, one)
        letter = letters.pop(id, None)
        results.append(_of(one, letter) if letter else _result(one, "new", id))
    others = [
        Result(one.report, one.who, one.subject, one.recipient, one.state, one.id, one.said, one.attempts)
        for one in letters.values()
    ]
    return [*results, *others, *_left_out(material, every)]


def write_drafts(
    branch: Branch, week: str, today: dt.date, *, to: str | None = None, encrypt: bool = False
) -> tuple[list[Result], list[Path]]:
    """Write a week's messages, closed or not, as files that mail programs open as not yet sent."""
    material = material_of(branch, week, today, draft=True)
    chosen, folder = _chosen(material, to), branch.root / OUTBOX / DRAFTS / week
    results: list[Result] = []
    written: list[Path] = []
    with plainly_said(branch.root):
        if folder.is_dir():
            shutil.rmtree(folder)
        for at, one in enumerate(_worth(material, chosen), 1):
            made = compose(material, one, password=_password(one, encrypt=encrypt))
            path = folder / f"{as_file_name(' '.join(dict.fromkeys((f'{at:02}', one.title, one.name))))}.eml"
            write_bytes(path, made.content)
            results.append(_result(one, "draft", message_id(material, one)))
            written.append(path)
    return [*results, *_left_out(material, chosen)], written


def again(outbox: Outbox, id: str, server: Server) -> None:
    """Send a message once more on a person's word, whatever became of it before. Raise MendInput where it went out."""
    with plainly_said(outbox.folder), outbox.held():
        letter = outbox.letter(id)
        _still_open(letter)
        if letter.state != "new":
            outbox.move(letter, "new")
        deliver(outbox, server, only={letter.id})


def called_off(outbox: Outbox, id: str) -> None:
    """Give a message up on a person's word. Raise MendInput where it went out."""
    with plainly_said(outbox.folder), outbox.held():
        letter = outbox.letter(id)
        _still_open(letter)
        outbox.move(letter, "given_up")


def _still_open(letter: Letter) -> None:
    if letter.state not in OPEN:
        raise MendInput(NOT_OPEN, id=letter.id, state=STATE[letter.state])


def _chosen(material: Material, to: str | None) -> list[Delivery]:
    every = deliveries(material.addresses, list(material.members), week_span(material.week))
    chosen = [one for one in every if to is None or one.concerns(to)]
    if to is not None and not chosen:
        raise MendInput(NOBODY, who=to)
    return chosen


def _reason(material: Material, one: Delivery) -> str | None:
    """Return why nothing is sent, if nothing is."""
    if not any(has_something_to_say(material.members[advisor]) for advisor in one.members):
        return "nothing"
    return None if one.email and is_address(one.email) else "no_address"


def _worth(material: Material, chosen: Iterable[Delivery]) -> list[Delivery]:
    return [one for one in chosen if _reason(material, one) is None]


def _left_out(material: Material, chosen: Iterable[Delivery]) -> list[Result]:
    reasons = ((one, _reason(material, one)) for one in chosen)
    return [_result(one, reason) for one, reason in reasons if reason is not None]


def call_off_unaddressed(branch: Branch, week: str, today: dt.date) -> None:
    """Give up what of a closed week has not gone out to an address that the settings name for its report no more."""
    every, outbox = _chosen(material_of(branch, week, today), None), Outbox(branch.root)
    with plainly_said(branch.root), outbox.held():
        _call_off_unaddressed(outbox, week, every)


def _call_off_unaddressed(outbox: Outbox, week: str, every: Iterable[Delivery]) -> None:
    addressed = {(one.report, one.who, (one.email or "").casefold()) for one in every}
    for letter in outbox.letters():
        key = letter.report, letter.who, letter.recipient.casefold()
        if letter.week == week and letter.state in UNSENT and key not in addressed:
            outbox.call_off(letter)


def _put(outbox: Outbox, material: Material, one: Delivery, sender: str, *, encrypt: bool) -> str:
    """Put a message into the outbox unless it is there; call off an earlier version of it that has not gone out.

    One that waits there is locked where that is asked for now; one the program gave up is wanted again.
    """
    id = message_id(material, one)
    letter = Letter(id, material.week, one.report, one.who, sender, one.email or "", "")
    letters = outbox.letters()
    here = next((other for other in letters if other.id == id), None)
    if here is not None and not (here.replaced or (encrypt and here.state == "new")):
        return id
    earlier = [other for other in letters if other.key == letter.key and other.id != id]
    corrected = any(other.state in WENT_OUT for other in earlier)
    made = compose(material, one, sender=sender, password=_password(one, encrypt=encrypt), corrected=corrected)
    for other in earlier:
        if other.state in UNSENT:
            outbox.call_off(other)
    if here is not None:
        outbox.rewrite(here, made.content)
        return id
    letter = Letter(id, material.week, one.report, one.who, sender, one.email or "", made.subject)
    outbox.put(letter, made.content)
    return id


def _password(one: Delivery, *, encrypt: bool) -> str | None:
    return password_for(one.email or "") if encrypt else None


def _of(one: Delivery, letter: Letter) -> Result:
    return replace(_result(one, letter.state, letter.id, letter.said), attempts=letter.attempts)


def _result(one: Delivery, state: str, id: str = "", said: str = "") -> Result:
    return Result(one.report, one.who, one.title, one.email, state, id, said)
