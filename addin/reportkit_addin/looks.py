"""How rows that are written into a sheet look: as those of the reports do."""

from __future__ import annotations

import xlwings as xw

from reportkit.workbooks.style import INK, LINE


def rule(rows: xw.Range) -> None:
    """Draw a line under each row, with its texts in the middle of its height.

    A single row has no inside: Excel is not asked for a line there.
    """
    rows.vertical_alignment = "center"
    rows.font.color = INK
    sides = ["inside_horizontal", "edge_bottom"] if rows.shape[0] > 1 else ["edge_bottom"]
    rows.borders.set(sides, line_style="continuous", weight="thin", color=LINE)
