"""What of a week is worth a sentence: what went well, what is short."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from reportkit.definitions.figures import decimals_apart, figure, percent
from reportkit.definitions.report_words import SHORT, SHORT_AMOUNT, SHORT_AT_MOST, WELL, WELL_AHEAD, WELL_SHARE
from reportkit.definitions.text import Language
from reportkit.indicators.assess import Assessment, is_met

MOST: Final = 5


@dataclass(frozen=True)
class Highlights:
    """What went well, best first, and what is short, furthest behind first. Judged by pace."""

    well: tuple[Assessment, ...]
    short: tuple[Assessment, ...]


def highlights(assessments: Iterable[Assessment]) -> Highlights:
    """Return what is worth a sentence among a week's assessed indicators."""
    assessed = [(_pace(one), one) for one in assessments if one.assessed]
    reached = sorted((pair for pair in assessed if is_met(pair[0])), key=lambda pair: -pair[0])
    behind = sorted((pair for pair in assessed if not is_met(pair[0])), key=lambda pair: pair[0])
    return Highlights(tuple(one for _, one in reached[:MOST]), tuple(one for _, one in behind[:MOST]))


def _pace(one: Assessment) -> float:
    """Return how far an indicator is, against the working days so far where that is known."""
    return one.pace if one.pace is not None else one.attainment or 0.0


def praise(one: Assessment, language: Language) -> str:
    """Return the sentence about an indicator that went well."""
    sentence = WELL_SHARE if not one.indicator.scaled else WELL if one.met else WELL_AHEAD
    return sentence.fill(language, **_words(one, language))


def shortfall(one: Assessment, language: Language) -> str:
    """Return the sentence about an indicator that is short: what is left to do, or the line not kept."""
    if one.indicator.direction == "at_most":
        return SHORT_AT_MOST.fill(language, **_words(one, language))
    sentence = SHORT_AMOUNT if one.left is not None else SHORT
    return sentence.fill(language, **_words(one, language))


def _words(one: Assessment, language: Language) -> dict[str, object]:
    unit = one.indicator.unit
    ahead = one.indicator.scaled and not one.met and is_met(one.pace)  # then what is due so far stands there
    due, reached = (one.target_so_far, one.pace) if ahead else (one.target, one.attainment)
    more = decimals_apart(one.value, due, unit, reached)
    said_once = language == "en" and one.indicator.scaled  # 2 of 3 contracts
    return {
        "indicator": one.indicator.label.to(language),
        "value": figure(one.value, "times" if said_once else unit, language, more),
        "target": figure(one.target, unit, language, more),
        "due": figure(one.target_so_far, "times", language, more),
        "left": one.left,
        "attainment": percent(one.attainment, 0),
        "pace": percent(one.pace, 0),
    }


@dataclass(frozen=True)
class DailyContacts:
    """Customers talked to a day, over all day indicators that count customers, and the target of the day."""

    value: Mapping[dt.date, float]
    target: Mapping[dt.date, float]


def daily_contacts(assessments: Iterable[Assessment]) -> DailyContacts:
    """Return the contacts of each day and what was asked, both summed over the indicators that count customers."""
    value: dict[dt.date, float] = {}
    target: dict[dt.date, float] = {}
    for one in assessments:
        if one.indicator.period == "day" and one.indicator.unit == "customers" and one.indicator.scaled:
            targets = one.target_by_day
            for day, number in one.by_day.items():
                value[day] = value.get(day, 0.0) + (number or 0.0)
                asked = targets.get(day)
                if asked is not None:
                    target[day] = target.get(day, 0.0) + asked
    return DailyContacts(value, target)
