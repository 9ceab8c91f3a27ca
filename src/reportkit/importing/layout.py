"""Rows that are no table yet: cells above it, headings of groups, merged cells, several entries or rows in one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from reportkit.definitions.columns import fold
from reportkit.importing.headings import Labelled, clean, labelled, text_of
from reportkit.importing.maps import ENTRY, Group, Map, Unfold
from reportkit.importing.written import parts_of
from reportkit.read.contents import Rows
from reportkit.read.foreign import Cells

_CELL: Final = re.compile(r"@([A-Za-z]{1,3})([1-9]\d{0,6})")


def laid_out(cells: Cells, wanted: Map) -> tuple[Labelled, int]:
    """Return a file's rows as the map lays them out, and how many rows only headed others.

    Raise MendInput where columns the map names are not there.
    """
    sheet = _about(labelled(cells, wanted), cells, wanted)
    sheet.check(wanted.labels)
    rows = len(sheet.body)
    sheet = _grouped(sheet, wanted.group)
    heads = rows - len(sheet.body)
    sheet = _each(_filled_down(sheet, wanted.fill_down), wanted.each)
    return (sheet if wanted.unfold is None else _unfolded(sheet, wanted.unfold)), heads


def _beside(sheet: Labelled, name: str, cell: Callable[[int], object]) -> Labelled:
    """Return the rows with a column more, its cells by the place of the row."""
    width = max([len(sheet.labels), *(len(row) for row in sheet.body)])
    body = [[*row, *[None] * (width - len(row)), cell(at)] for at, row in enumerate(sheet.body)]
    return replace(sheet, body=body, made={**sheet.made, fold(name): width})


def _about(sheet: Labelled, cells: Cells, wanted: Map) -> Labelled:
    """Return the rows with what the map asks of the whole sheet: its name, the file's, or one of its cells."""
    for label in wanted.labels:
        known = {"@sheet": cells.sheet, "@file": cells.file}
        told: object = known.get(fold(label))
        if place := _CELL.fullmatch(label.strip()):
            row, column = int(place[2]) - 1, sheet.index(place[1])
            line: Sequence[object] = cells.rows[row] if row < len(cells.rows) else ()
            told = clean(line[column]) if column < len(line) else None
        if told is not None:
            sheet = _beside(sheet, label, lambda _, told=told: told)  # type: ignore[misc] # bound now, not later
    return sheet


def _grouped(sheet: Labelled, groups: Sequence[Group]) -> Labelled:
    """Return the rows without those that head a group, what these say in a column of the rows below them."""
    if not groups:
        return sheet
    texts = [[text_of(cell) for cell in sheet.cells(one.column)] for one in groups]
    told: dict[int, list[str | None]] = {}
    current: list[str | None] = [None] * len(groups)
    for at in range(len(sheet.body)):
        level = next(
            (level for level, one in enumerate(groups) if texts[level][at] and one.holds(texts[level][at])), None
        )
        if level is None:
            told[at] = list(current)
        else:
            current = [*current[:level], _said(groups[level], texts[level][at]), *[None] * (len(groups) - level - 1)]
    kept = sheet.only(list(told))
    lines = list(told.values())
    for level, one in enumerate(groups):
        kept = _beside(kept, one.name, lambda at, level=level: lines[at][level])  # type: ignore[misc] # bound now
    return kept


def _said(group: Group, text: str) -> str:
    """Return what a row that heads a group says: what its pattern finds, else all of the cell."""
    found = re.search(group.matches, text) if group.matches else None
    return text if found is None else next((one for one in found.groups() if one is not None), found[0]).strip()


def _filled_down(sheet: Labelled, labels: Sequence[str]) -> Labelled:
    """Return the rows with the blanks of some columns filled by the cell above: merged cells hold one value."""
    sheet.check(labels)
    body = [list(row) for row in sheet.body] if labels else sheet.body
    for at in (sheet.column(label) for label in labels):
        above: object = None
        for row in body:
            row.extend([None] * (at + 1 - len(row)))
            row[at] = above = row[at] if clean(row[at]) is not None else above
    return replace(sheet, body=body)


def _each(sheet: Labelled, labels: Sequence[str]) -> Labelled:
    """Return a row for each entry of cells that list several, numbered in a column of its own."""
    sheet.check(labels)
    for label in labels:
        at = sheet.column(label)
        body: Rows = []
        rows: list[int] = []
        for number, row in zip(sheet.rows, sheet.body, strict=True):
            cell = row[at] if at < len(row) else None
            entries: Sequence[object] = parts_of(cell) if isinstance(cell, str) else ()
            for entry in entries or [cell]:
                body.append([*row[:at], entry, *row[at + 1 :]] if at < len(row) else row)
                rows.append(number)
        sheet = replace(sheet, body=body, rows=rows)
    if not labels:
        return sheet
    before = Counter[int]()
    entries_of = [before.update([number]) or before[number] for number in sheet.rows]
    return _beside(sheet, ENTRY, entries_of.__getitem__)


def _unfolded(sheet: Labelled, unfold: Unfold) -> Labelled:
    """Return a row for each filled cell of the columns to unfold, its heading and the cell in two columns behind."""
    matching = [label for label in sheet.labels if unfold.matches and re.search(unfold.matches, label)]
    folded = [(_heading(label, unfold.matches), sheet.column(label)) for label in (unfold.columns or matching)]
    width = max([len(sheet.labels), *(len(row) for row in sheet.body)])
    body: Rows = []
    rows: list[int] = []
    for number, row in zip(sheet.rows, sheet.body, strict=True):
        wide = [*row, *([None] * (width - len(row)))]
        for name, at in folded:
            if clean(wide[at]) is not None:
                body.append([*wide, name, wide[at]])
                rows.append(number)
    made = {fold(unfold.name): width, fold(unfold.value): width + 1}
    return replace(sheet, body=body, rows=rows, made={**sheet.made, **made})


def _heading(label: str, pattern: str | None) -> str:
    """Return what a heading says of its cells: the pattern's group where it has one, else its lowest line."""
    found = re.search(pattern, label) if pattern else None
    said = next((one for one in found.groups() if one is not None), None) if found else None
    return label.rpartition(" / ")[2] if said is None else said
