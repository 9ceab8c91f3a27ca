"""One LibreOffice process: started with a profile and a pipe of its own, or attached to by the pipe's name."""

from __future__ import annotations

import atexit
import contextlib
import os
import secrets
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import weakref
from pathlib import Path
from typing import Any

from . import supervise
from .errors import CalcError, OfficeGone, OfficeTimeout
from .installation import find_installation
from .link import Link, Object, Struct, Typed, open_link

START_SECONDS = 60.0
QUIT_SECONDS = 10.0
PROFILE_PREFIX = "xlwings-libreoffice-"


class Office:
    """A connection to a LibreOffice process; `started` tells whether it is ours to end."""

    def __init__(self, link: Link, context: Object, pid: int, supervisor: subprocess.Popen[bytes] | None) -> None:
        self.link = link
        self.context = context
        self.pid = pid
        self._supervisor = supervisor
        self.desktop = self.service("com.sun.star.frame.Desktop")

    @property
    def started(self) -> bool:
        """Whether this program started the process."""
        return self._supervisor is not None

    def service(self, name: str) -> Any:
        """A new instance of a UNO service."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def is_alive(self) -> bool:
        """Whether the process answers; a dead one never does again."""
        if self._supervisor is not None and self._supervisor.poll() is not None:
            return False
        try:
            self.desktop.getImplementationName()
        except CalcError:
            return False
        return True

    def quit(self) -> None:
        """Ask the office to end; a started one is ended whatever it answers."""
        with contextlib.suppress(OfficeGone):  # it may drop the connection before it answers
            self.desktop.terminate()
        if self._supervisor is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._supervisor.wait(QUIT_SECONDS)
        self.release()

    def kill(self) -> None:
        """End the process at once, attached or started."""
        if self._supervisor is None and self.pid > 0:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        self.release()

    def release(self) -> None:
        """End what this program started, and nothing else."""
        supervisor = self._supervisor
        if supervisor is not None and supervisor.stdin and not supervisor.stdin.closed:
            supervisor.stdin.close()
            supervisor.wait(QUIT_SECONDS)
            if supervisor.stdout:
                supervisor.stdout.close()
        self.link.close()


_offices: weakref.WeakSet[Office] = weakref.WeakSet()


@atexit.register
def _release_all() -> None:
    for office in list(_offices):
        with contextlib.suppress(CalcError, OSError, subprocess.TimeoutExpired):
            office.release()


def start_office(visible: bool) -> Office:
    """Start a LibreOffice; windows need a display, without one it draws into memory."""
    installation = find_installation()
    profile = Path(tempfile.mkdtemp(prefix=PROFILE_PREFIX))
    pipe = "xlwings" + secrets.token_hex(12)  # a UNO pipe has no login: its name is the secret
    on_screen = visible and bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    command = [
        str(installation.soffice),
        "--invisible" if on_screen else "--headless",  # without either it ends when it finds no window to show
        *("--norestore", "--nodefault", "--nologo", "--nofirststartwizard"),
        f"--accept=pipe,name={pipe};urp;",
        f"-env:UserInstallation={profile.as_uri()}",
    ]
    _write_settings(profile, on_screen)
    supervisor = subprocess.Popen(
        [sys.executable, "-I", "-S", supervise.__file__, str(profile), *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=installation.environment(),
        start_new_session=True,  # Ctrl+C is for the user's program, not for the office
    )
    link = None
    try:
        link = open_link(installation)
        context = _connect(link, pipe, supervisor)
    except BaseException:
        if link:
            link.close()
        if supervisor.stdin:
            supervisor.stdin.close()
        supervisor.wait(QUIT_SECONDS)
        raise
    office = Office(link, context, _last_pid(supervisor), supervisor)
    _offices.add(office)
    return office


def attach_office(pipe: str) -> Office:
    """Connect to a running LibreOffice that was started with ``--accept=pipe,name=PIPE;urp;``."""
    link = open_link(find_installation())
    try:
        context = link.connect(pipe)
    except CalcError as failure:
        link.close()
        raise CalcError(f"No LibreOffice listens on the pipe {pipe!r}.", failure.kind) from None
    office = Office(link, context, _listening_pid(pipe), None)
    _offices.add(office)
    return office


def _connect(link: Link, pipe: str, supervisor: subprocess.Popen[bytes]) -> Object:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            return link.connect(pipe)
        except CalcError as failure:
            if failure.kind != "NoConnectException":
                raise
        if supervisor.poll() is not None:
            raise OfficeGone(f"LibreOffice ended while starting (exit code {supervisor.returncode}).")
        if time.monotonic() > deadline:
            raise OfficeTimeout(f"LibreOffice did not answer within {START_SECONDS:.0f} seconds.")
        time.sleep(0.02)


def _last_pid(supervisor: subprocess.Popen[bytes]) -> int:
    assert supervisor.stdout  # noqa: S101 - it is a pipe
    return int(os.read(supervisor.stdout.fileno(), 4096).split()[-1])


def _listening_pid(pipe: str) -> int:
    """Process behind a UNO pipe; 0 where the system does not tell."""
    path = Path(tempfile.gettempdir()) / f"OSL_PIPE_{os.getuid()}_{pipe}"
    if not hasattr(socket, "SO_PEERCRED") or not path.exists():
        return 0
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(path))
        credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return int(struct.unpack("3i", credentials)[0])


SETTINGS = {
    "/org.openoffice.Office.Common/Misc": {"ShowTipOfTheDay": "false", "FirstRun": "false"},
    "/org.openoffice.Setup/Office": {"ooSetupInstCompleted": "true"},  # else it sets itself up and starts again
}
# an office without windows works alike whatever the user's language: names of sheets, decimal points, formats
LOCALE = {
    "/org.openoffice.Setup/L10N": {"ooLocale": "en-US", "ooSetupSystemLocale": "en-US"},
}


def _write_settings(profile: Path, on_screen: bool) -> None:
    """Settings that a fresh profile starts with: no tips or greetings."""
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, values in (SETTINGS if on_screen else SETTINGS | LOCALE).items()
        for name, value in values.items()
    )
    user = profile / "user"
    (user / "extensions").mkdir(parents=True)
    # a profile that knows this build has its extensions in place: no second start
    (user / "extensions" / "buildid").write_text(find_installation().build, encoding="utf-8")
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n{items}</oor:items>\n',
        encoding="utf-8",
    )


def properties(**values: Any) -> tuple[Struct, ...]:
    """UNO's named arguments."""
    return tuple(Struct("com.sun.star.beans.PropertyValue", Name=name, Value=value) for name, value in values.items())


def typed(values: tuple[Struct, ...]) -> Typed:
    """Named arguments inside another one, where UNO wants their type stated."""
    return Typed("[]com.sun.star.beans.PropertyValue", values)
