"""A branch with logs, and a LibreOffice of its own driven through xlwings."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
import time
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import xlwings as xw

import xlwings_libreoffice
from reportkit.demo import write_demo
from reportkit_addin.build.oxt import build_oxt
from reportkit_addin.libreoffice_button import speak_libreoffice
from tests.addin_build.conftest import SOFFICE, screen  # noqa: F401 # a fixture

TODAY = dt.date(2026, 11, 25)
WEEK = "2026-W48"
ADVISOR = "A001"


@pytest.fixture(scope="session", autouse=True)
def spoken_to_in_chinese() -> Iterator[None]:
    """Have whoever runs these tests be spoken to in Chinese where no workbook tells."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORTKIT_LANG", "zh-CN")
        yield


@pytest.fixture(scope="session")
def demo_branch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a small branch: one log a person, good and bad rows."""
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder, advisors=2, weeks=1, today=TODAY)
    return folder


@pytest.fixture
def branch(demo_branch: Path, tmp_path: Path) -> Path:
    """Return a branch a test may change."""
    return Path(shutil.copytree(demo_branch, tmp_path / "branch"))


@pytest.fixture(scope="session")
def office() -> Iterator[xw.App]:
    """Start an office without windows; end it with the tests."""
    lo = pytest.importorskip("xlwings_libreoffice")
    try:
        lo.installation.find_installation()
    except lo.OfficeNotFound as missing:
        pytest.skip(str(missing))
    speak_libreoffice()
    app = xw.App(visible=False)
    yield app
    app.quit()


@pytest.fixture
def app(office: xw.App) -> Iterator[xw.App]:
    """Return the office; close what a test opened."""
    yield office
    for book in list(office.books):
        book.close()


@pytest.fixture
def path(branch: Path) -> Path:
    """Return one of the branch's logs."""
    return next((branch / "logs").glob(f"{ADVISOR}*.xlsx"))


@pytest.fixture
def log(app: xw.App, path: Path) -> xw.Book:
    """Return that log, open."""
    return app.books.open(str(path))


@dataclass(frozen=True)
class Extended:
    """An office that has the extension, the pipe to reach it by, and the Python behind its buttons and functions."""

    pipe: str
    app: xw.App
    python: Path

    def python_is(self, program: str) -> None:
        """Have another program stand behind the buttons and functions."""
        self.python.write_text(f'#!/bin/sh\nexec {program} "$@"\n')
        self.python.chmod(0o755)


@pytest.fixture(scope="session")
def office_with_extension(tmp_path_factory: pytest.TempPathFactory, screen: str) -> Iterator[Extended]:  # noqa: F811 # the fixture
    """Start an office with the extension and our own Python behind it; end it with the tests."""
    if not SOFFICE.is_file():
        pytest.skip("no LibreOffice")
    folder = tmp_path_factory.mktemp("extended")
    with zipfile.ZipFile(build_oxt(folder)) as extension:
        extension.extractall(folder / "bundled" / "reportkit")
    name = f"reportkit_test_{uuid.uuid4().hex}"
    command = [
        str(SOFFICE), "--norestore", "--nologo", "--nodefault", f"--accept=pipe,name={name};urp;",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        f"-env:BUNDLED_EXTENSIONS={(folder / 'bundled').as_uri()}",
    ]  # fmt: skip
    environment = {**os.environ, "REPORTKIT_PYTHON": str(folder / "python"), "DISPLAY": screen}
    processes = [subprocess.Popen(command, env=environment)]
    try:
        made = Extended(name, _answering(command, environment, name, processes), folder / "python")
        made.python_is(sys.executable)
        yield made
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


@pytest.fixture
def extended(office_with_extension: Extended) -> Iterator[Extended]:
    """Return that office; close what a test opened, and put our Python back."""
    yield office_with_extension
    office_with_extension.python_is(sys.executable)
    for book in list(office_with_extension.app.books):
        book.close()
