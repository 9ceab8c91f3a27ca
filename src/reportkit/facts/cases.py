"""Cases against their limits: how long each took, what is left of its limit, who is told (DOMAIN §2 limits, §3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from reportkit.definitions.settings_forms import LimitRow
from reportkit.facts.clock import LONGEST, Moments, OpeningHours, Seconds, opening_hours
from reportkit.facts.rows import Facts, once, without_times
from reportkit.settings.branch_settings import Settings
from reportkit.settings.conditions import Condition

RESOLVED: Final = ("resolved", "closed")  # any other status is open: unresolved too, until it is closed
IS_RESOLVED: Final = (Condition("status", "is", RESOLVED),)
COMPLAINT: Final = (Condition("category", "is", ("complaint",)),)
UNTOUCHED: Final = "open"  # nobody has taken the case up yet
AT_RISK: Final = 0.8  # of the limit used
WORKING, CALENDAR = "working", "calendar"
NO_LIMIT: Final = -1
_SECOND: Final = np.timedelta64(1, "s")
Mask = npt.NDArray[np.bool_]


@once
def case_clock(facts: Facts, settings: Settings, now: dt.datetime) -> pd.DataFrame:
    """Return every case against the limit in force when it was opened. Index: Excel row, as in the cases frame.

    `limit` is the position in the settings' limits, −1 for none; `response_limit_s`, `resolution_limit_h`, `clock`
    and `escalate_to` are that row's; no clock means calendar, nobody to escalate to means the advisor's manager.
    `response_seconds` is plain time; `within_response` compares the time in the limit's clock, which never pauses for
    the customer. `used_minutes` is the resolution time in the limit's clock less `waiting_minutes`, of an open case up
    to `now`. `due_at` is when the limit is used up.

    `within_*` are nullable booleans. A case without a response time is unknown (NA), but a miss when nobody has taken
    it up and its limit is over. A resolved case without `resolved_at` is unknown; an open one is a miss once past its
    limit, until then NA. `at_risk`: open, 80 % or more used, not yet past. `past_limit`: open and over the limit.
    `breached`: over the limit, resolved or not.
    """
    cases = facts.frame("cases")
    hours = opening_hours(settings)
    limit = _limits_in_force(facts, settings.limits)
    post = settings.post(facts.advisor_id, now.date())
    terms = _terms(settings.limits, limit, post.manager if post is not None else None)
    working = terms["clock"] == WORKING
    opened, now_ = _moments(cases["opened_at"]), np.datetime64(now, "s")
    resolved = facts.meeting("cases", IS_RESOLVED)
    response, responding = _response(cases, hours, working, now_)
    waiting = cases["waiting_minutes"].fillna(0).to_numpy(dtype="f8")
    ended = np.where(resolved, _moments(cases["resolved_at"]), np.maximum(now_, opened))
    used = np.maximum(_elapsed(hours, working, opened, ended) / 60 - waiting, 0)
    allowed = terms["resolution_limit_h"] * 60
    over, open_ = used > allowed, ~resolved
    return pd.DataFrame(
        {
            "limit": limit,
            **{name: pd.array(said, dtype="str" if said.dtype == object else "f8") for name, said in terms.items()},
            "response_seconds": cases["response_seconds"].to_numpy(dtype="f8"),
            "within_response": _verdict(response, responding, terms["response_limit_s"]),
            "used_minutes": used,
            "due_at": _used_up(hours, working, opened, (allowed + waiting) * 60),
            "within_resolution": _verdict(used, open_, allowed),
            "at_risk": open_ & (used >= AT_RISK * allowed) & ~over,
            "past_limit": open_ & over,
            "breached": over,
        },
        index=cases.index,
    )


def _limits_in_force(facts: Facts, limits: Sequence[LimitRow]) -> npt.NDArray[np.int64]:
    """Return for each case the position of its limit, −1 for none.

    In force on the day the case was opened, of its priority; a row that names its channel beats a general one,
    of several the latest `from` wins, of those of one day the last.
    """
    days = facts.days("cases", "opened_at")
    found: npt.NDArray[np.int64] = np.full(len(days), NO_LIMIT)
    weakest_first = sorted(
        range(len(limits)), key=lambda at: (limits[at].channel is not None, limits[at].from_ or dt.date.min)
    )
    for at in weakest_first:
        row = limits[at]
        named = {"priority": row.priority, **({"channel": row.channel} if row.channel is not None else {})}
        applies = facts.meeting("cases", tuple(Condition(name, "is", (said,)) for name, said in named.items()))
        if row.from_ is not None:
            applies &= days >= np.datetime64(row.from_, "D")
        found[applies] = at
    return found


def owners(facts: Facts, settings: Settings) -> pd.Series[Any]:
    """Return who is responsible for each case: an advisor's ID where the owner is one's ID or name, else as written.

    A case without an owner is of the log's advisor. A name that others share is nobody's.
    """
    known = {name: ids[0] for name, ids in named_by(facts, settings).items() if len(ids) == 1}
    owner = facts.frame("cases")["owner"]
    codes, written = pd.factorize(owner.str.strip())
    names = [known.get(one, one) for one in written.tolist()]
    return pd.Series(np.array([*names, facts.advisor_id], dtype=object)[codes], owner.index, dtype="str")


def named_by(facts: Facts, settings: Settings) -> dict[str, tuple[str, ...]]:
    """Return what an owner may be called by → the IDs of those it names.

    In their own log an advisor's name is theirs, whoever else bears it; an ID names one whose name it may be, too.
    """
    bearers: dict[str, dict[str, None]] = {}
    for row in settings.roster:
        bearers.setdefault(row.name, {})[row.advisor_id] = None
    own = {row.name: (facts.advisor_id,) for row in settings.roster_of(facts.advisor_id)}
    return {name: tuple(ids) for name, ids in bearers.items()} | own | {one: (one,) for one in settings.advisors}


def _terms(
    limits: Sequence[LimitRow], limit: npt.NDArray[np.int64], manager: str | None
) -> dict[str, npt.NDArray[Any]]:
    """Return what each case's limit row says, nothing for a case without one: −1 takes the last entry.

    Escalated is to `manager` where a row names nobody.
    """
    said: dict[str, tuple[list[Any], str]] = {
        "response_limit_s": ([*(row.first_response_seconds for row in limits), None], "f8"),
        "resolution_limit_h": ([*(row.resolution_hours for row in limits), None], "f8"),
        "clock": ([*(row.clock or CALENDAR for row in limits), CALENDAR], "O"),
        "escalate_to": ([*(row.escalate_to or manager for row in limits), manager], "O"),
    }
    return {name: np.array(rows, dtype=kind)[limit] for name, (rows, kind) in said.items()}


def _response(cases: pd.DataFrame, hours: OpeningHours, working: Mask, now: np.datetime64) -> tuple[Seconds, Mask]:
    """Return the seconds to the first response in the limit's clock, and which cases still run without one."""
    opened, responded = _moments(cases["opened_at"]), _moments(cases["responded_at"])
    running = np.isnat(responded) & (cases["status"] == UNTOUCHED).to_numpy(dtype=bool)
    known = np.where(without_times(cases), np.datetime64("NaT"), responded)
    ended = np.where(running, np.maximum(now, opened), known)
    return _elapsed(hours, working, opened, ended), running


def _verdict(used: Seconds, running: Mask, allowed: Seconds) -> pd.arrays.BooleanArray:
    """Return whether each kept its limit; NA where that is unknown: no time, no limit, or running inside it."""
    within = used <= allowed
    unknown = np.isnan(used) | np.isnan(allowed) | (running & within)
    return pd.arrays.BooleanArray(within, unknown)


def _elapsed(hours: OpeningHours, working: Mask, start: Moments, end: Moments) -> Seconds:
    """Return the seconds from start to end in the clock of each case."""
    seconds: Seconds = np.where(np.isnat(start) | np.isnat(end), np.nan, (end - start) / _SECOND)
    seconds[working] = hours.between(start[working], end[working])
    return seconds


def _used_up(hours: OpeningHours, working: Mask, start: Moments, allowed: Seconds) -> Moments:
    """Return when the seconds allowed from start are used up in the clock of each case, NaT for never."""
    limited = allowed <= LONGEST
    whole = np.where(limited, np.rint(np.where(limited, allowed, 0)).astype("timedelta64[s]"), np.timedelta64("NaT"))
    moments: Moments = start + whole
    moments[working] = hours.used_up(start[working], allowed[working])
    return moments


def _moments(column: pd.Series[Any]) -> Moments:
    return column.to_numpy().astype("datetime64[s]")
