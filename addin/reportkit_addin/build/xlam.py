"""The Excel ribbon file `reportkit.xlam`, made from sources on any system, the same bytes every time.

Its VBA comes from the ribbon template in the installed xlwings wheel, which is under xlwings' BSD licence (and its
`Dictionary` module under MIT; both notices stay in the sources). Rebuild after an upgrade of xlwings: on macOS the
module calls a script by xlwings' version.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import xlsxwriter

from reportkit.branch.atomic import write_bytes
from reportkit.definitions.text import DEFAULT_LANGUAGE, Language, Text
from reportkit_addin.build import archive, functions_vba, vba_project
from reportkit_addin.build.ribbon import MODULE, ribbon_parts
from reportkit_addin.sentences import NO_FUNCTIONS

FILE_NAME: Final = "reportkit.xlam"
PROJECT_NAME: Final = "reportkit"
SETTINGS_SHEET: Final = f"{PROJECT_NAME}.conf"  # the name xlwings' VBA looks for
VERSION_KEY: Final = "XLWINGS_VERSION"
_TEMPLATE: Final = "quickstart_addin_ribbon.xlam"
_TEMPLATE_MODULE: Final = "RibbonMyAddin"
_CREATED: Final = datetime(2026, 1, 1)  # any day will do, as long as it is the same one

_NO_WORKBOOK: Final = Text("请先打开一个工作簿。", "請先開啟一個活頁簿。", "Open a workbook first.")
_PROTECTED_VIEW: Final = Text(
    "这个文件是在受保护的视图中打开的。请先点“启用编辑”，再点按钮。",
    "這個檔案是在受保護的檢視中開啟的。請先按「啟用編輯」，再按按鈕。",
    "This file is open in Protected View. Choose Enable Editing, then press the button again.",
)
_FOREIGN_SETTINGS: Final = Text(
    "这个工作簿里有一张名为 reportkit.conf 的工作表，会改变要运行的程序。请先删除该工作表。",
    "這個活頁簿裡有一張名為 reportkit.conf 的工作表，會改變要執行的程式。請先刪除該工作表。",
    "This workbook holds a sheet named reportkit.conf, which would change the program to run. Delete that sheet first.",
)
_UNSAFE_NAME: Final = Text(
    "文件名或文件夹名含有引号、$、| 或 ;，请改名后再试。",
    "檔名或資料夾名含有引號、$、| 或 ;，請改名後再試。",
    "The name of the file or of its folder holds a quote, $, | or ;. Rename it and try again.",
)


class TemplateMissingError(RuntimeError):
    """Raised where the installed xlwings carries no ribbon template."""


@dataclass(frozen=True, slots=True)
class Interpreters:
    """The Python that Excel starts; blank means the one found on the search path."""

    windows: str = ""
    mac: str = ""


def build_xlam(out: Path, language: Language = DEFAULT_LANGUAGE, interpreters: Interpreters | None = None) -> Path:
    """Write the ribbon file to `out` (a folder, or the file's own path) and return where it is.

    Raise `TemplateMissingError` where xlwings is not installed as it is published.
    """
    target = out / FILE_NAME if out.is_dir() else out
    write_bytes(target, xlam_bytes(language, interpreters or Interpreters()))
    return target


def xlam_bytes(language: Language, interpreters: Interpreters) -> bytes:
    """Return the ribbon file."""
    parts = _workbook_parts(language, interpreters)
    types = parts["[Content_Types].xml"].decode()
    types = types.replace("ms-excel.sheet.macroEnabled", "ms-excel.addin.macroEnabled")
    types = types.replace("<Override", '<Default Extension="png" ContentType="image/png"/><Override', 1)
    parts["[Content_Types].xml"] = types.encode()
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="ribbon" Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"'
        b' Target="customUI/customUI14.xml"/></Relationships>',
    )
    return archive.pack({**parts, **ribbon_parts(language)})


def _workbook_parts(language: Language, interpreters: Interpreters) -> dict[str, bytes]:
    """Return the parts of a macro workbook that holds the settings sheet and the VBA project."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": "reportkit", "created": _CREATED})
    book.add_vba_project(io.BytesIO(vba_bytes()), is_stream=True)
    book.set_vba_name("ThisWorkbook")
    sheet = book.add_worksheet(SETTINGS_SHEET)
    sheet.set_vba_name("Sheet2")
    sheet.set_column(0, 1, 32)
    for row, (key, value) in enumerate(settings(language, interpreters).items()):
        sheet.write_string(row, 0, key)
        if isinstance(value, bool):
            sheet.write_boolean(row, 1, value)
        elif value:
            sheet.write_string(row, 1, value)
    book.close()
    with zipfile.ZipFile(buffer) as made:
        return {name: made.read(name) for name in made.namelist()}


def settings(language: Language, interpreters: Interpreters) -> dict[str, str | bool]:
    """Return the settings sheet: key → value.

    Every key that xlwings' VBA reads is here, blank or not: a key left out would be looked for in a file beside the
    workbook, so that a folder somebody sent could choose what is run.
    """
    blank = (
        "PYTHONPATH",
        "CONDA PATH",
        "CONDA ENV",
        "LICENSE_KEY",
        "ONEDRIVE_CONSUMER_WIN",
        "ONEDRIVE_CONSUMER_MAC",
        "ONEDRIVE_COMMERCIAL_WIN",
        "ONEDRIVE_COMMERCIAL_MAC",
        "SHAREPOINT_WIN",
        "SHAREPOINT_MAC",
    )
    return {
        "INTERPRETER_WIN": interpreters.windows,
        "INTERPRETER_MAC": interpreters.mac,
        "INTERPRETER": "python",
        "ADD_WORKBOOK_TO_PYTHONPATH": "false",
        **dict.fromkeys(blank, ""),
        "UDF MODULES": functions_vba.MODULE,
        "TEMP DIR": "%TEMP%",
        "DEBUG UDFS": False,
        "USE UDF SERVER": False,
        "SHOW CONSOLE": False,
        "SHOW_ERROR_POPUPS": "True",
        VERSION_KEY: version("xlwings"),
        "LANGUAGE": language,
        "TEXT_PROTECTED_VIEW": _PROTECTED_VIEW.to(language),
        "TEXT_NO_WORKBOOK": _NO_WORKBOOK.to(language),
        "TEXT_FOREIGN_SETTINGS": _FOREIGN_SETTINGS.to(language),
        "TEXT_UNSAFE_NAME": _UNSAFE_NAME.to(language),
        functions_vba.NO_FUNCTIONS_KEY: NO_FUNCTIONS.to(language),
    }


def vba_bytes() -> bytes:
    """Return the VBA project: xlwings' modules under our project name, and our dispatcher."""
    project = vba_project.renamed(vba_project.read(_template_vba()), PROJECT_NAME, _TEMPLATE_MODULE, MODULE)
    dispatcher = (files("reportkit_addin") / "sources" / f"{MODULE}.bas").read_text(
        "ascii"
    ) + functions_vba.functions_vba()
    project.sources[MODULE] = "\r\n".join(dispatcher.splitlines()) + "\r\n"
    constant = 'Public Const PROJECT_NAME As String = "{}"'
    xlwings = project.sources["xlwings"]
    if xlwings.count(constant.format("myaddin")) != 1:
        raise TemplateMissingError("the ribbon template of this xlwings has no PROJECT_NAME to replace")
    project.sources["xlwings"] = xlwings.replace(constant.format("myaddin"), constant.format(PROJECT_NAME))
    return vba_project.write(project)


def _template_vba() -> bytes:
    """Return the VBA project of the template in the installed xlwings, without importing xlwings."""
    spec = find_spec("xlwings")
    template = Path(spec.origin).with_name(_TEMPLATE) if spec and spec.origin else None
    if template is None or not template.is_file():
        raise TemplateMissingError(f"{_TEMPLATE} is not part of the installed xlwings: pip install 'reportkit[excel]'")
    with zipfile.ZipFile(template) as package:
        return package.read("xl/vbaProject.bin")
