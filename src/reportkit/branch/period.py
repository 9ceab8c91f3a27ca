"""What a week's reports are made of besides the logs: the days, the settings that concern each, the program."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from reportkit.branch.edition import Edition
from reportkit.branch.folder import Branch
from reportkit.branch.history import Entry, History, fingerprint, program
from reportkit.branch.published import HISTORY_GONE
from reportkit.branch.seal import Damaged
from reportkit.definitions.errors import MendInput, TryLater
from reportkit.definitions.text import Text
from reportkit.settings.branch_settings import Settings, opened_settings
from reportkit.settings.calendars import week_span
from reportkit.settings.nearby import SETTINGS_FILE
from reportkit.settings.parts import Parts, written

CHANGED_MEANWHILE: Final = Text(
    "{file} 刚刚被改动。请再运行一次",
    "{file} 剛剛被改動。請再執行一次",
    "{file} was changed just now. Run it once more",
)


@dataclass(frozen=True)
class Period:
    """What a report is made of besides its log: the week, the day it is made on, the settings and the program.

    `settings` names the content of the workbook at `settings_path`. A report of a closed week that is there stays.
    """

    week: str
    as_of: dt.date
    today: dt.date
    settings_path: Path
    settings: str
    program: str
    closed: bool

    def name(self, entry: Entry) -> str:
        """Return the name of a log's digest: the same only where everything it is made of is the same."""
        return _name_of(self, entry.facts, entry.file, entry.advisor_id, min(self.today, entry.latest))

    def whole_settings(self) -> Settings:
        """Return all of the settings."""
        return _parts_of(self.settings_path, self.settings).settings

    @property
    def asked_of_team(self) -> Asked:
        """What of the settings the team workbook is made of."""
        return _asked_of_team(self.settings_path, self.settings)

    def asked_of(self, advisor_id: str) -> Asked:
        """Return what of the settings an advisor's report is made of."""
        return _asked_of(self.settings_path, self.settings, advisor_id)


@lru_cache(maxsize=4096)  # each is asked for half a dozen times
def _name_of(period: Period, facts: str, file: str, advisor_id: str, seen: dt.date) -> str:
    asked = period.asked_of(advisor_id).name
    return fingerprint(facts, file, period.program, asked, period.week, period.as_of.isoformat(), seen.isoformat())


@dataclass(frozen=True)
class Asked:
    """What of a branch's settings a report is made of; `name` stands for it."""

    settings: Settings
    name: str


def open_period(branch: Branch, week: str, today: dt.date) -> Period:
    """Return what a week that is open is made of today."""
    path = branch.settings_path
    return Period(week, min(today, week_span(week).end), today, path, fingerprint(path.read_bytes()), program(), False)


def closed_period(history: History, week: str, edition: Edition) -> Period:
    """Return what a closed week was made of. Raise MendInput where history has lost it."""
    path = history.settings_path(edition.settings)
    if not path.is_file() or not all(history.facts_path(entry.facts).is_file() for entry in edition.logs):
        raise MendInput(HISTORY_GONE, week=week)
    return Period(week, edition.as_of, edition.closed_on, path, edition.settings, program(), True)


@lru_cache(maxsize=1)
def _parts_of(path: Path, content: str) -> Parts:
    """Read a branch's settings once; `content` names what must be in them.

    Raise Damaged where a closed week's are others, TryLater where somebody has just saved the branch's, MendInput where
    the workbook cannot be used: reports of nothing would take the place of the right ones.
    """
    if fingerprint(path.read_bytes()) != content:
        raise TryLater(CHANGED_MEANWHILE, file=path.name) if path.name == SETTINGS_FILE else Damaged(path)
    settings = opened_settings(path)  # what a closed week was made of is kept under another name
    named = (replace(one, place=replace(one.place, file=SETTINGS_FILE)) for one in settings.findings)
    return Parts(replace(settings, findings=tuple(named)))


@lru_cache(maxsize=4096)
def _asked_of(path: Path, content: str, advisor_id: str) -> Asked:
    settings = _parts_of(path, content).of_advisor(advisor_id)
    own = tuple(row for row in settings.roster if row.advisor_id == advisor_id)
    asked = written((own, settings.levels, settings.targets))
    return Asked(settings, fingerprint(_rules_of(path, content), asked))


@lru_cache(maxsize=1)
def _asked_of_team(path: Path, content: str) -> Asked:
    settings = _parts_of(path, content).of_team
    return Asked(settings, fingerprint(written(settings)))


@lru_cache(maxsize=1)
def _rules_of(path: Path, content: str) -> str:
    """Return what of the settings goes into every advisor's report, as text."""
    return json.dumps(written(_parts_of(path, content).of_everybody), ensure_ascii=False)
