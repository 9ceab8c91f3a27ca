"""The ribbon file and the extension in a real LibreOffice."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportkit_addin.build import doctor
from reportkit_addin.build.machine import Machine
from reportkit_addin.build.oxt import build_oxt
from reportkit_addin.build.xlam import build_xlam
from reportkit_addin.buttons import BUTTONS, TAB
from tests.addin_build.conftest import SOFFICE, Office

pytestmark = pytest.mark.office


def test_office_loads_the_ribbon_file(office: Office, tmp_path: Path) -> None:
    loaded = office.ask("load", build_xlam(tmp_path).as_uri())
    assert loaded["sheets"] == ["reportkit.conf"]
    settings = dict(loaded["cells"])
    assert settings["ADD_WORKBOOK_TO_PYTHONPATH"] == "false"
    assert "reportkit_addin.scripts.run('\" & control.Tag & \"')" in loaded["modules"]["RibbonReportkit"]
    assert 'PROJECT_NAME As String = "reportkit"' in loaded["modules"]["xlwings"]
    assert "Option ClassModule" in loaded["modules"]["Dictionary"]


def test_toolbar_shows_every_button(office: Office) -> None:
    shown = office.ask("toolbar")
    assert shown["shown"]
    assert shown["docked"]
    assert shown["labels"] == [button.label.en for button in BUTTONS]


@pytest.mark.parametrize("tag", ["check", "team"])
def test_a_press_hands_tag_and_document_to_the_users_python(office: Office, tag: str) -> None:
    pressed = office.ask("press", f"org.reportkit.buttons:{tag}", "A1", "done")
    assert pressed["cell"] == f"{tag} [] done"  # none of the office's variables came along
    assert pressed["returned"] < pressed["seconds"]  # the office was not held up meanwhile


def test_what_a_failed_script_says_is_shown(office: Office) -> None:
    assert office.ask("message_after", "org.reportkit.buttons:send") == {"title": TAB.en, "words": "第 7 行缺少日期。"}
    pressed = office.ask("press", "org.reportkit.buttons:week", "A1", "done")
    assert pressed["cell"] == "week [] done"  # the office is free again


@pytest.fixture
def ordinary_user() -> Iterator[tuple[Path, list[str]]]:
    """Give a folder of, and the start of a command as, somebody who is not root: unopkg refuses root."""
    if not shutil.which("unopkg") or not shutil.which("setpriv"):
        pytest.skip("no unopkg or setpriv")
    with tempfile.TemporaryDirectory(dir="/tmp") as name:  # pytest keeps its own folders closed
        command: list[str] = []
        if os.geteuid() == 0:
            os.chown(name, 65534, 65534)
            command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        yield Path(name), command


def test_the_offices_installer_takes_the_extension(ordinary_user: tuple[Path, list[str]]) -> None:
    folder, command = ordinary_user
    oxt = build_oxt(folder)
    oxt.chmod(0o644)
    profile = f"-env:UserInstallation={(folder / 'libreoffice' / '4').as_uri()}"
    environment = {**os.environ, "HOME": str(folder)}
    for words in (["add", "--force", profile, str(oxt)], ["list", profile]):
        done = subprocess.run(
            [*command, "unopkg", *words], env=environment, cwd=folder, capture_output=True, timeout=90, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
    listed = done.stdout.decode()
    assert "Identifier: org.reportkit.buttons" in listed
    assert "is registered: no" not in listed
    here = Machine("linux", folder, {"XDG_CONFIG_HOME": str(folder)}, which=lambda name: str(SOFFICE))
    assert {check.code: check.ok for check in doctor.checks(here)}["extension"]
