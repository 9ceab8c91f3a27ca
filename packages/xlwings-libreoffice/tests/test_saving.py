"""What a workbook holds is still there after LibreOffice saved it."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwings as xw

import xlwings_libreoffice as lo

PASSWORD = "pass word"  # noqa: S105 - of a file made here


@pytest.fixture(scope="module")
def saved(app: xw.App, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook made by XlsxWriter, opened, changed in one cell and saved."""
    folder = tmp_path_factory.mktemp("saved")
    with xlsxwriter.Workbook(folder / "made.xlsx") as workbook:
        workbook.set_custom_property("kind", "log")
        workbook.set_custom_property("version", 3)
        workbook.set_properties({"title": "A log", "author": "A001"})
        data, lists = workbook.add_worksheet("Data"), workbook.add_worksheet("Lists")
        lists.write_column("A1", ["call", "visit"])
        lists.hide()
        workbook.define_name("kinds", "=Lists!$A$1:$A$2")
        header = ["Day", "Kind", "Count"]
        rows = [[dt.date(2024, 1, day), "call", day] for day in range(1, 6)]
        date = workbook.add_format({"num_format": "yyyy-mm-dd"})
        data.add_table(
            0,
            0,
            5,
            2,
            {
                "name": "Log",
                "data": rows,
                "style": "Table Style Medium 9",
                "columns": [{"header": text} for text in header],
            },
        )
        for row, (day, _, _) in enumerate(rows, 1):
            data.write_datetime(row, 0, dt.datetime.combine(day, dt.time()), date)
        data.write_formula("E1", "=SUM(Log[Count])", None, 15)
        data.data_validation("B2:B100", {"validate": "list", "source": "=kinds", "error_message": "no such kind"})
        data.data_validation("C2:C100", {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 99})
        red = workbook.add_format({"bg_color": "#FF0000"})
        data.conditional_format("C2:C100", {"type": "cell", "criteria": ">", "value": 3, "format": red})
        data.conditional_format("C2:C100", {"type": "data_bar"})
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"categories": "=Data!$A$2:$A$6", "values": "=Data!$C$2:$C$6"})
        data.insert_chart("G2", chart)
        data.freeze_panes(1, 0)
        data.write_comment("A1", "the day")
        data.set_column("A:A", 20)
    book = app.books.open(folder / "made.xlsx")
    book.sheets["Data"]["C2"].value = 50
    book.save(folder / "saved.xlsx")
    book.close()
    return folder / "saved.xlsx"


@pytest.fixture(scope="module")
def reread(saved: Path) -> Iterator[openpyxl.Workbook]:
    book = openpyxl.load_workbook(saved)
    yield book
    book.close()


@pytest.mark.filterwarnings("ignore:.*xtension is not supported")  # openpyxl's, about data bars
def test_values_formulas_and_sheets(saved: Path, reread: openpyxl.Workbook) -> None:
    data = reread["Data"]
    assert (data["C2"].value, data["A3"].value) == (50, dt.datetime(2024, 1, 2))
    assert data["E1"].value == "=SUM(Log[Count])"
    assert openpyxl.load_workbook(saved, data_only=True)["Data"]["E1"].value == 64
    assert reread["Lists"].sheet_state == "hidden"
    assert data.freeze_panes == "A2"
    assert data["A1"].comment.text.strip() == "the day"
    assert data.column_dimensions["A"].width == pytest.approx(20, abs=1)


def test_data_validation(reread: openpyxl.Workbook) -> None:
    rules = {str(rule.sqref).split()[0]: rule for rule in reread["Data"].data_validations.dataValidation}
    assert (rules["B2:B100"].type, rules["B2:B100"].formula1, rules["B2:B100"].error) == (
        "list",
        "kinds",
        "no such kind",
    )
    assert (rules["C2:C100"].type, rules["C2:C100"].formula1, rules["C2:C100"].formula2) == ("whole", "0", "99")


def test_conditional_formats(reread: openpyxl.Workbook) -> None:
    rules = [rule for area in reread["Data"].conditional_formatting for rule in area.rules]
    assert {"cellIs", "dataBar"} <= {rule.type for rule in rules}


def test_charts_and_names(saved: Path, reread: openpyxl.Workbook) -> None:
    assert reread.defined_names["kinds"].attr_text.replace("$", "") == "Lists!A1:A2"
    with zipfile.ZipFile(saved) as package:
        charts = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
        assert len(charts) == 1
        assert b"Data!$C$2:$C$6" in package.read(charts[0])


def test_tables_with_their_style(reread: openpyxl.Workbook) -> None:
    table = reread["Data"].tables["Log"]
    assert (table.ref, [column.name for column in table.tableColumns]) == ("A1:C6", ["Day", "Kind", "Count"])
    assert (table.tableStyleInfo.name, table.tableStyleInfo.showRowStripes) == ("TableStyleMedium9", True)


def test_properties(reread: openpyxl.Workbook) -> None:
    assert {item.name: item.value for item in reread.custom_doc_props.props}["kind"] == "log"
    assert (reread.properties.title, reread.properties.creator) == ("A log", "A001")


def test_what_is_read_of_it(app: xw.App, saved: Path) -> None:
    book = app.books.open(saved)
    sheet = book.sheets["Data"]
    validation = sheet["B3"].data_validation
    assert (validation.type, validation.source, validation.error_message) == ("list", "=kinds", "no such kind")
    number = sheet["C3"].data_validation
    assert (number.type, number.operator, number.formula1, number.formula2) == ("whole_number", "between", "=0", "=99")
    assert sheet.tables["Log"].table_style == "TableStyleMedium9"
    assert [note.text for note in sheet.notes] == ["the day"]
    assert (len(sheet.charts), sheet.charts[0].chart_type) == (1, "column_clustered")
    assert book.names["kinds"].refers_to_range.value == ["call", "visit"]
    assert book.fullname == str(saved)
    assert app.books.open(saved) == book
    book.close()


@pytest.mark.parametrize("extension", [".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".ods", ".csv"])
def test_formats_by_extension(app: xw.App, tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"büch 1{extension}"
    book = app.books.add()
    book.sheets[0]["A1"].value = [["a", 1], ["张伟", 2.5]]
    book.save(path)
    assert (book.name, book.fullname) == (path.name, str(path))
    book.sheets[0]["A1"].value = "b"
    book.save()
    book.close()
    assert [item.name for item in tmp_path.iterdir()] == [path.name]
    reopened = app.books.open(path)
    assert reopened.sheets[0]["A1:B2"].value == [["b", 1.0], ["张伟", 2.5]]
    reopened.close()


@pytest.mark.parametrize(
    ("extension", "content_type"),
    [
        (".xlsx", "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
        (".xlsm", "vnd.ms-excel.sheet.macroEnabled.main+xml"),
        (".xltx", "vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml"),
        (".xltm", "vnd.ms-excel.template.macroEnabled.main+xml"),
    ],
)
def test_a_file_is_of_the_type_its_extension_says(
    app: xw.App, tmp_path: Path, extension: str, content_type: str
) -> None:
    book = app.books.add()
    book.save(tmp_path / f"book{extension}")
    book.close()
    with zipfile.ZipFile(tmp_path / f"book{extension}") as package:
        assert f'"application/{content_type}"'.encode() in package.read("[Content_Types].xml")


def test_a_workbook_is_saved_over_no_open_one_and_into_no_folder_that_is_not_there(app: xw.App, tmp_path: Path) -> None:
    first, second = app.books.add(), app.books.add()
    first.save(tmp_path / "first.xlsx")
    with pytest.raises(lo.CalcError, match=r"first\.xlsx: close that one first"):
        second.save(tmp_path / "first.xlsx")
    with pytest.raises(lo.CalcError, match="There is no folder"):
        second.save(tmp_path / "2026" / "second.xlsx")
    assert [item.name for item in tmp_path.iterdir() if not item.name.startswith(".~lock")] == ["first.xlsx"]
    first.save(tmp_path / "first.xlsx")
    second.save(tmp_path / "second.xlsx")
    second.close()
    first.close()


def test_what_cannot_be_written_is_refused_and_nothing_is_left(app: xw.App, tmp_path: Path) -> None:
    book = app.books.add()
    for extension in (".xlsb", ".xla", ".xlam", ".docx", ""):
        with pytest.raises(lo.FormatNotSupported):
            book.save(tmp_path / f"book{extension}")
    assert list(tmp_path.iterdir()) == []
    book.close()


def test_a_password(app: xw.App, tmp_path: Path) -> None:
    path = tmp_path / "secret.xlsx"
    book = app.books.add()
    book.sheets[0]["A1"].value = "secret"
    book.save(path, password=PASSWORD)
    book.close()
    assert not zipfile.is_zipfile(path)
    with pytest.raises(lo.CalcError):
        app.books.open(path, password=PASSWORD.upper())
    book = app.books.open(path, password=PASSWORD)
    assert book.sheets[0]["A1"].value == "secret"
    book.close()


def test_pdf(app: xw.App, tmp_path: Path) -> None:
    book = app.books.add()
    book.sheets[0]["A1"].value = "page"
    book.to_pdf(tmp_path / "book.pdf")
    book.sheets[0]["A1:B2"].to_pdf(tmp_path / "range.pdf")
    book.sheets[0]["A1:B2"].to_png(tmp_path / "range.png")
    book.close()
    for name, start in (("book.pdf", b"%PDF"), ("range.pdf", b"%PDF"), ("range.png", b"\x89PNG")):
        assert (tmp_path / name).read_bytes().startswith(start)


def test_one_sheet_is_printed_whatever_print_areas_others_have(app: xw.App, tmp_path: Path) -> None:
    book = app.books.add()
    first = book.sheets[0]
    first["A1"].value, first.page_setup.print_area = "first", "A1:B2"
    second = book.sheets.add(after=first)
    second["A1"].value = "second"
    second.to_pdf(tmp_path / "second.pdf")
    assert first.page_setup.print_area == "$A$1:$B$2"
    book.close()
    with (tmp_path / "second.pdf").open("rb") as pdf:
        assert pdf.read().count(b"/Type/Page/") == 1


def test_html(app: xw.App, tmp_path: Path) -> None:
    book = app.books.add()
    book.sheets[0]["A1"].value = "page"
    for _ in range(10):  # with a window of its own LibreOffice 7.4 hardly outlived two
        book.sheets[0].to_html(tmp_path / "sheet.html")
    book.close()
    assert "page" in (tmp_path / "sheet.html").read_text(encoding="utf-8")


def test_macros_of_an_opened_workbook_do_not_run_unasked(app: xw.App, saved: Path) -> None:
    assert lo.engine.impl.macros_allowed is False
    book = app.books.open(saved)
    with pytest.raises(lo.CalcError, match="macro"):
        book.macro("Nothing")()
    book.close()
