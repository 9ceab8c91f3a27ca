"""Referrals as trees, and what each brought."""

from datetime import date

from reportkit.customers.referrals import Referrer, referral_trees
from reportkit.facts.contacts import Standing
from tests.log_rows import facts

ON = date(2026, 11, 25)
HEADER = "customer_id | name | assigned_on | assets | referred_by | status"


def trees(*customers: str) -> tuple[Referrer, ...]:
    return referral_trees(Standing(facts(customers="\n".join([HEADER, *customers])), ON))


def shape(found: tuple[Referrer, ...]) -> list[tuple[str, int, float, list[object]]]:
    return [(one.customer_id, one.customers, one.assets, [*shape(one.brought)]) for one in found]


def test_what_a_referrer_brought_counts_down_to_the_last_leaf() -> None:
    found = trees(
        "a | A | 2026-01-01 | 5    |   |",
        "b | B | 2026-02-01 | 10   | a |",
        "c | C | 2026-02-01 | 20   | a |",
        "d | D | 2026-03-01 | 40   | b |",
        "e | E | 2026-03-01 |      | b |",
        "f | F | 2026-03-01 | 80   | b | transferred_out",
        "x | X | 2026-01-01 | 1    |   |",
        "y | Y | 2026-01-01 | 1000 | x |",
        "z | Z | 2026-01-01 | 7    |   |",
    )
    assert shape(found) == [
        ("x", 1, 1000, [("y", 0, 0, [])]),
        ("a", 5, 70, [("b", 3, 40, [("d", 0, 0, []), ("e", 0, 0, []), ("f", 0, 0, [])]), ("c", 0, 0, [])]),
    ]


def test_a_circle_begins_with_whoever_was_assigned_first() -> None:
    found = trees(
        "a | A | 2026-03-01 | 1 | b |",
        "b | B | 2026-02-01 | 2 | c |",
        "c | C | 2026-02-02 | 4 | a |",
        "d | D | 2026-05-01 | 8 | a |",
        "s | S | 2026-01-01 | 9 | s |",
    )
    assert shape(found) == [("b", 3, 13, [("a", 2, 12, [("d", 0, 0, []), ("c", 0, 0, [])])])]


def test_whoever_is_brought_by_a_circle_is_none_of_it() -> None:
    found = trees("x | X | 2026-01-01 | 8 | b |", "a | A | 2026-02-01 | 1 | b |", "b | B | 2026-03-01 | 2 | a |")
    assert shape(found) == [("a", 2, 10, [("b", 1, 8, [("x", 0, 0, [])])])]


def test_strangers_and_whoever_comes_later_bring_nobody() -> None:
    assert (
        trees("a | A | 2026-03-01 | 1 | nobody |", "b | B | 2026-11-26 | 1 | a |", "c | C | 2026-03-01 | 1 | b |") == ()
    )
