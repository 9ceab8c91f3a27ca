"""Which rows of a closed week are late, and what marks a week's rows, on books in memory (DOMAIN §3)."""

import datetime as dt
from random import Random
from typing import Any

import pytest

from reportkit.branch.late import Differ, dated_by, marks
from reportkit.definitions.forms import FORMS
from reportkit.settings.calendars import week_span
from tests.books import Rows, book_of, settings_with

WEEK = "2026-W47"
SPAN = week_span(WEEK)
DATED = dated_by(settings_with().indicators, FORMS)
TODAY = dt.date(2026, 11, 30)
Log = dict[str, Rows]


def talk(day: int, customer: str = "C1", summary: str | None = None, kind: str = "fund_talk") -> dict[str, Any]:
    return {"date": dt.date(2026, 11, day), "kind": kind, "customer_id": customer, "summary": summary}


def case(opened: str, resolved: str | None = None, **more: Any) -> dict[str, Any]:
    opened_at, resolved_at = (dt.datetime.fromisoformat(one) if one else None for one in (opened, resolved))
    at = {"opened_at": opened_at, "resolved_at": resolved_at}
    return {"case_id": "K1", "category": "fees", "status": "open", **at, **more}


def late(published: Log, current: Log) -> list[tuple[str, int, dict[str, Any], dict[str, Any]]]:
    """Return the late rows, and see that the marks of the week differ where there are any."""
    books = [book_of(log) for log in (published, current)]
    found = list(Differ(WEEK, SPAN, DATED, TODAY).late("A1", *books))
    assert len({marks(book, DATED, [SPAN])[0] for book in books}) == (2 if found else 1)
    return [(one.change, one.row, dict(one.old), dict(one.new)) for one in found]


def log(*activities: dict[str, Any]) -> Log:
    return {"activities": activities}


@pytest.mark.parametrize(("day", "inside"), [(15, False), (16, True), (22, True), (23, False)])
def test_a_row_is_of_the_week_from_monday_to_sunday(day: int, inside: bool) -> None:
    assert [one[0] for one in late({}, log(talk(day)))] == ["appeared"] * inside
    assert [one[0] for one in late(log(talk(day)), {})] == ["vanished"] * inside


def test_a_moment_late_on_sunday_and_whatever_an_indicator_counts_by_are_of_the_week() -> None:
    for opened, written in (("2026-11-22T23:59:59", "2026-11-22 23:59:59"), ("2026-11-22T00:00:00", "2026-11-22")):
        ((change, _, _, new),) = late({}, {"cases": [case(opened)]})
        assert (change, new["opened_at"]) == ("appeared", written)
    assert late({}, {"cases": [case("2026-11-23T00:00:00")]}) == []
    resolved = {"cases": [case("2026-11-02T09:00:00", "2026-11-18T09:00:00", status="resolved")]}
    assert [one[0] for one in late({"cases": [case("2026-11-02T09:00:00")]}, resolved)] == ["appeared"]


def test_what_changed_is_told_cell_by_cell() -> None:
    found = late(log(talk(17), talk(18, summary="a")), log(talk(17), talk(18, summary="b")))
    assert found == [("changed", 3, {"summary": "a"}, {"summary": "b"})]
    assert late(log(talk(18)), log(talk(18, summary="b"))) == [("changed", 2, {}, {"summary": "b"})]


def test_a_row_with_half_of_its_cells_the_same_has_changed() -> None:
    assert [one[0] for one in late(log(talk(17, "C1", "a")), log(talk(18, "C2", "a")))] == ["changed"]
    other = late(log(talk(17, "C1", "a")), log(talk(18, "C2", "b")))  # the kind alone is one of four
    assert [one[0] for one in other] == ["vanished", "appeared"]


def test_of_rows_as_much_alike_the_nearest_is_the_one_that_changed() -> None:
    before = log(talk(17, "C1", "a"), talk(18, "C2", "x"), talk(18, "C3", "x"))
    after = log(talk(18, "C2", "y"), talk(18, "C3", "x"), talk(17, "C1", "b"), talk(17, "C1", "c"))
    assert late(before, after) == [
        ("changed", 4, {"summary": "a"}, {"summary": "b"}),
        ("changed", 2, {"summary": "x"}, {"summary": "y"}),
        ("appeared", 5, {}, {"date": "2026-11-17", "kind": "fund_talk", "customer_id": "C1", "summary": "c"}),
    ]


def test_the_nearest_may_stand_below() -> None:
    other, changed = talk(20, kind="home_visit"), [talk(18, summary=one) for one in ("far", "near")]
    before, after = [other, other, other, talk(18, summary="a")], [changed[0], other, other, other, changed[1]]
    assert [(change, row) for change, row, _, _ in late(log(*before), log(*after))] == [("changed", 6), ("appeared", 2)]


def test_a_row_with_an_id_changed_however_little_is_left_of_it() -> None:
    before = {"cases": [case("2026-11-17T09:00:00")]}
    changed = {"cases": [case("2026-11-18T10:00:00", category="system", status="waiting", owner="W")]}
    assert [one[0] for one in late(before, changed)] == ["changed"]
    renamed = {"cases": [case("2026-11-17T09:00:00", case_id="K2")]}
    assert [one[0] for one in late(before, renamed)] == ["vanished", "appeared"]


def test_one_of_rows_alike_may_vanish_and_their_order_says_nothing() -> None:
    rows = [talk(17), talk(17), talk(18, summary="a"), talk(19, kind="home_visit"), talk(23)]
    assert [one[0] for one in late(log(*rows), log(*rows[1:]))] == ["vanished"]
    for seed in range(5):
        assert late(log(*rows), log(*Random(seed).sample(rows, len(rows)))) == []


def test_a_row_is_another_one_on_another_sheet() -> None:
    day = {"date": dt.date(2026, 11, 17)}
    assert len({marks(book_of({form: [day]}), DATED, [SPAN])[0] for form in ("worktime", "training")}) == 2
    assert marks(None, DATED, [SPAN]) == marks(book_of(log(talk(23))), DATED, [SPAN]) == [""]


def test_a_log_that_was_or_is_not_there_is_told_row_by_row() -> None:
    book, differ = book_of(log(talk(17), talk(23))), Differ(WEEK, SPAN, DATED, TODAY)
    for published, current, change in ((None, book, "appeared"), (book, None, "vanished")):
        (found,) = differ.late("A1", published, current)
        assert (found.change, found.file, found.row, found.first_seen) == (change, "A1.xlsx", 2, TODAY)
    assert list(differ.late("A1", None, None)) == []
