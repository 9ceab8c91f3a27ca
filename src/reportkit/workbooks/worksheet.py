"""XlsxWriter's worksheet, with short cuts for the cells that are nearly all there is in a report."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from inspect import unwrap
from typing import Any, ClassVar, Final
from xml.sax.saxutils import escape

from xlsxwriter import worksheet
from xlsxwriter.sharedstrings import SharedStringTable
from xlsxwriter.utility import xl_rowcol_to_cell_fast as cell_name
from xlsxwriter.worksheet import Worksheet

from reportkit.read.spelling import in_xml

if hasattr(worksheet, "_get_sparkline_style"):  # all 37 styles are made anew for each sparkline, and one is read
    worksheet._get_sparkline_style = cache(worksheet._get_sparkline_style)

_CALLED: Final = re.compile(r"\S?[\w.]+\(")  # the functions a formula calls, and the sign before each


def _by_number(name: str) -> Callable[..., int]:
    """Return a method of worksheets without what looks for `A1` first."""
    plain: Callable[..., int] = getattr(Worksheet, f"_{name}", None) or unwrap(getattr(Worksheet, name))
    return plain


class Texts(SharedStringTable):  # type: ignore[misc] # XlsxWriter has no types
    """The texts of a workbook's cells: one between `<r>` and `</r>`, which XlsxWriter takes for markup, is text too."""

    string_array: list[str]

    def _sort_string_data(self) -> None:
        super()._sort_string_data()
        self.string_array = [
            f"<r><t>{escape(text)}</t></r>" if text.startswith("<r>") else text for text in self.string_array
        ]


class Sheet(Worksheet):  # type: ignore[misc] # XlsxWriter has no types
    """A worksheet whose cells are named by row and column, never as `A1`, and whose file is the same, byte by byte.

    Were XlsxWriter to write cells by another name some day, the short cut would be left unused, and nothing lost.
    """

    write_blank = _by_number("write_blank")
    write_number = _by_number("write_number")
    write_string = _by_number("write_string")
    write_url = _by_number("write_url")

    _as_written: ClassVar[dict[bool, set[str]]] = {False: set(), True: set()}  # with functions of later Excels or not

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """Strip a formula of its signs; functions that files name otherwise are looked for once, not in each book."""
        bare = formula.removeprefix("{").removeprefix("=").removesuffix("}")
        called = set(_CALLED.findall(bare))
        known = self._as_written[bool(expand_future_functions or self.use_future_functions)]
        if called <= known:
            return bare
        prepared: str = super()._prepare_formula(formula, expand_future_functions)
        if prepared == bare and "_xlfn." not in bare:
            known.update(called)
        return prepared

    def _xml_formula_element(self, formula: str, result: Any, attributes: Sequence[tuple[str, Any]] = ()) -> None:
        """Write a formula and what it came to: a text of that may hold characters XML has no room for."""
        super()._xml_formula_element(formula, in_xml(result) if isinstance(result, str) else result, attributes)

    def _calculate_spans(self) -> None:
        """Note the first and last column of each sixteen rows."""
        if self.comments:
            super()._calculate_spans()
            return
        blocks: dict[int, list[int]] = {}
        for row, cells in self.table.items():
            if cells:
                blocks.setdefault(row // 16, []).extend((min(cells), max(cells)))
        self.row_spans = {block: f"{min(columns) + 1}:{max(columns) + 1}" for block, columns in blocks.items()}

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """Write a figure, a shared text or a blank cell in one piece: none of its parts needs escaping."""
        kind, style = type(cell).__name__, cell.format
        if kind not in ("Number", "Datetime", "String", "Blank") or style is None or self.constant_memory:
            super()._write_cell(row, col, cell)
            return
        start = f'<c r="{cell_name(row, col)}" s="{style._get_xf_index()}"'
        if kind == "String":
            self.fh.write(f'{start} t="s"><v>{cell.string}</v></c>')
        elif kind == "Blank":
            self.fh.write(f"{start}/>")
        else:
            self.fh.write(f"{start}><v>{cell.number:.16G}</v></c>")
