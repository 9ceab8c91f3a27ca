"""A log of a year's work, 7,500 rows, open in a real LibreOffice."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings as xw

from reportkit.definitions import words
from reportkit.definitions.identity import TEMPLATE_VERSION
from reportkit.demo import big_log_rows
from reportkit.demo.branch import BIG_TODAY
from reportkit.read.book import Identity
from reportkit.settings.branch_settings import default_settings
from reportkit.settings.calendars import week_name
from reportkit.summary.flow import work_from_file
from reportkit.summary.summaries import summarise
from reportkit.workbooks import write_log
from reportkit_addin.outputs import FIRST
from reportkit_addin.scripts import run
from reportkit_addin.writing import MARK
from tests.addin.conftest import ADVISOR

pytestmark = pytest.mark.office
ROWS = 7500
BAD_ROW = 7001


def test_a_year_of_work_gives_the_terminals_figures_and_marks_what_is_wrong(app: xw.App, tmp_path: Path) -> None:
    path, settings = tmp_path / "large.xlsx", default_settings("zh-CN")
    identity = Identity(ADVISOR, "张伟", "营业部", TEMPLATE_VERSION, "zh-CN")
    rows = big_log_rows(0)
    assert len(rows["activities"]) == ROWS
    write_log(path, identity, language="zh-CN", settings=settings, rows=rows, today=BIG_TODAY)
    closed = summarise(work_from_file(path, settings, BIG_TODAY), settings, week_name(BIG_TODAY), BIG_TODAY)
    log = app.books.open(str(path))
    run("week", log, BIG_TODAY)
    weekly = log.sheets[words.WEEKLY.zh_cn].range((FIRST, 1), (FIRST + len(closed.assessments) - 1, 11)).value
    for row, one in zip(weekly, closed.assessments, strict=True):
        figures = [one.value, one.target, one.attainment]
        assert [row[0], *row[8:11]] == [
            one.indicator.label.zh_cn,
            *("—" if figure is None else pytest.approx(figure) for figure in figures),
        ]
    log.sheets["每日记录"].range((BAD_ROW, 1)).value = "下周一"
    said = run("check", log, BIG_TODAY)
    assert f"{closed.rows.excluded + 1}" in said
    assert log.sheets["每日记录"].range((BAD_ROW, 1)).color == MARK
    findings = log.sheets[words.FINDINGS.zh_cn]
    listed = findings.range((FIRST, 2), (findings.used_range.last_cell.row, 5)).options(ndim=2).value
    assert ("每日记录", f"A{BAD_ROW}") in {(row[0], row[3]) for row in listed}
