"""The ribbon file and the extension in a real LibreOffice."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportkit_addin.build.xlam import build_xlam
from reportkit_addin.buttons import BUTTONS
from tests.addin_build.conftest import Office

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
    assert office.ask("message_after", "org.reportkit.buttons:send")["words"] == "第 7 行缺少日期。"
    pressed = office.ask("press", "org.reportkit.buttons:week", "A1", "done")
    assert pressed["cell"] == "week [] done"  # the office is free again
