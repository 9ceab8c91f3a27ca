"""Right values written the way people write them, which must be accepted (DOMAIN §8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from reportkit.definitions.choices import CHANNEL
from reportkit.demo.mistakes import Pages
from reportkit.demo.people import RowDict

_WIDE: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_DAYS: Final = (
    "{0:04}/{1:02}/{2:02}",
    "{0:04}-{1:02}-{2:02}",
    "{0:04}.{1:02}.{2:02}",
    "{0}年{1}月{2}日",
    "{0:04}{1:02}{2:02}",
)
_YES: Final = ("√", "有", "Y", "1", "true", "YES")


@dataclass(frozen=True)
class Spelling:
    """A cell written in a person's own way: which row (counted from 0) of which form, and what is meant."""

    advisor_id: str
    form: str
    row: int
    column: str
    meant: Any


def _day(pages: Pages, day: dt.date) -> str:
    return pages.dice.one(_DAYS).format(day.year, day.month, day.day)


def _wide(pages: Pages, minutes: float) -> str:
    return f"{minutes:.0f}".translate(_WIDE)


def _money(pages: Pages, amount: float) -> str:
    """Write an amount in units of ten thousand, or with thousands separators."""
    if pages.language == "en" or pages.dice.chance(0.4):
        return f"{amount:,.0f}"
    return f"{amount / 10_000:g}{'万' if pages.language == 'zh-CN' else '萬'}"


def _any_language(pages: Pages, channel: str) -> str:
    return f" {pages.dice.one(CHANNEL.labels[channel].all())} "


_WAYS: Final[tuple[tuple[str, str, Callable[[RowDict], bool], Callable[[Pages, Any], Any]], ...]] = (
    ("activities", "date", lambda row: True, _day),
    ("activities", "effective", lambda row: row["effective"] == "yes", lambda pages, _: pages.dice.one(_YES)),
    ("activities", "minutes", lambda row: row["minutes"] is not None, _wide),
    ("customers", "assets", lambda row: row["assets"] % 1000 == 0, _money),
    ("customers", "mobile", lambda row: True, lambda pages, mobile: int(mobile)),
    ("activities", "channel", lambda row: row["channel"] is not None, _any_language),
    ("activities", "customer_id", lambda row: row["customer_id"] is not None, lambda pages, one: f" {one} "),
    ("surveys", "date", lambda row: True, _day),
)


def respell(pages: Pages) -> list[Spelling]:
    """Write a few cells of a log in people's own ways, one of each; return where they are."""
    found = []
    for form, column, fits, write in _WAYS:
        row = pages.take(form, fits)
        if row is not None:
            found.append((form, row, column, row[column]))
            row[column] = write(pages, row[column])
    return [
        Spelling(pages.advisor.advisor_id, form, pages.place(form, row), column, meant)
        for form, row, column, meant in found
    ]
