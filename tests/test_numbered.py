"""Columns as numbered entries: what is told apart, what a change leaves, and that all views of a column agree."""

import datetime as dt

import numpy as np
import pytest

from reportkit.definitions.columns import Column
from reportkit.definitions.forms import FORMS
from reportkit.read.numbered import Numbered, numbered
from reportkit.read.values import normalise
from tests.books import table_of

ACTIVITIES = FORMS["activities"].column
DAY, LATER = dt.date(2026, 11, 23), dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("code", "cells", "numbers", "entries"),
    [
        ("summary", ["a", "", "b ", "b", None, "a"], [0, -1, 1, 1, -1, 0], ["a", "b"]),
        ("summary", [1.0, True, 1, "1"], [0, 1, 0, 0], ["1", "TRUE"]),
        ("minutes", [True, 1.0, 1, "1"], [0, 1, 1, 1], [True, 1.0]),
        ("attendees", [2.0, 2, True, "2.5"], [0, 0, 1, 2], [2, True, 2.5]),
        ("date", [dt.datetime(2026, 11, 23, 9), DAY, "2026/11/23", ""], [0, 0, 0, -1], [DAY]),
        ("kind", ["客户回访", "return_visit", ""], [0, 0, -1], ["return_visit"]),
        ("time", [0.5, "12:00"], [0, 0], [dt.time(12)]),
        ("next_on", [], [], []),
    ],
)
def test_equal_values_have_one_number_and_equal_values_of_two_types_two(
    code: str, cells: list[object], numbers: list[int], entries: list[object]
) -> None:
    column = numbered(ACTIVITIES[code], cells)
    assert column.numbers.tolist() == numbers
    assert [(type(one), one) for one in column.entries] == [(type(one), one) for one in entries]
    assert column.plain() == normalise(ACTIVITIES[code], cells)


def filled(column: Column) -> list[object]:
    """Return cells of a column with a blank and a repeated entry."""
    some: dict[str, list[object]] = {
        "date": [DAY, LATER],
        "datetime": [dt.datetime(2026, 11, 23, 9, 30), dt.datetime(2026, 11, 24)],
        "time": [dt.time(9, 30), dt.time(8)],
        "number": [2.5, 0.0],
        "whole": [4, 5],
        "choice": [*(column.choices or ())][:2],
    }
    first, second = some.get(column.kind, ["x", "y"])
    return [second, None, first, second]


@pytest.mark.parametrize("form", FORMS)
def test_all_views_of_a_column_agree(form: str) -> None:
    cells = {code: filled(column) for code, column in FORMS[form].column.items()}
    table = table_of(form, [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)])
    assert [list(row.values()) for _, row in table.records()] == [
        list(row) for row in zip(*cells.values(), strict=True)
    ]
    for code, column in table.columns.items():
        assert column.entries == [cells[code][0], cells[code][2]]
        frame = table.frame[code]
        assert [None if one else at for at, one in enumerate(frame.isna())] == [0, None, 2, 3]
        assert column.values()[[0, 2, 3]].tolist() == frame.to_numpy()[[0, 2, 3]].tolist()
        assert column.at(1) is None
        assert table.entry(4, code) == cells[code][2]


def test_entries_that_stand_nowhere_any_more_are_gone_and_the_others_numbered_anew() -> None:
    column = Numbered("text", np.array([0, 1, -1, 2, 1]), ["a", "b", "c"])
    without_first = column.taken(np.array([False, True, True, True, True]))
    assert (without_first.entries, without_first.numbers.tolist()) == (["b", "c"], [0, -1, 1, 0])
    backwards = column.taken(np.array([3, 0]))
    assert (backwards.entries, backwards.numbers.tolist()) == (["c", "a"], [0, 1])
    assert column.taken(np.array([], dtype=np.int64)).entries == []


def test_an_entry_may_be_put_into_rows_new_known_or_blank() -> None:
    column = Numbered("text", np.array([0, 1, -1, 2, 1]), ["a", "b", "c"])
    blank = column.numbers < 0
    assert column.with_entry(blank, "b").plain() == ["a", "b", "b", "c", "b"]
    assert column.with_entry(blank, "b").entries == ["a", "b", "c"]
    assert column.with_entry(blank, "new").entries == ["a", "b", "new", "c"]
    assert column.with_entry(np.array([0]), None).plain() == [None, "b", None, "c", "b"]
    assert column.plain() == ["a", "b", None, "c", "b"]


def test_entries_that_become_the_same_have_one_number() -> None:
    column = Numbered("text", np.array([0, 1, -1, 2]), ["a", "b", "A"]).changed(str.upper)
    assert (column.entries, column.numbers.tolist()) == (["A", "B"], [0, 1, -1, 0])
