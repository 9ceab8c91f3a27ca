"""A file that kills or detains its reader costs itself and nothing else."""

import faulthandler
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportkit.branch.lock import FULL
from reportkit.branch.logwork import Done, Task, work_on
from reportkit.branch.refresh import refresh
from reportkit.branch.workers import Processes
from reportkit.definitions.errors import TryLater
from reportkit.definitions.forms import FORMS
from reportkit.read.parsing import DIED, LARGE, Lost, dumps, in_children, loads, read_many, reading_is_over
from reportkit.read.workbook import read_book
from reportkit.validate.workbook import validate
from tests.branches import TODAY, WEEK, branch_in
from tests.hostile import files
from tests.test_refresh import assert_as_cold


def work(task: str) -> str:
    """Do what a task says; it runs in a child process."""
    if task == "die":
        faulthandler.disable()  # a death as planned needs no trace among the results
        os.abort()
    if task == "hang":
        time.sleep(60)
    if task == "compute":
        while True:
            pass
    if task == "eat":
        return "x" * len(bytearray(3 << 30))
    if task == "fail":
        raise ValueError(task)
    return task.upper()


def test_death_hanging_and_greed_cost_one_task() -> None:
    tasks = ["a", "die", "b", "hang", "c", "eat", "d"]
    results = dict(in_children(work, tasks, workers=2, timeout=1, memory=1 << 30))
    assert list(results) == tasks
    lost = {task: result.reason.en for task, result in results.items() if isinstance(result, Lost)}
    assert lost == {
        "die": DIED.en,
        "hang": "it is not read after 6 seconds",
        "eat": LARGE.en,
    }
    assert [results[task] for task in "abcd"] == ["A", "B", "C", "D"]


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let processor time alone decide: on a busy machine the clock runs far ahead of it."""
    monkeypatch.setattr("reportkit.read.parsing.PATIENCE", 600.0)


@pytest.mark.usefixtures("patient")
def test_computing_too_long_costs_one_task() -> None:
    results = dict(in_children(work, ["compute", "a"], workers=1, timeout=1))
    lost = results["compute"]
    assert isinstance(lost, Lost)
    assert (lost.reason.en, results["a"]) == ("it is not read after 1 second", "A")


def test_an_exception_is_raised_where_the_results_are_awaited() -> None:
    with pytest.raises(ValueError, match="fail"):
        list(in_children(work, ["a", "fail"], workers=1))


def refuse(folder: Path) -> None:
    raise TryLater(FULL, file=folder)


def test_our_own_refusals_travel_whole() -> None:
    with pytest.raises(TryLater) as refused:
        list(in_children(refuse, [Path("A001.xlsx")], workers=1))
    assert refused.value.message("zh-CN") == FULL.fill("zh-CN", file="A001.xlsx")


class Secretive(Exception):
    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("not to be pickled")


def keep_a_secret(task: str) -> None:
    raise Secretive(task)


def test_an_exception_that_cannot_travel_is_told() -> None:
    with pytest.raises(RuntimeError, match="Secretive"):
        list(in_children(keep_a_secret, ["a"], workers=1))


def slow_after_reading(task: str) -> str:
    reading_is_over()
    while time.process_time() < 3.5:
        pass
    return task


@pytest.mark.usefixtures("patient")
def test_what_follows_the_reading_has_the_time_it_needs() -> None:
    assert list(in_children(slow_after_reading, ["a"], workers=1, timeout=2)) == [("a", "a")]


PARENT = """
import time
from tests.hostile.test_children import in_children, whose
for _, child in in_children(whose, list("abcd"), workers=2):
    print(child, flush=True)
    time.sleep(60 * (_ == "c"))
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="children are looked for in Linux's list of processes")
def test_children_do_not_outlive_their_parent() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    children = {int(parent.stdout.readline()) for _ in range(3)}
    parent.kill()
    parent.communicate()
    for _ in range(100):
        if not any(Path(f"/proc/{child}").exists() for child in children):
            return
        time.sleep(0.1)
    pytest.fail(f"{children} live on")


def whose(_: str) -> int:
    return os.getpid()


def deadly(task: Task) -> Done:
    """Do the work of a refresh, but for one log, which ends its process as a parser's crash does."""
    if task.file.startswith("A002"):
        os.kill(os.getpid(), signal.SIGKILL)
    return work_on(task)


@pytest.mark.skipif(sys.platform != "linux", reason="a copy of this process knows of the deadly log")
def test_a_log_that_kills_its_reader_is_a_finding_and_the_others_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch = branch_in(tmp_path / "branch")
    monkeypatch.setattr("reportkit.branch.worklist.work_on", deadly)
    done = refresh(branch, WEEK, TODAY, workers=Processes(2))
    assert [(one.place.file[:4], one.code) for one in done.failed] == [("A002", "file.unreadable")]
    assert done.team is not None
    assert {one.advisor_id for one in done.team.members} == {"A001"}
    monkeypatch.undo()
    assert refresh(branch, WEEK, TODAY, workers=Processes()).failed == ()  # it is looked at again
    assert_as_cold(branch, WEEK, TODAY, tmp_path / "cold")


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
