"""AutoFilter: rows hidden by what their cells hold."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .link import Enum, Object, Struct, Typed
from .values import to_serial

if TYPE_CHECKING:
    from .ranges import Range

OPERATORS = {
    "equal_to": "EQUAL",
    "not_equal_to": "NOT_EQUAL",
    "greater_than": "GREATER",
    "less_than": "LESS",
    "greater_than_or_equal": "GREATER_EQUAL",
    "less_than_or_equal": "LESS_EQUAL",
}
# FilterOperator2 of LibreOffice
CODES = {
    "EMPTY": 0,
    "NOT_EMPTY": 1,
    "EQUAL": 2,
    "NOT_EQUAL": 3,
    "GREATER": 4,
    "GREATER_EQUAL": 5,
    "LESS": 6,
    "LESS_EQUAL": 7,
    "TOP_VALUES": 8,
    "TOP_PERCENT": 9,
    "BOTTOM_VALUES": 10,
    "BOTTOM_PERCENT": 11,
}


_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?", re.ASCII)
NUMERIC, STRING = 0, 1  # FilterFieldType
NULL_DATE = dt.datetime(1899, 12, 30)


class AutoFilter(base_classes.AutoFilter):
    """The filter of a range or table whose first row is a header; columns count from 1."""

    def __init__(self, target: Range, database: Any = None) -> None:
        self._target = target
        self._database = database

    @property
    def api(self) -> Object:
        """UNO's database range that carries the filter."""
        return self._range()  # type: ignore[no-any-return] # a UNO object

    def _found(self) -> Any:
        """The database range that carries the filter of just these cells; None without one."""
        if self._database is None:
            database = self._of_sheet()
            if database is not None and database.getDataArea() == self._target.uno.getRangeAddress():
                self._database = database
        return self._database

    def _of_sheet(self) -> Any:
        """The database range of the sheet's one filter that belongs to no table."""
        index = self._target.sheet.index - 1
        unnamed = self._unnamed()
        database = unnamed.getByTable(index) if unnamed.hasByTable(index) else None
        return database if database is not None and database.AutoFilter else None

    def _unnamed(self) -> Any:
        return self._target.sheet.book.document.getPropertyValue("UnnamedDatabaseRanges")

    def _range(self) -> Any:
        if self._found() is None:
            if self._of_sheet() is not None:
                raise ValueError("This worksheet already has an AutoFilter on a different range")  # as in Excel
            self._unnamed().setByTable(self._target.uno.getRangeAddress())
            self._database = self._unnamed().getByTable(self._target.sheet.index - 1)
            self._database.ContainsHeader = True
        return self._database

    @property
    def criteria(self) -> list[dict[str, Any]]:
        """What each column is filtered by."""
        found: dict[int, list[Any]] = {}
        database = self._found()
        for field in database.getFilterDescriptor().getFilterFields3() if database is not None else ():
            found.setdefault(field.Field + 1, []).append(field)
        return [
            _criteria(number, found[number]) if number in found else base_classes.empty_autofilter_criteria(number)
            for number in range(1, self._target.area.columns + 1)
        ]

    def apply_values(self, field: int, values: list[str]) -> None:
        """Keep rows whose cell shows one of some texts."""
        items = [_value(value) for value in values]
        self._apply(field, [("EQUAL", False, items)])

    def apply_comparison(self, field: int, operator: str, value1: Any, value2: Any) -> None:
        """Keep rows whose cell compares to one or two values."""
        if value1 is None:
            self._apply(field, [("EMPTY" if operator == "equal_to" else "NOT_EMPTY", False, [])])
        elif operator == "between":
            parts = [("GREATER_EQUAL", False, [_value(value1)]), ("LESS_EQUAL", False, [_value(value2)])]
            self._apply(field, parts)
        elif operator == "not_between":
            self._apply(field, [("LESS", False, [_value(value1)]), ("GREATER", True, [_value(value2)])])
        else:
            self._apply(field, [(OPERATORS[operator], False, [_value(value1)])])

    def apply_top_items(self, field: int, count: int) -> None:
        """Keep the rows with the largest values."""
        self._apply(field, [("TOP_VALUES", False, [_value(str(count))])])

    def apply_bottom_items(self, field: int, count: int) -> None:
        """Keep the rows with the smallest values."""
        self._apply(field, [("BOTTOM_VALUES", False, [_value(str(count))])])

    def apply_top_percent(self, field: int, percent: float) -> None:
        """Keep a share of the rows, those with the largest values."""
        self._apply(field, [("TOP_PERCENT", False, [_value(str(percent))])])

    def apply_bottom_percent(self, field: int, percent: float) -> None:
        """Keep a share of the rows, those with the smallest values."""
        self._apply(field, [("BOTTOM_PERCENT", False, [_value(str(percent))])])

    def clear(self, field: int | None) -> None:
        """Show all rows again, or those that one column hides."""
        if self._found() is not None:
            self._store([] if field is None else self._others(field))

    def _others(self, field: int) -> list[Any]:
        fields = self._range().getFilterDescriptor().getFilterFields3()
        others = [other for other in fields if other.Field != field - 1]
        for value in (value for other in others for value in other.Values):
            value.FilterType = NUMERIC if value.IsNumeric else STRING  # LibreOffice reads it, but does not write it
        return others

    def _apply(self, field: int, parts: list[tuple[str, bool, list[Any]]]) -> None:
        added = [
            Struct(
                "com.sun.star.sheet.TableFilterField3",
                Connection=_connection("OR" if alternative else "AND"),
                Field=field - 1,
                Operator=CODES[operator],
                Values=Typed("[]com.sun.star.sheet.FilterFieldValue", tuple(items)),
            )
            for operator, alternative, items in parts
        ]
        self._store(self._others(field) + added)

    def _store(self, fields: list[Any]) -> None:
        self._target.refuse_protected()
        database = self._range()
        database.AutoFilter = True
        descriptor = database.getFilterDescriptor()
        descriptor.setFilterFields3(tuple(fields))
        if fields:
            database.refresh()
        else:
            cells = database.getReferredCells()
            cells.filter(cells.createFilterDescriptor(True))


def _connection(value: str) -> Enum:
    return Enum("com.sun.star.sheet.FilterConnection", value)


def _value(value: Any) -> Struct:
    """A value to compare with; dates are numbers."""
    if isinstance(value, dict):
        number: float | None = to_serial(dt.datetime.fromisoformat(value["value"]), NULL_DATE)
    else:
        number = float(value) if _NUMBER.fullmatch(value) else None
    return Struct(
        "com.sun.star.sheet.FilterFieldValue",
        IsNumeric=number is not None,
        NumericValue=number or 0.0,
        StringValue="" if isinstance(value, dict) else value,
        FilterType=NUMERIC if number is not None else STRING,
    )


def _criteria(number: int, fields: list[Any]) -> dict[str, Any]:
    names = {code: name for name, code in CODES.items()}
    operator = names.get(fields[0].Operator, "")
    texts = [item.StringValue or f"{item.NumericValue:.15g}" for field in fields for item in field.Values]
    criteria: dict[str, Any] = base_classes.empty_autofilter_criteria(number, "unknown")
    if operator.startswith(("TOP", "BOTTOM")):
        end, unit = operator.lower().split("_")
        criteria["type"] = f"{end}_{'percent' if unit == 'percent' else 'items'}"
        criteria["percent" if unit == "percent" else "count"] = (
            float(texts[0]) if unit == "percent" else int(float(texts[0]))
        )
    elif operator == "EQUAL" and len(fields) == 1:
        criteria |= {"type": "values", "values": texts}
    elif len(fields) == 2:
        between = operator == "GREATER_EQUAL"
        criteria |= {"type": "comparison", "operator": "between" if between else "not_between"}
        criteria |= {"value1": texts[0], "value2": texts[1]}
    else:
        excel = {calc: name for name, calc in OPERATORS.items()} | {"EMPTY": "equal_to", "NOT_EMPTY": "not_equal_to"}
        criteria |= {"type": "comparison", "operator": excel.get(operator), "value1": texts[0] if texts else None}
    return criteria
