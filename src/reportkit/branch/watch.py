"""Watching a branch: a refresh whenever its logs or settings have changed and then kept still for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Timer
from typing import TYPE_CHECKING, Final

from reportkit.branch.folder import Branch, is_passing
from reportkit.branch.lock import refusal
from reportkit.definitions.errors import MendInput, ReportkitError
from reportkit.definitions.text import Text
from reportkit.read.archives import ARCHIVE, LOGS
from reportkit.settings.nearby import SETTINGS_FILE

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver

QUIET: Final = 3.0  # seconds without a change: Excel saves a workbook in several steps
LONGEST: Final = 60.0  # seconds after which a refresh comes though the folder is never still
AGAIN: Final = (
    60.0  # seconds after which what failed is tried again: a lock, a full disk or a share may be free by then
)
NO_WATCHDOG: Final = Text(
    '没有安装 watchdog。请运行 pip install "reportkit[watch]"',
    '沒有安裝 watchdog。請執行 pip install "reportkit[watch]"',
    'watchdog is not installed. Run pip install "reportkit[watch]"',
)


def watch(
    branch: Branch,
    work: Callable[[], None],
    stop: Event,
    *,
    quiet: float = QUIET,
    again: float = AGAIN,
    failed: Callable[[ReportkitError], None] = lambda error: None,
) -> None:
    """Do the work now and after every change, until `stop` is set; what fails is told, and tried `again` later.

    The folder is looked at anew each time: file systems of shares often tell nothing of what others change. A share
    that was away is watched again when it is back, and counts as changed.
    """
    try:
        from watchdog.observers.polling import PollingObserver
    except ImportError:
        raise MendInput(NO_WATCHDOG) from None
    bell = Bell(quiet)
    bell.ring()
    observer = PollingObserver(timeout=min(1.0, quiet))
    observer.start()
    try:
        while not stop.is_set():
            _keep_looking(observer, branch, bell)
            if not bell.rung(within=0.2):
                continue
            try:
                work()
            except (ReportkitError, OSError) as error:
                failed(error if isinstance(error, ReportkitError) else refusal(error, branch.root))
                bell.ring(after=again)
    finally:
        bell.hush()
        observer.stop()
        observer.join()


class Bell:
    """Rings once what was noticed has been still for `quiet` seconds, at the latest after `LONGEST`."""

    def __init__(self, quiet: float) -> None:
        self._quiet = quiet
        self._event = Event()
        self._timer: Timer | None = None
        self._since = 0.0

    def notice(self) -> None:
        """Take note of a change: the bell rings when no other comes for a while."""
        now = time.monotonic()
        if self._timer is None or not self._timer.is_alive():
            self._since = now
        self.ring(after=max(0.0, min(self._quiet, self._since + LONGEST - now)))

    def ring(self, *, after: float = 0.0) -> None:
        """Ring now or after so many seconds, instead of whenever it was going to."""
        self.hush()
        if after <= 0.0:
            self._event.set()
            return
        self._timer = Timer(after, self._event.set)
        self._timer.daemon = True
        self._timer.start()

    def rung(self, *, within: float) -> bool:
        """Wait so many seconds at most; return whether the bell rang, which is then over."""
        rang = self._event.wait(within)
        self._event.clear()
        return rang

    def hush(self) -> None:
        """Do not ring later."""
        if self._timer is not None:
            self._timer.cancel()


def _keep_looking(observer: BaseObserver, branch: Branch, bell: Bell) -> None:
    """Look at the folders of a branch, again if they were away: then everything may have changed."""
    from watchdog.events import FileSystemEvent, FileSystemEventHandler

    class Handler(FileSystemEventHandler):
        """Notes a change that calls for a refresh."""

        def on_any_event(self, event: FileSystemEvent) -> None:
            if concerns(branch, Path(str(event.src_path))) or concerns(branch, Path(str(event.dest_path))):
                bell.notice()

    archives = branch.root / ARCHIVE
    folders = (branch.root, branch.root / LOGS, *([archives] if archives.is_dir() else []))
    alive = [emitter for emitter in observer.emitters if emitter.is_alive()]
    if len(alive) == len(folders) or not all(folder.is_dir() for folder in folders):
        return
    was_away = bool(observer.emitters)
    observer.unschedule_all()
    for folder in folders:
        observer.schedule(Handler(), str(folder), recursive=folder == archives)
    if was_away:
        bell.notice()


def concerns(branch: Branch, path: Path) -> bool:
    """Return whether a change of a file calls for a refresh: a log's or the settings', not what a refresh writes."""
    if path.parent == branch.root:
        return path.name == SETTINGS_FILE
    of_advisors = path.parent == branch.root / LOGS or branch.root / ARCHIVE in path.parents
    return of_advisors and not is_passing(path.name)
