"""A digest without a person: each text as the field it stands in, so that no figure, row or code is taken for an id."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass
from typing import Any, Final, Union, get_args, get_origin

from pydantic_core import from_json, to_json

from reportkit.branch.forgetting import finding_without
from reportkit.branch.person import CUSTOMER, Person
from reportkit.branch.plain import Reader, field_names, field_types, plain
from reportkit.branch.seal import sealed
from reportkit.definitions.findings import Finding
from reportkit.summary.backing import Backing
from reportkit.summary.summaries import AdvisorSummary

PARTS: Final = (AdvisorSummary, Backing)  # what a digest begins with; the rest names nobody
WHO: Final = frozenset({CUSTOMER, "customers", "out_of_turn"})  # fields that hold ids of customers
_PLACES: Final = frozenset({"sheet", "rows", "cell", "file", "week", "code", "advisor_id"})
_READER: Final = Reader({})


def digest_without(content: bytes, person: Person) -> bytes:
    """Return a digest without a person. Raise ValueError where another version of the program wrote it."""
    parts = content.split(b"\n")
    for at, kind in enumerate(PARTS):
        old = from_json(parts[at])
        new = _without(kind, old, person, near=False)
        if new != old:
            parts[at] = to_json(new, inf_nan_mode="constants")
    return sealed(b"\n".join(parts))


def _without(kind: Any, data: Any, person: Person, *, near: bool) -> Any:
    """Return plain data of a type without the person; `near` is whether it stands beside their id."""
    if isinstance(data, str):
        return person.text(data, near=near) if str in (kind, *get_args(kind)) else data
    if not isinstance(data, list) or not data:
        return data
    origin, arguments = get_origin(kind), get_args(kind)
    if kind is Finding:
        return plain(finding_without(_READER.read(Finding, data), person, near))
    if is_dataclass(kind):
        return _fields(kind, data, person, near)
    if origin in (Union, types.UnionType):
        return _without(next(one for one in arguments if one not in (str, types.NoneType)), data, person, near=near)
    if origin is tuple and arguments[-1] is not Ellipsis:
        return [_without(one, held, person, near=near) for one, held in zip(arguments, data, strict=True)]
    if origin in (tuple, list, frozenset):
        return _sequence(arguments[0], data, person, near)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return [[key, _without(arguments[1], held, person, near=near)] for key, held in data]
    return data


def _sequence(element: Any, data: Sequence[Any], person: Person, near: bool) -> list[Any]:
    if hasattr(element, "_fields"):  # named tuples stand in columns
        rows = [_fields(element, row, person, near) for row in zip(*data, strict=True)]
        return [list(column) for column in zip(*rows, strict=True)]
    return [_without(element, one, person, near=near) for one in data]


def _fields(kind: Any, data: Sequence[Any], person: Person, near: bool) -> list[Any]:
    """Return the fields of a value; whoever is named by one of them is whom the others are about."""
    named = list(zip(field_names(kind), field_types(kind), data, strict=True))
    near = near or any(name == CUSTOMER and one in (person.customer_id, person.alias) for name, _, one in named)
    return [
        one
        if name in _PLACES
        else _ids(one, person)
        if name in WHO and _is_text(one)
        else _without(of, one, person, near=near)
        for name, of, one in named
    ]


def _is_text(one: Any) -> bool:
    return isinstance(one, str) or (isinstance(one, list) and all(isinstance(each, str) for each in one))


def _ids(one: Any, person: Person) -> Any:
    return person.id(one) if isinstance(one, str) else list(map(person.id, one))
