"""The custom functions as LibreOffice Calc needs them: an interface in its own language, and their names and words.

Calc asks a type library what a function takes. The library beside the extension's sources is made from the interface by
LibreOffice's `unoidl-write`: `make calc-types`, after a function or a parameter changed.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, Final

from reportkit.definitions.forms import FORMS
from reportkit.definitions.settings_forms import SETTINGS_FORMS
from reportkit.definitions.text import Text
from reportkit_addin.build.registry import component, node, prop, words
from reportkit_addin.sentences import PARAMETER_HINTS, PARAMETERS

SERVICE: Final = "org.reportkit.Functions"
CONFIGURATION: Final = "CalcAddIns.xcu"
LIBRARY: Final = "reportkit_functions.rdb"
MORE_TABLES: Final = len(FORMS) + len(SETTINGS_FORMS)  # for each to be given once
_RANGE: Final = "com::sun::star::table::XCellRange"  # a range itself; else a parameter is `any`, which may be left out
_CALLER: Final = "com::sun::star::beans::XPropertySet"  # the document: Calc fills it in, nobody types it


def interface() -> str:
    """Return the interface of the functions, in UNO's interface language."""
    from reportkit_addin.functions import FUNCTIONS

    methods = "".join(
        f"    {_returned(called)} {method(name)}({_declared(called)});\n" for name, called in FUNCTIONS.items()
    )
    return (
        "// Generated from the functions; do not edit: `make calc-types`\n"
        "module org { module reportkit {\n"
        f"interface XFunctions: com::sun::star::uno::XInterface {{\n{methods}}};\n"
        "}; };\n"
    )


def names_and_words() -> str:
    """Return the configuration that gives each function its name, its words and those of its arguments."""
    from reportkit_addin.functions import FUNCTIONS, TELLS

    functions = "".join(
        node(
            method(name),
            prop("DisplayName", words(Text.same(shown(name))))
            + prop("Description", words(TELLS[name]))
            + prop("Category", "<value>Add-In</value>")
            + node("Parameters", "".join(map(_parameter, _parameters(called))), op=False),
        )
        for name, called in FUNCTIONS.items()
    )
    ours = node(SERVICE, node("AddInFunctions", functions, op=False))
    return component("CalcAddIns", node("AddInInfo", ours, op=False))


def shown(name: str) -> str:
    """Return what Calc calls a function: `RK_KPI` → `RK.KPI`."""
    return name.replace("_", ".", 1)


def method(name: str) -> str:
    """Return the interface's method of a function: `RK_KPI` → `kpi`."""
    return name.partition("_")[2].lower()


def _parameters(called: Callable[..., Any]) -> list[tuple[str, str]]:
    """Return a function's parameters, each with its name in the interface: `("first_day", "firstDay")`.

    Calc calls a function of any number of arrays once for each of their cells, so every table has a parameter.
    """
    found: list[tuple[str, str]] = []
    for one in inspect.signature(called).parameters.values():
        if one.kind is one.VAR_POSITIONAL:
            found += [(one.name, f"{one.name}{number}") for number in range(1, MORE_TABLES + 1)]
        else:
            found.append((one.name, _camel(one.name)))
    return found


def _returned(called: Callable[..., Any]) -> str:
    """Return what a method returns: rows for functions that spill, else a figure or a sentence."""
    spills = "Spill" in str(inspect.signature(called).return_annotation)
    return "sequence< sequence<any> >" if spills else "any"


def _declared(called: Callable[..., Any]) -> str:
    declared = [f"[in] {_RANGE if one == 'table' else 'any'} {declared}" for one, declared in _parameters(called)]
    return ", ".join([f"[in] {_CALLER} document", *declared])


def _camel(name: str) -> str:
    """Return a parameter's name as the interface language has it: `first_day` → `firstDay`."""
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)


def _parameter(names: tuple[str, str]) -> str:
    name, declared = names
    said = prop("DisplayName", words(PARAMETERS[name])) + prop("Description", words(PARAMETER_HINTS[name]))
    return node(declared, said)


if __name__ == "__main__":
    print(interface(), end="")
