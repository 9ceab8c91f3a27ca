"""What can be read: every text stands out from its cell as WCAG 2.2 asks, in the log, the settings and the reports."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color
from openpyxl.styles.fonts import Font
from openpyxl.worksheet.worksheet import Worksheet

from reportkit.branch.refresh import refresh
from reportkit.workbooks.board import BAR
from reportkit.workbooks.cells import PALE_BAR
from reportkit.workbooks.style import ACCENT, GOOD, INK, LOW_MIDDLE_HIGH, MUTED, PAPER
from tests.branches import LAST_WEEK, TODAY, branch_in

LEAST, LEAST_LARGE = 4.5, 3.0  # WCAG 2.2, 1.4.3; large is 18 points, or 14 bold
BLACK = "#000000"


def luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(text: str, ground: str) -> float:
    light, dark = sorted((luminance(text), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colour_of(colour: Color | None, otherwise: str) -> str:
    """Return a colour as #RRGGBB; the theme's own are black on white."""
    written = colour.rgb if colour is not None and colour.type == "rgb" else None
    return f"#{written[-6:]}" if isinstance(written, str) else otherwise


def ground_of(fill: PatternFill | None, dxf: bool = False) -> str:
    if fill is None or (fill.fill_type != "solid" and not dxf):
        return PAPER
    return colour_of(fill.bgColor if dxf else fill.fgColor, PAPER)


def is_faint(font: Font, ground: str) -> bool:
    large = (font.sz or 0) >= 18 or ((font.sz or 0) >= 14 and font.b)
    return contrast(colour_of(font.color, BLACK), ground) < (LEAST_LARGE if large else LEAST)


def faint(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield sheet, cell and text of what is hard to read in a workbook, the looks of conditions included."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value not in (None, "") and is_faint(cell.font, ground_of(cell.fill)):
                    yield sheet.title, cell.coordinate, str(cell.value)
        for ranged in sheet.conditional_formatting:
            for rule in ranged.rules:
                look = rule.dxf
                coloured = look is not None and look.font is not None and look.font.color is not None
                if coloured and is_faint(look.font, ground_of(look.fill, dxf=True)):
                    yield sheet.title, str(ranged.sqref), "conditional format"
                for shade in rule.colorScale.color if rule.colorScale else ():
                    yield from faint_on(sheet, str(ranged.sqref), colour_of(shade, PAPER))


def faint_on(sheet: Worksheet, area: str, shade: str) -> Iterator[tuple[str, str, str]]:
    """Yield the figures of an area that are hard to read where a scale gives them a shade; it gives texts none."""
    for cells in area.split():
        for row in sheet[cells]:
            for cell in row:
                if isinstance(cell.value, int | float) and is_faint(cell.font, shade):
                    yield sheet.title, cell.coordinate, f"{cell.value} on {shade}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    branch = branch_in(tmp_path_factory.mktemp("contrast") / "branch")
    refresh(branch, LAST_WEEK, TODAY)
    return [branch.settings_path, branch.logs()[0], *branch.reports(LAST_WEEK).glob("*.xlsx")]


def test_every_text_stands_out_from_its_cell(made: list[Path]) -> None:
    assert len(made) >= 5
    assert {path.name: list(faint(path)) for path in made} == {path.name: [] for path in made}


@pytest.mark.parametrize(("text", "bar"), [(INK, BAR), (INK, PALE_BAR), (MUTED, PALE_BAR), (GOOD, PALE_BAR)])
def test_a_figure_stands_out_from_the_bar_behind_it(text: str, bar: str) -> None:
    assert contrast(text, bar) >= LEAST


def test_the_heatmap_is_told_apart_in_grey_and_read_on_every_shade() -> None:
    low, middle, high = LOW_MIDDLE_HIGH
    assert all(contrast(INK, shade) >= LEAST for shade in LOW_MIDDLE_HIGH)
    assert min(luminance(middle) - luminance(low), luminance(middle) - luminance(high)) > 0.2
    assert contrast(ACCENT, PAPER) >= LEAST
