"""Reading many logs, where need be in child processes whose death costs one file and nothing else."""

from __future__ import annotations

import gc
import io
import multiprocessing
import pickle
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from reportkit.definitions.columns import Form
from reportkit.definitions.findings import Finding, Place, finding
from reportkit.definitions.forms import FORMS
from reportkit.definitions.settings_forms import SETTINGS_FORMS
from reportkit.definitions.text import Text
from reportkit.read.archives import read_whole
from reportkit.read.book import Identity, RawBook
from reportkit.read.limits import limit_memory, limit_time

GIGABYTE: Final = 1 << 30
SECONDS: Final = 10.0
PATIENCE: Final = 6.0  # times as long by the clock, for a disk or a share that does not answer
DIED: Final = Text("读取时程序崩溃", "讀取時程式崩潰", "reading it ends in a crash")
LARGE: Final = Text("读取时内存不够", "讀取時記憶體不夠", "there is not enough memory to read it")
SLOW: Final = Text("{seconds} 秒还没有读完", "{seconds} 秒還沒有讀完", "it is not read after {seconds:second|seconds}")

OUT_OF_TIME: Final = -int(getattr(signal, "SIGXCPU", 999))  # how a process ends that computed too long, on a Unix

Item = TypeVar("Item")
Result = TypeVar("Result")


def read_many(
    paths: Sequence[Path],
    *,
    password: str | None = None,
    workers: int = 0,
) -> Iterator[RawBook]:
    """Yield logs in the order of their paths.

    Without workers they are read in this process: for files of one's own. With workers, each file is read within
    limits in a child process (`in_children`); what exceeds them, or kills its reader, is a finding, and the other files
    are read all the same.
    """
    read = partial(read_log, password=password)
    if not workers:
        yield from map(read, paths)
        return
    for path, lost in in_children(read, paths, workers=workers):
        if isinstance(lost, Lost):
            yield RawBook(path.name, Identity(), {}, (lost.at(path.name),))
        else:
            yield lost


def read_log(path: Path, password: str | None = None) -> RawBook:
    """Read one log with its archives."""
    return read_whole(path, FORMS, password=password)


@dataclass(frozen=True)
class Lost:
    """What is left of a task whose child process died or was stopped."""

    reason: Text

    def at(self, file: str) -> Finding:
        """Return the finding on the file it was about."""
        return finding("file.unreadable", Place(file), reason=self.reason)


def in_children(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    *,
    workers: int,
    timeout: float = SECONDS,
    memory: int = GIGABYTE,
) -> Iterator[tuple[Item, Result | Lost]]:
    """Yield each item with its result, in their order, computed in child processes; an exception is raised here.

    Each item may take `timeout` seconds of processor time until it says `reading_is_over`, six times that by the clock,
    and `memory` bytes more than a child has at its start; where the system has no such limits (Windows), the clock
    alone counts. `function` and what it returns must be picklable; forms arrive as the ones this process has.
    """
    children: list[_Child[Item, Result]] = []
    for _ in range(min(workers, len(items))):
        children.append(_Child(function, memory, timeout, children))
    done: dict[int, Result | Lost] = {}
    given = shown = 0
    try:
        while shown < len(items):
            for child in children:
                if child.task is None and given < len(items):
                    child.give(given, items[given])
                    given += 1
            _wait(children, done)
            while shown in done:
                yield items[shown], done.pop(shown)
                shown += 1
    finally:
        for child in children:
            child.stop()


def _wait(children: Sequence[_Child[Any, Result]], done: dict[int, Result | Lost]) -> None:
    """Wait until a child answers, dies or runs out of time, and take note."""
    busy = {child.connection: child for child in children if child.task is not None}
    soonest = min(child.deadline for child in busy.values())
    answered = wait(list(busy), max(0.0, soonest - time.monotonic()))
    for connection, child in busy.items():
        if connection in answered:
            done[child.finish()] = child.answer()
        elif time.monotonic() >= child.deadline:
            done[child.finish()] = Lost(SLOW.filled(seconds=f"{child.timeout * PATIENCE:g}"))
            child.restart()


def _context() -> Any:
    """Return how processes are started: where it is sound, as copies of this one, which have everything imported."""
    if sys.platform == "linux":
        return multiprocessing.get_context("fork")
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["reportkit.validate.workbook"])
    return context


class _Child(Generic[Item, Result]):
    """A child process that computes one task after another, and is replaced when it dies.

    `siblings` are all children there are: a copy of this process must let go of the ends of their pipes, or none would
    ever hear that this process is gone.
    """

    def __init__(
        self, function: Callable[[Item], Result], memory: int, timeout: float, siblings: Sequence[_Child[Item, Result]]
    ) -> None:
        self.function = function
        self.memory = memory
        self.timeout = timeout
        self.siblings = siblings
        self.task: int | None = None
        self.deadline = 0.0
        self.start()

    def start(self) -> None:
        """Start the process."""
        context = _context()
        self.connection, theirs = context.Pipe()
        copied = context.get_start_method() == "fork"
        ours = [self.connection, *(one.connection for one in self.siblings if one is not self)] if copied else []
        self.process: BaseProcess = context.Process(
            target=_serve, args=(theirs, ours, self.function, self.memory, self.timeout), daemon=True
        )
        gc.freeze()  # the child's collector looks at nothing that is there already, and so copies none of it
        try:
            self.process.start()
        finally:
            gc.unfreeze()
        theirs.close()
        self.connection.recv_bytes()  # it is ready: its imports take none of a task's time

    def give(self, task: int, item: Item) -> None:
        """Hand a task to the process."""
        self.task, self.deadline = task, time.monotonic() + self.timeout * PATIENCE
        self.connection.send_bytes(dumps(item))

    def finish(self) -> int:
        """Return the number of the task at hand, which is over."""
        task, self.task = self.task, None
        assert task is not None  # noqa: S101 # only a busy child is asked
        return task

    def answer(self) -> Result | Lost:
        """Return the result that arrived, or what is left where the process died instead. Raise what it raised."""
        try:
            failed, value = loads(self.connection.recv_bytes())
        except (EOFError, OSError):
            self.process.join()
            too_long = self.process.exitcode == OUT_OF_TIME
            self.restart()
            return Lost(SLOW.filled(seconds=f"{self.timeout:g}") if too_long else DIED)
        if failed:
            raise value
        result: Result = value
        return result

    def restart(self) -> None:
        """Put a new process in the place of this one."""
        self.stop()
        self.start()

    def stop(self) -> None:
        """End the process."""
        self.connection.close()
        self.process.kill()
        self.process.join()


def _serve(
    connection: Connection,
    not_ours: Sequence[Connection],
    function: Callable[[Any], Any],
    memory: int,
    seconds: float,
) -> None:
    """Compute what is asked until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks: it stops this one
    for one in not_ours:
        one.close()
    limit_memory(memory)
    _ALLOWED[:] = [seconds]
    connection.send_bytes(b"ready")
    while True:
        try:
            item = loads(connection.recv_bytes())
        except EOFError:
            return
        limit_time(seconds)
        try:
            answer: tuple[bool, object] = (False, function(item))
        except MemoryError:
            answer = (False, Lost(LARGE))
        except Exception as error:  # noqa: BLE001 # it is raised where the answer is awaited
            answer = (True, error)
        with suppress(BrokenPipeError):
            connection.send_bytes(_packed(answer))


def _packed(answer: tuple[bool, object]) -> bytes:
    """Return an answer as it travels; an exception that cannot travel goes as what it says."""
    try:
        return dumps(answer)
    except (pickle.PicklingError, TypeError, AttributeError):
        if not answer[0]:
            raise
        return dumps((True, RuntimeError(repr(answer[1]))))


_ALLOWED: list[float] = []  # in a child: the seconds each task has for reading


def reading_is_over() -> None:
    """Give what is left of a task the time its parent waits: the file is read, the rest is our own work."""
    for seconds in _ALLOWED:
        limit_time(seconds * PATIENCE)


class _Pickler(pickle.Pickler):
    """Pickles forms by name: both sides have them."""

    def persistent_id(self, obj: object) -> str | None:
        return obj.code if isinstance(obj, Form) else None


class _Unpickler(pickle.Unpickler):  # what is unpickled comes from our own processes
    """Gives forms back by name."""

    def persistent_load(self, pid: str) -> Form:
        return FORMS[pid] if pid in FORMS else SETTINGS_FORMS[pid]


def dumps(value: object) -> bytes:
    """Return a value as bytes for another process of ours."""
    written = io.BytesIO()
    _Pickler(written, pickle.HIGHEST_PROTOCOL).dump(value)
    return written.getvalue()


def loads(content: bytes) -> Any:
    """Return the value of bytes from another process of ours."""
    return _Unpickler(io.BytesIO(content)).load()
