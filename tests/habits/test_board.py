"""The board 今日 follows what people do to the rows it counts."""

import datetime as dt
from pathlib import Path

import pytest
import xlwings as xw

from reportkit.definitions import words
from reportkit.definitions.identity import TEMPLATE_VERSION
from reportkit.read.book import Identity
from reportkit.workbooks import write_log
from reportkit.workbooks.board import DATE_CELL
from tests.habits.person import FRIDAY, LOG, Person
from tests.habits.table import MESSAGE, insert_a_column, insert_below_the_headings, sort_by_columns

pytestmark = pytest.mark.office
VIEWS = "个股观点"


@pytest.mark.slow
def test_the_board_counts_rows_inserted_anywhere(office: xw.App, tmp_path: Path) -> None:
    path = tmp_path / "A001 张伟.xlsx"
    write_log(path, Identity("A001", "张伟", "示例", TEMPLATE_VERSION, "zh-CN"), language="zh-CN", rows=LOG)
    person = Person(office, office.books.open(path))
    try:
        person.put(DATE_CELL, dt.datetime.combine(FRIDAY, dt.time()), person.book.sheets[words.TODAY.zh_cn])
        assert done(person) == 0
        for habit in (insert_below_the_headings, sort_by_columns, insert_below_the_headings):
            habit(person)
        assert done(person) == 2
        insert_a_column(person)
        person.put("A40", dt.datetime.combine(FRIDAY, dt.time()))
        person.put("C40", MESSAGE["kind"])
        assert done(person) == 3
    finally:
        person.book.close()


def done(person: Person) -> float:
    """Return what the board says is done of the stock views."""
    board = person.book.sheets[words.TODAY.zh_cn]
    at = board.range("B9:B40").value.index(VIEWS)
    return float(board.range(f"C{9 + at}").value)
