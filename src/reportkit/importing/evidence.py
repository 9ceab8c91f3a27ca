"""Which column of another system's file may be which of a form: by headings, synonyms, and what the cells hold."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportkit.definitions.choices import PRODUCT, STANCE
from reportkit.definitions.columns import Column, Form, fold
from reportkit.definitions.forms import CUSTOMERS
from reportkit.importing.dating import CLOCKS, NO_YEAR, date_order, normalise_days
from reportkit.importing.headings import Labelled, clean, text_of
from reportkit.importing.likeness import alike, bare, most
from reportkit.importing.moments import TIME, moment
from reportkit.importing.remarks import cases_of
from reportkit.importing.synonyms import headings_of, meaning, passed_headings, plain, talk_headings
from reportkit.importing.value_words import NOTHING
from reportkit.importing.written import Unit, amount, duration, parts_of

ALIKE: Final = 0.72  # how much must speak for a column
SURE: Final = 0.92
SAMPLE: Final = 300
UNITS: Final[dict[Unit, re.Pattern[str]]] = {
    "seconds": re.compile(r"秒|(?<![a-z])se[ck]|\(s\)|（s）"),
    "minutes": re.compile(r"分钟|分鐘|(?<![a-z])min|\(m\)|（分）|\(分\)"),
    "hours": re.compile(r"小时|小時|(?<![a-z])(?:hours?|hrs?|stunden?|std)(?![a-z])|\(h\)|（h）"),
    "days": re.compile(r"天|(?<![a-z])(?:days?|tagen?)(?![a-z])"),
}
OWN_UNIT: Final[dict[str, Unit]] = {
    "minutes": "minutes", "waiting_minutes": "minutes", "hours": "hours", "service_hours": "hours"
}  # fmt: skip
POINTS: Final = re.compile(r"\d+\s*(?:分|星|points?|stars?|/\s*\d+|次)?")  # a score, written with what it counts
NUMERALS: Final = re.compile(r"\d+")
TWO_PARTS: Final = re.compile(r"\d+:\d\d(?::00)?")
AFTER_OPENING: Final = ("responded_at", "resolved_at")
MOST_POINTS: Final = 100
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
    at: str | None = None
    year: bool = False
    two_parts: bool = False


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
        self.order = _settled([date_order(cells) for cells in self.cells])

    def place(self, label: str) -> int:
        """Return the place of a column named so."""
        return next((at for at in range(len(self.sheet.labels)) if self.sheet.called(at) == label), -1)

    def score(self, column: Column, at: int, *, passed: bool) -> float:
        """Return how much speaks for a column of the file being one of the form, 0 where its cells cannot be."""
        whole = self.sheet.labels[at]
        labels = {bare(text) for text in (whole, whole.partition(" / ")[0], whole.rpartition(" / ")[2])}
        if passed:
            talk = talk_headings()
            names = [(one, 0.88 if one in talk else 0.97) for one in passed_headings(column.code)]
        else:
            synonyms = headings_of(self.form.code, column)
            names = [(bare(text), 1.0) for text in column.names]
            names += [(one, 0.97 - 0.002 * rank) for rank, one in enumerate(synonyms)]
            if column.kind == "datetime" and self.order[at] is not None:  # `Time to resolution` may hold a moment
                names += [(one, 0.9) for one in passed_headings(column.code)]
        near = column.kind != "id"  # the id of one thing is no id of another, however alike they are called
        best = max((alike(label, name, weight, near=near) for label in labels for name, weight in names), default=0)
        if best < ALIKE:
            return 0  # before its cells are looked at: that takes long
        fits = self._durations(at) and not self.order[at] if passed else self._fits(column, at)
        told = column.kind != "text" or best >= SURE or not self._numbers(at)
        return best if fits and told else 0

    def _numbers(self, at: int) -> bool:
        """Return whether a column holds numbers only: no text of people, whatever its heading is like."""
        return most(isinstance(amount(cell), float) for cell in self.cells[at])

    def _fits(self, column: Column, at: int) -> bool:
        """Return whether most of a column's cells are of the kind the form's column takes."""
        cells = self.cells[at]
        if not cells:
            return False
        if column.dated:
            return self.order[at] is not None or self._at_clock(column, at) or self._no_year(at)
        if column.kind == "time":
            return most(isinstance(moment(cell, (), CLOCKS), dt.time) for cell in cells)
        if column.kind in ("number", "whole"):
            if most(POINTS.fullmatch(text_of(cell)) is not None for cell in cells):
                return True
            scale = column.maximum == 5 and most(meaning(None, text_of(cell)) is not None for cell in cells)
            if _scaled(column) and most(len(NUMERALS.findall(text_of(cell))) == 1 for cell in cells):
                return True
            lasting = column.code in OWN_UNIT and self._durations(at)
            return scale or lasting or any(most(isinstance(amount(one, mark), float) for one in cells) for mark in ".,")
        if column.choices is not None:
            few = len({text_of(cell) for cell in cells}) <= max(12, len(cells) // 4)
            return few or most(meaning(column.choices, text_of(cell)) is not None for cell in cells)
        if any(isinstance(cell, bool) for cell in cells):
            return False
        return column.kind == "text" or column.kind == "email" or self.order[at] is None

    def _at_clock(self, column: Column, at: int) -> bool:
        """Return whether a column holds the clocks at which something after the opening happened."""
        return column.code in AFTER_OPENING and most(
            isinstance(moment(cell, (), CLOCKS), dt.time) for cell in self.cells[at]
        )

    def _no_year(self, at: int) -> bool:
        return most(isinstance(cell, str) and NO_YEAR.match(cell.strip()) is not None for cell in self.cells[at])

    def _durations(self, at: int) -> bool:
        return most(isinstance(duration(cell, "minutes"), dt.timedelta) for cell in self.cells[at])

    def evidence(self, column: Column, at: int, *, sure: bool, passed: bool) -> Evidence:
        """Return what a column of the file says about one of the form."""
        label, cells = self.sheet.called(at), self.cells[at]
        numbers = self._numbers(at)
        unit = next((unit for unit, sign in UNITS.items() if sign.search(label.casefold())), None)
        if passed:
            talked = column.code == "resolved_at" and any(one in plain(label) for one in talk_headings())
            start = "responded_at" if talked else "opened_at"
            two = not numbers and most(TWO_PARTS.fullmatch(text_of(cell)) is not None for cell in cells)
            return Evidence((label,), sure, start=start, unit=(unit or "seconds") if numbers else None, two_parts=two)
        if column.dated and self.order[at] is None:
            if self._no_year(at):
                return Evidence((label,), sure, year=True)
            return Evidence((label,), sure, start="opened_at", at=label)
        if (
            column.kind in ("number", "whole")
            and not numbers
            and most(
                POINTS.fullmatch(text_of(one)) is not None
                or (_scaled(column) and len(NUMERALS.findall(text_of(one))) == 1)
                for one in cells
            )
        ):
            return Evidence((label,), sure, extract=r"\d+")
        if column.code in OWN_UNIT and (not numbers or (unit is not None and unit != OWN_UNIT[column.code])):
            decimal = "," if any(COMMA.fullmatch(text_of(cell)) for cell in cells) else None
            return Evidence((label,), sure, unit=unit if numbers else None, into=OWN_UNIT[column.code], decimal=decimal)
        if column.kind == "number" and not numbers:
            return Evidence((label,), sure, decimal=",")
        dates = self.order[at] if column.dated else None
        clock = self._clock_beside(at) if column.kind == "datetime" else None
        labels = (label,) if clock is None else (label, self.sheet.called(clock))
        unknown = (dates or "").endswith("?")
        return Evidence(labels, sure, (dates or "").rstrip("?") or None, order_unknown=unknown)

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
                    used |= {self.place(label) for label in found[wanted].labels}
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
        numbered = all(NUMERALS.search(text) for text in texts)
        return (
            numbered and len(texts) == len(self.sheet.body[:SAMPLE]) == len(set(texts)) and max(map(len, texts)) <= 32
        )

    def _dated(self, at: int) -> bool:
        return self.order[at] is not None or self._no_year(at)

    def _customer(self, free: Sequence[int]) -> dict[str, Evidence]:
        """Return how a customer can be looked up, where the file has no ids."""
        for code, by in BY:
            names = [plain(text) for text in CUSTOMERS.column[code].labels]
            names += headings_of(CUSTOMERS.code, CUSTOMERS.column[code])
            for at in free:
                if max(alike(bare(self.sheet.labels[at].rpartition(" / ")[2]), one, 1.0) for one in names) >= ALIKE:
                    return {"customer_id": Evidence((self.sheet.called(at),), sure=False, lookup=by)}
        return {}

    def _spans(self) -> dict[str, Evidence]:
        """Return how long something took, where one column says when it began and another when it ended."""
        clocks = [at for at in range(len(self.cells)) if self._fits(TIME, at) or self.order[at] is not None]
        ends = [at for at in clocks if ENDS.search(self.sheet.labels[at].casefold())]
        begins = [at for at in clocks if BEGINS.search(self.sheet.labels[at].casefold())]
        if not ends or not begins:
            return {}
        return {
            "minutes": Evidence(
                (self.sheet.called(ends[0]),), False, since=self.sheet.called(begins[0]), into="minutes"
            )
        }

    def _products(self, free: Sequence[int], found: dict[str, Evidence]) -> dict[str, Evidence]:
        """Return the product columns a list of products held gives."""
        for at in free:
            entries = [part for cell in self.cells[at] for part in parts_of(text_of(cell))]
            known = [meaning(PRODUCT, entry) for entry in entries]
            if most(one is not None for one in known):
                codes = {one[0] for one in known if one is not None} & set(self.form.column) - set(found)
                return {
                    code: Evidence((self.sheet.called(at),), product=code)
                    for code in self.form.column
                    if code in codes and self.form.column[code].choices is STANCE
                }
        return {}


def _scaled(column: Column) -> bool:
    """Return whether a column takes points of a scale, which texts may hold with words around."""
    return column.maximum is not None and column.maximum <= MOST_POINTS


def _settled(orders: list[str | None]) -> list[str | None]:
    """Return how the dates of each column are written, in doubt as in the column of the file that leaves none."""
    sure = {one for one in orders if one in ("day first", "month first")}
    if len(sure) != 1:
        return orders
    (known,) = sure
    return [known if one in ("day first?", "month first?") else one for one in orders]
