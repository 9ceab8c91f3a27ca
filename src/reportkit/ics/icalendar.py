"""Calendar files (RFC 5545): all text escaped, lines folded, the same bytes for the same events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from unicodedata import category

PRODUCT: Final = "-//reportkit//calendar//EN"
LINE_OCTETS: Final = 75  # a line without its break (§3.1)
_ESCAPES: Final = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a day, or from a time of day on where `start` has one. Times are local: they name no time zone.

    `uid` is unique for the event and stays the same when it is written again; `busy` says whether it takes up time.
    """

    uid: str
    start: dt.date | dt.datetime
    summary: str
    minutes: int | None = None
    place: str = ""
    description: str = ""
    busy: bool = True


def calendar_file(name: str, events: Iterable[Event]) -> bytes:
    """Return a calendar file; events in the order of their start. The stamp of an event is its own day, not now."""
    ordered = sorted(events, key=lambda one: (_written(one.start), one.uid))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for event in ordered:
        lines += _lines(event)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) + b"\r\n" for line in lines)


def escaped(text: str) -> str:
    """Return a text as a TEXT value (§3.3.11): line breaks are kept, other control characters are not."""
    whole = "\n".join(text.replace("\t", " ").splitlines())
    return "".join(_ESCAPES.get(one, one) for one in whole if one == "\n" or category(one) != "Cc")


def _lines(event: Event) -> list[str]:
    timed = isinstance(event.start, dt.datetime)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escaped(event.uid)}",
        f"DTSTAMP:{event.start:%Y%m%d}T000000Z",
        f"DTSTART{'' if timed else ';VALUE=DATE'}:{_written(event.start)}",
    ]
    if timed and event.minutes:
        lines.append(f"DURATION:PT{event.minutes}M")
    lines.append(f"SUMMARY:{escaped(event.summary)}")
    if event.place:
        lines.append(f"LOCATION:{escaped(event.place)}")
    if event.description:
        lines.append(f"DESCRIPTION:{escaped(event.description)}")
    return [*lines, f"TRANSP:{'OPAQUE' if event.busy else 'TRANSPARENT'}", "END:VEVENT"]


def _written(start: dt.date | dt.datetime) -> str:
    return f"{start:%Y%m%dT%H%M%S}" if isinstance(start, dt.datetime) else f"{start:%Y%m%d}"


def folded(line: str) -> bytes:
    """Return a line folded so that no part exceeds 75 octets and no character is cut; bytes that are no text stay."""
    parts: list[bytes] = []
    part = b""
    for character in line:
        octets = character.encode("utf-8", "surrogateescape")
        if len(part) + len(octets) > LINE_OCTETS - bool(parts):  # a continuation begins with a space
            parts.append(part)
            part = b""
        part += octets
    return b"\r\n ".join([*parts, part])
