import pytest

from reportkit.indicators.shares import Share, two_proportion_p


def test_shares_add_their_counts() -> None:
    assert Share(1, 2) + Share(9, 10) == Share(10, 12)
    assert Share().value is None
    assert Share().interval is None
    assert (Share(1, 4).few, Share(1, 5).few) == (True, False)


@pytest.mark.parametrize(
    ("share", "low", "high"),
    [
        (Share(8, 10), 0.4902, 0.9433),
        (Share(0, 10), 0.0, 0.2775),
        (Share(10, 10), 0.7225, 1.0),
        (Share(1, 1), 0.2065, 1),
    ],
)
def test_the_wilson_interval(share: Share, low: float, high: float) -> None:
    assert share.interval == pytest.approx((low, high), abs=5e-5)


def test_two_shares_differ_or_not() -> None:
    # pooled 0.7, error sqrt(0.21 × 0.02) = 0.064807, z = −0.2 / 0.064807 = −3.0861
    assert two_proportion_p(Share(60, 100), Share(80, 100)) == pytest.approx(0.002028, abs=1e-6)
    assert two_proportion_p(Share(5, 10), Share(50, 100)) == 1
    assert two_proportion_p(Share(10, 10), Share(7, 7)) == 1
    with pytest.raises(ValueError, match="nothing"):
        two_proportion_p(Share(), Share(1, 1))
