"""Where the logs are worked on: here, in processes whose death costs one log, or on a Dask cluster."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

from reportkit.branch.history import program
from reportkit.definitions.errors import MendInput, TryLater
from reportkit.definitions.text import Text

if TYPE_CHECKING:
    from distributed import Client

NO_DASK: Final = Text(
    '没有安装 Dask。请运行 pip install "reportkit[scale]"',
    '沒有安裝 Dask。請執行 pip install "reportkit[scale]"',
    'Dask is not installed. Run pip install "reportkit[scale]"',
)
NO_CLUSTER: Final = Text(
    "连不上 Dask 调度器 {address}。地址写成 tcp://主机:8786；请检查地址和网络后再试",
    "連不上 Dask 排程器 {address}。位址寫成 tcp://主機:8786；請檢查位址和網路後再試",
    "The Dask scheduler {address} does not answer. An address looks like tcp://host:8786; check it and the network, "
    "then try again",
)
NO_WORKERS: Final = Text(
    "Dask 调度器 {address} 没有工作进程。请在每台机器上运行 dask worker {address}",
    "Dask 排程器 {address} 沒有工作處理程序。請在每台機器上執行 dask worker {address}",
    "The Dask scheduler {address} has no workers. Run dask worker {address} on each machine",
)
LOST: Final = Text(
    "工作进程或调度器中途停了（也许内存不够）。已写好的都在；请再运行一次，或少用几个进程",
    "工作處理程序或排程器中途停了（也許記憶體不夠）。已寫好的都在；請再執行一次，或少用幾個處理程序",
    "A worker or the scheduler stopped halfway, perhaps for want of memory. What was written is whole: run it again, "
    "or with fewer processes",
)
FORSAKEN: Final = Text(
    "Dask 调度器 {address} 的工作进程全停了，等了 {seconds} 秒没有一个回来。已写好的都在；请启动工作进程再运行",
    "Dask 排程器 {address} 的工作處理程序全停了，等了 {seconds} 秒沒有一個回來。已寫好的都在；請啟動它們再執行",
    "All workers of the Dask scheduler {address} have stopped, and none came back within {seconds:second|seconds}. "
    "What was written is whole: start workers, then run it again",
)
PATIENCE: Final = 10.0  # seconds a scheduler and a first worker have to answer
ABSENCE: Final = 60.0  # seconds work waits for a worker to come back where all have stopped: docs/scale.md says so
LOOK: Final = 1.0  # seconds from one look at the workers to the next
OTHER_VERSION: Final = Text(
    "{workers} 上的 reportkit 版本与这里不同。请装同一版本",
    "{workers} 上的 reportkit 版本與這裡不同。請裝同一版本",
    "{workers} run another version of reportkit. Install the same one",
)


LOGS_A_PROCESS: Final = 6  # fewer do not make up for starting one where it has to import everything


@dataclass(frozen=True)
class Processes:
    """Processes of this machine with limits of memory and time, a log at a time each: `read.parsing.in_children`.

    Without a count there are as many as pay off: up to one a core, each with a few logs to work on.
    """

    count: int | None = None

    def for_logs(self, logs: int) -> int:
        """Return how many processes work on so many logs."""
        return self.count or max(1, min(os.cpu_count() or 1, logs // LOGS_A_PROCESS))


Workers = Processes | Executor


def took_workers_along(error: BaseException | None) -> bool:
    """Return whether a cluster gave a log up because one worker after another died over it."""
    distributed = sys.modules.get("distributed")
    return distributed is not None and isinstance(error, distributed.KilledWorker)


@contextmanager
def workers_of(count: int | None = None, dask: str | None = None) -> Iterator[Workers]:
    """Yield what runs the work. On a cluster every worker must reach the branch's folder."""
    if dask is None:
        yield Processes(count)
        return
    try:
        with _cluster(dask) as cluster:
            yield cluster
    except (BrokenExecutor, CancelledError) as error:
        raise TryLater(LOST) from error


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client, KilledWorker
        from distributed.comm.addressing import get_address_host_port
    except ImportError:
        raise MendInput(NO_DASK) from None
    try:
        # A client that fails to start leaves a half-made one, whose end can stop the next one for good: ask first
        host_and_port = get_address_host_port(address)
        socket.create_connection(host_and_port, timeout=PATIENCE).close()
        client = Client(address, timeout=PATIENCE)  # type: ignore[no-untyped-call] # distributed has few types
    except (OSError, ValueError) as error:  # nobody answers, or it is no address
        raise TryLater(NO_CLUSTER, address=address) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise TryLater(NO_WORKERS, address=address) from error
        others = [worker for worker, theirs in client.run(program).items() if theirs != program()]
        if others:
            raise MendInput(OTHER_VERSION, workers=", ".join(others))
        with client.get_executor() as executor:  # type: ignore[no-untyped-call] # distributed has few types
            try:
                with _not_forsaken(client, executor, address):
                    yield executor
            except KilledWorker as error:  # a log took one worker after another with it
                raise TryLater(LOST) from error


@contextmanager
def _not_forsaken(client: Client, executor: Executor, address: str) -> Iterator[None]:
    """Give up what waits for a worker where there has been none for a while. Raise TryLater then.

    Dask itself waits for ever, and nobody may be there to start workers again.
    """
    done, forsaken = Event(), Event()

    def watch() -> None:
        seen = time.monotonic()
        while not done.wait(LOOK):
            try:
                there = bool(client.nthreads())  # type: ignore[no-untyped-call] # distributed has few types
            except OSError:  # the scheduler is gone, too: what it was given is cancelled
                return
            seen = time.monotonic() if there else seen
            if time.monotonic() - seen > ABSENCE:
                forsaken.set()
                executor.shutdown(wait=False)  # which cancels, on a cluster
                return

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    except CancelledError as error:
        if forsaken.is_set():
            raise TryLater(FORSAKEN, address=address, seconds=f"{ABSENCE:.0f}") from error
        raise
    finally:
        done.set()
        watcher.join()
