"""A small branch: one advisor who worked, one with nothing logged, one whose rows are odd."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from reportkit.definitions.findings import Place, finding
from reportkit.definitions.forms import FORMS
from reportkit.settings.branch_settings import Settings
from reportkit.summary.backing import Backing, backing_of
from reportkit.summary.drilldown import rows_of
from reportkit.summary.summaries import AdvisorSummary, TeamSummary, Work, summarise, team_of, work_of
from tests.books import Rows, book_of, facts_from, settings_with

WEEK = "2026-W47"
MONDAY = dt.date(2026, 11, 16)
TODAY = dt.date(2026, 11, 25)
PHONE = "13812345678"
TRAP = '=HYPERLINK("http://example.com","x")'


def day(number: int) -> dt.date:
    """Return a day of the week, 0 being Monday."""
    return MONDAY + dt.timedelta(days=number)


def talk(number: int, customer: str, kind: str = "new_contact", **more: Any) -> dict[str, Any]:
    return {
        "date": day(number), "kind": kind, "customer_id": customer, "effective": "yes", "channel": "phone",
        "summary": TRAP, **more,
    }  # fmt: skip


def case(number: int, name: str, **more: Any) -> dict[str, Any]:
    opened = dt.datetime.combine(day(number), dt.time(10))
    return {
        "case_id": name, "customer_id": "C1", "opened_at": opened, "category": "fees", "status": "resolved",
        "priority": "high", "responded_at": opened + dt.timedelta(seconds=20),
        "resolved_at": opened + dt.timedelta(hours=2), "satisfaction": 5, **more,
    }  # fmt: skip


CUSTOMERS: Rows = [
    {"customer_id": "C1", "name": TRAP, "assigned_on": day(-300), "mobile": PHONE, "assets": 900000.0, "public_fund": "holds"},
    {"customer_id": "C2", "name": "+1 王芳", "assigned_on": day(-20), "mobile": PHONE, "assets": 1000.0},
    {"customer_id": "C3", "name": "@赵敏", "assigned_on": day(-8), "phone": PHONE},
]  # fmt: skip
BUSY: Mapping[str, Rows] = {
    "customers": CUSTOMERS,
    "activities": [
        *(talk(back, "C2") for back in (-14, -13, -12, -7, -6, -5)),
        talk(0, "C1"), talk(0, "C2"), talk(0, "C2"), talk(1, "C3", "return_visit", next_on=day(4), next_step="-1+2"),
        talk(2, "C1", "fund_talk"), talk(2, "C1", "margin_talk"), talk(5, "C2"),
        {"date": day(3), "kind": "market_view"},
    ],
    "cases": [case(0, "K1"), case(1, "K2", satisfaction=2), case(2, "K3", status="open", resolved_at=None)],
    "worktime": [{"date": day(4), "leave": "half"}, *({"date": day(at), "service_hours": 1.0} for at in range(4))],
    "training": [{"date": day(1), "topic": "=1+1", "hours": 2.5}],
    "opportunities": [{"opened_on": day(0), "customer_id": "C1", "product": "futures", "amount": 5000.0, "stage": "found"}],
}  # fmt: skip


@dataclass(frozen=True)
class Member:
    """One advisor as the branch sees them."""

    work: Work
    summary: AdvisorSummary
    backing: Backing


def member_of(settings: Settings, advisor: str, log: Mapping[str, Rows]) -> Member:
    book = book_of(log, advisor)
    place = Place(book.file, FORMS["activities"].label.zh_cn, 3, FORMS["activities"].column["customer_id"], "D3")
    found = (finding("row.duplicate", place, value=TRAP, first="2"), finding("id.unknown", place, value="=C9"))
    work = work_of(replace(book, findings=found if log else ()), facts_from(log, advisor), settings)
    summary = summarise(work, settings, WEEK, TODAY)
    return Member(work, summary, backing_of(work, summary, rows_of(work, summary), settings, TODAY))


@pytest.fixture(scope="session")
def settings() -> Settings:
    people = [
        {"advisor_id": code, "name": name, "level": "junior", "team": "一部"}
        for code, name in (("A1", "张伟"), ("A2", "=李静"), ("A3", "王磊"))
    ]
    branch = {"name": "滨江路营业部", "code": "BJ", "language": "zh-CN"}
    return settings_with(roster=people, branch=[branch])


@pytest.fixture(scope="session")
def members(settings: Settings) -> dict[str, Member]:
    odd = {"customers": CUSTOMERS, "activities": [talk(at, "C1", "home_visit") for at in range(3)]}
    return {code: member_of(settings, code, log) for code, log in (("A1", BUSY), ("A2", {}), ("A3", odd))}


@pytest.fixture(scope="session")
def busy(members: dict[str, Member]) -> Member:
    return members["A1"]


@pytest.fixture(scope="session")
def team(members: dict[str, Member], settings: Settings) -> TeamSummary:
    failed = finding("file.damaged", Place("=cmd.xlsx"), reason="=1+1")
    return team_of(settings.branch.name, [one.summary for one in members.values()], [failed])


@pytest.fixture(scope="session")
def backings(members: dict[str, Member]) -> dict[str, Backing]:
    return {code: one.backing for code, one in members.items()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "report.xlsx"
