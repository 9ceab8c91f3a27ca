"""Offices start, are attached to, end, and leave nothing behind."""

from __future__ import annotations

import builtins
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import xlwings as xw

import xlwings_libreoffice as lo
from xlwings_libreoffice import link
from xlwings_libreoffice.installation import find_installation
from xlwings_libreoffice.link import Bridge, InProcess

SOURCE = Path(lo.__file__).parent.parent
PROGRAM = """
import sys, time
import xlwings as xw, xlwings_libreoffice as lo
xw.engines.add(lo.engine)
xw.engines["libreoffice"].activate()
book = xw.Book()
book.sheets[0]["A1"].value = [["a", 1.5], ["b", "=B1*2"]]
print(book.app.pid, sys.version_info[:2], book.sheets[0]["A1:B2"].value, flush=True)
"""


def wait_for(condition: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"
    except FileNotFoundError:
        return False


same_python = pytest.mark.skipif(
    find_installation().python_minor != sys.version_info[1],
    reason="another Python than LibreOffice's: always the bridge",
)


def profile_of(pid: int) -> Path:
    """Folder that an office keeps its settings in."""
    arguments = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    url = next(text for text in arguments if "UserInstallation" in text).partition("=")[2]
    return Path(url.removeprefix("file://"))


def test_quit_and_kill_end_the_process_and_delete_the_profile() -> None:
    for end in (xw.App.quit, xw.App.kill):
        app = xw.App(visible=False)
        count, pid = len(xw.apps), app.pid
        profile = profile_of(pid)
        assert profile.is_dir()
        end(app)
        assert len(xw.apps) == count - 1
        assert wait_for(lambda pid=pid: not is_running(pid))
        assert wait_for(lambda profile=profile: not profile.exists())


def test_an_office_that_dies_is_a_clear_exception() -> None:
    app = xw.App(visible=False)
    sheet = app.books[0].sheets[0]
    sheet["A1"].value = 1
    os.kill(app.pid, signal.SIGKILL)
    assert wait_for(lambda: not is_running(app.pid))
    with pytest.raises(lo.OfficeGone, match="ended"):
        sheet["A1"].value = [[1.0] * 14] * 1_000
    with pytest.raises(lo.OfficeGone, match="new App"):
        app.books.add()
    assert app not in list(xw.apps)
    app.quit()  # what is gone can be let go of
    replacement = xw.App(visible=False)
    replacement.books[0].sheets[0]["A1"].value = 2
    replacement.quit()


def reading(book: xw.Book, _: Path) -> None:
    assert len(book.sheets[0]["A1:N5000"].value) == 5_000


def writing(book: xw.Book, _: Path) -> None:
    book.sheets[0]["A1"].value = [[1.5, "text"] * 7] * 5_000


def saving(book: xw.Book, path: Path) -> None:
    book.save(path)


@pytest.mark.parametrize("way", [pytest.param(InProcess, marks=same_python), Bridge])
@pytest.mark.parametrize("at_work", [reading, writing, saving])
def test_an_office_that_dies_at_work_is_a_clear_exception(
    at_work: Callable[[xw.Book, Path], None], way: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way is Bridge:  # as if this were a Python that LibreOffice was not built for
        installation = replace(find_installation(), python_minor=None)
        monkeypatch.setattr("xlwings_libreoffice.office.find_installation", lambda: installation)
    app = xw.App(visible=False)
    book, pid = app.books[0], app.pid
    assert type(app.impl.office.link._transport) is way
    profile = profile_of(pid)
    writing(book, tmp_path)
    end = threading.Timer(0.3, os.kill, (pid, signal.SIGKILL))
    end.start()
    with pytest.raises(lo.OfficeGone, match=r"ended.*Start a new App"):
        for _ in range(1_000):
            at_work(book, tmp_path / "book.xlsx")
    end.join()
    assert wait_for(lambda: not is_running(pid))
    assert wait_for(lambda: not profile.exists())
    assert app not in list(xw.apps)
    assert wait_for(lambda: app.impl.office._supervisor.poll() is not None)
    app.quit()


@same_python
def test_importing_uno_leaves_the_import_statement_alone(app: xw.App) -> None:
    assert "uno" in sys.modules
    assert builtins.__import__.__module__ == "builtins"


@pytest.mark.parametrize("ending", ["1 / 0", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"])
def test_an_office_ends_with_its_program_however_that_ends(ending: str) -> None:
    command = [sys.executable, "-c", PROGRAM + "sys.stdin.readline()\n" + ending]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        pid = int(program.stdout.readline().split()[0])
        profile = profile_of(pid)
        program.stdin.write("end\n")
        program.stdin.flush()
    assert wait_for(lambda: not is_running(pid))
    assert wait_for(lambda: not profile.exists())


def attached_once_it_listens(pipe: str) -> xw.App:
    deadline = time.monotonic() + 30
    while True:
        try:
            return lo.attach(pipe)
        except lo.CalcError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def test_attach_to_a_running_office_and_leave_it_running(tmp_path: Path) -> None:
    installation = find_installation()
    pipe = f"test{os.getpid()}"
    command = [str(installation.soffice), "--headless", "--norestore", "--nodefault", f"--accept=pipe,name={pipe};urp;"]
    command.append(f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}")
    with pytest.raises(lo.CalcError, match="listens"):
        lo.attach(pipe)
    subprocess.run([*command, "--terminate_after_init"], check=False)  # a fresh profile is set up in a run of its own
    office = subprocess.Popen(command)
    app = attached_once_it_listens(pipe)
    assert app.pid == office.pid
    app.books.add().sheets[0]["A1"].value = "seen"
    assert lo.attach(pipe).books[0].sheets[0]["A1"].value == "seen"
    app.impl.office.release()
    assert office.poll() is None
    again = lo.attach(pipe)
    assert again.books[0].sheets[0]["A1"].value == "seen"
    again.quit()
    assert office.wait(10) is not None


def other_pythons() -> list[str]:
    """Interpreters of another minor version that this package supports."""
    own = find_installation().python_minor
    found = []
    for minor in range(11, 20):
        candidates = [
            shutil.which(f"python3.{minor}"),
            *map(str, Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python")),
        ]
        usable = [path for path in candidates if path and minor != own and _runs(path, minor)]
        found += usable[:1]
    return found


def _runs(path: str, minor: int) -> bool:
    asked = [path, "-c", "import sys; print(sys.version_info[1])"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip() == str(minor)


@pytest.mark.parametrize("python", other_pythons() or [None])
def test_another_python_works_through_the_bridge(python: str | None, tmp_path: Path) -> None:
    if python is None:
        pytest.skip("no Python of another minor version is installed here")
    packages = tmp_path / "packages"
    packages.mkdir()
    for folder in (Path(xw.__file__).parent, Path(lo.__file__).parent):  # nothing built for this interpreter
        (packages / folder.name).symlink_to(folder)
    program = subprocess.run(
        [python, "-c", PROGRAM + "print(type(book.app.impl.office.link._transport).__name__)"],
        env={**os.environ, "PYTHONPATH": str(packages), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert program.stdout.splitlines()[1:] == ["Bridge"], program.stderr
    pid, rest = program.stdout.splitlines()[0].split(" ", 1)
    assert rest.endswith("[['a', 1.5], ['b', 3.0]]")
    assert wait_for(lambda: not is_running(int(pid)))


@pytest.fixture
def display() -> Iterator[str]:
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        pytest.skip("Xvfb is not installed here")
    with subprocess.Popen(
        [xvfb, "-displayfd", "1", "-noreset", "-nolisten", "tcp"], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        yield f":{server.stdout.readline().strip()}"
        server.terminate()


def test_windows_are_shown_on_a_display(display: str) -> None:
    ending = "print(book.app.visible); book.app.visible = False; print(book.app.visible)"
    program = subprocess.run(
        [sys.executable, "-c", PROGRAM + ending],
        env={**os.environ, "DISPLAY": display},
        capture_output=True,
        text=True,
        check=False,
    )
    assert program.stdout.splitlines()[1:] == ["True", "False"], program.stderr


def test_the_users_language_changes_nothing_without_windows() -> None:
    ending = """
sheet = book.sheets[0]
sheet["C1"].number_format = "#,##0.00"
print(sheet.name, sheet["D1"].number_format, sheet["C1"].number_format)
"""
    program = subprocess.run(
        [sys.executable, "-c", PROGRAM.replace("xw.Book()", "xw.App(visible=False).books[0]") + ending],
        env={**os.environ, "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert program.stdout.splitlines()[1:] == ["Sheet1 General #,##0.00"], program.stderr


def test_the_offices_own_python_starts_beside_a_virtual_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = find_installation().python
    subprocess.run([python, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    monkeypatch.setenv("PATH", f"{tmp_path / 'venv' / 'bin'}{os.pathsep}{os.environ['PATH']}")
    app = xw.App(visible=False)
    try:
        assert app.impl.office.service("com.sun.star.loader.Python") is not None
    finally:
        app.quit()


def test_a_request_that_was_broken_off_is_never_answered_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    installation = find_installation()
    bridge = Bridge(installation.python, [str(one) for one in installation.uno_folders], installation.environment())
    try:
        with monkeypatch.context() as patched:
            patched.setattr(link.pickle, "load", _interrupted)
            with pytest.raises(KeyboardInterrupt):
                bridge.ask(("connect", [], "nobody listens here"))
        assert bridge.ask(("has", [], 1, "anything"))[:2] == ("failed", "BridgeEnded")
    finally:
        bridge.close()


def _interrupted(_: object) -> None:
    raise KeyboardInterrupt


def test_what_the_other_side_cannot_do_is_a_failure_and_it_goes_on() -> None:
    installation = find_installation()
    bridge = Bridge(installation.python, [str(one) for one in installation.uno_folders], installation.environment())
    try:
        assert bridge.ask(("no such verb", []))[:2] == ("failed", "AttributeError")
        assert bridge.ask(("has", [], 99, "anything"))[:2] == ("failed", "KeyError")
        with pytest.raises(TypeError, match="pickle"):
            bridge.ask(("has", [], open_file := sys.stdout, "x"))
        assert open_file is sys.stdout
        assert bridge.ask(("has", [], 99, "anything"))[:2] == ("failed", "KeyError")
    finally:
        bridge.close()
