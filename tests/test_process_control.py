import pytest

from reportkit.indicators.process_control import alert_of, xmr

# mean 10; the seven moving ranges 2 2 2 2 2 2 2: limits 10 ± 5.32
STEADY = [9.0, 11.0, 9.0, 11.0, 9.0, 11.0, 9.0, 11.0]


def test_limits_are_two_and_two_thirds_mean_moving_ranges_away() -> None:
    limits = xmr(STEADY)
    assert limits is not None
    assert (limits.mean, limits.upper, limits.lower) == pytest.approx((10, 15.32, 4.68))
    assert limits.out == ()


def test_a_value_outside_is_named_by_its_position() -> None:
    limits = xmr([*STEADY * 3, 40.0, *STEADY * 3])
    assert limits is not None
    assert limits.out == (24,)


def test_fewer_than_eight_weeks_have_no_limits() -> None:
    assert xmr(STEADY[:7]) is None
    assert xmr([*STEADY[:7], None, None]) is None
    assert xmr([]) is None


def test_no_moving_range_spans_a_gap() -> None:
    # 1 1 1 1 – 5 5 5 5: every moving range is 0, the jump happens in the gap
    limits = xmr([1.0, 1.0, 1.0, 1.0, None, 5.0, 5.0, 5.0, 5.0])
    assert limits is not None
    assert (limits.mean, limits.upper, limits.lower) == (3, 3, 3)
    assert limits.out == (0, 1, 2, 3, 5, 6, 7, 8)
    assert xmr([value for one in STEADY for value in (one, None)]) is None


@pytest.mark.parametrize(
    ("last", "direction", "expected"),
    [
        (15.32, "at_least", None),
        (15.33, "at_least", ("above", True)),
        (15.33, "at_most", ("above", False)),
        (4.67, "at_least", ("below", False)),
        (4.67, "at_most", ("below", True)),
        (None, "at_least", None),
    ],
)
def test_the_last_week_is_held_to_the_weeks_before_it(last: float | None, direction: str, expected: object) -> None:
    alert = alert_of([*STEADY, last], direction)
    assert (None if alert is None else (alert.side, alert.good)) == expected


def test_without_enough_weeks_before_there_is_no_alert() -> None:
    assert alert_of([*STEADY[:7], 100.0], "at_least") is None
    assert alert_of([], "at_least") is None


def test_a_figure_that_never_moves_does_not_alert_on_its_last_bits() -> None:
    assert alert_of([0.1 + 0.2] * 8 + [0.3], "at_least") is None
