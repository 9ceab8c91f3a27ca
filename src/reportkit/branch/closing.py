"""Closing a week: what was published stays, until the manager reopens it (DOMAIN §3 Late entries)."""

from __future__ import annotations

import datetime as dt
from typing import Final

from reportkit.branch.atomic import write_bytes
from reportkit.branch.edition import Edition, figures_of, scores_of
from reportkit.branch.folder import Branch
from reportkit.branch.history import History, fingerprint
from reportkit.branch.lock import WAIT, writing
from reportkit.branch.mending import mended
from reportkit.branch.published import NOTHING, closed_weeks, may_close, publish, reopen_week
from reportkit.branch.run import Run
from reportkit.branch.workers import Workers
from reportkit.branch.worklist import Step
from reportkit.definitions.errors import MendInput, TryLater
from reportkit.definitions.text import Text

CHANGED_MEANWHILE: Final = Text(
    "{file} 在发布时被改动，这一周没有发布。请再发布一次",
    "{file} 在發布時被改動，這一週沒有發布。請再發布一次",
    "{file} was changed while the week was being published, so it is not. Publish it once more",
)


def close(
    branch: Branch,
    week: str,
    today: dt.date,
    *,
    progress: Step = lambda at, of, name: None,
    password: str | None = None,
    workers: Workers | None = None,
    wait: float = WAIT,
) -> Edition:
    """Bring a week up to date and publish it; from now on its reports stay. Raise MendInput where that cannot be.

    Raise TryLater where somebody saves other settings meanwhile: what is published must be made of those that are kept.
    """
    may_close(branch, week, today)
    return mended(branch, lambda: _close(branch, week, today, progress, password, workers, wait))


def _close(
    branch: Branch,
    week: str,
    today: dt.date,
    progress: Step,
    password: str | None,
    workers: Workers | None,
    wait: float,
) -> Edition:
    with writing(branch.root, wait=wait) as cut_short:
        may_close(branch, week, today)  # somebody may have done it meanwhile
        run = Run(branch, week, today, password, progress)
        if run.stale or cut_short:
            run.bring_up_to_date(workers)
        team = run.team()
        if team is None:
            raise MendInput(NOTHING, week=week)
        settings = branch.settings_path.read_bytes()
        if fingerprint(settings) != run.period.settings:
            raise TryLater(CHANGED_MEANWHILE, file=branch.settings_path.name)
        write_bytes(run.history.settings_path(run.period.settings), settings)
        edition = Edition(
            closed_on=today,
            as_of=run.period.as_of,
            program=run.period.program,
            settings=run.period.settings,
            logs=tuple(run.current.values()),
            failed=run.failed,
            scores=scores_of(team),
            figures=figures_of(team),
            late=run.late,
            lost=run.lost,
        )
        return publish(branch, edition, week)


def reopen(branch: Branch, week: str, today: dt.date, why: str, *, wait: float = WAIT) -> Edition:
    """Open a closed week again: its figures follow the logs until it is closed anew. Return the edition it ends."""
    with writing(branch.root, wait=wait) as cut_short:
        if cut_short:
            _late_of_closed_weeks(branch)
        ended = reopen_week(branch, week, today, why)
        _late_of_closed_weeks(branch)
        return ended


def _late_of_closed_weeks(branch: Branch) -> None:
    """Keep the late rows of closed weeks alone: in an open one nothing comes late."""
    history, closed = History(branch.root), closed_weeks(branch)
    history.write_late(tuple(one for one in history.late() if one.week in closed))
