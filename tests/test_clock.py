import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.facts.clock import OpeningHours, opening_hours
from reportkit.settings.branch_settings import settings_from_rows
from reportkit.settings.calendars import TradingCalendar

# 2026-11-20 is a Friday, the 23rd a Monday.
HOURS = OpeningHours(TradingCalendar())


def moments(*written: str) -> np.ndarray:
    return np.array(written, dtype="datetime64[s]")


@pytest.mark.parametrize(
    ("start", "end", "seconds"),
    [
        ("2026-11-23T10:00:00", "2026-11-23T10:00:30", 30),
        ("2026-11-23T16:59:50", "2026-11-24T09:00:20", 30),
        ("2026-11-20T16:00:00", "2026-11-23T10:00:00", 7200),
        ("2026-11-21T08:00:00", "2026-11-22T23:00:00", 0),
        ("2026-11-23T07:00:00", "2026-11-23T20:00:00", 8 * 3600),
        ("2026-11-23T00:00:00", "2026-11-28T00:00:00", 40 * 3600),
        ("2026-11-23T10:00:30", "2026-11-23T10:00:00", -30),
        ("NaT", "2026-11-23T10:00:00", np.nan),
    ],
)
def test_only_open_time_counts(start: str, end: str, seconds: float) -> None:
    np.testing.assert_array_equal(HOURS.between(moments(start), moments(end)), [seconds])


@pytest.mark.parametrize(
    ("start", "hours", "moment"),
    [
        ("2026-11-23T10:00:00", 2, "2026-11-23T12:00:00"),
        ("2026-11-23T16:00:00", 1, "2026-11-23T17:00:00"),
        ("2026-11-23T16:00:00", 2, "2026-11-24T10:00:00"),
        ("2026-11-20T16:00:00", 9, "2026-11-23T17:00:00"),
        ("2026-11-21T12:00:00", 8, "2026-11-23T17:00:00"),
        ("2026-11-23T09:00:00", 40, "2026-11-27T17:00:00"),
        ("2026-11-23T09:00:00", 41, "2026-11-30T10:00:00"),
        ("2026-11-21T12:00:00", 0, "2026-11-21T12:00:00"),
        ("2026-11-21T12:00:00", np.nan, "NaT"),
        ("NaT", 1, "NaT"),
        ("2026-11-23T09:00:00", 999_999, "NaT"),
        ("2026-11-23T09:00:00", 1e300, "NaT"),
    ],
)
def test_a_limit_is_used_up_in_open_time(start: str, hours: float, moment: str) -> None:
    np.testing.assert_array_equal(HOURS.used_up(moments(start), np.array([hours]) * 3600), moments(moment))


def test_the_branch_calendar_and_its_hours_count() -> None:
    settings = settings_from_rows(
        {
            "branch": [{"name": "B", "code": "1", "opens_at": dt.time(9, 30), "closes_at": dt.time(15)}],
            "calendar": [
                {"date": dt.date(2026, 11, 21), "kind": "work"},
                {"date": dt.date(2026, 11, 23), "kind": "off"},
            ],
        },
        "en",
    )
    hours = opening_hours(settings)
    start, end = moments("2026-11-20T14:00:00"), moments("2026-11-24T10:00:00")
    assert hours.between(start, end).tolist() == [3600 + 5.5 * 3600 + 1800]
    assert hours.used_up(start, np.array([3600 + 5.5 * 3600 + 1800])).tolist() == end.tolist()


def test_hours_default_and_must_make_a_day() -> None:
    assert opening_hours(settings_from_rows({}, "en")) == OpeningHours(TradingCalendar(), dt.time(9), dt.time(17))
    with pytest.raises(ValueError, match="closes at"):
        OpeningHours(TradingCalendar(), dt.time(17), dt.time(9))


def test_no_cases_take_no_time() -> None:
    assert not len(HOURS.between(moments(), moments()))
    assert not len(HOURS.used_up(moments(), np.array([])))


_minutes = st.integers(0, 60 * 24 * 60)


@given(st.lists(st.tuples(_minutes, st.integers(0, 200 * 3600)), min_size=1, max_size=20))
def test_what_is_used_up_is_exactly_the_limit(cases: list[tuple[int, int]]) -> None:
    start = np.datetime64("2026-09-15T00:00:00", "s") + np.array([at * 60 for at, _ in cases]) * np.timedelta64(1, "s")
    limit = np.array([float(seconds) for _, seconds in cases])
    reached = HOURS.used_up(start, limit)
    np.testing.assert_array_equal(HOURS.between(start, reached), limit)
    earlier = reached - np.timedelta64(1, "s")
    assert (HOURS.between(start, earlier)[limit > 0] < limit[limit > 0]).all()
