"""A change of a log or the settings calls for one refresh, however many steps it was saved in."""

import datetime as dt
import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from zoneinfo import ZoneInfo

import pytest

from reportkit.branch.folder import Branch, log_name
from reportkit.branch.lock import BUSY, FULL
from reportkit.branch.watch import Bell, concerns, watch
from reportkit.definitions.errors import ReportkitError, TryLater
from reportkit.settings.calendars import week_name
from tests.branches import branch_in, double_targets, rewrite, rows_of_advisor


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


def versions(branch: Branch) -> Iterator[tuple[Path, bytes]]:
    """Yield logs of a branch as they will be saved, ever shorter; the branch is as it was."""
    for step in range(4):
        identity, rows = rows_of_advisor(1 + step % 2)
        rows["activities"] = rows["activities"][: -1 - step]
        before = branch.log(log_name(identity.advisor_id, identity.advisor_name)).read_bytes()
        path = rewrite(branch, identity, rows)
        yield path, path.read_bytes()
        path.write_bytes(before)


def hears_ctrl_c() -> None:
    """Let a program hear Ctrl-C though the tests themselves may run where it is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def ended(process: "subprocess.Popen[str]") -> Iterator["subprocess.Popen[str]"]:
    with process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.slow
def test_the_command_follows_bursts_and_settings_says_what_fails_mails_nothing_and_ends(tmp_path: Path) -> None:
    branch = branch_in(tmp_path / "branch")
    week = week_name(dt.datetime.now(ZoneInfo("Asia/Shanghai")).date())
    saved = list(versions(branch))
    said: list[str] = []
    command = [sys.executable, "-m", "reportkit", "watch", str(branch.root)]
    environment = {**os.environ, "REPORTKIT_LANG": "en", "PYTHONUNBUFFERED": "1", "COLUMNS": "300"}
    with ended(
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            text=True,
            preexec_fn=hears_ctrl_c,
        )
    ) as watching:
        assert watching.stdout is not None
        Thread(target=lambda lines: said.extend(lines), args=(watching.stdout,), daemon=True).start()

        def counts() -> list[str]:
            return [line.strip().split(": ", 1)[1] for line in said if f"{week}: " in line]

        def after(number: int) -> str:
            _until(lambda: len(counts()) == number, within=60)
            return counts()[-1]

        assert after(1).startswith("2 logs read, 0 unchanged, 0 failed")
        for path, content in saved * 3:  # two people who save again and again
            path.write_bytes(content)
            time.sleep(0.2)
        assert after(2).startswith("2 logs read")
        double_targets(branch)
        assert after(3).startswith("0 logs read, 2 unchanged")
        sound = branch.settings_path.read_bytes()
        branch.settings_path.write_bytes(sound[:1000])  # half of it is there
        _until(lambda: any("settings.xlsx" in line for line in said), within=60)
        branch.settings_path.write_bytes(sound)
        after(4)
        for name in ("~$A001 张伟.xlsx", ".~lock.A001 张伟.xlsx#", "A001 张伟.xlsx.tmp"):
            branch.log(name).write_bytes(b"passing")
        time.sleep(5)
        assert len(counts()) == 4
        watching.send_signal(signal.SIGINT)
        assert watching.wait(timeout=20) == 0
    assert not (branch.root / "outbox").exists()
    _until(lambda: said[-1].strip() == "Ended")
    assert not [line for line in said if "Traceback" in line]
