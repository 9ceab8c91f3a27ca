"""Plain attributes where xlwings' interface declares properties."""

from __future__ import annotations

from typing import Any


class _Attribute:
    """Takes an inherited property's place, so that instances can hold the value."""

    def __get__(self, instance: object, owner: type) -> Any:
        raise AttributeError("not set yet")


ATTRIBUTE: Any = _Attribute()
