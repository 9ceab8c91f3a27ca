"""Answers the functions of the LibreOffice extension: a call a line, its answer a line, until the input ends.

usage: python -m reportkit_addin.calc_functions
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import IO, Any, Final

from reportkit_addin.functions import FUNCTIONS
from reportkit_addin.tables import Cells, frozen

DAY_ZERO: Final = dt.datetime(1899, 12, 30)
DAY: Final = dt.timedelta(days=1)
Tables = dict[int, Cells]


def main() -> None:
    """Answer until the office has gone."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what is printed must not be taken for an answer
    serve(sys.stdin, answers)


def serve(calls: IO[str], answers: IO[str]) -> None:
    """Answer each line: `{"name", "arguments", "tables"}` with `{"value"}`, or `{"failed"}` where it broke.

    An argument `{"table": n}` is the nth table, sent in `tables` with the first call that names it.
    """
    tables: Tables = {}
    for line in calls:
        call = json.loads(line)
        tables |= {int(number): frozen(rows) for number, rows in call["tables"].items()}
        arguments = [tables[one["table"]] if isinstance(one, dict) else one for one in call["arguments"]]
        answers.write(json.dumps(_answer(FUNCTIONS[call["name"]], arguments)) + "\n")
        answers.flush()


def _answer(function: Callable[..., Any], arguments: Sequence[object]) -> dict[str, object]:
    try:
        value = function(*arguments)
    except Exception as error:  # noqa: BLE001 # one cell shows it; the next call has its own answer
        return {"failed": f"{type(error).__name__}: {error}"}
    if isinstance(value, list):
        return {"value": [[_cell(cell) for cell in row] for row in value]}
    return {"value": _cell(value)}


def _cell(value: object) -> object:
    """Return a value as Calc takes it: text or a number, days counted from 1899-12-30."""
    if isinstance(value, dt.datetime):
        return (value - DAY_ZERO) / DAY
    return value if isinstance(value, str) else float(value)  # type: ignore[arg-type] # cells are text and numbers


if __name__ == "__main__":
    main()
