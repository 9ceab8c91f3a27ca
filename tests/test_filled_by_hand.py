"""A blank log filled in a real LibreOffice, saved there, gives the right week."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

import xlwings_libreoffice as lo
from reportkit.definitions.columns import Form
from reportkit.definitions.forms import ACTIVITIES, CUSTOMERS, WORKTIME
from reportkit.definitions.identity import TEMPLATE_VERSION
from reportkit.definitions.text import Language
from reportkit.read.book import Identity
from reportkit.settings.branch_settings import default_settings
from reportkit.settings.calendars import week_name
from reportkit.summary.flow import work_from_file
from reportkit.summary.summaries import AdvisorSummary, summarise
from reportkit.workbooks import write_log

FRIDAY = dt.date(2026, 11, 20)
SUMMARY = "=1+1 很满意"


@pytest.fixture(scope="module")
def office() -> Iterator[xw.App]:
    xw.engines.add(lo.engine)
    xw.engines["libreoffice"].activate()
    with xw.App(visible=False, add_book=False) as app:
        yield app


def type_rows(book: xw.Book, form: Form, language: Language, rows: Sequence[dict[str, Any]]) -> None:
    """Type rows below the header of a form's sheet, cell by cell, as a person does."""
    sheet = book.sheets[form.label.to(language)]
    grid = sheet.range("A1:Z6").value
    at = next(n for n, line in enumerate(grid) if form.columns[0].label.to(language) in line)
    for offset, row in enumerate(rows, start=at + 2):
        for code, value in row.items():
            column = grid[at].index(form.column[code].label.to(language)) + 1
            sheet.range((offset, column)).value = value


@pytest.mark.office
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_log_filled_in_libreoffice_gives_the_right_week(office: xw.App, tmp_path: Path, language: Language) -> None:
    path = tmp_path / "A1.xlsx"
    write_log(path, Identity("A1", "N", "B", TEMPLATE_VERSION, language), language=language)
    kinds, yes_no = ACTIVITIES.column["kind"].choices, ACTIVITIES.column["effective"].choices
    stances = CUSTOMERS.column["public_fund"].choices
    assert kinds and yes_no and stances
    monday = dt.datetime(2026, 11, 16)

    def did(kind: str, customer: str | None, day: int = 0) -> dict[str, Any]:
        row = {"date": monday + dt.timedelta(days=day), "kind": kinds.labels[kind].to(language)}
        return (
            row
            if customer is None
            else {**row, "customer_id": customer, "effective": yes_no.labels["yes"].to(language)}
        )

    book = office.books.open(path)
    fund = stances.labels["interested"].to(language)
    people = [{"customer_id": f"C{n}", "name": f"N{n}", "assigned_on": dt.datetime(2026, 1, 5)} for n in range(1, 4)]
    type_rows(book, CUSTOMERS, language, [{**people[0], "public_fund": fund, "mobile": "13800130001"}, *people[1:]])
    rows = [
        did("fund_talk", "C1"),
        did("fund_talk", "C1"),
        did("fund_talk", "C2"),  # wants no fund
        {**did("new_contact", "C3", 1), "summary": SUMMARY},
        did("market_view", None, 2),
        {**did("market_view", None, 2), "date": "2026年11月18日"},
        {**did("home_visit", "C3", 3), "customer_id": "C9"},  # nobody's
    ]
    type_rows(book, ACTIVITIES, language, rows)
    leave = WORKTIME.column["leave"].choices
    assert leave
    type_rows(
        book, WORKTIME, language, [{"date": monday + dt.timedelta(days=4), "leave": leave.labels["full"].to(language)}]
    )
    book.save()
    book.close()

    week = summary_of(path)
    assert {
        code: (week.of(code).value, week.of(code).target) for code in ("fund_talks", "new_contacts", "market_views")
    } == {
        "fund_talks": (1, 4),
        "new_contacts": (1, 20),
        "market_views": (2, 4),
    }
    assert [(found.code, found.place.row is not None) for found in week.findings if found.severity == "error"] == [
        ("id.unknown", True)
    ]
    assert (week.rows.read, week.rows.counted, week.rows.excluded) == (11, 10, 1)
    assert week.advisor_id == "A1"


def summary_of(path: Path) -> AdvisorSummary:
    settings = default_settings()
    return summarise(work_from_file(path, settings, FRIDAY), settings, week_name(FRIDAY), FRIDAY)
