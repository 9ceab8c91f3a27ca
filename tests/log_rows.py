"""Facts of a log written as small text tables: a header of column codes, then a row a line, cells apart by `|`."""

from reportkit.facts.rows import Facts
from tests.books import Rows, facts_from


def rows(text: str) -> Rows:
    """Return the rows of a text table; an empty cell is blank."""
    header, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [{code: cell for code, cell in zip(header, line, strict=True) if cell} for line in lines]


def facts(**forms: str) -> Facts:
    """Return the facts of a log whose forms are given as text; the first row of each is Excel row 2."""
    return facts_from({form: rows(text) for form, text in forms.items()})
