"""Installing and checking, on machines described by the test."""

from __future__ import annotations

import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from reportkit import __version__
from reportkit_addin.build import doctor, install
from reportkit_addin.build.machine import Machine
from reportkit_addin.build.oxt import build_oxt
from reportkit_addin.build.xlam import build_xlam
from reportkit_addin.interpreter import child_environment, interpreter, settings_file


def machine(home: Path, platform: str, registry: dict[str, object] | None = None) -> Machine:
    environment = {"APPDATA": str(home / "Roaming")} if platform == "win32" else {}
    values = registry or {}
    return Machine(platform, home, environment, sys.executable, lambda key, name: values.get(name), lambda name: None)


def codes(found: list[doctor.Check], ok: bool) -> set[str]:
    return {check.code for check in found if check.ok is ok}


def test_windows_gets_the_ribbon_where_excel_starts(tmp_path: Path) -> None:
    here = machine(tmp_path, "win32")
    assert "ribbon.placed" in codes(install.install(here), True)
    placed = tmp_path / "Roaming/Microsoft/Excel/XLSTART/reportkit.xlam"
    found = dict(CalamineWorkbook.from_path(str(placed)).get_sheet_by_name("reportkit.conf").to_python())
    assert (found["INTERPRETER_WIN"], found["INTERPRETER_MAC"]) == (sys.executable, "")
    assert {"interpreter", "ribbon", "macros", "blocked"} <= codes(doctor.checks(here), True)


def test_mac_gets_the_ribbon_and_the_script_that_starts_python(tmp_path: Path) -> None:
    assert {"ribbon.placed", "applescript.placed"} <= codes(install.install(machine(tmp_path, "darwin")), True)
    assert list(tmp_path.glob("Library/Group Containers/*/User Content.localized/*/Excel/reportkit.xlam"))
    assert list(tmp_path.glob("Library/Application Scripts/com.microsoft.Excel/xlwings-*.applescript"))


def test_nothing_installed_is_said_with_the_remedy(tmp_path: Path) -> None:
    bad = [check for check in doctor.checks(machine(tmp_path, "win32")) if not check.ok]
    assert {"interpreter", "ribbon", "libreoffice"} <= {check.code for check in bad}
    assert all(words and not words.endswith(("。", ".")) for check in bad for words in check.sentence.all())


@pytest.mark.parametrize(("warnings", "ok"), [(None, True), (1, True), (2, True), (3, False), (4, False)])
def test_macro_setting(tmp_path: Path, warnings: int | None, ok: bool) -> None:
    found = doctor.checks(machine(tmp_path, "win32", {"VBAWarnings": warnings}))
    assert "macros" in codes(found, ok)


def test_a_file_from_the_internet_is_found_blocked(tmp_path: Path) -> None:
    here = machine(tmp_path, "win32")
    install.install(here)
    (tmp_path / "Roaming/Microsoft/Excel/XLSTART/reportkit.xlam:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3")
    assert "blocked" in codes(doctor.checks(here), False)


def test_a_ribbon_of_another_xlwings_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = machine(tmp_path, "win32")
    install.install(here)
    monkeypatch.setattr(doctor, "version", lambda name: "0.0.1")
    assert "ribbon" in codes(doctor.checks(here), False)


def test_who_installs_from_a_virtual_environment_learns_where_to_start_the_office(tmp_path: Path) -> None:
    here = replace(machine(tmp_path, "linux"), which=lambda name: f"/nowhere/{name}")
    assert "extension.start" not in codes(install.install(here), True)
    assert "extension.start" in codes(install.install(replace(here, environment={"VIRTUAL_ENV": "/venv"})), True)


def test_an_extension_that_is_missing_or_older_is_found(tmp_path: Path) -> None:
    here = replace(machine(tmp_path, "linux"), which=lambda name: f"/nowhere/{name}")
    assert "extension" in codes(doctor.checks(here), False)
    installed = here.office_packages()[0] / "lu1.tmp_" / "reportkit.oxt"
    with zipfile.ZipFile(build_oxt(tmp_path)) as extension:
        extension.extractall(installed)
    assert "extension" in codes(doctor.checks(here), True)
    (installed / "reportkit_buttons.py").write_text("# as it was")  # of the same version, built before
    assert "extension" in codes(doctor.checks(here), False)
    description = installed / "description.xml"
    description.write_text(description.read_text().replace(f'"{__version__}"', '"0.0.9"'))
    said = next(check for check in doctor.checks(here) if check.code == "extension")
    assert not said.ok
    assert all("0.0.9" in words and __version__ in words for words in said.sentence.all())
    assert "extension" not in {check.code for check in doctor.checks(machine(tmp_path, "linux"))}  # no LibreOffice here


def test_what_is_no_ribbon_has_no_version(tmp_path: Path) -> None:
    (tmp_path / "reportkit.xlam").write_bytes(b"PK")
    assert doctor.built_with(tmp_path / "reportkit.xlam") is None
    assert doctor.built_with(build_xlam(tmp_path / "good.xlam")) is not None


@pytest.mark.parametrize("platform", ["win32", "darwin", "linux"])
def test_written_interpreter_is_found_and_the_environment_overrides(tmp_path: Path, platform: str) -> None:
    assert interpreter(platform, {}, tmp_path) is None
    install.install(machine(tmp_path, platform))
    environment = dict(machine(tmp_path, platform).environment)
    assert interpreter(platform, environment, tmp_path) == sys.executable
    assert interpreter(platform, {**environment, "REPORTKIT_PYTHON": "/other"}, tmp_path) == "/other"
    assert settings_file(platform, environment, tmp_path).is_file()


def test_the_offices_own_variables_are_dropped() -> None:
    kept = child_environment({"PYTHONHOME": "x", "LD_LIBRARY_PATH": "x", "PATH": "/bin", "URE_BOOTSTRAP": "x"})
    assert kept == {"PATH": "/bin", "PYTHONUTF8": "1"}
