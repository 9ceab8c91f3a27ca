"""A press in LibreOffice, from the extension's button to the cells: nothing is stood in for."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

import xlwings_libreoffice
from reportkit.definitions import words
from reportkit_addin import libreoffice_button
from reportkit_addin.build.oxt import build_oxt
from reportkit_addin.outputs import FIRST
from tests.addin_build.conftest import SOFFICE, screen  # noqa: F401 # a fixture

pytestmark = pytest.mark.office


@pytest.fixture
def office(tmp_path: Path, screen: str) -> Iterator[tuple[str, xw.App]]:  # noqa: F811 # the fixture
    """Start an office with the extension and our own Python behind it; return its pipe, and it."""
    if not SOFFICE.is_file():
        pytest.skip("no LibreOffice")
    with zipfile.ZipFile(build_oxt(tmp_path)) as extension:
        extension.extractall(tmp_path / "bundled" / "reportkit")
    name = f"reportkit_test_{uuid.uuid4().hex}"
    command = [
        str(SOFFICE), "--norestore", "--nologo", "--nodefault", f"--accept=pipe,name={name};urp;",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        f"-env:BUNDLED_EXTENSIONS={(tmp_path / 'bundled').as_uri()}",
    ]  # fmt: skip
    environment = {**os.environ, "REPORTKIT_PYTHON": sys.executable, "DISPLAY": screen}
    processes = [subprocess.Popen(command, env=environment)]
    try:
        app = _answering(command, environment, name, processes)
        yield name, app
    finally:
        processes[-1].terminate()
        try:
            processes[-1].wait(15)
        except subprocess.TimeoutExpired:
            processes[-1].kill()
            processes[-1].wait()


def _answering(
    command: list[str], environment: dict[str, str], pipe: str, processes: list[subprocess.Popen[bytes]]
) -> xw.App:
    """Attach to the office once it answers; one that leaves, as a new profile's first does, is started again."""
    deadline = time.monotonic() + 90
    while True:
        if processes[-1].poll() is not None and len(processes) < 3:
            processes.append(subprocess.Popen(command, env=environment))
        try:
            return xlwings_libreoffice.attach(pipe)
        except xlwings_libreoffice.CalcError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def test_a_press_checks_the_log_it_was_pressed_in(office: tuple[str, xw.App], path: Path) -> None:
    pipe, app = office
    book = app.books.open(str(path))
    other = app.books.add()
    frame = book.api.getCurrentController().getFrame()
    helper = app.impl.office.service("com.sun.star.frame.DispatchHelper")
    helper.executeDispatch(frame, "org.reportkit.buttons:check", "_self", 0, ())
    found = book.sheets[words.FINDINGS.zh_cn].range((FIRST, 8))
    deadline = time.monotonic() + 60
    while "." not in str(found.value) and time.monotonic() < deadline:
        time.sleep(0.3)
    assert str(found.value).startswith(("value.", "date."))
    assert other.sheets[0].used_range.value is None
    with pytest.raises(libreoffice_button.DocumentClosedError):
        libreoffice_button.main(["check", "--pipe", pipe, "--document", "0"])
    with pytest.raises(SystemExit) as refused:
        libreoffice_button.main(["week", "--pipe", pipe, "--document", other.api.RuntimeUID])
    assert other.name in str(refused.value)
