"""Tables as Excel takes them, filters, and what charts make of a range."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw
from matplotlib import image

import xlwings_libreoffice as lo
from xlwings_libreoffice.charttypes import TYPES


def test_headings_become_texts_of_their_own(app: xw.App, sheet: xw.Sheet, tmp_path: Path) -> None:
    sheet["A1"].value = [["day", "Day", 2026, None, "=1+1"], [1, 2, 3, 4, 5]]
    table = sheet.tables.add(sheet["A1:E2"], name="Log")
    assert [column.name for column in table.columns] == ["day", "Day2", "2026", "Column4", "2"]
    assert table.columns["DAY2"].index == 2
    sheet.book.save(tmp_path / "log.xlsx")
    written = openpyxl.load_workbook(tmp_path / "log.xlsx").active
    assert written.tables["Log"].column_names == [cell.value for cell in written[1]]


def test_tables_do_not_overlap_and_their_names_are_excels(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["a", "b"], [1, 2]]
    table = sheet.tables.add(sheet["A1:B2"], name="First", table_style_name="TableStyleLight1")
    with pytest.raises(lo.CalcError, match="overlaps the table First"):
        sheet.tables.add(sheet["B2:C3"])
    for name in ("first", "my table", "TAB1", "1st", ""):
        if name:
            with pytest.raises(lo.CalcError, match="name"):
                sheet.tables.add(sheet["E1:F2"], name=name)
    sheet.tables.add(sheet["E1:F2"], name="Second")
    with pytest.raises(lo.CalcError, match="taken"):
        table.name = "SECOND"
    table.name = "Renamed"
    assert [(one.name, one.range.address) for one in sheet.tables] == [
        ("Renamed", "$A$1:$B$2"),
        ("Second", "$E$1:$F$2"),
    ]
    assert sheet.tables["Renamed"].table_style == "TableStyleLight1"


def test_a_table_outlives_its_last_row(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["a", "b"], [1, 2], [3, 4]]
    table = sheet.tables.add(sheet["A1:B3"], name="Log")
    for row in reversed(list(table.rows)):
        row.delete()
    assert (table.range.address, len(table.rows), table.data_body_range) == ("$A$1:$B$2", 0, None)
    assert sheet.range("Log").address == "$A$2:$B$2"
    table.rows.add([7, 8])
    assert sheet["A1:B2"].value == [["a", "b"], [7, 8]]


@pytest.mark.parametrize(
    ("reference", "address"),
    [
        ("Log", "$A$2:$C$3"),
        ("log[b]", "$B$2:$B$3"),
        ("Log[[a]:[b]]", "$A$2:$B$3"),
        ("Log[#All]", "$A$1:$C$4"),
        ("Log[[#Headers],[#Data],[b]]", "$B$1:$B$3"),
        ("Log[[#Totals],[c]]", "$C$4"),
        ("Log[it's]", None),
        ("Log[[#This Row],[a]]", None),
    ],
)
def test_references_to_parts_of_a_table(sheet: xw.Sheet, reference: str, address: str | None) -> None:
    sheet["A1"].value = [["a", "b", "c"], [1, 2, 3], [4, 5, 6]]
    sheet.tables.add(sheet["A1:C3"], name="Log").show_totals = True
    if address is None:
        with pytest.raises(lo.CalcError, match="The table Log has no"):
            sheet.range(reference)
    else:
        assert sheet.range(reference).address == address


@pytest.fixture
def filtered(sheet: xw.Sheet) -> xw.Range:
    sheet["A1"].value = [["t", "n", "d"], ["nan", 1, None], ["1_000", 1234567, None], ["a", 1000, None]]
    sheet["C2:C4"].value = [[dt.date(2026, 1, day)] for day in (1, 2, 3)]
    return sheet["A1:C4"]


def shown(cells: xw.Range) -> list[str]:
    return [area.address for area in cells.sheet["A2:A4"].get_special_cells("visible")]


def test_texts_that_python_takes_for_numbers_are_filtered_as_texts(filtered: xw.Range) -> None:
    filtered.autofilter.apply_values(1, ["nan"])
    assert shown(filtered) == ["$A$2"]
    filtered.autofilter.apply_values(1, ["1_000"])
    assert shown(filtered) == ["$A$3"]


def test_every_column_has_its_criteria(filtered: xw.Range) -> None:
    assert [one.type for one in filtered.autofilter.criteria] == ["none", "none", "none"]
    filtered.autofilter.apply_values(2, [1234567])
    filtered.autofilter.apply_comparison(3, "equal_to", dt.date(2026, 1, 2))
    assert [one.type for one in filtered.autofilter.criteria] == ["none", "values", "values"]
    assert filtered.autofilter.criteria[1].values == ["1234567"]
    assert shown(filtered) == ["$A$3"]


def test_a_look_at_other_cells_leaves_a_sheets_filter_alone(filtered: xw.Range) -> None:
    filtered.autofilter.apply_values(1, ["a"])
    other = filtered.sheet["A1:B4"].autofilter
    assert [one.type for one in other.criteria] == ["none", "none"]
    other.clear()
    with pytest.raises(ValueError, match="different range"):
        other.apply_values(1, ["nan"])
    assert shown(filtered) == ["$A$4"]
    assert filtered.autofilter.criteria[0].values == ["a"]


def plotted(chart: xw.Chart) -> list[tuple[str, str | None]]:
    """Cells of each series and of its name."""
    diagram = chart.impl.document.getFirstDiagram()
    sequences = [
        sequence
        for system in diagram.getCoordinateSystems()
        for kind in system.getChartTypes()
        for series in kind.getDataSeries()
        for sequence in series.getDataSequences()
    ]
    return [
        (
            one.getValues().getSourceRangeRepresentation().replace("$", "").removeprefix("Sheet1."),
            label.getSourceRangeRepresentation().replace("$", "").removeprefix("Sheet1.")
            if (label := one.getLabel())
            else None,
        )
        for one in sequences
    ]


@pytest.mark.parametrize(
    ("rows", "series"),
    [
        ([["d", "v"], [dt.date(2026, 1, 1), 1], [dt.date(2026, 1, 2), 2]], [("B2:B3", "B1")]),
        ([[None, "v"], [2025, 1], [2026, 2]], [("B2:B3", "B1")]),
        ([["x", "y"], [2025, 1], [2026, 2]], [("A2:A3", "A1"), ("B2:B3", "B1")]),
        ([["a", 1], ["b", 2]], [("B1:B2", None)]),
        ([[1, 2], [3, 4]], [("A1:A2", None), ("B1:B2", None)]),
        ([["only"], [3]], [("A2", "A1")]),
    ],
)
@pytest.mark.parametrize("way", ["at once", "later"])
def test_what_a_chart_plots(
    sheet: xw.Sheet, rows: list[list[object]], series: list[tuple[str, str | None]], way: str
) -> None:
    sheet["A1"].value = rows
    source = sheet["A1"].resize(len(rows), len(rows[0]))
    if way == "at once":
        chart = sheet.charts.add(source=source, chart_type="line")
    else:
        chart = sheet.charts.add()
        chart.chart_type = "line"
        chart.set_source_data(source)
    assert (plotted(chart), chart.chart_type) == (series, "line")


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_a_chart_is_of_the_type_it_was_given(sheet: xw.Sheet, kind: str) -> None:
    sheet["A1"].value = [["", "a", "b", "c"], ["x", 1, 2, 3], ["y", 4, 5, 6]]
    chart = sheet.charts.add()
    chart.set_source_data(sheet["A1:D3"])
    chart.chart_type = kind
    assert chart.chart_type == kind


@pytest.mark.parametrize(("marked", "bare"), [("line_markers", "line"), ("xy_scatter", "xy_scatter_lines_no_markers")])
def test_markers_are_drawn(sheet: xw.Sheet, tmp_path: Path, marked: str, bare: str) -> None:
    sheet["A1"].value = [["x", "y"], [1, 2], [2, 2], [3, 2]]
    chart = sheet.charts.add()
    chart.set_source_data(sheet["A1:B4"])
    heights = []
    for kind in (marked, bare):
        chart.chart_type = kind
        chart.to_png(tmp_path / f"{kind}.png")
        picture = image.imread(tmp_path / f"{kind}.png")
        first = abs(picture[:, :, :3] - [0, 0x45 / 255, 0x86 / 255]).max(axis=2) < 0.02  # the first series' colour
        heights.append(int(first.sum(axis=0).max()))  # of its tallest column of pixels
    assert heights[0] > heights[1] > 0


def test_a_chart_is_printed_alone(sheet: xw.Sheet, tmp_path: Path) -> None:
    sheet["A1"].value = [["", "a"], ["x", 1], ["y", 4]]
    chart = sheet.charts.add()
    chart.set_source_data(sheet["A1:B3"])
    chart.to_pdf(tmp_path / "chart.pdf")
    assert (tmp_path / "chart.pdf").read_bytes().startswith(b"%PDF")


def test_a_chart_gets_other_data_and_keeps_its_kind_and_title(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["", "a", "b"], ["x", 1, 2], ["y", 3, 4]]
    chart = sheet.charts.add(source=sheet["A1:B3"], chart_type="bar_stacked")
    chart.title = "Title"
    chart.set_source_data(sheet["A:C"])  # as far as it is filled
    assert plotted(chart) == [("B2:B3", "B1"), ("C2:C3", "C1")]
    chart.plot_by = "rows"
    assert plotted(chart) == [("B2:C2", "A2"), ("B3:C3", "A3")]
    assert (chart.chart_type, chart.title) == ("bar_stacked", "Title")


def test_lists_with_quotes_come_back_and_rules_that_compare_otherwise_differ(sheet: xw.Sheet) -> None:
    sheet["A1"].data_validation.set_list(['5" pipe', "hose"])
    assert sheet["A1"].data_validation.source == '5" pipe,hose'
    sheet["B1"].data_validation.set_whole_number("greater_than", 5)
    sheet["B2"].data_validation.set_whole_number("less_than", 5)
    assert sheet["B1:B2"].data_validation.type == "inconsistent"
