"""Where printed pages break: headings stay with their tables, and no line is alone."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reportkit.workbooks.paging import A4_HIGH, AROUND, TOGETHER, Pages, Part, block, room, table, whole

LINE = 18.0


def lines(row: int) -> float:
    return LINE


def breaks(parts: Sequence[Part], height: Callable[[int], float], a_page: float, repeated: float = 0.0) -> list[int]:
    pages = Pages(a_page, height, repeated)
    for part in parts:
        pages.place(part)
    return pages.begins


def page_of(row: int, begins: Sequence[int]) -> int:
    return sum(begin <= row for begin in begins)


def test_what_fits_a_page_has_no_break() -> None:
    assert breaks([table(3, 10), table(11, 20)], lines, 20 * LINE) == []


def test_a_table_that_would_be_torn_near_the_foot_begins_on_the_next_page() -> None:
    assert breaks([table(3, 16), table(17, 27)], lines, 20 * LINE) == [17]


def test_a_long_table_begins_where_half_a_page_is_left_and_its_last_lines_go_together() -> None:
    assert breaks([table(3, 22)], lines, 20 * LINE) == [22 - TOGETHER]


def test_a_chart_is_never_torn() -> None:
    assert breaks([table(3, 8), whole(9, 22)], lines, 20 * LINE) == [9]


def test_rows_as_high_as_several_lines_take_their_room() -> None:
    assert breaks([table(3, 10), table(11, 16)], lambda row: 3 * LINE if row == 6 else LINE, 16 * LINE) == [11]


def test_where_headings_stand_on_every_page_blocks_follow_one_another() -> None:
    blocks = [block(4, 14), block(15, 25)]
    assert breaks(blocks, lines, 20 * LINE, repeated=LINE) == [20]


def test_headings_that_stand_again_take_their_room_on_the_pages_of_their_table_alone() -> None:
    parts = [table(3, 8), replace(table(9, 60), repeated=LINE)]
    assert breaks(parts, lines, 20 * LINE) == [20, 39, 56]
    assert breaks([table(3, 8), table(9, 60)], lines, 20 * LINE) == [20, 40]


def test_a_few_lines_move_with_their_heading_where_headings_stand_again() -> None:
    parts = [table(3, 14), replace(table(15, 24), repeated=LINE)]
    assert breaks(parts, lines, 22 * LINE) == [15]


def test_headings_of_a_torn_table_stand_again_in_rows_of_their_own() -> None:
    pages = Pages(20 * LINE, lines)
    pages.place(table(3, 8))
    again = pages.place_lines(9, [LINE] * 52)
    assert again == [9, 28, 46]  # the first page has room for nine lines, later ones for nineteen
    assert pages.begins == [20, 40, 59]
    pages.place(table(65, 70))
    assert pages.begins == [20, 40, 59]


def test_wide_sheets_are_shrunk_and_take_more_rows() -> None:
    assert room([10] * 5) == pytest.approx((A4_HIGH - AROUND[1]) * 0.98)
    assert room([10] * 30) > 2 * room([10] * 5)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8), st.integers(16, 60), st.booleans())
@example([16, 3], 20, False)
def test_no_heading_and_no_last_line_is_alone_and_no_page_too_full(
    lengths: list[int], a_page: int, repeats: bool
) -> None:
    parts: list[Part] = []
    at = 3
    for length in lengths:
        parts.append(table(at, at + 2 + length))
        at = parts[-1].end + 1
    repeated = LINE if repeats else 0.0
    begins = breaks(parts, lines, a_page * LINE, repeated)

    assert begins == sorted(set(begins))
    for part in parts:
        assert page_of(part.first, begins) == page_of(part.lines - 1, begins), "a heading without its first lines"
        if part.end - part.lines >= TOGETHER:
            assert page_of(part.end - 1, begins) == page_of(part.end - TOGETHER, begins), "a last line alone"
    for first, last in pairwise([0, *begins, at - 1]):
        assert (last - first) * LINE + (repeated if first else 0) <= a_page * LINE, "more rows than a page takes"


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8), st.integers(16, 60))
def test_tables_that_repeat_their_headings_leave_no_page_too_full_and_no_line_alone(
    lengths: list[int], a_page: int
) -> None:
    pages, at = Pages(a_page * LINE, lines), 3
    for length in lengths:
        first, again = at, pages.place_lines(at, [LINE] * (2 + length))
        at += 2 + length + len(again) + 1
        starts = [0, *again, length]
        assert all(end - start >= min(TOGETHER, length) for start, end in pairwise(starts))
        headings = [first + 2 + line + above for above, line in enumerate(again)]
        assert [row for row in pages.begins if row > first] == headings
    for first, last in pairwise([0, *pages.begins, at - 1]):
        assert last - first <= a_page
