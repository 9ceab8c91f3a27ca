"""Frozen values ↔ plain JSON, by the types their dataclasses declare: what history keeps, never code."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter, call
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import numpy as np
from pydantic_core import from_json

from reportkit.definitions.columns import Column
from reportkit.definitions.derived import DERIVED
from reportkit.definitions.forms import FORMS
from reportkit.definitions.settings_forms import SETTINGS_FORMS
from reportkit.definitions.text import Text
from reportkit.settings.calendars import Span
from reportkit.settings.indicator_rows import Indicator

Decode = Callable[[Any], Any]
T = TypeVar("T")
_COLUMNS: Final[dict[tuple[str, str], Column]] = {
    **{(form.code, column.code): column for form in FORMS.values() for column in form.columns},
    **{(f"settings.{form.code}", column.code): column for form in SETTINGS_FORMS.values() for column in form.columns},
    **{(f"derived.{form}", code): column for form, columns in DERIVED.items() for code, column in columns.items()},
}
_NAME_OF: Final = {id(column): list(name) for name, column in _COLUMNS.items()}
_TIMES: Final = (dt.date, dt.time)
_NOTHING: Final[Mapping[Any, Any]] = {}  # past weeks have hundreds of empty mappings
_ATOMS: Final = (str, int, float, bool)
_MADE_ONCE: Final[dict[Any, Decode]] = {str: str, float: float, dt.date: dt.date.fromisoformat}
_PLAIN: Final = frozenset({types.NoneType, *_ATOMS})


def plain(value: Any) -> Any:
    """Return a value as JSON takes it: a dataclass as the list of its fields, a mapping as pairs.

    Named tuples, of which there are thousands, stand in columns: all their first fields, then all their second ones.
    Indicators and columns of forms are kept by their codes; a set is sorted, so that it is written the same each time.
    """
    kind: Any = type(value)
    return _encode(kind)(value)


@cache
def _encode(kind: type) -> Callable[[Any], Any]:
    """Return what makes plain JSON of values of a type. Raise TypeError for one that has none."""
    if kind in _PLAIN:
        return _same
    if kind is Indicator:
        return lambda value: value.code
    if kind is Column:
        return lambda value: _NAME_OF[id(value)]
    if is_dataclass(kind):
        held = _held(kind)
        return lambda value: _all_plain(held(value))
    if issubclass(kind, Mapping):
        return lambda value: [[plain(key), plain(one)] for key, one in value.items()]
    if issubclass(kind, set | frozenset):
        return lambda value: sorted(map(plain, value))
    if issubclass(kind, tuple | list):
        return _sequence
    if issubclass(kind, _TIMES):
        return lambda value: value.isoformat()
    if issubclass(kind, np.ndarray | np.generic):
        return lambda value: value.tolist()
    raise TypeError(kind)


def _held(kind: Any) -> Callable[[Any], Iterable[Any]]:
    """Return what takes the fields out of a dataclass."""
    names = field_names(kind)
    if len(names) == 1:  # then attrgetter returns the one itself
        return lambda value: (getattr(value, names[0]),)
    return attrgetter(*names)


def _all_plain(values: Iterable[Any]) -> list[Any]:
    return [one if type(one) in _PLAIN else plain(one) for one in values]


def _sequence(values: Sequence[Any]) -> list[Any]:
    if values and hasattr(values[0], "_fields"):
        return list(map(_all_plain, zip(*values, strict=True)))
    return _all_plain(values)


def field_names(kind: Any) -> tuple[str, ...]:
    """Return the fields of a dataclass or a named tuple, in the order they are kept in."""
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else kind._fields


@cache
def field_types(kind: Any) -> tuple[Any, ...]:
    """Return the types of the same fields."""
    hints = get_type_hints(kind)
    return tuple(hints[name] for name in field_names(kind))


class Reader:
    """Turns plain JSON back into values of declared types; `indicators` are found by their codes."""

    def __init__(self, indicators: Mapping[str, Indicator]) -> None:
        self._indicators = indicators
        self._known: dict[Any, Decode] = {}
        self._met: dict[Any, Decode] = {kind: _Met(make).__getitem__ for kind, make in _MADE_ONCE.items()}

    def read(self, kind: type[T], data: Any) -> T:
        """Return a value of a type."""
        value: T = self._of(kind)(data)
        return value

    def read_json(self, kind: type[T], written: bytes) -> T:
        """Return a value of a type from plain data as JSON writes it."""
        return self.read(kind, from_json(written))

    def _of(self, kind: Any) -> Decode:
        """Return what turns plain data into a type; a dataclass may hold itself, so it is looked up when needed."""
        if kind not in self._known:
            self._known[kind] = lambda data: self._known[kind](data)
            self._known[kind] = self._made(kind)
        return self._known[kind]

    def _made(self, kind: Any) -> Decode:
        origin, arguments = get_origin(kind), get_args(kind)
        if kind in self._met or origin is Literal:
            return self._met[kind if origin is None else str]  # codes are texts
        if kind in _ATOMS or kind is Any or kind is object:
            return _same
        if kind in (dt.datetime, dt.time):
            return kind.fromisoformat  # type: ignore[no-any-return] # of the class just named
        if kind is Indicator:
            return self._indicators.__getitem__
        if kind is Column:
            return lambda data: _COLUMNS[tuple(data)]
        if kind in (Span, Text):
            return self._once(kind)
        if is_dataclass(kind):
            return self._dataclass(kind)
        if origin in (Union, types.UnionType):
            return self._union(arguments)
        alias = getattr(origin, "__value__", None)  # numpy 2.5 and newer name arrays by a type alias
        if alias is not None:
            return self._of(alias[arguments])
        if origin is np.ndarray:
            element = get_args(arguments[1])[0]
            return lambda data: np.array(data, dtype=element)
        if origin is tuple and arguments[-1] is not Ellipsis:
            return self._fixed(arguments)
        if origin in (tuple, list, frozenset):
            return self._sequence(origin, arguments[0])
        return self._mapping(arguments)

    def _once(self, kind: Any) -> Decode:
        """Return what makes a dataclass of the list of its fields, alike ones once: advisors share them."""
        make, known = self._dataclass(kind), {}

        def same(data: list[Any]) -> Any:
            key = tuple(data)
            if key not in known:
                known[key] = make(data)
            return known[key]

        return same

    def _dataclass(self, kind: Any) -> Decode:
        """Return what makes a dataclass of the list of its fields."""
        decoders = list(map(self._of, field_types(kind)))
        return lambda data: kind(*map(call, decoders, data))

    def _union(self, options: tuple[Any, ...]) -> Decode:
        """Return what reads one of several types: None, a plain one, or at most one that is kept as a list."""
        rest = [option for option in options if option is not type(None)]
        if len(rest) == 1 and rest[0] in self._met:
            return self._met[rest[0]]
        structured = [self._of(option) for option in rest if option not in _ATOMS]
        if not structured:
            return _same
        decode = structured[0]
        if any(option is str for option in rest):
            return lambda data: decode(data) if isinstance(data, list) else data
        return lambda data: None if data is None else decode(data)

    def _fixed(self, kinds: tuple[Any, ...]) -> Decode:
        decoders = [self._of(kind) for kind in kinds]
        return lambda data: tuple(map(call, decoders, data))

    def _sequence(self, kind: Any, element: Any) -> Decode:
        if hasattr(element, "_fields"):
            decoders = list(map(self._of, field_types(element)))
            none = kind()  # most of what could bring others brought none
            return lambda data: kind(map(element._make, zip(*map(map, decoders, data), strict=True))) if data else none
        decode = self._of(element)
        if decode is _same:
            return kind  # type: ignore[no-any-return] # tuple, list or frozenset
        return lambda data: kind(map(decode, data))

    def _mapping(self, arguments: tuple[Any, ...]) -> Decode:
        key, value = (self._of(argument) for argument in arguments)
        return lambda data: {key(one): value(other) for one, other in data} if data else _NOTHING


class _Met(dict[Any, Any]):
    """Texts, numbers or days as they were met first, to be held once: most stand in many advisors' digests."""

    def __init__(self, make: Decode) -> None:
        super().__init__({None: None})
        self.make = make

    def __missing__(self, value: Any) -> Any:
        same = self[value] = self.make(value)
        return same


def _same(data: Any) -> Any:
    return data
