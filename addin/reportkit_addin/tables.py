"""Table ranges of any workbook → the flow: each range is known by its headings, whichever form it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from reportkit.definitions.catalogue import settings_rows
from reportkit.definitions.columns import Form, fold
from reportkit.definitions.errors import MendInput
from reportkit.definitions.forms import FORMS
from reportkit.definitions.settings_forms import SETTINGS_FORMS
from reportkit.definitions.spoken import spoken
from reportkit.definitions.text import DEFAULT_LANGUAGE, LANGUAGES, Language, Text
from reportkit.read.book import Identity, RawBook
from reportkit.read.values import CellError, normalise
from reportkit.read.workbook import HEADER_WITHIN, book_from_cells
from reportkit.settings.branch_settings import Settings, settings_from_rows
from reportkit.settings.indicator_rows import Indicator
from reportkit.summary.flow import work_from_raw
from reportkit.summary.summaries import Work
from reportkit.validate.workbook import validate
from reportkit_addin import sentences as say
from reportkit_addin.reading import FAILED_FORMULAS, as_in_a_file

Cells = tuple[tuple[object, ...], ...]


class Frozen(Cells):
    """The cells of a range as a file holds them: a range that many functions ask of is made so once."""


EVERY_FORM: Final = FORMS | SETTINGS_FORMS
HEADINGS: Final = {
    language: {fold(column.label.to(language)) for form in EVERY_FORM.values() for column in form.columns}
    for language in LANGUAGES
}
ENOUGH: Final = 2  # headings of a form, from which a range is taken for it
_DAY: Final = FORMS["activities"].column["date"]
_ID: Final = FORMS["customers"].column["customer_id"]


@dataclass(frozen=True)
class Given:
    """What ranges hold: the work on the log they make up, the settings in force, their language and their forms."""

    work: Work
    settings: Settings
    language: Language
    forms: frozenset[str]

    def need(self, *forms: str) -> None:
        """Raise MendInput where a form is not among the ranges: what is counted in none of its rows would be 0."""
        lacking = [EVERY_FORM[form].label for form in forms if form not in self.forms]
        if lacking:
            names = Text.each(lambda language: say.AND.to(language).join(label.to(language) for label in lacking))
            raise MendInput(say.LACKING, forms=names)

    def indicator(self, name: object) -> Indicator:
        """Return an indicator by code or label. Raise MendInput where there is none."""
        known = self.settings.indicator_named(str(one_value(name)))
        if known is None:
            raise MendInput(say.NO_INDICATOR, name=_shown(name))
        return known


def given(tables: Iterable[object], today: dt.date, advisor: object = "") -> Given:
    """Return the work on ranges, each with its header row; `today` is the last day that has come.

    Raise MendInput where a range is no table of a log or of the settings. Repeated calls on the same cells are free.
    """
    return _given(tuple(frozen(table) for table in tables if table not in (None, "")), today, _id_of(advisor))


@lru_cache(maxsize=8)
def _given(tables: tuple[Cells, ...], today: dt.date, advisor: str) -> Given:
    language, known = spoken_in(tables), _by_form(tables)
    settings = _settings(known)
    if advisor and settings.roster and advisor not in settings.advisors:
        raise MendInput(say.NOT_IN_ROSTER, advisor=advisor)
    raw = replace(_raw_of(known, FORMS, language), identity=Identity(advisor))
    return Given(work_from_raw(raw, settings, today), settings, language, frozenset(known))


def spoken_in(tables: Iterable[object]) -> Language:
    """Return the language that most headings of tables are in; that of the machine where none tells."""
    rows = [row for table in tables if isinstance(table, list | tuple) for row in table[:HEADER_WITHIN]]
    cells = [cell for row in rows if isinstance(row, list | tuple) for cell in row if isinstance(cell, str)]
    counts = {language: sum(fold(cell) in HEADINGS[language] for cell in cells) for language in LANGUAGES}
    return max((spoken(), *LANGUAGES), key=counts.__getitem__)


def _raw_of(known: Mapping[str, Cells], forms: dict[str, Form], language: Language = DEFAULT_LANGUAGE) -> RawBook:
    """Return the ranges that are tables of some forms as a workbook whose sheets are named by form."""
    cells = {
        form.label.to(language): [list(row) for row in known[code]] for code, form in forms.items() if code in known
    }
    if not cells:
        return book_from_cells("", Identity(), {code: [] for code in forms}, forms)
    return book_from_cells("", Identity(), cells, forms)


def _settings(known: Mapping[str, Cells]) -> Settings:
    """Return the default settings with the sheets that were given in place of the default ones, blank ones too."""
    book = validate(_raw_of(known, SETTINGS_FORMS), dt.date.max)
    own = {
        code: [
            {name: value for name, value in row.items() if value is not None} for _, row in book.tables[code].records()
        ]
        for code in SETTINGS_FORMS
        if code in known
    }
    return settings_from_rows({**settings_rows(DEFAULT_LANGUAGE), **own}, DEFAULT_LANGUAGE)


def _by_form(tables: Iterable[Cells]) -> dict[str, Cells]:
    """Return the code of each range's form → the range. Raise MendInput where two are of one form, or one of none."""
    known: dict[str, Cells] = {}
    for number, table in enumerate(tables, 1):
        form = form_of(table, number)
        if form.code in known:
            raise MendInput(say.TWICE, number=number, form=form.label)
        known[form.code] = table
    return known


def form_of(table: Cells, number: int) -> Form:
    """Return the form whose headings a range has. Raise MendInput where it has none's."""
    best = max(EVERY_FORM.values(), key=lambda form: (_headings(form, table), -len(form.columns)))
    if _headings(best, table) < min(ENOUGH, len(best.columns)):
        raise MendInput(say.NO_TABLE, number=number)
    return best


def _headings(form: Form, table: Cells) -> int:
    """Return how many of a form's headings a range has in the row that has most."""
    rows = ({form.by_label.get(fold(cell)) for cell in row if isinstance(cell, str) and cell} for row in table)
    return max((len(found - {None}) for found, _ in zip(rows, range(HEADER_WITHIN), strict=False)), default=0)


def frozen(table: object) -> Cells:
    """Return a range as tuples, failed formulas as what they are; a single cell is a table of one."""
    if isinstance(table, Frozen):
        return table
    rows: Sequence[object] = table if isinstance(table, list | tuple) else [table]
    return Frozen(
        tuple(map(_as_in_a_file, row)) if isinstance(row, list | tuple) else (_as_in_a_file(row),) for row in rows
    )


def _as_in_a_file(cell: object) -> object:
    """Return what a file holds where a function is given a cell: of failed formulas it is given their texts."""
    return CellError(cell) if isinstance(cell, str) and cell in FAILED_FORMULAS else as_in_a_file(cell)


def _id_of(cell: object) -> str:
    """Return the id a cell names as it is written: one kept as a number keeps its digits."""
    return str(normalise(_ID, [one_value(cell)])[0] or "")


def day_of(cell: object) -> dt.date:
    """Return the day a cell or text names. Raise MendInput where it names none."""
    day = normalise(_DAY, [one_value(cell)])[0]
    if not isinstance(day, dt.date):
        raise MendInput(say.NO_DAY, value=_shown(cell))
    return day


def one_value(cell: object) -> object:
    """Return what an argument holds. Raise MendInput where it is a range."""
    if isinstance(cell, list | tuple):
        raise MendInput(say.ONE_VALUE)
    return cell


def _shown(cell: object) -> object:
    """Return what a message shows of an argument: numbers of cells are floats, whole or not."""
    return f"{cell:g}" if isinstance(cell, float) else "" if cell is None else cell
