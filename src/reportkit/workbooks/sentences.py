"""What went well and what is short, in sentences, as the first pages of the reports say it."""

from __future__ import annotations

from collections.abc import Sequence

from reportkit.definitions import report_words as say
from reportkit.definitions.text import Language
from reportkit.indicators.assess import Assessment
from reportkit.summary.highlights import Highlights, praise, shortfall


def told(
    highlights: Highlights, assessments: Sequence[Assessment], language: Language
) -> tuple[Sequence[str], Sequence[str]]:
    """Return the sentences with their marks; without a mark why there are none, of what is short none at all."""
    well = [f"✓ {praise(one, language)}" for one in highlights.well]
    short = [f"▸ {shortfall(one, language)}" for one in highlights.short]
    if not any(one.assessed for one in assessments):
        return [say.NOTHING_ASSESSED.to(language)], []
    return well or [say.NOTHING_WELL.to(language)], short or [say.NOTHING_SHORT.to(language)]
