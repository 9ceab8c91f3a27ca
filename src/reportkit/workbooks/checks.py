"""What Excel itself checks while a person types: hints, warnings and red cells, derived from the columns.

A warning never refuses an entry: what people paste (a synonym, `2026.11.23`) may be understood when the log is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from reportkit.definitions import words
from reportkit.definitions.columns import BIGGEST, EARLIEST, LATEST, Column, Form
from reportkit.definitions.forms import ACTIVITIES, CASES, FORMS
from reportkit.definitions.text import Language
from reportkit.workbooks.lists import ARCHIVED_CASES, ids_of, name_of
from reportkit.workbooks.style import serial

_TITLE_LENGTH: Final = 32
CellOf = Callable[[str], str]  # column code → its cell in the first row, like $B2


def known(cell: str, ids: str) -> str:
    """Return the formula of an id's place among ids, stored as text or as a number, blanks around it or not.

    MATCH takes c1 for C1 and C* for C10; whoever reads the log does not.
    """
    place = f"IFERROR(MATCH({cell},{ids},0),IFERROR(MATCH(TRIM({cell}),{ids},0),MATCH(VALUE({cell}),{ids},0)))"
    return f"IF(EXACT(TRIM(INDEX({ids},{place})),TRIM({cell})),{place},NA())"


def hint(form: Form, column: Column, language: Language) -> str:
    """Return what belongs in a column, in a few words."""
    parts = [_usual_hint(column), column.hint]
    if column.minimum is not None:
        parts.append(_range_hint(column, language))
    if column.not_future:
        parts.append(words.HINT_NOT_FUTURE)
    texts = [part if isinstance(part, str) else part.to(language) for part in parts if part]
    if column.not_before:
        earlier = form.column[column.not_before].label.to(language)
        texts.append(words.HINT_NOT_BEFORE.fill(language, column=earlier))
    return _listed(texts, language)


def _listed(texts: Iterable[str], language: Language) -> str:
    return ("; " if language == "en" else "；").join(filter(None, texts))


def _usual_hint(column: Column) -> Any:
    if column.refers_to == "customers":
        return words.HINT_CUSTOMER
    return words.HINT.get(column.kind)


def _range_hint(column: Column, language: Language) -> str:
    low, high = f"{column.minimum:g}", f"{column.maximum:g}" if column.maximum is not None else None
    if high is not None:
        return words.HINT_BETWEEN.fill(language, low=low, high=high)
    return (words.HINT_ABOVE if column.above_minimum else words.HINT_FROM).fill(language, low=low)


def validation(
    form: Form, column: Column, language: Language, cell: CellOf, source: str | None = None
) -> dict[str, Any] | None:
    """Return the data validation of a column, or None where anything may be typed without a hint.

    `source` is the defined name of a list to choose from.
    """
    belongs = hint(form, column, language)
    text = _listed([words.REQUIRED.to(language) if column.required else "", belongs], language)
    rule = {"validate": "list", "source": f"={source}"} if source else _rule(form, column, cell)
    if rule is None and not text:
        return None
    return {
        **(rule or {"validate": "any"}),
        "input_title": column.label.to(language)[:_TITLE_LENGTH],
        "input_message": text,
        "error_title": words.WARN_TITLE.to(language),
        "error_message": words.WARN.fill(language, hint=belongs),
        "error_type": "warning",
    }


def _rule(form: Form, column: Column, cell: CellOf) -> dict[str, Any] | None:
    """Return what the validation of a column allows without asking."""
    own = cell(column.code)
    if column.choices is not None:
        return {"validate": "list", "source": f"=choices_{column.choices.code}"}
    if column.refers_to:
        return {"validate": "list", "source": f"={ids_of(column.refers_to)}"}
    if column.unique and form.code in FORMS:
        return {"validate": "custom", "value": f"=SUMPRODUCT(--({name_of(form.code, column.code)}={own}))=1"}
    if column.dated:
        return _day_rule(column, cell)
    if column.kind == "time":
        return {"validate": "time", "criteria": "between", "minimum": 0, "maximum": 0.999988426}
    if column.kind in ("number", "whole"):
        return _number_rule(column)
    if column.kind == "email":
        return {"validate": "custom", "value": f'=ISNUMBER(FIND("@",{own}))'}
    return None


def _day_rule(column: Column, cell: CellOf) -> dict[str, Any]:
    """Return the rule of a date: a day of our time, not before the column it must follow, not in the future."""
    low: Any = serial(EARLIEST)
    if column.not_before:
        low = f"=MAX({serial(EARLIEST)},{cell(column.not_before)})"
    high: Any = serial(LATEST)
    if column.not_future:
        high = "=TODAY()" if column.kind == "date" else "=TODAY()+0.99999"
    return {"validate": "date", "criteria": "between", "minimum": low, "maximum": high}


def _number_rule(column: Column) -> dict[str, Any]:
    kind = "integer" if column.kind == "whole" else "decimal"
    if column.above_minimum:
        return {"validate": kind, "criteria": ">", "value": column.minimum}
    low = -BIGGEST if column.minimum is None else column.minimum
    high = BIGGEST if column.maximum is None else column.maximum
    return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}


def wrong_when(form: Form, column: Column, cell: CellOf) -> str | None:
    """Return the formula that turns a cell red, for the first row, or None where nothing can be wrong."""
    own = cell(column.code)
    tests: list[str] = []
    if column.required:
        first, last = form.columns[0].code, form.columns[-1].code
        tests.append(f"AND(LEN(TRIM({own}))=0,COUNTA({cell(first)}:{cell(last)})>0)")
    wrong = _wrong_values(column, cell)
    if wrong:
        tests.append(f"IF(LEN({own})=0,FALSE,OR({','.join(wrong)}))")
    if form.code == ACTIVITIES.code and column.refers_to == "customers":
        tests += _wrong_customer(own, cell("kind"))
    # An error value makes any test an error: that cell is wrong, too.
    return f"=IFERROR(OR({','.join(tests)}),TRUE)" if tests else None


def _wrong_customer(own: str, kind: str) -> list[str]:
    """Return the tests that a customer kind names a customer and a broadcast none (kind.customer)."""
    return [
        f"AND(LEN(TRIM({own}))=0,ISNUMBER(MATCH(TRIM({kind}),customer_kinds,0)))",
        f"AND(LEN(TRIM({own}))>0,ISNUMBER(MATCH(TRIM({kind}),broadcast_kinds,0)))",
    ]


def _wrong_values(column: Column, cell: CellOf) -> list[str]:
    """Return the tests that what stands in a cell is wrong."""
    own = cell(column.code)
    tests: list[str] = []
    if column.choices is not None:
        tests.append(f"ISNA(MATCH(TRIM({own}),written_{column.choices.code},0))")
    if column.kind in ("date", "datetime", "time", "number", "whole"):
        tests += _wrong_numbers(column, own)
    if column.not_future:
        tests.append(f"{own}>=TODAY()+1")
    if column.not_before:
        earlier = cell(column.not_before)
        tests.append(f"AND(ISNUMBER({earlier}),{own}<{earlier})")
    if column.unique:
        first = own.replace("$", "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        letter = own.strip("$").rstrip("0123456789")
        tests.append(f"SUMPRODUCT(--(${letter}${first}:{own}={own}))>1")
    if column.code == CASES.id_column:
        tests.append(f"ISNUMBER({known(own, ARCHIVED_CASES)})")
    if column.refers_to:
        unknown = f"ISERROR({known(own, name_of(column.refers_to, str(FORMS[column.refers_to].id_column)))})"
        archived = f"ISERROR({known(own, ARCHIVED_CASES)})"
        tests.append(f"AND({unknown},{archived})" if column.refers_to == CASES.code else unknown)
    if column.max_length:
        tests.append(f"LEN({own})>{column.max_length}")
    if column.kind == "email":
        tests.append(f'ISERROR(FIND("@",{own}))')
    return tests


def _wrong_numbers(column: Column, own: str) -> list[str]:
    """Return the tests that a date, time or number is none, or out of its range."""
    low: float | None = column.minimum
    high: float | None = column.maximum
    if column.dated:
        low, high = serial(EARLIEST), serial(LATEST) + 1
    elif column.kind == "time":
        low, high = 0, 0.999999
    tests = [f"NOT(ISNUMBER({own}))"]
    if column.kind in ("date", "whole"):
        tests.append(f"{own}<>INT({own})")
    if low is not None:
        tests.append(f"{own}{'<=' if column.above_minimum else '<'}{low:.10g}")
    if high is not None:
        tests.append(f"{own}>{high:.10g}")
    return tests
