"""Which column of another system's file may be which of a form: by headings, synonyms, and what the cells hold."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from reportkit.definitions.choices import PRODUCT, STANCE
from reportkit.definitions.columns import Column, Form, fold
from reportkit.definitions.text import Text
from reportkit.importing.dating import CLOCKS, date_order, normalise_days
from reportkit.importing.headings import Labelled, clean, text_of
from reportkit.importing.moments import moment
from reportkit.importing.synonyms import NOTHING, TOTALS, headings_of, meaning, passed_headings, plain, talk_headings
from reportkit.importing.written import Unit, amount, duration, parts_of

TIMED: Final = Column(Text("", "", ""), kind="time")
ALIKE: Final = 0.72  # how much must speak for a column
SURE: Final = 0.92
SAMPLE: Final = 300
UNITS: Final[dict[Unit, re.Pattern[str]]] = {
    "seconds": re.compile(r"秒|(?<![a-z])sec|\(s\)|（s）"),
    "minutes": re.compile(r"分钟|分鐘|(?<![a-z])min|\(m\)|（分）|\(分\)"),
    "hours": re.compile(r"小时|小時|(?<![a-z])(?:hours?|hrs?)(?![a-z])|\(h\)|（h）"),
    "days": re.compile(r"天|(?<![a-z])days?(?![a-z])"),
}
OWN_UNIT: Final[dict[str, Unit]] = {
    "minutes": "minutes", "waiting_minutes": "minutes", "hours": "hours", "service_hours": "hours"
}  # fmt: skip
POINTS: Final = re.compile(r"\d+\s*(?:分|星|points?|stars?|/\s*\d+|次)?")  # a score, written with what it counts
COMMA: Final = re.compile(r"\d+,\d{1,2}")
ENDS: Final = re.compile(r"end|结束|結束|挂断|掛斷|finish")
BEGINS: Final = re.compile(r"start|begin|开始|開始|接通")
BY: Final = (("mobile", "mobile"), ("phone", "phone"), ("name", "name"))  # how a customer without an id is named


@dataclass(frozen=True)
class Evidence:
    """Where a column may come from, and how its cells are written."""

    labels: tuple[str, ...]
    sure: bool = True
    dates: str | None = None
    order_unknown: bool = False
    start: str | None = None
    unit: Unit | None = None
    into: Unit | None = None
    lookup: str | None = None
    product: str | None = None
    extract: str | None = None
    decimal: str | None = None
    since: str | None = None


def cases_of(sheet: Labelled) -> Labelled:
    """Return the rows that are neither totals nor remarks of one cell below the table."""
    known = {fold(one) for one in TOTALS}
    return sheet.only([
        at for at, row in enumerate(sheet.body)
        if known.isdisjoint(fold(text_of(cell)).rstrip(":：") for cell in row[:3])
        and (len(sheet.labels) < 3 or sum(clean(cell) is not None for cell in row) > 1)
    ])  # fmt: skip


def evidence_of(form: Form, sheet: Labelled) -> dict[str, Evidence]:
    """Return column code → where it may come from; each column of the file is used once, but for lists of products."""
    sheet = cases_of(sheet)
    columns = _Columns(form, sheet)
    found: dict[str, Evidence] = {}
    used: set[int] = set()
    pairs = sorted(
        (
            (score, -at, column, passed)
            for column in form.columns
            for at in range(len(sheet.labels))
            if sheet.labels[at]
            for passed in (False, True)
            if (score := columns.score(column, at, passed=passed)) >= ALIKE
        ),
        key=lambda pair: (-pair[0], -pair[1]),
    )
    for score, at, column, passed in ((score, -at, column, passed) for score, at, column, passed in pairs):
        if column.code not in found and at not in used:
            found[column.code] = columns.evidence(column, at, sure=score >= SURE, passed=passed)
            used.add(at)
            used |= {columns.place(label) for label in found[column.code].labels}
    return columns.by_cells(found, used)


class _Columns:
    """The file's columns, looked at once each."""

    def __init__(self, form: Form, sheet: Labelled) -> None:
        self.form, self.sheet = form, sheet
        self.cells = [
            [
                row[at] for row in sheet.body[:SAMPLE]
                if at < len(row) and clean(row[at]) is not None and fold(text_of(row[at])) not in NOTHING
            ]
            for at in range(len(sheet.labels))
        ]  # fmt: skip
        self.order = [date_order(cells) for cells in self.cells]

    def called(self, at: int) -> str:
        """Return how a map names a column."""
        same = [place for place, label in enumerate(self.sheet.labels) if label == self.sheet.labels[at]]
        return self.sheet.labels[at] if len(same) == 1 else f"{self.sheet.labels[at]}#{same.index(at) + 1}"

    def place(self, label: str) -> int:
        """Return the place of a column named so."""
        return next((at for at in range(len(self.sheet.labels)) if self.called(at) == label), -1)

    def score(self, column: Column, at: int, *, passed: bool) -> float:
        """Return how much speaks for a column of the file being one of the form, 0 where its cells cannot be."""
        whole = self.sheet.labels[at]
        labels = {_bare(text) for text in (whole, whole.partition(" / ")[0], whole.rpartition(" / ")[2])}
        if passed:
            talk = talk_headings()
            names = [(one, 0.88 if one in talk else 0.97) for one in passed_headings(column.code)]
            fits = self._durations(at) and not self.order[at]
        else:
            synonyms = headings_of(self.form.code, column)
            names = [(_bare(text), 1.0) for text in (column.code, *column.label.all())]
            names += [(one, 0.97 - 0.002 * rank) for rank, one in enumerate(synonyms)]
            if column.kind == "datetime":  # `Time to resolution` may hold the moment all the same
                names += [(one, 0.9) for one in passed_headings(column.code)]
            fits = self._fits(column, at)
        near = column.kind != "id"  # the id of one thing is no id of another, however alike they are called
        alike = (_alike(label, name, weight, near=near) for label in labels for name, weight in names)
        return max(alike, default=0) if fits else 0

    def _fits(self, column: Column, at: int) -> bool:
        """Return whether most of a column's cells are of the kind the form's column takes."""
        cells = self.cells[at]
        if not cells:
            return False
        if column.kind in ("date", "datetime"):
            return self.order[at] is not None
        if column.kind == "time":
            return _most(isinstance(moment(cell, (), CLOCKS), dt.time) for cell in cells)
        if column.kind in ("number", "whole"):
            if _most(POINTS.fullmatch(text_of(cell)) is not None for cell in cells):
                return True
            scale = column.maximum == 5 and _most(meaning(None, text_of(cell)) is not None for cell in cells)
            lasting = column.code in OWN_UNIT and self._durations(at)
            return (
                scale or lasting or any(_most(isinstance(amount(one, mark), float) for one in cells) for mark in ".,")
            )
        if column.choices is not None:
            few = len({text_of(cell) for cell in cells}) <= max(12, len(cells) // 4)
            return few or _most(meaning(column.choices, text_of(cell)) is not None for cell in cells)
        return column.kind == "text" or column.kind == "email" or self.order[at] is None

    def _durations(self, at: int) -> bool:
        return _most(isinstance(duration(cell, "minutes"), dt.timedelta) for cell in self.cells[at])

    def evidence(self, column: Column, at: int, *, sure: bool, passed: bool) -> Evidence:
        """Return what a column of the file says about one of the form."""
        label, cells = self.called(at), self.cells[at]
        bare = _most(isinstance(amount(cell), float) for cell in cells)
        unit = next((unit for unit, sign in UNITS.items() if sign.search(label.casefold())), None)
        if passed:
            talked = column.code == "resolved_at" and any(one in plain(label) for one in talk_headings())
            start = "responded_at" if talked else "opened_at"
            return Evidence((label,), sure, start=start, unit=(unit or "seconds") if bare else None)
        if (
            column.kind in ("number", "whole")
            and not bare
            and _most(POINTS.fullmatch(text_of(one)) is not None for one in cells)
        ):
            return Evidence((label,), sure, extract=r"\d+")
        if column.code in OWN_UNIT and (not bare or (unit is not None and unit != OWN_UNIT[column.code])):
            decimal = "," if any(COMMA.fullmatch(text_of(cell)) for cell in cells) else None
            return Evidence((label,), sure, unit=unit if bare else None, into=OWN_UNIT[column.code], decimal=decimal)
        if column.kind == "number" and not bare:
            return Evidence((label,), sure, decimal=",")
        dates = self.order[at] if column.kind in ("date", "datetime") else None
        clock = self._clock_beside(at) if column.kind == "datetime" else None
        return Evidence(
            (label, self.called(clock)) if clock is not None else (label,), sure, (dates or "").rstrip("?") or None,
            order_unknown=bool(dates) and str(dates).endswith("?"),
        )  # fmt: skip

    def _clock_beside(self, at: int) -> int | None:
        """Return the column of times that follows a column of days, if there is one."""
        days = [moment(cell, ((self.order[at] or "").rstrip("?") or "day first",), CLOCKS) for cell in self.cells[at]]
        if any(isinstance(day, dt.datetime) and day.time() != dt.time() for day in normalise_days(days)):
            return None
        beside = at + 1
        if beside >= len(self.cells) or not self.cells[beside]:
            return None
        times = (moment(cell, (), CLOCKS) for cell in self.cells[beside])
        return beside if all(isinstance(one, dt.time) for one in times) else None

    def by_cells(self, found: dict[str, Evidence], used: set[int]) -> dict[str, Evidence]:
        """Return what was found and what only the cells tell: an id, a day, customers by phone, lists of products."""
        free = [at for at in range(len(self.cells)) if self.cells[at] and self.sheet.labels[at] and at not in used]
        for wanted, fits in ((self.form.id_column, self._names_rows), (self.form.day_column, self._dated)):
            if wanted is not None and wanted not in found:
                at = next((at for at in free if at not in used and fits(at)), None)
                if at is not None:
                    found[wanted] = self.evidence(self.form.column[wanted], at, sure=False, passed=False)
                    used.add(at)
        customer = self.form.column.get("customer_id")
        if customer is not None and customer.refers_to and "customer_id" not in found:
            found |= self._customer([at for at in free if at not in used])
        if "minutes" in self.form.column and "minutes" not in found:
            found |= self._spans()
        if self.form.code == "customers":
            found |= self._products([at for at in free if at not in used], found)
        return found

    def _names_rows(self, at: int) -> bool:
        texts = [text_of(cell) for cell in self.cells[at]]
        return len(texts) == len(self.sheet.body[:SAMPLE]) == len(set(texts)) and max(map(len, texts)) <= 32

    def _dated(self, at: int) -> bool:
        return self.order[at] is not None

    def _customer(self, free: Sequence[int]) -> dict[str, Evidence]:
        """Return how a customer can be looked up, where the file has no ids."""
        from reportkit.definitions.forms import CUSTOMERS

        for code, by in BY:
            names = [plain(text) for text in CUSTOMERS.column[code].label.all()]
            names += headings_of(CUSTOMERS.code, CUSTOMERS.column[code])
            for at in free:
                if max(_alike(_bare(self.sheet.labels[at].rpartition(" / ")[2]), one, 1.0) for one in names) >= ALIKE:
                    return {"customer_id": Evidence((self.called(at),), sure=False, lookup=by)}
        return {}

    def _spans(self) -> dict[str, Evidence]:
        """Return how long something took, where one column says when it began and another when it ended."""
        clocks = [at for at in range(len(self.cells)) if self._fits(TIMED, at) or self.order[at] is not None]
        ends = [at for at in clocks if ENDS.search(self.sheet.labels[at].casefold())]
        begins = [at for at in clocks if BEGINS.search(self.sheet.labels[at].casefold())]
        if not ends or not begins:
            return {}
        return {"minutes": Evidence((self.called(ends[0]),), False, since=self.called(begins[0]), into="minutes")}

    def _products(self, free: Sequence[int], found: dict[str, Evidence]) -> dict[str, Evidence]:
        """Return the product columns a list of products held gives."""
        for at in free:
            entries = [part for cell in self.cells[at] for part in parts_of(text_of(cell))]
            known = [meaning(PRODUCT, entry) for entry in entries]
            if _most(one is not None for one in known):
                codes = {one[0] for one in known if one is not None} & set(self.form.column) - set(found)
                return {
                    code: Evidence((self.called(at),), product=code)
                    for code in self.form.column
                    if code in codes and self.form.column[code].choices is STANCE
                }
        return {}


def _most(flags: Iterable[bool]) -> bool:
    told = list(flags)
    return bool(told) and sum(told) * 3 >= len(told) * 2


def _bare(heading: str) -> str:
    """Return a heading folded, without a unit in brackets."""
    return plain(re.sub(r"[(（].*?[)）]", "", heading)).rstrip(".:：") or plain(heading)


def _alike(label: str, name: str, weight: float, *, near: bool = True) -> float:
    """Return how much a heading is like a name: the same, one within the other, or nearly the same letters."""
    if label == name:
        return weight
    if len(name) >= (5 if name.isascii() else 2) and name in label:
        return weight * (0.74 + 0.2 * len(name) / len(label))
    return weight * SequenceMatcher(None, label, name).ratio() * 0.95 if near else 0.0
