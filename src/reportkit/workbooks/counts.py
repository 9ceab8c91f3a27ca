"""How much of an indicator is done, counted by native formulas over the daily log (DOMAIN §3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from reportkit.definitions.choices import YES_NO
from reportkit.definitions.columns import Column
from reportkit.definitions.derived import DAYS_SINCE_CONTACT, OF_CUSTOMER
from reportkit.definitions.forms import ACTIVITIES, CUSTOMERS
from reportkit.settings.conditions import Condition
from reportkit.settings.indicator_rows import Indicator
from reportkit.workbooks.checks import known
from reportkit.workbooks.formulas import EXPRESSIBLE_KINDS, of_cell, of_column, reach
from reportkit.workbooks.hidden import HiddenSheet, Range
from reportkit.workbooks.lists import Lists, name_of

SLOTS: Final = 120  # rows of one day the board can count; beyond, it says so
_NEW_LINE: Final = "CHAR(10)"


@dataclass(frozen=True)
class Slots:
    """The rows of the board's day: columns of equal length, a row of the log each, "" where there are no more.

    `row` is the place in the daily log, `customer` the place in customers, `valid` 1 where the row counts.
    """

    row: Range
    customer: Range
    valid: Range
    fields: dict[str, Range]
    since_contact: str  # the test that an earlier row is an effective contact
    hidden: HiddenSheet

    def field(self, name: str) -> Range | None:
        """Return the column of a form's or its customer's column as codes and numbers, added when first used."""
        if name not in self.fields:
            form, at = (CUSTOMERS, self.customer) if name.startswith(OF_CUSTOMER) else (ACTIVITIES, self.row)
            column = form.column.get(name.removeprefix(OF_CUSTOMER))
            if column is None or column.kind not in EXPRESSIBLE_KINDS:
                return None
            self.fields[name] = _add_field(self.hidden, form.code, column, at, name)
        return self.fields[name]


def add_slots(hidden: HiddenSheet, lists: Lists) -> Slots:
    """Add the rows of the board's day to the workings."""

    def next_row(i: int, whole: Range) -> str:
        if i == 0:
            return 'IFERROR(MATCH(board_date,activities_date,0),"")'
        before = whole.at(i - 1)
        rest = f"INDEX(activities_date,{before}+1):INDEX(activities_date,ROWS(activities_date))"
        return f'IF({before}="","",IFERROR({before}+MATCH(board_date,{rest},0),""))'

    row = hidden.formulas("row", SLOTS, next_row)
    fields = {
        code: _add_field(hidden, ACTIVITIES.code, ACTIVITIES.column[code], row, code)
        for code in ("kind", "customer_id", "next_on")
    }
    who = fields["customer_id"]
    ids = name_of(CUSTOMERS.code, "customer_id")
    customer = hidden.formulas(
        "customer", SLOTS, lambda i, _: f'IF({who.at(i)}="","",IFERROR({known(who.at(i), ids)},""))'
    )
    valid = hidden.formulas("valid", SLOTS, lambda i, _: _valid(row, customer, fields, i))
    return Slots(row, customer, valid, fields, _earlier_contacts(lists), hidden)


def _add_field(hidden: HiddenSheet, form: str, column: Column, at: Range, heading: str) -> Range:
    """Add what a column holds in each slot: a choice as its code, a number, a text; "" for blank or wrong."""
    name = name_of(form, column.code)

    def cell(i: int, _: Range) -> str:
        raw = f"INDEX({name},{at.at(i)})"
        if column.choices is not None:
            choices = column.choices.code
            found = (
                f'IFERROR(INDEX(codes_{choices},MATCH(TRIM({raw}),written_{choices},0)),"{column.blank_means or ""}")'
            )
        elif column.kind in ("text", "id"):
            found = f"TRIM({raw})"
        else:
            fits = "*".join((f"ISNUMBER({raw})", *reach(column, raw)))
            found = f'IF({fits},{raw},"")'
        return f'IF({at.at(i)}="","",{found})'

    return hidden.formulas(heading, SLOTS, cell)


def _valid(row: Range, customer: Range, fields: dict[str, Range], i: int) -> str:
    """Return the formula whether kind, customer and follow-up date of a row fit, so that it counts (DOMAIN §8)."""
    kind, who, following = (fields[code].at(i) for code in ("kind", "customer_id", "next_on"))
    wrong = (
        f'{kind}=""',
        f'AND({who}="",ISNUMBER(MATCH({kind},customer_kinds,0)))',
        f'AND({who}<>"",{customer.at(i)}="")',
        f'AND({who}<>"",ISNUMBER(MATCH({kind},broadcast_kinds,0)))',
        f"AND(ISNUMBER({following}),{following}<board_date)",
    )
    return f'IF({row.at(i)}="",0,IFERROR(IF(OR({",".join(wrong)}),0,1),0))'


def _earlier_contacts(lists: Lists) -> str:
    """Return the factors that pick effective contacts dated before the board's day."""
    yes = lists.written[YES_NO.code]["yes"]
    return (
        "ISNUMBER(activities_date)*(activities_date<board_date)"
        f"*ISNUMBER(MATCH(TRIM(activities_effective),{yes},0))"
        "*ISNUMBER(MATCH(TRIM(activities_kind),customer_kinds,0))"
    )


def count_of_day(hidden: HiddenSheet, slots: Slots, indicator: Indicator) -> str | None:
    """Add an indicator's test of every slot; return the formula of its figure on the board's day, or None."""
    if indicator.form is not ACTIVITIES or indicator.on != "date" or indicator.measure not in ("count", "distinct"):
        return None
    if indicator.measure == "distinct" and indicator.column != "customer_id":
        return None
    plain = [c for c in indicator.where if c.column != DAYS_SINCE_CONTACT.code]
    waiting = [c for c in indicator.where if c.column == DAYS_SINCE_CONTACT.code]
    tests = [_slot_test(slots, condition) for condition in plain]
    if None in tests or any(of_cell(c, DAYS_SINCE_CONTACT, "A1") is None for c in waiting):
        return None
    met = _add_met(hidden, slots, indicator.code, [test for test in tests if test])
    if waiting:
        met = _add_waited(hidden, slots, indicator.code, met, waiting)
    if indicator.measure == "distinct":
        met = _add_first(hidden, slots, indicator.code, met)
    return f'IF(COUNTIF(activities_date,board_date)>{SLOTS},"",SUM({met}))'


@dataclass(frozen=True)
class _SlotTest:
    """A condition on a column of the slots."""

    condition: Condition
    column: Column
    cells: Range

    def at(self, i: int) -> str:
        return str(of_cell(self.condition, self.column, self.cells.at(i)))


def _slot_test(slots: Slots, condition: Condition) -> _SlotTest | None:
    """Return a condition as a test of the slots, or None where formulas cannot express it."""
    cells = slots.field(condition.column)
    if cells is None:
        return None
    form = CUSTOMERS if condition.column.startswith(OF_CUSTOMER) else ACTIVITIES
    column = form.column[condition.column.removeprefix(OF_CUSTOMER)]
    return _SlotTest(condition, column, cells) if of_cell(condition, column, "A1") is not None else None


def _add_met(hidden: HiddenSheet, slots: Slots, code: str, tests: Iterable[_SlotTest]) -> Range:
    """Add which slots meet all tests."""
    kept = list(tests)

    def met(i: int, _: Range) -> str:
        if not kept:
            return slots.valid.at(i)
        return f"IF({slots.valid.at(i)}=1,IF(AND({','.join(test.at(i) for test in kept)}),1,0),0)"

    return hidden.formulas(code, SLOTS, met)


def _add_waited(hidden: HiddenSheet, slots: Slots, code: str, met: Range, waiting: list[Condition]) -> Range:
    """Add which of the slots met also have their latest earlier effective contact as long ago as asked."""
    who = slots.fields["customer_id"]

    def latest(i: int, _: Range) -> str:
        same = f"EXACT(TRIM(activities_customer_id),{who.at(i)})"
        return f'IF({met.at(i)}=1,IF({who.at(i)}="",0,MAX(IF({same}*{slots.since_contact}>0,activities_date,0))),0)'

    last = hidden.formulas(f"{code}: last contact", SLOTS, latest, array=True)
    gap = hidden.formulas(f"{code}: days", SLOTS, lambda i, _: f'IF({last.at(i)}>0,board_date-{last.at(i)},"")')
    tests = [_SlotTest(condition, DAYS_SINCE_CONTACT, gap) for condition in waiting]
    return hidden.formulas(
        f"{code}: waited", SLOTS, lambda i, _: f"IF({met.at(i)}=1,IF(AND({','.join(t.at(i) for t in tests)}),1,0),0)"
    )


def _add_first(hidden: HiddenSheet, slots: Slots, code: str, met: Range) -> Range:
    """Add which of the slots met are their customer's first."""
    who = slots.customer

    def first(i: int, _: Range) -> str:
        new = f"COUNTIFS({who.above(i)},{who.at(i)},{met.above(i)},1)=0" if i else "TRUE"
        return f'IF(AND({met.at(i)}=1,{who.at(i)}<>""),IF({new},1,0),0)'

    return hidden.formulas(f"{code}: first", SLOTS, first)


def add_known_ids(hidden: HiddenSheet) -> Range:
    """Add a cell that holds all customer ids as one text, a line each; an error where they are more than it takes."""
    ids = name_of(CUSTOMERS.code, "customer_id")
    joined = _line(f'_xlfn.TEXTJOIN({_NEW_LINE},TRUE,IFERROR(TRIM({ids}),""))')
    return hidden.formulas("known ids", 1, lambda _, __: joined, array=True)


def _line(text: str) -> str:
    """Return the formula of a text as a line or lines of their own."""
    return f"{_NEW_LINE}&{text}&{_NEW_LINE}"


def count_of_week(indicator: Indicator, lists: Lists, known_ids: Range) -> str | None:
    """Return the formula of a week indicator from Monday to the board's day, or None.

    An id is looked for among the lines of all: FIND tells c1 from C1, and takes half the time of MATCH. Where Excel has
    no room for them in one cell (32,767 characters) it is MATCH all the same.
    """
    if indicator.form is not ACTIVITIES or indicator.on != "date" or indicator.measure != "count":
        return None
    tests = [
        of_column(c, ACTIVITIES.column[c.column], name_of(ACTIVITIES.code, c.column), lists)
        if c.column in ACTIVITIES.column
        else None
        for c in indicator.where
    ]
    if None in tests:
        return None
    who = f"TRIM({name_of(ACTIVITIES.code, 'customer_id')})"
    factors = (
        "ISNUMBER(activities_date)*(activities_date>board_date-WEEKDAY(board_date,2))*(activities_date<board_date+1)",
        "(1-ISNUMBER(activities_next_on)*(activities_next_on<activities_date))",
        *(test for test in tests if test),
    )

    def total(place: str) -> str:
        blank = f'({who}="")*(1-ISNUMBER(MATCH(TRIM(activities_kind),customer_kinds,0)))'
        named = f'({who}<>"")*ISNUMBER({place})*(1-ISNUMBER(MATCH(TRIM(activities_kind),broadcast_kinds,0)))'
        return f"SUMPRODUCT({'*'.join([*factors, f'({blank}+{named})'])})"

    lines, ids = known_ids.at(0), name_of(CUSTOMERS.code, "customer_id")
    return f"IF(ISERROR({lines}),{total(f'MATCH({who},TRIM({ids}),0)')},{total(f'FIND({_line(who)},{lines})')})"
