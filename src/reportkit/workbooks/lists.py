"""The lists behind the dropdowns, and the defined names that checks and the board use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportkit.definitions import words
from reportkit.definitions.choices import BROADCAST_KINDS, CUSTOMER_KINDS, KIND
from reportkit.definitions.columns import Choices, Form, fold
from reportkit.definitions.text import Language
from reportkit.workbooks.hidden import HiddenSheet, Range, add_hidden_sheet, span
from reportkit.workbooks.style import Styles

ARCHIVED_CASES = "archived_cases"  # the defined name of their ids
ROWS = 10_000  # how many rows of a form the formats, checks and the board reach


def header_row(form: Form) -> int:
    """Return the zero-based row of a form's headings: below the band of groups where it has one."""
    return 1 if form.groups else 0


def column_span(form: Form, code: str, language: Language) -> str:
    """Return the cells of a column that may hold rows, its heading before them.

    The heading is no day, choice or known id, so it never counts; with it a row inserted right below is inside.
    """
    column = list(form.column).index(code)
    return span(form.label.to(language), column, header_row(form), header_row(form) + ROWS)


def name_of(form: str, code: str) -> str:
    """Return the defined name of a form's column."""
    return f"{form}_{code}"


def ids_of(form: str) -> str:
    """Return the defined name of the ids in use, which grows with the table."""
    return f"{form}_ids"


def writings(choices: Choices, code: str) -> list[str]:
    """Return every way to write a choice: its code, its labels, its synonyms; Excel ignores case."""
    synonyms = [synonym for synonym in choices.synonyms if choices.by_label[fold(synonym)] == code]
    return list({text.lower(): text for text in (code, *choices.labels[code].all(), *synonyms)}.values())


@dataclass(frozen=True)
class Lists:
    """The hidden sheet of choices: of each, every way to write it and the code it stands for, code by code."""

    hidden: HiddenSheet
    written: dict[str, dict[str, Range]]  # choices code → code → its writings


def add_lists(styles: Styles, forms: Iterable[Form]) -> Lists:
    """Add the hidden sheet of choices of forms, named `choices_…` (dropdown), `written_…` and `codes_…`."""
    lists = Lists(add_hidden_sheet(styles, words.LISTS.to(styles.language)), {})
    used = {c.choices.code: c.choices for form in forms for c in form.columns if c.choices is not None}
    for choices in used.values():
        lists.written[choices.code] = _add_choices(lists.hidden, choices)
    if KIND.code in used:
        of_kind = lists.written[KIND.code]
        _name_neighbours(styles, "customer_kinds", [of_kind[code] for code in CUSTOMER_KINDS])
        _name_neighbours(styles, "broadcast_kinds", [of_kind[code] for code in BROADCAST_KINDS])
    return lists


def add_archived_cases(styles: Styles, lists: Lists, ids: Iterable[object]) -> None:
    """Name the ids of the cases in the log's archives: a case may repeat one, and none may be called like it."""
    cells = lists.hidden.add(ARCHIVED_CASES, [str(one) for one in ids])
    styles.book.define_name(ARCHIVED_CASES, f"={cells}")


def define_columns(styles: Styles, form: Form) -> None:
    """Name every column of a form, and the ids in use where it has them."""
    for code in form.column:
        styles.book.define_name(name_of(form.code, code), "=" + column_span(form, code, styles.language))
    if form.id_column:
        define_used(styles, form, form.id_column, ids_of(form.code))


def define_used(styles: Styles, form: Form, code: str, name: str) -> None:
    """Name the cells of a column that are in use; the name grows with the table."""
    cells = column_span(form, code, styles.language)
    styles.book.define_name(name, f"=INDEX({cells},2):INDEX({cells},MAX(2,COUNTA({cells})))")


def _add_choices(hidden: HiddenSheet, choices: Choices) -> dict[str, Range]:
    """Write the columns of one list of choices; return code → the cells of its writings."""
    book, language = hidden.styles.book, hidden.styles.language
    labels = hidden.add(f"choices_{choices.code}", [label.to(language) for label in choices.labels.values()])
    every = [(text, code) for code in choices for text in writings(choices, code)]
    written = hidden.add(f"written_{choices.code}", [text for text, _ in every])
    codes = hidden.add(f"codes_{choices.code}", [code for _, code in every])
    for name, cells in (("choices", labels), ("written", written), ("codes", codes)):
        book.define_name(f"{name}_{choices.code}", f"={cells}")
    order = [code for _, code in every]
    return {code: written.part(order.index(code), order.index(code) + order.count(code) - 1) for code in choices}


def _name_neighbours(styles: Styles, name: str, cells: list[Range]) -> None:
    """Name the writings of choices that stand one after another."""
    first, last = cells[0], cells[-1]
    styles.book.define_name(name, f"={Range(first.sheet, first.column, first.first, last.last)}")
