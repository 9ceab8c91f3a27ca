"""How often each answer of the FAQ was used, kept beside an advisor's digest: a changed FAQ touches nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from reportkit.branch.history import Entry, History, fingerprint, renamed
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


def count_anew(root: Path, entry: Entry, period: Period) -> None:
    """Count the answers used in a log anew where the FAQ is another; the rest of its digest stays."""
    history, name = History(root), period.name(entry)
    if _READER.read(Used, history.digest(name, PART)).faq == _faq(period):
        return
    summary, backing = (history.digest(name, part) for part in range(PART))
    book = without_future(renamed(history.book(entry.facts), entry.file), period.today)
    history.write_digest(name, (summary, backing, used(facts_of(book), period)))


def with_answers(backing: Backing, history: History, name: str) -> Backing:
    """Return what stands behind a summary with the answers used."""
    times = _READER.read(Used, history.digest(name, PART)).times
    return replace(backing, insight=replace(backing.insight, answers=times))


def _faq(period: Period) -> str:
    return fingerprint(written(period.whole_settings().faq))
