"""An advisor's weekly report as a workbook: the week on one page, whom to contact, data quality, the rows behind it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportkit.definitions import insight_words as extra
from reportkit.definitions import report_words as say
from reportkit.definitions import words
from reportkit.definitions.text import Language, Text
from reportkit.settings.branch_settings import Settings
from reportkit.summary.backing import Backing
from reportkit.summary.drilldown import Rows, rows_of
from reportkit.summary.highlights import daily_contacts, highlights
from reportkit.summary.summaries import AdvisorSummary, Work
from reportkit.summary.trend import PastWeek, since_begun
from reportkit.workbooks.around_sheet import add_around
from reportkit.workbooks.cells import Page
from reportkit.workbooks.detail import add_detail, block_rows, link_to_line
from reportkit.workbooks.due_sheet import add_due
from reportkit.workbooks.links import from_reports
from reportkit.workbooks.quality import add_quality
from reportkit.workbooks.style import ACCENT, AMBER, MUTED, SKY, Styles, new_workbook
from reportkit.workbooks.weekly import Week, add_weekly, link_to_figure, name_figures


def write_advisor_report(
    path: Path,
    summary: AdvisorSummary,
    work: Work,
    settings: Settings,
    language: Language,
    *,
    rows: Rows | None = None,
    backing: Backing | None = None,
) -> None:
    """Write an advisor's week as a new workbook.

    `rows` are those behind its figures, found in `work` where they are not given; `backing` the weeks up to it, and
    the service and customers around it.
    """
    rows = rows_of(work, summary) if rows is None else rows
    title = say.ADVISOR_TITLE.fill(language, name=summary.name or summary.advisor_id)
    book, styles = new_workbook(path, language, title)
    weekly, due = _page(styles, words.WEEKLY, ACCENT), _page(styles, words.DUE, AMBER)
    if backing is not None:
        add_around(_page(styles, extra.AROUND, SKY), summary, backing)
    quality, detail = (_page(styles, text, MUTED) for text in (say.QUALITY, say.DETAIL))
    log = from_reports(summary.file)
    starts = block_rows(summary.assessments, rows)
    links = {code: link_to_line(detail.name, start) for code, start in starts.items()}
    back = {one.indicator.code: link_to_figure(weekly.name, at) for at, one in enumerate(summary.assessments)}
    trend = since_begun(backing.weeks) if backing is not None else ()
    add_weekly(weekly, _week(summary, work, settings, trend, links))
    name_figures(weekly, summary.assessments)
    add_due(due, summary.due, summary.as_of)
    add_quality(quality, summary.rows, summary.findings)
    add_detail(detail, summary.assessments, rows, log=log, names=_names(work), back=back)
    book.close()


def _page(styles: Styles, name: Text, tab: str) -> Page:
    sheet = styles.book.add_worksheet(name.to(styles.language))
    sheet.set_tab_color(tab)
    return Page(sheet, styles, sheet.get_name())


def _week(
    summary: AdvisorSummary,
    work: Work,
    settings: Settings,
    trend: Sequence[PastWeek],
    links: dict[str, str],
) -> Week:
    """Return what the first page shows."""
    span = summary.span
    days = span.days
    worked = work.duty.working(days)
    off = frozenset(days[worked == 0].astype(object).tolist())
    level = next((level.name for level in settings.levels if level.code == summary.level), summary.level)
    return Week(
        summary=summary,
        branch=settings.branch.name,
        level=level,
        working_days=float(worked.sum()),
        leave=sum(share for day, share in work.duty.leave.items() if day in span),
        off=off,
        unpublished=settings.calendar.unpublished(span),
        highlights=highlights(summary.assessments),
        contacts=daily_contacts(summary.assessments),
        trend=trend,
        links=links,
    )


def _names(work: Work) -> dict[str, str]:
    ids, names = (work.facts.values("customers", name).tolist() for name in ("customer_id", "name"))
    return dict(zip(ids, names, strict=True))
