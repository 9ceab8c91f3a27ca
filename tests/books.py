"""Validated books and settings made of plain rows, for tests that begin behind the reader."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from reportkit.definitions.catalogue import settings_rows
from reportkit.definitions.forms import FORMS
from reportkit.facts.rows import Facts, facts_of
from reportkit.read.book import Book, Identity, Table
from reportkit.read.numbered import numbered
from reportkit.settings.branch_settings import Settings, settings_from_rows
from reportkit.settings.calendars import Span, TradingCalendar

Rows = Sequence[Mapping[str, Any]]
ADVISOR = "A1"
LONG_AGO = date(2020, 1, 1)


def table_of(form: str, rows: Rows) -> Table:
    """Return a table as validation gives it; the first row is row 2 of its sheet."""
    columns = {column.code: numbered(column, [row.get(column.code) for row in rows]) for column in FORMS[form].columns}
    return Table(FORMS[form], FORMS[form].label.zh_cn, columns, np.arange(2, 2 + len(rows)), {})


def book_of(log: Mapping[str, Rows], advisor: str = ADVISOR) -> Book:
    """Return the book of a log's rows by form."""
    tables = {form: table_of(form, log.get(form, ())) for form in FORMS}
    return Book(f"{advisor}.xlsx", Identity(advisor_id=advisor), tables)


def facts_from(log: Mapping[str, Rows], advisor: str = ADVISOR) -> Facts:
    """Return the facts of a log's rows by form."""
    return facts_of(book_of(log, advisor))


def settings_with(**sheets: Rows) -> Settings:
    """Return the default settings with some sheets' rows replaced."""
    return settings_from_rows({**settings_rows("zh-CN"), **sheets}, "zh-CN")


def exchange_days(first: date, last: date) -> set[date]:
    """Return the trading days of the exchange from one day to another, both in."""
    days = Span(first, last).days
    return set(days[TradingCalendar().trading(days)].astype(object).tolist())
