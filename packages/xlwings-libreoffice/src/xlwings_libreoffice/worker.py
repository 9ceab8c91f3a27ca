"""The UNO side of the link: the only module that touches pyuno.

It runs in the user's interpreter when that one can load pyuno, else in the distribution's (then as a script:
nothing but the standard library and `uno` is imported). What crosses the link is None, bool, int, float, str,
bytes and tuples of them as they are; a UNO object as ``{"ref": n}``; a struct as ``{"struct": type, field: value}``;
an enum as ``{"enum": type, "value": name}``; a value of which UNO wants to be told the type as
``{"any": type, "value": value}``. A dict is therefore never plain data.
"""

from __future__ import annotations

import builtins
import itertools
import pickle
import sys
from typing import Any, BinaryIO

PLAIN = (str, float, int, bool, bytes, type(None))


def import_uno(folders: list[str]) -> Any:
    """Import pyuno from the first folder that has it; `builtins.__import__`, which it replaces, is put back."""
    sys.path.extend(folder for folder in folders if folder not in sys.path)  # appended: they shadow nothing
    original = builtins.__import__
    try:
        import uno
    finally:
        builtins.__import__ = original
    return uno


class Worker:
    """Keeps the UNO objects the other side refers to and carries out its requests one at a time."""

    def __init__(self, uno: Any) -> None:
        self._uno = uno
        self._failure = uno.getClass("com.sun.star.uno.Exception")
        self._object_type = type(uno.getComponentContext())
        self._objects: dict[int, Any] = {}
        self._numbers = itertools.count(1)

    def answer(self, request: tuple[Any, ...]) -> tuple[Any, ...]:
        """Carry out ``(verb, released refs, *arguments)``.

        The answer is ``("ok", value)`` or ``("failed", exception type, message)``.
        """
        verb, released, *arguments = request
        for number in released:
            self._objects.pop(number, None)
        try:
            return ("ok", getattr(self, "do_" + verb)(*arguments))
        except self._failure as failure:
            return ("failed", _type_name(failure), str(failure.Message))
        except Exception as failure:  # noqa: BLE001 - the other side has to hear of it, and this one to go on
            return ("failed", type(failure).__name__, str(failure))

    def do_connect(self, pipe: str) -> Any:
        """Component context of the office that listens on a pipe."""
        local = self._uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        return self._pack(resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"))

    def do_get(self, ref: int, name: str) -> Any:
        """Value of a property."""
        return self._pack(getattr(self._objects[ref], name))

    def do_set(self, ref: int, name: str, value: Any) -> None:
        """Set a property."""
        if isinstance(value, dict) and "any" in value:
            self._uno.invoke(self._objects[ref], "setPropertyValue", (name, self._unpack(value)))
        else:
            setattr(self._objects[ref], name, self._unpack(value))

    def do_call(self, ref: int, name: str, arguments: tuple[Any, ...]) -> Any:
        """Result of a method."""
        target = self._objects[ref]
        unpacked = tuple(self._unpack(argument) for argument in arguments)
        if any(isinstance(argument, dict) and "any" in argument for argument in arguments):
            return self._pack(self._uno.invoke(target, name, unpacked))
        return self._pack(getattr(target, name)(*unpacked))

    def do_same(self, one: int, other: int) -> bool:
        """Whether two refs are one UNO object."""
        return bool(self._objects[one] == self._objects[other])

    def do_has(self, ref: int, name: str) -> bool:
        """Whether an object offers a property or method."""
        return hasattr(self._objects[ref], name)

    def _pack(self, value: Any) -> Any:
        if isinstance(value, PLAIN):
            return value
        if isinstance(value, tuple):
            # a block of cells is a tuple of tuples of plain values: it passes whole
            if value and isinstance(value[0], tuple) and (not value[0] or isinstance(value[0][0], PLAIN)):
                return value
            return tuple(self._pack(item) for item in value)
        if isinstance(value, self._uno.Enum):
            return {"enum": value.typeName, "value": value.value}
        if isinstance(value, self._uno.ByteSequence):
            return value.value
        if isinstance(value, self._uno.Type):
            return value.typeName
        if isinstance(value, self._uno.Char):
            return value.value
        # asking a UNO object for an attribute it lacks would be a question to the office
        if not isinstance(value, self._object_type) and hasattr(value, "__pyunostruct__"):
            fields = dir(value.__dict__["value"])
            return {"struct": value.__pyunostruct__, **{name: self._pack(getattr(value, name)) for name in fields}}
        number = next(self._numbers)
        self._objects[number] = value
        return {"ref": number}

    def _unpack(self, value: Any) -> Any:
        if isinstance(value, tuple):
            if value and isinstance(value[0], tuple):
                return value
            return tuple(self._unpack(item) for item in value)
        if not isinstance(value, dict):
            return value
        if "ref" in value:
            return self._objects[value["ref"]]
        if "enum" in value:
            return self._uno.Enum(value["enum"], value["value"])
        if "any" in value:
            return self._uno.Any(value["any"], self._unpack(value["value"]))
        struct = self._uno.createUnoStruct(value["struct"])
        for name, item in value.items():
            if name != "struct":
                setattr(struct, name, self._unpack(item))
        return struct


def _type_name(failure: Any) -> str:
    return str(getattr(failure, "__pyunostruct__", type(failure).__name__))


def serve(requests: BinaryIO, answers: BinaryIO, folders: list[str]) -> None:
    """Answer pickled requests until the other side closes its end."""
    worker = Worker(import_uno(folders))
    pickle.dump(("ok", sys.version_info[:2]), answers, protocol=4)
    answers.flush()
    while True:
        try:
            request = pickle.load(requests)  # noqa: S301 - our own parent writes this pipe
        except EOFError:
            return
        pickle.dump(worker.answer(request), answers, protocol=4)
        answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer, sys.argv[1:])
