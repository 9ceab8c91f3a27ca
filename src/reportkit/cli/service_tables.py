"""The tables of service and customers as a terminal shows them: those of the team workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rich.console import Group
from rich.text import Text as Styled

from reportkit.cli.output import table
from reportkit.customers.portfolio import RISK_STATES, BandOf, Portfolio
from reportkit.customers.visits import visit_summary
from reportkit.definitions import insight_words as words
from reportkit.definitions import report_words as say
from reportkit.definitions.choices import CATEGORY, CHANNEL, PRIORITY, PRODUCT, PRODUCTS, STAGE, UNIT
from reportkit.definitions.figures import bare, figure, percent
from reportkit.definitions.settings_forms import FaqRow
from reportkit.definitions.text import Language, Text
from reportkit.definitions.words import ATTAINMENT, INDICATOR
from reportkit.definitions.words import TARGET as OF_INDICATOR
from reportkit.indicators.satisfaction import Satisfaction
from reportkit.indicators.shares import Share
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import named_span, week_name
from reportkit.summary.insight import Trained, look_back
from reportkit.summary.service import ServiceStandards
from reportkit.summary.summaries import Work
from reportkit.workbooks.blocks import Block, Figure, Link, Range, Readers, Value
from reportkit.workbooks.case_sheet import grouped, late_cases
from reportkit.workbooks.moves_sheet import departures, flows, referrals, risk_cases, unsuitable
from reportkit.workbooks.satisfaction_sheet import groups, sources, unanswered
from reportkit.workbooks.service_sheet import behind
from reportkit.workbooks.visits_sheet import first_visits, overdue, rates


def shown(block: Block, language: Language) -> Group:
    """Return a block of a sheet as a table under its title."""
    title = block.title.to(language)
    if block.all is not None and block.all > len(block.lines):
        title = words.FIRST_OF.fill(language, title=title, shown=len(block.lines), all=block.all)
    headings = ["" if one == block.title else one.to(language) for one in block.headings]
    rows = [
        [
            _cell(value, f"{heading} {_cell(line[0], '', language)}", language)
            for value, heading in zip(line, headings, strict=True)
        ]
        for line in block.lines
    ]
    if not rows:
        title = f"{title}  {block.none.to(language)}"
    numbers = {at for line in block.lines for at, value in enumerate(line) if isinstance(value, Figure | Share)}
    heading = Styled(f"\n{title}", "bold")
    if not rows:
        return Group(heading)
    return Group(heading, table(headings, rows, numbers=sorted(numbers)))


def _cell(value: Value, beside: str, language: Language) -> str:
    """Return a value as text; a unit that what stands beside it names already, in brackets, is left out."""
    if isinstance(value, Figure):
        if value.value is not None and str(dict(value.more).get("num_format")).startswith("+"):
            return f"{value.value:+.0f}"
        unit = UNIT.labels[value.unit].to(language)
        told = f"({unit})" in beside or f"（{unit}）" in beside
        return bare(value.value, value.unit) if told else figure(value.value, value.unit, language)
    if isinstance(value, Range):
        return f"{value.low.removesuffix('%')}…{value.high}"
    if isinstance(value, Share):
        return percent(value.value)
    if isinstance(value, Text):
        return value.to(language)
    if isinstance(value, Link):
        return value.text
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, dt.datetime) else "" if value is None else str(value)


def _block(title: Text, headings: Sequence[Text], lines: Sequence[Sequence[Value]]) -> Block:
    return Block(title, tuple(headings), (), lines)


def desk_tables(desk: ServiceStandards, readers: Readers, language: Language) -> Iterator[Group]:
    """Yield the five standards, what stands behind them, cases by what they have in common, and late cases."""
    lines: list[tuple[Value, ...]] = [
        (
            one.indicator.label,
            Figure(one.value, one.indicator.unit),
            Figure(one.target, one.indicator.unit),
            Figure(one.attainment, "percent"),
            Figure(one.denominator),
        )
        for one in desk.standards
    ]
    headings = (INDICATOR, say.VALUE, OF_INDICATOR, ATTAINMENT, say.OBSERVATIONS)
    yield shown(_block(say.STANDARDS, headings, lines), language)
    yield shown(behind(desk), language)
    people = {code: Text.same(readers.advisor(code)) for code in (*desk.people, *desk.by["owner"])}
    by_category = grouped(say.BY_CATEGORY, desk.by["category"], CATEGORY.labels)
    reached = [Figure(bar.cumulative, "percent") for bar in desk.pareto("category")]
    yield shown(
        replace(
            by_category,
            headings=(*by_category.headings, say.CUMULATIVE),
            lines=[(*line, one) for line, one in zip(by_category.lines, reached, strict=True)],
        ),
        language,
    )
    for title, of, labels in (
        (say.BY_PRIORITY, desk.by["priority"], PRIORITY.labels),
        (words.BY_CHANNEL, desk.by["channel"], CHANNEL.labels),
        (words.BY_CAUSE, {key: tally for key, tally in desk.by["cause"].items() if key}, {}),
        (say.OWNER, desk.by["owner"], people),
        (words.BY_PERSON, desk.people, people),
    ):
        yield shown(grouped(title, of, labels), language)
    yield shown(late_cases(desk, readers), language)


def answer_tables(
    found: Satisfaction, settings: Settings, readers: Readers, language: Language
) -> Iterator[Group]:  # fmt: skip
    """Yield CSAT and NPS with their intervals, in all and by what answers have in common, and low scores left alone."""
    yield shown(sources(found), language)
    by_advisor = {*found.cases.by["advisor"], *found.surveys.by["advisor"]}
    for title, dimension, names in (
        (words.BY_SEGMENT, "segment", segment_names(settings)),
        (words.BY_CHANNEL, "channel", dict(CHANNEL.labels)),
        (words.BY_ADVISOR, "advisor", {code: Text.same(readers.advisor(code)) for code in by_advisor}),
    ):
        yield shown(groups(title, found, dimension, names), language)
    yield shown(unanswered(found, readers), language)


def customer_tables(found: Portfolio, settings: Settings, readers: Readers, language: Language) -> Iterator[Group]:
    """Yield segments and tiers with their rules, products, pipeline, moves, referrals, departures, risk, suitability."""
    segments = segment_names(settings)
    for title, known in ((say.SEGMENT, found.segments), (words.TIER, found.tiers)):
        yield shown(_bands(title, known, language), language)
    yield shown(_products(found), language)
    yield shown(_pipeline(found), language)
    yield shown(flows(found, segments), language)
    yield shown(referrals(found, readers), language)
    churn: list[tuple[Value, ...]] = [
        (month, Figure(float(one.part)), Figure(float(one.whole)), one) for month, one in found.churn.items()
    ]
    yield shown(_block(say.CHURN, (say.MONTH, say.LEFT_CUSTOMERS, say.AT_START, say.RATE), churn), language)
    yield shown(departures(found, segments, readers), language)
    states: list[tuple[Value, ...]] = [
        (label, Figure(float(found.risk.get(state, 0)))) for state, label in RISK_STATES.items()
    ]
    yield shown(_block(say.RISK_STATE, (say.STATE, say.CUSTOMER_COUNT), states), language)
    yield shown(risk_cases(found, readers), language)
    yield shown(unsuitable(found, readers), language)


def training_table(trained: Sequence[Trained], readers: Readers, language: Language) -> Group:
    """Return the training against its target, a line an advisor."""
    lines: list[tuple[Value, ...]] = [
        (
            readers.advisor(one.advisor_id),
            Figure(float(one.training.times)),
            Figure(one.training.hours),
            Figure(one.hours.target if one.hours else None),
            Figure(one.hours.attainment if one.hours else None, "percent"),
            Figure(float(one.training.scored)),
            Figure(one.training.mean_score),
            one.training.pass_rate,
        )
        for one in trained
    ]
    headings = (
        words.ADVISOR, words.SESSIONS, words.HOURS, words.TARGET, words.ATTAINED, words.SCORED, words.MEAN_MARK,
        words.PASSED,
    )  # fmt: skip
    return shown(_block(words.TRAINING, headings, lines), language)


def faq_table(entries: Sequence[FaqRow], used: Mapping[str, int], language: Language) -> Group:
    """Return questions and answers, the most used first."""
    lines: list[tuple[Value, ...]] = [
        (one.category, one.question, Figure(float(used.get(one.question, 0))), one.answer)
        for one in sorted(entries, key=lambda one: -used.get(one.question, 0))
    ]
    return shown(_block(words.FAQ, (words.CATEGORY, words.QUESTION, words.USED, words.ANSWER), lines), language)


def visit_tables(work: Work, settings: Settings, on: dt.date, language: Language) -> Iterator[Group]:
    """Yield how the visits of the last four weeks went, and what of them is late, of one log."""
    weeks = look_back(named_span(week_name(on)))
    found = visit_summary(work.facts, weeks, on)
    advisor = work.facts.advisor_id
    readers = Readers({row.advisor_id: row.name for row in settings.roster}, {advisor: work.book.file}, open=True)
    named = [(readers.advisor(advisor), found)]
    for one in (rates(named), first_visits(named), *overdue(found, readers)):
        yield shown(one, language)


def segment_names(settings: Settings) -> dict[str, Text]:
    """Return the name of each segment."""
    return {rule.code: rule.name for rule in reversed(settings.segments)}


def _bands(title: Text, known: Sequence[BandOf], language: Language) -> Block:
    lines: list[tuple[Value, ...]] = [
        (
            one.band.name,
            Figure(float(one.group.customers)),
            Figure(one.group.assets, "yuan"),
            Figure(one.group.share_of_wallet, "percent"),
            "; ".join(rule.to(language) or words.OTHERWISE.to(language) for rule in one.band.rules),
        )
        for one in known
    ]
    return _block(title, (title, say.CUSTOMER_COUNT, say.ASSETS, say.WALLET, words.RULES), lines)


def _products(found: Portfolio) -> Block:
    lines: list[tuple[Value, ...]] = [
        (
            PRODUCT.labels[product],
            Figure(float(found.total.holds.get(product, 0))),
            found.total.penetration(product),
            Figure(float(found.total.wants.get(product, 0))),
            Figure(float(found.won[product].count) if product in found.won else 0.0),
        )
        for product in PRODUCTS
    ]
    headings = (words.PRODUCT, words.HELD, words.PENETRATION, words.INTERESTED, words.WON_BY_PRODUCT)
    return _block(words.PRODUCT, headings, lines)


def _pipeline(found: Portfolio) -> Block:
    stages = [(STAGE.labels[stage], found.pipeline[stage]) for stage in STAGE]
    lines: list[tuple[Value, ...]] = [
        (label, Figure(float(one.count)), Figure(one.total, "yuan"))
        for label, one in (*stages, (words.OVERDUE_CHANCES, found.overdue))
    ]
    return _block(say.PIPELINE, (say.STAGE, say.COUNT, say.AMOUNT), lines)
