"""Branches together are the sum of their advisors, and no customer shows."""

import json
from pathlib import Path

import openpyxl
import pytest

from reportkit.branch.refresh import refresh
from reportkit.summary.rollup import roll_up
from reportkit.summary.summaries import TeamSummary, team_of
from reportkit.workbooks.rollup import write_rollup
from tests.branches import LAST_WEEK, TODAY, branch_in


@pytest.fixture
def teams(tmp_path: Path) -> list[TeamSummary]:
    """Return two branches of one advisor each."""
    whole = refresh(branch_in(tmp_path), LAST_WEEK, TODAY).team
    assert whole is not None
    return [team_of(name, [member]) for name, member in zip(("北", "=南"), whole.members, strict=True)]


def test_two_branches_are_the_sum_of_their_advisors(teams: list[TeamSummary]) -> None:
    together = roll_up(LAST_WEEK, teams)
    as_one = team_of("", [member for team in teams for member in team.members])
    assert together.score == pytest.approx(as_one.score)
    for one, other in zip(together.assessments, as_one.assessments, strict=True):
        assert (one.indicator, one.value) == (other.indicator, other.value)
        assert one.target == pytest.approx(other.target)


def test_the_workbook_shows_branches_and_figures_and_no_formula(teams: list[TeamSummary], tmp_path: Path) -> None:
    together = roll_up(LAST_WEEK, teams)
    write_rollup(tmp_path / "all.xlsx", together, "zh-CN")
    attained, values = openpyxl.load_workbook(tmp_path / "all.xlsx").worksheets
    assert [attained.cell(row, 1).value for row in (5, 6, 7)] == ["北", "=南", "合计"]
    assert attained["A6"].data_type == "s"
    first = together.assessments[0]
    assert attained["D7"].value == pytest.approx(first.attainment)
    assert values["D7"].value == pytest.approx(first.value)


def test_json_holds_no_advisor_and_no_customer(teams: list[TeamSummary]) -> None:
    written = json.dumps(roll_up(LAST_WEEK, teams).as_json("zh-CN"), ensure_ascii=False)
    for team in teams:
        for member in team.members:
            assert member.name not in written
            assert not any(one.name in written or one.customer_id in written for one in member.due)
