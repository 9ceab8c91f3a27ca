"""A branch's settings: who works there, what is counted, which targets are in force (DOMAIN §2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal, cast

from reportkit.definitions.catalogue import settings_rows
from reportkit.definitions.choices import MEASURE
from reportkit.definitions.columns import Column, Form, Kind, Row, fold
from reportkit.definitions.derived import AT_START, countable, divisors, in_portfolio
from reportkit.definitions.errors import MendInput
from reportkit.definitions.findings import Finding, Place, finding
from reportkit.definitions.forms import FORMS
from reportkit.definitions.settings_forms import (
    SETTINGS_FORMS,
    BranchRow,
    CalendarRow,
    FaqRow,
    IndicatorRow,
    LevelRow,
    LimitRow,
    MailRow,
    RosterRow,
    SegmentRow,
    TargetRow,
    TierRow,
)
from reportkit.definitions.text import DEFAULT_LANGUAGE, LANGUAGES, Language, Text, language_of
from reportkit.read.book import Book, Table
from reportkit.settings.calendars import TradingCalendar, zone_of, zones_are_known
from reportkit.settings.conditions import Condition, ConditionError, parse
from reportkit.settings.naming import roster, stranger, targets

Measure = Literal["count", "distinct", "sum", "mean", "ratio"]
Period = Literal["day", "week", "month", "two_months"]
Direction = Literal["at_least", "at_most"]


@dataclass(frozen=True)
class Indicator:
    """What is counted, in which rows, over which period, in which direction.

    `on` dates a row; `column` is what is told apart, summed or averaged; of a ratio, `part` is what rows must meet
    besides `where`, and `per` the (form, column) whose sum divides, `AT_START` the customers at the window's start.
    """

    code: str
    label: Text
    form: Form
    on: str
    where: tuple[Condition, ...]
    measure: Measure
    column: str | None
    part: tuple[Condition, ...]
    per: tuple[str, str] | None
    period: Period
    direction: Direction
    unit: str

    @cached_property
    def adds_up(self) -> bool:
        """Whether the value is a plain sum of its days: neither a ratio nor a mean."""
        return self.measure not in ("ratio", "mean")

    @cached_property
    def scaled(self) -> bool:
        """Whether the target grows with working days (DOMAIN §3: never a share, a mean, a rate or an at-most)."""
        return self.adds_up and self.direction == "at_least"

    @cached_property
    def counts_stock(self) -> bool:
        """Whether the denominator is the customers at the start of the window."""
        return self.per == AT_START


@dataclass(frozen=True)
class Rule:
    """One rule of the tiers or segments: the first that a customer meets wins."""

    code: str
    name: Text
    where: tuple[Condition, ...]
    written: str
    cadence_days: float | None = None


@dataclass(frozen=True)
class Settings:
    """A branch's settings, checked; `findings` name what could not be used."""

    branch: BranchRow
    roster: tuple[RosterRow, ...] = ()
    levels: tuple[LevelRow, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    targets: tuple[TargetRow, ...] = ()
    limits: tuple[LimitRow, ...] = ()
    tiers: tuple[Rule, ...] = ()
    segments: tuple[Rule, ...] = ()
    faq: tuple[FaqRow, ...] = ()
    mail: tuple[MailRow, ...] = ()
    calendar: TradingCalendar = field(default_factory=TradingCalendar)
    findings: tuple[Finding, ...] = ()

    @property
    def language(self) -> Language:
        """The branch's language."""
        return language_of(self.branch.language)

    @property
    def zone(self) -> dt.tzinfo | None:
        """The branch's time zone, None for that of the machine: whose today it is."""
        return zone_of(self.branch.time_zone)

    @cached_property
    def indicator(self) -> dict[str, Indicator]:
        """Code → indicator."""
        return {indicator.code: indicator for indicator in self.indicators}

    @cached_property
    def targets_of(self) -> dict[str, tuple[TargetRow, ...]]:
        """Indicator code → its target rows."""
        return {code: tuple(row for row in self.targets if row.indicator == code) for code in self.indicator}

    def roster_of(self, advisor_id: str) -> tuple[RosterRow, ...]:
        """Return the rows of one advisor, earliest first."""
        return self._posts.get(advisor_id, ())

    @cached_property
    def _posts(self) -> dict[str, tuple[RosterRow, ...]]:
        """Advisor → their rows, earliest first."""
        posts: dict[str, tuple[RosterRow, ...]] = {}
        for row in sorted(self.roster, key=lambda row: row.from_ or dt.date.min):
            posts[row.advisor_id] = (*posts.get(row.advisor_id, ()), row)
        return posts

    def post(self, advisor_id: str, day: dt.date) -> RosterRow | None:
        """Return the roster row in force on a day, else the nearest one, else None for a stranger."""
        rows = self.roster_of(advisor_id)
        begun = [row for row in rows if row.from_ is None or row.from_ <= day]
        return begun[-1] if begun else rows[0] if rows else None

    def keeps_log(self, advisor_id: str) -> bool:
        """Return whether an advisor keeps a log: at one of their levels, or at one nobody described."""
        without = {level.code for level in self.levels if level.log == "no"}
        return not {row.level for row in self.roster_of(advisor_id)} <= without

    @cached_property
    def advisors(self) -> tuple[str, ...]:
        """The advisors of the roster, each once, in its order."""
        return tuple(dict.fromkeys(row.advisor_id for row in self.roster))


@dataclass(frozen=True)
class _Sheet:
    """The rows of one settings sheet with the places they stand at."""

    rows: list[tuple[Row, Place]]

    def of(self, kind: type[Row]) -> tuple[Any, ...]:
        return tuple(row for row, _ in self.rows if isinstance(row, kind))


def default_settings(language: Language = DEFAULT_LANGUAGE) -> Settings:
    """Return the settings of a new branch: the default catalogue and an empty roster."""
    return settings_from_rows(settings_rows(language), language)


def settings_from_rows(rows: Mapping[str, Sequence[Mapping[str, Any]]], language: Language) -> Settings:
    """Make settings of plain rows (settings form code → rows of column code → value)."""
    sheets = {
        code: _Sheet([(SETTINGS_FORMS[code].row(**row), Place(sheet=code)) for row in rows.get(code, ())])
        for code in SETTINGS_FORMS
    }
    return _settings(sheets, language)


ZONES: Final = Text(
    "时区的名称，如 Asia/Shanghai", "時區的名稱，如 Asia/Shanghai", "the name of a time zone such as Asia/Shanghai"
)
UNUSABLE: Final = Text(
    "设置文件 {file} 不能用：{said}",
    "設定檔 {file} 不能用：{said}",
    "The settings {file} cannot be used: {said}",
)


def load_settings(path: Path) -> Settings:
    """Read a settings workbook; what cannot be used is in its findings."""
    from reportkit.read.workbook import read_book
    from reportkit.validate.workbook import validate

    return settings_from_book(validate(read_book(path, SETTINGS_FORMS), today=dt.date.max))


def opened_settings(path: Path) -> Settings:
    """Read a settings workbook. Raise MendInput where the file itself cannot be used: no figure stands without it."""
    settings = load_settings(path)
    for found in settings.findings:
        if found.severity == "error" and found.code.startswith("file."):
            raise MendInput(UNUSABLE, file=path, said=Text(*map(found.message, LANGUAGES)))
    return settings


def settings_from_book(book: Book) -> Settings:
    """Make settings of a validated settings workbook."""
    sheets = {code: _Sheet(_rows(book, table)) for code, table in book.tables.items()}
    for code in SETTINGS_FORMS:
        sheets.setdefault(code, _Sheet([]))
    settings = _settings(sheets, DEFAULT_LANGUAGE)
    in_cells = (replace(found, place=_in_its_cell(found.place, book)) for found in settings.findings)
    return replace(settings, findings=(*book.findings, *in_cells))


def _in_its_cell(place: Place, book: Book) -> Place:
    """Return a place with the cell where its row and column meet."""
    if place.row is None or place.column is None:
        return place
    named = next((table for table in book.tables.values() if table.name == place.sheet), None)
    return named.place(book.file, place.row, place.column.code) if named else place


def _rows(book: Book, table: Table) -> list[tuple[Row, Place]]:
    """Return a table's rows as models with their places."""
    return [(table.form.row(**values), table.place(book.file, number)) for number, values in table.records()]


def _settings(sheets: Mapping[str, _Sheet], language: Language) -> Settings:
    found: list[Finding] = []
    branch = next(iter(sheets["branch"].of(BranchRow)), BranchRow(name="", code="", language=language))
    if branch.time_zone and zone_of(branch.time_zone) is None and zones_are_known():
        place = replace(sheets["branch"].rows[0][1], column=SETTINGS_FORMS["branch"].column["time_zone"])
        found.append(finding("value.type", place, severity="warning", value=branch.time_zone, expected=ZONES))
    indicators = [_indicator(row, place, found) for row, place in sheets["indicators"].rows]
    usable = tuple(indicator for indicator in indicators if indicator is not None)
    # An inactive indicator is known, so its targets are no mistake; it is just not counted.
    known = [cast(IndicatorRow, row) for row, _ in sheets["indicators"].rows]
    levels = sheets["levels"].of(LevelRow)
    people = roster(sheets["roster"].rows, levels, found)
    return Settings(
        branch=branch,
        roster=people,
        levels=levels,
        indicators=usable,
        targets=targets(sheets["targets"].rows, known, levels, people, found),
        limits=sheets["limits"].of(LimitRow),
        tiers=_rules(sheets["tiers"], found),
        segments=_rules(sheets["segments"], found),
        faq=sheets["faq"].of(FaqRow),
        mail=sheets["mail"].of(MailRow),
        calendar=TradingCalendar({row.date: row.kind == "work" for row in sheets["calendar"].of(CalendarRow)}),
        findings=tuple(found),
    )


def _indicator(row: Row, place: Place, found: list[Finding]) -> Indicator | None:
    """Return the indicator a row describes, or None where it cannot be used or is switched off."""
    assert isinstance(row, IndicatorRow)  # noqa: S101 # the sheet's form says so
    form = FORMS[row.form]
    columns = countable(row.form)
    where = _conditions(row.where, columns, place, "where", found)
    part = _conditions(row.part, columns, place, "part", found)
    own = {code: described for code, described in columns.items() if not code.startswith("customer.")}
    on = _reference(row.on or form.day_column, own, place, "on", found, DAYS)
    adds = NUMBERS if row.measure in ("sum", "mean") else None
    told_apart = "customer_id" if row.measure == "distinct" and "customer_id" in columns else None
    column = _reference(row.column or told_apart, columns, place, "column", found, adds)
    per, per_known = _per(row.per, place, found)
    usable = None not in (where, part, on) and per_known and (row.column is None or column is not None)
    lacks = _lacks(row, told_apart)
    if lacks is not None:
        found.append(finding("value.required", _at(place, INDICATOR_FORM, lacks)))
    if not usable or lacks is not None or row.active == "no":
        return None
    _name_unused(row, place, found)
    return Indicator(
        code=row.code,
        label=Text(row.label, row.label_tw or row.label, row.label_en or row.label),
        form=form,
        on=cast(str, on),
        where=cast(tuple[Condition, ...], where),
        measure=cast(Measure, row.measure),
        column=column,
        part=cast(tuple[Condition, ...], part) if row.measure == "ratio" else (),
        per=per if row.measure == "ratio" else None,
        period=cast(Period, row.period),
        direction=cast(Direction, row.direction),
        unit=row.unit,
    )


INDICATOR_FORM: Final = SETTINGS_FORMS["indicators"]
Kinds = tuple[tuple[Kind, ...], Text]  # kinds of columns, and what they are called
DAYS: Final[Kinds] = ("date", "datetime"), Text("本表的日期列", "本表的日期欄", "a column of dates of the form itself")
NUMBERS: Final[Kinds] = ("number", "whole"), Text("数字列", "數字欄", "a column of numbers")


def _lacks(row: IndicatorRow, told_apart: str | None) -> str | None:
    """Return the cell a measure cannot do without and that is blank: a share of all rows is 100 % whatever is done."""
    if row.measure in ("sum", "mean") or (row.measure == "distinct" and told_apart is None):
        return "column" if row.column is None else None
    return "part" if row.measure == "ratio" and row.part is None and row.per is None else None


USED_BY: Final[Mapping[str, tuple[Measure, ...]]] = {  # by no other measure
    "column": ("distinct", "sum", "mean"), "part": ("ratio",), "per": ("ratio",)
}  # fmt: skip


def _name_unused(row: IndicatorRow, place: Place, found: list[Finding]) -> None:
    """Name the cells the measure has no use for, which count as blank: a condition there is none."""
    for column, measures in USED_BY.items():
        written = getattr(row, column)
        if written is not None and row.measure not in measures:
            said = Text(*(" / ".join(MEASURE.labels[one].to(language) for one in measures) for language in LANGUAGES))
            at = _at(place, INDICATOR_FORM, column)
            found.append(
                finding("settings.unused", at, value=written, measure=MEASURE.labels[row.measure], used_by=said)
            )


def _at(place: Place, form: Form, column: str) -> Place:
    """Return the place of a column in a row's place."""
    return Place(place.file, place.sheet, place.row, form.column[column], place.cell)


def _conditions(
    written: str | None, columns: Mapping[str, Column], place: Place, column: str, found: list[Finding]
) -> tuple[Condition, ...] | None:
    """Return the conditions of a cell, or None with a finding."""
    try:
        return parse(written, columns)
    except ConditionError as error:
        at = _at(place, INDICATOR_FORM, column)
        found.append(finding("settings.condition", at, value=written, reason=error.reason))
        return None


def _reference(
    written: str | None,
    columns: Mapping[str, Column],
    place: Place,
    column: str,
    found: list[Finding],
    kinds: Kinds | None = None,
) -> str | None:
    """Return the code of the column a cell names, by code or label; a stranger or one of another kind is a finding."""
    if written is None:
        return None
    names = {fold(text): code for code, c in columns.items() for text in (code, *c.names)}
    names |= {fold(code): code for code in columns}
    known = names.get(fold(written))
    if known is None:
        found.append(stranger(written, names, _at(place, INDICATOR_FORM, column)))
    elif kinds is not None and columns[known].kind not in kinds[0]:
        found.append(finding("value.type", _at(place, INDICATOR_FORM, column), value=written, expected=kinds[1]))
        return None
    return known


def _per(written: str | None, place: Place, found: list[Finding]) -> tuple[tuple[str, str] | None, bool]:
    """Return the (form, column) a ratio divides by, and whether the cell could be used."""
    if written is None:
        return None, True
    named = [(key, text) for key, name in divisors().items() for text in (".".join(key), *name.all())]
    form, _, column = written.partition(".")
    form, column = {fold(text): key for key, text in named}.get(fold(written), (form, column))
    if (form, column) == AT_START:
        return AT_START, True
    if form in FORMS and column in countable(form):
        if countable(form)[column].kind in NUMBERS[0]:
            return (form, column), True
        found.append(finding("value.type", _at(place, INDICATOR_FORM, "per"), value=written, expected=NUMBERS[1]))
        return None, False
    found.append(stranger(written, {fold(text): text for _, text in named}, _at(place, INDICATOR_FORM, "per")))
    return None, False


def _rules(sheet: _Sheet, found: list[Finding]) -> tuple[Rule, ...]:
    """Return the ordered rules of the tiers or the segments."""
    rules: list[Rule] = []
    for row, place in sheet.rows:
        assert isinstance(row, TierRow)  # noqa: S101 # SegmentRow is one too
        where = _conditions(row.where, in_portfolio(), place, "where", found)
        if where is not None:
            name = Text(row.name, row.name_tw or row.name, row.name_en or row.name)
            cadence = row.cadence_days if isinstance(row, SegmentRow) else None
            rules.append(Rule(row.code, name, where, row.where or "", cadence))
    return tuple(rules)
