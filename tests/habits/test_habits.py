"""Each habit of the table, carried out in LibreOffice, saved there and read."""

from pathlib import Path

import pytest
import xlwings as xw

from tests.habits.page import DOCS, LANGUAGES, page
from tests.habits.person import Person
from tests.habits.reading import Reading, read
from tests.habits.saving import SAVED
from tests.habits.table import HABITS, SLOW, Habit

pytestmark = pytest.mark.office


@pytest.mark.parametrize(
    "habit",
    [pytest.param(one, id=one.name, marks=[pytest.mark.slow] if one.name in SLOW else []) for one in HABITS],
)
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
    names = [*(habit.name for habit in HABITS), *(saved.name for saved in SAVED)]
    assert len(set(names)) == len(names)
    assert set(names) >= SLOW


def test_the_pages_say_what_the_table_says() -> None:
    for language in LANGUAGES:
        written = (DOCS / f"habits.{language}.md").read_text(encoding="utf-8")
        assert written == page(language), "run `python -m tests.habits`"
