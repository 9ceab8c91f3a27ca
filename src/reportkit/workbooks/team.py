"""The team workbook: overview, ranking, heatmap, data quality, and who adds what to each figure."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from reportkit.customers.portfolio import merge as merge_customers
from reportkit.definitions import report_words as say
from reportkit.definitions import words
from reportkit.definitions.text import Language
from reportkit.settings.branch_settings import Settings
from reportkit.summary.attention import concerns
from reportkit.summary.backing import Backing
from reportkit.summary.highlights import highlights
from reportkit.summary.service import merge as merge_desks
from reportkit.summary.summaries import TeamSummary, by_score
from reportkit.summary.trend import team_weeks
from reportkit.workbooks.advice_sheet import add_advice
from reportkit.workbooks.alerts_sheet import add_alerts
from reportkit.workbooks.case_sheet import add_cases
from reportkit.workbooks.cells import Page
from reportkit.workbooks.customer_sheet import add_customers
from reportkit.workbooks.overview import Overview, add_overview, link_to_figure, name_figures
from reportkit.workbooks.ranking import add_heatmap, add_ranking, ranked_ranges
from reportkit.workbooks.service_sheet import add_service
from reportkit.workbooks.style import Styles, new_workbook
from reportkit.workbooks.team_detail import add_team_detail, line_of, link_to_line
from reportkit.workbooks.team_quality import add_findings, add_logs
from reportkit.workbooks.trend_sheet import add_trend, score_ranges, spark_ranges

SHEETS: Final = (
    say.OVERVIEW, say.RANKING, say.HEATMAP, say.TREND, say.SERVICE, say.CASES, say.CUSTOMERS, say.ALERTS, say.ADVICE,
    say.QUALITY, words.FINDINGS, say.DETAIL,
)  # fmt: skip


def write_team(
    path: Path, team: TeamSummary, backings: Mapping[str, Backing], settings: Settings, language: Language
) -> None:
    """Write a team's week as a new workbook; `backings` are its members' by advisor id."""
    members = by_score(team.members)
    backed = [backings[member.advisor_id] for member in members]
    codes = [one.indicator.code for one in team.assessments]
    book, styles = new_workbook(path, language, say.TEAM_TITLE.fill(language, name=team.name))
    overview, ranking, heatmap, trend, service, cases, customers, alerts, targets, quality, findings, detail = (
        _page(styles, text.to(language)) for text in SHEETS
    )
    served = {one.advisor_id: one.served for one in backed}
    weeks = team_weeks([one.weeks for one in backed])
    attention = concerns(members, backings)
    desk = merge_desks([one.desk for one in backed])
    lines = line_of(members, codes)
    links = {code: link_to_line(detail.name, lines["", code]) for code in codes}
    back = {code: link_to_figure(overview.name, at) for at, code in enumerate(codes)}
    shown = Overview(
        team=team,
        highlights=highlights(team.assessments),
        attention=attention,
        served=sum(served.values()),
        weeks=len(weeks),
        links=links,
        sparks=spark_ranges(trend.name, weeks),
        scores=score_ranges(trend.name, weeks),
        ranked=ranked_ranges(ranking.name, len(members)),
        alerts=alerts.name,
    )
    add_overview(overview, shown)
    name_figures(overview, team.assessments)
    add_ranking(ranking, members, served, {level.code: level.name for level in settings.levels})
    add_heatmap(heatmap, members, team.assessments, lambda who, code: link_to_line(detail.name, lines[who, code]))
    add_trend(trend, weeks, members, backings)
    add_service(service, desk, weeks)
    add_cases(cases, desk)
    add_customers(customers, merge_customers([one.customers for one in backed]))
    add_alerts(alerts, attention)
    names = {member.advisor_id: member.name for member in members}
    add_advice(targets, [advice for one in backed for advice in one.advice], names)
    add_logs(quality, team)
    add_findings(findings, team)
    add_team_detail(detail, members, team.assessments, {one.advisor_id: one.places for one in backed}, back)
    book.close()


def _page(styles: Styles, name: str) -> Page:
    return Page(styles.book.add_worksheet(name), styles, name)
