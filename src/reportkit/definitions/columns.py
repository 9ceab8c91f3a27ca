"""What a column and a form are: the one definition workbooks, validation, reader and docs derive from."""

from __future__ import annotations

import datetime as dt
import types
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, TypeAdapter, create_model
from pydantic_core import CoreSchema, core_schema

from reportkit.definitions.text import Text

Kind = Literal["text", "id", "phone", "email", "choice", "date", "datetime", "time", "number", "whole"]
_KINDS: dict[type, Kind] = {
    str: "text",
    dt.datetime: "datetime",
    dt.date: "date",
    dt.time: "time",
    float: "number",
    int: "whole",
}
EARLIEST = dt.date(1990, 1, 1)  # days before it, and after the last, are slips: a year typed into a date is 1905
LATEST = dt.date(2100, 12, 31)
BIGGEST = 1e15  # spreadsheets keep fifteen digits


@lru_cache(1 << 12)  # the names of all columns are compared again with each condition
def fold(written: str) -> str:
    """Return a label as it is compared: case, spaces, width and a trailing `*` do not matter."""
    folded = unicodedata.normalize("NFKC", written).casefold()
    return "".join(folded.split()).strip("*").replace("_", "")


@dataclass(frozen=True)
class Choices:
    """A closed list of codes with their labels; code is what history stores."""

    code: str
    labels: Mapping[str, Text]
    synonyms: Mapping[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[str]:
        return iter(self.labels)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes, in the order they are offered."""
        return tuple(self.labels)

    @cached_property
    def by_label(self) -> dict[str, str]:
        """Folded label in any language, code or synonym → code."""
        known = {fold(synonym): code for synonym, code in self.synonyms.items()}
        for code, label in self.labels.items():
            known.update({fold(text): code for text in (code, *label.all())})
        return known


@dataclass(frozen=True)
class Column:
    """A column of a form: its label and its rule. `code`, `kind` and `required` come from the row model.

    `minimum` and `maximum` are inclusive unless `above_minimum`; whatever they say, numbers reach to `BIGGEST` either
    way, and days from `EARLIEST` to `LATEST`; `not_future` marks days that must have come;
    `not_before` names an earlier column of the same row; `refers_to` names the form whose ids it holds;
    `blank_means` is the choice a blank cell stands for; `formerly` are labels of earlier versions, still read but never
    written. Workbooks made before an `added_later` column existed lack it, which is no finding.
    """

    label: Text
    hint: Text | None = None
    width: int = 12
    choices: Choices | None = None
    minimum: float | None = None
    maximum: float | None = None
    above_minimum: bool = False
    max_length: int | None = None
    text_kind: Literal["text", "id", "phone", "email"] = "text"
    unique: bool = False
    not_future: bool = False
    not_before: str | None = None
    refers_to: str | None = None
    group: str | None = None
    blank_means: str | None = None
    formerly: tuple[str, ...] = ()
    added_later: bool = False
    code: str = ""
    kind: Kind = "text"
    required: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels by which a workbook may call the column: today's in each language, and the former ones."""
        return *self.label.all(), *self.formerly

    @property
    def names(self) -> tuple[str, ...]:
        """Whatever names the column: its code and its labels."""
        return self.code, *self.labels

    @property
    def dated(self) -> bool:
        """Whether it holds days, with a time or without."""
        return self.kind in ("date", "datetime")

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Add the column's rule to the schema of its type, so that pydantic enforces what the form says."""
        inner, optional = _without_none(source)
        schema: Any
        if self.choices is not None:
            schema = core_schema.literal_schema(list(self.choices.codes))
        elif inner is str:
            schema = core_schema.str_schema(max_length=self.max_length, strict=True)
        else:
            schema = handler.generate_schema(inner)
            if inner in (int, float):
                schema["gt" if self.above_minimum else "ge"] = inner(-BIGGEST if self.minimum is None else self.minimum)
                schema["le"] = inner(BIGGEST if self.maximum is None else self.maximum)
            elif inner is dt.date:
                schema |= {"ge": EARLIEST, "le": LATEST}
            elif inner is dt.datetime:
                first, last = (dt.datetime.combine(day, dt.time()) for day in (EARLIEST, LATEST))
                schema |= {"ge": first, "lt": last + dt.timedelta(days=1)}
        return core_schema.nullable_schema(schema) if optional else schema


def _without_none(annotation: Any) -> tuple[Any, bool]:
    """Return the type without None, and whether None was allowed."""
    if get_origin(annotation) in (Union, types.UnionType):
        rest = [part for part in get_args(annotation) if part is not type(None)]
        return rest[0], len(rest) < len(get_args(annotation))
    return annotation, False


class Row(BaseModel):
    """One row of a form; every field carries its `Column`."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


@dataclass(frozen=True)
class Group:
    """A band of columns under one heading."""

    code: str
    label: Text


@dataclass(frozen=True)
class Form:
    """One sheet with one table: its code, label and row model."""

    code: str
    label: Text
    row: type[Row]
    groups: tuple[Group, ...] = ()
    about: Text | None = None

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns in the order of the form, each with its code, kind and whether it is required."""
        return tuple(_column(self.row, name) for name in self.row.model_fields)

    @cached_property
    def column(self) -> dict[str, Column]:
        """Code → column."""
        return {column.code: column for column in self.columns}

    @cached_property
    def by_label(self) -> dict[str, str]:
        """Folded name, a label of any language or the code → column code."""
        return {fold(text): column.code for column in self.columns for text in column.names}

    @cached_property
    def sheet_adapter(self) -> TypeAdapter[Any]:
        """Validates a whole sheet in one call: a dict of column code → list of values, one a row."""
        hints = get_type_hints(self.row, include_extras=True)
        fields: dict[str, Any] = {
            name: (types.GenericAlias(list, (hints[name],)), ...) for name in self.row.model_fields
        }
        model = create_model(f"{self.row.__name__}Sheet", __config__=ConfigDict(strict=True), **fields)
        return TypeAdapter(model)

    @cached_property
    def day_column(self) -> str | None:
        """The form's own day: its first date or date-and-time column."""
        return next((c.code for c in self.columns if c.dated), None)

    @cached_property
    def id_column(self) -> str | None:
        """The column whose values name a row, if the form has one."""
        return next((c.code for c in self.columns if c.unique), None)


def _column(row: type[Row], name: str) -> Column:
    """Return the column of a field, completed from its type."""
    described = row.model_fields[name]
    column = next(item for item in described.metadata if isinstance(item, Column))
    inner, optional = _without_none(described.annotation)
    kind: Kind = "choice" if column.choices is not None else _KINDS[inner]
    if kind == "text":
        kind = column.text_kind
    return replace(column, code=name, kind=kind, required=not optional)
