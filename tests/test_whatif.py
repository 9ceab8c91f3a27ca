"""Other targets, weights and levels in a copy of the settings, and whom they would have helped or hurt."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reportkit.cli import run
from reportkit.settings.branch_settings import Settings
from reportkit.summary.summaries import Work, work_of
from reportkit.summary.whatif import WhatIf, whatif
from tests.books import book_of, facts_from, settings_with
from tests.branches import LAST_WEEK, branch_in, double_targets, rewrite, rows_of_advisor

WEEK, TODAY = "2026-W47", date(2026, 11, 25)
DAYS = [date(2026, 11, 16 + day) for day in range(5)]
SINCE = date(2026, 1, 1)


def settings(*targets: dict[str, Any], roster: Sequence[dict[str, Any]] = ()) -> Settings:
    """Return settings that assess two broadcasts a day each, one of them harder for seniors, and further rows."""
    return settings_with(
        targets=[
            {"indicator": "market_views", "scope": "all", "target": 1.0, "from_": SINCE},
            {"indicator": "stock_views", "scope": "all", "target": 1.0, "from_": SINCE},
            {"indicator": "stock_views", "scope": "level", "who": "senior", "target": 2.0, "from_": SINCE},
            *targets,
        ],
        roster=[
            *(
                {"advisor_id": advisor, "name": advisor, "level": level, "from_": SINCE}
                for advisor, level in (("A1", "junior"), ("A2", "senior"), ("A3", "junior"))
            ),
            *roster,
        ],
    )


def target(indicator: str, from_: date, target: float, **more: Any) -> dict[str, Any]:
    return {"indicator": indicator, "scope": "all", "target": target, "from_": from_, **more}


def work(advisor: str, market: int, stock: int, using: Settings) -> Work:
    rows = [{"date": day, "kind": "market_view"} for day in DAYS[:market]]
    rows += [{"date": day, "kind": "stock_view"} for day in DAYS[:stock]]
    log: dict[str, Any] = {"activities": rows}
    return work_of(book_of(log, advisor), facts_from(log, advisor), using)


def compare(changed: Settings) -> WhatIf:
    """Return the week of A1 (5 and 5 of 5), A2 (5 of 5 and 5 of 10) and A3 (0 and 5 of 5)."""
    before = settings()
    works = [work("A1", 5, 5, before), work("A2", 5, 5, before), work("A3", 0, 5, before)]
    return whatif(works, before, changed, WEEK, TODAY)


def scores(found: WhatIf) -> dict[str, tuple[float | None, float | None, str | None, str | None]]:
    return {
        one.advisor_id: (one.before.score, one.after.score, one.before.grade, one.after.grade)
        for one in (*found.advisors, found.team)
    }


def test_the_same_settings_affect_nobody() -> None:
    found = compare(settings())
    assert found.affected == ()
    assert found.as_of == date(2026, 11, 22)
    assert scores(found) == {
        "A1": (100, 100, "A", "A"),
        "A2": (75, 75, "B", "B"),
        "A3": (50, 50, "D", "D"),
        "": (pytest.approx(70.8333333), pytest.approx(70.8333333), "C", "C"),  # 10 of 15 views, 15 of 20
    }


def test_another_target_for_all_leaves_those_with_their_own() -> None:
    found = compare(settings(target("stock_views", DAYS[0], 2)))
    assert scores(found) == {
        "A1": (100, 75, "A", "B"),
        "A2": (75, 75, "B", "B"),
        "A3": (50, 25, "D", "D"),
        "": (pytest.approx(70.8333333), pytest.approx(58.3333333), "C", "D"),  # 10 of 15, 15 of 30
    }
    assert [one.advisor_id for one in found.affected] == ["A1", "A3"]
    (first, _) = found.affected
    assert (first.points, first.indicators) == (-25, ("stock_views",))
    before, after = first.before.of("stock_views"), first.after.of("stock_views")
    assert before is not None
    assert after is not None
    assert ((before.target, before.attainment), (after.target, after.attainment)) == ((5, 1), (10, 0.5))


def test_a_target_from_the_middle_of_the_week() -> None:
    found = compare(settings(target("stock_views", DAYS[3], 2)))
    assert scores(found)["A1"][1] == pytest.approx(100 * (1 + 5 / 7) / 2)


def test_another_target_for_a_level_or_one_advisor() -> None:
    easier = compare(settings(target("stock_views", SINCE, 1, scope="level", who="senior")))
    assert scores(easier)["A2"][1] == 100
    assert [one.advisor_id for one in easier.affected] == ["A2"]
    harder = compare(settings(target("market_views", SINCE, 2, scope="advisor", who="A1")))
    assert scores(harder)["A1"][1] == 75
    assert [one.advisor_id for one in harder.affected] == ["A1"]


def test_another_weight() -> None:
    found = compare(settings(target("market_views", SINCE, 1, weight=3)))
    assert scores(found)["A2"][1] == pytest.approx(87.5)
    assert scores(found)["A3"][1] == 25
    assert scores(found)["A1"][1] == 100
    # the weight shows even where the score does not move
    assert [one.advisor_id for one in found.affected] == ["A3", "A1", "A2"]


def test_another_level() -> None:
    found = compare(settings(roster=[{"advisor_id": "A2", "name": "A2", "level": "junior", "from_": DAYS[0]}]))
    assert scores(found)["A2"] == (75, 100, "B", "A")
    assert [one.advisor_id for one in found.affected] == ["A2"]


def test_an_indicator_switched_off_is_not_assessed_any_more() -> None:
    fewer = tuple(one for one in settings().indicators if one.code != "stock_views")
    found = compare(replace(settings(), indicators=fewer))
    assert scores(found)["A3"] == (50, 0, "D", "D")
    assert found.advisors[1].after.of("stock_views") is None
    assert found.advisors[1].indicators == ("stock_views",)


def test_an_indicator_that_counts_otherwise_is_counted_anew() -> None:
    before = settings()
    market, stock = before.indicator["market_views"], before.indicator["stock_views"]
    swapped = tuple(replace(one, where=stock.where) if one is market else one for one in before.indicators)
    assert scores(compare(replace(before, indicators=swapped)))["A3"][1] == 100


def test_leave_is_the_same_under_both() -> None:
    before = settings()
    log: dict[str, Any] = {
        "activities": [{"date": DAYS[0], "kind": "market_view"}],
        "worktime": [{"date": day, "leave": "full"} for day in DAYS[1:]],
    }
    one = work_of(book_of(log), facts_from(log), before)
    found = whatif([one], before, settings(target("market_views", SINCE, 2)), WEEK, TODAY)
    assert scores(found)["A1"] == (50, 25, "D", "D")


def test_nobody_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="at least one"):
        whatif([], settings(), settings(), WEEK, TODAY)


def test_an_advisor_without_a_name_is_not_called_the_team(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    branch, other = branch_in(tmp_path / "branch"), branch_in(tmp_path / "other")
    identity, rows = rows_of_advisor(1)
    rewrite(branch, replace(identity, advisor_id="X9", advisor_name=""), rows, "X9.xlsx")
    double_targets(other)
    when = ["--week", LAST_WEEK, "--as-of", TODAY.isoformat(), "--lang", "zh-CN"]
    assert run(["whatif", str(branch.root), "--settings", str(other.settings_path), *when]) == 0
    lines = capsys.readouterr().out.splitlines()
    (nameless,) = (line for line in lines if line.startswith("X9"))
    assert "团队" not in nameless
    assert sum("团队" in line for line in lines) == 1
