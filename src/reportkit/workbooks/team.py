"""The team workbook: overview, ranking, heatmap, data quality, and who adds what to each figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from reportkit import report_words as say
from reportkit import words
from reportkit.drilldown import places_of
from reportkit.highlights import highlights
from reportkit.settings import Settings
from reportkit.summary import TeamSummary, Work, by_score
from reportkit.text import Language
from reportkit.trend import PastWeek, customers_served
from reportkit.workbooks.cells import Page
from reportkit.workbooks.overview import Overview, add_overview, link_to_figure, name_figures
from reportkit.workbooks.ranking import add_heatmap, add_ranking
from reportkit.workbooks.style import Styles, new_workbook
from reportkit.workbooks.team_detail import add_team_detail, line_of, link_to_line
from reportkit.workbooks.team_quality import add_findings, add_logs


def write_team(
    path: Path,
    team: TeamSummary,
    works: Mapping[str, Work],
    settings: Settings,
    language: Language,
    *,
    trend: Sequence[PastWeek] = (),
) -> None:
    """Write a team's week as a new workbook; `works` are its members' by advisor id."""
    members = by_score(team.members)
    codes = [one.indicator.code for one in team.assessments]
    book, styles = new_workbook(path, language, say.TEAM_TITLE.fill(language, name=team.name))
    overview, ranking, heatmap, quality, findings, detail = (
        _page(styles, text.to(language))
        for text in (say.OVERVIEW, say.RANKING, say.HEATMAP, say.QUALITY, words.FINDINGS, say.DETAIL)
    )
    span = team.members[0].span
    served = {member.advisor_id: customers_served(works[member.advisor_id], span) for member in members}
    places = {
        member.advisor_id: {one.indicator.code: places_of(works[member.advisor_id], one) for one in member.assessments}
        for member in members
    }
    lines = line_of(members, codes)
    links = {code: link_to_line(detail.name, lines["", code]) for code in codes}
    back = {code: link_to_figure(overview.name, at) for at, code in enumerate(codes)}
    shown = Overview(team, highlights(team.assessments), sum(served.values()), trend, links)
    add_overview(overview, shown)
    name_figures(overview, team.assessments)
    add_ranking(ranking, members, served, {level.code: level.name for level in settings.levels})
    add_heatmap(heatmap, members, team.assessments, lambda who, code: link_to_line(detail.name, lines[who, code]))
    add_logs(quality, team)
    add_findings(findings, team)
    add_team_detail(detail, members, team.assessments, places, back)
    book.close()


def _page(styles: Styles, name: str) -> Page:
    return Page(styles.book.add_worksheet(name), styles, name)
