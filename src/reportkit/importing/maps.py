"""The map: the words that say how another system's columns and values become a form's (docs/import.en.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from reportkit.definitions.columns import fold
from reportkit.importing.map_values import Block, Dates, Decimal, Pattern, Scalar, Span, Texts, Zone, several
from reportkit.importing.written import Clock, Unit, amount, parts_of
from reportkit.read.plain_text import Positions, TextLayout

UNKNOWN: Final = "?"  # stands in a proposed map for a value nobody has mapped yet
ENTRY: Final = "@entry"  # the column that numbers the rows `each` makes of one
RECORD: Final = "@record"  # the column that says which of the records `beside` one another a row is
PLACE: Final = re.compile(r"\{([^{}]+)\}")  # a heading inside `text`


class Part(BaseModel):
    """A part of the map; a key it does not know is a slip."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False, coerce_numbers_to_str=True)


class Test(Part):
    """What a cell must be like; every test given must hold. Case, width and spaces do not matter but to `matches`."""

    is_: Texts | None = Field(None, alias="is")
    is_not: Texts | None = None
    contains: Texts | None = None
    has: Texts | None = None
    matches: Pattern | None = None
    at_least: float | None = None
    at_most: float | None = None
    blank: bool | None = None

    def holds(self, text: str) -> bool:
        """Return whether a cell's text passes."""
        folded = fold(text)
        return (
            (self.is_ is None or folded in {fold(one) for one in self.is_})
            and (self.is_not is None or folded not in {fold(one) for one in self.is_not})
            and (self.contains is None or any(fold(one) in folded for one in self.contains))
            and (self.has is None or not {fold(one) for one in self.has}.isdisjoint(map(fold, parts_of(text))))
            and (self.matches is None or re.search(self.matches, text) is not None)
            and (self.blank is None or (not folded) == self.blank)
            and self._between(text)
        )

    def _between(self, text: str) -> bool:
        """Return whether a number lies within the bounds; what is none lies outside."""
        if self.at_least is None and self.at_most is None:
            return True
        number = amount(text)
        return (
            isinstance(number, float)
            and (self.at_least is None or number >= self.at_least)
            and (self.at_most is None or number <= self.at_most)
        )


class Condition(Test):
    """A test of one column of the file, by its heading."""

    column: str


class Choice(Test):
    """A rule that turns a dirty text into a value; it looks at `column` of the file where that is named."""

    column: str | None = None
    to: str


class Group(Condition):
    """Rows that head those below them: what `matches` finds in the cell, or all of it, becomes a column `name`."""

    name: str


Conditions = Annotated[tuple[Condition, ...], BeforeValidator(several)]
Groups = Annotated[tuple[Group, ...], BeforeValidator(several)]


class Source(Part):
    """Where one column of the form comes from, and the steps its cells go through, in the order of the fields.

    `or` names the file's columns read where `from` is blank. `start` names a column of the form, `plus` and `minus`
    the file's columns of what to add or take off, `at` the one of the clock at which it ended, `since` the file's
    column of the moment from which `from` is counted. Durations that are plain numbers are in `unit`s.
    """

    from_: Texts | None = Field(None, alias="from")
    or_: Texts = Field((), alias="or")
    text: str | None = None
    constant: Scalar | None = None
    start: str | None = None
    plus: Texts = ()
    minus: Texts = ()
    at: str | None = None
    since: str | None = None
    join: str | None = None
    remove: Texts = ()
    extract: Pattern | None = None
    default: Scalar | None = None
    values: dict[str, str] = {}
    rules: tuple[Choice, ...] = ()
    otherwise: str | None = None
    lookup: Texts = ()
    dates: Dates = ()
    decimal: Decimal | None = None
    unit: Unit | None = None
    clock: Clock | None = None
    into: Unit | None = None
    multiply: float | None = None
    when: Conditions = ()

    @model_validator(mode="after")
    def _one_way(self) -> Source:
        """Demand one origin, both halves of a sum, and a unit for what is counted."""
        given = [self.from_, self.text, self.constant, self.start]
        if sum(one is not None for one in given) != 1:
            raise ValueError("origin")
        if (self.start is None) != (not self.plus and not self.minus and self.at is None) or (
            self.at is not None and (self.plus or self.minus)
        ):
            raise ValueError("start")
        if self.or_ and self.from_ is None:
            raise ValueError("or")
        if self.since is not None and (self.into is None or self.from_ is None):
            raise ValueError("since")
        return self

    @property
    def labels(self) -> list[str]:
        """The file's columns it needs."""
        named = [one for one in (self.at, self.since, *(rule.column for rule in self.rules)) if one]
        within = PLACE.findall(self.text or "")
        tested = [one.column for one in self.when]
        return [*(self.from_ or ()), *self.or_, *within, *self.plus, *self.minus, *named, *tested]

    @property
    def results(self) -> Iterator[str]:
        """Every value the map itself writes into the column, but for blanks and values not mapped yet."""
        written = [
            *self.values.values(),
            *(rule.to for rule in self.rules),
            self.otherwise,
            self.default,
            self.constant,
        ]
        return (str(one) for one in written if one not in (None, "", UNKNOWN))


class Unfold(Part):
    """Columns side by side that are rows in truth: each filled cell is a row, its heading and value two columns."""

    columns: Texts = ()
    matches: Pattern | None = None
    name: str = "name"
    value: str = "value"

    @model_validator(mode="after")
    def _named(self) -> Unfold:
        if bool(self.columns) == (self.matches is not None):
            raise ValueError("unfold")
        return self


class Split(Part):
    """To which advisor's log a row goes: a column of the file, and its values → advisor ids."""

    column: str
    remove: Texts = ()
    extract: Pattern | None = None
    logs: dict[str, str]


class Map(Part):
    """A map of one form. Row numbers are those a spreadsheet shows."""

    form: str | None = None
    sheet: Texts = ()
    header_row: int | None = Field(None, ge=1)
    header_rows: int = Field(1, ge=0, le=5)
    skip_rows: tuple[int, ...] = ()
    skip_after_header: int = Field(0, ge=0)
    encoding: str | None = None
    delimiter: str | None = Field(None, min_length=1, max_length=1)
    fixed: dict[str, Span] = {}
    wide: Literal[1, 2] | None = None
    blank: Texts = ()
    dates: Dates = ()
    decimal: Decimal = "."
    zone: Zone | None = None
    local: Zone = "Asia/Shanghai"
    group: Groups = ()
    fill_down: Texts = ()
    beside: tuple[Block, ...] = ()
    each: Texts = ()
    until: Conditions = ()
    keep: Conditions = ()
    skip: Conditions = ()
    key: tuple[str, ...] = ()
    take: Literal["first", "last"] | None = None
    unfold: Unfold | None = None
    split: Split | None = None
    columns: dict[str, Source] = Field(min_length=1)

    @model_validator(mode="after")
    def _cut_one_way(self) -> Map:
        """Demand that a text is cut by positions or by a delimiter, and records as wide as one another."""
        if (self.fixed and self.delimiter is not None) or (self.wide is not None and not self.fixed):
            raise ValueError("fixed")
        places = [place for block in self.beside for place in block]
        if len(self.beside) == 1 or len({len(block) for block in self.beside}) > 1 or len(set(places)) < len(places):
            raise ValueError("beside")
        return self

    @property
    def text(self) -> TextLayout:
        """How the file is to be read where it is a text."""
        positions = Positions(tuple(self.fixed.values()), self.wide) if self.fixed else None
        return TextLayout(self.encoding, self.delimiter, positions)

    @property
    def labels(self) -> list[str]:
        """The file's columns the map needs, each once; not those that only unfolding makes."""
        named = [*self.fill_down, *self.each, *(label for source in self.columns.values() for label in source.labels)]
        named += [one.column for one in (*self.until, *self.keep, *self.skip, *self.group)]
        named += [self.split.column] if self.split else []
        made = {fold(self.unfold.name), fold(self.unfold.value)} if self.unfold else set()
        made |= {fold(one.name) for one in self.group} | ({ENTRY} if self.each else set())
        made |= {RECORD} if self.beside else set()
        named += self.unfold.columns if self.unfold else ()
        return [label for label in dict.fromkeys(named) if fold(label) not in made]
