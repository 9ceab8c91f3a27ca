"""How advisors work: a star, one who only sends messages, one who never goes back, and the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Habit:
    """How one advisor works.

    Rates are shares of the default quota that the advisor reaches on an ordinary day (1.0 meets it).
    `effective`, `first_visits`, `resolved`, `happy`, `repeats` and `writes` are shares of 1; `cases` are a
    day's, `response` seconds, `minutes` the median length of a talk, `solving` the median minutes to resolve a
    case, `pace` the cases dealt with in a service hour. `drift` is added to the rates over the whole period.
    `improves` is the indicator an improvement changes by the factor `effect`; without one it stays None.
    """

    code: str
    customers: tuple[int, int] = (34, 50)
    median_assets: float = 180_000.0
    new_contacts: float = 0.95
    revisits: float = 0.9
    broadcasts: float = 0.97
    funds: float = 1.0
    margins: float = 0.9
    classes: float = 0.9
    visits: float = 0.9
    effective: float = 0.7
    first_visits: float = 0.85
    cases: float = 4.0
    response: float = 30.0
    solving: float = 75.0
    resolved: float = 0.96
    happy: float = 0.9
    repeats: float = 0.03
    pace: float = 10.0
    minutes: float = 8.0
    writes: float = 0.8
    drift: float = 0.0
    improves: str | None = None
    effect: float = 1.0


STAR: Final = Habit(
    "star", (70, 80), 320_000, new_contacts=1.3, revisits=1.2, broadcasts=1.05, funds=1.7, margins=1.6, classes=1.0,
    visits=1.3, effective=0.85, first_visits=0.97, response=21, solving=40, resolved=0.99, happy=0.97, repeats=0.01,
    pace=12, writes=0.95,
)  # fmt: skip
STEADY: Final = Habit("steady", (64, 70), new_contacts=1.03, revisits=1.0, visits=1.0, writes=0.9)
MESSENGER: Final = Habit(
    "messenger", (26, 34), new_contacts=0.2, revisits=0.08, broadcasts=1.5, funds=0.2, margins=0.1, classes=0.05,
    visits=0.05, effective=0.45, first_visits=0.25, response=52, solving=160, resolved=0.86, happy=0.72, repeats=0.12,
    pace=6.5, minutes=3, writes=0.4,
)  # fmt: skip
NO_REVISITS: Final = Habit(
    "no_revisits", (40, 50), new_contacts=1.3, revisits=0.0, funds=0.8, margins=0.7, first_visits=0.4, visits=0.6,
    response=34, drift=-0.05,
)  # fmt: skip
DEEP: Final = Habit(
    "deep", (25, 32), 650_000, new_contacts=0.55, revisits=0.55, funds=0.8, margins=1.2, visits=1.5, classes=0.6,
    cases=1.5, solving=540, resolved=0.97, happy=0.98, repeats=0.0, pace=4.5, minutes=34, writes=1.0,
)  # fmt: skip
JOINER: Final = Habit(
    "joiner", (28, 34), 90_000, new_contacts=0.8, revisits=0.4, funds=0.6, margins=0.3, classes=0.5, visits=0.6,
    effective=0.55, first_visits=0.7, response=44, resolved=0.92, happy=0.84, repeats=0.06, pace=7, writes=0.9,
    drift=0.4,
)  # fmt: skip
DESK: Final = Habit(
    "desk", (40, 48), new_contacts=0.75, revisits=0.7, funds=0.7, margins=0.6, visits=0.5, cases=9.0, response=44,
    solving=50, resolved=0.97, happy=0.92, pace=11.5, improves="first_response", effect=0.55,
)  # fmt: skip
CLIMBER: Final = Habit(
    "climber", (44, 54), new_contacts=1.0, revisits=0.95, funds=1.3, classes=1.0, first_visits=0.92, response=27,
    drift=0.2, improves="first_visits_on_time", effect=1.1,
)  # fmt: skip
FADING: Final = Habit(
    "fading", (32, 42), new_contacts=0.95, revisits=0.85, funds=0.8, margins=0.6, visits=0.7, broadcasts=0.9,
    effective=0.6, first_visits=0.6, response=36, resolved=0.92, happy=0.82, pace=8.5, drift=-0.7,
)  # fmt: skip
TALKER: Final = Habit(
    "talker", (36, 46), new_contacts=0.65, revisits=0.6, funds=0.7, margins=0.5, effective=0.32, minutes=5,
    repeats=0.14, improves="repeat_rate", effect=0.15,
)  # fmt: skip
LEAVER: Final = Habit(
    "leaver", (26, 34), new_contacts=0.7, revisits=0.55, funds=0.5, margins=0.4, classes=0.4, visits=0.4,
    effective=0.55, first_visits=0.5, response=40, resolved=0.9, happy=0.8, pace=8, writes=0.5, drift=-0.4,
)  # fmt: skip
FUNDS: Final = Habit(
    "funds", (38, 48), 240_000, new_contacts=0.85, revisits=0.8, funds=2.4, margins=0.15, visits=0.8, response=29,
    happy=0.8, improves="csat", effect=1.17,
)  # fmt: skip

HABITS: Final[tuple[Habit, ...]] = (
    STAR, STEADY, MESSENGER, NO_REVISITS, JOINER, DEEP, DESK, CLIMBER, FADING, LEAVER, TALKER, FUNDS
)  # fmt: skip
