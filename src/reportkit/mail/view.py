"""What a message shows, worded and coloured, before it becomes HTML and plain text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reportkit.customers.due import REASONS, DueCustomer
from reportkit.definitions import report_words as say
from reportkit.definitions.figures import BLANK, against
from reportkit.definitions.findings import how_many
from reportkit.definitions.privacy import masked
from reportkit.definitions.text import Language
from reportkit.indicators.assess import Assessment, attained, grade, points
from reportkit.mail import words
from reportkit.mail.material import Material
from reportkit.mail.recipients import Delivery
from reportkit.summary.attention import concerns
from reportkit.summary.highlights import highlights, praise, shortfall
from reportkit.summary.summaries import AdvisorSummary, TeamSummary, by_score
from reportkit.summary.trend import PastWeek, processes, since_begun, team_weeks
from reportkit.workbooks.overview import SIDE_WIDTH, scored
from reportkit.workbooks.sentences import by_kind_told
from reportkit.workbooks.style import ACCENT, AMBER, GOOD, MUTED, WRONG

GRADE_COLOUR: Final[dict[str, str]] = {"A": GOOD, "B": ACCENT, "C": AMBER, "D": WRONG}
MOST_DUE: Final = 8
MOST_OWN: Final = 4  # of the team's own alerts; those of advisors take a line a kind
WEEKS: Final = 8
MET: Final = 100.0


@dataclass(frozen=True)
class Bar:
    """A line with a bar: what it is, the figures beside it, how much of the bar is full (0–100)."""

    label: str
    figures: str
    share: str
    filled: int
    colour: str


@dataclass(frozen=True)
class DueLine:
    """A customer to contact: who, why, when; a number to tap where the reader may have it."""

    name: str
    reasons: str
    when: str
    late: bool
    phone: str
    dial: str | None


@dataclass(frozen=True)
class View:
    """What a message shows, from top to bottom. `trend` is (week, score as written, 0–100)."""

    language: Language
    title: str
    line: str
    hello: str
    branch: str
    score: str
    grade: str
    colour: str
    tiles: tuple[tuple[str, str], ...]
    trend: tuple[Bar, ...]
    scores: tuple[float | None, ...]
    well: tuple[str, ...]
    short: tuple[str, ...]
    bars: tuple[Bar, ...]
    people: tuple[Bar, ...] = ()
    alerts: tuple[str, ...] = ()
    more_alerts: str = ""
    due: tuple[DueLine, ...] = ()
    more_due: str = ""
    remark: str = ""
    notes: tuple[str, ...] = ()


def has_something_to_say(summary: AdvisorSummary) -> bool:
    """Return whether an advisor's week is worth a message: anything assessed, due, or wrong."""
    return any(one.assessed for one in summary.assessments) or bool(summary.due or summary.findings)


def view_of(material: Material, delivery: Delivery, file: str, *, locked: bool) -> View:
    """Return what a recipient's message shows; `file` is the attachment, `locked` whether it is encrypted."""
    language = material.settings.language
    notes = [words.ATTACHED.fill(language, file=file)]
    if locked:
        notes.append(words.LOCKED.to(language))
    if not delivery.own:
        notes.append(words.MASKED.to(language))
    if delivery.report == "advisor":
        return _advisor(material, delivery, tuple(notes), open_numbers=delivery.own and not locked)
    return _team(material, delivery, tuple(notes))


def _advisor(material: Material, delivery: Delivery, notes: tuple[str, ...], *, open_numbers: bool) -> View:
    language, summary = material.settings.language, material.members[delivery.who]
    backing = material.backings[delivery.who]
    shown = _week(material, delivery, summary, backing.weeks, notes)
    more = len(summary.due) - MOST_DUE
    errors = how_many(summary.findings, "error")
    where = {"errors": errors, "rows": summary.rows.excluded, "sheet": say.QUALITY.to(language)}
    return replace(
        shown,
        title=say.ADVISOR_TITLE.fill(language, name=summary.name),
        tiles=(
            *shown.tiles,
            (say.CUSTOMERS_SERVED.to(language), str(backing.served)),
            (say.DUE_CUSTOMERS.to(language), str(len(summary.due))),
        ),
        due=tuple(_due(one, language, material.today, open_numbers=open_numbers) for one in summary.due[:MOST_DUE]),
        more_due=words.MORE.fill(language, count=more) if more > 0 else "",
        remark=words.LEFT_OUT.fill(language, **where) if errors else "",
    )


def _team(material: Material, delivery: Delivery, notes: tuple[str, ...]) -> View:
    language, team = material.settings.language, material.team(delivery)
    members = by_score(team.members)
    backings = [material.backings[member.advisor_id] for member in members]
    weeks = team_weeks([one.weeks for one in backings])
    shown = _week(material, delivery, team, weeks, notes)
    found = concerns(members, material.backings, processes(weeks, team.as_of))
    own = [one for one in found if not one.advisor_id]
    said = [f"{say.TEAM.to(language)} · {one.sentence(language)}" for one in own[:MOST_OWN]]
    said += by_kind_told([one for one in found if one.advisor_id], language, SIDE_WIDTH)
    return replace(
        shown,
        title=say.TEAM_TITLE.fill(language, name=team.name),
        tiles=(
            *shown.tiles,
            (say.CUSTOMERS_SERVED.to(language), str(sum(one.served for one in backings))),
            (say.ADVISORS.to(language), scored(members, language)),
        ),
        people=tuple(_person(member) for member in members),
        alerts=tuple(map(material.mask.text, said)),
        more_alerts=words.MORE_ALERTS.fill(language, count=len(found)) if found else "",
    )


def _week(
    material: Material,
    delivery: Delivery,
    summary: AdvisorSummary | TeamSummary,
    weeks: Sequence[PastWeek],
    notes: tuple[str, ...],
) -> View:
    """Return what every message shows of a week, an advisor's or a team's."""
    language, told = material.settings.language, highlights(summary.assessments)
    weeks = since_begun(weeks[-WEEKS:])
    return View(
        language=language,
        title=delivery.title,
        line=_line(summary, language),
        hello=words.HELLO.fill(language, name=delivery.name),
        branch=material.settings.branch.name,
        score=points(summary.score),
        grade=summary.grade or BLANK,
        colour=GRADE_COLOUR.get(summary.grade or "", MUTED),
        tiles=((say.INDICATORS_MET.to(language), _met(summary.assessments)),),
        trend=_trend(weeks, language),
        scores=tuple(week.score for week in weeks),
        well=tuple(praise(one, language) for one in told.well),
        short=tuple(shortfall(one, language) for one in told.short),
        bars=_bars(summary.assessments, language),
        notes=notes,
    )


def _person(member: AdvisorSummary) -> Bar:
    colour = GRADE_COLOUR.get(member.grade or "", MUTED)
    return Bar(member.name, member.advisor_id, points(member.score), _full(member.score), colour)


def _line(summary: AdvisorSummary | TeamSummary, language: Language) -> str:
    span = summary.members[0].span if isinstance(summary, TeamSummary) else summary.span
    return say.WEEK_LINE.fill(language, week=summary.week, start=span.start, end=span.end, as_of=summary.as_of)


def _met(assessments: Iterable[Assessment]) -> str:
    assessed = [one for one in assessments if one.assessed]
    return f"{sum(one.met for one in assessed)} / {len(assessed)}"


def _trend(weeks: Sequence[PastWeek], language: Language) -> tuple[Bar, ...]:
    labels = [week.week.partition("-")[2] for week in weeks[:-1]] + [words.THIS_WEEK.to(language)]
    return tuple(
        Bar(label, "", points(week.score), _full(week.score), ACCENT) for label, week in zip(labels, weeks, strict=True)
    )


def _bars(assessments: Iterable[Assessment], language: Language) -> tuple[Bar, ...]:
    return tuple(
        Bar(
            one.indicator.label.to(language),
            against(one.value, one.target, one.indicator.unit, language, one.attainment),
            attained(one.attainment),
            _full(None if one.attainment is None else 100 * one.attainment),
            MUTED if one.few else _colour(None if one.attainment is None else 100 * one.attainment),
        )
        for one in assessments
        if one.assessed
    )


def _full(score: float | None) -> int:
    return 0 if score is None else round(max(0.0, min(100.0, score)))


def _colour(score: float | None) -> str:
    """Return the colour of a score or an attainment in percent: green only where the target is met."""
    if score is not None and score < MET and grade(score) == "A":
        return ACCENT
    return GRADE_COLOUR.get(grade(score) or "", MUTED)


def _due(one: DueCustomer, language: Language, today: dt.date, *, open_numbers: bool) -> DueLine:
    late = one.days_overdue > 0
    when = words.OVERDUE.fill(language, days=one.days_overdue) if late else ""
    if not late and one.due:
        said = words.DUE_TODAY if one.due == today else words.DUE_BY
        when = said.fill(language, day=f"{one.due:%m-%d}")
    number = one.phone or ""
    return DueLine(
        name=one.name,
        reasons=" · ".join(REASONS[why].to(language) for why in one.reasons),
        when=when,
        late=late,
        phone=number if open_numbers else masked(number),
        dial="".join(sign for sign in number if sign.isdigit() or sign == "+") if open_numbers and number else None,
    )
