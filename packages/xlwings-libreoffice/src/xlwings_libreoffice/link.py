"""UNO objects as Python sees them here: one proxy class, whether pyuno runs in this process or in a bridge.

`Object` is the one untyped boundary of the package: its attributes are `Any`, as UNO's are known at run time only.
UNO names methods in lowerCamelCase and properties in UpperCamelCase, which is how an attribute is told to be the one
or the other without asking.
"""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, Protocol

from . import worker
from .errors import CalcError, OfficeGone
from .installation import Installation

GONE = "LibreOffice has ended or closed its connection. Start a new App, or attach to a running one."
_SOURCE = re.compile(r"\s*(?:\bat )?\./[\w./]+:\d+\s*$")  # the line of LibreOffice's own source, at a message's end


class Struct:
    """A UNO struct by value: fields are attributes."""

    def __init__(self, type_name: str, **fields: Any) -> None:
        self.__dict__.update(fields)
        self.__dict__["_type"] = type_name

    def __setattr__(self, name: str, value: Any) -> None:
        self.__dict__[name] = value

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"{self._type} has no field {name}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Struct) and self.__dict__ == other.__dict__

    __hash__ = None  # type: ignore[assignment] # fields can change

    def __repr__(self) -> str:
        return f"Struct({self.__dict__})"


class Enum:
    """A UNO enum value."""

    def __init__(self, type_name: str, value: str) -> None:
        self.type_name = type_name
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Enum) and (self.type_name, self.value) == (other.type_name, other.value)

    def __hash__(self) -> int:
        return hash((self.type_name, self.value))

    def __repr__(self) -> str:
        return f"Enum({self.type_name}.{self.value})"


class Typed:
    """A value to be passed as a stated UNO type, such as ``Typed("[]long", (1, 2))``."""

    def __init__(self, type_name: str, value: Any) -> None:
        self.type_name = type_name
        self.value = value


class Transport(Protocol):
    """Carries a request to the worker and brings its answer."""

    def ask(self, request: tuple[Any, ...]) -> tuple[Any, ...]:
        """Answer of one request."""

    def close(self) -> None:
        """End what was started to carry requests."""


class InProcess:
    """pyuno in this interpreter."""

    def __init__(self, folders: list[str]) -> None:
        self._worker = worker.Worker(worker.import_uno(folders))

    def ask(self, request: tuple[Any, ...]) -> tuple[Any, ...]:
        """Answer of one request."""
        return self._worker.answer(request)

    def close(self) -> None:
        """Nothing was started."""


class Bridge:
    """pyuno in the distribution's own Python: a child that ends when its standard input does."""

    def __init__(self, python: Path, folders: list[str], environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [str(python), "-I", worker.__file__, *folders],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            start_new_session=True,  # Ctrl+C is for the user's program, not for the bridge
        )
        assert self._process.stdin and self._process.stdout  # noqa: S101 - both are pipes
        self._requests: IO[bytes] = self._process.stdin
        self._answers: IO[bytes] = self._process.stdout
        self._lock = threading.Lock()
        self._in_step = True
        try:
            pickle.load(self._answers)  # noqa: S301 - our own child wrote it
        except EOFError:
            raise CalcError(f"{python} could not import uno. Install python3-uno.") from None

    def ask(self, request: tuple[Any, ...]) -> tuple[Any, ...]:
        """Answer of one request."""
        data = pickle.dumps(request, protocol=4)  # before anything is sent: what cannot be pickled leaves no half
        with self._lock:
            if not self._in_step:
                return ("failed", "BridgeEnded", GONE)
            self._in_step = False  # Ctrl+C in between would leave an answer that the next request took for its own
            try:
                self._requests.write(data)
                self._requests.flush()
                answer: tuple[Any, ...] = pickle.load(self._answers)  # noqa: S301 - our own child wrote it
            except (OSError, EOFError, pickle.UnpicklingError, ValueError):
                return ("failed", "BridgeEnded", GONE)
            self._in_step = True
        return answer

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._requests.close()
            self._process.wait()
            self._answers.close()


class Link:
    """A connection to one office."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._released: list[int] = []
        self._context: Object | None = None
        self._gone = False

    def connect(self, pipe: str) -> Object:
        """Component context of the office that listens on a pipe; `CalcError` while nobody does."""
        self._context = context = self.ask("connect", pipe)
        return context  # type: ignore[no-any-return] # a UNO object

    def close(self) -> None:
        """End the bridge, if there is one."""
        self._transport.close()

    def ask(self, verb: str, *arguments: Any) -> Any:
        """Carry out one request; `OfficeGone` when nobody is left to, `CalcError` when it is refused."""
        if self._gone:
            raise OfficeGone(GONE)
        released, self._released = self._released, []
        outcome, *answer = self._transport.ask((verb, released, *arguments))
        if outcome == "ok":
            return self._unpack(answer[0])
        kind, message = answer
        kind = kind.rpartition(".")[2]
        self._gone = kind == "BridgeEnded" or not self._answers()
        if self._gone:
            raise OfficeGone(GONE, kind)
        message = _SOURCE.sub("", message)
        if not message:
            asked = arguments[1] if len(arguments) > 1 else verb
            message = f"LibreOffice refused {asked} ({kind}) without saying why."
        raise CalcError(message, kind)

    def _answers(self) -> bool:
        """Whether the office is still there: UNO words the failures of one that is not in many ways."""
        if self._context is None:
            return True
        return bool(self._transport.ask(("call", [], self._context._ref, "getValueByName", ("",)))[0] == "ok")

    def forget(self, ref: int) -> None:
        """Let the worker drop an object with the next request."""
        self._released.append(ref)

    def pack(self, value: Any) -> Any:
        """Wire form of a value."""
        if isinstance(value, tuple):
            if value and isinstance(value[0], tuple) and (not value[0] or isinstance(value[0][0], worker.PLAIN)):
                return value
            return tuple(self.pack(item) for item in value)
        if isinstance(value, Object):
            return {"ref": value._ref}
        if isinstance(value, Struct):
            fields = {name: self.pack(item) for name, item in value.__dict__.items() if name != "_type"}
            return {"struct": value._type, **fields}
        if isinstance(value, Enum):
            return {"enum": value.type_name, "value": value.value}
        if isinstance(value, Typed):
            return {"any": value.type_name, "value": self.pack(value.value)}
        return value

    def _unpack(self, value: Any) -> Any:
        if isinstance(value, dict):
            if "ref" in value:
                return Object(self, value["ref"])
            if "enum" in value:
                return Enum(value["enum"], value["value"])
            return Struct(value.pop("struct"), **{name: self._unpack(item) for name, item in value.items()})
        if isinstance(value, tuple) and not (value and isinstance(value[0], tuple) and _is_plain_row(value[0])):
            return tuple(self._unpack(item) for item in value)
        return value


def _is_plain_row(row: tuple[Any, ...]) -> bool:
    return not row or isinstance(row[0], worker.PLAIN)


class Object:
    """A UNO object: methods are called, properties read and set, collections with an index iterated."""

    __slots__ = ("_link", "_ref")
    _link: Link
    _ref: int

    def __init__(self, link: Link, ref: int) -> None:
        object.__setattr__(self, "_link", link)
        object.__setattr__(self, "_ref", ref)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name[0].islower():
            return self._method(name)
        return self._link.ask("get", self._ref, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._link.ask("set", self._ref, name, self._link.pack(value))

    def _method(self, name: str) -> Callable[..., Any]:
        link, ref = self._link, self._ref

        def call(*arguments: Any) -> Any:
            return link.ask("call", ref, name, tuple(map(link.pack, arguments)))

        call.__self__ = self  # type: ignore[attr-defined] # keeps the object alive until the call
        return call

    def __iter__(self) -> Iterator[Any]:
        if self.offers("createEnumeration") and not self.offers("getByIndex"):
            enumeration = self.createEnumeration()
            while enumeration.hasMoreElements():
                yield enumeration.nextElement()
        else:
            for index in range(self.getCount()):
                yield self.getByIndex(index)

    def offers(self, name: str) -> bool:
        """Whether the object has a property or method of that name."""
        return bool(self._link.ask("has", self._ref, name))

    def is_same(self, other: Object) -> bool:
        """Whether both are one UNO object."""
        return bool(self._link.ask("same", self._ref, other._ref))

    def __bool__(self) -> bool:
        return True

    def __del__(self) -> None:
        self._link.forget(self._ref)

    def __repr__(self) -> str:
        return f"<UNO object {self._ref}>"


def open_link(installation: Installation) -> Link:
    """A link through this interpreter if pyuno is built for it, else through the distribution's Python."""
    folders = [str(folder) for folder in installation.uno_folders]
    if installation.python_minor == sys.version_info[1]:
        return Link(InProcess(folders))
    return Link(Bridge(installation.python, folders, installation.environment()))
