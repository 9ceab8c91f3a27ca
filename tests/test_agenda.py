"""The agenda as a calendar file: which events, and that any calendar can read what was typed."""

from datetime import date, datetime, time
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reportkit.ics.agenda import agenda, calendar_ics
from reportkit.ics.icalendar import Event, calendar_file
from tests.books import facts_from
from tests.log_rows import facts

ON = date(2026, 11, 25)
CUSTOMERS = """
customer_id | name | assigned_on | status
a           | 安娜 | 2026-01-05  |
b           | B    | 2026-01-05  | transferred_out
"""
VISITS = """
planned_on | customer_id | purpose | done_on    | follow_up_due | follow_up_done_on | follow_up
2026-11-24 | a           | missed  |            |               |                   |
2026-11-25 | a           | today   |            |               |                   |
2026-11-26 | a           | made    | 2026-11-25 | 2026-11-30    |                   | send
2026-11-27 | b           | gone    |            | 2026-11-30    |                   | send
2026-11-20 | a           | made    | 2026-11-20 | 2026-11-24    |                   | too late
2026-11-20 | a           | made    | 2026-11-20 | 2026-11-29    | 2026-11-25        | done
"""
ACTIVITIES = """
date       | kind      | customer_id | next_on    | next_step
2026-11-20 | fund_talk | a           | 2026-11-28 |
2026-11-20 | fund_talk | a           | 2026-11-28 | call
2026-11-20 | fund_talk | a           | 2026-11-24 | late
2026-11-26 | fund_talk | a           | 2026-11-28 | tomorrow
"""
PROMISED = """
date       | kind      | customer_id | effective | next_on    | next_step
2026-11-20 | fund_talk | a           | yes       | 2026-11-25 | today
2026-11-20 | fund_talk | a           | yes       | 2026-11-26 | tomorrow
"""


def test_what_is_ahead_is_on_the_agenda() -> None:
    log = facts(customers=CUSTOMERS, visits=VISITS, activities=ACTIVITIES)
    found = agenda(log, ON, "zh-CN")
    assert [(one.start, one.summary, one.busy) for one in found] == [
        (date(2026, 11, 25), "走访 安娜：today", True),
        (date(2026, 11, 30), "跟进 安娜：send", False),
        (date(2026, 11, 28), "跟进 安娜", False),
        (date(2026, 11, 28), "跟进 安娜：call", False),
    ]
    assert len({one.uid for one in found}) == 4
    assert calendar_ics(log, ON, "zh-CN") == calendar_ics(log, ON, "zh-CN")


def test_a_follow_up_done_today_is_no_longer_ahead() -> None:
    def ahead(rows: str) -> list[object]:
        return [one.start for one in agenda(facts(customers=CUSTOMERS, activities=rows), ON, "en")]

    assert ahead(PROMISED) == [date(2026, 11, 25), date(2026, 11, 26)]
    assert ahead(PROMISED + "2026-11-25 | return_visit | a | yes | | ") == [date(2026, 11, 26)]
    assert ahead(PROMISED + "2026-11-25 | return_visit | a | no  | | ") == [date(2026, 11, 25), date(2026, 11, 26)]


def test_an_event_keeps_its_id_when_its_row_moves_or_is_reworded() -> None:
    def uids(purpose: str, *, first: bool) -> set[str]:
        lines = [f"2026-11-30 | a | {purpose}", "2026-11-26 | a | other"]
        text = "\n".join(["planned_on | customer_id | purpose", *(lines if first else reversed(lines))])
        return {one.uid for one in agenda(facts(customers=CUSTOMERS, visits=text), ON, "en")}

    assert uids("p", first=True) == uids("q", first=False)


def visit(**more: Any) -> bytes:
    people = [{"customer_id": "a", "name": "A", "assigned_on": date(2026, 1, 5)}]
    row = {"planned_on": date(2026, 11, 26), "customer_id": "a", "purpose": "p", **more}
    return calendar_ics(facts_from({"customers": people, "visits": [row]}), ON, "en")


def test_the_file_of_one_visit() -> None:
    text = visit(planned_time=time(9, 30), place="A; B, C\\D", topics="one\ntwo", purpose="=1+1").decode()
    lines = text.split("\r\n")
    uid = next(line for line in lines if line.startswith("UID:"))
    assert lines == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//reportkit//calendar//EN",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:Visits and follow-ups",
        "BEGIN:VEVENT",
        uid,
        "DTSTAMP:20261126T000000Z",
        "DTSTART:20261126T093000",
        "DURATION:PT60M",
        "SUMMARY:Visit A: =1+1",
        "LOCATION:A\\; B\\, C\\\\D",
        "DESCRIPTION:Topics: one\\ntwo",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_without_a_time_it_is_the_whole_day() -> None:
    lines = visit().decode().split("\r\n")
    assert "DTSTART;VALUE=DATE:20261126" in lines
    assert not any(line.startswith("DURATION") for line in lines)


def test_what_was_typed_begins_no_line_of_its_own() -> None:
    lines = visit(purpose="x\r\nBEGIN:VALARM\rATTACH:\x85evil\u2028END:VEVENT").decode().split("\r\n")
    assert "SUMMARY:Visit A: x\\nBEGIN:VALARM\\nATTACH:\\nevil\\nEND:VEVENT" in lines
    assert not any(line.startswith(("BEGIN:VALARM", "ATTACH", "evil")) for line in lines)


def unfolded(content: bytes) -> list[str]:
    """Return the lines as a reader of RFC 5545 puts them together again."""
    assert content.endswith(b"\r\n")
    return content.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def unescaped(value: str) -> str:
    found, escape = "", False
    for one in value:
        if escape:
            found, escape = found + ("\n" if one in "nN" else one), False
        elif one == "\\":
            escape = True
        else:
            found += one
    return found


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]) | st.just("\n"), max_size=200))
def test_any_text_comes_back_from_folded_lines(text: str) -> None:
    content = calendar_file("n", [Event("u", datetime(2026, 11, 26, 9), text.rstrip("\n"))])
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert all(line.decode() is not None for line in content.split(b"\r\n"))  # no character is cut
    (summary,) = [line for line in unfolded(content) if line.startswith("SUMMARY:")]
    assert unescaped(summary.removeprefix("SUMMARY:")) == text.rstrip("\n")


def test_events_are_in_order_of_their_start() -> None:
    events = [Event("2", date(2026, 11, 27), "b"), Event("1", datetime(2026, 11, 26, 9), "a")]
    lines = unfolded(calendar_file("n", events))
    assert [line for line in lines if line.startswith("SUMMARY")] == ["SUMMARY:a", "SUMMARY:b"]
