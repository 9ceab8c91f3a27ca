"""What a log says of one customer, as a short text: whoever takes the customer over reads it in their own log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from reportkit.definitions.choices import CASE_STATUS, CATEGORY, CHANNEL, KIND, PRODUCT, STAGE
from reportkit.definitions.columns import Choices
from reportkit.definitions.forms import FORMS
from reportkit.definitions.text import Language, Text
from reportkit.read.book import Book

MOST: Final = 20  # entries told, the latest first
EARLIER: Final = Text(
    "更早 {count} 条见 {file}", "更早 {count} 條見 {file}", "{count:earlier entry is|earlier entries are} in {file}"
)  # fmt: skip
Entry = tuple[dt.date, str]


def story_of(book: Book, customer: str, language: Language) -> str:
    """Return what was done with and for a customer, a line an entry, the latest first; blank where nothing was."""
    entries = [
        entry
        for form, told in _TOLD.items()
        for _, row in book.tables[form].records()
        if row["customer_id"] == customer and (entry := told(row, language)) is not None
    ]
    entries.sort(key=lambda entry: entry[0], reverse=True)
    lines = [f"{day} {text}" for day, text in entries[:MOST]]
    if len(entries) > MOST:
        lines.append(EARLIER.fill(language, count=len(entries) - MOST, file=book.file))
    return "\n".join(lines)


def _label(choices: Choices, code: str | None, language: Language) -> str:
    return choices.labels[code].to(language) if code is not None else ""


def _line(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _talk(row: Mapping[str, Any], language: Language) -> Entry | None:
    if row["effective"] != "yes":
        return None
    words = (_label(KIND, row["kind"], language), _label(CHANNEL, row["channel"], language), row["summary"] or "")
    return row["date"], _line(*words)


def _case(row: Mapping[str, Any], language: Language) -> Entry:
    words = (
        FORMS["cases"].label.to(language),
        row["case_id"],
        _label(CATEGORY, row["category"], language),
        _label(CASE_STATUS, row["status"], language),
        _scored("cases", row["satisfaction"], language),
        row["resolution"] or "",
    )
    return row["opened_at"].date(), _line(*words)


def _visit(row: Mapping[str, Any], language: Language) -> Entry | None:
    if row["done_on"] is None:
        return None
    words = (
        FORMS["visits"].label.to(language), row["purpose"], _scored("visits", row["satisfaction"], language),
        row["needs"] or "", row["opportunity"] or "",
    )  # fmt: skip
    return row["done_on"], _line(*words)


def _survey(row: Mapping[str, Any], language: Language) -> Entry:
    words = (
        FORMS["surveys"].label.to(language),
        _scored("surveys", row["score"], language, "score"),
        row["comment"] or "",
    )
    return row["date"], _line(*words)


def _opportunity(row: Mapping[str, Any], language: Language) -> Entry:
    amount = f"{row['amount']:,.0f}" if row["amount"] is not None else ""
    words = (
        FORMS["opportunities"].label.to(language), _label(PRODUCT, row["product"], language),
        _label(STAGE, row["stage"], language), amount,
    )  # fmt: skip
    return row["closed_on"] or row["opened_on"], _line(*words)


def _scored(form: str, score: int | None, language: Language, column: str = "satisfaction") -> str:
    return f"{FORMS[form].column[column].label.to(language)} {score}" if score is not None else ""


_TOLD: Final[Mapping[str, Callable[[Mapping[str, Any], Language], Entry | None]]] = {
    "activities": _talk,
    "cases": _case,
    "visits": _visit,
    "surveys": _survey,
    "opportunities": _opportunity,
}
