"""XlsxWriter's worksheet, with short cuts for the cells that are nearly all there is in a report."""

from __future__ import annotations

from inspect import unwrap
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell_fast as cell_name
from xlsxwriter.worksheet import Worksheet


class Sheet(Worksheet):  # type: ignore[misc] # XlsxWriter has no types
    """A worksheet whose cells are named by row and column, never as `A1`, and whose file is the same, byte by byte.

    Were XlsxWriter to write cells by another name some day, the short cut would be left unused, and nothing lost.
    """

    write_blank = unwrap(Worksheet.write_blank)  # without what would look for `A1`
    write_number = unwrap(Worksheet.write_number)
    write_string = unwrap(Worksheet.write_string)
    write_url = unwrap(Worksheet.write_url)

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
