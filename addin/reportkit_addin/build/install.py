"""Puts the buttons where Excel and LibreOffice start, and writes down which Python they start."""

from __future__ import annotations

import subprocess
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from reportkit.branch.atomic import write_bytes
from reportkit.definitions.text import DEFAULT_LANGUAGE, Language, Text
from reportkit.doctor import Check
from reportkit_addin.build.machine import Machine
from reportkit_addin.build.oxt import FILE_NAME as OXT_NAME
from reportkit_addin.build.oxt import build_oxt
from reportkit_addin.build.xlam import FILE_NAME as XLAM_NAME
from reportkit_addin.build.xlam import Interpreters, TemplateMissingError, build_xlam
from reportkit_addin.interpreter import settings_file

_UNOPKG_SECONDS: Final = 120
# Where a virtual environment comes first in PATH, LibreOffice's own Python finds no `uno` in it and ends the office.
_START_ELSEWHERE: Final = Check(
    "extension.start",
    True,
    Text(
        "请从菜单启动 LibreOffice：从激活了虚拟环境的终端启动，它会退出。",
        "請從選單啟動 LibreOffice：從啟用了虛擬環境的終端機啟動，它會結束。",
        "Start LibreOffice from the menu: from a terminal with a virtual environment it ends at once.",
    ),
)


def install(machine: Machine | None = None, language: Language = DEFAULT_LANGUAGE) -> list[Check]:
    """Install every face this machine can show and return what was done, or what to do instead.

    Installing again replaces what is there.
    """
    machine = machine or Machine()
    steps = [_write_interpreter(machine)]
    startup = machine.startup_folder()
    if startup is not None:
        steps.append(_place_ribbon(machine, startup, language))
    if machine.platform == "darwin":
        steps.append(_place_mac_script(machine))
    if machine.office():
        steps.append(_place_extension(machine))
        if "VIRTUAL_ENV" in machine.environment:
            steps.append(_START_ELSEWHERE)
    return steps


def _write_interpreter(machine: Machine) -> Check:
    """Write down this Python for the LibreOffice extension."""
    file = settings_file(machine.platform, machine.environment, machine.home)
    write_bytes(file, machine.python.encode())
    return Check(
        "interpreter.written",
        True,
        Text(
            f"按钮将使用 {machine.python}（记在 {file}）。",
            f"按鈕將使用 {machine.python}（記在 {file}）。",
            f"The buttons start {machine.python} (written to {file}).",
        ),
    )


def _place_ribbon(machine: Machine, startup: Path, language: Language) -> Check:
    """Build the ribbon file into Excel's startup folder."""
    interpreters = Interpreters(**{"windows" if machine.platform == "win32" else "mac": machine.python})
    target = startup / XLAM_NAME
    try:
        build_xlam(target, language, interpreters)
    except TemplateMissingError as missing:
        return Check(
            "ribbon.template",
            False,
            Text(
                f"无法生成功能区文件：{missing}。请先安装 xlwings。",
                f"無法產生功能區檔案：{missing}。請先安裝 xlwings。",
                f"The ribbon file could not be made: {missing}.",
            ),
        )
    except PermissionError:
        return Check(
            "ribbon.locked",
            False,
            Text(
                f"{target} 正被使用。请关闭 Excel 后再运行一次。",
                f"{target} 正被使用。請關閉 Excel 後再執行一次。",
                f"{target} is in use. Close Excel and run this again.",
            ),
        )
    return Check(
        "ribbon.placed",
        True,
        Text(
            f"功能区已放到 {target}，重新打开 Excel 即可看到。",
            f"功能區已放到 {target}，重新開啟 Excel 即可看到。",
            f"The ribbon is in {target}; restart Excel to see it.",
        ),
    )


def _place_mac_script(machine: Machine) -> Check:
    """Copy the script through which xlwings' VBA starts Python on macOS, from the installed xlwings."""
    name = f"xlwings-{version('xlwings')}.applescript"
    spec = find_spec("xlwings")
    source = Path(spec.origin).with_name(name) if spec and spec.origin else None
    folder = machine.home / "Library" / "Application Scripts" / "com.microsoft.Excel"
    placed = source is not None and source.is_file()
    if source is not None and placed:
        write_bytes(folder / name, source.read_bytes())
    return Check(
        "applescript.placed",
        placed,
        Text(
            f"{name} 已放到 {folder}。" if placed else f"xlwings 中缺少 {name}，请重新安装 xlwings。",
            f"{name} 已放到 {folder}。" if placed else f"xlwings 中缺少 {name}，請重新安裝 xlwings。",
            f"{name} is in {folder}." if placed else f"{name} is missing from xlwings: install xlwings again.",
        ),
    )


def _place_extension(machine: Machine) -> Check:
    """Build the extension and hand it to LibreOffice's own installer."""
    oxt = build_oxt(settings_file(machine.platform, machine.environment, machine.home).with_name(OXT_NAME))
    office = Path(machine.office() or "")
    beside = office.with_name("unopkg" + office.suffix)
    unopkg = machine.which("unopkg") or (str(beside) if beside.is_file() else None)
    placed, words = False, ""
    if unopkg:
        try:
            done = subprocess.run(
                [unopkg, "add", "--force", str(oxt)],
                env=dict(machine.environment),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_UNOPKG_SECONDS,
                check=False,
            )
            placed = done.returncode == 0
            words = "" if placed else done.stderr.decode("utf-8", "replace").strip()[-500:]
        except (OSError, subprocess.TimeoutExpired) as error:
            words = str(error)
    return Check(
        "extension.placed",
        placed,
        Text(
            f"LibreOffice 扩展已安装：{oxt}。" if placed else f"请双击 {oxt} 安装 LibreOffice 扩展。{words}",
            f"LibreOffice 擴充套件已安裝：{oxt}。" if placed else f"請按兩下 {oxt} 安裝 LibreOffice 擴充套件。{words}",
            f"The LibreOffice extension is installed: {oxt}."
            if placed
            else f"Open {oxt} with LibreOffice to install the extension. {words}".strip(),
        ),
    )
