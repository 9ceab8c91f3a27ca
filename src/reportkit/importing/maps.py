"""The map: how another system's columns and values become a form's, as TOML (docs/import.md)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from reportkit.definitions.columns import Form, fold
from reportkit.definitions.errors import MendInput
from reportkit.definitions.findings import did_you_mean
from reportkit.definitions.text import LANGUAGES, Text

BAD_MAP: Final = Text(
    "对照表 {file} 不能用：{why}", "對照表 {file} 不能用：{why}", "The map {file} cannot be used: {why}"
)
NO_SUCH_COLUMN: Final = Text(
    "“{form}”没有列“{column}”。{suggestion}",
    "「{form}」沒有欄「{column}」。{suggestion}",
    "“{form}” has no column “{column}”. {suggestion}",
)
OTHER_FORM: Final = Text("它是给 {form} 用的", "它是給 {form} 用的", "it is for {form}")
STARTS_LATER: Final = Text(
    "“{column}”从“{start}”起算，“{start}”要在表单里排在它前面并有对照",
    "「{column}」從「{start}」起算，「{start}」要在表單裡排在它前面並有對照",
    "“{column}” starts from “{start}”, which must be mapped and come before it in the form",
)

Scalar = str | bool | int | float | datetime | date | time


def _several(value: object) -> object:
    """Take one value where several are possible."""
    return value if isinstance(value, list) else [value]


def _pattern(written: object) -> object:
    """Refuse what is no regular expression while the map is read, not in the middle of the rows."""
    if isinstance(written, str):
        try:
            re.compile(written)
        except re.error as error:
            raise ValueError(f"{written!r}: {error}") from None
    return written


Texts = Annotated[tuple[str, ...], BeforeValidator(_several)]
Pattern = Annotated[str, BeforeValidator(_pattern)]


class Part(BaseModel):
    """A part of the map; a key it does not know is a slip."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False, coerce_numbers_to_str=True)


class Test(Part):
    """What a text must be like; every test given must hold. Case, width and spaces do not matter but to `matches`."""

    is_: Texts | None = Field(None, alias="is")
    is_not: Texts | None = None
    contains: Texts | None = None
    matches: Pattern | None = None
    blank: bool | None = None

    def holds(self, text: str) -> bool:
        """Return whether a cell's text passes."""
        folded = fold(text)
        return (
            (self.is_ is None or folded in {fold(one) for one in self.is_})
            and (self.is_not is None or folded not in {fold(one) for one in self.is_not})
            and (self.contains is None or any(fold(one) in folded for one in self.contains))
            and (self.matches is None or re.search(self.matches, text) is not None)
            and (self.blank is None or (not folded) == self.blank)
        )


class Condition(Test):
    """A test of one column of the file, by its heading."""

    column: str


class Choice(Test):
    """A rule that turns a dirty text into a value."""

    to: str


Conditions = Annotated[tuple[Condition, ...], BeforeValidator(_several)]


class Source(Part):
    """Where one column of the form comes from. Steps: from or constant, default, values or rules, dates, start, when.

    `from` of a moment may name two columns: its date and its time. `start` names a column of this form that was
    mapped before, `plus` the file's column of what to add, in `unit`s.
    """

    from_: Texts | None = Field(None, alias="from")
    constant: Scalar | None = None
    join: str = " "
    default: Scalar | None = None
    values: dict[str, str] = {}
    rules: tuple[Choice, ...] = ()
    otherwise: str | None = None
    dates: Texts = ()
    multiply: float | None = None
    start: str | None = None
    plus: str | None = None
    unit: Literal["seconds", "minutes", "hours", "days"] = "seconds"
    when: Conditions = ()

    @model_validator(mode="after")
    def _one_way(self) -> Source:
        """Demand one origin, and both halves of a sum."""
        origins = [self.from_ is not None, self.constant is not None, self.start is not None]
        if sum(origins) != 1 or (self.start is None) != (self.plus is None):
            raise ValueError("from / constant / start + plus")
        return self

    @property
    def labels(self) -> list[str]:
        """The file's columns it needs."""
        return [*(self.from_ or ()), *([self.plus] if self.plus else []), *(one.column for one in self.when)]


class Split(Part):
    """To which advisor's log a row goes: a column of the file, and its values → advisor ids."""

    column: str
    logs: dict[str, str]


class Map(Part):
    """A map of one form. Row numbers are those a spreadsheet shows."""

    form: str | None = None
    sheet: str | None = None
    header_row: int | None = Field(None, ge=1)
    header_rows: int = Field(1, ge=1, le=5)
    skip_rows: tuple[int, ...] = ()
    skip_after_header: int = Field(0, ge=0)
    encoding: str | None = None
    delimiter: str | None = Field(None, min_length=1, max_length=1)
    key: tuple[str, ...] = ()
    keep: Conditions = ()
    skip: Conditions = ()
    split: Split | None = None
    columns: dict[str, Source] = Field(min_length=1)

    @property
    def labels(self) -> list[str]:
        """The file's columns the map needs, each once."""
        named = [label for source in self.columns.values() for label in source.labels]
        named += [one.column for one in (*self.keep, *self.skip)] + ([self.split.column] if self.split else [])
        return list(dict.fromkeys(named))


def load_map(path: Path, form: Form) -> Map:
    """Read a map for a form. Raise MendInput with what is wrong with it."""
    try:
        return read_map(path.read_text(encoding="utf-8-sig"), form, path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise MendInput(BAD_MAP, file=path.name, why=str(error)) from None


def read_map(text: str, form: Form, name: str) -> Map:
    """Return the map a TOML text describes, its columns named by code. Raise MendInput with what is wrong with it."""
    try:
        written = Map.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise MendInput(BAD_MAP, file=name, why=str(error)) from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        why = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
        raise MendInput(BAD_MAP, file=name, why=why) from None
    if written.form is not None and fold(written.form) not in {fold(one) for one in (form.code, *form.label.all())}:
        raise MendInput(BAD_MAP, file=name, why=Text(*(OTHER_FORM.fill(one, form=written.form) for one in LANGUAGES)))
    code = _codes(form, name)
    columns = {code(label): source for label, source in written.columns.items()}
    columns = {
        one: source.model_copy(update={"start": code(source.start)}) if source.start else source
        for one, source in columns.items()
    }
    ordered = {column.code: columns[column.code] for column in form.columns if column.code in columns}
    _check_starts(ordered, form, name)
    return written.model_copy(update={"columns": ordered, "key": tuple(code(one) for one in written.key)})


def _codes(form: Form, name: str) -> Callable[[str], str]:
    """Return what finds a form's column by code or label; it raises MendInput for a stranger."""

    def code(written: str) -> str:
        if fold(written) in form.by_label:
            return form.by_label[fold(written)]
        near: Sequence[str] = get_close_matches(fold(written), form.by_label, n=1)
        offer = did_you_mean(form.column[form.by_label[near[0]]].code if near else None)
        offers = offer.all() if isinstance(offer, Text) else (offer,) * 3
        why = Text(
            *(
                NO_SUCH_COLUMN.fill(language, form=form.label.to(language), column=written, suggestion=one)
                for language, one in zip(LANGUAGES, offers, strict=True)
            )
        )
        raise MendInput(BAD_MAP, file=name, why=why)

    return code


def _check_starts(columns: Mapping[str, Source], form: Form, name: str) -> None:
    """Raise MendInput where a sum starts from what is not known yet."""
    known: set[str] = set()
    for code, source in columns.items():
        if source.start is not None and source.start not in known:
            label, start = form.column[code].label, form.column[source.start].label
            why = Text(*(STARTS_LATER.fill(one, column=label.to(one), start=start.to(one)) for one in LANGUAGES))
            raise MendInput(BAD_MAP, file=name, why=why)
        known.add(code)
