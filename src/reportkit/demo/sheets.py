"""The settings of the demo branch: the defaults, its people, a few targets of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from reportkit.definitions.catalogue import SINCE, settings_rows
from reportkit.definitions.text import Language
from reportkit.demo.names import BRANCH_NAME, CLOSED_NOTE, COMPLIANCE, EXTRA_NOTE, HEAD, MANAGER_LEVEL, TEAMS
from reportkit.demo.people import RowDict
from reportkit.demo.staff import Advisor, Period, manager_id, manager_name

MANAGER = "manager"  # a level that keeps no log: managers read their team's
BRANCH_CODE = "D001"


def branch_settings(period: Period, team: Sequence[Advisor], language: Language) -> dict[str, list[RowDict]]:
    """Return the rows of every settings sheet of the demo branch."""
    rows = settings_rows(language)
    rows["branch"] = [
        {
            "name": BRANCH_NAME.to(language),
            "code": BRANCH_CODE,
            "language": language,
            "time_zone": "Asia/Shanghai",
            "opens_at": dt.time(9),
            "closes_at": dt.time(17),
        }
    ]
    rows["roster"] = [*_managers(team, language), *(row for one in team for row in _roster(one, language))]
    rows["levels"].append({"code": MANAGER, "name": MANAGER_LEVEL.to(language), "log": "no"})
    rows["targets"] += _targets(period, team)
    rows["limits"] = [
        {**row, "escalate_to": manager_name(0, language) if row["priority"] == "urgent" else None}
        for row in rows["limits"]
    ]
    rows["calendar"] = [
        {
            "date": day,
            "kind": "work" if works else "off",
            "note": (EXTRA_NOTE if works else CLOSED_NOTE).to(language),
        }
        for day, works in period.overrides.items()
    ]
    rows["mail"] = [
        {"report": "branch", "who": None, "email": "head@example.com", "name": HEAD.to(language)},
        {"report": "team", "who": None, "email": "compliance@example.com", "name": COMPLIANCE.to(language)},
    ]
    return rows


def email_of(person_id: str) -> str:
    """Return the address of an advisor or manager, at a domain nobody owns."""
    return f"{person_id.lower()}@example.com"


def _teams(team: Sequence[Advisor]) -> list[int]:
    return sorted({one.team for one in team})


def _managers(team: Sequence[Advisor], language: Language) -> list[RowDict]:
    return [
        {
            "advisor_id": manager_id(number),
            "name": manager_name(number, language),
            "level": MANAGER,
            "team": TEAMS[number].to(language),
            "email": email_of(manager_id(number)),
            "manager": None,
            "from_": None,
            "to": None,
        }
        for number in _teams(team)
    ]


def _roster(advisor: Advisor, language: Language) -> list[RowDict]:
    """Return an advisor's rows of the roster: two where a new level begins within the period."""
    row: RowDict = {
        "advisor_id": advisor.advisor_id,
        "name": advisor.name,
        "level": advisor.level,
        "team": TEAMS[advisor.team].to(language),
        "email": email_of(advisor.advisor_id),
        "manager": manager_id(advisor.team),
        "from_": advisor.joined,
        "to": advisor.left,
    }
    if advisor.promoted is None:
        return [row]
    return [
        {**row, "to": advisor.promoted - dt.timedelta(days=1)},
        {**row, "level": "intermediate", "from_": advisor.promoted},
    ]


def _targets(period: Period, team: Sequence[Advisor]) -> list[RowDict]:
    """Return the branch's own targets: by level, for one advisor, and one that begins within the period."""
    middle = period.start + dt.timedelta(weeks=period.weeks // 2)
    return [
        _target("new_contacts", "level", "junior", 4.0),
        _target("revisits", "level", "junior", 4.0),
        _target("new_contacts", "level", "intermediate", 5.0),
        _target("fund_talks", "level", "senior", 1.5, stretch=2.0),
        _target("home_visits", "advisor", team[0].advisor_id, 3.0, weight=1.5),
        _target("advisory_contracts", "all", None, 1.0),
        _target("churn_rate", "all", None, 0.03),
        _target("training_hours", "all", None, 4.0),
        _target("stock_views", "level", "senior", 2.0, since=middle),
    ]


def _target(
    indicator: str,
    scope: str,
    who: str | None,
    target: float,
    *,
    stretch: float | None = None,
    weight: float = 1.0,
    since: dt.date = SINCE,
) -> RowDict:
    return {
        "indicator": indicator,
        "scope": scope,
        "who": who,
        "target": target,
        "stretch": stretch,
        "weight": weight,
        "from_": since,
        "to": None,
    }
