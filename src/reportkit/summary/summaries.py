"""Summaries: frozen values that every face shows, and their JSON. Writers format them and compute nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportkit.customers.due import DueCustomer, due_list
from reportkit.definitions.figures import in_json
from reportkit.definitions.findings import Finding
from reportkit.definitions.forms import CUSTOMERS
from reportkit.definitions.text import Language
from reportkit.facts.rows import Facts
from reportkit.indicators.assess import Assessment, Grade, assess_report, grade, score_of
from reportkit.indicators.counting import Series, all_series
from reportkit.indicators.targets import Duty, duty_of
from reportkit.indicators.together import combined
from reportkit.read.book import Book
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import Span, named_span
from reportkit.summary.changes import Correction, Late


@dataclass(frozen=True)
class RowCount:
    """Rows read = counted + excluded; where the excluded ones are is said by their findings."""

    read: int = 0
    counted: int = 0
    excluded: int = 0


@dataclass(frozen=True)
class AdvisorSummary:
    """One advisor's week: every indicator, the score, what is due, what was wrong in the log.

    `in_service` is by the roster, on a day of the week: whoever joined later, left before or keeps no log is nobody
    missing.
    """

    advisor_id: str
    name: str
    level: str
    team: str
    file: str
    week: str
    as_of: dt.date
    score: float | None
    grade: Grade | None
    rows: RowCount
    assessments: tuple[Assessment, ...]
    due: tuple[DueCustomer, ...] = ()
    findings: tuple[Finding, ...] = ()
    in_service: bool = True

    @property
    def span(self) -> Span:
        """The days of the week, or of the month."""
        return named_span(self.week)

    def of(self, indicator: str) -> Assessment | None:
        """Return the assessment of an indicator by its code."""
        return next((one for one in self.assessments if one.indicator.code == indicator), None)


@dataclass(frozen=True)
class TeamSummary:
    """A team's or branch's week: its members' summaries and its own figures from the same function."""

    name: str
    week: str
    as_of: dt.date
    score: float | None
    grade: Grade | None
    members: tuple[AdvisorSummary, ...]
    assessments: tuple[Assessment, ...]
    findings: tuple[Finding, ...] = ()
    late: tuple[Late, ...] = ()  # rows of published weeks that came later
    correction: Correction | None = None  # where the week was published before

    @property
    def finding_counts(self) -> dict[str, int]:
        """Finding code → how many, of the members and the branch."""
        every = [found.code for found in self.findings]
        every += [found.code for member in self.members for found in member.findings]
        return dict(sorted(Counter(every).items()))


@dataclass(frozen=True)
class Work:
    """What one log gives every view: its facts, when its advisor works, the days of every indicator.

    Days before `begun_on` say nothing of what was done: nothing was logged yet.
    """

    book: Book
    facts: Facts
    duty: Duty
    days: Mapping[str, Series] = field(default_factory=dict)
    begun_on: dt.date | None = None


def work_of(book: Book, facts: Facts, settings: Settings) -> Work:
    """Return what every view of a log stands on."""
    duty = duty_of(settings, facts.advisor_id, facts.tables["worktime"])
    days = all_series(facts, settings.indicators)
    return Work(book, facts, duty, days, _begun_on(settings, days))


def _begun_on(settings: Settings, days: Mapping[str, Series]) -> dt.date | None:
    """Return the first day something was done that counts; when customers were assigned says nothing of the log."""
    counted = (days[one.code].days for one in settings.indicators if one.form.code != CUSTOMERS.code)
    return min((one[0].astype(object) for one in counted if len(one)), default=None)


def summarise(work: Work, settings: Settings, week: str, today: dt.date) -> AdvisorSummary:
    """Return an advisor's week (`2026-W47`) or month (`2026-11`), as of its last day, or of today inside it."""
    as_of = min(named_span(week).end, today)
    assessments = assess_report(settings, work.duty, work.days, week, today)
    points = score_of(week, assessments)
    advisor = work.facts.advisor_id
    post = settings.post(advisor, as_of)
    return AdvisorSummary(
        advisor_id=advisor,
        name=post.name if post else work.book.identity.advisor_name,
        level=post.level if post else "",
        team=(post.team if post else None) or "",
        file=work.book.file,
        week=week,
        as_of=as_of,
        score=points,
        grade=grade(points),
        rows=count_rows(work.book),
        assessments=assessments,
        due=due_list(work.facts, settings, work.duty, as_of),
        findings=work.book.findings,
        in_service=settings.logs_within(advisor, named_span(week)),
    )


def count_rows(book: Book) -> RowCount:
    """Return how many rows of a log were read, counted and excluded."""
    tables = book.tables.values()
    read, excluded = sum(table.read for table in tables), sum(len(table.excluded) for table in tables)
    return RowCount(read, read - excluded, excluded)


def team_of(name: str, members: Sequence[AdvisorSummary], findings: Sequence[Finding] = ()) -> TeamSummary:
    """Return the summary of advisors together. Raise ValueError where there are none."""
    if not members:
        raise ValueError("a team has at least one member")
    assessments = combined(one for member in members for one in member.assessments)
    points = score_of(members[0].week, assessments)
    return TeamSummary(
        name, members[0].week, members[0].as_of, points, grade(points), tuple(members), assessments, tuple(findings)
    )


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Return advisor → name, the id behind a name that several bear."""
    bearers = Counter(names.values())
    return {one: f"{name} {one}" if name and bearers[name] > 1 else name for one, name in names.items()}


def by_score(members: Sequence[AdvisorSummary]) -> list[AdvisorSummary]:
    """Return advisors by their score, best first; those without one last."""
    return sorted(members, key=lambda one: (one.score is None, -(one.score or 0.0), one.advisor_id))


def assessment_json(one: Assessment, language: Language) -> dict[str, Any]:
    """Return an assessment as `kpi --json` prints it."""
    return {
        "code": one.indicator.code,
        "label": one.indicator.label.to(language),
        "period": one.indicator.period,
        "window": [one.window.start.isoformat(), one.window.end.isoformat()],
        "value": in_json(one.value),
        "numerator": in_json(one.numerator),
        "denominator": in_json(one.denominator),
        "target": in_json(one.target),
        "stretch": in_json(one.stretch),
        "weight": in_json(one.weight),
        "attainment": in_json(one.attainment),
        "pace": in_json(one.pace),
        "assessed": one.assessed,
        "working_days": in_json(one.working_days),
        "days_met": one.days_met,
        "by_day": {day.isoformat(): in_json(value) for day, value in one.by_day.items()},
    }


def advisor_json(summary: AdvisorSummary, language: Language) -> dict[str, Any]:
    """Return an advisor's week as `kpi --json` prints it."""
    return {
        "advisor": summary.advisor_id,
        "name": summary.name,
        "level": summary.level,
        "week": summary.week,
        "as_of": summary.as_of.isoformat(),
        "score": in_json(summary.score),
        "grade": summary.grade,
        "rows": {
            "read": summary.rows.read,
            "counted": summary.rows.counted,
            "excluded": summary.rows.excluded,
        },
        "indicators": [assessment_json(one, language) for one in summary.assessments],
    }


def due_json(on: dt.date, due: Sequence[DueCustomer]) -> dict[str, Any]:
    """Return a due list as `due --json` prints it."""
    return {"on": on.isoformat(), "customers": [one.as_json() for one in due]}


def figures_json(assessments: Sequence[Assessment], language: Language) -> list[dict[str, Any]]:
    """Return the figures of a team, or of branches together, as commands print them."""
    return [
        {
            "code": one.indicator.code,
            "label": one.indicator.label.to(language),
            "value": in_json(one.value),
            "numerator": in_json(one.numerator),
            "denominator": in_json(one.denominator),
            "target": in_json(one.target),
            "attainment": in_json(one.attainment),
        }
        for one in assessments
    ]


def team_json(team: TeamSummary, language: Language) -> dict[str, Any]:
    """Return a team's week as `refresh --json` prints it, without what only the run knows."""
    return {
        "week": team.week,
        "as_of": team.as_of.isoformat(),
        "score": in_json(team.score),
        "grade": team.grade,
        "advisors": [advisor_json(member, language) for member in team.members],
        "team": figures_json(team.assessments, language),
        "findings": team.finding_counts,
    }
