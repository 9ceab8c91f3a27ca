"""Where the headings of a file are, told from what its first rows hold."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Final

from reportkit.definitions.columns import Form
from reportkit.importing.dating import CLOCKS
from reportkit.importing.headings import HEADER_WITHIN, clean, text_of
from reportkit.importing.moments import moment
from reportkit.importing.synonyms import headings_of, passed_headings, plain
from reportkit.importing.written import amount
from reportkit.read.contents import Rows

FEWEST_DAYS: Final = 5  # headings that are days of the month
FEWEST_DATES: Final = 3  # headings that are dates
DAY: Final = re.compile(r"\d{1,2}[日号號]?")


def heading_score(form: Form, rows: Rows) -> float:
    """Return how much the best row of a sheet looks like the headings of a form's columns."""
    known = _known(form)
    return max((_heading_like(row, known) for row in rows[:HEADER_WITHIN]), default=0.0)


def _known(form: Form) -> set[str]:
    """Return every heading a form's columns are known by, folded."""
    known = {one for column in form.columns for one in (*headings_of(form.code, column), *passed_headings(column.code))}
    return known | set(form.by_label)


def header_of(form: Form, rows: Rows) -> tuple[int, int]:
    """Return the row number of the first row of headings, and how many there are."""
    known = _known(form)
    scores = [_heading_like(row, known) for row in rows[:HEADER_WITHIN]]
    best = scores.index(max(scores)) if scores else 0
    for upper in (best - 1, best):
        if upper >= 0 and upper + 1 < len(rows) and _grouped(rows[upper], rows[upper + 1], known):
            return upper + 1, 2
    return best + 1, 1


def _grouped(upper: Sequence[object], lower: Sequence[object], known: Iterable[str]) -> bool:
    """Return whether one row of headings groups those of the next: some of its cells reach over several below."""
    texts = [at for at, cell in enumerate(upper) if clean(cell) is not None]
    below = [at for at, cell in enumerate(lower) if clean(cell) is not None]
    reaching = [at for at in below if texts and at > texts[0] and at not in texts]
    told = len(reaching) > 1 or any(plain(text_of(lower[at])) in known for at in below)
    dates = sum(isinstance(upper[at], dt.date) for at in texts) >= FEWEST_DATES
    told = told or dates
    return len(texts) > 1 and bool(reaching) and told and (dates or not _data_like(upper)) and not _data_like(lower)


def _heading_like(row: Sequence[object], known: Iterable[str]) -> float:
    """Return how much a row looks like headings: different texts without digits, known ones above all."""
    texts = {plain(cell) for cell in row if isinstance(cell, str) and cell.strip()}
    days = [int(text.rstrip("日号號")) for text in map(text_of, row) if DAY.fullmatch(text)]
    dated = [cell for cell in row if isinstance(cell, dt.date)]
    days = days if len(dated) < FEWEST_DATES or dated != sorted(set(dated)) else list(range(FEWEST_DAYS + len(dated)))
    counted = len(days) if len(days) >= FEWEST_DAYS and days == sorted(set(days)) else 0
    worded = counted + sum(not text[:1].isdigit() for text in texts)
    filled = sum(clean(cell) is not None for cell in row)
    return worded + 3 * len(texts & set(known)) - 0.5 * (filled - worded)


def _data_like(row: Sequence[object]) -> bool:
    """Return whether a row holds dates or numbers."""
    return any(isinstance(moment(cell, ("day first",), CLOCKS), dt.date) or isinstance(amount(cell), float)
               for cell in row if clean(cell) is not None)  # fmt: skip
