"""Turns of talks: who comes next, how far the round has come, who was talked to out of turn."""

from datetime import date

import pytest

from reportkit.customers.rotation import Turns, coverage, turns
from reportkit.indicators.shares import Share
from reportkit.settings.branch_settings import default_settings
from tests.log_rows import facts

ON = date(2026, 11, 25)
CUSTOMERS = """
customer_id | name | assigned_on | assets | public_fund    | status
a           | A    | 2026-01-05  | 100    | holds          |
b           | B    | 2026-01-05  | 300    | interested     |
c           | C    | 2026-01-05  | 200    | holds          | dormant
d           | D    | 2026-01-05  | 900    | not_interested |
e           | E    | 2026-01-05  | 900    | holds          | transferred_out
f           | F    | 2026-11-12  | 50     | holds          |
"""


def fund_round(*talks: str, on: date = ON) -> Turns:
    """Return the round after talks written as `day customer`, in November."""
    lines = [
        f"2026-11-{day} | fund_talk | {who} | {effective or 'yes'}"
        for day, who, effective in (f"{talk} ".split(" ", 2) for talk in talks)
    ]
    log = facts(customers=CUSTOMERS, activities="\n".join(["date | kind | customer_id | effective", *lines]))
    (fund, _) = turns(log, default_settings(), on)
    return fund


@pytest.mark.parametrize(
    ("talks", "talked", "out_of_turn", "following"),
    [
        ([], "", "", "bcaf"),  # nobody yet: larger assets first
        (["02 b"], "b", "", "caf"),
        (["02 b", "03 d", "04 e"], "b", "", "caf"),  # those not eligible have no turn
        (["02 b", "03 c no"], "b", "", "caf"),
        (["02 b", "03 b"], "b", "b", "caf"),
        (["02 b", "02 b"], "b", "", "caf"),  # twice a day is one turn
        (["03 a", "02 b"], "ba", "", "cf"),  # by day, not by row
        (["02 b", "03 c", "04 a"], "bca", "", "f"),
        (["02 b", "03 c", "04 a", "05 c"], "c", "", "fba"),  # f was not there yet: the round was complete
        (["02 b", "03 c", "04 a", "13 c"], "bca", "c", "f"),  # now f waits
        (["02 b", "03 c", "04 a", "13 f"], "bcaf", "", "bcaf"),  # complete: the longest ago comes first
        (["02 b", "03 c", "04 a", "13 f", "16 a", "17 a"], "a", "a", "bcf"),
        (["02 b", "26 c"], "b", "", "caf"),  # tomorrow does not count
    ],
)
def test_a_round_of_fund_talks(talks: list[str], talked: str, out_of_turn: str, following: str) -> None:
    found = fund_round(*talks)
    assert found.reason == "fund_turn"
    assert found.eligible == ("a", "b", "c", "f")
    assert "".join(found.talked) == talked
    assert "".join(found.out_of_turn) == out_of_turn
    assert "".join(found.next) == following
    assert found.coverage == Share(len(talked), 4)


def test_whoever_comes_later_is_not_eligible_yet() -> None:
    assert fund_round("02 b", on=date(2026, 11, 11)).eligible == ("a", "b", "c")


def test_without_anybody_eligible_there_is_no_coverage() -> None:
    _, margin = turns(facts(customers=CUSTOMERS), default_settings(), ON)
    assert (margin.reason, margin.eligible, margin.coverage) == ("margin_turn", (), Share(0, 0))


def test_whoever_was_talked_to_before_they_were_assigned_is_waited_for_no_more() -> None:
    found = fund_round("02 b", "03 c", "04 a", "05 f", "06 b")  # complete without f, who then had a turn ahead of time
    assert ("".join(found.talked), "".join(found.out_of_turn)) == ("fb", "")


def test_how_far_a_round_has_come_is_told_where_anybody_is_eligible() -> None:
    log = facts(
        customers=CUSTOMERS,
        activities="date | kind | customer_id | effective\n"
        + "\n".join(f"2026-11-0{day} | fund_talk | b | yes" for day in (2, 3)),
    )
    (fund,) = coverage(log, default_settings(), ON)
    assert (fund.indicator.code, fund.share, fund.out_of_turn) == ("fund_talks", Share(1, 4), ("b",))
