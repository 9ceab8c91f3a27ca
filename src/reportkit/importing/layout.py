"""Rows that are no table yet: cells above it, headings of groups, merged cells, several entries or rows in one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from reportkit.definitions.columns import fold
from reportkit.importing.headings import Labelled, clean, labelled, text_of
from reportkit.importing.maps import ENTRY, RECORD, Group, Map, Unfold
from reportkit.importing.written import parts_of
from reportkit.read.contents import Rows
from reportkit.read.foreign import Cells
from reportkit.read.survey import column_number

_CELL: Final = re.compile(r"@([A-Za-z]{1,3})([1-9]\d{0,6})")


def laid_out(cells: Cells, wanted: Map) -> tuple[Labelled, int]:
    """Return a file's rows as the map lays them out, and how many became none: they headed others, or were blank there.

    Raise MendInput where columns the map names are not there.
    """
    whole = _about(labelled(cells, wanted), cells, wanted)
    sheet = _headed_once(whole, wanted.beside)
    sheet.check(wanted.labels)
    sheet = _filled_down(_grouped(sheet, wanted.group), wanted.fill_down)
    sheet = _each(_records(sheet, whole.labels, wanted.beside), wanted.each)
    if wanted.unfold is not None:
        sheet = _unfolded(sheet, wanted.unfold)
    return sheet, len(whole.rows) - len(set(sheet.rows))


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
            row, column = int(place[2]) - 1, column_number(place[1].upper()) - 1
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


def _headed_once(sheet: Labelled, beside: Sequence[range]) -> Labelled:
    """Return the rows with the headings of the first of several records alone: the others go by them, too."""
    others = {place for block in beside[1:] for place in block}
    return replace(sheet, labels=["" if at in others else label for at, label in enumerate(sheet.labels)])


def _records(sheet: Labelled, labels: Sequence[str], beside: Sequence[range]) -> Labelled:
    """Return a row for each record of those that stand side by side, where anything stands in it.

    A column of its own says which it is: the heading over all its columns, else its number.
    """
    if not beside:
        return sheet
    others = {place for block in beside[1:] for place in block}
    names = [_heading_over(labels[block.start : block.stop]) or str(n) for n, block in enumerate(beside, 1)]
    body: Rows = []
    came: list[int] = []
    which: list[int] = []
    for at, row in enumerate(sheet.body):
        for number, block in enumerate(beside):
            cells = [row[place] if place < len(row) else None for place in block]
            if any(clean(cell) is not None for cell in cells):
                once = [None if place in others else cell for place, cell in enumerate(row)]
                once += [None] * (beside[0].stop - len(once))
                once[beside[0].start : beside[0].stop] = cells
                body.append(once)
                came.append(at)
                which.append(number)
    stood = [dict(zip(beside[0], beside[number], strict=True)) for number in which]
    return _beside(replace(sheet.remade(body, came), stood=stood), RECORD, lambda at: names[which[at]])


def _heading_over(labels: Sequence[str]) -> str:
    """Return the upper heading that all columns of a record have in common; blank where there is none."""
    over = {label.rpartition(" / ")[0] for label in labels if label}
    return over.pop() if len(over) == 1 else ""


def _each(sheet: Labelled, labels: Sequence[str]) -> Labelled:
    """Return a row for each entry of cells that list several, numbered in a column of its own."""
    sheet.check(labels)
    whole = list(range(len(sheet.body)))  # of which row each entry is one
    for label in labels:
        at = sheet.column(label)
        body: Rows = []
        came: list[int] = []
        for source, row in enumerate(sheet.body):
            cell = row[at] if at < len(row) else None
            entries: Sequence[object] = parts_of(cell) if isinstance(cell, str) else ()
            for entry in entries or [cell]:
                body.append([*row[:at], entry, *row[at + 1 :]] if at < len(row) else row)
                came.append(source)
        sheet, whole = sheet.remade(body, came), [whole[source] for source in came]
    if not labels:
        return sheet
    before = Counter[int]()
    entries_of = [before.update([row]) or before[row] for row in whole]
    return _beside(sheet, ENTRY, entries_of.__getitem__)


def _unfolded(sheet: Labelled, unfold: Unfold) -> Labelled:
    """Return a row for each filled cell of the columns to unfold, its heading and the cell in two columns behind."""
    matching = [label for label in sheet.labels if unfold.matches and re.search(unfold.matches, label)]
    folded = [(_heading(label, unfold.matches), sheet.column(label)) for label in (unfold.columns or matching)]
    width = max([len(sheet.labels), *(len(row) for row in sheet.body)])
    body: Rows = []
    came: list[int] = []
    for source, row in enumerate(sheet.body):
        wide = [*row, *([None] * (width - len(row)))]
        for name, at in folded:
            if clean(wide[at]) is not None:
                body.append([*wide, name, wide[at]])
                came.append(source)
    made = {fold(unfold.name): width, fold(unfold.value): width + 1}
    return replace(sheet.remade(body, came), made={**sheet.made, **made})


def _heading(label: str, pattern: str | None) -> str:
    """Return what a heading says of its cells: the pattern's group where it has one, else its lowest line."""
    found = re.search(pattern, label) if pattern else None
    said = next((one for one in found.groups() if one is not None), None) if found else None
    return label.rpartition(" / ")[2] if said is None else said
