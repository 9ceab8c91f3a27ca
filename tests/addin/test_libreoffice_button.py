"""A press in LibreOffice, from the extension's button to the cells: nothing is stood in for."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportkit.definitions import words
from reportkit.definitions.forms import FORMS
from reportkit.definitions.text import Text
from reportkit_addin import libreoffice_button, scripts
from reportkit_addin.libreoffice_button import speak_libreoffice
from reportkit_addin.outputs import FIRST
from tests.addin.conftest import Extended

pytestmark = pytest.mark.office


def test_what_nobody_foresaw_is_a_sentence(extended: Extended, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = extended.app.books.open(str(path))

    def broken(press: scripts.Press) -> str:
        return str(1 // 0)

    monkeypatch.setitem(scripts.SCRIPTS, "about", broken)
    with pytest.raises(SystemExit) as said:
        libreoffice_button.main(["about", "--pipe", extended.pipe, "--document", book.api.RuntimeUID])
    assert "ZeroDivisionError" in str(said.value)
    assert "\n" not in str(said.value)


def test_a_press_checks_the_log_it_was_pressed_in(extended: Extended, path: Path) -> None:
    pipe, app = extended.pipe, extended.app
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
    while book.sheets.active.name != words.FINDINGS.zh_cn and time.monotonic() < deadline:
        time.sleep(0.3)
    assert book.sheets.active.name == words.FINDINGS.zh_cn  # the script came to its end
    assert other.sheets[0].used_range.value is None
    with pytest.raises(libreoffice_button.DocumentClosedError):
        libreoffice_button.main(["check", "--pipe", pipe, "--document", "0"])
    with pytest.raises(SystemExit) as refused:
        libreoffice_button.main(["week", "--pipe", pipe, "--document", other.api.RuntimeUID])
    assert other.name in str(refused.value)


@pytest.mark.parametrize(("tag", "name"), [("check", words.FINDINGS), ("week", words.WEEKLY), ("today", words.DUE)])
def test_what_is_being_typed_stays_in_its_cell(
    extended: Extended, path: Path, screen: str, tag: str, name: Text
) -> None:  # the fixture
    speak_libreoffice()
    book = extended.app.books.open(str(path))
    sheet = book.sheets[FORMS["activities"].label.zh_cn]
    sheet.activate()
    sheet.range("I8").select()
    book.api.getCurrentController().getFrame().getComponentWindow().setFocus()

    def hands(*does: str) -> str:
        tool = ["xdotool", *does]
        return subprocess.run(tool, env={**os.environ, "DISPLAY": screen}, capture_output=True, text=True).stdout

    window = hands("search", "--onlyvisible", "--name", path.stem.split()[0]).split()[-1]
    hands("windowfocus", "--sync", window)
    hands("type", "--delay", "50", "half a word")
    libreoffice_button.main([tag, "--pipe", extended.pipe, "--document", book.api.RuntimeUID])
    assert sheet.range("I8").value == "half a word"
    assert book.sheets.active.name == name.zh_cn
    assert "half a word" not in str(book.sheets[name.zh_cn].range((FIRST, 9), (20, 12)).value)


def test_a_button_starts_without_what_it_does_not_use() -> None:
    program = (
        "import sys, reportkit_addin.libreoffice_button\n"
        "heavy = ('matplotlib', 'jinja2', 'reportkit.mail', 'reportkit_addin.mailing')\n"
        "print([name for name in heavy if name in sys.modules])\n"
        "import matplotlib.figure, reportkit_addin.mailing"  # both can still be had
    )
    started = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (started.returncode, started.stdout.strip()) == (0, "[]"), started.stderr
