"""The team workbook: which sheets it has, in which order, and what each is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from reportkit.customers.portfolio import merge as merge_customers
from reportkit.definitions import insight_words as extra
from reportkit.definitions import report_words as say
from reportkit.definitions import words
from reportkit.definitions.text import Language, Text
from reportkit.settings.branch_settings import Settings
from reportkit.summary.attention import concerns
from reportkit.summary.backing import Backing
from reportkit.summary.highlights import highlights
from reportkit.summary.insight import look_back
from reportkit.summary.insight import merge as merge_insights
from reportkit.summary.service import merge as merge_desks
from reportkit.summary.summaries import AdvisorSummary, TeamSummary, by_score, told_apart
from reportkit.summary.trend import processes, since_begun, team_weeks
from reportkit.workbooks.advice_sheet import add_advice
from reportkit.workbooks.alerts_sheet import add_alerts
from reportkit.workbooks.blocks import Readers
from reportkit.workbooks.case_sheet import add_cases
from reportkit.workbooks.cells import Page
from reportkit.workbooks.changes_sheet import add_changes
from reportkit.workbooks.customer_sheet import add_customers
from reportkit.workbooks.detail import link_to_line
from reportkit.workbooks.effects_sheet import add_effects
from reportkit.workbooks.knowledge_sheet import add_knowledge
from reportkit.workbooks.moves_sheet import add_moves
from reportkit.workbooks.overview import Overview, add_overview, link_to_figure, name_figures
from reportkit.workbooks.ranking import add_heatmap, add_ranking, ranked_ranges
from reportkit.workbooks.satisfaction_sheet import add_satisfaction
from reportkit.workbooks.service_sheet import add_service
from reportkit.workbooks.style import ACCENT, AMBER, MUTED, NAVY, SERIES, SKY, Styles, new_workbook
from reportkit.workbooks.team_detail import add_team_detail, line_of
from reportkit.workbooks.team_quality import add_findings, add_logs
from reportkit.workbooks.trend_sheet import add_trend, score_ranges, sparks, tile_sparks
from reportkit.workbooks.visits_sheet import add_visits

SHEETS: Final[tuple[tuple[str, tuple[Text, ...]], ...]] = (  # by the colour of their tabs: what they are about
    (NAVY, (say.OVERVIEW,)),
    (ACCENT, (say.RANKING, say.HEATMAP, say.TREND)),
    (SERIES[2], (say.SERVICE, extra.EFFECTS, say.CASES, extra.SATISFACTION)),
    (SKY, (say.CUSTOMERS, extra.MOVES, extra.VISITS, extra.KNOWLEDGE)),
    (AMBER, (say.ALERTS, say.ADVICE, extra.CHANGES)),
    (MUTED, (say.QUALITY, words.FINDINGS, say.DETAIL)),
)
TABS: Final = 85  # percent of the window's width: there are many

IN_MEMORY: Final = 100  # advisors up to whom finished sheets wait there, 125 kB each: as files they cost more time


def write_team(
    path: Path, team: TeamSummary, backings: Iterable[Backing], settings: Settings, language: Language
) -> None:
    """Write a team's week as a new workbook; `backings` are what stands behind its members, in any order.

    Of a large branch neither they nor finished sheets need fit into memory beside the cells of the largest sheet: what
    nobody else holds goes before that is filled.
    """
    waiting = TemporaryDirectory() if len(team.members) > IN_MEMORY else nullcontext()  # nobody else's to read
    names = told_apart({member.advisor_id: member.name for member in team.members})
    members = [replace(member, name=names[member.advisor_id]) for member in by_score(team.members)]
    with waiting as folder:
        title = say.TEAM_TITLE.fill(language, name=team.name)
        book, styles = new_workbook(path, language, title, None if folder is None else Path(folder))
        book.set_tab_ratio(TABS)
        pages = {text: _page(styles, text.to(language), tab) for tab, texts in SHEETS for text in texts}
        behind = {one.advisor_id: one for one in backings}
        back = _add_views(pages, team, members, behind, settings)
        places = {advisor: one.places for advisor, one in behind.items()}
        del behind
        add_team_detail(pages[say.DETAIL], members, team.assessments, places, back)
        book.close()


def _add_views(
    pages: Mapping[Text, Page],
    team: TeamSummary,
    members: Sequence[AdvisorSummary],
    backings: Mapping[str, Backing],
    settings: Settings,
) -> dict[str, str]:
    """Fill all sheets but the one of details, best members first; return the links from it back to the figures."""
    overview, ranking, trend, detail = (pages[one] for one in (say.OVERVIEW, say.RANKING, say.TREND, say.DETAIL))
    backed = [backings[member.advisor_id] for member in members]
    codes = [one.indicator.code for one in team.assessments]
    every_week = team_weeks([one.weeks for one in backed])
    control = processes(every_week, team.as_of)
    weeks = since_begun(every_week)
    attention = concerns(members, backings, control)
    desk = merge_desks([one.desk for one in backed])
    insight = merge_insights([one.insight for one in backed])
    customers_served = insight.served[-len(weeks) :]
    lines = line_of(members, codes)
    shown = Overview(
        team=team,
        highlights=highlights(team.assessments),
        attention=attention,
        served=sum(one.served for one in backed),
        weeks=len(weeks),
        links={code: link_to_line(detail.name, lines["", code]) for code in codes},
        sparks=sparks(trend.name, weeks),
        tiles=tile_sparks(trend.name, weeks, customers_served),
        scores=score_ranges(trend.name, weeks),
        ranked=ranked_ranges(ranking.name, members),
        alerts=pages[say.ALERTS].name,
    )
    add_overview(overview, shown)
    name_figures(overview, team.assessments)
    add_ranking(ranking, members, backings, {level.code: level.name for level in settings.levels})
    add_heatmap(
        pages[say.HEATMAP], members, team.assessments, lambda who, code: link_to_line(detail.name, lines[who, code])
    )
    readers = Readers.of(members, settings.roster)
    portfolio = merge_customers([one.customers for one in backed])
    segments = {one.band.code: one.band.name for one in portfolio.segments}
    span = members[0].span
    add_trend(trend, weeks, members, backings, control, customers_served)
    add_service(pages[say.SERVICE], desk, weeks, insight.effects, readers, team.as_of)
    add_effects(pages[extra.EFFECTS], insight.effects, readers)
    add_cases(pages[say.CASES], desk, settings, readers)
    add_satisfaction(pages[extra.SATISFACTION], insight.satisfaction, look_back(span), segments, readers)
    add_customers(pages[say.CUSTOMERS], portfolio)
    add_moves(pages[extra.MOVES], portfolio, segments, readers)
    of_visits = {one.advisor_id: one.insight.visits for one in backed}
    add_visits(pages[extra.VISITS], insight.visits, of_visits, insight.proposals, insight.turns, readers)
    trained = {one.advisor_id: one.insight.training for one in backed}
    add_knowledge(pages[extra.KNOWLEDGE], members, trained, insight.answers, settings, span, team.as_of)
    add_alerts(pages[say.ALERTS], attention)
    advised = {member.advisor_id: member.name for member in members}
    add_advice(pages[say.ADVICE], [advice for one in backed for advice in one.advice], advised)
    add_changes(pages[extra.CHANGES], team, readers)
    add_logs(pages[say.QUALITY], team)
    add_findings(pages[words.FINDINGS], team)
    return {code: link_to_figure(overview.name, at) for at, code in enumerate(codes)}


def _page(styles: Styles, name: str, tab: str) -> Page:
    sheet = styles.book.add_worksheet(name)
    sheet.set_tab_color(tab)
    return Page(sheet, styles, name, shared=True)
