"""A proposed map, from a file's headings and values: to be read, mended and kept."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

from reportkit.definitions.columns import Column, Form, fold
from reportkit.definitions.errors import MendInput
from reportkit.definitions.findings import Finding
from reportkit.definitions.text import LANGUAGES, Language, Text
from reportkit.importing.mapping import Labelled, labelled
from reportkit.importing.maps import Map
from reportkit.importing.source import read_cells
from reportkit.read.values import normalise, shown

ALIKE: Final = 0.72  # how close a heading must come to a column's label
MOST_VALUES: Final = 30  # a column with more different values is no list of choices
MOST_SHOWN: Final = 6
SAMPLE: Final = 500
HEADER_WITHIN: Final = 15
UNREADABLE: Final = Text("{file}：{why}", "{file}：{why}", "{file}: {why}")
CHECK: Final = Text(
    "请核对每一行；“?” 是没有认出来的值，请填表单里的选项代码",
    "請核對每一行；「?」是沒有認出來的值，請填表單裡的選項代碼",
    "Check every line; “?” marks a value that was not recognised: put a code of the form there",
)
NOT_FOUND: Final = Text("必填，没有找到对应的列", "必填，沒有找到對應的欄", "required, but no column was found")
UNUSED: Final = Text("没有用到的列", "沒有用到的欄", "Columns not used")
FORMATS: Final = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m/%d/%Y", "%d/%m/%y", "%d %b %Y", "%b %d, %Y")
CLOCKS: Final = ("", " %H:%M", " %H:%M:%S")


def propose(form: Form, file: Path, language: Language) -> str:
    """Return a proposed map as TOML. Raise MendInput where the file cannot be read."""
    cells = read_cells(file)
    if isinstance(cells, Finding):
        raise MendInput(UNREADABLE, file=file.name, why=Text(*(cells.message(one) for one in LANGUAGES)))
    header = _header(cells.rows)
    sheet = labelled(cells, Map.model_validate({"columns": {"x": {"constant": ""}}, "header_row": header + 1}))
    chosen = _chosen(form, sheet)
    lines = [f"# {CHECK.to(language)}", f"form = {_toml(form.code)}"]
    lines += [f"sheet = {_toml(cells.sheet)}"] if cells.sheet else []
    lines.append(f"header_row = {header + 1}")
    for column in form.columns:
        if column.code in chosen:
            lines += _section(column, chosen[column.code], sheet)
        elif column.required:
            lines += ["", f"# [columns.{column.code}]  # {column.label.to(language)}: {NOT_FOUND.to(language)}"]
    written = "\n".join(lines)
    unused = [label for label in sheet.labels if label and _toml(label) not in written]
    lines += ["", f"# {UNUSED.to(language)}:", *(_sample(sheet, label) for label in unused)] if unused else []
    return "\n".join(lines) + "\n"


def _header(rows: Sequence[Sequence[object]]) -> int:
    """Return the index of the first row with as many different texts as any among the first ones."""
    texts = [len({cell for cell in row if isinstance(cell, str) and cell.strip()}) for row in rows[:HEADER_WITHIN]]
    return texts.index(max(texts)) if texts else 0


def _chosen(form: Form, sheet: Labelled) -> dict[str, str]:
    """Return column code → the heading it may come from: by label, then by what is alike, then an id by its values."""
    exact = {form.by_label[fold(label)]: label for label in sheet.labels if fold(label) in form.by_label}
    pairs = sorted(
        (
            (_likeness(column, label), column.code, label)
            for column in form.columns
            for label in sheet.labels
            if label and column.code not in exact and label not in exact.values() and _fitting(sheet, column, label)
        ),
        key=lambda pair: -pair[0],
    )
    for likeness, code, label in pairs:
        if likeness >= ALIKE and code not in exact and label not in exact.values():
            exact[code] = label
    for wanted, fits in ((form.id_column, _names_rows), (form.day_column, _dated)):
        if wanted is not None and wanted not in exact:
            free = (label for label in sheet.labels if label and label not in exact.values())
            found = next((label for label in free if fits(sheet, label)), None)
            exact |= {wanted: found} if found is not None else {}
    return exact


def _fitting(sheet: Labelled, column: Column, label: str) -> bool:
    """Return whether most of a column's cells are of the kind the form's column takes."""
    if column.kind in ("date", "datetime"):
        return _dated(sheet, label)
    if column.kind not in ("number", "whole", "time"):
        return True
    cells = [cell for cell in sheet.cells(label)[:SAMPLE] if cell is not None]
    good = sum(not isinstance(value, str) for value in normalise(column, list(cells)))
    return bool(cells) and good * 2 > len(cells)


def _likeness(column: Column, label: str) -> float:
    texts = (column.code, *column.label.all())
    return max(SequenceMatcher(None, fold(label), fold(text)).ratio() for text in texts)


def _names_rows(sheet: Labelled, label: str) -> bool:
    """Return whether a column's cells are all there, short and all different."""
    cells = [shown(cell) for cell in sheet.cells(label) if cell is not None]
    return bool(cells) and len(cells) == len(sheet.body) == len(set(cells)) and max(map(len, cells)) <= 32


def _dated(sheet: Labelled, label: str) -> bool:
    """Return whether a column holds dates."""
    return _formats(sheet, label) is not None


def _formats(sheet: Labelled, label: str) -> str | None:
    """Return the format of a column's dates: blank where they need none, None where they are no dates."""
    cells = [cell for cell in sheet.cells(label)[:SAMPLE] if cell is not None]
    if not cells:
        return None
    moments = normalise(Column(Text("", "", ""), kind="datetime"), list(cells))
    if all(isinstance(moment, dt.datetime) for moment in moments):
        dated = any(isinstance(cell, dt.date) or (isinstance(cell, str) and re.search(r"\D", cell)) for cell in cells)
        return "" if dated else None
    texts = [str(cell).strip() for cell in cells]
    every = (date + clock for date in FORMATS for clock in CLOCKS)
    return next((one for one in every if all(_fits(text, one) for text in texts)), None)


def _fits(text: str, written: str) -> bool:
    try:
        dt.datetime.strptime(text, written)
    except ValueError:
        return False
    return True


def _time_beside(sheet: Labelled, label: str) -> str | None:
    """Return the column of times right of a column of days, if there is one."""
    days = normalise(Column(Text("", "", ""), kind="datetime"), sheet.cells(label)[:SAMPLE])
    if any(isinstance(day, dt.datetime) and day.time() != dt.time() for day in days):
        return None
    at = sheet.at[fold(label)] + 1
    beside = sheet.labels[at] if at < len(sheet.labels) else ""
    cells = [cell for cell in sheet.cells(beside)[:SAMPLE] if cell is not None] if beside else []
    times = normalise(Column(Text("", "", ""), kind="time"), cells)
    return beside if cells and all(isinstance(time, dt.time) for time in times) else None


def _section(column: Column, label: str, sheet: Labelled) -> list[str]:
    """Return the lines of one column: where it comes from, and what its values or dates are."""
    time = _time_beside(sheet, label) if column.kind == "datetime" else None
    origin = _toml(label) if time is None else f"[{_toml(label)}, {_toml(time)}]"
    lines = ["", f"[columns.{column.code}]", f"from = {origin}"]
    if column.kind in ("date", "datetime"):
        written = _formats(sheet, label)
        lines += [f"dates = {_toml(written)}"] if written else []
    if column.choices is not None:
        values = Counter(shown(cell).strip() for cell in sheet.cells(label) if cell is not None)
        strange = [value for value in sorted(values) if fold(value) not in column.choices.by_label]
        if strange and len(strange) <= MOST_VALUES:
            lines.append(f"[columns.{column.code}.values]  # {' · '.join(column.choices.codes)}")
            lines += [f'{_toml(value)} = "?"' for value in strange]
    return lines


def _sample(sheet: Labelled, label: str) -> str:
    """Return a comment with a column's heading and its most frequent values."""
    cells = Counter(" ".join(shown(cell).split())[:30] for cell in sheet.cells(label)[:SAMPLE] if cell is not None)
    return f"#   {' '.join(label.split())}: " + " · ".join(text for text, _ in cells.most_common(MOST_SHOWN))


def _toml(text: str) -> str:
    """Return a text as TOML writes it: its basic strings are JSON's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
