"""The visit plan rolled up: done, late, overdue, satisfaction, needs and what follows."""

from datetime import date

from reportkit.customers.visits import Progress, VisitSummary, merge, visit_summary
from reportkit.indicators.shares import Share
from reportkit.settings.calendars import Span
from tests.books import facts_from
from tests.log_rows import facts, rows

NOVEMBER = Span(date(2026, 11, 1), date(2026, 11, 30))
ON = date(2026, 11, 25)
CUSTOMERS = """
customer_id | name | assigned_on | status
a           | A    | 2026-01-05  |
b           | B    | 2026-01-05  | transferred_out
"""
VISITS = """
planned_on | customer_id | purpose | done_on    | satisfaction | needs | opportunity | follow_up_due | follow_up_done_on | follow_up
2026-11-02 | a           | p1      | 2026-11-02 | 5            | n1    | o1          | 2026-11-10    | 2026-11-10        | f1
2026-11-03 | a           | p2      | 2026-11-02 | 4            |       |             | 2026-11-10    | 2026-11-11        | f2
2026-11-04 | a           | p3      | 2026-11-06 | 2            | n3    |             | 2026-11-24    |                   | f3
2026-11-24 | a           | p4      |            |              |       |             |               |                   |
2026-11-25 | a           | p5      |            |              |       |             | 2026-11-25    |                   | f5
2026-11-20 | a           | p6      | 2026-11-26 | 1            | n6    | o6          | 2026-11-20    | 2026-11-26        | f6
2026-11-30 | b           | p7      |            |              |       |             |               |                   |
2026-10-31 | a           | p8      |            |              |       |             | 2026-11-01    |                   | f8
2026-12-01 | a           | p9      |            |              |       |             |               |                   |
2026-11-03 | b           | p10     |            |              |       |             | 2026-11-04    |                   | f10
"""  # one visit a line


def summary(on: date = ON) -> VisitSummary:
    return visit_summary(facts(customers=CUSTOMERS, visits=VISITS), NOVEMBER, on)


def test_visits_planned_in_the_span() -> None:
    found = summary()
    assert found.visits == Progress(on_time=2, late=1, overdue=3, ahead=2)  # 24th, 20th and B's missed
    assert found.visits.planned == 8
    assert found.visits.done == Share(3, 6)
    assert found.visits.lateness == Share(1, 3)


def test_what_customers_thought_and_said() -> None:
    found = summary()
    assert (found.satisfaction, found.scores) == (Share(2, 3), 11)
    assert found.mean_score == 11 / 3
    assert [(said.customer_id, said.on, said.text) for said in found.needs] == [
        ("a", date(2026, 11, 2), "n1"),
        ("a", date(2026, 11, 6), "n3"),
    ]
    assert [said.text for said in found.opportunities] == ["o1"]


def test_what_follows_visits() -> None:
    found = summary()
    assert found.actions == Progress(on_time=1, late=1, overdue=3, ahead=1)
    assert [(one.row, one.due.day, one.days, one.text) for one in found.overdue_actions] == [
        (9, 1, 24, "f8"),  # of a visit before the span
        (7, 20, 5, "f6"),  # done the day after
        (4, 24, 1, "f3"),
    ]
    assert [(one.row, one.days, one.text) for one in found.overdue_visits] == [
        (9, 25, "p8"),
        (7, 5, "p6"),
        (5, 1, "p4"),
    ]


def test_later_more_is_done() -> None:
    found = summary(date(2026, 11, 26))
    assert [one.text for one in found.overdue_visits] == ["p8", "p4", "p5"]
    assert found.visits == Progress(on_time=2, late=2, overdue=3, ahead=1)
    assert found.satisfaction == Share(2, 4)


def test_two_advisors_together_add_their_counts() -> None:
    other = facts_from({"customers": rows(CUSTOMERS), "visits": rows(VISITS)[2:5]}, "B2")
    both = merge([summary(), visit_summary(other, NOVEMBER, ON)])
    assert both.visits == Progress(on_time=2, late=2, overdue=4, ahead=3)
    assert both.satisfaction == Share(2, 4)
    assert both.mean_score == 13 / 4
    assert [(one.advisor_id, one.row) for one in both.overdue_visits] == [("A1", 9), ("A1", 7), ("A1", 5), ("B2", 3)]
    assert merge([summary()]) == summary()


def test_without_visits_there_is_nothing_to_rate() -> None:
    found = visit_summary(facts(), NOVEMBER, ON)
    assert found.visits == Progress()
    assert found.visits.done.value is found.visits.lateness.value is found.mean_score is None


def test_first_visits_are_on_time_late_missed_or_not_yet_due() -> None:
    customers = """
customer_id | name | assigned_on | status          | status_on
before      | A    | 2026-10-21  |                 |             # its tenth day is 31 October
on_time     | A    | 2026-10-22  |                 |
late        | A    | 2026-11-01  |                 |
missed      | A    | 2026-11-14  |                 |             # its tenth day was yesterday
today       | A    | 2026-11-15  |                 |
ahead       | A    | 2026-11-25  |                 |
early       | A    | 2026-11-24  |                 |
to_come     | A    | 2026-11-26  |                 |
left        | A    | 2026-11-20  | transferred_out | 2026-11-24
taken_over  | A    | 2026-11-20  | handed_over     | 2026-11-24
left_due    | A    | 2026-11-15  | transferred_out | 2026-11-24  # not missed before today is over, and not ahead
left_seen   | A    | 2026-11-20  | transferred_out | 2026-11-25
"""
    visited = {"before": 2, "on_time": 1, "late": 12, "early": 25, "missed": 26, "left_seen": 25}
    log = facts(
        customers="\n".join(line.partition("#")[0] for line in customers.splitlines()),
        activities="date | kind | customer_id | effective\n"
        + "\n".join(f"2026-11-{day:02d} | return_visit | {who} | yes" for who, day in visited.items()),
    )
    first = visit_summary(log, NOVEMBER, ON).first
    assert first == Progress(on_time=3, late=1, overdue=1, ahead=2)
    assert first.kept == Share(3, 5)
