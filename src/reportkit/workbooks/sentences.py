"""What went well, what is short and what to look at, in sentences, as the first pages of the reports say it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportkit.definitions import insight_words as extra
from reportkit.definitions import report_words as say
from reportkit.definitions.text import Language, Text
from reportkit.indicators.assess import Assessment
from reportkit.summary.attention import KINDS, Concern, by_kind
from reportkit.summary.highlights import Highlights, praise, shortfall
from reportkit.workbooks.style import fits, shortened

NAME: Final = 20  # Latin characters of a name in a sentence; the sheet of alerts has all of it
NAMED: Final = 4  # advisors named beside a concern; all of them are on their own sheet


def told(
    highlights: Highlights, assessments: Sequence[Assessment], language: Language
) -> tuple[Sequence[str], Sequence[str]]:
    """Return the sentences with their marks; without a mark why there are none, of what is short none at all."""
    well = [f"✓ {praise(one, language)}" for one in highlights.well]
    short = [f"▸ {shortfall(one, language)}" for one in highlights.short]
    if not any(one.assessed for one in assessments):
        return [say.NOTHING_ASSESSED.to(language)], []
    return well or [say.NOTHING_WELL.to(language)], short or [say.NOTHING_SHORT.to(language)]


def by_kind_told(attention: Sequence[Concern], language: Language, width: float) -> list[str]:
    """Return a sentence about each kind of concern that fits a width: whose it is, those with most first."""
    return [_in_short(KINDS[kind].name, ones, language, width) for kind, ones in by_kind(attention).items()]


def _in_short(kind: Text, ones: Sequence[Concern], language: Language, width: float) -> str:
    """Return a kind of concern with whose it is, a few by name."""
    who = [(shortened(one.name or one.advisor_id or extra.OF_TEAM.to(language), NAME), one.count) for one in ones]
    names = [f"{name} {count}" if count else name for name, count in dict.fromkeys(who)]
    advisors = len({one.advisor_id for one in ones} - {""})
    for named in range(min(NAMED, len(names)), 0, -1):
        more = say.AND_MORE.fill(language, count=advisors) if len(names) > named else ""
        text = say.LIST.fill(language, title=kind.to(language), names=" · ".join(names[:named])) + more
        if fits(text, width):
            break
    return text
