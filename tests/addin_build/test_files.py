"""The ribbon file and the extension as files: what is in them, and that two builds are one."""

from __future__ import annotations

import re
import zipfile
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from reportkit.definitions.text import LANGUAGES, Language
from reportkit_addin.build.icons import ICONS
from reportkit_addin.build.oxt import build_oxt
from reportkit_addin.build.ribbon import ribbon_xml
from reportkit_addin.build.xlam import Interpreters, build_xlam, settings
from reportkit_addin.buttons import BUTTONS, GROUPS, TAB, TAGS

RIBBON = "{http://schemas.microsoft.com/office/2009/07/customui}"
PLAIN = Interpreters()


@pytest.mark.parametrize("build", [build_xlam, build_oxt])
def test_two_builds_are_the_same_bytes(build: type, tmp_path: Path) -> None:
    first = build(tmp_path / "a").read_bytes()
    assert build(tmp_path / "b").read_bytes() == first
    with zipfile.ZipFile(tmp_path / "a") as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_ribbon_shows_every_button_in_the_language(language: Language) -> None:
    root = ElementTree.fromstring(ribbon_xml(language))  # noqa: S314 -- our own text
    assert [tab.get("label") for tab in root.iter(f"{RIBBON}tab")] == [TAB.to(language)]
    assert [group.get("label") for group in root.iter(f"{RIBBON}group")] == [
        label.to(language) for label in GROUPS.values()
    ]
    buttons = {button.get("tag"): button for button in root.iter(f"{RIBBON}button")}
    assert set(buttons) == TAGS
    for button in BUTTONS:
        shown = buttons[button.tag]
        assert shown.get("label") == button.label.to(language)
        assert shown.get("screentip") == button.tip.to(language)
        assert shown.get("onAction") == "RibbonReportkit.Press"


def test_every_button_is_whole() -> None:
    assert len(TAGS) == len(BUTTONS)
    assert set(ICONS) == TAGS
    for button in BUTTONS:
        assert button.group in GROUPS
        assert all(words for text in (button.label, button.tip, button.help) for words in text.all())


def test_package_is_an_addin_whose_parts_are_all_declared(tmp_path: Path) -> None:
    with zipfile.ZipFile(build_xlam(tmp_path)) as package:
        types = package.read("[Content_Types].xml").decode()
        assert "vnd.ms-excel.addin.macroEnabled.main+xml" in types
        assert 'Extension="png"' in types
        assert b'Target="customUI/customUI14.xml"' in package.read("_rels/.rels")
        images = re.findall(r'Target="(images/[^"]+)"', package.read("customUI/_rels/customUI14.xml.rels").decode())
        assert {f"customUI/{image}" for image in images} <= set(package.namelist())


def test_settings_sheet_names_the_interpreter(tmp_path: Path) -> None:
    python = r"C:\Users\张伟\AppData\python.exe"
    made = build_xlam(tmp_path, "en", Interpreters(windows=python))
    found = dict(CalamineWorkbook.from_path(str(made)).get_sheet_by_name("reportkit.conf").to_python())
    assert found["INTERPRETER_WIN"] == python
    assert found["TEXT_NO_WORKBOOK"] == "Open a workbook first."
    assert "" not in found  # xlwings reads down to the first blank cell


def test_no_key_is_left_for_a_file_beside_the_workbook() -> None:
    spec = find_spec("xlwings")
    assert spec and spec.origin
    source = Path(spec.origin).with_name("xlwings_custom_addin.bas").read_text("cp1252")
    asked = set(re.findall(r'GetConfig\("([^"]+)"', source))
    assert asked
    assert asked <= set(settings("zh-CN", PLAIN))


def test_extension_speaks_three_languages(tmp_path: Path) -> None:
    with zipfile.ZipFile(build_oxt(tmp_path)) as package:
        addons = ElementTree.fromstring(package.read("Addons.xcu"))  # noqa: S314 -- our own text
        listed = re.findall(r'full-path="([^"]+)"', package.read("META-INF/manifest.xml").decode())
        assert set(listed) <= set(package.namelist())
    words = {value.text for value in addons.iter("value")}
    assert {word for button in BUTTONS for word in button.label.all()} <= words
    assert {f"org.reportkit.buttons:{tag}" for tag in TAGS} <= words
