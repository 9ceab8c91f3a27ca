"""A real LibreOffice with a profile of its own, and the extension in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reportkit_addin.build.oxt import build_oxt

SOFFICE = Path("/usr/lib/libreoffice/program/soffice.bin")
SYSTEM_PYTHON = Path("/usr/bin/python3")  # has `uno`
DRIVER = Path(__file__).with_name("office_driver.py")
STAND_IN = Path(__file__).with_name("stand_in_python.py")
STARTS = 4


@dataclass(frozen=True)
class Office:
    """A running office and the pipe to drive it by."""

    pipe: str

    def ask(self, action: str, *arguments: str) -> Any:
        """Let the driver do something in the office and return what it found."""
        done = subprocess.run(
            [SYSTEM_PYTHON, DRIVER, self.pipe, action, *arguments], capture_output=True, timeout=90, check=False
        )
        assert done.stdout or action == "quit", done.stderr.decode()
        return json.loads(done.stdout or b"null")


@pytest.fixture(scope="session")
def screen() -> Iterator[str]:
    """Start a screen nobody sees and return its name; a headless office shows no message boxes."""
    if not shutil.which("Xvfb"):
        pytest.skip("no Xvfb")
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1400x700x24"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout
        yield f":{server.stdout.readline().strip()}"
        server.terminate()


def _started(command: list[str], environment: dict[str, str], running: Office) -> subprocess.Popen[bytes]:
    """Start an office and wait until it answers; one that leaves is started again, as a new profile's first always is."""
    for _ in range(STARTS):
        process = subprocess.Popen(command, env=environment)
        while process.poll() is None:
            if running.ask("ready"):
                return process
    raise AssertionError(f"the office left {STARTS} times, last with {process.returncode}")


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory, screen: str) -> Iterator[Office]:
    """Start an office that has the extension among its bundled ones; stop it at the end."""
    if not SOFFICE.is_file() or not (SYSTEM_PYTHON.parent.parent / "lib/python3/dist-packages/uno.py").is_file():
        pytest.skip("no LibreOffice with python3-uno")
    folder = tmp_path_factory.mktemp("office")
    stand_in = folder / "python"
    shutil.copy(STAND_IN, stand_in)
    stand_in.chmod(0o755)
    with zipfile.ZipFile(build_oxt(folder)) as extension:
        extension.extractall(folder / "bundled" / "reportkit")
    pipe = f"reportkit_test_{uuid.uuid4().hex}"
    command = [
        str(SOFFICE),
        "--norestore",
        "--nologo",
        "--nodefault",
        f"--accept=pipe,name={pipe};urp;",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        f"-env:BUNDLED_EXTENSIONS={(folder / 'bundled').as_uri()}",
    ]
    environment = {**os.environ, "REPORTKIT_PYTHON": str(stand_in), "PYTHONPATH": "/nowhere", "DISPLAY": screen}
    running = Office(pipe)
    process = _started(command, environment, running)
    try:
        yield running
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
