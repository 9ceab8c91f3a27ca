"""A walk under way: its branch, the day, what was typed, and how its commands are run."""

from __future__ import annotations

import datetime as dt
import json
import random
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from reportkit.branch.folder import Branch
from reportkit.cli import run as reportkit
from reportkit.settings.calendars import week_name
from reportkit.workbooks import write_settings
from soak.child import Outcome, run
from soak.entries import Entry
from soak.trial import Content, content

COPY: Final = " - Copy.xlsx"


class Broken(Exception):
    """Something that must hold does not."""


@dataclass
class Walk:
    """A branch under way: the day, what was typed into it, what was published, and what this step did."""

    folder: Path
    today: dt.date
    settings: dict[str, list[dict[str, Any]]]
    entries: dict[str, Entry] = field(default_factory=dict)
    customers: dict[str, tuple[str, Any]] = field(default_factory=dict)  # name → whose log, id
    erased: set[str] = field(default_factory=set)  # ids, folded
    published: dict[str, Content] = field(default_factory=dict)
    forgetful: bool = False  # what was published cannot be made again: its history was deleted, or somebody erased
    touched: bool = False  # something was published or erased: a branch without history differs
    said: list[str] = field(default_factory=list)

    @property
    def branch(self) -> Branch:
        """The branch."""
        return Branch(self.folder / "branch")

    @property
    def day(self) -> list[str]:
        """The option that says which day it is."""
        return ["--as-of", self.today.isoformat()]

    def week(self, dice: random.Random, back: int = 4) -> str:
        """Return this week or one before."""
        return week_name(self.today - dt.timedelta(weeks=dice.choice((0, 0, *range(back)))))

    def log(self, advisor: str) -> Path:
        """Return an advisor's log, wherever it lies and whatever it is called."""
        there = [*self.branch.root.glob("logs/*.xlsx"), *self.away.glob("*.xlsx")]
        return next(path for path in there if path.stem.split(" ")[0] == advisor and not path.name.endswith(COPY))

    @property
    def logs(self) -> list[Path]:
        """The logs that count, those taken away included."""
        return [self.log(advisor) for advisor in self.advisors]

    @property
    def advisors(self) -> list[str]:
        """Who has a log."""
        return sorted({str(row["advisor_id"]) for row in self.settings["roster"]})

    @property
    def away(self) -> Path:
        """Where logs lie that are not there."""
        return self.folder / "away"

    def runs(self, *arguments: str, reads: bool = False) -> tuple[int, Any]:
        """Run a command as of the day, and return its exit code and its JSON; a failed one leaves all as it was."""
        before, told = content(self.folder), self.folder / "tmp" / "said"

        def work() -> int:
            with told.open("w", encoding="utf-8") as out, redirect_stdout(out):
                return reportkit(arguments)

        outcome = run(work, self.folder)
        self.said.append(f"{' '.join(arguments)} → {outcome.code}")
        ended(outcome)
        if reads or outcome.code == 2:
            unchanged(before, content(self.folder))
        printed = told.read_text("utf-8")
        told.unlink()
        return outcome.code, json.loads(printed) if "--json" in arguments and outcome.code != 2 else printed

    def ask(self) -> None:
        """Let the manager save the settings."""
        write_settings(self.branch.settings_path, self.settings, language="en")


def ended(outcome: Outcome) -> None:
    """Hold a command to end well: done, with errors in what people gave, or refused with a sentence."""
    if outcome.hung:
        raise Broken("hung")
    if outcome.code not in (0, 1, 2) or "Traceback" in outcome.said:
        raise Broken(f"exit {outcome.code}: {outcome.said}")
    if outcome.code == 2 and not outcome.said:
        raise Broken("refused without a word")


def unchanged(before: Content, after: Content) -> None:
    """Hold a folder to be as it was."""
    if different := [name for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)]:
        raise Broken(f"changed: {different}")
