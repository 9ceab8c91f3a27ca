"""A list of customer ids from a file of any kind: whom a hand-over is about."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from reportkit.definitions.columns import fold
from reportkit.definitions.errors import MendInput
from reportkit.definitions.findings import Finding
from reportkit.definitions.forms import CUSTOMERS
from reportkit.definitions.text import Text
from reportkit.importing.headings import labelled
from reportkit.importing.maps import Map
from reportkit.read.foreign import read_cells
from reportkit.read.values import normalise

BAD_LIST: Final = Text(
    "名单 {file} 不能用：{why}", "名單 {file} 不能用：{why}", "The list {file} cannot be used: {why}"
)


def read_ids(path: Path) -> list[str]:
    """Return the customer ids of a list: its customer-id column, else its first. Raise MendInput where it has none."""
    cells = read_cells(path)
    if isinstance(cells, Finding):
        raise MendInput(BAD_LIST, file=path.name, why=Text.each(cells.message))
    column = CUSTOMERS.column["customer_id"]
    named = {fold(text) for text in column.names}
    sheet = labelled(cells, Map.model_validate({"header_row": 1, "columns": {"customer_id": {"constant": ""}}}))
    label = next((one for one in sheet.labels if fold(one) in named), None)
    written = sheet.cells(label) if label is not None else [row[0] for row in cells.rows if row]
    return [str(one) for one in dict.fromkeys(normalise(column, [cell or None for cell in written])) if one is not None]
