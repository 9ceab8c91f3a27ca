"""Facts of a log written as small text tables: a header of column codes, then a row a line, cells apart by `|`."""

from collections.abc import Mapping

from reportkit.definitions.forms import FORMS
from reportkit.facts.rows import Facts
from reportkit.read.values import normalise
from tests.books import Rows, facts_from


def rows(text: str) -> Rows:
    """Return the rows of a text table; an empty cell is blank."""
    header, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [{code: cell for code, cell in zip(header, line, strict=True) if cell} for line in lines]


def facts(**forms: str) -> Facts:
    """Return the facts of a log whose forms are given as text; the first row of each is Excel row 2."""
    return facts_from({form: [_typed(form, row) for row in rows(text)] for form, text in forms.items()})


def _typed(form: str, row: Mapping[str, object]) -> dict[str, object]:
    """Return a row with its times of day as times: no frame makes them of texts, as it does days and numbers."""
    columns = FORMS[form].column
    return {
        code: normalise(columns[code], [cell])[0] if columns[code].kind == "time" else cell
        for code, cell in row.items()
    }
