"""Figures as people read them: the same in a letter, a terminal and a cell."""

import pytest

from reportkit.definitions.figures import against, figure, percent
from reportkit.indicators.assess import grade, points


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0.8725, "87.3%"), (0.87249, "87.2%"), (0.5, "50%"), (1.005, "100.5%"), (-0.0625, "-6.3%"), (-0.0001, "0%"), (None, "—"),
     (0.2885, "28.9%")],
)  # fmt: skip
def test_shares(share: float | None, shown: str) -> None:
    assert percent(share) == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [(2.5, "yuan", "3 CNY"), (1_234_567.5, "yuan", "1,234,568 CNY"), (30.25, "seconds", "30.3 s"), (30.0, "seconds", "30 s"),
     (1_200.0, "times", "1,200"), (0.9, "percent", "90%"), (None, "hours", "—"), (0.0, "hours", "0 h"), (1.0, "contracts", "1 contract"), (0.0, "contracts", "0 contracts"), (1e15, "times", "1,000,000,000,000,000")],
)  # fmt: skip
def test_values(value: float | None, unit: str, shown: str) -> None:
    assert figure(value, unit, "en") == shown


@pytest.mark.parametrize(
    ("value", "target", "unit", "shown"),
    [(9, 10.8, "contracts", "9 / 10.8 contracts"), (40.1, 30, "seconds", "40.1 / 30 s"), (0.05, 0.1, "percent", "5% / 10%"),
     (3, 5, "times", "3 / 5"), (0.5, 1, "contracts", "0.5 / 1 contract"), (2, None, "hours", "2 h / —"), (None, 4, "hours", "— / 4 h"),
     (0.0304, 0.03, "percent", "3.04% / 3%"), (1, 0.954, "times", "1 / 0.95"), (0.1 + 0.2, 0.3, "percent", "30% / 30%"),
     (1_000_000.2, 1_000_000, "yuan", "1,000,000.2 / 1,000,000 CNY"), (30.000001, 30, "seconds", "30 / 30 s")],
)  # fmt: skip
def test_a_value_beside_its_target(value: float | None, target: float | None, unit: str, shown: str) -> None:
    assert against(value, target, unit, "en") == shown


@pytest.mark.parametrize(
    ("value", "target", "unit", "shown"),
    [(1, 0.9318, "times", "1 / 0.93"), (1, 0.9, "times", "1 / 0.9"), (1, 0.9545, "times", "1 / 0.95"), (2, 20 / 7, "times", "2 / 2.86"),
     (4, 4 * 19 / 22, "hours", "4 / 3.45 h"), (0, 0.04, "times", "0 / 0.04"), (22, 22.5, "customers", "22 / 22.5"),
     (0.0004, 0.0013, "percent", "0.04% / 0.13%"), (0.863, 0.9, "percent", "86.3% / 90%"), (100.4, 200.4, "yuan", "100 / 200 CNY")],
)  # fmt: skip
def test_a_value_beside_its_target_comes_to_the_attainment_shown(
    value: float, target: float, unit: str, shown: str
) -> None:
    assert against(value, target, unit, "en", value / target) == shown
    read, asked = (float("".join(sign for sign in part if sign in "0123456789.")) for part in shown.split(" / "))
    assert abs(read / asked - value / target) < 0.011


@pytest.mark.parametrize(
    ("score", "shown"),
    [(87.25, "87.3"), (89.94, "89.9"), (89.95, "89.95"), (89.996, "89.996"), (74.96, "74.96"), (90.0, "90.0"),
     (90 - 1e-12, "90.0"), (59.96, "59.96"), (100.0, "100.0"), (None, "—")],
)  # fmt: skip
def test_points_are_read_in_their_grade(score: float | None, shown: str) -> None:
    assert points(score) == shown
    if score is not None:
        assert grade(float(shown)) == grade(score)
