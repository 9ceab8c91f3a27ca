"""The commands that look further than a week: visits, effects, advice, whatif; and customers in two logs."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from math import ceil, floor
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportkit.branch.folder import Branch
from reportkit.cli import run
from reportkit.customers.visits import visit_summary
from reportkit.definitions.forms import CUSTOMERS
from reportkit.definitions.settings_forms import TARGETS
from reportkit.settings.calendars import Span
from reportkit.summary.flow import work_from_file
from reportkit.summary.improvement import VERDICT_LABEL
from reportkit.summary.summaries import summarise
from reportkit.summary.trend import past_weeks
from reportkit.workbooks.log import DUE_HEADINGS

TODAY = "2026-11-20"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("insights") / "demo"
    assert run(["demo", str(folder), "--advisors", "3", "--weeks", "9", "--as-of", TODAY, "--lang", "en"]) == 0
    return folder


def answer(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> Any:
    capsys.readouterr()
    assert run([str(argument) for argument in (*arguments, "--json")]) == code
    return json.loads(capsys.readouterr().out)


def test_visits_are_proposed_with_reasons_and_written_as_a_calendar(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log, ics = min((demo / "logs").iterdir()), tmp_path / "visits.ics"
    proposed = answer(capsys, "visits", log, "--on", TODAY, "--ics", ics)
    assert [one["score"] for one in proposed] == sorted((one["score"] for one in proposed), reverse=True)
    assert all(one["why"] for one in proposed)
    assert ics.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    run(["visits", str(log), "--on", TODAY, "--lang", "en"])
    settings = Branch(demo).settings()
    seen = visit_summary(
        work_from_file(log, settings, date.fromisoformat(TODAY)).facts,
        Span(date(2026, 10, 26), date(2026, 11, 22)),
        date.fromisoformat(TODAY),
    ).visits
    counts = (seen.planned, seen.on_time, seen.late, seen.overdue, seen.ahead)
    assert re.search(" +".join(map(str, counts)), capsys.readouterr().out)


def test_effects_are_judged(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "effects", demo, "--as-of", TODAY)
    assert found
    assert {one["verdict"] for one in found} <= set(VERDICT_LABEL)
    assert run(["effects", str(demo), "--as-of", TODAY]) == 0


def test_signals_lie_outside_limits_computed_by_hand(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sunday = date(2026, 11, 22)
    found = {
        (one["advisor"], one["indicator"]): one
        for one in answer(capsys, "signals", demo, "--as-of", sunday.isoformat())
    }
    settings = Branch(demo).settings()
    expected: dict[tuple[str, str], tuple[float, float, float]] = {}
    for log in Branch(demo).logs():
        work = work_from_file(log, settings, sunday)
        weeks = [summarise(work, settings, f"2026-W{number}", sunday) for number in range(36, 48)]
        begun = {one.week for one in past_weeks(work, settings, "2026-W47", sunday) if one.figures}
        for one in weeks[-1].assessments:
            judged = (
                weeks[:-1] if one.indicator.code == "resolution_rate" else weeks
            )  # cases need a week to be resolved
            kept = [week.of(one.indicator.code) for week in judged if week.week in begun]
            counts = one.indicator.adds_up
            values = [
                (past.value, past.working_days if counts else 1.0)
                for past in kept
                if past is not None and past.value is not None
            ]
            if one.indicator.period in ("day", "week") and len(values) == len(kept) >= 9:
                *before, (last, days) = values
                mean = sum(value for value, _ in before) / sum(worked for _, worked in before)
                apart = [(value - mean * worked) / worked**0.5 for value, worked in before]
                reach = 2.66 * sum(abs(b - a) for a, b in pairwise(apart)) / (len(apart) - 1) * days**0.5
                lower, upper = mean * days - reach, mean * days + reach
                if {worked for _, worked in before} != {days}:
                    lower, upper = floor(lower), ceil(upper)
                lower, upper = max(lower, 0), min(upper, 1) if one.indicator.unit == "percent" else upper
                if not lower <= round(last, 9) <= upper:
                    expected[work.facts.advisor_id, one.indicator.code] = (last, lower, upper)
    assert expected
    assert found.keys() >= expected.keys()
    for key, (last, lower, upper) in expected.items():
        assert (found[key]["value"], found[key]["lower"], found[key]["upper"]) == pytest.approx((last, lower, upper))
    assert run(["signals", str(demo), "--as-of", sunday.isoformat()]) == 0
    assert "▼" in (said := capsys.readouterr().out) or "▲" in said


def test_advice_says_why(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "advice", demo, "--as-of", TODAY)
    assert len({one["advisor"] for one in found}) == 3
    assert all(one["why"] for one in found)


def test_advice_lists_every_target_it_would_change(
    demo: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = answer(capsys, "advice", demo, "--as-of", TODAY)
    changing = [one for one in found if one["suggested"] not in (None, one["target"])]
    assert {"lower", "tighten"} <= {one["verdict"] for one in changing}
    monkeypatch.setenv("REPORTKIT_LANG", "en")
    monkeypatch.setenv("COLUMNS", "400")
    assert run(["advice", str(demo), "--as-of", TODAY]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if re.match(r"A\d{3} ", line)]
    assert Counter(line.split()[0] for line in lines) == Counter(one["advisor"] for one in changing)


def test_the_due_list_has_the_headings_of_its_sheet(
    demo: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTKIT_LANG", "en")
    assert run(["due", str(min((demo / "logs").iterdir())), "--on", TODAY]) == 0
    headings, *rows = capsys.readouterr().out.splitlines()
    assert rows
    of_the_sheet = {heading.en for heading, _ in DUE_HEADINGS}
    assert set(re.split(" {2,}", headings.strip())) <= of_the_sheet


@pytest.mark.parametrize("command", ["visits", "effects", "signals", "advice", "due"])
def test_where_there_is_nothing_to_list_a_sentence_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("REPORTKIT_LANG", "en")
    roster, branch = tmp_path / "roster.csv", tmp_path / "branch"
    roster.write_text("advisor_id,name,level\nA001,Wei Zhang,Junior\n", encoding="utf-8")
    assert run(["init", str(branch), "--roster", str(roster)]) == 0
    of = branch if command in ("effects", "signals", "advice") else next((branch / "logs").iterdir())
    capsys.readouterr()
    assert run([command, str(of)]) == 0
    first, *_ = capsys.readouterr().out.splitlines()
    assert first.endswith(".")


def test_whatif_shows_whom_a_change_affects_and_changes_nothing(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (demo / "settings.xlsx").read_bytes()
    same = answer(capsys, "whatif", demo, "--settings", demo / "settings.xlsx", "--as-of", TODAY)
    assert all(one["before"] == one["after"] and not one["indicators"] for one in same)
    easier = changed_targets(demo, tmp_path / "easier.xlsx", "target", lambda row: 1 if row["target"] == 5 else None)
    changed = answer(capsys, "whatif", demo, "--settings", easier, "--as-of", TODAY)
    assert any(one["after"]["score"] > one["before"]["score"] for one in changed if one["before"]["score"] is not None)
    assert {code for one in changed for code in one["indicators"]} == {"new_contacts", "revisits"}
    assert (demo / "settings.xlsx").read_bytes() == before


def changed_targets(demo: Path, path: Path, column: str, change: Callable[[dict[str, Any]], Any]) -> Path:
    """Copy a branch's settings with other values in a column of the targets, where `change` of a row returns one."""
    book = openpyxl.load_workbook(demo / "settings.xlsx")
    rows = book[TARGETS.label.en].iter_rows()
    codes = {one.label.en: one.code for one in TARGETS.columns}
    header = next(row for row in rows if TARGETS.column["target"].label.en in [cell.value for cell in row])
    for cells in rows:
        row = {codes[head.value]: cell for head, cell in zip(header, cells, strict=True) if head.value in codes}
        if (new := change({code: cell.value for code, cell in row.items()})) is not None:
            row[column].value = new
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("column", "indicator", "to", "said"),
    [
        ("weight", "Market views", 2, "weight 1 → 2"),
        ("target", "First response time", 31, "target 30 s → 31 s"),  # met either way: 100% before and after
        ("target", "Customer satisfaction", 0.9001, ""),  # seen in decimals nobody reads, or not at all
    ],
)
def test_whatif_shows_what_of_an_indicator_changes(
    demo: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    column: str,
    indicator: str,
    to: float,
    said: str,
) -> None:
    settings = changed_targets(
        demo, tmp_path / "changed.xlsx", column, lambda row: to if row["indicator"] == indicator else None
    )
    assert answer(capsys, "whatif", demo, "--settings", settings, "--as-of", TODAY)
    monkeypatch.setenv("REPORTKIT_LANG", "en")
    assert run(["whatif", str(demo), "--settings", str(settings), "--as-of", TODAY]) == 0
    shown = capsys.readouterr().out
    assert said in shown
    assert [pair for pair in re.findall(r"(\S+) → (\S+)", shown) if pair[0] == pair[1]] == []


def test_a_customer_in_two_active_logs_is_found(demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    branch = tmp_path / "twins"
    shutil.copytree(demo, branch)
    first, second = sorted((branch / "logs").iterdir())[:2]
    taken = openpyxl.load_workbook(first)["Customers"]
    book = openpyxl.load_workbook(second)
    sheet = book["Customers"]
    free = next(row for row in range(3, 10_000) if sheet.cell(row, 1).value is None)
    gone = CUSTOMERS.column["status"].choices.labels["transferred_out"].en
    rows = [[cell.value for cell in row] for row in taken.iter_rows()]
    ids = [at for at, row in enumerate(rows, 1) if str(row[0] or "").startswith("C0") and gone not in row]
    for column in range(1, 4):
        sheet.cell(free, column).value = taken.cell(ids[0], column).value
    book.save(second)
    found = answer(capsys, "check", branch, "--as-of", TODAY, code=1)["findings"]
    assert [(one["value"], one["row"]) for one in found if one["code"] == "customer.twice"] == [
        (taken.cell(ids[0], 1).value, free)
    ]


def test_the_desk_adds_up_to_its_people_and_names_late_cases_by_row(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(capsys, "service", demo, "--as-of", TODAY)
    assert found["total"]["cases"] == sum(one["cases"] for one in found["by"]["category"].values()) > 0
    assert found["total"]["cases"] == sum(map(sum, found["opened"]))
    assert all(one["used_minutes"] > one["limit_minutes"] for one in (*found["past_limit"], *found["resolved_late"]))
    assert all(0.8 <= one["used_minutes"] / one["limit_minutes"] <= 1 for one in found["at_risk"])
    assert found["p50_response_s"] <= found["p90_response_s"]


def test_the_five_standards_of_the_desk_are_those_of_the_refreshed_team(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(capsys, "service", demo, "--as-of", TODAY)
    team = answer(capsys, "refresh", demo, "--as-of", TODAY, code=1)["team"]
    standards = {one["code"]: one for one in found["standards"]}
    assert list(standards) == ["csat", "first_response", "resolution_rate", "repeat_rate", "cases_per_hour"]
    for one in (one for one in team if one["code"] in standards):
        same = standards[one["code"]]
        assert (same["value"], same["target"]) == pytest.approx((one["value"], one["target"]))
    assert standards["resolution_rate"]["value"] == pytest.approx(found["total"]["resolution_rate"]["value"])


def test_the_tables_of_a_command_hold_what_its_json_does(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk, customers = (answer(capsys, name, demo, "--as-of", TODAY) for name in ("service", "customers"))
    run(["service", str(demo), "--as-of", TODAY])
    shown = capsys.readouterr().out
    assert all(one["case_id"] in shown for one in (*desk["past_limit"], *desk["at_risk"], *desk["resolved_late"]))
    assert all(f"{one['cases']:,}" in shown for one in desk["by"]["category"].values())
    run(["customers", str(demo), "--as-of", TODAY])
    shown = capsys.readouterr().out
    assert f"{customers['assets']:,.0f}" in shown
    assert all(one["customer_id"] in shown for one in customers["departures"][:15])
    assert all(one["customer_id"] in shown for one in customers["unsuitable"])


def test_referrals_are_trees_that_add_up(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "customers", demo, "--as-of", TODAY)["referrals"]

    def below(tree: dict[str, Any]) -> int:
        assert tree["customers"] == sum(1 + below(one) for one in tree["brought"])
        return int(tree["customers"])

    assert found["customers"] == sum(map(below, found["trees"])) > 0
    assert found["assets"] == pytest.approx(sum(one["assets"] for one in found["trees"]))


def test_answers_are_found_by_their_words_with_how_often_they_were_used(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    every = answer(capsys, "knowledge", demo, "--as-of", TODAY)
    assert sum(one["used"] for one in every["answers"]) > 0
    assert {one["advisor"] for one in every["training"]} == {path.name[:4] for path in (demo / "logs").iterdir()}
    word = every["answers"][0]["question"].split()[1]
    found = answer(capsys, "knowledge", demo, "--find", word.upper(), "--as-of", TODAY)["answers"]
    assert 0 < len(found) <= len(every["answers"])
    assert all(word in f"{one['category']} {one['question']} {one['answer']}" for one in found)
    assert answer(capsys, "knowledge", demo, "--find", "nothing of the kind", "--as-of", TODAY)["answers"] == []


def test_satisfaction_has_intervals_around_its_figures(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "satisfaction", demo, "--as-of", TODAY)
    for source in ("cases", "surveys"):
        csat = found[source]["csat"]
        assert csat["interval"][0] <= csat["value"] <= csat["interval"][1]
        assert found[source]["rated"] == sum(one["rated"] for one in found["by"][source]["advisor"].values())
    low, high = found["surveys"]["nps_interval"]
    assert low <= found["surveys"]["nps"] <= high
    assert all(one["score"] <= 2 for one in found["unanswered"])


def test_customers_stand_in_one_segment_each(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "customers", demo, "--as-of", TODAY)
    segments = {code: one["customers"] for code, one in found["segments"].items()}
    assert sum(segments.values()) - segments["lost"] == found["customers"]
    assert sum(one["customers"] for one in found["tiers"].values()) == found["customers"]
    assert sum(found["risk"].values()) == found["customers"]
