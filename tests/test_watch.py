"""A change of a log or the settings calls for one refresh, however many steps it was saved in."""

import errno
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from reportkit.branch.folder import Branch
from reportkit.branch.lock import BUSY, FULL
from reportkit.branch.watch import Bell, concerns, watch
from reportkit.definitions.errors import ReportkitError, TryLater


def test_what_a_refresh_writes_and_what_passes_does_not_call_for_another(tmp_path: Path) -> None:
    branch = Branch(tmp_path)
    assert concerns(branch, tmp_path / "settings.xlsx")
    assert concerns(branch, tmp_path / "logs/A001.xlsx")
    for other in ("reports/2026-W47/A001.xlsx", "history/manifest.json", "logs/~$A001.xlsx", "logs", "notes.txt"):
        assert not concerns(branch, tmp_path / other)


@contextmanager
def watched(folder: Path, work: Callable[[], None], failed: Callable[[ReportkitError], None]) -> Iterator[None]:
    (folder / "logs").mkdir(exist_ok=True)
    stop = Event()
    more = {"quiet": 0.5, "again": 0.5, "failed": failed}
    watching = Thread(target=watch, args=(Branch(folder), work, stop), kwargs=more)
    watching.start()
    try:
        yield
        assert watching.is_alive()
    finally:
        stop.set()
        watching.join()


def test_a_log_saved_in_steps_is_refreshed_once(tmp_path: Path) -> None:
    done: list[float] = []
    with watched(tmp_path, lambda: done.append(time.monotonic()), fail):
        _until(lambda: len(done) == 1)
        for step in range(3):
            (tmp_path / "logs/A001.xlsx").write_bytes(b"x" * (step + 1))
            time.sleep(0.1)
        _until(lambda: len(done) == 2)
        time.sleep(1.5)
        assert len(done) == 2


def test_a_share_that_was_away_is_watched_again(tmp_path: Path) -> None:
    done: list[float] = []
    with watched(tmp_path, lambda: done.append(time.monotonic()), fail):
        _until(lambda: len(done) == 1)
        (tmp_path / "logs").rename(tmp_path / "away")
        time.sleep(1.5)
        (tmp_path / "away").rename(tmp_path / "logs")
        _until(lambda: len(done) == 2)
        (tmp_path / "logs/A001.xlsx").write_bytes(b"x")
        _until(lambda: len(done) == 3)


def test_what_fails_is_told_and_tried_again_though_nothing_changes(tmp_path: Path) -> None:
    told: list[ReportkitError] = []
    troubles: list[Exception] = [TryLater(BUSY, who="x", since="y"), OSError(errno.ENOSPC, "full")]
    done: list[float] = []

    def work() -> None:
        if troubles:
            raise troubles.pop(0)
        done.append(time.monotonic())

    with watched(tmp_path, work, told.append):
        _until(lambda: len(done) == 1)
    assert [error.text for error in told] == [BUSY, FULL]


def test_a_folder_that_is_never_still_is_refreshed_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportkit.branch.watch.LONGEST", 1.0)
    bell, started = Bell(quiet=0.5), time.monotonic()
    while not bell.rung(within=0.1):
        bell.notice()
        assert time.monotonic() - started < 5


def fail(error: ReportkitError) -> None:
    raise AssertionError(error)


def _until(holds: Callable[[], bool], within: float = 10.0) -> None:
    ends = time.monotonic() + within
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.05)
