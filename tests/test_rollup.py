"""Branches together are the sum of their advisors, and no customer shows."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportkit.branch.folder import Branch
from reportkit.branch.refresh import as_left, refresh
from reportkit.cli import run
from reportkit.cli.refreshing import print_again
from reportkit.definitions.errors import MendInput
from reportkit.definitions.forms import FORMS
from reportkit.definitions.text import Text
from reportkit.indicators.assess import Assessment
from reportkit.settings.conditions import Condition
from reportkit.summary.rollup import BranchWeek, Rollup, branch_week, roll_up
from reportkit.summary.summaries import TeamSummary, team_of
from reportkit.workbooks.rollup import write_rollup
from tests.branches import LAST_WEEK, TODAY, ask_for, branch_in, everything, settings_of_demo


@pytest.fixture
def teams(tmp_path: Path) -> list[TeamSummary]:
    """Return two branches of one advisor each."""
    whole = refresh(branch_in(tmp_path), LAST_WEEK, TODAY).team
    assert whole is not None
    return [team_of(name, [member]) for name, member in zip(("北", "=南"), whole.members, strict=True)]


def together_of(teams: list[TeamSummary]) -> Rollup:
    return roll_up(LAST_WEEK, [branch_week(team) for team in teams])


def test_two_branches_are_the_sum_of_their_advisors(teams: list[TeamSummary]) -> None:
    together = together_of(teams)
    as_one = team_of("", [member for team in teams for member in team.members])
    assert together.score == pytest.approx(as_one.score)
    for one, other in zip(together.assessments, as_one.assessments, strict=True):
        assert (one.indicator, one.value) == (other.indicator, other.value)
        assert one.target == pytest.approx(other.target)


def test_branches_weigh_as_many_as_their_advisors(teams: list[TeamSummary]) -> None:
    (one,), (other,) = (team.members for team in teams)
    heavy = replace(one, assessments=tuple(replace(each, weight=4.0) for each in one.assessments[:3]))
    large, small = team_of("large", [other] * 3), team_of("small", [heavy])
    as_one = team_of("", [*large.members, *small.members])
    together = together_of([large, small])
    assert together.score == pytest.approx(as_one.score)
    assert [one.weight for one in together.assessments] == [one.weight for one in as_one.assessments]


def test_the_workbook_shows_branches_and_figures_and_no_formula(teams: list[TeamSummary], tmp_path: Path) -> None:
    together = together_of(teams)
    write_rollup(tmp_path / "all.xlsx", together, "zh-CN")
    attained, values = openpyxl.load_workbook(tmp_path / "all.xlsx").worksheets
    assert [attained.cell(row, 1).value for row in (5, 6, 7)] == ["北", "=南", "合计"]
    assert attained["A6"].data_type == "s"
    first = together.assessments[0]
    assert attained["D7"].value == pytest.approx(first.attainment)
    assert values["D7"].value == pytest.approx(first.value)


def test_json_holds_no_advisor_and_no_customer(teams: list[TeamSummary]) -> None:
    written = json.dumps(together_of(teams).as_json("zh-CN"), ensure_ascii=False)
    for team in teams:
        for member in team.members:
            assert member.name not in written
            assert not any(one.name in written or one.customer_id in written for one in member.due)


def test_a_branch_that_gives_no_figures_is_named_wherever_the_total_stands(
    teams: list[TeamSummary], tmp_path: Path
) -> None:
    together = roll_up(LAST_WEEK, [branch_week(teams[0])], ["east"])
    write_rollup(tmp_path / "all.xlsx", together, "en")
    sheet = openpyxl.load_workbook(tmp_path / "all.xlsx").worksheets[0]
    assert "east" in str(sheet["A3"].value)
    assert together.as_json("en")["missing"] == ["east"]


def test_figures_as_left_are_those_of_the_last_refresh_and_touch_nothing(tmp_path: Path) -> None:
    branch = branch_in(tmp_path)
    with pytest.raises(MendInput):
        as_left(branch, LAST_WEEK, TODAY)
    done = refresh(branch, LAST_WEEK, TODAY)
    branch.logs()[0].write_bytes(b"changed since")
    before = everything(branch)
    left = as_left(branch, LAST_WEEK, TODAY)
    assert done.team is not None
    assert branch_week(left) == branch_week(done.team)
    assert everything(branch) == before


def test_several_branches_are_refreshed_and_rolled_up_though_one_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = [str(branch_in(tmp_path / name).root) for name in ("north", "south")]
    gone = str(tmp_path / "gone")
    when = ["--week", LAST_WEEK, "--as-of", TODAY.isoformat()]
    assert run(["refresh", folders[0], gone, folders[1], *when, "--json"]) == 2
    written = capsys.readouterr()
    shown = json.loads(written.out)["branches"]
    assert [one["week"] for one in shown] == [LAST_WEEK, None, LAST_WEEK]
    assert "gone" in written.err
    assert run(["rollup", *folders, gone, *when, "--no-refresh", "--out", str(tmp_path / "all.xlsx")]) == 2
    assert (tmp_path / "all.xlsx").is_file()
    capsys.readouterr()
    assert run(["rollup", *folders, *when, "--json"]) in (0, 1)
    names = [one["name"] for one in json.loads(capsys.readouterr().out)["branches"]]
    assert [name.rpartition(" ")[2] for name in names] == ["north", "south"], "two branches of one name"
    first, second = (sheet["A1"].value for sheet in openpyxl.load_workbook(tmp_path / "all.xlsx"))
    assert first != second, "each page says what it shows"


def without_tiers(branch: Branch) -> None:
    """Clear a sheet of a branch's settings."""
    ask_for(branch, {**settings_of_demo(), "tiers": []})


def test_what_is_wrong_beside_the_logs_is_said_of_one_branch_and_of_several(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    north, south = branch_in(tmp_path / "north"), branch_in(tmp_path / "south")
    without_tiers(south)
    south.log("notes.xlsx").write_bytes(b"none")
    when = ["--week", LAST_WEEK, "--as-of", TODAY.isoformat()]
    for folders in ([north.root, south.root], [south.root]):
        run(["refresh", *map(str, folders), *when])
        _, _, of_south = capsys.readouterr().out.rpartition(f"{south.root}\n")
        assert [code in of_south for code in ("settings.no_rows", "notes.xlsx")] == [True, True]


def test_a_watched_branch_is_told_what_is_wrong_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    branch = branch_in(tmp_path / "north")
    sound = refresh(branch, LAST_WEEK, TODAY)
    without_tiers(branch)
    cleared = refresh(branch, LAST_WEEK, TODAY)
    for before, said in ((sound, True), (cleared, False)):
        print_again(cleared, before, LAST_WEEK, "en")
        assert ("settings.no_rows" in capsys.readouterr().out) is said


def test_a_branch_named_twice_counts_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    north = branch_in(tmp_path / "north").root
    south = branch_in(tmp_path / "south").root
    when = ["--week", LAST_WEEK, "--as-of", TODAY.isoformat(), "--json"]
    spellings = [str(north), f"{north}/", str(south / ".." / "north")]
    run(["rollup", *spellings, str(south), *when])
    shown = json.loads(capsys.readouterr().out)
    assert [one["name"].split()[-1] for one in shown["branches"]] == ["north", "south"]
    run(["check", str(north), *when[2:]])
    once = json.loads(capsys.readouterr().out)
    run(["check", *spellings, *when[2:]])
    assert json.loads(capsys.readouterr().out) == once


def test_what_branches_count_unlike_one_another_is_not_totalled(teams: list[TeamSummary], tmp_path: Path) -> None:
    north, south = (branch_week(team) for team in teams)
    (other,) = (one for one in south.assessments if one.indicator.code == "home_visits")
    as_share = replace(other, indicator=replace(other.indicator, measure="ratio", unit="percent"))
    south = replace(south, assessments=tuple(as_share if one is other else one for one in south.assessments))
    together, as_before = roll_up(LAST_WEEK, [north, south]), together_of(teams)
    totals = {one.indicator.code: (one.value, one.target, one.attainment) for one in together.assessments}
    assert totals.pop("home_visits") == (None, None, None)
    assert all(
        totals[one.indicator.code] == (one.value, one.target, one.attainment)
        for one in as_before.assessments
        if one.indicator.code in totals
    )
    assert together.as_json("en")["unlike"] == ["home_visits"]
    assert other.indicator.label.en in together.said("en") and not as_before.said("en")
    write_rollup(tmp_path / "all.xlsx", together, "en")
    sheet = openpyxl.load_workbook(tmp_path / "all.xlsx").worksheets[0]
    assert other.indicator.label.en in str(sheet["A3"].value)


def asking(branch: BranchWeek, code: str, **settings: Any) -> BranchWeek:
    """Return a branch that counts something else under a code."""

    def other(assessments: tuple[Assessment, ...]) -> tuple[Assessment, ...]:
        return tuple(
            replace(one, indicator=replace(one.indicator, **settings)) if one.indicator.code == code else one
            for one in assessments
        )

    return replace(branch, assessments=other(branch.assessments), members=other(branch.members))


@pytest.mark.parametrize(
    ("settings", "column"),
    [
        ({"where": (Condition("kind", "is", ("home_visit", "salon")),)}, "Conditions"),
        ({"form": FORMS["visits"]}, "Form"),
        ({"on": "time"}, "Dated by"),
        ({"measure": "distinct"}, "Measure"),
        ({"period": "month"}, "Period"),
        ({"direction": "at_most"}, "Direction"),
        ({"unit": "yuan"}, "Unit"),
    ],
)
def test_the_total_names_what_differs_and_where(
    teams: list[TeamSummary], settings: dict[str, Any], column: str
) -> None:
    north, south = (branch_week(team) for team in teams)
    west = replace(north, name="west")
    together = roll_up(LAST_WEEK, [north, asking(south, "home_visits", **settings), west])
    total = {one.indicator.code: one for one in together.assessments}["home_visits"]
    assert (total.value, total.attainment) == (None, None)
    assert f"Home visits ({column}: {south.name} unlike {north.name})" in together.said("en")
    assert together.as_json("en")["unlike"] == ["home_visits"]


def test_the_same_conditions_in_another_order_or_under_another_name_add_up(teams: list[TeamSummary]) -> None:
    north, south = (branch_week(team) for team in teams)
    (talks,) = (one.indicator for one in south.assessments if one.indicator.code == "fund_talks")
    turned = tuple(replace(one, values=one.values[::-1]) for one in talks.where[::-1])
    assert turned != talks.where
    south = asking(south, "fund_talks", where=turned, label=Text("基金", "基金", "Funds"))
    together = roll_up(LAST_WEEK, [north, south])
    assert not together.unlike and not together.said("en")
    assert [one.value for one in together.assessments] == [one.value for one in together_of(teams).assessments]


def test_whoever_was_not_in_service_is_none_of_a_branchs_advisors(teams: list[TeamSummary]) -> None:
    left = replace(teams[0].members[0], in_service=False)
    assert branch_week(replace(teams[0], members=(left, *teams[1].members))).advisors == 1
