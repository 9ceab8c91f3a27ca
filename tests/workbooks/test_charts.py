"""Charts on a sheet: none lies over another, and none runs over the edge of what is printed."""

import math
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import Workbook

from reportkit.branch.folder import Branch
from reportkit.branch.refresh import refresh
from reportkit.demo import write_demo
from reportkit.workbooks.charts import cells, lines_chart
from tests.branches import LAST_WEEK, TODAY, ask_for, branch_in, rewrite, rows_of_advisor, settings_of_demo
from tests.workbooks.test_room import widths_of

EMU = 9525  # to a pixel
FIGURE = 7  # pixels of a figure, by which columns are as wide as they are


@dataclass(frozen=True)
class Box:
    """Where a chart lies, in pixels from the sheet's first cell."""

    left: float
    top: float
    right: float
    bottom: float

    def over(self, other: "Box") -> bool:
        """Return whether two boxes share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


class Grid:
    """The columns and rows of a sheet, in pixels."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet, self.widths = sheet, widths_of(sheet)
        self.default = sheet.sheet_format.defaultRowHeight or 15

    def across(self, columns: int) -> float:
        """Return where the column after so many begins."""
        return sum(round(self.widths.get(column, 9.14) * FIGURE) for column in range(1, columns + 1))

    def down(self, rows: int) -> float:
        """Return where the row after so many begins."""
        heights = (self.sheet.row_dimensions[row].height or self.default for row in range(1, rows + 1))
        return sum(round(height * 4 / 3) for height in heights)

    def boxes(self) -> list[Box]:
        """Return where the sheet's charts lie."""
        return [
            Box(
                self.across(begin.col) + begin.colOff / EMU, self.down(begin.row) + begin.rowOff / EMU,
                self.across(end.col) + end.colOff / EMU, self.down(end.row) + end.rowOff / EMU,
            )
            for chart in self.sheet._charts
            for begin, end in [(chart.anchor._from, chart.anchor.to)]
        ]  # fmt: skip

    def page(self) -> Box:
        """Return what is printed of the sheet; where that is all of it, only its width is known."""
        area = str(self.sheet.print_area or "").rpartition("!")[2].replace("$", "")
        _, _, column, row = range_boundaries(area) if area else (1, 1, self.sheet.max_column, None)
        return Box(0, 0, self.across(column or 0), self.down(row) if row else math.inf)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the reports of a branch that has worked so long that every chart is drawn."""
    branch = Branch(tmp_path_factory.mktemp("branch"))
    write_demo(branch.root, advisors=6, weeks=8, today=TODAY)
    refresh(branch, LAST_WEEK, TODAY)
    return sorted(branch.reports(LAST_WEEK).glob("*.xlsx"))


def test_charts_lie_beside_one_another_and_on_the_page(reports: list[Path]) -> None:
    drawn, wrong = 0, []
    for path in reports:
        for sheet in load_workbook(path).worksheets:
            grid = Grid(sheet)
            boxes, page = grid.boxes(), grid.page()
            drawn += len(boxes)
            wrong += [(path.name, sheet.title, a, b) for a, b in combinations(boxes, 2) if a.over(b)]
            wrong += [
                (path.name, sheet.title, box, page)
                for box in boxes
                if box.right > page.right + 1 or box.bottom > page.bottom
            ]
    assert drawn
    assert wrong == []


def test_ids_stand_on_an_axis_that_has_no_room_for_names(tmp_path: Path) -> None:
    branch, sheets = branch_in(tmp_path / "branch"), settings_of_demo()
    long = {row["advisor_id"]: f"阿卜杜热合曼·买买提江 {row['advisor_id']}" for row in sheets["roster"]}
    ask_for(branch, {**sheets, "roster": [{**row, "name": long[row["advisor_id"]]} for row in sheets["roster"]]})
    for number in (1, 2):
        identity, rows = rows_of_advisor(number)
        rows["cases"] = [{**row, "owner": identity.advisor_id} for row in rows["cases"]]
        rewrite(branch, identity, rows)
    refresh(branch, LAST_WEEK, TODAY)
    book = load_workbook(branch.reports(LAST_WEEK) / "team.xlsx")
    drawn = {}
    for sheet in book.worksheets:
        for chart in sheet._charts:
            for series in chart.series:
                area = (series.cat.strRef or series.cat.numRef).f.replace("'", "").replace("$", "")
                on, _, cells = area.rpartition("!")
                drawn[on] = drawn.get(on, set()) | {str(cell.value) for row in book[on][cells] for cell in row}
    assert drawn["满意度"] == {"A001", "A002"} <= drawn["排名"]
    assert not {name for labels in drawn.values() for name in labels} & {*long.values()}


def test_a_single_week_is_seen_though_one_point_makes_no_line(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = Workbook(path)
    week = cells("a", 0, 1, 0, 1)
    book.add_worksheet("a").insert_chart(
        2, 0, lines_chart(book, "en", "t", week, [("one", week), ("two", week)], (400, 200), between=(0, 1))
    )
    book.close()
    with ZipFile(path) as parts:
        assert parts.read("xl/charts/chart1.xml").count(b'<c:symbol val="circle"/>') == 2
