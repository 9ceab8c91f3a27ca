"""What the buttons need on this machine, checked without changing anything."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineWorkbook

from reportkit import __version__
from reportkit.definitions.text import Text
from reportkit.doctor import Check
from reportkit_addin.build.machine import Machine
from reportkit_addin.build.oxt import FILE_NAME as OXT_NAME
from reportkit_addin.build.oxt import VERSION_IN_DESCRIPTION, oxt_bytes
from reportkit_addin.build.xlam import FILE_NAME, SETTINGS_SHEET, VERSION_KEY
from reportkit_addin.interpreter import interpreter

_SECURITY: Final = r"Software\Microsoft\Office\16.0\Excel\Security"
_POLICY: Final = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"
_NO_MACROS: Final = 4  # VBAWarnings: all macros are off, without a word
_SIGNED_ONLY: Final = 3  # only signed ones run; ours is not signed
_DIST_PACKAGES: Final = Path("/usr/lib/python3/dist-packages")  # where distributions put `uno`


def checks(machine: Machine | None = None) -> list[Check]:
    """Return what was looked at; those that are not well say what to do."""
    machine = machine or Machine()
    found = [_interpreter(machine)]
    startup = machine.startup_folder()
    if startup is not None:
        found.append(_ribbon(startup / FILE_NAME))
    if machine.platform == "win32" and startup is not None:
        found += [_macros(machine), _not_blocked(startup / FILE_NAME)]
    found.append(_office(machine))
    if machine.office() is not None:
        found.append(_extension(machine))
    return [*found, _uno()]


def _interpreter(machine: Machine) -> Check:
    named = interpreter(machine.platform, machine.environment, machine.home)
    ok = named is not None and Path(named).is_file()
    return Check(
        "interpreter",
        ok,
        Text(
            f"按钮使用 {named}" if ok else "按钮找不到 Python，请运行 reportkit addin install",
            f"按鈕使用 {named}" if ok else "按鈕找不到 Python，請執行 reportkit addin install",
            f"The buttons start {named}" if ok else "The buttons find no Python: run reportkit addin install",
        ),
    )


def built_with(ribbon: Path) -> str | None:
    """Return the xlwings version a ribbon file was built with; None where it is none of ours."""
    try:
        with ribbon.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            rows = book.get_sheet_by_name(SETTINGS_SHEET).to_python()
    except (OSError, CalamineError):
        return None
    return next((str(row[1]) for row in rows if row[0] == VERSION_KEY), None)


def _ribbon(file: Path) -> Check:
    """Check that the ribbon file is there and was built with the xlwings installed now."""
    try:
        installed = version("xlwings")
    except PackageNotFoundError:
        installed = ""
    built = built_with(file) if file.is_file() else None
    ok = bool(installed) and built == installed
    fits = (
        Text("没有安装", "沒有安裝", "is not installed")
        if not file.is_file()
        else Text(
            f"（{built or '未知'}）与 xlwings（{installed or '未安装'}）不一致",
            f"（{built or '未知'}）與 xlwings（{installed or '未安裝'}）不一致",
            f"({built or 'unknown'}) does not fit xlwings ({installed or 'not installed'})",
        )
    )
    return Check(
        "ribbon",
        ok,
        Text(
            f"功能区文件与 xlwings {installed} 一致"
            if ok
            else f"功能区文件{fits.zh_cn}，请运行 reportkit addin install",
            f"功能區檔案與 xlwings {installed} 一致"
            if ok
            else f"功能區檔案{fits.zh_tw}，請執行 reportkit addin install",
            f"The ribbon file fits xlwings {installed}"
            if ok
            else f"The ribbon file {fits.en}: run reportkit addin install",
        ),
    )


def _macros(machine: Machine) -> Check:
    """Check Excel's macro setting; a policy of the company wins over the user's own."""
    setting = machine.registry(_POLICY, "VBAWarnings") or machine.registry(_SECURITY, "VBAWarnings")
    ok = setting not in (_SIGNED_ONLY, _NO_MACROS)
    return Check(
        "macros",
        ok,
        Text(
            "Excel 允许宏" if ok else "Excel 禁用了宏：文件 → 选项 → 信任中心 → 宏设置，选“禁用并通知”",
            "Excel 允許巨集" if ok else "Excel 停用了巨集：檔案 → 選項 → 信任中心 → 巨集設定，選「停用並通知」",
            "Excel lets macros run or asks"
            if ok
            else "Excel blocks macros: File → Options → Trust Center → Macro Settings, disable with notification",
        ),
    )


def _not_blocked(file: Path) -> Check:
    """Check that Windows did not mark the file as one from the internet."""
    mark = Path(f"{file}:Zone.Identifier")  # a second stream of the file
    ok = not mark.exists()
    return Check(
        "blocked",
        ok,
        Text(
            "功能区文件没有被 Windows 阻止" if ok else f"右键 {file} → 属性 → 解除锁定",
            "功能區檔案沒有被 Windows 封鎖" if ok else f"右鍵 {file} → 內容 → 解除封鎖",
            "Windows does not block the ribbon file" if ok else f"Right-click {file} → Properties → Unblock",
        ),
    )


def _office(machine: Machine) -> Check:
    office = machine.office()
    return Check(
        "libreoffice",
        office is not None,
        Text(
            f"LibreOffice：{office}" if office else "没有找到 LibreOffice；只用 Excel 时不需要它",
            f"LibreOffice：{office}" if office else "沒有找到 LibreOffice；只用 Excel 時不需要它",
            f"LibreOffice: {office}" if office else "No LibreOffice was found; with Excel alone none is needed",
        ),
    )


def _extension(machine: Machine) -> Check:
    """Check that LibreOffice has the extension, and that it is the one this version of the program builds."""
    folders = [one for place in machine.office_packages() for one in place.glob(f"*/{OXT_NAME}") if one.is_dir()]
    newest = max(folders, key=lambda one: one.stat().st_mtime, default=None)  # one that was replaced goes later
    ok = newest is not None and _is_current(newest)
    have = "" if newest is None else _version_of(newest)
    other = (
        Text("没有安装", "沒有安裝", "is not installed")
        if newest is None
        else Text(
            f"（{have}）与本程序（{__version__}）不一致",
            f"（{have}）與本程式（{__version__}）不一致",
            f"({have}) is not that of this program ({__version__})",
        )
    )
    return Check(
        "extension",
        ok,
        Text(
            f"LibreOffice 扩展 {have} 已安装"
            if ok
            else f"LibreOffice 扩展{other.zh_cn}：关闭 LibreOffice，运行 "
            "reportkit addin install，或运行 reportkit addin build 再双击 reportkit.oxt。只用 Excel 时不需要",
            f"LibreOffice 擴充套件 {have} 已安裝"
            if ok
            else f"LibreOffice 擴充套件{other.zh_tw}：關閉 LibreOffice，執行 "
            "reportkit addin install，或執行 reportkit addin build 再按兩下 reportkit.oxt。只用 Excel 時不需要",
            f"LibreOffice has extension {have}"
            if ok
            else f"The LibreOffice extension {other.en}: close LibreOffice and run reportkit addin "
            "install, or reportkit addin build and open its reportkit.oxt. With Excel alone it is not needed",
        ),
    )


def _is_current(folder: Path) -> bool:
    """Tell whether an unpacked extension holds what is built now: a version may be built more than once."""
    with ZipFile(BytesIO(oxt_bytes())) as wanted:
        return all(
            (folder / part).is_file() and (folder / part).read_bytes() == wanted.read(part)
            for part in wanted.namelist()
        )


def _version_of(folder: Path) -> str:
    """Return the version an unpacked extension says it is; blank where it says none."""
    file = folder / "description.xml"
    said = VERSION_IN_DESCRIPTION.search(file.read_text("utf-8")) if file.is_file() else None
    return said[1] if said else ""


def _uno() -> Check:
    """Check that this Python can speak to LibreOffice: `uno` is built for one minor version of Python."""
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    ok = find_spec("uno") is not None or (_DIST_PACKAGES / "uno.py").is_file()
    return Check(
        "uno",
        ok,
        Text(
            f"可以用 Python {here} 连接 LibreOffice" if ok else "缺少 uno 模块：在 Debian/Ubuntu 上请安装 python3-uno",
            f"可以用 Python {here} 連接 LibreOffice" if ok else "缺少 uno 模組：在 Debian/Ubuntu 上請安裝 python3-uno",
            f"Python {here} finds LibreOffice's uno module"
            if ok
            else "The uno module is missing: on Debian and Ubuntu install python3-uno",
        ),
    )
