"""What must hold of the oracle's figures on any log."""

from datetime import timedelta
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from . import CATALOGUE, by_day, due, first_visits, grade, report, score, team, values
from .randomlogs import ADVISOR, Scenario, scenarios

few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@few
@given(scenarios())
def test_the_days_add_up_to_the_window(scene: Scenario) -> None:
    whole = values(scene.log, scene.first, scene.today)
    for code, indicator in CATALOGUE.items():
        if not indicator.is_quotient:
            assert sum(n or 0 for n in by_day(scene.log, code, scene.first, scene.today).values()) == whole[code][0]


@few
@given(scenarios(), st.integers(0, 9))
def test_the_order_of_rows_is_irrelevant(scene: Scenario, seed: int) -> None:
    shuffled = {form: Random(seed).sample(rows, len(rows)) for form, rows in scene.log.items()}
    assert values(shuffled, scene.first, scene.today) == values(scene.log, scene.first, scene.today)
    assert due(shuffled, scene.settings, ADVISOR, scene.today) == due(scene.log, scene.settings, ADVISOR, scene.today)


@few
@given(scenarios())
def test_reports_keep_their_bounds(scene: Scenario) -> None:
    for name in (*scene.weeks[-2:], f"{scene.today:%Y-%m}"):
        lines = report(scene.settings, scene.log, ADVISOR, name, scene.today)
        points = score(lines, name)
        assert points is None or 0 <= points <= 120
        assert (grade(points) is None) == (points is None)
        for line in lines.values():
            assert line["assessed"] == (line["attainment"] is not None)
            assert line["target"] is None or line["target_so_far"] is None or line["target_so_far"] <= line["target"]
            assert line["days_met"] is None or line["days_met"] <= 31
        alone = team([lines])
        shared = ("value", "target", "stretch", "attainment", "pace", "left", "weight", "days_met")
        assert all(alone[code][key] == lines[code][key] for code in CATALOGUE for key in shared)


@few
@given(scenarios())
def test_a_first_visit_once_on_time_stays_so(scene: Scenario) -> None:
    before, now = (first_visits(scene.log, day) for day in (scene.today - timedelta(days=7), scene.today))
    for code, state in before.items():
        assert state == "not_due" or now[code] == state or (state, now[code]) == ("missed", "late")
