"""Every face shows the same figures, and they are those computed a second time in plain Python, over random branches."""

import datetime as dt
import io
import json
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from reportkit.cli import run
from reportkit.definitions.catalogue import settings_rows
from reportkit.definitions.forms import FORMS
from reportkit.definitions.settings_forms import SETTINGS_FORMS
from reportkit.read.book import Identity
from reportkit.settings.branch_settings import load_settings
from reportkit.workbooks import write_log, write_settings
from reportkit_addin import functions as rk
from tests import oracle
from tests.oracle.randomlogs import ADVISOR, Scenario, scenarios
from tests.reports.workbook import named, number
from tests.test_against_oracle import exchange_days

OTHER = "A2"
WHAT = ("value", "target", "attainment")
few = hypothesis_settings(
    max_examples=4,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),  # a branch takes seconds: shrinking one would take an hour
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
Shown = Mapping[tuple[str, str], Any]  # (indicator, what of it) → the figure; ("", "score")


def answer(*arguments: object) -> Any:
    """Return what a command prints as JSON."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        assert run([str(one) for one in (*arguments, "--json")]) in (0, 1)
    return json.loads(printed.getvalue())


def write_branch(root: Path, scene: Scenario, logs: Mapping[str, Any]) -> dict[str, Path]:
    """Write a branch of a scenario's settings; return advisor → log. Each log speaks another language."""
    sheets = {
        sheet: [{("from_" if name == "from" else name): one for name, one in row.items()} for row in scene.settings[sheet]]
        for sheet in ("roster", "targets")
    }  # fmt: skip
    sheets["targets"] = [{**row, "target": float(row["target"])} for row in sheets["targets"]]
    sheets["calendar"] = [{"date": day, "kind": kind} for day, kind in scene.settings["calendar"].items()]
    (root / "logs").mkdir()
    write_settings(root / "settings.xlsx", {**settings_rows("en"), **sheets}, language="en")
    settings = load_settings(root / "settings.xlsx")
    paths = {advisor: root / "logs" / f"{advisor}.xlsx" for advisor in logs}
    for language, (advisor, path) in zip(("zh-CN", "en"), paths.items(), strict=True):
        identity = Identity(advisor, advisor, "B", "1", language)
        write_log(path, identity, language=language, settings=settings, rows=logs[advisor], today=scene.today)
    return paths


def computed(lines: Any, week: str) -> Shown:
    figures = {(code, what): line[what] for code, line in lines.items() for what in WHAT}
    return {**figures, ("", "score"): oracle.score(lines, week)}


def printed(summary: Any, indicators: str = "indicators") -> Shown:
    figures = {(one["code"], what): one[what] for one in summary[indicators] for what in WHAT}
    return {**figures, ("", "score"): summary["score"]}


def in_workbook(path: Path, codes: Iterator[str]) -> Shown:
    book = load_workbook(path)
    figures = {(code, what): number(named(book, f"{what}_{code}")) for code in codes for what in WHAT}
    return {**figures, ("", "score"): number(named(book, "score"))}


def in_cells(tables: Any, advisor: str, lines: Any, as_of: dt.date) -> Shown:
    """Return what the functions give, of periods that are over: a target is the whole period's."""
    called = {"value": rk.RK_KPI, "target": rk.RK_TARGET, "attainment": rk.RK_ATTAINMENT}
    figures: dict[tuple[str, str], Any] = {}
    for code, line in lines.items():
        start, until = line["window"]
        if oracle.CATALOGUE[code].period in ("day", "week") and until == start + dt.timedelta(days=6) <= as_of:
            for what in WHAT:
                whose = () if what == "value" else (advisor,)
                shown = called[what](code, start, until, *whose, *tables)
                figures[code, what] = None if shown == "" else shown
    return figures


def tables_of(path: Path, forms: Mapping[str, Any]) -> list[Any]:
    book = CalamineWorkbook.from_path(path)
    labels = dict.fromkeys(label for form in forms.values() for label in form.label.all())
    return [book.get_sheet_by_name(one).to_python(skip_empty_area=False) for one in labels if one in book.sheet_names]


def assert_same(shown: Shown, expected: Mapping[tuple[str, str], Fraction | None]) -> None:
    for key, figure in shown.items():
        wanted = expected[key]
        assert figure == (None if wanted is None else pytest.approx(float(wanted), rel=1e-8, abs=1e-8)), key


@few
@given(scenarios(exchange_days))
def test_every_face_shows_the_figures_computed_a_second_time(scene: Scenario) -> None:
    day, week = scene.today, scene.weeks[-2]
    half = {form: scene.log[form][::2] for form in ("activities", "opportunities", "worktime", "training")}
    logs = {ADVISOR: scene.log, OTHER: {**scene.log, **half}}
    with TemporaryDirectory() as folder:
        root = Path(folder)
        paths = write_branch(root, scene, logs)
        reports = {one: oracle.report(scene.settings, logs[one], one, week, day) for one in logs}
        when = ("--week", week, "--as-of", day)
        branch = answer("refresh", root, *when)
        tried = {one["advisor"]: one for one in answer("whatif", root, "--settings", root / "settings.xlsx", *when)}
        settings = tables_of(root / "settings.xlsx", SETTINGS_FORMS)
        for summary in branch["advisors"]:
            advisor = summary["advisor"]
            expected = computed(reports[advisor], week)
            assert_same(printed(summary), expected)
            assert_same(printed(answer("kpi", paths[advisor], *when)), expected)
            assert_same(in_workbook(root / "reports" / week / f"{advisor}.xlsx", iter(oracle.CATALOGUE)), expected)
            assert_same({("", "score"): tried[advisor]["before"]["score"]}, expected)
            tables = [*tables_of(paths[advisor], FORMS), *settings]
            with patch.object(rk, "_today", return_value=day):  # else what comes after the clock's day is not there yet
                assert_same(in_cells(tables, advisor, reports[advisor], day), expected)
        together = computed(oracle.team(list(reports.values())), week)
        assert_same(printed(branch, "team"), together)
        assert_same(printed(answer("rollup", root, *when), "total"), together)
        assert_same(in_workbook(root / "reports" / week / "team.xlsx", iter(oracle.CATALOGUE)), together)
        assert_same({("", "score"): tried[""]["before"]["score"]}, together)
