"""What indicators, tiers and segments ask for, from their rows in the settings; what cannot be used is a finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, cast

from reportkit.definitions.choices import MEASURE, UNIT
from reportkit.definitions.columns import Column, Form, Kind, Row, fold
from reportkit.definitions.derived import AT_START, OF_CUSTOMER, OTHERS_ROWS, countable, divisors, in_portfolio
from reportkit.definitions.findings import Finding, Place, finding
from reportkit.definitions.forms import CUSTOMERS, FORMS
from reportkit.definitions.settings_forms import SETTINGS_FORMS, IndicatorRow, SegmentRow, TierRow
from reportkit.definitions.text import Text, joined
from reportkit.settings.conditions import Condition, ConditionError, label_of, names_of, parse
from reportkit.settings.naming import stranger

Measure = Literal["count", "distinct", "sum", "mean", "ratio"]
Period = Literal["day", "week", "month", "two_months"]
PERIODS_OF_A_WEEK: Final[tuple[Period, ...]] = ("day", "week")  # those a week's report shows whole
Direction = Literal["at_least", "at_most"]
INDICATOR_FORM: Final = SETTINGS_FORMS["indicators"]
COMES_LATER: Final = frozenset({"status", "stage", "resolved_at"})  # columns filled in as a row's matter goes on
Kinds = tuple[tuple[Kind, ...], Text]  # kinds of columns, and what they are called
DAYS: Final[Kinds] = ("date", "datetime"), Text("本表的日期列", "本表的日期欄", "a column of dates of the form itself")
NUMBERS: Final[Kinds] = ("number", "whole"), Text("数字列", "數字欄", "a column of numbers")
A_NUMBER: Final = Text("“次”“人”等", "「次」「人」等", "times, customers or another number")
USED_BY: Final[Mapping[str, tuple[Measure, ...]]] = {  # by no other measure
    "column": ("distinct", "sum", "mean"), "part": ("ratio",), "per": ("ratio",)
}  # fmt: skip


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
    def forms(self) -> tuple[str, ...]:
        """The forms whose rows the value is made of, its own first."""
        compared = [name for one in (*self.where, *self.part) for name in (one.column, one.other)]
        names = [name for name in (self.on, self.column, *compared) if name]
        customers = [CUSTOMERS.code for name in names if name.startswith(OF_CUSTOMER)]
        others = [OTHERS_ROWS.get(name.removeprefix(OF_CUSTOMER), self.form.code) for name in names]
        return tuple(dict.fromkeys((self.form.code, *customers, *others, *(self.per or ())[:1])))

    @cached_property
    def adds_up(self) -> bool:
        """Whether the value is a plain sum of its days: neither a ratio nor a mean."""
        return self.measure not in ("ratio", "mean")

    @cached_property
    def scaled(self) -> bool:
        """Whether the target grows with working days (DOMAIN §3: never a share, a mean, a rate or an at-most)."""
        return self.adds_up and self.direction == "at_least"

    @cached_property
    def is_share(self) -> bool:
        """Whether the value is a part of a whole: of rows, or of the customers there were."""
        of_customers = self.counts_stock and self.form.code == CUSTOMERS.code
        return self.measure == "ratio" and (self.per is None or of_customers)

    @cached_property
    def settles(self) -> bool:
        """Whether rows of a past window may yet join the part: it asks how far they have come since they began."""
        return self.is_share and self.on == self.form.day_column and any(one.column in COMES_LATER for one in self.part)

    @cached_property
    def counts_stock(self) -> bool:
        """Whether the denominator is the customers at the start of the window."""
        return self.per == AT_START

    @cached_property
    def by_days(self) -> bool:
        """Whether the value grows with the days worked: a sum of them, or that over the customers there are."""
        return self.adds_up or self.counts_stock


@dataclass(frozen=True)
class Rule:
    """One rule of the tiers or segments: the first that a customer meets wins."""

    code: str
    name: Text
    where: tuple[Condition, ...]
    written: str
    cadence_days: float | None = None


def indicator_of(row: Row, place: Place, found: list[Finding]) -> Indicator | None:
    """Return the indicator a row describes, or None where it cannot be used or is switched off."""
    assert isinstance(row, IndicatorRow)  # noqa: S101 # the sheet's form says so
    form = FORMS[row.form]
    columns = countable(row.form)
    where = _conditions(row.where, columns, place, "where", found)
    part = _conditions(row.part, columns, place, "part", found)
    own = {code: described for code, described in columns.items() if not code.startswith(OF_CUSTOMER)}
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
    indicator = Indicator(
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
    percent = indicator.unit == "percent"
    if percent if indicator.adds_up else indicator.is_share and not percent:
        at, unit = _at(place, INDICATOR_FORM, "unit"), UNIT.labels[indicator.unit]
        fitting = A_NUMBER if percent else Text.same("%")
        found.append(
            finding(
                "settings.unit", at, value=row.unit, measure=MEASURE.labels[row.measure], unit=unit, fitting=fitting
            )
        )
    if indicator.period == "day" and indicator.adds_up and not indicator.scaled:
        found.append(finding("settings.daily_limit", _at(place, INDICATOR_FORM, "period")))
    return indicator


def _lacks(row: IndicatorRow, told_apart: str | None) -> str | None:
    """Return the cell a measure cannot do without and that is blank: a share of all rows is 100 % whatever is done."""
    if row.measure in ("sum", "mean") or (row.measure == "distinct" and told_apart is None):
        return "column" if row.column is None else None
    return "part" if row.measure == "ratio" and row.part is None and row.per is None else None


def _name_unused(row: IndicatorRow, place: Place, found: list[Finding]) -> None:
    """Name the cells the measure has no use for, which count as blank: a condition there is none."""
    for column, measures in USED_BY.items():
        written = getattr(row, column)
        if written is not None and row.measure not in measures:
            said = joined((MEASURE.labels[one] for one in measures), " / ")
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
    names = {fold(c.code): name for name, c in columns.items()} | names_of(columns)
    known = names.get(fold(written))
    if known is None:
        fit = {text: name for text, name in names.items() if kinds is None or columns[name].kind in kinds[0]}
        offers: dict[str, str | Text] = {text: label_of(name, columns) for text, name in fit.items()}
        found.append(stranger(written, offers, _at(place, INDICATOR_FORM, column)))
    elif kinds is not None and columns[known].kind not in kinds[0]:
        found.append(finding("value.type", _at(place, INDICATOR_FORM, column), value=written, expected=kinds[1]))
        return None
    return known


def _per(written: str | None, place: Place, found: list[Finding]) -> tuple[tuple[str, str] | None, bool]:
    """Return the (form, column) a ratio divides by, and whether the cell could be used."""
    if written is None:
        return None, True
    named = {fold(text): key for key, name in divisors().items() for text in (".".join(key), *name.all())}
    form, _, column = written.partition(".")
    form, column = named.get(fold(written), (form, column))
    if (form, column) == AT_START:
        return AT_START, True
    if form in FORMS and column in countable(form):
        if _divides((form, column)):
            return (form, column), True
        found.append(finding("value.type", _at(place, INDICATOR_FORM, "per"), value=written, expected=NUMBERS[1]))
        return None, False
    offers: dict[str, str | Text] = {text: divisors()[key] for text, key in named.items() if _divides(key)}
    found.append(stranger(written, offers, _at(place, INDICATOR_FORM, "per")))
    return None, False


def _divides(per: tuple[str, str]) -> bool:
    """Return whether a ratio can divide by a column: the sum of its numbers, or the customers at the start."""
    form, column = per
    return per == AT_START or countable(form)[column].kind in NUMBERS[0]


def rules_of(
    rows: Iterable[tuple[Row, Place]], found: list[Finding], tiers: Sequence[TierRow] = ()
) -> tuple[Rule, ...]:
    """Return the ordered rules of the tiers or the segments; a segment's may ask for `tiers`, by code or name."""
    columns = in_portfolio({row.code: row.names for row in reversed(tiers)})
    rules: list[Rule] = []
    for_all: Place | None = None
    for row, place in rows:
        assert isinstance(row, TierRow)  # noqa: S101 # SegmentRow is one too
        if for_all is not None:
            at = _at(place, INDICATOR_FORM, "where")
            found.append(finding("settings.unreached", at, value=row.name, first=str(for_all.row)))
        elif row.where is None:
            for_all = place
        where = _conditions(row.where, columns, place, "where", found)
        if where is not None:
            cadence = row.cadence_days if isinstance(row, SegmentRow) else None
            rules.append(Rule(row.code, row.names, where, row.where or "", cadence))
    return tuple(rules)
