"""A command in a process of its own, disturbed at one of its writes.

The process is a copy of this one, so that it starts at once, and runs `reportkit.cli.run` as the program does. Python
reports each file that is opened for writing, renamed, removed or made to audit hooks: there the disturbance strikes.
What libraries write without Python (pyarrow does) meets the kinds that need no hook: a limit on the size of files,
a small disk, a kill at any moment.
"""

from __future__ import annotations

import errno
import mmap
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, NoReturn

from reportkit.cli import run as reportkit

Kind = Literal["none", "killed", "moment", "full", "cut", "refused", "disk", "read-only"]
ESCAPED = 70  # the exit code of a command that ended with an exception nobody caught
PATIENCE = 300.0  # seconds until a run counts as hanging
NOBODY = 65534
CHANGES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate"})
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass(frozen=True)
class Disturbance:
    """What goes wrong, and where.

    `at` is the number of the write it strikes at, from 1 (killed, full, refused), the seconds after which the process
    is killed (moment), the bytes a file may have (cut) or that are left on the disk (disk). A full disk stays full; a
    refusal is of one write only.
    """

    kind: Kind
    at: float = 0

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:g}" if self.at else self.kind


UNDISTURBED = Disturbance("none")


@dataclass(frozen=True)
class Outcome:
    """How a process ended: its exit code or minus its signal, what it said, how often it wrote, how long it took."""

    code: int
    said: str
    writes: int
    seconds: float

    @property
    def hung(self) -> bool:
        """Whether it had to be stopped."""
        return self.seconds >= PATIENCE


def command(*arguments: str) -> Callable[[], int]:
    """Return what runs a command of reportkit."""
    return lambda: reportkit(arguments)


@dataclass(frozen=True)
class Running:
    """A process under way."""

    pid: int
    since: float
    disturbance: Disturbance
    said: BinaryIO
    writes: mmap.mmap

    def outcome(self) -> Outcome:
        """Wait for the process, kill it when its moment has come, and return how it ended."""
        fatal = self.disturbance.at if self.disturbance.kind == "moment" else PATIENCE
        ended, status = os.waitpid(self.pid, os.WNOHANG)
        while not ended:
            if time.monotonic() - self.since >= fatal:
                os.kill(self.pid, signal.SIGKILL)
                ended, status = os.waitpid(self.pid, 0)
                break
            time.sleep(0.002)
            ended, status = os.waitpid(self.pid, os.WNOHANG)
        seconds = time.monotonic() - self.since
        with self.said:
            self.said.seek(0)
            said = self.said.read().decode("utf-8", "replace").strip()
        return Outcome(os.waitstatus_to_exitcode(status), said, int.from_bytes(self.writes[:8]), seconds)


def start(work: Callable[[], int], folder: Path, disturbance: Disturbance = UNDISTURBED) -> Running:
    """Start work in a copy of this process; its writes under `folder` are counted and disturbed."""
    said = tempfile.TemporaryFile()  # noqa: SIM115 # read and closed when the process has ended
    writes = mmap.mmap(-1, 8)  # shared: what is counted outlives a kill
    pid = os.fork()
    if pid == 0:
        _serve(work, folder, disturbance, said.fileno(), writes)
    return Running(pid, time.monotonic(), disturbance, said, writes)


def run(work: Callable[[], int], folder: Path, disturbance: Disturbance = UNDISTURBED) -> Outcome:
    """Do work in a copy of this process and return how it ended."""
    return start(work, folder, disturbance).outcome()


def _serve(work: Callable[[], int], folder: Path, disturbance: Disturbance, said: int, writes: mmap.mmap) -> NoReturn:
    """Do the work as a process of its own would, and end with its exit code."""
    code = ESCAPED
    os.setpgid(0, 0)  # it and the processes it reads logs in: all are killed together, or it alone (moment)
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(said, 2)
        sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115 # until the process ends
        tempfile.tempdir = str(folder / "tmp")
        if disturbance.kind == "read-only":
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        if disturbance.kind == "cut":
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(disturbance.at), resource.RLIM_INFINITY))
        sys.addaudithook(_hook(f"{folder}{os.sep}", disturbance, writes))
        code = work()
    except BaseException:  # noqa: BLE001 # whatever it is, it escaped the command
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _hook(folder: str, disturbance: Disturbance, writes: mmap.mmap) -> Callable[[str, tuple[object, ...]], None]:
    """Return what counts the writes under a folder and strikes at one of them, before it happens."""

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            if not (isinstance(arguments[2], int) and arguments[2] & WRITING):
                return
        elif event not in CHANGES:
            return
        path = arguments[0]
        if not isinstance(path, str | bytes) or not os.fsdecode(path).startswith(folder):
            return
        at = int.from_bytes(writes[:8]) + 1
        writes[:8] = at.to_bytes(8)
        if disturbance.kind == "killed" and at == disturbance.at:
            os.killpg(0, signal.SIGKILL)
        if disturbance.kind == "full" and at >= disturbance.at and event != "os.remove":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), os.fsdecode(path))
        if disturbance.kind == "refused" and at == disturbance.at:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fsdecode(path))

    return hook
