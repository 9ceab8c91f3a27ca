"""What stands behind an advisor's summary in the team workbook: small frozen values, so that no log stays open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from reportkit.customers.portfolio import Portfolio, portfolio
from reportkit.settings.branch_settings import Settings
from reportkit.summary.advice import Advice, advise
from reportkit.summary.drilldown import Rows, Where, places
from reportkit.summary.insight import Insight, insight_of
from reportkit.summary.service import ServiceStandards, service_standards
from reportkit.summary.summaries import AdvisorSummary, Work
from reportkit.summary.trend import PastWeek, past_weeks


@dataclass(frozen=True)
class Backing:
    """An advisor's share of the team workbook.

    `places` maps an indicator to where its rows stand, `weeks` are the last ones, the report's own last; `desk` is of
    the week, `customers` as of its day, `advice` on the targets from the day after, `insight` of the weeks around.
    """

    advisor_id: str
    places: Mapping[str, tuple[Where, ...]]
    weeks: tuple[PastWeek, ...]
    desk: ServiceStandards
    customers: Portfolio
    advice: tuple[Advice, ...]
    insight: Insight

    @property
    def served(self) -> int:
        """How many different customers had an effective contact in the week."""
        return self.insight.served[-1]


def backing_of(work: Work, summary: AdvisorSummary, rows: Rows, settings: Settings, today: dt.date) -> Backing:
    """Return what stands behind an advisor's summary; `rows` are those behind its figures."""
    end_of_day = dt.datetime.combine(summary.as_of + dt.timedelta(days=1), dt.time()) - dt.timedelta(seconds=1)
    return Backing(
        advisor_id=summary.advisor_id,
        places=places(rows),
        weeks=past_weeks(work, settings, summary.week, today),
        desk=service_standards(work, settings, summary.span, end_of_day),
        customers=portfolio(work.facts, settings, summary.as_of),
        advice=advise([work], settings, summary.as_of + dt.timedelta(days=1)),
        insight=insight_of(work, settings, summary.span, summary.as_of, today),
    )
