import pytest

from reportkit.indicators.process_control import Limits, alert_of, xmr
from reportkit.settings.indicator_rows import Direction

# mean 10; the seven moving ranges 2 2 2 2 2 2 2: limits 10 ± 5.32
STEADY = [9.0, 11.0, 9.0, 11.0, 9.0, 11.0, 9.0, 11.0]


def test_limits_are_two_and_two_thirds_mean_moving_ranges_away() -> None:
    limits = xmr(STEADY)
    assert limits is not None
    assert (limits.mean, limits.upper, limits.lower) == pytest.approx((10, 15.32, 4.68))
    assert {limits.side(value) for value in STEADY} == {None}


def test_a_value_outside_is_told_from_those_inside() -> None:
    limits = xmr([*STEADY * 3, 40.0, *STEADY * 3])
    assert limits is not None
    assert [limits.side(value) for value in (*STEADY, 40.0, -40.0)] == [*[None] * 8, "above", "below"]


def test_limits_end_where_figures_do() -> None:
    swinging = [value / 11 for value in (1.0, 11.0) * 4]
    assert_alike(xmr(swinging), Limits(6 / 11, 6 / 11 + 2.66 * 10 / 11, 0))
    assert_alike(xmr(swinging, most=1.0), Limits(6 / 11, 1, 0))


def test_fewer_than_eight_weeks_have_no_limits() -> None:
    assert xmr(STEADY[:7]) is None
    assert xmr([*STEADY[:7], None, None]) is None
    assert xmr([]) is None


def test_no_moving_range_spans_a_gap() -> None:
    # 1 1 1 1 – 5 5 5 5: every moving range is 0, the jump happens in the gap
    limits = xmr([1.0, 1.0, 1.0, 1.0, None, 5.0, 5.0, 5.0, 5.0])
    assert limits is not None
    assert (limits.mean, limits.upper, limits.lower) == (3, 3, 3)
    assert [limits.side(value) for value in (1.0, 5.0)] == ["below", "above"]
    assert xmr([value for one in STEADY for value in (one, None)]) is None


@pytest.mark.parametrize(
    ("last", "direction", "expected"),
    [
        (15.32, "at_least", None),
        (15.33, "at_least", ("above", True)),
        (15.33, "at_most", ("above", False)),
        (4.67, "at_least", ("below", False)),
        (4.67, "at_most", ("below", True)),
    ],
)
def test_the_last_week_is_held_to_the_weeks_before_it(last: float, direction: Direction, expected: object) -> None:
    alert = alert_of(last, xmr(STEADY), direction)
    assert (None if alert is None else (alert.side, alert.good)) == expected


def test_without_enough_weeks_before_there_is_no_alert() -> None:
    assert alert_of(100.0, xmr(STEADY[:7]), "at_least") is None


def test_a_figure_that_never_moves_does_not_alert_on_its_last_bits() -> None:
    assert alert_of(0.3, xmr([0.1 + 0.2] * 8), "at_least") is None


# --- Counts of weeks that were not worked alike -----------------------------------------------------------------------


@pytest.mark.parametrize("days", [1.0, 5.0, 47.5])
def test_of_weeks_worked_alike_it_is_the_same(days: float) -> None:
    assert_alike(xmr(STEADY, [days] * 8, days), xmr(STEADY))


def test_the_mean_grows_with_the_days_and_the_swings_with_their_root() -> None:
    # 2 a day, 1 more or less in a week: of two days 4 ± 5.32 × √(2 ÷ 5), rounded outwards
    assert_alike(xmr(STEADY, [5.0] * 8, 2.0), Limits(4, 8, 0))
    assert_alike(xmr(STEADY, [5.0] * 8, 20.0), Limits(40, 51, 29))


def test_a_short_week_among_those_before_is_no_swing() -> None:
    short, days = [10.0, 10.0, 10.0, 4.0, 10.0, 10.0, 10.0, 10.0], [5.0, 5.0, 5.0, 2.0, 5.0, 5.0, 5.0, 5.0]
    assert_alike(xmr(short, days, 5.0), Limits(10, 10, 10))
    by_weeks = xmr(short)
    assert by_weeks is not None and by_weeks.lower < 6


def test_one_a_week_may_fall_into_a_short_week_or_not() -> None:
    limits = xmr([1.0] * 8, [5.0] * 8, 2.0)
    assert limits is not None
    assert [limits.side(value) for value in (0.0, 1.0, 2.0)] == [None, None, "above"]


def assert_alike(found: Limits | None, expected: Limits | None) -> None:
    assert found is not None and expected is not None
    assert (found.mean, found.upper, found.lower) == pytest.approx((expected.mean, expected.upper, expected.lower))
