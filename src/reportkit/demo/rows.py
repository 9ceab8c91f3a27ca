"""All rows of one log of the demo, before anybody makes a mistake."""

from __future__ import annotations

from reportkit.definitions.text import Language
from reportkit.demo.contacts import activities
from reportkit.demo.desk import Desk
from reportkit.demo.dice import Dice
from reportkit.demo.people import RowDict, customers
from reportkit.demo.sales import improvements, opportunities, training, visits
from reportkit.demo.service import cases, surveys, worktime
from reportkit.demo.staff import Advisor, Period

LogRows = dict[str, list[RowDict]]


def log_rows(
    advisor: Advisor, period: Period, seed: int, language: Language, customer_count: int | None = None
) -> LogRows:
    """Return form → rows of one advisor's log, all of them right."""
    dice = Dice(seed, "log", advisor.number)
    people = customers(advisor, period, dice, language, customer_count)
    desk = Desk(advisor, period, dice, language, people)
    case_rows = cases(desk)
    survey_rows = surveys(desk)
    visit_rows = visits(desk)
    activity_rows = activities(desk)  # after what enters the diary
    return {
        "customers": people,
        "activities": activity_rows,
        "cases": case_rows,
        "visits": visit_rows,
        "surveys": survey_rows,
        "opportunities": opportunities(desk),
        "worktime": worktime(desk, case_rows),
        "training": training(desk),
        "improvements": improvements(desk),
    }
