"""How often cases were answered from the branch's questions and answers (DOMAIN §2 faq)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from reportkit.definitions.columns import fold
from reportkit.definitions.settings_forms import FaqRow
from reportkit.facts.rows import Facts
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import Span

MARKS: Final = "?!.。？！"  # a question is a question without its mark


def answers_used(facts: Facts, settings: Settings, span: Span) -> dict[str, int]:
    """Return question → how many cases opened on the days of a span were resolved with it.

    A case uses an entry where its resolution contains the entry's question or its whole answer; case, width, spaces and
    the closing mark do not matter. Questions nobody used are left out.
    """
    opened = span.covers(facts.days("cases", "opened_at"))
    return used_in(facts.values("cases", "resolution")[opened].tolist(), settings) if settings.faq else {}


def used_in(resolutions: Iterable[object], settings: Settings) -> dict[str, int]:
    """Return question → how many of some resolutions hold it or its answer, as `answers_used` counts them."""
    written = Counter(resolutions)
    resolved = [(fold(text), times) for text, times in written.items() if isinstance(text, str)]
    used = {
        entry.question: sum(
            times for text, times in resolved if any(one in text for one in _named(entry.question, entry.answer))
        )
        for entry in settings.faq
    }
    return {question: times for question, times in used.items() if times}


def found_answers(settings: Settings, wanted: str) -> list[FaqRow]:
    """Return the questions and answers that hold every one of some words, in their order; all of them for no words."""
    words = [fold(one) for one in wanted.split()]
    return [
        entry
        for entry in settings.faq
        if all(one in fold(f"{entry.category} {entry.question} {entry.answer}") for one in words)
    ]


@lru_cache(maxsize=4096)
def _named(*texts: str) -> tuple[str, ...]:
    """Return texts as they are looked for; those of a branch's FAQ are the same for every log."""
    return tuple(folded for text in texts if (folded := fold(text).strip(MARKS)))
