"""A person at work in LibreOffice on a log: what hands do there, by the office's own commands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import xlwings as xw

import xlwings_libreoffice as lo
from reportkit.definitions.columns import Form
from reportkit.definitions.forms import ACTIVITIES, CUSTOMERS
from reportkit.definitions.identity import TEMPLATE_VERSION
from reportkit.read.book import Identity
from reportkit.read.survey import column_letters
from reportkit.settings.branch_settings import default_settings
from reportkit.workbooks import write_log

MONDAY: Final = dt.date(2026, 11, 16)
FRIDAY: Final = dt.date(2026, 11, 20)  # the day the log is read
FIRST, LAST = 2, 13  # the rows of the daily log
FOREIGN: Final = "导出"


def _did(day: int, kind: str, customer: str | None = None, effective: str | None = None, **more: Any) -> dict[str, Any]:
    did = {"date": MONDAY + dt.timedelta(days=day), "kind": kind, "customer_id": customer, "effective": effective}
    return {**did, "summary": f"{day}日{kind}{customer or ''}", **more}


LOG: Final[Mapping[str, list[dict[str, Any]]]] = {
    CUSTOMERS.code: [
        {"customer_id": f"C{n}", "name": f"客户{n}", "assigned_on": dt.date(2026, 1, 5), "mobile": f"1380013000{n}",
         "public_fund": "holds" if n % 2 else "interested", "assets": 100_000.0 * n}
        for n in range(1, 7)
    ],
    ACTIVITIES.code: [
        _did(0, "new_contact", "C1", "yes", minutes=30.0, channel="phone"),
        _did(0, "new_contact", "C2", "yes", minutes=12.5),
        _did(0, "market_view"),
        _did(1, "new_contact", "C3", "no"),
        _did(1, "fund_talk", "C1", "yes", satisfaction=5, next_on=dt.date(2026, 11, 27)),
        _did(1, "return_visit", "C4", "yes"),
        _did(2, "stock_view"),
        _did(2, "home_visit", "C2", "yes", minutes=90.0),
        _did(3, "return_visit", "C5", "no"),
        _did(3, "intraday_alert", time=dt.time(9, 45)),
        _did(4, "new_contact", "C6", "yes"),
        _did(4, "market_view"),
    ],
    "cases": [
        {"case_id": f"K{n}", "customer_id": f"C{n}", "opened_at": dt.datetime(2026, 11, 17, 9 + n), "category": "fees",
         "responded_at": dt.datetime(2026, 11, 17, 9 + n, 0, 20), "status": "resolved"}
        for n in range(1, 4)
    ],
    "training": [{"date": FRIDAY, "topic": "新规", "hours": 1.5}],
}  # fmt: skip


def new_log(path: Path) -> Path:
    """Write a week's log; without indicators it has no workings, which office and reader would only wait for."""
    settings = replace(default_settings("zh-CN"), indicators=())
    write_log(
        path, Identity("A001", "张伟", "示例", TEMPLATE_VERSION, "zh-CN"), language="zh-CN", settings=settings, rows=LOG
    )
    return path


def cell(code: str, row: int, form: Form = ACTIVITIES) -> str:
    """Return the cell of a column in a row, as the template has it."""
    return f"{column_letters(list(form.column).index(code) + 1)}{row}"


@dataclass
class Person:
    """Somebody with a log open. Rows and columns are Excel's; commands are those behind menus and keys."""

    app: xw.App
    book: xw.Book

    def sheet(self, form: Form = ACTIVITIES) -> xw.Sheet:
        """Return the sheet of a form, by its Chinese name."""
        return self.book.sheets[form.label.zh_cn]

    @property
    def log(self) -> xw.Sheet:
        """The daily log."""
        return self.sheet()

    def press(self, command: str, **arguments: Any) -> None:
        """Carry out a command of a menu on what is selected."""
        office = self.app.impl
        office.dispatch(self.book.impl.frame, command, **arguments)

    def select(self, sheet: xw.Sheet, cells: str) -> None:
        """Show a sheet and select cells of it; `A:C` and `2:3` are whole columns and rows."""
        sheet.activate()
        self.press("GoToCell", ToPoint=cells)

    def put(self, cells: str, value: Any, sheet: xw.Sheet | None = None) -> None:
        """Type values from a cell on, as the office understands them."""
        (sheet or self.log).range(cells).value = value

    def put_text(self, at: str, text: str, sheet: xw.Sheet | None = None) -> None:
        """Leave text in a cell, as an apostrophe before it does."""
        target = (sheet or self.log).range(at)
        target.number_format = "@"
        target.value = text

    def row(self, number: int, values: Mapping[str, Any], form: Form = ACTIVITIES) -> None:
        """Type a row: column code → what is typed."""
        for code, value in values.items():
            self.put(cell(code, number, form), value, self.sheet(form))

    def foreign(self, rows: Sequence[Sequence[Any]], date_format: str = "yyyy-mm-dd") -> xw.Sheet:
        """Open another system's list beside the log, its first column shown as dates of theirs."""
        sheet = self.book.sheets.add(FOREIGN, after=self.book.sheets[-1])
        sheet.range("A1").value = rows
        sheet.range(f"A1:A{len(rows)}").number_format = date_format
        sheet.range("A1:L1").color = (255, 230, 0)
        return sheet

    def copy(self, sheet: xw.Sheet, cells: str) -> None:
        """Copy cells to the clipboard."""
        self.select(sheet, cells)
        self.press("Copy")

    def paste(self, at: str, kinds: str | None = None, sheet: xw.Sheet | None = None) -> None:
        """Paste all, or only some kinds: `SVD` are texts, numbers and dates, `T` formats, `F` formulas."""
        self.select(sheet or self.log, at)
        if kinds is None:
            self.press("Paste")
        else:
            self.press(
                "InsertContents", Flags=kinds, FormulaCommand=0, SkipEmptyCells=False, Transpose=False, AsLink=False,
                MoveMode=4,
            )  # fmt: skip

    def drop(self, name: str = FOREIGN) -> None:
        """Delete a sheet again."""
        self.book.sheets[name].delete()

    def sort(self, cells: str, keys: Sequence[tuple[int, bool]], *, headings: bool = True) -> None:
        """Sort rows by columns (counted from 0, ascending), with or without the headings in their place."""
        field = "com.sun.star.table.TableSortField"
        fields = tuple(
            lo.Struct(field, Field=at, IsAscending=up, IsCaseSensitive=False, FieldType=lo.Enum(
                "com.sun.star.table.TableSortFieldType", "AUTOMATIC"), CollatorLocale=lo.Struct(
                "com.sun.star.lang.Locale", Language="", Country="", Variant=""), CollatorAlgorithm="")
            for at, up in keys
        )  # fmt: skip
        area = self.log.api.getCellRangeByName(cells)
        area.sort(properties(ContainsHeader=headings, IsSortColumns=False, SortFields=lo.Typed(f"[]{field}", fields)))

    def show_only(self, column: int, text: str) -> None:
        """Filter the daily log to the rows with a text in a column (counted from 0)."""
        area = self.log.api.getCellRangeByName(f"A1:L{LAST}")
        wanted = area.createFilterDescriptor(True)
        wanted.ContainsHeader = True
        field = "com.sun.star.sheet.TableFilterField"
        equal = lo.Enum("com.sun.star.sheet.FilterOperator", "EQUAL")
        both = lo.Enum("com.sun.star.sheet.FilterConnection", "AND")
        test = lo.Struct(
            field, Connection=both, Field=column, Operator=equal, IsNumeric=False, NumericValue=0.0, StringValue=text
        )
        wanted.setFilterFields(lo.Typed(f"[]{field}", (test,)))
        area.filter(wanted)

    def merge(self, cells: str, sheet: xw.Sheet | None = None) -> None:
        """Merge cells as Excel does: only the first keeps what it holds."""
        area = (sheet or self.log).range(cells)
        first = area[0].value
        area.clear_contents()
        area[0].value = first
        area.api.merge(True)


def properties(**values: Any) -> tuple[lo.Struct, ...]:
    """Return UNO's named arguments."""
    return tuple(
        lo.Struct("com.sun.star.beans.PropertyValue", Name=name, Value=value) for name, value in values.items()
    )
