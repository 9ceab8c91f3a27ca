"""Conditions: plain comparisons of columns joined by *and*. They are data in a sheet, never code (DOMAIN §3)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final, Literal, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from reportkit.definitions.columns import Column, Kind, fold
from reportkit.definitions.text import Language, Text

Operator = Literal["is", "is_not", "at_least", "at_most", "above", "below", "blank", "not_blank"]
Value = str | float | dt.date | dt.time
Mask = npt.NDArray[np.bool_]
Entries = npt.NDArray[Any]  # a column: days and moments as datetime64, numbers as floats, all else as objects

# Longest first: "is not blank" must not be read as "is not".
_WORDS: Final[tuple[tuple[Operator, tuple[str, ...]], ...]] = (
    ("not_blank", ("is not blank", "不为空", "不為空", "非空")),
    ("blank", ("is blank", "为空", "為空")),
    ("is_not", ("is not", "不是", "不为", "不為", "!=", "≠", "<>")),
    ("at_least", ("at least", "不低于", "不低於", "不少于", "不少於", "至少", ">=", "≥")),
    ("at_most", ("at most", "不高于", "不高於", "不超过", "不超過", "至多", "<=", "≤")),
    ("above", ("above", "高于", "高於", "大于", "大於", ">")),
    ("below", ("below", "低于", "低於", "小于", "小於", "<")),
    ("is", ("is", "是", "为", "為", "=")),
)
_OPERATORS: Final[dict[str, Operator]] = {word: operator for operator, words in _WORDS for word in words}
_ALTERNATIVES: Final = "|".join(
    rf"(?<=\s){re.escape(word)}(?=\s|$)" if word.isascii() and word[0].isalpha() else re.escape(word)
    for _, words in _WORDS
    for word in words
)
_OPERATOR: Final = re.compile(rf"\s*({_ALTERNATIVES})\s*", re.IGNORECASE)
_JOINT: Final = Text(" 且 ", " 且 ", " and ")
_AND: Final = re.compile(r"\s+and\s+|\s*(?:并且|並且|且|&&)\s*", re.IGNORECASE)
_OR: Final = re.compile(r"\s+or\s+|\s*(?:或者|或|、|\|)\s*", re.IGNORECASE)
_ORDERED: Final = ("at_least", "at_most", "above", "below")
_SCALES: Final[dict[Kind, str]] = {  # what has an order, and what may be compared with what
    "number": "number", "whole": "number", "date": "day", "datetime": "day", "time": "time",
}  # fmt: skip
_TAKES: Final[dict[Kind, type | tuple[type, ...]]] = {
    "number": (int, float), "whole": (int, float), "date": dt.date, "datetime": dt.date, "time": dt.time,
}  # fmt: skip
_COMPARE: Final[dict[str, Callable[[Any, Any], Mask]]] = {
    "at_least": lambda left, right: left >= right,
    "at_most": lambda left, right: left <= right,
    "above": lambda left, right: left > right,
    "below": lambda left, right: left < right,
}

UNKNOWN_COLUMN: Final = Text(
    "没有“{name}”这一列{suggestion}",
    "沒有「{name}」這一欄{suggestion}",
    "there is no column “{name}”{suggestion}",
)
NO_COMPARISON: Final = Text("“{text}”里没有比较", "「{text}」裡沒有比較", "“{text}” compares nothing")
NO_VALUE: Final = Text("“{text}”后面没有值", "「{text}」後面沒有值", "“{text}” names no value")
WRONG_VALUE: Final = Text(
    "“{value}”不能与“{column}”比较{suggestion}",
    "「{value}」不能與「{column}」比較{suggestion}",
    "“{value}” cannot be compared with “{column}”{suggestion}",
)
NEARLY: Final = Text("（{name}？）", "（{name}？）", " ({name}?)")
ONE_COLUMN: Final = Text(
    "“或”只连接同一列的值，不连接“{text}”；写成“列 是 甲 或 乙”",
    "「或」只連接同一欄的值，不連接「{text}」；寫成「欄 是 甲 或 乙」",
    "“or” joins values of one column, not “{text}”: write “column is a or b”",
)
TWO_MEANINGS: Final = Text(
    "“{text}”有两种意思；请写“= {choice}”，或“≠ {other}”",
    "「{text}」有兩種意思；請寫「= {choice}」，或「≠ {other}」",
    "“{text}” has two meanings: write “= {choice}”, or “≠ {other}”",
)


class ConditionError(ValueError):
    """A condition that cannot be understood; `reason` says why in three languages."""

    def __init__(self, reason: Text, **places: str | Text) -> None:
        self.reason = reason.filled(**places)
        super().__init__(self.reason.en)


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison. `values` holds what the column is compared with; `other` a column instead of a value.

    A moment compared with a date (no time) is compared by its day: `by_day` where the date is a column's.
    """

    column: str
    operator: Operator
    values: tuple[Value, ...] = ()
    other: str | None = None
    by_day: bool = False


def parse(written: str | None, columns: Mapping[str, Column]) -> tuple[Condition, ...]:
    """Read conditions joined by *and*; labels and codes in any language. Raise ConditionError.

    `columns` maps what may be named: column code (or `customer.code`) → column.
    """
    if written is None or not written.strip():
        return ()
    names = names_of(columns)
    return tuple(_parse_one(part, columns, names) for part in _AND.split(written.strip()))


def meets(conditions: tuple[Condition, ...], column_of: Callable[[str], Entries], length: int) -> Mask:
    """Return which rows meet all conditions; `column_of` gives a column by the name a condition uses.

    A blank cell meets only `is blank` and `is not`.
    """
    chosen: Mask = np.ones(length, dtype=bool)
    for condition in conditions:
        chosen &= met(condition, column_of)
    return chosen


def met(condition: Condition, column_of: Callable[[str], Entries]) -> Mask:
    """Return which rows meet one condition."""
    column = column_of(condition.column)
    if condition.values and type(condition.values[0]) is dt.date:
        column = column.astype("datetime64[D]")
    if condition.operator == "blank":
        return pd.isna(column)
    if condition.operator == "not_blank":
        return pd.notna(column)
    compare = _COMPARE.get(condition.operator)
    if compare is not None and condition.other is not None:
        pair = column, column_of(condition.other)
        return compare(*(one.astype("datetime64[D]") if condition.by_day else _in_order(one) for one in pair))
    if compare is not None:
        right = condition.values[0]
        return compare(_in_order(column), _seconds(right) if isinstance(right, dt.time) else _comparable(right))
    same: Mask = np.zeros(len(column), dtype=bool)
    for value in condition.values:
        same |= column == _comparable(value)
    return ~same if condition.operator == "is_not" else same


def _comparable(value: Value) -> object:
    return np.datetime64(value) if isinstance(value, dt.date) else value


def _in_order(column: Entries) -> Entries:
    """Return a column that has an order: times of day, which are kept as objects, as seconds."""
    return np.array([_seconds(time) for time in column], dtype="f8") if column.dtype == object else column


def _seconds(time: object) -> float:
    """Return a time of day in seconds, NaN for a blank."""
    return time.hour * 3600.0 + time.minute * 60 + time.second if isinstance(time, dt.time) else np.nan


def names_of(columns: Mapping[str, Column]) -> dict[str, str]:
    """Return every folded way to name a column → its name; without `customer.`, too, where the form has none such."""
    names: dict[str, str] = {}
    short: dict[str, str] = {}
    for name, column in columns.items():
        prefix = name[: -len(column.code)]
        names |= {fold(prefix + text): name for text in column.names}
        short |= {fold(text): name for text in column.labels}
    return short | names


def _parse_one(part: str, columns: Mapping[str, Column], names: Mapping[str, str]) -> Condition:
    found = list(_OPERATOR.finditer(part))
    if not found:
        raise ConditionError(NO_COMPARISON, text=part)
    # A label may itself hold a word of comparison, as 是否有效 does: take the first that follows a column.
    known = [match for match in found if fold(part[: match.start()]) in names]
    if not known:
        name = part[: found[0].start()].strip()
        raise ConditionError(
            UNKNOWN_COLUMN, name=name, suggestion=_near(name, names, lambda one: label_of(one, columns))
        )
    compared = known[0]
    name, operator = names[fold(part[: compared.start()])], _OPERATORS[compared[1].lower()]
    written = part[compared.end() :].strip()
    if operator in ("blank", "not_blank"):
        return Condition(name, operator)
    if not written:
        raise ConditionError(NO_VALUE, text=part)
    if operator == "is_not" and _is_choice(compared[1], written, columns[name]):
        operator, written = "is", f"not {written}"
    if operator in _ORDERED:
        other = names.get(fold(written))
        scale = _SCALES.get(columns[name].kind)
        if scale is None or (other is not None and _SCALES.get(columns[other].kind) != scale):
            raise ConditionError(WRONG_VALUE, value=written, column=columns[name].label, suggestion="")
        if other is not None:
            return Condition(
                name, operator, other=other, by_day=columns[name].kind != columns[other].kind and scale == "day"
            )
        return Condition(name, operator, (_value(written, columns[name]),))
    values = _OR.split(written)
    for item in values[1:]:
        if any(fold(item[: match.start()]) in names for match in _OPERATOR.finditer(item)):
            raise ConditionError(ONE_COLUMN, text=item)
    return Condition(name, operator, tuple(_value(item, columns[name]) for item in values))


def _is_choice(compared: str, written: str, column: Column) -> bool:
    """Return whether the `not` of `is not` begins a choice's label, as in `is Not interested`.

    Raise ConditionError where the case does not tell that from all but a choice, as in `is not interested`.
    """
    other = _OR.split(written)[0]
    choices, label = column.choices, f"{compared[-3:]} {other}"
    if not compared.isascii() or choices is None or fold(label) not in choices.by_label:
        return False
    if compared[-3:] == "Not" or other[:1].isupper():
        return compared[-3:] == "Not"
    raise ConditionError(TWO_MEANINGS, text=f"{compared} {other}", choice=choices.by_label[fold(label)], other=other)


def _near(written: str, names: Mapping[str, str], called: Callable[[str], Text]) -> str | Text:
    """Return what was nearly written, as it is called; `names` are folded name → code."""
    near = get_close_matches(fold(written), names, n=1)
    return NEARLY.filled(name=called(names[near[0]])) if near else ""


def _value(written: str, column: Column) -> Value:
    """Return a value as the column holds it: a code, a number, a date or a text."""
    from reportkit.read.values import value_of

    text = written.strip().strip("\"'“”「」")
    value = value_of(column, text)
    if not isinstance(value, _TAKES.get(column.kind, str)) or (
        column.choices is not None and value not in column.choices.labels
    ):
        near = _near(text, column.choices.by_label, column.choices.labels.__getitem__) if column.choices else ""
        raise ConditionError(WRONG_VALUE, value=text, column=column.label, suggestion=near)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date()
    return float(value) if isinstance(value, int | float) else cast(Value, value)


_IN_WORDS: Final[dict[Operator, Text]] = {
    "is": Text("是", "是", "is"),
    "is_not": Text("不是", "不是", "is not"),
    "at_least": Text("不低于", "不低於", "at least"),
    "at_most": Text("不高于", "不高於", "at most"),
    "above": Text("高于", "高於", "above"),
    "below": Text("低于", "低於", "below"),
    "blank": Text("为空", "為空", "is blank"),
    "not_blank": Text("不为空", "不為空", "is not blank"),
}
_OR_WORD: Final = Text("或", "或", " or ")


def describe(condition: Condition, columns: Mapping[str, Column]) -> Text:
    """Return a condition in words that are read as it: labels in place of codes, numbers with thousands separators."""
    column, name = columns[condition.column], label_of(condition.column, columns)
    other = label_of(condition.other, columns) if condition.other else None

    def said(language: Language) -> str:
        values = (
            [_shown(value, column, language) for value in condition.values] if other is None else [other.to(language)]
        )
        parts = (name, _IN_WORDS[condition.operator])
        return " ".join([*(part.to(language) for part in parts), _OR_WORD.to(language).join(values)]).strip()

    return Text.each(said)


def label_of(name: str, columns: Mapping[str, Column]) -> Text:
    """Return a column's label; one of a customer's that would be read as the form's own says whose it is."""
    label, prefix = columns[name].label, name.removesuffix(columns[name].code)
    if not prefix:
        return label
    known = names_of(columns)
    return Text(*(text if known[fold(text)] == name else prefix + text for text in label.all()))


def describe_all(conditions: Sequence[Condition], columns: Mapping[str, Column]) -> Text:
    """Return conditions joined by *and*, in words; blank where there are none."""
    if not conditions:
        return Text.same("")
    parts = [describe(condition, columns) for condition in conditions]
    return Text.each(lambda language: _JOINT.to(language).join(part.to(language) for part in parts))


def _shown(value: Value, column: Column, language: Language) -> str:
    if column.choices is not None and value in column.choices.labels:
        return column.choices.labels[str(value)].to(language)
    return f"{value:,.10g}" if isinstance(value, float) else str(value)
