"""From raw cells to typed rows and findings: pydantic judges a sheet in one call (DOMAIN §8)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final

import numpy as np
import pandas as pd
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from reportkit.book import Book, RawBook, RawSheet, Table
from reportkit.columns import Column, Kind, fold
from reportkit.errors import StopRun
from reportkit.findings import Finding, Place, Severity, did_you_mean, finding
from reportkit.rules import across_rows, across_sheets
from reportkit.text import Text
from reportkit.values import CellError, normalise

DTYPES: Final[dict[Kind, str]] = {
    "date": "datetime64[s]",
    "datetime": "datetime64[s]",
    "number": "float64",
    "whole": "float64",
    "time": "object",
}
EXPECTED: Final[dict[Kind, Text]] = {
    "date": Text("日期，如 2026-11-23", "日期，如 2026-11-23", "a date like 2026-11-23"),
    "datetime": Text("日期和时间，如 2026-11-23 09:30:00", "日期和時間，如 2026-11-23 09:30:00", "a date and time like 2026-11-23 09:30:00"),
    "time": Text("时间，如 09:30", "時間，如 09:30", "a time like 09:30"),
    "number": Text("数字", "數字", "a number"),
    "whole": Text("整数", "整數", "a whole number"),
}  # fmt: skip
TEXT_EXPECTED: Final = Text("文字", "文字", "text")
LONGEST: Final = Text("{most} 个字以内", "{most} 個字以內", "at most {most} characters long")
BETWEEN: Final = Text("{least} 到 {most} 之间", "{least} 到 {most} 之間", "between {least} and {most}")
LEAST: Final = Text("{least} 或以上", "{least} 或以上", "{least} or more")
ABOVE: Final = Text("{least} 以上（不含）", "{least} 以上（不含）", "more than {least}")


@dataclass
class Sheet:
    """A sheet on its way through validation: `frame` of all rows, which are `bad`, what was found.

    `frame` has the row's position as index; `raw` keeps the cells as entered.
    """

    file: str
    raw: RawSheet
    frame: pd.DataFrame
    bad: np.ndarray[Any, np.dtype[np.bool_]]
    findings: list[Finding] = field(default_factory=list)

    def name(
        self, code: str, at: int, column: str | None, *, severity: Severity | None = None, **words: str | Text
    ) -> None:
        """Record a finding at a row's position; an error leaves the row out, a warning on its own does not."""
        table = Table(self.raw.form, self.raw.name, self.frame, self.raw.letters)
        place = table.place(self.file, self.raw.rows[at], column)
        value = self.raw.columns[column][at] if column is not None else None
        self.findings.append(finding(code, place, value=value, severity=severity, **words))
        if self.findings[-1].severity == "error":
            self.bad[at] = True

    def blank(self, column: str, at: int) -> None:
        """Let a wrong optional cell count as blank."""
        self.frame.loc[at, column] = None


def validate(raw: RawBook, today: dt.date) -> Book:
    """Return the rows that count and every finding. `today` is the last day that has come."""
    sheets = {code: _typed(raw.file, sheet) for code, sheet in raw.sheets.items()}
    for sheet in sheets.values():
        across_rows(sheet, today)
    across_sheets(sheets)
    findings = (*raw.findings, *(found for sheet in sheets.values() for found in sheet.findings))
    return Book(raw.file, raw.identity, {code: _table(sheet) for code, sheet in sheets.items()}, findings)


def _typed(file: str, raw: RawSheet) -> Sheet:
    """Return a sheet with typed cells: wrong ones named, and blank from here on."""
    columns = {column.code: normalise(column, list(raw.columns[column.code])) for column in raw.form.columns}
    wrong: list[tuple[str, int, ErrorDetails]] = []
    try:
        raw.form.sheet_adapter.validate_python(columns)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=False):
            code, at = str(detail["loc"][0]), int(detail["loc"][1])
            wrong.append((code, at, detail))
            columns[code][at] = None
    frame = pd.DataFrame({column.code: _series(columns[column.code], column.kind) for column in raw.form.columns})
    sheet = Sheet(file, raw, frame, np.zeros(len(raw.rows), dtype=bool))
    for code, at, detail in sorted(wrong, key=lambda one: one[1]):
        _name_wrong(sheet, raw.form.column[code], at, detail)
    return sheet


def _series(values: list[Any], kind: Kind) -> pd.Series[Any]:
    dtype = DTYPES.get(kind, "str")
    if dtype in ("str", "object"):
        return pd.Series(values, dtype=dtype)
    return pd.Series(np.array(values, dtype=dtype))


def _name_wrong(sheet: Sheet, column: Column, at: int, detail: ErrorDetails) -> None:
    """Translate one of pydantic's errors into a finding: the only place that knows its error types."""
    entered = sheet.raw.columns[column.code][at]
    code, words = _judged(column, entered, detail)
    sheet.name(code, at, column.code, severity=None if column.required else "warning", **words)


def _judged(column: Column, entered: object, detail: ErrorDetails) -> tuple[str, dict[str, str | Text]]:
    if detail["input"] is None:
        return "value.required", {}
    if isinstance(entered, CellError):
        return "value.formula_error", {}
    if detail["type"] == "literal_error":
        return "value.choice", {"suggestion": _nearest(column, str(entered))}
    if detail["type"] in ("greater_than", "greater_than_equal", "less_than_equal", "string_too_long"):
        return "value.range", {"expected": _range(column)}
    return "value.type", {"expected": EXPECTED.get(column.kind, TEXT_EXPECTED)}


def _nearest(column: Column, entered: str) -> str | Text:
    """Return the half sentence that offers the choice nearest to what was entered."""
    if column.choices is None:
        return ""
    near = get_close_matches(fold(entered), column.choices.by_label, n=1, cutoff=0.5)
    if not near:
        return ""
    return did_you_mean(column.choices.labels[column.choices.by_label[near[0]]])


def _range(column: Column) -> Text:
    if column.max_length is not None:
        return _filled(LONGEST, most=str(column.max_length))
    least, most = f"{column.minimum:g}" if column.minimum is not None else "", f"{column.maximum or 0:g}"
    if column.maximum is not None:
        return _filled(BETWEEN, least=least, most=most)
    return _filled(ABOVE if column.above_minimum else LEAST, least=least)


def _filled(text: Text, **words: str) -> Text:
    return Text(*(one.format(**words) for one in text.all()))


def _table(sheet: Sheet) -> Table:
    """Return the rows that count. Raise StopRun where rows read are not rows counted and excluded."""
    numbers = np.array(sheet.raw.rows, dtype="int64")
    frame = sheet.frame[~sheet.bad].set_axis(numbers[~sheet.bad], axis=0)
    excluded = tuple(numbers[sheet.bad].tolist())
    if len(frame) + len(excluded) != len(sheet.raw.rows):
        words = {"read": str(len(sheet.raw.rows)), "counted": str(len(frame)), "excluded": str(len(excluded))}
        raise StopRun(finding("rows.mismatch", Place(sheet.file, sheet.raw.name), **words))
    return Table(sheet.raw.form, sheet.raw.name, frame, sheet.raw.letters, excluded)
