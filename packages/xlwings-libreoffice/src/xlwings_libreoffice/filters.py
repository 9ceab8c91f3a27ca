"""File formats: which of LibreOffice's filters reads or writes a path, chosen by its extension."""

from __future__ import annotations

import os
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from .errors import FormatNotSupported
from .link import Struct, Typed
from .tablestyles import PACKAGES, PART, TableStyle, with_style

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


def encryption(path: str, password: str) -> dict[str, Any]:
    """Arguments that make LibreOffice encrypt what it writes; Microsoft's packages want theirs spelled out."""
    if Path(path).suffix.lower() not in PACKAGES:
        return {"Password": password}
    named = "com.sun.star.beans.NamedValue"
    values = {"OOXPassword": password, "CryptoType": "Standard"}
    items = tuple(Struct(named, Name=name, Value=value) for name, value in values.items())
    return {"EncryptionData": Typed(f"[]{named}", items)}


def finish(path: str, styles: dict[str, TableStyle]) -> None:
    """Put into a workbook just written what LibreOffice has no place for: table styles, the type of .xltm."""
    extension = Path(path).suffix.lower()
    if extension in PACKAGES and zipfile.is_zipfile(path):  # an encrypted workbook is no zip file
        with zipfile.ZipFile(path) as package:
            styled = bool(styles) and any(PART.fullmatch(name) for name in package.namelist())
        if styled or extension == ".xltm":
            _rewrite(Path(path), styles, extension == ".xltm")


def _rewrite(path: Path, styles: dict[str, TableStyle], is_template: bool) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
    os.close(handle)
    temporary = Path(name)
    try:
        with zipfile.ZipFile(path) as source, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as target:
            for item in source.infolist():
                data = source.read(item)
                if PART.fullmatch(item.filename):
                    data = with_style(data, styles)
                elif is_template and item.filename == "[Content_Types].xml":
                    data = data.replace(_WORKBOOK, _TEMPLATE)
                target.writestr(item, data)
        temporary.chmod(path.stat().st_mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
