"""A change of a log or the settings calls for one refresh, however many steps it was saved in."""

import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from reportkit.branch.folder import Branch
from reportkit.branch.watch import concerns, watch


def test_what_a_refresh_writes_and_what_passes_does_not_call_for_another(tmp_path: Path) -> None:
    branch = Branch(tmp_path)
    assert concerns(branch, tmp_path / "settings.xlsx")
    assert concerns(branch, tmp_path / "logs/A001.xlsx")
    for other in ("reports/2026-W47/A001.xlsx", "history/manifest.json", "logs/~$A001.xlsx", "logs", "notes.txt"):
        assert not concerns(branch, tmp_path / other)


def test_a_log_saved_in_steps_is_refreshed_once(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    done: list[float] = []
    stop = Event()
    watching = Thread(
        target=watch, args=(Branch(tmp_path), lambda: done.append(time.monotonic()), stop), kwargs={"quiet": 0.5}
    )
    watching.start()
    try:
        _until(lambda: len(done) == 1)
        for step in range(3):
            (tmp_path / "logs/A001.xlsx").write_bytes(b"x" * (step + 1))
            time.sleep(0.1)
        _until(lambda: len(done) == 2)
        time.sleep(1.5)
        assert len(done) == 2
    finally:
        stop.set()
        watching.join()


def _until(holds: Callable[[], bool], within: float = 10.0) -> None:
    ends = time.monotonic() + within
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.05)
