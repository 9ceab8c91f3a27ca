"""Room for words: no heading is cut off or under a button, and a row is as high as the words that wrap in it."""

import datetime as dt
import math
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reportkit.definitions.catalogue import settings_rows
from reportkit.definitions.text import Language
from reportkit.workbooks import write_settings
from reportkit.workbooks.style import running_width, wrapped_height
from tests.workbooks.conftest import opened

LINE = 12.5  # points a line of the body takes at least
BUTTON = 2.5  # figures it takes of a column
SPARE = 1.15  # what the estimate of a word's width may be off


def widths_of(sheet: Worksheet) -> dict[int, float]:
    """Return column → width; a stretch of columns is declared once."""
    widths: dict[int, float] = {}
    for column in sheet.column_dimensions.values():
        widths |= dict.fromkeys(range(column.min, column.max + 1), column.width)
    return widths


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Resolved", 13, 1),
        ("Resolved within the limit", 13, 3),  # as wide as two lines, but its words do not part so
        ("Responses within the limit", 14, 2),
        ("时限内解决", 13, 1),
        ("答复后发图文说明，次日回访 3 天", 26, 2),
        ("", 10, 1),
        ("one\ntwo", 10, 2),
    ],
)
def test_a_few_words_in_a_narrow_column_take_a_line_more_than_their_width(text: str, width: int, lines: int) -> None:
    assert wrapped_height([(text, width)]) == wrapped_height([("\n".join("x" * lines), width)])


def test_words_have_the_room_they_need(workbooks: tuple[Language, list[Path]]) -> None:
    _, paths = workbooks
    tight = []
    for path in paths:
        for sheet in opened(path).worksheets:
            if sheet.sheet_state != "visible":
                continue
            widths, default = widths_of(sheet), sheet.sheet_format.defaultRowHeight or 15
            merged = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
            for row in sheet.iter_rows():
                for cell in row:
                    if not isinstance(cell.value, str) or not cell.alignment.wrap_text or cell.value.startswith("="):
                        continue
                    area = merged.get((cell.row, cell.column))
                    last = area.max_col if area else cell.column
                    width = sum(widths.get(column, 8.43) for column in range(cell.column, last + 1))
                    spare = 0 if cell.font.b else 1  # bold letters are wider
                    width *= SPARE**spare
                    size = (cell.font.sz or 10) / 10
                    lines = sum(math.ceil(running_width(line) * size / width) for line in cell.value.split("\n"))
                    height = sheet.row_dimensions[cell.row].height or default
                    words = [word for word in cell.value.split() if word.isascii()] if cell.font.b else []
                    broken = any(running_width(word) * size > width for word in words)
                    if lines * LINE * size > height + spare or broken:
                        place = f"{get_column_letter(cell.column)}{cell.row}"
                        tight.append((path.name, sheet.title, place, cell.value[:60], height))
    assert tight == []


def test_long_names_have_room_in_the_settings(tmp_path: Path) -> None:
    name, mail, note = "欧阳" * 10, f"{'m' * 38}@example.com", "网点装修，停业一天，客户由隔壁营业部接待，" * 4
    rows = settings_rows("zh-CN")
    rows["roster"] = [{"advisor_id": "A001", "name": name, "level": "junior", "team": name * 2, "email": mail}]
    rows["mail"] = [{"report": "branch", "email": mail, "name": name * 2}]
    rows["calendar"] = [{"date": dt.date(2026, 10, 14), "kind": "off", "note": note}]
    rows["tiers"] = [{**row, "name": name} for row in rows["tiers"]]
    path = tmp_path / "settings.xlsx"
    write_settings(path, rows, language="zh-CN")
    cut, seen = [], 0
    for sheet in load_workbook(path).worksheets[1:-1]:
        widths = widths_of(sheet)
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if isinstance(cell.value, str):
                    seen += name in cell.value or cell.value in (mail, note)
                    lines = math.ceil(running_width(cell.value) / widths[cell.column])
                    height = sheet.row_dimensions[cell.row].height or sheet.sheet_format.defaultRowHeight
                    if lines > 1 and (not cell.alignment.wrap_text or lines * LINE > height):
                        cut.append((sheet.title, cell.coordinate, cell.value))
    assert seen == 6 + len(rows["tiers"])
    assert cut == []


def test_tables_side_by_side_keep_a_column_apart(workbooks: tuple[Language, list[Path]]) -> None:
    touching, seen = [], 0
    for path in workbooks[1][2:]:
        for sheet in opened(path).worksheets:
            for cell in (cell for row in sheet.iter_rows(min_col=2) for cell in row):
                if cell.value and cell.font.sz == 12 and cell.border.bottom.style == "medium":
                    seen += 1
                    if sheet.cell(cell.row, cell.column - 1).border.bottom.style == "medium":
                        touching.append((path.name, sheet.title, cell.coordinate, cell.value))
    assert seen
    assert touching == []


def test_no_heading_lies_under_the_button_of_a_filter(workbooks: tuple[Language, list[Path]]) -> None:
    _, paths = workbooks
    covered, seen = [], 0
    for path in paths:
        for sheet in opened(path).worksheets:
            if not sheet.auto_filter.ref:
                continue
            widths = widths_of(sheet)
            merged = {area.coord.partition(":")[0]: area for area in sheet.merged_cells.ranges}
            for cell in sheet[sheet.auto_filter.ref][0]:
                if not isinstance(cell.value, str):
                    continue
                seen += 1
                last = merged[cell.coordinate].max_col if cell.coordinate in merged else cell.column
                width = sum(widths[column] for column in range(cell.column, last + 1))
                word = max(map(running_width, cell.value.split()))  # headings of several words wrap
                indent = cell.alignment.indent
                kept = indent >= 2 if cell.alignment.horizontal == "right" else width - word - indent >= BUTTON
                if not kept or width < word + 2 * indent:
                    covered.append((path.name, sheet.title, cell.coordinate, cell.value))
    assert seen
    assert covered == []
