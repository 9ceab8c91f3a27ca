"""The cells of a workbook → the rows that count, typed, and everything that is wrong (DOMAIN §8)."""

from __future__ import annotations

import datetime as dt
import re
from difflib import get_close_matches
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from reportkit.definitions import words
from reportkit.definitions.columns import BIGGEST, EARLIEST, LATEST, Column, fold
from reportkit.definitions.findings import did_you_mean
from reportkit.definitions.text import Text
from reportkit.read.book import Book, RawBook
from reportkit.read.values import CellError, shown
from reportkit.validate.draft import Draft, Problem
from reportkit.validate.rules import apply_rules, without_future

ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
TEXT: Final = Text("文字", "文字", "text")
LONGEST: Final = Text("{most} 个字以内", "{most} 個字以內", "{most:character|characters} or fewer")
AT_MOST: Final = Text("不大于 {high}", "不大於 {high}", "{high} or less")
MOST_SUGGESTIONS: Final = 100  # different wrong choices of a sheet; more are another sheet's column, not slips
OUT_OF_RANGE: Final = frozenset(
    {"greater_than", "greater_than_equal", "less_than", "less_than_equal", "finite_number", "string_too_long"}
)


def validate(raw: RawBook, today: dt.date) -> Book:
    """Return a table of each form and all findings. `today` is the last day that has come.

    Raise StopRun where the rows do not add up.
    """
    drafts = {code: Draft(raw.file, sheet) for code, sheet in raw.sheets.items()}
    for draft in drafts.values():
        if draft.usable and draft.raw.rows:
            _check_cells(draft)
    apply_rules(drafts)
    tables = {code: draft.table() for code, draft in drafts.items()}
    book = Book(raw.file, raw.identity, tables, (*raw.findings, *(one for d in drafts.values() for one in d.findings)))
    return without_future(book, today)


def _check_cells(draft: Draft) -> None:
    """Name every cell its column does not take: each different entry of a sheet is looked at once."""
    wrong = _wrong_entries(draft)
    for column in draft.form.columns:
        if column.required and draft.columns[column.code].numbers.min() < 0:
            wrong.setdefault(column.code, {})[-1] = "value.required", {}
        if column.code in wrong:
            draft.refuse(column, wrong[column.code])
    for column in draft.form.columns:
        if column.kind == "email":
            entries = enumerate(draft.columns[column.code].entries)
            no_address: Problem = "value.type", {"expected": words.HINT["email"].within()}
            draft.refuse(column, {number: no_address for number, one in entries if ADDRESS.fullmatch(one) is None})


def _wrong_entries(draft: Draft) -> dict[str, dict[int, Problem]]:
    """Return column code → number of an entry → what is wrong with it: all of a sheet in one call of pydantic."""
    wrong: dict[str, dict[int, Problem]] = {}
    try:
        draft.form.sheet_adapter.validate_python({code: column.entries for code, column in draft.columns.items()})
    except ValidationError as error:
        for one in error.errors(include_url=False):
            code, number = one["loc"]
            column = draft.form.column[str(code)]
            wrong.setdefault(column.code, {})[int(number)] = _translated(draft, column, one)
    return wrong


def _translated(draft: Draft, column: Column, wrong: ErrorDetails) -> Problem:
    """Return one of pydantic's errors as what a finding says."""
    value = wrong["input"]
    if isinstance(value, CellError):
        return "value.formula_error", {}
    if wrong["type"] == "literal_error":
        return "value.choice", {"suggestion": _nearest_choice(draft, column, shown(value))}
    if wrong["type"] in OUT_OF_RANGE:
        return "value.range", {"expected": _range(column, value).within()}
    return "value.type", {"expected": words.HINT.get(column.kind, TEXT).within()}


def _nearest_choice(draft: Draft, column: Column, written: str) -> str | Text:
    """Return the half sentence that offers the choice that comes close to what was written, if one does."""
    assert column.choices is not None  # noqa: S101 # only choices are literals
    near = draft.near.get((column.code, written))
    if near is None and len(draft.near) < MOST_SUGGESTIONS:
        labels = get_close_matches(fold(written), column.choices.by_label, n=1, cutoff=0.5)
        near = did_you_mean(column.choices.labels[column.choices.by_label[labels[0]]] if labels else None)
        draft.near[column.code, written] = near
    return near or ""


def _range(column: Column, value: Any) -> Text:
    """Return in words what a column's values must lie between, for one that does not."""
    if column.max_length is not None:
        return LONGEST.filled(most=column.max_length)
    if column.dated:
        return words.HINT_BETWEEN.filled(low=EARLIEST, high=LATEST)
    low, high = (None if bound is None else f"{bound:g}" for bound in (column.minimum, column.maximum))
    if value > BIGGEST and high is None:
        return AT_MOST.filled(high=f"{BIGGEST:.0f}")
    if low is not None and high is not None:
        return words.HINT_BETWEEN.filled(low=low, high=high)
    return (words.HINT_ABOVE if column.above_minimum else words.HINT_FROM).filled(low=low)
