"""Excel's formulas and LibreOffice's say the same."""

from __future__ import annotations

from typing import Any

import pytest
import xlwings as xw

from xlwings_libreoffice.formulas import to_calc, to_excel

SAME_BACK = [
    ("=SUM(A1:A3,B2)", "=SUM(A1:A3;B2)"),
    ('=IF(A1>1,"x,;!y",{1,2;3,4})', '=IF(A1>1;"x,;!y";{1;2|3;4})'),
    ("='My Sheet'!A1+张伟!$B$2", "=$'My Sheet'.A1+$张伟.$B$2"),
    ("='It''s'!A1", "=$'It''s'.A1"),
    ("='A1'!B2", "=$'A1'.B2"),
    ("=SUM(Sheet1:Sheet3!A1:B2)", "=SUM($Sheet1.A1:$Sheet3.B2)"),
    ("=SUM(A1:A3 A2:B2)", "=SUM(A1:A3!A2:B2)"),
    ("=SUM((A1,B1),2)", "=SUM((A1~B1);2)"),
    ("=SUM(Table1[[#This Row],[a]:[b]])", "=SUM(Table1[[#This Row];[a]:[b]])"),
    ("=CEILING(A1,2)+CEILING.MATH(A1)", "=CEILING.XCL(A1;2)+CEILING(A1)"),
    ("='/tmp/a b/[x y.xlsx]S 1'!A1", "='file:///tmp/a%20b/x%20y.xlsx'#$'S 1'.A1"),
    ("=SUM(A:A,1:1,Sheet2!A:A)", "=SUM(A:A;1:1;$Sheet2.A:A)"),
    ("=#N/A", "=#N/A"),
    ("=A1%+1.5E-3", "=A1%+1.5E-3"),
]


@pytest.mark.parametrize(("excel", "calc"), SAME_BACK)
def test_there_and_back(excel: str, calc: str) -> None:
    assert to_calc(excel) == calc
    assert to_excel(calc) == excel


@pytest.mark.parametrize(
    ("excel", "calc"),
    [
        ("=_xlfn.STDEV.S(A1:A3)", "=STDEV.S(A1:A3)"),
        ("=Table1[@Amount]", "=Table1[[#This Row];[Amount]]"),
        ("=Table1[#Headers]", "=Table1[[#Headers]]"),
        ("=IF(TRUE,1,false)", "=IF(TRUE();1;false())"),
        ("=@A1:A3", "=A1:A3"),
        ("=[x.xlsx]Data!A1", "='file:///home/x.xlsx'#$Data.A1"),
    ],
)
def test_what_people_type_is_understood(excel: str, calc: str) -> None:
    assert to_calc(excel, "/home") == calc


def test_libreoffice_calculates_what_excel_would(sheet: xw.Sheet) -> None:
    sheet.book.sheets.add("My Sheet", after=sheet)["A1:A3"].value = [[5], [6], [7]]
    sheet["A1"].value = [[1, 4], [2, 5], [3, 6]]
    expected: dict[str, Any] = {
        "=SUM(A1:A3,B1)": 10.0,
        "=SUM('My Sheet'!A1:A3)": 18.0,
        "=SUM('Sheet1:My Sheet'!A1)": 6.0,
        "=SUM({1,2;3,4}*1)": 10.0,
        "=SUM(A1:B2 B2:B3)": 5.0,
        '=IF(TRUE,"a;b","")': "a;b",
        "=SUM((A1,B3))": 7.0,
        "=EDATE(0,1)>0": True,
        '=TEXTJOIN(",",TRUE,A1:A3)': "1,2,3",
        "=CEILING(1.2,1)": 2.0,
    }
    for row, formula in enumerate(expected, 1):
        sheet.range((row, 4)).formula = formula
    found = sheet["D1"].resize(len(expected)).value
    assert dict(zip(expected, found, strict=True)) == expected


def test_formulas_are_read_as_excel_shows_them(sheet: xw.Sheet) -> None:
    formulas = (("=SUM(A1:A3,1)", "x", ""), ("=EDATE(A1,1)", "=UNIQUE(A1:A3)", "1.5"))
    sheet["D1:F2"].formula = formulas
    assert sheet["D1:F2"].formula == formulas


def test_array_formula(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, 4], [2, 5], [3, 6]]
    sheet["D1"].formula_array = "=SUM(A1:A3*B1:B3)"
    sheet["E1:E3"].formula_array = "=A1:A3*2"
    assert sheet["D1:E3"].value == [[32.0, 2.0], [None, 4.0], [None, 6.0]]
    assert sheet["D1"].formula_array == "=SUM(A1:A3*B1:B3)"
    assert (sheet["E2"].has_array, sheet["A1"].has_array) == (True, False)


def test_structured_references(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["a", "b"], [1, 2], [3, 4]]
    sheet.tables.add(sheet["A1:B3"], name="Sales")
    sheet["D1:D3"].formula = [["=SUM(Sales[b])"], ["=Sales[@a]*10"], ["=COUNTA(Sales[#Headers])"]]
    assert sheet["D1:D3"].value == [6.0, 10.0, 2.0]
    assert sheet.range("Sales[b]").address == "$B$2:$B$3"


def test_formulas_that_differ_by_row_are_filled_down_and_leave_the_rest(sheet: xw.Sheet) -> None:
    sheet["C1"].value = [[float(row)] for row in range(1, 301)]
    sheet["D2"].add_note("mine")
    column = sheet["D1:D300"]
    column.number_format = "0.00"
    wanted = [f"=C{row}*2+$C$1" for row in range(1, 301)]
    column.value = [[text] for text in wanted]
    assert [text for (text,) in column.formula] == wanted
    assert column.value == [row * 2.0 + 1 for row in range(1, 301)]
    assert (sheet["D2"].note.text, sheet["D3"].note, column.number_format) == ("mine", None, "0.00")


@pytest.mark.parametrize(
    "formula", ["=C{other}*2", '="C{row} "&C1', "=$C$1+{row}", "=SUM(C$1:C{row})", "=IF(C{row}>100,1,{other})"]
)
def test_formulas_that_only_look_alike_come_out_as_written(sheet: xw.Sheet, formula: str) -> None:
    wanted = [formula.format(row=row, other=row * 7 % 300 + 1) for row in range(1, 201)]
    column = sheet["D1:D200"]
    column.value = [[text] for text in wanted]
    assert [text for (text,) in column.formula] == wanted


def test_formats_of_a_column_outlast_its_formulas(sheet: xw.Sheet) -> None:
    column = sheet["D1:D200"]
    sheet["D1"].number_format, sheet["D9"].color = "0%", (255, 0, 0)
    column.value = [[f"=C{row}+1"] for row in range(1, 201)]
    assert (sheet["D1"].number_format, sheet["D2"].number_format) == ("0%", "General")
    assert (sheet["D9"].color, sheet["D10"].color) == ((255, 0, 0), None)
