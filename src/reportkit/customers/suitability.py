"""Unsuitable talks and opportunities of a span, as alerts and sheets list them (DOMAIN §1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from reportkit.customers.pipeline import OPEN_STAGES, stages_on
from reportkit.definitions.findings import Finding
from reportkit.facts.contacts import NEVER, Mask, Standing, day_number, day_of
from reportkit.facts.suitability import product_at, unsuitable_at, unsuitable_rows
from reportkit.settings.calendars import Span


@dataclass(frozen=True, slots=True)
class Unsuitable:
    """A talk or opportunity about a product marked unsuitable; `finding` has its place in the log, and what to do."""

    advisor_id: str
    finding: Finding
    customer_id: str
    product: str
    on: dt.date


def unsuitable(standing: Standing, span: Span) -> tuple[Unsuitable, ...]:
    """Return the talks of a span, and the opportunities found in it or still open, that should not be."""
    first, last = day_number(span.start), min(day_number(span.end), standing.today)
    facts = standing.facts
    days = standing.activity_days
    chosen = unsuitable_rows(facts, "activities") & (days >= first) & (days <= last)
    found = list(_found(standing, "activities", days, chosen))
    opened = facts.day_numbers("opportunities", "opened_on", NEVER)
    is_open = np.isin(stages_on(facts, day_of(last)), OPEN_STAGES)
    chosen = unsuitable_rows(facts, "opportunities") & (opened <= last) & (is_open | (opened >= first))
    return (*found, *_found(standing, "opportunities", opened, chosen))


def _found(standing: Standing, form: str, days: Any, chosen: Mask) -> Iterator[Unsuitable]:
    facts = standing.facts
    rows = facts.row_numbers(form)
    for at in np.flatnonzero(chosen).tolist():
        row = int(rows[at])
        about = unsuitable_at(facts, form, row)
        yield Unsuitable(facts.advisor_id, about, about.value or "", product_at(facts, form, row), day_of(days[at]))
