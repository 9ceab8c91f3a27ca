"""Cases against their limits: how long each took, what is left of its limit, who is told (DOMAIN §2 limits, §3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from reportkit.definitions.figures import DECIMALS
from reportkit.definitions.settings_forms import LimitRow
from reportkit.facts.clock import LONGEST, Moments, OpeningHours, Seconds, opening_hours
from reportkit.facts.rows import Facts, once, without_times
from reportkit.settings.branch_settings import Settings
from reportkit.settings.conditions import Condition

RESOLVED: Final = ("resolved", "closed")  # any other status is open: unresolved too, until it is closed
IS_RESOLVED: Final = (Condition("status", "is", RESOLVED),)
COMPLAINT: Final = (Condition("category", "is", ("complaint",)),)
AT_RISK: Final = 0.8  # of the limit used
WORKING, CALENDAR = "working", "calendar"
LIMITED: Final = ("first_response_seconds", "resolution_hours", "clock", "escalate_to")
_SECOND: Final = np.timedelta64(1, "s")
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class CaseTerms:
    """What each case is held to whenever it is asked: the limit in force when it was opened. Arrays are one a case.

    `response_limit_s` and `resolution_limit_h` are NaN for none, `clock` is calendar where no row names one; `names` is
    whom the limit names to tell. `due_at` is when the limit is used up, NaT for never; a case is past it from
    `past_from` on: of a limit used up at closing time, when the branch opens again.
    """

    names: npt.NDArray[np.object_]
    response_limit_s: Seconds
    resolution_limit_h: npt.NDArray[np.float64]
    clock: npt.NDArray[np.object_]
    due_at: Moments
    past_from: Moments


@dataclass(frozen=True)
class CaseClock:
    """Every case against its limit as of a moment. Arrays are one a case.

    `response_seconds` is plain time; `within_response` compares the time in the limit's clock, which never pauses for
    the customer. `used_minutes` is the resolution time in the limit's clock less `waiting_minutes`, of an open case up
    to the moment.

    `within_*` are 1, 0, or NaN where that is unknown. A case without a response time is unknown, whatever its status. A
    resolved case without `resolved_at` is unknown; an open one is a miss once past its limit, until then unknown.
    `at_risk`: open, 80 % or more used, not yet past. `past_limit`: open and over the limit. `breached`: over the limit,
    resolved or not. `escalate_to` is who its limit names, else the advisor's manager.
    """

    terms: CaseTerms
    escalate_to: npt.NDArray[np.object_]
    response_seconds: Seconds
    within_response: npt.NDArray[np.float64]
    used_minutes: npt.NDArray[np.float64]
    within_resolution: npt.NDArray[np.float64]
    at_risk: Mask
    past_limit: Mask
    breached: Mask


@once
def case_clock(facts: Facts, settings: Settings, now: dt.datetime) -> CaseClock:
    """Return every case against the limit in force when it was opened, as of `now` (branch time)."""
    terms, hours = case_terms(facts, settings), opening_hours(settings)
    working = terms.clock == WORKING
    opened, now_ = moments(facts, "opened_at"), np.datetime64(now, "s")
    resolved = facts.meeting("cases", IS_RESOLVED)
    ended = np.where(resolved, moments(facts, "resolved_at"), np.maximum(now_, opened))
    used = np.maximum(_elapsed(hours, working, opened, ended) / 60 - _waiting(facts), 0).round(DECIMALS)
    allowed = (terms.resolution_limit_h * 60).round(DECIMALS)  # 4.1 hours are 246 minutes, not a breath less
    over, open_ = used > allowed, ~resolved
    post = settings.post(facts.advisor_id, now.date())
    manager = post.manager if post is not None else None
    return CaseClock(
        terms=terms,
        escalate_to=_or_else(terms.names, np.full_like(terms.names, manager)),
        response_seconds=facts.values("cases", "response_seconds"),
        within_response=_verdict(_response(facts, hours, working), terms.response_limit_s),
        used_minutes=used,
        within_resolution=np.where(open_ & ~over, np.nan, _verdict(used, allowed)),
        at_risk=open_ & (used >= (AT_RISK * allowed).round(DECIMALS)) & ~over,
        past_limit=open_ & over,
        breached=over,
    )


@once
def case_terms(facts: Facts, settings: Settings) -> CaseTerms:
    """Return what each case is held to."""
    in_force = _limits_in_force(facts, settings.limits)
    response = in_force["first_response_seconds"].astype("f8")
    resolution = in_force["resolution_hours"].astype("f8")
    clock = np.where(in_force["clock"] == WORKING, WORKING, CALENDAR).astype(object)
    allowed = (resolution * 60 + _waiting(facts)) * 60
    hours, opened = opening_hours(settings), moments(facts, "opened_at")
    due_at, after = (_used_up(hours, clock == WORKING, opened, allowed + more) for more in (0, 1))
    return CaseTerms(in_force["escalate_to"], response, resolution, clock, due_at, past_from=after - _SECOND)


def _waiting(facts: Facts) -> npt.NDArray[np.float64]:
    """Return the minutes each case waited for the customer."""
    waiting: npt.NDArray[np.float64] = np.nan_to_num(facts.values("cases", "waiting_minutes"))
    return waiting


def _limits_in_force(facts: Facts, limits: Sequence[LimitRow]) -> dict[str, npt.NDArray[np.object_]]:
    """Return what the limit of each case says, column by column; None where it says nothing.

    A row that names the channel beats a general one, which holds where its cells are blank.
    """
    general, of_channel = (
        _latest(facts, [row for row in limits if (row.channel is None) is all_]) for all_ in (True, False)
    )
    return {name: _or_else(own, general[name]) for name, own in of_channel.items()}


def _or_else(own: npt.NDArray[np.object_], other: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Return each cell, or the other's where it is blank."""
    return np.where(own == None, other, own)  # noqa: E711 # of an array, cell by cell


def _latest(facts: Facts, limits: Sequence[LimitRow]) -> dict[str, npt.NDArray[np.object_]]:
    """Return each case's cells of the latest row in force of its priority, of those of one day the last."""
    days = facts.days("cases", "opened_at")
    cells = {name: np.full(len(days), None, dtype=object) for name in LIMITED}
    for row in sorted(limits, key=lambda row: row.from_ or dt.date.min):
        named = {"priority": row.priority, **({"channel": row.channel} if row.channel is not None else {})}
        applies = facts.meeting("cases", tuple(Condition(name, "is", (said,)) for name, said in named.items()))
        since = applies if row.from_ is None else applies & (days >= np.datetime64(row.from_, "D"))
        for name, of_column in cells.items():
            of_column[since] = getattr(row, name)
    return cells


@once
def owners(facts: Facts, settings: Settings) -> npt.NDArray[np.object_]:
    """Return who is responsible for each case: an advisor's ID where the owner is one's ID or name, else as written.

    A case without an owner is of the log's advisor. A name that others share is nobody's.
    """
    known = {name: ids[0] for name, ids in named_by(facts, settings).items() if len(ids) == 1}
    names = owner_names(facts)
    return np.array([facts.advisor_id if one is None else known.get(one, one) for one in names], dtype=object)


def owner_names(facts: Facts) -> list[str | None]:
    """Return the owner of each case as written, without spaces around; None where there is none."""
    return [one.strip() if isinstance(one, str) else None for one in facts.values("cases", "owner").tolist()]


@once
def named_by(facts: Facts, settings: Settings) -> dict[str, tuple[str, ...]]:
    """Return what an owner may be called by → the IDs of those it names.

    In their own log an advisor's name is theirs, whoever else bears it; an ID names one whose name it may be, too.
    """
    bearers: dict[str, dict[str, None]] = {}
    for row in settings.roster:
        bearers.setdefault(row.name, {})[row.advisor_id] = None
    own = {row.name: (facts.advisor_id,) for row in settings.roster_of(facts.advisor_id)}
    return {name: tuple(ids) for name, ids in bearers.items()} | own | {one: (one,) for one in settings.advisors}


def _response(facts: Facts, hours: OpeningHours, working: Mask) -> Seconds:
    """Return the seconds to the first response in the limit's clock, NaN where there is none."""
    known = np.where(without_times(facts), np.datetime64("NaT"), moments(facts, "responded_at"))
    return _elapsed(hours, working, moments(facts, "opened_at"), known)


def _verdict(used: Seconds, allowed: Seconds) -> npt.NDArray[np.float64]:
    """Return whether each kept its limit; NaN where that is unknown: no time or no limit."""
    return np.where(np.isnan(used) | np.isnan(allowed), np.nan, used <= allowed)


def _elapsed(hours: OpeningHours, working: Mask, start: Moments, end: Moments) -> Seconds:
    """Return the seconds from start to end in the clock of each case."""
    seconds: Seconds = np.where(np.isnat(start) | np.isnat(end), np.nan, (end - start) / _SECOND)
    seconds[working] = hours.between(start[working], end[working])
    return seconds


def _used_up(hours: OpeningHours, working: Mask, start: Moments, allowed: Seconds) -> Moments:
    """Return when the seconds allowed from start are used up in the clock of each case, NaT for never."""
    limited = allowed <= LONGEST
    whole = np.where(limited, np.rint(np.where(limited, allowed, 0)).astype("timedelta64[s]"), np.timedelta64("NaT"))
    ends: Moments = start + whole
    ends[working] = hours.used_up(start[working], allowed[working])
    return ends


def moments(facts: Facts, column: str) -> Moments:
    """Return a column of moments of cases, to the second."""
    return facts.values("cases", column).astype("datetime64[s]", copy=False)
