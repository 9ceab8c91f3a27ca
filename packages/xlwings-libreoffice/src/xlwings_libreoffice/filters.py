"""File formats: which of LibreOffice's filters reads or writes a path, chosen by its extension."""

from __future__ import annotations

import os
import tempfile
import zipfile
from pathlib import Path

from .errors import FormatNotSupported

WRITERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xltx": "Calc MS Excel 2007 XML Template",
    ".xltm": "Calc MS Excel 2007 VBA XML",  # its main part is renamed to a template afterwards
    ".xls": "MS Excel 97",
    ".xlt": "MS Excel 97 Vorlage/Template",
    ".ods": "calc8",
    ".ots": "calc8_template",
    ".fods": "OpenDocument Spreadsheet Flat XML",
    ".csv": "Text - txt - csv (StarCalc)",
    ".txt": "Text - txt - csv (StarCalc)",
    ".html": "HTML (StarCalc)",
    ".htm": "HTML (StarCalc)",
}
TEXT_FORMATS = (".csv", ".txt", ".tsv")
UTF_8 = 76
_WORKBOOK = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_TEMPLATE = b"application/vnd.ms-excel.template.macroEnabled.main+xml"


def writer(path: str) -> str:
    """Filter that writes what the extension promises, else `FormatNotSupported`."""
    extension = Path(path).suffix.lower()
    if extension not in WRITERS:
        known = ", ".join(sorted(WRITERS))
        raise FormatNotSupported(
            f"LibreOffice cannot write {extension or 'a file without extension'}. Use one of {known}."
        )
    return WRITERS[extension]


def text_options(path: str, delimiter: str | None = None) -> str | None:
    """Filter options of a text file: delimiter, quotes, encoding, first line; None for other formats."""
    extension = Path(path).suffix.lower()
    if extension not in TEXT_FORMATS:
        return None
    separator = delimiter or ("\t" if extension == ".tsv" else ",")
    return f"{ord(separator)},34,{UTF_8},1"


def finish(path: str) -> None:
    """Make a workbook just written what its extension promises, where LibreOffice has no filter of its own."""
    if Path(path).suffix.lower() == ".xltm":
        _declare_template(Path(path))


def _declare_template(path: Path) -> None:
    """Turn a macro-enabled workbook into a macro-enabled template: their main parts differ in type alone."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
    os.close(handle)
    try:
        with zipfile.ZipFile(path) as source, zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as target:
            for item in source.infolist():
                data = source.read(item)
                target.writestr(
                    item, data.replace(_WORKBOOK, _TEMPLATE) if item.filename == "[Content_Types].xml" else data
                )
        Path(name).chmod(path.stat().st_mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise
