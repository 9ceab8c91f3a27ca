"""A file that kills or detains its reader costs itself and nothing else."""

import os
import time
from pathlib import Path

import pytest

from reportkit.definitions.forms import FORMS
from reportkit.read.parsing import Lost, dumps, in_children, loads, read_many
from reportkit.read.workbook import read_book
from reportkit.validate.workbook import validate
from tests.hostile import files
from tests.text_tables import TODAY


def work(task: str) -> str:
    """Do what a task says; it runs in a child process."""
    if task == "die":
        os.abort()
    if task == "hang":
        time.sleep(60)
    if task == "eat":
        return "x" * len(bytearray(3 << 30))
    if task == "fail":
        raise ValueError(task)
    return task.upper()


def test_death_hanging_and_greed_cost_one_task() -> None:
    tasks = ["a", "die", "b", "hang", "c", "eat", "d"]
    results = dict(in_children(work, tasks, workers=2, timeout=2, memory=1 << 30))
    assert list(results) == tasks
    assert {task for task, result in results.items() if isinstance(result, Lost)} == {"die", "hang", "eat"}
    assert [results[task] for task in "abcd"] == ["A", "B", "C", "D"]


def test_an_exception_is_raised_where_the_results_are_awaited() -> None:
    with pytest.raises(ValueError, match="fail"):
        list(in_children(work, ["a", "fail"], workers=1))


def test_logs_are_read_in_children_as_they_are_here(tmp_path: Path) -> None:
    paths = [files.log(tmp_path / f"A00{number}.xlsx") for number in range(3)]
    files.truncated(paths[1])
    books = list(read_many(paths, workers=2))
    assert books == list(read_many(paths))
    assert [book.file for book in books] == ["A000.xlsx", "A001.xlsx", "A002.xlsx"]
    assert [one.code for one in books[1].findings] == ["file.damaged"]
    assert books[2].sheets["activities"].form is FORMS["activities"]


def test_books_travel_between_processes(tmp_path: Path) -> None:
    book = validate(read_book(files.log(tmp_path / "A001.xlsx"), FORMS), TODAY)
    again = loads(dumps(book))
    assert again.findings == book.findings
    assert again.tables["activities"].frame.equals(book.tables["activities"].frame)
