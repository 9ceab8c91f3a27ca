"""How often each answer of the FAQ was used, kept beside an advisor's digest: a changed FAQ touches nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from pydantic_core import from_json

from reportkit.branch.history import Entry, History, fingerprint
from reportkit.branch.kept_book import renamed
from reportkit.branch.period import Period
from reportkit.branch.plain import Reader
from reportkit.facts.answers import answers_used
from reportkit.facts.rows import Facts, facts_of
from reportkit.settings.calendars import named_span
from reportkit.settings.parts import written
from reportkit.summary.backing import Backing
from reportkit.summary.insight import look_back
from reportkit.validate.rules import without_future

PART: Final = 2  # of a digest, after the summary and what stands behind it
_READER: Final = Reader({})


@dataclass(frozen=True)
class Used:
    """How often each answer was used in a log; `faq` names the questions and answers that were looked for."""

    faq: str = ""
    times: Mapping[str, int] = field(default_factory=dict)


def used(facts: Facts, period: Period) -> Used:
    """Return how often each answer of the FAQ was used in the weeks a report looks back on."""
    weeks = look_back(named_span(period.week)).until(period.as_of)
    return Used(_faq(period), answers_used(facts, period.whole_settings(), weeks))


def counted_anew(history: History, entry: Entry, period: Period) -> tuple[bytes, ...]:
    """Return the digest of a log, its answers counted anew where the FAQ is another; the rest of it stays."""
    name = period.name(entry)
    parts = history.digest(name)
    if _READER.read_json(Used, parts[PART]).faq == _faq(period):
        return parts
    book = without_future(renamed(history.book(entry.facts), entry.file), period.today)
    history.write_digest(name, (*map(from_json, parts[:PART]), used(facts_of(book), period)))
    return history.digest(name)


def with_answers(backing: Backing, written: bytes) -> Backing:
    """Return what stands behind a summary with the answers used, as a digest keeps them."""
    times = _READER.read_json(Used, written).times
    return replace(backing, insight=replace(backing.insight, answers=times))


@lru_cache(maxsize=1)
def _faq(period: Period) -> str:
    return fingerprint(written(period.whole_settings().faq))
