"""Watching a branch: a refresh whenever its logs or settings have changed and then kept still for a while."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event, Timer
from typing import Final

from reportkit.branch.folder import Branch, is_passing
from reportkit.definitions.errors import MendInput, ReportkitError
from reportkit.definitions.text import Text
from reportkit.summary.flow import LOGS, SETTINGS_FILE

QUIET: Final = 3.0  # seconds without a change: Excel saves a workbook in several steps
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
    failed: Callable[[ReportkitError], None] = lambda error: None,
) -> None:
    """Do the work now and after every change, until `stop` is set; what fails is told, and tried at the next change.

    The folder is looked at anew each time: file systems of shares often tell nothing of what others change.
    """
    try:
        from watchdog.events import FileSystemEvent, FileSystemEventHandler
        from watchdog.observers.polling import PollingObserver
    except ImportError:
        raise MendInput(NO_WATCHDOG) from None
    changed = Event()
    changed.set()

    class Handler(FileSystemEventHandler):
        """Notes a change once the folder has been still for a while."""

        def __init__(self) -> None:
            self.timer: Timer | None = None

        def on_any_event(self, event: FileSystemEvent) -> None:
            if not concerns(branch, Path(str(event.src_path))):
                return
            if self.timer is not None:
                self.timer.cancel()
            self.timer = Timer(quiet, changed.set)
            self.timer.daemon = True
            self.timer.start()

    observer = PollingObserver(timeout=min(1.0, quiet))
    handler = Handler()
    observer.schedule(handler, str(branch.root), recursive=False)
    observer.schedule(handler, str(branch.root / LOGS), recursive=False)
    observer.start()
    try:
        while not stop.is_set():
            if changed.wait(timeout=0.2):
                changed.clear()
                try:
                    work()
                except ReportkitError as error:
                    failed(error)
    finally:
        observer.stop()
        observer.join()


def concerns(branch: Branch, path: Path) -> bool:
    """Return whether a change of a file calls for a refresh: a log's or the settings', not what a refresh writes."""
    if path.parent == branch.root:
        return path.name == SETTINGS_FILE
    return path.parent == branch.root / LOGS and not is_passing(path.name)
