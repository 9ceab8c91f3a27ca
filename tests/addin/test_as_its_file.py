"""An open log gives the findings and figures of its file, whatever somebody did to it before saving."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw

from reportkit.definitions import words
from reportkit.definitions.errors import MendInput, TryLater
from reportkit.definitions.forms import FORMS
from reportkit.definitions.identity import PROPERTIES
from reportkit.read.workbook import read_book
from reportkit.settings.nearby import settings_near
from reportkit.summary.flow import work_from_raw
from reportkit.summary.summaries import advisor_json, summarise
from reportkit_addin import sentences as say
from reportkit_addin.outputs import FIRST
from reportkit_addin.reading import read_open
from reportkit_addin.scripts import run
from tests.addin.conftest import ADVISOR, TODAY, WEEK
from xlwings_libreoffice import Struct

pytestmark = pytest.mark.office
ACTIVITIES = FORMS["activities"].label.zh_cn
Habit = Callable[[xw.Book], None]


def lost_properties(log: xw.Book) -> None:
    """Take from a log what says whose it is, as a phone does."""
    own = log.api.getDocumentProperties().UserDefinedProperties
    for name in {*PROPERTIES.values()} & {one.Name for one in own.PropertyValues}:
        own.removeProperty(name)
    log.sheets[words.START.zh_cn].delete()


def copied_sheet(log: xw.Book) -> None:
    """Keep a copy of a form's sheet in the log."""
    log.sheets[ACTIVITIES].copy(name="每日记录 备份")


def renamed_sheet(log: xw.Book) -> None:
    """Give a form's sheet another name."""
    log.sheets[ACTIVITIES].name = "日记"


def counted_from_1904(log: xw.Book) -> None:
    """Have a log count its days from 1904, with a day kept as a plain number."""
    log.api.NullDate = Struct("com.sun.star.util.Date", Day=1, Month=1, Year=1904)
    cell = log.sheets[ACTIVITIES].range("A5")
    cell.number_format, cell.value = "0", (dt.date(2026, 11, 24) - dt.date(1904, 1, 1)).days


def midnight(log: xw.Book) -> None:
    """Type the first minute of a day."""
    cell = log.sheets[ACTIVITIES].range("B5")
    cell.number_format, cell.value = "hh:mm", 0.0


def moment_as_time(log: xw.Book) -> None:
    """Paste a day with its time where a time stands."""
    cell = log.sheets[ACTIVITIES].range("B5")
    cell.number_format, cell.value = (
        "hh:mm",
        (dt.datetime(2026, 11, 24, 9, 30) - dt.datetime(1899, 12, 30)).total_seconds() / 86400,
    )


def minutes_as_time(log: xw.Book) -> None:
    """Type 0:30 for half an hour: offices make a time of it."""
    cells = log.sheets[ACTIVITIES].range("G5:G7")
    cells.number_format, cells.value = "hh:mm", [[0.5 / 24], [1.5], [0.0]]
    cells[2].number_format = "[h]:mm"


def days_of_1900(log: xw.Book) -> None:
    """Leave a small number in a cell of a day."""
    log.sheets[ACTIVITIES].range("A5").value, log.sheets[ACTIVITIES].range("A6").value = 5, 59.5


def waiting_formulas(log: xw.Book) -> None:
    """Enter formulas while calculating is up to the user."""
    log.api.enableAutomaticCalculation(False)
    sheet = log.sheets[ACTIVITIES]
    sheet.range("A5").formula, sheet.range("I5").formula = "=DATE(2026,11,20+4)", '="沟"&"通"'


def merged_rows(log: xw.Book) -> None:
    """Merge the day over the rows of a day, and words over two columns."""
    log.sheets[ACTIVITIES].range("A5:A6").merge()
    log.sheets[ACTIVITIES].range("I8:K8").merge()


def changing_days(log: xw.Book) -> None:
    """Let a formula say the day, and another say something else of today."""
    sheet = log.sheets[ACTIVITIES]
    sheet.range("A5").formula, sheet.range("A9").formula = "=TODAY()-400", "=DATE(2026,11,24)"
    sheet.range("I6").formula = '=TEXT(TODAY(),"yyyy")'


def texts_like_errors(log: xw.Book) -> None:
    """Type what failed formulas show, as text, beside one that failed."""
    sheet = log.sheets[ACTIVITIES]
    sheet.range("I5:I7").number_format = "@"
    sheet.range("I5").value, sheet.range("I6").value = "#N/A", "#REF!"
    sheet.range("I8").formula = "=NA()"


def truth_for_a_day(log: xw.Book) -> None:
    """Keep TRUE for a day, for minutes and for a time, as LibreOffice has it of a file."""
    sheet = log.sheets[ACTIVITIES]
    for cell, formula in (("A5", "=TRUE()"), ("G5", "=TRUE()"), ("B6", "=FALSE()")):
        code = sheet.range(cell).number_format
        sheet.range(cell).formula = formula
        sheet.range(cell).number_format = code


def newer_version(log: xw.Book) -> None:
    """Have a later program make the log."""
    log.api.getDocumentProperties().UserDefinedProperties.setPropertyValue(PROPERTIES["template_version"], "9")


@pytest.mark.parametrize(
    ("habit", "named"),
    [
        (lost_properties, "advisor.from_name"),
        (copied_sheet, "sheet.unread"),
        (renamed_sheet, "sheet.unread"),
        (counted_from_1904, None),
        (midnight, None),
        (moment_as_time, None),
        (minutes_as_time, "value.type"),
        (days_of_1900, "value.range"),
        (waiting_formulas, None),
        (merged_rows, "cell.merged"),
        (changing_days, "value.volatile"),
        (texts_like_errors, "value.formula_error"),
        (truth_for_a_day, "value.type"),
        (newer_version, "file.newer_version"),
    ],
)
def test_an_open_log_says_what_its_file_says(log: xw.Book, path: Path, habit: Habit, named: str | None) -> None:
    settings = settings_near(path)
    habit(log)
    live = work_from_raw(read_open(log, FORMS), settings, TODAY)
    log.save()
    closed = work_from_raw(read_book(path, FORMS), settings, TODAY)
    assert [one.as_json("zh-CN") for one in live.book.findings] == [
        one.as_json("zh-CN") for one in closed.book.findings
    ]
    assert (named is None) or named in [one.code for one in live.book.findings]
    assert live.book.identity.advisor_id == ADVISOR
    weeks = [summarise(work, settings, WEEK, TODAY) for work in (live, closed) if work.book.tables]
    assert len({str(advisor_json(week, "zh-CN")) for week in weeks}) <= 1


def test_a_log_saved_as_something_else_gives_no_figures_a_report_would_not(log: xw.Book, path: Path) -> None:
    run("week", log, TODAY)
    log.sheets[words.WEEKLY.zh_cn].activate()
    log.sheets[words.WEEKLY.zh_cn].range((FIRST, 9)).select()
    log.save(str(path.with_suffix(".ods")))
    for tag in ("check", "today", "week", "rows"):
        with pytest.raises(MendInput) as refused:
            run(tag, log, TODAY)
        assert refused.value.text is say.NOT_XLSX


def test_a_log_renamed_while_it_is_open_is_told_so(log: xw.Book, path: Path) -> None:
    path.rename(path.with_name("A001 张伟 (新).xlsx"))
    for tag in ("check", "today", "week"):
        with pytest.raises(TryLater) as refused:
            run(tag, log, TODAY)
        assert refused.value.text is say.FILE_AWAY
    assert str(path) in run("about", log, TODAY)


def test_two_logs_of_one_name_are_kept_apart(app: xw.App, log: xw.Book, path: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / path.name
    other.parent.mkdir()
    other.write_bytes(path.read_bytes())
    second = xw.Book(impl=app.impl.books.open(str(other)))
    second.sheets[ACTIVITIES].range("A5").value = "下周一"
    wrong = [run("check", book, TODAY) for book in (log, second)]
    assert wrong[0] != wrong[1]
    findings = log.sheets[words.FINDINGS.zh_cn]
    findings.activate()
    findings.range("E5").select()
    log.activate()
    run("rows", log, TODAY)
    assert Path(app.books.active.fullname) == path
