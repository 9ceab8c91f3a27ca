"""Every figure of indicators a branch makes up equals the one computed a second time, over random settings."""

import datetime as dt
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from reportkit.summary.summaries import summarise, work_of
from tests import oracle
from tests.books import book_of, facts_from, settings_with
from tests.oracle.randomlogs import ADVISOR, Scenario, scenarios
from tests.random_settings import filled, indicator
from tests.test_against_oracle import close, exchange_days

CODES = tuple("abcdefgh")
SAME = ("value", "target", "attainment", "pace", "working_days", "days_met", "numerator", "denominator")


def target_rows(random: Random, scene: Scenario) -> list[dict[str, Any]]:
    """Return targets, of 0 and blank ones too, that change on any day; no two alike in scope and start."""
    scopes = (("all", None), ("level", "junior"), ("level", "senior"), ("advisor", ADVISOR))
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for code in CODES:
        for scope, who in random.choices(scopes, k=random.randint(0, 4)):
            begin = random.choice(
                (scene.first - dt.timedelta(days=400), scene.first + dt.timedelta(random.randint(0, 30)))
            )
            rows[code, scope, who, begin] = {
                "indicator": code, "scope": scope, "who": who, "from": begin,
                "target": random.choice((None, 0.0, 0.5, 1.0, 2.0, 30.0)), "weight": random.choice((None, 0.0, 0.5, 2.0)),
                "to": random.choice((None, begin + dt.timedelta(days=random.randint(0, 40)))),
            }  # fmt: skip
    return list(rows.values())


@hypothesis_settings(
    max_examples=20,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),  # what is drawn beside the log does not shrink
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(scenarios(exchange_days), st.randoms(use_true_random=True))
def test_indicators_of_the_branchs_own(scene: Scenario, random: Random) -> None:
    span = (scene.today - scene.first).days
    log = filled(random, scene.log, [scene.first + dt.timedelta(days=n) for n in range(span + 1)])
    made = {code: indicator(random, log, code) for code in CODES}
    theirs = {
        **scene.settings,
        "indicators": {code: asked for code, (_, asked) in made.items()},
        "targets": target_rows(random, scene),
    }
    renamed = {
        sheet: [{("from_" if name == "from" else name): one for name, one in row.items()} for row in theirs[sheet]]
        for sheet in ("roster", "targets")
    }
    ours = settings_with(
        indicators=[row for row, _ in made.values()],
        calendar=[{"date": day, "kind": kind} for day, kind in theirs["calendar"].items()],
        **renamed,
    )
    assert {one.code for one in ours.findings} <= {"settings.daily_limit", "settings.unit"}
    work = work_of(book_of(log, ADVISOR), facts_from(log, ADVISOR), ours)
    for name in (*scene.weeks[-2:], f"{scene.today:%Y-%m}"):
        summary = summarise(work, ours, name, scene.today)
        lines = oracle.report(theirs, log, ADVISOR, name, scene.today)
        for one in summary.assessments:
            line, row = lines[one.indicator.code], made[one.indicator.code][0]
            for what in SAME:
                assert close(getattr(one, what), line[what]), (name, what, getattr(one, what), line[what], row)
            assert one.target is None or close(one.weight, line["weight"]), (name, row)
        assert close(summary.score, oracle.score(lines, name))
