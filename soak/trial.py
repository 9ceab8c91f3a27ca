"""One trial: a disturbed run, a look at the folder, a run undisturbed, and the comparison."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from reportkit.branch.folder import Branch, is_passing
from reportkit.definitions.forms import FORMS
from reportkit.read.archives import read_whole
from soak.child import ESCAPED, Disturbance, Outcome, command, run
from soak.jobs import TODAY, WEEK, Job, copied, made

NOT_COMPARED = frozenset({".lock", ".lock.json"})
MANIFEST = "/history/manifest.json"
ROOM = 64 << 20  # bytes of a small disk once it has room again
Content = dict[str, bytes]
Room = Callable[[int], None]


@dataclass(frozen=True)
class Start:
    """A job's branch before and after an undisturbed run: how often that writes, how long it takes, how much it adds.

    `largest` is the size of the largest file written, `rows` says how many rows each log may have on the way.
    """

    job: Job
    folder: Path
    after: Content
    rows: Mapping[str, Sequence[Mapping[str, int]]]
    writes: int
    seconds: float
    growth: int
    largest: int


@dataclass(frozen=True)
class Trial:
    """What a disturbance did: how the command ended, and what is wrong with the outcome; nothing where all is well."""

    job: str
    disturbance: Disturbance
    code: int
    said: str
    wrong: tuple[str, ...] = ()

    @property
    def struck(self) -> bool:
        """Whether the disturbance came before the command was done."""
        return self.code not in (0, 1)


@dataclass
class Starts:
    """The branches jobs start from, made when first asked for."""

    folder: Path
    known: dict[str, Start] = field(default_factory=dict)

    def of(self, job: Job) -> Start:
        """Return what a job starts from."""
        if job.name not in self.known:
            self.known[job.name] = self._made(job)
        return self.known[job.name]

    def _made(self, job: Job) -> Start:
        raw = self.folder / "made"
        if not raw.is_dir():
            made(raw)
        before = copied(raw, self.folder / job.name)
        job.prepare(before)
        after = copied(before, self.folder / f"{job.name} after")
        outcome = run(job.work(after), after)
        if outcome.code not in (0, 1):
            raise RuntimeError(f"{job.name}: {outcome.said}")
        whole = content(after)
        known = content(before)
        largest = max((len(written) for name, written in whole.items() if known.get(name) != written), default=0)
        growth = max(sum(map(len, whole.values())) - sum(map(len, known.values())), 0)
        old, new = rows_of(before), rows_of(after)
        rows = {log: [one[log] for one in (old, new) if log in one] for log in {*old, *new}}
        return Start(job, before, whole, rows, outcome.writes, outcome.seconds, growth, largest)


def content(folder: Path) -> Content:
    """Return what a branch's files hold."""
    files = (path for path in (folder / "branch").rglob("*") if path.is_file() and path.name not in NOT_COMPARED)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(files)}


def rows_of(folder: Path) -> dict[str, dict[str, int]]:
    """Return how many rows of each form each log of a branch has, its archives' included."""
    logs = {log.name: read_whole(log, FORMS) for log in Branch(folder / "branch").logs()}
    return {name: {code: len(sheet.rows) for code, sheet in raw.sheets.items()} for name, raw in logs.items()}


def half_written(folder: Path) -> Iterator[str]:
    """Yield the files of a branch that do not hold what their names say; those on their way have names of their own."""
    for name, written in content(folder).items():
        path = folder / name
        if is_passing(path.name):
            continue
        if path.suffix == ".xlsx":
            try:
                with zipfile.ZipFile(path) as archive:
                    whole = archive.testzip() is None
            except zipfile.BadZipFile:
                whole = False
        elif path.suffix == ".parquet":
            whole = written[:4] == written[-4:] == b"PAR1"
        elif path.suffix == ".json":
            whole = _is_json(written) or all(map(_is_json, written.split(b"\n")))  # digests hold a value a line
        else:
            continue
        if not whole:
            yield f"half-written: {name}"


def _is_json(written: bytes) -> bool:
    try:
        json.loads(written)
    except ValueError:
        return False
    return True


def differences(folder: Path, expected: Content) -> Iterator[str]:
    """Yield how a branch differs from what it should be."""
    found = content(folder)
    for name in sorted(found.keys() | expected.keys()):
        if name not in found:
            yield f"missing: {name}"
        elif name not in expected:
            yield f"left over: {name}"
        elif _whenever(name, found[name]) != _whenever(name, expected[name]):
            yield f"differs: {name}"


def _whenever(name: str, written: bytes) -> object:
    """Return what a file holds whenever it was written: the list of what is current says when its run began."""
    if not name.endswith(MANIFEST) or not _is_json(written):
        return written
    *kept, _ = json.loads(written)["content"]
    return kept


def trial(start: Start, disturbance: Disturbance, folder: Path, dice: random.Random) -> Trial:
    """Disturb a job once, in a folder that is gone afterwards."""
    with _disk(folder, disturbance) as give_room:
        copied(start.folder, folder / "run")
        give_room(int(disturbance.at) if disturbance.kind == "disk" else ROOM)
        outcome = _disturbed(start, folder / "run", disturbance)
        give_room(ROOM)
        wrong = [*_ended(outcome, disturbance), *half_written(folder / "run")]
        counted = rows_of(folder / "run").items()
        wrong += [f"rows lost or doubled: {log}" for log, rows in counted if rows not in start.rows[log]]
        wrong += _opens(folder / "run", deeply=dice.random() < 0.25)
        again = run(start.job.work(folder / "run"), folder / "run")
        if again.code not in start.job.ended | {0, 1}:
            wrong.append(f"again: exit {again.code}: {again.said}")
        wrong += differences(folder / "run", start.after)
        return Trial(start.job.name, disturbance, outcome.code, outcome.said, tuple(wrong))


def _disturbed(start: Start, folder: Path, disturbance: Disturbance) -> Outcome:
    if disturbance.kind != "read-only":
        return run(start.job.work(folder), folder, disturbance)
    before = content(folder)
    os.chmod(folder / "tmp", 0o777)  # noqa: PTH101, S103 # the temporary folder of a machine
    outcome = run(start.job.work(folder), folder, disturbance)
    if content(folder) != before:
        raise RuntimeError("a read-only folder was written to")
    return outcome


def _ended(outcome: Outcome, disturbance: Disturbance) -> Iterator[str]:
    """Yield what is wrong with the way a disturbed command ended: done, killed, or refused with a sentence."""
    if outcome.hung:
        yield "hung"
    elif outcome.code == ESCAPED:
        yield f"escaped: {outcome.said}"
    elif outcome.code == 2 and not outcome.said:
        yield "refused without a word"
    elif outcome.code < 0 and not (outcome.code == -signal.SIGKILL and disturbance.kind in ("killed", "moment")):
        yield f"died of signal {-outcome.code}"


def _opens(folder: Path, *, deeply: bool) -> Iterator[str]:
    """Yield why a disturbed folder does not open: for a check, and for a refresh of a copy."""
    opened = run(command("check", str(folder / "branch")), folder)
    if opened.code not in (0, 1):
        yield f"check: exit {opened.code}: {opened.said}"
    if deeply:
        copy = copied(folder, folder.parent / "copy")
        opened = run(command("refresh", str(copy / "branch"), "--week", WEEK, "--as-of", TODAY, "--json"), copy)
        if opened.code not in (0, 1):
            yield f"refresh: exit {opened.code}: {opened.said}"
        shutil.rmtree(copy)


@contextmanager
def _disk(folder: Path, disturbance: Disturbance) -> Iterator[Room]:
    """Make a folder, on a disk of its own where it is to become full, and yield what sets how much room it has."""
    folder.mkdir(parents=True)
    own = disturbance.kind == "disk"
    if own:
        _mount("-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder))

    def give_room(free: int) -> None:
        if own:
            disk = os.statvfs(folder)
            used = (disk.f_blocks - disk.f_bfree) * disk.f_frsize
            _mount("-o", f"remount,size={used + free}", str(folder))

    try:
        if disturbance.kind == "read-only":
            folder.chmod(0o755)
        yield give_room
    finally:
        if own:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)  # found where the system has it
        shutil.rmtree(folder)


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)  # found where the system has it


def small_disks() -> str:
    """Return why small disks cannot be made here; blank where they can."""
    if os.geteuid() != 0:
        return "only root may mount a small disk"
    with TemporaryDirectory() as folder:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=False, capture_output=True
        )  # as above
        if done.returncode == 0:
            subprocess.run(["umount", folder], check=True)  # as above
    return "" if done.returncode == 0 else "this machine does not let its root mount a disk"
