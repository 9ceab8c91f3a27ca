"""Styles of tables, which LibreOffice neither shows nor keeps: read from a workbook's file, written back into it."""

from __future__ import annotations

import re
import zipfile
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr, unescape

PACKAGES = (".xlsx", ".xlsm", ".xltx", ".xltm")
PART = re.compile(r"xl/tables/[^/]+\.xml")
_INFO = re.compile(r"<tableStyleInfo\b[^>]*?(?:/>|>\s*</tableStyleInfo>)")


@dataclass
class TableStyle:
    """How Excel draws a table; no name is no style."""

    name: str | None = None
    first_column: bool = False
    last_column: bool = False
    row_stripes: bool = False
    column_stripes: bool = False

    def xml(self) -> str:
        """Its element."""
        name = f" name={quoteattr(self.name)}" if self.name else ""
        flags = {
            "showFirstColumn": self.first_column,
            "showLastColumn": self.last_column,
            "showRowStripes": self.row_stripes,
            "showColumnStripes": self.column_stripes,
        }
        return f"<tableStyleInfo{name}" + "".join(f' {flag}="{value:d}"' for flag, value in flags.items()) + "/>"


class Styled(ABC):
    """What has a table's style, part by part."""

    @property
    @abstractmethod
    def _style(self) -> TableStyle:
        """All parts."""

    @property
    def table_style(self) -> str | None:
        """Name of the style Excel draws it in."""
        return self._style.name

    @table_style.setter
    def table_style(self, value: str | None) -> None:
        self._style.name = value or None

    @property
    def show_table_style_first_column(self) -> bool:
        """Whether Excel sets the first column apart."""
        return self._style.first_column

    @show_table_style_first_column.setter
    def show_table_style_first_column(self, value: bool) -> None:
        self._style.first_column = bool(value)

    @property
    def show_table_style_last_column(self) -> bool:
        """Whether Excel sets the last column apart."""
        return self._style.last_column

    @show_table_style_last_column.setter
    def show_table_style_last_column(self, value: bool) -> None:
        self._style.last_column = bool(value)

    @property
    def show_table_style_row_stripes(self) -> bool:
        """Whether Excel shades every other row."""
        return self._style.row_stripes

    @show_table_style_row_stripes.setter
    def show_table_style_row_stripes(self, value: bool) -> None:
        self._style.row_stripes = bool(value)

    @property
    def show_table_style_column_stripes(self) -> bool:
        """Whether Excel shades every other column."""
        return self._style.column_stripes

    @show_table_style_column_stripes.setter
    def show_table_style_column_stripes(self, value: bool) -> None:
        self._style.column_stripes = bool(value)


def read_styles(path: str) -> dict[str, TableStyle]:
    """Styles of a file's tables by their names in lower case; none of a file that is no open package."""
    if Path(path).suffix.lower() not in PACKAGES or not zipfile.is_zipfile(path):
        return {}
    styles = {}
    with zipfile.ZipFile(path) as package:
        for part in package.namelist():
            if PART.fullmatch(part):
                text = package.read(part).decode("utf-8", "replace")
                info = _INFO.search(text)
                if info:
                    styles[_table_name(text)] = _style(info[0])
    return styles


def with_style(table: bytes, styles: dict[str, TableStyle]) -> bytes:
    """A table's part with the style of its name."""
    text = table.decode("utf-8")
    style = styles.get(_table_name(text))
    if style is None:
        return table
    return _INFO.sub("", text).replace("</table>", style.xml() + "</table>").encode("utf-8")


def _style(info: str) -> TableStyle:
    def flag(name: str) -> bool:
        return _attribute(info, name) in ("1", "true")

    return TableStyle(
        _attribute(info, "name") or None,
        flag("showFirstColumn"),
        flag("showLastColumn"),
        flag("showRowStripes"),
        flag("showColumnStripes"),
    )


def _table_name(text: str) -> str:
    return (_attribute(text, "displayName") or _attribute(text, "name")).lower()


def _attribute(text: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', text)
    return unescape(found[1], {"&quot;": '"', "&apos;": "'"}) if found else ""
