"""Each habit of the table, carried out in LibreOffice, saved there and read."""

from pathlib import Path

import pytest
import xlwings as xw

from tests.habits.person import Person, new_log
from tests.habits.reading import Reading, read
from tests.habits.table import HABITS, Habit

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_log(tmp_path_factory.mktemp("habits") / "A001 张伟.xlsx")


@pytest.fixture(scope="module")
def before(log: Path) -> Reading:
    return read(log)


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.name)
def test_a_habit_works_or_is_named(office: xw.App, log: Path, before: Reading, tmp_path: Path, habit: Habit) -> None:
    person = Person(office, office.books.open(log))
    try:
        habit.do(person)
        saved = tmp_path / log.name
        person.book.save(saved)
    finally:
        person.book.close()
    after = read(saved)
    assert after.findings - before.findings == dict.fromkeys(habit.finds, 1)
    assert after.count.read == before.count.read + habit.typed
    assert (after.count.excluded, after.count.counted) == (habit.excluded, after.count.read - habit.excluded)
    if habit.alters:
        return
    assert (before.rows - after.rows).total() <= habit.excluded + max(0, -habit.typed)
    assert (after.rows - before.rows).total() <= max(0, habit.typed)
    if not habit.typed and not habit.excluded:
        assert (after.rows, after.figures) == (before.rows, before.figures)


def test_every_habit_is_another_one() -> None:
    names = [habit.name for habit in HABITS]
    assert len(set(names)) == len(names)
